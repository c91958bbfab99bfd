//! Downloading what a customer sent.
//!
//! The address comes out of a webhook and is answered by redirects, so every address is checked before
//! it is called, and the account's credentials are only shown to Twilio itself.

use std::time::Duration;

use bytes::Bytes;
use reqwest::{Response, StatusCode, header};
use url::Url;

use super::{Twilio, TwilioAccount, inbound::essence};
use crate::http::{NoAnswer, ReadError, read_at_most, retry_after};

/// 16 MiB: the most that WhatsApp passes on.
pub const DEFAULT_MEDIA_LIMIT: usize = 16 * 1024 * 1024;

const REDIRECTS_AT_MOST: usize = 3;

/// A downloaded file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Media {
    /// The file. Its type is only what was announced: look at the bytes before believing it.
    pub bytes: Bytes,
    /// As announced, in lower case and without parameters.
    pub content_type: String,
}

/// Why a file was not downloaded.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum MediaError {
    /// It has more bytes than may be.
    #[error("the file is larger than {limit} bytes")]
    TooLarge {
        /// The limit that was given.
        limit: usize,
    },
    /// It is announced as something that was not asked for.
    #[error("the file is {0:?}, which is not wanted here")]
    WrongType(String),
    /// Twilio no longer has it.
    #[error("the file is no longer there")]
    Gone,
    /// The same again later.
    #[error("the file cannot be had now")]
    TryLater(Option<Duration>),
    /// An address that is not Twilio's: never called.
    #[error("the file is at {0}, where Twilio keeps none")]
    ForeignAddress(String),
    /// The account's credentials do not work.
    #[error("Twilio refused the account's credentials for the file: check twilio.auth_token")]
    Misconfigured,
    /// An answer that no rule of Twilio's explains.
    #[error("the file was refused with HTTP {0}")]
    Refused(u16),
}

impl Twilio {
    /// Downloads the file at an address out of [`super::MediaRef`]. `accepted` are beginnings of content
    /// types (`image/`, `audio/ogg`), all if empty; `limit` is in bytes, see [`DEFAULT_MEDIA_LIMIT`].
    ///
    /// # Errors
    /// See [`MediaError`].
    pub async fn download(
        &self,
        account: &TwilioAccount,
        address: &str,
        accepted: &[&str],
        limit: usize,
    ) -> Result<Media, MediaError> {
        let response = self.follow(account, address).await?;
        let wait = retry_after(&response);
        match response.status() {
            status if status.is_success() => read(response, accepted, limit).await,
            StatusCode::NOT_FOUND | StatusCode::GONE => Err(MediaError::Gone),
            StatusCode::UNAUTHORIZED => Err(MediaError::Misconfigured),
            // The storage that Twilio redirects to refuses a link that has expired; the next is fresh.
            StatusCode::FORBIDDEN | StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS => {
                Err(MediaError::TryLater(wait))
            }
            status if status.is_server_error() => Err(MediaError::TryLater(wait)),
            status => Err(MediaError::Refused(status.as_u16())),
        }
    }

    /// Calls the address and what it redirects to, each only if Twilio keeps files there.
    async fn follow(&self, account: &TwilioAccount, address: &str) -> Result<Response, MediaError> {
        let foreign = |address: &str| MediaError::ForeignAddress(address.chars().take(100).collect());
        let mut url = Url::parse(address).map_err(|_| foreign(address))?;
        for _ in 0..=REDIRECTS_AT_MOST {
            if !keeps_files(&url, &self.config.api_base) {
                return Err(foreign(url.host_str().unwrap_or(address)));
            }
            let mut request = self.http.get(url.clone());
            if takes_credentials(&url, &self.config.api_base) {
                request = request.header(header::AUTHORIZATION, account.authorization());
            }
            let response = request.send().await.map_err(|error| {
                let (NoAnswer::NotSent(why) | NoAnswer::MayHaveArrived(why)) = NoAnswer::read(error);
                tracing::warn!(error = why, "a file could not be downloaded from Twilio");
                MediaError::TryLater(None)
            })?;
            if !response.status().is_redirection() {
                return Ok(response);
            }
            let target = response.headers().get(header::LOCATION).and_then(|value| value.to_str().ok());
            let status = response.status().as_u16();
            url = target.and_then(|target| url.join(target).ok()).ok_or(MediaError::Refused(status))?;
        }
        Err(MediaError::Refused(StatusCode::LOOP_DETECTED.as_u16()))
    }
}

