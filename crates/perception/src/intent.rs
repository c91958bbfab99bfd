//! What a customer can want.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

macro_rules! intents {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal),+ $(,)?) => {
        /// The thing the customer wants done now. Where a message carries two, what changes something (cart,
        /// order, booking, money) stands before a question, and a question before a greeting or thanks.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
        pub enum Intent { $($(#[doc = $doc])+ #[serde(rename = $name)] $variant),+ }

        impl Intent {
            /// Every intent, in the order of the enum.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name in data files and reports, such as `product_search`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }
        }
    };
}

intents! {
    /// Only says hello.
    Greeting = "greeting",
    /// Asks for, describes or wants to see products (type, colour, occasion, budget).
    ProductSearch = "product_search",
    /// Asks what something costs.
    PriceInquiry = "price_inquiry",
    /// Asks whether a known item, colour or size is in stock, or will be again.
    Availability = "availability",
    /// Sends a picture with words that mean "this one", "like this".
    ImageSearchCaption = "image_search_caption",
    /// Points at something just shown, by number, position, colour, price or description.
    SelectOption = "select_option",
    /// Answers the size question.
    ChooseSize = "choose_size",
    /// Asks which size to take, how sizes run, for the size chart.
    SizeAdvice = "size_advice",
    /// Asks for a named item, or the item under discussion, to be put in the cart or bought.
    AddToCart = "add_to_cart",
    /// Wants an item taken out of the cart.
    RemoveFromCart = "remove_from_cart",
    /// Changes a number of pieces, or answers the quantity question.
    UpdateQuantity = "update_quantity",
    /// Asks what is in the cart or what it comes to.
    ViewCart = "view_cart",
    /// Wants the whole cart emptied.
    ClearCart = "clear_cart",
    /// Has finished choosing and wants to place or complete the order.
    Checkout = "checkout",
    /// Gives, changes or corrects the delivery place, or says they will collect.
    GiveAddress = "give_address",
    /// Wants to pay now, asks for the payment request, or gives the number to pay from.
    Pay = "pay",
    /// Says they have paid, with or without a code.
    PaymentClaim = "payment_claim",
    /// The payment did not work: no request, wrong PIN, no balance, charged twice.
    PaymentProblem = "payment_problem",
    /// Asks where an existing order is or what happened to it.
    OrderStatus = "order_status",
    /// Asks about delivery in general: where to, how much, how long, how.
    DeliveryQuestion = "delivery_question",
    /// Wants a placed order stopped.
    CancelOrder = "cancel_order",
    /// Wants to return something or get money back, asks about the policy or about a refund under way.
    ReturnRefund = "return_refund",
    /// Wants another size, colour or item instead of the one received.
    Exchange = "exchange",
    /// Asks when the shop is open.
    BusinessHours = "business_hours",
    /// Asks where the shop is.
    Location = "location",
    /// Asks how one can pay.
    PaymentMethods = "payment_methods",
    /// Gives a code, or asks about offers and codes.
    DiscountCoupon = "discount_coupon",
    /// Asks for a lower price.
    Bargain = "bargain",
    /// Asks for a service at a time, or answers the time question.
    BookAppointment = "book_appointment",
    /// Moves a booking.
    RescheduleAppointment = "reschedule_appointment",
    /// Gives up a booking.
    CancelAppointment = "cancel_appointment",
    /// Asks what services there are, their price, length, conditions.
    ServiceInquiry = "service_inquiry",
    /// Says something was bad or wrong, without asking for one of the remedies above.
    Complaint = "complaint",
    /// Wants a person, the owner, or a phone call.
    HumanHandoff = "human_handoff",
    /// Just thanks.
    Thanks = "thanks",
    /// Just goodbye.
    Goodbye = "goodbye",
    /// Just yes.
    Affirm = "affirm",
    /// Just no.
    Deny = "deny",
    /// Chats about something the shop does not do.
    SmalltalkOfftopic = "smalltalk_offtopic",
    /// Does not want marketing messages.
    OptOut = "opt_out",
    /// Wants marketing messages.
    OptIn = "opt_in",
    /// Asks about buying many pieces for resale or an event.
    WholesaleInquiry = "wholesale_inquiry",
    /// Rates or praises (a number when a rating is awaited).
    FeedbackRating = "feedback_rating",
    /// Asks the shop to use another language.
    ChangeLanguage = "change_language",
    /// Did not understand and wants it again, or the message has no meaning.
    RepeatUnclear = "repeat_unclear",
    /// Insults.
    Abuse = "abuse",
    /// Tries to make the assistant break its rules, reveal them, or act as somebody else.
    PromptInjection = "prompt_injection",
}

impl fmt::Display for Intent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Intent {
    type Err = String;
    fn from_str(s: &str) -> Result<Self, Self::Err> {
        Self::ALL.iter().copied().find(|i| i.name() == s).ok_or_else(|| format!("{s:?} is not an intent"))
    }
}
