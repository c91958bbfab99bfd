//! Which product is meant: "number 2", "the blue one", "ile ya 2500", "both", a quoted picture, "it".

use std::collections::HashSet;

use duka_kernel::{Money, ProductId};
use duka_perception::{Slots, Wish};
use duka_shop::{Product, search::Fit};

use crate::{
    desk::{Desk, LIST_LENGTH},
    tools::{SearchProducts, search_products},
    words::{has_any, same_word, telling_words},
};

const BOTH: &[&str] =
    &["both", "both of them", "zote mbili", "mbili zote", "zote 2", "yote mawili", "hizo mbili", "hizi mbili"];
const ALL: &[&str] = &["all", "all of them", "zote", "yote", "zote tatu", "everything", "every one", "zoote"];
const FINISHED: &[&str] = &["thats all", "that is all", "all set", "ni hayo tu", "all good"];
const CHEAPEST: &[&str] =
    &["cheapest", "cheaper one", "cheap one", "bei nafuu", "bei rahisi", "ya chini", "rahisi zaidi"];
const DEAREST: &[&str] = &["most expensive", "expensive one", "ya juu", "ghali zaidi", "ghali"];

/// What a message points at.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Reference {
    /// These, without doubt.
    These(Vec<ProductId>),
    /// One of these; the customer has to say which.
    OneOf(Vec<ProductId>),
    /// Nothing that was shown or talked about.
    Nothing,
}

impl Reference {
    fn among(products: Vec<ProductId>) -> Self {
        match products.len() {
            0 => Self::Nothing,
            1 => Self::These(products),
            _ => Self::OneOf(products),
        }
    }
}

/// A number without a word beside it may be a place in the list or a number of pieces. With several products shown
/// and none under discussion, "add 1 and 2" are places; with one at hand, "weka mbili" is two pieces of it.
pub(crate) fn numbers_in_place(desk: &Desk<'_>, wish: &Wish) -> Wish {
    const PIECES: &[&str] = &["pieces", "piece", "pcs", "of", "each", "vipande", "pair", "pairs", "pea"];
    let (shown, slots) = (desk.dialogue.shown.len(), &wish.slots);
    let mut read = wish.clone();
    if contradicted(desk, slots) && sent_before(desk, wish).is_none() {
        // "Scarf iko poa, weka moja" with a shirt in the first place: one scarf.
        read.slots.quantity = slots.ordinal.iter().filter_map(|n| u32::try_from(*n).ok()).collect();
        read.slots.ordinal.clear();
        return read;
    }
    let bare = slots.product.is_empty() && slots.colour.is_empty() && !has_any(&wish.text, PIECES);
    let listed = |n: &i32| usize::try_from(*n).map_or(true, |n| n <= shown);
    if shown > 0 && !slots.size.is_empty() && !slots.ordinal.is_empty() && !slots.ordinal.iter().all(listed) {
        // "Mix ya 6 black M" after four: six of them.
        read.slots.quantity = slots.ordinal.iter().filter_map(|n| u32::try_from(*n).ok()).collect();
        read.slots.ordinal.clear();
        return read;
    }
    let in_list = |n: &u32| (1..=shown).contains(&(*n as usize));
    if let (Some(_), [place], true) = (desk.dialogue.focus, &slots.ordinal[..], shown == 0) {
        read.slots.quantity = u32::try_from(*place).into_iter().collect();
        read.slots.ordinal.clear();
    } else if bare
        && shown > 1
        && desk.dialogue.focus.is_none()
        && slots.ordinal.is_empty()
        && slots.quantity.iter().all(in_list)
    {
        read.slots.ordinal = slots.quantity.iter().filter_map(|n| i32::try_from(*n).ok()).collect();
        read.slots.quantity.clear();
    }
    read
}

/// Whether the product named is another than the one in the place named.
fn contradicted(desk: &Desk<'_>, slots: &Slots) -> bool {
    let (false, Reference::These(placed)) =
        (slots.product.is_empty(), by_position(&desk.dialogue.shown, &slots.ordinal))
    else {
        return false;
    };
    let of_kind = kind(desk, &slots.product);
    !placed.is_empty() && !of_kind.is_empty() && !placed.iter().any(|id| of_kind.contains(id))
}

