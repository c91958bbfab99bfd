//! How the shop is paid, and where customers write to it.

use duka_assistant::{payments, setup};
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::part::{Known, Part, Writing, text};
use crate::{
    extract::Json,
    principal::AtShop,
    problem::{Check, Reply},
};

/// How the shop is paid.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PaymentSettings {
    /// `sandbox`, where whoever tries the shop plays the payer, or `paylink`.
    provider: String,
    /// Whether customers are sent payment prompts.
    enabled: bool,
    /// The shop's name at the provider.
    #[schema(max_length = 100)]
    shortcode: String,
    /// Whether a key is kept. Not to be changed.
    #[serde(default)]
    has_secret: bool,
    /// The provider's key. It is written and never read; null keeps the one there is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(write_only, max_length = 500)]
    secret: Option<String>,
    /// Till, pay bill or bank details, told where no prompt can be sent.
    #[schema(max_length = 300)]
    manual_payment: String,
    /// How one can pay, in the shop's words.
    #[schema(max_items = 20)]
    methods: Vec<String>,
    #[serde(default)]
    version: i64,
}

impl Part for PaymentSettings {
    const NAME: &'static str = "payments";

    fn read(known: &Known) -> Self {
        let profile = &known.shop.profile;
        Self {
            provider: known.shop.settings.get("payments.provider").map_or("sandbox", String::as_str).to_owned(),
            enabled: profile.modules.payments,
            shortcode: known.merchant.as_ref().map(|name| name.expose_secret().to_owned()).unwrap_or_default(),
            has_secret: known.has("paylink.api_key"),
            secret: None,
            manual_payment: profile.manual_payment.clone().unwrap_or_default(),
            methods: profile.payment_methods.clone(),
            version: 0,
        }
    }

    fn version(&mut self) -> &mut i64 {
        &mut self.version
    }

    fn write(&self, known: &Known, into: &mut Writing) -> Reply<()> {
        let is_known = setup::PROVIDERS.contains(&self.provider.as_str());
        let has_secret = known.has("paylink.api_key") || self.secret.as_ref().is_some_and(|key| !key.trim().is_empty());
        Check::new()
            .that(is_known, "/provider", "has to be sandbox or paylink")
            .that(self.provider != "paylink" || has_secret, "/secret", "is missing: the provider gives it to you")
            .that(self.shortcode.chars().count() <= 100, "/shortcode", "has at most 100 characters")
            .that(self.manual_payment.chars().count() <= 300, "/manual_payment", "has at most 300 characters")
            .that(self.methods.len() <= 20, "/methods", "are at most 20")
            .done()?;
        let sandbox = !known.shop.settings.contains_key("payments.provider") && self.provider == "sandbox";
        if !sandbox {
            into.free.push(("payments.provider".to_owned(), Some(self.provider.clone())));
        }
        let methods: Vec<&str> = self.methods.iter().map(|way| way.trim()).filter(|way| !way.is_empty()).collect();
        into.secret("paylink.username", Some(&self.shortcode))
            .secret("paylink.api_key", self.secret.as_ref())
            .key("modules", json!({"payments": self.enabled}))
            .key("manual_payment", text(&self.manual_payment))
            .key("payment_methods", methods);
        Ok(())
    }

    fn place(&self, pointer: &str) -> String {
        pointer.replace("/modules/payments", "/enabled").replace("/payment_methods", "/methods")
    }
}

/// How a channel is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum ChannelState {
    /// It has a number and an account.
    Connected,
    /// It is only for trying the shop.
    Sandbox,
    /// It lacks a number or an account.
    Off,
}

/// A way in which customers write to the shop.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ChannelEntry {
    /// `twilio`: WhatsApp by Twilio.
    kind: String,
    /// The number that customers write to; empty for none.
    number: String,
    /// Not to be changed.
    #[serde(default = "off")]
    status: ChannelState,
    /// Whether its secret is kept. Not to be changed.
    #[serde(default)]
    has_secret: bool,
    /// The account there, `AC…`.
    #[schema(max_length = 100)]
    account: Option<String>,
    /// Its secret. It is written and never read; null keeps the one there is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(write_only, max_length = 500)]
    secret: Option<String>,
    /// Where the channel has to send what customers write. Not to be changed.
    #[serde(default)]
    webhook: String,
}

const fn off() -> ChannelState {
    ChannelState::Off
}

/// Where customers write to the shop.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChannelSettings {
    #[schema(min_items = 1, max_items = 1)]
    channels: Vec<ChannelEntry>,
    #[serde(default)]
    version: i64,
}

const TWILIO: &str = "twilio";

impl Part for ChannelSettings {
    const NAME: &'static str = "channels";

    fn read(known: &Known) -> Self {
        let number = known.shop.profile.whatsapp_number.as_ref();
        let has_secret = known.has("twilio.auth_token");
        let receives = known.channels.iter().any(|channel| channel.kind == TWILIO && channel.active);
        let is_whole = number.is_some() && receives && has_secret && known.account.is_some();
        let entry = ChannelEntry {
            kind: TWILIO.to_owned(),
            number: number.map(|number| number.digits().to_owned()).unwrap_or_default(),
            status: if is_whole { ChannelState::Connected } else { ChannelState::Off },
            has_secret,
            account: known.account.as_ref().map(|account| account.expose_secret().to_owned()),
            secret: None,
            webhook: "/webhook/whatsapp".to_owned(),
        };
        Self { channels: vec![entry], version: 0 }
    }

    fn version(&mut self) -> &mut i64 {
        &mut self.version
    }

    fn write(&self, _: &Known, into: &mut Writing) -> Reply<()> {
        let [channel] = self.channels.as_slice() else {
            return Err(crate::problem::Problem::field("/channels", "is one channel, twilio"));
        };
        let account = channel.account.as_deref().unwrap_or_default().trim();
        let has_form = account.is_empty()
            || account.len() == 34 && account.starts_with("AC") && account.bytes().all(|b| b.is_ascii_alphanumeric());
        Check::new()
            .that(channel.kind == TWILIO, "/channels/0/kind", "has to be twilio")
            .that(has_form, "/channels/0/account", "has to be AC and 32 letters and digits")
            .done()?;
        into.secret("twilio.account_sid", channel.account.as_ref())
            .secret("twilio.auth_token", channel.secret.as_ref())
            .key("whatsapp_number", text(&channel.number));
        Ok(())
    }

    fn place(&self, pointer: &str) -> String {
        pointer.replace("/whatsapp_number", "/channels/0/number")
    }
}

/// How a try went.
#[derive(Serialize, ToSchema)]
pub struct TestOut {
    ok: bool,
    /// What was found, in a sentence.
    message: String,
}

fn tried(outcome: Result<String, String>) -> Json<TestOut> {
    Json(match outcome {
        Ok(message) => TestOut { ok: true, message },
        Err(message) => TestOut { ok: false, message },
    })
}

/// Whether the payment provider takes the shop's account. Nobody is prompted.
pub async fn test_payments(staff: &AtShop) -> Reply<Json<TestOut>> {
    Ok(tried(payments::trial(&staff.api.app, staff.scope).await?))
}

/// Which channel is tried.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChannelTestIn {
    /// `twilio`
    kind: String,
}

/// Whether a channel takes the shop's account. Nothing is sent.
pub async fn test_channel(staff: &AtShop, input: &ChannelTestIn) -> Reply<Json<TestOut>> {
    Check::new().that(input.kind == TWILIO, "/kind", "has to be twilio").done()?;
    Ok(tried(setup::trial_of_twilio(&staff.api.app, staff.scope).await?))
}
