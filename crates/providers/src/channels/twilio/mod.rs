//! WhatsApp through Twilio: what comes in is signed form data, what goes out is one REST call a message.
//!
//! One [`Twilio`] serves all shops; whose account is used is said with every call.

mod codes;
mod form;
mod inbound;
mod media;
mod recent;
mod send;
mod signature;
mod split;
mod status;

use std::fmt;

use base64::{Engine, engine::general_purpose::STANDARD};
use reqwest::header::HeaderValue;
use secrecy::{ExposeSecret, SecretString};
use url::Url;

pub use self::{
    codes::{SendError, classify},
    form::{Pairs, parse_form},
    inbound::{Choice, InboundError, InboundMessage, Location, MediaRef, MessageKind, Referral},
    media::{DEFAULT_MEDIA_LIMIT, Media, MediaError},
    recent::SentQuery,
    send::{OutgoingMessage, Sender, Sent},
    signature::{Algorithm, Payload, SharedKey, SignatureError, SignedRequest, SigningKeys, sign, verify},
    split::{BODY_LIMIT, split_text},
    status::{MessageStatus, StatusError, StatusUpdate},
};
use crate::http::{BaseError, api_base};

/// Where Twilio is reached. Set by the operator (`DUKA_TWILIO_API_BASE`), never by a shop.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TwilioConfig {
    /// `https://api.twilio.com`, a regional host, or a double.
    pub api_base: Url,
}

impl TwilioConfig {
    /// Where `DUKA_TWILIO_API_BASE` points.
    ///
    /// # Errors
    /// If it is not the address of a provider, see [`api_base`].
    pub fn at(address: &str) -> Result<Self, BaseError> {
        Ok(Self { api_base: api_base(address)? })
    }
}

impl Default for TwilioConfig {
    fn default() -> Self {
        Self::at("https://api.twilio.com").expect("the default address is an address")
    }
}

/// A shop's account at Twilio. A subaccount signs and authenticates with its own token.
#[derive(Clone)]
pub struct TwilioAccount {
    /// `AC` and 32 hexadecimal digits.
    pub account_sid: String,
    /// The account's primary Auth Token: it authenticates calls and, by default, signs webhooks.
    pub auth_token: SecretString,
}

impl fmt::Debug for TwilioAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TwilioAccount").field("account_sid", &self.account_sid).finish_non_exhaustive()
    }
}

impl TwilioAccount {
    /// The `Authorization` header of every call, marked as sensitive so that no log shows it.
    fn authorization(&self) -> HeaderValue {
        let pair = format!("{}:{}", self.account_sid, self.auth_token.expose_secret());
        let mut value = HeaderValue::try_from(format!("Basic {}", STANDARD.encode(pair)))
            .expect("base64 has no character that a header refuses");
        value.set_sensitive(true);
        value
    }

    /// Whether the account's id can stand in a path: it comes from a shop's settings.
    fn has_valid_sid(&self) -> bool {
        let sid = &self.account_sid;
        sid.starts_with("AC") && sid.len() <= 64 && sid.bytes().all(|b| b.is_ascii_alphanumeric())
    }
}

/// The REST client.
#[derive(Clone, Debug)]
pub struct Twilio {
    http: reqwest::Client,
    config: TwilioConfig,
}

impl Twilio {
    /// A client over the process's HTTP client, see [`crate::http::client`]. The HTTP client must not
    /// follow redirects by itself.
    #[must_use]
    pub const fn new(http: reqwest::Client, config: TwilioConfig) -> Self {
        Self { http, config }
    }
}
