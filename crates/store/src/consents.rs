//! What customers have agreed to or refused, when, and where they said so. Rows are never changed.

use duka_kernel::{CustomerId, MessageId, Timestamp};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{StoreError, Tx};

/// Something a customer agreed to or refused.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Consent {
    /// To what: `marketing`.
    pub purpose: String,
    /// Agreed, or refused.
    pub granted: bool,
    /// Where it was said: the kind of the channel.
    pub source: String,
    /// The message it was said in.
    pub message: Option<MessageId>,
    /// When.
    pub at: Timestamp,
}

#[derive(FromQueryResult)]
struct Row {
    purpose: String,
    granted: bool,
    source: String,
    message_id: Option<Uuid>,
    at: i64,
}

impl Tx {
    /// Records what a customer agreed to or refused.
    ///
    /// # Errors
    /// If the customer is not the shop's, or the database fails.
    pub async fn record_consent(&self, customer: CustomerId, consent: &Consent) -> Result<(), StoreError> {
        const INSERT: &str = "INSERT INTO consents (tenant_id, id, customer_id, purpose, granted, source, message_id, at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
        let values = vec![
            self.tenant_uuid().into(),
            Uuid::now_v7().into(),
            customer.0.into(),
            consent.purpose.as_str().into(),
            consent.granted.into(),
            consent.source.as_str().into(),
            consent.message.map(|message| message.0).into(),
            consent.at.0.into(),
        ];
        self.conn.run(INSERT, values).await.map(drop)
    }

    /// What a customer agreed to or refused, oldest first.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn consents_of(&self, customer: CustomerId) -> Result<Vec<Consent>, StoreError> {
        const FIND: &str = "SELECT purpose, granted, source, message_id, at FROM consents \
             WHERE tenant_id = $1 AND customer_id = $2 ORDER BY id";
        let rows: Vec<Row> = self.conn.rows(FIND, vec![self.tenant_uuid().into(), customer.0.into()]).await?;
        let consent = |row: Row| Consent {
            purpose: row.purpose,
            granted: row.granted,
            source: row.source,
            message: row.message_id.map(MessageId),
            at: Timestamp(row.at),
        };
        Ok(rows.into_iter().map(consent).collect())
    }
}
