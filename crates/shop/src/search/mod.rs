//! Finding products: what a customer wrote and named, against one shop's catalogue.
//!
//! Three ways of finding are fused by reciprocal rank ([`index`]): words, with typos and synonyms;
//! meaning, as vectors; and what the customer named outright, as filters. Filters are never broken
//! silently: a [`Hit`] says what it does not meet. Everything is a pure, deterministic function of the
//! snapshot, the query and the stock.

mod index;
mod query;

pub use self::{
    index::CatalogueIndex,
    query::{Dropped, Fit, Hit, PriceRange, SearchQuery},
};
