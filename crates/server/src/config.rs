//! What an operator configures: environment variables, `.env`, or the same keys in `duka.toml`.
//!
//! The environment wins over `.env`, which wins over `duka.toml`. In `duka.toml` a key is written either as
//! the variable (`DUKA_BIND = "…"`) or without the prefix in lower case (`bind = "…"`).

use std::{collections::BTreeMap, net::SocketAddr, num::NonZeroU32, path::PathBuf, time::Duration};

use anyhow::{Context, Result, bail};
use axum::http::HeaderValue;
use duka_kernel::{Clock, Timestamp};
use duka_models::ModelsConfig;
use duka_providers::http::api_base;
use url::Url;

/// The configuration of one process.
#[derive(Clone, Debug)]
pub struct Config {
    /// `DUKA_BIND`: where the server listens. Default `127.0.0.1:8080`.
    pub bind: SocketAddr,
    /// `DUKA_PUBLIC_URL`: what providers are told, and what their signatures are computed over.
    pub public_url: Url,
    /// `DUKA_DATABASE_URL`: `sqlite://path` or `postgres://…`. Default `sqlite://data/duka.db`.
    pub database_url: String,
    /// `DUKA_DATA_DIR`: local media and the generated key. Default `data`.
    pub data_dir: PathBuf,
    /// `DUKA_MEDIA_URL`: `file://…` or `s3://bucket/prefix`. Default a folder in the data directory.
    pub media_url: Option<String>,
    /// `DUKA_MASTER_KEY`: base64 keys; the first encrypts, all decrypt. Made on first start if not given.
    pub master_key: Option<String>,
    /// `DUKA_QUIET_MS`: for how long a burst of messages is gathered. Default 700 ms.
    pub quiet: Duration,
    /// `DUKA_REPLY_BUDGET_MS`: for how long an answer may wait for a language model. Default 8000 ms.
    pub patience: Duration,
    /// `DUKA_TWILIO_API_BASE`: default `https://api.twilio.com`.
    pub twilio_api_base: Url,
    /// `DUKA_PUSH_API_BASE`: in the place of the push services of all browsers, for tests.
    pub push_api_base: Option<Url>,
    /// `DUKA_PAYLINK_API_BASE`: default `https://api.paylink.co.ke`.
    pub paylink_api_base: Url,
    /// `DUKA_LLM_CHAIN`, the keys and addresses of the providers of models, `DUKA_ALLOW_LOCAL_MODELS`.
    pub models: ModelsConfig,
    /// `DUKA_CORS_ORIGINS`: other sites whose pages may call the API, separated by commas. Default none.
    pub cors_origins: Vec<HeaderValue>,
    /// `DUKA_PROXIES`: how many proxies of ours a request comes through. Default 0.
    pub proxies: usize,
    /// `DUKA_API_RATE`: requests a minute that one caller of the API may send. Default 600.
    pub api_rate: NonZeroU32,
    /// `DUKA_SIGNUP`: whether anybody may make an account and a shop. Default `true`.
    pub signup: bool,
    /// `DUKA_CLOCK`: an RFC 3339 time at which the clock stands until the console moves it.
    pub clock: Clock,
    /// `DUKA_LOG`: filter for the log. Default `info` for servers.
    pub log: Option<String>,
    /// `DUKA_LOG_FORMAT`: `json` for machines.
    pub log_json: bool,
}

/// Where values come from, strongest first.
struct Sources {
    dotenv: BTreeMap<String, String>,
    file: BTreeMap<String, String>,
}

impl Sources {
    fn read() -> Result<Self> {
        let dotenv = match dotenvy::dotenv_iter() {
            Ok(pairs) => pairs.collect::<Result<_, _>>().context(".env is not readable: write lines of NAME=value")?,
            Err(error) if error.not_found() => BTreeMap::new(),
            Err(error) => return Err(error).context(".env is not readable"),
        };
        let file = match std::fs::read_to_string("duka.toml") {
            Ok(text) => Self::flat(&text).context("duka.toml is not valid")?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => BTreeMap::new(),
            Err(error) => return Err(error).context("duka.toml is not readable"),
        };
        Ok(Self { dotenv, file })
    }

    fn flat(text: &str) -> Result<BTreeMap<String, String>> {
        let table: toml::Table = text.parse()?;
        let mut flat = BTreeMap::new();
        for (key, value) in table {
            let value = match value {
                toml::Value::String(text) => text,
                toml::Value::Integer(number) => number.to_string(),
                toml::Value::Boolean(flag) => flag.to_string(),
                _ => bail!("{key} has to be a text, a number or true/false"),
            };
            let upper = key.to_uppercase();
            let known_prefix =
                ["DUKA_", "OPENAI_", "GEMINI_", "TOGETHER_", "ANTHROPIC_", "SENTRY_", "LANGFUSE_", "OTEL_"];
            let name = if known_prefix.iter().any(|p| upper.starts_with(p)) { upper } else { format!("DUKA_{upper}") };
            flat.insert(name, value);
        }
        Ok(flat)
    }

