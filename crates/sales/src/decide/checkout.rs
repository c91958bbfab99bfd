//! From the cart to the order: where to, who pays, the summary, the yes.

use duka_kernel::{Money, PhoneNumber};
use duka_perception::Wish;
use duka_shop::delivery::{self, DeliveryRefusal};

use super::{choosing, payment, questions, sizing};
use crate::{
    desk::Desk,
    dialogue::{Question, Stage},
    say::Say,
    tools::{CreateOrder, OrderRefusal, create_order, get_cart, payer_of},
    words::{has_any, words},
};

const COLLECT: &[&str] = &[
    "pick",
    "pickup",
    "pick it",
    "collect",
    "nitachukua",
    "kuchukua",
    "nachukua",
    "nitakuja",
    "nitapitia",
    "come for it",
];
const SAME_PLACE: &[&str] = &[
    "same place",
    "same address",
    "the same",
    "usual place",
    "pale pale",
    "palepale",
    "pale nilisema",
    "ile ile",
    "last time",
    "usual address",
    "kama kawaida",
    "pale kawaida",
    "as before",
    "like before",
    "mahali pale",
    "pahali pale",
    "kama awali",
    "address ya mwisho",
    "where you delivered",
];

/// The customer has chosen. What is under discussion and not in the cart yet is taken to be meant.
pub(super) fn begin(desk: &mut Desk<'_>) {
    let nothing_chosen = desk.dialogue.cart.is_empty() && desk.dialogue.wanted.is_empty();
    if nothing_chosen && desk.asking.is_none() {
        if let Some(focus) = desk.dialogue.focus.filter(|_| desk.dialogue.open_order.is_none()) {
            choosing::take(desk, focus);
        } else if desk.dialogue.open_order.is_some() {
            return payment::ask_again(desk, None);
        } else {
            return desk.say(Say::CartEmpty);
        }
    }
    sizing::leave_out(desk);
    desk.dialogue.then_checkout = true;
    if desk.pending == Question::CartNext {
        desk.answered();
    }
}

/// Asks for what is still missing for the order, or shows the summary.
pub(super) fn advance(desk: &mut Desk<'_>) {
    let Some((lines, quote)) = get_cart(desk) else {
        desk.dialogue.then_checkout = false;
        return;
    };
    let Some(delivery) = desk.dialogue.delivery.clone() else { return ask_address(desk) };
    let payer = payer_of(desk, None);
    if payer.is_none() {
        desk.enter(Stage::Address);
        return desk.ask(Question::Phone, Say::AskPhone { known: None });
    }
    desk.dialogue.payer.clone_from(&payer);
    let total = quote.total;
    desk.ask(Question::Summary { total }, Say::Summary { lines, quote, delivery, payer });
    desk.enter(Stage::Summary);
}

fn ask_address(desk: &mut Desk<'_>) {
    if let Some(choice) = place_asked(desk) {
        desk.ask(Question::Address, Say::AskAddressThere { choice });
        return desk.enter(Stage::Address);
    }
    let saved = saved_place(desk).filter(|_| !desk.dialogue.fresh_address);
    let lives = saved.is_some() && delivered_place(desk).is_none();
    let pickup = desk.recall.shop.delivery.pickup;
    desk.ask(Question::Address, Say::AskAddress { saved, lives, pickup });
    desk.enter(Stage::Address);
}

/// The place that was asked about and not yet given.
fn place_asked(desk: &Desk<'_>) -> Option<delivery::Choice> {
    delivery::choose(desk.recall.shop, desk.dialogue.place_asked.as_deref()?).ok()
}

/// "Ok, Karen", "yes nyali", after what bringing it there costs: that is where it goes. Says whether it was that.
pub(super) fn agrees_to_the_place(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    use duka_perception::Intent::{Affirm, Checkout, DeliveryQuestion, GiveAddress, RepeatUnclear};
    let Some(place) = desk.dialogue.place_asked.clone() else { return false };
    let asks =
        wish.text.contains('?') || has_any(&wish.text, &["how", "ngapi", "do you", "mna", "bei", "when", "lini"]);
    let likely = matches!(wish.intent, Affirm | Checkout | DeliveryQuestion | GiveAddress | RepeatUnclear);
    let named = has_any(&wish.text, &[&words(&place).join(" ")]) && words(&wish.text).len() <= words(&place).len() + 3;
    if asks || !likely || !named {
        return false;
    }
    place_given(desk, &place);
    true
}

/// The yes to the place that was offered: the one asked about, else the one of last time.
pub(super) fn take_offered(desk: &mut Desk<'_>) {
    match desk.dialogue.place_asked.clone() {
        Some(place) => place_given(desk, &place),
        None => take_saved(desk),
    }
}