/// Whether the words mean every product shown, rather than one of them.
pub(crate) fn means_all(text: &str) -> bool {
    has_any(text, BOTH) || (has_any(text, ALL) && !has_any(text, FINISHED))
}

/// What a wish points at among the products shown, quoted or talked about.
pub(crate) fn resolve(desk: &Desk<'_>, wish: &Wish, quoted: Option<ProductId>) -> Reference {
    let shown = &desk.dialogue.shown;
    if !wish.slots.ordinal.is_empty() {
        return match sent_before(desk, wish) {
            Some(products) => Reference::These(products),
            None => by_position(&in_its_colour(desk, wish), &wish.slots.ordinal),
        };
    }
    if shown.len() > 1 && has_any(&wish.text, BOTH) {
        return if shown.len() == 2 { Reference::These(shown.clone()) } else { Reference::OneOf(shown.clone()) };
    }
    if shown.len() > 1 && means_all(&wish.text) {
        // "Black zote": all that are black.
        let of_colour = |id: &ProductId| {
            desk.product(*id).is_some_and(|p| p.colours.iter().any(|colour| wish.slots.colour.contains(colour)))
        };
        let coloured: Vec<ProductId> = shown.iter().copied().filter(of_colour).collect();
        return Reference::These(if coloured.is_empty() { shown.clone() } else { coloured });
    }
    if let Some(quoted) = quoted {
        return Reference::These(vec![quoted]);
    }
    if names_one_elsewhere(desk, wish) {
        return Reference::Nothing;
    }
    match by_description(desk, wish) {
        Some(reference) => reference,
        None => match desk.dialogue.focus {
            Some(focus) => Reference::These(vec![focus]),
            // "The one with pockets", "hizo za shanga".
            None => Reference::among(super::finding::as_called(desk, &wish.text, shown.clone())),
        },
    }
}

/// What is shown; "the first red one", where what stands first is not red, counts only what is.
fn in_its_colour(desk: &Desk<'_>, wish: &Wish) -> Vec<ProductId> {
    let shown = &desk.dialogue.shown;
    let has = |id: &ProductId| {
        desk.product(*id).is_some_and(|p| p.colours.iter().any(|colour| wish.slots.colour.contains(colour)))
    };
    let [place] = wish.slots.ordinal[..] else { return shown.clone() };
    let placed = match by_position(shown, &[place]) {
        Reference::These(products) => products,
        _ => return shown.clone(),
    };
    let coloured: Vec<ProductId> = shown.iter().copied().filter(has).collect();
    let contradicted = !wish.slots.colour.is_empty() && !placed.iter().any(has);
    if contradicted && !coloured.is_empty() { coloured } else { shown.clone() }
}

/// "Also the kiondo", after another bag: a word of its name points past what is at hand.
fn names_one_elsewhere(desk: &Desk<'_>, wish: &Wish) -> bool {
    if wish.slots.product.is_empty() {
        return false;
    }
    let is_kind = |word: &String| wish.slots.product.iter().any(|kind| same_word(kind, word));
    let words: Vec<String> = telling_words(&wish.text).into_iter().filter(|word| !is_kind(word)).collect();
    let of_kind = kind(desk, &wish.slots.product);
    let at_hand = |id: &ProductId| desk.dialogue.shown.contains(id) || desk.dialogue.focus == Some(*id);
    let (here, elsewhere): (Vec<&Product>, Vec<&Product>) =
        of_kind.iter().filter_map(|id| desk.product(*id)).partition(|product| at_hand(&product.id));
    !here.is_empty()
        && here.iter().all(|product| matching_words(product, &words) == 0)
        && elsewhere.iter().any(|product| named_words(product, &words) > 0)
}

