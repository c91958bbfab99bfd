//! What a conversation remembers between two messages. Stored as JSON with the conversation.

use duka_kernel::{
    AppointmentId, Colour, Money, OrderId, PhoneNumber, ProductId, ServiceId, Size, Timestamp, VariantId,
};
use duka_perception::{Awaiting, Context, Perception, Shown};
use duka_shop::{Cart, CartLine, booking::DayPart, delivery, promotion::Offers, search::CatalogueIndex};
use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

use crate::reply::Reply;

/// Where a sale stands. The stages of one sale follow each other in this order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Nothing asked yet.
    #[default]
    Greeting,
    /// Looking for something.
    Searching,
    /// Choosing among what was shown.
    Choosing,
    /// Finding the size (or colour, or number) of what was chosen.
    Sizing,
    /// Something is in the cart.
    Cart,
    /// Checking out: where it goes.
    Address,
    /// The summary is out; nothing is charged before a yes.
    Summary,
    /// The order is placed and waits for money.
    Payment,
    /// Paid.
    AfterSale,
}

impl Stage {
    /// The name in the database and the protocols, such as `after_sale`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Greeting => "greeting",
            Self::Searching => "searching",
            Self::Choosing => "choosing",
            Self::Sizing => "sizing",
            Self::Cart => "cart",
            Self::Address => "address",
            Self::Summary => "summary",
            Self::Payment => "payment",
            Self::AfterSale => "after_sale",
        }
    }
}

/// What is asked about a return or an exchange.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseAsk {
    /// Which order, of these in this order.
    Order(Vec<OrderId>),
    /// Which of its items.
    Item(OrderId),
    /// Why it comes back.
    Reason(OrderId),
    /// What is wanted instead of one of its items.
    Wanted(OrderId, VariantId),
}

/// What was asked last, with what an answer needs.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Question {
    /// Nothing in particular.
    #[default]
    None,
    /// Which of the products shown.
    ProductChoice,
    /// Whether to take this one product, which was shown or talked about.
    Take {
        /// Which.
        product: ProductId,
        /// Whether its size would still have to be said.
        sized: bool,
    },
    /// Which size (then colour, where variants differ) of the first of `wanted`.
    Variant,
    /// How many of a variant.
    Quantity(VariantId),
    /// Whether to put so many more pieces of a variant in the cart.
    Pieces {
        /// Which.
        variant: VariantId,
        /// How many a yes puts in.
        quantity: u32,
    },
    /// Which line of the cart is meant, in the order they were named.
    CartLine {
        /// The lines that may be meant.
        lines: Vec<VariantId>,
        /// How many pieces the line is to have then; 0 takes it out.
        quantity: u32,
    },
    /// Add more, or check out.
    CartNext,
    /// Really empty the cart.
    ClearCart,
    /// Where to deliver; offers the saved address if there is one.
    Address,
    /// Which number pays.
    Phone,
    /// Yes or no to the summary of exactly this total.
    Summary {
        /// What the customer was told it comes to.
        total: Money,
    },
    /// The payment itself.
    Payment(OrderId),
    /// Really cancel this order.
    CancelOrder(OrderId),
    /// Something about a return (or an exchange).
    Case {
        /// For something else instead of money.
        exchange: bool,
        /// What.
        ask: CaseAsk,
    },
    /// Which size the customer usually wears.
    UsualSize,
    /// Which service, day and time.
    Appointment,
    /// Yes or no to the booking that was proposed.
    BookingConfirm,
    /// Which of these bookings is to be moved or called off.
    WhichBooking {
        /// In the order of their numbers.
        bookings: Vec<AppointmentId>,
        /// Whether it is to be called off.
        cancel: bool,
    },
    /// Really call this booking off.
    CancelBooking(AppointmentId),
    /// A rating from 1 to 5.
    Rating,
    /// Whether a voice note was heard well; what it says is done on a yes.
    Heard(Box<Spoken>),
}

/// What was heard in a voice note and is not done yet.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Spoken {
    /// The words.
    pub words: String,
    /// What they were understood as, when and where they were said.
    pub perception: Perception,
    /// Stock-keeping unit of the product in the message they quote.
    #[serde(default)]
    pub quoted: Option<String>,
    /// What had been asked before.
    pub before: Question,
}

