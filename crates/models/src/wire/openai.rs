//! OpenAI's Chat Completions, which Together and most local servers speak too.

use serde_json::{Value, json};

use super::{
    Answered,
    text::{turns, with_schema, without_thoughts},
};
use crate::{Ask, FailureKind, Provider, Speaker, Usage, failure::Failure, tier::Tier};

pub(super) fn question(tier: &Tier, ask: &Ask) -> Value {
    let is_openai = tier.model.provider == Provider::OpenAi;
    let (role, system) = if is_openai { ("developer", ask.system.clone()) } else { ("system", with_schema(ask)) };
    let mut messages = vec![json!({"role": role, "content": system})];
    let turns = turns(ask);
    let last = turns.len() - 1;
    for (at, (by, text)) in turns.iter().enumerate() {
        let content = if at == last && !ask.pictures.is_empty() { with_pictures(ask, text) } else { json!(text) };
        messages.push(json!({"role": if *by == Speaker::Customer { "user" } else { "assistant" }, "content": content}));
    }
    let mut body = json!({"model": tier.model.name, "messages": messages});
    let most = if is_openai { "max_completion_tokens" } else { "max_tokens" };
    body[most] = tier.most_output(ask).into();
    if is_openai {
        body["store"] = false.into();
        body["safety_identifier"] = ask.who.as_str().into();
    }
    if let Some(effort) = &tier.known.effort {
        body["reasoning_effort"] = effort.as_str().into();
    }
    if let Some(schema) = &ask.schema {
        let format = json!({"name": schema.name, "strict": true, "schema": schema.json});
        body["response_format"] = json!({"type": "json_schema", "json_schema": format});
    }
    body
}

fn with_pictures(ask: &Ask, text: &str) -> Value {
    let pictures = ask.pictures.iter().map(|picture| {
        let url = format!("data:{};base64,{}", picture.mime, super::base64(&picture.bytes));
        json!({"type": "image_url", "image_url": {"url": url}})
    });
    std::iter::once(json!({"type": "text", "text": text})).chain(pictures).collect()
}

pub(super) fn read(answer: &Value) -> Result<Answered<String>, Failure> {
    let usage = usage(&answer["usage"]);
    let fail = |kind, note: &str| Err(Failure::of_answer(kind, usage, note));
    let Some(choice) = answer.pointer("/choices/0") else {
        return fail(FailureKind::Malformed, "there are no choices");
    };
    let message = &choice["message"];
    if message["refusal"].as_str().is_some_and(|refusal| !refusal.is_empty()) {
        return fail(FailureKind::Refused, "refusal");
    }
    match choice["finish_reason"].as_str() {
        Some("content_filter") => return fail(FailureKind::Refused, "content_filter"),
        Some("length") => return fail(FailureKind::Malformed, "it stops at the limit of tokens"),
        _ => {}
    }
    let said = match &message["content"] {
        Value::String(text) => text.clone(),
        parts => parts.as_array().into_iter().flatten().filter_map(|part| part["text"].as_str()).collect(),
    };
    let said = without_thoughts(&said);
    if said.is_empty() {
        return fail(FailureKind::Malformed, "it is empty");
    }
    Ok(Answered { value: said.to_owned(), usage })
}

/// Of these, the input holds what is cached, and the output what is thought.
pub(super) fn usage(usage: &Value) -> Option<Usage> {
    let count = |pointer: &str| usage.pointer(pointer).and_then(Value::as_u64);
    Some(Usage {
        input: count("/prompt_tokens")?,
        cached: count("/prompt_tokens_details/cached_tokens").unwrap_or(0),
        cache_write: count("/prompt_tokens_details/cache_write_tokens").unwrap_or(0),
        output: count("/completion_tokens").unwrap_or(0),
        reasoning: count("/completion_tokens_details/reasoning_tokens").unwrap_or(0),
        ..Usage::default()
    })
}
