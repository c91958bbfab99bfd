//! The money: asking for it, asking again, claims and problems.

use duka_kernel::PhoneNumber;
use duka_perception::Wish;
use duka_shop::{OrderState, PaymentFailure, PaymentState};

use super::{checkout, people};
use crate::{
    desk::Desk,
    dialogue::{Question, Stage},
    effect::{Effect, HandOffReason, NewOrder, OwnerNews, TaskDetail, TaskKind},
    recall::OrderView,
    say::Say,
    tools::{
        AddToCart, CancelOrder, CheckPayment, GetOrderStatus, InitiatePayment, PaymentRefusal, add_to_cart,
        cancel_order, check_payment_status, get_order_status, initiate_payment, payment_is_open,
    },
    words::has_any,
};

const AGAIN: &[&str] = &["again", "tena", "resend", "retry", "rudia", "try", "jaribu"];
/// So often somebody says that they paid what is not seen: a person looks at it.
const CLAIMS_LIMIT: u8 = 3;
const NEW_SHOPPING: i64 = 24 * 60 * 60 * 1000;

/// Asks for the money of the order just placed; an order above the shop's limit waits for the team first.
pub(super) fn ask_first(desk: &mut Desk<'_>, order: &NewOrder) {
    let (number, amount) = (order.number.clone(), order.total);
    if desk.recall.shop.needs_approval(amount) {
        let detail = TaskDetail { said: amount.to_string(), ..TaskDetail::default() };
        desk.effect(Effect::OpenTask { kind: TaskKind::Approval, order: Some(order.id), detail });
        desk.effect(Effect::TellOwner(OwnerNews::ApprovalAsked { number: number.clone(), total: amount }));
        desk.dialogue.question = Question::Payment(order.id);
        desk.say(Say::AwaitsApproval { number, amount });
        desk.quiet = true;
        return;
    }
    desk.dialogue.question = Question::Payment(order.id);
    match initiate_payment(desk, &InitiatePayment { order: order.id, phone: None }) {
        Ok(request) => {
            desk.say(Say::PaymentAsked { number, amount, phone: request.phone, hold_minutes: order.hold_minutes })
        }
        Err(PaymentRefusal::NoPhone) => desk.ask(Question::Phone, Say::AskPhone { known: None }),
        Err(_) => by_hand(desk, number, amount),
    }
    desk.quiet = true;
}

/// Nobody can be prompted: the shop's own instructions, or patience. The owner is told either way.
fn by_hand(desk: &mut Desk<'_>, number: String, amount: duka_kernel::Money) {
    desk.effect(Effect::TellOwner(OwnerNews::PaymentsDown { number: number.clone(), amount }));
    desk.say(match desk.recall.shop.manual_payment.clone() {
        Some(instructions) => Say::PayByHand { number, amount, instructions },
        None => Say::PaymentDelayed { number, amount },
    });
}

/// The order that money is about: the one this conversation placed, else the latest that waits or was just settled.
pub(super) fn current<'a>(desk: &Desk<'a>) -> Option<&'a OrderView> {
    let orders = desk.recall.orders;
    let open = desk.dialogue.open_order.and_then(|id| orders.iter().find(|o| o.id == id));
    open.or_else(|| orders.iter().find(|o| o.state.awaits_payment())).or_else(|| {
        let recent = |o: &&OrderView| desk.recall.now.millis_since(o.placed_at) < NEW_SHOPPING;
        orders.first().filter(recent)
    })
}

/// "Pay", "send the prompt": at the summary a yes, with an order a request, with a cart the checkout.
pub(super) fn pay(desk: &mut Desk<'_>, wish: &Wish) {
    let phone = wish.slots.phone.as_ref();
    if desk.placed.is_some() {
        return;
    }
    if let Some(phone) = phone
        && !phone.is_mpesa()
    {
        return desk.ask(Question::Phone, Say::PhoneWrong);
    }
    if let Question::Summary { total } = desk.pending {
        return match phone {
            Some(phone) => other_payer(desk, phone),
            None => checkout::confirm(desk, total),
        };
    }
    let shopping = !desk.dialogue.cart.is_empty() || !desk.dialogue.wanted.is_empty() || desk.asking.is_some();
    let waiting = desk.dialogue.open_order.is_some() || current(desk).is_some_and(|o| o.state.awaits_payment());
    if shopping && !(waiting && matches!(desk.pending, Question::Payment(_))) {
        if let Some(phone) = phone {
            checkout::payer_given(desk, phone);
        }
        return checkout::begin(desk);
    }
    match current(desk) {
        Some(_) => ask_again(desk, phone.cloned()),
        None if desk.dialogue.focus.is_some() => {
            if let Some(phone) = phone {
                checkout::payer_given(desk, phone);
            }
            checkout::begin(desk);
        }
        None => desk.say(Say::NothingToPay),
    }
}

