//! Threads of one customer on one channel, and the one read that a turn begins with.

use duka_kernel::{ChannelId, ConversationId, CustomerId, TenantId, TenantScope, Timestamp};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{
    Guard, Store, StoreError, SystemTx, Tx,
    customers::{self, Customer, Resolved},
    inbox::{Inbound, PENDING, PendingRow},
    store::Backend,
    tenants::{VersionColumns, Versions},
    tx::Opener,
};

pub(crate) const STATE: &str = "conversations.state_enc";

/// A thread of one customer on one channel.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Conversation {
    /// Its identity.
    pub id: ConversationId,
    /// Who writes.
    pub customer: CustomerId,
    /// Where.
    pub channel: ChannelId,
    /// Where the sale stands, by name.
    pub stage: String,
    /// What it remembers, as JSON; empty before the first turn.
    pub state: String,
    /// Moves with every turn; a commit has to name the one it read.
    pub version: i64,
    /// Whether a person has taken over.
    pub handed_off: bool,
    /// When the customer wrote last, as far as it was answered.
    pub last_inbound_at: Option<Timestamp>,
    /// When the shop wrote last.
    pub last_outbound_at: Option<Timestamp>,
    /// When it began.
    pub created_at: Timestamp,
}

/// What a turn begins with.
#[derive(Clone, PartialEq, Debug)]
pub struct Recalled {
    /// The conversation.
    pub conversation: Conversation,
    /// Who writes.
    pub customer: Customer,
    /// What to compare the shop's cache with.
    pub versions: Versions,
    /// Messages not answered yet, in the order they came.
    pub pending: Vec<Inbound>,
    /// Whether something the shop said before is still to be sent, or is being sent.
    pub unsent: bool,
}

const COLUMNS: &str = "c.id AS conversation_id, c.customer_id AS owner_id, c.channel_id, c.stage, c.state_enc, \
     c.version, c.handed_off, c.last_inbound_at, c.last_outbound_at, c.created_at AS begun_at";

/// The words of the condition are those of the partial index.
const UNSENT: &str = "EXISTS (SELECT 1 FROM messages o WHERE o.tenant_id = c.tenant_id AND o.conversation_id = c.id \
     AND o.direction = 'out' AND o.status = 'pending')";

#[derive(FromQueryResult)]
struct Columns {
    conversation_id: Uuid,
    owner_id: Uuid,
    channel_id: Uuid,
    stage: String,
    state_enc: Option<Vec<u8>>,
    version: i64,
    handed_off: bool,
    last_inbound_at: Option<i64>,
    last_outbound_at: Option<i64>,
    begun_at: i64,
}

impl Columns {
    fn decrypt(self, opener: Opener<'_>) -> Result<Conversation, StoreError> {
        Ok(Conversation {
            id: ConversationId(self.conversation_id),
            customer: CustomerId(self.owner_id),
            channel: ChannelId(self.channel_id),
            stage: self.stage,
            state: opener.open_optional(STATE, self.state_enc.as_deref())?.unwrap_or_default(),
            version: self.version,
            handed_off: self.handed_off,
            last_inbound_at: self.last_inbound_at.map(Timestamp),
            last_outbound_at: self.last_outbound_at.map(Timestamp),
            created_at: Timestamp(self.begun_at),
        })
    }
}

/// What a turn rests on, once for each message that waits, or once without one.
#[derive(FromQueryResult)]
pub(crate) struct RecallRow {
    pub tenant_id: Uuid,
    #[sea_orm(nested)]
    conversation: Columns,
    #[sea_orm(nested)]
    customer: customers::Columns,
    #[sea_orm(nested)]
    versions: VersionColumns,
    #[sea_orm(nested)]
    pending: Option<PendingRow>,
    unsent: bool,
}

impl RecallRow {
    /// The statement that recalls so many different conversations; its parameters are pairs of shop and conversation.
    pub fn find(conversations: usize) -> String {
        let pairs: Vec<String> = (0..conversations).map(|n| format!("(${}, ${})", 2 * n + 1, 2 * n + 2)).collect();
        // The words of the condition on messages are those of the partial index. `CROSS JOIN` keeps SQLite from reading
        // all conversations and looking each up among those asked for.
        format!(
            "WITH asked (tenant_id, id) AS (VALUES {}) \
             SELECT c.tenant_id, {COLUMNS}, {}, t.settings_version, t.catalogue_version, t.stock_version, t.knowledge_version, \
             {PENDING}, {UNSENT} AS unsent \
             FROM asked a CROSS JOIN conversations c \
             JOIN customers u ON u.tenant_id = c.tenant_id AND u.id = c.customer_id \
             JOIN tenants t ON t.id = c.tenant_id \
             LEFT JOIN messages m ON m.tenant_id = c.tenant_id AND m.conversation_id = c.id \
               AND m.direction = 'in' AND m.answered_at IS NULL \
             WHERE c.tenant_id = a.tenant_id AND c.id = a.id ORDER BY m.id",
            pairs.join(", "),
            customers::COLUMNS,
        )
    }

