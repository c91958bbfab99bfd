//! Messages to be sent, and how far sending got.
//!
//! A message is a row before it is sent. The process that committed it holds it until `due_at` and sends it at once;
//! after that moment any node may claim it.

use std::collections::HashMap;

use duka_kernel::{ChannelId, ConversationId, CustomerId, MessageId, TenantId, Timestamp, TurnId};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use uuid::Uuid;

use crate::{
    StoreError, SystemTx, Tx, customers,
    inbox::{PAYLOAD, TEXT},
    tx::{Sql, open_text, parameters},
};

/// Names the lock under which unsent messages are claimed (any number that nothing else here uses).
const CLAIMING: i64 = 0x6475_6b61;

/// A message to send.
#[derive(Clone, PartialEq, Debug)]
pub struct NewOutbound {
    /// Its identity; rising identities are the order of sending.
    pub id: MessageId,
    /// `text`, `image`, `list`, `buttons`, `document`.
    pub kind: String,
    /// The words, complete by themselves.
    pub text: String,
    /// What else it carries, as JSON.
    pub payload: Option<serde_json::Value>,
    /// The picture or file.
    pub media_key: Option<String>,
}

/// Who sends new messages first.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Claim {
    /// The node that does.
    pub node: String,
    /// After this moment any other may.
    pub until: Timestamp,
}

/// A message found unsent.
#[derive(Clone, PartialEq, Debug)]
pub struct Unsent {
    /// Whose.
    pub tenant: TenantId,
    /// Its identity.
    pub id: MessageId,
    /// Where it belongs.
    pub conversation: ConversationId,
    /// To whom.
    pub customer: CustomerId,
    /// Through which channel.
    pub channel: ChannelId,
    /// `twilio` or `console`.
    pub channel_kind: String,
    /// The shop's address on the channel.
    pub from: String,
    /// The customer's address on the channel.
    pub to: String,
    /// `text`, `image`, …
    pub kind: String,
    /// The words.
    pub text: String,
    /// What else it carries.
    pub payload: Option<serde_json::Value>,
    /// The picture or file.
    pub media_key: Option<String>,
    /// How often sending it was tried, or begun and not finished.
    pub attempts: u32,
    /// When it was written.
    pub created_at: Timestamp,
}

/// How far a message got, as the provider says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Delivery {
    /// The provider passed it on.
    Sent,
    /// It is on the phone.
    Delivered,
    /// It was read.
    Read,
    /// It will not arrive.
    Failed,
}

impl Delivery {
    /// The name in the database.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::Read => "read",
            Self::Failed => "failed",
        }
    }

    /// The states it may follow: reports overtake each other, and a message never goes back.
    const fn may_follow(self) -> &'static str {
        match self {
            Self::Sent => "('pending')",
            Self::Delivered | Self::Failed => "('pending', 'sent')",
            Self::Read => "('pending', 'sent', 'delivered')",
        }
    }
}

#[derive(FromQueryResult)]
struct Claimed {
    tenant_id: Uuid,
    id: Uuid,
}

#[derive(FromQueryResult)]
struct Id {
    #[allow(dead_code, reason = "that there is one is what is asked for")]
    id: Uuid,
}

#[derive(FromQueryResult)]
struct UnsentRow {
    tenant_id: Uuid,
    id: Uuid,
    conversation_id: Uuid,
    customer_id: Uuid,
    channel_id: Uuid,
    channel_kind: String,
    address: String,
    identity_enc: Vec<u8>,
    kind: String,
    text_enc: Vec<u8>,
    payload_enc: Option<Vec<u8>>,
    media_key: Option<String>,
    attempts: i64,
    created_at: i64,
}

impl Tx {
    /// Stores messages to send to one conversation, in order, all in one statement.
    ///
    /// # Errors
    /// If the conversation is not the shop's, or the database fails.
    pub async fn enqueue(
        &self,
        conversation: ConversationId,
        channel: ChannelId,
        messages: &[NewOutbound],
        claim: &Claim,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        match self.outbound_insert((conversation, channel, None), messages, claim, now)? {
            Some(Sql { text, values }) => self.conn.run(text, values).await.map(drop),
            None => Ok(()),
        }
    }

