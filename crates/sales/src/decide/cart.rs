//! The cart: showing it, taking out, changing numbers, emptying, filling it again.

use std::collections::HashSet;

use duka_kernel::{Money, VariantId};
use duka_perception::{Intent, Wish};
use duka_shop::{CartLine, pricing};

use super::{reference, restoring, taking_off, wanting};
use crate::{
    desk::Desk,
    dialogue::{Question, Stage},
    say::Say,
    tools::{QuantityRefusal, RemoveFromCart, UpdateQuantity, clear_cart, get_cart, remove_from_cart, update_quantity},
    words::{has_any, same_word, telling_words},
};

const MORE_OF_IT: &[&str] = &[
    "more",
    "another",
    "extra",
    "additional",
    "ingine",
    "nyingine",
    "zingine",
    "zaidi",
    "ongeza",
    "niongeze",
    "niongezee",
    "add",
];
const FEWER: &[&str] = &["less", "fewer", "punguza", "reduce", "minus", "toa"];
const EXACTLY: &[&str] =
    &["to", "iwe", "ziwe", "hadi", "mpaka", "ifike", "zifike", "make it", "make them", "zibaki", "ibaki", "total"];

/// What is in the cart and what it comes to.
pub(super) fn view(desk: &mut Desk<'_>) {
    match get_cart(desk) {
        Some((lines, quote)) => {
            desk.say(Say::CartView { lines, quote });
            if let Some((missing, tier)) = pricing::next_tier(desk.recall.shop, desk.dialogue.cart.pieces()) {
                // Only when it is near: a hint, not a sermon.
                if missing <= 3 {
                    desk.say(Say::NextTier { missing, tier });
                }
            }
            offer_next(desk);
        }
        None => desk.say(Say::CartEmpty),
    }
}

/// The question after the cart was shown or changed, unless the sale is further on.
pub(super) fn offer_next(desk: &mut Desk<'_>) {
    let shopping = matches!(desk.dialogue.question, Question::None | Question::ProductChoice | Question::Take { .. });
    if shopping && !desk.dialogue.then_checkout && !desk.dialogue.cart.is_empty() && desk.dialogue.wanted.is_empty() {
        desk.dialogue.question = Question::CartNext;
    }
}

/// Which line of the cart is meant.
enum Meant {
    Line(CartLine),
    OneOf(Vec<CartLine>),
    None,
}

fn meant(desk: &Desk<'_>, wish: &Wish) -> Meant {
    let lines = &desk.dialogue.cart.lines;
    if let Some(line) = by_position(desk, wish) {
        return Meant::Line(line);
    }
    let described: Vec<&CartLine> = described(desk, lines, wish);
    match &described[..] {
        [line] => return Meant::Line((*line).clone()),
        [] => {}
        several => return Meant::OneOf(several.iter().map(|l| (*l).clone()).collect()),
    }
    if !wish.slots.product.is_empty() || !wish.slots.colour.is_empty() {
        return Meant::None;
    }
    let in_focus: Vec<&CartLine> = lines.iter().filter(|l| desk.dialogue.focus == Some(l.product)).collect();
    match (&lines[..], &in_focus[..]) {
        ([], _) => Meant::None,
        ([only], _) => Meant::Line(only.clone()),
        (_, [only]) => Meant::Line((*only).clone()),
        _ => Meant::OneOf(lines.clone()),
    }
}

/// "Change the first one to L", with the first read as a place or as a number.
pub(super) fn line_in_place(desk: &Desk<'_>, wish: &Wish) -> Option<CartLine> {
    const PLACES: &[&str] = &["first", "second", "third", "kwanza", "pili", "tatu"];
    let mut placed = wish.clone();
    if placed.slots.ordinal.is_empty() && has_any(&wish.text, PLACES) {
        placed.slots.ordinal = wish.slots.quantity.iter().filter_map(|n| i32::try_from(*n).ok()).collect();
    }
    by_position(desk, &placed)
}

