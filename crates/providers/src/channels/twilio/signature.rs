//! Whether a webhook really comes from Twilio: `X-Twilio-Signature` (Twilio, "Webhooks security").
//!
//! Signed is the full public URL followed by every form field, sorted by name. A JSON body is not
//! appended; its SHA-256 stands in the URL as `bodySHA256` instead.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha1::Sha1;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// How a request is signed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Algorithm {
    /// With the account's Auth Token.
    HmacSha1,
    /// With a shared key of the account's webhook settings.
    HmacSha256,
}

/// A key made in the account's webhook settings.
#[derive(Clone, Debug)]
pub struct SharedKey {
    /// Its name, `webhooks_sharedkey_…`, which requests carry.
    pub id: String,
    /// The key itself.
    pub secret: SecretString,
}

/// The keys with which one account's webhooks may be signed.
#[derive(Clone, Debug)]
pub struct SigningKeys {
    /// Signs with HMAC-SHA1 when a request names no shared key.
    pub auth_token: SecretString,
    /// Signs with HMAC-SHA256 when a request names it. Two while keys are being changed.
    pub shared: Vec<SharedKey>,
    /// Refuses HMAC-SHA1, whatever the request says, once the account has moved to shared keys.
    pub only_shared: bool,
}

impl SigningKeys {
    /// An account that signs with its Auth Token.
    #[must_use]
    pub const fn auth_token(auth_token: SecretString) -> Self {
        Self { auth_token, shared: Vec::new(), only_shared: false }
    }

    /// The algorithm and key that this request must be signed with. What the request says can only
    /// choose among the account's own keys, never weaken an account that is pinned to shared ones.
    fn choose(&self, settings: Option<&str>) -> Result<(Algorithm, &SecretString), SignatureError> {
        let Some(settings) = settings else {
            let pinned = self.only_shared;
            return if pinned { Err(SignatureError::Downgrade) } else { Ok((Algorithm::HmacSha1, &self.auth_token)) };
        };
        let value = |name: &str| {
            let mut named = settings.split(',').filter_map(|part| part.split_once('='));
            named.find(|(n, _)| n.trim().eq_ignore_ascii_case(name)).map(|(_, v)| v.trim())
        };
        if value("algorithm") != Some("HMAC_SHA256") {
            return Err(SignatureError::UnknownAlgorithm);
        }
        let id = value("key").ok_or(SignatureError::UnknownKey)?;
        let key = self.shared.iter().find(|key| key.id == id).ok_or(SignatureError::UnknownKey)?;
        Ok((Algorithm::HmacSha256, &key.secret))
    }
}

/// What was received in the body, as far as it is signed.
#[derive(Clone, Copy, Debug)]
pub enum Payload<'a> {
    /// The decoded form fields; none for `GET`.
    Form(&'a [(String, String)]),
    /// The raw bytes of anything else; the URL must carry their hash.
    Raw(&'a [u8]),
}

/// A request as it arrived.
#[derive(Clone, Copy, Debug)]
pub struct SignedRequest<'a> {
    /// The URL as configured at Twilio: the public scheme, host, path and raw query.
    pub url: &'a str,
    /// The body.
    pub payload: Payload<'a>,
    /// The `X-Twilio-Signature` header.
    pub signature: Option<&'a str>,
    /// The `X-Twilio-Webhooks-Signature-Settings` header.
    pub settings: Option<&'a str>,
}

/// Why a request is not believed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum SignatureError {
    /// No `X-Twilio-Signature`.
    #[error("the request is not signed")]
    Missing,
    /// The account accepts shared keys only, and the request names none.
    #[error("the request is signed the old way, and this account takes only shared keys")]
    Downgrade,
    /// Not HMAC_SHA256.
    #[error("the request names a signature algorithm that is not known")]
    UnknownAlgorithm,
    /// A key that is not among the account's.
    #[error("the request names a shared key that this account does not have")]
    UnknownKey,
    /// The body is not the one that `bodySHA256` in the URL stands for, or the URL has none.
    #[error("the body does not have the hash that was signed")]
    BodyHash,
    /// Another key, URL or field.
    #[error("the signature does not match: check the Auth Token and that DUKA_PUBLIC_URL is what Twilio calls")]
    Mismatch,
}

