//! Lists of products and services from files: read, mapped, taken over in parts, and what came of each row.

use std::collections::BTreeMap;

use duka_kernel::Timestamp;
use sea_orm::FromQueryResult;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Guard, StoreError, Tx, jobs::JobKind};

/// Something wrong in a row, or worth knowing of one.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ImportProblem {
    /// The line of the file, from 1.
    pub line: u64,
    /// The column, as the file calls it.
    pub column: Option<String>,
    /// What is wrong and what to do.
    pub message: String,
}

/// How far taking over a list is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ImportState {
    /// It was read, and nothing is taken over.
    Preview,
    /// It is being taken over.
    Running,
    /// It was taken over.
    Done,
    /// It could not be taken over.
    Failed,
}

impl ImportState {
    const ALL: [Self; 4] = [Self::Preview, Self::Running, Self::Done, Self::Failed];

    const fn name(self) -> &'static str {
        match self {
            Self::Preview => "preview",
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
        }
    }
}

/// A list that is taken over from a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Import {
    /// Its identity.
    pub id: Uuid,
    /// `products` or `services`.
    pub kind: String,
    /// How far it is.
    pub state: ImportState,
    /// Where the file is in the media storage.
    pub media_key: String,
    /// Which column is what.
    pub mapping: BTreeMap<String, String>,
    /// What was wrong.
    pub problems: Vec<ImportProblem>,
    /// Products or services to take over.
    pub total: i64,
    /// How many of them are done.
    pub done: i64,
    /// How many were new.
    pub created: i64,
    /// How many were changed.
    pub updated: i64,
    /// Rows that were not taken.
    pub failed: i64,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    kind: String,
    state: String,
    media_key: String,
    mapping: String,
    report: String,
    total: i64,
    done: i64,
    created: i64,
    updated: i64,
    failed: i64,
}

impl Row {
    fn read(self) -> Result<Import, StoreError> {
        let state = ImportState::ALL.into_iter().find(|state| state.name() == self.state);
        Ok(Import {
            id: self.id,
            kind: self.kind,
            state: state.ok_or_else(|| StoreError::Corrupt(format!("{:?} is no state of an import", self.state)))?,
            media_key: self.media_key,
            mapping: serde_json::from_str(&self.mapping)?,
            problems: serde_json::from_str(&self.report)?,
            total: self.total,
            done: self.done,
            created: self.created,
            updated: self.updated,
            failed: self.failed,
        })
    }
}

/// What a part of a list came to.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Step {
    /// How many products or services it was.
    pub done: i64,
    /// How many were new.
    pub created: i64,
    /// How many were changed.
    pub updated: i64,
}

impl Tx {
    /// Keeps a list that was read, before it is taken over.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn keep_import(&self, import: &Import, now: Timestamp) -> Result<(), StoreError> {
        const KEEP: &str = "INSERT INTO imports (tenant_id, id, kind, state, media_key, mapping, report, total, done, \
               created, updated, failed, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
        let values = vec![
            self.tenant_uuid().into(),
            import.id.into(),
            import.kind.as_str().into(),
            import.state.name().into(),
            import.media_key.as_str().into(),
            serde_json::to_string(&import.mapping)?.into(),
            serde_json::to_string(&import.problems)?.into(),
            import.total.into(),
            import.done.into(),
            import.created.into(),
            import.updated.into(),
            import.failed.into(),
            now.0.into(),
        ];
        self.conn.run(KEEP, values).await.map(drop)
    }

    /// A list that is taken over.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if the shop has no such list.
    pub async fn import(&self, id: Uuid) -> Result<Import, StoreError> {
        const FIND: &str = "SELECT id, kind, state, media_key, mapping, report, total, done, created, updated, failed \
             FROM imports WHERE tenant_id = $1 AND id = $2";
        let found: Option<Row> = self.conn.row(FIND, vec![self.tenant_uuid().into(), id.into()]).await?;
        found.ok_or(StoreError::NotFound)?.read()
    }

    /// Begins to take over a list, which a job goes on with.
    ///
    /// # Errors
    /// [`Guard::State`] if that was begun before.
    pub async fn begin_import(
        &self,
        id: Uuid,
        mapping: &BTreeMap<String, String>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        const BEGIN: &str = "UPDATE imports SET state = 'running', mapping = $3 \
             WHERE tenant_id = $1 AND id = $2 AND state = 'preview'";
        let values = vec![self.tenant_uuid().into(), id.into(), serde_json::to_string(mapping)?.into()];
        if self.conn.run(BEGIN, values).await? == 0 {
            self.import(id).await?;
            return Err(Guard::State("the list").into());
        }
        self.schedule(JobKind::TakeOverList, id, now).await
    }

    /// Notes that a part was taken over, in the transaction that did so. `at` is how many were done before.
    ///
    /// # Errors
    /// [`Guard::State`] if somebody else did it.
    pub async fn step_import(&self, id: Uuid, at: i64, total: i64, step: Step) -> Result<(), StoreError> {
        const STEP: &str = "UPDATE imports SET total = $4, done = done + $5, created = created + $6, updated = updated + $7 \
             WHERE tenant_id = $1 AND id = $2 AND done = $3 AND state = 'running'";
        let values = vec![
            self.tenant_uuid().into(),
            id.into(),
            at.into(),
            total.into(),
            step.done.into(),
            step.created.into(),
            step.updated.into(),
        ];
        if self.conn.run(STEP, values).await? == 0 { Err(Guard::State("the list").into()) } else { Ok(()) }
    }

    /// Ends taking over a list.
    ///
    /// # Errors
    /// [`Guard::State`] if it is over.
    pub async fn finish_import(
        &self,
        id: Uuid,
        state: ImportState,
        problems: &[ImportProblem],
        failed: i64,
    ) -> Result<(), StoreError> {
        const FINISH: &str = "UPDATE imports SET state = $3, report = $4, failed = $5 \
             WHERE tenant_id = $1 AND id = $2 AND state = 'running'";
        let values = vec![
            self.tenant_uuid().into(),
            id.into(),
            state.name().into(),
            serde_json::to_string(problems)?.into(),
            failed.into(),
        ];
        if self.conn.run(FINISH, values).await? == 0 { Err(Guard::State("the list").into()) } else { Ok(()) }
    }
}
