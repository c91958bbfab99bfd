//! Finding by words: postings scored as in BM25, with typos, word beginnings and synonyms.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    dictionary::{Dictionary, position},
    lexicon::{Lexicon, Term},
};
/// How much a word counts that is only the beginning of the product's word.
const BEGINNING: f32 = 0.6;
/// How much a word counts after correcting a typo.
const CORRECTED: f32 = 0.7;
/// How much a synonym counts.
const SYNONYM: f32 = 0.9;
/// More words than this beginning alike say too little.
const MOST_CONTINUATIONS: usize = 12;
/// The bit of a posting that tells words in name, category and tags from those in longer texts.
const HEADLINE: u32 = 1 << 31;

/// A part of a product's text.
pub(super) struct Field {
    pub(super) terms: Vec<Term>,
    /// How much its words count.
    pub(super) weight: f32,
    /// Says what the product is, rather than tells about it.
    pub(super) headline: bool,
}

/// Which words are in which products, and how much they say there.
#[derive(Debug)]
pub(super) struct TextIndex {
    words: Dictionary,
    /// Where each word's postings start; one more than there are words.
    starts: Vec<u32>,
    /// Product (with [`HEADLINE`]) and weight: how often, where, and in how long a text it stands.
    postings: Vec<(u32, f32)>,
    products: usize,
}

/// A word of a query and the words of the catalogue it may stand for.
#[derive(Debug)]
pub(super) struct Sought {
    /// Places in the dictionary and how well they match.
    alternatives: Vec<(u32, f32)>,
    /// Whether one of them is the word itself or a synonym, not a guess.
    pub(super) certain: bool,
}

impl TextIndex {
    /// Takes in the fields of each product.
    pub(super) fn build(products: &[Vec<Field>]) -> Self {
        let mut frequencies: BTreeMap<String, BTreeMap<u32, f32>> = BTreeMap::new();
        let mut lengths = Vec::with_capacity(products.len());
        for (at, fields) in (0u32..).zip(products) {
            let mut length = 0.0;
            for field in fields {
                let bit = if field.headline { HEADLINE } else { 0 };
                for (key, weight) in field.terms.iter().flat_map(indexed_keys) {
                    let of_product = frequencies.entry(key).or_default();
                    // One posting a product: a headline anywhere makes it one.
                    let before = of_product
                        .remove(&at)
                        .map(|w| (w, 0))
                        .or_else(|| of_product.remove(&(at | HEADLINE)).map(|w| (w, HEADLINE)));
                    let (sum, was) = before.unwrap_or((0.0, 0));
                    of_product.insert(at | bit | was, sum + weight * field.weight);
                    length += field.weight;
                }
            }
            lengths.push(length);
        }
        Self::compact(&frequencies, &lengths)
    }

    fn compact(frequencies: &BTreeMap<String, BTreeMap<u32, f32>>, lengths: &[f32]) -> Self {
        /// The usual constants of BM25.
        const SATURATION: f32 = 1.2;
        const LENGTH_SHARE: f32 = 0.6;
        let count = lengths.len().max(1) as f32;
        let average = (lengths.iter().sum::<f32>() / count).max(1.0);
        let words: BTreeSet<String> = frequencies.keys().cloned().collect();
        let mut starts = vec![0];
        let mut postings = Vec::new();
        for of_word in frequencies.values() {
            let holding = of_word.len() as f32;
            let rarity = (1.0 + (count - holding + 0.5) / (holding + 0.5)).ln();
            postings.extend(of_word.iter().map(|(&product, &frequency)| {
                let length = lengths[(product & !HEADLINE) as usize] / average;
                let damping = SATURATION * (1.0 - LENGTH_SHARE + LENGTH_SHARE * length);
                (product, rarity * frequency * (SATURATION + 1.0) / (frequency + damping))
            }));
            starts.push(position(postings.len()));
        }
        Self { words: Dictionary::new(&words), starts, postings, products: lengths.len() }
    }

    /// The dictionary of the catalogue.
    pub(super) fn words(&self) -> &Dictionary {
        &self.words
    }

