//! Buying by name: "I want the silk head scarf", "the grey hoodie in M and the black skirt in S".

use std::collections::HashSet;

use duka_kernel::{Colour, ProductId, Size};
use duka_perception::{Slots, Wish};
use duka_shop::search::Fit;

use super::{choosing, reference, wanting};
use crate::{
    desk::Desk,
    dialogue::Purpose,
    say::Say,
    tools::{SearchProducts, search_products},
    words::{has_any, same_word, telling_words},
};

const WANTS: &[&str] = &[
    "i want",
    "i need",
    "i would like",
    "id like",
    "ill take",
    "ill have",
    "i will take",
    "give me",
    "get me",
    "nataka",
    "ningependa",
    "nahitaji",
    "nipe",
    "nipee",
    "nipatie",
    "nichukulie",
    "nitachukua",
    "nachukua",
    "nirushie",
    "niwekee",
    "naomba",
    "weka",
    "rusha",
    "add",
    "put",
];
const PLEASE: &[&str] = &["please", "pls", "plz", "tafadhali", "pliz"];
const LOOKS_AROUND: &[&str] = &[
    "do you have",
    "do you sell",
    "have you got",
    "show",
    "see",
    "look",
    "looking",
    "looking for",
    "browse",
    "any",
    "some",
    "something",
    "options",
    "natafuta",
    "kuona",
    "nione",
    "kuangalia",
    "nionyeshe",
    "onyesha",
    "nicheki",
    "kucheki",
    "kujua",
    "kitu",
    "mko na",
    "uko na",
    "mna",
    "mnauza",
    "kuna",
];

/// One of several things a wish names.
struct Item {
    /// As the customer called it, with its colour.
    asked: String,
    /// What was said of it.
    slots: Slots,
    /// The products it may be.
    candidates: Vec<ProductId>,
}

/// Whether the words ask for something to be had, not looked at.
pub(super) fn wants(text: &str) -> bool {
    has_any(text, WANTS) && !has_any(text, LOOKS_AROUND)
}

/// A search that says "I want" and names exactly one product, or several of which each is exactly one, is a choice.
/// Says whether it was.
pub(super) fn chosen_by_name(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    let slots = &wish.slots;
    let open = slots.price_max.is_some() || slots.price_min.is_some() || !slots.occasion.is_empty();
    // "Sundress M and sandals 39 pls": whoever says a size for each wants each.
    let sized = !slots.product.is_empty() && slots.size.len() == slots.product.len() && !wish.text.contains('?');
    // What is listed after what was just bought is bought too.
    let wants = has_any(&wish.text, WANTS) || desk.wanted_now || (sized && has_any(&wish.text, PLEASE));
    if open || !slots.ordinal.is_empty() || !wants || has_any(&wish.text, LOOKS_AROUND) {
        return false;
    }
    if slots.product.len() > 1 {
        let items = items_of(desk, &with_narrowest_kinds(desk, wish));
        return items.iter().all(|item| item.candidates.len() == 1) && buy_items(desk, wish, items);
    }
    let [one] = reference::by_name(desk, wish)[..] else { return false };
    let specific = desk.product(one).is_some_and(|product| {
        let name = telling_words(&product.name);
        let said = telling_words(&wish.text);
        let colour = slots.colour.iter().any(|colour| product.colours.contains(colour));
        let own_name = reference::known_as(desk, &wish.text) == [one];
        colour || own_name || said.iter().filter(|word| name.iter().any(|n| same_word(n, word))).count() > 1
    });
    if specific {
        wanting::want(desk, &[one], slots, &wish.text);
    }
    specific
}

/// Buys every thing that a wish names, where it names several. Says whether it does.
pub(super) fn buy_several(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    let wish = &with_narrowest_kinds(desk, wish);
    if wish.slots.product.len() < 2 || !wish.slots.ordinal.is_empty() {
        return false;
    }
    let items = items_of(desk, wish);
    buy_items(desk, wish, items)
}

/// "Viatu vya heels": one thing, said twice. A kind that takes in another one named says nothing more.
fn with_narrowest_kinds(desk: &Desk<'_>, wish: &Wish) -> Wish {
    let mut read = wish.clone();
    let products = |kind: &String| reference::kind(desk, std::slice::from_ref(kind));
    let kinds: Vec<_> = wish.slots.product.iter().map(|kind| (kind, products(kind))).collect();
    let is_wider = |at: usize| {
        let narrower = |(i, (_, other)): (usize, &(&String, HashSet<ProductId>))| {
            i != at && !other.is_empty() && other.len() < kinds[at].1.len() && other.is_subset(&kinds[at].1)
        };
        kinds.iter().enumerate().any(narrower)
    };
    read.slots.product = (0..kinds.len()).filter(|at| !is_wider(*at)).map(|at| kinds[at].0.clone()).collect();
    read
}

/// Each product of a wish that names several things, of which each is exactly one product, with what was said of it.
pub(super) fn each_named(desk: &Desk<'_>, wish: &Wish) -> Option<Vec<(ProductId, Slots)>> {
    let wish = &with_narrowest_kinds(desk, wish);
    if wish.slots.product.len() < 2 || !wish.slots.ordinal.is_empty() {
        return None;
    }
    let single = |item: Item| match item.candidates[..] {
        [one] => Some((one, item.slots)),
        _ => None,
    };
    items_of(desk, wish).into_iter().map(single).collect()
}

