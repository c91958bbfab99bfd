//! The shop file: a shop's whole configuration as YAML, read and written.

use std::{collections::BTreeMap, fmt};

use duka_kernel::{Currency, Language, PhoneNumber};

use crate::{
    ShopProfile,
    profile::{Delivery, Personality},
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

/// Reads a shop file. `env` answers what `${NAME}` stands for; `$${` is a plain `${`.
///
/// # Errors
/// Everything that is wrong in the file, in its order.
pub fn read_shop_file(yaml: &str, env: &dyn Fn(&str) -> Option<String>) -> Result<Vec<ShopFile>, Vec<FileError>> {
    let _ = (yaml, env);
    Ok(Vec::new())
}

/// Writes shops as a shop file.
#[must_use]
pub fn write_shop_file(shops: &[ShopFile]) -> String {
    let _ = shops;
    String::new()
}

/// Changes one setting of a shop, as `duka tenant set KEY=VALUE` names it. `Ok(false)` if there is no such
/// setting, so that the caller can look for it elsewhere (credentials are no part of the profile).
///
/// # Errors
/// What is wrong with the value and what is expected.
pub fn apply_setting(profile: &mut ShopProfile, key: &str, value: &str) -> Result<bool, String> {
    let _ = (profile, key, value);
    Ok(false)
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
    }
}