/// A number points at a line of the cart.
fn by_position(desk: &Desk<'_>, wish: &Wish) -> Option<CartLine> {
    let ordinal = *wish.slots.ordinal.first()?;
    let lines = &desk.dialogue.cart.lines;
    let at = match usize::try_from(ordinal) {
        Ok(n) => n.checked_sub(1),
        Err(_) => lines.len().checked_sub(ordinal.unsigned_abs() as usize),
    };
    lines.get(at?).cloned()
}

/// The lines that the words describe best; empty if they describe none.
pub(super) fn described<'c>(desk: &Desk<'_>, lines: &'c [CartLine], wish: &Wish) -> Vec<&'c CartLine> {
    let of_kind = match &wish.slots.product[..] {
        [] => HashSet::new(),
        kinds => reference::kind(desk, kinds),
    };
    let mut words = telling_words(&wish.text);
    if of_kind.is_empty() {
        words.extend(wish.slots.product.iter().map(|kind| kind.to_lowercase()));
    } else {
        // Counted as a kind, whatever the name says: a tote is a bag too.
        words.retain(|word| !wish.slots.product.iter().any(|kind| same_word(kind, word)));
    }
    words.extend(wish.slots.colour.iter().map(|c| c.name().to_owned()));
    words.sort_unstable();
    words.dedup();
    let score = |line: &CartLine| {
        let mut known = telling_words(&line.name);
        known.extend(line.colour.map(|c| c.name().to_owned()));
        known.sort_unstable();
        known.dedup();
        let size = usize::from(wish.slots.size.contains(&line.size));
        let kind = usize::from(of_kind.contains(&line.product));
        size + kind + words.iter().filter(|w| known.iter().any(|k| same_word(k, w))).count()
    };
    let best = lines.iter().map(score).max().unwrap_or(0);
    if best == 0 { Vec::new() } else { lines.iter().filter(|l| score(l) == best).collect() }
}

/// Takes a line out, or some of its pieces.
pub(super) fn remove(desk: &mut Desk<'_>, wish: &Wish) {
    if desk.dialogue.cart.is_empty() {
        return remove_wanted(desk);
    }
    let slots = &wish.slots;
    if reference::means_all(&wish.text) && slots.product.is_empty() {
        let all = slots.size.is_empty() && slots.colour.is_empty();
        return if all { ask_clear(desk) } else { remove_each(desk, wish) };
    }
    if remove_wanted_kind(desk, wish) {
        return;
    }
    let beyond =
        slots.ordinal.first().and_then(|n| usize::try_from(*n).ok()).filter(|n| *n > desk.dialogue.cart.lines.len());
    let only = if let [only] = &desk.dialogue.cart.lines[..] { Some(only.quantity) } else { None };
    // "Remove 2" of the only line, of which there are three.
    let counted = beyond.and_then(|n| u32::try_from(n).ok()).filter(|n| only.is_some_and(|there| there > *n));
    if beyond.is_some() && counted.is_none() {
        return desk.say(Say::NotInCart { asked: None });
    }
    let pieces = slots.quantity.first().copied().or(counted);
    if described(desk, &desk.dialogue.cart.lines, wish).is_empty() && taking_off::names_something_else(wish) {
        return desk.say(Say::NotInCart { asked: None });
    }
    match meant(desk, wish) {
        Meant::Line(line) => {
            let left = pieces.map_or(0, |pieces| line.quantity.saturating_sub(pieces));
            set(desk, line.variant, left);
        }
        Meant::OneOf(lines) => ask_which_line(desk, lines, 0),
        Meant::None => {
            let asked = wish.slots.product.first().cloned();
            desk.say(Say::NotInCart { asked });
        }
    }
}

/// "Take out all the M": every line that fits.
fn remove_each(desk: &mut Desk<'_>, wish: &Wish) {
    let lines: Vec<CartLine> = described(desk, &desk.dialogue.cart.lines, wish).into_iter().cloned().collect();
    if lines.is_empty() {
        return desk.say(Say::NotInCart { asked: None });
    }
    for line in lines {
        set(desk, line.variant, 0);
    }
}