/// Checks a request against an account's keys.
///
/// # Errors
/// If it was not signed by Twilio for this URL, body and account.
pub fn verify(keys: &SigningKeys, request: &SignedRequest<'_>) -> Result<(), SignatureError> {
    let signature = request.signature.map(str::trim).filter(|s| !s.is_empty()).ok_or(SignatureError::Missing)?;
    let (algorithm, key) = keys.choose(request.settings)?;
    let fields: &[(String, String)] = match request.payload {
        Payload::Form(fields) => fields,
        Payload::Raw(body) => {
            check_body_hash(request.url, body)?;
            &[]
        }
    };
    // Every form is tried, so that the time taken does not tell which one matched.
    let mut matches = subtle::Choice::from(0);
    for url in url_forms(request.url) {
        let expected = sign(algorithm, key, &url, fields);
        matches |= expected.as_bytes().ct_eq(signature.as_bytes());
    }
    if matches.into() { Ok(()) } else { Err(SignatureError::Mismatch) }
}

/// The signature that Twilio puts on a request: base64 of the HMAC over URL and fields. The URL is
/// taken as written, without its fragment.
#[must_use]
pub fn sign(algorithm: Algorithm, key: &SecretString, url: &str, fields: &[(String, String)]) -> String {
    let mut signed = without_fragment(url).to_owned();
    let mut sorted: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (name, value) in fields {
        sorted.entry(name).or_default().insert(value);
    }
    for (name, values) in sorted {
        for value in values {
            signed.push_str(name);
            signed.push_str(value);
        }
    }
    let key = key.expose_secret().as_bytes();
    match algorithm {
        Algorithm::HmacSha1 => STANDARD.encode(mac::<Hmac<Sha1>>(key, signed.as_bytes())),
        Algorithm::HmacSha256 => STANDARD.encode(mac::<Hmac<Sha256>>(key, signed.as_bytes())),
    }
}

fn mac<M: Mac + KeyInit>(key: &[u8], text: &[u8]) -> Vec<u8> {
    let mut mac = <M as KeyInit>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(text);
    mac.finalize().into_bytes().to_vec()
}

fn check_body_hash(url: &str, body: &[u8]) -> Result<(), SignatureError> {
    let query = without_fragment(url).split_once('?').map_or("", |(_, query)| query);
    let signed = url::form_urlencoded::parse(query.as_bytes())
        .find(|(name, _)| name == "bodySHA256")
        .map(|(_, value)| value)
        .ok_or(SignatureError::BodyHash)?;
    let actual = Sha256::digest(body).iter().fold(String::with_capacity(64), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    });
    if actual.as_bytes().ct_eq(signed.as_bytes()).into() { Ok(()) } else { Err(SignatureError::BodyHash) }
}

fn without_fragment(url: &str) -> &str {
    url.split_once('#').map_or(url, |(url, _)| url)
}

/// The URL with a port and without one. Twilio signs either, depending on the kind of request, and its
/// own libraries accept both; a proxy in front of us hides which was used.
fn url_forms(url: &str) -> [String; 2] {
    let url = without_fragment(url);
    let Some((scheme, rest)) = url.split_once("://") else { return [url.to_owned(), url.to_owned()] };
    let (authority, path) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
    let host_from = authority.rfind(['@', ']']).map_or(0, |i| i + 1);
    let port_from = authority[host_from..].rfind(':').map(|i| host_from + i);
    let default_port = if scheme.eq_ignore_ascii_case("https") { 443 } else { 80 };
    match port_from {
        Some(at) => [url.to_owned(), format!("{scheme}://{}{path}", &authority[..at])],
        None => [url.to_owned(), format!("{scheme}://{authority}:{default_port}{path}")],
    }
}

#[cfg(test)]
#[path = "signature_tests.rs"]
mod tests;
