//! What time makes due. What has a row of its own is found there: orders know when they expire, payments when to be
//! asked about, messages when to be tried again. Everything else is a job ([`crate::jobs`]).

use duka_kernel::{ConversationId, TenantScope, Timestamp};
use duka_store::StoreError;

use crate::{app::App, bookings, jobs, outbox, payments};

/// A message that is unanswered for so long was forgotten by whoever was to answer it.
pub(crate) const FORGOTTEN_SECONDS: i64 = 5;

/// How many of a kind are taken up in one sweep; the rest is found by the next.
pub(crate) const AT_ONCE: u32 = 200;

/// Does what is due now, one thing after another, except answering: gives the conversations that wait for an answer.
///
/// # Errors
/// If the database fails.
pub async fn sweep(app: &App) -> Result<Vec<(TenantScope, ConversationId)>, StoreError> {
    sweep_payments(app, 1).await?;
    sweep_rows(app).await?;
    sweep_slow(app).await?;
    unanswered(app, FORGOTTEN_SECONDS).await
}

/// Does what needs an answer of a payment provider, which may take its time: nothing else must wait for it.
///
/// # Errors
/// If the database fails.
pub async fn sweep_payments(app: &App, at_once: usize) -> Result<(), StoreError> {
    payments::process_notices(app).await?;
    payments::reconcile(app, at_once).await
}

/// Does what needs nobody's answer: ends orders, does jobs, takes up unsent messages.
///
/// # Errors
/// If the database fails.
pub async fn sweep_rows(app: &App) -> Result<(), StoreError> {
    payments::expire_orders(app).await?;
    bookings::release_lapsed(app).await?;
    jobs::run_due(app).await?;
    outbox::sweep(app, false).await.map(drop)
}

/// Does jobs that look at pictures or ask a model: nothing else must wait for them.
///
/// # Errors
/// If the database fails.
pub async fn sweep_slow(app: &App) -> Result<(), StoreError> {
    jobs::run_slow(app).await
}

/// The conversations with a message that is unanswered for so many seconds.
///
/// # Errors
/// If the database fails.
pub async fn unanswered(app: &App, seconds: i64) -> Result<Vec<(TenantScope, ConversationId)>, StoreError> {
    let now = app.clock.now();
    let system = app.store.system_read().await?;
    let unanswered = system.unanswered(now.plus_seconds(-seconds), now, AT_ONCE).await?;
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
