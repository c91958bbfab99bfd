//! What a shop's documents say: finding the passages that are about a question, and answering with their own sentences.
//!
//! Pure. Passages are found by words (with slips, and across the three languages for what shops are asked about), by
//! meaning as the local embedder sees it, and by a provider's vectors where both sides have them from one model.

mod alike;
mod answer;
mod reading;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use self::reading::{Reading, Words};
pub use self::{
    alike::{groups, key},
    answer::Answer,
};
use crate::search::{self, Vector};

/// Where a passage stands in its document.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Place {
    /// Its page, from 1.
    pub page: Option<u32>,
    /// Its sheet.
    pub sheet: Option<String>,
    /// Its row, from 1.
    pub row: Option<u32>,
}

/// What a statement rests on.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Source {
    /// The document's name.
    pub document: String,
    /// Where in it.
    pub place: Place,
}

/// A vector that a provider made. Those of different models are never compared.
#[derive(Clone, PartialEq, Debug)]
pub struct Embedding {
    /// The model that made it.
    pub model: String,
    /// Of length 1.
    pub values: Vec<f32>,
}

/// A piece of a document.
#[derive(Clone, PartialEq, Debug)]
pub struct Passage {
    /// Where it is from.
    pub source: Source,
    /// The headings above it, or nothing.
    pub heading: String,
    /// The question that it answers, if it is written as an answer.
    pub question: Option<String>,
    /// Its words.
    pub text: String,
    /// What a provider makes of it.
    pub embedding: Option<Embedding>,
}

/// The documents of one shop, built to be searched.
#[derive(Debug, Default)]
pub struct Knowledge {
    passages: Vec<Passage>,
    words: Words,
    vectors: Vec<Vector>,
}

impl Knowledge {
    /// Reads passages in.
    #[must_use]
    pub fn build(passages: Vec<Passage>) -> Self {
        let vector = |passage: &Passage| {
            let question = passage.question.as_deref().unwrap_or_default();
            search::embed(&format!("{} {question} {}", passage.heading, passage.text))
        };
        let (words, vectors) = (Words::of(&passages), passages.iter().map(vector).collect());
        Self { passages, words, vectors }
    }

    /// Whether there are no documents.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.passages.is_empty()
    }

    /// The passages, in the order given.
    #[must_use]
    pub fn passages(&self) -> &[Passage] {
        &self.passages
    }

    /// The passages that are about a text, best first.
    #[must_use]
    pub fn search(&self, text: &str, embedding: Option<&Embedding>, limit: usize) -> Vec<&Passage> {
        self.ranked(&Reading::of(text, &self.words), text, embedding).into_iter().take(limit).collect()
    }

    fn ranked(&self, reading: &Reading, text: &str, embedding: Option<&Embedding>) -> Vec<&Passage> {
        if self.is_empty() {
            return Vec::new();
        }
        let mut fused = vec![0.0; self.passages.len()];
        let words = self.words.score(reading);
        search::add_ranking(&mut fused, &words, 0.0, 1.0);
        // The local vectors know goods better than rules: they order what the words found.
        let own = search::embed(text);
        let meaning = self
            .vectors
            .iter()
            .zip(&words)
            .map(|(vector, words)| if *words > 0.0 { search::cosine(vector, &own) } else { 0.0 });
        search::add_ranking(&mut fused, &meaning.collect::<Vec<_>>(), SOME_LIKENESS, 0.3);
        if let Some(embedding) = embedding {
            let alike: Vec<f32> =
                self.passages.iter().map(|passage| embedding.likeness(passage.embedding.as_ref())).collect();
            search::add_ranking(&mut fused, &alike, SOME_LIKENESS, 1.0);
        }
        let mut order: Vec<usize> = (0..fused.len()).filter(|at| fused[*at] > 0.0).collect();
        order.sort_by(|a, b| fused[*b].total_cmp(&fused[*a]).then(a.cmp(b)));
        order.into_iter().map(|at| &self.passages[at]).collect()
    }
}

/// The name of the local embedder; another one of other words and concepts is another model.
const LOCAL: &str = "local/1";

/// Below this cosine two texts have nothing to do with each other.
const SOME_LIKENESS: f32 = 0.2;

impl Embedding {
    /// A text as the local embedder sees it.
    #[must_use]
    pub fn local(text: &str) -> Self {
        Self { model: LOCAL.to_owned(), values: search::embed(text).to_vec() }
    }

    /// Their cosine; nothing if they are not of one model and length.
    #[must_use]
    pub fn likeness(&self, other: Option<&Self>) -> f32 {
        let Some(other) = other.filter(|o| o.model == self.model && o.values.len() == self.values.len()) else {
            return 0.0;
        };
        self.values.iter().zip(&other.values).map(|(a, b)| a * b).sum()
    }

    /// As it is stored: its numbers, four bytes each.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        self.values.iter().flat_map(|value| value.to_le_bytes()).collect()
    }

    /// From what was stored; `None` if that is no vector.
    #[must_use]
    pub fn from_bytes(model: &str, bytes: &[u8]) -> Option<Self> {
        let (values, rest) = bytes.as_chunks::<4>();
        let values: Vec<f32> = values.iter().map(|value| f32::from_le_bytes(*value)).collect();
        let sound = rest.is_empty() && !values.is_empty() && values.iter().all(|value| value.is_finite());
        sound.then(|| Self { model: model.to_owned(), values })
    }
}
