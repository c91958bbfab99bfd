//! What is kept and asked of orders once they are placed: their rating, what a customer bought in all, the shop's list,
//! and who has bought nothing yet.

use duka_kernel::{ConversationId, CustomerId, OrderId};
use duka_shop::OrderState;
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::{
    StoreError, Tx,
    orders::{Order, order},
};

#[derive(FromQueryResult)]
struct Bought {
    orders: i64,
    spent: i64,
}

#[derive(FromQueryResult)]
struct Rated {
    rating: Option<i64>,
}

#[derive(FromQueryResult)]
struct Looked {
    customer_id: Uuid,
    conversation_id: Uuid,
    kind: String,
}

impl Tx {
    /// How many orders a customer paid that were not given back, and what they paid for them, in minor units.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn bought(&self, customer: CustomerId) -> Result<(u32, i64), StoreError> {
        const FIND: &str = "SELECT count(*) AS orders, CAST(coalesce(sum(total), 0) AS bigint) AS spent FROM orders \
             WHERE tenant_id = $1 AND customer_id = $2 AND state IN ('paid', 'processing', 'shipped', 'delivered')";
        let rows: Vec<Bought> = self.conn.rows(FIND, vec![self.tenant_uuid().into(), customer.0.into()]).await?;
        Ok(rows.first().map_or((0, 0), |row| (u32::try_from(row.orders).unwrap_or(u32::MAX), row.spent)))
    }

    /// Counts an order that is sold from now on (1), or not any more (-1), with its customer.
    pub(crate) async fn count_sale(&self, customer: CustomerId, total: i64, orders: i64) -> Result<(), StoreError> {
        const COUNT: &str =
            "UPDATE customers SET spent = spent + $3, bought = bought + $4 WHERE tenant_id = $1 AND id = $2";
        let values = vec![self.tenant_uuid().into(), customer.0.into(), (total * orders).into(), orders.into()];
        self.conn.run(COUNT, values).await.map(drop)
    }

    /// Keeps how an order was rated, 1 to 5; a later rating goes before an earlier one.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn rate_order(&self, order: OrderId, rating: u8) -> Result<(), StoreError> {
        const RATE: &str = "UPDATE orders SET rating = $3 WHERE tenant_id = $1 AND id = $2";
        let values = vec![self.tenant_uuid().into(), order.0.into(), i64::from(rating).into()];
        self.conn.run(RATE, values).await.map(drop)
    }

    /// How an order was rated, if it was.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn rating_of(&self, order: OrderId) -> Result<Option<u8>, StoreError> {
        const FIND: &str = "SELECT rating FROM orders WHERE tenant_id = $1 AND id = $2";
        let rows: Vec<Rated> = self.conn.rows(FIND, vec![self.tenant_uuid().into(), order.0.into()]).await?;
        Ok(rows.first().and_then(|row| row.rating).and_then(|rating| u8::try_from(rating).ok()))
    }

    /// The shop's orders, newest first, of one state if given.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn latest_orders(&self, state: Option<OrderState>, limit: u64) -> Result<Vec<Order>, StoreError> {
        let mut find = order::Entity::find().filter(order::Column::TenantId.eq(self.tenant_uuid()));
        if let Some(state) = state {
            find = find.filter(order::Column::State.eq(state.name()));
        }
        let find = find.order_by_desc(order::Column::PlacedAt).order_by_desc(order::Column::Id).limit(limit);
        let rows = find.all(&*self.conn).await?;
        self.complete(rows).await
    }

    /// Customers who have written and never paid for an order, with their conversation and the kind of its channel; who
    /// wrote last comes first.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn without_purchase(&self) -> Result<Vec<(CustomerId, ConversationId, String)>, StoreError> {
        const FIND: &str = "SELECT c.customer_id, c.id AS conversation_id, h.kind FROM conversations c \
             JOIN channels h ON h.tenant_id = c.tenant_id AND h.id = c.channel_id \
             WHERE c.tenant_id = $1 AND c.last_inbound_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM orders o \
               WHERE o.tenant_id = c.tenant_id AND o.customer_id = c.customer_id AND o.paid_at IS NOT NULL) \
             ORDER BY c.last_inbound_at DESC, c.id";
        let rows: Vec<Looked> = self.conn.rows(FIND, vec![self.tenant_uuid().into()]).await?;
        let ids = |row: Looked| (CustomerId(row.customer_id), ConversationId(row.conversation_id), row.kind);
        Ok(rows.into_iter().map(ids).collect())
    }
}
