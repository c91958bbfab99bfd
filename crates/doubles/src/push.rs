//! A push service with a browser behind it: takes what is pushed, looks at the signature, and reads it as the browser
//! would.

use std::{
    io,
    sync::{Arc, Mutex, PoisonError},
};

use aws_lc_rs::{
    aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey},
    agreement::{ECDH_P256, PrivateKey, UnparsedPublicKey, agree},
    hkdf::{HKDF_SHA256, KeyType, Salt},
    signature,
};
use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
    routing::post,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::Value;

use crate::server::Server;

/// A running push service for one browser.
pub struct PushDouble {
    server: Server,
    browser: Arc<Browser>,
}

struct Browser {
    key: PrivateKey,
    secret: [u8; 16],
    told: Mutex<Vec<Value>>,
    answer: Mutex<StatusCode>,
}

/// A length of key material.
#[derive(Clone, Copy)]
struct Length(usize);

impl KeyType for Length {
    fn len(&self) -> usize {
        self.0
    }
}

impl PushDouble {
    /// Starts one on a free port.
    ///
    /// # Errors
    /// If there is none.
    ///
    /// # Panics
    /// If the system has no randomness.
    pub async fn start() -> io::Result<Self> {
        let key = PrivateKey::generate(&ECDH_P256).expect("randomness");
        let browser = Browser { key, secret: *b"a shared secret!", told: Mutex::default(), answer: Mutex::new(StatusCode::CREATED) };
        let browser = Arc::new(browser);
        let router = Router::new().route("/{*endpoint}", post(take)).with_state(Arc::clone(&browser));
        Ok(Self { server: Server::start(([127, 0, 0, 1], 0).into(), router).await?, browser })
    }

    /// Where it is.
    #[must_use]
    pub fn base_url(&self) -> String {
        self.server.base_url()
    }

    /// The browser's public key and the secret it shares, as it gives them when it subscribes.
    ///
    /// # Panics
    /// Never: the key was made here.
    #[must_use]
    pub fn keys(&self) -> (String, String) {
        let public = self.browser.key.compute_public_key().expect("a key");
        (URL_SAFE_NO_PAD.encode(public.as_ref()), URL_SAFE_NO_PAD.encode(self.browser.secret))
    }

    /// What is answered from now on.
    ///
    /// # Panics
    /// If it is no status.
    pub fn answer(&self, status: u16) {
        *self.browser.answer.lock().unwrap_or_else(PoisonError::into_inner) =
            StatusCode::from_u16(status).expect("a status");
    }

    /// What the browser was told so far.
    #[must_use]
    pub fn told(&self) -> Vec<Value> {
        self.browser.told.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

async fn take(State(browser): State<Arc<Browser>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let answer = *browser.answer.lock().unwrap_or_else(PoisonError::into_inner);
    if !answer.is_success() {
        return answer;
    }
    let complete = ["ttl", "urgency"].iter().all(|name| headers.contains_key(*name))
        && headers.get("content-encoding").is_some_and(|coding| coding == "aes128gcm");
    if !complete || signed(&headers).is_none() {
        return StatusCode::FORBIDDEN;
    }
    let Some(told) = browser.read(&body) else { return StatusCode::BAD_REQUEST };
    browser.told.lock().unwrap_or_else(PoisonError::into_inner).push(told);
    answer
}

/// That whoever pushes signed it with the key they name.
fn signed(headers: &HeaderMap) -> Option<()> {
    let header = headers.get("authorization")?.to_str().ok()?;
    let (token, key) = header.strip_prefix("vapid t=")?.split_once(", k=")?;
    let (text, signature) = token.rsplit_once('.')?;
    let (key, signature) = (URL_SAFE_NO_PAD.decode(key).ok()?, URL_SAFE_NO_PAD.decode(signature).ok()?);
    let verifier = signature::UnparsedPublicKey::new(&signature::ECDSA_P256_SHA256_FIXED, key);
    verifier.verify(text.as_bytes(), &signature).ok()?;
    let claims = URL_SAFE_NO_PAD.decode(text.split_once('.')?.1).ok()?;
    let claims: Value = serde_json::from_slice(&claims).ok()?;
    (claims["aud"].is_string() && claims["exp"].is_i64() && claims["sub"].is_string()).then_some(())
}

impl Browser {
    /// RFC 8291, read from the other end.
    fn read(&self, body: &[u8]) -> Option<Value> {
        let (salt, rest) = body.split_at_checked(16)?;
        let (_, rest) = rest.split_at_checked(4)?;
        let (length, rest) = rest.split_first()?;
        let (sender, record) = rest.split_at_checked(usize::from(*length))?;
        let own = self.key.compute_public_key().ok()?;
        let expand = |salt: &[u8], input: &[u8], info: &[&[u8]], length: usize| {
            let mut out = vec![0; length];
            Salt::new(HKDF_SHA256, salt).extract(input).expand(info, Length(length)).ok()?.fill(&mut out).ok()?;
            Some(out)
        };
        let input = agree(&self.key, UnparsedPublicKey::new(&ECDH_P256, sender), (), |shared| {
            expand(&self.secret, shared, &[b"WebPush: info\0", own.as_ref(), sender], 32).ok_or(())
        });
        let input = input.ok()?;
        let key = expand(salt, &input, &[b"Content-Encoding: aes128gcm\0"], 16)?;
        let nonce = expand(salt, &input, &[b"Content-Encoding: nonce\0"], 12)?;
        let key = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &key).ok()?);
        let mut record = record.to_vec();
        let nonce = Nonce::try_assume_unique_for_key(&nonce).ok()?;
        let plain = key.open_in_place(nonce, Aad::empty(), &mut record).ok()?;
        serde_json::from_slice(plain.strip_suffix(&[2])?).ok()
    }
}
