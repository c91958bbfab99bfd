//! Words that change what is looked for: "not black", "from the cheapest", "around 2,500".

use duka_kernel::{Colour, Size};
use duka_perception::{Intent, Wish};
use duka_shop::search::colour_named;

use super::{finding, reference, search};
use crate::{
    desk::Desk,
    dialogue::LastSearch,
    words::{has_any, words},
};

const NOT: &[&str] = &[
    "not",
    "no",
    "except",
    "without",
    "dont",
    "hate",
    "isipokuwa",
    "sitaki",
    "sipendi",
    "si",
    "sio",
    "siyo",
    "zi",
    "hapana",
    "isikuwe",
    "isiwe",
    "zisiwe",
    "other than",
    "colour but",
    "color but",
    "rangi yoyote lakini",
];
/// Words between the "not" and the colour.
const BETWEEN: &[&str] = &[
    "the", "a", "any", "in", "too", "so", "color", "colour", "rangi", "ya", "za", "ile", "zile", "hiyo", "like",
    "want", "show", "me", "dress", "ones", "one", "kitu",
];
const AND: &[&str] = &["and", "or", "na", "ama", "au", "nor", "wala"];
const BY_PRICE: &[&str] = &[
    "sort by price",
    "order by price",
    "by price",
    "cheapest first",
    "from cheapest",
    "from the cheapest",
    "starting with the cheapest",
    "lowest to highest",
    "low to high",
    "lowest price first",
    "panga kwa bei",
    "panga na bei",
    "zipange kwa bei",
    "kuanzia ya bei ya chini",
    "kuanzia bei ya chini",
    "kuanzia rahisi",
    "anza na ya bei ya chini",
    "anza na cheap",
];
const AROUND: &[&str] =
    &["around", "roughly", "approximately", "approx", "thereabouts", "more or less", "takriban", "karibu na", "hivi"];
const BIG: &[&str] = &[
    "big size",
    "bigger size",
    "big sizes",
    "plus size",
    "plus sizes",
    "plus sized",
    "large sizes",
    "big body",
    "big bodied",
    "big lady",
    "big woman",
    "size kubwa",
    "saizi kubwa",
    "sizes kubwa",
    "mnene",
    "mnono",
    "bonge",
    "body kubwa",
    "mwili mkubwa",
    "plus",
];

/// The colours a text says are not wanted, and its other words.
fn unwanted(text: &str) -> (Vec<Colour>, String) {
    let said = words(&text.to_lowercase().replace("no,", " ").replace("hapana,", " "));
    let mut colours = Vec::new();
    let mut left = Vec::new();
    let mut at = 0;
    while at < said.len() {
        match negated(&said[at..]) {
            Some((found, length)) => {
                colours.extend(found);
                at += length;
            }
            None => {
                left.push(said[at].clone());
                at += 1;
            }
        }
    }
    (colours, left.join(" "))
}

/// A "not" with the colours it rules out, and how many words that takes.
fn negated(said: &[String]) -> Option<(Vec<Colour>, usize)> {
    let is_not = |length: usize| said.get(..length).is_some_and(|first| NOT.contains(&first.join(" ").as_str()));
    let mut at = (1..=3).rev().find(|length| is_not(*length))?;
    // "No, the black one" is no "no black".
    let bare = matches!(said[0].as_str(), "si" | "no" | "zi" | "hapana");
    let between: &[&str] = if bare { &["ya", "za"] } else { BETWEEN };
    let skipped = said[at..].iter().take(3).take_while(|word| between.contains(&word.as_str())).count();
    at += skipped;
    let mut colours = vec![colour_named(said.get(at)?)?];
    at += 1;
    loop {
        let joined = said.get(at).is_some_and(|word| AND.contains(&word.as_str()));
        let again = usize::from(said.get(at + 1).is_some_and(|word| NOT.contains(&word.as_str())));
        let next = said.get(at + 1 + again).and_then(|word| colour_named(word)).filter(|_| joined);
        let Some(colour) = next else { return Some((colours, at)) };
        colours.push(colour);
        at += 2 + again;
    }
}

