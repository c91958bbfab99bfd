//! Everything a shop configures about itself.

use std::collections::BTreeMap;

use duka_kernel::{Currency, Language, Money, PhoneNumber};
use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

use crate::{
    about::{About, Contacts, Phrase},
    booking::BookingRules,
    handover::HandOverRules,
    models::ModelRules,
    promotion::{Members, Promotion},
};

/// A shop's settings, as applied from the shop file. Stored as JSON with the shop.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ShopProfile {
    /// As customers know it.
    pub name: String,
    /// Short name in commands and addresses: lower-case letters, digits, `-`.
    pub slug: String,
    /// What prices are in.
    pub currency: Currency,
    /// IANA time zone, `Africa/Nairobi` by default.
    pub timezone: String,
    /// The language spoken until the customer's is known.
    pub default_language: Language,
    /// The number customers write to, if the shop has one.
    pub whatsapp_number: Option<PhoneNumber>,
    /// Where the owner is told about orders and people waiting.
    pub owner_phone: Option<PhoneNumber>,
    /// Opening hours by weekday, Monday first; `None` is closed.
    pub hours: [Option<OpenHours>; 7],
    /// Days that differ from the week.
    pub holidays: Vec<Holiday>,
    /// Where the shop is.
    pub location: Option<String>,
    /// How one can pay, in the shop's words.
    pub payment_methods: Vec<String>,
    /// Till, pay bill or bank details told on request and when no prompt can be sent.
    pub manual_payment: Option<String>,
    /// Whether one can pay on delivery.
    pub cash_on_delivery: bool,
    /// Where and for how much the shop delivers.
    pub delivery: Delivery,
    /// Codes that reduce a price.
    pub coupons: Vec<Coupon>,
    /// Whether prices may be negotiated. Even then never below what coupons and tiers allow.
    pub bargaining: bool,
    /// Reductions for many pieces.
    pub wholesale: Option<Wholesale>,
    /// Taking things back for money.
    pub returns: Option<Returns>,
    /// Taking things back for other things.
    pub exchange: Option<Exchange>,
    /// For how long stock is held for an unpaid order.
    pub reservation_minutes: u32,
    /// How the assistant sounds.
    pub personality: Personality,
    /// A part of the total asked beforehand.
    pub deposit: Option<Deposit>,
    /// Answers in the shop's own words.
    pub faqs: Vec<Faq>,
    /// Size charts by category, as [`crate::fit::read_chart`] reads them; a product's own goes before its category's.
    #[serde(default)]
    pub size_charts: BTreeMap<String, String>,
    /// Rules for appointments.
    #[serde(default)]
    pub booking: BookingRules,
    /// An order above this waits for the staff's approval before its payment is asked for.
    #[serde(default)]
    pub approval_above: Option<Money>,
    /// By which times people answer who took a conversation over.
    #[serde(default)]
    pub handover: HandOverRules,
    /// Who it is.
    #[serde(default)]
    pub about: About,
    /// How it can be reached besides the number customers write to.
    #[serde(default)]
    pub contacts: Contacts,
    /// Answers to set phrases, before anything else is looked at.
    #[serde(default)]
    pub phrases: Vec<Phrase>,
    /// Intents it does not serve, by name; see [`crate::about::OPTIONAL_INTENTS`].
    #[serde(default)]
    pub disabled_intents: Vec<String>,
    /// Prices that are lower for a time, or for loyal customers.
    #[serde(default)]
    pub promotions: Vec<Promotion>,
    /// How many hours after an order arrived the customer is asked how it was; `None` is never.
    #[serde(default = "feedback_hours")]
    pub feedback_hours: Option<u32>,
    /// What language models may do and cost.
    #[serde(default)]
    pub models: ModelRules,
    /// What of the assistant's work it wants.
    #[serde(default)]
    pub modules: Modules,
    /// So many pieces of a size and colour, or fewer, are little, unless the variant has its own number.
    #[serde(default = "low_stock")]
    pub low_stock: u32,
}

/// Parts of the assistant's work that a shop can do without.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct Modules {
    /// Payment prompts. Without them customers are told how else to pay.
    pub payments: bool,
    /// Noting who asked for what and did not buy.
    pub leads: bool,
    /// Suggesting what else might please.
    pub recommendations: bool,
}

impl Default for Modules {
    fn default() -> Self {
        Self { payments: true, leads: true, recommendations: true }
    }
}

