//! What a payment callback says. PayLink publishes no description of its callbacks, and three shapes are
//! seen in the field, Safaricom's own among them; all are read by the names of their fields.
//!
//! What identifies the payment and what was paid may be missing: then it is for a person to look at,
//! which is the caller's to arrange. Only what tells no outcome at all is an error.

use duka_kernel::PhoneNumber;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::failure::{FailureReason, ResultCode, read_result_code};

/// A callback is below a kilobyte; more than this is not one.
const BODY_LIMIT: usize = 64 * 1024;

/// Longer texts are not ids.
const ID_LIMIT: usize = 100;

const RECEIPT: &[&str] = &["mpesa_reference", "mpesa_receipt", "MpesaReceiptNumber"];
const CHECKOUT: &[&str] = &["checkout_request_id", "CheckoutRequestID", "checkout_id", "transaction_id"];
const TRANSACTION: &[&str] = &["transaction_id"];
const REFERENCE: &[&str] = &["account_reference", "reference", "AccountReference"];
const AMOUNT: &[&str] = &["amount", "Amount"];
const PAYER: &[&str] = &["phone", "phone_number", "PhoneNumber", "msisdn"];
const RESULT: &[&str] = &["ResultCode", "result_code"];
const WORDS: &[&str] = &["reason", "ResultDesc", "result_desc", "message"];

/// A callback in our words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PaymentNotice {
    /// The provider's id of the prompt, to be compared with
    /// [`super::Requested::provider_reference`]. One shape calls it `transaction_id`.
    pub checkout_id: Option<String>,
    /// `transaction_id` where there is one besides the checkout id.
    pub transaction_id: Option<String>,
    /// Our order number. Safaricom's own shape does not repeat it.
    pub merchant_reference: Option<String>,
    /// The M-Pesa receipt.
    pub receipt: Option<String>,
    /// What was paid, in cents. `None` if it is missing or is not an amount: never to be taken as paid in full.
    pub amount_minor: Option<i64>,
    /// What happened.
    pub outcome: PaymentOutcome,
    /// Who paid; some providers mask it, then it is missing.
    pub payer: Option<PhoneNumber>,
    /// SHA-256 of the body in hexadecimal: two deliveries of one callback have the same.
    pub fingerprint: String,
}

/// What a callback says has happened.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum PaymentOutcome {
    /// Money moved, it says.
    Succeeded,
    /// Nothing yet.
    Pending,
    /// No money moved.
    Failed(FailureReason),
}

/// Why a body is not a payment callback.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum CallbackError {
    /// Larger than any callback.
    #[error("the body has {0} bytes, more than any payment callback")]
    TooLarge(usize),
    /// Not a JSON object.
    #[error("the body is not a JSON object: {0}")]
    NotAnObject(String),
    /// Neither a known `status` nor a result code.
    #[error("the callback says neither that a payment succeeded nor that it failed")]
    NoOutcome,
    /// It says both that the payment failed and that it succeeded.
    #[error("the callback contradicts itself: status {status:?} with result code 0")]
    Contradiction {
        /// The status it gives.
        status: String,
    },
}

/// Reads the body of a payment callback of any known shape.
///
/// # Errors
/// If it is not a JSON object that tells an outcome.
pub fn parse_callback(body: &[u8]) -> Result<PaymentNotice, CallbackError> {
    if body.len() > BODY_LIMIT {
        return Err(CallbackError::TooLarge(body.len()));
    }
    let value: Value = serde_json::from_slice(body).map_err(|e| CallbackError::NotAnObject(e.to_string()))?;
    let object = value.as_object().ok_or_else(|| CallbackError::NotAnObject("it is another kind of value".into()))?;
    let fields = Fields::of(object);
    let (checkout_id, transaction_id) = (fields.id(CHECKOUT), fields.id(TRANSACTION));
    Ok(PaymentNotice {
        outcome: read_outcome(&fields)?,
        transaction_id: transaction_id.filter(|id| checkout_id.as_ref() != Some(id)),
        checkout_id,
        merchant_reference: fields.id(REFERENCE),
        receipt: fields.id(RECEIPT),
        amount_minor: fields.first(AMOUNT).and_then(read_amount),
        payer: fields.text(PAYER).and_then(|phone| read_payer(&phone)),
        fingerprint: Sha256::digest(body).iter().map(|byte| format!("{byte:02x}")).collect(),
    })
}

/// The objects in which a field may stand: the body itself, what it wraps, and Safaricom's list of items.
pub(super) struct Fields<'a> {
    objects: Vec<&'a Map<String, Value>>,
    items: Vec<(&'a str, &'a Value)>,
}

