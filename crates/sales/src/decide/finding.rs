//! What a search goes on from and what it is narrowed by: the kind that is talked of, what a thing has to be like, several
//! kinds in one breath.

use duka_kernel::{Colour, ProductId};
use duka_perception::{Intent, Wish};
use duka_shop::search::Dropped;

use super::{gifts, reference, search};
use crate::{
    desk::{Desk, LIST_LENGTH},
    dialogue::LastSearch,
    say::{Because, Say},
    tools::{SearchProducts, search_products},
    words::{has_any, words},
};

const EVERYTHING: &[&str] = &[
    "best seller",
    "best sellers",
    "bestseller",
    "bestsellers",
    "best selling",
    "whats new",
    "what is new",
    "anything new",
    "whats trending",
    "what is trending",
    "trending",
    "new arrivals",
    "new stock",
    "latest",
    "popular",
    "most popular",
    "whats hot",
    "zinauza sana",
    "zinatrend",
    "nini mpya",
    "mpya gani",
    "kipya",
    "vipya",
    "stock mpya",
    "nini kipya",
    "everything",
    "kila kitu",
    "mnauza nini",
    "mnauzanga nini",
    "mko na nini",
    "uko na nini",
    "mna nini",
    "what do you sell",
    "what do you have",
    "what do u sell",
    "what do u have",
    "catalogue",
    "catalog",
    "katalogi",
];
/// More words than this are about something in particular.
const FEW: usize = 7;

/// "Best sellers?", "whats new", "mnauza nini": a look around, whatever else the words look like.
pub(super) fn looks_around(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    use Intent::{
        AddToCart, Bargain, ClearCart, DiscountCoupon, OptIn, OptOut, RemoveFromCart, ServiceInquiry, ViewCart,
    };
    let elsewhere = matches!(
        wish.intent,
        AddToCart | Bargain | ClearCart | DiscountCoupon | OptIn | OptOut | RemoveFromCart | ServiceInquiry | ViewCart
    );
    const SHOWS: &[&str] =
        &["show", "see", "nionyeshe", "nishow", "onyesha", "what", "whats", "which", "any", "gani", "nini"];
    let elsewhere = elsewhere && !(wish.intent == OptIn && has_any(&wish.text, SHOWS));
    let slots = &wish.slots;
    let particular = !slots.product.is_empty()
        || !slots.colour.is_empty()
        || !slots.size.is_empty()
        || !slots.occasion.is_empty()
        || slots.audience.is_some()
        || slots.price_max.is_some()
        || slots.price_min.is_some();
    if elsewhere || particular || words(&wish.text).len() > FEW || !has_any(&wish.text, EVERYTHING) {
        return false;
    }
    search::browse(desk);
    true
}

/// "Send me photos", after a list: that list with its pictures. Says whether it was that.
pub(super) fn shows_pictures(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    const PICTURES: &[&str] =
        &["photos", "photo", "pictures", "picture", "pics", "pic", "picha", "images", "mapicha", "maphoto", "mapics"];
    const SEND: &[&str] = &[
        "send",
        "share",
        "see",
        "show",
        "nitumie",
        "nitumieni",
        "tuma",
        "tumeni",
        "nione",
        "nionyeshe",
        "nishow",
        "naomba",
        "niekee",
        "nirushie",
        "more",
        "any",
        "have",
        "mna",
        "mko",
        "uko",
        "kuna",
        "iko",
    ];
    let slots = &wish.slots;
    let particular = !slots.product.is_empty() || !slots.colour.is_empty() || !slots.ordinal.is_empty();
    let asks = has_any(&wish.text, PICTURES) && has_any(&wish.text, SEND);
    if !asks || particular || words(&wish.text).len() > FEW {
        return false;
    }
    let shown = match desk.dialogue.focus {
        Some(focus) => vec![focus],
        None => desk.dialogue.shown.clone(),
    };
    if shown.is_empty() {
        search::browse(desk);
    } else {
        desk.show(Because::Asked, &shown, None);
    }
    true
}

/// What is looked for: the last search, or the kind of what has come to be talked of since.
pub(super) fn subject(desk: &Desk<'_>) -> Option<LastSearch> {
    let last = desk.dialogue.search.clone();
    let focus = desk.dialogue.focus.and_then(|id| desk.product(id));
    let Some(product) = focus else { return last };
    let of_kind = LastSearch { product: vec![product.category.clone()], ..LastSearch::default() };
    match last {
        Some(last) if desk.dialogue.gift.is_some() && last.product.is_empty() => Some(last),
        Some(last) if last.product.is_empty() => Some(LastSearch { product: of_kind.product, ..last }),
        Some(last) if last.seen.contains(&product.id) => Some(last),
        Some(last) if reference::kind(desk, &last.product).contains(&product.id) => Some(last),
        _ => Some(of_kind),
    }
}

