//! What models say that pictures show: kept for a picture, so that the same one is never paid for twice.

use duka_kernel::Timestamp;
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{StoreError, Tx};

const BODY: &str = "descriptions.body_enc";

#[derive(FromQueryResult)]
struct Row {
    body_enc: Vec<u8>,
}

impl Tx {
    /// Keeps what a model says that the picture with this hash shows, for a purpose; empty if it said nothing readable.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn keep_description(
        &self,
        hash: &str,
        model: &str,
        purpose: &str,
        body: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        const KEEP: &str = "INSERT INTO descriptions (tenant_id, id, hash, model, purpose, body_enc, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (tenant_id, hash, model, purpose) DO UPDATE SET \
             body_enc = excluded.body_enc, created_at = excluded.created_at";
        let values = vec![
            self.tenant_uuid().into(),
            Uuid::now_v7().into(),
            hash.into(),
            model.into(),
            purpose.into(),
            self.seal(BODY, body)?.into(),
            now.0.into(),
        ];
        self.conn.run(KEEP, values).await.map(drop)
    }

    /// What is kept of a picture by a model for a purpose.
    ///
    /// # Errors
    /// If it cannot be decrypted, or the database fails.
    pub async fn description(&self, hash: &str, model: &str, purpose: &str) -> Result<Option<String>, StoreError> {
        const FIND: &str = "SELECT body_enc FROM descriptions \
             WHERE tenant_id = $1 AND hash = $2 AND model = $3 AND purpose = $4";
        let values = vec![self.tenant_uuid().into(), hash.into(), model.into(), purpose.into()];
        let found: Option<Row> = self.conn.row(FIND, values).await?;
        found.map(|row| self.open(BODY, &row.body_enc)).transpose()
    }
}