impl Question {
    /// The same for the understanding of the answer.
    #[must_use]
    pub const fn awaiting(&self) -> Awaiting {
        match self {
            Self::None => Awaiting::None,
            Self::Case { ask: CaseAsk::Reason(_), .. } => Awaiting::None,
            Self::Case { ask: CaseAsk::Wanted(..), .. } => Awaiting::Size,
            Self::ProductChoice
            | Self::CartLine { .. }
            | Self::Case { ask: CaseAsk::Order(_) | CaseAsk::Item(_), .. } => Awaiting::ProductChoice,
            Self::Variant | Self::UsualSize | Self::Take { sized: true, .. } => Awaiting::Size,
            Self::Take { sized: false, .. } | Self::Pieces { .. } => Awaiting::AddMoreConfirm,
            Self::Quantity(_) => Awaiting::Quantity,
            Self::CartNext => Awaiting::CartNext,
            Self::Address => Awaiting::Address,
            Self::Phone => Awaiting::Phone,
            Self::Summary { .. } | Self::ClearCart | Self::CancelOrder(_) | Self::Heard(_) => Awaiting::CheckoutConfirm,
            Self::Payment(_) => Awaiting::Payment,
            Self::Appointment | Self::WhichBooking { .. } => Awaiting::AppointmentTime,
            Self::BookingConfirm | Self::CancelBooking(_) => Awaiting::AppointmentConfirm,
            Self::Rating => Awaiting::Rating,
        }
    }
}

/// Something the customer wants in the cart, of which something is still to be asked.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Wanted {
    /// The product.
    pub product: ProductId,
    /// Its size, once known.
    pub size: Option<Size>,
    /// Its colour, once known and where it matters.
    pub colour: Option<Colour>,
    /// How many.
    pub quantity: u32,
    /// The line of the cart that it is to stand in for.
    #[serde(default)]
    pub replaces: Option<VariantId>,
}

/// A size said of kinds of things.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SaidSize {
    /// The kinds, as named in one wish.
    pub kinds: Vec<String>,
    /// The size.
    pub size: Size,
}

/// What is to be done with the product that is being chosen.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// Put it in the cart.
    #[default]
    Buy,
    /// Show it in full.
    Look,
    /// Say what it costs.
    Price,
    /// Say whether it is there.
    Stock,
}

/// What was said together with a choice that is not clear yet.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Choosing {
    /// What is to be done with it.
    pub purpose: Purpose,
    /// The product it was said about; `None` if that is what is being asked.
    pub product: Option<ProductId>,
    /// Sizes said.
    pub sizes: Vec<Size>,
    /// Numbers of pieces said.
    pub quantities: Vec<u32>,
}

/// A choice that waits for another one to be made.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Later {
    /// The products to choose from.
    pub products: Vec<ProductId>,
    /// What was said with it.
    pub choosing: Choosing,
}

/// Something that is not there.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Missed {
    /// What.
    pub product: ProductId,
    /// In which size, if one was asked for.
    pub size: Option<Size>,
}

/// That what is looked for is for somebody else, whose sizes are not the customer's.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Gift {
    /// Who they are to the customer, such as `mother`, if that was said.
    pub relation: Option<String>,
    /// `women`, `men` or `kids`, if that tells.
    pub audience: Option<String>,
    /// When it was said.
    pub since: Timestamp,
}

/// A search that "more" or a refinement ("in red", "cheaper") continues.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LastSearch {
    /// The words.
    pub text: String,
    /// Product words.
    pub product: Vec<String>,
    /// Colours.
    pub colours: Vec<Colour>,
    /// None of these colours.
    pub not_colours: Vec<Colour>,
    /// Nothing of these kinds.
    pub not_kinds: Vec<String>,
    /// Sizes.
    pub sizes: Vec<Size>,
    /// At most.
    pub price_max: Option<Money>,
    /// At least.
    pub price_min: Option<Money>,
    /// Occasions.
    pub occasions: Vec<String>,
    /// For whom.
    pub audience: Option<String>,
    /// Whether the cheapest come first.
    pub cheapest_first: bool,
    /// Products already shown for it.
    pub seen: Vec<ProductId>,
}

/// A booking that is being arranged.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Booking {
    /// Of what.
    pub service: Option<ServiceId>,
    /// On which day.
    pub date: Option<Date>,
    /// At what time.
    pub time: Option<Time>,
    /// In which part of the day.
    pub part: Option<DayPart>,
    /// Services shown last, in the order of their numbers.
    pub services: Vec<ServiceId>,
    /// Times offered last, in the order of their numbers.
    pub times: Vec<Timestamp>,
    /// The booking that is being moved.
    pub moving: Option<AppointmentId>,
    /// The time that was proposed, kept under this identity.
    pub proposed: Option<(AppointmentId, Timestamp)>,
}

impl Dialogue {
    /// How many messages of people are remembered, and how much of each.
    const STAFF_NOTES: usize = 5;
    const STAFF_CHARS: usize = 600;

    /// Remembers what a person of the shop wrote: the next message answers that.
    pub fn note_staff(&mut self, text: &str, at: Timestamp) {
        let text: String = text.chars().take(Self::STAFF_CHARS).collect();
        self.last_text = Some(text.clone());
        self.misunderstood = 0;
        self.questions = 0;
        self.question = Question::None;
        self.staff.push(StaffNote { text, at });
        if self.staff.len() > Self::STAFF_NOTES {
            self.staff.remove(0);
        }
    }

