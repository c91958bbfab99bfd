//! PayLink's words and ours, nothing else.

use duka_kernel::PhoneNumber;
use serde::Serialize;
use serde_json::Value;

use super::super::{
    DESCRIPTION_LIMIT, GatewayError, PaymentOutcome, PaymentStatus, Requested, StkRequest,
    callback::{CallbackError, Fields, parse_callback},
};

const CHECKOUT: &[&str] = &["checkout_request_id", "CheckoutRequestID", "checkout_id", "id"];
const MERCHANT: &[&str] = &["merchant_request_id", "MerchantRequestID"];
const MESSAGE: &[&str] = &["message", "error", "detail", "errorMessage", "ResponseDescription"];
const STATUS: &[&str] = &["status"];
const RESPONSE_CODE: &[&str] = &["ResponseCode", "response_code"];

/// The body of a request. `account_reference` repeats `reference`, and some fields may be ignored: which
/// of them PayLink reads is not documented.
#[derive(Serialize)]
pub(super) struct Push<'a> {
    phone: String,
    amount: i64,
    reference: &'a str,
    account_reference: &'a str,
    description: String,
    callback_url: &'a str,
}

impl<'a> Push<'a> {
    pub(super) fn of(request: &'a StkRequest) -> Self {
        Self {
            phone: international(&request.phone),
            amount: request.amount_major,
            reference: &request.reference,
            account_reference: &request.reference,
            description: request.description.chars().take(DESCRIPTION_LIMIT).collect(),
            callback_url: &request.callback_url,
        }
    }
}

fn international(phone: &PhoneNumber) -> String {
    format!("+{}", phone.digits())
}

/// What the answer to a request says.
pub(super) fn read_pushed(status: u16, body: &[u8]) -> Result<Requested, GatewayError> {
    let value: Value = serde_json::from_slice(body).unwrap_or_default();
    let empty = serde_json::Map::new();
    let fields = Fields::of(value.as_object().unwrap_or(&empty));
    let message = message(status, &fields);
    match status {
        200..=299 if says_refused(&fields) => Err(GatewayError::Declined(message)),
        200..=299 => Ok(Requested {
            provider_reference: fields
                .id(CHECKOUT)
                .ok_or_else(|| GatewayError::Unknown(format!("PayLink's answer names no checkout id: {message}")))?,
            merchant_request_id: fields.id(MERCHANT),
        }),
        // A gateway in front of PayLink lost the answer, or the same key is being worked on: not known.
        502 | 504 | 408 | 409 => Err(GatewayError::Unknown(message)),
        425 | 429 | 500..=599 => Err(GatewayError::TryLater),
        300..=399 | 401 | 403 | 404 | 405 => Err(GatewayError::Misconfigured(message)),
        _ => Err(GatewayError::Declined(message)),
    }
}

/// What the answer to a status query says. That there is such a query is not documented either: a refusal
/// of the address means that there is none.
pub(super) fn read_status(status: u16, body: &[u8]) -> Result<PaymentStatus, GatewayError> {
    match status {
        200..=299 => {}
        404 | 405 | 501 => return Ok(PaymentStatus::Unsupported),
        401 | 403 => return Err(GatewayError::Misconfigured(format!("PayLink answers HTTP {status}"))),
        _ => return Err(GatewayError::TryLater),
    }
    match parse_callback(body) {
        Ok(notice) => Ok(match notice.outcome {
            PaymentOutcome::Pending => PaymentStatus::Pending,
            PaymentOutcome::Failed(reason) => PaymentStatus::Failed(reason),
            PaymentOutcome::Succeeded => PaymentStatus::Succeeded {
                receipt: notice.receipt,
                amount_minor: notice.amount_minor,
                paid_by: notice.payer,
            },
        }),
        // A page of some proxy with status 200 tells nothing.
        Err(CallbackError::NotAnObject(_) | CallbackError::TooLarge(_)) => Err(GatewayError::TryLater),
        Err(CallbackError::NoOutcome | CallbackError::Contradiction { .. }) => Ok(PaymentStatus::Pending),
    }
}

/// An answer with a success status that still says no, as Safaricom's `ResponseCode` does.
fn says_refused(fields: &Fields<'_>) -> bool {
    let refused = ["error", "failed", "failure", "declined", "rejected"];
    let by_word = fields.text(STATUS).is_some_and(|status| refused.contains(&status.to_lowercase().as_str()));
    let by_code = fields.text(RESPONSE_CODE).is_some_and(|code| code != "0");
    by_word || by_code
}

