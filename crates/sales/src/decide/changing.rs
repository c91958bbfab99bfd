//! A change of mind about an order that is placed and not paid.

use duka_perception::{Intent, Wish};

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
