//! Something for somebody else: ideas within the budget, and nothing of it taken for the customer's own size or taste.

use duka_kernel::ProductId;
use duka_perception::{Intent, Perception, Slots, Wish};
use duka_shop::search::Fit;

use super::{documents, reading, search};
use crate::{
    desk::Desk,
    dialogue::{Gift, LastSearch},
    effect::{CustomerChange, Effect},
    say::Because,
    tools::{SearchProducts, search_products},
    words::{has_any, telling_words, words},
};

/// How many ideas are shown at once.
const IDEAS: usize = 4;
/// After this long, what is looked for is the customer's own again.
const HOURS: i64 = 12;

const GIFT: &[&str] = &[
    "gift",
    "gifts",
    "a present",
    "birthday present",
    "surprise for",
    "zawadi ya",
    "zawadi kwa",
    "zawadi for",
    "zawadi gani",
    "kumnunulia",
    "nimnunulie",
    "namnunulia",
    "nimbuyie",
    "kumbuyia",
];
/// What somebody is to the customer, for whom that is, and the words for it.
const PEOPLE: [(&str, Option<&str>, &[&str]); 11] = [
    ("mother", Some("women"), &["mum", "mom", "mother", "mama", "mamangu", "mathe", "mums", "moms", "mothers"]),
    ("wife", Some("women"), &["wife", "wifey", "mke", "bibi", "wifes"]),
    ("girlfriend", Some("women"), &["girlfriend", "gf", "dem", "manzi", "fiancee"]),
    ("sister", Some("women"), &["sister", "sis", "dada", "dadangu", "sistake", "sisters"]),
    ("aunt", Some("women"), &["aunt", "auntie", "aunty", "shangazi"]),
    ("grandmother", Some("women"), &["grandmother", "grandma", "shosh", "shosho", "cucu", "nyanya"]),
    ("husband", Some("men"), &["husband", "hubby", "mume", "husbands"]),
    ("boyfriend", Some("men"), &["boyfriend", "bf", "chali", "fiance"]),
    ("father", Some("men"), &["dad", "father", "baba", "babangu", "fathe", "mzae", "dads"]),
    ("brother", Some("men"), &["brother", "bro", "kaka", "kakangu", "broda", "brothers"]),
    ("friend", None, &["friend", "rafiki", "beshte", "bestie"]),
];
/// Words that, before or after one for a person, make it somebody and not the shop that is spoken to.
const BEFORE: &[&str] = &["my", "for", "ya", "wa", "kwa", "a", "for my", "kwa ajili ya"];
const AFTER: &[&str] = &["wangu", "yangu", "yake"];
const FOR_ME: &[&str] =
    &["for me", "for myself", "my own", "yangu mwenyewe", "yangu binafsi", "ni yangu", "ni ya mimi", "for mimi"];

/// Notes for whom it is, if the words say so.
pub(super) fn note(desk: &mut Desk<'_>, perception: &Perception) {
    let old = |gift: &Gift| desk.recall.now.millis_since(gift.since) > HOURS * 3_600_000;
    if desk.dialogue.gift.as_ref().is_some_and(old) {
        desk.dialogue.gift = None;
    }
    let shopping = |w: &Wish| {
        use Intent::{
            AddToCart, Availability, PriceInquiry, ProductSearch, RepeatUnclear, SelectOption, SizeAdvice,
            SmalltalkOfftopic, WholesaleInquiry,
        };
        matches!(
            w.intent,
            AddToCart
                | Availability
                | PriceInquiry
                | ProductSearch
                | RepeatUnclear
                | SelectOption
                | SizeAdvice
                | SmalltalkOfftopic
                | WholesaleInquiry
        )
    };
    let Some(wish) = perception.wishes.iter().find(|w| shopping(w)) else { return };
    if has_any(&wish.text, FOR_ME) {
        desk.dialogue.gift = None;
        return;
    }
    let person = person(&wish.text);
    if person.is_none() && !is_gift(desk, wish) {
        return;
    }
    let before = desk.dialogue.gift.take();
    let relation = person.map(|(relation, _)| relation.to_owned());
    let audience = person.and_then(|(_, audience)| audience).map(str::to_owned);
    if let Some(relation) = &relation
        && desk.recall.customer.facts.get("buys_for") != Some(relation)
    {
        desk.effect(Effect::Customer(CustomerChange::Fact { name: "buys_for".into(), value: relation.clone() }));
    }
    desk.dialogue.gift = Some(Gift {
        relation: relation.or_else(|| before.as_ref().and_then(|gift| gift.relation.clone())),
        audience: audience
            .or_else(|| wish.slots.audience.clone())
            .or_else(|| before.as_ref().and_then(|gift| gift.audience.clone())),
        since: desk.recall.now,
    });
}

