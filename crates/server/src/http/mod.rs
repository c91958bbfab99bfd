//! HTTP: the API, webhooks, pictures for channels, health, and the dashboard's files.

mod dashboard;
mod health;
mod paylink;
mod pictures;
mod reception;
mod twilio;

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::{Request, StatusCode},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use duka_assistant::App;
use tower_http::{catch_panic::CatchPanicLayer, trace::TraceLayer};

/// The largest webhook that is read. Messages come without their media, so this is much more than any needs.
const WEBHOOK_LIMIT: usize = 256 * 1024;

/// What the handlers share.
#[derive(Clone)]
pub struct Web {
    app: App,
    reception: Arc<reception::Reception>,
    draining: Arc<AtomicBool>,
    api: duka_api::Api,
}

impl Web {
    /// Over one installation.
    #[must_use]
    pub fn new(app: App, settings: duka_api::Settings) -> Self {
        let api = duka_api::Api::new(app.clone(), settings);
        Self { reception: Arc::new(reception::Reception::default()), app, draining: Arc::default(), api }
    }

    /// From now on the process is not ready for new work: the platform sends it elsewhere.
    pub fn drain(&self) {
        self.draining.store(true, Ordering::SeqCst);
        self.api.close();
    }
}

/// Every address of this process.
pub fn router(web: Web) -> Router {
    let span = TraceLayer::new_for_http().make_span_with(|request: &Request<_>| {
        // The path only: a query may carry a token. One id follows the request through the log.
        tracing::info_span!("http", request = %uuid::Uuid::now_v7(), method = %request.method(), path = request.uri().path())
    });
    let api = duka_api::router(web.api.clone());
    Router::new()
        .route("/webhook/whatsapp", post(twilio::message))
        .route("/webhook/whatsapp/status", post(twilio::status))
        .route("/webhook/paylink/payment", post(paylink::notice))
        .route("/webhook/paylink/callback", post(paylink::notice))
        .layer(DefaultBodyLimit::max(WEBHOOK_LIMIT))
        .route("/media/{tenant}/{picture}", get(pictures::picture))
        .route("/health/live", get(health::live))
        .route("/health/ready", get(health::ready))
        .merge(api)
        .fallback_service(get(dashboard::page))
        .layer(CatchPanicLayer::custom(|_: Box<dyn std::any::Any + Send>| {
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }))
        .layer(span)
        .with_state(web)
}

/// An answer without a body.
fn empty(status: StatusCode) -> Response {
    status.into_response()
}
