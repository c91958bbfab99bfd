//! What a shop's documents say to a message: passages for who words an answer, and sentences to answer with.

use duka_perception::{Context, Intent, Perception, perceive};
use duka_shop::knowledge::{Answer, Embedding, Passage};

use crate::recall::Recall;

/// Passages that are shown to who words an answer.
const SHOWN: usize = 4;
/// From here on a sentence counts as an attempt to give the assistant orders.
const ORDERS: f32 = 0.5;

/// The passages that are about a message, best first; `embedding` is the message as a provider sees it.
#[must_use]
pub fn passages<'a>(recall: &Recall<'a>, perception: &Perception, embedding: Option<&Embedding>) -> Vec<&'a Passage> {
    let text = perception.wishes.iter().map(|wish| wish.text.as_str()).collect::<Vec<_>>().join(" ");
    let found = recall.knowledge.search(&text, embedding, 2 * SHOWN);
    found.into_iter().filter(|passage| passage.text.lines().all(may_be_said)).take(SHOWN).collect()
}

/// The answer that a document clearly gives.
pub(crate) fn answer(recall: &Recall<'_>, text: &str) -> Option<Answer> {
    if recall.knowledge.is_empty() { None } else { recall.knowledge.answer(text, may_be_said) }
}

/// A document is read, never obeyed: what speaks to the assistant instead of to customers is not repeated.
fn may_be_said(sentence: &str) -> bool {
    let read = perceive(sentence, &Context::default());
    !read.wishes.iter().any(|wish| wish.intent == Intent::PromptInjection && wish.confidence >= ORDERS)
}
