//! What a message calls things, in the shop's own terms: its dictionary knows finer kinds than the reading of a sentence
//! does, and its catalogue has names that no dictionary has.

use duka_kernel::ProductId;
use duka_perception::{Intent, Wish};
use duka_shop::search::NamedKind;

use super::{finding, reading, reference};
use crate::{
    desk::Desk,
    words::{has_any, same_word, telling_words, words},
};

/// Words that ask whether something is sold at all.
const ASKS_FOR: &[&str] = &[
    "do you have",
    "do u have",
    "you have",
    "have you got",
    "do you sell",
    "you sell",
    "any",
    "got",
    "mna",
    "mnauza",
    "mko na",
    "uko na",
    "iko",
    "kuna",
    "mnazo",
    "unauza",
    "na",
    "je",
    "nataka",
    "natafuta",
    "naomba",
    "nipe",
    "need",
    "want",
    "looking for",
];
const ALSO: &[&str] = &["and", "na", "plus", "pia", "also", "with", "pamoja na"];
/// More words than this are a sentence about something else.
const FEW: usize = 6;

/// The wish with the kinds its words name as the shop calls them.
pub(super) fn in_own_terms(desk: &Desk<'_>, wish: &Wish) -> Wish {
    let mut read = wish.clone();
    let guessed = wish.confidence < reading::GUESS;
    if !may_name(wish.intent) && !guessed && !asks_for_a_thing(wish) {
        return read;
    }
    let mut named = desk.recall.catalogue.kinds_named(&wish.text);
    let ruled_out = finding::kinds_ruled_out(desk, &wish.text);
    if !ruled_out.is_empty() {
        let unwanted = reference::kind(desk, &ruled_out);
        named.retain(|n| !ruled_out.contains(&n.kind));
        let wanted = |kind: &String| !reference::kind(desk, std::slice::from_ref(kind)).is_subset(&unwanted);
        read.slots.product.retain(wanted);
    }
    let heard = read.slots.product.clone();
    let things: Vec<&NamedKind> = named.iter().filter(|n| !n.wide).collect();
    read.slots.product =
        if heard.is_empty() { unheard(desk, wish, &named) } else { finer(desk, &heard, &things, &wish.text) };
    // "Na miwani", "simu mnauza": asked for, whatever else it looked like. "Those sneakers" may point at what is shown.
    let named_now = wish.slots.product.is_empty() && !read.slots.product.is_empty() && wish.slots.ordinal.is_empty();
    let asks = match wish.intent {
        Intent::SmalltalkOfftopic | Intent::RepeatUnclear => true,
        Intent::SelectOption => !named.iter().any(|n| n.sold && !n.wide),
        Intent::HumanHandoff => asks_for_a_thing(wish),
        _ => guessed && !may_name(wish.intent) && (words(&wish.text).len() <= 2 || has_any(&wish.text, ASKS_FOR)),
    };
    if named_now && asks {
        read.intent = Intent::ProductSearch;
        read.confidence = read.confidence.max(reading::UNSURE);
    }
    read
}

/// "Mna simu?" asks for telephones, not for somebody to call.
fn asks_for_a_thing(wish: &Wish) -> bool {
    const SOLD: &[&str] = &["mna", "mnauza", "mko na", "uko na", "do you sell", "do you have"];
    wish.intent == Intent::HumanHandoff && words(&wish.text).len() <= 3 && has_any(&wish.text, SOLD)
}

fn may_name(intent: Intent) -> bool {
    use Intent::{
        Bargain, ChooseSize, Exchange, RemoveFromCart, RepeatUnclear, SelectOption, SizeAdvice, SmalltalkOfftopic,
        UpdateQuantity,
    };
    reading::about_goods(intent)
        || matches!(
            intent,
            Bargain
                | ChooseSize
                | Exchange
                | RemoveFromCart
                | RepeatUnclear
                | SelectOption
                | SizeAdvice
                | SmalltalkOfftopic
                | UpdateQuantity
        )
}

/// The kinds named where none was heard: what is sold before what is not, things before what only holds things together.
fn unheard(desk: &Desk<'_>, wish: &Wish, named: &[NamedKind]) -> Vec<String> {
    let of = |keep: &dyn Fn(&&NamedKind) -> bool| -> Vec<String> {
        named.iter().filter(keep).map(|n| n.kind.clone()).collect()
    };
    let sold = of(&|n| n.sold && !n.wide);
    if !sold.is_empty() {
        return sold;
    }
    let goods = reading::about_goods(wish.intent);
    let said = words(&wish.text);
    let alone = wish.confidence < reading::GUESS && said.len() <= 2;
    if goods || alone || (said.len() <= FEW && has_any(&wish.text, ASKS_FOR)) {
        let missing = of(&|n| !n.wide && !is_a_trait(desk, &n.written) && !is_a_service(desk, &n.written));
        if !missing.is_empty() {
            return missing;
        }
    }
    if !goods {
        return Vec::new();
    }
    let wide = of(&|n| n.sold && n.wide);
    if wide.is_empty() { categories(desk, wish) } else { wide }
}

