//! What is around every answer: headers that browsers heed, the sites that may read it, and a problem for a panic.

use std::any::Any;

use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue, Method, Response as HttpResponse, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use tower_http::{
    catch_panic::{CatchPanicLayer, ResponseForPanic},
    cors::{AllowOrigin, CorsLayer},
};

use crate::{Api, Settings, problem::Problem};

/// Answers are data, never pages: nothing in them is to be run or framed, and they are not to be kept.
const fn data_only() -> [(HeaderName, &'static str); 5] {
    [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
    ]
}

/// Adds the headers that the answer does not have.
pub async fn headers(State(api): State<Api>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in data_only() {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if api.settings.secure {
        headers
            .insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000; includeSubDomains"));
    }
    response
}

/// Lets the pages of the listed sites call the API, and of no others.
pub fn cors(settings: &Settings) -> CorsLayer {
    let named =
        ["idempotency-key", "last-event-id", "x-csrf-token", "x-duka-client", "x-tenant-api-key", "x-tenant-id"];
    let taken = named.into_iter().map(HeaderName::from_static);
    let taken = taken.chain([header::AUTHORIZATION, header::CONTENT_TYPE, header::IF_MATCH]);
    CorsLayer::new()
        .allow_origin(AllowOrigin::list(settings.origins.iter().cloned()))
        .allow_methods([Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE])
        .allow_headers(taken.collect::<Vec<_>>())
        .expose_headers([header::ETAG, header::LOCATION, header::RETRY_AFTER])
        .allow_credentials(true)
}

/// Turns a panic into a problem like any other.
pub fn panics() -> CatchPanicLayer<Panicked> {
    CatchPanicLayer::custom(Panicked)
}

/// What is answered when a handler panicked.
#[derive(Clone, Copy, Debug)]
pub struct Panicked;

impl ResponseForPanic for Panicked {
    type ResponseBody = axum::body::Body;

    fn response_for_panic(&mut self, _: Box<dyn Any + Send>) -> HttpResponse<Self::ResponseBody> {
        // What the panic says may hold anything; where it happened is on standard error.
        Problem::internal("a handler panicked").into_response()
    }
}
