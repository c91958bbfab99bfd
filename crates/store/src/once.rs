//! Requests that are done once however often they are sent: what was answered is kept for a day and answered again.

use duka_kernel::Timestamp;
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{StoreError, Tx};

/// For how long an answer is kept, in milliseconds.
pub const KEPT: i64 = 24 * 60 * 60 * 1000;

const KEY: &str = "requests_once.key_hash";
const BODY: &str = "requests_once.body_enc";

/// What was answered.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The headers that matter, as JSON.
    pub head: String,
    /// The body.
    pub body: String,
}

/// Where a request stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Once {
    /// It has not been seen: do it, then [`Tx::finish_once`] or [`Tx::forget_once`].
    New,
    /// It was begun and not answered: it is being done, or the process ended while it was.
    Begun,
    /// The same key came with another request.
    Other,
    /// It was done.
    Done(Answer),
}

impl Tx {
    /// Begins a request that somebody (`caller`) gave a key to.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn begin_once(
        &self,
        caller: &str,
        key: &str,
        request: &[u8],
        now: Timestamp,
    ) -> Result<Once, StoreError> {
        #[derive(FromQueryResult)]
        struct Row {
            request_hash: Vec<u8>,
            status: Option<i64>,
            head: Option<String>,
            body_enc: Option<Vec<u8>>,
        }
        const OLD: &str = "DELETE FROM requests_once WHERE tenant_id = $1 AND created_at < $2";
        const INSERT: &str = "INSERT INTO requests_once (tenant_id, id, key_hash, request_hash, created_at) \
             VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";
        const FIND: &str = "SELECT request_hash, status, head, body_enc FROM requests_once \
             WHERE tenant_id = $1 AND key_hash = $2";
        let tenant = self.tenant_uuid();
        let hash = self.key_hash(caller, key)?;
        self.conn.run(OLD, vec![tenant.into(), (now.0 - KEPT).into()]).await?;
        let values =
            vec![tenant.into(), Uuid::now_v7().into(), hash.clone().into(), request.to_vec().into(), now.0.into()];
        if self.conn.run(INSERT, values).await? > 0 {
            return Ok(Once::New);
        }
        let row: Row = self.conn.row(FIND, vec![tenant.into(), hash.into()]).await?.ok_or(StoreError::NotFound)?;
        if row.request_hash != request {
            return Ok(Once::Other);
        }
        let (Some(status), Some(head), Some(body)) = (row.status, row.head, row.body_enc) else {
            return Ok(Once::Begun);
        };
        let status = u16::try_from(status).map_err(|_| StoreError::Corrupt("a status".into()))?;
        Ok(Once::Done(Answer { status, head, body: self.open(BODY, &body)? }))
    }

    /// Keeps what was answered.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn finish_once(&self, caller: &str, key: &str, answer: &Answer) -> Result<(), StoreError> {
        const UPDATE: &str = "UPDATE requests_once SET status = $3, head = $4, body_enc = $5 \
             WHERE tenant_id = $1 AND key_hash = $2";
        let values = vec![
            self.tenant_uuid().into(),
            self.key_hash(caller, key)?.into(),
            i64::from(answer.status).into(),
            answer.head.as_str().into(),
            self.seal(BODY, &answer.body)?.into(),
        ];
        self.conn.run(UPDATE, values).await.map(drop)
    }

    /// Forgets a request that surely changed nothing, so that it may be sent again.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn forget_once(&self, caller: &str, key: &str) -> Result<(), StoreError> {
        const DELETE: &str = "DELETE FROM requests_once WHERE tenant_id = $1 AND key_hash = $2";
        self.conn.run(DELETE, vec![self.tenant_uuid().into(), self.key_hash(caller, key)?.into()]).await.map(drop)
    }

    fn key_hash(&self, caller: &str, key: &str) -> Result<Vec<u8>, StoreError> {
        self.hash(KEY, &format!("{caller} {key}"))
    }
}
