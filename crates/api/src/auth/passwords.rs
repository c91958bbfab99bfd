//! Passwords are kept as Argon2id hashes. Hashing takes a core and 19 MiB for tens of milliseconds on purpose, so it is done
//! beside the threads that answer, a few at a time.

use std::sync::{Arc, LazyLock};

use argon2::{Argon2, PasswordHasher, PasswordVerifier, password_hash::phc::PasswordHash};
use tokio::sync::Semaphore;

use crate::problem::{Check, Problem, Reply};

/// Hashes computed at once. More would only make each slower and take memory.
const AT_ONCE: usize = 4;
/// Shorter ones are guessed.
const SHORTEST: usize = 10;
/// Longer ones are an attempt to keep us busy.
const LONGEST: usize = 200;

/// What a password is held against where there is no account, so that it takes as long.
static NOBODY: LazyLock<String> = LazyLock::new(|| hashed("nobody's password").unwrap_or_default());

/// The computing of hashes.
#[derive(Clone, Debug)]
pub struct Passwords(Arc<Semaphore>);

impl Default for Passwords {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(AT_ONCE)))
    }
}

/// The hash of a password, with the parameters that OWASP recommends: Argon2id, 19 MiB, two passes.
///
/// # Errors
/// If the system gives no random numbers.
pub fn hashed(password: &str) -> Result<String, argon2::password_hash::Error> {
    Ok(Argon2::default().hash_password(password.as_bytes())?.to_string())
}

fn matches(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

/// Makes sure that a new password is one.
///
/// # Errors
/// If it is too short or too long.
pub fn check(check: Check, password: &str, pointer: &str) -> Check {
    let length = password.chars().count();
    check.that(length >= SHORTEST, pointer, "has to have 10 characters or more").that(
        length <= LONGEST,
        pointer,
        "has to have at most 200 characters",
    )
}

impl Passwords {
    /// The hash of a new password.
    ///
    /// # Errors
    /// If it cannot be computed.
    pub async fn hash(&self, password: String) -> Reply<String> {
        self.apart(move || hashed(&password)).await?.map_err(Problem::internal)
    }

    /// Whether a password is that of a hash; never for no hash, and after the same time.
    ///
    /// # Errors
    /// If it cannot be computed.
    pub async fn verify(&self, password: String, hash: Option<String>) -> Reply<bool> {
        if password.chars().count() > LONGEST {
            return Ok(false);
        }
        self.apart(move || match hash {
            Some(hash) => matches(&password, &hash),
            None => {
                matches(&password, &NOBODY);
                false
            }
        })
        .await
    }

    async fn apart<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Reply<T> {
        let _place = self.0.acquire().await.map_err(Problem::internal)?;
        tokio::task::spawn_blocking(work).await.map_err(Problem::internal)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_is_known_by_its_hash_alone() {
        let passwords = Passwords::default();
        let hash = passwords.hash("mango juice 42".into()).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$") && !hash.contains("mango"), "{hash}");
        let verify = async |text: &str, hash: Option<&str>| {
            passwords.verify(text.to_owned(), hash.map(str::to_owned)).await.unwrap()
        };
        assert!(verify("mango juice 42", Some(&hash)).await);
        assert!(!verify("mango juice 43", Some(&hash)).await);
        assert!(!verify("nobody's password", None).await);
        assert!(!verify("mango juice 42", Some("no hash")).await);
    }
}
