//! Others than those that were shown: more of them, cheaper ones, ones like it, ones in its place.

use duka_kernel::ProductId;
use duka_perception::Wish;
use duka_shop::{Product, search::Fit};

use super::{
    reference,
    reference::Reference,
    search::{browse, fitting},
};
use crate::{
    desk::{Desk, LIST_LENGTH},
    dialogue::{LastSearch, Question, Stage},
    say::{Because, Say},
    tools::{SearchProducts, search_products},
    words::has_any,
};

pub(super) const SIMILAR: &[&str] = &[
    "similar",
    "like this",
    "like that",
    "like it",
    "kama hii",
    "kama hiyo",
    "kama hizo",
    "inafanana",
    "zinafanana",
    "same style",
    "look like",
];

/// More of the last search, without what was shown.
pub(super) fn more(desk: &mut Desk<'_>) {
    let Some(last) = desk.dialogue.search.clone() else { return browse(desk) };
    let hits = search_products(desk, &SearchProducts::from(&last));
    let (products, because) = fitting(&hits);
    if products.is_empty() || (because != Because::Asked && !last.seen.is_empty() && !is_vague(&last)) {
        return no_more(desk);
    }
    show_more(desk, last, &products);
}

/// Everything was shown. What was shown can still be chosen by its number.
pub(super) fn no_more(desk: &mut Desk<'_>) {
    desk.answered();
    desk.say(Say::NoMore);
}

fn is_vague(last: &LastSearch) -> bool {
    last.product.is_empty() && last.colours.is_empty() && last.occasions.is_empty()
}

fn show_more(desk: &mut Desk<'_>, mut last: LastSearch, products: &[ProductId]) {
    last.seen.extend_from_slice(products);
    let budget = last.price_max;
    desk.dialogue.search = Some(last);
    desk.show(Because::More, products, budget);
}

/// Less than the cheapest shown, or else less than the dearest, cheapest first. What was shown before comes again only if
/// nothing else is left.
pub(super) fn cheaper(desk: &mut Desk<'_>, last: &LastSearch) {
    let shown = || desk.dialogue.shown.iter().filter_map(|id| desk.product(*id)).map(|p| desk.price(p).minor);
    let everything = desk.recall.catalogue.products().len();
    let args = SearchProducts { limit: everything, price_max: None, ..SearchProducts::from(last) };
    let found_in = |exclude: &[ProductId], below: Option<i64>| {
        let args = SearchProducts { exclude: exclude.to_vec(), ..args.clone() };
        let mut found: Vec<(i64, ProductId)> = search_products(desk, &args)
            .into_iter()
            .filter(|h| h.fit == Fit::Exact)
            .filter_map(|h| desk.product(h.product))
            .filter(|p| below.is_none_or(|most| desk.price(p).minor < most))
            .map(|p| (desk.price(p).minor, p.id))
            .collect();
        found.sort_by_key(|(price, _)| *price);
        found
    };
    let (cheapest, dearest) = (shown().min(), shown().max());
    let ways = [(&last.seen, cheapest), (&last.seen, dearest), (&desk.dialogue.shown, dearest)];
    let found = ways.into_iter().map(|(exclude, below)| found_in(exclude, below)).find(|found| !found.is_empty());
    let products: Vec<ProductId> = found.unwrap_or_default().into_iter().map(|(_, id)| id).take(LIST_LENGTH).collect();
    if products.is_empty() {
        // Nothing new costs less: once more what was shown, without the dearest.
        let less: Vec<ProductId> = found_in(&[], dearest).into_iter().map(|(_, id)| id).take(LIST_LENGTH).collect();
        if !less.is_empty() {
            return desk.show(Because::Asked, &less, None);
        }
    }
    let shown_now = desk.dialogue.shown.iter().chain(&desk.dialogue.focus).filter_map(|id| desk.product(*id));
    let mut categories: Vec<String> = shown_now.map(|product| product.category.clone()).collect();
    categories.sort_unstable();
    categories.dedup();
    let of_kind = LastSearch {
        text: categories.join(" "),
        product: categories,
        audience: last.audience.clone(),
        not_kinds: last.not_kinds.clone(),
        seen: last.seen.clone(),
        ..LastSearch::default()
    };
    if products.is_empty() && !of_kind.product.is_empty() && of_kind != *last {
        // Of the same kind, however the dear one was described.
        return cheaper(desk, &of_kind);
    }
    if products.is_empty() {
        return no_more(desk);
    }
    show_more(desk, last.clone(), &products);
}

/// Products like the one that is pointed at. Says whether one is, and there are any.
pub(super) fn like_what_is_meant(desk: &mut Desk<'_>, wish: &Wish, quoted: Option<ProductId>) -> bool {
    let Reference::These(products) = reference::resolve(desk, wish, quoted) else { return false };
    let [one] = products[..] else { return false };
    let args = SearchProducts { like: Some(one), exclude: vec![one], ..SearchProducts::default() };
    let similar: Vec<ProductId> = search_products(desk, &args).into_iter().map(|h| h.product).collect();
    if similar.is_empty() {
        return false;
    }
    desk.show(Because::Similar, &similar, None);
    true
}

/// "Iko na ingine kama hiyo ya XL": others of its kind that come in that size. Says whether that was asked and there are any.
pub(super) fn another_like_it(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    const ANOTHER: &[&str] = &["ingine", "nyingine", "zingine", "lingine", "another", "other", "others", "something"];
    let Some(product) = desk.dialogue.focus.and_then(|id| desk.product(id)) else { return false };
    let asks = wish.slots.product.is_empty() && !wish.slots.size.is_empty();
    if !asks || !has_any(&wish.text, ANOTHER) || !has_any(&wish.text, SIMILAR) {
        return false;
    }
    let args = SearchProducts {
        product: vec![product.category.clone()],
        sizes: wish.slots.size.clone(),
        exclude: vec![product.id],
        ..SearchProducts::default()
    };
    let exact = search_products(desk, &args).into_iter().filter(|hit| hit.fit == Fit::Exact);
    let similar: Vec<ProductId> = exact.map(|hit| hit.product).take(LIST_LENGTH).collect();
    if similar.is_empty() {
        return false;
    }
    desk.dialogue.wanted.clear();
    desk.show(Because::Similar, &similar, None);
    true
}

/// Products in the place of one that is sold out. Says whether there are any.
pub(super) fn show_similar(desk: &mut Desk<'_>, product: &Product) -> bool {
    let args = SearchProducts {
        product: vec![product.category.clone()],
        like: Some(product.id),
        exclude: vec![product.id],
        limit: 3,
        ..SearchProducts::default()
    };
    let products: Vec<ProductId> = search_products(desk, &args).into_iter().map(|h| h.product).collect();
    if !products.is_empty() {
        desk.show(Because::InsteadOf(product.name.clone()), &products, None);
    }
    !products.is_empty()
}

/// "No" to what is shown: others, unless that was a thank-you.
pub(super) fn none_of_these(desk: &mut Desk<'_>, wish: &Wish) {
    desk.dialogue.focus = None;
    if has_any(&wish.text, &["thanks", "thank you", "asante", "shukran", "no thanks"]) || desk.dialogue.search.is_none()
    {
        desk.answered();
        let cart_waiting = !desk.dialogue.cart.is_empty();
        return desk.say(Say::WhatNext { cart_waiting });
    }
    more(desk);
    if desk.dialogue.question != Question::ProductChoice {
        desk.enter(Stage::Searching);
    }
}