/// A word that tells what something sold is like: the laptop that a bag holds.
fn is_a_trait(desk: &Desk<'_>, word: &str) -> bool {
    desk.recall.catalogue.products().iter().any(|product| {
        let texts = [&product.name, &product.description];
        texts.iter().any(|text| words(text).iter().any(|known| same_word(known, word)))
    })
}

/// What is done here rather than sold: braids in a salon.
fn is_a_service(desk: &Desk<'_>, word: &str) -> bool {
    desk.recall.services.iter().any(|service| words(&service.name).iter().any(|known| same_word(known, word)))
}

/// What a shop sells may be in no dictionary: its categories by their own names.
fn categories(desk: &Desk<'_>, wish: &Wish) -> Vec<String> {
    let said = telling_words(&wish.text);
    let mut categories: Vec<&str> = desk.recall.catalogue.products().iter().map(|p| p.category.as_str()).collect();
    categories.sort_unstable();
    categories.dedup();
    let kinds = categories.iter().flat_map(|c| c.split('/'));
    let named = kinds.filter(|kind| said.iter().any(|w| same_word(w, &kind.to_lowercase())));
    let mut named: Vec<String> = named.map(str::to_lowercase).collect();
    named.dedup();
    named
}

/// The kinds heard, each as fine as it was named: a kanzu is no dress, palazzos are not all trousers. What was named
/// beside them and not heard is added.
fn finer(desk: &Desk<'_>, heard: &[String], things: &[&NamedKind], text: &str) -> Vec<String> {
    let products = |kind: &str| reference::kind(desk, &[kind.to_owned()]);
    let named: Vec<_> = things.iter().map(|n| (*n, products(&n.kind))).collect();
    let mut used = vec![false; named.len()];
    let mut read: Vec<String> = Vec::with_capacity(heard.len());
    for kind in heard {
        let own = products(kind);
        let within = named.iter().position(|(_, of)| !of.is_empty() && of.is_subset(&own));
        let apart = match &named[..] {
            [(_, of)] if heard.len() == 1 && of.is_disjoint(&own) => Some(0),
            _ => None,
        };
        match within.or(apart).filter(|at| !used[*at]) {
            Some(at) => {
                used[at] = true;
                let (thing, of) = &named[at];
                read.push(if *of == own { kind.clone() } else { thing.kind.clone() });
            }
            // "Skirt ya jeans": the jeans heard are its cloth.
            None if things.len() < heard.len() && things.iter().any(|n| n.kind.contains(' ')) => {}
            None => read.push(kind.clone()),
        }
    }
    let taken: std::collections::HashSet<ProductId> = read.iter().flat_map(|kind| products(kind)).collect();
    for ((thing, of), used) in named.iter().zip(used) {
        if !used && thing.sold && of.is_disjoint(&taken) && has_any(text, ALSO) {
            read.push(thing.kind.clone());
        }
    }
    read
}

/// The customer's own words for what a wish names: nobody asked for "sunglasses" who wrote *miwani*.
pub(super) fn as_written(desk: &Desk<'_>, wish: &Wish) -> String {
    /// More words than this are a sentence and no name.
    const NAME: usize = 3;
    let named = desk.recall.catalogue.kinds_named(&wish.text);
    let written: Vec<String> = named.iter().filter(|n| !n.wide).map(|n| n.written.clone()).collect();
    if !written.is_empty() {
        return written.join(", ");
    }
    if !wish.slots.product.is_empty() {
        return wish.slots.product.join(", ");
    }
    let said = telling_words(&wish.text);
    let plain = !wish.text.contains('?') && (1..=NAME).contains(&said.len()) && !has_any(&wish.text, ASKING);
    if plain { said.join(" ") } else { String::new() }
}

/// Words of a question, which are the name of nothing.
const ASKING: &[&str] = &[
    "what",
    "which",
    "how",
    "much",
    "many",
    "where",
    "when",
    "why",
    "who",
    "everything",
    "anything",
    "something",
    "last",
    "time",
    "same",
    "more",
    "other",
    "ngapi",
    "gani",
    "nini",
    "wapi",
    "lini",
    "aje",
    "vipi",
    "pesa",
    "doh",
    "hela",
    "shilingi",
    "kitu",
    "vitu",
    "kila",
    "catalogue",
    "catalog",
    "picha",
    "photo",
    "photos",
    "picture",
    "pictures",
    "link",
    "nitumie",
    "send",
    "nishow",
    "longer",
    "shorter",
    "bigger",
    "smaller",
    "cheaper",
];