/// A place was given, changed or corrected.
pub(super) fn address(desk: &mut Desk<'_>, wish: &Wish) {
    let shopping = !desk.dialogue.cart.is_empty() || !desk.dialogue.wanted.is_empty();
    let waits = matches!(desk.pending, Question::Payment(_));
    if !shopping && wish.slots.address.is_some() && (waits || payment::changes_address(desk, wish)) {
        return payment::other_address(desk, wish);
    }
    match wish.slots.address.as_deref() {
        Some(place) if is_the_same(place) => take_saved(desk),
        Some(place) => place_given(desk, place),
        None if has_any(&wish.text, SAME_PLACE) => take_saved(desk),
        None if has_any(&wish.text, COLLECT) => place_given(desk, delivery::PICKUP),
        None if desk.pending == Question::Address => place_given(desk, wish.text.trim()),
        None => desk.ask(Question::Address, Say::AddressUnclear),
    }
}

/// Sets where it goes. Without anything to send, what it would cost is the answer.
pub(super) fn place_given(desk: &mut Desk<'_>, place: &str) {
    if !set_address(desk, place) {
        return;
    }
    desk.dialogue.place_asked = None;
    if desk.dialogue.cart.is_empty() && desk.dialogue.wanted.is_empty() && desk.asking.is_none() {
        if let Some(choice) = desk.dialogue.delivery.clone() {
            desk.say(Say::DeliveryTo { choice });
        }
        return;
    }
    sizing::leave_out(desk);
    if let (false, Some(choice)) = (desk.dialogue.wanted.is_empty(), desk.dialogue.delivery.clone()) {
        // A size is asked first; meanwhile the place is not passed over in silence.
        desk.say(Say::DeliveryTo { choice });
    }
    desk.dialogue.then_checkout = true;
}

/// Sets where it goes, if the shop goes there; otherwise says why not.
pub(super) fn set_address(desk: &mut Desk<'_>, place: &str) -> bool {
    match delivery::choose(desk.recall.shop, &there(desk, place)) {
        Ok(choice) => {
            desk.touched = true;
            desk.dialogue.delivery = Some(choice);
            if desk.pending == Question::Address {
                desk.answered();
            }
            true
        }
        Err(DeliveryRefusal::Unclear) => {
            desk.ask(Question::Address, Say::AddressUnclear);
            false
        }
        Err(DeliveryRefusal::Abroad) => {
            questions::pass_on(desk, place);
            false
        }
        Err(refusal) => {
            desk.say(Say::NoDelivery { pickup: refusal == DeliveryRefusal::NoPickup });
            false
        }
    }
}

/// "The same place as before": a place that names none.
fn is_the_same(place: &str) -> bool {
    const SAYS_NOTHING: &[&str] = &[
        "to",
        "the",
        "my",
        "same",
        "place",
        "address",
        "as",
        "before",
        "last",
        "time",
        "usual",
        "one",
        "where",
        "you",
        "delivered",
        "it",
        "was",
        "pale",
        "palepale",
        "mahali",
        "pahali",
        "kama",
        "awali",
        "mwisho",
        "ya",
        "ile",
        "ileile",
        "hapo",
        "zamani",
        "kwa",
        "mara",
        "iliyopita",
        "huko",
        "previous",
        "order",
        "oda",
        "that",
        "of",
        "kawaida",
        "kwanza",
        "na",
        "ni",
        "pa",
        "yangu",
    ];
    let said = words(place);
    has_any(place, SAME_PLACE) && said.iter().all(|word| SAYS_NOTHING.contains(&word.as_str()))
}

/// A place with the house that stands before it: "plot 12, Donholm", "house 7 Umoja 2".
pub(super) fn with_the_house(text: &str, place: String) -> String {
    const HOUSES: &[&str] = &[
        "plot",
        "house",
        "hse",
        "hs",
        "apartment",
        "apartments",
        "apt",
        "flat",
        "room",
        "block",
        "blk",
        "gate",
        "door",
        "unit",
        "floor",
        "nyumba",
        "ploti",
        "court",
        "villa",
        "shop",
        "stall",
        "chumba",
        "mlango",
        "geti",
        "building",
        "jengo",
    ];
    let (lower, wanted) = (text.to_lowercase(), place.to_lowercase());
    let Some(at) = lower.find(&wanted).filter(|at| *at > 0 && lower.len() == text.len()) else { return place };
    let before = &lower[..at];
    let mut starts = before.split_whitespace().scan(0, |from, word| {
        let start = before[*from..].find(word).map(|found| *from + found)?;
        *from = start + word.len();
        Some((start, word))
    });
    let is_house = |word: &str| HOUSES.contains(&word.trim_matches(|c: char| !c.is_alphanumeric()));
    let Some((start, _)) = starts.find(|(_, word)| is_house(word)) else { return place };
    let near = words(&before[start..]).len() <= 6 && before[start..].bytes().any(|byte| byte.is_ascii_digit());
    let whole = text.get(start..at + wanted.len()).filter(|_| near);
    whole.map_or(place, |whole| whole.trim().to_owned())
}

