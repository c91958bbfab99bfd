//! Twilio's error numbers, as what to do about them (Twilio, "Error and warning dictionary").

use std::time::Duration;

/// Why a message was not sent, or may not have been.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum SendError {
    /// Nothing was sent; the same again later, after the given wait if Twilio asked for one.
    #[error("Twilio cannot take the message now")]
    TryLater(Option<Duration>),
    /// The customer last wrote more than 24 hours ago: only an approved template may be sent.
    #[error("the customer last wrote more than 24 hours ago")]
    OutsideWindow,
    /// The address is not on WhatsApp, or has refused our messages.
    #[error("the customer's address cannot be written to")]
    InvalidRecipient,
    /// Refused as it is: the same again would be refused again.
    #[error("Twilio refused the message ({0}): {1}")]
    Rejected(u32, String),
    /// The shop's account, number or credentials are wrong: nothing goes out until somebody corrects them.
    #[error("the shop's Twilio settings do not work: {0}")]
    Misconfigured(String),
    /// The request left and no usable answer came: it may have been sent. Settle it with
    /// [`super::Twilio::find_sent`] before sending again, since Twilio has no idempotency key.
    #[error("it is not known whether Twilio took the message: {0}")]
    Unknown(String),
}

/// What an error number means for the message. The same numbers come in answers and in status reports.
/// `message` is Twilio's own text; `retry_after` is passed on where waiting helps.
#[must_use]
pub fn classify(code: u32, message: String, retry_after: Option<Duration>) -> SendError {
    match code {
        // 63018 limit of the sender, 63017 of the account, 63038 of the day, 21611 full queue, 20429 too many at once.
        63_018 | 63_017 | 63_038 | 21_611 | 20_429 => SendError::TryLater(retry_after),
        63_016 => SendError::OutsideWindow,
        // 63024 not on WhatsApp, 21211 and 21614 not a number, 21610 opted out, 21408 no permission for the region.
        63_024 | 21_211 | 21_614 | 21_610 | 21_408 => SendError::InvalidRecipient,
        // 20003 and 20403 credentials, 20404 no such account, 20005 account not active, 21212, 21603, 21606 and
        // 63007 sender not ours, 21703 and 21705 Messaging Service without senders or unknown.
        20_003 | 20_005 | 20_403 | 20_404 | 21_212 | 21_603 | 21_606 | 63_007 | 21_703 | 21_705 => {
            SendError::Misconfigured(format!("{message} ({code})"))
        }
        other => SendError::Rejected(other, message),
    }
}

/// What an error answer of the REST API means: by its number, or by the HTTP status where it has none.
pub(super) fn classify_answer(
    status: u16,
    code: Option<u32>,
    message: String,
    retry_after: Option<Duration>,
) -> SendError {
    match (status, code) {
        (429 | 503, _) => SendError::TryLater(retry_after),
        // The request did get there, and what failed may have failed after the message was queued.
        (500.., _) => SendError::Unknown(format!("HTTP {status}: {message}")),
        (_, Some(code)) => classify(code, message, retry_after),
        (401 | 403 | 404, None) => SendError::Misconfigured(format!("HTTP {status}: {message}")),
        (300..=399, None) => SendError::Misconfigured(format!("HTTP {status}: the API address redirects elsewhere")),
        (408, None) => SendError::TryLater(retry_after),
        (_, None) => SendError::Rejected(u32::from(status), message),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(code: u32) -> SendError {
        classify(code, "why".into(), None)
    }

    #[test]
    fn every_number_says_what_to_do() {
        assert_eq!(of(63_016), SendError::OutsideWindow);
        for later in [63_018, 63_017, 63_038, 21_611, 20_429] {
            assert_eq!(of(later), SendError::TryLater(None), "{later}");
        }
        for gone in [63_024, 21_211, 21_610, 21_408] {
            assert_eq!(of(gone), SendError::InvalidRecipient, "{gone}");
        }
        for refused in [63_003, 63_005, 63_013, 63_019, 63_021, 63_030, 21_617, 21_658] {
            assert_eq!(of(refused), SendError::Rejected(refused, "why".into()), "{refused}");
        }
        assert!(matches!(of(20_003), SendError::Misconfigured(_)));
    }

    #[test]
    fn an_answer_without_a_number_is_read_by_its_status() {
        let answer = |status| classify_answer(status, None, "why".into(), None);
        let wait = Some(Duration::from_secs(3));
        assert_eq!(classify_answer(429, Some(20_429), String::new(), wait), SendError::TryLater(wait));
        assert_eq!(answer(503), SendError::TryLater(None));
        assert!(matches!(answer(502), SendError::Unknown(_)));
        assert!(matches!(answer(401), SendError::Misconfigured(_)));
        assert!(matches!(answer(301), SendError::Misconfigured(_)));
        assert_eq!(answer(400), SendError::Rejected(400, "why".into()));
    }
}
