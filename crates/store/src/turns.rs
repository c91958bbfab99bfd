//! Committing a turn, and its trace.

use duka_kernel::{ChannelId, ConversationId, MessageId, Timestamp, TurnId};
use sea_orm::{FromQueryResult, Value};
use uuid::Uuid;

use crate::{
    Guard, StoreError, Tx,
    conversations::STATE,
    events::NewEvent,
    outbox::{Claim, NewOutbound},
    tx::{Sql, parameters},
};

pub(crate) const TRACE: &str = "turns.trace_enc";

/// What a turn leaves in its conversation. What it does to orders, stock or customers goes into the same unit of work.
#[derive(Clone, PartialEq, Debug)]
pub struct TurnCommit {
    /// The turn.
    pub id: TurnId,
    /// Its conversation.
    pub conversation: ConversationId,
    /// The channel answers go to.
    pub channel: ChannelId,
    /// The version that recall read.
    pub expected_version: i64,
    /// Where the sale stands now, by name.
    pub stage: String,
    /// What the conversation remembers now, as JSON.
    pub state: String,
    /// Whether a person takes over.
    pub handed_off: bool,
    /// The messages answered.
    pub answered: Vec<MessageId>,
    /// When the last of them came.
    pub last_inbound_at: Option<Timestamp>,
    /// What is sent, in order.
    pub outbound: Vec<NewOutbound>,
    /// Who sends it.
    pub claim: Claim,
    /// What happened.
    pub events: Vec<NewEvent>,
    /// How it went, as JSON. Encrypted: it may repeat what the customer said.
    pub trace: serde_json::Value,
    /// Calls of a language model.
    pub model_calls: u32,
    /// How long it took.
    pub micros: u64,
    /// Now.
    pub at: Timestamp,
}

/// The trace of a turn.
#[derive(Clone, PartialEq, Debug)]
pub struct TurnTrace {
    /// The turn.
    pub id: TurnId,
    /// How it went.
    pub trace: serde_json::Value,
    /// Calls of a language model.
    pub model_calls: u32,
    /// How long it took.
    pub micros: u64,
    /// When it was committed.
    pub at: Timestamp,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    trace_enc: Vec<u8>,
    model_calls: i64,
    micros: i64,
    at: i64,
}

impl Tx {
    /// Commits a turn: five statements at most, on SQLite in one trip to the connection's thread.
    ///
    /// # Errors
    /// [`Guard::Version`] if the conversation moved since it was read; the unit of work has to end with it.
    pub async fn commit_turn(&self, turn: &TurnCommit) -> Result<(), StoreError> {
        const TURN: &str = "INSERT INTO turns (tenant_id, id, conversation_id, trace_enc, model_calls, micros, at, stage, \
             heard) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
        let guard = self.advance(turn)?;
        let mut rest = Vec::with_capacity(4);
        if !turn.answered.is_empty() {
            let mut values: Vec<Value> = vec![self.tenant_uuid().into(), turn.at.0.into(), turn.id.0.into()];
            values.extend(turn.answered.iter().map(|id| Value::from(id.0)));
            let text = format!(
                "UPDATE messages SET answered_at = $2, turn_id = $3 \
                 WHERE tenant_id = $1 AND id IN ({}) AND direction = 'in' AND answered_at IS NULL",
                parameters(4, turn.answered.len())
            );
            rest.push(Sql { text, values });
        }
        let to = (turn.conversation, turn.channel, Some(turn.id));
        rest.extend(self.outbound_insert(to, &turn.outbound, &turn.claim, turn.at)?);
        rest.extend(self.events_insert(&turn.events));
        let values = vec![
            self.tenant_uuid().into(),
            turn.id.0.into(),
            turn.conversation.0.into(),
            self.seal(TRACE, &turn.trace.to_string())?.into(),
            i64::from(turn.model_calls).into(),
            i64::try_from(turn.micros).unwrap_or(i64::MAX).into(),
            turn.at.0.into(),
            turn.stage.as_str().into(),
            i64::try_from(turn.answered.len()).unwrap_or(i64::MAX).into(),
        ];
        rest.push(Sql { text: TURN.to_owned(), values });
        if self.conn.run_guarded(guard, rest).await? { Ok(()) } else { Err(Guard::Version.into()) }
    }

    fn advance(&self, turn: &TurnCommit) -> Result<Sql, StoreError> {
        const ADVANCE: &str = "UPDATE conversations SET version = version + 1, stage = $4, state_enc = $5, handed_off = $6, \
             active_at = $9, unread = unread OR $10, last_inbound_at = coalesce($7, last_inbound_at), last_outbound_at = coalesce($8, last_outbound_at) \
             WHERE tenant_id = $1 AND id = $2 AND version = $3 RETURNING version";
        let sent = (!turn.outbound.is_empty()).then_some(turn.at.0);
        let values = vec![
            self.tenant_uuid().into(),
            turn.conversation.0.into(),
            turn.expected_version.into(),
            turn.stage.as_str().into(),
            self.seal(STATE, &turn.state)?.into(),
            turn.handed_off.into(),
            turn.last_inbound_at.map(|at| at.0).into(),
            sent.into(),
            turn.at.0.into(),
            (!turn.answered.is_empty()).into(),
        ];
        Ok(Sql { text: ADVANCE.to_owned(), values })
    }

    /// The trace of a turn, and its conversation.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if the shop has no such turn.
    pub async fn turn(&self, id: TurnId) -> Result<(ConversationId, TurnTrace), StoreError> {
        const FIND: &str = "SELECT id, conversation_id, trace_enc, model_calls, micros, at FROM turns \
             WHERE tenant_id = $1 AND id = $2";
        #[derive(FromQueryResult)]
        struct Found {
            #[sea_orm(nested)]
            row: Row,
            conversation_id: Uuid,
        }
        let found: Option<Found> = self.conn.row(FIND, vec![self.tenant_uuid().into(), id.0.into()]).await?;
        let found = found.ok_or(StoreError::NotFound)?;
        Ok((ConversationId(found.conversation_id), self.trace(found.row)?))
    }

    fn trace(&self, row: Row) -> Result<TurnTrace, StoreError> {
        Ok(TurnTrace {
            id: TurnId(row.id),
            trace: serde_json::from_str(&self.open(TRACE, &row.trace_enc)?)?,
            model_calls: u32::try_from(row.model_calls).unwrap_or(u32::MAX),
            micros: u64::try_from(row.micros).unwrap_or(0),
            at: Timestamp(row.at),
        })
    }

    /// The traces of a conversation's last turns, newest first.
    ///
    /// # Errors
    /// If something stored cannot be decrypted, or the database fails.
    pub async fn turns(&self, conversation: ConversationId, last: u32) -> Result<Vec<TurnTrace>, StoreError> {
        const FIND: &str = "SELECT id, trace_enc, model_calls, micros, at FROM turns \
             WHERE tenant_id = $1 AND conversation_id = $2 ORDER BY id DESC LIMIT $3";
        let values = vec![self.tenant_uuid().into(), conversation.0.into(), i64::from(last).into()];
        let rows: Vec<Row> = self.conn.rows(FIND, values).await?;
        rows.into_iter().map(|row| self.trace(row)).collect()
    }
}
