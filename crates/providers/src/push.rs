//! Web push: telling a browser something while no page is open. What is sent is encrypted to the browser (RFC 8291) and
//! signed by the installation (RFC 8292), so that the service in between can neither read nor forge it.

use aws_lc_rs::{
    aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey},
    agreement::{self, ECDH_P256, PrivateKey, UnparsedPublicKey},
    hmac,
    rand::{SecureRandom, SystemRandom},
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use duka_kernel::Timestamp;
use reqwest::{StatusCode, header};
use serde_json::json;
use url::Url;

use crate::http::Client;

/// The services of the browsers there are. Nothing is sent anywhere else: an address is given by whoever subscribes.
const SERVICES: [&str; 6] = [
    "fcm.googleapis.com",
    "android.googleapis.com",
    "push.services.mozilla.com",
    "push.apple.com",
    "notify.windows.com",
    "push.duckduckgo.com",
];

/// The longest text that fits into a push.
pub const LONGEST: usize = 3000;
/// For how long a service keeps what it cannot pass on yet.
const KEPT_SECONDS: u32 = 12 * 60 * 60;
/// For how long a signature is good.
const SIGNED_SECONDS: i64 = 12 * 60 * 60;
/// The size of a record: one holds all.
const RECORD: u32 = 4096;

/// The keys do not do what they are for; they are not of a browser, or the system has no randomness.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("the keys cannot be used")]
pub struct BadKeys;

/// A browser that wants to be told.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Subscription {
    /// Where its service takes what is for it.
    pub endpoint: Url,
    /// Its public key.
    pub key: Vec<u8>,
    /// The secret it shares with us.
    pub secret: Vec<u8>,
}

impl Subscription {
    /// Reads one as browsers give it, if its service is one that is known.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(endpoint: &str, p256dh: &str, auth: &str) -> Result<Self, &'static str> {
        let endpoint = Url::parse(endpoint).map_err(|_| "the endpoint is no address")?;
        let host = endpoint.host_str().unwrap_or_default();
        let known = SERVICES
            .iter()
            .any(|service| host.strip_suffix(service).is_some_and(|before| before.is_empty() || before.ends_with('.')));
        let plain = endpoint.scheme() == "https" && endpoint.port().is_none() && endpoint.username().is_empty();
        if !known || !plain {
            return Err("the endpoint is of no push service that is known");
        }
        let read = |text: &str| URL_SAFE_NO_PAD.decode(text.trim_end_matches('='));
        let (key, secret) =
            (read(p256dh).map_err(|_| "p256dh is no key")?, read(auth).map_err(|_| "auth is no secret")?);
        if secret.len() != 16 {
            return Err("auth is no secret");
        }
        let subscription = Self { endpoint, key, secret };
        // Only a point of the curve can be encrypted to.
        subscription.encrypt(b"").map_err(|BadKeys| "p256dh is no key")?;
        Ok(subscription)
    }

    /// A text as only this browser reads it.
    ///
    /// # Errors
    /// If the browser's key is none.
    pub fn encrypt(&self, plain: &[u8]) -> Result<Vec<u8>, BadKeys> {
        let mut salt = [0; 16];
        SystemRandom::new().fill(&mut salt).map_err(|_| BadKeys)?;
        self.encrypt_with(plain, &PrivateKey::generate(&ECDH_P256).map_err(|_| BadKeys)?, &salt)
    }

    fn encrypt_with(&self, plain: &[u8], own: &PrivateKey, salt: &[u8; 16]) -> Result<Vec<u8>, BadKeys> {
        let public = own.compute_public_key().map_err(|_| BadKeys)?;
        let browser = UnparsedPublicKey::new(&ECDH_P256, &self.key);
        let shared = agreement::agree(own, browser, BadKeys, |shared| Ok(hash(&self.secret, &[shared])))?;
        let input = hash(shared.as_ref(), &[b"WebPush: info\0", &self.key, public.as_ref(), &[1]]);
        let base = hash(salt, &[input.as_ref()]);
        let key = hash(base.as_ref(), &[b"Content-Encoding: aes128gcm\0\x01"]);
        let nonce = hash(base.as_ref(), &[b"Content-Encoding: nonce\0\x01"]);
        let key = UnboundKey::new(&AES_128_GCM, &key.as_ref()[..16]).map_err(|_| BadKeys)?;
        let nonce = Nonce::try_assume_unique_for_key(&nonce.as_ref()[..12]).map_err(|_| BadKeys)?;
        // The last record ends with a 2.
        let mut record = [plain, &[2]].concat();
        LessSafeKey::new(key).seal_in_place_append_tag(nonce, Aad::empty(), &mut record).map_err(|_| BadKeys)?;
        let length = u8::try_from(public.as_ref().len()).map_err(|_| BadKeys)?;
        Ok([&salt[..], &RECORD.to_be_bytes(), &[length], public.as_ref(), &record].concat())
    }
}

