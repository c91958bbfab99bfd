//! Encryption of what shops and customers entrust: AES-256-GCM under a master key, and keyed hashes for look-ups.
//!
//! A ciphertext is `key id (4 bytes) ‖ nonce (12) ‖ AES-GCM output`, with shop and column as associated data, so
//! that a value cannot be moved to another shop or column. The key id names the master key, so several can be in use
//! while rows are rotated to a new one. The key for look-ups is random, made once for an installation and kept
//! encrypted in it: hashes survive a rotation of the master key.

use std::{fmt, fs, io::Write, path::Path, sync::OnceLock};

use aes_gcm::{
    Aes256Gcm, KeyInit, Nonce,
    aead::{Aead, Payload},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::StoreError;

/// The file in the data directory that holds the master key where no setting gives one.
pub const KEY_FILE: &str = "master.key";

const ID_LENGTH: usize = 4;
const NONCE_LENGTH: usize = 12;

/// The master keys of an installation. The first encrypts; all decrypt.
#[derive(Clone)]
pub struct Keyring(Vec<MasterKey>);

#[derive(Clone)]
struct MasterKey {
    id: [u8; ID_LENGTH],
    cipher: Aes256Gcm,
}

impl fmt::Debug for Keyring {
    /// Only the key ids, which are public.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter().map(|key| hex(&key.id))).finish()
    }
}

impl Keyring {
    /// Reads `DUKA_MASTER_KEY`: 32 bytes in base64, or several separated by commas.
    ///
    /// # Errors
    /// If there is no key, or one is not 32 bytes in base64.
    pub fn parse(setting: &str) -> Result<Self, StoreError> {
        let keys = setting.split(',').map(str::trim).filter(|text| !text.is_empty());
        let keys = keys.map(MasterKey::parse).collect::<Result<Vec<_>, _>>()?;
        if keys.is_empty() { Err(bad_key()) } else { Ok(Self(keys)) }
    }

    /// The keys of the setting, or without one those of the data directory, as [`Keyring::load_or_create`] gives them.
    ///
    /// # Errors
    /// As [`Keyring::parse`] and [`Keyring::load_or_create`].
    pub fn load(setting: Option<&str>, data_dir: &Path) -> Result<Self, StoreError> {
        setting.map_or_else(|| Self::load_or_create(data_dir), Self::parse)
    }

    /// Reads the key file of a data directory, or makes it with a new random key that only its owner can read.
    ///
    /// # Errors
    /// If the file cannot be read or written, or does not hold a key.
    pub fn load_or_create(data_dir: &Path) -> Result<Self, StoreError> {
        let path = data_dir.join(KEY_FILE);
        let failed = |what: &str, e: std::io::Error| {
            StoreError::Unavailable(format!("cannot {what} the master key at {}: {e}", path.display()))
        };
        match fs::read_to_string(&path) {
            Ok(text) => return Self::parse(text.trim()),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {}
            Err(e) => return Err(failed("read", e)),
        }
        fs::create_dir_all(data_dir).map_err(|e| failed("write", e))?;
        let text = STANDARD.encode(random::<32>()?);
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        match options.open(&path) {
            Ok(mut file) => {
                file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(|e| failed("write", e))?;
                Self::parse(&text)
            }
            // Another process of this installation made it a moment ago.
            Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => {
                Self::parse(&fs::read_to_string(&path).map_err(|e| failed("read", e))?)
            }
            Err(e) => Err(failed("write", e)),
        }
    }

    /// The id of the key that encrypts now.
    pub(crate) fn current_id(&self) -> [u8; ID_LENGTH] {
        self.0[0].id
    }

    /// Encrypts a value of a column (`table.column`) of a shop; the nil id is the installation itself.
    pub(crate) fn seal(&self, tenant: Uuid, column: &str, plain: &[u8]) -> Result<Vec<u8>, StoreError> {
        let key = &self.0[0];
        let nonce = random::<NONCE_LENGTH>()?;
        let aad = associated_data(tenant, column);
        let sealed = key
            .cipher
            .encrypt(&Nonce::from(nonce), Payload { msg: plain, aad: &aad })
            .map_err(|_| StoreError::Corrupt(format!("a value of {column} is too long to encrypt")))?;
        let mut out = Vec::with_capacity(ID_LENGTH + NONCE_LENGTH + sealed.len());
        out.extend_from_slice(&key.id);
        out.extend_from_slice(&nonce);
        out.extend_from_slice(&sealed);
        Ok(out)
    }

