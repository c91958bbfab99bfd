//! Anthropic's Messages.

use serde_json::{Value, json};

use super::{Answered, text::turns};
use crate::{Ask, FailureKind, Speaker, Usage, failure::Failure, tier::Tier};

/// The version of the API that this file speaks.
pub(super) const VERSION: &str = "2023-06-01";

pub(super) fn question(tier: &Tier, ask: &Ask) -> Value {
    let turns = turns(ask);
    let last = turns.len() - 1;
    let messages = turns.iter().enumerate().map(|(at, (by, text))| {
        let content = if at == last && !ask.pictures.is_empty() { with_pictures(ask, text) } else { json!(text) };
        json!({"role": if *by == Speaker::Customer { "user" } else { "assistant" }, "content": content})
    });
    let mut body = json!({
        "model": tier.model.name,
        "max_tokens": tier.most_output(ask),
        "system": ask.system,
        "messages": messages.collect::<Vec<_>>(),
        "metadata": {"user_id": ask.who},
    });
    if let Some(effort) = &tier.known.effort {
        body["output_config"]["effort"] = effort.as_str().into();
    }
    if let Some(schema) = &ask.schema {
        body["output_config"]["format"] = json!({"type": "json_schema", "schema": schema.json});
    }
    body
}

fn with_pictures(ask: &Ask, text: &str) -> Value {
    let pictures = ask.pictures.iter().map(|picture| {
        let source = json!({"type": "base64", "media_type": picture.mime, "data": super::base64(&picture.bytes)});
        json!({"type": "image", "source": source})
    });
    pictures.chain(std::iter::once(json!({"type": "text", "text": text}))).collect()
}

pub(super) fn read(answer: &Value) -> Result<Answered<String>, Failure> {
    let usage = usage(&answer["usage"]);
    let fail = |kind, note: &str| Err(Failure::of_answer(kind, usage, note));
    match answer["stop_reason"].as_str() {
        Some("end_turn" | "stop_sequence") => {}
        Some("refusal") => return fail(FailureKind::Refused, "refusal"),
        Some("max_tokens" | "model_context_window_exceeded") => {
            return fail(FailureKind::Malformed, "it stops at the limit of tokens");
        }
        _ => return fail(FailureKind::Malformed, "it ends for no known reason"),
    }
    // Thinking may come first.
    let blocks = answer["content"].as_array().into_iter().flatten().filter(|block| block["type"] == "text");
    let said: String = blocks.filter_map(|block| block["text"].as_str()).collect();
    if said.trim().is_empty() {
        return fail(FailureKind::Malformed, "it is empty");
    }
    Ok(Answered { value: said.trim().to_owned(), usage })
}

/// Here what is read from the cache or written to it is not part of the input.
fn usage(usage: &Value) -> Option<Usage> {
    let count = |pointer: &str| usage.pointer(pointer).and_then(Value::as_u64);
    let fresh = count("/input_tokens")?;
    let cached = count("/cache_read_input_tokens").unwrap_or(0);
    let cache_write = count("/cache_creation_input_tokens").unwrap_or(0);
    Some(Usage {
        input: fresh.saturating_add(cached).saturating_add(cache_write),
        cached,
        cache_write,
        output: count("/output_tokens").unwrap_or(0),
        reasoning: count("/output_tokens_details/thinking_tokens").unwrap_or(0),
        ..Usage::default()
    })
}
