//! One customer with everything a person of the shop may see of them.

use duka_kernel::{ConversationId, CustomerId, Timestamp};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use super::{List, customers::tags_of};
use crate::{Guard, StoreError, Tx, consents::Consent, customers::Customer};

pub(crate) const NOTES: &str = "customers.notes_enc";

/// A customer with everything a person of the shop may see of them.
#[derive(Clone, PartialEq, Debug)]
pub struct Profile {
    /// Who they are, what they said of themselves, and where things go.
    pub customer: Customer,
    /// Orders sold and not given back.
    pub bought: i64,
    /// What these came to, in minor units: the lifetime value.
    pub spent: i64,
    /// When they ordered last.
    pub last_order_at: Option<Timestamp>,
    /// Whether somebody of the team plays them.
    pub test: bool,
    /// Moves with every change that a person of the shop makes.
    pub version: i64,
    /// When they first wrote.
    pub created_at: Timestamp,
    /// When they were changed last.
    pub updated_at: Timestamp,
    /// What the team calls them.
    pub tags: Vec<String>,
    /// What the team wrote of them.
    pub notes: String,
    /// Where they write, the conversation with the last word first.
    pub conversations: Vec<ConversationId>,
    /// What they agreed to or refused, oldest first.
    pub consents: Vec<Consent>,
}

#[derive(FromQueryResult)]
struct Row {
    bought: i64,
    spent: i64,
    last_order_at: i64,
    created_at: i64,
    updated_at: i64,
    notes_enc: Option<Vec<u8>>,
    test: bool,
    version: i64,
}

#[derive(FromQueryResult)]
struct Id {
    id: Uuid,
}

/// A customer with everything a person of the shop may see of them.
///
/// # Errors
/// [`StoreError::NotFound`] if the shop has no such customer.
pub async fn read(tx: &Tx, id: CustomerId) -> Result<Profile, StoreError> {
    let customer = tx.customer(id).await?;
    let mut list = List::new(
        tx,
        "SELECT bought, spent, last_order_at, created_at, updated_at, notes_enc, test, version FROM customers WHERE tenant_id = $1",
    );
    list.and("id = ?", [id.0.into()]);
    let row: Row = list.all(tx, "").await?.pop().ok_or(StoreError::NotFound)?;
    let mut conversations = List::new(tx, "SELECT id FROM conversations WHERE tenant_id = $1");
    conversations.and("customer_id = ?", [id.0.into()]);
    let conversations: Vec<Id> = conversations.all(tx, " ORDER BY active_at DESC, id DESC").await?;
    Ok(Profile {
        test: row.test,
        version: row.version,
        bought: row.bought,
        spent: row.spent,
        last_order_at: (row.last_order_at > 0).then_some(Timestamp(row.last_order_at)),
        created_at: Timestamp(row.created_at),
        updated_at: Timestamp(row.updated_at),
        tags: tags_of(tx, &[id.0]).await?.remove(&id.0).unwrap_or_default(),
        notes: tx.open_optional(NOTES, row.notes_enc.as_deref())?.unwrap_or_default(),
        conversations: conversations.into_iter().map(|row| ConversationId(row.id)).collect(),
        consents: tx.consents_of(id).await?,
        customer,
    })
}

impl Tx {
    /// Makes sure that no person of the shop changed a customer since they were read, until this unit of work ends.
    ///
    /// # Errors
    /// [`Guard::Stale`] if somebody did; [`StoreError::NotFound`] if the shop has no such customer.
    pub async fn claim_customer(&self, customer: CustomerId, version: i64) -> Result<(), StoreError> {
        const CLAIM: &str =
            "UPDATE customers SET version = version + 1 WHERE tenant_id = $1 AND id = $2 AND version = $3";
        if self.conn.run(CLAIM, vec![self.tenant_uuid().into(), customer.0.into(), version.into()]).await? > 0 {
            return Ok(());
        }
        self.customer(customer).await?;
        Err(Guard::Stale("the customer").into())
    }

    /// Keeps what the team wrote of a customer, in place of what it wrote before.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if the shop has no such customer.
    pub async fn set_notes(&self, customer: CustomerId, notes: &str, now: Timestamp) -> Result<(), StoreError> {
        const SET: &str = "UPDATE customers SET notes_enc = $3, updated_at = $4 WHERE tenant_id = $1 AND id = $2";
        let notes = Some(notes.trim()).filter(|notes| !notes.is_empty());
        let values =
            vec![self.tenant_uuid().into(), customer.0.into(), self.seal_optional(NOTES, notes)?.into(), now.0.into()];
        if self.conn.run(SET, values).await? == 0 { Err(StoreError::NotFound) } else { Ok(()) }
    }
}
