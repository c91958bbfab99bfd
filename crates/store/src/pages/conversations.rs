//! The inbox: conversations with their last message, what is unread and who waits for a person.

use std::collections::HashMap;

use duka_kernel::{ConversationId, CustomerId, Language, MessageId, Timestamp};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use super::{Cursor, Key, List, Order, PERSON, Page, Person, PersonRow, searching::MOST_FOUND};
use crate::{StoreError, Tx, handovers::ASSIGNED, inbox::TEXT};

/// Unread messages are counted up to this.
pub const MOST_UNREAD: i64 = 99;

/// Which conversations.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Filter {
    /// Which of them.
    pub which: Which,
    /// Of this customer.
    pub customer: Option<CustomerId>,
    /// Whose name or phone number begins so.
    pub search: Option<String>,
}

/// Which conversations, and in which order.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Which {
    /// All, the one with the last word first.
    #[default]
    All,
    /// Those in which the customer wrote since a person looked.
    Unread,
    /// Those in which a customer waits for a person; who waits longest comes first.
    Waiting,
    /// Those that people have taken over.
    Open,
    /// Of these, those assigned to somebody, as staff call them.
    Of(String),
}

/// A conversation as the list shows it.
#[derive(Clone, PartialEq, Debug)]
pub struct ConversationRow {
    /// Its identity.
    pub id: ConversationId,
    /// Who writes.
    pub customer: Person,
    /// What they write in.
    pub language: Option<Language>,
    /// The kind of the channel: `twilio`, `console`, …
    pub channel: String,
    /// Where the sale stands, by name.
    pub stage: String,
    /// Its last message.
    pub last: Option<Last>,
    /// Messages of the customer since a person looked, up to [`MOST_UNREAD`].
    pub unread: i64,
    /// Whether people have taken over.
    pub handed_off: bool,
    /// Since when the customer waits for a person.
    pub waiting_since: Option<Timestamp>,
    /// Whose it is to answer, as staff call them.
    pub assigned: Option<String>,
    /// When it was last answered or written to.
    pub active_at: Timestamp,
}

/// The last message of a conversation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Last {
    /// The words.
    pub text: String,
    /// `text`, `image`, …
    pub kind: String,
    /// Whether the shop sent it.
    pub outbound: bool,
    /// How far sending got.
    pub status: String,
    /// When.
    pub at: Timestamp,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    #[sea_orm(nested)]
    person: PersonRow,
    language: Option<String>,
    channel: String,
    stage: String,
    last_id: Option<Uuid>,
    unread: i64,
    handed_off: bool,
    unanswered_since: Option<i64>,
    assigned_enc: Option<Vec<u8>>,
    active_at: i64,
}

#[derive(FromQueryResult)]
struct LastRow {
    id: Uuid,
    text_enc: Vec<u8>,
    kind: String,
    direction: String,
    status: String,
    created_at: i64,
}

#[derive(FromQueryResult)]
struct Assigned {
    conversation_id: Uuid,
    assigned_enc: Vec<u8>,
}

/// A page of the inbox.
///
/// # Errors
/// [`StoreError::Cursor`]; or if the database fails.
pub async fn list(
    tx: &Tx,
    filter: &Filter,
    after: Option<&Cursor>,
    limit: u32,
) -> Result<Page<ConversationRow>, StoreError> {
    const ACTIVE: Order = Order::newest("conversations.active", "c.active_at", "c.id");
    const LONGEST: Order = Order::newest("conversations.waiting", "h.unanswered_since", "c.id").ascending();
    let waiting = filter.which == Which::Waiting;
    let mut list = List::new(tx, select(tx, waiting));
    list.if_some("c.customer_id = ?", filter.customer.map(|id| id.0));
    match &filter.which {
        Which::All | Which::Waiting => {}
        Which::Unread => {
            list.and("c.unread", []);
        }
        Which::Open => {
            list.and("c.handed_off", []);
        }
        Which::Of(name) => {
            let own = assigned_to(tx, name).await?;
            if own.is_empty() {
                return Ok(Page::empty());
            }
            list.one_of("c.id", own);
        }
    }
    if let Some(said) = filter.search.as_deref().map(str::trim).filter(|said| !said.is_empty()) {
        let found = tx.find_customers(said, MOST_FOUND).await?;
        if found.is_empty() {
            return Ok(Page::empty());
        }
        list.one_of("c.customer_id", found.into_iter().map(|customer| customer.0));
    }
    let order = if waiting { LONGEST } else { ACTIVE };
    let key = move |row: &Row| {
        let since = row.unanswered_since.unwrap_or_default();
        (Key::Number(if waiting { since } else { row.active_at }), row.id)
    };
    let page = list.page(tx, order, (after, limit), key, Ok).await?;
    let mut last = last_of(tx, &page.items).await?;
    let items = page.items.into_iter().map(|row| row.read(tx, &mut last)).collect::<Result<_, _>>()?;
    Ok(Page { items, next: page.next })
}

