//! What conversations came to, in few words.

use duka_kernel::{ConversationId, Timestamp};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{StoreError, Tx};

const TEXT: &str = "summaries.text_enc";

/// What a conversation came to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Summary {
    /// The words.
    pub text: String,
    /// The conversation's version that they are about.
    pub version: i64,
    /// When they were written.
    pub at: Timestamp,
}

#[derive(FromQueryResult)]
struct Row {
    text_enc: Vec<u8>,
    version: i64,
    at: i64,
}

impl Tx {
    /// Keeps the summary of a conversation, unless there is a later one.
    ///
    /// # Errors
    /// If the conversation is not the shop's, or the database fails.
    pub async fn keep_summary(&self, conversation: ConversationId, summary: &Summary) -> Result<(), StoreError> {
        const KEEP: &str = "INSERT INTO summaries (tenant_id, id, conversation_id, text_enc, version, at) \
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (tenant_id, conversation_id) DO UPDATE SET \
             text_enc = excluded.text_enc, version = excluded.version, at = excluded.at \
             WHERE summaries.version <= excluded.version";
        let values = vec![
            self.tenant_uuid().into(),
            Uuid::now_v7().into(),
            conversation.0.into(),
            self.seal(TEXT, &summary.text)?.into(),
            summary.version.into(),
            summary.at.0.into(),
        ];
        self.conn.run(KEEP, values).await.map(drop)
    }

    /// The summary of a conversation.
    ///
    /// # Errors
    /// If it cannot be decrypted, or the database fails.
    pub async fn summary(&self, conversation: ConversationId) -> Result<Option<Summary>, StoreError> {
        const FIND: &str = "SELECT text_enc, version, at FROM summaries WHERE tenant_id = $1 AND conversation_id = $2";
        let found: Option<Row> = self.conn.row(FIND, vec![self.tenant_uuid().into(), conversation.0.into()]).await?;
        let open = |row: Row| {
            Ok(Summary { text: self.open(TEXT, &row.text_enc)?, version: row.version, at: Timestamp(row.at) })
        };
        found.map(open).transpose()
    }
}
