//! What the real providers refuse.

use duka_models::Provider;
use serde_json::Value;

use super::received::{Received, Task, list};

/// Endings of files that can be transcribed.
const SOUNDS: [&str; 9] = [".flac", ".mp3", ".mp4", ".mpeg", ".mpga", ".m4a", ".ogg", ".wav", ".webm"];

/// Whether the real provider would take this request; its words if not.
pub(super) fn check(received: &Received) -> Result<(), String> {
    let body = &received.body;
    refuse(received.path.contains("key="), "the key does not belong into the address")?;
    refuse(body.is_null(), "the body is not JSON")?;
    refuse(received.model.is_empty(), "there is no model")?;
    match (received.provider, received.task) {
        (Provider::Gemini, Task::Embed) => gemini_embedding(received),
        (Provider::Gemini, _) => gemini(received),
        (Provider::Anthropic, _) => anthropic(received),
        (_, Task::Embed) => {
            let empty = list(&body["input"]).iter().any(|text| text.as_str().is_some_and(str::is_empty));
            refuse(empty || body["input"].is_null(), "there is an empty input")
        }
        (_, Task::Transcribe) => {
            let name = body["file"]["name"].as_str().unwrap_or_default();
            refuse(!SOUNDS.iter().any(|ending| name.ends_with(ending)), "the file has no known ending")?;
            let hints = ["languages[]", "keywords[]"].iter().any(|name| !body[*name].is_null());
            refuse(hints && received.model != "gpt-transcribe", "unknown field")
        }
        (Provider::OpenAi, Task::Chat) => openai(received),
        (_, Task::Chat) => refuse(list(&body["messages"]).is_empty(), "there is no message"),
    }
}

fn openai(received: &Received) -> Result<(), String> {
    let body = &received.body;
    refuse(list(&body["messages"]).is_empty(), "there is no message")?;
    refuse(!body["max_tokens"].is_null() && received.model.starts_with("gpt-"), "use max_completion_tokens")?;
    refuse(!body["temperature"].is_null() && body["reasoning_effort"] != "none", "temperature is not supported")?;
    let Some(format) = body.pointer("/response_format/json_schema") else { return Ok(()) };
    let name = format["name"].as_str().unwrap_or_default();
    let is_name =
        !name.is_empty() && name.len() <= 64 && name.chars().all(|c| c.is_ascii_alphanumeric() || "_-".contains(c));
    refuse(!is_name, "the schema has no proper name")?;
    if format["strict"] == true { strict(&format["schema"]) } else { Ok(()) }
}

/// Every object says that it has no other properties, and requires all that it has.
fn strict(schema: &Value) -> Result<(), String> {
    if let Some(properties) = schema["properties"].as_object() {
        refuse(schema["additionalProperties"] != false, "additionalProperties has to be false")?;
        let required = list(&schema["required"]);
        refuse(
            !properties.keys().all(|key| required.contains(&Value::from(key.as_str()))),
            "all properties have to be required",
        )?;
        properties.values().try_for_each(strict)?;
    }
    if !schema["items"].is_null() {
        strict(&schema["items"])?;
    }
    list(&schema["anyOf"]).iter().try_for_each(strict)
}

fn anthropic(received: &Received) -> Result<(), String> {
    let body = &received.body;
    refuse(!received.headers.contains_key("anthropic-version"), "anthropic-version is required")?;
    refuse(body["max_tokens"].as_u64().is_none_or(|most| most == 0), "max_tokens is required")?;
    refuse(list(&body["messages"]).is_empty(), "there is no message")?;
    refuse(received.messages.last().is_some_and(|said| !said.by_customer), "the last message has to be the user's")?;
    refuse(!body["temperature"].is_null(), "temperature is not supported")
}

fn gemini(received: &Received) -> Result<(), String> {
    let config = &received.body["generationConfig"];
    refuse(list(&received.body["contents"]).is_empty(), "there is no content")?;
    refuse(received.messages.last().is_some_and(|said| !said.by_customer), "the last content may not be the model's")?;
    let schema = !config["responseJsonSchema"].is_null();
    refuse(schema && config["responseMimeType"] != "application/json", "responseMimeType has to be application/json")?;
    let thinking = &config["thinkingConfig"];
    let both = !thinking["thinkingLevel"].is_null() && !thinking["thinkingBudget"].is_null();
    refuse(both, "thinkingLevel and thinkingBudget exclude each other")?;
    let too_little = received.model == "gemini-3.8-flash" && thinking["thinkingLevel"] == "MINIMAL";
    refuse(too_little, "MINIMAL is not supported")
}

fn gemini_embedding(received: &Received) -> Result<(), String> {
    let single = [received.body.clone()];
    let requests = if received.path.contains(":batch") { list(&received.body["requests"]) } else { &single };
    refuse(requests.is_empty(), "there are no requests")?;
    for request in requests {
        let parts = list(&request["content"]["parts"]);
        refuse(parts.is_empty(), "there is no content")?;
        refuse(parts.iter().any(|part| part["text"] == ""), "there is an empty text")?;
        let v2 = received.model == "gemini-embedding-2";
        refuse(v2 && !request["taskType"].is_null(), "taskType is not supported")?;
        refuse(!v2 && parts.iter().any(|part| part["text"].is_null()), "only texts can be embedded")?;
    }
    Ok(())
}

fn refuse(is_wrong: bool, why: &str) -> Result<(), String> {
    if is_wrong { Err(why.to_owned()) } else { Ok(()) }
}