/// One conversation as the list shows it.
///
/// # Errors
/// [`StoreError::NotFound`] if the shop has no such conversation.
pub async fn read(tx: &Tx, id: ConversationId) -> Result<ConversationRow, StoreError> {
    let mut list = List::new(tx, select(tx, false));
    list.and("c.id = ?", [id.0.into()]);
    let mut rows: Vec<Row> = list.all(tx, "").await?;
    let mut last = last_of(tx, &rows).await?;
    rows.pop().ok_or(StoreError::NotFound)?.read(tx, &mut last)
}

/// How many customers wait for a person, and how many conversations the customer wrote in since a person looked.
///
/// # Errors
/// If the database fails.
pub async fn counts(tx: &Tx) -> Result<(i64, i64), StoreError> {
    const WAITING: &str = "SELECT count(*) AS n FROM hand_overs WHERE tenant_id = $1 AND released_at IS NULL \
         AND unanswered_since IS NOT NULL";
    const UNREAD: &str = "SELECT count(*) AS n FROM conversations c WHERE c.tenant_id = $1 AND c.unread";
    let (waiting, unread) = (tx.count(WAITING).await?, tx.count(UNREAD).await?);
    Ok((waiting, unread))
}

/// The open hand-over of a conversation is found by its partial index. `CROSS JOIN` fixes where SQLite begins.
fn select(tx: &Tx, waiting: bool) -> String {
    // Before every message.
    let nil = if tx.conn.is_postgres() { "'00000000-0000-0000-0000-000000000000'::uuid" } else { "x''" };
    let (since, from) = if waiting {
        ("h.unanswered_since", "hand_overs h CROSS JOIN conversations c CROSS JOIN customers u")
    } else {
        (
            "(SELECT h.unanswered_since FROM hand_overs h WHERE h.tenant_id = c.tenant_id \
              AND h.conversation_id = c.id AND h.released_at IS NULL)",
            "conversations c CROSS JOIN customers u",
        )
    };
    let joined = if waiting {
        "h.tenant_id = $1 AND h.released_at IS NULL AND h.unanswered_since IS NOT NULL \
         AND c.tenant_id = h.tenant_id AND c.id = h.conversation_id"
    } else {
        "c.tenant_id = $1"
    };
    format!(
        "SELECT c.id, {PERSON}, u.language, c.stage, c.handed_off, c.active_at, {since} AS unanswered_since, \
         (SELECT a.assigned_enc FROM hand_overs a WHERE a.tenant_id = c.tenant_id AND a.conversation_id = c.id \
          AND a.released_at IS NULL) AS assigned_enc, \
         (SELECT k.kind FROM channels k WHERE k.tenant_id = c.tenant_id AND k.id = c.channel_id) AS channel, \
         (SELECT m.id FROM messages m WHERE m.tenant_id = c.tenant_id AND m.conversation_id = c.id \
          ORDER BY m.id DESC LIMIT 1) AS last_id, \
         CASE WHEN c.unread THEN (SELECT count(*) FROM (SELECT 1 FROM messages m WHERE m.tenant_id = c.tenant_id \
           AND m.conversation_id = c.id AND m.direction = 'in' \
           AND m.id > coalesce(c.read_up_to, {nil}) LIMIT {MOST_UNREAD}) n) ELSE 0 END AS unread \
         FROM {from} WHERE {joined} AND u.tenant_id = c.tenant_id AND u.id = c.customer_id"
    )
}

