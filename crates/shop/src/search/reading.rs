//! What the words of a query say, with typos corrected against the catalogue and the lexicon.

use super::{
    SearchQuery,
    dictionary::{Dictionary, Near},
    embed::{DIMENSIONS, Sum},
    filter::Wanted,
    lexicon::{KindId, Lexicon, Term},
    text::{Sought, TextIndex},
    words::words,
};

/// Words that make a limit on the price what the customer means to spend.
const BUDGET_WORDS: [&str; 7] = ["budget", "bajeti", "around", "approximately", "roughly", "takriban", "karibu"];
/// How many words of a query are looked at.
const MOST_WORDS: usize = 60;

/// A word of a query, perhaps corrected.
struct Word {
    text: String,
    /// Other readings, best first; empty if it was read as written.
    corrections: Vec<String>,
}

/// A query's words, read.
pub(super) struct Reading {
    /// What to look for in the text index, without what filters look for already.
    pub(super) sought: Vec<Sought>,
    /// Words that may be names of brands.
    pub(super) names: Vec<String>,
    /// The meaning of the same words; zeros if there are none.
    pub(super) meaning: [f32; DIMENSIONS],
    /// The meaning with the kinds named, to look for the nearest where there are none.
    pub(super) whole_meaning: [f32; DIMENSIONS],
    /// Kinds of thing the text speaks of.
    pub(super) kinds: Vec<KindId>,
    /// Whether there are words of substance.
    pub(super) says_something: bool,
    /// Whether some of these mean something known.
    pub(super) says_something_known: bool,
    /// Whether a price limit is what the customer means to spend.
    pub(super) has_budget: bool,
    /// Whether the cheapest is asked for.
    pub(super) wants_cheap: bool,
}

impl Reading {
    /// Reads a query's text and named parts.
    pub(super) fn new(query: &SearchQuery, wanted: &Wanted<'_>, index: &TextIndex) -> Self {
        let lexicon = Lexicon::get();
        let mut read: Vec<Word> =
            words(&query.text).into_iter().take(MOST_WORDS).map(|word| correct(word, index)).collect();
        join_parts(&mut read, index);
        let has_budget = query.price_max.is_some() && read.iter().any(|w| BUDGET_WORDS.contains(&w.text.as_str()));
        let texts: Vec<String> = read.iter().map(|word| word.text.clone()).collect();
        let mut terms: Vec<(Term, &[String])> = Vec::new();
        let (mut at, mut wants_cheap) = (0, false);
        for term in lexicon.terms(&texts) {
            let length = term.key.split(' ').count();
            let corrections = if length == 1 { &read[at].corrections[..] } else { &[] };
            at += length;
            let is_cheap = canonical(&term) == "cheap";
            wants_cheap |= is_cheap;
            if !is_cheap && counts(&term, query, index) {
                terms.push((term, corrections));
            }
        }
        let kinds: Vec<KindId> =
            terms.iter().filter_map(|(term, _)| term.meaning?.kind).filter(|k| !lexicon.kind(*k).material).collect();
        let of_filter = |term: &Term| wanted.filters_on(term, index);
        let mut own: Vec<(Term, &[String])> = terms.iter().filter(|(term, _)| !of_filter(term)).cloned().collect();
        let says_something = !own.is_empty();
        let says_something_known = own.iter().any(|(term, _)| term.meaning.is_some_and(|m| !m.concepts.is_empty()));
        for occasion in wanted.meant().iter().copied().chain(query.product.iter().map(String::as_str)) {
            for term in lexicon.terms(&words(&occasion.replace('_', " "))) {
                let said = |(t, _): &(Term, &[String])| canonical(t) == canonical(&term);
                if !own.iter().any(said) && !of_filter(&term) {
                    own.push((term, &[]));
                }
            }
        }
        let named_terms: Vec<Term> = query.product.iter().flat_map(|name| lexicon.terms(&words(name))).collect();
        let (mut meaning, mut whole) = (Sum::default(), Sum::default());
        for (term, _) in &own {
            meaning.add(std::slice::from_ref(term), 1.0);
            whole.add(std::slice::from_ref(term), 0.4);
        }
        whole.add(&named_terms, 1.0);
        Self {
            sought: own.iter().map(|(term, corrections)| index.seek(term, corrections)).collect(),
            names: own
                .iter()
                .filter(|(term, _)| term.meaning.is_none())
                .flat_map(|(term, corrections)| corrections.iter().chain([&term.key]).cloned())
                .collect(),
            meaning: meaning.finish(),
            whole_meaning: whole.finish(),
            kinds,
            says_something,
            says_something_known,
            has_budget,
            wants_cheap,
        }
    }
}

