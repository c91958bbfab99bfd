//! Why an attempt failed, read from what came back.

use std::time::Duration;

use reqwest::header::HeaderMap;
use serde_json::Value;

use crate::{FailureKind, Usage};

/// A limit that lasts longer than this is a quota and not a matter of pace.
const QUOTA_FROM: Duration = Duration::from_secs(15 * 60);

/// The longest wait that is believed.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

/// Codes of money or quota that is used up; waiting a little does not help.
const SPENT: [&str; 6] = [
    "insufficient_quota",
    "credit_balance_exhausted",
    "enforced_spend_limit_reached",
    "billing_hard_limit_reached",
    "billing_error",
    "billing_not_active",
];

/// A failed attempt.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Failure {
    pub kind: FailureKind,
    /// How long the provider asks to wait.
    pub wait: Option<Duration>,
    /// Whether it is about this request, so that another may well succeed now.
    pub about_request: bool,
    /// What it used nevertheless, where the provider says so.
    pub usage: Option<Usage>,
    /// Whether the provider may have answered, and charge for it.
    pub may_be_billed: bool,
    /// For the log: a status, a code. Never words of a provider, which may repeat a key or a customer.
    pub note: String,
}

impl Failure {
    pub fn new(kind: FailureKind, note: impl Into<String>) -> Self {
        Self { kind, wait: None, about_request: false, usage: None, may_be_billed: false, note: note.into() }
    }

    /// The answer came and is not usable.
    pub fn of_answer(kind: FailureKind, usage: Option<Usage>, note: impl Into<String>) -> Self {
        Self { about_request: true, usage, may_be_billed: true, ..Self::new(kind, note) }
    }

    pub fn slow() -> Self {
        Self { may_be_billed: true, ..Self::new(FailureKind::Slow, "no answer in time") }
    }

    /// What an HTTP answer other than success means.
    pub fn of_status(status: u16, headers: &HeaderMap, body: &[u8]) -> Self {
        let body: Value = serde_json::from_slice(body).unwrap_or_default();
        // Gemini wraps its error in a list at times.
        let error = body.pointer("/error").or_else(|| body.pointer("/0/error")).unwrap_or(&Value::Null);
        let names = ["code", "type", "status"].into_iter().filter_map(|name| error[name].as_str());
        let names: Vec<&str> = names.filter(|name| is_plain(name)).collect();
        let note = std::iter::once(status.to_string()).chain(names.iter().map(ToString::to_string));
        let note = note.collect::<Vec<_>>().join(" ");
        let says = |code: &str| names.contains(&code);
        let kind = match status {
            _ if SPENT.iter().any(|code| says(code)) => FailureKind::OutOfQuota,
            402 => FailureKind::OutOfQuota,
            429 => return Self::of_limit(headers, error, &names, note),
            408 | 409 | 500.. => FailureKind::Overloaded,
            _ if says("content_policy_violation") || says("content_filter") => FailureKind::Refused,
            _ => FailureKind::Misconfigured,
        };
        let is_about_access = matches!(status, 401 | 403 | 404 | 300..=399)
            || says("invalid_api_key")
            || says("FAILED_PRECONDITION")
            || reasons(error).any(|reason| reason == "API_KEY_INVALID");
        let about_request = kind == FailureKind::Refused || kind == FailureKind::Misconfigured && !is_about_access;
        let wait = wait_by_headers(headers).filter(|_| kind == FailureKind::Overloaded);
        Self { wait, about_request, ..Self::new(kind, note) }
    }

    fn of_limit(headers: &HeaderMap, error: &Value, names: &[&str], note: String) -> Self {
        let wait = retry_info(error).or_else(|| wait_by_headers(headers)).map(|wait| wait.min(LONGEST));
        let is_daily = names.iter().any(|name| name.contains("per_day"))
            || quotas(error).any(|quota| quota.contains("PerDay"))
            || wait.is_some_and(|wait| wait > QUOTA_FROM);
        let kind = if is_daily { FailureKind::OutOfQuota } else { FailureKind::RateLimited };
        Self { wait, ..Self::new(kind, note) }
    }

    /// What it means that no answer came. `not_public` says that the address was not let through.
    pub fn of_connection(error: &reqwest::Error, not_public: bool) -> Self {
        if not_public {
            return Self::new(FailureKind::Misconfigured, "the address is not a public one");
        }
        // A connection that takes too long is one that does not come about.
        let never_left = error.is_connect() || error.is_builder();
        if error.is_timeout() && !never_left {
            return Self::slow();
        }
        let note = if never_left { "no connection" } else { "the connection broke" };
        Self { may_be_billed: !never_left, ..Self::new(FailureKind::Unreachable, note) }
    }
}

/// Whether a code of a provider can be logged: it is a name, and no sentence.
fn is_plain(name: &str) -> bool {
    name.len() <= 60 && name.chars().all(|c| c.is_ascii_alphabetic() || c == '_')
}

fn details(error: &Value) -> impl Iterator<Item = &Value> {
    error["details"].as_array().into_iter().flatten()
}

fn reasons(error: &Value) -> impl Iterator<Item = &str> {
    details(error).filter_map(|detail| detail["reason"].as_str())
}

fn quotas(error: &Value) -> impl Iterator<Item = &str> {
    let violations = details(error).filter_map(|detail| detail["violations"].as_array()).flatten();
    violations.filter_map(|violation| violation["quotaId"].as_str())
}

/// Gemini's `RetryInfo`: `"47s"`, `"0.5s"`.
fn retry_info(error: &Value) -> Option<Duration> {
    details(error).find_map(|detail| span(detail["retryDelay"].as_str()?))
}

