//! The description and the pages that show it: `/v1/openapi.json`, `/docs`, `/docs/errors/…`. All from inside the program.

use std::sync::LazyLock;

use axum::{
    Router,
    extract::Path,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
    routing::get,
};
use bytes::Bytes;
use utoipa::openapi::schema::{ObjectBuilder, Schema};

use crate::{
    Api,
    describe::{Describing, Output, Route},
    problem::{CODES, Reply},
    route,
    staff::Anyone,
};

static DESCRIPTION: LazyLock<Bytes> = LazyLock::new(|| crate::description_json().into());

/// Files of the page, packed as every browser reads them.
const FILES: [(&str, &str, &[u8]); 2] = [
    ("swagger-ui.css", "text/css", include_bytes!("../assets/swagger-ui.css.gz")),
    ("swagger-ui-bundle.js", "text/javascript", include_bytes!("../assets/swagger-ui-bundle.js.gz")),
];
const START: &str = include_str!("../assets/start.js");
const PAGE: &str = include_str!("../assets/docs.html");
/// Nothing is loaded from elsewhere; the page styles itself in line.
const POLICY: &str = "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; object-src 'none'; \
     base-uri 'none'; frame-ancestors 'none'";

/// What there is under `/v1`.
pub fn routes() -> Vec<Route> {
    vec![route!(get_description)]
}

/// What there is under `/docs`.
pub fn pages() -> Router<Api> {
    Router::new()
        .route("/docs", get(|| async { guarded(Html(PAGE)) }))
        .route("/docs/start.js", get(|| async { guarded(([(header::CONTENT_TYPE, "text/javascript")], START)) }))
        .route("/docs/files/{name}", get(file))
        .route("/docs/errors/{code}", get(error))
}

struct Description;

impl IntoResponse for Description {
    fn into_response(self) -> Response {
        ([(header::CONTENT_TYPE, "application/json")], DESCRIPTION.clone()).into_response()
    }
}

impl Output for Description {
    fn describe(at: &mut Describing<'_>) {
        let schema = Schema::from(ObjectBuilder::new().description(Some("An OpenAPI description")).build());
        at.answers("200", "OK", Some(("application/json", schema.into())));
    }
}

/// This description.
#[utoipa::path(get, path = "/openapi.json", tag = "docs")]
async fn get_description(_caller: Anyone) -> Reply<Description> {
    Ok(Description)
}

async fn file(Path(name): Path<String>) -> Response {
    let Some((_, kind, packed)) = FILES.iter().find(|(known, _, _)| *known == name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let headers = [(header::CONTENT_TYPE, *kind), (header::CONTENT_ENCODING, "gzip")];
    let mut response = (headers, *packed).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=86400"));
    response
}

/// What a kind of problem means.
async fn error(Path(name): Path<String>) -> Response {
    let Some(code) = CODES.iter().find(|code| code.name == name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let page = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>{0}</title><h1>{0}</h1>\
         <p><code>{1}</code>, HTTP status {2}. <code>detail</code> and <code>errors</code> of the answer say what happened.</p>",
        code.title, code.name, code.status
    );
    guarded(Html(page))
}

fn guarded(page: impl IntoResponse) -> Response {
    let mut response = page.into_response();
    let headers: &mut HeaderMap = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}
