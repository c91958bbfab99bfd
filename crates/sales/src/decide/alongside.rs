//! Two things in one breath of which only the second is named: "I'll take it, and two scarves", "white L and the belt".

use duka_kernel::{ProductId, Size};
use duka_perception::{Context, Intent, Perception, Wish, perceive};

use super::{choosing, reference, reference::Reference};
use crate::{
    desk::Desk,
    dialogue::Question,
    words::{has_any, words},
};

/// What a clause is made of that only says yes to what is under discussion.
const TAKES_IT: &[&str] = &[
    "hi",
    "hey",
    "hello",
    "sasa",
    "niaje",
    "mambo",
    "habari",
    "so",
    "oh",
    "ok",
    "okay",
    "yes",
    "yeah",
    "sure",
    "fine",
    "great",
    "nice",
    "cool",
    "alright",
    "i",
    "ill",
    "will",
    "take",
    "add",
    "put",
    "get",
    "want",
    "have",
    "like",
    "it",
    "this",
    "that",
    "one",
    "please",
    "pls",
    "in",
    "then",
    "size",
    "cart",
    "my",
    "the",
    "let",
    "me",
    "to",
    "give",
    "sawa",
    "poa",
    "fiti",
    "haya",
    "basi",
    "bas",
    "ndio",
    "ndiyo",
    "eeh",
    "weka",
    "niwekee",
    "nipe",
    "nipee",
    "naichukua",
    "nitaichukua",
    "nachukua",
    "nitachukua",
    "nichukulie",
    "chukua",
    "hiyo",
    "hio",
    "hii",
    "hilo",
    "hicho",
    "kwa",
    "kwenye",
    "kikapu",
    "tafadhali",
    "buda",
    "bana",
];
/// What says that it is had, in such a clause.
const HAS_IT: &[&str] = &[
    "take",
    "add",
    "put",
    "get",
    "want",
    "have",
    "yes",
    "weka",
    "niwekee",
    "nipe",
    "nipee",
    "naichukua",
    "nitaichukua",
    "nachukua",
    "nitachukua",
    "nichukulie",
    "chukua",
    "ndio",
    "ndiyo",
    "eeh",
];
const AND: &[&str] = &["and", "na", "also", "plus", "pia", "pamoja", "then", "kisha"];
const ASKS: &[&str] =
    &["do you", "how much", "is there", "what", "which", "mna", "mko", "ngapi", "bei", "gani", "if", "kama"];

/// Takes what was offered, where a message says so before it names other things.
pub(super) fn takes_the_offered(desk: &mut Desk<'_>, perception: &Perception, wishes: &[&Wish]) {
    let Some(product) = offered(desk) else { return };
    let buys = |wish: &&&Wish| {
        matches!(wish.intent, Intent::AddToCart | Intent::ProductSearch | Intent::SelectOption | Intent::UpdateQuantity)
    };
    let Some(named) = wishes.iter().filter(buys).find(|wish| !wish.slots.product.is_empty()) else { return };
    if has_any(&named.text, ASKS) || named.text.contains('?') {
        return;
    }
    let first = perception.wishes.first().map(|wish| wish.text.as_str()).unwrap_or_default();
    let Some(lead) = lead(first, perception.wishes.len() > 1) else { return };
    let other = reference::is_another_kind(desk, product, &named.slots);
    // "XL then": its size says that it is had.
    let sizes = desk.product(product).map(|p| desk.recall.stock.sizes_of(p)).unwrap_or_default();
    let size = lead.iter().map(|word| Size::parse(word)).find(|size| !size.is_one() && sizes.contains(size));
    let is_size = |word: &String| size.as_ref().is_some_and(|size| Size::parse(word) == *size);
    if other
        && lead.iter().all(|word| TAKES_IT.contains(&word.as_str()) || is_size(word))
        && (size.is_some() || lead.iter().any(|word| HAS_IT.contains(&word.as_str())))
    {
        if let Some(size) = &size {
            choosing::keep_size(desk, product, size);
        }
        choosing::take(desk, product);
    }
}

