//! The answer of a model, read out of whatever it wrote around it.

use std::fmt;

use duka_kernel::Language;
use duka_perception::Intent;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::tools::registry::TOOLS;

/// More is not looked at.
const LONGEST: usize = 24_000;
/// So many places are tried as the beginning of the answer.
const PLACES: usize = 24;
/// So many proposals are considered.
const ACTIONS: usize = 4;

/// What a model answers.
#[derive(Clone, PartialEq, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// The words for the customer.
    pub reply_text: String,
    /// What it proposes to do.
    #[serde(default)]
    pub actions: Vec<Action>,
    /// What it takes the customer to want, by the name of an intent.
    #[serde(default)]
    pub intent: Option<String>,
    /// What it takes the message to name.
    #[serde(default)]
    pub entities: Option<Entities>,
    /// The language of its words.
    #[serde(default)]
    pub language: Option<String>,
    /// Whether it thinks that a person is needed.
    #[serde(default)]
    pub hand_off: bool,
}

/// A call of a tool that is proposed.
#[derive(Clone, PartialEq, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Action {
    /// Its name.
    pub tool: String,
    /// Its arguments.
    #[serde(default)]
    pub arguments: Value,
}

/// What a message names.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Entities {
    /// Goods, in English.
    pub product: Option<String>,
    /// A colour.
    pub colour: Option<String>,
    /// A size.
    pub size: Option<String>,
}

/// Why a text is no answer; for the model, which may try once more.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Malformed(pub String);

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Answer {
    /// Reads an answer. Words and code fences around the one JSON object are passed over; everything else is malformed.
    ///
    /// # Errors
    /// What is wrong, in words for the model.
    pub fn read(text: &str) -> Result<Self, Malformed> {
        object_with(text, "reply_text").map(Self::bounded)
    }

    fn bounded(mut self) -> Self {
        self.actions.truncate(ACTIONS);
        self.reply_text = self.reply_text.trim().to_owned();
        self
    }

    /// The intent, if it is one.
    #[must_use]
    pub fn intent(&self) -> Option<Intent> {
        self.intent.as_deref()?.parse().ok()
    }

    /// The language it says its words are in, if that is one.
    #[must_use]
    pub fn language(&self) -> Option<Language> {
        self.language.as_deref()?.trim().to_lowercase().parse().ok()
    }

    /// The JSON Schema of an answer.
    #[must_use]
    pub fn schema() -> Value {
        let text = || json!({"anyOf": [{"type": "string"}, {"type": "null"}]});
        let action = |tool: &crate::tools::registry::Tool| {
            let name = json!({"type": "string", "enum": [tool.name], "description": tool.description});
            object(json!({"tool": name, "arguments": tool.schema()}))
        };
        let actions: Vec<Value> = TOOLS.iter().filter(|tool| tool.proposed).map(action).collect();
        let intents: Vec<&str> = Intent::ALL.iter().map(|intent| intent.name()).collect();
        object(json!({
            "reply_text": {"type": "string", "description": "What the customer reads."},
            "actions": {"type": "array", "items": {"anyOf": actions}},
            "intent": {"type": "string", "enum": intents},
            "entities": object(json!({"product": text(), "colour": text(), "size": text()})),
            "language": {"type": "string", "enum": ["en", "sw", "sheng"]},
            "hand_off": {"type": "boolean"},
        }))
    }
}

/// The first object in a text that has a field and is read, whatever is around it.
///
/// # Errors
/// What is wrong, in words for the model.
pub(super) fn object_with<T: serde::de::DeserializeOwned>(text: &str, field: &str) -> Result<T, Malformed> {
    if text.len() > LONGEST {
        return Err(Malformed(format!("the answer is longer than {LONGEST} bytes")));
    }
    let mut why = Malformed("there is no JSON object in it".to_owned());
    for (at, _) in text.match_indices('{').take(PLACES) {
        let mut found = serde_json::Deserializer::from_str(&text[at..]).into_iter::<Value>();
        let Some(Ok(value)) = found.next() else {
            continue;
        };
        if value.get(field).is_none() {
            continue;
        }
        match serde_json::from_value(value) {
            Ok(read) => return Ok(read),
            Err(error) => why = Malformed(error.to_string()),
        }
    }
    Err(why)
}

/// The schema of an object with these properties and no others.
pub(super) fn object(properties: Value) -> Value {
    let required: Vec<&String> = properties.as_object().into_iter().flat_map(|fields| fields.keys()).collect();
    json!({"type": "object", "required": required, "properties": properties, "additionalProperties": false})
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PLAIN: &str = r#"{"reply_text":"Karibu!","actions":[],"intent":"greeting","entities":{"product":null,"colour":null,"size":null},"language":"en","hand_off":false}"#;

    #[test]
    fn an_answer_is_found_in_prose_and_in_code_fences() {
        for text in [
            PLAIN.to_owned(),
            format!("Sure! Here is the reply you {{asked}} for:\n```json\n{PLAIN}\n```\nAnything else?"),
            format!("{PLAIN}{PLAIN}"),
            r#"<think>{"a":1}</think> {"reply_text":"Karibu!"}"#.to_owned(),
        ] {
            assert_eq!(Answer::read(&text).map(|answer| answer.reply_text), Ok("Karibu!".to_owned()), "{text}");
        }
    }

    #[test]
    fn everything_else_is_malformed() {
        for text in [
            "",
            "Karibu! How can I help?",
            "{",
            r#"{"reply_text":"a","#,
            r#"{"reply_text":7}"#,
            r#"{"reply_text":"a","price":10}"#,
            r#"{"reply_text":"a","actions":[{"tool":"add_to_cart","arguments":{},"amount":1}]}"#,
            r#"{"text":"a"}"#,
            "[1,2,3]",
        ] {
            assert!(Answer::read(text).is_err(), "{text}");
        }
        assert!(Answer::read(&format!("{}{PLAIN}", " ".repeat(LONGEST))).is_err());
        assert!(Answer::read(&"{".repeat(5_000)).is_err());
        assert!(Answer::read(&"[".repeat(5_000)).is_err());
    }

    #[test]
    fn the_schema_keeps_to_the_common_subset() {
        fn check(schema: &Value, depth: usize) {
            assert!(depth <= 5, "deeper than providers take: {schema}");
            let Some(fields) = schema.as_object() else { panic!("not a schema: {schema}") };
            for (name, value) in fields {
                match name.as_str() {
                    "type" | "enum" | "description" | "required" => {}
                    "additionalProperties" => assert_eq!(value, false),
                    "properties" => {
                        let properties = value.as_object().expect("properties are an object");
                        let required = fields["required"].as_array().expect("every object says what is required");
                        assert_eq!(properties.len(), required.len(), "every key is required: {schema}");
                        properties.values().for_each(|field| check(field, depth + 1));
                    }
                    "items" => check(value, depth + 1),
                    "anyOf" => value.as_array().expect("choices").iter().for_each(|choice| check(choice, depth)),
                    other => panic!("{other} is not in the subset"),
                }
            }
        }
        check(&Answer::schema(), 0);
    }

    proptest! {
        #[test]
        fn no_text_is_too_strange_to_read(text in "\\PC{0,400}", at in 0usize..200) {
            let _ = Answer::read(&text);
            let mut broken = PLAIN.to_owned();
            broken.insert_str(at.min(broken.len() - 1).min(150), &text);
            let _ = Answer::read(&broken);
        }
    }
}
