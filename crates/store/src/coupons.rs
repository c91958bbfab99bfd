//! How often coupons were used. A use belongs to an order and is given back with it.

use duka_kernel::{CustomerId, OrderId};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{Guard, StoreError, Tx};

/// How often a coupon may be used; `None` is without limit.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct CouponLimits {
    /// By all customers together.
    pub by_all: Option<u32>,
    /// By one customer.
    pub by_customer: Option<u32>,
}

/// How often a coupon was used.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CouponUses {
    /// The code, in capitals.
    pub code: String,
    /// By this customer.
    pub by_customer: u32,
    /// By everybody.
    pub by_all: u32,
}

#[derive(FromQueryResult)]
struct Row {
    code: String,
    by_customer: i64,
    by_all: i64,
}

#[derive(FromQueryResult)]
struct Total {
    code: String,
    uses: i64,
}

impl Tx {
    /// Uses of every coupon that was ever used in the shop.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn coupon_uses(&self, customer: CustomerId) -> Result<Vec<CouponUses>, StoreError> {
        const FIND: &str = "SELECT t.code, t.uses AS by_all, (SELECT count(*) FROM coupon_uses u \
               WHERE u.tenant_id = t.tenant_id AND u.customer_id = $2 AND u.code = t.code) AS by_customer \
             FROM coupon_totals t WHERE t.tenant_id = $1 ORDER BY t.code";
        let rows: Vec<Row> = self.conn.rows(FIND, vec![self.tenant_uuid().into(), customer.0.into()]).await?;
        let count = |n: i64| u32::try_from(n).unwrap_or(u32::MAX);
        Ok(rows
            .into_iter()
            .map(|row| CouponUses { code: row.code, by_customer: count(row.by_customer), by_all: count(row.by_all) })
            .collect())
    }

    /// How often each coupon was used that ever was, by code.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn coupon_totals(&self) -> Result<Vec<(String, i64)>, StoreError> {
        const FIND: &str = "SELECT code, uses FROM coupon_totals WHERE tenant_id = $1 ORDER BY code";
        let rows: Vec<Total> = self.conn.rows(FIND, vec![self.tenant_uuid().into()]).await?;
        Ok(rows.into_iter().map(|row| (row.code, row.uses)).collect())
    }

    /// Uses a coupon for an order, if it may be used once more.
    pub(crate) async fn use_coupon(
        &self,
        code: &str,
        order: OrderId,
        customer: CustomerId,
        limits: CouponLimits,
    ) -> Result<(), StoreError> {
        const COUNT: &str = "INSERT INTO coupon_totals (tenant_id, id, code, uses) VALUES ($1, $2, $3, 1) \
             ON CONFLICT (tenant_id, code) DO UPDATE SET uses = coupon_totals.uses + 1 WHERE coupon_totals.uses < $4";
        // The total's row is held from here on, so two orders of one customer take turns at being counted.
        const USE: &str = "INSERT INTO coupon_uses (tenant_id, id, code, order_id, customer_id) \
             SELECT $1, $2, $3, $4, $5 WHERE $6 > \
             (SELECT count(*) FROM coupon_uses WHERE tenant_id = $1 AND customer_id = $5 AND code = $3)";
        let used_up = || StoreError::Conflict(Guard::CouponUsedUp(code.to_owned()));
        let limit = |most: Option<u32>| most.map_or(i64::MAX, i64::from);
        if limits.by_all == Some(0) {
            return Err(used_up());
        }
        let tenant = self.tenant_uuid();
        let values = vec![tenant.into(), Uuid::now_v7().into(), code.into(), limit(limits.by_all).into()];
        if self.conn.run(COUNT, values).await? == 0 {
            return Err(used_up());
        }
        let values = vec![
            tenant.into(),
            Uuid::now_v7().into(),
            code.into(),
            order.0.into(),
            customer.0.into(),
            limit(limits.by_customer).into(),
        ];
        if self.conn.run(USE, values).await? == 0 { Err(used_up()) } else { Ok(()) }
    }

    pub(crate) async fn give_coupon_back(&self, order: OrderId) -> Result<(), StoreError> {
        const COUNT: &str = "UPDATE coupon_totals SET uses = uses - 1 WHERE tenant_id = $1 AND code IN \
             (SELECT code FROM coupon_uses WHERE tenant_id = $1 AND order_id = $2)";
        const GIVE: &str = "DELETE FROM coupon_uses WHERE tenant_id = $1 AND order_id = $2";
        let ids = || vec![self.tenant_uuid().into(), order.0.into()];
        self.conn.run(COUNT, ids()).await?;
        self.conn.run(GIVE, ids()).await.map(drop)
    }
}
