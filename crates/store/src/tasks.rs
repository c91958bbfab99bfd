//! What the team has to do for a customer: take something back, exchange it, answer a question.

use duka_kernel::{ConversationId, CustomerId, OrderId, TaskId, Timestamp};
use sea_orm::FromQueryResult;
use serde_json::Value;
use uuid::Uuid;

use crate::{Guard, StoreError, Tx, tx::Opener};

pub(crate) const DETAIL: &str = "tasks.detail_enc";

/// Something to do for a customer.
#[derive(Clone, PartialEq, Debug)]
pub struct Task {
    /// Its identity.
    pub id: TaskId,
    /// For whom.
    pub customer: CustomerId,
    /// Where it was asked for.
    pub conversation: ConversationId,
    /// The order it is about, if it is about one.
    pub order: Option<OrderId>,
    /// What it is, in a word: `return`, `exchange`, `question`.
    pub kind: String,
    /// Items, reason, words: as JSON.
    pub detail: Value,
    /// Since when.
    pub opened_at: Timestamp,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    customer_id: Uuid,
    conversation_id: Uuid,
    order_id: Option<Uuid>,
    kind: String,
    detail_enc: Vec<u8>,
    opened_at: i64,
}

const COLUMNS: &str = "id, customer_id, conversation_id, order_id, kind, detail_enc, opened_at";

impl Row {
    fn decrypt(self, opener: Opener<'_>) -> Result<Task, StoreError> {
        Ok(Task {
            id: TaskId(self.id),
            customer: CustomerId(self.customer_id),
            conversation: ConversationId(self.conversation_id),
            order: self.order_id.map(OrderId),
            kind: self.kind,
            detail: serde_json::from_str(&opener.open(DETAIL, &self.detail_enc)?)?,
            opened_at: Timestamp(self.opened_at),
        })
    }
}

impl Tx {
    /// Opens a task.
    ///
    /// # Errors
    /// If customer, conversation or order are not the shop's, or the database fails.
    pub async fn open_task(&self, task: &Task) -> Result<(), StoreError> {
        const INSERT: &str = "INSERT INTO tasks \
             (tenant_id, id, customer_id, conversation_id, order_id, kind, detail_enc, opened_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
        let values = vec![
            self.tenant_uuid().into(),
            task.id.0.into(),
            task.customer.0.into(),
            task.conversation.0.into(),
            task.order.map(|order| order.0).into(),
            task.kind.as_str().into(),
            self.seal(DETAIL, &task.detail.to_string())?.into(),
            task.opened_at.0.into(),
        ];
        self.conn.run(INSERT, values).await.map(drop)
    }

    /// Writes what else is known of an open task.
    ///
    /// # Errors
    /// [`Guard::State`] if it is closed.
    pub async fn amend_task(&self, task: TaskId, detail: &Value) -> Result<(), StoreError> {
        const AMEND: &str = "UPDATE tasks SET detail_enc = $3 WHERE tenant_id = $1 AND id = $2 AND closed_at IS NULL";
        let values = vec![self.tenant_uuid().into(), task.0.into(), self.seal(DETAIL, &detail.to_string())?.into()];
        if self.conn.run(AMEND, values).await? == 0 { Err(Guard::State("the task").into()) } else { Ok(()) }
    }

    /// The open tasks of the shop, oldest first.
    ///
    /// # Errors
    /// If something stored cannot be decrypted, or the database fails.
    pub async fn open_tasks(&self) -> Result<Vec<Task>, StoreError> {
        let find = format!("SELECT {COLUMNS} FROM tasks WHERE tenant_id = $1 AND closed_at IS NULL ORDER BY id");
        let rows: Vec<Row> = self.conn.rows(find, vec![self.tenant_uuid().into()]).await?;
        rows.into_iter().map(|row| row.decrypt(self.opener())).collect()
    }

    /// The open tasks for a customer, oldest first.
    ///
    /// # Errors
    /// If something stored cannot be decrypted, or the database fails.
    pub async fn open_tasks_of(&self, customer: CustomerId) -> Result<Vec<Task>, StoreError> {
        let find = format!(
            "SELECT {COLUMNS} FROM tasks WHERE tenant_id = $1 AND customer_id = $2 AND closed_at IS NULL ORDER BY id"
        );
        let rows: Vec<Row> = self.conn.rows(find, vec![self.tenant_uuid().into(), customer.0.into()]).await?;
        rows.into_iter().map(|row| row.decrypt(self.opener())).collect()
    }

    /// Closes a task with what came of it.
    ///
    /// # Errors
    /// [`Guard::State`] if it is closed.
    pub async fn close_task(&self, task: TaskId, outcome: &str, by: &str, now: Timestamp) -> Result<(), StoreError> {
        const CLOSE: &str = "UPDATE tasks SET closed_at = $3, outcome = $4, closed_by = $5 \
             WHERE tenant_id = $1 AND id = $2 AND closed_at IS NULL";
        let values = vec![self.tenant_uuid().into(), task.0.into(), now.0.into(), outcome.into(), by.into()];
        if self.conn.run(CLOSE, values).await? == 0 { Err(Guard::State("the task").into()) } else { Ok(()) }
    }
}
