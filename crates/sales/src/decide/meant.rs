//! Sentences that mean another thing than they read as: an offer that looks like a payment, a taste that looks like a choice,
//! a refusal of delivery that looks like one of an order.

use duka_perception::Wish;

use super::items;
use crate::{
    desk::Desk,
    words::{has_any, words},
};

/// "I pay 100 for the red dress": so much is offered, not paid.
pub(super) fn offers_to_pay(wish: &Wish) -> bool {
    const OFFERS: &[&str] = &[
        "i pay",
        "ill pay",
        "i will pay",
        "i can pay",
        "nalipa",
        "nitalipa",
        "ntalipa",
        "nakupea",
        "nitakupea",
        "nikupe",
        "take",
        "chukua",
    ];
    let names = !wish.slots.product.is_empty() || !wish.slots.ordinal.is_empty();
    let has_sum = words(&wish.text).iter().any(|word| word.parse::<u32>().is_ok_and(|n| n >= 10));
    wish.slots.receipt.is_none() && names && has_sum && has_any(&wish.text, OFFERS)
}

/// "Napenda jackets", "I love sneakers": a kind of thing, not one of them.
pub(super) fn likes_a_kind(wish: &Wish) -> bool {
    const LIKE: &[&str] = &["napenda", "ninapenda", "napendanga", "i like", "i love", "hupenda"];
    const POINTS: &[&str] = &["this", "that", "it", "the", "hii", "hiyo", "hio", "ile", "hizo", "hizi", "zile", "hilo"];
    let slots = &wish.slots;
    let one_of = !slots.size.is_empty() || !slots.ordinal.is_empty() || !slots.quantity.is_empty();
    has_any(&wish.text, LIKE) && !has_any(&wish.text, POINTS) && !one_of && !items::wants(&wish.text)
}

/// Words that have something brought.
pub(super) const SENDS: &[&str] = &[
    "peleka",
    "pelekeni",
    "nipelekee",
    "nipelekeeni",
    "leta",
    "leteni",
    "niletee",
    "nileteeni",
    "mlete",
    "deliver to",
    "bring to",
    "bring it to",
    "send to",
    "send it to",
    "nitumie",
    "nitumieni",
];

/// Words that take what is talked of.
pub(super) const TAKES: &[&str] = &[
    "naichukua",
    "nachukua",
    "nitachukua",
    "nitaichukua",
    "naitaka",
    "ill take it",
    "ill take this",
    "i will take it",
    "taking it",
    "taking this",
    "naibuy",
    "ntachukua",
];

/// A colour in a size, and no word that wants it.
pub(super) fn names_colour_in_size(wish: &Wish) -> bool {
    const SIZE: &[&str] =
        &["extra", "large", "small", "medium", "size", "saizi", "s", "m", "l", "xl", "xxl", "in", "kwa", "na"];
    let slots = &wish.slots;
    let (said, colours) = (words(&wish.text), &slots.colour);
    let known = |word: &String| {
        SIZE.contains(&word.as_str())
            || word.parse::<u32>().is_ok()
            || duka_shop::search::colour_named(word).is_some_and(|colour| colours.contains(&colour))
    };
    let joined = said.iter().any(|word| matches!(word.as_str(), "in" | "kwa"));
    slots.product.is_empty()
        && slots.ordinal.is_empty()
        && !colours.is_empty()
        && !slots.size.is_empty()
        && joined
        && said.iter().all(known)
}

pub(super) const THEY_WEAR: &[&str] = &["wears", "anavaa", "huvaa", "anavaanga", "huvaanga"];

/// "Sitaki delivery", with nothing that waits for money: they come by.
pub(super) fn declines_delivery(desk: &Desk<'_>, wish: &Wish) -> bool {
    let waits = desk.recall.orders.iter().any(|order| order.state.awaits_payment());
    !waits
        && desk.recall.shop.delivery.pickup
        && has_any(&wish.text, &["delivery", "deliveries", "kudeliver", "kuletewa", "usafirishaji"])
        && has_any(
            &wish.text,
            &["sitaki", "sihitaji", "no", "dont want", "dont need", "without", "bila", "sidai", "acha"],
        )
}