/// The provider's own words, cut to a line, or the HTTP status.
fn message(status: u16, fields: &Fields<'_>) -> String {
    let words = fields.text(MESSAGE).unwrap_or_default();
    let line: String = words.chars().filter(|c| !c.is_control()).take(200).collect();
    if line.is_empty() { format!("HTTP {status}") } else { format!("{line} (HTTP {status})") }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::payments::FailureReason;

    fn pushed(status: u16, body: &Value) -> Result<Requested, GatewayError> {
        read_pushed(status, body.to_string().as_bytes())
    }

    #[test]
    fn a_checkout_id_is_read_by_any_of_its_names() {
        let answers = [
            json!({"status": "pending", "checkout_request_id": "ws_1", "mpesa_reference": null}),
            json!({"CheckoutRequestID": "ws_1", "MerchantRequestID": "m", "ResponseCode": "0"}),
            json!({"status": "success", "data": {"checkout_id": "ws_1"}}),
            json!({"data": {"id": "ws_1"}}),
        ];
        for answer in answers {
            assert_eq!(pushed(201, &answer).unwrap().provider_reference, "ws_1", "{answer}");
        }
        assert_eq!(pushed(200, &json!({"id": 77})).unwrap().provider_reference, "77");
    }

    #[test]
    fn a_refusal_says_whether_the_customer_or_the_shop_can_do_something() {
        let no = json!({"message": "Invalid phone"});
        assert_eq!(pushed(400, &no), Err(GatewayError::Declined("Invalid phone (HTTP 400)".into())));
        assert!(matches!(pushed(401, &no), Err(GatewayError::Misconfigured(_))));
        assert!(matches!(pushed(404, &json!({})), Err(GatewayError::Misconfigured(_))));
        assert_eq!(pushed(429, &no), Err(GatewayError::TryLater));
        assert_eq!(pushed(500, &no), Err(GatewayError::TryLater));
        assert!(matches!(pushed(200, &json!({"status": "error", "message": "no"})), Err(GatewayError::Declined(_))));
        assert!(matches!(pushed(200, &json!({"ResponseCode": "1"})), Err(GatewayError::Declined(_))));
    }

    #[test]
    fn an_answer_that_was_lost_or_tells_no_id_is_not_known() {
        assert!(matches!(pushed(504, &json!({})), Err(GatewayError::Unknown(_))));
        assert!(matches!(pushed(200, &json!({"status": "pending"})), Err(GatewayError::Unknown(_))));
        assert!(matches!(read_pushed(200, b"<html>Welcome</html>"), Err(GatewayError::Unknown(_))));
    }

    #[test]
    fn a_status_is_read_like_a_callback() {
        let status = |code, body: Value| read_status(code, body.to_string().as_bytes());
        let paid = status(200, json!({"status": "completed", "mpesa_receipt": "SCA1", "amount": 100})).unwrap();
        let expected =
            PaymentStatus::Succeeded { receipt: Some("SCA1".into()), amount_minor: Some(10_000), paid_by: None };
        assert_eq!(paid, expected);
        assert_eq!(status(200, json!({"status": "pending"})), Ok(PaymentStatus::Pending));
        let cancelled = PaymentStatus::Failed(FailureReason::CancelledByPayer);
        assert_eq!(status(200, json!({"data": {"ResultCode": "1032"}})), Ok(cancelled));
        assert_eq!(status(404, json!({})), Ok(PaymentStatus::Unsupported));
        assert_eq!(status(500, json!({})), Err(GatewayError::TryLater));
        assert_eq!(read_status(200, b"<html>"), Err(GatewayError::TryLater));
    }

    #[test]
    fn the_body_has_the_number_with_plus_and_a_short_description() {
        let request = StkRequest {
            phone: PhoneNumber::parse("0712345678").unwrap(),
            amount_major: 3_100,
            reference: "MB-1042".into(),
            description: "Order MB-1042 at Malkia".into(),
            callback_url: "https://duka.example/cb".into(),
            idempotency_key: "k".into(),
        };
        let expected = json!({"phone": "+254712345678", "amount": 3100, "reference": "MB-1042",
            "account_reference": "MB-1042", "description": "Order MB-1042", "callback_url": "https://duka.example/cb"});
        assert_eq!(serde_json::to_value(Push::of(&request)).unwrap(), expected);
    }
}
