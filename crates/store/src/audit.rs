//! Who changed what in a shop. Rows are added and never changed: the database itself refuses.
//!
//! What is written is identities, names of settings, states, amounts and rights. No customer's name, number or words, and
//! no secret: nothing in the log has ever to be erased.

use duka_kernel::{ApiKeyId, Timestamp, UserId};
use sea_orm::FromQueryResult;
use serde_json::Value as Json;
use uuid::Uuid;

use crate::{
    StoreError, Tx,
    pages::{Cursor, Key, List, Order, Page},
};

/// Who did something.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Actor {
    /// Someone of the team.
    User(UserId),
    /// A program with a key.
    Key(ApiKeyId),
    /// Someone who runs the installation.
    Operator(UserId),
    /// Duka itself, or its command line.
    System,
}

impl Actor {
    const fn columns(self) -> (&'static str, Option<Uuid>) {
        match self {
            Self::User(id) => ("user", Some(id.0)),
            Self::Key(id) => ("key", Some(id.0)),
            Self::Operator(id) => ("operator", Some(id.0)),
            Self::System => ("system", None),
        }
    }

    fn read(kind: &str, id: Option<Uuid>) -> Self {
        match (kind, id) {
            ("user", Some(id)) => Self::User(UserId(id)),
            ("key", Some(id)) => Self::Key(ApiKeyId(id)),
            ("operator", Some(id)) => Self::Operator(UserId(id)),
            _ => Self::System,
        }
    }
}

/// A change that was made.
#[derive(Clone, PartialEq, Debug)]
pub struct Change {
    /// What was done, such as `product.changed`.
    pub what: String,
    /// To what, such as `product:0199…`.
    pub subject: Option<String>,
    /// What it was, if it was something.
    pub before: Option<Json>,
    /// What it is now, if it is something.
    pub after: Option<Json>,
}

impl Change {
    /// Something done.
    #[must_use]
    pub fn new(what: impl Into<String>) -> Self {
        Self { what: what.into(), subject: None, before: None, after: None }
    }

    /// To which thing.
    #[must_use]
    pub fn of(mut self, kind: &str, id: impl std::fmt::Display) -> Self {
        self.subject = Some(format!("{kind}:{id}"));
        self
    }

    /// What it was before.
    #[must_use]
    pub fn from(mut self, before: Json) -> Self {
        self.before = Some(before);
        self
    }

    /// What it is now.
    #[must_use]
    pub fn to(mut self, after: Json) -> Self {
        self.after = Some(after);
        self
    }
}

/// A change in the log.
#[derive(Clone, PartialEq, Debug)]
pub struct Entry {
    /// Its identity.
    pub id: Uuid,
    /// Who made it.
    pub actor: Actor,
    /// What was done.
    pub change: Change,
    /// When.
    pub at: Timestamp,
}

/// Which changes.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct AuditFilter {
    /// By whom: a user or a key.
    pub who: Option<Uuid>,
    /// What was done, exactly.
    pub what: Option<String>,
    /// From then on.
    pub from: Option<Timestamp>,
    /// Before then.
    pub to: Option<Timestamp>,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    actor: String,
    actor_id: Option<Uuid>,
    what: String,
    subject: Option<String>,
    before: Option<String>,
    after: Option<String>,
    at: i64,
}

impl Row {
    fn read(self) -> Result<Entry, StoreError> {
        let json = |text: Option<String>| text.map(|text| serde_json::from_str(&text)).transpose();
        let (before, after) = (json(self.before)?, json(self.after)?);
        Ok(Entry {
            id: self.id,
            actor: Actor::read(&self.actor, self.actor_id),
            change: Change { what: self.what, subject: self.subject, before, after },
            at: Timestamp(self.at),
        })
    }
}

impl Tx {
    /// Writes a change down. Belongs into the transaction that makes it.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn audit(&self, actor: Actor, change: &Change, now: Timestamp) -> Result<(), StoreError> {
        const INSERT: &str = "INSERT INTO audit (tenant_id, id, actor, actor_id, what, subject, before, after, at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
        let (kind, id) = actor.columns();
        let values = vec![
            self.tenant_uuid().into(),
            Uuid::now_v7().into(),
            kind.into(),
            id.into(),
            change.what.as_str().into(),
            change.subject.clone().into(),
            change.before.as_ref().map(Json::to_string).into(),
            change.after.as_ref().map(Json::to_string).into(),
            now.0.into(),
        ];
        self.conn.run(INSERT, values).await.map(drop)
    }

    /// The log, newest first.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn audit_page(
        &self,
        filter: &AuditFilter,
        after: Option<&Cursor>,
        limit: u32,
    ) -> Result<Page<Entry>, StoreError> {
        const SELECT: &str =
            "SELECT id, actor, actor_id, what, subject, before, after, at FROM audit WHERE tenant_id = $1";
        let mut list = List::new(self, SELECT);
        list.if_some("actor_id = ?", filter.who)
            .if_some("what = ?", filter.what.as_deref())
            .if_some("at >= ?", filter.from.map(|from| from.0))
            .if_some("at < ?", filter.to.map(|to| to.0));
        let order = Order::newest("audit", "at", "id");
        list.page(self, order, (after, limit), |row: &Row| (Key::Number(row.at), row.id), Row::read).await
    }
}