    pub const fn conversation(&self) -> Uuid {
        self.conversation.conversation_id
    }

    /// All rows of one conversation as what they say together; `None` if there are none.
    pub fn decrypt(rows: Vec<Self>, opener: Opener<'_>) -> Result<Option<Recalled>, StoreError> {
        let mut rows = rows.into_iter();
        let Some(first) = rows.next() else { return Ok(None) };
        let is_new = first.conversation.version == 0;
        let pending = first.pending.into_iter().chain(rows.filter_map(|row| row.pending));
        Ok(Some(Recalled {
            conversation: first.conversation.decrypt(opener)?,
            customer: first.customer.decrypt(opener, is_new)?,
            versions: first.versions.into(),
            pending: pending.map(|row| row.decrypt(opener)).collect::<Result<_, _>>()?,
            unsent: first.unsent,
        }))
    }
}

#[derive(FromQueryResult)]
struct Id {
    id: Uuid,
}

#[derive(FromQueryResult)]
struct Waiting {
    tenant_id: Uuid,
    conversation_id: Uuid,
}

impl Store {
    /// What a turn rests on, seen at one moment: [`Tx::recall`] without a transaction around it. On SQLite all who ask
    /// at the same time are answered by one statement.
    ///
    /// # Errors
    /// If something stored cannot be decrypted, or the database fails.
    pub async fn recall(
        &self,
        scope: TenantScope,
        conversation: ConversationId,
    ) -> Result<Option<Recalled>, StoreError> {
        match &self.inner.backend {
            Backend::Sqlite { recaller, .. } => {
                let rows = recaller.rows(scope, conversation).await?;
                RecallRow::decrypt(rows, Opener { secrets: &self.inner.secrets, tenant: scope.tenant().0 })
            }
            Backend::Postgres { .. } => self.read(scope).await?.recall(conversation).await,
        }
    }
}

impl Tx {
    /// What a turn rests on, in one statement; `None` if the shop has no such conversation.
    ///
    /// # Errors
    /// If something stored cannot be decrypted, or the database fails.
    pub async fn recall(&self, conversation: ConversationId) -> Result<Option<Recalled>, StoreError> {
        let ids = vec![self.tenant_uuid().into(), conversation.0.into()];
        let rows = self.conn.rows(RecallRow::find(1), ids).await?;
        RecallRow::decrypt(rows, self.opener())
    }

    /// A conversation.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if the shop has no such conversation.
    pub async fn conversation(&self, conversation: ConversationId) -> Result<Conversation, StoreError> {
        let find = format!("SELECT {COLUMNS} FROM conversations c WHERE c.tenant_id = $1 AND c.id = $2");
        let found: Option<Columns> =
            self.conn.row(find, vec![self.tenant_uuid().into(), conversation.0.into()]).await?;
        found.ok_or(StoreError::NotFound)?.decrypt(self.opener())
    }

