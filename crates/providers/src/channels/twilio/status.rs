//! What became of a message we sent. Reports come late, twice and in the wrong order.

use std::str::FromStr;

use super::{
    codes::{SendError, classify},
    form::{field, owned},
};

/// How far a message got. The order of the variants is the order of certainty: whichever reports came,
/// in whatever order, the greatest of them is true. A failure outranks `Sent`, because a message that
/// was handed over can still be refused; proof of delivery outranks a failure.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum MessageStatus {
    /// A Messaging Service took it and has not chosen a sender.
    Accepted,
    /// It waits for its time.
    Scheduled,
    /// It waits for the sender.
    Queued,
    /// It is being handed over.
    Sending,
    /// WhatsApp has it.
    Sent,
    /// It was taken back before it was sent.
    Canceled,
    /// It was handed over and refused.
    Undelivered,
    /// It was never handed over.
    Failed,
    /// It reached the customer's phone.
    Delivered,
    /// The customer opened it. Only known if the customer shows that.
    Read,
}

impl MessageStatus {
    /// Twilio's word for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Scheduled => "scheduled",
            Self::Queued => "queued",
            Self::Sending => "sending",
            Self::Sent => "sent",
            Self::Canceled => "canceled",
            Self::Undelivered => "undelivered",
            Self::Failed => "failed",
            Self::Delivered => "delivered",
            Self::Read => "read",
        }
    }

    const ALL: [Self; 10] = [
        Self::Accepted,
        Self::Scheduled,
        Self::Queued,
        Self::Sending,
        Self::Sent,
        Self::Canceled,
        Self::Undelivered,
        Self::Failed,
        Self::Delivered,
        Self::Read,
    ];

    /// What is true after one more report.
    #[must_use]
    pub fn after(self, report: Self) -> Self {
        self.max(report)
    }

    /// Whether the message did not arrive and will not.
    #[must_use]
    pub const fn is_failure(self) -> bool {
        matches!(self, Self::Canceled | Self::Undelivered | Self::Failed)
    }
}

impl FromStr for MessageStatus {
    type Err = StatusError;
    fn from_str(word: &str) -> Result<Self, Self::Err> {
        let known = Self::ALL.into_iter().find(|status| status.name().eq_ignore_ascii_case(word));
        known.ok_or_else(|| StatusError::Unknown(word.chars().take(40).collect()))
    }
}

/// One report about one message.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StatusUpdate {
    /// The id that sending gave.
    pub provider_message_id: String,
    /// Whose token signed it.
    pub account_sid: Option<String>,
    /// How far the message got.
    pub status: MessageStatus,
    /// Why it failed, as a number of Twilio's.
    pub error_code: Option<u32>,
    /// The same in words, if given.
    pub error_message: Option<String>,
}

/// Why a webhook is not a report.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum StatusError {
    /// A field that every report has.
    #[error("the webhook has no {0}, so it is not a status report")]
    Missing(&'static str),
    /// A state newer than this program, or one of inbound messages.
    #[error("{0:?} is not a status of a sent message")]
    Unknown(String),
}

impl StatusUpdate {
    /// Reads the decoded fields of a status callback whose signature was verified.
    ///
    /// # Errors
    /// If it has no message id, or its state is not one that a sent message can have.
    pub fn read(fields: &[(String, String)]) -> Result<Self, StatusError> {
        let either = |name, legacy| owned(fields, name).or_else(|| owned(fields, legacy));
        let status = either("MessageStatus", "SmsStatus").ok_or(StatusError::Missing("MessageStatus"))?;
        Ok(Self {
            provider_message_id: either("MessageSid", "SmsSid").ok_or(StatusError::Missing("MessageSid"))?,
            account_sid: owned(fields, "AccountSid"),
            status: status.parse()?,
            error_code: field(fields, "ErrorCode").and_then(|code| code.parse().ok()).filter(|code| *code != 0),
            error_message: owned(fields, "ErrorMessage"),
        })
    }

    /// What to do about a failure, in the terms of sending; `None` if it did not fail.
    #[must_use]
    pub fn failure(&self) -> Option<SendError> {
        let text = self.error_message.clone().unwrap_or_else(|| format!("the message is {}", self.status.name()));
        self.status.is_failure().then(|| classify(self.error_code.unwrap_or(0), text, None))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::channels::twilio::parse_form;

    fn read(body: &str) -> Result<StatusUpdate, StatusError> {
        StatusUpdate::read(&parse_form(body.as_bytes()))
    }

    fn any_status() -> impl Strategy<Value = MessageStatus> {
        prop::sample::select(MessageStatus::ALL.to_vec())
    }

    #[test]
    fn a_report_is_read_with_its_error() {
        let update = read("MessageSid=SM1&MessageStatus=undelivered&AccountSid=AC1&ErrorCode=63016").unwrap();
        assert_eq!((update.status, update.error_code), (MessageStatus::Undelivered, Some(63016)));
        assert_eq!(update.failure(), Some(SendError::OutsideWindow));
        assert_eq!(read("SmsSid=SM1&SmsStatus=delivered").unwrap().failure(), None);
    }

    #[test]
    fn what_is_not_a_report_is_named_as_such() {
        assert_eq!(read("MessageSid=SM1").err(), Some(StatusError::Missing("MessageStatus")));
        assert_eq!(read("MessageStatus=sent").err(), Some(StatusError::Missing("MessageSid")));
        assert_eq!(read("MessageSid=SM1&SmsStatus=received").err(), Some(StatusError::Unknown("received".into())));
    }

    #[test]
    fn a_late_report_does_not_take_a_message_back() {
        use MessageStatus::*;
        assert_eq!(Delivered.after(Sent), Delivered);
        assert_eq!(Sent.after(Undelivered), Undelivered);
        assert_eq!(Failed.after(Sent), Failed);
        assert_eq!(Read.after(Delivered), Read);
    }

    proptest! {
        #[test]
        fn the_order_of_reports_does_not_matter(reports in prop::collection::vec(any_status(), 1..8).prop_shuffle()) {
            let forwards = reports.iter().fold(MessageStatus::Accepted, |status, report| status.after(*report));
            let backwards = reports.iter().rev().fold(MessageStatus::Accepted, |status, report| status.after(*report));
            prop_assert_eq!(forwards, backwards);
        }
    }
}