/// "Keep the flats only": everything else goes. Says whether it was that.
pub(super) fn keeps_only(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    const KEEP: &[&str] = &["keep", "bakisha", "baki na", "ubakishe", "nibakishie", "ibaki", "zibaki"];
    const ONLY: &[&str] = &["only", "just", "pekee", "peke yake"];
    use Intent::{
        AddToCart, Affirm, ChooseSize, ClearCart, Deny, ProductSearch, RemoveFromCart, SelectOption, UpdateQuantity,
    };
    let text = &wish.text;
    let likely = matches!(
        wish.intent,
        AddToCart
            | Affirm
            | ChooseSize
            | ClearCart
            | Deny
            | ProductSearch
            | RemoveFromCart
            | SelectOption
            | UpdateQuantity
    );
    let takes_out = has_any(text, &["remove", "toa", "ondoa", "drop", "take out", "delete", "chomoa"]);
    let says_so = has_any(text, KEEP) || (has_any(text, ONLY) && desk.pending == Question::CartNext);
    let puts_in = has_any(text, &["add", "ongeza", "also", "pia", "weka"]);
    if !likely || !says_so || takes_out || puts_in || !wish.slots.quantity.is_empty() || text.contains('?') {
        return false;
    }
    let lines = desk.dialogue.cart.lines.clone();
    let kept: Vec<VariantId> = described(desk, &lines, wish).iter().map(|line| line.variant).collect();
    if kept.is_empty() {
        return false;
    }
    desk.answered();
    for line in lines.iter().filter(|line| !kept.contains(&line.variant)) {
        set(desk, line.variant, 0);
    }
    if kept.len() == lines.len() {
        desk.say(Say::Kept);
    }
    desk.added = true;
    true
}

/// What is not in the cart yet but waits for its size is given up by name. Says whether it was.
fn remove_wanted_kind(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    if wish.slots.product.is_empty() || desk.dialogue.wanted.is_empty() {
        return false;
    }
    let of_kind = reference::kind(desk, &wish.slots.product);
    if desk.dialogue.cart.lines.iter().any(|line| of_kind.contains(&line.product)) {
        return false;
    }
    let before = desk.dialogue.wanted.len();
    desk.dialogue.wanted.retain(|wanted| !of_kind.contains(&wanted.product));
    if desk.dialogue.wanted.len() == before {
        return false;
    }
    desk.answered();
    desk.say(Say::Kept);
    desk.added = true;
    true
}

/// Nothing is in the cart yet, but something waits for its size: that is what is given up.
fn remove_wanted(desk: &mut Desk<'_>) {
    if desk.dialogue.wanted.is_empty() {
        return desk.say(Say::CartEmpty);
    }
    desk.dialogue.wanted.remove(0);
    desk.dialogue.focus = None;
    desk.answered();
    desk.say(Say::WhatNext { cart_waiting: false });
}

fn ask_which_line(desk: &mut Desk<'_>, lines: Vec<CartLine>, quantity: u32) {
    let variants = lines.iter().map(|l| l.variant).collect();
    // A list shown for an earlier wish gives way, so that a number means one thing.
    desk.says.retain(|say| !matches!(say, Say::Products { .. }));
    desk.dialogue.shown = lines.iter().map(|l| l.product).collect();
    desk.ask(Question::CartLine { lines: variants, quantity }, Say::AskWhichLine { lines });
}

/// The answer to "which line?". Says whether it was one.
pub(super) fn answer_line(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    let Question::CartLine { lines: asked, quantity } = desk.pending.clone() else { return false };
    let lines: Vec<CartLine> =
        desk.dialogue.cart.lines.iter().filter(|l| asked.contains(&l.variant)).cloned().collect();
    let position = wish.slots.ordinal.first().and_then(|n| usize::try_from(*n).ok()).and_then(|n| n.checked_sub(1));
    let variant = match position.and_then(|at| asked.get(at)) {
        Some(variant) => Some(*variant),
        None => match &described(desk, &lines, wish)[..] {
            [only] => Some(only.variant),
            _ => None,
        },
    };
    let Some(variant) = variant else { return false };
    desk.answered();
    set(desk, variant, quantity);
    true
}

