//! Why a payer did not pay, out of M-Pesa's result codes (Daraja, "M-Pesa Express: result codes").

use std::{convert::Infallible, fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// Why no money moved, as far as it changes what the customer is told.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum FailureReason {
    /// The payer's balance is too small.
    InsufficientFunds,
    /// The payer pressed cancel.
    CancelledByPayer,
    /// The payer did not answer in time, or the phone could not be reached.
    TimedOut,
    /// The payer typed a wrong PIN.
    WrongPin,
    /// Another prompt is open on the payer's phone: a minute or two later it works.
    PayerBusy,
    /// Below the least or above the most that M-Pesa moves at once or in a day.
    LimitExceeded,
    /// Anything else, by the provider's own code or words.
    Other(String),
}

/// What a result code of M-Pesa says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ResultCode {
    /// Money moved.
    Succeeded,
    /// The payer has not answered yet.
    Pending,
    /// No money moved.
    Failed(FailureReason),
}

/// Reads a result code, which comes as a number in callbacks and as text in answers to queries.
#[must_use]
pub fn read_result_code(code: &str) -> ResultCode {
    let reason = match code.trim() {
        "0" => return ResultCode::Succeeded,
        // Still being processed, given as the answer to a query and never in a callback.
        "4999" | "500.001.1001" => return ResultCode::Pending,
        "1" => FailureReason::InsufficientFunds,
        "2" | "3" | "4" | "8" => FailureReason::LimitExceeded,
        "1001" => FailureReason::PayerBusy,
        "1019" | "1037" => FailureReason::TimedOut,
        "1032" => FailureReason::CancelledByPayer,
        "2001" => FailureReason::WrongPin,
        other => FailureReason::Other(other.chars().take(40).collect()),
    };
    ResultCode::Failed(reason)
}

impl FailureReason {
    /// A code that [`read_result_code`] reads as this reason; the provider's own for [`Self::Other`].
    #[must_use]
    pub fn result_code(&self) -> &str {
        match self {
            Self::InsufficientFunds => "1",
            Self::CancelledByPayer => "1032",
            Self::TimedOut => "1037",
            Self::WrongPin => "2001",
            Self::PayerBusy => "1001",
            Self::LimitExceeded => "3",
            Self::Other(code) => code,
        }
    }

    /// A stable name: `insufficient_funds`, `cancelled_by_user`, `timeout`, `wrong_pin`, `payer_busy`,
    /// `limit_exceeded`, or the provider's own code.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::InsufficientFunds => "insufficient_funds",
            Self::CancelledByPayer => "cancelled_by_user",
            Self::TimedOut => "timeout",
            Self::WrongPin => "wrong_pin",
            Self::PayerBusy => "payer_busy",
            Self::LimitExceeded => "limit_exceeded",
            Self::Other(code) => code,
        }
    }

    /// The reason that a provider gives in words only. The words are not documented anywhere, so only
    /// unmistakable ones are read.
    #[must_use]
    pub fn from_words(words: &str) -> Self {
        let lower = words.to_lowercase();
        let says = |any_of: &[&str]| any_of.iter().any(|word| lower.contains(word));
        match () {
            () if says(&["insufficient"]) => Self::InsufficientFunds,
            () if says(&["cancel"]) => Self::CancelledByPayer,
            () if says(&["wrong_pin", "wrong pin", "invalid pin", "incorrect pin", "initiator information"]) => {
                Self::WrongPin
            }
            () if says(&["timeout", "timed out", "timed_out", "expired", "no response", "cannot be reached"]) => {
                Self::TimedOut
            }
            () if says(&["busy", "unable to lock"]) => Self::PayerBusy,
            () if says(&["limit"]) => Self::LimitExceeded,
            () => Self::Other(words.trim().chars().take(80).collect()),
        }
    }
}

impl fmt::Display for FailureReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for FailureReason {
    type Err = Infallible;

    /// Reads a name; a code that has none is kept as it is.
    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Ok(match name {
            "insufficient_funds" => Self::InsufficientFunds,
            "cancelled_by_user" => Self::CancelledByPayer,
            "timeout" => Self::TimedOut,
            "wrong_pin" => Self::WrongPin,
            "payer_busy" => Self::PayerBusy,
            "limit_exceeded" => Self::LimitExceeded,
            other => Self::Other(other.to_owned()),
        })
    }
}

impl From<String> for FailureReason {
    fn from(name: String) -> Self {
        let Ok(reason) = name.parse();
        reason
    }
}

impl From<FailureReason> for String {
    fn from(reason: FailureReason) -> Self {
        reason.name().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const REASONS: [FailureReason; 6] = [
        FailureReason::InsufficientFunds,
        FailureReason::CancelledByPayer,
        FailureReason::TimedOut,
        FailureReason::WrongPin,
        FailureReason::PayerBusy,
        FailureReason::LimitExceeded,
    ];

    #[test]
    fn every_reason_survives_its_name_and_its_code() {
        for reason in REASONS.into_iter().chain([FailureReason::Other("1025".into())]) {
            assert_eq!(FailureReason::from(reason.name().to_owned()), reason);
            assert_eq!(read_result_code(reason.result_code()), ResultCode::Failed(reason));
        }
    }

    #[test]
    fn codes_mean_what_safaricom_says() {
        assert_eq!(read_result_code(" 0 "), ResultCode::Succeeded);
        assert_eq!(read_result_code("4999"), ResultCode::Pending);
        assert_eq!(read_result_code("1019"), ResultCode::Failed(FailureReason::TimedOut));
        assert_eq!(read_result_code("17"), ResultCode::Failed(FailureReason::Other("17".into())));
    }

    #[test]
    fn plain_words_are_read_where_they_leave_no_doubt() {
        assert_eq!(FailureReason::from_words("Request cancelled by user"), FailureReason::CancelledByPayer);
        assert_eq!(FailureReason::from_words("The initiator information is invalid."), FailureReason::WrongPin);
        assert_eq!(FailureReason::from_words("DS timeout user cannot be reached"), FailureReason::TimedOut);
        assert_eq!(FailureReason::from_words("oops"), FailureReason::Other("oops".into()));
    }
}
