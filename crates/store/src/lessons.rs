//! What was learnt from conversations and documents. Nothing of it is used before a person approved it.

use duka_kernel::{ConversationId, CustomerId, TaskId, Timestamp};
use duka_shop::additions::Additions;
use sea_orm::FromQueryResult;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Guard, StoreError, Tx};

const BODY: &str = "lessons.body_enc";
const SAID: &str = "misses.said_enc";
const KEY: &str = "lessons.key";
const DETAIL: &str = "tasks.detail_enc";

/// What is learnt.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LessonKind {
    /// A question and its answer.
    Answer,
    /// What a phrase means, by the name of an intent.
    Intent,
    /// What a product is that its shop has not said.
    Product,
}

impl LessonKind {
    const fn name(self) -> &'static str {
        match self {
            Self::Answer => "answer",
            Self::Intent => "intent",
            Self::Product => "product",
        }
    }
}

/// Where a lesson stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LessonState {
    /// Waits for a person's word.
    Proposed,
    /// Used.
    Approved,
    /// Never used, and not proposed again.
    Rejected,
}

impl LessonState {
    const fn name(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Approved => "approved",
            Self::Rejected => "rejected",
        }
    }
}

/// What a lesson says.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LessonBody {
    /// What is asked or said; of a product its stock-keeping unit.
    pub says: String,
    /// Other ways to say it.
    pub also: Vec<String>,
    /// The answer, or the name of the intent; empty where a person still has to give it.
    pub response: String,
    /// What is added to a product.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub additions: Option<Additions>,
    /// Where it is from: `answered`, `repeated`, a document's name, `picture`, `staff`.
    pub source: String,
    /// The conversations it is from.
    pub conversations: Vec<ConversationId>,
    /// How often it was asked.
    pub times: usize,
}

/// Something that was learnt.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Lesson {
    /// Its identity.
    pub id: Uuid,
    /// What is learnt.
    pub kind: LessonKind,
    /// What it says.
    pub body: LessonBody,
    /// Where it stands.
    pub state: LessonState,
    /// When it was proposed.
    pub created_at: Timestamp,
}

/// A message that was not understood, or that only the team could answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Miss {
    /// Where.
    pub conversation: ConversationId,
    /// Its words.
    pub said: String,
    /// What it was taken for.
    pub intent: String,
    /// When.
    pub at: Timestamp,
}

/// A question that was passed on to the team.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Asked {
    /// The task.
    pub task: TaskId,
    /// Who asked.
    pub customer: CustomerId,
    /// Where.
    pub conversation: ConversationId,
    /// The words.
    pub said: String,
    /// When.
    pub at: Timestamp,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    kind: String,
    body_enc: Vec<u8>,
    state: String,
    created_at: i64,
}

#[derive(FromQueryResult)]
struct MissRow {
    conversation_id: Uuid,
    said_enc: Vec<u8>,
    intent: String,
    at: i64,
}

#[derive(FromQueryResult)]
struct AskedRow {
    id: Uuid,
    customer_id: Uuid,
    conversation_id: Uuid,
    detail_enc: Vec<u8>,
    opened_at: i64,
}