impl Row {
    fn read(self, tx: &Tx, last: &mut HashMap<Uuid, Last>) -> Result<ConversationRow, StoreError> {
        Ok(ConversationRow {
            id: ConversationId(self.id),
            customer: self.person.decrypt(tx.opener())?,
            language: self.language.and_then(|code| code.parse().ok()),
            last: self.last_id.and_then(|id| last.remove(&id)),
            unread: self.unread,
            handed_off: self.handed_off,
            waiting_since: self.unanswered_since.map(Timestamp),
            assigned: tx.open_optional(ASSIGNED, self.assigned_enc.as_deref())?,
            active_at: Timestamp(self.active_at),
            channel: self.channel,
            stage: self.stage,
        })
    }
}

async fn last_of(tx: &Tx, rows: &[Row]) -> Result<HashMap<Uuid, Last>, StoreError> {
    let mut list = List::new(
        tx,
        "SELECT m.id, m.text_enc, m.kind, m.direction, m.status, m.created_at FROM messages m WHERE m.tenant_id = $1",
    );
    let ids: Vec<Uuid> = rows.iter().filter_map(|row| row.last_id).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    list.one_of("m.id", ids);
    let rows: Vec<LastRow> = list.all(tx, "").await?;
    rows.into_iter()
        .map(|row| {
            let last = Last {
                text: tx.open(TEXT, &row.text_enc)?,
                kind: row.kind,
                outbound: row.direction == "out",
                status: row.status,
                at: Timestamp(row.created_at),
            };
            Ok((row.id, last))
        })
        .collect()
}

/// The conversations that are somebody's now. Names are encrypted, so all that are with people are looked at; they are few.
async fn assigned_to(tx: &Tx, name: &str) -> Result<Vec<Uuid>, StoreError> {
    let list = List::new(
        tx,
        "SELECT conversation_id, assigned_enc FROM hand_overs \
         WHERE tenant_id = $1 AND released_at IS NULL AND assigned_enc IS NOT NULL",
    );
    let mut own = Vec::new();
    for row in list.all::<Assigned>(tx, "").await? {
        if tx.open(ASSIGNED, &row.assigned_enc)? == name {
            own.push(row.conversation_id);
        }
    }
    Ok(own)
}

impl Tx {
    /// Takes back that a person has seen a conversation.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if the shop has no such conversation.
    pub async fn mark_unread(&self, conversation: ConversationId) -> Result<(), StoreError> {
        const MARK: &str = "UPDATE conversations SET unread = TRUE, read_up_to = (SELECT m.id FROM messages m \
               WHERE m.tenant_id = $1 AND m.conversation_id = $2 AND m.direction = 'out' AND m.id < \
                 (SELECT l.id FROM messages l WHERE l.tenant_id = $1 AND l.conversation_id = $2 AND l.direction = 'in' \
                  ORDER BY l.id DESC LIMIT 1) ORDER BY m.id DESC LIMIT 1) WHERE tenant_id = $1 AND id = $2";
        let values = vec![self.tenant_uuid().into(), conversation.0.into()];
        if self.conn.run(MARK, values).await? == 0 { Err(StoreError::NotFound) } else { Ok(()) }
    }

    /// Notes that a person has seen a conversation up to a message; without one, all of it.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if the shop has no such conversation.
    pub async fn mark_read(&self, conversation: ConversationId, up_to: Option<MessageId>) -> Result<(), StoreError> {
        const LAST: &str = "SELECT m.id FROM messages m WHERE m.tenant_id = $1 AND m.conversation_id = $2 \
             ORDER BY m.id DESC LIMIT 1";
        const MARK: &str = "UPDATE conversations SET read_up_to = coalesce($3, read_up_to), unread = EXISTS \
               (SELECT 1 FROM messages m WHERE m.tenant_id = $1 AND m.conversation_id = $2 AND m.id > $3 \
                AND m.direction = 'in') \
             WHERE tenant_id = $1 AND id = $2";
        #[derive(FromQueryResult)]
        struct Id {
            id: Uuid,
        }
        let ids = || vec![self.tenant_uuid().into(), conversation.0.into()];
        let seen = match up_to {
            Some(message) => Some(message.0),
            None => self.conn.row::<Id>(LAST, ids()).await?.map(|row| row.id),
        };
        let mut values = ids();
        values.push(seen.into());
        if self.conn.run(MARK, values).await? == 0 { Err(StoreError::NotFound) } else { Ok(()) }
    }
}
