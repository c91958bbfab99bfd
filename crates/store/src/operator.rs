//! What whoever runs the installation sees of its shops: figures, and conversations only after saying why.

use duka_kernel::{TenantId, Timestamp, UserId};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{StoreError, SystemTx, Tx};

/// What a shop came to in some time.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Usage {
    /// The shop.
    pub tenant: TenantId,
    /// Its short name.
    pub slug: String,
    /// As customers know it.
    pub name: String,
    /// People in its team.
    pub members: i64,
    /// Orders that were placed.
    pub orders: i64,
    /// What was paid for those of them that were paid, in minor units of the shop's currency.
    pub revenue: i64,
    /// Questions to language models.
    pub model_calls: i64,
    /// What they cost, in millionths of a US dollar.
    pub model_cost: i64,
}

/// What waits to be done, over all shops.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Backlog {
    /// Messages that should have been sent by now.
    pub unsent: i64,
    /// Payments that should have been asked about by now.
    pub unchecked_payments: i64,
    /// Jobs that were given up.
    pub parked_jobs: i64,
}

#[derive(FromQueryResult)]
struct Count {
    n: i64,
}

impl SystemTx {
    /// What each shop came to in some time, by short name.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn usage(&self, from: Timestamp, to: Timestamp) -> Result<Vec<Usage>, StoreError> {
        #[derive(FromQueryResult)]
        struct Row {
            id: Uuid,
            slug: String,
            name: String,
            members: i64,
            orders: i64,
            revenue: i64,
            model_calls: i64,
            model_cost: i64,
        }
        const FIND: &str = "SELECT t.id, t.slug, t.name, \
             (SELECT count(*) FROM memberships m WHERE m.tenant_id = t.id) AS members, \
             (SELECT count(*) FROM orders o WHERE o.tenant_id = t.id AND o.placed_at >= $1 AND o.placed_at < $2) \
               AS orders, \
             (SELECT CAST(COALESCE(SUM(o.total), 0) AS bigint) FROM orders o WHERE o.tenant_id = t.id \
               AND o.placed_at >= $1 AND o.placed_at < $2 AND o.paid_at IS NOT NULL) AS revenue, \
             (SELECT count(*) FROM model_calls c WHERE c.tenant_id = t.id AND c.at >= $1 AND c.at < $2) \
               AS model_calls, \
             (SELECT CAST(COALESCE(SUM(c.cost_micro_usd), 0) AS bigint) FROM model_calls c WHERE c.tenant_id = t.id \
               AND c.at >= $1 AND c.at < $2) AS model_cost \
             FROM tenants t ORDER BY t.slug";
        let rows: Vec<Row> = self.conn.rows(FIND, vec![from.0.into(), to.0.into()]).await?;
        let read = |row: Row| Usage {
            tenant: TenantId(row.id),
            slug: row.slug,
            name: row.name,
            members: row.members,
            orders: row.orders,
            revenue: row.revenue,
            model_calls: row.model_calls,
            model_cost: row.model_cost,
        };
        Ok(rows.into_iter().map(read).collect())
    }

    /// What waits to be done although its time has come.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn backlog(&self, before: Timestamp) -> Result<Backlog, StoreError> {
        const UNSENT: &str = "SELECT count(*) AS n FROM messages \
             WHERE direction = 'out' AND status = 'pending' AND due_at <= $1";
        const UNCHECKED: &str = "SELECT count(*) AS n FROM payments WHERE next_check_at <= $1";
        const PARKED: &str = "SELECT count(*) AS n FROM jobs WHERE outcome = 'parked'";
        let count = async |sql: &str, values| {
            Ok::<_, StoreError>(self.conn.row::<Count>(sql, values).await?.map_or(0, |row| row.n))
        };
        Ok(Backlog {
            unsent: count(UNSENT, vec![before.0.into()]).await?,
            unchecked_payments: count(UNCHECKED, vec![before.0.into()]).await?,
            parked_jobs: count(PARKED, vec![]).await?,
        })
    }

    /// Until when somebody may read the conversations of the shop with an identity or a short name, having said why.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn content_access(
        &self,
        user: UserId,
        shop: &str,
        now: Timestamp,
    ) -> Result<Option<(TenantId, Timestamp)>, StoreError> {
        #[derive(FromQueryResult)]
        struct Row {
            tenant_id: Uuid,
            ends_at: i64,
        }
        const FIND: &str = "SELECT a.tenant_id, a.ends_at FROM content_access a WHERE a.tenant_id = $1 \
             AND a.user_id = $2 AND a.ends_at > $3 ORDER BY a.ends_at DESC LIMIT 1";
        let tenant = match Uuid::parse_str(shop) {
            Ok(id) => Some(TenantId(id)),
            Err(_) => self.tenant_by_slug(shop).await?,
        };
        let Some(tenant) = tenant else { return Ok(None) };
        let row: Option<Row> = self.conn.row(FIND, vec![tenant.0.into(), user.0.into(), now.0.into()]).await?;
        Ok(row.map(|row| (TenantId(row.tenant_id), Timestamp(row.ends_at))))
    }
}

impl Tx {
    /// Lets somebody who runs the installation read the shop's conversations for a while. Why belongs into the audit log.
    ///
    /// # Errors
    /// If there is no such account.
    pub async fn allow_content(&self, user: UserId, ends_at: Timestamp, now: Timestamp) -> Result<(), StoreError> {
        const INSERT: &str = "INSERT INTO content_access (tenant_id, id, user_id, ends_at, created_at) \
             VALUES ($1, $2, $3, $4, $5)";
        let values =
            vec![self.tenant_uuid().into(), Uuid::now_v7().into(), user.0.into(), ends_at.0.into(), now.0.into()];
        self.conn.run(INSERT, values).await.map(drop)
    }
}
