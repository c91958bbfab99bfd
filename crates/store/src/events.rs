//! The log of everything that someone may care about. Rows are never changed.

use duka_kernel::{EventId, OrderId, Timestamp};
use sea_orm::{FromQueryResult, Value};
use uuid::Uuid;

use crate::{StoreError, Tx, tx::Sql};

/// Something that happened.
#[derive(Clone, PartialEq, Debug)]
pub struct NewEvent {
    /// Its name, such as `order.paid`.
    pub kind: String,
    /// Identities and amounts, as JSON. Not encrypted: no names, numbers or words of customers. The one called `order` is
    /// the order whose history this belongs to.
    pub payload: serde_json::Value,
    /// Who did it: `customer`, `assistant`, `provider`, `staff:…`, `system`.
    pub actor: String,
    /// When.
    pub at: Timestamp,
}

/// Something that happened, as it is in the log.
#[derive(Clone, PartialEq, Debug)]
pub struct Event {
    /// Its identity; rising identities are the order of the log.
    pub id: EventId,
    /// Its name.
    pub kind: String,
    /// Identities and amounts.
    pub payload: serde_json::Value,
    /// Who did it.
    pub actor: String,
    /// When.
    pub at: Timestamp,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    kind: String,
    payload: String,
    actor: String,
    at: i64,
}

impl Row {
    fn read(self) -> Result<Event, StoreError> {
        Ok(Event {
            id: EventId(self.id),
            kind: self.kind,
            payload: serde_json::from_str(&self.payload)?,
            actor: self.actor,
            at: Timestamp(self.at),
        })
    }
}

impl Tx {
    /// Appends events in order, all in one statement.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn append_events(&self, events: &[NewEvent]) -> Result<(), StoreError> {
        match self.events_insert(events) {
            Some(Sql { text, values }) => self.conn.run(text, values).await.map(drop),
            None => Ok(()),
        }
    }

    /// The statement that appends events; none for none.
    pub(crate) fn events_insert(&self, events: &[NewEvent]) -> Option<Sql> {
        if events.is_empty() {
            return None;
        }
        let mut values: Vec<Value> = vec![self.tenant_uuid().into()];
        let mut rows = Vec::with_capacity(events.len());
        for event in events {
            let n = values.len();
            rows.push(format!("($1, ${}, ${}, ${}, ${}, ${}, ${})", n + 1, n + 2, n + 3, n + 4, n + 5, n + 6));
            let order = event.payload.get("order").and_then(serde_json::Value::as_str);
            values.extend([
                Value::from(EventId::new().0),
                event.kind.as_str().into(),
                event.payload.to_string().into(),
                event.actor.as_str().into(),
                event.at.0.into(),
                order.and_then(|id| Uuid::parse_str(id).ok()).into(),
            ]);
        }
        let columns = "tenant_id, id, kind, payload, actor, at, order_id";
        let text = format!("INSERT INTO events ({columns}) VALUES {}", rows.join(", "));
        Some(Sql { text, values })
    }

    /// Events after one (from the first, if none is named), oldest first.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn events_since(&self, after: Option<EventId>, limit: u32) -> Result<Vec<Event>, StoreError> {
        const FIND: &str = "SELECT id, kind, payload, actor, at FROM events \
             WHERE tenant_id = $1 AND id > $2 ORDER BY id LIMIT $3";
        let after = after.map_or(Uuid::nil(), |id| id.0);
        let values = vec![self.tenant_uuid().into(), after.into(), i64::from(limit).into()];
        let rows: Vec<Row> = self.conn.rows(FIND, values).await?;
        rows.into_iter().map(Row::read).collect()
    }

    /// The latest events of a kind since a moment, newest first.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn events_of(&self, kind: &str, since: Timestamp, limit: u32) -> Result<Vec<Event>, StoreError> {
        const FIND: &str = "SELECT id, kind, payload, actor, at FROM events \
             WHERE tenant_id = $1 AND kind = $2 AND at >= $3 ORDER BY id DESC LIMIT $4";
        let values = vec![self.tenant_uuid().into(), kind.into(), since.0.into(), i64::from(limit).into()];
        let rows: Vec<Row> = self.conn.rows(FIND, values).await?;
        rows.into_iter().map(Row::read).collect()
    }

    /// What happened to an order, oldest first.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn events_of_order(&self, order: OrderId) -> Result<Vec<Event>, StoreError> {
        const FIND: &str = "SELECT id, kind, payload, actor, at FROM events \
             WHERE tenant_id = $1 AND order_id = $2 ORDER BY id";
        let rows: Vec<Row> = self.conn.rows(FIND, vec![self.tenant_uuid().into(), order.0.into()]).await?;
        rows.into_iter().map(Row::read).collect()
    }

    /// The last events, newest first.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn last_events(&self, limit: u32) -> Result<Vec<Event>, StoreError> {
        const FIND: &str = "SELECT id, kind, payload, actor, at FROM events \
             WHERE tenant_id = $1 ORDER BY id DESC LIMIT $2";
        let values = vec![self.tenant_uuid().into(), i64::from(limit).into()];
        let rows: Vec<Row> = self.conn.rows(FIND, values).await?;
        rows.into_iter().map(Row::read).collect()
    }
}