/// The wish without the colours that it rules out.
pub(super) fn without_unwanted(mut wish: Wish) -> Wish {
    let (colours, _) = unwanted(&wish.text);
    wish.slots.colour.retain(|colour| !colours.contains(colour));
    wish
}

/// Looks again, or for something else, without the colours ruled out or in another order, whatever else the words look
/// like. Says whether that was it.
pub(super) fn refines(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    use Intent::{CancelOrder, ClearCart, Complaint, Exchange, RemoveFromCart, ReturnRefund, UpdateQuantity};
    let elsewhere = matches!(
        wish.intent,
        CancelOrder | ClearCart | Complaint | Exchange | RemoveFromCart | ReturnRefund | UpdateQuantity
    );
    if elsewhere || !wish.slots.ordinal.is_empty() || !desk.dialogue.wanted.is_empty() {
        return false;
    }
    let by_price = has_any(&wish.text, BY_PRICE);
    let (colours, left) = unwanted(&wish.text);
    let looks = matches!(
        wish.intent,
        Intent::Availability
            | Intent::Deny
            | Intent::ProductSearch
            | Intent::RepeatUnclear
            | Intent::SelectOption
            | Intent::SmalltalkOfftopic
    );
    let kinds = if looks { finding::kinds_ruled_out(desk, &wish.text) } else { Vec::new() };
    if (!by_price && colours.is_empty() && kinds.is_empty()) || !wish.slots.colour.is_empty() {
        return false;
    }
    // "Clothes, not shoes" of the black things up to 3,000 that were shown: the rest still holds.
    let last = desk.dialogue.search.clone().filter(|_| wish.slots.product.is_empty() || !kinds.is_empty());
    let mut looked_for = match last {
        Some(last) => LastSearch { seen: Vec::new(), ..last },
        None if wish.slots.product.is_empty() && by_price => return false,
        None => LastSearch { text: left, ..search::from_wish(desk, wish) },
    };
    looked_for.not_colours.extend(colours);
    if !kinds.is_empty() {
        if !wish.slots.product.is_empty() {
            looked_for.product.clone_from(&wish.slots.product);
        }
        let unwanted = reference::kind(desk, &kinds);
        looked_for.product.retain(|kind| !reference::kind(desk, std::slice::from_ref(kind)).is_subset(&unwanted));
        looked_for.not_kinds.extend(kinds);
    }
    looked_for.cheapest_first |= by_price;
    search::run(desk, looked_for, &super::naming::as_written(desk, wish));
    true
}

/// "Around 2,500" is a little less to a little more.
pub(super) fn around(search: &mut LastSearch) {
    let (Some(budget), None) = (search.price_max, search.price_min) else { return };
    if has_any(&search.text, AROUND) {
        search.price_min = Some(duka_kernel::Money::from_minor(budget.minor / 10 * 7, budget.currency));
        search.price_max =
            Some(duka_kernel::Money::from_minor(budget.minor.saturating_add(budget.minor / 5), budget.currency));
    }
}

/// The sizes that "a big size" means, where no size is said.
pub(super) fn big_sizes(text: &str) -> Vec<Size> {
    if has_any(text, BIG) { ["XL", "XXL", "XXXL"].map(Size::parse).to_vec() } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_ruled_out_are_told_from_those_wanted() {
        use Colour::{Black, Red, White};
        for (text, colours) in [
            ("not black", vec![Black]),
            ("a dress but not black and not red", vec![Black, Red]),
            ("not the black one but the red one", vec![Black]),
            ("any colour but black or white", vec![Black, White]),
            ("sitaki nyeusi wala nyeupe", vec![Black, White]),
            ("isipokuwa nyekundu", vec![Red]),
            ("sipendi ya black", vec![Black]),
            ("no, the black one", vec![]),
            ("no, black", vec![]),
            ("si uniletee black", vec![]),
            ("black, not too expensive", vec![]),
        ] {
            assert_eq!(unwanted(text).0, colours, "{text}");
        }
    }
}