/// Whether the words mean the place of last time.
pub(super) fn means_saved_place(wish: &Wish) -> bool {
    let place = has_any(&wish.text, &["place", "address", "pale", "palepale", "pahali", "mahali"]);
    let only = words(&wish.text).len() <= 4;
    let same = wish.slots.address.as_deref().is_some_and(is_the_same);
    (wish.slots.address.is_none() || only || same) && place && has_any(&wish.text, SAME_PLACE)
}

/// "Huko stage ya Mash", after the fee of Voi: there, in Voi.
fn there(desk: &Desk<'_>, place: &str) -> String {
    let first = words(place).first().cloned().unwrap_or_default();
    match &desk.dialogue.place_asked {
        Some(asked) if matches!(first.as_str(), "huko" | "hapo" | "pale" | "there") => {
            let rest = place.trim().get(first.len()..).unwrap_or_default().trim();
            if rest.is_empty() { asked.clone() } else { format!("{asked}, {rest}") }
        }
        _ => without_time(place),
    }
}

/// A place without the time that stands before it: "kesho asubuhi Zimmerman".
fn without_time(place: &str) -> String {
    const TIMES: &[&str] = &[
        "leo", "kesho", "asubuhi", "jioni", "mchana", "usiku", "mapema", "kabla", "ya", "today", "tomorrow", "morning",
        "evening", "tonight", "before",
    ];
    let mut rest = place.trim();
    while let Some((first, after)) = rest.split_once(' ') {
        let told = TIMES.contains(&first.to_lowercase().as_str());
        if !told || after.trim().is_empty() {
            break;
        }
        rest = after.trim();
    }
    rest.to_owned()
}

/// Where things were delivered last, else where the customer said they live.
pub(super) fn saved_place(desk: &Desk<'_>) -> Option<delivery::Choice> {
    let area = || desk.recall.customer.facts.get("area");
    delivered_place(desk).cloned().or_else(|| delivery::choose(desk.recall.shop, area()?).ok())
}

/// Where things were delivered last, unless the customer wants that forgotten.
fn delivered_place<'a>(desk: &Desk<'a>) -> Option<&'a delivery::Choice> {
    let customer = desk.recall.customer;
    let ordered = desk.recall.orders.iter().find(|o| o.state.is_sold() && !o.delivery.address.is_empty());
    let ordered = ordered.filter(|_| !customer.facts.contains_key(crate::effect::ADDRESS_FORGOTTEN));
    customer.address.as_ref().or_else(|| ordered.map(|order| &order.delivery))
}

/// The saved place is the right one. Its fee is looked up again: fees may have changed.
pub(super) fn take_saved(desk: &mut Desk<'_>) {
    match saved_place(desk) {
        Some(saved) => {
            let place = if saved.pickup { delivery::PICKUP.to_owned() } else { saved.address.clone() };
            place_given(desk, &place);
        }
        None => ask_address(desk),
    }
}

/// The saved place is not the right one.
pub(super) fn other_place(desk: &mut Desk<'_>) {
    desk.dialogue.fresh_address = true;
    desk.dialogue.place_asked = None;
    ask_address(desk);
}

/// A number to pay from.
pub(super) fn payer_given(desk: &mut Desk<'_>, phone: &PhoneNumber) -> bool {
    if !phone.is_mpesa() {
        desk.ask(Question::Phone, Say::PhoneWrong);
        return false;
    }
    if desk.dialogue.payer.as_ref() != Some(phone) {
        desk.dialogue.payer = Some(phone.clone());
    }
    if desk.pending == Question::Phone {
        desk.answered();
    }
    true
}

/// The yes to the summary. Only what was seen is ordered: if anything moved, there is a new summary first.
pub(super) fn confirm(desk: &mut Desk<'_>, seen: Money) {
    if desk.touched || !desk.plain_yes {
        desk.dialogue.then_checkout = !desk.dialogue.cart.is_empty();
        return;
    }
    match create_order(desk, CreateOrder { agreed: seen }) {
        Ok(order) => {
            desk.answered();
            desk.dialogue.focus = None;
            payment::ask_first(desk, &order);
        }
        Err(OrderRefusal::TotalChanged | OrderRefusal::NotInStock) => {
            desk.say(Say::TotalChanged);
            desk.dialogue.then_checkout = true;
        }
        Err(OrderRefusal::NoAddress) => desk.dialogue.then_checkout = true,
        Err(OrderRefusal::Empty | OrderRefusal::OnceATurn) => {
            desk.answered();
            desk.dialogue.then_checkout = false;
            desk.say(Say::CartEmpty);
        }
    }
}

/// The no to the summary.
pub(super) fn decline(desk: &mut Desk<'_>) {
    desk.dialogue.then_checkout = false;
    desk.answered();
    desk.say(Say::NotOrdered);
    desk.dialogue.question = Question::CartNext;
    desk.quiet = true;
    desk.enter(Stage::Cart);
}