/// Another number at the summary: a new summary shows it.
fn other_payer(desk: &mut Desk<'_>, phone: &PhoneNumber) {
    if checkout::payer_given(desk, phone) {
        desk.dialogue.then_checkout = true;
    }
}

/// "Wait, I top up", "I entered the wrong PIN": another prompt comes when they ask for it. Says whether that was it.
pub(super) fn needs_time(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    const TIME: &[&str] = &[
        "top up",
        "topup",
        "topping up",
        "nitop up",
        "nitopup",
        "niweke pesa",
        "niongeze pesa",
        "kudeposit",
        "wrong pin",
        "pin wrong",
        "pin mbaya",
        "nimekosea pin",
        "nilikosea pin",
        "pin nimekosea",
        "niweke doh",
        "naweka pesa",
    ];
    let waits = matches!(desk.pending, Question::Payment(_)) && current(desk).is_some_and(|o| o.state.awaits_payment());
    let takes_time = waits && has_any(&wish.text, TIME) && !has_any(&wish.text, AGAIN) && wish.slots.phone.is_none();
    if takes_time {
        desk.say(Say::PayWhenReady);
        desk.quiet = true;
    }
    takes_time
}

/// Where the payment stands, said once more without asking for another.
pub(super) fn remind(desk: &mut Desk<'_>) {
    let Some(order) = current(desk) else { return };
    match order.payment.as_ref().filter(|last| payment_is_open(desk, last)) {
        Some(last) if order.state.awaits_payment() => {
            let (number, phone) = (order.number.clone(), last.phone.clone());
            desk.say(Say::PaymentWaiting { number, amount: order.total, phone });
        }
        _ => super::orders::say_status(desk, order),
    }
}

/// "Try again" after an attempt that failed, however it reads by itself.
pub(super) fn asks_for_another_prompt(desk: &Desk<'_>, wish: &Wish) -> bool {
    use duka_perception::Intent::{Affirm, PaymentProblem, RepeatUnclear, SmalltalkOfftopic};
    let plain = matches!(wish.intent, Affirm | PaymentProblem | RepeatUnclear | SmalltalkOfftopic);
    let failed = current(desk).and_then(|o| o.payment.as_ref()).is_some_and(|last| {
        matches!(last.state, PaymentState::Failed | PaymentState::Cancelled | PaymentState::TimedOut)
    });
    plain && failed && has_any(&wish.text, AGAIN)
}

/// Prompts once more, if that makes sense.
pub(super) fn ask_again(desk: &mut Desk<'_>, phone: Option<PhoneNumber>) {
    let Some(order) = current(desk) else { return desk.say(Say::NothingToPay) };
    let (number, amount) = (order.number.clone(), order.total);
    match initiate_payment(desk, &InitiatePayment { order: order.id, phone }) {
        Ok(request) => {
            waits_for(desk, order);
            desk.say(Say::PaymentAskedAgain { number, amount, phone: request.phone });
        }
        Err(PaymentRefusal::PromptOpen(phone)) => {
            waits_for(desk, order);
            desk.say(Say::PaymentWaiting { number, amount, phone });
        }
        Err(PaymentRefusal::NotPayable(state)) => not_payable(desk, order, state),
        Err(PaymentRefusal::Expired) => offer_again(desk, order),
        Err(PaymentRefusal::NoPhone) => {
            waits_for(desk, order);
            desk.ask(Question::Phone, Say::AskPhone { known: None });
        }
        Err(PaymentRefusal::Down) => {
            waits_for(desk, order);
            by_hand(desk, number, amount);
        }
        Err(PaymentRefusal::AwaitsApproval) => {
            waits_for(desk, order);
            desk.say(Say::AwaitsApproval { number, amount });
        }
        Err(PaymentRefusal::OnceATurn | PaymentRefusal::Unknown) => {}
    }
    desk.quiet = desk.quiet || desk.dialogue.cart.is_empty();
}

