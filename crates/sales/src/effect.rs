//! What a decision makes happen outside the conversation. All effects of a turn take place in the one
//! transaction that commits it, each guarded there again; if a guard fails (the last piece was sold a
//! moment ago) nothing happens and the turn is decided afresh on what is true then.

use duka_kernel::{
    AppointmentId, Language, Money, OrderId, PaymentId, PhoneNumber, ServiceId, TaskId, Timestamp, VariantId,
};
use duka_shop::{CartLine, booking::Claim, delivery};
use serde::{Deserialize, Serialize};

/// One thing to happen.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// Write the order and hold its stock.
    PlaceOrder(NewOrder),
    /// Ask the payment provider to prompt the payer, once the turn is committed.
    RequestPayment(PaymentRequest),
    /// Ask the provider now how the open attempts of an order stand.
    CheckPayment(OrderId),
    /// Stop an unpaid order and give its stock back.
    CancelOrder {
        /// Which.
        order: OrderId,
        /// Why, in a word or two.
        reason: String,
    },
    /// Keep a time for the customer while a yes or a deposit is awaited, or make the booking. What was held under the same
    /// identity becomes this.
    TakeSlot(NewBooking),
    /// Let a time go that was kept and not agreed to.
    ReleaseSlot(AppointmentId),
    /// Move a booking.
    MoveBooking {
        /// Which.
        id: AppointmentId,
        /// Of what; another variant perhaps.
        service: ServiceId,
        /// To when.
        start: Timestamp,
        /// What it occupies then.
        claims: Vec<Claim>,
    },
    /// Call a booking off.
    CancelBooking {
        /// Which.
        id: AppointmentId,
        /// The order whose money goes back.
        refund: Option<OrderId>,
    },
    /// Something about the customer changed.
    Customer(CustomerChange),
    /// Go quiet until a person releases the conversation, and tell the owner.
    HandOff {
        /// Why.
        reason: HandOffReason,
        /// What the customer said.
        said: String,
        /// The order it is about, if it is about one.
        order: Option<OrderId>,
    },
    /// Something the team has to do.
    OpenTask {
        /// What.
        kind: TaskKind,
        /// The order it is about, if it is about one.
        order: Option<OrderId>,
        /// What is known of it.
        detail: TaskDetail,
    },
    /// More is known of something the team has to do.
    AmendTask {
        /// Which.
        task: TaskId,
        /// All that is known.
        detail: TaskDetail,
    },
    /// Tell the owner something that needs no hand-over.
    TellOwner(OwnerNews),
    /// Tell the customer when one of these can be bought again.
    WaitFor {
        /// For what.
        variants: Vec<VariantId>,
        /// Whether any of them will do.
        any_size: bool,
    },
    /// Do not tell them any more.
    StopWaiting,
    /// Keep a sentence about the customer.
    Remember(String),
    /// Keep a rating from 1 to 5, with the order it is of.
    Rate {
        /// From 1 to 5.
        rating: u8,
        /// Which order, if it is of one.
        order: Option<OrderId>,
    },
}

/// An order as agreed to.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct NewOrder {
    /// Its identity.
    pub id: OrderId,
    /// Its number, as customers and payments see it.
    pub number: String,
    /// What is bought.
    pub lines: Vec<CartLine>,
    /// List prices together.
    pub subtotal: Money,
    /// What coupon or wholesale take off.
    pub discount: Money,
    /// The coupon, if it is what reduces.
    pub coupon: Option<String>,
    /// Whether wholesale is what reduces.
    pub wholesale: bool,
    /// Where it goes and for how much.
    pub delivery: delivery::Choice,
    /// What is to be paid.
    pub total: Money,
    /// For how long its stock is held.
    pub hold_minutes: u32,
}

/// A booking, held or made.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct NewBooking {
    /// Its identity.
    pub id: AppointmentId,
    /// Of what.
    pub service: ServiceId,
    /// When.
    pub start: Timestamp,
    /// What it occupies.
    pub claims: Vec<Claim>,
    /// Until when it is only held; booked at once if not set.
    pub until: Option<Timestamp>,
    /// The order of its deposit.
    pub order: Option<OrderId>,
}