/// HMAC-SHA-256 over some parts in a row.
fn hash(key: &[u8], parts: &[&[u8]]) -> hmac::Tag {
    let mut context = hmac::Context::with_key(&hmac::Key::new(hmac::HMAC_SHA256, key));
    parts.iter().for_each(|part| context.update(part));
    context.sign()
}

/// By what services know the installation.
pub struct Signer(EcdsaKeyPair);

impl Signer {
    /// A new key, to be kept secret.
    ///
    /// # Errors
    /// If the system has no randomness.
    pub fn generate() -> Result<Vec<u8>, BadKeys> {
        let made = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new());
        made.map(|key| key.as_ref().to_vec()).map_err(|_| BadKeys)
    }

    /// By a key that was generated.
    ///
    /// # Errors
    /// If it is none.
    pub fn of(key: &[u8]) -> Result<Self, BadKeys> {
        EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, key).map(Self).map_err(|_| BadKeys)
    }

    /// What browsers are told when they subscribe.
    #[must_use]
    pub fn public_key(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0.public_key().as_ref())
    }

    /// What shows a service that it is us who push.
    fn authorization(&self, endpoint: &Url, contact: &Url, now: Timestamp) -> Result<String, BadKeys> {
        let claims = json!({
            "aud": endpoint.origin().ascii_serialization(),
            "exp": now.0.div_euclid(1000) + SIGNED_SECONDS,
            "sub": contact.as_str(),
        });
        let text = format!(
            "{}.{}",
            URL_SAFE_NO_PAD.encode(r#"{"typ":"JWT","alg":"ES256"}"#),
            URL_SAFE_NO_PAD.encode(claims.to_string())
        );
        let signature = self.0.sign(&SystemRandom::new(), text.as_bytes()).map_err(|_| BadKeys)?;
        let signature = URL_SAFE_NO_PAD.encode(signature.as_ref());
        Ok(format!("vapid t={text}.{signature}, k={}", self.public_key()))
    }
}

/// What came of a push.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Pushed {
    /// The service has it.
    Taken,
    /// The browser wants nothing any more.
    Gone,
    /// The service will not take this, also not later.
    Refused(u16),
}

/// A push that may be tried again.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum PushError {
    /// The service is busy or broken.
    #[error("the push service answered {0}")]
    Busy(u16),
    /// It was not reached.
    #[error("the push service was not reached")]
    Unreached,
    /// Nothing can be encrypted.
    #[error(transparent)]
    Keys(#[from] BadKeys),
}

/// Pushes to browsers.
#[derive(Clone, Debug)]
pub struct Pusher {
    client: Client,
    /// Where all services are, for tests.
    base: Option<Url>,
    contact: Url,
}

impl Pusher {
    /// By a client; `contact` is told to the services, `base` takes the place of all of them.
    #[must_use]
    pub const fn new(client: Client, contact: Url, base: Option<Url>) -> Self {
        Self { client, base, contact }
    }

