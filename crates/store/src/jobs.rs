//! Work to be done at a later time: a reminder, a question after the sale. A job is a row of its shop, so it is set,
//! moved and called off in the transaction of what it is about, and done in the transaction that finishes it.

use duka_kernel::{TenantId, Timestamp};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{Guard, StoreError, SystemTx, Tx};

/// A job that failed so often is parked, where an operator sees it.
const ATTEMPTS: i64 = 10;
/// How soon a job that failed is tried again, doubled with each further failure.
const FIRST_RETRY_SECONDS: i64 = 15;
/// The longest time between two tries.
const LAST_RETRY_SECONDS: i64 = 3600;

/// What is to be done, and what kind of row `subject` names.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum JobKind {
    /// Remind a customer of an appointment (an appointment).
    AppointmentReminder,
    /// Ask how a delivered order was (an order).
    FeedbackRequest,
    /// Tell a customer that what they waited for is back (an interest in a product).
    BackInStock,
    /// See whether a person has taken up a conversation that was handed over (a hand-over).
    HandOverCheck,
    /// Look at the pictures of products that nobody has looked at (the shop).
    LookAtPictures,
    /// Have a provider embed pictures of products that it has not embedded (the shop).
    EmbedPictures,
    /// Have a provider embed passages that have no embedding (the shop).
    EmbedPassages,
    /// Write down what a conversation came to (a conversation).
    Summarise,
    /// Look for what can be learnt from conversations (the shop).
    Learn,
    /// Take over a list of products or services (the list).
    TakeOverList,
}

impl JobKind {
    /// Those that only the database is needed for.
    pub const QUICK: [Self; 5] =
        [Self::AppointmentReminder, Self::FeedbackRequest, Self::BackInStock, Self::HandOverCheck, Self::Learn];

    /// Those that look at pictures or ask a model, which may take its time.
    pub const SLOW: [Self; 5] =
        [Self::LookAtPictures, Self::EmbedPictures, Self::EmbedPassages, Self::Summarise, Self::TakeOverList];

    /// The name in the database and in logs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::AppointmentReminder => "appointment_reminder",
            Self::FeedbackRequest => "feedback_request",
            Self::BackInStock => "back_in_stock",
            Self::HandOverCheck => "hand_over_check",
            Self::LookAtPictures => "look_at_pictures",
            Self::EmbedPictures => "embed_pictures",
            Self::EmbedPassages => "embed_passages",
            Self::Summarise => "summarise",
            Self::Learn => "learn",
            Self::TakeOverList => "take_over_list",
        }
    }
}

/// A job that is due.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Job {
    /// Its identity.
    pub id: Uuid,
    /// What is to be done.
    pub kind: JobKind,
    /// About which row.
    pub subject: Uuid,
    /// The moment it was set for.
    pub run_at: Timestamp,
    /// How often it failed.
    pub attempts: i64,
}

/// A job that was given up.
#[derive(Clone, PartialEq, Eq, Debug, FromQueryResult)]
pub struct Parked {
    /// What was to be done.
    pub kind: String,
    /// Why it failed the last time.
    pub error: Option<String>,
    /// The moment it was set for, in milliseconds since the epoch.
    pub run_at: i64,
}

#[derive(FromQueryResult)]
struct Row {
    tenant_id: Uuid,
    id: Uuid,
    kind: String,
    subject: Uuid,
    run_at: i64,
    attempts: i64,
}