/// Somebody who belongs to the customer, and for whom that is.
fn person(text: &str) -> Option<(&'static str, Option<&'static str>)> {
    let said = words(text);
    let is_somebody = |at: usize| {
        let before = at.checked_sub(1).and_then(|at| said.get(at)).is_some_and(|w| BEFORE.contains(&w.as_str()));
        let after = said.get(at + 1).is_some_and(|w| AFTER.contains(&w.as_str()));
        before || after || said[at].ends_with("angu")
    };
    let named = |words: &[&str]| (0..said.len()).any(|at| words.contains(&said[at].as_str()) && is_somebody(at));
    PEOPLE.iter().find(|(_, _, words)| named(words)).map(|(relation, audience, _)| (*relation, *audience))
}

/// Whether a gift is asked for. A product may be called "Zawadi": the word alone is one only where nothing is named.
fn is_gift(desk: &Desk<'_>, wish: &Wish) -> bool {
    let bare = has_any(&wish.text, &["zawadi", "present"]) && wish.slots.product.is_empty();
    let asks = has_any(&wish.text, &["nataka", "natafuta", "naomba", "nahitaji", "need", "looking for", "want"]);
    let others = telling_words(&wish.text).into_iter().filter(|word| word != "zawadi" && word != "present");
    let names = others.flat_map(|word| desk.recall.catalogue.known_as(&word)).next().is_some();
    has_any(&wish.text, GIFT) || (bare && asks && !names && wish.slots.colour.is_empty())
}

/// Shows ideas where a gift is asked for and no kind of thing is named. Says whether that was it.
pub(super) fn ideas(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    if says_their_size(desk, wish) {
        return true;
    }
    use Intent::{Availability, ProductSearch, RepeatUnclear, SelectOption, SmalltalkOfftopic};
    let open = matches!(wish.intent, Availability | ProductSearch | RepeatUnclear | SelectOption | SmalltalkOfftopic);
    let asked = person(&wish.text).is_some() || is_gift(desk, wish);
    let names = !wish.slots.product.is_empty() || !wish.slots.ordinal.is_empty();
    if !open || names || !asked || desk.dialogue.gift.is_none() {
        return false;
    }
    // "Do you wrap gifts?" has the shop's own answer.
    if !(reading::prefers_faq(wish) && documents::own_answer(desk, &wish.text)) {
        search::search(desk, wish);
    }
    true
}

/// "She wears L".
fn says_their_size(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    const WEARS: &[&str] =
        &["she wears", "he wears", "they wear", "she is a", "hes a", "shes a", "anavaa", "huvaa", "huvaanga"];
    if desk.dialogue.gift.is_none() || !wish.slots.product.is_empty() || !has_any(&wish.text, WEARS) {
        return false;
    }
    let letter = |word: &String| Some(duka_kernel::Size::parse(word)).filter(|size| size.rank().0 == 0);
    let said = wish.slots.size.first().cloned().or_else(|| words(&wish.text).iter().find_map(letter));
    let Some(size) = said else { return false };
    narrows(desk, &Slots { size: vec![size], ..Slots::default() })
}

/// Whether a search is for a gift of any kind.
pub(super) fn is_open(desk: &Desk<'_>, search: &LastSearch) -> bool {
    desk.dialogue.gift.is_some() && search.product.is_empty() && !search.cheapest_first
}

