//! Orders that exist: where they are, stopping them, bringing things back.

use duka_kernel::{OrderId, Timestamp};
use duka_perception::Wish;
use duka_shop::OrderState;

use super::{cart, checkout};
use crate::{
    desk::Desk,
    dialogue::{Question, Stage},
    effect::{Effect, HandOffReason, OwnerNews},
    recall::OrderView,
    say::Say,
    tools::{
        CancelOrder, CancelRefusal, GetOrderStatus, HandOff, cancel_order, get_order_status, hand_off_to_human,
        payment_is_open,
    },
    words::has_any,
};

/// The number of an order in a message: as it was read, or anything that looks like one of ours.
pub(super) fn number_said(wish: &Wish) -> Option<String> {
    let ours = |word: &&str| word.len() > 3 && word.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("DK-"));
    let mut words = wish.text.split_whitespace().map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()));
    wish.slots.order_ref.clone().or_else(|| words.find(ours).map(str::to_uppercase))
}

/// "When will it arrive?" of something that was bought and is not there yet.
pub(super) fn asks_when_it_comes(desk: &Desk<'_>, wish: &Wish) -> bool {
    const WHEN: &[&str] = &[
        "when", "arrive", "reach", "lini", "itafika", "zitafika", "inafika", "utafika", "itakuja", "itakam", "inakam",
    ];
    let on_its_way = |state: OrderState| state.is_sold() && state != OrderState::Delivered;
    wish.slots.address.is_none()
        && desk.dialogue.cart.is_empty()
        && has_any(&wish.text, WHEN)
        && desk.recall.orders.iter().any(|order| on_its_way(order.state))
}

/// Where an order is.
pub(super) fn status(desk: &mut Desk<'_>, wish: &Wish) {
    let args = GetOrderStatus { number: number_said(wish) };
    match get_order_status(desk, &args) {
        Some(order) => say_status(desk, order),
        None => {
            desk.dialogue.order_sought = true;
            desk.say(Say::NoOrder { asked: args.number });
        }
    }
}

/// The number that was asked for, of an order that is not found under this one: people look. Says whether it was that.
pub(super) fn number_for_the_team(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    let sought = std::mem::take(&mut desk.dialogue.order_sought);
    if !sought || wish.slots.phone.is_none() || !desk.dialogue.cart.is_empty() {
        return false;
    }
    let said = wish.text.trim().to_owned();
    super::questions::note_for_team(desk, None, &said);
    desk.say(Say::AskTeam);
    desk.quiet = true;
    true
}

/// "Send me my receipt": that of what was paid last. Says whether that was asked and there is one.
pub(super) fn receipt(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    const RECEIPT: &[&str] = &["receipt", "risiti", "stakabadhi", "invoice", "risit"];
    const ASKS: &[&str] = &[
        "send",
        "resend",
        "my",
        "get",
        "give",
        "need",
        "want",
        "please",
        "can",
        "where",
        "naomba",
        "ninaomba",
        "nitumie",
        "nitumieni",
        "nipe",
        "nipee",
        "nataka",
        "yangu",
        "again",
        "tena",
        "tuma",
        "mnitumie",
        "nishow",
        "have",
        "iko",
    ];
    let asks =
        has_any(&wish.text, RECEIPT) && (has_any(&wish.text, ASKS) || crate::words::words(&wish.text).len() <= 2);
    let claims =
        wish.slots.receipt.is_some() || has_any(&wish.text, &["paid", "nimelipa", "nishalipa", "wrong", "si sahihi"]);
    if !asks || claims || !wish.slots.product.is_empty() {
        return false;
    }
    let number = number_said(wish);
    let meant = |order: &&OrderView| number.as_ref().is_none_or(|number| order.number == *number);
    let sold = |state: OrderState| state.is_sold();
    let Some(order) = desk.recall.orders.iter().filter(meant).find(|order| sold(order.state)) else { return false };
    desk.say(Say::Receipt {
        number: order.number.clone(),
        lines: order.lines.clone(),
        total: order.total,
        receipt: order.payment.as_ref().and_then(|payment| payment.receipt.clone()),
        delivery: order.delivery.clone(),
    });
    desk.quiet = true;
    true
}

/// The last day on which a paid order should come: so many days after it was paid as the shop's words for it say.
fn expected(order: &OrderView) -> Option<Timestamp> {
    const DAY_MINUTES: i64 = 24 * 60;
    let eta = order.delivery.eta.as_deref()?.to_lowercase();
    let numbers = eta.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse::<i64>().ok());
    let days = match () {
        () if eta.contains("same day") || eta.contains("today") => 0,
        () if eta.contains("next day") || eta.contains("tomorrow") => 1,
        () if eta.contains("day") => numbers.max().filter(|days| (1..=30).contains(days))?,
        () => return None,
    };
    Some(order.paid_at?.plus_minutes(days * DAY_MINUTES))
}

