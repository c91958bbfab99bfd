//! The shop file: a shop's whole configuration as YAML, read and written.

mod about;
mod booking;
mod deals;
mod env;
mod keys;
mod modules;
mod node;
mod read;
mod setting;
pub(crate) mod words;
mod write;

#[cfg(test)]
mod tests;

use std::{collections::BTreeMap, fmt};

use duka_kernel::{Currency, Language, PhoneNumber};
use serde_json::Value;

use self::node::{Errors, Node};
pub use self::{
    keys::{as_keys, with_keys},
    setting::apply_setting,
};

use crate::{
    ShopProfile,
    about::{About, Contacts},
    booking::BookingRules,
    handover::HandOverRules,
    models::ModelRules,
    profile::{self, Delivery, Personality},
};

/// One shop of a shop file.
#[derive(Clone, PartialEq, Debug)]
pub struct ShopFile {
    /// Its settings.
    pub profile: ShopProfile,
    /// The numbers it is written to on.
    pub channels: Vec<ChannelEntry>,
    /// How it is paid.
    pub payments: Vec<PaymentEntry>,
    /// The CSV file of its products, relative to the shop file.
    pub catalogue: Option<String>,
    /// The CSV file of its services, relative to the shop file.
    pub services: Option<String>,
    /// The folder of its pictures, relative to the shop file; [`DEFAULT_IMAGES`] unless it says otherwise.
    pub images: String,
}

/// Where pictures are unless a shop file says otherwise.
pub const DEFAULT_IMAGES: &str = "catalogue-images";

/// A number a shop is written to on, with what is needed to use it. Its `Debug` shows no secret.
#[derive(Clone, PartialEq, Eq)]
pub struct ChannelEntry {
    /// `twilio`, `meta`, `360dialog`, …
    pub kind: String,
    /// The number customers write to.
    pub number: PhoneNumber,
    /// Twilio's account.
    pub account_sid: Option<String>,
    /// Twilio's secret.
    pub auth_token: Option<String>,
    /// What other kinds of channel need; empty for `twilio`.
    pub settings: BTreeMap<String, String>,
}

impl fmt::Debug for ChannelEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ChannelEntry").field("kind", &self.kind).field("number", &self.number).finish_non_exhaustive()
    }
}

/// A payment provider with its credentials. Its `Debug` shows none of them.
#[derive(Clone, PartialEq, Eq)]
pub struct PaymentEntry {
    /// `paylink`, `daraja`, `sandbox`, …
    pub provider: String,
    /// `username`, `api_key`, …: whatever the provider needs.
    pub settings: BTreeMap<String, String>,
}

impl fmt::Debug for PaymentEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PaymentEntry").field("provider", &self.provider).finish_non_exhaustive()
    }
}

/// Something wrong in a shop file.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{path}: {message}")]
pub struct FileError {
    /// Where: `tenants.malkia.delivery.zones[1].fee`, or `line 3, column 7` where the file is not YAML.
    pub path: String,
    /// What is wrong and what is expected.
    pub message: String,
}

/// Reads a shop file; shops come in the order of their slugs. `env` answers what `${NAME}` stands for; `$${` is a
/// plain `${`. Keys beside `tenants` are somebody else's and ignored.
///
/// # Errors
/// Everything that is wrong in the file.
pub fn read_shop_file(yaml: &str, env: &dyn Fn(&str) -> Option<String>) -> Result<Vec<ShopFile>, Vec<FileError>> {
    let mut file = parse(yaml).map_err(|error| vec![error])?;
    let errors = Errors::default();
    let mut tenants = file.get_mut("tenants").map(Value::take).unwrap_or_default();
    env::expand(&mut tenants, "tenants", env, &errors);
    let root = Node::new(&tenants, "tenants".to_owned(), &errors);
    if root.is_null() {
        root.error("missing: the shops, as in tenants: {malkia: {name: Malkia Boutique}}");
    }
    let shops = root.entries("shops by their slugs");
    let mut shops: Vec<ShopFile> = shops.iter().filter_map(|(slug, shop)| read::tenant(slug, shop)).collect();
    shops.sort_by(|a, b| a.profile.slug.cmp(&b.profile.slug));
    let errors = errors.into_inner();
    if errors.is_empty() { Ok(shops) } else { Err(errors) }
}

fn parse(yaml: &str) -> Result<Value, FileError> {
    // `no` and `on` stay texts: they are names as often as they are flags.
    let options = serde_saphyr::options! { strict_booleans: true, with_snippet: false };
    serde_saphyr::from_str_with_options(yaml.trim_start_matches('\u{feff}'), options).map_err(|error| {
        let path = match error.location() {
            Some(at) => format!("line {}, column {}", at.line(), at.column()),
            None => "file".to_owned(),
        };
        FileError { path, message: format!("not YAML: {error}") }
    })
}

/// Writes shops as a shop file. Reading it back gives the same shops; only empty texts are left out. A credential
/// that is a reference, `${NAME}`, is written as one.
#[must_use]
pub fn write_shop_file(shops: &[ShopFile]) -> String {
    write::write(shops)
}

/// A shop that has said nothing but its name: closed hours, no delivery, no reductions, stock held for 30 minutes.
#[must_use]
pub fn new_profile(slug: &str, name: &str, currency: Currency) -> ShopProfile {
    ShopProfile {
        name: name.to_owned(),
        slug: slug.to_owned(),
        currency,
        timezone: "Africa/Nairobi".to_owned(),
        default_language: Language::En,
        whatsapp_number: None,
        owner_phone: None,
        hours: [None; 7],
        holidays: Vec::new(),
        location: None,
        payment_methods: Vec::new(),
        manual_payment: None,
        cash_on_delivery: false,
        delivery: Delivery::default(),
        coupons: Vec::new(),
        bargaining: false,
        wholesale: None,
        returns: None,
        exchange: None,
        reservation_minutes: 30,
        personality: Personality::default(),
        deposit: None,
        faqs: Vec::new(),
        size_charts: std::collections::BTreeMap::new(),
        booking: BookingRules::default(),
        approval_above: None,
        handover: HandOverRules::default(),
        about: About::default(),
        contacts: Contacts::default(),
        phrases: Vec::new(),
        disabled_intents: Vec::new(),
        promotions: Vec::new(),
        feedback_hours: profile::feedback_hours(),
        models: ModelRules::default(),
        modules: profile::Modules::default(),
        low_stock: profile::low_stock(),
    }
}
