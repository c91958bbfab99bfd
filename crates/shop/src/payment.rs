//! The life of one attempt to be paid.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// Where an attempt stands.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentState {
    /// Decided on; the provider has not confirmed that it took the request.
    Requested,
    /// The provider has prompted the payer.
    Pending,
    /// The money arrived.
    Succeeded,
    /// It did not work.
    Failed,
    /// The payer said no.
    Cancelled,
    /// The payer did not answer.
    TimedOut,
}

impl PaymentState {
    /// Every state.
    pub const ALL: [Self; 6] =
        [Self::Requested, Self::Pending, Self::Succeeded, Self::Failed, Self::Cancelled, Self::TimedOut];

    /// Whether the outcome is still unknown.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Requested | Self::Pending)
    }

    /// Whether an attempt may move to another state. Money that arrives after a failure is still money.
    #[must_use]
    pub const fn can_become(self, to: Self) -> bool {
        match self {
            Self::Requested => !matches!(to, Self::Requested),
            Self::Pending => !matches!(to, Self::Requested | Self::Pending),
            Self::Failed | Self::Cancelled | Self::TimedOut => matches!(to, Self::Succeeded),
            Self::Succeeded => false,
        }
    }

    /// The name in the database and the protocols, such as `timed_out`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Pending => "pending",
            Self::Succeeded => "succeeded",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
            Self::TimedOut => "timed_out",
        }
    }
}

impl fmt::Display for PaymentState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for PaymentState {
    type Err = String;
    fn from_str(s: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|state| state.name() == s).ok_or_else(|| format!("{s:?} is not a payment state"))
    }
}

/// Why an attempt failed, as far as the payer can do something about it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentFailure {
    /// Not enough money in the account.
    InsufficientFunds,
    /// The payer pressed cancel.
    CancelledByPayer,
    /// No answer, or the phone could not be reached.
    NoAnswer,
    /// The PIN was wrong.
    WrongPin,
    /// Another prompt was open on the phone.
    PayerBusy,
    /// Above what the account may pay.
    LimitExceeded,
    /// The provider could not be reached or refused the request.
    ProviderDown,
    /// Anything else.
    Other,
}

impl PaymentFailure {
    /// The state an attempt ends in.
    #[must_use]
    pub const fn state(self) -> PaymentState {
        match self {
            Self::CancelledByPayer => PaymentState::Cancelled,
            Self::NoAnswer => PaymentState::TimedOut,
            _ => PaymentState::Failed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{PaymentFailure, PaymentState};

    #[test]
    fn an_attempt_moves_forward_only_and_money_ends_it() {
        for from in PaymentState::ALL {
            assert!(!from.can_become(from), "{from}");
            assert!(!PaymentState::Succeeded.can_become(from), "{from}");
            // Late money is still money, whatever was said before.
            assert_eq!(from.can_become(PaymentState::Succeeded), from != PaymentState::Succeeded, "{from}");
            assert!(from.is_open() || !from.can_become(PaymentState::Pending), "{from}");
        }
        assert!(!PaymentState::Pending.can_become(PaymentState::Requested));
    }

    #[test]
    fn a_settled_failure_does_not_become_another() {
        use PaymentState::{Cancelled, Failed, TimedOut};
        for from in [Failed, Cancelled, TimedOut] {
            for to in [Failed, Cancelled, TimedOut] {
                assert!(!from.can_become(to), "{from} to {to}");
            }
        }
    }

    #[test]
    fn every_failure_ends_an_open_attempt() {
        use PaymentFailure as F;
        for failure in [
            F::InsufficientFunds,
            F::CancelledByPayer,
            F::NoAnswer,
            F::WrongPin,
            F::PayerBusy,
            F::LimitExceeded,
            F::ProviderDown,
            F::Other,
        ] {
            assert!(!failure.state().is_open());
            assert!(
                PaymentState::Requested.can_become(failure.state())
                    && PaymentState::Pending.can_become(failure.state())
            );
        }
        assert_eq!(F::CancelledByPayer.state(), PaymentState::Cancelled);
        assert_eq!(F::NoAnswer.state(), PaymentState::TimedOut);
    }

    #[test]
    fn names_read_back() {
        for state in PaymentState::ALL {
            assert_eq!(state.name().parse(), Ok(state));
        }
    }
}
