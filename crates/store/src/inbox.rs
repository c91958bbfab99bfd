//! Messages that came in, and the history of a conversation.

use std::collections::HashSet;

use duka_kernel::{ChannelId, ConversationId, MessageId, Timestamp, TurnId};
use sea_orm::{FromQueryResult, Value};
use uuid::Uuid;

use crate::{StoreError, Tx, tx::Opener};

pub(crate) const TEXT: &str = "messages.text_enc";
pub(crate) const PAYLOAD: &str = "messages.payload_enc";

/// A message as it came from a channel, to be stored before the channel is answered.
#[derive(Clone, PartialEq, Debug)]
pub struct NewInbound {
    /// Its identity; rising identities are the order of a conversation.
    pub id: MessageId,
    /// Where it belongs.
    pub conversation: ConversationId,
    /// Where it came in.
    pub channel: ChannelId,
    /// The provider's own id, by which a repeated delivery is known.
    pub provider_message_id: String,
    /// `text`, `image`, `location`, …
    pub kind: String,
    /// The words; empty if there are none.
    pub text: String,
    /// The picture or file, once stored, or where it can be had.
    pub media_key: Option<String>,
    /// What else it carries, as JSON.
    pub payload: Option<serde_json::Value>,
    /// The provider's id of the message it replies to.
    pub reply_to: Option<String>,
    /// When it came.
    pub received_at: Timestamp,
}

/// A message that is not answered yet.
#[derive(Clone, PartialEq, Debug)]
pub struct Inbound {
    /// Its identity.
    pub id: MessageId,
    /// The provider's own id.
    pub provider_message_id: Option<String>,
    /// `text`, `image`, `location`, …
    pub kind: String,
    /// The words.
    pub text: String,
    /// The picture or file.
    pub media_key: Option<String>,
    /// What else it carries.
    pub payload: Option<serde_json::Value>,
    /// The provider's id of the message it replies to.
    pub reply_to: Option<String>,
    /// When it came.
    pub received_at: Timestamp,
}

/// A message of a conversation's history.
#[derive(Clone, PartialEq, Debug)]
pub struct HistoryMessage {
    /// Its identity.
    pub id: MessageId,
    /// Whether the shop sent it.
    pub outbound: bool,
    /// `text`, `image`, …
    pub kind: String,
    /// The words.
    pub text: String,
    /// What else it carries.
    pub payload: Option<serde_json::Value>,
    /// The picture or file.
    pub media_key: Option<String>,
    /// `received`, or how far sending got.
    pub status: String,
    /// The turn that answered it, or that it is of.
    pub turn: Option<TurnId>,
    /// When it came or was written.
    pub at: Timestamp,
}

/// The columns of [`PendingRow`], from `messages m`.
pub(crate) const PENDING: &str = "m.id AS message_id, m.provider_message_id, m.kind, m.text_enc, m.media_key, \
     m.payload_enc, m.reply_to, m.created_at AS received_at";

/// A message not answered yet, as part of a wider select.
#[derive(FromQueryResult)]
pub(crate) struct PendingRow {
    message_id: Uuid,
    provider_message_id: Option<String>,
    kind: String,
    text_enc: Vec<u8>,
    media_key: Option<String>,
    payload_enc: Option<Vec<u8>>,
    reply_to: Option<String>,
    received_at: i64,
}

impl PendingRow {
    pub fn decrypt(self, opener: Opener<'_>) -> Result<Inbound, StoreError> {
        Ok(Inbound {
            id: MessageId(self.message_id),
            provider_message_id: self.provider_message_id,
            kind: self.kind,
            text: opener.open(TEXT, &self.text_enc)?,
            media_key: self.media_key,
            payload: open_payload(opener, self.payload_enc.as_deref())?,
            reply_to: self.reply_to,
            received_at: Timestamp(self.received_at),
        })
    }
}

fn open_payload(opener: Opener<'_>, stored: Option<&[u8]>) -> Result<Option<serde_json::Value>, StoreError> {
    let json = opener.open_optional(PAYLOAD, stored)?;
    Ok(json.map(|json| serde_json::from_str(&json)).transpose()?)
}

#[derive(FromQueryResult)]
struct Id {
    id: Uuid,
}

#[derive(FromQueryResult)]
struct Payload {
    payload_enc: Option<Vec<u8>>,
}

#[derive(FromQueryResult)]
struct MediaKey {
    media_key: Option<String>,
}

#[derive(FromQueryResult)]
struct HistoryRow {
    id: Uuid,
    direction: String,
    kind: String,
    text_enc: Vec<u8>,
    payload_enc: Option<Vec<u8>>,
    media_key: Option<String>,
    status: String,
    turn_id: Option<Uuid>,
    created_at: i64,
}

impl HistoryRow {
    fn decrypt(self, tx: &Tx) -> Result<HistoryMessage, StoreError> {
        Ok(HistoryMessage {
            id: MessageId(self.id),
            outbound: self.direction == "out",
            kind: self.kind,
            text: tx.open(TEXT, &self.text_enc)?,
            payload: open_payload(tx.opener(), self.payload_enc.as_deref())?,
            media_key: self.media_key,
            status: self.status,
            turn: self.turn_id.map(TurnId),
            at: Timestamp(self.created_at),
        })
    }
}

