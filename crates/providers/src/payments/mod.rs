//! Being paid by M-Pesa: a prompt is pushed to the payer's phone, and the outcome comes later by callback.
//!
//! A callback is a hint, not a proof: nothing here decides that an order is paid. The caller finds its
//! own record, compares the amount, and only then believes a [`PaymentNotice`].

mod callback;
mod failure;
pub mod paylink;
mod sandbox;

use async_trait::async_trait;
use duka_kernel::PhoneNumber;

pub use self::{
    callback::{CallbackError, PaymentNotice, PaymentOutcome, parse_callback},
    failure::{FailureReason, ResultCode, read_result_code},
    paylink::{PayLink, PayLinkAccount, PayLinkConfig},
    sandbox::{SandboxGateway, callback_failure, callback_success},
};

/// The longest reference that is shown on the payer's prompt (Daraja, `AccountReference`).
pub const REFERENCE_LIMIT: usize = 12;

/// The longest description that is shown on the payer's prompt (Daraja, `TransactionDesc`).
pub const DESCRIPTION_LIMIT: usize = 13;

/// A request to pay.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StkRequest {
    /// Whose phone is prompted: `2547…` or `2541…`.
    pub phone: PhoneNumber,
    /// Whole shillings, at least 1: M-Pesa takes no cents.
    pub amount_major: i64,
    /// The order number, at most [`REFERENCE_LIMIT`] characters. Not every callback repeats it.
    pub reference: String,
    /// A few words for the prompt; cut to [`DESCRIPTION_LIMIT`] where the provider wants it.
    pub description: String,
    /// Where the outcome goes. It should hold a token that cannot be guessed.
    pub callback_url: String,
    /// The same for every retry of one attempt, different for another attempt.
    pub idempotency_key: String,
}

impl StkRequest {
    /// Whether M-Pesa could take it at all.
    ///
    /// # Errors
    /// [`GatewayError::Declined`] if the payer's number or the amount cannot be prompted,
    /// [`GatewayError::Misconfigured`] if the reference is blank or too long.
    pub fn check(&self) -> Result<(), GatewayError> {
        let length = self.reference.chars().count();
        if !self.phone.is_mpesa() {
            return Err(GatewayError::Declined("M-Pesa prompts only Kenyan mobile numbers, 07… or 01…".into()));
        }
        if self.amount_major < 1 {
            return Err(GatewayError::Declined("M-Pesa takes whole shillings, at least 1".into()));
        }
        if self.reference.trim().is_empty() || length > REFERENCE_LIMIT {
            let why = format!("the payment reference has {length} characters, it must have 1 to {REFERENCE_LIMIT}");
            return Err(GatewayError::Misconfigured(why));
        }
        Ok(())
    }
}

/// A prompt that the provider has queued. Whether the payer will see it is not known yet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Requested {
    /// The provider's id of the prompt (`CheckoutRequestID`), which the callback repeats.
    pub provider_reference: String,
    /// The provider's second id (`MerchantRequestID`), if it gave one.
    pub merchant_request_id: Option<String>,
}

/// Where a prompt stands, as far as the provider tells.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum PaymentStatus {
    /// The payer has not answered.
    Pending,
    /// Money moved.
    Succeeded {
        /// The M-Pesa receipt. Safaricom's own query gives none.
        receipt: Option<String>,
        /// What was paid, in cents, if told.
        amount_minor: Option<i64>,
        /// Who paid, if told.
        paid_by: Option<PhoneNumber>,
    },
    /// No money moved.
    Failed(FailureReason),
    /// The provider cannot be asked: only its callback tells.
    Unsupported,
}

/// Why a request to pay was not taken, or may not have been.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum GatewayError {
    /// Nobody was prompted; the same again later, with the same idempotency key.
    #[error("the payment provider cannot take the request now")]
    TryLater,
    /// Nobody was prompted, and the same again would be refused again.
    #[error("the payment provider declined: {0}")]
    Declined(String),
    /// The shop's settings are wrong: nobody can pay until somebody corrects them.
    #[error("the shop's payment settings do not work: {0}")]
    Misconfigured(String),
    /// The request left and no usable answer came: the payer may have been prompted. Wait for the callback
    /// or ask for the status before trying with another idempotency key.
    #[error("it is not known whether the payment provider took the request: {0}")]
    Unknown(String),
}

/// A provider that prompts payers.
#[async_trait]
pub trait PaymentGateway: Send + Sync {
    /// Prompts the payer. Calling again with the same idempotency key is meant never to charge twice.
    ///
    /// # Errors
    /// See [`GatewayError`]. After [`GatewayError::Unknown`] the payer may have been prompted.
    async fn request(&self, request: &StkRequest) -> Result<Requested, GatewayError>;

    /// Where the prompt with this provider reference stands. Changes nothing.
    ///
    /// # Errors
    /// [`GatewayError::TryLater`] if no answer came, [`GatewayError::Misconfigured`] if the credentials do
    /// not work, [`GatewayError::Declined`] if the reference cannot be asked about.
    async fn query(&self, provider_reference: &str) -> Result<PaymentStatus, GatewayError>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_mpesa_cannot_take_is_not_asked_for() {
        let good = StkRequest {
            phone: PhoneNumber::parse("0712345678").unwrap(),
            amount_major: 3_100,
            reference: "MB-1042".into(),
            description: "Order 1042".into(),
            callback_url: "https://duka.example/webhook/paylink/payment".into(),
            idempotency_key: "k".into(),
        };
        assert_eq!(good.check(), Ok(()));
        let abroad = StkRequest { phone: PhoneNumber::parse("+256772123456").unwrap(), ..good.clone() };
        assert!(matches!(abroad.check(), Err(GatewayError::Declined(_))));
        let nothing = StkRequest { amount_major: 0, ..good.clone() };
        assert!(matches!(nothing.check(), Err(GatewayError::Declined(_))));
        for reference in ["", "  ", "ORDER-1234567"] {
            let wrong = StkRequest { reference: reference.into(), ..good.clone() };
            assert!(matches!(wrong.check(), Err(GatewayError::Misconfigured(_))), "{reference:?}");
        }
    }
}
