//! Why the assistant said what it said.

use duka_kernel::TurnId;
use duka_store::model_calls::CallAbout;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    describe::Route,
    extract::{Json, Path},
    problem::Reply,
    route,
    staff::{Staff, right::ConversationsView},
};

/// Calls begin with the turn; clocks of processes differ by less.
const APART_MILLIS: i64 = 1_000;

pub fn routes() -> Vec<Route> {
    vec![route!(get_turn)]
}

/// What stands behind an answer.
#[derive(Serialize, ToSchema)]
struct TurnOut {
    id: Uuid,
    at: jiff::Timestamp,
    /// What the message was taken for, such as `product_search`; empty where no message was answered.
    intent: String,
    /// How sure that is, 0 to 1.
    confidence: Option<f64>,
    /// What was read out of the message.
    slots: Vec<SlotOut>,
    /// What was done, or proposed by a model.
    tools: Vec<ToolOut>,
    /// What was said, by the names of the sentences.
    facts: Vec<String>,
    model_calls: Vec<ModelCallOut>,
    /// What the models cost, in millionths of a US dollar.
    cost_micros: i64,
    /// How long it took, in millionths of a second.
    micros: i64,
}

/// Something that was read out of a message.
#[derive(Serialize, ToSchema)]
struct SlotOut {
    name: String,
    value: String,
}

/// Something that was done or proposed.
#[derive(Serialize, ToSchema)]
struct ToolOut {
    name: String,
    /// Whether it was done.
    ok: bool,
    /// Why not; empty if it was.
    text: String,
}

/// A call of a language model.
#[derive(Serialize, ToSchema)]
struct ModelCallOut {
    model: String,
    /// What it was for, such as `talk`.
    task: String,
    /// `answered`, or the kind of failure.
    outcome: String,
    /// Tokens read and written.
    tokens: i64,
    /// In millionths of a US dollar.
    cost_micros: i64,
    millis: i64,
}

impl From<CallAbout> for ModelCallOut {
    fn from(call: CallAbout) -> Self {
        Self {
            model: format!("{}/{}", call.provider, call.model),
            task: call.purpose,
            outcome: call.outcome,
            tokens: call.input.saturating_add(call.output),
            cost_micros: call.cost_micro_usd,
            millis: call.millis,
        }
    }
}

/// Tell why the assistant answered as it did: what it understood, what it did, from which facts, at which cost.
#[utoipa::path(get, path = "/turns/{id}", tag = "inbox")]
async fn get_turn(staff: Staff<ConversationsView>, Path(id): Path<Uuid>) -> Reply<Json<TurnOut>> {
    let tx = staff.read().await?;
    let (conversation, turn) = tx.turn(TurnId(id)).await?;
    let lasted = i64::try_from(turn.micros / 1_000).unwrap_or(i64::MAX);
    let (from, to) = (turn.at.plus_millis(-APART_MILLIS), turn.at.plus_millis(lasted.saturating_add(APART_MILLIS)));
    let calls = match turn.model_calls {
        0 if turn.trace["listened"].is_null() && turn.trace["described"].is_null() => Vec::new(),
        _ => tx.model_calls_about(conversation, from, to).await?,
    };
    let trace = &turn.trace;
    Ok(Json(TurnOut {
        id,
        at: turn.at.to_jiff(),
        intent: trace["intent"].as_str().or_else(|| trace["about"].as_str()).unwrap_or_default().to_owned(),
        confidence: trace["confidence"].as_f64(),
        slots: slots(&trace["slots"]),
        tools: tools(trace),
        facts: names(&trace["says"]).collect(),
        cost_micros: calls.iter().map(|call| call.cost_micro_usd).sum(),
        model_calls: calls.into_iter().map(ModelCallOut::from).collect(),
        micros: i64::try_from(turn.micros).unwrap_or(i64::MAX),
    }))
}

fn names(list: &Value) -> impl Iterator<Item = String> + use<'_> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned)
}

fn slots(slots: &Value) -> Vec<SlotOut> {
    let plain = |value: &Value| match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let value = |value: &Value| match value {
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(", "),
        other => plain(other),
    };
    let fields = slots.as_object().into_iter().flatten();
    fields.filter(|(_, v)| !v.is_null()).map(|(name, v)| SlotOut { name: name.clone(), value: value(v) }).collect()
}

/// What the policy did, then what a model proposed beside it.
fn tools(trace: &Value) -> Vec<ToolOut> {
    let done = names(&trace["effects"]).map(|name| ToolOut { name, ok: true, text: String::new() });
    let proposed = trace["model"]["proposed"].as_array().into_iter().flatten().map(|one| {
        let refused = one["refused"].as_str();
        ToolOut {
            name: one["what"].as_str().unwrap_or_default().to_owned(),
            ok: refused.is_none(),
            text: refused.unwrap_or_default().to_owned(),
        }
    });
    done.chain(proposed).collect()
}