    /// What the next message is read against: what was asked and shown last.
    #[must_use]
    pub fn context(&self, catalogue: &CatalogueIndex, offers: &Offers, now: Timestamp, timezone: &str) -> Context {
        let shown = self.shown.iter().zip(1u32..).filter_map(|(id, n)| {
            let product = catalogue.by_id(*id)?;
            let price = offers.price(product, product.price);
            Some(Shown {
                n,
                sku: product.sku.clone(),
                name: product.name.clone(),
                colour: product.colours.first().copied(),
                price: price.minor / price.currency.minor_per_major(),
            })
        });
        Context {
            last_bot: self.last_text.clone(),
            awaiting: self.question.awaiting(),
            shown: shown.collect(),
            media: None,
            now: Some(now),
            timezone: Some(timezone.to_owned()),
        }
    }
}

/// What a person of the shop wrote.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct StaffNote {
    /// Their words.
    pub text: String,
    /// When.
    pub at: Timestamp,
}

/// What a conversation remembers.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Dialogue {
    /// Where the sale stands.
    pub stage: Stage,
    /// What was asked last.
    pub question: Question,
    /// Products shown last, in the order of their numbers (1 is the first).
    pub shown: Vec<ProductId>,
    /// Lists shown before that one, the last of them last.
    pub earlier: Vec<Vec<ProductId>>,
    /// Whether the number of an order that is not found here was asked for last.
    pub order_sought: bool,
    /// What was set side by side last.
    pub compared: Vec<ProductId>,
    /// The product under discussion.
    pub focus: Option<ProductId>,
    /// What the choice that is asked about is for.
    pub choosing: Option<Choosing>,
    /// Choices that are asked about when that one is made.
    pub later: Vec<Later>,
    /// For whom it is, if it is not for the customer.
    pub gift: Option<Gift>,
    /// The last search.
    pub search: Option<LastSearch>,
    /// The size advised for the first of `wanted`: a yes takes it.
    pub advised: Option<Size>,
    /// What the customer was told last is not there.
    pub missed: Option<Missed>,
    /// Whether the customer waits for something to come back.
    pub waits: bool,
    /// The turn in which that was promised last.
    pub promised_at: Option<u32>,
    /// What came back while nothing could be sent: said with the next answer.
    pub back: Vec<VariantId>,
    /// What is to be put in the cart once sizes are known, first asked first.
    pub wanted: Vec<Wanted>,
    /// How often the size of the first of `wanted` was asked for.
    pub size_asked: u8,
    /// Sizes said with the kinds they are for, the latest last.
    pub sizes_said: Vec<SaidSize>,
    /// The line of the cart that what is being chosen is to stand in for.
    pub replaces: Option<VariantId>,
    /// Whether to go on to checkout as soon as nothing is left to ask about `wanted`.
    pub then_checkout: bool,
    /// The booking that is being arranged.
    pub booking: Option<Booking>,
    /// What is in the cart.
    pub cart: Cart,
    /// Lines taken out of it, the latest last.
    pub removed: Vec<CartLine>,
    /// A place that was asked about and not yet given, as written.
    pub place_asked: Option<String>,
    /// Where it goes, once said.
    pub delivery: Option<delivery::Choice>,
    /// Whether the saved address was offered and is not the right one.
    pub fresh_address: bool,
    /// Who pays, once said or confirmed.
    pub payer: Option<PhoneNumber>,
    /// The order that waits for money.
    pub open_order: Option<OrderId>,
    /// Whether the customer was told that this is the shop's assistant and how to reach a person.
    pub introduced: bool,
    /// Messages in a row that were not understood.
    pub misunderstood: u8,
    /// How often the same list was asked about again without an answer.
    pub same_choice: u8,
    /// Turns so far; varies the wording.
    pub turns: u32,
    /// The text sent last, for "say that again".
    pub last_text: Option<String>,
    /// When the customer wrote last, to notice a long gap.
    pub last_heard: Option<Timestamp>,
    /// When the owner was told last of a voice note in which nothing was heard.
    pub unheard_at: Option<Timestamp>,
    /// The order a rating that is awaited is of.
    pub rating: Option<OrderId>,
    /// Questions that the team has not answered yet.
    pub questions: u8,
    /// Claims to have paid for the open order.
    pub claims: u8,
    /// What people of the shop wrote last, oldest first.
    pub staff: Vec<StaffNote>,
    /// Which of several wordings were used lately, so that none is used twice in a row; the latest last.
    pub wordings: Vec<Wording>,
}

/// A text that was used, and which of its variants.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Wording(pub u32, pub u8);

/// How many wordings are remembered.
const WORDINGS: usize = 16;

impl Dialogue {
    /// Remembers the words of a reply: what was said, for "say that again", and which wordings it used.
    pub fn remember_words(&mut self, reply: &Reply) {
        if let Some(part) = reply.parts.first() {
            self.last_text = Some(part.text.clone());
        }
        self.wordings.retain(|old| !reply.wordings.iter().any(|new| new.0 == old.0));
        self.wordings.extend_from_slice(&reply.wordings);
        let forgotten = self.wordings.len().saturating_sub(WORDINGS);
        self.wordings.drain(..forgotten);
    }
}
