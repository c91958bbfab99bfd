//! Signatures of this installation, for addresses that must not be guessed.

use duka_kernel::TenantScope;

use crate::{Store, crypto};

/// Bytes of a signature: 128 bits cannot be guessed.
const LENGTH: usize = 16;

impl Store {
    /// The signature of `value` for one purpose and one shop, in hexadecimal. The same on every node and after every
    /// rotation of keys. Empty before the database was migrated or checked.
    #[must_use]
    pub fn signature(&self, scope: TenantScope, purpose: &str, value: &str) -> String {
        let hash = self.inner.secrets.hash(scope.tenant().0, purpose, value);
        hash.map(|hash| crypto::hex(&hash[..LENGTH.min(hash.len())])).unwrap_or_default()
    }

    /// Whether `signature` is the one of `value`, in constant time.
    #[must_use]
    pub fn is_signature(&self, scope: TenantScope, purpose: &str, value: &str, signature: &str) -> bool {
        let expected = self.signature(scope, purpose, value);
        let same = expected.bytes().zip(signature.bytes()).fold(0, |differs, (a, b)| differs | (a ^ b)) == 0;
        !expected.is_empty() && expected.len() == signature.len() && same
    }
}
