//! Numbers and letters that are sizes, and numbers that are none of anything: "niwekee hizo 41", "L badala ya XL", "add -5".

use duka_kernel::{ProductId, Size};
use duka_perception::{Intent, Wish};

use super::{cues::OLD, reading::UNSURE, reference};
use crate::{
    desk::Desk,
    dialogue::Question,
    words::{has_any, words},
};

/// "Naomba gauni la Amani, L", also when the letter is small.
pub(super) fn letter_as_size(wish: &mut Wish) {
    let said = words(&wish.text);
    const BEFORE: &[&str] = &["want", "in", "to", "size", "saizi", "iwe", "kwa", "nataka", "wear", "be", "ya", "it"];
    let is_letter = |word: &str| matches!(word, "s" | "m" | "l" | "xl" | "xxl");
    let led: Vec<&String> = said
        .windows(2)
        .filter(|pair| BEFORE.contains(&pair[0].as_str()) && is_letter(&pair[1]))
        .map(|pair| &pair[1])
        .collect();
    if let (true, [letter]) = (wish.slots.size.is_empty(), &led[..]) {
        // "Actually I want s instead".
        wish.slots.size = vec![Size::parse(letter)];
        return;
    }
    let last = said.last().map(String::as_str).unwrap_or_default();
    let named = !wish.slots.product.is_empty() || !wish.slots.colour.is_empty() || said.len() <= 2;
    if wish.slots.size.is_empty() && named && matches!(last, "s" | "m" | "l" | "xl" | "xxl") {
        wish.slots.size = vec![Size::parse(last)];
    }
}

/// The sizes a text names, with whether each is the old one: "L badala ya XL", "42, not 41".
pub(super) fn sizes_said(text: &str, is_size: impl Fn(&Size) -> bool) -> (Vec<Size>, Vec<Size>) {
    let said = words(text);
    let (mut new, mut old) = (Vec::new(), Vec::new());
    for (at, word) in said.iter().enumerate() {
        let size = Size::parse(word);
        if !is_size(&size) {
            continue;
        }
        let before = &said[..at];
        let is_old =
            OLD.iter().any(|words| before.ends_with(&words.iter().map(ToString::to_string).collect::<Vec<_>>()));
        if is_old { old.push(size) } else { new.push(size) }
    }
    (new, old)
}

/// "Add 1000000 white t-shirts": a number that no reading takes for pieces is still no single piece.
pub(super) fn far_too_many(wish: &mut Wish) {
    const FROM: u64 = 1_000;
    const MOST: u32 = 9_999;
    let slots = &wish.slots;
    let other = slots.amount.or(slots.offer_price).or(slots.price_max).is_some() || slots.phone.is_some();
    if let [number] = wish.slots.quantity[..]
        && number >= 50
        && wish.intent == Intent::AddToCart
        && !other
        && has_any(&wish.text, &[&format!("at {number}"), &format!("for {number}"), &format!("kwa {number}")])
    {
        // "In my cart at 100": a price.
        wish.slots.quantity.clear();
        wish.slots.amount = Some(i64::from(number));
        return;
    }
    let money = has_any(&wish.text, &["kes", "ksh", "bob", "shillings", "shilingi", "elfu", "at", "for", "kwa"]);
    if wish.intent != Intent::AddToCart || other || money || !slots.quantity.is_empty() || slots.product.is_empty() {
        return;
    }
    let said = words(&wish.text);
    if let Some(many) = said.iter().filter_map(|word| word.parse::<u64>().ok()).find(|n| *n >= FROM) {
        wish.slots.quantity = vec![u32::try_from(many).unwrap_or(MOST).min(MOST)];
    }
}

