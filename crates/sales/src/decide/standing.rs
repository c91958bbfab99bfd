//! What the cart holds already: "add it" said twice is one piece, and whoever names the cart again sets it.

use duka_kernel::{ProductId, Size};
use duka_perception::Slots;
use duka_shop::{CartLine, Product};

use super::{cart, pieces};
use crate::{
    desk::Desk,
    dialogue::Question,
    say::Say,
    words::{has_any, same_word, telling_words},
};

/// One more of it is meant.
const ANOTHER: &[&str] = &[
    "another",
    "one more",
    "two more",
    "more",
    "extra",
    "additional",
    "second one",
    "again",
    "ingine",
    "nyingine",
    "zingine",
    "mwingine",
    "kingine",
    "lingine",
    "zaidi",
    "tena",
];
/// A number beside these comes on top.
const ON_TOP: &[&str] = &["add", "ongeza", "niongeze", "niongezee", "ongezea", "uniongezee", "plus"];

/// Whether the cart holds what is wanted. A number said that is another than the cart's is set; otherwise the customer is
/// told that it is there, and asked whether a second one is meant where they name it.
pub(super) fn holds(desk: &mut Desk<'_>, product: &Product, slots: &Slots, text: &str) -> bool {
    let Some(line) = line_meant(desk, product, slots) else { return false };
    let number = slots.quantity.first().copied();
    let is_size = |size: &Size| product.variants.iter().any(|v| v.size == *size);
    if has_any(text, ANOTHER) || pieces::by_size(text, is_size).len() > 1 {
        return false;
    }
    desk.dialogue.focus = Some(product.id);
    if put_in_just_now(desk, &line) {
        return number.is_none_or(|n| n == line.quantity);
    }
    match number {
        Some(n) if n != line.quantity && has_any(text, ON_TOP) => return false,
        Some(n) if n != line.quantity => cart::set(desk, line.variant, n),
        _ => say_so(desk, line, number.is_none() && names(product, slots, text)),
    }
    true
}

/// Says that it is in the cart.
fn say_so(desk: &mut Desk<'_>, line: CartLine, second: bool) {
    let variant = line.variant;
    if second && !desk.dialogue.then_checkout {
        desk.ask(Question::Pieces { variant, quantity: 1 }, Say::InCartAlready { line, second });
    } else {
        desk.say(Say::InCartAlready { line, second: false });
        desk.added = true;
    }
}

/// The line of the cart that a product and what was said of it are, if there is one.
fn line_meant(desk: &Desk<'_>, product: &Product, slots: &Slots) -> Option<CartLine> {
    let held: Vec<&CartLine> = desk.dialogue.cart.lines.iter().filter(|line| line.product == product.id).collect();
    let in_colours = product.variants.iter().any(|v| v.colour.is_some());
    let fits = |line: &&CartLine| {
        !in_colours || slots.colour.is_empty() || line.colour.is_some_and(|colour| slots.colour.contains(&colour))
    };
    let offered: Vec<&Size> =
        slots.size.iter().filter(|size| product.variants.iter().any(|v| v.size == **size)).collect();
    match offered[..] {
        [] if slots.size.iter().any(|size| !size.is_one() && size.as_str().parse::<u32>().is_err()) => None,
        [] => held.into_iter().rfind(fits).cloned(),
        [size] => held.into_iter().filter(fits).find(|line| line.size == *size).cloned(),
        _ => None,
    }
}

fn put_in_just_now(desk: &Desk<'_>, line: &CartLine) -> bool {
    let has = |lines: &[CartLine]| lines.iter().any(|added| added.variant == line.variant);
    desk.says.iter().any(|say| matches!(say, Say::Added { lines, .. } if has(lines)))
}

/// Whether the words name the product, rather than point at what was talked about.
fn names(product: &Product, slots: &Slots, text: &str) -> bool {
    let name = telling_words(&product.name);
    !slots.product.is_empty() || telling_words(text).iter().any(|word| name.iter().any(|n| same_word(n, word)))
}

/// "Another one" of what is in the cart in one size is in that size.
pub(super) fn size_of_another(desk: &Desk<'_>, product: &Product, text: &str) -> Option<Size> {
    let mut held = desk.dialogue.cart.lines.iter().filter(|line| line.product == product.id);
    let only = held.next().filter(|_| has_any(text, ANOTHER) && held.next().is_none());
    only.map(|line| line.size.clone())
}

/// The line of a product in a size, if the cart holds it.
pub(super) fn line_of(desk: &Desk<'_>, product: ProductId, size: &Size) -> Option<CartLine> {
    desk.dialogue.cart.lines.iter().find(|line| line.product == product && line.size == *size).cloned()
}

/// "Eeh nipe", right after it was put in. Says whether it was that.
pub(super) fn says_it_again(desk: &mut Desk<'_>) -> bool {
    let line = desk.dialogue.cart.lines.iter().rfind(|line| desk.dialogue.focus == Some(line.product)).cloned();
    let Some(line) = line else { return false };
    desk.answered();
    desk.say(Say::InCartAlready { line, second: false });
    desk.added = true;
    true
}

/// A checkout in the same breath does not wait for whether a second one is meant.
pub(super) fn let_go_of_second(desk: &mut Desk<'_>) {
    if !desk.dialogue.then_checkout || !matches!(desk.asking, Some(Say::InCartAlready { .. })) {
        return;
    }
    if let Some(Say::InCartAlready { line, .. }) = desk.asking.take() {
        desk.say(Say::InCartAlready { line, second: false });
        desk.dialogue.question = Question::None;
    }
}