/// "The second dress you sent me": of an earlier list, if the last one does not have such a thing in that place.
fn sent_before(desk: &Desk<'_>, wish: &Wish) -> Option<Vec<ProductId>> {
    const SENT: &[&str] = &[
        "you sent",
        "you sent me",
        "you showed",
        "you showed me",
        "earlier",
        "from before",
        "before that",
        "ulinitumia",
        "ulituma",
        "ulinionyesha",
        "ulinishow",
        "ulionyesha",
        "mapema",
        "hapo awali",
        "hapo mbeleni",
    ];
    if wish.slots.product.is_empty() || !has_any(&wish.text, SENT) {
        return None;
    }
    let of_kind = kind(desk, &wish.slots.product);
    let lists = std::iter::once(&desk.dialogue.shown).chain(desk.dialogue.earlier.iter().rev());
    let placed = |list: &Vec<ProductId>| match by_position(list, &wish.slots.ordinal) {
        Reference::These(products) if products.iter().all(|id| of_kind.contains(id)) => Some(products),
        _ => None,
    };
    lists.filter(|list| !list.is_empty()).find_map(placed)
}

fn by_position(shown: &[ProductId], ordinals: &[i32]) -> Reference {
    let mut chosen = Vec::new();
    for ordinal in ordinals {
        let at = match usize::try_from(*ordinal) {
            Ok(n) => n.checked_sub(1),
            Err(_) => shown.len().checked_sub(ordinal.unsigned_abs() as usize),
        };
        match at.and_then(|at| shown.get(at)) {
            Some(product) if !chosen.contains(product) => chosen.push(*product),
            Some(_) => {}
            None => return if shown.is_empty() { Reference::Nothing } else { Reference::OneOf(shown.to_vec()) },
        }
    }
    Reference::These(chosen)
}

/// What the words describe among the products at hand; `None` if they describe nothing at all.
fn by_description(desk: &Desk<'_>, wish: &Wish) -> Option<Reference> {
    let mut at_hand = desk.dialogue.shown.clone();
    at_hand.extend(desk.dialogue.focus.filter(|focus| !desk.dialogue.shown.contains(focus)));
    let products: Vec<&Product> = at_hand.iter().filter_map(|id| desk.product(*id)).collect();
    // "The cheaper one", after two of five were set side by side, and "the cheaper one in M" where only some come in it.
    let compared = &desk.dialogue.compared;
    let beside = compared.len() > 1 && compared.iter().all(|id| at_hand.contains(id));
    let in_size = |p: &&Product| {
        let sizes = desk.recall.stock.sizes_of(p);
        wish.slots.size.iter().all(|size| sizes.contains(size))
    };
    let among = products.iter().copied().filter(|p| !beside || compared.contains(&p.id));
    let (fitting, rest): (Vec<&Product>, Vec<&Product>) = among.partition(in_size);
    let extreme = match fitting[..] {
        [] => by_extreme_price(desk, &rest, &wish.text),
        [one] if names_extreme(&wish.text) => Some(one.id),
        _ => by_extreme_price(desk, &fitting, &wish.text),
    };
    if let Some(extreme) = extreme_of_kind(desk, wish).or(extreme) {
        return Some(Reference::These(vec![extreme]));
    }
    let mut candidates = products.clone();
    let mut described = keep_kind(desk, &mut candidates, &wish.slots);
    if !wish.slots.colour.is_empty() {
        candidates.retain(|p| p.colours.iter().any(|c| wish.slots.colour.contains(c)));
        described = true;
    }
    described |= keep_price(desk, &mut candidates, &wish.slots);
    let words = query_words(wish);
    let best = candidates.iter().map(|p| matching_words(p, &words)).max().unwrap_or(0);
    if best > 0 {
        candidates.retain(|p| matching_words(p, &words) == best);
    } else if !described && !names_something_else(desk, wish) {
        return None;
    } else if !described {
        candidates.clear();
    }
    Some(Reference::among(candidates.iter().map(|p| p.id).collect()))
}

