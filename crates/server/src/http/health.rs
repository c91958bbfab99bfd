//! Whether the process lives, and whether it can take work.

use std::sync::atomic::Ordering;

use axum::{extract::State, http::StatusCode, response::Response};

use super::{Web, empty};

/// The process answers at all.
pub async fn live() -> &'static str {
    "live"
}

/// The database answers and the process is not about to end.
pub async fn ready(State(web): State<Web>) -> Response {
    if web.draining.load(Ordering::SeqCst) {
        return empty(StatusCode::SERVICE_UNAVAILABLE);
    }
    match web.app.store.check_version().await {
        Ok(()) => empty(StatusCode::OK),
        Err(error) => {
            tracing::error!(%error, "not ready");
            empty(StatusCode::SERVICE_UNAVAILABLE)
        }
    }
}