    /// The statement that stores messages to send, with the turn that says them if one does; none for none.
    pub(crate) fn outbound_insert(
        &self,
        (conversation, channel, turn): (ConversationId, ChannelId, Option<TurnId>),
        messages: &[NewOutbound],
        claim: &Claim,
        now: Timestamp,
    ) -> Result<Option<Sql>, StoreError> {
        if messages.is_empty() {
            return Ok(None);
        }
        let mut values: Vec<Value> = vec![
            self.tenant_uuid().into(),
            conversation.0.into(),
            channel.0.into(),
            claim.node.as_str().into(),
            claim.until.0.into(),
            now.0.into(),
            turn.map(|turn| turn.0).into(),
        ];
        let mut rows = Vec::with_capacity(messages.len());
        for (position, message) in messages.iter().enumerate() {
            let n = values.len();
            rows.push(format!(
                "($1, ${}, $2, $3, 'out', ${}, ${}, ${}, ${}, 'pending', 0, $5, $4, {position}, $6, $7)",
                n + 1,
                n + 2,
                n + 3,
                n + 4,
                n + 5,
            ));
            let payload = message.payload.as_ref().map(serde_json::Value::to_string);
            values.extend([
                Value::from(message.id.0),
                message.kind.as_str().into(),
                self.seal(TEXT, &message.text)?.into(),
                self.seal_optional(PAYLOAD, payload.as_deref())?.into(),
                message.media_key.clone().into(),
            ]);
        }
        let text = format!(
            "INSERT INTO messages (tenant_id, id, conversation_id, channel_id, direction, kind, text_enc, payload_enc, \
             media_key, status, attempts, due_at, claimed_by, position, created_at, turn_id) \
             VALUES {}",
            rows.join(", ")
        );
        Ok(Some(Sql { text, values }))
    }