/// A few things of different kinds that would do, within what was said of them: those that need no size first.
pub(super) fn show(desk: &mut Desk<'_>, search: LastSearch) {
    let audience = search.audience.clone().or_else(|| desk.dialogue.gift.as_ref()?.audience.clone());
    let search = LastSearch { text: String::new(), audience, ..search };
    let everything = desk.recall.catalogue.products().len();
    let args = SearchProducts { limit: everything, ..SearchProducts::from(&search) };
    let hits = search_products(desk, &args);
    let exact: Vec<ProductId> = hits.iter().filter(|hit| hit.fit == Fit::Exact).map(|hit| hit.product).collect();
    let Some(first) = hits.first() else { return search::browse(desk) };
    let (found, because) = match &first.fit {
        Fit::Relaxed(dropped) if exact.is_empty() => {
            (hits.iter().map(|hit| hit.product).collect(), Because::Near(dropped.clone()))
        }
        _ => (exact, Because::Gift),
    };
    let products = varied(desk, &found, &search);
    let budget = search.price_max.filter(|_| search.price_min.is_none());
    let mut seen = search.seen.clone();
    seen.extend_from_slice(&products);
    desk.dialogue.search = Some(LastSearch { seen, ..search });
    desk.show(because, &products, budget);
}

/// One of each kind in turn; what nobody has to know a size for comes first, and what makes good use of the budget.
fn varied(desk: &Desk<'_>, found: &[ProductId], search: &LastSearch) -> Vec<ProductId> {
    let budget = search.price_max.map(|most| most.minor);
    let mut ranked: Vec<_> = found.iter().filter_map(|id| desk.product(*id)).collect();
    // Where the size is known there is nothing to go by but the rest.
    let sized = |p: &duka_shop::Product| {
        search.sizes.is_empty() && !desk.recall.stock.sizes_of(p).iter().all(duka_kernel::Size::is_one)
    };
    let modest = |price: i64| budget.is_some_and(|budget| price * 3 < budget);
    // For a man what is made for men comes first: most of the rest is for anybody.
    let for_men = search.audience.as_deref() == Some("men");
    let made_for = |p: &duka_shop::Product| {
        for_men
            && words(&p.name).iter().chain(&p.tags).any(|word| matches!(word.to_lowercase().as_str(), "men" | "mens"))
    };
    ranked.sort_by_key(|p| (!made_for(p), modest(desk.price(p).minor), sized(p)));
    let mut kinds: Vec<&str> = Vec::new();
    let mut chosen = Vec::new();
    for product in &ranked {
        let kind = product.category.split('/').next().unwrap_or_default();
        if !kinds.contains(&kind) && chosen.len() < IDEAS {
            kinds.push(kind);
            chosen.push(product.id);
        }
    }
    for product in &ranked {
        if chosen.len() < IDEAS && !chosen.contains(&product.id) {
            chosen.push(product.id);
        }
    }
    chosen
}

/// A size said of the one the gift is for narrows what is shown. Says whether that was it.
pub(super) fn narrows(desk: &mut Desk<'_>, slots: &Slots) -> bool {
    let Some(last) = desk.dialogue.search.clone() else { return false };
    let choosing = desk.dialogue.wanted.is_empty() && desk.dialogue.shown.len() > 1;
    if desk.dialogue.gift.is_none() || !choosing || slots.size.is_empty() || !slots.ordinal.is_empty() {
        return false;
    }
    keep_size(desk, slots);
    let looked_for = LastSearch { sizes: slots.size.clone(), seen: Vec::new(), ..last };
    search::run(desk, looked_for, "");
    true
}

/// The size of somebody else is kept as theirs.
pub(super) fn keep_size(desk: &mut Desk<'_>, slots: &Slots) {
    let relation = desk.dialogue.gift.as_ref().and_then(|gift| gift.relation.clone());
    if let (Some(relation), Some(size)) = (relation, slots.size.first()) {
        let (name, value) = (format!("size_of.{relation}"), size.to_string());
        desk.effect(Effect::Customer(CustomerChange::Fact { name, value }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn somebody_elses_are_told_from_the_shopkeeper() {
        for (text, relation) in [
            ("something for my mum", Some("mother")),
            ("zawadi ya mama", Some("mother")),
            ("nataka ya mamangu", Some("mother")),
            ("mama, una dress nyekundu?", None),
            ("sis, do you have heels?", None),
            ("for my boyfriend", Some("boyfriend")),
            ("nguo ya dada yangu", Some("sister")),
        ] {
            assert_eq!(person(text).map(|(relation, _)| relation), relation, "{text}");
        }
    }
}