/// "The cheapest dress": of all the shop has in stock.
fn extreme_of_kind(desk: &Desk<'_>, wish: &Wish) -> Option<ProductId> {
    if wish.slots.product.is_empty() || !(has_any(&wish.text, CHEAPEST) || has_any(&wish.text, DEAREST)) {
        return None;
    }
    let of_kind = kind(desk, &wish.slots.product);
    let all = desk.recall.catalogue.products().iter();
    let in_stock: Vec<&Product> = all.filter(|p| of_kind.contains(&p.id) && desk.recall.stock.has(p)).collect();
    match in_stock[..] {
        [one] => Some(one.id),
        _ => by_extreme_price(desk, &in_stock, &wish.text),
    }
}

/// Whether the cheapest or the dearest is spoken of.
pub(super) fn names_extreme(text: &str) -> bool {
    has_any(text, CHEAPEST) || has_any(text, DEAREST)
}

fn by_extreme_price(desk: &Desk<'_>, products: &[&Product], text: &str) -> Option<ProductId> {
    if products.len() < 2 {
        return None;
    }
    if has_any(text, CHEAPEST) {
        return products.iter().min_by_key(|p| desk.price(p).minor).map(|p| p.id);
    }
    if has_any(text, DEAREST) { products.iter().max_by_key(|p| desk.price(p).minor).map(|p| p.id) } else { None }
}

/// Keeps the products of the kinds named; says whether a kind was named.
fn keep_kind(desk: &Desk<'_>, candidates: &mut Vec<&Product>, slots: &Slots) -> bool {
    if slots.product.is_empty() {
        return false;
    }
    let of_kind = kind(desk, &slots.product);
    candidates.retain(|p| of_kind.contains(&p.id));
    true
}

/// Every product of a kind, sold out or not.
pub(crate) fn kind(desk: &Desk<'_>, kinds: &[String]) -> HashSet<ProductId> {
    let everything = desk.recall.catalogue.products().len();
    let args = SearchProducts {
        product: kinds.to_vec(),
        include_sold_out: true,
        limit: everything,
        ..SearchProducts::default()
    };
    search_products(desk, &args).into_iter().filter(|hit| hit.fit == Fit::Exact).map(|hit| hit.product).collect()
}

/// Keeps the products of exactly a price named, if there are any; says whether there are.
fn keep_price(desk: &Desk<'_>, candidates: &mut Vec<&Product>, slots: &Slots) -> bool {
    let Some(amount) = slots.amount.or(slots.offer_price).or(slots.price_max) else { return false };
    let price = Money::from_major(amount, desk.recall.shop.currency);
    let costs = |p: &Product| {
        desk.price(p) == price || p.variants.iter().any(|v| [v.price, desk.offers.price(p, v.price)].contains(&price))
    };
    let any = candidates.iter().any(|p| costs(p));
    if any {
        candidates.retain(|p| costs(p));
    }
    any
}

fn query_words(wish: &Wish) -> Vec<String> {
    let mut words = telling_words(&wish.text);
    words.extend(wish.slots.product.iter().map(|kind| kind.to_lowercase()));
    words.extend(wish.slots.colour.iter().map(|colour| colour.name().to_owned()));
    words.sort_unstable();
    words.dedup();
    words
}

/// How many of the words are in a product's name, kind, colours or tags.
fn matching_words(product: &Product, words: &[String]) -> usize {
    let mut known = telling_words(&product.name);
    known.extend(telling_words(&product.category));
    known.extend(product.colours.iter().map(|c| c.name().to_owned()));
    let tags: Vec<String> = product.tags.iter().flat_map(|tag| telling_words(tag)).collect();
    known.push(product.sku.to_lowercase());
    words.iter().filter(|word| known.iter().chain(&tags).any(|k| same_word(k, word))).count()
}

/// How many of the words are in a product's name alone.
fn named_words(product: &Product, words: &[String]) -> usize {
    let name = telling_words(&product.name);
    words.iter().filter(|word| name.iter().any(|n| same_word(n, word))).count()
}