impl Tx {
    /// Proposes a lesson. False if the same was proposed before, whatever became of it.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn propose(
        &self,
        kind: LessonKind,
        key: &str,
        body: &LessonBody,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        const INSERT: &str = "INSERT INTO lessons (tenant_id, id, kind, key, body_enc, state, created_at) \
             VALUES ($1, $2, $3, $4, $5, 'proposed', $6) ON CONFLICT DO NOTHING";
        let values = vec![
            self.tenant_uuid().into(),
            Uuid::now_v7().into(),
            kind.name().into(),
            self.hash(KEY, key)?.into(),
            self.seal(BODY, &serde_json::to_string(body)?)?.into(),
            now.0.into(),
        ];
        Ok(self.conn.run(INSERT, values).await? > 0)
    }

    /// Takes back what was proposed from a document and not decided upon.
    ///
    /// # Errors
    /// If something stored cannot be decrypted, or the database fails.
    pub async fn withdraw(&self, document: &str) -> Result<(), StoreError> {
        const WITHDRAW: &str = "DELETE FROM lessons WHERE tenant_id = $1 AND id = $2 AND state = 'proposed'";
        for lesson in self.lessons(LessonState::Proposed).await? {
            if lesson.body.source == document {
                self.conn.run(WITHDRAW, vec![self.tenant_uuid().into(), lesson.id.into()]).await?;
            }
        }
        Ok(())
    }

    /// Keeps a lesson that a person gives, approved, in place of an earlier one.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn teach(
        &self,
        kind: LessonKind,
        key: &str,
        body: &LessonBody,
        by: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        const INSERT: &str = "INSERT INTO lessons (tenant_id, id, kind, key, body_enc, state, created_at, decided_at, decided_by) \
             VALUES ($1, $2, $3, $4, $5, 'approved', $6, $6, $7) ON CONFLICT (tenant_id, kind, key) DO UPDATE SET \
             body_enc = excluded.body_enc, state = 'approved', decided_at = excluded.decided_at, decided_by = excluded.decided_by";
        let values = vec![
            self.tenant_uuid().into(),
            Uuid::now_v7().into(),
            kind.name().into(),
            self.hash(KEY, key)?.into(),
            self.seal(BODY, &serde_json::to_string(body)?)?.into(),
            now.0.into(),
            by.into(),
        ];
        self.conn.run(INSERT, values).await?;
        self.knowledge_moved().await
    }

    /// Approves a proposed lesson with what it says now, or rejects it.
    ///
    /// # Errors
    /// [`Guard::State`] if it is decided already.
    pub async fn decide_lesson(
        &self,
        id: Uuid,
        to: LessonState,
        body: &LessonBody,
        by: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        const DECIDE: &str = "UPDATE lessons SET state = $3, body_enc = $4, decided_by = $5, decided_at = $6 \
             WHERE tenant_id = $1 AND id = $2 AND state = 'proposed'";
        let values = vec![
            self.tenant_uuid().into(),
            id.into(),
            to.name().into(),
            self.seal(BODY, &serde_json::to_string(body)?)?.into(),
            by.into(),
            now.0.into(),
        ];
        if self.conn.run(DECIDE, values).await? == 0 {
            return Err(Guard::State("the proposal").into());
        }
        self.knowledge_moved().await
    }

    /// Takes back what was approved: it is not used any more, nor proposed again.
    ///
    /// # Errors
    /// [`Guard::State`] if it is not approved.
    pub async fn withdraw_lesson(&self, id: Uuid, by: &str, now: Timestamp) -> Result<(), StoreError> {
        const WITHDRAW: &str = "UPDATE lessons SET state = 'rejected', decided_by = $3, decided_at = $4 \
             WHERE tenant_id = $1 AND id = $2 AND state = 'approved'";
        let values = vec![self.tenant_uuid().into(), id.into(), by.into(), now.0.into()];
        if self.conn.run(WITHDRAW, values).await? == 0 {
            return Err(Guard::State("the lesson").into());
        }
        self.knowledge_moved().await
    }

    /// The lessons that stand so, oldest first.
    ///
    /// # Errors
    /// If something stored cannot be decrypted, or the database fails.
    pub async fn lessons(&self, state: LessonState) -> Result<Vec<Lesson>, StoreError> {
        const FIND: &str = "SELECT id, kind, body_enc, state, created_at FROM lessons \
             WHERE tenant_id = $1 AND state = $2 ORDER BY id";
        let rows: Vec<Row> = self.conn.rows(FIND, vec![self.tenant_uuid().into(), state.name().into()]).await?;
        let open = |row: Row| {
            Ok(Lesson {
                id: row.id,
                kind: serde_json::from_value(row.kind.into())?,
                body: serde_json::from_str(&self.open(BODY, &row.body_enc)?)?,
                state: serde_json::from_value(row.state.into())?,
                created_at: Timestamp(row.created_at),
            })
        };
        rows.into_iter().map(open).collect()
    }

    /// Notes a message that was not understood, or that only the team could answer.
    ///
    /// # Errors
    /// If the conversation is not the shop's, or the database fails.
    pub async fn note_miss(&self, miss: &Miss) -> Result<(), StoreError> {
        const INSERT: &str = "INSERT INTO misses (tenant_id, id, conversation_id, said_enc, intent, at) \
             VALUES ($1, $2, $3, $4, $5, $6)";
        let values = vec![
            self.tenant_uuid().into(),
            Uuid::now_v7().into(),
            miss.conversation.0.into(),
            self.seal(SAID, &miss.said)?.into(),
            miss.intent.as_str().into(),
            miss.at.0.into(),
        ];
        self.conn.run(INSERT, values).await.map(drop)
    }

    /// What was not understood since a moment, oldest first, at most so many.
    ///
    /// # Errors
    /// If something stored cannot be decrypted, or the database fails.
    pub async fn misses(&self, since: Timestamp, most: u32) -> Result<Vec<Miss>, StoreError> {
        const FIND: &str = "SELECT conversation_id, said_enc, intent, at FROM misses \
             WHERE tenant_id = $1 AND at >= $2 ORDER BY at DESC, id DESC LIMIT $3";
        let values = vec![self.tenant_uuid().into(), since.0.into(), i64::from(most).into()];
        let rows: Vec<MissRow> = self.conn.rows(FIND, values).await?;
        let open = |row: MissRow| {
            Ok(Miss {
                conversation: ConversationId(row.conversation_id),
                said: self.open(SAID, &row.said_enc)?,
                intent: row.intent,
                at: Timestamp(row.at),
            })
        };
        rows.into_iter().rev().map(open).collect()
    }

    /// The questions passed on to the team since a moment, open or closed, oldest first.
    ///
    /// # Errors
    /// If something stored cannot be decrypted, or the database fails.
    pub async fn questions_asked(&self, since: Timestamp) -> Result<Vec<Asked>, StoreError> {
        const FIND: &str = "SELECT id, customer_id, conversation_id, detail_enc, opened_at FROM tasks \
             WHERE tenant_id = $1 AND kind = 'question' AND opened_at >= $2 ORDER BY id LIMIT 1000";
        let rows: Vec<AskedRow> = self.conn.rows(FIND, vec![self.tenant_uuid().into(), since.0.into()]).await?;
        let open = |row: AskedRow| {
            let detail: serde_json::Value = serde_json::from_str(&self.open(DETAIL, &row.detail_enc)?)?;
            Ok(Asked {
                task: TaskId(row.id),
                customer: CustomerId(row.customer_id),
                conversation: ConversationId(row.conversation_id),
                said: detail.get("said").and_then(|said| said.as_str()).unwrap_or_default().to_owned(),
                at: Timestamp(row.opened_at),
            })
        };
        rows.into_iter().map(open).collect()
    }
}