fn canonical(term: &Term) -> &str {
    term.meaning.map_or(&term.key, |meaning| &meaning.canonical)
}

/// Whether a term says something about products. Numbers do only where products are called so and they
/// are not the size or price named.
fn counts(term: &Term, query: &SearchQuery, index: &TextIndex) -> bool {
    if term.meaning.is_some_and(|meaning| meaning.stop && meaning.kind.is_none()) {
        return false;
    }
    if !term.key.starts_with(|c: char| c.is_ascii_digit()) {
        return term.key.chars().count() > 1 || index.holding(&term.key, true).next().is_some();
    }
    let is_bound = [query.price_min, query.price_max]
        .into_iter()
        .flatten()
        .any(|bound| term.key.parse() == Ok(bound.minor / bound.currency.minor_per_major()));
    let is_size = query.sizes.iter().any(|size| size.as_str() == term.key);
    !is_bound && !is_size && index.holding(&term.key, true).next().is_some()
}

/// Reads an unknown word as the known ones nearest to it: the catalogue's before the lexicon's.
fn correct(word: String, index: &TextIndex) -> Word {
    let lexicon = Lexicon::get();
    let known = lexicon.meaning(&word).is_some() || index.words().find(&word).is_some();
    let begins = || word.chars().count() >= 3 && !index.words().starting_with(&word).is_empty();
    if known || word.starts_with(|c: char| c.is_ascii_digit()) || begins() {
        return Word { text: word, corrections: Vec::new() };
    }
    let (here, there) = (near_in(index.words(), &word), near_in(&lexicon.vocabulary, &word));
    let (near, dictionary) = if !here.words.is_empty() && (there.words.is_empty() || here.distance <= there.distance) {
        (here, index.words())
    } else {
        (there, &lexicon.vocabulary)
    };
    let corrections: Vec<String> = near.words.iter().take(4).map(|at| dictionary.word(*at).to_owned()).collect();
    Word { text: corrections.first().cloned().unwrap_or(word), corrections }
}

/// The words nearest to a misspelt one. In a short word the first letter is hardly ever the wrong one: "nini" is no "mini".
fn near_in(dictionary: &Dictionary, word: &str) -> Near {
    const SHORT: usize = 5;
    let mut near = dictionary.near(word);
    if word.chars().count() <= SHORT {
        near.words.retain(|at| dictionary.word(*at).chars().next() == word.chars().next());
    }
    near
}

/// Joins words that the catalogue or the lexicon writes as one: "sun dress".
fn join_parts(read: &mut Vec<Word>, index: &TextIndex) {
    let mut at = 0;
    while at + 1 < read.len() {
        let joined = format!("{}{}", read[at].text, read[at + 1].text);
        let separate = format!("{} {}", read[at].text, read[at + 1].text);
        let lexicon = Lexicon::get();
        let is_word = lexicon.meaning(&joined).is_some() || index.words().find(&joined).is_some();
        if joined.len() > 5 && is_word && lexicon.meaning(&separate).is_none() {
            read[at] = Word { text: joined, corrections: Vec::new() };
            read.remove(at + 1);
        }
        at += 1;
    }
}
