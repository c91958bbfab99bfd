//! Calling back. PayLink documents no callback; these are the shapes that are seen.

use serde::Serialize;
use serde_json::{Value, json};

use super::{PayLinkDouble, PushRequest, State};
use crate::Answer;

/// How a payer's answer is told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CallbackShape {
    /// `{status, mpesa_reference, amount, transaction_id}`; the id is the checkout's.
    TransactionId,
    /// `{checkout_request_id, status, mpesa_receipt, amount, …}`, with our reference.
    CheckoutId,
    /// `{ResultCode, MpesaReceiptNumber, account_reference, Amount}`.
    SafaricomNames,
    /// Safaricom's own `Body.stkCallback`, which does not carry our reference.
    Safaricom,
}

impl CallbackShape {
    /// Every shape.
    pub const ALL: [Self; 4] = [Self::TransactionId, Self::CheckoutId, Self::SafaricomNames, Self::Safaricom];
}

/// A payer's answer.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub enum Outcome {
    /// Paid.
    Paid {
        /// The M-Pesa receipt.
        receipt: String,
        /// What was really paid, in shillings: another amount than asked for is possible.
        amount: i64,
    },
    /// Not paid.
    Failed {
        /// M-Pesa's result code: 1032 cancelled, 1037 no answer, 1 too little money, 2001 wrong PIN.
        code: u32,
        /// The same in M-Pesa's words.
        words: String,
    },
}

impl CallbackShape {
    /// The body that tells the outcome of a prompt. For one that nobody asked for, change the prompt's ids.
    #[must_use]
    pub fn body(self, request: &PushRequest, outcome: &Outcome) -> Value {
        let (id, reference) = (&request.checkout_id, &request.reference);
        let digits: i64 = request.phone.trim_start_matches('+').parse().unwrap_or_default();
        match (self, outcome) {
            (Self::TransactionId, Outcome::Paid { receipt, amount }) => {
                json!({"status": "success", "mpesa_reference": receipt, "amount": amount, "transaction_id": id})
            }
            (Self::TransactionId, Outcome::Failed { words, .. }) => {
                json!({"status": "failed", "mpesa_reference": null, "amount": request.amount, "transaction_id": id,
                    "message": words})
            }
            (Self::CheckoutId, Outcome::Paid { receipt, amount }) => {
                json!({"checkout_request_id": id, "status": "completed", "mpesa_receipt": receipt,
                    "amount": format!("{amount}.00"), "reference": reference, "phone": request.phone})
            }
            (Self::CheckoutId, Outcome::Failed { code, words }) => {
                json!({"checkout_request_id": id, "status": "failed", "result_code": code.to_string(),
                    "reason": words, "reference": reference})
            }
            (Self::SafaricomNames, Outcome::Paid { receipt, amount }) => {
                json!({"ResultCode": "0", "MpesaReceiptNumber": receipt, "account_reference": reference,
                    "Amount": amount, "CheckoutRequestID": id})
            }
            (Self::SafaricomNames, Outcome::Failed { code, words }) => {
                json!({"ResultCode": code, "ResultDesc": words, "account_reference": reference,
                    "CheckoutRequestID": id})
            }
            (Self::Safaricom, Outcome::Paid { receipt, amount }) => {
                json!({"Body": {"stkCallback": {"MerchantRequestID": "29115-34620561-1", "CheckoutRequestID": id,
                "ResultCode": 0, "ResultDesc": "The service request is processed successfully.",
                "CallbackMetadata": {"Item": [
                    {"Name": "Amount", "Value": exact(*amount)},
                    {"Name": "MpesaReceiptNumber", "Value": receipt},
                    {"Name": "Balance"},
                    {"Name": "TransactionDate", "Value": 20_261_120_093_102_i64},
                    {"Name": "PhoneNumber", "Value": digits},
                ]}}}})
            }
            (Self::Safaricom, Outcome::Failed { code, words }) => {
                json!({"Body": {"stkCallback": {"MerchantRequestID": "29115-34620561-1", "CheckoutRequestID": id,
                    "ResultCode": code, "ResultDesc": words}}})
            }
        }
    }
}

/// Safaricom tells amounts as floats. A prompt's is far below where a float loses a shilling.
#[allow(clippy::cast_precision_loss, reason = "amounts of M-Pesa are below a million")]
fn exact(amount: i64) -> f64 {
    amount as f64
}

impl State {
    pub(super) async fn post_callback(&self, url: &str, body: &Value) -> Result<Answer, reqwest::Error> {
        Answer::of(self.caller.post(url).json(body)).await
    }
}

impl PayLinkDouble {
    /// Tells the outcome of a prompt to an address; call it again for a duplicate.
    ///
    /// # Errors
    /// If nobody answers within 15 s.
    pub async fn post_callback(
        &self,
        url: &str,
        shape: CallbackShape,
        request: &PushRequest,
        outcome: &Outcome,
    ) -> Result<Answer, reqwest::Error> {
        self.state.post_callback(url, &shape.body(request, outcome)).await
    }
}
