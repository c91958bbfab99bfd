//! Customers whom people of the shop play, to try it. They write and buy like any other, and are in no list of customers
//! and in no figure.

use duka_kernel::{ChannelId, ConversationId, CustomerId, PhoneNumber, Timestamp};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{
    StoreError, Tx,
    customers::{CustomerUpdate, IDENTITY_HASH, Sender},
};

#[derive(FromQueryResult)]
struct Found {
    customer_id: Uuid,
    conversation_id: Uuid,
}

#[derive(FromQueryResult)]
struct One {
    #[allow(dead_code, reason = "that there is one is all that is asked")]
    one: i64,
}

impl Tx {
    /// The customer whom somebody plays, made if there is none, and their conversation. They pay from `phone`.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn play(
        &self,
        sender: &Sender<'_>,
        phone: &PhoneNumber,
        now: Timestamp,
    ) -> Result<(CustomerId, ConversationId), StoreError> {
        const MARK: &str = "UPDATE customers SET test = TRUE WHERE tenant_id = $1 AND id = $2";
        let resolved = self.resolve(sender, now).await?;
        if resolved.is_new {
            self.conn.run(MARK, vec![self.tenant_uuid().into(), resolved.customer.0.into()]).await?;
            let update = CustomerUpdate { payer: Some(phone.clone()), ..CustomerUpdate::default() };
            self.update_customer(resolved.customer, &update, now).await?;
        }
        Ok((resolved.customer, resolved.conversation))
    }

    /// The customer whom somebody plays and their conversation, if they have begun.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn played(
        &self,
        channel: ChannelId,
        identity: &str,
    ) -> Result<Option<(CustomerId, ConversationId)>, StoreError> {
        const FIND: &str = "SELECT i.customer_id, c.id AS conversation_id FROM customer_identities i \
             JOIN customers t ON t.tenant_id = i.tenant_id AND t.id = i.customer_id \
             JOIN conversations c ON c.tenant_id = i.tenant_id AND c.customer_id = i.customer_id \
               AND c.channel_id = i.channel_id \
             WHERE i.tenant_id = $1 AND i.channel_id = $2 AND i.identity_hash = $3 AND t.test";
        let values = vec![self.tenant_uuid().into(), channel.0.into(), self.hash(IDENTITY_HASH, identity)?.into()];
        let found: Option<Found> = self.conn.row(FIND, values).await?;
        Ok(found.map(|row| (CustomerId(row.customer_id), ConversationId(row.conversation_id))))
    }

    /// Whether somebody has played a customer of the shop.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn was_tried(&self) -> Result<bool, StoreError> {
        const FIND: &str = "SELECT CAST(1 AS bigint) AS one FROM customers t WHERE t.tenant_id = $1 AND t.test LIMIT 1";
        Ok(self.conn.row::<One>(FIND, vec![self.tenant_uuid().into()]).await?.is_some())
    }

    /// Whether a customer is played by somebody of the team.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn is_played(&self, customer: CustomerId) -> Result<bool, StoreError> {
        const FIND: &str =
            "SELECT CAST(1 AS bigint) AS one FROM customers t WHERE t.tenant_id = $1 AND t.id = $2 AND t.test";
        let values = vec![self.tenant_uuid().into(), customer.0.into()];
        Ok(self.conn.row::<One>(FIND, values).await?.is_some())
    }
}
