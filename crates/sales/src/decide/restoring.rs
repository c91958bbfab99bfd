//! "Put it back", "rudisha mkanda": what was taken out of the cart comes back as it was.

use duka_perception::{Intent, Wish};
use duka_shop::CartLine;

use super::{cart, reference};
use crate::{
    desk::Desk,
    tools::{AddToCart, add_to_cart},
    words::has_any,
};

const BACK: &[&str] = &[
    "put it back",
    "put them back",
    "put that back",
    "put back",
    "bring it back",
    "bring back",
    "add it back",
    "add back",
    "add them back",
    "back in",
    "return it",
    "restore",
    "undo",
    "rudisha",
    "irudishe",
    "zirudishe",
    "irudi",
    "nirudishie",
    "urudishe",
    "rudishia",
];
/// Money, or what was bought, goes back another way.
const ELSEWHERE: &[&str] = &[
    "money",
    "refund",
    "pesa",
    "doh",
    "cash",
    "hela",
    "order",
    "oda",
    "when",
    "lini",
    "can i",
    "naweza",
    "policy",
    "bought",
    "nilinunua",
    "nilibuy",
    "mlinitumia",
    "ofa",
    "offers",
];
/// So many lines taken out are remembered.
const MOST: usize = 5;

/// Remembers a line that was taken out.
pub(super) fn note(desk: &mut Desk<'_>, line: &CartLine) {
    let removed = &mut desk.dialogue.removed;
    removed.retain(|old| old.variant != line.variant);
    removed.push(line.clone());
    let forgotten = removed.len().saturating_sub(MOST);
    removed.drain(..forgotten);
}

/// Puts back what was taken out, if that is asked. Says whether it was.
pub(super) fn puts_back(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    let text = &wish.text;
    let asks =
        has_any(text, BACK) || (has_any(text, &["back"]) && has_any(text, &["put", "bring", "add", "get", "take"]));
    let elsewhere = matches!(wish.intent, Intent::Complaint | Intent::OptIn | Intent::PaymentProblem);
    if elsewhere || desk.dialogue.removed.is_empty() || !asks || has_any(text, ELSEWHERE) {
        return false;
    }
    let removed = desk.dialogue.removed.clone();
    let described: Vec<CartLine> = cart::described(desk, &removed, wish).into_iter().cloned().collect();
    let lines = match (&described[..], wish.slots.product.is_empty()) {
        ([], false) => return false,
        ([], true) if reference::means_all(text) => removed,
        ([], true) => removed.last().cloned().into_iter().collect(),
        (_, _) => described,
    };
    let mut came_back = false;
    for line in lines {
        if let Ok(added) = add_to_cart(desk, &AddToCart { variant: line.variant, quantity: line.quantity }) {
            desk.dialogue.removed.retain(|old| old.variant != line.variant);
            desk.say_added(added.line);
            came_back = true;
        }
    }
    if came_back {
        desk.answered();
    }
    came_back
}
