//! A provider that exists only here, for demonstrations and scripted conversations: it prompts nobody and
//! waits until somebody plays the payer. The payer's answer is a callback body in PayLink's shape, so that
//! it goes through the same door as a real one.

use async_trait::async_trait;
use duka_kernel::PhoneNumber;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{FailureReason, GatewayError, PaymentGateway, PaymentStatus, Requested, StkRequest};

/// The sandbox provider. Keeps no state.
#[derive(Clone, Copy, Debug, Default)]
pub struct SandboxGateway;

#[async_trait]
impl PaymentGateway for SandboxGateway {
    /// Takes every request that M-Pesa could take. The id follows from the idempotency key alone, so that
    /// a retry gets the same one.
    async fn request(&self, request: &StkRequest) -> Result<Requested, GatewayError> {
        request.check()?;
        let digest = Sha256::digest(request.idempotency_key.as_bytes());
        let id: String = digest.iter().take(12).map(|byte| format!("{byte:02x}")).collect();
        Ok(Requested { provider_reference: format!("sbx_{id}"), merchant_request_id: None })
    }

    /// Nobody but the player of the payer knows.
    async fn query(&self, _provider_reference: &str) -> Result<PaymentStatus, GatewayError> {
        Ok(PaymentStatus::Unsupported)
    }
}

/// The callback of a payer who paid `amount_minor` cents.
#[must_use]
pub fn callback_success(
    checkout_id: &str,
    reference: &str,
    receipt: &str,
    amount_minor: i64,
    payer: &PhoneNumber,
) -> Vec<u8> {
    let body = json!({
        "checkout_request_id": checkout_id,
        "account_reference": reference,
        "status": "success",
        "mpesa_receipt": receipt,
        "amount": shillings(amount_minor),
        "phone": format!("+{}", payer.digits()),
    });
    body.to_string().into_bytes()
}

/// The callback of a payer who did not pay.
#[must_use]
pub fn callback_failure(checkout_id: &str, reference: &str, reason: &FailureReason) -> Vec<u8> {
    let body = json!({
        "checkout_request_id": checkout_id,
        "account_reference": reference,
        "status": "failed",
        "result_code": reason.result_code(),
        "reason": reason.name(),
    });
    body.to_string().into_bytes()
}

/// A number where there are no cents, as in the field; otherwise text, which loses nothing.
fn shillings(minor: i64) -> Value {
    let (whole, cents) = (minor.div_euclid(100), minor.rem_euclid(100));
    if cents == 0 { json!(whole) } else { json!(format!("{whole}.{cents:02}")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::payments::{PaymentOutcome, parse_callback};

    fn phone() -> PhoneNumber {
        PhoneNumber::parse("0712345678").unwrap()
    }

    #[tokio::test]
    async fn a_retry_gets_the_same_prompt_and_another_attempt_another() {
        let request = |key: &str| StkRequest {
            phone: phone(),
            amount_major: 3_100,
            reference: "MB-1042".into(),
            description: "Order".into(),
            callback_url: String::new(),
            idempotency_key: key.into(),
        };
        let ask = async |key| SandboxGateway.request(&request(key)).await.unwrap().provider_reference;
        assert_eq!(ask("a").await, ask("a").await);
        assert_ne!(ask("a").await, ask("b").await);
        assert!(ask("a").await.starts_with("sbx_"));
    }

    #[test]
    fn its_callbacks_are_read_like_any_other() {
        for minor in [310_000, 310_050] {
            let notice = parse_callback(&callback_success("sbx_1", "MB-1042", "SCA1", minor, &phone())).unwrap();
            assert_eq!(notice.outcome, PaymentOutcome::Succeeded);
            assert_eq!((notice.checkout_id.as_deref(), notice.amount_minor), (Some("sbx_1"), Some(minor)));
            assert_eq!((notice.payer, notice.receipt.as_deref()), (Some(phone()), Some("SCA1")));
        }
        for name in ["cancelled_by_user", "wrong_pin", "insufficient_funds", "timeout", "1025"] {
            let reason = FailureReason::from(name.to_owned());
            let notice = parse_callback(&callback_failure("sbx_1", "MB-1042", &reason)).unwrap();
            assert_eq!(notice.outcome, PaymentOutcome::Failed(reason));
            assert_eq!(notice.merchant_reference.as_deref(), Some("MB-1042"));
        }
    }
}