/// "Eeh nipe", "ok add it": nothing but having what is under discussion.
pub(super) fn only_takes_it(wish: &Wish) -> bool {
    let said = words(&wish.text);
    let takes = |word: &String| TAKES_IT.contains(&word.as_str());
    let has =
        |word: &String| HAS_IT.contains(&word.as_str()) && !matches!(word.as_str(), "yes" | "ndio" | "ndiyo" | "eeh");
    let agrees = matches!(wish.intent, Intent::Affirm | Intent::Checkout | Intent::Deny);
    !agrees && said.len() > 1 && said.iter().all(takes) && said.iter().any(has)
}

/// The one product that a yes takes.
fn offered(desk: &Desk<'_>) -> Option<ProductId> {
    let product = match desk.pending {
        Question::Take { product, .. } => product,
        Question::ProductChoice => match desk.dialogue.shown[..] {
            [one] => one,
            _ => return None,
        },
        _ => return None,
    };
    let held = desk.dialogue.cart.lines.iter().any(|line| line.product == product);
    (!held).then_some(product)
}

/// The words before the first stop or joiner; the whole, if that is a wish of its own.
fn lead(text: &str, whole: bool) -> Option<Vec<String>> {
    let clauses = clauses(text);
    match &clauses[..] {
        [only] if whole => Some(words(only)),
        [first, _, ..] => Some(words(first)),
        _ => None,
    }
    .filter(|lead| !lead.is_empty())
}

/// A text at its stops and joiners.
fn clauses(text: &str) -> Vec<String> {
    let mut clauses: Vec<String> = Vec::new();
    for sentence in text.split(['.', ',', ';', '\n', '&', '!']) {
        let mut clause: Vec<&str> = Vec::new();
        for word in sentence.split_whitespace() {
            if AND.contains(&word.to_lowercase().as_str()) {
                clauses.push(clause.join(" "));
                clause.clear();
            } else {
                clause.push(word);
            }
        }
        clauses.push(clause.join(" "));
    }
    clauses.retain(|clause| !clause.trim().is_empty());
    clauses
}

/// "White L and the belt 34", after shirts: one of those shown, and something else.
pub(super) fn apart(desk: &Desk<'_>, wish: &Wish) -> Option<Vec<Wish>> {
    use Intent::{AddToCart, ChooseSize, ProductSearch, SelectOption};
    let likely = matches!(wish.intent, AddToCart | ChooseSize | ProductSearch | SelectOption);
    if !likely || wish.slots.product.len() != 1 || has_any(&wish.text, ASKS) || wish.text.contains('?') {
        return None;
    }
    let clauses = clauses(&wish.text);
    let [first, second] = &clauses[..] else { return None };
    let read = |text: &String| {
        let heard = perceive(text, &Context::default());
        let mut read = Wish { intent: AddToCart, confidence: wish.confidence, slots: heard.slots, text: text.clone() };
        super::numbers::letter_as_size(&mut read);
        read
    };
    let (first, second) = (read(first), read(second));
    let of_shown = !first.slots.colour.is_empty() || !first.slots.ordinal.is_empty();
    if !of_shown || !first.slots.product.is_empty() || second.slots.product.is_empty() {
        return None;
    }
    let Reference::These(products) = reference::resolve(desk, &first, None) else { return None };
    let [one] = products[..] else { return None };
    let shown = desk.dialogue.shown.contains(&one);
    (shown && reference::is_another_kind(desk, one, &second.slots)).then(|| vec![first, second])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_parted_at_stops_and_joiners() {
        assert_eq!(clauses("i'll take it. also scarf purple x2"), ["i'll take it", "scarf purple x2"]);
        assert_eq!(clauses("white L and the belt 34"), ["white L", "the belt 34"]);
        assert_eq!(lead("ok add", true), Some(vec!["ok".into(), "add".into()]));
        assert_eq!(lead("ok add", false), None);
    }
}
