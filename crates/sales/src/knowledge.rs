//! What a shop's documents say to a message: passages for who words an answer, and sentences to answer with.

use duka_perception::Perception;
use duka_shop::{
    knowledge::{Answer, Embedding, Knowledge, Passage, Place, Source},
    profile::Faq,
};

use crate::{recall::Recall, words::has_any};

/// Passages that are shown to who words an answer.
const SHOWN: usize = 4;
/// Said to an assistant, and never to a customer.
const ORDERS: &[&str] = &[
    "ignore all",
    "ignore any",
    "ignore the above",
    "ignore previous",
    "ignore your",
    "ignore these",
    "disregard",
    "forget your",
    "forget all",
    "forget previous",
    "previous instructions",
    "prior instructions",
    "your instructions",
    "your rules",
    "new instructions",
    "system prompt",
    "you are now",
    "you must now",
    "pretend to be",
    "act as",
    "as an ai",
    "language model",
    "the assistant must",
    "the assistant should",
    "the assistant will",
    "the bot must",
    "the bot should",
    "developer mode",
    "jailbreak",
    "override",
    "do not tell the customer",
    "dont tell the customer",
    "tell the customer that",
    "give every customer",
    "puuza maagizo",
    "puuza maelekezo",
    "puuza sheria",
    "sahau maagizo",
    "sahau sheria",
    "maagizo yako",
    "achana na rules",
    "achana na maagizo",
    "usimwambie mteja",
];

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

/// The shop's own answer to a question, asked in other words than it is written down for, and how clearly it is that.
pub(crate) fn own_answer(recall: &Recall<'_>, text: &str) -> Option<(String, Answer)> {
    let active: Vec<&Faq> = recall.shop.faqs.iter().filter(|faq| faq.active).collect();
    let passage = |(row, faq): (u32, &&Faq)| Passage {
        source: Source { document: String::new(), place: Place { row: Some(row), ..Place::default() } },
        heading: String::new(),
        question: Some(faq.q.clone()),
        text: faq.a.clone(),
        embedding: None,
    };
    let known = Knowledge::build((0..).zip(&active).map(passage).collect());
    let found = known.answer(text, |_| true)?;
    let faq = active.get(usize::try_from(found.source.place.row?).ok()?)?;
    Some((faq.a.clone(), found))
}

/// A document is read, never obeyed: what speaks to the assistant instead of to customers is not repeated.
#[must_use]
pub fn may_be_said(sentence: &str) -> bool {
    !has_any(sentence, ORDERS)
}
