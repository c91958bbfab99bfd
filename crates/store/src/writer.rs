//! Group commit for SQLite: one task owns the one connection that writes.
//!
//! Making a transaction durable takes an `fsync`, which costs as much as hundreds of statements. So units of work
//! queue; the task takes all that wait, runs them one after another in one transaction, and commits once. If one of
//! them fails after it changed something, the transaction is rolled back and each unit runs again in its own, so that
//! a failure takes nobody else down. Units are therefore run-again-able: a `Fn` on an input that is only read.

use std::{
    panic::AssertUnwindSafe,
    sync::{Arc, atomic::AtomicU64, atomic::Ordering},
};

use duka_kernel::TenantScope;
use futures::{FutureExt, future::BoxFuture};
use sea_orm::{DatabaseConnection, DatabaseTransaction, SqliteTransactionMode, TransactionOptions, TransactionTrait};
use tokio::sync::{mpsc, oneshot};

use crate::{
    StoreError,
    crypto::Secrets,
    tx::{Conn, Link, SystemTx, Tx},
};

/// The most units in one transaction. Beyond this the saving is small and the first in it waits too long.
const MOST_UNITS: usize = 128;
/// Units that may wait before callers have to.
const QUEUE: usize = 1024;

/// A unit of work whose type is not known to the task.
pub(crate) trait Unit: Send {
    /// Runs it (again). False if it failed; what it gave is kept for [`Unit::answer`].
    fn run<'a>(&'a mut self, conn: &'a Arc<Conn>) -> BoxFuture<'a, Ran>;
    /// Replaces what it gave by a failure.
    fn fail(&mut self, error: StoreError);
    /// Tells the caller.
    fn answer(self: Box<Self>);
}

/// How a unit went.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ran {
    Well,
    /// A guard refused or nothing was found: the transaction is as good as before, unless the unit wrote.
    Refused,
    Failed,
}

/// A unit of work for one shop (`Tx`) or across shops (`SystemTx`).
pub(crate) struct Work<View, I, F, T> {
    pub view: fn(&Arc<Conn>, Option<TenantScope>) -> View,
    pub scope: Option<TenantScope>,
    pub input: I,
    pub body: F,
    pub outcome: Option<Result<T, StoreError>>,
    pub reply: oneshot::Sender<Result<T, StoreError>>,
}

/// How a unit for one shop sees the transaction.
pub(crate) fn shop_view(conn: &Arc<Conn>, scope: Option<TenantScope>) -> Tx {
    Tx::new(Arc::clone(conn), scope.expect("a unit for a shop has a scope"))
}

/// How a unit across shops sees the transaction.
pub(crate) fn system_view(conn: &Arc<Conn>, _: Option<TenantScope>) -> SystemTx {
    SystemTx { conn: Arc::clone(conn) }
}

impl<View, I, F, T> Unit for Work<View, I, F, T>
where
    View: Send + Sync,
    I: Send + Sync,
    F: for<'a> Fn(&'a View, &'a I) -> BoxFuture<'a, Result<T, StoreError>> + Send + Sync,
    T: Send,
{
    fn run<'a>(&'a mut self, conn: &'a Arc<Conn>) -> BoxFuture<'a, Ran> {
        Box::pin(async move {
            let view = (self.view)(conn, self.scope);
            // A panic in one unit must not end the task that writes for everybody.
            let outcome = match AssertUnwindSafe((self.body)(&view, &self.input)).catch_unwind().await {
                Ok(outcome) => outcome,
                Err(_) => Err(StoreError::Corrupt("a unit of work panicked".into())),
            };
            let ran = match &outcome {
                Ok(_) => Ran::Well,
                Err(StoreError::Conflict(_) | StoreError::NotFound) => Ran::Refused,
                Err(_) => Ran::Failed,
            };
            self.outcome = Some(outcome);
            ran
        })
    }

    fn fail(&mut self, error: StoreError) {
        self.outcome = Some(Err(error));
    }

    fn answer(self: Box<Self>) {
        // A caller that went away has no use for the answer.
        let _ = self.reply.send(self.outcome.unwrap_or_else(|| Err(closed())));
    }
}

