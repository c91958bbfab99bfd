//! The products that a model is told about.

use duka_kernel::ProductId;
use duka_perception::{Context, perceive};
use serde::Serialize;

use crate::{
    decide::{Decision, products_named},
    desk::Desk,
    recall::Recall,
    say::{Card, Say},
    tools::{SearchProducts, search_products},
};

/// So many are told.
const CANDIDATES: usize = 8;

/// A product that a model is told about.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Candidate {
    /// As it is shown.
    pub card: Card,
    /// What the shop says of it.
    pub description: String,
}

/// The products that an answer may be about: what is said now, what the message names, what was shown, what is talked about or in the cart, and what
/// the message finds.
#[must_use]
pub fn candidates(decision: &Decision, text: &str, recall: &Recall<'_>) -> Vec<Candidate> {
    let desk = Desk::open(&decision.dialogue, recall);
    let dialogue = &decision.dialogue;
    let said = decision.says.iter().flat_map(products_of);
    let mut ids: Vec<ProductId> = Vec::new();
    let known = said
        .chain(products_named(&desk, text))
        .chain(dialogue.focus)
        .chain(dialogue.shown.iter().copied())
        .chain(dialogue.cart.lines.iter().map(|line| line.product));
    for id in known.chain(found(&desk, text)) {
        if ids.len() < CANDIDATES && !ids.contains(&id) {
            ids.push(id);
        }
    }
    let products = ids.iter().filter_map(|id| desk.product(*id));
    products.map(|p| Candidate { card: desk.card(p), description: p.description.clone() }).collect()
}

fn products_of(say: &Say) -> Vec<ProductId> {
    let cards: &[Card] = match say {
        Say::Products { cards, .. } | Say::Compare { cards, .. } | Say::AskWhich { cards } | Say::Price { cards } => {
            cards
        }
        Say::Details { card, .. } | Say::Suggest { card } | Say::InStock { card, .. } => std::slice::from_ref(card),
        _ => &[],
    };
    cards.iter().map(|card| card.product).collect()
}

fn found(desk: &Desk<'_>, text: &str) -> Vec<ProductId> {
    let read = perceive(text, &Context::default()).slots;
    let args = SearchProducts {
        text: text.to_owned(),
        product: read.product,
        colours: read.colour,
        occasions: read.occasion,
        audience: read.audience,
        limit: CANDIDATES,
        ..SearchProducts::default()
    };
    search_products(desk, &args).iter().map(|hit| hit.product).collect()
}