    /// Decrypts what [`Keyring::seal`] gave for the same shop and column.
    pub(crate) fn open(&self, tenant: Uuid, column: &str, stored: &[u8]) -> Result<Vec<u8>, StoreError> {
        let damaged = || StoreError::Corrupt(format!("a value of {column} was changed outside Duka or is damaged"));
        let (id, rest) = stored.split_at_checked(ID_LENGTH).ok_or_else(damaged)?;
        let (nonce, sealed) = rest.split_at_checked(NONCE_LENGTH).ok_or_else(damaged)?;
        let key = self.0.iter().find(|key| key.id == id).ok_or_else(|| {
            StoreError::Corrupt(format!(
                "a value of {column} was encrypted with master key {}, which is not among those given; \
                 add it to DUKA_MASTER_KEY or restore {KEY_FILE}",
                hex(id)
            ))
        })?;
        let nonce: [u8; NONCE_LENGTH] = nonce.try_into().map_err(|_| damaged())?;
        let aad = associated_data(tenant, column);
        key.cipher.decrypt(&Nonce::from(nonce), Payload { msg: sealed, aad: &aad }).map_err(|_| damaged())
    }
}

impl MasterKey {
    fn parse(text: &str) -> Result<Self, StoreError> {
        let bytes = STANDARD.decode(text).map_err(|_| bad_key())?;
        if bytes.len() != 32 {
            return Err(bad_key());
        }
        let mut id = [0; ID_LENGTH];
        id.copy_from_slice(&Sha256::digest(&bytes)[..ID_LENGTH]);
        Ok(Self { id, cipher: Aes256Gcm::new_from_slice(&bytes).map_err(|_| bad_key())? })
    }
}

fn bad_key() -> StoreError {
    StoreError::Unavailable("DUKA_MASTER_KEY has to be 32 bytes in base64, or several separated by commas".into())
}

fn associated_data(tenant: Uuid, column: &str) -> Vec<u8> {
    [tenant.as_bytes(), column.as_bytes()].concat()
}

pub(crate) fn random<const N: usize>() -> Result<[u8; N], StoreError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)
        .map_err(|e| StoreError::Unavailable(format!("the system gives no random numbers: {e}")))?;
    Ok(bytes)
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The keys of an open store: the master keys, and the key for look-ups once the database has given it.
pub(crate) struct Secrets {
    pub keyring: Keyring,
    pub lookup: OnceLock<[u8; 32]>,
}

impl Secrets {
    /// A hash by which an encrypted value can be found again; another key or shop gives another hash.
    pub fn hash(&self, tenant: Uuid, column: &str, value: &str) -> Result<Vec<u8>, StoreError> {
        let key = self.lookup.get().ok_or_else(|| {
            StoreError::Unavailable("the database is not prepared for this version: run `duka migrate`".into())
        })?;
        let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(key).expect("HMAC takes a key of any length");
        mac.update(tenant.as_bytes());
        mac.update(column.as_bytes());
        mac.update(&[0]);
        mac.update(value.as_bytes());
        Ok(mac.finalize().into_bytes().to_vec())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    const A: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    const B: &str = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";

    #[test]
    fn a_value_is_read_back_only_in_its_own_shop_and_column() {
        let keys = Keyring::parse(A).unwrap();
        let (shop, other) = (Uuid::now_v7(), Uuid::now_v7());
        let sealed = keys.seal(shop, "customers.phone", b"254712345678").unwrap();
        assert!(!sealed.windows(12).any(|w| w == b"254712345678"));
        assert_eq!(keys.open(shop, "customers.phone", &sealed).unwrap(), b"254712345678");
        assert!(keys.open(other, "customers.phone", &sealed).is_err());
        assert!(keys.open(shop, "customers.name", &sealed).is_err());
    }

    #[test]
    fn the_first_key_encrypts_and_every_key_decrypts() {
        let shop = Uuid::now_v7();
        let old = Keyring::parse(A).unwrap().seal(shop, "c", b"x").unwrap();
        let both = Keyring::parse(&format!("{B}, {A}")).unwrap();
        assert_eq!(both.open(shop, "c", &old).unwrap(), b"x");
        let new = both.seal(shop, "c", b"x").unwrap();
        assert_eq!(Keyring::parse(B).unwrap().open(shop, "c", &new).unwrap(), b"x");
        let error = Keyring::parse(A).unwrap().open(shop, "c", &new).unwrap_err();
        assert!(error.to_string().contains("DUKA_MASTER_KEY"), "{error}");
    }

    #[test]
    fn what_is_not_a_key_is_refused_without_repeating_it() {
        for text in ["", "short", "c2hvcnQ=", ","] {
            let error = Keyring::parse(text).unwrap_err().to_string();
            assert!(error.contains("32 bytes") && (text.len() < 2 || !error.contains(text)), "{error}");
        }
    }

    #[test]
    fn damage_is_noticed() {
        let keys = Keyring::parse(A).unwrap();
        let mut sealed = keys.seal(Uuid::nil(), "c", b"hello").unwrap();
        *sealed.last_mut().unwrap() ^= 1;
        assert!(keys.open(Uuid::nil(), "c", &sealed).is_err());
        assert!(keys.open(Uuid::nil(), "c", &sealed[..7]).is_err());
    }
}