/// Puts what is clear on the list of what is wanted, and asks once about everything that is not. Says whether there
/// were several things at all: two words for one product are one.
fn buy_items(desk: &mut Desk<'_>, wish: &Wish, items: Vec<Item>) -> bool {
    let mut named: Vec<ProductId> = items.iter().flat_map(|item| item.candidates.iter().copied()).collect();
    named.sort_unstable();
    named.dedup();
    if named.len() < 2 {
        return false;
    }
    let mut bought: Vec<ProductId> = Vec::new();
    let mut unclear: Vec<ProductId> = Vec::new();
    // What was said of the one thing that is not clear still holds when it is; of several, nobody could tell whose it was.
    let mut said = Slots::default();
    for item in items {
        match item.candidates[..] {
            [] => desk.say(Say::NothingFound { asked: item.asked }),
            [one] if bought.contains(&one) => {}
            [one] => {
                bought.push(one);
                wanting::want(desk, &[one], &item.slots, &wish.text);
            }
            ref several => {
                said = if unclear.is_empty() { item.slots.clone() } else { Slots::default() };
                unclear.extend(several.iter().filter(|id| !unclear.contains(id)).collect::<Vec<_>>());
            }
        }
    }
    unclear.retain(|id| !bought.contains(id));
    if !unclear.is_empty() {
        choosing::ask_which(desk, &unclear, &said, Purpose::Buy);
    }
    true
}

/// The things a wish names, each with its own colour, size and number: the first of each belongs to the first.
fn items_of(desk: &Desk<'_>, wish: &Wish) -> Vec<Item> {
    let slots = &wish.slots;
    let count = slots.product.len();
    let mut sizes: Vec<Size> = slots.size.clone();
    let mut items = Vec::with_capacity(count);
    for (at, kind) in slots.product.iter().enumerate() {
        let colour = if slots.colour.len() == count { slots.colour.get(at) } else { None };
        let candidates = candidates(desk, kind, colour.copied(), wish);
        let offered = |size: &Size| {
            let mut products = candidates.iter().filter_map(|id| desk.product(*id));
            products.any(|p| p.variants.iter().any(|v| v.size == *size))
        };
        let size = match slots.size.len() {
            1 => slots.size.first().filter(|size| offered(size)).cloned(),
            n if n == count => slots.size.get(at).cloned(),
            _ => sizes.iter().position(offered).map(|place| sizes.remove(place)),
        };
        let quantity = match slots.quantity.len() {
            n if n == count => slots.quantity.get(at),
            1 if at == 0 || has_any(&wish.text, &["each", "kila"]) => slots.quantity.first(),
            _ => None,
        };
        let asked = colour.map_or_else(|| kind.clone(), |colour| format!("{} {kind}", colour.name()));
        let slots = Slots {
            product: vec![kind.clone()],
            colour: colour.into_iter().copied().collect(),
            size: size.into_iter().collect(),
            quantity: quantity.into_iter().copied().collect(),
            ..Slots::default()
        };
        items.push(Item { asked, slots, candidates });
    }
    items
}

/// The products of a kind that are for whom the wish says it is.
fn suited(desk: &Desk<'_>, kind: &str, wish: &Wish) -> Option<HashSet<ProductId>> {
    let args = SearchProducts {
        product: vec![kind.to_owned()],
        audience: Some(wish.slots.audience.clone()?),
        include_sold_out: true,
        limit: desk.recall.catalogue.products().len(),
        ..SearchProducts::default()
    };
    Some(search_products(desk, &args).into_iter().filter(|hit| hit.fit == Fit::Exact).map(|hit| hit.product).collect())
}

/// The products that a kind and a colour may mean beside the other words: those at hand before others, those in
/// stock before what is sold out.
fn candidates(desk: &Desk<'_>, kind: &str, colour: Option<Colour>, wish: &Wish) -> Vec<ProductId> {
    let of_kind = reference::kind(desk, &[kind.to_owned()]);
    let mut found: Vec<_> = desk.recall.catalogue.products().iter().filter(|p| of_kind.contains(&p.id)).collect();
    match colour {
        Some(colour) => found.retain(|p| p.colours.contains(&colour)),
        None if found.iter().any(|p| p.colours.iter().any(|c| wish.slots.colour.contains(c))) => {
            found.retain(|p| p.colours.iter().any(|c| wish.slots.colour.contains(c)));
        }
        None => {}
    }
    if found.iter().any(|p| desk.recall.stock.has(p)) {
        found.retain(|p| desk.recall.stock.has(p));
    }
    if let Some(suited) = suited(desk, kind, wish).filter(|suited| found.iter().any(|p| suited.contains(&p.id))) {
        found.retain(|p| suited.contains(&p.id));
    }
    let at_hand = |id: ProductId| desk.dialogue.shown.contains(&id) || desk.dialogue.focus == Some(id);
    if found.iter().any(|p| at_hand(p.id)) {
        found.retain(|p| at_hand(p.id));
    }
    let words = telling_words(&wish.text);
    let named = |name: &str| {
        let name = telling_words(name);
        words.iter().filter(|word| name.iter().any(|n| same_word(n, word))).count()
    };
    let best = found.iter().map(|p| named(&p.name)).max().unwrap_or(0);
    found.retain(|p| named(&p.name) == best);
    found.into_iter().map(|p| p.id).collect()
}