/// The wait that headers ask for, the most exact first.
fn wait_by_headers(headers: &HeaderMap) -> Option<Duration> {
    let text = |name: &str| headers.get(name)?.to_str().ok().map(str::trim);
    if let Some(millis) = text("retry-after-ms").and_then(|text| text.parse::<f64>().ok()) {
        return seconds(millis / 1_000.0);
    }
    if let Some(wait) = text("retry-after").and_then(|text| text.parse::<f64>().ok()) {
        return seconds(wait);
    }
    let reset = |what: &str| {
        let left = text(&format!("x-ratelimit-remaining-{what}"));
        let is_used_up = left.is_none_or(|left| left == "0");
        text(&format!("x-ratelimit-reset-{what}")).filter(|_| is_used_up).and_then(span)
    };
    reset("requests").max(reset("tokens"))
}

fn seconds(count: f64) -> Option<Duration> {
    Duration::try_from_secs_f64(count).ok().map(|wait| wait.min(LONGEST))
}

/// A span such as `12ms`, `1s`, `0.5s`, `6m0s`, `1h2m3s`.
fn span(text: &str) -> Option<Duration> {
    let mut rest = text.trim();
    let mut total = 0.0;
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let end = rest.find(|c: char| c.is_ascii_alphabetic())?;
        let number: f64 = rest[..end].parse().ok()?;
        let unit_end = rest[end..].find(|c: char| !c.is_ascii_alphabetic()).map_or(rest.len(), |at| end + at);
        total += number
            * match &rest[end..unit_end] {
                "h" => 3_600.0,
                "m" => 60.0,
                "s" => 1.0,
                "ms" => 0.001,
                _ => return None,
            };
        rest = &rest[unit_end..];
    }
    seconds(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_read_as_the_providers_write_it() {
        let millis = |text| span(text).map(|wait| wait.as_millis());
        assert_eq!(millis("12ms"), Some(12));
        assert_eq!(millis("0.5s"), Some(500));
        assert_eq!(millis("6m0s"), Some(360_000));
        assert_eq!(millis("1h2m3s"), Some(3_723_000));
        for nonsense in ["", "soon", "1", "-1s", "1d", "NaNs", "éés", "1é"] {
            assert_eq!(millis(nonsense), None, "{nonsense}");
        }
    }

    fn limited(headers: &[(&'static str, &'static str)], body: &str) -> Failure {
        let headers = headers.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()));
        Failure::of_status(429, &headers.collect(), body.as_bytes())
    }

    #[test]
    fn a_limit_says_how_long_it_lasts_in_one_of_many_ways() {
        let wait = |headers: &[_]| limited(headers, "").wait.map(|wait| wait.as_millis());
        assert_eq!(wait(&[]), None);
        assert_eq!(wait(&[("retry-after", "7")]), Some(7_000));
        assert_eq!(wait(&[("retry-after", "7"), ("retry-after-ms", "6500")]), Some(6_500));
        assert_eq!(wait(&[("x-ratelimit-reset-requests", "1s"), ("x-ratelimit-reset-tokens", "3s")]), Some(3_000));
        let only_tokens = [
            ("x-ratelimit-remaining-requests", "99"),
            ("x-ratelimit-reset-requests", "9s"),
            ("x-ratelimit-remaining-tokens", "0"),
            ("x-ratelimit-reset-tokens", "3s"),
        ];
        assert_eq!(wait(&only_tokens), Some(3_000));
        assert_eq!(wait(&[("retry-after", "Wed, 21 Oct 2026 07:28:00 GMT")]), None);
        assert_eq!(wait(&[("retry-after", "1e300")]), None);
    }

    #[test]
    fn a_limit_that_lasts_is_a_quota() {
        assert_eq!(limited(&[("retry-after", "40000")], "").kind, FailureKind::OutOfQuota);
        assert_eq!(limited(&[], r#"{"error":{"code":"insufficient_quota"}}"#).kind, FailureKind::OutOfQuota);
        let per_day =
            r#"[{"error":{"status":"RESOURCE_EXHAUSTED","details":[{"violations":[{"quotaId":"RequestsPerDay"}]}]}}]"#;
        assert_eq!(limited(&[], per_day).kind, FailureKind::OutOfQuota);
        assert_eq!(limited(&[], "").kind, FailureKind::RateLimited);
    }

    #[test]
    fn what_is_wrong_with_one_request_is_told_from_what_is_wrong_with_the_access() {
        let of = |status, body: &str| {
            let failure = Failure::of_status(status, &HeaderMap::new(), body.as_bytes());
            (failure.kind, failure.about_request)
        };
        let misconfigured = FailureKind::Misconfigured;
        assert_eq!(of(400, ""), (misconfigured, true));
        assert_eq!(of(413, ""), (misconfigured, true));
        assert_eq!(of(400, r#"{"error":{"details":[{"reason":"API_KEY_INVALID"}]}}"#), (misconfigured, false));
        for status in [401, 403, 404, 302] {
            assert_eq!(of(status, ""), (misconfigured, false), "{status}");
        }
        assert_eq!(of(400, r#"{"error":{"code":"content_filter"}}"#), (FailureKind::Refused, true));
        assert_eq!(of(529, ""), (FailureKind::Overloaded, false));
        assert_eq!(of(402, ""), (FailureKind::OutOfQuota, false));
    }

    #[test]
    fn the_words_of_a_provider_never_get_into_the_note() {
        let body = r#"{"error":{"message":"Incorrect API key: sk-abc","code":"invalid_api_key","type":"no customer 0712345678"}}"#;
        assert_eq!(Failure::of_status(401, &HeaderMap::new(), body.as_bytes()).note, "401 invalid_api_key");
    }
}
