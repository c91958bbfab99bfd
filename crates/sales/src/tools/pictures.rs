//! Products by a picture.

use std::collections::HashSet;

use duka_kernel::{Money, ProductId};
use duka_perception::{Context, Slots, perceive};
use duka_shop::{knowledge::Embedding, search::Fit};
use duka_vision::ImageFeatures;

use super::{SearchProducts, search_products};
use crate::{
    decide::products_of,
    desk::{Desk, LIST_LENGTH},
    model::Description,
};

/// From here on it counts what kind of garment a picture looks like.
const SURE: f32 = 0.45;

/// So many of the nearest are looked through for something of the picture's kind.
const NEAR: usize = 10;

/// So many places nearer is what has the colour that a model sees.
const COLOUR_PLACES: usize = 2;

/// What is known of a picture.
#[derive(Clone, Copy, Debug)]
pub struct Sight<'p> {
    /// What it looks like.
    pub seen: &'p ImageFeatures,
    /// What a model says that it shows.
    pub described: Option<&'p Description>,
    /// Where a provider places it among its likes.
    pub placed: Option<&'p Embedding>,
}

/// Looks for products like a picture.
#[derive(Clone, Debug)]
pub struct SearchSimilarProducts<'p> {
    /// The picture.
    pub sight: Sight<'p>,
    /// What the words with it narrow it to: kind, colour, size, price.
    pub slots: &'p Slots,
    /// At most so many; 5 if 0.
    pub limit: usize,
}

/// What a picture finds.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SimilarProducts {
    /// The product whose own picture it is, whether in stock or not and whatever the words say.
    pub same: Option<ProductId>,
    /// Others in stock that meet the words, the most alike first.
    pub similar: Vec<ProductId>,
}

/// The products that look most like a picture, of this shop alone. Where none meets the words, they are ranked first
/// by how little they miss.
#[must_use]
pub fn search_similar_products(desk: &Desk<'_>, args: &SearchSimilarProducts<'_>) -> SimilarProducts {
    let Some(looks) = desk.recall.catalogue.looks() else { return SimilarProducts::default() };
    let alike = match args.sight.placed {
        Some(placed) => looks.alike_and_near(args.sight.seen, placed),
        None => looks.alike(args.sight.seen),
    };
    let same = alike.first().filter(|first| first.same).map(|first| first.product);
    let limit = if args.limit == 0 { LIST_LENGTH } else { args.limit };
    let meeting = meeting(desk, args.slots);
    let fits = |id: &ProductId| meeting.as_ref().is_none_or(|meeting| meeting.contains(id));
    let in_stock = |id: &ProductId| desk.product(*id).is_some_and(|product| desk.recall.stock.has(product));
    let others = alike.iter().map(|alike| alike.product).filter(|id| Some(*id) != same);
    let mut similar: Vec<ProductId> = others.filter(|id| fits(id) && in_stock(id)).collect();
    by_kind_and_colour(desk, &mut similar, args);
    similar.truncate(limit);
    SimilarProducts { same, similar }
}

/// The kinds of goods a picture shows, as far as that is known: as a model calls it if the shop has such goods, else as it
/// looks if that is sure. Nothing of it says that the shop has the piece.
#[must_use]
pub fn picture_kinds(desk: &Desk<'_>, sight: Sight<'_>) -> Vec<String> {
    let garment = sight.described.and_then(|described| described.garment.as_deref());
    if let Some(garment) = garment {
        let read = perceive(garment, &Context::default()).slots.product;
        let kinds = if read.is_empty() { vec![garment.to_owned()] } else { read };
        if !products_of(desk, &kinds).is_empty() {
            return kinds;
        }
    }
    let (kind, sure) = sight.seen.category();
    if sure >= SURE { vec![kind.to_owned()] } else { Vec::new() }
}

/// Puts what is of the picture's kind by the shop's own list first, if something of it is among the nearest; a little
/// nearer what has the colour that a model sees first. Otherwise the looks decide.
fn by_kind_and_colour(desk: &Desk<'_>, nearest: &mut Vec<ProductId>, args: &SearchSimilarProducts<'_>) {
    let kinds = picture_kinds(desk, args.sight);
    let of_kind = if kinds.is_empty() { HashSet::new() } else { products_of(desk, &kinds) };
    let is_near = nearest.iter().take(NEAR).any(|id| of_kind.contains(id));
    let colour = args.sight.described.and_then(|described| described.colours.first());
    let coloured =
        |id: ProductId| colour.is_some_and(|c| desk.product(id).is_some_and(|product| product.colours.contains(c)));
    let mut placed: Vec<(bool, usize, ProductId)> = nearest
        .iter()
        .enumerate()
        .map(|(at, id)| {
            // In halves of places, so that no two are in one.
            let place = 2 * (at + COLOUR_PLACES) + 1;
            let nearer = if coloured(*id) { 2 * COLOUR_PLACES + 1 } else { 0 };
            (is_near && !of_kind.contains(id), place - nearer, *id)
        })
        .collect();
    placed.sort_by_key(|(other_kind, at, _)| (*other_kind, *at));
    *nearest = placed.into_iter().map(|(.., id)| id).collect();
}

/// What meets the words, or misses least; `None` if they name nothing.
fn meeting(desk: &Desk<'_>, slots: &Slots) -> Option<Vec<ProductId>> {
    let money = |amount: i64| Money::from_major(amount, desk.recall.shop.currency);
    let args = SearchProducts {
        product: slots.product.clone(),
        colours: slots.colour.clone(),
        sizes: slots.size.clone(),
        price_max: slots.price_max.map(money),
        price_min: slots.price_min.map(money),
        limit: desk.recall.catalogue.products().len(),
        ..SearchProducts::default()
    };
    let names_nothing = args.product.is_empty()
        && args.colours.is_empty()
        && args.sizes.is_empty()
        && args.price_max.is_none()
        && args.price_min.is_none();
    if names_nothing {
        return None;
    }
    let hits = search_products(desk, &args);
    let exact: Vec<ProductId> = hits.iter().filter(|hit| hit.fit == Fit::Exact).map(|hit| hit.product).collect();
    let nearest = || hits.iter().map(|hit| hit.product).collect();
    Some(if exact.is_empty() { nearest() } else { exact })
}