impl<'a> Fields<'a> {
    pub(super) fn of(body: &'a Map<String, Value>) -> Self {
        let inner = |object: &'a Map<String, Value>, name| object.get(name).and_then(Value::as_object);
        let safaricom = inner(body, "Body").and_then(|wrapper| inner(wrapper, "stkCallback"));
        // Innermost first: an envelope's "success" only says that the envelope arrived.
        let objects = [safaricom, inner(body, "stkCallback"), inner(body, "data"), Some(body)];
        let objects: Vec<_> = objects.into_iter().flatten().collect();
        let metadata = objects.iter().filter_map(|object| object.get("CallbackMetadata")?.get("Item"));
        let items = metadata.flat_map(|item| match item {
            Value::Array(items) => items.iter().collect(),
            single => vec![single],
        });
        let items = items.filter_map(|item| Some((item.get("Name")?.as_str()?, item.get("Value")?))).collect();
        Self { objects, items }
    }

    /// The value of the first of these names that there is, `null` and blank ones left out.
    fn first(&self, names: &[&str]) -> Option<&'a Value> {
        let is_there = |value: &&Value| !value.is_null() && value.as_str().is_none_or(|text| !text.trim().is_empty());
        names.iter().find_map(|name| {
            let in_objects = self.objects.iter().filter_map(|object| object.get(*name));
            let in_items = self.items.iter().filter(|(item, _)| item == name).map(|(_, value)| *value);
            in_objects.chain(in_items).find(is_there)
        })
    }

    /// A text, or a whole number as text; ids and codes come as either.
    pub(super) fn text(&self, names: &[&str]) -> Option<String> {
        match self.first(names)? {
            Value::String(text) => Some(text.trim().to_owned()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }

    /// A text that can be an id: short, and without control characters.
    pub(super) fn id(&self, names: &[&str]) -> Option<String> {
        self.text(names).filter(|id| id.len() <= ID_LIMIT && !id.chars().any(char::is_control))
    }
}

/// The result code decides where there is one, since `status` is also seen to mean that a call went well.
fn read_outcome(fields: &Fields<'_>) -> Result<PaymentOutcome, CallbackError> {
    let status = fields.text(&["status", "Status"]).map(|status| status.to_lowercase());
    let by_status = status.as_deref().and_then(|status| match status {
        "success" | "successful" | "succeeded" | "completed" | "complete" | "paid" => Some(PaymentOutcome::Succeeded),
        "pending" | "processing" | "queued" | "initiated" => Some(PaymentOutcome::Pending),
        "failed" | "failure" | "error" | "declined" | "cancelled" | "canceled" | "expired" | "timeout" => {
            let words = fields.text(WORDS).unwrap_or_else(|| status.to_owned());
            Some(PaymentOutcome::Failed(FailureReason::from_words(&words)))
        }
        _ => None,
    });
    match (fields.text(RESULT).map(|code| read_result_code(&code)), by_status) {
        (Some(ResultCode::Succeeded), Some(PaymentOutcome::Failed(_))) => {
            Err(CallbackError::Contradiction { status: status.unwrap_or_default() })
        }
        (Some(ResultCode::Succeeded), _) => Ok(PaymentOutcome::Succeeded),
        (Some(ResultCode::Pending), _) => Ok(PaymentOutcome::Pending),
        (Some(ResultCode::Failed(reason)), _) => Ok(PaymentOutcome::Failed(reason)),
        (None, by_status) => by_status.ok_or(CallbackError::NoOutcome),
    }
}

/// A positive amount in shillings with at most two decimals, in cents: `1500`, `1500.00`, `"1,500"`, `"KES 1500"`.
fn read_amount(value: &Value) -> Option<i64> {
    let text = match value {
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.trim().trim_start_matches("KES").trim_start_matches("Ksh").replace([',', ' '], ""),
        _ => return None,
    };
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
    let decimals = decimals.trim_end_matches('0');
    let is_decimal = !whole.is_empty()
        && decimals.len() <= 2
        && [whole, decimals].iter().all(|part| part.bytes().all(|b| b.is_ascii_digit()));
    if !is_decimal {
        return None;
    }
    let cents: i64 = format!("{decimals:0<2}").parse().ok()?;
    whole.parse::<i64>().ok()?.checked_mul(100)?.checked_add(cents).filter(|minor| *minor > 0)
}

/// A payer's number; Safaricom gives `254712345678` as a number. A masked one is none.
fn read_payer(text: &str) -> Option<PhoneNumber> {
    PhoneNumber::parse(text).ok()
}

#[cfg(test)]
#[path = "callback_tests.rs"]
mod tests;