    /// Notes that the provider took messages, with the ids it gave them, all in one statement.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn mark_sent(&self, sent: &[(MessageId, String)]) -> Result<(), StoreError> {
        if sent.is_empty() {
            return Ok(());
        }
        let mut values: Vec<Value> = vec![self.tenant_uuid().into()];
        let mut cases = String::new();
        for (id, provider_message_id) in sent {
            values.extend([Value::from(id.0), provider_message_id.as_str().into()]);
            cases.push_str(&format!(" WHEN ${} THEN ${}", values.len() - 1, values.len()));
        }
        let ids: Vec<String> = (0..sent.len()).map(|i| format!("${}", 2 + 2 * i)).collect();
        let update = format!(
            "UPDATE messages SET status = 'sent', due_at = NULL, claimed_by = NULL, error_code = NULL, \
             attempts = attempts + 1, provider_message_id = CASE id{cases} END \
             WHERE tenant_id = $1 AND id IN ({}) AND direction = 'out' AND status = 'pending'",
            ids.join(", ")
        );
        self.conn.run(update, values).await.map(drop)
    }

    /// Whether a conversation has something to send, of that which was written before a message if one is given.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn has_unsent(
        &self,
        conversation: ConversationId,
        before: Option<MessageId>,
    ) -> Result<bool, StoreError> {
        const FIND: &str = "SELECT id FROM messages WHERE tenant_id = $1 AND conversation_id = $2 \
             AND direction = 'out' AND status = 'pending' AND id < $3 LIMIT 1";
        // Identities rise, so none is after the greatest.
        let before = before.map_or(Uuid::max(), |id| id.0);
        let values = vec![self.tenant_uuid().into(), conversation.0.into(), before.into()];
        Ok(!self.conn.rows::<Id>(FIND, values).await?.is_empty())
    }

    /// Extends the claim on a message. False if it is not the claimer's any more: it was sent, or another took it.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn extend_claim(&self, id: MessageId, claim: &Claim) -> Result<bool, StoreError> {
        const EXTEND: &str = "UPDATE messages SET due_at = $4 WHERE tenant_id = $1 AND id = $2 AND claimed_by = $3 \
             AND direction = 'out' AND status = 'pending'";
        let values = vec![self.tenant_uuid().into(), id.0.into(), claim.node.as_str().into(), claim.until.0.into()];
        Ok(self.conn.run(EXTEND, values).await? > 0)
    }

    /// Gives messages back that were not tried, because one before them could not be sent.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn hold_back(&self, ids: &[MessageId], due_at: Timestamp) -> Result<(), StoreError> {
        if ids.is_empty() {
            return Ok(());
        }
        let update = format!(
            "UPDATE messages SET due_at = $2, claimed_by = NULL \
             WHERE tenant_id = $1 AND id IN ({}) AND direction = 'out' AND status = 'pending'",
            parameters(3, ids.len())
        );
        let mut values: Vec<Value> = vec![self.tenant_uuid().into(), due_at.0.into()];
        values.extend(ids.iter().map(|id| Value::from(id.0)));
        self.conn.run(update, values).await.map(drop)
    }

    /// Gives a message back to be tried again at a moment.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn mark_retry(&self, id: MessageId, error_code: &str, due_at: Timestamp) -> Result<(), StoreError> {
        const RETRY: &str = "UPDATE messages SET due_at = $3, claimed_by = NULL, error_code = $4, attempts = attempts + 1 \
             WHERE tenant_id = $1 AND id = $2 AND direction = 'out' AND status = 'pending'";
        let values = vec![self.tenant_uuid().into(), id.0.into(), due_at.0.into(), error_code.into()];
        self.conn.run(RETRY, values).await.map(drop)
    }

    /// Parks a message that will not be tried again.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn mark_failed(&self, id: MessageId, error_code: &str) -> Result<(), StoreError> {
        const FAIL: &str = "UPDATE messages SET status = 'failed', due_at = NULL, claimed_by = NULL, error_code = $3, \
             attempts = attempts + 1 WHERE tenant_id = $1 AND id = $2 AND direction = 'out' AND status = 'pending'";
        let values = vec![self.tenant_uuid().into(), id.0.into(), error_code.into()];
        self.conn.run(FAIL, values).await.map(drop)
    }

    /// Takes over what a provider reports about a message it took. False if the message is unknown (perhaps not marked
    /// as sent yet) or already further.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn report_delivery(
        &self,
        channel: ChannelId,
        provider_message_id: &str,
        delivery: Delivery,
        error_code: Option<&str>,
    ) -> Result<bool, StoreError> {
        let update = format!(
            "UPDATE messages SET status = $4, error_code = $5, due_at = NULL, claimed_by = NULL \
             WHERE tenant_id = $1 AND channel_id = $2 AND provider_message_id = $3 AND direction = 'out' \
               AND status IN {}",
            delivery.may_follow()
        );
        let values = vec![
            self.tenant_uuid().into(),
            channel.0.into(),
            provider_message_id.into(),
            delivery.name().into(),
            error_code.map(str::to_owned).into(),
        ];
        Ok(self.conn.run(update, values).await? > 0)
    }
}

