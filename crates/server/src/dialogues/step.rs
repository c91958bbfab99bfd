//! One step of a dialogue: a line in, and what has to hold after it.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Holds, wording};
use crate::console::protocol::{LineOut, StateOut};

/// A line in and what has to hold after it.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Step {
    pub(super) say: Option<String>,
    /// Other words for the same.
    ways: Vec<String>,
    line: Option<Value>,
    intent: Option<OneOf>,
    stage: Option<String>,
    pub(super) language: Option<String>,
    cart: Option<Vec<String>>,
    orders: Option<Vec<String>>,
    appointments: Option<Vec<String>>,
    requests: Option<Vec<String>>,
    handed_off: Option<bool>,
    opted_out: Option<bool>,
    said: Vec<String>,
    unsaid: Vec<String>,
    replies: Option<usize>,
    /// How often the owner has been told something about this customer so far.
    owner_told: Option<u64>,
}

/// One word or several.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum OneOf {
    One(String),
    Several(Vec<String>),
}

impl Step {
    /// The line in, in the words of a run; `amount: total` becomes the amount of the latest payment request.
    pub(super) fn line(&self, last: Option<&LineOut>, language: Option<&str>, run: usize) -> Value {
        let said = || wording::in_run(self.say.as_deref().unwrap_or_default(), &self.ways, language, run);
        let mut line = self.line.clone().unwrap_or_else(|| json!({"text": said()}));
        if line.get("amount").and_then(Value::as_str) == Some("total") {
            let amount = last.and_then(|out| out.state.payment_requests.last()).map_or(0, |request| request.amount);
            line["amount"] = json!(amount);
        }
        line
    }

    /// Checks what the customer who wrote last was told, message by message, and how they stand now.
    pub(super) fn check(&self, out: &LineOut, heard: &[&str], holds: Holds, mut fault: impl FnMut(String)) {
        let (state, said) = (&out.state, heard.join("\n"));
        let mut same = |what: &str, wanted: &str, found: &str| {
            if wanted != found {
                fault(format!("{what} should be {wanted}, is {found}"));
            }
        };
        if let Some(wanted) = &self.intent {
            let found = out.turn.as_ref().and_then(|turn| turn.get("intent")?.as_str()).unwrap_or("none");
            let any = match wanted {
                OneOf::One(one) => vec![one.clone()],
                OneOf::Several(several) => several.clone(),
            };
            let wanted = if any.iter().any(|one| one == found) { found.to_owned() } else { any.join(" or ") };
            same("intent", &wanted, found);
        }
        if let Some(wanted) = &self.stage {
            same("stage", wanted, state.stage);
        }
        if let Some(wanted) = &self.language {
            same("language", wanted, state.language.code());
        }
        if let Some(wanted) = &self.cart {
            let found: Vec<String> =
                state.cart.iter().map(|i| format!("{}/{} x{}", i.sku, i.size, i.quantity)).collect();
            same("cart", &sorted(wanted).join(", "), &sorted(&found).join(", "));
        }
        if let Some(wanted) = &self.orders {
            let found: Vec<String> = state.orders.iter().map(|o| format!("{} {}", o.status, o.total / 100)).collect();
            same("orders", &wanted.join(", "), &found.join(", "));
        }
        if let Some(wanted) = &self.appointments {
            same("appointments", &wanted.join(", "), &appointments(state).join(", "));
        }
        if let Some(wanted) = &self.requests {
            let found: Vec<&str> = state.payment_requests.iter().map(|r| r.status.as_str()).collect();
            same("requests", &wanted.join(", "), &found.join(", "));
        }
        if let Some(wanted) = self.handed_off {
            same("handed_off", &wanted.to_string(), &state.handed_off.to_string());
        }
        if let Some(wanted) = self.opted_out {
            same("opted_out", &wanted.to_string(), &state.opted_out.to_string());
        }
        if let Some(wanted) = self.owner_told {
            same("owner_told", &wanted.to_string(), &state.owner_notifications.to_string());
        }
        if holds == Holds::Outcomes {
            return;
        }
        if let Some(wanted) = self.replies.filter(|wanted| *wanted != heard.len()) {
            fault(format!("replies should be {wanted}, is {}", heard.len()));
        }
        let lower = said.to_lowercase();
        for part in &self.said {
            if !part.to_lowercase().split('|').any(|wording| lower.contains(wording)) {
                fault(format!("should have said {part:?}, said: {}", said.replace('\n', " / ")));
            }
        }
        for part in &self.unsaid {
            if lower.contains(&part.to_lowercase()) {
                fault(format!("should not have said {part:?}, said: {}", said.replace('\n', " / ")));
            }
        }
    }
}

/// `SV-01 2026-03-05T14:00 booked`, in the shop's time.
fn appointments(state: &StateOut) -> Vec<String> {
    let minute = |start: &str| start.chars().take("2026-03-05T14:00".len()).collect::<String>();
    state.appointments.iter().map(|a| format!("{} {} {}", a.service, minute(&a.start), a.status)).collect()
}

fn sorted(lines: &[String]) -> Vec<String> {
    let mut lines = lines.to_vec();
    lines.sort_unstable();
    lines
}
