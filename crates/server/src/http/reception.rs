//! Which shop a webhook is for, and the keys it must be signed with.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use duka_assistant::App;
use duka_kernel::TenantScope;
use duka_providers::channels::twilio::SigningKeys;
use duka_store::{StoreError, channels::Channel};

/// For how long a shop's number and keys are remembered. After a change of keys a signature that does not
/// match makes them be read again at once.
const REMEMBERED: Duration = Duration::from_secs(10);

/// A number that is known here.
#[derive(Debug)]
pub struct Desk {
    /// The shop it belongs to. Made here because the number is the shop's, and believed only once the
    /// signature was checked.
    pub scope: TenantScope,
    /// The number.
    pub channel: Channel,
    /// What its webhooks are signed with.
    pub keys: SigningKeys,
}

/// Numbers asked for lately.
#[derive(Debug, Default)]
pub struct Reception(Mutex<HashMap<String, (Instant, Arc<Desk>)>>);

impl Reception {
    /// The shop's number at a Twilio address, if there is one with keys. `fresh` reads it again.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn twilio(&self, app: &App, address: &str, fresh: bool) -> Result<Option<Arc<Desk>>, StoreError> {
        let known = self.lock().get(address).filter(|(at, _)| !fresh && at.elapsed() < REMEMBERED).cloned();
        if let Some((_, desk)) = known {
            return Ok(Some(desk));
        }
        let system = app.store.system_read().await?;
        let Some(channel) = system.channel_by_address("twilio", address).await? else { return Ok(None) };
        if !channel.active {
            return Ok(None);
        }
        let scope = TenantScope::of(channel.tenant);
        let Some(token) = system.within(scope).credential("twilio.auth_token").await? else {
            tracing::error!(tenant = %channel.tenant, "a shop is written to but has no twilio.auth_token: nothing can be verified");
            return Ok(None);
        };
        let desk = Arc::new(Desk { scope, channel, keys: SigningKeys::auth_token(token) });
        self.lock().insert(address.to_owned(), (Instant::now(), Arc::clone(&desk)));
        Ok(Some(desk))
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<String, (Instant, Arc<Desk>)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
