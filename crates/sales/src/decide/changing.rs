//! A change of mind about an order that is placed and not paid.

use duka_perception::{Intent, Wish};
use duka_shop::OrderState;

use super::payment;
use crate::{
    desk::Desk,
    dialogue::Question,
    say::Say,
    tools::{CancelOrder, cancel_order, payment_is_open},
    words::has_any,
};

const CHANGES: &[&str] = &[
    "instead",
    "actually",
    "change",
    "badala",
    "badilisha",
    "badilishia",
    "nibadilishie",
    "make it",
    "iwe",
    "ifanye",
    "zifanye",
    "rather",
    "nimebadilisha",
    "nimechange",
    "toa",
    "remove",
];

/// "Can you deliver today instead?", "change it to L" of an order that is paid and has not left: people change it, and
/// the customer is told that. Says whether it was that.
pub(super) fn of_paid(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    use Intent::{
        AddToCart, Availability, ChooseSize, Exchange, ProductSearch, RemoveFromCart, RepeatUnclear, SelectOption,
        UpdateQuantity,
    };
    const SOONER: &[&str] = &[
        "today instead",
        "deliver today",
        "bring it today",
        "leo badala",
        "mlete leo",
        "leteni leo",
        "niletee leo",
        "tomorrow instead",
        "kesho badala",
        "another day",
        "siku nyingine",
        "siku ingine",
        "earlier",
        "sooner",
        "later date",
    ];
    let shopping = !desk.dialogue.cart.is_empty() || !desk.dialogue.wanted.is_empty();
    let free = matches!(desk.pending, Question::None | Question::Rating | Question::Payment(_));
    let Some(order) = payment::current(desk)
        .filter(|order| matches!(order.state, OrderState::Paid | OrderState::Processing | OrderState::DepositPaid))
    else {
        return false;
    };
    let slots = &wish.slots;
    let says_what = !slots.size.is_empty() || !slots.quantity.is_empty() || !slots.colour.is_empty();
    let of_goods = says_what
        && has_any(&wish.text, CHANGES)
        && matches!(
            wish.intent,
            AddToCart
                | Availability
                | ChooseSize
                | Exchange
                | ProductSearch
                | RemoveFromCart
                | RepeatUnclear
                | SelectOption
                | UpdateQuantity
        );
    let of_time = has_any(&wish.text, SOONER)
        && slots.address.is_none()
        && slots.service.is_empty()
        && !has_any(&wish.text, &["appointment", "booking", "miadi", "book", "session", "slot"]);
    let bought = order.lines.iter().filter_map(|line| desk.product(line.product));
    let another =
        !slots.product.is_empty() && bought.clone().all(|p| super::reference::is_another_kind(desk, p.id, slots));
    if shopping || !free || another || !(of_goods || of_time) {
        return false;
    }
    let (id, number) = (order.id, order.number.clone());
    let said = format!("{number}: {}", wish.text.trim());
    super::questions::note_for_team(desk, Some(id), &said);
    desk.say(Say::ToldTeam { number });
    desk.quiet = true;
    true
}

/// Another size, number or product for an order that waits for money. While a prompt is open nothing moves: it may be
/// paid this moment, and the customer is told how to stop it. Otherwise the order is stopped, its goods are back in the
/// cart, and the wish is served on them; a new summary asks for a new yes. Says whether the wish is done with.
pub(super) fn holds_back(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    use Intent::{AddToCart, ChooseSize, Exchange, RemoveFromCart, SelectOption, UpdateQuantity};
    let slots = &wish.slots;
    let says_what = !slots.size.is_empty() || !slots.quantity.is_empty() || !slots.product.is_empty();
    let changes = match wish.intent {
        Exchange | UpdateQuantity | RemoveFromCart => says_what,
        AddToCart | ChooseSize | SelectOption => says_what && has_any(&wish.text, CHANGES),
        _ => false,
    };
    let shopping = !desk.dialogue.cart.is_empty() || !desk.dialogue.wanted.is_empty();
    if !changes || shopping || !matches!(desk.pending, Question::Payment(_)) {
        return false;
    }
    let Some(order) = payment::current(desk).filter(|order| order.state.awaits_payment()) else { return false };
    if let Some(last) = order.payment.as_ref().filter(|last| payment_is_open(desk, last)) {
        let (number, amount, phone) = (order.number.clone(), order.total, last.phone.clone());
        desk.say(Say::ChangeAfterPrompt { number, amount, phone });
        desk.quiet = true;
        return true;
    }
    let args = CancelOrder { order: order.id, reason: "changed by the customer".to_owned() };
    if cancel_order(desk, &args).is_ok() {
        payment::take_back(desk, order);
        desk.dialogue.focus = match &order.lines[..] {
            [only] => Some(only.product),
            _ => None,
        };
        desk.answered();
    }
    false
}
