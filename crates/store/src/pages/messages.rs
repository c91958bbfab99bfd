//! The messages of a conversation, with what was ordered, paid and booked in between.

use duka_kernel::{AppointmentId, ConversationId, MessageId, OrderId, PaymentId, Timestamp, TurnId};
use sea_orm::{FromQueryResult, Value};
use uuid::Uuid;

use super::{Cursor, Key, List, Order, Page};
use crate::{
    StoreError, Tx,
    inbox::{PAYLOAD, TEXT},
};

/// Who says a message.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Author {
    /// The customer.
    Customer,
    /// The assistant.
    Assistant,
    /// A person of the shop.
    Staff,
}

/// A message as the conversation shows it.
#[derive(Clone, PartialEq, Debug)]
pub struct MessageRow {
    /// Its identity.
    pub id: MessageId,
    /// Who says it.
    pub author: Author,
    /// `text`, `image`, `audio`, `list`, …
    pub kind: String,
    /// The words.
    pub text: String,
    /// What else it carries.
    pub payload: Option<serde_json::Value>,
    /// The picture or file.
    pub media_key: Option<String>,
    /// `received`, or how far sending got.
    pub status: String,
    /// Why it could not be sent.
    pub error: Option<String>,
    /// The turn that answers it, or says it.
    pub turn: Option<TurnId>,
    /// When.
    pub at: Timestamp,
    /// What happened with it, in order.
    pub markers: Vec<Marker>,
}

/// Something that happened in a conversation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Marker {
    /// An order was placed.
    Order {
        /// Which.
        id: OrderId,
        /// Its number.
        number: String,
        /// When.
        at: Timestamp,
    },
    /// An attempt to be paid ended.
    Payment {
        /// Which.
        id: PaymentId,
        /// For which order.
        order: OrderId,
        /// How it ended, by the name of the state.
        state: String,
        /// How much, in minor units.
        amount: i64,
        /// When.
        at: Timestamp,
    },
    /// An appointment was made.
    Appointment {
        /// Which.
        id: AppointmentId,
        /// From when it is.
        start_at: Timestamp,
        /// When it was made.
        at: Timestamp,
    },
}

impl Marker {
    /// When it happened.
    #[must_use]
    pub const fn at(&self) -> Timestamp {
        match self {
            Self::Order { at, .. } | Self::Payment { at, .. } | Self::Appointment { at, .. } => *at,
        }
    }
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    direction: String,
    kind: String,
    text_enc: Vec<u8>,
    payload_enc: Option<Vec<u8>>,
    media_key: Option<String>,
    status: String,
    error_code: Option<String>,
    turn_id: Option<Uuid>,
    created_at: i64,
}

#[derive(FromQueryResult)]
struct Ordered {
    id: Uuid,
    number: String,
    placed_at: i64,
}

#[derive(FromQueryResult)]
struct Paid {
    id: Uuid,
    order_id: Uuid,
    state: String,
    amount: i64,
    settled_at: i64,
}

#[derive(FromQueryResult)]
struct Booked {
    id: Uuid,
    start_at: i64,
    created_at: i64,
}

impl Row {
    fn read(self, tx: &Tx) -> Result<MessageRow, StoreError> {
        let payload = tx.open_optional(PAYLOAD, self.payload_enc.as_deref())?;
        let payload: Option<serde_json::Value> = payload.map(|json| serde_json::from_str(&json)).transpose()?;
        let by = payload.as_ref().and_then(|payload| payload.get("by")).and_then(serde_json::Value::as_str);
        let author = match (self.direction.as_str(), by) {
            ("in", _) => Author::Customer,
            (_, Some("staff")) => Author::Staff,
            _ => Author::Assistant,
        };
        Ok(MessageRow {
            id: MessageId(self.id),
            author,
            text: tx.open(TEXT, &self.text_enc)?,
            payload,
            turn: self.turn_id.map(TurnId),
            at: Timestamp(self.created_at),
            markers: Vec::new(),
            kind: self.kind,
            media_key: self.media_key,
            status: self.status,
            error: self.error_code,
        })
    }
}

