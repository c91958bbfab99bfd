//! Jobs whose time has come. Each kind has one handler, which does everything in one transaction together with
//! [`duka_store::Tx::finish_job`], so that it happens once whoever else tries.

use duka_kernel::{TenantScope, Timestamp};
use duka_store::{
    Guard, StoreError,
    jobs::{Job, JobKind},
};
use futures::future::try_join_all;

use crate::{
    app::App, bookings, due, feedback, handover, imports, interests, knowledge, learning, looks, memory, placing,
};

/// Slow jobs that are done at the same time.
const SLOW_AT_ONCE: u32 = 4;

/// Does the jobs that are due and need nobody outside. One that fails is tried again later and keeps nobody from theirs.
///
/// # Errors
/// If the database fails.
pub(crate) async fn run_due(app: &App) -> Result<(), StoreError> {
    let now = app.clock.now();
    for (scope, job) in due(app, &JobKind::QUICK, now, due::AT_ONCE).await? {
        attempt(app, scope, job).await?;
    }
    Ok(())
}

/// Does those that may take their time, some of them at once.
///
/// # Errors
/// If the database fails.
pub(crate) async fn run_slow(app: &App) -> Result<(), StoreError> {
    let now = app.clock.now();
    for _ in 0..due::AT_ONCE / SLOW_AT_ONCE {
        let jobs = due(app, &JobKind::SLOW, now, SLOW_AT_ONCE).await?;
        let were_all = jobs.len() < SLOW_AT_ONCE as usize;
        try_join_all(jobs.into_iter().map(|(scope, job)| attempt(app, scope, job))).await?;
        if were_all {
            break;
        }
    }
    Ok(())
}

async fn due(app: &App, kinds: &[JobKind], now: Timestamp, limit: u32) -> Result<Vec<(TenantScope, Job)>, StoreError> {
    let jobs = app.store.system_read().await?.due_jobs(kinds, now, limit).await?;
    Ok(jobs.into_iter().map(|(tenant, job)| (TenantScope::of(tenant), job)).collect())
}

async fn attempt(app: &App, scope: TenantScope, job: Job) -> Result<(), StoreError> {
    match run(app, scope, &job).await {
        // Called off, or done by another process a moment ago.
        Ok(()) | Err(StoreError::Conflict(Guard::State(_))) => Ok(()),
        Err(error) => fail(app, scope, job, error).await,
    }
}

async fn run(app: &App, scope: TenantScope, job: &Job) -> Result<(), StoreError> {
    match job.kind {
        JobKind::AppointmentReminder => bookings::run_reminder(app, scope, job).await,
        JobKind::BackInStock => interests::tell(app, scope, job).await,
        JobKind::FeedbackRequest => feedback::ask(app, scope, job.clone()).await,
        JobKind::HandOverCheck => handover::check(app, scope, job).await,
        JobKind::LookAtPictures => looks::run(app, scope, job).await,
        JobKind::EmbedPassages => knowledge::run(app, scope, job).await,
        JobKind::EmbedPictures => placing::run(app, scope, job).await,
        JobKind::Summarise => memory::summarise(app, scope, job).await,
        JobKind::Learn => learning::run(app, scope, job).await,
        JobKind::TakeOverList => imports::run(app, scope, job).await,
    }
}

async fn fail(app: &App, scope: TenantScope, job: Job, error: StoreError) -> Result<(), StoreError> {
    let now = app.clock.now();
    let kind = job.kind.name();
    tracing::warn!(%error, kind, job = %job.id, "a job failed; it is tried again");
    let input = (job, error.to_string());
    let parked = app
        .store
        .write_with(scope, input, move |tx, (job, error)| Box::pin(async move { tx.fail_job(job, error, now).await }));
    if parked.await? {
        tracing::error!(kind, "a job failed too often and is parked; `duka doctor` lists it");
    }
    Ok(())
}
