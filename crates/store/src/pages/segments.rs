//! Groups of customers, each by a rule.

use duka_kernel::Timestamp;
use duka_shop::segment::Rule;
use sea_orm::FromQueryResult;
use uuid::Uuid;

use super::{List, customers};
use crate::{Guard, StoreError, Tx};

/// A group of customers.
#[derive(Clone, PartialEq, Debug)]
pub struct Segment {
    /// Its identity.
    pub id: Uuid,
    /// Its name, unique in the shop.
    pub name: String,
    /// Who is in it.
    pub rule: Rule,
    /// How many are in it now.
    pub customers: i64,
    /// Moves with every change; a change has to name the one it read.
    pub version: i64,
    /// When it was made.
    pub created_at: Timestamp,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    name: String,
    rule: String,
    version: i64,
    created_at: i64,
}

/// Every group with how many are in it, by name.
///
/// # Errors
/// If the database fails.
pub async fn list(tx: &Tx, now: Timestamp) -> Result<Vec<Segment>, StoreError> {
    let list = List::new(tx, "SELECT id, name, rule, version, created_at FROM segments WHERE tenant_id = $1");
    let mut segments = Vec::new();
    for row in list.all::<Row>(tx, " ORDER BY name").await? {
        segments.push(row.read(tx, now).await?);
    }
    Ok(segments)
}

/// One group with how many are in it.
///
/// # Errors
/// [`StoreError::NotFound`] if the shop has no such group.
pub async fn read(tx: &Tx, id: Uuid, now: Timestamp) -> Result<Segment, StoreError> {
    let mut list = List::new(tx, "SELECT id, name, rule, version, created_at FROM segments WHERE tenant_id = $1");
    list.and("id = ?", [id.into()]);
    let row = list.all::<Row>(tx, "").await?.pop().ok_or(StoreError::NotFound)?;
    row.read(tx, now).await
}

impl Row {
    async fn read(self, tx: &Tx, now: Timestamp) -> Result<Segment, StoreError> {
        let rule: Rule = serde_json::from_str(&self.rule)?;
        Ok(Segment {
            customers: customers::count(tx, &rule, now).await?,
            created_at: Timestamp(self.created_at),
            id: self.id,
            name: self.name,
            version: self.version,
            rule,
        })
    }
}

impl Tx {
    /// Makes a group.
    ///
    /// # Errors
    /// [`Guard::Duplicate`] if there is one with this name.
    pub async fn create_segment(&self, name: &str, rule: &Rule, now: Timestamp) -> Result<Uuid, StoreError> {
        const INSERT: &str = "INSERT INTO segments (tenant_id, id, name, rule, version, created_at) \
             VALUES ($1, $2, $3, $4, 1, $5)";
        let id = Uuid::now_v7();
        let rule = serde_json::to_string(rule)?;
        let values = vec![self.tenant_uuid().into(), id.into(), name.into(), rule.into(), now.0.into()];
        self.conn.run(INSERT, values).await.map_err(|e| e.or_duplicate("segment"))?;
        Ok(id)
    }

    /// Changes a group.
    ///
    /// # Errors
    /// [`Guard::Stale`] if somebody else changed it since it was read; [`Guard::Duplicate`] if another has this name;
    /// [`StoreError::NotFound`] if there is none.
    pub async fn update_segment(&self, id: Uuid, version: i64, name: &str, rule: &Rule) -> Result<(), StoreError> {
        const UPDATE: &str = "UPDATE segments SET name = $4, rule = $5, version = version + 1 \
             WHERE tenant_id = $1 AND id = $2 AND version = $3";
        let rule = serde_json::to_string(rule)?;
        let values = vec![self.tenant_uuid().into(), id.into(), version.into(), name.into(), rule.into()];
        if self.conn.run(UPDATE, values).await.map_err(|e| e.or_duplicate("segment"))? > 0 {
            return Ok(());
        }
        self.there(id).await?;
        Err(Guard::Stale("the segment").into())
    }

    /// Takes a group away; its customers stay.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if there is none.
    pub async fn delete_segment(&self, id: Uuid) -> Result<(), StoreError> {
        const DELETE: &str = "DELETE FROM segments WHERE tenant_id = $1 AND id = $2";
        let gone = self.conn.run(DELETE, vec![self.tenant_uuid().into(), id.into()]).await?;
        if gone == 0 { Err(StoreError::NotFound) } else { Ok(()) }
    }

    async fn there(&self, id: Uuid) -> Result<(), StoreError> {
        const FIND: &str = "SELECT id, name, rule, version, created_at FROM segments WHERE tenant_id = $1 AND id = $2";
        let found: Option<Row> = self.conn.row(FIND, vec![self.tenant_uuid().into(), id.into()]).await?;
        found.map(drop).ok_or(StoreError::NotFound)
    }
}
