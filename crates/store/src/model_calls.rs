//! Calls of language models: written down once, added up in reports.

use duka_kernel::{ConversationId, Timestamp};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{StoreError, Tx};

/// One attempt at one model. Numbers of tokens are totals: `cached` and `cache_write` are part of `input`, `reasoning` is
/// part of `output`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ModelCall {
    /// Its identity.
    pub id: Uuid,
    /// What it was about, if about a conversation.
    pub conversation: Option<ConversationId>,
    /// What it was for, in a word.
    pub purpose: String,
    /// Who runs the model.
    pub provider: String,
    /// The model.
    pub model: String,
    /// Tokens read.
    pub input: i64,
    /// Of these, read from the provider's cache.
    pub cached: i64,
    /// Of these, written to the provider's cache.
    pub cache_write: i64,
    /// Tokens written.
    pub output: i64,
    /// Of these, thought and not said.
    pub reasoning: i64,
    /// Sound heard, in milliseconds.
    pub audio_millis: i64,
    /// Whether the numbers are reckoned, because the provider gave none.
    pub estimated: bool,
    /// What it cost by the prices of that day, in millionths of a US dollar.
    pub cost_micro_usd: i64,
    /// Whether the shop's own key paid.
    pub own_key: bool,
    /// `answered`, or the kind of failure.
    pub outcome: String,
    /// How long it took, in milliseconds.
    pub millis: i64,
    /// When it began.
    pub at: Timestamp,
}

/// What calls are added up by.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CostsBy {
    /// The conversation they were about.
    Conversation,
    /// Day of the shop's calendar; its offset from UTC in milliseconds.
    Day(i64),
    /// What they were for.
    Purpose,
    /// The model that was asked.
    Model,
}

/// Calls added up.
#[derive(Clone, PartialEq, Eq, Debug, FromQueryResult)]
pub struct Costs {
    /// The conversation, the day (in days since 1 January 1970), the purpose or the model; empty if about nothing.
    pub key: String,
    /// How many calls.
    pub calls: i64,
    /// How many of them were answered.
    pub answered: i64,
    /// Tokens read.
    pub input: i64,
    /// Tokens written.
    pub output: i64,
    /// What they cost, in millionths of a US dollar.
    pub cost_micro_usd: i64,
    /// Their time together, in milliseconds.
    pub millis: i64,
}

/// A call about a conversation.
#[derive(Clone, PartialEq, Eq, Debug, FromQueryResult)]
pub struct CallAbout {
    /// What it was for, in a word.
    pub purpose: String,
    /// Who runs the model.
    pub provider: String,
    /// The model.
    pub model: String,
    /// Tokens read.
    pub input: i64,
    /// Tokens written.
    pub output: i64,
    /// What it cost, in millionths of a US dollar.
    pub cost_micro_usd: i64,
    /// `answered`, or the kind of failure.
    pub outcome: String,
    /// How long it took, in milliseconds.
    pub millis: i64,
}

#[derive(FromQueryResult)]
struct Spent {
    spent: i64,
}

const COLUMNS: &str = "tenant_id, id, conversation_id, purpose, provider, model, input, cached, cache_write, output, \
     reasoning, audio_millis, estimated, cost_micro_usd, own_key, outcome, millis, at";

const DAY_MILLIS: i64 = 24 * 60 * 60 * 1000;

impl Tx {
    /// Writes calls down. One that is there already stays as it is.
    ///
    /// # Errors
    /// If the conversation is not the shop's, or the database fails.
    pub async fn record_model_calls(&self, calls: &[ModelCall]) -> Result<(), StoreError> {
        let insert = format!(
            "INSERT INTO model_calls ({COLUMNS}) VALUES \
             ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18) ON CONFLICT DO NOTHING"
        );
        for call in calls {
            let values = vec![
                self.tenant_uuid().into(),
                call.id.into(),
                call.conversation.map(|conversation| conversation.0).into(),
                call.purpose.as_str().into(),
                call.provider.as_str().into(),
                call.model.as_str().into(),
                call.input.into(),
                call.cached.into(),
                call.cache_write.into(),
                call.output.into(),
                call.reasoning.into(),
                call.audio_millis.into(),
                call.estimated.into(),
                call.cost_micro_usd.into(),
                call.own_key.into(),
                call.outcome.as_str().into(),
                call.millis.into(),
                call.at.0.into(),
            ];
            self.conn.run(insert.as_str(), values).await?;
        }
        Ok(())
    }

    /// The calls about a conversation from a moment until another, in order.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn model_calls_about(
        &self,
        conversation: ConversationId,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Vec<CallAbout>, StoreError> {
        const FIND: &str = "SELECT purpose, provider, model, input, output, cost_micro_usd, outcome, millis \
             FROM model_calls WHERE tenant_id = $1 AND conversation_id = $2 AND at >= $3 AND at <= $4 ORDER BY at, id";
        let values = vec![self.tenant_uuid().into(), conversation.0.into(), from.0.into(), to.0.into()];
        self.conn.rows(FIND, values).await
    }

    /// What the shop's calls cost from a moment on, in millionths of a US dollar.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn model_spending(&self, since: Timestamp) -> Result<i64, StoreError> {
        const SUM: &str = "SELECT CAST(coalesce(sum(cost_micro_usd), 0) AS bigint) AS spent FROM model_calls \
             WHERE tenant_id = $1 AND at >= $2";
        let spent: Option<Spent> = self.conn.row(SUM, vec![self.tenant_uuid().into(), since.0.into()]).await?;
        Ok(spent.map_or(0, |row| row.spent))
    }

    /// The shop's calls from a moment until another, added up, the dearest first (days: the latest first).
    ///
    /// # Errors
    /// If the database fails.
    pub async fn model_costs(&self, by: CostsBy, from: Timestamp, to: Timestamp) -> Result<Vec<Costs>, StoreError> {
        let key = match by {
            CostsBy::Conversation if self.conn.is_postgres() => "coalesce(conversation_id::text, '')".to_owned(),
            CostsBy::Conversation => "coalesce(hex(conversation_id), '')".to_owned(),
            CostsBy::Day(offset) => format!("CAST((at + {offset}) / {DAY_MILLIS} AS text)"),
            CostsBy::Purpose => "purpose".to_owned(),
            CostsBy::Model => "provider || '/' || model".to_owned(),
        };
        let order = if matches!(by, CostsBy::Day(_)) { "key DESC" } else { "cost_micro_usd DESC, key" };
        let find = format!(
            "SELECT {key} AS key, count(*) AS calls, \
             CAST(sum(CASE WHEN outcome = 'answered' THEN 1 ELSE 0 END) AS bigint) AS answered, \
             CAST(sum(input) AS bigint) AS input, CAST(sum(output) AS bigint) AS output, \
             CAST(sum(cost_micro_usd) AS bigint) AS cost_micro_usd, CAST(sum(millis) AS bigint) AS millis \
             FROM model_calls WHERE tenant_id = $1 AND at >= $2 AND at < $3 GROUP BY 1 ORDER BY {order}"
        );
        let mut costs: Vec<Costs> =
            self.conn.rows(find, vec![self.tenant_uuid().into(), from.0.into(), to.0.into()]).await?;
        if by == CostsBy::Conversation {
            // SQLite writes identities without dashes.
            let written = |key: &str| key.parse::<Uuid>().map(|id| id.to_string()).unwrap_or_default();
            costs.iter_mut().for_each(|row| row.key = written(&row.key));
        }
        Ok(costs)
    }
}