    /// When the customer wrote last, answered or not.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn heard_at(&self, conversation: ConversationId) -> Result<Option<Timestamp>, StoreError> {
        const FIND: &str = "SELECT m.created_at FROM messages m WHERE m.tenant_id = $1 AND m.conversation_id = $2 \
             AND m.direction = 'in' ORDER BY m.id DESC LIMIT 1";
        #[derive(FromQueryResult)]
        struct At {
            created_at: i64,
        }
        let found: Option<At> = self.conn.row(FIND, vec![self.tenant_uuid().into(), conversation.0.into()]).await?;
        Ok(found.map(|row| Timestamp(row.created_at)))
    }

    /// The conversations of a customer, the one written in last first.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn conversations_of(&self, customer: CustomerId) -> Result<Vec<Conversation>, StoreError> {
        let find = format!(
            "SELECT {COLUMNS} FROM conversations c WHERE c.tenant_id = $1 AND c.customer_id = $2 \
             ORDER BY coalesce(c.last_inbound_at, c.created_at) DESC, c.id DESC"
        );
        let rows: Vec<Columns> = self.conn.rows(find, vec![self.tenant_uuid().into(), customer.0.into()]).await?;
        rows.into_iter().map(|row| row.decrypt(self.opener())).collect()
    }

    /// The conversation of a customer on a channel, begun if there is none.
    pub(crate) async fn open_conversation(
        &self,
        customer: CustomerId,
        channel: ChannelId,
        now: Timestamp,
    ) -> Result<Resolved, StoreError> {
        const INSERT: &str = "INSERT INTO conversations (tenant_id, id, customer_id, channel_id, stage, version, \
             handed_off, created_at, active_at) VALUES ($1, $2, $3, $4, '', 0, FALSE, $5, $5) ON CONFLICT DO NOTHING";
        const FIND: &str = "SELECT id FROM conversations WHERE tenant_id = $1 AND customer_id = $2 AND channel_id = $3";
        let id = ConversationId::new();
        let tenant = self.tenant_uuid();
        let values = vec![tenant.into(), id.0.into(), customer.0.into(), channel.0.into(), now.0.into()];
        if self.conn.run(INSERT, values).await? > 0 {
            return Ok(Resolved { customer, conversation: id, is_new: true });
        }
        let values = vec![tenant.into(), customer.0.into(), channel.0.into()];
        let found: Id = self.conn.row(FIND, values).await?.ok_or(StoreError::NotFound)?;
        Ok(Resolved { customer, conversation: ConversationId(found.id), is_new: false })
    }

    /// Hands a conversation to a person, or back to the assistant. Says whether that changed anything. The version
    /// moves, so a turn that is under way is decided afresh.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn hand_off(&self, conversation: ConversationId, handed_off: bool) -> Result<bool, StoreError> {
        const UPDATE: &str = "UPDATE conversations SET handed_off = $3, version = version + 1 \
             WHERE tenant_id = $1 AND id = $2 AND handed_off <> $3";
        let values = vec![self.tenant_uuid().into(), conversation.0.into(), handed_off.into()];
        Ok(self.conn.run(UPDATE, values).await? > 0)
    }

    /// Takes or extends the lease of a conversation until a moment.
    ///
    /// # Errors
    /// [`Guard::Lease`] if another holds it now.
    pub async fn acquire_lease(
        &self,
        conversation: ConversationId,
        owner: &str,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<(), StoreError> {
        const TAKE: &str = "UPDATE conversations SET lease_owner = $3, lease_until = $5 \
             WHERE tenant_id = $1 AND id = $2 \
               AND (lease_owner IS NULL OR lease_owner = $3 OR lease_until IS NULL OR lease_until <= $4)";
        let values = vec![self.tenant_uuid().into(), conversation.0.into(), owner.into(), now.0.into(), until.0.into()];
        if self.conn.run(TAKE, values).await? == 0 { Err(Guard::Lease.into()) } else { Ok(()) }
    }

    /// Gives a lease back; nothing if another holds it.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn release_lease(&self, conversation: ConversationId, owner: &str) -> Result<(), StoreError> {
        const GIVE: &str = "UPDATE conversations SET lease_owner = NULL, lease_until = NULL \
             WHERE tenant_id = $1 AND id = $2 AND lease_owner = $3";
        let values = vec![self.tenant_uuid().into(), conversation.0.into(), owner.into()];
        self.conn.run(GIVE, values).await.map(drop)
    }
}

impl SystemTx {
    /// Conversations with a message that came before a moment and is not answered, and that no one holds a lease on.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn unanswered(
        &self,
        before: Timestamp,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<(TenantId, ConversationId)>, StoreError> {
        const FIND: &str = "SELECT m.tenant_id, m.conversation_id FROM messages m \
             JOIN conversations c ON c.tenant_id = m.tenant_id AND c.id = m.conversation_id \
             WHERE m.direction = 'in' AND m.answered_at IS NULL AND m.created_at <= $1 \
               AND (c.lease_until IS NULL OR c.lease_until <= $2) \
             GROUP BY m.tenant_id, m.conversation_id ORDER BY min(m.created_at) LIMIT $3";
        let values = vec![before.0.into(), now.0.into(), i64::from(limit).into()];
        let rows: Vec<Waiting> = self.conn.rows(FIND, values).await?;
        Ok(rows.into_iter().map(|row| (TenantId(row.tenant_id), ConversationId(row.conversation_id))).collect())
    }
}
