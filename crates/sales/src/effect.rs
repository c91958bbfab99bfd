//! What a decision makes happen outside the conversation. All effects of a turn take place in the one
//! transaction that commits it, each guarded there again; if a guard fails (the last piece was sold a
//! moment ago) nothing happens and the turn is decided afresh on what is true then.

use duka_kernel::{Language, Money, OrderId, PaymentId, PhoneNumber, VariantId};
use duka_shop::{CartLine, delivery};
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
    /// Something about the customer changed.
    Customer(CustomerChange),
    /// Go quiet until a person releases the conversation, and tell the owner.
    HandOff {
        /// Why.
        reason: HandOffReason,
        /// What the customer said.
        said: String,
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
    /// Keep a rating from 1 to 5.
    Rate(u8),
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
}

/// News for the owner.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OwnerNews {
    /// Someone wants to return or exchange something.
    ReturnAsked {
        /// Which order, if any.
        number: Option<String>,
        /// In the customer's words.
        said: String,
    },
    /// Someone wants a booking that the assistant could not make.
    BookingAsked {
        /// In the customer's words.
        said: String,
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
    /// Someone asks about buying many.
    Wholesale {
        /// In the customer's words.
        said: String,
    },
}