    fn get(&self, name: &str) -> Option<String> {
        let found = std::env::var(name).ok().or_else(|| self.dotenv.get(name).or_else(|| self.file.get(name)).cloned());
        found.filter(|value| !value.trim().is_empty())
    }

    fn parsed<T: std::str::FromStr>(&self, name: &str, default: &str, expected: &str) -> Result<T> {
        let text = self.get(name).unwrap_or_else(|| default.to_owned());
        text.parse().map_err(|_| anyhow::anyhow!("{name} is {text:?}, but has to be {expected}"))
    }
}

impl Config {
    /// Reads the configuration of this process.
    ///
    /// # Errors
    /// If a value cannot be read; the message names the variable and what it has to be.
    pub fn read() -> Result<Self> {
        let sources = Sources::read()?;
        let data_dir: PathBuf = sources.parsed("DUKA_DATA_DIR", "data", "a folder")?;
        let clock = match sources.get("DUKA_CLOCK") {
            None => Clock::system(),
            Some(text) => {
                let at: jiff::Timestamp = text.parse().ok().with_context(|| {
                    format!("DUKA_CLOCK is {text:?}, but has to be a time such as 2026-03-04T10:00:00+03:00")
                })?;
                Clock::standing_at(Timestamp::from(at))
            }
        };
        Ok(Self {
            bind: sources.parsed("DUKA_BIND", "127.0.0.1:8080", "an address such as 127.0.0.1:8080")?,
            public_url: sources.parsed(
                "DUKA_PUBLIC_URL",
                "http://localhost:8080",
                "an address such as https://shop.example.co.ke",
            )?,
            database_url: sources
                .get("DUKA_DATABASE_URL")
                .unwrap_or_else(|| format!("sqlite://{}", data_dir.join("duka.db").display())),
            media_url: sources.get("DUKA_MEDIA_URL"),
            master_key: sources.get("DUKA_MASTER_KEY"),
            quiet: Duration::from_millis(sources.parsed("DUKA_QUIET_MS", "700", "a number of milliseconds")?),
            patience: Duration::from_millis(sources.parsed(
                "DUKA_REPLY_BUDGET_MS",
                "8000",
                "a number of milliseconds",
            )?),
            twilio_api_base: sources.parsed("DUKA_TWILIO_API_BASE", "https://api.twilio.com", "an address")?,
            paylink_api_base: sources.parsed("DUKA_PAYLINK_API_BASE", "https://api.paylink.co.ke", "an address")?,
            push_api_base: sources
                .get("DUKA_PUSH_API_BASE")
                .map(|text| api_base(&text).context("DUKA_PUSH_API_BASE"))
                .transpose()?,
            cors_origins: origins(&sources.get("DUKA_CORS_ORIGINS").unwrap_or_default())?,
            proxies: sources.parsed("DUKA_PROXIES", "0", "a number")?,
            api_rate: sources.parsed("DUKA_API_RATE", "600", "a number above 0")?,
            signup: sources.parsed("DUKA_SIGNUP", "true", "true or false")?,
            models: ModelsConfig::read(|name| sources.get(name))?,
            log: sources.get("DUKA_LOG"),
            log_json: sources.get("DUKA_LOG_FORMAT").is_some_and(|format| format == "json"),
            data_dir,
            clock,
        })
    }

    /// What the API goes by.
    pub fn api(&self) -> duka_api::Settings {
        duka_api::Settings {
            origins: self.cors_origins.clone(),
            proxies: self.proxies,
            secure: self.public_url.scheme() == "https",
            rate: self.api_rate,
            signup: self.signup,
        }
    }

    /// An environment value by name, from any source: what `${NAME}` in a shop file stands for.
    pub fn lookup(name: &str) -> Option<String> {
        Sources::read().ok()?.get(name)
    }
}

/// Sites as browsers name them, such as `https://example.co.ke`.
fn origins(text: &str) -> Result<Vec<HeaderValue>> {
    let named = text.split(',').map(str::trim).filter(|origin| !origin.is_empty());
    named
        .map(|text| {
            let url = Url::parse(text).ok().filter(|url| url.origin().is_tuple());
            let url = url.with_context(|| {
                format!("DUKA_CORS_ORIGINS has {text:?}, but has to have sites such as https://example.co.ke")
            })?;
            Ok(HeaderValue::from_str(&url.origin().ascii_serialization())?)
        })
        .collect()
}
