//! The one HTTP client of the process, and how its failures are read.

use std::time::Duration;

pub use reqwest::Client;
use reqwest::{Response, header, redirect};
use url::Url;

/// How long a provider may take.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Timeouts {
    /// Until the connection stands, TLS included.
    pub connect: Duration,
    /// For the whole call, the connection and the body of the answer included.
    pub total: Duration,
}

impl Default for Timeouts {
    /// 5 s to connect, 15 s in all.
    fn default() -> Self {
        Self { connect: Duration::from_secs(5), total: Duration::from_secs(15) }
    }
}

/// Makes the client that all providers share: kept-alive connections, TLS by the system's roots, and
/// no redirect followed, because a redirect could carry credentials to another host.
///
/// # Errors
/// If the system's TLS roots cannot be read.
pub fn client(timeouts: Timeouts) -> Result<Client, reqwest::Error> {
    Client::builder()
        .user_agent(concat!("duka/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(timeouts.connect)
        .timeout(timeouts.total)
        .redirect(redirect::Policy::none())
        .pool_idle_timeout(Duration::from_secs(60))
        .tcp_keepalive(Duration::from_secs(30))
        .build()
}

/// What a configured address is not.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{address:?} is not a provider's address: write it like https://api.example.com")]
pub struct BaseError {
    /// What was configured.
    pub address: String,
}

/// Reads an operator's `DUKA_<PROVIDER>_API_BASE`.
///
/// # Errors
/// If it is not an absolute `http` or `https` URL with a host, or carries credentials.
pub fn api_base(address: &str) -> Result<Url, BaseError> {
    let wrong = || BaseError { address: address.to_owned() };
    let url = Url::parse(address.trim()).map_err(|_| wrong())?;
    let is_http = matches!(url.scheme(), "http" | "https") && url.has_host();
    if is_http && url.username().is_empty() && url.password().is_none() { Ok(url) } else { Err(wrong()) }
}

/// The address of `path` (which begins with `/`) below a base, whatever path the base has itself.
pub(crate) fn below(base: &Url, path: &str) -> Url {
    let mut url = base.clone();
    url.set_path(&format!("{}{path}", base.path().trim_end_matches('/')));
    url.set_query(None);
    url.set_fragment(None);
    url
}

/// Why no answer came.
pub(crate) enum NoAnswer {
    /// The provider never saw the request.
    NotSent(String),
    /// The request left, and the connection broke or timed out before the answer.
    MayHaveArrived(String),
}

impl NoAnswer {
    pub(crate) fn read(error: reqwest::Error) -> Self {
        let never_left = error.is_connect() || error.is_builder();
        // The address can hold a customer's phone number, and this text is logged.
        let text = describe(&error.without_url());
        if never_left { Self::NotSent(text) } else { Self::MayHaveArrived(text) }
    }
}

/// The error with its causes: the outermost text alone ("error sending request") helps nobody.
fn describe(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text.push_str(": ");
        text.push_str(&inner.to_string());
        cause = inner.source();
    }
    text
}

/// The wait that an answer asks for. Only the form in seconds is read; it is capped at an hour.
pub(crate) fn retry_after(response: &Response) -> Option<Duration> {
    let seconds: u64 = response.headers().get(header::RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds.min(3_600)))
}

/// Reads an answer of at most `limit` bytes.
pub(crate) async fn read_at_most(mut response: Response, limit: usize) -> Result<Vec<u8>, ReadError> {
    let declared = response.content_length().and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
    if declared > limit {
        return Err(ReadError::TooLong);
    }
    let mut body = Vec::with_capacity(declared);
    while let Some(chunk) = response.chunk().await.map_err(|e| ReadError::Broken(describe(&e.without_url())))? {
        if body.len() + chunk.len() > limit {
            return Err(ReadError::TooLong);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// Why an answer could not be read to its end.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ReadError {
    #[error("the answer is longer than it may be")]
    TooLong,
    #[error("the answer broke off: {0}")]
    Broken(String),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_http_with_a_host_and_no_credentials() {
        assert!(api_base("https://api.twilio.com").is_ok());
        assert!(api_base(" http://127.0.0.1:4010/ ").is_ok());
        for wrong in ["", "api.twilio.com", "ftp://x", "https://user:pw@api.twilio.com", "file:///etc/passwd"] {
            assert!(api_base(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_path_is_put_below_whatever_path_the_base_has() {
        let at = |base: &str| below(&api_base(base).unwrap(), "/v1/x").to_string();
        assert_eq!(at("https://a.example"), "https://a.example/v1/x");
        assert_eq!(at("https://a.example/gateway/"), "https://a.example/gateway/v1/x");
    }
}