/// The one product that a text calls by two words of its name or more.
pub(crate) fn called(desk: &Desk<'_>, text: &str) -> Option<ProductId> {
    let said = telling_words(text);
    let named: Vec<(usize, ProductId)> =
        desk.recall.catalogue.products().iter().map(|p| (named_words(p, &said), p.id)).collect();
    let most = named.iter().map(|(count, _)| *count).max().filter(|most| *most >= 2)?;
    let mut best = named.iter().filter(|(count, _)| *count == most);
    best.next().filter(|_| best.next().is_none()).map(|(_, id)| *id)
}

/// Whether the words are about a product of the shop that is not at hand.
fn names_something_else(desk: &Desk<'_>, wish: &Wish) -> bool {
    let words = query_words(wish);
    desk.recall.catalogue.products().iter().any(|p| named_words(p, &words) >= 2)
}

/// The products of the whole shop that the words of a wish name, sold out or not, at most five. One, if the words
/// are clear; several, if they fit several equally.
pub(crate) fn by_name(desk: &Desk<'_>, wish: &Wish) -> Vec<ProductId> {
    let words = query_words(wish);
    if let Some(product) = by_sku(desk, &wish.text) {
        return vec![product];
    }
    let called = known_as(desk, &wish.text);
    if !called.is_empty() && (!wish.slots.product.is_empty() || words.len() <= 4) {
        let fitting: Vec<ProductId> =
            called.iter().copied().filter(|id| !is_another_kind(desk, *id, &wish.slots)).collect();
        return if fitting.is_empty() { called } else { fitting }.into_iter().take(LIST_LENGTH).collect();
    }
    let args = SearchProducts {
        text: wish.text.clone(),
        product: wish.slots.product.clone(),
        colours: wish.slots.colour.clone(),
        include_sold_out: true,
        limit: 12,
        ..SearchProducts::default()
    };
    let hits = search_products(desk, &args);
    let found: Vec<&Product> =
        hits.iter().filter(|h| h.fit == Fit::Exact).filter_map(|h| desk.product(h.product)).collect();
    let best = found.iter().map(|p| matching_words(p, &words)).max().unwrap_or(0);
    if best == 0 && found.len() != 1 {
        return Vec::new();
    }
    let mut best: Vec<&&Product> = found.iter().filter(|p| matching_words(p, &words) == best).collect();
    let in_name = best.iter().map(|p| named_words(p, &words)).max().unwrap_or(0);
    if in_name >= 2 {
        best.retain(|p| named_words(p, &words) == in_name);
    }
    let of_kind = |p: &&&Product| kinds_at_hand(desk).contains(&p.category.as_str());
    if wish.slots.product.is_empty() && best.iter().any(&of_kind) {
        // "The grey one", after a hoodie: a grey hoodie.
        best.retain(&of_kind);
    }
    best.into_iter().map(|p| p.id).take(LIST_LENGTH).collect()
}

/// The products that the words call by a name of their own: "the Amani".
pub(crate) fn known_as(desk: &Desk<'_>, text: &str) -> Vec<ProductId> {
    let mut called: Vec<ProductId> = Vec::new();
    for word in telling_words(text) {
        for product in desk.recall.catalogue.known_as(&word) {
            if !called.contains(&product) {
                called.push(product);
            }
        }
    }
    called
}

/// Whether the words name a kind of thing that a product is not.
pub(crate) fn is_another_kind(desk: &Desk<'_>, product: ProductId, slots: &Slots) -> bool {
    !slots.product.is_empty() && !kind(desk, &slots.product).contains(&product)
}

/// The categories of what is talked about.
fn kinds_at_hand<'a>(desk: &Desk<'a>) -> Vec<&'a str> {
    let at_hand = desk.dialogue.focus.iter().chain(&desk.dialogue.shown);
    at_hand.filter_map(|id| desk.product(*id)).map(|p| p.category.as_str()).collect()
}

fn by_sku(desk: &Desk<'_>, text: &str) -> Option<ProductId> {
    text.split_whitespace().find_map(|word| {
        let sku = word.trim_matches(|c: char| !c.is_alphanumeric());
        (sku.len() >= 3).then(|| desk.recall.catalogue.by_sku(sku)).flatten().map(|p| p.id)
    })
}
