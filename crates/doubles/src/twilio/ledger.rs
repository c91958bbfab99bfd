//! The messages that were accepted, found quickly by receiver.

use std::collections::HashMap;

use jiff::{Timestamp, fmt::rfc2822, tz::TimeZone};
use serde::Serialize;
use serde_json::{Value, json};

/// A message that the double accepted.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct SentMessage {
    /// `SM…`, or `MM…` with media.
    pub sid: String,
    /// Whose message it is.
    pub account_sid: String,
    /// The customer's address.
    pub to: String,
    /// The shop's address; blank if a Messaging Service was to choose one.
    pub from: String,
    /// The Messaging Service, if one was named.
    pub messaging_service_sid: Option<String>,
    /// The text.
    pub body: String,
    /// The media.
    pub media_urls: Vec<String>,
    /// Where reports were asked for.
    pub status_callback: Option<String>,
    /// When it was accepted.
    pub at: Timestamp,
}

impl SentMessage {
    /// The message as the API shows it.
    pub(super) fn to_json(&self) -> Value {
        let date = rfc2822::to_string(&self.at.to_zoned(TimeZone::UTC)).unwrap_or_default();
        let uri = format!("/2010-04-01/Accounts/{}/Messages/{}", self.account_sid, self.sid);
        json!({
            "sid": self.sid,
            "account_sid": self.account_sid,
            "messaging_service_sid": self.messaging_service_sid,
            "from": (!self.from.is_empty()).then_some(&self.from),
            "to": self.to,
            "body": self.body,
            "status": if self.messaging_service_sid.is_some() { "accepted" } else { "queued" },
            "num_segments": "1",
            "num_media": self.media_urls.len().to_string(),
            "direction": "outbound-api",
            "price": null,
            "price_unit": "USD",
            "error_code": null,
            "error_message": null,
            "date_created": date,
            "date_sent": null,
            "date_updated": date,
            "uri": format!("{uri}.json"),
            "api_version": "2010-04-01",
            "subresource_uris": {"media": format!("{uri}/Media.json")},
        })
    }
}

#[derive(Default)]
pub(super) struct Ledger {
    messages: Vec<SentMessage>,
    by_receiver: HashMap<String, Vec<usize>>,
}

impl Ledger {
    pub(super) fn add(&mut self, message: SentMessage) {
        self.by_receiver.entry(message.to.clone()).or_default().push(self.messages.len());
        self.messages.push(message);
    }

    pub(super) fn all(&self) -> &[SentMessage] {
        &self.messages
    }

    /// Newest first; of one receiver, or of all.
    pub(super) fn newest_first(&self, receiver: Option<&str>) -> Box<dyn Iterator<Item = &SentMessage> + '_> {
        match receiver {
            Some(to) => {
                let indexes = self.by_receiver.get(to).map(Vec::as_slice).unwrap_or_default();
                Box::new(indexes.iter().rev().map(|at| &self.messages[*at]))
            }
            None => Box::new(self.messages.iter().rev()),
        }
    }
}