/// How long after an order arrived its customer is asked, unless the shop says otherwise.
#[allow(clippy::unnecessary_wraps, reason = "the default of an optional setting")]
pub(crate) const fn feedback_hours() -> Option<u32> {
    Some(24)
}

/// How many pieces are little, unless the shop says otherwise.
pub(crate) const fn low_stock() -> u32 {
    3
}

impl ShopProfile {
    /// Whether the staff have to approve an order of this total before its payment is asked for.
    #[must_use]
    pub fn needs_approval(&self, total: Money) -> bool {
        self.approval_above.is_some_and(|above| above.currency == total.currency && total.minor > above.minor)
    }
}

/// Opening and closing time of a day. Closing is after opening.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct OpenHours {
    /// From.
    pub open: Time,
    /// To, not included.
    pub close: Time,
}

/// A date on which the shop keeps other hours.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Holiday {
    /// The date.
    pub date: Date,
    /// What is celebrated.
    pub name: String,
    /// Its hours; `None` is closed.
    pub hours: Option<OpenHours>,
}

/// Where a shop delivers.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Delivery {
    /// Zones in order; the last one without areas takes every other place.
    pub zones: Vec<Zone>,
    /// Whether customers can collect, free of charge, at the shop.
    pub pickup: bool,
}

/// One delivery zone.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Zone {
    /// Its name, such as `cbd`.
    pub name: String,
    /// What delivery costs.
    pub fee: Money,
    /// Areas in it; empty means everywhere else.
    pub areas: Vec<String>,
    /// When it arrives, in the shop's words: `next day`.
    pub eta: Option<String>,
}

/// A code that reduces a price.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Coupon {
    /// In capitals.
    pub code: String,
    /// How much it takes off.
    pub reduction: Reduction,
    /// The cart has to come to at least this.
    pub min_subtotal: Money,
    /// First day it counts.
    pub starts: Option<Date>,
    /// Last day it counts.
    pub expires: Option<Date>,
    /// How often it can be used by all customers together.
    pub max_uses: Option<u32>,
    /// How often one customer can use it.
    pub max_uses_per_customer: Option<u32>,
    /// If not empty, only these customers can use it.
    pub customers: Vec<PhoneNumber>,
    /// Only loyal customers can use it.
    #[serde(default)]
    pub members: Option<Members>,
}

/// What a coupon takes off.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reduction {
    /// Per cent of the products' subtotal, 1 to 100.
    Percent(u8),
    /// An amount, at most the subtotal.
    Fixed(Money),
}

/// Reductions for many pieces in one order, any mix.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Wholesale {
    /// From how many pieces an order is wholesale.
    pub min_pieces: u32,
    /// Tiers by rising number of pieces.
    pub tiers: Vec<Tier>,
    /// In the shop's words.
    pub note: Option<String>,
}

/// One wholesale tier.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Tier {
    /// From how many pieces.
    pub min: u32,
    /// Per cent off the products' subtotal.
    pub percent: u8,
}

/// Taking things back for money.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Returns {
    /// Within how many days.
    pub days: u32,
    /// In which condition.
    pub condition: Option<String>,
    /// How the money comes back.
    pub refund: Option<String>,
}

/// Taking things back for other things.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Exchange {
    /// Within how many days.
    pub days: u32,
    /// In which condition.
    pub condition: Option<String>,
    /// Whether the customer pays the way.
    pub customer_pays_delivery: bool,
}

/// How the assistant sounds.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Personality {
    /// The assistant's name, if it has one.
    pub name: Option<String>,
    /// In the shop's words: `warm, playful`.
    pub tone: Tone,
    /// How many emoji.
    pub emoji: EmojiUse,
}

/// The voice of a shop.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tone {
    /// Friendly and close. The default.
    #[default]
    Warm,
    /// Light, with a smile.
    Playful,
    /// Polite and correct.
    Formal,
}

/// How many emoji a shop uses.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EmojiUse {
    /// None at all.
    None,
    /// One here and there.
    #[default]
    Some,
    /// Gladly.
    Many,
}

/// A part of the total asked before the rest.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Deposit {
    /// Per cent of the total.
    pub percent: u8,
    /// Of which orders.
    pub applies_to: DepositScope,
}

/// Which orders a deposit is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DepositScope {
    /// Every order.
    All,
    /// Wholesale orders.
    Wholesale,
}

/// A question and the shop's answer to it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Faq {
    /// The question.
    pub q: String,
    /// The answer, used as it is.
    pub a: String,
    /// Whether it is used.
    #[serde(default = "yes")]
    pub active: bool,
}

const fn yes() -> bool {
    true
}
