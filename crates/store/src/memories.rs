//! Sentences remembered about customers, and what the owner was told about them.

use duka_kernel::{CustomerId, MemoryId, Timestamp};
use duka_shop::knowledge::Embedding;
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{StoreError, Tx};

const MEMORY: &str = "memories.text_enc";
pub(crate) const NOTICE: &str = "owner_notices.text_enc";

/// A sentence remembered about a customer.
#[derive(Clone, PartialEq, Debug)]
pub struct Memory {
    /// Its identity.
    pub id: MemoryId,
    /// The sentence.
    pub text: String,
    /// Its embedding, if it has one.
    pub embedding: Option<Embedding>,
    /// When it was learnt.
    pub at: Timestamp,
}

/// Something the owner was sent or shown.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OwnerNotice {
    /// About whom, if about someone.
    pub customer: Option<CustomerId>,
    /// What it is: `order.paid`, `hand_off`, …
    pub kind: String,
    /// The words.
    pub text: String,
    /// When.
    pub at: Timestamp,
}

#[derive(FromQueryResult)]
struct MemoryRow {
    id: Uuid,
    text_enc: Vec<u8>,
    embedding: Option<Vec<u8>>,
    embedding_model: Option<String>,
    at: i64,
}

#[derive(FromQueryResult)]
struct TextRow {
    id: Uuid,
    text_enc: Vec<u8>,
}

#[derive(FromQueryResult)]
struct NoticeRow {
    customer_id: Option<Uuid>,
    kind: String,
    text_enc: Vec<u8>,
    at: i64,
}

#[derive(FromQueryResult)]
struct Count {
    n: i64,
}

impl Tx {
    /// Remembers a sentence about a customer.
    ///
    /// # Errors
    /// If the customer is not the shop's, or the database fails.
    pub async fn remember(
        &self,
        customer: CustomerId,
        text: &str,
        embedding: Option<&Embedding>,
        now: Timestamp,
    ) -> Result<MemoryId, StoreError> {
        const INSERT: &str = "INSERT INTO memories (tenant_id, id, customer_id, text_enc, embedding, embedding_model, at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)";
        let id = MemoryId::new();
        let values = vec![
            self.tenant_uuid().into(),
            id.0.into(),
            customer.0.into(),
            self.seal(MEMORY, text)?.into(),
            embedding.map(Embedding::to_bytes).into(),
            embedding.map(|embedding| embedding.model.clone()).into(),
            now.0.into(),
        ];
        self.conn.run(INSERT, values).await?;
        Ok(id)
    }

    /// What is remembered about a customer, newest first.
    ///
    /// # Errors
    /// If something stored cannot be decrypted, or the database fails.
    pub async fn memories(&self, customer: CustomerId, last: u32) -> Result<Vec<Memory>, StoreError> {
        const FIND: &str = "SELECT id, text_enc, embedding, embedding_model, at FROM memories \
             WHERE tenant_id = $1 AND customer_id = $2 ORDER BY id DESC LIMIT $3";
        let values = vec![self.tenant_uuid().into(), customer.0.into(), i64::from(last).into()];
        let rows: Vec<MemoryRow> = self.conn.rows(FIND, values).await?;
        rows.into_iter()
            .map(|row| {
                Ok(Memory {
                    id: MemoryId(row.id),
                    text: self.open(MEMORY, &row.text_enc)?,
                    embedding: row
                        .embedding_model
                        .zip(row.embedding)
                        .and_then(|(model, bytes)| Embedding::from_bytes(&model, &bytes)),
                    at: Timestamp(row.at),
                })
            })
            .collect()
    }

    /// Memories that this model has not embedded, oldest first: their identities and sentences.
    ///
    /// # Errors
    /// If something stored cannot be decrypted, or the database fails.
    pub async fn unembedded_memories(&self, model: &str, most: u32) -> Result<Vec<(MemoryId, String)>, StoreError> {
        const FIND: &str = "SELECT id, text_enc FROM memories \
             WHERE tenant_id = $1 AND (embedding_model IS NULL OR embedding_model <> $2) ORDER BY id LIMIT $3";
        let values = vec![self.tenant_uuid().into(), model.into(), i64::from(most).into()];
        let rows: Vec<TextRow> = self.conn.rows(FIND, values).await?;
        rows.into_iter().map(|row| Ok((MemoryId(row.id), self.open(MEMORY, &row.text_enc)?))).collect()
    }

    /// Keeps what a model makes of a memory.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn embed_memory(&self, id: MemoryId, embedding: &Embedding) -> Result<(), StoreError> {
        const SET: &str = "UPDATE memories SET embedding = $3, embedding_model = $4 WHERE tenant_id = $1 AND id = $2";
        let values =
            vec![self.tenant_uuid().into(), id.0.into(), embedding.to_bytes().into(), embedding.model.as_str().into()];
        self.conn.run(SET, values).await.map(drop)
    }

    /// Notes what the owner was sent or shown.
    ///
    /// # Errors
    /// If the customer is not the shop's, or the database fails.
    pub async fn tell_owner(&self, notice: &OwnerNotice) -> Result<(), StoreError> {
        const INSERT: &str = "INSERT INTO owner_notices (tenant_id, id, customer_id, kind, text_enc, at) \
             VALUES ($1, $2, $3, $4, $5, $6)";
        let values = vec![
            self.tenant_uuid().into(),
            Uuid::now_v7().into(),
            notice.customer.map(|customer| customer.0).into(),
            notice.kind.as_str().into(),
            self.seal(NOTICE, &notice.text)?.into(),
            notice.at.0.into(),
        ];
        self.conn.run(INSERT, values).await.map(drop)
    }

    /// How often the owner was told something about a customer.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn owner_notice_count(&self, customer: CustomerId) -> Result<u64, StoreError> {
        const COUNT: &str = "SELECT count(*) AS n FROM owner_notices WHERE tenant_id = $1 AND customer_id = $2";
        let found: Option<Count> = self.conn.row(COUNT, vec![self.tenant_uuid().into(), customer.0.into()]).await?;
        Ok(found.map_or(0, |row| u64::try_from(row.n).unwrap_or(0)))
    }

    /// Whether the owner was told something of this kind since a moment.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn owner_was_told(&self, kind: &str, since: Timestamp) -> Result<bool, StoreError> {
        const COUNT: &str = "SELECT count(*) AS n FROM owner_notices WHERE tenant_id = $1 AND kind = $2 AND at >= $3";
        let found: Option<Count> =
            self.conn.row(COUNT, vec![self.tenant_uuid().into(), kind.into(), since.0.into()]).await?;
        Ok(found.is_some_and(|row| row.n > 0))
    }

    /// What the owner was told last, newest first.
    ///
    /// # Errors
    /// If something stored cannot be decrypted, or the database fails.
    pub async fn owner_notices(&self, last: u32) -> Result<Vec<OwnerNotice>, StoreError> {
        const FIND: &str = "SELECT customer_id, kind, text_enc, at FROM owner_notices \
             WHERE tenant_id = $1 ORDER BY id DESC LIMIT $2";
        let values = vec![self.tenant_uuid().into(), i64::from(last).into()];
        let rows: Vec<NoticeRow> = self.conn.rows(FIND, values).await?;
        rows.into_iter()
            .map(|row| {
                Ok(OwnerNotice {
                    customer: row.customer_id.map(CustomerId),
                    kind: row.kind,
                    text: self.open(NOTICE, &row.text_enc)?,
                    at: Timestamp(row.at),
                })
            })
            .collect()
    }
}
