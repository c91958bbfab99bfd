//! What time makes due. Every kind of due work is found in the rows it is about: orders know when they expire,
//! payments when to be asked about, messages when to be tried again.

use duka_kernel::{ConversationId, TenantScope, Timestamp};
use duka_store::StoreError;

use crate::{app::App, outbox, payments};

/// A message that is unanswered for so long was forgotten by whoever was to answer it.
const FORGOTTEN_SECONDS: i64 = 5;

/// How many of a kind are taken up in one sweep; the rest is found by the next.
pub(crate) const AT_ONCE: u32 = 200;

/// Does what is due now, except answering: gives the conversations that wait for an answer.
///
/// # Errors
/// If the database fails.
pub async fn sweep(app: &App) -> Result<Vec<(TenantScope, ConversationId)>, StoreError> {
    payments::process_notices(app).await?;
    payments::reconcile(app).await?;
    payments::expire_orders(app).await?;
    outbox::sweep(app, false).await?;
    let now = app.clock.now();
    let system = app.store.system_read().await?;
    let unanswered = system.unanswered(now.plus_seconds(-FORGOTTEN_SECONDS), now, AT_ONCE).await?;
    Ok(unanswered.into_iter().map(|(tenant, conversation)| (TenantScope::of(tenant), conversation)).collect())
}

/// The next moment at which something is due, if anything is.
///
/// # Errors
/// If the database fails.
pub async fn next(app: &App) -> Result<Option<Timestamp>, StoreError> {
    let system = app.store.system_read().await?;
    system.next_due().await
}
