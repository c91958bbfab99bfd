//! Gemini's `generateContent`.

use serde_json::{Value, json};

use super::{Answered, text::turns};
use crate::{Ask, FailureKind, Picture, Speaker, Usage, failure::Failure, tier::Tier};

pub(super) fn path(tier: &Tier, method: &str) -> String {
    format!("models/{}:{method}", tier.model.name)
}

pub(super) fn question(tier: &Tier, ask: &Ask) -> Value {
    let turns = turns(ask);
    let last = turns.len() - 1;
    let contents = turns.iter().enumerate().map(|(at, (by, text))| {
        let mut parts = vec![json!({"text": text})];
        if at == last {
            parts.extend(ask.pictures.iter().map(picture_part));
        }
        json!({"role": if *by == Speaker::Customer { "user" } else { "model" }, "parts": parts})
    });
    let mut body = json!({
        "systemInstruction": {"parts": [{"text": ask.system}]},
        "contents": contents.collect::<Vec<_>>(),
        "generationConfig": config(tier, tier.most_output(ask)),
        "safetySettings": safety(),
    });
    if let Some(schema) = &ask.schema {
        body["generationConfig"]["responseMimeType"] = "application/json".into();
        body["generationConfig"]["responseJsonSchema"] = schema.json.clone();
    }
    body
}

pub(super) fn config(tier: &Tier, most: u32) -> Value {
    let mut config = json!({"maxOutputTokens": most});
    if let Some(effort) = &tier.known.effort {
        config["thinkingConfig"]["thinkingLevel"] = effort.to_uppercase().into();
    }
    config
}

/// Pictures of underwear, swimwear and beauty are a shop's daily bread: only what is surely harmful is blocked.
pub(super) fn safety() -> Value {
    let categories = ["HARASSMENT", "HATE_SPEECH", "SEXUALLY_EXPLICIT", "DANGEROUS_CONTENT"];
    let setting = |category| json!({"category": format!("HARM_CATEGORY_{category}"), "threshold": "BLOCK_ONLY_HIGH"});
    categories.into_iter().map(setting).collect()
}

pub(super) fn picture_part(picture: &Picture) -> Value {
    json!({"inlineData": {"mimeType": picture.mime, "data": super::base64(&picture.bytes)}})
}

/// What the answer says. Where silence is an answer, it may be empty.
pub(super) fn read(answer: &Value, may_be_empty: bool) -> Result<Answered<String>, Failure> {
    let usage = usage(&answer["usageMetadata"]);
    let fail = |kind, note: &str| Err(Failure::of_answer(kind, usage, note));
    if answer.pointer("/promptFeedback/blockReason").is_some() {
        return fail(FailureKind::Refused, "the prompt is blocked");
    }
    let Some(candidate) = answer.pointer("/candidates/0") else {
        return fail(FailureKind::Malformed, "there are no candidates");
    };
    match candidate["finishReason"].as_str() {
        Some("STOP") => {}
        Some("MAX_TOKENS") => return fail(FailureKind::Malformed, "it stops at the limit of tokens"),
        Some("SAFETY" | "RECITATION" | "LANGUAGE" | "BLOCKLIST" | "PROHIBITED_CONTENT" | "SPII") => {
            return fail(FailureKind::Refused, "the answer is blocked");
        }
        Some(reason) if reason.starts_with("IMAGE_") => return fail(FailureKind::Refused, "the picture is blocked"),
        _ => return fail(FailureKind::Malformed, "it ends for no known reason"),
    }
    let parts = candidate.pointer("/content/parts").and_then(Value::as_array).into_iter().flatten();
    let said: String = parts.filter(|part| part["thought"] != true).filter_map(|part| part["text"].as_str()).collect();
    if said.trim().is_empty() && !may_be_empty {
        return fail(FailureKind::Malformed, "it is empty");
    }
    Ok(Answered { value: said.trim().to_owned(), usage })
}

/// Here the input holds what is cached, and the output does not hold what is thought.
fn usage(usage: &Value) -> Option<Usage> {
    let count = |pointer: &str| usage.pointer(pointer).and_then(Value::as_u64);
    let thought = count("/thoughtsTokenCount").unwrap_or(0);
    Some(Usage {
        input: count("/promptTokenCount")?.saturating_add(count("/toolUsePromptTokenCount").unwrap_or(0)),
        cached: count("/cachedContentTokenCount").unwrap_or(0),
        output: count("/candidatesTokenCount").unwrap_or(0).saturating_add(thought),
        reasoning: thought,
        ..Usage::default()
    })
}
