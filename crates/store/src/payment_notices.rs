//! What payment providers call back with, stored before it is understood, so that a callback is never lost and never
//! counts twice.

use duka_kernel::{TenantId, Timestamp};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{StoreError, SystemTx, tx::open_text};

const BODY: &str = "payment_notices.body_enc";

/// A callback that is not processed yet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Notice {
    /// Its identity.
    pub id: Uuid,
    /// Who called.
    pub provider: String,
    /// The body, as it came.
    pub body: String,
    /// When.
    pub received_at: Timestamp,
}

#[derive(FromQueryResult)]
struct Row {
    tenant_id: Uuid,
    id: Uuid,
    provider: String,
    body_enc: Vec<u8>,
    received_at: i64,
}

impl SystemTx {
    /// Stores a callback, if no other with the same fingerprint came from the provider. `None` if one did.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn insert_notice(
        &self,
        provider: &str,
        fingerprint: &[u8],
        body: &str,
        now: Timestamp,
    ) -> Result<Option<Uuid>, StoreError> {
        const INSERT: &str = "INSERT INTO payment_notices (tenant_id, id, provider, fingerprint, body_enc, received_at) \
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";
        let id = Uuid::now_v7();
        let values = vec![
            Uuid::nil().into(),
            id.into(),
            provider.into(),
            fingerprint.to_vec().into(),
            self.conn.secrets.keyring.seal(Uuid::nil(), BODY, body.as_bytes())?.into(),
            now.0.into(),
        ];
        Ok((self.conn.run(INSERT, values).await? > 0).then_some(id))
    }

    /// Callbacks not processed yet, newest first: any number of forged ones that wait before it must not keep a true
    /// one from being looked at.
    ///
    /// # Errors
    /// If something stored cannot be decrypted, or the database fails.
    pub async fn open_notices(&self, before: Timestamp, limit: u32) -> Result<Vec<Notice>, StoreError> {
        const FIND: &str = "SELECT tenant_id, id, provider, body_enc, received_at FROM payment_notices \
             WHERE processed_at IS NULL AND received_at <= $1 ORDER BY received_at DESC, id DESC LIMIT $2";
        let rows: Vec<Row> = self.conn.rows(FIND, vec![before.0.into(), i64::from(limit).into()]).await?;
        rows.into_iter().map(|row| self.read_notice(row)).collect()
    }

    /// A callback, if it is not processed yet.
    ///
    /// # Errors
    /// If it cannot be decrypted, or the database fails.
    pub async fn open_notice(&self, id: Uuid) -> Result<Option<Notice>, StoreError> {
        const FIND: &str = "SELECT tenant_id, id, provider, body_enc, received_at FROM payment_notices \
             WHERE tenant_id = $1 AND id = $2 AND processed_at IS NULL";
        let row: Option<Row> = self.conn.row(FIND, vec![Uuid::nil().into(), id.into()]).await?;
        row.map(|row| self.read_notice(row)).transpose()
    }

    fn read_notice(&self, row: Row) -> Result<Notice, StoreError> {
        Ok(Notice {
            id: row.id,
            body: open_text(&self.conn.secrets, row.tenant_id, BODY, &row.body_enc)?,
            provider: row.provider,
            received_at: Timestamp(row.received_at),
        })
    }

    /// Notes what came of a callback, and whose it turned out to be; from then on that shop sees it. False if it was
    /// processed before.
    ///
    /// # Errors
    /// If it cannot be decrypted, or the database fails.
    pub async fn finish_notice(
        &self,
        id: Uuid,
        tenant: Option<TenantId>,
        outcome: &str,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        const FIND: &str = "SELECT tenant_id, id, provider, body_enc, received_at FROM payment_notices WHERE id = $1 AND tenant_id = $2";
        const FINISH: &str = "UPDATE payment_notices SET tenant_id = $3, body_enc = $4, processed_at = $5, outcome = $6 \
             WHERE tenant_id = $1 AND id = $2 AND processed_at IS NULL";
        // Still the installation's, or a shop's and processed.
        let Some(row) = self.conn.row::<Row>(FIND, vec![id.into(), Uuid::nil().into()]).await? else {
            return Ok(false);
        };
        let owner = tenant.map_or(Uuid::nil(), |tenant| tenant.0);
        let body = self.conn.secrets.keyring.open(row.tenant_id, BODY, &row.body_enc)?;
        let values = vec![
            row.tenant_id.into(),
            id.into(),
            owner.into(),
            self.conn.secrets.keyring.seal(owner, BODY, &body)?.into(),
            now.0.into(),
            outcome.into(),
        ];
        Ok(self.conn.run(FINISH, values).await? > 0)
    }
}
