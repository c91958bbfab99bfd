//! Answers in each provider's own shape.

use duka_models::Provider;
use serde_json::{Value, json};

use super::{
    Answer, Fault,
    received::{Received, Task},
    vectors,
};

/// What is answered, whatever went wrong with it.
pub(super) fn of(received: &Received, fault: Option<&Fault>, answer: &Answer) -> Value {
    if received.task == Task::Embed {
        return embeddings(received, fault);
    }
    let mut text = answer(received);
    match fault {
        Some(Fault::Truncated) => text.truncate(text.floor_char_boundary(text.len() / 2)),
        Some(Fault::Chatty) => {
            text = format!("Sure! Here is what you asked for:\n```json\n{text}\n```\nAnything else?")
        }
        _ => {}
    }
    match (received.provider, received.task) {
        (Provider::Gemini, _) => gemini(received, fault, &text),
        (Provider::Anthropic, _) => anthropic(received, fault, &text),
        (_, Task::Transcribe) => transcript(received, &text),
        _ => openai(received, fault, &text),
    }
}

/// Roughly what a text counts.
fn tokens(text: &str) -> usize {
    text.chars().count().div_ceil(4)
}

fn read_tokens(received: &Received) -> usize {
    let said = received.messages.iter().map(|said| tokens(&said.text)).sum::<usize>();
    tokens(&received.system) + said + 258 * received.pictures
}

fn openai(received: &Received, fault: Option<&Fault>, text: &str) -> Value {
    let (input, output) = (read_tokens(received), tokens(text));
    let usage = json!({"prompt_tokens": input, "completion_tokens": output, "total_tokens": input + output,
        "prompt_tokens_details": {"cached_tokens": 0}, "completion_tokens_details": {"reasoning_tokens": 0}});
    let (message, finish) = match fault {
        Some(Fault::Refused) => {
            (json!({"role": "assistant", "content": null, "refusal": "I can't help with that."}), "stop")
        }
        Some(Fault::Blocked) => (json!({"role": "assistant", "content": null}), "content_filter"),
        Some(Fault::Empty) => return json!({"id": "c1", "model": received.model, "choices": [], "usage": usage}),
        Some(Fault::Truncated) => (json!({"role": "assistant", "content": text}), "length"),
        Some(Fault::Thinking) => {
            (json!({"role": "assistant", "reasoning_content": "Let me think.", "content": text}), "stop")
        }
        _ => (json!({"role": "assistant", "content": text, "refusal": null}), "stop"),
    };
    json!({"id": "c1", "object": "chat.completion", "model": received.model, "usage": usage,
        "choices": [{"index": 0, "message": message, "finish_reason": finish}]})
}

fn anthropic(received: &Received, fault: Option<&Fault>, text: &str) -> Value {
    let usage = json!({"input_tokens": read_tokens(received), "cache_read_input_tokens": 0, "cache_creation_input_tokens": 0,
        "output_tokens": tokens(text)});
    let said = json!({"type": "text", "text": text});
    let (content, stop) = match fault {
        Some(Fault::Refused | Fault::Blocked) => (json!([]), "refusal"),
        Some(Fault::Empty) => (json!([]), "end_turn"),
        Some(Fault::Truncated) => (json!([said]), "max_tokens"),
        Some(Fault::Thinking) => {
            (json!([{"type": "thinking", "thinking": "Let me think.", "signature": "x"}, said]), "end_turn")
        }
        _ => (json!([said]), "end_turn"),
    };
    json!({"id": "msg_1", "type": "message", "role": "assistant", "model": received.model, "content": content,
        "stop_reason": stop, "usage": usage})
}

fn gemini(received: &Received, fault: Option<&Fault>, text: &str) -> Value {
    let (input, output) = (read_tokens(received), tokens(text));
    let usage = json!({"promptTokenCount": input, "candidatesTokenCount": output, "thoughtsTokenCount": 0,
        "totalTokenCount": input + output});
    let said = json!({"text": text});
    let candidate = match fault {
        Some(Fault::Blocked) => return json!({"promptFeedback": {"blockReason": "SAFETY"}, "usageMetadata": usage}),
        Some(Fault::Empty) => return json!({"candidates": [], "usageMetadata": usage}),
        Some(Fault::Refused) => json!({"finishReason": "SAFETY", "index": 0}),
        Some(Fault::Truncated) => json!({"content": {"role": "model", "parts": [said]}, "finishReason": "MAX_TOKENS"}),
        Some(Fault::Thinking) => {
            let parts = json!([{"text": "Let me think.", "thought": true}, {"text": text, "thoughtSignature": "x"}]);
            json!({"content": {"role": "model", "parts": parts}, "finishReason": "STOP"})
        }
        _ => json!({"content": {"role": "model", "parts": [said]}, "finishReason": "STOP", "index": 0}),
    };
    json!({"candidates": [candidate], "usageMetadata": usage, "modelVersion": received.model, "responseId": "r1"})
}

/// Every recording lasts 20 s here.
fn transcript(received: &Received, text: &str) -> Value {
    match received.provider {
        Provider::Together => json!({"text": text}),
        _ => json!({"text": text, "usage": {"type": "duration", "seconds": 20}}),
    }
}

fn embeddings(received: &Received, fault: Option<&Fault>) -> Value {
    let mut vectors = vectors::of(received);
    if fault == Some(&Fault::OtherLength) {
        vectors.iter_mut().for_each(|values| values.push(1.0));
    }
    if received.path.contains(":batch") {
        let all: Vec<Value> = vectors.iter().map(|values| json!({"values": values})).collect();
        return json!({"embeddings": all, "usageMetadata": {"promptTokenCount": 9}});
    }
    if received.provider == Provider::Gemini {
        return json!({"embedding": {"values": vectors[0]}, "usageMetadata": {"promptTokenCount": 9}});
    }
    // In no order: the index counts.
    let data = vectors
        .iter()
        .enumerate()
        .rev()
        .map(|(index, vector)| json!({"object": "embedding", "index": index, "embedding": vector}));
    let mut answer = json!({"object": "list", "data": data.collect::<Vec<_>>(), "model": received.model});
    if received.provider != Provider::Together {
        answer["usage"] = json!({"prompt_tokens": 9, "total_tokens": 9});
    }
    answer
}

/// The name of what was used.
fn usage_of(provider: Provider) -> &'static str {
    if provider == Provider::Gemini { "usageMetadata" } else { "usage" }
}

pub(super) fn without_usage(reply: &mut Value) {
    if let Some(fields) = reply.as_object_mut() {
        fields.remove("usage");
        fields.remove("usageMetadata");
    }
}

pub(super) fn with_usage(provider: Provider, reply: &mut Value, usage: &Value) {
    reply[usage_of(provider)] = usage.clone();
}
