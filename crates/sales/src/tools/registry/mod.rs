//! The registry: every tool by name, for whoever has no Rust type at hand (a language model, a terminal).
//!
//! A tool is a type: its fields are the arguments, what they mean is in their comments, [`Call`] does the rest. Adding one
//! is a file with that type and a row in [`TOOLS`]. No argument is a price, an amount, a phone number, a payee or a
//! shop: those come from what was recalled, whoever calls.

mod bookings;
mod cart;
mod customer;
mod errands;
mod memory;
mod orders;
mod payments;
mod products;
mod schema;
#[cfg(test)]
mod tests;

use std::fmt;

use duka_kernel::{Colour, Size};
use duka_perception::{Intent, Perception, Slots, Wish};
use duka_shop::{Product, Variant};
use schemars::JsonSchema;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

pub use self::errands::Errand;
use crate::{desk::Desk, recall::OrderView};

/// What calling a tool may do.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Effects {
    /// Nothing: it looks something up.
    Reads,
    /// Changes what is in the cart.
    ChangesCart,
    /// Keeps something about the customer.
    ChangesCustomer,
    /// Moves money, orders or bookings: only with the customer's own yes.
    NeedsYes,
    /// Passes the conversation to a person.
    HandsOver,
}

/// Why a call came to nothing. Nothing has changed then.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case", tag = "refused", content = "why")]
pub enum Refusal {
    /// There is no such tool.
    UnknownTool(String),
    /// The arguments are not what it takes.
    Arguments(String),
    /// The customer has not said yes to it.
    NeedsYes,
    /// This shop, or this customer, has no such thing.
    NotFound(String),
    /// It cannot be done now.
    NotNow(String),
    /// The customer's message does not say it.
    NotSaid(String),
    /// The file cannot be used: too large, of another kind, or not to be had.
    Unusable(String),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownTool(name) => write!(f, "there is no tool {name:?}"),
            Self::Arguments(why) => write!(f, "the arguments are wrong: {why}"),
            Self::NeedsYes => f.write_str("it moves money, an order or a booking: the customer has to say yes"),
            Self::NotFound(what) => write!(f, "there is no {what} here"),
            Self::NotNow(why) | Self::Unusable(why) => f.write_str(why),
            Self::NotSaid(what) => write!(f, "the customer's message does not say {what}"),
        }
    }
}

/// The message that a proposal answers.
#[derive(Clone, Copy, Debug)]
pub struct Said<'a> {
    /// As written.
    pub text: &'a str,
    /// As read.
    pub perception: &'a Perception,
}

/// What a proposed call asks the policy for.
#[derive(Clone, PartialEq, Debug)]
pub struct Proposal {
    /// As if the customer had said this.
    pub wish: Wish,
    /// The product it is about, if it is about one.
    pub sku: Option<String>,
}

/// A proposal is read as surely as a clear sentence.
const SURE: f32 = 0.9;

impl Proposal {
    fn of(intent: Intent, text: &str, slots: Slots) -> Self {
        Self { wish: Wish { intent, confidence: SURE, slots, text: text.to_owned() }, sku: None }
    }

    fn about(self, product: &Product) -> Self {
        Self { sku: Some(product.sku.clone()), ..self }
    }
}

/// One tool. The type's fields are its arguments.
pub(crate) trait Call: DeserializeOwned + JsonSchema {
    /// What it gives back.
    type Output: Serialize;
    const NAME: &'static str;
    /// One sentence.
    const DESCRIPTION: &'static str;
    const EFFECTS: Effects;
    /// Whether a language model may propose it.
    const PROPOSED: bool = true;