/// Sets the number of a line and says so; 0 takes it out.
pub(super) fn set(desk: &mut Desk<'_>, variant: VariantId, quantity: u32) {
    if quantity == 0 {
        if let Some(line) = remove_from_cart(desk, &RemoveFromCart { variant }) {
            restoring::note(desk, &line);
            match desk.says.last_mut() {
                Some(Say::Removed { lines }) => lines.push(line),
                _ => desk.say(Say::Removed { lines: vec![line] }),
            }
        }
    } else if let Some((line, available)) = beyond(desk, variant, quantity) {
        let more = available - line.quantity;
        let say = Say::AskPieces { name: line.name, size: line.size, available };
        return desk.ask(Question::Pieces { variant, quantity: more }, say);
    } else {
        match update_quantity(desk, &UpdateQuantity { variant, quantity }) {
            Ok((line, only)) => {
                let (name, size) = (line.name.clone(), line.size.clone());
                desk.say(Say::QuantitySet { line });
                if let Some(available) = only {
                    desk.say(Say::OnlySoMany { name, size, available });
                }
            }
            Err(QuantityRefusal::SoldOut) => sold_out_line(desk, variant),
            Err(QuantityRefusal::NotInCart) => desk.say(Say::NotInCart { asked: None }),
        }
    }
    after_change(desk);
}

/// A line that far more pieces are wanted of than there are, with how many there are.
fn beyond(desk: &Desk<'_>, variant: VariantId, quantity: u32) -> Option<(CartLine, u32)> {
    let line = desk.dialogue.cart.lines.iter().find(|line| line.variant == variant)?;
    let available = desk.available(variant);
    (available > line.quantity && wanting::far_beyond(quantity, available)).then(|| (line.clone(), available))
}

fn sold_out_line(desk: &mut Desk<'_>, variant: VariantId) {
    if let Some((product, _)) = desk.recall.catalogue.variant(variant) {
        desk.say(Say::SoldOut { name: product.name.clone() });
    }
}

fn after_change(desk: &mut Desk<'_>) {
    if matches!(desk.dialogue.question, Question::Quantity(_) | Question::CartLine { .. }) {
        desk.answered();
    }
    if desk.dialogue.cart.is_empty() {
        desk.dialogue.then_checkout = false;
        if desk.dialogue.wanted.is_empty() {
            desk.dialogue.question = Question::None;
            desk.enter(Stage::Searching);
        }
    } else {
        desk.added = true;
    }
}

/// "Make it 3", "two more", "one less", or a bare number after the question how many.
pub(super) fn quantity(desk: &mut Desk<'_>, wish: &Wish, quoted: Option<duka_kernel::ProductId>) {
    let number = wish.slots.quantity.first().copied().or_else(|| huge(&wish.text));
    if let (Question::Quantity(variant), Some(number)) = (desk.pending.clone(), number) {
        desk.answered();
        return set(desk, variant, number);
    }
    if let (Question::Pieces { variant, .. }, Some(number)) = (desk.pending.clone(), number) {
        desk.answered();
        let held = desk.dialogue.cart.lines.iter().any(|line| line.variant == variant);
        return if held { set(desk, variant, number) } else { wanting::put_pieces(desk, variant, number) };
    }
    if let (Some(first), Some(number)) = (desk.dialogue.wanted.first_mut(), number) {
        first.quantity = number.max(1);
        return wanting::settle(desk);
    }
    if desk.dialogue.cart.is_empty() || another_size(desk, wish) {
        return super::choosing::buy(desk, wish, quoted);
    }
    match (meant(desk, wish), number) {
        (Meant::Line(line), Some(number)) => {
            let quantity = changed(&wish.text, line.quantity, number);
            set(desk, line.variant, quantity);
        }
        (Meant::Line(line), None) if has_any(&wish.text, MORE_OF_IT) => set(desk, line.variant, line.quantity + 1),
        (Meant::Line(line), None) => {
            desk.ask(Question::Quantity(line.variant), Say::AskQuantity { name: line.name });
        }
        (Meant::OneOf(lines), Some(number)) => ask_which_line(desk, lines, number),
        (Meant::OneOf(lines), None) => ask_which_line(desk, lines, 1),
        (Meant::None, _) => super::choosing::buy(desk, wish, quoted),
    }
}

