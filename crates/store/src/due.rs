//! When something is next due, for a clock that is moved by hand.

use duka_kernel::Timestamp;
use sea_orm::FromQueryResult;

use crate::{Store, StoreError, SystemTx, store::Backend};

#[derive(FromQueryResult)]
struct Next {
    at: Option<i64>,
}

impl SystemTx {
    /// The next moment at which a message is to be sent, a payment to be asked about, an order over,
    /// or a job to be done.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn next_due(&self) -> Result<Option<Timestamp>, StoreError> {
        const FIND: &str = "SELECT min(at) AS at FROM ( \
             SELECT min(due_at) AS at FROM messages WHERE direction = 'out' AND status = 'pending' \
             UNION ALL SELECT min(next_check_at) FROM payments WHERE next_check_at IS NOT NULL \
             UNION ALL SELECT min(expires_at) FROM orders WHERE expires_at IS NOT NULL \
             UNION ALL SELECT min(due_at) FROM jobs WHERE due_at IS NOT NULL) AS due";
        let found: Option<Next> = self.conn.row(FIND, Vec::new()).await?;
        Ok(found.and_then(|row| row.at).map(Timestamp))
    }
}

impl Store {
    /// Whether several processes may work on this database at the same time: true on PostgreSQL.
    #[must_use]
    pub fn is_shared(&self) -> bool {
        matches!(self.inner.backend, Backend::Postgres { .. })
    }
}