/// A page of a conversation's messages, newest first.
///
/// # Errors
/// [`StoreError::Cursor`]; [`StoreError::NotFound`] if the shop has no such conversation; or if the database fails.
pub async fn list(
    tx: &Tx,
    conversation: ConversationId,
    after: Option<&Cursor>,
    limit: u32,
) -> Result<Page<MessageRow>, StoreError> {
    const NEWEST: Order = Order::newest("messages.newest", "m.id", "m.id");
    let customer = tx.conversation(conversation).await?.customer;
    let mut list = List::new(
        tx,
        "SELECT m.id, m.direction, m.kind, m.text_enc, m.payload_enc, m.media_key, m.status, m.error_code, m.turn_id, \
         m.created_at FROM messages m WHERE m.tenant_id = $1",
    );
    list.and("m.conversation_id = ?", [conversation.0.into()]);
    let key = |row: &Row| (Key::Number(0), row.id);
    let mut page = list.page(tx, NEWEST, (after, limit), key, |row| row.read(tx)).await?;
    let (Some(newest), Some(oldest)) = (page.items.first(), page.items.last()) else { return Ok(page) };
    let from = match page.next {
        Some(_) => before(tx, conversation, oldest.id).await?,
        None => Timestamp(0),
    };
    let to = if after.is_none() { Timestamp(i64::MAX) } else { newest.at };
    let ids = (conversation.0, customer.0);
    for marker in markers(tx, ids, from, to).await? {
        // Newest first: the last row that is not earlier is the first message after it.
        let place = page.items.iter().rposition(|message| message.at >= marker.at()).unwrap_or(0);
        page.items[place].markers.push(marker);
    }
    Ok(page)
}

/// When the message before another came: what happened up to then belongs to the page that has it.
async fn before(tx: &Tx, conversation: ConversationId, message: MessageId) -> Result<Timestamp, StoreError> {
    #[derive(FromQueryResult)]
    struct At {
        created_at: i64,
    }
    let mut list = List::new(tx, "SELECT m.created_at FROM messages m WHERE m.tenant_id = $1");
    list.and("m.conversation_id = ? AND m.id < ?", [conversation.0.into(), message.0.into()]);
    let rows: Vec<At> = list.all(tx, " ORDER BY m.id DESC LIMIT 1").await?;
    Ok(Timestamp(rows.first().map_or(0, |row| row.created_at)))
}

/// What was ordered, paid and booked in a conversation after one moment and up to another, in order.
async fn markers(
    tx: &Tx,
    (conversation, customer): (Uuid, Uuid),
    from: Timestamp,
    to: Timestamp,
) -> Result<Vec<Marker>, StoreError> {
    let span = || -> Vec<Value> { vec![conversation.into(), from.0.into(), to.0.into()] };
    let mut orders = List::new(tx, "SELECT o.id, o.number, o.placed_at FROM orders o WHERE o.tenant_id = $1");
    orders.and("o.conversation_id = ? AND o.placed_at > ? AND o.placed_at <= ?", span());
    let mut payments = List::new(
        tx,
        "SELECT p.id, p.order_id, p.state, p.amount, p.settled_at FROM orders o CROSS JOIN payments p \
         WHERE o.tenant_id = $1 AND p.tenant_id = o.tenant_id AND p.order_id = o.id",
    );
    payments.and("o.conversation_id = ? AND p.settled_at > ? AND p.settled_at <= ?", span());
    let mut appointments = List::new(
        tx,
        "SELECT a.id, a.start_at, a.created_at FROM appointments a WHERE a.tenant_id = $1 AND a.status <> 'held'",
    );
    appointments.and("a.customer_id = ?", [customer.into()]);
    appointments.and("a.conversation_id = ? AND a.created_at > ? AND a.created_at <= ?", span());
    let mut found: Vec<Marker> = Vec::new();
    for row in orders.all::<Ordered>(tx, "").await? {
        found.push(Marker::Order { id: OrderId(row.id), number: row.number, at: Timestamp(row.placed_at) });
    }
    for row in payments.all::<Paid>(tx, "").await? {
        found.push(Marker::Payment {
            id: PaymentId(row.id),
            order: OrderId(row.order_id),
            state: row.state,
            amount: row.amount,
            at: Timestamp(row.settled_at),
        });
    }
    for row in appointments.all::<Booked>(tx, "").await? {
        let (id, start_at) = (AppointmentId(row.id), Timestamp(row.start_at));
        found.push(Marker::Appointment { id, start_at, at: Timestamp(row.created_at) });
    }
    found.sort_by_key(Marker::at);
    Ok(found)
}
