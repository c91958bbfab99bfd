//! What a wish can only mean here: the reading of a sentence corrected by what is in the cart, was bought and is sold.
//! A misread word then costs nothing: nobody takes things out of an empty cart, or wears size M thirty times.

use duka_kernel::{ProductId, Size};
use duka_perception::{Intent, Perception, Wish};
use duka_shop::delivery;

use super::{
    items,
    reading::{self, UNSURE},
    reference,
    sense_words::{ADVERTS, BRINGS_BACK_MONEY, CHANGES, COMES_BY, EMPTIES, IN_BULK, NO_MORE, TAKES_OUT},
    sizing,
};
use crate::{
    desk::Desk,
    dialogue::Question,
    words::{has_any, words},
};

const ASKS: &[&str] = &[
    "how", "what", "which", "price", "cost", "do you", "can i", "can you", "bei", "ngapi", "gani", "je", "mna", "mko",
    "kuna", "mnauza",
];
const NO: &[&str] = &["no", "not", "zii", "hapana", "sio", "siyo", "la"];
const PRICE: &[&str] = &["how much", "price", "cost", "bei", "ngapi", "kiasi gani"];
const TO_CART: &[&str] =
    &["to cart", "to my cart", "in my cart", "to the cart", "in the cart", "kwa cart", "kwenye kikapu", "kwenye cart"];
const HOW: &[&str] = &["how", "aje", "vipi", "namna gani", "na nini", "what", "which", "njia"];
const ALSO: &[&str] = &["also", "too", "as well", "another", "pia", "ongeza", "niongeze", "nyingine", "ingine", "plus"];
/// What follows is what it is not to be.
const OLD: &[&[&str]] = &[&["not"], &["instead", "of"], &["badala", "ya"], &["sio"], &["si"], &["from"], &["kutoka"]];
/// "Niko Tom Mboya Street": where to, while there is something to send.
fn is_in_an_area(desk: &Desk<'_>, wish: &Wish) -> bool {
    let sends = !desk.dialogue.cart.is_empty() || !desk.dialogue.wanted.is_empty();
    let is_there = ["niko", "nipo", "naishi", "im in", "im at", "i live", "leta", "leteni", "nitumie", "tuma"];
    sends && has_any(&wish.text, &is_there) && reading::area_named(desk, wish).is_some()
}

/// The wish as it can be meant, beside the rest of the message.
pub(super) fn plausible(desk: &Desk<'_>, perception: &Perception, mut wish: Wish) -> Wish {
    if wish.text.contains(['%', '％']) {
        // A part of something, not a number of pieces.
        wish.slots.quantity.clear();
    }
    number_as_size(desk, &mut wish);
    letter_as_size(&mut wish);
    without_the_old(&mut wish);
    if wish.slots.address.as_deref().is_some_and(|place| is_goods(desk, &wish, place)) {
        wish.slots.address = None;
    }
    if wish.slots.address.is_some() {
        wish.slots.address = whole_place(perception).or(wish.slots.address);
    }
    let meant = instead(desk, &wish);
    if meant != wish.intent {
        wish.intent = meant;
        wish.confidence = wish.confidence.max(UNSURE);
    }
    if let (Intent::Checkout | Intent::GiveAddress, None, true) =
        (wish.intent, &wish.slots.address, is_in_an_area(desk, &wish))
    {
        wish.slots.address = reading::area_named(desk, &wish);
    }
    if let Some(named) = reference::called(desk, &wish.text)
        .filter(|id| reading::about_goods(wish.intent) && reference::is_another_kind(desk, *id, &wish.slots))
    {
        // What the shop calls it goes before what the dictionary does.
        wish.slots.product = desk.product(named).map(|product| vec![product.category.clone()]).unwrap_or_default();
    }
    let asked_where = matches!(desk.pending, Question::Summary { .. } | Question::Address);
    let comes = asked_where && !wish.text.contains('?') && has_any(&wish.text, COMES_BY);
    if comes && !matches!(wish.intent, Intent::Complaint | Intent::HumanHandoff | Intent::CancelOrder) {
        wish.intent = Intent::GiveAddress;
    }
    if matches!(wish.intent, Intent::Checkout | Intent::GiveAddress)
        && wish.slots.address.is_none()
        && has_any(&wish.text, COMES_BY)
        && desk.recall.shop.delivery.pickup
    {
        wish.slots.address = Some(delivery::PICKUP.to_owned());
    }
    wish
}

/// "Niwekee Maua green maxi": a dress, though Maua is a town too.
fn is_goods(desk: &Desk<'_>, wish: &Wish, place: &str) -> bool {
    use Intent::{AddToCart, GiveAddress, ProductSearch, SelectOption};
    let chooses = matches!(wish.intent, AddToCart | ProductSearch | SelectOption | GiveAddress);
    let known = delivery::areas_known(desk.recall.shop);
    chooses
        && !known.iter().any(|area| has_any(place, &[&words(area).join(" ")]))
        && !reference::known_as(desk, place).is_empty()
}