impl Tx {
    /// Stores messages, all in one statement. Says of each whether it is new; a repeated delivery is not, and changes
    /// nothing.
    ///
    /// # Errors
    /// If a conversation is not the shop's, or the database fails.
    pub async fn receive(&self, messages: &[NewInbound]) -> Result<Vec<bool>, StoreError> {
        const COLUMNS: usize = 11;
        if messages.is_empty() {
            return Ok(Vec::new());
        }
        let mut values: Vec<Value> = Vec::with_capacity(messages.len() * COLUMNS);
        let mut rows = Vec::with_capacity(messages.len());
        for message in messages {
            let n = values.len();
            let p = |i: usize| n + i;
            rows.push(format!(
                "(${}, ${}, ${}, ${}, 'in', ${}, ${}, ${}, ${}, ${}, ${}, 'received', 0, 0, ${})",
                p(1),
                p(2),
                p(3),
                p(4),
                p(5),
                p(6),
                p(7),
                p(8),
                p(9),
                p(10),
                p(11),
            ));
            let payload = message.payload.as_ref().map(serde_json::Value::to_string);
            values.extend([
                Value::from(self.tenant_uuid()),
                message.id.0.into(),
                message.conversation.0.into(),
                message.channel.0.into(),
                message.kind.as_str().into(),
                message.provider_message_id.as_str().into(),
                self.seal(TEXT, &message.text)?.into(),
                self.seal_optional(PAYLOAD, payload.as_deref())?.into(),
                message.media_key.clone().into(),
                message.reply_to.clone().into(),
                message.received_at.0.into(),
            ]);
        }
        let insert = format!(
            "INSERT INTO messages (tenant_id, id, conversation_id, channel_id, direction, kind, provider_message_id, \
             text_enc, payload_enc, media_key, reply_to, status, attempts, position, created_at) \
             VALUES {} ON CONFLICT DO NOTHING RETURNING id",
            rows.join(", ")
        );
        let new: Vec<Id> = self.conn.rows(insert, values).await?;
        let new: HashSet<Uuid> = new.into_iter().map(|row| row.id).collect();
        Ok(messages.iter().map(|message| new.contains(&message.id.0)).collect())
    }

    /// The last messages of a conversation in both directions, oldest first.
    ///
    /// # Errors
    /// If something stored cannot be decrypted, or the database fails.
    pub async fn history(&self, conversation: ConversationId, last: u32) -> Result<Vec<HistoryMessage>, StoreError> {
        const FIND: &str = "SELECT id, direction, kind, text_enc, payload_enc, media_key, status, turn_id, created_at FROM messages \
             WHERE tenant_id = $1 AND conversation_id = $2 ORDER BY id DESC LIMIT $3";
        let values = vec![self.tenant_uuid().into(), conversation.0.into(), i64::from(last).into()];
        let rows: Vec<HistoryRow> = self.conn.rows(FIND, values).await?;
        rows.into_iter().rev().map(|row| row.decrypt(self)).collect()
    }

    /// The message that the provider knows by an id, in either direction: what a reply quotes.
    ///
    /// # Errors
    /// If something stored cannot be decrypted, or the database fails.
    pub async fn message_by_provider_id(
        &self,
        channel: ChannelId,
        provider_message_id: &str,
    ) -> Result<Option<HistoryMessage>, StoreError> {
        const FIND: &str = "SELECT id, direction, kind, text_enc, payload_enc, media_key, status, turn_id, created_at FROM messages \
             WHERE tenant_id = $1 AND channel_id = $2 AND provider_message_id = $3";
        let values = vec![self.tenant_uuid().into(), channel.0.into(), provider_message_id.into()];
        let row: Option<HistoryRow> = self.conn.row(FIND, values).await?;
        row.map(|row| row.decrypt(self)).transpose()
    }

    /// Keeps what was heard in a voice note as the words of its message, marked as heard.
    ///
    /// # Errors
    /// If what the message carries cannot be decrypted, or the database fails.
    pub async fn set_transcript(&self, message: MessageId, words: &str) -> Result<(), StoreError> {
        const FIND: &str = "SELECT payload_enc FROM messages WHERE tenant_id = $1 AND id = $2";
        const SET: &str = "UPDATE messages SET text_enc = $3, payload_enc = $4 WHERE tenant_id = $1 AND id = $2";
        let found: Option<Payload> = self.conn.row(FIND, vec![self.tenant_uuid().into(), message.0.into()]).await?;
        let kept = found.ok_or(StoreError::NotFound)?.payload_enc;
        let mut payload = open_payload(self.opener(), kept.as_deref())?.unwrap_or_else(|| serde_json::json!({}));
        payload["heard"] = true.into();
        let values = vec![
            self.tenant_uuid().into(),
            message.0.into(),
            self.seal(TEXT, words)?.into(),
            self.seal(PAYLOAD, &payload.to_string())?.into(),
        ];
        self.conn.run(SET, values).await.map(drop)
    }

    /// Where the picture or file of a message is stored, if it has one.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if the shop has no such message.
    pub async fn media_key_of(&self, message: MessageId) -> Result<Option<String>, StoreError> {
        const FIND: &str = "SELECT media_key FROM messages WHERE tenant_id = $1 AND id = $2";
        let found: Option<MediaKey> = self.conn.row(FIND, vec![self.tenant_uuid().into(), message.0.into()]).await?;
        Ok(found.ok_or(StoreError::NotFound)?.media_key)
    }

    /// Says where the picture or file of a message was stored.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn set_media_key(&self, message: MessageId, media_key: &str) -> Result<(), StoreError> {
        const SET: &str = "UPDATE messages SET media_key = $3 WHERE tenant_id = $1 AND id = $2";
        let values = vec![self.tenant_uuid().into(), message.0.into(), media_key.into()];
        self.conn.run(SET, values).await.map(drop)
    }
}