/// "With sleeves", "something longer": what only some of the kind looked for are like.
pub(super) fn says_what_like(desk: &Desk<'_>, wish: &Wish) -> bool {
    let slots = &wish.slots;
    if !slots.product.is_empty() || !slots.ordinal.is_empty() || words(&wish.text).len() > FEW {
        return false;
    }
    let Some(last) = subject(desk).filter(|last| !last.product.is_empty()) else { return false };
    let of_kind: Vec<ProductId> = reference::kind(desk, &last.product).into_iter().collect();
    let like = desk.recall.catalogue.called_among(&wish.text, &of_kind);
    !like.is_empty() && like.len() < of_kind.len()
}

/// Of the products found, those that the words call by name or say what they are like.
pub(super) fn as_called(desk: &Desk<'_>, text: &str, found: Vec<ProductId>) -> Vec<ProductId> {
    let called = desk.recall.catalogue.called_among(text, &found);
    if called.is_empty() { found } else { called }
}

/// "A black dress up to 2,500 and heels in 38": each kind is looked for by itself, with what can be said of it, and both
/// are shown. Says whether several were asked for and any is there.
pub(super) fn each_kind(desk: &mut Desk<'_>, wanted: &LastSearch) -> bool {
    if wanted.product.len() < 2 || gifts::is_open(desk, wanted) {
        return false;
    }
    let wanted = &narrowest(desk, wanted);
    if wanted.product.len() < 2 {
        return false;
    }
    let mut found: Vec<Vec<ProductId>> = Vec::new();
    let mut missing: Vec<String> = Vec::new();
    let (mut within, mut exact) = (true, true);
    for (at, kind) in wanted.product.iter().enumerate() {
        let one = of_kind(desk, wanted, at, kind);
        let free = LastSearch { price_max: None, price_min: None, ..one.clone() };
        match best_of(desk, &one).or_else(|| best_of(desk, &free).inspect(|_| within = false)) {
            Some(products) => found.push(products),
            None => match nearest_of(desk, &free) {
                Some(products) => {
                    exact = false;
                    found.push(products);
                }
                None => missing.push(kind.clone()),
            },
        }
    }
    if found.is_empty() {
        return false;
    }
    let most = found.iter().map(Vec::len).max().unwrap_or(0);
    let mut products: Vec<ProductId> = Vec::new();
    for turn in 0..most {
        products.extend(
            found
                .iter()
                .filter_map(|of_kind| of_kind.get(turn))
                .filter(|id| !products.contains(id))
                .collect::<Vec<_>>(),
        );
    }
    products.truncate(LIST_LENGTH);
    if !missing.is_empty() {
        desk.say(Say::NothingFound { asked: missing.join(", ") });
    }
    let budget = wanted.price_max.filter(|_| within && wanted.price_min.is_none());
    desk.dialogue.search = Some(LastSearch { seen: products.clone(), ..wanted.clone() });
    desk.show(if exact { Because::Asked } else { Because::Near(Vec::new()) }, &products, budget);
    true
}

/// "Shoes, heels": one thing said twice.
fn narrowest(desk: &Desk<'_>, wanted: &LastSearch) -> LastSearch {
    let kinds: Vec<_> = wanted.product.iter().map(|kind| reference::kind(desk, std::slice::from_ref(kind))).collect();
    let is_wider = |at: &usize| {
        let narrower = |(i, other): (usize, &std::collections::HashSet<ProductId>)| {
            let same_before = other == &kinds[*at] && i < *at;
            i != *at && !other.is_empty() && other.is_subset(&kinds[*at]) && (other != &kinds[*at] || same_before)
        };
        kinds.iter().enumerate().any(narrower)
    };
    let product = (0..kinds.len()).filter(|at| !is_wider(at)).map(|at| wanted.product[at].clone()).collect();
    LastSearch { product, ..wanted.clone() }
}

/// The part of a search that is about one of its kinds: sizes it comes in, colours it has, its own place among the colours.
fn of_kind(desk: &Desk<'_>, wanted: &LastSearch, at: usize, kind: &String) -> LastSearch {
    let ids = reference::kind(desk, std::slice::from_ref(kind));
    let of = || ids.iter().filter_map(|id| desk.product(*id));
    let has = |colour: &Colour| of().any(|p| p.colours.contains(colour));
    let colours: Vec<Colour> = match wanted.colours.get(at) {
        Some(own) if wanted.colours.len() == wanted.product.len() => vec![*own],
        _ => wanted.colours.iter().copied().filter(has).collect(),
    };
    let sizes = wanted.sizes.iter().filter(|size| of().any(|p| p.variants.iter().any(|v| v.size == **size)));
    LastSearch { product: vec![kind.clone()], colours, sizes: sizes.cloned().collect(), ..wanted.clone() }
}

fn best_of(desk: &Desk<'_>, wanted: &LastSearch) -> Option<Vec<ProductId>> {
    let (products, because) = search::fitting(&search_products(desk, &SearchProducts::from(wanted)));
    (because == Because::Asked && !products.is_empty()).then(|| as_called(desk, &wanted.text, products))
}

