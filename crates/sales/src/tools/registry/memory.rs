//! What is kept of a customer, and what the shop has written down.

use duka_shop::knowledge::Embedding;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Call, Effects, Refusal};
use crate::{
    desk::Desk,
    effect::Effect,
    summary,
    words::{same_word, telling_words},
};

/// The longest sentence that is kept.
const SENTENCE: usize = 300;
/// So many sentences are found, and from which likeness on.
const SENTENCES: usize = 5;
const LIKENESS: f32 = 0.3;
/// So many answers are given.
const ANSWERS: usize = 3;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SaveMemory {
    /// One sentence about the customer.
    sentence: String,
}

/// What is kept.
#[derive(Serialize)]
pub(super) struct Saved {
    saved: String,
}

impl Call for SaveMemory {
    type Output = Saved;
    const NAME: &'static str = "save_memory";
    const DESCRIPTION: &'static str = "Keeps one sentence about this customer for later conversations.";
    const EFFECTS: Effects = Effects::ChangesCustomer;
    const PROPOSED: bool = false;

    fn run(self, desk: &mut Desk<'_>) -> Result<Self::Output, Refusal> {
        let sentence = self.sentence.split_whitespace().collect::<Vec<_>>().join(" ");
        if sentence.is_empty() || sentence.chars().count() > SENTENCE {
            return Err(Refusal::Arguments(format!("a sentence has 1 to {SENTENCE} characters")));
        }
        desk.effect(Effect::Remember(sentence.clone()));
        Ok(Saved { saved: sentence })
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SearchMemories {
    /// What to look for, in plain words.
    about: String,
}

impl Call for SearchMemories {
    type Output = Vec<String>;
    const NAME: &'static str = "search_memories";
    const DESCRIPTION: &'static str = "Finds the sentences kept about this customer that something is about.";
    const EFFECTS: Effects = Effects::Reads;
    const PROPOSED: bool = false;

    fn run(self, desk: &mut Desk<'_>) -> Result<Self::Output, Refusal> {
        let about = Embedding::local(&self.about);
        let asked = telling_words(&self.about);
        let likeness = |sentence: &String| {
            let shares = telling_words(sentence).iter().any(|own| asked.iter().any(|word| same_word(own, word)));
            let likeness = about.likeness(Some(&Embedding::local(sentence)));
            (shares || likeness >= LIKENESS).then_some(likeness)
        };
        let all = desk.recall.customer.memories.iter();
        let mut near: Vec<(f32, &String)> = all.filter_map(|sentence| Some((likeness(sentence)?, sentence))).collect();
        near.sort_by(|(a, _), (b, _)| b.total_cmp(a));
        Ok(near.into_iter().take(SENTENCES).map(|(_, sentence)| sentence.clone()).collect())
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct GetConversationSummary {}

/// What the conversation came to.
#[derive(Serialize)]
pub(super) struct Summed {
    summary: String,
}

impl Call for GetConversationSummary {
    type Output = Summed;
    const NAME: &'static str = "get_conversation_summary";
    const DESCRIPTION: &'static str = "Says in a few lines what the conversation came to.";
    const EFFECTS: Effects = Effects::Reads;
    const PROPOSED: bool = false;

    fn run(self, desk: &mut Desk<'_>) -> Result<Self::Output, Refusal> {
        let kept = desk.recall.customer.summary.clone();
        Ok(Summed { summary: kept.unwrap_or_else(|| summary::summary(&desk.dialogue, desk.recall, &[])) })
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SearchKnowledge {
    /// The question, in plain words.
    question: String,
}

/// Something that the shop has written down.
#[derive(Serialize)]
pub(super) struct Written {
    /// The question it answers, if it is an answer.
    question: Option<String>,
    text: String,
    /// The document it is in, if it is in one.
    document: Option<String>,
}

impl Call for SearchKnowledge {
    type Output = Vec<Written>;
    const NAME: &'static str = "search_knowledge";
    const DESCRIPTION: &'static str = "Finds what the shop has written down about a question.";
    const EFFECTS: Effects = Effects::Reads;
    const PROPOSED: bool = false;

    fn run(self, desk: &mut Desk<'_>) -> Result<Self::Output, Refusal> {
        let asked = telling_words(&self.question);
        let shared = |known: &str| {
            let known = telling_words(known);
            asked.iter().filter(|word| known.iter().any(|known| same_word(known, word))).count()
        };
        let active = desk.recall.shop.faqs.iter().filter(|faq| faq.active);
        let mut known: Vec<_> = active.map(|faq| (shared(&faq.q), faq)).filter(|(count, _)| *count > 0).collect();
        known.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
        let answers = known.into_iter().take(ANSWERS).map(|(_, faq)| Written {
            question: Some(faq.q.clone()),
            text: faq.a.clone(),
            document: None,
        });
        let passages = desk.recall.knowledge.search(&self.question, None, ANSWERS);
        let passages = passages.into_iter().map(|passage| Written {
            question: passage.question.clone(),
            text: passage.text.clone(),
            document: Some(passage.source.document.clone()),
        });
        Ok(answers.chain(passages).collect())
    }
}