    /// Pushes a text of at most [`LONGEST`] bytes.
    ///
    /// # Errors
    /// [`PushError`] if it may be tried again.
    pub async fn push(
        &self,
        signer: &Signer,
        to: &Subscription,
        text: &str,
        now: Timestamp,
    ) -> Result<Pushed, PushError> {
        let body = to.encrypt(text.as_bytes())?;
        let authorization = signer.authorization(&to.endpoint, &self.contact, now)?;
        let mut address = to.endpoint.clone();
        if let Some(base) = &self.base {
            address = base.clone();
            address.set_path(to.endpoint.path());
        }
        let request = self
            .client
            .post(address)
            .header(header::AUTHORIZATION, authorization)
            .header(header::CONTENT_ENCODING, "aes128gcm")
            .header(header::CONTENT_TYPE, "application/octet-stream")
            .header("TTL", KEPT_SECONDS)
            .header("Urgency", "high")
            .body(body);
        let answer = request.send().await.map_err(|_| PushError::Unreached)?;
        match answer.status() {
            status if status.is_success() => Ok(Pushed::Taken),
            StatusCode::NOT_FOUND | StatusCode::GONE => Ok(Pushed::Gone),
            StatusCode::TOO_MANY_REQUESTS => Err(PushError::Busy(429)),
            status if status.is_server_error() => Err(PushError::Busy(status.as_u16())),
            status => Ok(Pushed::Refused(status.as_u16())),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey as Verifier};

    use super::*;

    fn bytes(text: &str) -> Vec<u8> {
        URL_SAFE_NO_PAD.decode(text).unwrap()
    }

    /// RFC 8291, section 5.
    #[test]
    fn the_example_of_the_standard_is_encrypted_as_the_standard_says() {
        let to = Subscription {
            endpoint: "https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV".parse().unwrap(),
            key: bytes("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"),
            secret: bytes("BTBZMqHH6r4Tts7J_aSIgg"),
        };
        let own =
            PrivateKey::from_private_key(&ECDH_P256, &bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")).unwrap();
        let salt: [u8; 16] = bytes("DGv6ra1nlYgDCS1FRnbzlw").try_into().unwrap();
        let sealed = to.encrypt_with(b"When I grow up, I want to be a watermelon", &own, &salt).unwrap();
        assert_eq!(
            URL_SAFE_NO_PAD.encode(sealed),
            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_\
             yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
        );
    }

    #[test]
    fn a_signature_is_for_the_service_and_for_half_a_day() {
        let signer = Signer::of(&Signer::generate().unwrap()).unwrap();
        let endpoint = "https://fcm.googleapis.com/fcm/send/abc".parse().unwrap();
        let contact = "https://duka.example/".parse().unwrap();
        let header = signer.authorization(&endpoint, &contact, Timestamp(1_700_000_000_123)).unwrap();
        let (token, key) = header.strip_prefix("vapid t=").unwrap().split_once(", k=").unwrap();
        let (text, signature) = token.rsplit_once('.').unwrap();
        let verifier = Verifier::new(&ECDSA_P256_SHA256_FIXED, bytes(key));
        verifier.verify(text.as_bytes(), &bytes(signature)).unwrap();
        let claims: serde_json::Value = serde_json::from_slice(&bytes(text.split_once('.').unwrap().1)).unwrap();
        assert_eq!(
            claims,
            json!({"aud": "https://fcm.googleapis.com", "exp": 1_700_043_200, "sub": "https://duka.example/"})
        );
    }

    #[test]
    fn only_browsers_own_services_are_sent_to() {
        let key = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
        let read = |endpoint: &str, key: &str, auth: &str| Subscription::read(endpoint, key, auth).is_ok();
        let auth = "BTBZMqHH6r4Tts7J_aSIgg";
        assert!(read("https://fcm.googleapis.com/fcm/send/abc", key, auth));
        assert!(read("https://updates.push.services.mozilla.com/wpush/v2/abc", key, "BTBZMqHH6r4Tts7J_aSIgg=="));
        for wrong in [
            "http://fcm.googleapis.com/x",
            "https://fcm.googleapis.com.evil.example/x",
            "https://evilfcm.googleapis.com/x",
            "https://fcm.googleapis.com:8443/x",
            "https://me@fcm.googleapis.com/x",
            "https://169.254.169.254/latest",
            "https://localhost/x",
            "x",
        ] {
            assert!(!read(wrong, key, auth), "{wrong}");
        }
        assert!(!read("https://fcm.googleapis.com/x", "AAAA", auth));
        assert!(!read("https://fcm.googleapis.com/x", key, "AAAA"));
    }
}