    /// What a term of a query may stand for here. `corrections` are other spellings of it.
    pub(super) fn seek(&self, term: &Term, corrections: &[String]) -> Sought {
        let mut alternatives = Vec::new();
        let mut add = |word: &str, weight: f32| {
            if let Some(at) = self.words.find(word) {
                alternatives.push((at, weight));
            }
        };
        add(&term.key, 1.0);
        if let Some(meaning) = term.meaning
            && *meaning.canonical != *term.key
        {
            add(&meaning.canonical, SYNONYM);
        }
        for word in corrections {
            add(word, CORRECTED);
        }
        let certain = corrections.is_empty() && !alternatives.is_empty();
        if term.meaning.is_none() && term.key.chars().count() >= 3 {
            let continued = self.words.starting_with(&term.key);
            if continued.len() <= MOST_CONTINUATIONS {
                alternatives.extend(continued.filter(|at| self.words.word(*at) != term.key).map(|at| (at, BEGINNING)));
            }
        }
        Sought { alternatives, certain }
    }

    /// The score of every product: for each word the best of what it may stand for, added up; and how
    /// many words each product certainly has.
    pub(super) fn score(&self, sought: &[Sought]) -> (Vec<f32>, Vec<u8>) {
        let mut scores = vec![0.0f32; self.products];
        let mut covered = vec![0u8; self.products];
        let mut best: BTreeMap<u32, f32> = BTreeMap::new();
        for word in sought {
            best.clear();
            for &(at, weight) in &word.alternatives {
                for &(product, score) in self.postings_of(at) {
                    let entry = best.entry(product & !HEADLINE).or_default();
                    *entry = entry.max(score * weight);
                }
            }
            for (product, score) in &best {
                scores[*product as usize] += score;
                covered[*product as usize] = covered[*product as usize].saturating_add(word.certain.into());
            }
        }
        (scores, covered)
    }

    /// The products that have a word; with `headline`, only those that have it in name, category or tags.
    pub(super) fn holding(&self, word: &str, headline: bool) -> impl Iterator<Item = usize> {
        let postings = self.words.find(word).map_or(&[][..], |at| self.postings_of(at));
        let counts = move |product: &u32| !headline || product & HEADLINE != 0;
        postings.iter().map(|(product, _)| *product).filter(counts).map(|product| (product & !HEADLINE) as usize)
    }

    fn postings_of(&self, word: u32) -> &[(u32, f32)] {
        let at = word as usize;
        &self.postings[self.starts[at] as usize..self.starts[at + 1] as usize]
    }
}

/// Words that alone would say something else than in their phrase: "short sleeves" are no "short dress".
const MEASURES: [&str; 8] = ["short", "long", "high", "low", "half", "full", "light", "free"];

/// The words a term is found by, each with its share: itself, what it is a synonym for, what kinds it
/// belongs to, and the parts of a phrase that keep their meaning ("crop top" is a top, "T-shirt" no shirt).
fn indexed_keys(term: &Term) -> Vec<(String, f32)> {
    let Some(meaning) = term.meaning else { return vec![(term.key.clone(), 1.0)] };
    if meaning.stop && meaning.kind.is_none() {
        return Vec::new();
    }
    let lexicon = Lexicon::get();
    let mut keys = vec![(term.key.clone(), 1.0)];
    let mut add = |key: &str, share: f32| {
        if keys.iter().all(|(known, _)| known != key) {
            keys.push((key.to_owned(), share));
        }
    };
    add(&meaning.canonical, 1.0);
    if let Some(kind) = meaning.kind {
        let wider = lexicon.lineage(kind).skip(1).map(|wider| lexicon.kind(wider));
        wider.filter(|kind| !kind.group).for_each(|kind| add(&kind.key, 0.5));
    }
    for part in term.key.split(' ').filter(|part| part.len() < term.key.len()) {
        let part_of = lexicon.meaning(part);
        let keeps = match (part_of.and_then(|m| m.kind), meaning.kind) {
            (None, _) => !part_of.is_some_and(|m| m.stop),
            (Some(part), Some(whole)) => lexicon.is_a(whole, part),
            (Some(part), None) => lexicon.kind(part).material,
        };
        if keeps && part.len() > 1 && !MEASURES.contains(&part) {
            add(part, 0.5);
        }
    }
    keys
}
