//! Sending a message: one form `POST`, answered with the id under which reports will come.

use reqwest::{Response, StatusCode, header};
use serde::Deserialize;

use super::{BODY_LIMIT, MessageStatus, SendError, Twilio, TwilioAccount, codes::classify_answer};
use crate::http::{NoAnswer, below, read_at_most, retry_after};

/// An answer of the API is a few kilobytes.
const ANSWER_LIMIT: usize = 1024 * 1024;

/// Who a message comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sender<'a> {
    /// The shop's number, `whatsapp:+254700000001`.
    Address(&'a str),
    /// A Messaging Service, `MG…`, which chooses the number.
    Service(&'a str),
}

/// A message to a customer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct OutgoingMessage<'a> {
    /// The address as it came in [`super::InboundMessage::from`].
    pub to: &'a str,
    /// Who it comes from.
    pub from: Sender<'a>,
    /// At most [`BODY_LIMIT`] long, see [`super::split_text`]; may be empty if there is a medium.
    pub body: &'a str,
    /// Public addresses of media. WhatsApp sends one a message.
    pub media_urls: &'a [String],
    /// Where reports about it go. Its host name must not contain an underscore.
    pub status_callback: Option<&'a str>,
}

/// A message that Twilio has taken.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sent {
    /// `SM…` or `MM…`: reports carry it.
    pub sid: String,
    /// How far it is already: usually queued.
    pub status: MessageStatus,
}

#[derive(Deserialize)]
struct Created {
    sid: String,
    status: Option<String>,
}

#[derive(Deserialize)]
struct Refused {
    code: Option<u32>,
    message: Option<String>,
}

impl Twilio {
    /// Sends one message.
    ///
    /// # Errors
    /// See [`SendError`]. After [`SendError::Unknown`] the message may be on its way.
    pub async fn send(&self, account: &TwilioAccount, message: &OutgoingMessage<'_>) -> Result<Sent, SendError> {
        let form = form(message)?;
        let url = self.messages_url(account)?;
        let request = self.http.post(url).header(header::AUTHORIZATION, account.authorization()).form(&form);
        let response = request.send().await.map_err(|error| match NoAnswer::read(error) {
            NoAnswer::NotSent(_) => SendError::TryLater(None),
            NoAnswer::MayHaveArrived(why) => SendError::Unknown(why),
        })?;
        if !response.status().is_success() {
            return Err(read_refusal(response).await);
        }
        let body = read_at_most(response, ANSWER_LIMIT).await.map_err(|e| SendError::Unknown(e.to_string()))?;
        let created: Created = serde_json::from_slice(&body)
            .map_err(|e| SendError::Unknown(format!("Twilio's answer is not the one it documents: {e}")))?;
        let status = created.status.and_then(|word| word.parse().ok()).unwrap_or(MessageStatus::Queued);
        tracing::debug!(message.sid = %created.sid, "Twilio took a message");
        Ok(Sent { sid: created.sid, status })
    }

    /// The account's list of messages: `POST` adds to it, `GET` reads it.
    pub(super) fn messages_url(&self, account: &TwilioAccount) -> Result<url::Url, SendError> {
        if !account.has_valid_sid() {
            return Err(SendError::Misconfigured("twilio.account_sid is not AC followed by letters and digits".into()));
        }
        Ok(below(&self.config.api_base, &format!("/2010-04-01/Accounts/{}/Messages.json", account.account_sid)))
    }
}

/// The form fields, or why Twilio would refuse them.
fn form<'a>(message: &OutgoingMessage<'a>) -> Result<Vec<(&'static str, &'a str)>, SendError> {
    let units = message.body.encode_utf16().count();
    if units > BODY_LIMIT {
        return Err(SendError::Rejected(21_617, format!("the body has {units} characters of at most {BODY_LIMIT}")));
    }
    if message.body.trim().is_empty() && message.media_urls.is_empty() {
        return Err(SendError::Rejected(21_602, "the message has neither text nor a medium".into()));
    }
    let from = match message.from {
        Sender::Address(address) => ("From", address),
        Sender::Service(sid) => ("MessagingServiceSid", sid),
    };
    let mut form = vec![("To", message.to), from];
    if !message.body.is_empty() {
        form.push(("Body", message.body));
    }
    form.extend(message.media_urls.iter().map(|url| ("MediaUrl", url.as_str())));
    form.extend(message.status_callback.map(|url| ("StatusCallback", url)));
    Ok(form)
}

/// What an error answer says; one that is not Twilio's JSON is read by its status.
pub(super) async fn read_refusal(response: Response) -> SendError {
    let (status, wait) = (response.status(), retry_after(&response));
    let body = read_at_most(response, ANSWER_LIMIT).await.unwrap_or_default();
    let refused = serde_json::from_slice(&body).unwrap_or(Refused { code: None, message: None });
    let message = refused.message.unwrap_or_else(|| reason(status));
    classify_answer(status.as_u16(), refused.code, message, wait)
}

fn reason(status: StatusCode) -> String {
    status.canonical_reason().unwrap_or("no reason given").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MESSAGE: OutgoingMessage<'_> = OutgoingMessage {
        to: "whatsapp:+254712345678",
        from: Sender::Address("whatsapp:+254700000001"),
        body: "Karibu",
        media_urls: &[],
        status_callback: None,
    };

    #[test]
    fn only_what_is_there_is_sent() {
        let plain = [("To", "whatsapp:+254712345678"), ("From", "whatsapp:+254700000001"), ("Body", "Karibu")];
        assert_eq!(form(&MESSAGE).unwrap(), plain);
        let media = ["https://shop.example/1.jpg".to_owned()];
        let picture = OutgoingMessage {
            body: "",
            from: Sender::Service("MG1"),
            media_urls: &media,
            status_callback: Some("https://shop.example/status"),
            ..MESSAGE
        };
        assert_eq!(
            form(&picture).unwrap(),
            [
                ("To", "whatsapp:+254712345678"),
                ("MessagingServiceSid", "MG1"),
                ("MediaUrl", "https://shop.example/1.jpg"),
                ("StatusCallback", "https://shop.example/status"),
            ]
        );
    }

    #[test]
    fn a_message_that_twilio_would_refuse_is_not_sent() {
        let long = "a".repeat(BODY_LIMIT + 1);
        let of = |body| form(&OutgoingMessage { body, ..MESSAGE }).err();
        assert!(matches!(of(&long), Some(SendError::Rejected(21_617, _))));
        assert!(matches!(of("  "), Some(SendError::Rejected(21_602, _))));
        assert_eq!(of(&long[1..]), None);
    }
}