/// The same words heard a second time as a place, beside the goods they name.
pub(super) fn is_an_echo(desk: &Desk<'_>, perception: &Perception, wish: &Wish) -> bool {
    let place = wish.slots.address.as_deref().unwrap_or(&wish.text);
    wish.intent == Intent::GiveAddress
        && perception.wishes.iter().any(|other| other.intent == Intent::AddToCart)
        && is_goods(desk, wish, place)
}

/// What it must be, if it cannot be what it reads as.
fn instead(desk: &Desk<'_>, wish: &Wish) -> Intent {
    let (slots, text) = (&wish.slots, &wish.text);
    let names_goods = !slots.product.is_empty();
    let buys = if has_any(text, ASKS) || text.contains('?') { Intent::ProductSearch } else { Intent::AddToCart };
    match wish.intent {
        // Nothing that is named is in the cart, and no word takes anything out.
        Intent::RemoveFromCart if names_goods && !has_any(text, TAKES_OUT) && !in_cart(desk, wish) => buys,
        // Hardly more than a guess, and nothing that says so.
        Intent::RemoveFromCart
            if names_goods && wish.confidence < UNSURE && !has_any(text, TAKES_OUT) && !has_any(text, NO) =>
        {
            Intent::ProductSearch
        }
        Intent::UpdateQuantity if names_goods && !in_cart(desk, wish) && items::wants(text) => buys,
        Intent::ChooseSize if names_goods && items::wants(text) && desk.dialogue.wanted.is_empty() => buys,
        Intent::ClearCart if !has_any(text, TAKES_OUT) && !has_any(text, EMPTIES) => Intent::ViewCart,
        Intent::Location if has_any(text, COMES_BY) && !text.contains('?') => Intent::GiveAddress,
        Intent::Location if !text.contains('?') && is_in_an_area(desk, wish) => Intent::GiveAddress,
        // Two words for it, and the second time it is meant.
        Intent::ClearCart if desk.pending == Question::ClearCart => Intent::Affirm,
        Intent::PriceInquiry if names_goods && items::wants(text) && !has_any(text, PRICE) => buys,
        Intent::ProductSearch if names_goods && has_any(text, TO_CART) => buys,
        Intent::OptOut if desk.recall.customer.opted_out && !has_any(text, NO_MORE) => Intent::OptIn,
        // "Sawa nitumie": the goods, not the adverts.
        Intent::OptIn
            if wish.confidence >= reading::GUESS && !has_any(text, ADVERTS) && !desk.recall.customer.opted_out =>
        {
            match (desk.dialogue.cart.is_empty(), desk.dialogue.focus) {
                // No yes to a total.
                _ if matches!(desk.pending, Question::Summary { .. }) => Intent::RepeatUnclear,
                (false, _) => Intent::Checkout,
                (true, Some(_)) => Intent::Affirm,
                (true, None) => Intent::RepeatUnclear,
            }
        }
        Intent::Pay if desk.dialogue.open_order.is_none() && desk.dialogue.cart.is_empty() && has_any(text, HOW) => {
            Intent::PaymentMethods
        }
        Intent::WholesaleInquiry if names_goods && few(desk, wish) && !has_any(text, IN_BULK) => buys,
        Intent::Exchange if names_goods && !has_bought(desk) && !in_cart(desk, wish) => buys,
        Intent::Availability if !names_goods && has_any(text, BRINGS_BACK_MONEY) && has_bought(desk) => {
            Intent::ReturnRefund
        }
        Intent::PriceInquiry | Intent::ProductSearch
            if !names_goods && slots.ordinal.is_empty() && goes_to_an_area(desk, wish) =>
        {
            Intent::DeliveryQuestion
        }
        intent => intent,
    }
}

fn in_cart(desk: &Desk<'_>, wish: &Wish) -> bool {
    let kinds = reference::kind(desk, &wish.slots.product);
    let wanted = desk.dialogue.wanted.iter().map(|wanted| wanted.product);
    desk.dialogue.cart.lines.iter().map(|line| line.product).chain(wanted).any(|id| kinds.contains(&id))
}

fn has_bought(desk: &Desk<'_>) -> bool {
    desk.recall.orders.iter().any(|order| order.state.is_sold())
}

/// Fewer than the first step of the wholesale prices, or pieces of a size, as one buys for oneself.
fn few(desk: &Desk<'_>, wish: &Wish) -> bool {
    let pieces: u32 = wish.slots.quantity.iter().fold(0, |sum, n| sum.saturating_add(*n));
    let least = desk.recall.shop.wholesale.as_ref().and_then(|wholesale| wholesale.tiers.first()).map_or(0, |t| t.min);
    pieces > 0 && (pieces < least || !wish.slots.size.is_empty())
}

