//! The dashboard: files that were built before the program and are inside of it.

use axum::{
    body::Bytes,
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use rust_embed::{EmbeddedFile, RustEmbed};

/// What `scripts/dashboard` built. A program built without it has no dashboard and says so.
#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../dashboard/dist"]
#[allow_missing = true]
struct Files;

const INDEX: &str = "index.html";
/// Files whose name holds a hash of what is in them.
const HASHED: &str = "assets/";
/// Nothing is loaded from elsewhere. Styles in line are how the components are themed.
const CONTENT_POLICY: &str = "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; \
     style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// A file of the dashboard, or its first page for an address that the dashboard itself understands.
pub async fn page(uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path().trim_start_matches('/');
    let is_file = path.rsplit('/').next().is_some_and(|name| name.contains('.'));
    // Addresses for programs: what is not there is no page of the dashboard.
    let first = path.split('/').next().unwrap_or_default();
    let for_programs = matches!(first, "webhook" | "media" | "health" | "metrics" | "v1" | "docs");
    match file(path, &headers) {
        Some(response) => response,
        None if is_file || for_programs => StatusCode::NOT_FOUND.into_response(),
        None => file(INDEX, &headers).unwrap_or_else(|| {
            (StatusCode::NOT_FOUND, "This program was built without its dashboard. `make build` builds both.\n")
                .into_response()
        }),
    }
}

fn file(path: &str, headers: &HeaderMap) -> Option<Response> {
    if path.is_empty() {
        return None;
    }
    let plain = Files::get(path)?;
    let tag = HeaderValue::from_str(&format!("\"{}\"", short(&plain))).ok()?;
    let mut response = if headers.get(header::IF_NONE_MATCH) == Some(&tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        sent(path, plain, headers)
    };
    let out = response.headers_mut();
    let caching = if path.starts_with(HASHED) { "public, max-age=31536000, immutable" } else { "no-cache" };
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    out.insert(header::ETAG, tag);
    out.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    out.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    out.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    out.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(CONTENT_POLICY));
    Some(response)
}

/// The smallest form that the browser reads.
fn sent(path: &str, plain: EmbeddedFile, headers: &HeaderMap) -> Response {
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let accepts = |name: &str| accepted.split(',').any(|one| one.split(';').next().is_some_and(|c| c.trim() == name));
    let kind = plain.metadata.mimetype().to_owned();
    let packed = [("br", "br"), ("gzip", "gz")]
        .into_iter()
        .filter(|(coding, _)| accepts(coding))
        .find_map(|(coding, ending)| Some((coding, Files::get(&format!("{path}.{ending}"))?)));
    let (coding, file) = packed.map_or((None, plain), |(coding, file)| (Some(coding), file));
    let mut response = ([(header::CONTENT_TYPE, kind)], Bytes::from(file.data.into_owned())).into_response();
    if let Some(coding) = coding {
        response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    response
}

/// Enough of the file's hash to tell versions apart.
fn short(file: &EmbeddedFile) -> String {
    file.metadata.sha256_hash()[..12].iter().map(|byte| format!("{byte:02x}")).collect()
}
