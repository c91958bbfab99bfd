//! What Twilio would call Duka with: customers' messages and reports, signed.

use std::sync::atomic::Ordering;

use duka_providers::channels::twilio::{Algorithm, Pairs, sign};

use super::{ACCOUNT_SID, AUTH_TOKEN, TwilioDouble, lock};
use crate::Answer;

/// The shop's number, where a message names none.
pub const SHOP: &str = "whatsapp:+254700000001";

/// The customer's number, where a message names none.
pub const CUSTOMER: &str = "whatsapp:+254712345678";

/// A webhook, ready to be posted by whatever client.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SignedWebhook {
    /// `application/x-www-form-urlencoded`.
    pub body: String,
    /// For `X-Twilio-Signature`.
    pub signature: String,
}

impl TwilioDouble {
    /// The fields of a customer's message: those given, and besides them what Twilio always sends, from
    /// [`CUSTOMER`] to [`SHOP`] and with a new `MessageSid`.
    #[must_use]
    pub fn inbound_fields(&self, given: &[(&str, &str)]) -> Pairs {
        let mut fields: Pairs = given.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
        let value = |fields: &Pairs, name: &str| fields.iter().find(|(n, _)| n == name).map(|(_, v)| v.clone());
        let sid = value(&fields, "MessageSid").unwrap_or_else(|| self.state.new_sid("SM"));
        let from = value(&fields, "From").unwrap_or_else(|| CUSTOMER.to_owned());
        let digits = from.rsplit_once('+').map(|(_, digits)| digits.to_owned());
        let usual = [
            ("MessageSid", sid.clone()),
            ("SmsMessageSid", sid.clone()),
            ("SmsSid", sid),
            ("SmsStatus", "received".into()),
            ("AccountSid", ACCOUNT_SID.into()),
            ("From", from),
            ("To", SHOP.into()),
            ("Body", String::new()),
            ("NumMedia", "0".into()),
            ("NumSegments", "1".into()),
            ("ApiVersion", "2010-04-01".into()),
        ];
        for (name, usual) in usual.into_iter().chain(digits.map(|digits| ("WaId", digits))) {
            if value(&fields, name).is_none() {
                fields.push((name.to_owned(), usual));
            }
        }
        fields
    }

    /// Fields as a signed body, by the account that they name. `public_url` is what Duka believes its own
    /// address to be.
    #[must_use]
    pub fn signed(&self, public_url: &str, fields: &[(String, String)]) -> SignedWebhook {
        let account = fields.iter().find(|(name, _)| name == "AccountSid").map_or(ACCOUNT_SID, |(_, sid)| sid);
        let known = lock(&self.state.accounts).get(account).map(|account| account.auth_token.clone());
        let token = known.unwrap_or_else(|| AUTH_TOKEN.to_owned()).into();
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        SignedWebhook { body, signature: sign(Algorithm::HmacSha1, &token, public_url, fields) }
    }

    /// Posts a signed webhook. `listening` is where it goes, which behind a proxy is another address than
    /// the one that was signed.
    ///
    /// # Errors
    /// If nobody answers within 15 s.
    pub async fn post(&self, listening: &str, webhook: &SignedWebhook) -> Result<Answer, reqwest::Error> {
        let request = self
            .caller
            .post(listening)
            .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
            .header("X-Twilio-Signature", &webhook.signature);
        Answer::of(request.body(webhook.body.clone())).await
    }

    /// Posts a customer's message with the given fields, see [`Self::inbound_fields`].
    ///
    /// # Errors
    /// If nobody answers within 15 s.
    pub async fn post_inbound(&self, public_url: &str, given: &[(&str, &str)]) -> Result<Answer, reqwest::Error> {
        self.post(public_url, &self.signed(public_url, &self.inbound_fields(given))).await
    }

    /// Posts the same, with a field added after it was signed: it must be refused.
    ///
    /// # Errors
    /// If nobody answers within 15 s.
    pub async fn post_tampered(&self, public_url: &str, given: &[(&str, &str)]) -> Result<Answer, reqwest::Error> {
        let mut webhook = self.signed(public_url, &self.inbound_fields(given));
        let added = self.state.next_id.fetch_add(1, Ordering::Relaxed);
        webhook.body.push_str(&format!("&Added={added}"));
        self.post(public_url, &webhook).await
    }

    /// Posts a report about a message that was sent; about one that never was, as if from [`SHOP`] to [`CUSTOMER`].
    ///
    /// # Errors
    /// If nobody answers within 15 s.
    pub async fn post_status(
        &self,
        public_url: &str,
        sid: &str,
        status: &str,
        error_code: Option<u32>,
    ) -> Result<Answer, reqwest::Error> {
        let message = lock(&self.state.ledger).all().iter().find(|message| message.sid == sid).cloned();
        let fields = [("MessageSid", sid), ("SmsSid", sid), ("MessageStatus", status), ("SmsStatus", status)];
        let mut fields: Pairs = fields.map(|(n, v)| (n.to_owned(), v.to_owned())).into();
        let about = message.map_or_else(
            || (ACCOUNT_SID.to_owned(), SHOP.to_owned(), CUSTOMER.to_owned()),
            |message| (message.account_sid, message.from, message.to),
        );
        fields.extend([("AccountSid".into(), about.0), ("From".into(), about.1), ("To".into(), about.2)]);
        fields.push(("ApiVersion".into(), "2010-04-01".into()));
        fields.extend(error_code.map(|code| ("ErrorCode".to_owned(), code.to_string())));
        self.post(public_url, &self.signed(public_url, &fields)).await
    }
}