/// A number in figures too large to be read as pieces.
fn huge(text: &str) -> Option<u32> {
    let figures = text.split(|c: char| !c.is_ascii_digit() && c != ',').map(|part| part.replace(',', ""));
    figures.filter(|part| (3..=9).contains(&part.len())).find_map(|part| part.parse().ok())
}

/// "One more in 43": a size of what is under discussion that the cart does not hold.
fn another_size(desk: &Desk<'_>, wish: &Wish) -> bool {
    let product = desk.dialogue.focus.and_then(|id| desk.product(id));
    let (Some(product), Some(size)) = (product, wish.slots.size.first()) else { return false };
    let in_cart = desk.dialogue.cart.lines.iter().any(|l| l.product == product.id && l.size == *size);
    !in_cart && product.variants.iter().any(|v| v.size == *size)
}

/// The number of pieces meant: set, or added to or taken from what there is.
fn changed(text: &str, now: u32, number: u32) -> u32 {
    if has_any(text, EXACTLY) {
        number
    } else if has_any(text, FEWER) {
        now.saturating_sub(number)
    } else if has_any(text, MORE_OF_IT) {
        now.saturating_add(number)
    } else {
        number
    }
}

/// Emptying the cart is asked about first.
pub(super) fn ask_clear(desk: &mut Desk<'_>) {
    if desk.dialogue.cart.is_empty() && desk.dialogue.wanted.is_empty() {
        return desk.say(Say::CartEmpty);
    }
    let pieces = desk.dialogue.cart.pieces();
    if pieces == 0 {
        return cleared(desk);
    }
    desk.ask(Question::ClearCart, Say::AskClear { pieces });
}

/// The yes to emptying it.
pub(super) fn cleared(desk: &mut Desk<'_>) {
    for line in desk.dialogue.cart.lines.clone() {
        restoring::note(desk, &line);
    }
    clear_cart(desk);
    desk.dialogue.wanted.clear();
    desk.dialogue.then_checkout = false;
    desk.answered();
    desk.say(Say::Cleared);
    desk.enter(Stage::Searching);
}

/// What changed of the cart since it was filled.
#[derive(Default)]
pub(super) struct Changes {
    /// Lines with the price they had, and the price now.
    pub repriced: Vec<(CartLine, Money)>,
    /// Lines (or pieces of them) that cannot be bought any more.
    pub gone: Vec<CartLine>,
}

impl Changes {
    pub(super) fn any(&self) -> bool {
        !self.repriced.is_empty() || !self.gone.is_empty()
    }
}

/// Brings the cart in line with prices and stock as they are now.
pub(super) fn recheck(desk: &mut Desk<'_>) -> Changes {
    let mut changes = Changes::default();
    for line in std::mem::take(&mut desk.dialogue.cart.lines) {
        let available = desk.recall.stock.available(line.variant);
        let Some((product, variant)) = desk.recall.catalogue.variant(line.variant).filter(|_| available > 0) else {
            changes.gone.push(line);
            continue;
        };
        if available < line.quantity {
            changes.gone.push(CartLine { quantity: line.quantity - available, ..line.clone() });
        }
        let unit_price = desk.offers.price(product, variant.price);
        if unit_price != line.unit_price {
            changes.repriced.push((CartLine { unit_price, ..line.clone() }, line.unit_price));
        }
        let quantity = line.quantity.min(available);
        desk.dialogue.cart.lines.push(CartLine { quantity, unit_price, ..line });
    }
    changes
}
