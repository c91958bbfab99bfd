//! Addresses that we give away and recognise: pictures for channels, callbacks for providers. Each carries a
//! signature that only this installation can make, so that none can be guessed.

use duka_kernel::{PaymentId, TenantScope};

use crate::app::App;

const PICTURE: &str = "picture";
const CALLBACK: &str = "callback";

impl App {
    /// Where a channel fetches a picture of a shop.
    #[must_use]
    pub fn picture_address(&self, scope: TenantScope, key: &str) -> String {
        let hash = key.rsplit('/').next().unwrap_or(key);
        let signature = self.store.signature(scope, PICTURE, hash);
        format!("{}/media/{}/{hash}?s={signature}", self.public_base(), scope.tenant())
    }

    /// The key of the picture at such an address, if the signature was given away with it.
    #[must_use]
    pub fn picture_at(&self, scope: TenantScope, hash: &str, signature: &str) -> Option<String> {
        let ours = self.store.is_signature(scope, PICTURE, hash, signature);
        ours.then(|| format!("tenants/{}/media/{hash}", scope.tenant()))
    }

    /// Where a provider reports about a payment.
    #[must_use]
    pub fn callback_address(&self, scope: TenantScope, payment: PaymentId) -> String {
        let token = self.store.signature(scope, CALLBACK, &payment.to_string());
        format!("{}/webhook/paylink/payment?t={token}", self.public_base())
    }

    /// Whether a token was given away with the address for reports about this payment.
    #[must_use]
    pub fn is_callback_token(&self, scope: TenantScope, payment: PaymentId, token: &str) -> bool {
        self.store.is_signature(scope, CALLBACK, &payment.to_string(), token)
    }
}
