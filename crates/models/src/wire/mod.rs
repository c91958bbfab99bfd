//! How providers are spoken to. Each file below knows one way of speaking, as pure functions from a question to a body and from
//! a body to an answer; here is the one place that sends and receives.

mod address;
mod anthropic;
mod gemini;
mod openai;
mod sound;
mod text;
mod vectors;

use std::time::Duration;

use base64::{Engine, engine::general_purpose::STANDARD};
use reqwest::{
    Client, RequestBuilder,
    header::{AUTHORIZATION, HeaderName, HeaderValue},
    redirect,
};
use secrecy::ExposeSecret;
use serde_json::Value;
use url::Url;

pub use self::address::check_own_address;
pub(crate) use self::{
    address::is_local,
    sound::millis,
    text::{json_in, tokens},
};
use crate::{Ask, Embeddable, FailureKind, Provider, Recording, Usage, failure::Failure, tier::Tier};

/// The longest answer in words that is read.
const WORDS_LIMIT: usize = 1 << 20;

/// The longest answer in vectors that is read: a hundred of the longest there are.
const VECTORS_LIMIT: usize = 16 << 20;

/// As much of an error as is read.
const ERROR_LIMIT: usize = 64 << 10;

/// An answer, and what it used, if the provider says so.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Answered<T> {
    pub value: T,
    pub usage: Option<Usage>,
}

/// The clients that reach providers.
pub(crate) struct Wire {
    /// For addresses that the operator chose.
    open: Client,
    /// For addresses that a shop chose: it connects to public ones alone.
    guarded: Client,
}

impl Wire {
    pub fn new() -> Result<Self, reqwest::Error> {
        Ok(Self { open: builder().build()?, guarded: builder().no_proxy().dns_resolver(address::PublicOnly).build()? })
    }

    /// Asks for words.
    pub async fn chat(&self, tier: &Tier, ask: &Ask) -> Result<Answered<String>, Failure> {
        let (path, body) = match tier.model.provider {
            Provider::Gemini => (gemini::path(tier, "generateContent"), gemini::question(tier, ask)),
            Provider::Anthropic => ("messages".into(), anthropic::question(tier, ask)),
            Provider::OpenAi | Provider::Together | Provider::Compatible => {
                ("chat/completions".into(), openai::question(tier, ask))
            }
        };
        let answer = self.post(tier, &path, |request| request.json(&body), WORDS_LIMIT).await?;
        let said = read_words(tier.model.provider, &answer)?;
        if ask.schema.is_none() {
            return Ok(said);
        }
        match json_in(&said.value) {
            Some(json) => Ok(Answered { value: json.to_owned(), usage: said.usage }),
            None => Err(Failure::of_answer(FailureKind::Malformed, said.usage, "the answer holds no JSON")),
        }
    }

    /// Has a recording written down.
    pub async fn transcribe(&self, tier: &Tier, recording: &Recording) -> Result<Answered<String>, Failure> {
        if tier.model.provider == Provider::Gemini {
            let (path, body) = (gemini::path(tier, "generateContent"), sound::question(tier, recording));
            let answer = self.post(tier, &path, |request| request.json(&body), WORDS_LIMIT).await?;
            return gemini::read(&answer, true);
        }
        let form = sound::form(tier, recording)?;
        let answer = self.post(tier, "audio/transcriptions", |request| request.multipart(form), WORDS_LIMIT).await?;
        sound::read(&answer)
    }

    /// Places things among their likes: one vector of length one for each, in order.
    pub async fn embed(&self, tier: &Tier, items: &[Embeddable]) -> Result<Answered<Vec<Vec<f32>>>, Failure> {
        let (path, body) = match tier.model.provider {
            Provider::Gemini => (gemini::path(tier, "batchEmbedContents"), vectors::gemini_question(tier, items)),
            _ => ("embeddings".into(), vectors::openai_question(tier, items)),
        };
        let answer = self.post(tier, &path, |request| request.json(&body), VECTORS_LIMIT).await?;
        vectors::read(tier.model.provider, &answer, items.len(), tier.known.dimensions)
    }

