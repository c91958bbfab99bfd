//! What these tests share.

use std::time::Duration;

use duka_doubles::models::{Double, Received, Task};
use duka_kernel::{Clock, Timestamp};
use duka_models::{Ask, Message, Models, Picture, Provider, Purpose, Schema, Speaker};
use serde_json::json;

/// A model of each provider that looks at pictures.
pub const SEEING: [(Provider, &str); 5] = [
    (Provider::OpenAi, "openai/gpt-6-luna"),
    (Provider::Gemini, "gemini/gemini-3.8-flash"),
    (Provider::Anthropic, "anthropic/claude-haiku-5-5"),
    (Provider::Together, "together/nvidia/NVIDIA-Nemotron-3.5-Super-VL"),
    (Provider::Compatible, "compatible/qwen2.5-vl-high"),
];

/// What the models of the double say.
pub const REPLY: &str = r#"{"reply_text":"Sawa, iko.","hand_off":false}"#;

/// 20 November 2026, when the prices of the data file hold.
pub fn clock() -> Clock {
    Clock::standing_at(Timestamp(1_795_176_000_000))
}

/// A double whose models say [`REPLY`], and hear that somebody greets.
pub async fn double() -> Double {
    Double::answering(|request: &Received| if request.task == Task::Transcribe { "Sasa, mko?" } else { REPLY }.into())
        .await
        .unwrap()
}

/// The chain of these tiers at a double; the suggested ones if there are none.
pub fn chain(double: &Double, tiers: &[&str]) -> Models {
    Models::new(double.config(tiers), clock()).unwrap()
}

/// A question with a schema.
pub fn ask() -> Ask {
    let said = |by, text: &str| Message { by, text: text.into() };
    Ask {
        purpose: Purpose::Reply,
        system: "You sell dresses for Malkia.".into(),
        messages: vec![
            said(Speaker::Customer, "Hi"),
            said(Speaker::Shop, "Karibu!"),
            said(Speaker::Customer, "Una dera ya harusi?"),
        ],
        pictures: Vec::new(),
        schema: Some(Schema { name: "reply", json: schema() }),
        max_output: 300,
        budget: Duration::from_secs(8),
        who: "hash-of-somebody".into(),
    }
}

fn schema() -> serde_json::Value {
    json!({"type": "object", "additionalProperties": false, "required": ["reply_text", "hand_off"],
        "properties": {"reply_text": {"type": "string"}, "hand_off": {"type": "boolean"}}})
}

/// A picture.
pub fn picture() -> Picture {
    Picture { mime: "image/jpeg".into(), bytes: vec![0xff, 0xd8, 0xff].into() }
}
