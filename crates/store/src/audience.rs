//! Whom a shop may write to unasked.

use duka_kernel::{ChannelId, ConversationId};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{StoreError, Tx};

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
}

impl Tx {
    /// Conversations on a channel whose customers have written, have not refused marketing, and do not wait for a person.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn audience(&self, channel: ChannelId) -> Result<Vec<ConversationId>, StoreError> {
        const FIND: &str = "SELECT c.id FROM conversations c \
             JOIN customers u ON u.tenant_id = c.tenant_id AND u.id = c.customer_id \
             WHERE c.tenant_id = $1 AND c.channel_id = $2 AND c.last_inbound_at IS NOT NULL AND NOT u.opted_out AND NOT c.handed_off \
             ORDER BY c.id";
        let rows: Vec<Row> = self.conn.rows(FIND, vec![self.tenant_uuid().into(), channel.0.into()]).await?;
        Ok(rows.into_iter().map(|row| ConversationId(row.id)).collect())
    }
}
