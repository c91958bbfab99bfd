//! A request to a model, read from whichever wire it came by.

use std::collections::BTreeMap;

use axum::http::{HeaderMap, Uri};
use duka_models::Provider;
use serde_json::Value;

use super::multipart;

/// What is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Task {
    /// Words.
    Chat,
    /// What is said in a recording.
    Transcribe,
    /// Vectors.
    Embed,
}

/// A message of a conversation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Said {
    /// Whether the customer said it, and not the shop.
    pub by_customer: bool,
    /// What was said.
    pub text: String,
}

/// A request.
#[derive(Clone, PartialEq, Debug)]
pub struct Received {
    /// Who was asked.
    pub provider: Provider,
    /// For what.
    pub task: Task,
    /// Which model.
    pub model: String,
    /// Path and query.
    pub path: String,
    /// Headers, their names in lower case.
    pub headers: BTreeMap<String, String>,
    /// The key, from whichever header it is in.
    pub key: Option<String>,
    /// The body; of a form its fields, of files name and length.
    pub body: Value,
    /// The instructions.
    pub system: String,
    /// The conversation.
    pub messages: Vec<Said>,
    /// How many pictures came with it.
    pub pictures: usize,
    /// The schema of the answer.
    pub schema: Option<Value>,
}

impl Received {
    /// The model, as `provider/model`.
    #[must_use]
    pub fn target(&self) -> String {
        format!("{}/{}", self.provider, self.model)
    }

    /// What was said last.
    #[must_use]
    pub fn last(&self) -> &str {
        self.messages.last().map_or("", |said| &said.text)
    }

    /// The request, if there is something at this path.
    pub(super) fn read(uri: &Uri, headers: &HeaderMap, body: &[u8]) -> Option<Self> {
        let (provider, path) = uri.path().strip_prefix('/')?.split_once('/')?;
        let provider = Provider::ALL.into_iter().find(|one| one.name() == provider)?;
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let body = match text("content-type").and_then(multipart::boundary) {
            Some(boundary) => multipart::fields(body, &boundary),
            None => serde_json::from_slice(body).unwrap_or(Value::Null),
        };
        let bearer = text("authorization").and_then(|value| value.strip_prefix("Bearer "));
        let key = match provider {
            Provider::Gemini => text("x-goog-api-key"),
            Provider::Anthropic => text("x-api-key"),
            Provider::OpenAi | Provider::Together | Provider::Compatible => bearer,
        };
        let (task, model) = match (provider, path) {
            (Provider::Gemini, path) => gemini_target(path)?,
            (Provider::Anthropic, "v1/messages") | (_, "v1/chat/completions") => (Task::Chat, model_of(&body)),
            (Provider::Anthropic, _) => return None,
            (_, "v1/embeddings") => (Task::Embed, model_of(&body)),
            (_, "v1/audio/transcriptions") => (Task::Transcribe, model_of(&body)),
            _ => return None,
        };
        let all_headers =
            headers.iter().filter_map(|(name, value)| Some((name.to_string(), value.to_str().ok()?.to_owned())));
        let mut received = Self {
            provider,
            task,
            model,
            path: uri.path_and_query().map_or_else(String::new, ToString::to_string),
            headers: all_headers.collect(),
            key: key.map(str::to_owned),
            body,
            system: String::new(),
            messages: Vec::new(),
            pictures: 0,
            schema: None,
        };
        match provider {
            Provider::Gemini => received.read_gemini(),
            Provider::Anthropic => received.read_anthropic(),
            Provider::OpenAi | Provider::Together | Provider::Compatible => received.read_openai(),
        }
        Some(received)
    }

    fn read_openai(&mut self) {
        let body = self.body.clone();
        for message in list(&body["messages"]) {
            let said = self.words(&message["content"]);
            match message["role"].as_str() {
                Some("system" | "developer") => self.system.push_str(&said),
                role => self.messages.push(Said { by_customer: role == Some("user"), text: said }),
            }
        }
        self.schema = body.pointer("/response_format/json_schema/schema").cloned();
    }

    fn read_anthropic(&mut self) {
        let body = self.body.clone();
        self.system = self.words(&body["system"]);
        for message in list(&body["messages"]) {
            let text = self.words(&message["content"]);
            self.messages.push(Said { by_customer: message["role"] == "user", text });
        }
        self.schema = body.pointer("/output_config/format/schema").cloned();
    }

    fn read_gemini(&mut self) {
        let body = self.body.clone();
        self.system = self.words(&body["systemInstruction"]["parts"]);
        for content in list(&body["contents"]) {
            let text = self.words(&content["parts"]);
            self.messages.push(Said { by_customer: content["role"] == "user", text });
            let mut media =
                list(&content["parts"]).iter().filter_map(|part| part.pointer("/inlineData/mimeType")?.as_str());
            if media.any(|mime| mime.starts_with("audio/")) {
                self.task = Task::Transcribe;
            }
        }
        self.schema = body.pointer("/generationConfig/responseJsonSchema").cloned();
    }

    /// The words of a content, which is a text or a list of parts; counts its pictures.
    fn words(&mut self, content: &Value) -> String {
        if let Some(text) = content.as_str() {
            return text.to_owned();
        }
        let mut words = Vec::new();
        for part in list(content) {
            let is_picture = part["type"] == "image_url"
                || part["type"] == "image"
                || part
                    .pointer("/inlineData/mimeType")
                    .and_then(Value::as_str)
                    .is_some_and(|mime| mime.starts_with("image/"));
            self.pictures += usize::from(is_picture);
            words.extend(part["text"].as_str());
        }
        words.join("\n")
    }
}

fn model_of(body: &Value) -> String {
    body["model"].as_str().unwrap_or_default().to_owned()
}

fn gemini_target(path: &str) -> Option<(Task, String)> {
    let (model, method) = path.strip_prefix("v1beta/models/")?.split_once(':')?;
    let task = match method {
        "generateContent" => Task::Chat,
        "embedContent" | "batchEmbedContents" => Task::Embed,
        _ => return None,
    };
    Some((task, model.to_owned()))
}

pub(super) fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// What is at a JSON pointer of the body; null if nothing is.
impl std::ops::Index<&str> for Received {
    type Output = Value;

    fn index(&self, pointer: &str) -> &Value {
        self.body.pointer(pointer).unwrap_or(&Value::Null)
    }
}