/// The queue into the task. The task ends when the last clone is dropped.
#[derive(Clone)]
pub(crate) struct Writer(mpsc::Sender<Box<dyn Unit>>);

impl Writer {
    pub fn start(database: DatabaseConnection, secrets: Arc<Secrets>, statements: Arc<AtomicU64>) -> Self {
        let (queue, mut waiting) = mpsc::channel(QUEUE);
        let task = Task { database, secrets, statements };
        tokio::spawn(async move {
            let mut units = Vec::with_capacity(MOST_UNITS);
            while waiting.recv_many(&mut units, MOST_UNITS).await > 0 {
                task.commit(&mut units).await;
                units.drain(..).for_each(Unit::answer);
            }
        });
        Self(queue)
    }

    pub async fn submit(&self, unit: Box<dyn Unit>) -> Result<(), StoreError> {
        self.0.send(unit).await.map_err(|_| closed())
    }
}

pub(crate) fn closed() -> StoreError {
    StoreError::Unavailable("the store is closed".into())
}

struct Task {
    database: DatabaseConnection,
    secrets: Arc<Secrets>,
    statements: Arc<AtomicU64>,
}

impl Task {
    async fn commit(&self, units: &mut [Box<dyn Unit>]) {
        if units.len() > 1 {
            match self.together(units).await {
                Ok(true) => return,
                Ok(false) => {}
                Err(error) => {
                    // No transaction can be begun: trying once for each would let all wait in vain, one after another.
                    units.iter_mut().for_each(|unit| unit.fail(StoreError::Unavailable(error.to_string())));
                    return;
                }
            }
        }
        for unit in units {
            if let Err(error) = self.alone(unit.as_mut()).await {
                unit.fail(error);
            }
        }
    }

    /// Runs all in one transaction. False if nothing of it was committed; an error if it could not begin.
    async fn together(&self, units: &mut [Box<dyn Unit>]) -> Result<bool, StoreError> {
        let conn = self.begin().await?;
        for unit in units {
            conn.wrote.store(false, Ordering::Relaxed);
            let ran = unit.run(&conn).await;
            if ran == Ran::Failed || ran == Ran::Refused && conn.wrote.load(Ordering::Relaxed) {
                // What cannot be rolled back here is when the connection goes back to its pool.
                let _ = roll_back(conn).await;
                return Ok(false);
            }
        }
        Ok(commit(conn).await.is_ok())
    }

    async fn alone(&self, unit: &mut dyn Unit) -> Result<(), StoreError> {
        let conn = self.begin().await?;
        if unit.run(&conn).await == Ran::Well { commit(conn).await } else { roll_back(conn).await }
    }

    async fn begin(&self) -> Result<Arc<Conn>, StoreError> {
        // Immediate: another process (a command beside the server) is waited for here, never in the middle.
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let transaction = self.database.begin_with_options(options).await?;
        self.statements.fetch_add(2, Ordering::Relaxed);
        Ok(Arc::new(Conn {
            link: Link::Transaction(transaction),
            secrets: Arc::clone(&self.secrets),
            statements: Arc::clone(&self.statements),
            wrote: false.into(),
            plans: None,
        }))
    }
}

pub(crate) async fn commit(conn: Arc<Conn>) -> Result<(), StoreError> {
    Ok(transaction(conn)?.commit().await?)
}

pub(crate) async fn roll_back(conn: Arc<Conn>) -> Result<(), StoreError> {
    Ok(transaction(conn)?.rollback().await?)
}

fn transaction(conn: Arc<Conn>) -> Result<DatabaseTransaction, StoreError> {
    match Arc::into_inner(conn).map(|conn| conn.link) {
        Some(Link::Transaction(transaction)) => Ok(transaction),
        Some(Link::Pool(_)) | None => Err(StoreError::Corrupt("a unit of work kept its transaction".into())),
    }
}
