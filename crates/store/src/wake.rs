//! Telling workers that a conversation has something to do: in this process on SQLite, on every node on PostgreSQL.
//!
//! A wake-up is for speed. It may be lost or come twice; the sweep over unanswered messages is for certainty.

use duka_kernel::{ConversationId, TenantId};
use sea_orm::ConnectionTrait;
use tokio::sync::broadcast;

use crate::{Store, StoreError, postgres, store::Backend};

/// A conversation that has something to do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Wakeup {
    /// Whose.
    pub tenant: TenantId,
    /// Which.
    pub conversation: ConversationId,
}

/// The wake-ups from now on.
pub struct Wakeups(broadcast::Receiver<Wakeup>);

impl Wakeups {
    /// The next one; `None` when the store is gone. Skips what came while the receiver was too slow.
    pub async fn next(&mut self) -> Option<Wakeup> {
        loop {
            match self.0.recv().await {
                Ok(wakeup) => return Some(wakeup),
                Err(broadcast::error::RecvError::Lagged(_)) => {}
                Err(broadcast::error::RecvError::Closed) => return None,
            }
        }
    }
}

impl Store {
    /// Tells every listener, on every node that shares the database, to look at a conversation. Call after the commit.
    ///
    /// # Errors
    /// If PostgreSQL cannot be reached.
    pub async fn wake(&self, wakeup: Wakeup) -> Result<(), StoreError> {
        match &self.inner.backend {
            Backend::Sqlite { .. } => {
                // Nobody listening is no failure.
                let _ = self.inner.wakeups.send(wakeup);
            }
            Backend::Postgres { pool } => {
                // Both ids are UUIDs, so nothing has to be escaped, and one round trip without preparing is enough.
                let (channel, tenant, conversation) = (postgres::WAKE_CHANNEL, wakeup.tenant, wakeup.conversation);
                pool.database.execute_unprepared(&format!("NOTIFY {channel}, '{tenant} {conversation}'")).await?;
            }
        }
        Ok(())
    }

    /// Listens for wake-ups.
    #[must_use]
    pub fn wakeups(&self) -> Wakeups {
        let receiver = self.inner.wakeups.subscribe();
        if let Backend::Postgres { pool } = &self.inner.backend {
            self.inner.listening.get_or_init(|| postgres::listen(pool.pool.clone(), self.inner.wakeups.clone()));
        }
        Wakeups(receiver)
    }
}