fn waits_for(desk: &mut Desk<'_>, order: &OrderView) {
    desk.dialogue.open_order = Some(order.id);
    desk.dialogue.question = Question::Payment(order.id);
    if desk.dialogue.cart.is_empty() {
        desk.enter(Stage::Payment);
    }
}

fn not_payable(desk: &mut Desk<'_>, order: &OrderView, state: OrderState) {
    if state.is_sold() {
        let receipt = order.payment.as_ref().and_then(|p| p.receipt.clone());
        return desk.say(Say::AlreadyPaid { number: order.number.clone(), receipt });
    }
    match state {
        OrderState::Cancelled => desk.say(Say::NothingToPay),
        _ => super::orders::say_status(desk, order),
    }
}

/// The order's time is over: its pieces go back into the cart, as far as they are there, and are offered again.
pub(super) fn offer_again(desk: &mut Desk<'_>, order: &OrderView) {
    desk.say(Say::OrderExpired { number: order.number.clone() });
    if order.state.awaits_payment() {
        // The job that ends it has not come by yet; its pieces are needed now.
        let _ = cancel_order(desk, &CancelOrder { order: order.id, reason: "not paid in time".to_owned() });
    }
    take_back(desk, order);
}

/// Puts the pieces of an order that has ended back into the cart, as far as they are there, and goes on to a summary.
pub(super) fn take_back(desk: &mut Desk<'_>, order: &OrderView) {
    desk.dialogue.open_order = None;
    desk.answered();
    let mut gone = Vec::new();
    for line in &order.lines {
        let in_cart = desk.dialogue.cart.lines.iter().any(|l| l.variant == line.variant);
        if !in_cart && add_to_cart(desk, &AddToCart { variant: line.variant, quantity: line.quantity }).is_err() {
            gone.push(line.clone());
        }
    }
    if !gone.is_empty() {
        desk.say(Say::JustSold { lines: gone });
    }
    if !desk.dialogue.cart.is_empty() {
        desk.dialogue.delivery = desk.dialogue.delivery.take().or_else(|| Some(order.delivery.clone()));
        desk.dialogue.then_checkout = true;
    }
}

/// "Change delivery to Roysambu", of an order that is paid and not there yet.
pub(super) fn changes_address(desk: &Desk<'_>, wish: &Wish) -> bool {
    const CHANGES: &[&str] = &["change", "instead", "actually", "badilisha", "nibadilishie", "mbadilishe", "badala"];
    has_any(&wish.text, CHANGES) && under_way(desk).is_some()
}

/// The latest order that is paid and not there yet.
fn under_way<'a>(desk: &Desk<'a>) -> Option<&'a OrderView> {
    let goes = |o: &&OrderView| o.state.is_sold() && o.state != OrderState::Delivered && !o.delivery.pickup;
    desk.recall.orders.iter().find(goes)
}

/// Another place for an order that is placed: if nothing is being paid at this moment it is taken back into the cart
/// and summed up anew; otherwise people settle it.
pub(super) fn other_address(desk: &mut Desk<'_>, wish: &Wish) {
    if let Some(number) = super::orders::number_said(wish)
        && get_order_status(desk, &GetOrderStatus { number: Some(number.clone()) }).is_none()
    {
        return desk.say(Say::NoOrder { asked: Some(number) });
    }
    let waiting = current(desk).filter(|o| o.state.awaits_payment());
    let paying = waiting.and_then(|o| o.payment.as_ref()).is_some_and(|p| p.state.is_open());
    let (Some(order), false, Some(place)) = (waiting, paying, wish.slots.address.as_deref()) else {
        let Some(order) = waiting.or_else(|| under_way(desk)) else {
            return people::hand_off(desk, HandOffReason::NeedsPerson, &wish.text);
        };
        // People change it; meanwhile the customer is not left in silence.
        let said = format!("{}: {}", order.number, wish.text.trim());
        super::questions::note_for_team(desk, Some(order.id), &said);
        desk.say(Say::ToldTeam { number: order.number.clone() });
        desk.quiet = true;
        return;
    };
    if !checkout::set_address(desk, place) {
        return;
    }
    let args = CancelOrder { order: order.id, reason: "another address".to_owned() };
    if cancel_order(desk, &args).is_ok() {
        take_back(desk, order);
    }
}

/// "I have paid": asked of the provider, believed only when seen.
pub(super) fn claim(desk: &mut Desk<'_>, wish: &Wish) {
    claim_of(desk, wish.slots.receipt.clone(), &wish.text);
}

