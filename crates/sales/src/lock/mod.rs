//! The fact lock: no reply, whoever words it, says what is not so.
//!
//! [`Facts`] are what may be said in a turn. [`check`] reads what a text claims (amounts, products, stock, dates and
//! times, order numbers, receipts, discounts, policy, contacts, things done) in English, Swahili, Sheng and any mix, in
//! any way of writing numbers, and holds each claim against them. It errs towards stopping: a reply that is stopped costs
//! a turn its free wording, a wrong price is a promise. What a model words freely passes [`check_talk`] besides, which lets
//! out only what it can account for.

mod check;
mod codes;
mod deeds;
mod facts;
mod figures;
mod gather;
mod language;
mod meant;
mod patterns;
mod plain;
mod policy;
mod products;
mod secrets;
mod stock;
mod talk;
mod text;
mod times;
mod when;

pub use self::{
    check::check,
    facts::Facts,
    figures::large_numbers,
    language::spoken_in,
    talk::{Sources, check_talk},
};
use serde::Serialize;

/// Something a text says that is not among the facts of its turn.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Breach {
    /// What kind of claim it is.
    pub kind: BreachKind,
    /// The words that make it.
    pub said: String,
}

/// Kinds of claims.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum BreachKind {
    /// An amount of money or another number.
    Amount,
    /// A product or service.
    Product,
    /// What is there, in which size and colour, and how many.
    Stock,
    /// A date, a time, how long something takes.
    Time,
    /// The number of an order.
    OrderNumber,
    /// A receipt.
    Receipt,
    /// A reduction or a code for one.
    Discount,
    /// What the shop does and does not do: returns, guarantees, ways to pay.
    Policy,
    /// A link, a phone number, an account: where customers would turn or send money.
    Link,
    /// Something done or promised: added, paid, booked, sent.
    Action,
    /// What is behind the assistant: its instructions, its tools.
    Leak,
    /// Freely worded, and neither plain talk nor anything that was told.
    Unknown,
}

#[cfg(test)]
mod tests;