async fn read(response: Response, accepted: &[&str], limit: usize) -> Result<Media, MediaError> {
    let announced = response.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let content_type = essence(announced.unwrap_or_default()).into_owned();
    if !accepted.is_empty() && !accepted.iter().any(|wanted| content_type.starts_with(wanted)) {
        return Err(MediaError::WrongType(content_type));
    }
    match read_at_most(response, limit).await {
        Ok(bytes) => Ok(Media { bytes: bytes.into(), content_type }),
        Err(ReadError::TooLong) => Err(MediaError::TooLarge { limit }),
        Err(ReadError::Broken(why)) => {
            tracing::warn!(error = why, "a file broke off while it was downloaded from Twilio");
            Err(MediaError::TryLater(None))
        }
    }
}

/// Whether the address is the configured API's own, or one where Twilio keeps files, over TLS. Everything
/// else could be made to reach inside our own network.
fn keeps_files(url: &Url, api_base: &Url) -> bool {
    if !url.username().is_empty() || url.password().is_some() {
        return false;
    }
    if url.origin() == api_base.origin() {
        return true;
    }
    let over_tls = url.scheme() == "https" && url.port().is_none();
    let Some(host) = url.domain().filter(|_| over_tls) else { return false };
    let is_of = |domain: &str| host.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    // The storage behind Twilio's older links: the host is everybody's, the folder is Twilio's.
    let in_bucket = host == "s3-external-1.amazonaws.com" && url.path().starts_with("/media.twiliocdn.com/");
    is_of("twilio.com") || is_of("twiliocdn.com") || in_bucket
}

/// Whether the address may be shown the account's token: only the API itself, never its storage.
fn takes_credentials(url: &Url, api_base: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let is_api = host == "api.twilio.com" || (host.starts_with("api.") && host.ends_with(".twilio.com"));
    url.origin() == api_base.origin() || (is_api && url.scheme() == "https")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn files_are_fetched_from_twilio_and_from_nowhere_else() {
        let base = url("https://api.twilio.com");
        for ours in [
            "https://api.twilio.com/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1",
            "https://api.dublin.ie1.twilio.com/x",
            "https://mms.twiliocdn.com/AC1/x?token=1",
            "https://media.twiliocdn.com/x",
            "https://s3-external-1.amazonaws.com/media.twiliocdn.com/AC1/x",
        ] {
            assert!(keeps_files(&url(ours), &base), "{ours}");
        }
        for other in [
            "http://api.twilio.com/x",
            "https://api.twilio.com:8443/x",
            "https://user:pw@api.twilio.com/x",
            "https://eviltwilio.com/x",
            "https://twilio.com.evil.example/x",
            "https://evil.example/?twilio.com",
            "https://s3-external-1.amazonaws.com/other/media.twiliocdn.com/x",
            "http://127.0.0.1/x",
            "http://169.254.169.254/latest/meta-data/",
            "https://[::1]/x",
            "file:///etc/passwd",
        ] {
            assert!(!keeps_files(&url(other), &base), "{other}");
        }
    }

    #[test]
    fn a_configured_address_is_trusted_down_to_its_port() {
        let base = url("http://127.0.0.1:4010");
        assert!(keeps_files(&url("http://127.0.0.1:4010/x"), &base));
        assert!(!keeps_files(&url("http://127.0.0.1:4011/x"), &base));
        assert!(!keeps_files(&url("http://localhost:4010/x"), &base));
    }

    #[test]
    fn the_token_is_shown_to_the_api_and_not_to_its_storage() {
        let base = url("https://api.twilio.com");
        assert!(takes_credentials(&url("https://api.twilio.com/x"), &base));
        assert!(takes_credentials(&url("https://api.dublin.ie1.twilio.com/x"), &base));
        for storage in ["https://mms.twiliocdn.com/x", "https://media.twilio.com/x", "http://api.twilio.com/x"] {
            assert!(!takes_credentials(&url(storage), &base), "{storage}");
        }
    }
}