/// A payment to ask for.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct PaymentRequest {
    /// Its identity.
    pub id: PaymentId,
    /// What it pays.
    pub order: OrderId,
    /// The order's number.
    pub number: String,
    /// How much.
    pub amount: Money,
    /// Who pays.
    pub phone: PhoneNumber,
}

/// The fact that the customer wants no earlier place proposed.
pub const ADDRESS_FORGOTTEN: &str = "address.forgotten";

/// What changed about a customer.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CustomerChange {
    /// Writes this language now.
    Language(Language),
    /// Asked to be answered in this language from now on.
    PinLanguage(Language),
    /// Does not want (true) or wants (false) marketing messages.
    OptOut(bool),
    /// Pays from this number.
    Phone(PhoneNumber),
    /// Has things delivered here.
    Address(delivery::Choice),
    /// Wants the place where things go forgotten.
    ForgetAddress,
    /// Says this of themselves: `usual_size` → `M`, `area` → `Kasarani`. Nothing takes it back.
    Fact {
        /// What it is about.
        name: String,
        /// What it is.
        value: String,
    },
}

/// Why a person is needed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HandOffReason {
    /// The customer asked for one.
    Asked,
    /// Something was bad or wrong.
    Complaint,
    /// The assistant did not understand twice.
    NotUnderstood,
    /// Something only a person may do.
    NeedsPerson,
    /// Money that was paid, or is said to be, and that nobody but a person can find.
    PaymentDispute,
    /// What they wrote could not be dealt with: something went wrong here.
    Failure,
}

impl HandOffReason {
    /// The name in the database and the protocols, such as `not_understood`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Complaint => "complaint",
            Self::NotUnderstood => "not_understood",
            Self::NeedsPerson => "needs_person",
            Self::PaymentDispute => "payment_dispute",
            Self::Failure => "failure",
        }
    }
}

/// What the team has to do.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskKind {
    /// Take something back for money.
    Return,
    /// Take something back for something else.
    Exchange,
    /// Answer a question.
    Question,
    /// Approve an order before its payment is asked for.
    Approval,
}

impl TaskKind {
    /// The name in the database, such as `return`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Return => "return",
            Self::Exchange => "exchange",
            Self::Question => "question",
            Self::Approval => "approval",
        }
    }
}

/// What is known of something the team has to do.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TaskDetail {
    /// What it is about.
    pub items: Vec<String>,
    /// Why, in the customer's words.
    pub reason: Option<String>,
    /// What is wanted instead.
    pub wanted: Option<String>,
    /// The customer's words.
    pub said: String,
}

/// News for the owner.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OwnerNews {
    /// Someone wants to return or exchange something.
    ReturnAsked {
        /// Which order, if any.
        number: Option<String>,
        /// For something else instead of money.
        exchange: bool,
        /// What.
        items: Vec<String>,
        /// What is wanted instead.
        wanted: Option<String>,
        /// In the customer's words.
        said: String,
    },
    /// An order has to be approved before its payment is asked for.
    ApprovalAsked {
        /// Which.
        number: String,
        /// What it comes to.
        total: Money,
    },
    /// Someone asks something that nothing the shop has said answers.
    Question {
        /// In the customer's words.
        said: String,
        /// The product under discussion, if there is one.
        about: Option<String>,
    },
    /// Someone booked.
    Booked {
        /// What.
        title: String,
        /// When.
        start: Timestamp,
    },
    /// Someone moved a booking.
    BookingMoved {
        /// What.
        title: String,
        /// From when.
        from: Timestamp,
        /// To when.
        start: Timestamp,
    },
    /// Someone called a booking off.
    BookingCancelled {
        /// What.
        title: String,
        /// When it was.
        start: Timestamp,
        /// What goes back of a deposit.
        refund: Option<Money>,
    },
    /// Someone says they paid and it is not seen.
    PaymentClaimed {
        /// Which order, if any.
        number: Option<String>,
        /// The receipt they gave.
        receipt: Option<String>,
    },
    /// An order is placed but nobody could be prompted to pay for it.
    PaymentsDown {
        /// Which order.
        number: String,
        /// What is to be paid.
        amount: Money,
    },
    /// Someone asks to be told when something is back.
    WantsBack {
        /// What.
        what: String,
    },
    /// Someone sent a voice note in which nothing was heard; a person can listen to it.
    Unheard,
    /// Someone asks about buying many.
    Wholesale {
        /// In the customer's words.
        said: String,
    },
}