impl SystemTx {
    /// Claims the messages of up to `limit` conversations that are due and unsent. A message is claimed only together
    /// with, or after, all those before it in its conversation, and two nodes never claim the same one. `alone` says
    /// that no other node works on this database: what others hold is taken from them.
    ///
    /// # Errors
    /// If something stored cannot be decrypted, or the database fails.
    pub async fn claim_unsent(
        &self,
        claim: &Claim,
        now: Timestamp,
        limit: u32,
        alone: bool,
    ) -> Result<Vec<Unsent>, StoreError> {
        if self.conn.is_postgres() {
            // One claims at a time: another's view of what is due could have gaps where it would overtake.
            self.conn.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({CLAIMING})")).await?;
        }
        let due = |m: &str| {
            if alone {
                format!("({m}.due_at <= $3 OR coalesce({m}.claimed_by, $1) <> $1)")
            } else {
                format!("{m}.due_at <= $3")
            }
        };
        let update = format!(
            "UPDATE messages SET claimed_by = $1, due_at = $2 WHERE (tenant_id, id) IN \
             (SELECT m.tenant_id, m.id FROM messages m WHERE m.direction = 'out' AND m.status = 'pending' AND {} \
              AND (m.tenant_id, m.conversation_id) IN \
                (SELECT f.tenant_id, f.conversation_id FROM messages f \
                 WHERE f.direction = 'out' AND f.status = 'pending' AND {} \
                 GROUP BY f.tenant_id, f.conversation_id ORDER BY min(f.due_at) LIMIT $4) \
              AND NOT EXISTS (SELECT 1 FROM messages e WHERE e.tenant_id = m.tenant_id \
                AND e.conversation_id = m.conversation_id AND e.direction = 'out' AND e.status = 'pending' \
                AND e.id < m.id AND NOT {})) RETURNING tenant_id, id",
            due("m"),
            due("f"),
            due("e"),
        );
        let values = vec![claim.node.as_str().into(), claim.until.0.into(), now.0.into(), i64::from(limit).into()];
        let claimed: Vec<Claimed> = self.conn.rows(update, values).await?;
        let mut by_tenant: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
        for row in claimed {
            by_tenant.entry(row.tenant_id).or_default().push(row.id);
        }
        let mut unsent = Vec::new();
        for (tenant, ids) in by_tenant {
            unsent.extend(self.unsent(tenant, &ids).await?);
        }
        unsent.sort_by_key(|message| (message.tenant, message.conversation, message.id));
        Ok(unsent)
    }

    async fn unsent(&self, tenant: Uuid, ids: &[Uuid]) -> Result<Vec<Unsent>, StoreError> {
        let find = format!(
            "SELECT m.tenant_id, m.id, m.conversation_id, c.customer_id, m.channel_id, h.kind AS channel_kind, h.address, \
             i.identity_enc, m.kind, m.text_enc, m.payload_enc, m.media_key, m.attempts, m.created_at \
             FROM messages m \
             JOIN conversations c ON c.tenant_id = m.tenant_id AND c.id = m.conversation_id \
             JOIN channels h ON h.tenant_id = m.tenant_id AND h.id = m.channel_id \
             JOIN customer_identities i ON i.tenant_id = m.tenant_id AND i.customer_id = c.customer_id \
               AND i.channel_id = m.channel_id \
               AND i.id = (SELECT max_i.id FROM customer_identities max_i WHERE max_i.tenant_id = i.tenant_id \
                 AND max_i.customer_id = i.customer_id AND max_i.channel_id = i.channel_id \
                 ORDER BY max_i.id DESC LIMIT 1) \
             WHERE m.tenant_id = $1 AND m.id IN ({})",
            parameters(2, ids.len())
        );
        let values = std::iter::once(tenant).chain(ids.iter().copied()).map(Value::from).collect();
        let rows: Vec<UnsentRow> = self.conn.rows(find, values).await?;
        rows.into_iter().map(|row| self.unsent_message(row)).collect()
    }

    fn unsent_message(&self, row: UnsentRow) -> Result<Unsent, StoreError> {
        let open = |column, stored: &[u8]| open_text(&self.conn.secrets, row.tenant_id, column, stored);
        let payload = row.payload_enc.as_deref().map(|stored| open(PAYLOAD, stored)).transpose()?;
        Ok(Unsent {
            tenant: TenantId(row.tenant_id),
            id: MessageId(row.id),
            conversation: ConversationId(row.conversation_id),
            customer: CustomerId(row.customer_id),
            channel: ChannelId(row.channel_id),
            channel_kind: row.channel_kind,
            from: row.address,
            to: open(customers::IDENTITY, &row.identity_enc)?,
            kind: row.kind,
            text: open(TEXT, &row.text_enc)?,
            payload: payload.map(|json| serde_json::from_str(&json)).transpose()?,
            media_key: row.media_key,
            attempts: u32::try_from(row.attempts).unwrap_or(u32::MAX),
            created_at: Timestamp(row.created_at),
        })
    }
}