/// The same, told by a picture.
pub(super) fn claim_of(desk: &mut Desk<'_>, receipt: Option<String>, said: &str) {
    let order = current(desk);
    if let Some(order) = order.filter(|o| o.state.is_sold()) {
        let known = order.payment.as_ref().and_then(|p| p.receipt.clone());
        let number = order.number.clone();
        let other_receipt = receipt.is_some() && known.is_some() && receipt != known;
        if !other_receipt {
            return desk.say(Say::AlreadyPaid { number, receipt: known });
        }
    }
    if order.is_none() && receipt.is_none() {
        return desk.say(Say::NothingToPay);
    }
    if let Some(order) = order {
        check_payment_status(desk, CheckPayment { order: order.id });
    }
    let number = order.map(|o| o.number.clone());
    desk.dialogue.claims = desk.dialogue.claims.saturating_add(1);
    let open = order.and_then(|o| o.payment.as_ref()).is_some_and(|last| payment_is_open(desk, last));
    if desk.dialogue.claims >= CLAIMS_LIMIT && !open {
        // Nothing here can find that money: a person has to look.
        desk.dialogue.claims = 0;
        return people::hand_off(desk, HandOffReason::PaymentDispute, said);
    }
    let news = OwnerNews::PaymentClaimed { number: number.clone(), receipt: receipt.clone() };
    desk.effect(Effect::TellOwner(news));
    desk.say(Say::ClaimChecked { number, receipt });
    desk.quiet = true;
}

/// Shown a slip for nothing that was ordered here: the team looks at it.
pub(super) fn claim_without_order(desk: &mut Desk<'_>) {
    desk.effect(Effect::TellOwner(OwnerNews::PaymentClaimed { number: None, receipt: None }));
    desk.say(Say::ClaimChecked { number: None, receipt: None });
    desk.quiet = true;
}

/// "It did not work."
pub(super) fn problem(desk: &mut Desk<'_>, wish: &Wish) {
    let Some(order) = current(desk) else { return desk.say(Say::NothingToPay) };
    if !order.state.awaits_payment() {
        return problem_without_waiting(desk, wish, order);
    }
    let Some(last) = order.payment.as_ref() else { return ask_again(desk, wish.slots.phone.clone()) };
    let stalled = last.state.is_open() && !payment_is_open(desk, last);
    if stalled {
        check_payment_status(desk, CheckPayment { order: order.id });
    }
    let wants_it_now = wish.slots.phone.is_some() || has_any(&wish.text, AGAIN);
    let failed = matches!(last.state, PaymentState::Failed | PaymentState::Cancelled | PaymentState::TimedOut);
    if failed && !wants_it_now {
        let failure = last.failure.unwrap_or(PaymentFailure::Other);
        let (number, amount) = (order.number.clone(), order.total);
        waits_for(desk, order);
        desk.say(Say::PaymentFailed { number, amount, failure });
        desk.quiet = true;
        return;
    }
    ask_again(desk, wish.slots.phone.clone());
}

/// Charged twice, or money gone for an order that does not wait for any: people look at that.
fn problem_without_waiting(desk: &mut Desk<'_>, wish: &Wish, order: &OrderView) {
    if order.state == OrderState::Expired {
        return offer_again(desk, order);
    }
    const TWICE: &[&str] = &["twice", "double", "two times", "2 times", "mara mbili", "mbili", "2x"];
    if order.state.is_sold() && has_any(&wish.text, TWICE) {
        return people::hand_off(desk, HandOffReason::PaymentDispute, &wish.text);
    }
    let number = Some(order.number.clone());
    let receipt = wish.slots.receipt.clone();
    check_payment_status(desk, CheckPayment { order: order.id });
    desk.effect(Effect::TellOwner(OwnerNews::PaymentClaimed { number: number.clone(), receipt: receipt.clone() }));
    desk.say(Say::ClaimChecked { number, receipt });
    desk.quiet = true;
}

/// Yes or no while an order waits for money.
pub(super) fn answer(desk: &mut Desk<'_>, yes: bool) {
    if yes {
        return ask_again(desk, None);
    }
    match current(desk).filter(|o| o.state.awaits_payment()) {
        Some(order) => super::orders::ask_cancel(desk, order),
        None => {
            desk.answered();
            desk.say(Say::WhatNext { cart_waiting: !desk.dialogue.cart.is_empty() });
        }
    }
}