    /// Does it.
    fn run(self, desk: &mut Desk<'_>) -> Result<Self::Output, Refusal>;

    /// What proposing it asks the policy for, which decides as if the customer had said it.
    fn propose(self, _: &Desk<'_>, _: Said<'_>) -> Result<Proposal, Refusal> {
        Err(Refusal::NeedsYes)
    }
}

/// A row of the registry.
#[derive(Clone, Copy, Debug)]
pub struct Tool {
    /// Its name.
    pub name: &'static str,
    /// What it does, in one sentence.
    pub description: &'static str,
    /// What it may do.
    pub effects: Effects,
    /// Whether a language model may propose it.
    pub proposed: bool,
    schema: fn() -> Value,
    run: fn(&mut Desk<'_>, Value) -> Result<Value, Refusal>,
    propose: fn(Value, &Desk<'_>, Said<'_>) -> Result<Proposal, Refusal>,
    errand: Option<fn(Value) -> Result<Errand, Refusal>>,
}

const fn row<T: Call>() -> Tool {
    Tool {
        name: T::NAME,
        description: T::DESCRIPTION,
        effects: T::EFFECTS,
        proposed: T::PROPOSED,
        schema: schema::of::<T>,
        run: |desk, arguments| {
            let output = arguments_of::<T>(arguments)?.run(desk)?;
            serde_json::to_value(output).map_err(|error| Refusal::NotNow(error.to_string()))
        },
        propose: |arguments, desk, said| arguments_of::<T>(arguments)?.propose(desk, said),
        errand: None,
    }
}

fn arguments_of<T: DeserializeOwned>(arguments: Value) -> Result<T, Refusal> {
    // Nothing at all is no arguments.
    let arguments = if arguments.is_null() { Value::Object(serde_json::Map::new()) } else { arguments };
    serde_json::from_value(arguments).map_err(|error| Refusal::Arguments(error.to_string()))
}

/// Every tool.
pub const TOOLS: &[Tool] = &[
    row::<products::GetInventory>(),
    row::<products::SearchProducts>(),
    row::<products::SearchSimilarProducts>(),
    row::<products::GetProductDetails>(),
    row::<cart::AddToCart>(),
    row::<cart::RemoveFromCart>(),
    row::<cart::UpdateQuantity>(),
    row::<cart::GetCart>(),
    row::<cart::ClearCart>(),
    row::<cart::ApplyCoupon>(),
    row::<orders::CreateOrder>(),
    row::<orders::CancelOrder>(),
    row::<orders::GetOrderStatus>(),
    row::<orders::GetPurchaseHistory>(),
    row::<payments::InitiatePayment>(),
    row::<payments::CheckPaymentStatus>(),
    row::<payments::SubmitPaymentProof>(),
    row::<customer::GetCustomerProfile>(),
    row::<customer::UpdateCustomerProfile>(),
    row::<customer::RecommendSize>(),
    row::<customer::RecordFeedback>(),
    row::<customer::SetOptOut>(),
    row::<customer::HandOffToHuman>(),
    row::<memory::SaveMemory>(),
    row::<memory::SearchMemories>(),
    row::<memory::GetConversationSummary>(),
    row::<memory::SearchKnowledge>(),
    errands::ANALYZE_IMAGE,
    errands::DOWNLOAD_MEDIA,
    errands::GENERATE_EMBEDDING,
    row::<bookings::ListServices>(),
    row::<bookings::FindSlots>(),
    row::<bookings::BookAppointment>(),
    row::<bookings::RescheduleAppointment>(),
    row::<bookings::CancelAppointment>(),
];

impl Tool {
    /// The JSON Schema of its arguments, in the subset that every provider takes.
    #[must_use]
    pub fn schema(&self) -> Value {
        (self.schema)()
    }

    /// What is to be done, if it takes more than what was recalled.
    ///
    /// # Errors
    /// If the arguments are not what it takes.
    pub fn errand(&self, arguments: &Value) -> Result<Option<Errand>, Refusal> {
        self.errand.map(|errand| errand(arguments.clone())).transpose()
    }

    /// Calls it. What moves money, orders or bookings needs `yes`: that the customer has said so.
    ///
    /// # Errors
    /// Why it came to nothing; the desk is as it was.
    pub fn call(&self, desk: &mut Desk<'_>, arguments: Value, yes: bool) -> Result<Value, Refusal> {
        if self.effects == Effects::NeedsYes && !yes {
            return Err(Refusal::NeedsYes);
        }
        let before = desk.clone();
        let called = (self.run)(desk, arguments);
        if called.is_err() {
            *desk = before;
        }
        called
    }

    /// What proposing it asks the policy for. Nothing happens by it.
    ///
    /// # Errors
    /// Why it is not considered.
    pub fn propose(&self, arguments: Value, desk: &Desk<'_>, said: Said<'_>) -> Result<Proposal, Refusal> {
        if !self.proposed {
            return Err(Refusal::NeedsYes);
        }
        (self.propose)(arguments, desk, said)
    }
}

/// A tool by its name.
///
/// # Errors
/// If there is none.
pub fn find(name: &str) -> Result<&'static Tool, Refusal> {
    TOOLS.iter().find(|tool| tool.name == name).ok_or_else(|| Refusal::UnknownTool(name.to_owned()))
}

/// A product of this shop.
fn product<'a>(desk: &Desk<'a>, sku: &str) -> Result<&'a Product, Refusal> {
    desk.recall.catalogue.by_sku(sku).ok_or_else(|| Refusal::NotFound(format!("product {sku}")))
}

/// The one variant of a product that is meant.
fn variant<'a>(product: &'a Product, size: Option<&str>, colour: Option<&str>) -> Result<&'a Variant, Refusal> {
    let (size, colour) = (size.map(Size::parse), colour_of(colour)?);
    let fits = |v: &&Variant| {
        size.as_ref().is_none_or(|size| v.size == *size)
            && (colour.is_none() || v.colour.is_none() || v.colour == colour)
    };
    let fitting: Vec<&Variant> = product.variants.iter().filter(fits).collect();
    match fitting[..] {
        [one] => Ok(one),
        [] => Err(Refusal::NotFound(format!("such size or colour of {}", product.sku))),
        _ => Err(Refusal::Arguments(format!("{} comes in several sizes or colours: say which", product.sku))),
    }
}

fn colour_of(name: Option<&str>) -> Result<Option<Colour>, Refusal> {
    let parsed = name.map(|name| name.trim().to_lowercase().parse::<Colour>());
    parsed.transpose().map_err(|_| Refusal::Arguments(format!("{:?} is not a colour", name.unwrap_or_default())))
}

/// An order of this customer: the one with that number, or the latest. Orders of others do not exist here.
fn order<'a>(desk: &Desk<'a>, number: Option<&str>) -> Result<&'a OrderView, Refusal> {
    let args = super::GetOrderStatus { number: number.map(str::to_owned) };
    let what = || number.map_or_else(|| "order".to_owned(), |number| format!("order {number}"));
    super::get_order_status(desk, &args).ok_or_else(|| Refusal::NotFound(what()))
}
