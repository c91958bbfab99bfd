//! Errors in each provider's own shape.

use axum::{
    Json,
    http::{HeaderName, HeaderValue, StatusCode},
    response::{IntoResponse, Response},
};
use duka_models::Provider;
use serde_json::{Value, json};

use super::Hint;

/// The words of every error hold a key, as the real ones may: it must not get into a log.
const WORDS: &str = "something is wrong with sk-the-key-itself";

pub(super) fn rate_limited(provider: Provider, hint: Hint) -> Response {
    let mut body = shape(provider, 429, "rate_limit_exceeded", "rate_limit_error", "RESOURCE_EXHAUSTED");
    if provider == Provider::Gemini {
        body["error"]["details"] = json!([violation("GenerateRequestsPerMinutePerProjectPerModel-FreeTier")]);
    }
    let header = match hint {
        Hint::None => None,
        Hint::RetryInfo(time) => {
            let info = json!({"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": format!("{}s", time.as_secs_f64())});
            match body["error"]["details"].as_array_mut() {
                Some(details) => details.push(info),
                None => body["error"]["details"] = json!([info]),
            }
            None
        }
        Hint::RetryAfter(seconds) => Some(("retry-after", seconds.to_string())),
        Hint::RetryAfterMillis(millis) => Some(("retry-after-ms", millis.to_string())),
        Hint::Reset(text) => Some(("x-ratelimit-reset-requests", text.to_owned())),
    };
    let mut response = (StatusCode::TOO_MANY_REQUESTS, Json(body)).into_response();
    if let Some((name, value)) = header {
        let value = HeaderValue::from_str(&value).expect("a hint is plain text");
        response.headers_mut().insert(HeaderName::from_static(name), value);
    }
    response
}

pub(super) fn out_of_money(provider: Provider) -> Response {
    match provider {
        Provider::Anthropic | Provider::Gemini | Provider::Together => status(provider, 402),
        Provider::OpenAi | Provider::Compatible => {
            answer(429, &shape(provider, 429, "insufficient_quota", "insufficient_quota", ""))
        }
    }
}

pub(super) fn daily_quota(provider: Provider) -> Response {
    let mut body = shape(provider, 429, "requests_per_day_limit_exceeded", "rate_limit_error", "RESOURCE_EXHAUSTED");
    if provider == Provider::Gemini {
        body["error"]["details"] = json!([violation("GenerateRequestsPerDayPerProjectPerModel-FreeTier")]);
    }
    let mut response = answer(429, &body);
    if provider == Provider::Anthropic {
        response.headers_mut().insert("retry-after", HeaderValue::from_static("40000"));
    }
    response
}

pub(super) fn bad_request(provider: Provider, why: &str) -> Response {
    let mut body = shape(provider, 400, "invalid_value", "invalid_request_error", "INVALID_ARGUMENT");
    body["error"]["message"] = why.into();
    answer(400, &body)
}

pub(super) fn status(provider: Provider, status: u16) -> Response {
    let (openai, anthropic, google) = match status {
        400 => ("invalid_value", "invalid_request_error", "INVALID_ARGUMENT"),
        401 => ("invalid_api_key", "authentication_error", "UNAUTHENTICATED"),
        402 => ("billing_not_active", "billing_error", "FAILED_PRECONDITION"),
        403 => ("unsupported_country_region_territory", "permission_error", "PERMISSION_DENIED"),
        404 => ("model_not_found", "not_found_error", "NOT_FOUND"),
        413 => ("request_too_large", "request_too_large", "INVALID_ARGUMENT"),
        503 => ("service_unavailable", "overloaded_error", "UNAVAILABLE"),
        504 => ("timeout", "timeout_error", "DEADLINE_EXCEEDED"),
        529 => ("overloaded", "overloaded_error", "UNAVAILABLE"),
        _ => ("server_error", "api_error", "INTERNAL"),
    };
    answer(status, &shape(provider, status, openai, anthropic, google))
}

fn shape(provider: Provider, status: u16, openai: &str, anthropic: &str, google: &str) -> Value {
    match provider {
        Provider::Gemini => json!({"error": {"code": status, "message": WORDS, "status": google}}),
        Provider::Anthropic => {
            json!({"type": "error", "error": {"type": anthropic, "message": WORDS}, "request_id": "req_1"})
        }
        _ => json!({"error": {"message": WORDS, "type": anthropic, "param": null, "code": openai}}),
    }
}

fn violation(quota: &str) -> Value {
    json!({"@type": "type.googleapis.com/google.rpc.QuotaFailure",
        "violations": [{"quotaMetric": "generativelanguage.googleapis.com/generate_content_free_tier_requests", "quotaId": quota}]})
}

fn answer(status: u16, body: &Value) -> Response {
    (StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR), Json(body.clone())).into_response()
}
