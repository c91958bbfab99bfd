//! `Idempotency-Key`: a POST to a shop that is sent again with the same key is answered as before and not done again.
//!
//! The key is written down before the work begins. If the process ends in between, nobody knows what came of it, and
//! sending it again is refused for a day: an order that may be missing is better than one that is there twice.

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    http::{HeaderName, HeaderValue, Method, StatusCode, header, request::Parts, response},
    middleware::Next,
    response::{IntoResponse, Response},
};
use duka_store::{
    audit::Actor,
    once::{Answer, Once},
};
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::{
    Api, BODY_LIMIT,
    principal::{AtShop, KEY, TENANT, at_shop},
    problem::{IN_PROGRESS, INVALID, OTHER_REQUEST, Reply, TOO_LARGE},
};

const NAME: &str = "idempotency-key";
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");
/// Keys are chosen by clients: UUIDs and the like.
const LONGEST: usize = 200;
/// No route that takes JSON takes more.
const LARGEST: usize = 8 * BODY_LIMIT;

/// Does a request once if it has a key.
pub async fn answer_once(State(api): State<Api>, request: Request, next: Next) -> Reply<Response> {
    let (mut parts, body) = request.into_parts();
    let Some(key) = key(&parts)? else { return Ok(next.run(Request::from_parts(parts, body)).await) };
    let at = at_shop(&mut parts, &api).await?;
    let body = to_bytes(body, LARGEST).await.map_err(|_| TOO_LARGE.problem())?;
    let caller = match at.actor {
        Actor::User(user) => user.to_string(),
        Actor::Key(key) => key.to_string(),
        Actor::Operator(_) | Actor::System => return Ok(next.run(Request::from_parts(parts, Body::from(body))).await),
    };
    let hash = fingerprint(&parts, &body);
    match begin(&at, &caller, &key, hash).await? {
        Once::New => {}
        Once::Begun => return Err(IN_PROGRESS.problem()),
        Once::Other => return Err(OTHER_REQUEST.problem()),
        Once::Done(answer) => return Ok(again(answer)),
    }
    let response = next.run(Request::from_parts(parts, Body::from(body))).await;
    let (head, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await.map_err(crate::problem::Problem::internal)?;
    finish(&at, caller, key, &head, &body).await?;
    Ok(Response::from_parts(head, Body::from(body)))
}

/// The key of a request that is to be done once.
fn key(parts: &Parts) -> Reply<Option<String>> {
    let in_shop = parts.headers.contains_key(TENANT) || parts.headers.contains_key(KEY);
    let kind = parts.headers.get(header::CONTENT_TYPE).map(HeaderValue::as_bytes).unwrap_or_default();
    // Files are recognised by what is in them.
    let is_upload = kind.starts_with(b"multipart/");
    let Some(key) = parts.headers.get(NAME).filter(|_| parts.method == Method::POST && in_shop && !is_upload) else {
        return Ok(None);
    };
    let key = key.to_str().ok().filter(|key| !key.is_empty() && key.len() <= LONGEST);
    key.map(|key| Some(key.to_owned()))
        .ok_or_else(|| INVALID.because("Idempotency-Key has to have 1 to 200 characters"))
}

fn fingerprint(parts: &Parts, body: &[u8]) -> Vec<u8> {
    let mut hash = Sha256::new();
    hash.update(parts.uri.to_string());
    hash.update([0]);
    hash.update(body);
    hash.finalize().to_vec()
}

async fn begin(at: &AtShop, caller: &str, key: &str, hash: Vec<u8>) -> Reply<Once> {
    let (now, input) = (at.now(), (caller.to_owned(), key.to_owned(), hash));
    let begun = at.api.app.store.write_with(at.scope, input, move |tx, (caller, key, hash)| {
        Box::pin(async move { tx.begin_once(caller, key, hash, now).await })
    });
    Ok(begun.await?)
}

async fn finish(at: &AtShop, caller: String, key: String, head: &response::Parts, body: &Bytes) -> Reply<()> {
    if head.status.is_server_error() {
        // Something may have been done.
        return Ok(());
    }
    let store = &at.api.app.store;
    if !head.status.is_success() {
        // Refused, so nothing was done: put right, it may come with the same key.
        let forget = store.write_with(at.scope, (caller, key), |tx, (caller, key)| {
            Box::pin(async move { tx.forget_once(caller, key).await })
        });
        return Ok(forget.await?);
    }
    let text = |name: HeaderName| head.headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let kept =
        json!({"type": text(header::CONTENT_TYPE), "etag": text(header::ETAG), "location": text(header::LOCATION)});
    let body = String::from_utf8(body.to_vec()).unwrap_or_default();
    let answer = Answer { status: head.status.as_u16(), head: kept.to_string(), body };
    let finish = store.write_with(at.scope, (caller, key, answer), |tx, (caller, key, answer)| {
        Box::pin(async move { tx.finish_once(caller, key, answer).await })
    });
    Ok(finish.await?)
}

fn again(answer: Answer) -> Response {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK);
    let head: serde_json::Value = serde_json::from_str(&answer.head).unwrap_or_default();
    let mut response = (status, answer.body).into_response();
    let headers = response.headers_mut();
    headers.remove(header::CONTENT_TYPE);
    for (name, key) in [(header::CONTENT_TYPE, "type"), (header::ETAG, "etag"), (header::LOCATION, "location")] {
        if let Some(value) = head[key].as_str().and_then(|value| HeaderValue::from_str(value).ok()) {
            headers.insert(name, value);
        }
    }
    headers.insert(REPLAYED, HeaderValue::from_static("true"));
    response
}