/// "Nipunguzie 10" speaks of the price, and nobody buys -5 of anything.
pub(super) fn without_what_is_no_number(wish: &mut Wish) {
    const LOWER: &[&str] = &["nipunguzie", "nipunguzieni", "unipunguzie", "mnipunguzie", "tupunguzie", "nipunguzienyi"];
    if has_any(&wish.text, LOWER) && wish.slots.product.is_empty() {
        wish.slots.quantity.clear();
        (wish.intent, wish.confidence) = (Intent::Bargain, wish.confidence.max(UNSURE));
    }
    let mut numbers = wish.text.split_whitespace().filter_map(|word| word.strip_prefix(['-', '\u{2212}']));
    if numbers.any(|rest| rest.bytes().next().is_some_and(|byte| byte.is_ascii_digit()))
        && !wish.slots.quantity.is_empty()
    {
        wish.slots.quantity.clear();
        if matches!(wish.intent, Intent::AddToCart | Intent::UpdateQuantity | Intent::SelectOption) {
            wish.intent = if wish.slots.product.is_empty() { Intent::RepeatUnclear } else { Intent::ProductSearch };
        }
    }
}

/// Of two sizes of which one is to go, the other one is meant.
pub(super) fn without_the_old(wish: &mut Wish) {
    let Some(first) = wish.slots.size.first().cloned() else { return };
    let letters = ["S", "M", "L", "XL", "XXL"].contains(&first.to_string().as_str());
    let alike = |size: &Size| {
        let text = size.to_string();
        if letters { ["S", "M", "L", "XL", "XXL"].contains(&text.as_str()) } else { text.parse::<u8>().is_ok() }
    };
    let (new, old) = sizes_said(&wish.text, alike);
    if let ([new], [old]) = (&new[..], &old[..])
        && wish.slots.size.iter().any(|size| size == old || size == new)
    {
        wish.slots.size = vec![new.clone()];
    }
}

/// "Niwekee hizo 41", of sneakers: a number of pieces that is one of their sizes and no number anybody buys is a size.
pub(super) fn number_as_size(desk: &Desk<'_>, wish: &mut Wish) {
    const LEAST: u32 = 20;
    use Intent::{AddToCart, ChooseSize, SelectOption};
    if wish.slots.quantity.is_empty() && matches!(wish.intent, AddToCart | ChooseSize | SelectOption) {
        // "Mi hufit kwa 30, weka": no other number is meant.
        let slots = &wish.slots;
        let priced = slots.amount.or(slots.offer_price).or(slots.price_max).is_some() || slots.phone.is_some();
        let numbers: Vec<u32> = words(&wish.text).iter().filter_map(|word| word.parse().ok()).collect();
        if let ([only], false) = (&numbers[..], priced) {
            wish.slots.quantity = vec![*only].into_iter().filter(|n| (LEAST..=60).contains(n)).collect();
        }
        let heard = wish.slots.quantity.clone();
        if !heard.is_empty() {
            number_as_size(desk, wish);
            if wish.slots.quantity == heard {
                wish.slots.quantity.clear();
            }
        }
        return;
    }
    let [number] = wish.slots.quantity[..] else { return };
    if number < LEAST || !wish.slots.size.is_empty() || has_any(&wish.text, &["pieces", "pcs", "vipande"]) {
        return;
    }
    let size = Size::parse(&number.to_string());
    let comes_in = |id: ProductId| {
        desk.product(id).is_some_and(|product| product.variants.iter().any(|variant| variant.size == size))
    };
    let meant: Vec<ProductId> = if wish.slots.product.is_empty() {
        let cart = desk.dialogue.cart.lines.iter().map(|line| line.product);
        let wanted = desk.dialogue.wanted.iter().map(|wanted| wanted.product);
        desk.dialogue.shown.iter().copied().chain(desk.dialogue.focus).chain(wanted).chain(cart).collect()
    } else {
        reference::kind(desk, &wish.slots.product).into_iter().collect()
    };
    if meant.into_iter().any(comes_in) {
        wish.slots.quantity.clear();
        wish.slots.size = vec![size];
        if wish.intent == Intent::UpdateQuantity && desk.pending == Question::Variant {
            wish.intent = Intent::ChooseSize;
        }
    }
}
