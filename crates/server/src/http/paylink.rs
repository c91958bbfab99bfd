//! PayLink's callbacks. Written down before they are answered, and understood after that: a provider that is
//! answered slowly sends again or gives up.

use axum::{
    Json,
    body::Bytes,
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use serde_json::json;

use super::{Web, empty};

/// What the address carries besides the path.
#[derive(Deserialize)]
pub struct Address {
    /// Shows that the callback answers a request of ours, if the provider was told the address with it.
    t: Option<String>,
}

/// `POST /webhook/paylink/payment` and `POST /webhook/paylink/callback`
pub async fn notice(State(web): State<Web>, Query(address): Query<Address>, body: Bytes) -> Response {
    match web.app.take_notice("paylink", &body, address.t.as_deref()).await {
        // The words that Safaricom's own callbacks are answered with, which PayLink passes on.
        Ok(Ok(())) => Json(json!({"ResultCode": 0, "ResultDesc": "Accepted"})).into_response(),
        Ok(Err(refused)) => {
            tracing::warn!(%refused, "a payment callback was refused");
            empty(StatusCode::BAD_REQUEST)
        }
        Err(error) => {
            tracing::error!(%error, "a payment callback could not be stored");
            empty(StatusCode::SERVICE_UNAVAILABLE)
        }
    }
}
