//! What a wish can only mean here: the reading of a sentence corrected by what is in the cart, was bought and is sold.
//! A misread word then costs nothing: nobody takes things out of an empty cart, or wears size M thirty times.

use duka_kernel::{ProductId, Size};
use duka_perception::{Context, Intent, Perception, Slots, Wish, perceive};
use duka_shop::{Product, delivery};

use super::{
    cart, checkout,
    cues::{
        ADVERTS, ALSO, ASKS, BRINGS_BACK_MONEY, CHANGES, COMES_BY, EMPTIES, GETS, HOW, HOW_MUCH, IN_BULK, IS_THERE,
        IS_WHERE, LIKES, NEWS, NICE, NO, NO_MORE, PRICE, PUTS_IN, TAKES_OUT, TO_CART, TWO_PIECE, WAS_BOUGHT,
    },
    guarding::YES,
    items, leaving,
    meant::{SENDS, TAKES, THEY_WEAR, declines_delivery, likes_a_kind, names_colour_in_size, offers_to_pay},
    numbers::{far_too_many, letter_as_size, number_as_size, sizes_said, without_the_old, without_what_is_no_number},
    pieces,
    reading::{self, UNSURE},
    receiving, reference, swapping,
};
use crate::{
    desk::Desk,
    dialogue::Question,
    say::Say,
    words::{has_any, words},
};

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
    if let Some(pieces) = pieces::dozens(&wish.text).filter(|_| wish.slots.quantity.len() > 1) {
        wish.slots.quantity = vec![pieces];
    }
    if let Some(pieces) =
        enough(&wish).filter(|_| !desk.dialogue.cart.is_empty() && wish.intent == Intent::RemoveFromCart)
    {
        wish.slots.quantity = vec![pieces];
        wish.slots.ordinal.clear();
    }
    if has_any(&wish.text, TWO_PIECE) {
        // A suit or a set, not two of anything.
        wish.slots.quantity.retain(|n| *n != 2);
    }
    without_what_is_no_number(&mut wish);
    far_too_many(&mut wish);
    number_as_size(desk, &mut wish);
    letter_as_size(&mut wish);
    without_the_old(&mut wish);
    if wish.slots.address.as_deref().is_some_and(|place| is_goods(desk, perception, &wish, place)) {
        wish.slots.address = None;
        if wish.intent == Intent::GiveAddress && items::wants(&wish.text) {
            // Heard as a place, it was not heard as goods: colours and sizes are read anew.
            let heard = perceive(&wish.text, &Context::default());
            let slots = Slots { address: None, ..heard.slots };
            wish = Wish { intent: Intent::AddToCart, confidence: wish.confidence.max(UNSURE), slots, ..wish };
            letter_as_size(&mut wish);
        }
    }
    if wish.slots.address.is_some() {
        wish.slots.address = whole_place(perception).or(wish.slots.address);
        let whole = perception.wishes.iter().map(|wish| wish.text.as_str()).collect::<Vec<_>>().join(" ");
        wish.slots.address = wish.slots.address.map(|place| checkout::with_the_house(&whole, place));
        if let (Some(place), Some(receiver)) = (wish.slots.address.as_mut(), receiving::beside(perception)) {
            *place = format!("{place}, {receiver}");
        }
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
    let elsewhere =
        matches!(wish.intent, Intent::BusinessHours | Intent::CancelOrder | Intent::Complaint | Intent::HumanHandoff);
    if comes && !elsewhere {
        wish.intent = Intent::GiveAddress;
    }
    if wish.intent == Intent::GiveAddress && wish.slots.address.is_none() && declines_delivery(desk, &wish) {
        wish.slots.address = Some(delivery::PICKUP.to_owned());
    }
    if wish.intent == Intent::Bargain && wish.slots.offer_price.is_none() && offers_to_pay(&wish) {
        wish.slots.offer_price = words(&wish.text).iter().filter_map(|word| word.parse::<i64>().ok()).max();
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
fn is_goods(desk: &Desk<'_>, perception: &Perception, wish: &Wish, place: &str) -> bool {
    use Intent::{AddToCart, GiveAddress, ProductSearch, SelectOption};
    if !matches!(wish.intent, AddToCart | ProductSearch | SelectOption | GiveAddress) {
        return false;
    }
    let whole = perception.wishes.iter().map(|wish| wish.text.as_str()).collect::<Vec<_>>().join(" ");
    let called = |text: &str| reference::called(desk, text).and_then(|id| desk.product(id));
    let of_its_name = |product: &Product| words(place).iter().all(|word| words(&product.name).contains(word));
    let known = delivery::areas_known(desk.recall.shop);
    (items::wants(&whole) && (called(place).is_some() || called(&whole).is_some_and(of_its_name)))
        || !known.iter().any(|area| has_any(place, &[&words(area).join(" ")]))
            && !reference::known_as(desk, place).is_empty()
}

/// The same words heard a second time as a place, beside the goods they name.
pub(super) fn is_an_echo(desk: &Desk<'_>, perception: &Perception, wish: &Wish) -> bool {
    use Intent::{AddToCart, ProductSearch, SelectOption};
    let place = wish.slots.address.as_deref().unwrap_or(&wish.text);
    let goods = |other: &Wish| matches!(other.intent, AddToCart | ProductSearch | SelectOption);
    wish.intent == Intent::GiveAddress && perception.wishes.iter().any(goods) && is_goods(desk, perception, wish, place)
}

/// What it must be, if it cannot be what it reads as.
fn instead(desk: &Desk<'_>, wish: &Wish) -> Intent {
    let (slots, text) = (&wish.slots, &wish.text);
    let names_goods = !slots.product.is_empty();
    let buys = if has_any(text, ASKS) || text.contains('?') { Intent::ProductSearch } else { Intent::AddToCart };
    match wish.intent {
        // No word takes anything out: "also the kiondo".
        Intent::RemoveFromCart if enough(wish).is_some() => Intent::UpdateQuantity,
        Intent::RemoveFromCart if !takes_out(text) && names_goods => buys,
        Intent::RemoveFromCart if !takes_out(text) && !slots.ordinal.is_empty() => Intent::SelectOption,
        Intent::RemoveFromCart if !takes_out(text) && text.contains('?') => Intent::Availability,
        Intent::RemoveFromCart if !takes_out(text) => Intent::RepeatUnclear,
        Intent::UpdateQuantity if names_goods && !in_cart(desk, wish) && items::wants(text) => buys,
        Intent::ChooseSize if names_goods && items::wants(text) && desk.dialogue.wanted.is_empty() => buys,
        Intent::ClearCart if !takes_out(text) && has_any(text, PUTS_IN) => Intent::AddToCart,
        Intent::ClearCart if desk.pending == Question::ProductChoice && !takes_out(text) => Intent::AddToCart,
        Intent::Checkout
            if desk.pending == Question::ProductChoice && has_any(text, PUTS_IN) && reference::means_all(text) =>
        {
            Intent::AddToCart
        }
        // "Ile white iko na M": is it there?
        Intent::ChooseSize | Intent::SelectOption
            if (has_any(text, IS_THERE) || ends_asking(text)) && !items::wants(text) && !has_any(text, NICE) =>
        {
            Intent::Availability
        }
        // "Grey in extra large", after what they cost: is it there?
        Intent::AddToCart | Intent::ChooseSize | Intent::SelectOption
            if names_colour_in_size(wish) && desk.dialogue.choosing.is_none() =>
        {
            Intent::Availability
        }
        Intent::UpdateQuantity if has_any(text, HOW_MUCH) => Intent::PriceInquiry,
        // "Give me this in M" of what is shown, or of the picture.
        Intent::ImageSearchCaption
            if !text.contains('?')
                && (!slots.size.is_empty() && items::wants(text) || has_any(text, TAKES) && !has_any(text, ASKS)) =>
        {
            Intent::AddToCart
        }
        // "I pay 100 for it": an offer, and nothing is paid.
        Intent::PaymentClaim if offers_to_pay(wish) => Intent::Bargain,
        // "Naitwa Otieno, napenda jackets": a taste, and none of them is pointed at.
        Intent::AddToCart | Intent::SelectOption if names_goods && likes_a_kind(wish) => Intent::ProductSearch,
        // "My person wears L": whom it is for.
        Intent::HumanHandoff if !slots.size.is_empty() && has_any(text, THEY_WEAR) => Intent::ProductSearch,
        Intent::CancelOrder if declines_delivery(desk, wish) => Intent::GiveAddress,
        // "Give me this in M", from somebody who bought nothing.
        Intent::Exchange
            if !has_bought(desk) && desk.dialogue.cart.is_empty() && items::wants(text) && !has_any(text, CHANGES) =>
        {
            buys
        }
        // What somebody likes is looked for, not bought.
        Intent::AddToCart | Intent::SelectOption if has_any(text, LIKES) && !items::wants(text) => {
            Intent::ProductSearch
        }
        Intent::ClearCart if !takes_out(text) && !has_any(text, EMPTIES) => Intent::ViewCart,
        Intent::ClearCart if !slots.size.is_empty() || !slots.colour.is_empty() => Intent::RemoveFromCart,
        // "Sawa nitumie": what was chosen, not news.
        Intent::OptIn if !has_any(text, NEWS) && words(text).len() <= 5 && has_chosen(desk) => {
            // An order is placed on a plain yes only.
            let at_summary = matches!(desk.pending, Question::Summary { .. });
            if at_summary && !has_any(text, YES) { Intent::ViewCart } else { Intent::Affirm }
        }
        Intent::Location if has_any(text, COMES_BY) && !text.contains('?') => Intent::GiveAddress,
        Intent::Location if !text.contains('?') && is_in_an_area(desk, wish) => Intent::GiveAddress,
        // Two words for it, and the second time it is meant.
        Intent::ClearCart if desk.pending == Question::ClearCart => Intent::Affirm,
        Intent::PriceInquiry if names_goods && items::wants(text) && !has_any(text, PRICE) => buys,
        // "How much is the wrap dress": nothing is wrapped.
        Intent::ServiceInquiry if names_goods && slots.service.is_empty() && has_any(text, PRICE) => {
            Intent::PriceInquiry
        }
        Intent::ProductSearch if names_goods && has_any(text, TO_CART) => buys,
        Intent::DiscountCoupon | Intent::ProductSearch | Intent::RepeatUnclear
            if desk.recall.customer.opted_out
                && has_any(text, GETS)
                && has_any(text, ADVERTS)
                && has_any(text, &["tena", "again"]) =>
        {
            Intent::OptIn
        }
        Intent::OptOut
            if (desk.recall.customer.opted_out || has_any(text, GETS) && has_any(text, ADVERTS))
                && !has_any(text, NO_MORE) =>
        {
            Intent::OptIn
        }
        Intent::OptOut if leaving::asks_for_offers(wish) => Intent::OptIn,
        Intent::OptOut if !leaving::refuses(wish) => Intent::RepeatUnclear,
        Intent::OptOut if desk.recall.customer.opted_out && !has_any(text, NO_MORE) => Intent::OptIn,
        // No news is spoken of: nobody is put on a list by "send me".
        Intent::OptIn
            if wish.confidence >= reading::GUESS && !has_any(text, ADVERTS) && !desk.recall.customer.opted_out =>
        {
            Intent::RepeatUnclear
        }
        Intent::Pay if desk.dialogue.open_order.is_none() && desk.dialogue.cart.is_empty() && has_any(text, HOW) => {
            Intent::PaymentMethods
        }
        Intent::WholesaleInquiry if names_goods && few(desk, wish) && !has_any(text, IN_BULK) => buys,
        Intent::Exchange if names_goods && !has_bought(desk) && !in_cart(desk, wish) && !has_any(text, WAS_BOUGHT) => {
            buys
        }
        // "Poa nalipia, location ni Umoja": where to.
        Intent::DeliveryQuestion
            if slots.address.is_some() && has_chosen(desk) && has_any(text, IS_WHERE) && !has_any(text, ASKS) =>
        {
            Intent::GiveAddress
        }
        // "Lipia peleka Karen", without a comma.
        Intent::DeliveryQuestion
            if slots.address.is_some()
                && has_chosen(desk)
                && has_any(text, SENDS)
                && !has_any(text, ASKS)
                && !text.contains('?')
                && !has_any(text, HOW_MUCH) =>
        {
            Intent::GiveAddress
        }
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

/// Whether there is something that could be sent.
fn has_chosen(desk: &Desk<'_>) -> bool {
    let offered = matches!(desk.pending, Question::Take { .. } | Question::ProductChoice);
    offered || !desk.dialogue.cart.is_empty() || !desk.dialogue.wanted.is_empty()
}

/// "No, 2 is fine", "mbili zinatosha": so many and no more.
pub(super) fn enough(wish: &Wish) -> Option<u32> {
    const ENOUGH: &[&str] = &[
        "is fine",
        "are fine",
        "is enough",
        "are enough",
        "will do",
        "is ok",
        "inatosha",
        "zinatosha",
        "vinatosha",
        "yatosha",
        "tu",
    ];
    let slots = &wish.slots;
    let pointed = || slots.ordinal.first().and_then(|n| u32::try_from(*n).ok());
    let number = slots.quantity.first().copied().or_else(pointed).filter(|n| *n > 0);
    let short = words(&wish.text).len() <= 5 && slots.product.is_empty() && slots.colour.is_empty();
    number.filter(|_| short && has_any(&wish.text, ENOUGH) && !has_any(&wish.text, TAKES_OUT))
}

/// Whether a word takes something out: one of those listed, or a form of *toa*, *ondoa*, *chomoa*.
fn takes_out(text: &str) -> bool {
    let form = |word: &String| {
        ["toa", "ondoa", "ondoe", "ondole", "chomo", "itoke", "toeni"].iter().any(|stem| word.contains(stem))
            || word.ends_with("toe")
            || word.ends_with("toke")
            || word.ends_with("itolee")
    };
    has_any(text, TAKES_OUT) || has_any(text, NO) || words(text).iter().any(form)
}

/// "Namba 42 iko", "size M zipo?"
fn ends_asking(text: &str) -> bool {
    let said = words(text);
    said.len() > 1 && said.last().is_some_and(|last| matches!(last.as_str(), "iko" | "ziko" | "ipo" | "zipo"))
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
    // "In size L" at the summary corrects what stands there.
    let corrects = matches!(desk.pending, Question::Summary { .. })
        && wish.slots.product.is_empty()
        && wish.slots.quantity.is_empty()
        && words(&wish.text).len() <= 8;
    if !(corrects || has_any(&wish.text, CHANGES)) || has_any(&wish.text, ALSO) {
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
        return is_that_already(desk, wish);
    };
    desk.dialogue.focus = Some(*product);
    let mut read = wish.clone();
    read.slots.size = vec![size.clone()];
    swapping::change_size(desk, &read)
}

/// "Not M, it's L", of what is in the cart in L: it stays as it is. Says whether it was that.
fn is_that_already(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    let lines = &desk.dialogue.cart.lines;
    let (new, old) = sizes_said(&wish.text, |size| !size.is_one() && letter_or_known(lines, size));
    let ([new], [old]) = (&new[..], &old[..]) else { return false };
    let held = |size: &Size| lines.iter().any(|line| line.size == *size);
    if !held(new) || held(old) {
        return false;
    }
    desk.say(Say::Kept);
    cart::offer_next(desk);
    desk.dialogue.then_checkout |= matches!(desk.pending, Question::Summary { .. });
    true
}

fn letter_or_known(lines: &[duka_shop::CartLine], size: &Size) -> bool {
    let text = size.to_string();
    ["S", "M", "L", "XL", "XXL"].contains(&text.as_str()) || lines.iter().any(|line| line.size == *size)
}

/// What is wanted in the same breath as a question about its delivery: "a dera and a scarf, delivery to Rongai how much".
pub(super) fn wanted_beside(perception: &Perception, wish: &Wish) -> Option<Wish> {
    // "Nataka dera moja na scarf moja, delivery ya Rongai ni ngapi" wants both.
    let listed =
        || perception.wishes.iter().any(|other| other.intent == Intent::AddToCart && items::wants(&other.text));
    let wants = wish.intent == Intent::DeliveryQuestion && !wish.slots.product.is_empty();
    (wants && (items::wants(&wish.text) || listed())).then(|| {
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
