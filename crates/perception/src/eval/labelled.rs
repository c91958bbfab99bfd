//! Messages whose meaning is known: what perception learns from and is measured by.

use std::collections::BTreeMap;

use duka_kernel::Language;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::{Context, Intent, features};

/// A message with what it means.
#[derive(Clone, Debug, Deserialize)]
pub struct Labelled {
    /// As the customer wrote it.
    pub text: String,
    /// What the conversation looked like.
    #[serde(default)]
    pub context: Context,
    /// What is wanted.
    pub intent: Intent,
    /// Other intents that are right too.
    #[serde(default, rename = "intent_alt")]
    pub also: Vec<Intent>,
    /// Languages, main one first.
    pub langs: Vec<Language>,
    /// What the message names.
    pub slots: Map<String, Value>,
    /// Other values of slots that are right too.
    #[serde(default)]
    pub accept: BTreeMap<String, Vec<Value>>,
}

impl Labelled {
    /// Whether the message is kept from training, so that it can measure: one in five, by its text.
    #[must_use]
    pub fn is_held_out(&self) -> bool {
        features::fnv(b"held out".iter().copied().chain(self.text.bytes())).is_multiple_of(5)
    }
}

/// The messages written for this project: `messages` and `contexts` are the tables of `data/written`.
///
/// # Errors
/// The line that is wrong, and why.
pub fn written(messages: &str, contexts: &str) -> Result<Vec<Labelled>, String> {
    let mut known: BTreeMap<&str, Context> = BTreeMap::from([("-", Context::default())]);
    for (number, line) in content(contexts) {
        let (name, context) = line.split_once('\t').ok_or_else(|| format!("contexts, line {number}: no tab"))?;
        known.insert(name, serde_json::from_str(context).map_err(|e| format!("contexts, line {number}: {e}"))?);
    }
    content(messages)
        .map(|(number, line)| message(line, &known).map_err(|e| format!("messages, line {number}: {e}")))
        .collect()
}

fn content(table: &str) -> impl Iterator<Item = (usize, &str)> {
    (1..).zip(table.lines()).filter(|(_, line)| !line.is_empty() && !line.starts_with("# "))
}

fn message(line: &str, contexts: &BTreeMap<&str, Context>) -> Result<Labelled, String> {
    let mut columns = line.split('\t');
    let (Some(intents), Some(langs), Some(context), Some(text)) =
        (columns.next(), columns.next(), columns.next(), columns.next())
    else {
        return Err("fewer than four columns".into());
    };
    let intents: Vec<Intent> = intents.split('|').map(str::parse).collect::<Result<_, _>>()?;
    let langs = langs.split('+').map(|l| l.parse().map_err(|_| format!("{l:?} is not a language")));
    let mut json = || columns.next().filter(|c| *c != "-").unwrap_or("{}");
    Ok(Labelled {
        text: text.replace("\\n", "\n"),
        context: contexts.get(context).ok_or_else(|| format!("no context {context:?}"))?.clone(),
        intent: intents[0],
        also: intents[1..].to_vec(),
        langs: langs.collect::<Result<_, _>>()?,
        slots: serde_json::from_str(json()).map_err(|e| e.to_string())?,
        accept: serde_json::from_str(json()).map_err(|e| e.to_string())?,
    })
}
