//! What customers wait for: a variant that was sold out when they asked. Whenever pieces become free, a job is set for
//! each customer who waits for one of them, in the transaction that frees them.

use duka_kernel::{ConversationId, CustomerId, Timestamp, VariantId};
use sea_orm::{FromQueryResult, Value};
use uuid::Uuid;

use crate::{StoreError, Tx, jobs::JobKind, tx::parameters};

/// What a customer waits for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Interest {
    /// Its identity.
    pub id: Uuid,
    /// Who.
    pub customer: CustomerId,
    /// Where they asked.
    pub conversation: ConversationId,
    /// For what.
    pub variant: VariantId,
    /// Whether any size of the product will do.
    pub any_size: bool,
}

/// How many customers wait for a variant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Demand {
    /// For what.
    pub variant: VariantId,
    /// How many.
    pub customers: u64,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    customer_id: Uuid,
    conversation_id: Uuid,
    variant_id: Uuid,
    any_size: bool,
}

#[derive(FromQueryResult)]
struct Id {
    id: Uuid,
}

#[derive(FromQueryResult)]
struct DemandRow {
    variant_id: Uuid,
    n: i64,
}

impl From<Row> for Interest {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            customer: CustomerId(row.customer_id),
            conversation: ConversationId(row.conversation_id),
            variant: VariantId(row.variant_id),
            any_size: row.any_size,
        }
    }
}

impl Tx {
    /// Notes that a customer waits for variants; who waits for one already goes on waiting. What came back between the
    /// customer's reading and this is told at once.
    ///
    /// # Errors
    /// If customer, conversation or a variant is not the shop's, or the database fails.
    pub async fn wait_for(
        &self,
        customer: CustomerId,
        conversation: ConversationId,
        variants: &[VariantId],
        any_size: bool,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        const FORGET: &str = "DELETE FROM interests \
             WHERE tenant_id = $1 AND customer_id = $2 AND variant_id = $3 AND state <> 'waiting'";
        const INSERT: &str = "INSERT INTO interests \
             (tenant_id, id, customer_id, conversation_id, variant_id, any_size, state, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6, 'waiting', $7) ON CONFLICT DO NOTHING";
        for variant in variants {
            let old = vec![self.tenant_uuid().into(), customer.0.into(), variant.0.into()];
            self.conn.run(FORGET, old).await?;
            let values = vec![
                self.tenant_uuid().into(),
                Uuid::now_v7().into(),
                customer.0.into(),
                conversation.0.into(),
                variant.0.into(),
                any_size.into(),
                now.0.into(),
            ];
            self.conn.run(INSERT, values).await?;
        }
        self.tell_who_waits(variants, now).await
    }

    /// Notes that a customer no longer waits for anything. Gives what they waited for.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn stop_waiting(&self, customer: CustomerId, now: Timestamp) -> Result<Vec<Interest>, StoreError> {
        let waiting = self.interests_of(customer).await?;
        for interest in &waiting {
            self.end_interest(interest.id, "dropped", now).await?;
        }
        Ok(waiting)
    }

    /// What a customer waits for, oldest first.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn interests_of(&self, customer: CustomerId) -> Result<Vec<Interest>, StoreError> {
        const FIND: &str = "SELECT id, customer_id, conversation_id, variant_id, any_size FROM interests \
             WHERE tenant_id = $1 AND customer_id = $2 AND state = 'waiting' ORDER BY id";
        let rows: Vec<Row> = self.conn.rows(FIND, vec![self.tenant_uuid().into(), customer.0.into()]).await?;
        Ok(rows.into_iter().map(Interest::from).collect())
    }

    /// An interest, if its customer still waits.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn waiting_interest(&self, id: Uuid) -> Result<Option<Interest>, StoreError> {
        const FIND: &str = "SELECT id, customer_id, conversation_id, variant_id, any_size FROM interests \
             WHERE tenant_id = $1 AND id = $2 AND state = 'waiting'";
        let row: Option<Row> = self.conn.row(FIND, vec![self.tenant_uuid().into(), id.into()]).await?;
        Ok(row.map(Interest::from))
    }

    /// Ends an interest, because its customer was told. False if they were told or gave it up before.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn interest_told(&self, id: Uuid, now: Timestamp) -> Result<bool, StoreError> {
        self.end_interest(id, "told", now).await
    }

    async fn end_interest(&self, id: Uuid, state: &str, now: Timestamp) -> Result<bool, StoreError> {
        const END: &str = "UPDATE interests SET state = $3, ended_at = $4 \
             WHERE tenant_id = $1 AND id = $2 AND state = 'waiting'";
        let values = vec![self.tenant_uuid().into(), id.into(), state.into(), now.0.into()];
        Ok(self.conn.run(END, values).await? > 0)
    }

    /// What customers wait for, most wanted first.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn demand(&self, limit: u32) -> Result<Vec<Demand>, StoreError> {
        const COUNT: &str = "SELECT variant_id, count(*) AS n FROM interests \
             WHERE tenant_id = $1 AND state = 'waiting' GROUP BY variant_id ORDER BY n DESC, variant_id LIMIT $2";
        let rows: Vec<DemandRow> =
            self.conn.rows(COUNT, vec![self.tenant_uuid().into(), i64::from(limit).into()]).await?;
        let demand = |row: DemandRow| Demand {
            variant: VariantId(row.variant_id),
            customers: u64::try_from(row.n).unwrap_or_default(),
        };
        Ok(rows.into_iter().map(demand).collect())
    }

    /// Sets a job for each customer who waits for one of these variants, as far as there are free pieces now.
    pub(crate) async fn tell_who_waits(&self, variants: &[VariantId], now: Timestamp) -> Result<(), StoreError> {
        const AT_ONCE: usize = 500;
        for variants in variants.chunks(AT_ONCE) {
            let find = format!(
                "SELECT i.id FROM interests i \
                 JOIN variants v ON v.tenant_id = i.tenant_id AND v.id = i.variant_id \
                 JOIN products p ON p.tenant_id = v.tenant_id AND p.id = v.product_id \
                 WHERE i.tenant_id = $1 AND i.state = 'waiting' AND v.active AND p.active \
                 AND v.on_hand > v.reserved AND i.variant_id IN ({})",
                parameters(2, variants.len())
            );
            let mut values: Vec<Value> = vec![self.tenant_uuid().into()];
            values.extend(variants.iter().map(|variant| Value::from(variant.0)));
            let waiting: Vec<Id> = self.conn.rows(find, values).await?;
            for Id { id } in waiting {
                self.schedule(JobKind::BackInStock, id, now).await?;
            }
        }
        Ok(())
    }
}
