//! Taking prompts and telling how they stand.

use std::sync::{Arc, atomic::Ordering};

use axum::{
    Json,
    extract::{ConnectInfo, Path, State as Shared},
    http::{HeaderMap, StatusCode},
    response::{Html, IntoResponse, Response},
};
use bytes::Bytes;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::{CallbackShape, Outcome, PushRequest, State, lock};
use crate::{Fault, server::Line};

fn refusal(status: u16, message: &str) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, Json(json!({"status": "error", "message": message}))).into_response()
}

impl State {
    /// Key and name in their own headers, or the key as a bearer token.
    fn knows(&self, headers: &HeaderMap) -> bool {
        let header = |name| headers.get(name).and_then(|value| value.to_str().ok());
        let (username, key) = lock(&self.credentials).clone();
        let by_headers = header("x-api-key") == Some(&key) && header("x-username") == Some(&username);
        let bearer = header("authorization").and_then(|value| value.strip_prefix("Bearer "));
        by_headers || (header("x-api-key").is_none() && bearer == Some(&key))
    }

    /// The prompt that this asks for, and whether it is a new one.
    fn accept(&self, request: PushRequest) -> (PushRequest, bool) {
        let mut ledger = lock(&self.ledger);
        let known = request.idempotency_key.as_ref().and_then(|key| ledger.by_key.get(key).copied());
        if let Some(at) = known {
            return (ledger.requests[at].clone(), false);
        }
        let request = PushRequest { checkout_id: format!("ws_CO_{:012}", ledger.requests.len() + 1), ..request };
        if let Some(key) = request.idempotency_key.clone() {
            let at = ledger.requests.len();
            ledger.by_key.insert(key, at);
        }
        ledger.requests.push(request.clone());
        // Counted under the lock, so that whoever waits finds the request.
        self.count.send_replace(ledger.requests.len());
        // Nobody listening is not a failure.
        let _ = self.arrivals.send(request.clone());
        (request, true)
    }
}

pub(super) async fn push(
    Shared(state): Shared<Arc<State>>,
    ConnectInfo(line): ConnectInfo<Line>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    state.calls.fetch_add(1, Ordering::Relaxed);
    state.faults.pause().await;
    let fault = state.faults.take();
    match &fault {
        Some(Fault::Refuse { status, message, .. }) => return refusal(*status, message),
        Some(Fault::Page { status }) => {
            let status = StatusCode::from_u16(*status).unwrap_or(StatusCode::BAD_GATEWAY);
            return (status, Html("<html><body>Sorry</body></html>")).into_response();
        }
        Some(Fault::HangUp) => {
            line.cut();
            return StatusCode::NO_CONTENT.into_response();
        }
        Some(Fault::HangUpAfterAccepting | Fault::Delay(_)) | None => {}
    }
    if !state.knows(&headers) {
        return refusal(401, "Invalid API key or username");
    }
    let key = headers.get("idempotency-key").and_then(|value| value.to_str().ok()).map(str::to_owned);
    let request = match read(&body, key) {
        Ok(request) => request,
        Err(why) => return refusal(400, why),
    };
    let (request, is_new) = state.accept(request);
    let payer = *lock(&state.payer);
    if let (true, Some((after, shape))) = (is_new, payer) {
        tokio::spawn(pay_after(state.clone(), request.clone(), after, shape));
    }
    match fault {
        Some(Fault::HangUpAfterAccepting) => line.cut(),
        Some(Fault::Delay(by)) => tokio::time::sleep(by).await,
        _ => {}
    }
    let answer = json!({"status": "pending", "checkout_request_id": request.checkout_id, "mpesa_reference": null});
    (StatusCode::OK, Json(answer)).into_response()
}

/// The prompt that a body asks for, or why there can be none.
fn read(body: &[u8], idempotency_key: Option<String>) -> Result<PushRequest, &'static str> {
    let body: Value = serde_json::from_slice(body).map_err(|_| "The body is not JSON")?;
    let text = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
    let phone = text("phone");
    let digits = phone.strip_prefix("+254").filter(|digits| digits.len() == 9);
    if digits.is_none_or(|digits| !digits.starts_with(['7', '1']) || !digits.bytes().all(|b| b.is_ascii_digit())) {
        return Err("phone must be like +254712345678");
    }
    let amount = body["amount"].as_i64().filter(|amount| *amount > 0).ok_or("amount must be a whole number above 0")?;
    let reference = text("reference");
    if reference.is_empty() || reference.chars().count() > 12 {
        return Err("reference must have 1 to 12 characters");
    }
    Ok(PushRequest {
        checkout_id: String::new(),
        phone,
        amount,
        reference,
        description: text("description"),
        callback_url: text("callback_url"),
        idempotency_key,
        at: Timestamp::now(),
    })
}

async fn pay_after(state: Arc<State>, request: PushRequest, after: std::time::Duration, shape: CallbackShape) {
    tokio::time::sleep(after).await;
    let outcome = Outcome::Paid { receipt: receipt(&request.checkout_id), amount: request.amount };
    lock(&state.ledger).outcomes.insert(request.checkout_id.clone(), outcome.clone());
    // A callback that nobody takes is lost, as with the real one.
    let _ = state.post_callback(&request.callback_url, &shape.body(&request, &outcome)).await;
}

/// A receipt that looks like one of M-Pesa's: ten capitals and digits, another for every prompt.
fn receipt(checkout_id: &str) -> String {
    let digits: String = checkout_id.chars().filter(char::is_ascii_digit).collect();
    let tail = digits.len().saturating_sub(7);
    format!("SDB{}", &digits[tail..])
}

pub(super) async fn status(
    Shared(state): Shared<Arc<State>>,
    Path(checkout_id): Path<String>,
    headers: HeaderMap,
) -> Response {
    if state.hides_status.load(Ordering::Relaxed) {
        return refusal(404, "Not found");
    }
    if !state.knows(&headers) {
        return refusal(401, "Invalid API key or username");
    }
    let ledger = lock(&state.ledger);
    let Some(request) = ledger.requests.iter().find(|request| request.checkout_id == checkout_id) else {
        return refusal(404, "No such request");
    };
    match ledger.outcomes.get(&checkout_id) {
        Some(outcome) => Json(CallbackShape::CheckoutId.body(request, outcome)).into_response(),
        None => Json(json!({"status": "pending", "checkout_request_id": checkout_id})).into_response(),
    }
}