fn goes_to_an_area(desk: &Desk<'_>, wish: &Wish) -> bool {
    let to = ["to", "hadi", "mpaka", "kwenda", "hapo", "kupeleka", "kutuma", "na"];
    reading::area_named(desk, wish).is_some_and(|area| {
        let first = words(&area).first().cloned().unwrap_or_default();
        to.iter().any(|to| has_any(&wish.text, &[&format!("{to} {first}")]))
    })
}

/// "Naomba gauni la Amani, L", also when the letter is small.
fn letter_as_size(wish: &mut Wish) {
    let said = words(&wish.text);
    let last = said.last().map(String::as_str).unwrap_or_default();
    let named = !wish.slots.product.is_empty() || !wish.slots.colour.is_empty() || said.len() <= 2;
    if wish.slots.size.is_empty() && named && matches!(last, "s" | "m" | "l" | "xl" | "xxl") {
        wish.slots.size = vec![Size::parse(last)];
    }
}

/// The sizes a text names, with whether each is the old one: "L badala ya XL", "42, not 41".
fn sizes_said(text: &str, is_size: impl Fn(&Size) -> bool) -> (Vec<Size>, Vec<Size>) {
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

/// Of two sizes of which one is to go, the other one is meant.
fn without_the_old(wish: &mut Wish) {
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

/// "I need a 43, not 42", "change the size to 43": another size of what is in the cart, however it reads. Says whether
/// it was that.
pub(super) fn changes_a_size(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    use Intent::{
        AddToCart, ChooseSize, Deny, Exchange, ProductSearch, RepeatUnclear, SelectOption, SmalltalkOfftopic,
        UpdateQuantity,
    };
    let unsure = matches!(
        wish.intent,
        AddToCart
            | ChooseSize
            | Deny
            | Exchange
            | ProductSearch
            | RepeatUnclear
            | SelectOption
            | SmalltalkOfftopic
            | UpdateQuantity
    );
    let goods = !wish.slots.product.is_empty() && !in_cart(desk, wish);
    if !unsure || goods || !desk.dialogue.wanted.is_empty() || !wish.slots.ordinal.is_empty() {
        return false;
    }
    if !has_any(&wish.text, CHANGES) || has_any(&wish.text, ALSO) {
        return false;
    }
    let offers = |product: ProductId, size: &Size| {
        desk.product(product).is_some_and(|product| product.variants.iter().any(|variant| variant.size == *size))
    };
    let mut fitting = Vec::new();
    for line in &desk.dialogue.cart.lines {
        let (mut new, old) = sizes_said(&wish.text, |size| offers(line.product, size) && !size.is_one());
        if let [said] = &wish.slots.size[..] {
            new = vec![said.clone()];
        }
        new.retain(|size| *size != line.size && offers(line.product, size));
        if let ([new], true) = (&new[..], old.is_empty() || old.contains(&line.size)) {
            fitting.push((line.product, new.clone()));
        }
    }
    let in_focus: Vec<_> =
        fitting.iter().filter(|(product, _)| Some(*product) == desk.dialogue.focus).cloned().collect();
    let ([(product, size)] | [_, .., (product, size)]) = &(if in_focus.is_empty() { fitting } else { in_focus })[..]
    else {
        return false;
    };
    desk.dialogue.focus = Some(*product);
    let mut read = wish.clone();
    read.slots.size = vec![size.clone()];
    sizing::change_size(desk, &read)
}

/// What is wanted in the same breath as a question about its delivery: "a dera and a scarf, delivery to Rongai how much".
pub(super) fn wanted_beside(wish: &Wish) -> Option<Wish> {
    let wants = wish.intent == Intent::DeliveryQuestion && !wish.slots.product.is_empty() && items::wants(&wish.text);
    wants.then(|| {
        let slots = duka_perception::Slots { address: None, ..wish.slots.clone() };
        Wish { intent: Intent::AddToCart, slots, ..wish.clone() }
    })
}

/// "Checkout to South B, Plainsview, house 12": one place, though its parts were heard apart.
fn whole_place(perception: &Perception) -> Option<String> {
    let parts: Vec<&str> = perception.wishes.iter().filter_map(|wish| wish.slots.address.as_deref()).collect();
    let said: Vec<&str> = perception.wishes.iter().map(|wish| wish.text.trim()).collect();
    let [first, second] = parts[..] else { return None };
    let ends = said.iter().any(|text| text.ends_with(first));
    let begins = said.iter().any(|text| text.starts_with(second));
    (ends && begins && first != second).then(|| format!("{first}, {second}"))
}

/// "Niwekee hizo 41", of sneakers: a number of pieces that is one of their sizes and no number anybody buys is a size.
fn number_as_size(desk: &Desk<'_>, wish: &mut Wish) {
    const LEAST: u32 = 20;
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
