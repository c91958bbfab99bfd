//! Finding products: what a customer wrote and named, against one shop's catalogue.
//!
//! Three ways of finding are fused by reciprocal rank: words, with typos and synonyms;
//! meaning, as vectors; and what the customer named outright, as filters. Filters are never broken
//! silently: a [`Hit`] says what it does not meet. Everything is a pure, deterministic function of the
//! snapshot, the query and the stock.

mod codes;
mod dictionary;
mod embed;
mod facets;
mod filter;
mod fusion;
mod index;
mod lexicon;
mod looks;
mod naming;
mod query;
mod rank;
mod reading;
mod text;
mod words;

pub(crate) use self::{dictionary::Dictionary, embed::cosine, fusion::add_ranking, words::words};
pub use self::{
    embed::{DIMENSIONS, embed},
    index::CatalogueIndex,
    looks::{AlikeProduct, Looks},
    naming::NamedKind,
    query::{Dropped, Fit, Hit, PriceRange, SearchQuery},
};

/// A text as the local embedder sees it.
pub(crate) type Vector = [f32; DIMENSIONS];

/// The colour that a word names in any of the customers' languages: `nyeusi` is black.
#[must_use]
pub fn colour_named(word: &str) -> Option<duka_kernel::Colour> {
    lexicon::Lexicon::get().meaning(&lexicon::key_of(word)).and_then(|meaning| meaning.colour)
}

/// The kind of product that a word or phrase names in any of the customers' languages: `gauni` is `dress`. What things
/// are made of is no kind here.
#[must_use]
pub fn kind_named(phrase: &str) -> Option<&'static str> {
    let lexicon = lexicon::Lexicon::get();
    let kind = lexicon.kind(lexicon.meaning(&lexicon::key_of(phrase))?.kind?);
    (!kind.material && !kind.group).then_some(&*kind.key)
}

#[cfg(test)]
mod tests;
