//! M-Pesa prompts through PayLink.
//!
//! PayLink publishes no description of this API. What is done here is the shape seen most often, with
//! everything that was seen to differ as a setting: the path, the names of the headers, and whether a
//! bearer token is sent besides them. Its callbacks are read by [`super::parse_callback`].

mod wire;

use std::fmt;

use async_trait::async_trait;
use reqwest::{
    RequestBuilder, Response,
    header::{self, HeaderMap, HeaderName, HeaderValue},
};
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::{GatewayError, PaymentGateway, PaymentStatus, Requested, StkRequest};
use crate::http::{BaseError, NoAnswer, api_base, below, read_at_most};

const ANSWER_LIMIT: usize = 256 * 1024;

/// Where PayLink is reached. Set by the operator (`DUKA_PAYLINK_API_BASE`), never by a shop.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PayLinkConfig {
    /// `https://api.paylink.co.ke`, or a double.
    pub api_base: Url,
}

impl PayLinkConfig {
    /// Where `DUKA_PAYLINK_API_BASE` points.
    ///
    /// # Errors
    /// If it is not the address of a provider, see [`api_base`].
    pub fn at(address: &str) -> Result<Self, BaseError> {
        Ok(Self { api_base: api_base(address)? })
    }
}

impl Default for PayLinkConfig {
    fn default() -> Self {
        Self::at("https://api.paylink.co.ke").expect("the default address is an address")
    }
}

/// A shop's account at PayLink.
#[derive(Clone)]
pub struct PayLinkAccount {
    /// The merchant's name there (`paylink.username`).
    pub username: String,
    /// The key (`paylink.api_key`), usually `plk_live_…`.
    pub api_key: SecretString,
    /// Where prompts are asked for, below the address.
    pub path: String,
    /// The header that carries the key.
    pub api_key_header: String,
    /// The header that carries the merchant's name.
    pub username_header: String,
    /// Whether the key is sent as a bearer token too.
    pub send_bearer: bool,
}

impl PayLinkAccount {
    /// An account with the path and headers that are usual: `/api/v1/stk-push`, `X-API-Key`, `X-Username`
    /// and a bearer token.
    #[must_use]
    pub fn new(username: impl Into<String>, api_key: SecretString) -> Self {
        Self {
            username: username.into(),
            api_key,
            path: "/api/v1/stk-push".into(),
            api_key_header: "X-API-Key".into(),
            username_header: "X-Username".into(),
            send_bearer: true,
        }
    }

    /// The headers that say who asks, marked as sensitive so that no log shows them.
    fn headers(&self) -> Result<HeaderMap, GatewayError> {
        let misconfigured = |what: &str| GatewayError::Misconfigured(format!("{what} cannot be sent as a header"));
        let key = self.api_key.expose_secret();
        let mut headers = HeaderMap::new();
        let own = [
            (&self.api_key_header, key, "paylink.api_key"),
            (&self.username_header, self.username.as_str(), "paylink.username"),
        ];
        for (name, value, setting) in own {
            let name = HeaderName::try_from(name).map_err(|_| misconfigured(&format!("the name {name:?}")))?;
            let mut value = HeaderValue::try_from(value).map_err(|_| misconfigured(setting))?;
            value.set_sensitive(true);
            headers.insert(name, value);
        }
        if self.send_bearer {
            let mut bearer =
                HeaderValue::try_from(format!("Bearer {key}")).map_err(|_| misconfigured("paylink.api_key"))?;
            bearer.set_sensitive(true);
            headers.insert(header::AUTHORIZATION, bearer);
        }
        Ok(headers)
    }
}

impl fmt::Debug for PayLinkAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PayLinkAccount")
            .field("username", &self.username)
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

/// PayLink, for one shop.
#[derive(Clone, Debug)]
pub struct PayLink {
    http: reqwest::Client,
    url: Url,
    headers: HeaderMap,
}

impl PayLink {
    /// A gateway over the process's HTTP client, see [`crate::http::client`].
    ///
    /// # Errors
    /// [`GatewayError::Misconfigured`] if a setting of the account cannot be sent, with its name.
    pub fn new(http: reqwest::Client, config: &PayLinkConfig, account: &PayLinkAccount) -> Result<Self, GatewayError> {
        if account.username.trim().is_empty() || account.api_key.expose_secret().trim().is_empty() {
            return Err(GatewayError::Misconfigured("paylink.username and paylink.api_key must be set".into()));
        }
        if !account.path.starts_with('/') || account.path.contains(['?', '#', '\\']) {
            let why = format!("the path {:?} must begin with / and have no query", account.path);
            return Err(GatewayError::Misconfigured(why));
        }
        Ok(Self { http, url: below(&config.api_base, &account.path), headers: account.headers()? })
    }

    async fn call(&self, request: RequestBuilder) -> Result<Response, NoAnswer> {
        request.headers(self.headers.clone()).send().await.map_err(NoAnswer::read)
    }
}

#[async_trait]
impl PaymentGateway for PayLink {
    async fn request(&self, request: &StkRequest) -> Result<Requested, GatewayError> {
        request.check()?;
        let key = HeaderValue::try_from(&request.idempotency_key)
            .map_err(|_| GatewayError::Misconfigured("the idempotency key cannot be sent as a header".into()))?;
        let call = self.http.post(self.url.clone()).header("Idempotency-Key", key).json(&wire::Push::of(request));
        let response = self.call(call).await.map_err(|error| match error {
            NoAnswer::NotSent(why) => {
                tracing::warn!(error = why, "PayLink could not be reached");
                GatewayError::TryLater
            }
            NoAnswer::MayHaveArrived(why) => GatewayError::Unknown(why),
        })?;
        let status = response.status().as_u16();
        match read_at_most(response, ANSWER_LIMIT).await {
            Ok(body) => wire::read_pushed(status, &body),
            // An error's status is known even if its body is not; a success without a body tells no id.
            Err(_) if status >= 300 => wire::read_pushed(status, &[]),
            Err(error) => Err(GatewayError::Unknown(error.to_string())),
        }
    }

    async fn query(&self, provider_reference: &str) -> Result<PaymentStatus, GatewayError> {
        if provider_reference.trim().is_empty() {
            return Err(GatewayError::Declined("a payment without a provider reference cannot be asked about".into()));
        }
        let mut url = self.url.clone();
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().push(provider_reference);
        }
        let later = |why: &str| {
            tracing::warn!(error = why, "PayLink's status could not be read");
            GatewayError::TryLater
        };
        let response = self.call(self.http.get(url)).await.map_err(|error| {
            let (NoAnswer::NotSent(why) | NoAnswer::MayHaveArrived(why)) = error;
            later(&why)
        })?;
        let status = response.status().as_u16();
        let body = read_at_most(response, ANSWER_LIMIT).await.map_err(|error| later(&error.to_string()))?;
        wire::read_status(status, &body)
    }
}