fn nearest_of(desk: &Desk<'_>, wanted: &LastSearch) -> Option<Vec<ProductId>> {
    let (products, because) = search::fitting(&search_products(desk, &SearchProducts::from(wanted)));
    let other_kind = matches!(&because, Because::Near(dropped) if dropped.contains(&Dropped::Type));
    (!products.is_empty() && !other_kind).then_some(products)
}

const WHICH_COLOURS: &[&str] = &[
    "rangi gani",
    "rangi zipi",
    "rangi zingine",
    "rangi ingine",
    "rangi nyingine",
    "rangi ngapi",
    "other colours",
    "other colors",
    "which colours",
    "which colors",
    "what colours",
    "what colors",
    "what colour",
    "what color",
    "which colour",
    "which color",
    "colours available",
    "colors available",
    "available colours",
    "available colors",
    "color gani",
    "colour gani",
    "colors gani",
    "colours gani",
    "color zingine",
    "colors zingine",
    "more colours",
    "more colors",
    "different colours",
    "different colors",
    "another colour",
    "another color",
    "color ingine",
];
const WHICH_SIZES: &[&str] = &[
    "which sizes",
    "what sizes",
    "available sizes",
    "sizes available",
    "sizes do you",
    "size gani ziko",
    "size gani zipo",
    "size gani iko",
    "ina size gani",
    "zina size gani",
    "iko na size gani",
    "ziko na size gani",
    "iko na sizes gani",
    "sizes gani",
    "ziko size gani",
    "iko size gani",
    "zipo size gani",
    "size zipi",
    "size ngapi",
    "mko na size gani",
    "mna size gani",
    "size zenye ziko",
];
const FOR_ME: &[&str] =
    &["nivae", "itanifit", "itanifaa", "inanifaa", "nichukue", "should i", "for me", "fits me", "fit me"];

/// Which sizes or colours there are of what is talked of: read from the catalogue. Says whether that was asked.
pub(super) fn which_there_are(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    let slots = &wish.slots;
    let colours = slots.colour.is_empty() && has_any(&wish.text, WHICH_COLOURS);
    let text = wish.text.to_lowercase().replace("saizi", "size");
    let sizes = slots.size.is_empty() && has_any(&text, WHICH_SIZES) && !has_any(&wish.text, FOR_ME);
    if !colours && !sizes {
        return false;
    }
    let wanted = desk.dialogue.wanted.first().map(|wanted| wanted.product).filter(|_| slots.product.is_empty());
    let meant: Vec<ProductId> = match wanted.map_or_else(|| reference::resolve(desk, wish, None), one) {
        reference::Reference::These(products) | reference::Reference::OneOf(products) => products,
        reference::Reference::Nothing => reference::by_name(desk, wish),
    };
    let products: Vec<_> = meant.iter().filter_map(|id| desk.product(*id)).collect();
    let Some(first) = products.first().copied() else { return false };
    if colours {
        let mut there: Vec<Colour> = products.iter().flat_map(|p| p.colours.iter().copied()).collect();
        let mut seen = std::collections::HashSet::new();
        there.retain(|colour| seen.insert(*colour));
        if there.is_empty() {
            return false;
        }
        let name = (products.len() == 1).then(|| first.name.clone());
        desk.say(Say::ColoursThere { name, colours: there });
    } else if products.len() == 1 {
        super::inquiries::say_stock(desk, first.id, &duka_perception::Slots::default());
        return true;
    } else {
        return false;
    }
    super::choosing::under_discussion(desk, &meant);
    true
}

fn one(product: ProductId) -> reference::Reference {
    reference::Reference::These(vec![product])
}

/// The kinds that a text says are not wanted: "clothes, not shoes", "nguo tu si viatu", "something not a dress".
pub(super) fn kinds_ruled_out(desk: &Desk<'_>, text: &str) -> Vec<String> {
    const NOT: &[&str] =
        &["not", "no", "si", "sio", "siyo", "except", "isipokuwa", "zi", "without", "bila", "isiwe", "zisiwe"];
    const BETWEEN: &[&str] = &["a", "an", "the", "any", "ya", "za", "more", "hizo"];
    let said = words(text);
    let mut kinds = Vec::new();
    for (at, word) in said.iter().enumerate() {
        // "No, the dress" refuses something else; "no dresses" this.
        let refuses_else = at == 0 && (word == "no" || word == "si" && !has_any(text, &["tu", "only", "pekee"]));
        if !NOT.contains(&word.as_str()) || refuses_else {
            continue;
        }
        let skipped = said[at + 1..].iter().take_while(|word| BETWEEN.contains(&word.as_str())).count();
        let after = said[at + 1 + skipped..].iter().take(2).cloned().collect::<Vec<_>>().join(" ");
        let first = desk.recall.catalogue.kinds_named(&after).into_iter().find(|n| after.starts_with(&n.written));
        kinds.extend(first.filter(|n| !n.wide).map(|n| n.kind));
    }
    kinds
}

/// Whether a product belongs to what is looked for.
pub(super) fn is_of_subject(desk: &Desk<'_>, product: ProductId) -> bool {
    subject(desk).is_none_or(|last| last.product.is_empty() || reference::kind(desk, &last.product).contains(&product))
}
