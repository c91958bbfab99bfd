//! Words of a model, taken apart.

use std::borrow::Cow;

use crate::{Ask, Message, Speaker};

/// What stands for words that are not there: providers want a conversation to begin and end with the customer.
const SILENCE: &str = "…";

/// The conversation as every provider takes it: speakers take turns, and the customer has the first word and the last.
pub(super) fn turns(ask: &Ask) -> Vec<(Speaker, Cow<'_, str>)> {
    let mut turns: Vec<(Speaker, Cow<'_, str>)> = Vec::new();
    for Message { by, text } in &ask.messages {
        let text = if text.trim().is_empty() { SILENCE } else { text.as_str() };
        match turns.last_mut() {
            Some((speaker, said)) if speaker == by => {
                let said = said.to_mut();
                said.push('\n');
                said.push_str(text);
            }
            _ => turns.push((*by, text.into())),
        }
    }
    if turns.first().is_none_or(|(by, _)| *by == Speaker::Shop) {
        turns.insert(0, (Speaker::Customer, SILENCE.into()));
    }
    if turns.last().is_some_and(|(by, _)| *by == Speaker::Shop) {
        turns.push((Speaker::Customer, SILENCE.into()));
    }
    turns
}

/// The instructions, with the shape of the answer in words: for servers that may not keep to a schema by themselves.
pub(super) fn with_schema(ask: &Ask) -> String {
    match &ask.schema {
        Some(schema) => {
            format!("{}\n\nAnswer with one JSON object and nothing else, by this schema: {}", ask.system, schema.json)
        }
        None => ask.system.clone(),
    }
}

/// What is said, without the thoughts that some models put before it.
pub(super) fn without_thoughts(text: &str) -> &str {
    let trimmed = text.trim();
    match trimmed.strip_prefix("<think>").and_then(|rest| rest.split_once("</think>")) {
        Some((_, said)) => said.trim(),
        None => trimmed,
    }
}

/// The one JSON object in a text, whatever talk is around it.
pub(crate) fn json_in(text: &str) -> Option<&str> {
    let text = text.trim();
    if is_object(text) {
        return Some(text);
    }
    // Talk before an object seldom has a brace; a text full of them is no answer.
    for (start, _) in text.match_indices('{').take(8) {
        let mut objects =
            serde_json::Deserializer::from_str(&text[start..]).into_iter::<serde_json::Map<_, serde_json::Value>>();
        if let Some(Ok(object)) = objects.next()
            && !object.is_empty()
        {
            return Some(&text[start..start + objects.byte_offset()]);
        }
    }
    None
}

fn is_object(text: &str) -> bool {
    text.starts_with('{') && serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
}

/// How many tokens a text is, roughly, for providers that do not say.
pub(crate) fn tokens(characters: usize) -> u64 {
    characters.div_ceil(4) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_is_found_whatever_is_said_around_it() {
        let object = r#"{"reply":"Sawa {poa}","n":[1,2]}"#;
        for said in [
            object.to_owned(),
            format!("```json\n{object}\n```"),
            format!("Sure, {{}} here: {object} Anything else?"),
            format!("{object}{object}"),
        ] {
            assert_eq!(json_in(&said), Some(object), "{said}");
        }
        for none in ["", "Sawa", "{", r#"{"reply":"Saw"#, "[1,2]", r#""{}""#, "{}{}{}"] {
            assert_eq!(json_in(none), None, "{none}");
        }
    }

    #[test]
    fn thoughts_are_not_said() {
        assert_eq!(without_thoughts("<think>hmm</think>\n\nSawa"), "Sawa");
        assert_eq!(without_thoughts("<think>hmm"), "<think>hmm");
    }

    #[test]
    fn the_customer_has_the_first_word_and_the_last() {
        let said = |by, text: &str| Message { by, text: text.into() };
        let mut ask = crate::test::ask();
        ask.messages = vec![
            said(Speaker::Shop, "Karibu"),
            said(Speaker::Customer, "Hi"),
            said(Speaker::Customer, "Una dera?"),
            said(Speaker::Shop, "Iko"),
        ];
        let turns = turns(&ask);
        let texts: Vec<&str> = turns.iter().map(|(_, text)| &**text).collect();
        assert_eq!(texts, [SILENCE, "Karibu", "Hi\nUna dera?", "Iko", SILENCE]);
        ask.messages.clear();
        assert_eq!(super::turns(&ask).len(), 1);
    }
}
