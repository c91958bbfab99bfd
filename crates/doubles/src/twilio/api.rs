//! `Messages.json`: creating and listing.

use std::sync::Arc;

use axum::{
    Json,
    extract::{ConnectInfo, Path, RawQuery},
    http::{HeaderMap, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use bytes::Bytes;
use duka_providers::channels::twilio::parse_form;
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde_json::json;

use super::{SentMessage, State, lock};
use crate::{Fault, server::Line};

/// What the real API answers for a body that is too long.
const BODY_LIMIT: usize = 1_600;

/// An error as the API shows it.
pub(super) fn refusal(status: u16, code: u32, message: &str) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let body = json!({"code": code, "message": message, "status": status.as_u16(),
        "more_info": format!("https://www.twilio.com/docs/errors/{code}")});
    (status, Json(body)).into_response()
}

impl State {
    /// Whether the credentials are those of the account in the path; else the API's answer.
    pub(super) fn authenticate(&self, account: &str, headers: &HeaderMap) -> Result<(), Box<Response>> {
        let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let known = lock(&self.accounts).get(account).map(|known| known.authorization.clone());
        let matches = known.is_some() && given == known.as_deref();
        if matches { Ok(()) } else { Err(Box::new(refusal(401, 20_003, "Authenticate"))) }
    }
}

pub(super) async fn create(
    axum::extract::State(state): axum::extract::State<Arc<State>>,
    ConnectInfo(line): ConnectInfo<Line>,
    Path(account): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    state.faults.pause().await;
    let fault = state.faults.take();
    match &fault {
        Some(Fault::Refuse { status, code, message }) => return refusal(*status, *code, message),
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
    if let Err(refused) = state.authenticate(&account, &headers) {
        return *refused;
    }
    let message = match read(&state, account, &body) {
        Ok(message) => message,
        Err((code, why)) => return refusal(400, code, why),
    };
    let answer = message.to_json();
    state.record(message);
    match fault {
        Some(Fault::HangUpAfterAccepting) => line.cut(),
        Some(Fault::Delay(by)) => tokio::time::sleep(by).await,
        _ => {}
    }
    (StatusCode::CREATED, Json(answer)).into_response()
}

/// The message that a form asks for, or the number and words with which the API refuses it.
fn read(state: &State, account_sid: String, form: &[u8]) -> Result<SentMessage, (u32, &'static str)> {
    let fields = parse_form(form);
    let all = |name: &str| fields.iter().filter(|(n, v)| n == name && !v.is_empty()).map(|(_, v)| v.clone()).collect();
    let first = |name| -> Option<String> { <Vec<String> as IntoIterator>::into_iter(all(name)).next() };
    let to = first("To").ok_or((21_604, "A 'To' phone number is required."))?;
    let (from, service) = (first("From"), first("MessagingServiceSid"));
    let (body, media_urls): (_, Vec<String>) = (first("Body").unwrap_or_default(), all("MediaUrl"));
    if from.is_none() && service.is_none() {
        return Err((21_603, "A 'From' phone number is required."));
    }
    if service.as_ref().is_some_and(|sid| !sid.starts_with("MG")) {
        return Err((21_705, "The Messaging Service Sid is invalid."));
    }
    if body.is_empty() && media_urls.is_empty() && first("ContentSid").is_none() {
        return Err((21_602, "Message body is required."));
    }
    if body.chars().count() > BODY_LIMIT {
        return Err((21_617, "The concatenated message body exceeds the 1600 character limit."));
    }
    if !is_address(&to) {
        return Err((21_211, "The 'To' number is not a valid phone number."));
    }
    if from.as_ref().is_some_and(|from| !is_address(from)) {
        return Err((21_212, "The 'From' number is not a valid phone number, shortcode, or alphanumeric sender ID."));
    }
    if from.as_ref().is_some_and(|from| from.starts_with("whatsapp:") != to.starts_with("whatsapp:")) {
        return Err((21_910, "Invalid From and To pair. From and To should be of the same channel"));
    }
    Ok(SentMessage {
        sid: state.new_sid(if media_urls.is_empty() { "SM" } else { "MM" }),
        account_sid,
        to,
        from: from.unwrap_or_default(),
        messaging_service_sid: service,
        body,
        media_urls,
        status_callback: first("StatusCallback"),
        at: Timestamp::now(),
    })
}

/// `+` and digits, or a username customer's id with its country (`US.ABC123`), behind `whatsapp:` or not.
fn is_address(address: &str) -> bool {
    let bare = address.strip_prefix("whatsapp:").unwrap_or(address);
    match bare.strip_prefix('+') {
        Some(digits) => (8..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()),
        None => {
            bare.len() > 3 && bare.as_bytes()[2] == b'.' && bare.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.')
        }
    }
}

pub(super) async fn list(
    axum::extract::State(state): axum::extract::State<Arc<State>>,
    Path(account): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    state.faults.pause().await;
    if let Err(refused) = state.authenticate(&account, &headers) {
        return *refused;
    }
    let filters = parse_form(query.unwrap_or_default().as_bytes());
    let filter = |name: &str| filters.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str());
    let size: usize = filter("PageSize").and_then(|n| n.parse().ok()).unwrap_or(50).clamp(1, 1_000);
    let page: usize = filter("Page").and_then(|n| n.parse().ok()).unwrap_or(0);
    let (from, to) = (filter("From"), filter("To"));
    let (on, since, until) = (
        filter("DateSent").and_then(read_date),
        filter("DateSent>").and_then(read_date),
        filter("DateSent<").and_then(read_date),
    );
    let is_wanted = |message: &&SentMessage| {
        let date = message.at.to_zoned(TimeZone::UTC).date();
        message.account_sid == account
            && from.is_none_or(|from| message.from == from)
            && on.is_none_or(|on| date == on)
            && since.is_none_or(|since| date >= since)
            && until.is_none_or(|until| date <= until)
    };
    let ledger = lock(&state.ledger);
    let mut wanted = ledger.newest_first(to).filter(is_wanted).skip(page.saturating_mul(size)).peekable();
    let messages: Vec<_> = wanted.by_ref().take(size).map(SentMessage::to_json).collect();
    let next = wanted.peek().map(|_| page_uri(&account, &filters, page + 1));
    Json(json!({
        "messages": messages,
        "page": page,
        "page_size": size,
        "uri": page_uri(&account, &filters, page),
        "first_page_uri": page_uri(&account, &filters, 0),
        "next_page_uri": next,
        "previous_page_uri": page.checked_sub(1).map(|before| page_uri(&account, &filters, before)),
    }))
    .into_response()
}

/// A day, or a moment whose day is meant.
fn read_date(text: &str) -> Option<Date> {
    text.get(..10)?.parse().ok()
}

fn page_uri(account: &str, filters: &[(String, String)], page: usize) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(filters.iter().filter(|(name, _)| name != "Page"));
    query.append_pair("Page", &page.to_string());
    format!("/2010-04-01/Accounts/{account}/Messages.json?{}", query.finish())
}