impl Tx {
    /// Sets a job for a moment. The same one for the same moment exists once, however often it is set. One that was called
    /// off is on again; one that is done stays so.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn schedule(&self, kind: JobKind, subject: Uuid, at: Timestamp) -> Result<(), StoreError> {
        const INSERT: &str = "INSERT INTO jobs (tenant_id, id, kind, subject, run_at, due_at, attempts) \
             VALUES ($1, $2, $3, $4, $5, $5, 0) ON CONFLICT (tenant_id, kind, subject, run_at) \
             DO UPDATE SET due_at = excluded.due_at, outcome = NULL, attempts = 0 WHERE jobs.outcome = 'cancelled'";
        let id = Uuid::now_v7();
        let values = vec![self.tenant_uuid().into(), id.into(), kind.name().into(), subject.into(), at.0.into()];
        self.conn.run(INSERT, values).await.map(drop)
    }

    /// Calls off every job of a kind that is still to be done about a row.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn cancel_jobs(&self, kind: JobKind, subject: Uuid) -> Result<(), StoreError> {
        const CANCEL: &str = "UPDATE jobs SET due_at = NULL, outcome = 'cancelled' \
             WHERE tenant_id = $1 AND kind = $2 AND subject = $3 AND due_at IS NOT NULL";
        let values = vec![self.tenant_uuid().into(), kind.name().into(), subject.into()];
        self.conn.run(CANCEL, values).await.map(drop)
    }

    /// Finishes a job. To be called in the transaction that does what it is for: then that is done once, also if two
    /// processes try at the same time.
    ///
    /// # Errors
    /// [`Guard::State`] if it is over already: nothing of the transaction must happen then.
    pub async fn finish_job(&self, job: Uuid) -> Result<(), StoreError> {
        const FINISH: &str = "UPDATE jobs SET due_at = NULL, outcome = 'done', error = NULL \
             WHERE tenant_id = $1 AND id = $2 AND due_at IS NOT NULL";
        match self.conn.run(FINISH, vec![self.tenant_uuid().into(), job.into()]).await? {
            0 => Err(Guard::State("the job").into()),
            _ => Ok(()),
        }
    }

    /// Notes that a job failed: it is tried again later, or parked. True if it was parked.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn fail_job(&self, job: &Job, error: &str, now: Timestamp) -> Result<bool, StoreError> {
        const FAIL: &str = "UPDATE jobs SET due_at = $3, attempts = attempts + 1, error = $4, outcome = $5 \
             WHERE tenant_id = $1 AND id = $2 AND due_at IS NOT NULL AND attempts = $6";
        let parked = job.attempts + 1 >= ATTEMPTS;
        let due = (!parked).then(|| now.plus_seconds(retry_seconds(job)).0);
        let values = vec![
            self.tenant_uuid().into(),
            job.id.into(),
            due.into(),
            error.into(),
            parked.then_some("parked").into(),
            job.attempts.into(),
        ];
        Ok(self.conn.run(FAIL, values).await? > 0 && parked)
    }

    /// Jobs that were given up, oldest first.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn parked_jobs(&self, limit: u32) -> Result<Vec<Parked>, StoreError> {
        const FIND: &str = "SELECT kind, error, run_at FROM jobs WHERE tenant_id = $1 AND outcome = 'parked' \
             ORDER BY run_at LIMIT $2";
        self.conn.rows(FIND, vec![self.tenant_uuid().into(), i64::from(limit).into()]).await
    }
}

/// Doubles with each failure, and differs a little from job to job so that what failed together is not tried together.
fn retry_seconds(job: &Job) -> i64 {
    let doubled = FIRST_RETRY_SECONDS << job.attempts.clamp(0, 16);
    let wait = doubled.min(LAST_RETRY_SECONDS);
    wait + i64::from(job.id.as_bytes()[15]) * wait / 1024
}

impl SystemTx {
    /// Jobs of these kinds whose time has come, longest due first.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn due_jobs(
        &self,
        kinds: &[JobKind],
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<(TenantId, Job)>, StoreError> {
        let names: Vec<String> = (0..kinds.len()).map(|at| format!("${}", at + 3)).collect();
        let find = format!(
            "SELECT tenant_id, id, kind, subject, run_at, attempts FROM jobs \
             WHERE due_at <= $1 AND kind IN ({}) ORDER BY due_at, id LIMIT $2",
            names.join(", ")
        );
        let values =
            [now.0.into(), i64::from(limit).into()].into_iter().chain(kinds.iter().map(|kind| kind.name().into()));
        let rows: Vec<Row> = self.conn.rows(find, values.collect()).await?;
        Ok(rows
            .into_iter()
            .filter_map(|row| {
                let kind = kinds.iter().copied().find(|kind| kind.name() == row.kind)?;
                let run_at = Timestamp(row.run_at);
                let job = Job { id: row.id, kind, subject: row.subject, run_at, attempts: row.attempts };
                Some((TenantId(row.tenant_id), job))
            })
            .collect())
    }
}