/// What an order that the team has to approve waits for before it is paid: the approval, then the PIN on the phone.
fn before_it_is_paid(desk: &Desk<'_>, order: &OrderView) -> Option<Say> {
    if order.state != OrderState::PendingPayment {
        return None;
    }
    let (number, amount) = (order.number.clone(), order.total);
    match &order.payment {
        _ if !desk.recall.shop.needs_approval(amount) => None,
        None => Some(Say::AwaitsApproval { number, amount }),
        Some(last) if payment_is_open(desk, last) => {
            Some(Say::PaymentWaiting { number, amount, phone: last.phone.clone() })
        }
        Some(_) => None,
    }
}

/// States an order. If it waits for money, a yes is an answer to it.
pub(super) fn say_status(desk: &mut Desk<'_>, order: &OrderView) {
    if let Some(say) = before_it_is_paid(desk, order) {
        desk.say(say);
        if desk.dialogue.question == Question::None {
            desk.dialogue.question = Question::Payment(order.id);
        }
        return;
    }
    let expected = expected(order);
    let is_late = expected.is_some_and(|day| day.in_zone(desk.recall.zone).date() < desk.today());
    if is_late && order.state.is_sold() && order.state != OrderState::Delivered {
        let said = format!("{} is late", order.number);
        desk.effect(Effect::TellOwner(OwnerNews::Question { said, about: None }));
    }
    desk.say(Say::OrderStatus {
        number: order.number.clone(),
        state: order.state,
        placed_at: order.placed_at,
        total: order.total,
        eta: order.delivery.eta.clone().filter(|_| order.state.is_sold() && order.state != OrderState::Delivered),
        expected,
        others: desk.recall.orders.len().saturating_sub(1),
    });
    if order.state.awaits_payment() && desk.dialogue.question == Question::None {
        desk.dialogue.question = Question::Payment(order.id);
    }
}

/// A placed order is to be stopped. Before it is placed there is only a cart to leave.
pub(super) fn cancel(desk: &mut Desk<'_>, wish: &Wish) {
    if number_said(wish).is_none() && matches!(desk.pending, Question::Summary { .. }) {
        return checkout::decline(desk);
    }
    let args = GetOrderStatus { number: number_said(wish) };
    let asked = args.number.is_some();
    let waiting = desk.recall.orders.iter().find(|o| o.state.awaits_payment()).filter(|_| !asked);
    let shopping = !desk.dialogue.cart.is_empty() || !desk.dialogue.wanted.is_empty();
    match waiting.or_else(|| get_order_status(desk, &args).filter(|_| asked || !shopping)) {
        Some(order) if order.state.awaits_payment() => ask_cancel(desk, order),
        Some(order) => too_late(desk, order, &wish.text),
        None if asked => desk.say(Say::NoOrder { asked: args.number }),
        None if shopping => cart::ask_clear(desk),
        None if super::booking::cancel_the_only(desk, wish) => {}
        None => desk.say(Say::NoOrder { asked: None }),
    }
}

/// Asks once before an order is stopped.
pub(super) fn ask_cancel(desk: &mut Desk<'_>, order: &OrderView) {
    let say = Say::AskCancel { number: order.number.clone(), total: order.total };
    desk.ask(Question::CancelOrder(order.id), say);
}

/// The yes to stopping it.
pub(super) fn cancelled(desk: &mut Desk<'_>, order: OrderId, said: &str) {
    desk.answered();
    match cancel_order(desk, &CancelOrder { order, reason: "asked by the customer".to_owned() }) {
        Ok(order) => {
            let open = order.payment.as_ref().is_some_and(|last| payment_is_open(desk, last));
            let prompted = open.then_some(order.total);
            desk.say(Say::OrderCancelled { number: order.number.clone(), prompted });
            desk.enter(Stage::Searching);
            desk.quiet = true;
        }
        Err(CancelRefusal::TooLate(_)) => {
            if let Some(order) = desk.recall.orders.iter().find(|o| o.id == order) {
                too_late(desk, order, said);
            }
        }
        Err(CancelRefusal::Unknown) => desk.say(Say::NoOrder { asked: None }),
    }
}

/// The no to stopping it: it stays, and waits for its money.
pub(super) fn kept(desk: &mut Desk<'_>, order: OrderId) {
    desk.dialogue.question = Question::Payment(order);
    match desk.recall.orders.iter().find(|o| o.id == order) {
        Some(order) => say_status(desk, order),
        None => desk.say(Say::Kept),
    }
    desk.quiet = true;
}

/// What is paid is stopped by people, who can give money back; what has ended already is only stated.
fn too_late(desk: &mut Desk<'_>, order: &OrderView, said: &str) {
    let (number, state) = (order.number.clone(), order.state);
    if matches!(state, OrderState::Cancelled | OrderState::Expired | OrderState::Refunded | OrderState::RefundDue) {
        return say_status(desk, order);
    }
    desk.say(Say::CannotCancel { number, state });
    let order = Some(order.id);
    hand_off_to_human(desk, HandOff { reason: HandOffReason::NeedsPerson, said: said.to_owned(), order });
}