    async fn post(
        &self,
        tier: &Tier,
        path: &str,
        fill: impl FnOnce(RequestBuilder) -> RequestBuilder,
        limit: usize,
    ) -> Result<Value, Failure> {
        let client = if tier.is_guarded { &self.guarded } else { &self.open };
        if tier.is_guarded && !address::is_allowed(&tier.base) {
            return Err(Failure::new(FailureKind::Misconfigured, "the address is not a public one over https"));
        }
        let mut request = client.post(below(&tier.base, path));
        if tier.model.provider == Provider::Anthropic {
            request = request.header("anthropic-version", anthropic::VERSION);
        }
        if let Some((name, value)) = credential(tier)? {
            request = request.header(name, value);
        }
        let connection = |error: reqwest::Error| Failure::of_connection(&error, address::was_refused(&error));
        let response = fill(request).send().await.map_err(connection)?;
        let (status, headers) = (response.status(), response.headers().clone());
        if !status.is_success() {
            let (body, _) = read_at_most(response, ERROR_LIMIT).await.map_err(connection)?;
            return Err(Failure::of_status(status.as_u16(), &headers, &body));
        }
        let (body, is_whole) = read_at_most(response, limit).await.map_err(connection)?;
        let malformed = |note: &str| Failure::of_answer(FailureKind::Malformed, None, note);
        if !is_whole {
            return Err(malformed("the answer is too long"));
        }
        serde_json::from_slice(&body).map_err(|_| malformed("the answer is not JSON"))
    }
}

/// What a provider's answer in words says.
pub(crate) fn read_words(provider: Provider, answer: &Value) -> Result<Answered<String>, Failure> {
    match provider {
        Provider::Gemini => gemini::read(answer, false),
        Provider::Anthropic => anthropic::read(answer),
        Provider::OpenAi | Provider::Together | Provider::Compatible => openai::read(answer),
    }
}

/// Every reader of what comes from outside, on any bytes: none may panic, whatever they are.
pub(crate) fn read_anything(bytes: &[u8]) {
    let _ = Failure::of_status(429, &reqwest::header::HeaderMap::new(), bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        let _ = json_in(text);
    }
    let _ = sound::millis(bytes);
    let Ok(answer) = serde_json::from_slice::<Value>(bytes) else { return };
    let _ = sound::read(&answer);
    for provider in Provider::ALL {
        let _ = read_words(provider, &answer);
        let _ = vectors::read(provider, &answer, 1, None);
    }
}

fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// No redirect is followed: it could carry a key to another host. Answers are not unpacked: a small one could become huge.
fn builder() -> reqwest::ClientBuilder {
    Client::builder()
        .user_agent(concat!("duka/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(Duration::from_secs(5))
        .redirect(redirect::Policy::none())
        .pool_idle_timeout(Duration::from_secs(60))
        .tcp_keepalive(Duration::from_secs(30))
        .no_gzip()
        .no_brotli()
        .no_deflate()
        .no_zstd()
}

/// The header that carries the key; a key never is part of an address.
fn credential(tier: &Tier) -> Result<Option<(HeaderName, HeaderValue)>, Failure> {
    let Some(key) = tier.key.as_ref().map(ExposeSecret::expose_secret).filter(|key| !key.is_empty()) else {
        return Ok(None);
    };
    let (name, value) = match tier.model.provider {
        Provider::Gemini => (HeaderName::from_static("x-goog-api-key"), key.to_owned()),
        Provider::Anthropic => (HeaderName::from_static("x-api-key"), key.to_owned()),
        Provider::OpenAi | Provider::Together | Provider::Compatible => (AUTHORIZATION, format!("Bearer {key}")),
    };
    let wrong = |_| Failure::new(FailureKind::Misconfigured, "the key holds characters that no key has");
    let mut value = HeaderValue::from_str(&value).map_err(wrong)?;
    value.set_sensitive(true);
    Ok(Some((name, value)))
}

/// The address of a path below a base, whatever path the base has itself.
fn below(base: &Url, path: &str) -> Url {
    let mut url = base.clone();
    url.set_path(&format!("{}/{path}", base.path().trim_end_matches('/')));
    url
}

/// At most so many bytes of an answer, and whether that is all of it.
async fn read_at_most(mut response: reqwest::Response, limit: usize) -> Result<(Vec<u8>, bool), reqwest::Error> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        let room = limit - body.len();
        body.extend_from_slice(&chunk[..chunk.len().min(room)]);
        if chunk.len() > room {
            return Ok((body, false));
        }
    }
    Ok((body, true))
}
