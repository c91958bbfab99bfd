//! What the fact lock says of a reply, and what is kept of it.

use duka_kernel::{Timestamp, TurnId};
use duka_sales::{
    Dialogue, Recall, Reply, Say,
    lock::{Breach, BreachKind, Facts, check},
};
use duka_store::events::NewEvent;
use serde_json::json;

/// What a reply made from templates says that is not among the facts of its turn. It is sent all the same: what is wrong
/// then is a template, or the lock, and somebody has to look at it.
pub(crate) fn breaches(reply: &Reply, says: &[Say], recall: &Recall<'_>, dialogue: &Dialogue) -> Vec<Breach> {
    if reply.parts.is_empty() {
        return Vec::new();
    }
    let facts = Facts::of(says, recall, dialogue);
    reply.parts.iter().filter_map(|part| check(&part.text, &facts).err()).flatten().collect()
}

/// The event that words were stopped, `by` whom they were: `template` or `model`. What they were is in the turn's trace.
pub(crate) fn event(turn: TurnId, by: &str, breaches: &[Breach], at: Timestamp) -> Option<NewEvent> {
    let mut kinds: Vec<BreachKind> = Vec::new();
    for breach in breaches {
        if !kinds.contains(&breach.kind) {
            kinds.push(breach.kind);
        }
    }
    let payload = json!({"turn": turn, "by": by, "kinds": kinds, "sent": by == "template"});
    let kind = "reply_stopped".to_owned();
    (!kinds.is_empty()).then(|| NewEvent { kind, payload, actor: "assistant".into(), at })
}
