//! A bare yes or no: what it means depends on what was asked.

use duka_perception::{Slots, Wish};
use duka_shop::OrderState;

use super::{booking, cart, checkout, choosing, consent, orders, others, overruled, payment, sizing, wanting};
use crate::{
    desk::Desk,
    dialogue::{Purpose, Question},
    say::Say,
};

/// Yes.
pub(super) fn yes(desk: &mut Desk<'_>, wish: &Wish) {
    match desk.pending.clone() {
        Question::Summary { total } => checkout::confirm(desk, total),
        Question::ClearCart | Question::CancelOrder(_) | Question::CancelBooking(_) if !desk.plain_yes => {
            consent::ask_again(desk);
        }
        Question::CartNext => checkout::begin(desk),
        Question::ProductChoice => take_what_is_shown(desk),
        Question::Take { product, .. } => choosing::take(desk, product),
        Question::Pieces { variant, quantity } => wanting::put_pieces(desk, variant, quantity),
        Question::Variant => sizing::take_usual(desk),
        Question::Address => checkout::take_offered(desk),
        Question::ClearCart => cart::cleared(desk),
        Question::CancelOrder(order) => orders::cancelled(desk, order, &wish.text),
        Question::Payment(_) => payment::answer(desk, true),
        // What was read back has its answer before anything is served.
        Question::Quantity(_)
        | Question::Phone
        | Question::UsualSize
        | Question::CartLine { .. }
        | Question::Heard(_) => {}
        Question::Case { .. } => desk.say(Say::Thanks),
        Question::Rating => {
            desk.answered();
            desk.say(Say::Thanks);
        }
        Question::BookingConfirm => booking::agree(desk),
        Question::CancelBooking(id) => booking::called_off(desk, id),
        Question::Appointment | Question::WhichBooking { .. } => booking::yes_to_offers(desk),
        Question::None if is_content(desk) => {
            desk.say(Say::WaitsForNothing);
            desk.quiet = true;
        }
        Question::None => what_next(desk),
    }
}

/// A yes with nothing open, from somebody for whom something is arranged.
fn is_content(desk: &Desk<'_>) -> bool {
    let idle = desk.dialogue.cart.is_empty() && desk.dialogue.focus.is_none() && desk.dialogue.booking.is_none();
    let on_its_way = |state: OrderState| state.is_sold() && state != OrderState::Delivered;
    let arranged =
        !desk.recall.customer.tasks.is_empty() || desk.recall.orders.iter().any(|order| on_its_way(order.state));
    idle && arranged && desk.says.is_empty()
}

/// The one product under discussion is taken; of several, which?
fn take_what_is_shown(desk: &mut Desk<'_>) {
    let shown = desk.dialogue.shown.clone();
    match (desk.dialogue.focus, &shown[..]) {
        (Some(one), _) | (None, &[one]) => choosing::take(desk, one),
        (None, []) => what_next(desk),
        (None, several) => choosing::ask_which(desk, several, &Slots::default(), Purpose::Buy),
    }
}

/// No.
pub(super) fn no(desk: &mut Desk<'_>, wish: &Wish) {
    let buying = matches!(desk.pending, Question::CartNext | Question::Address | Question::Phone);
    if buying && overruled::leaves_it(wish) {
        // No hurry: the cart is still there tomorrow.
        desk.dialogue.then_checkout = false;
        desk.answered();
        desk.say(Say::Goodbye { cart_waiting: !desk.dialogue.cart.is_empty() });
        desk.quiet = true;
        return;
    }
    match desk.pending.clone() {
        Question::Summary { .. } => checkout::decline(desk),
        Question::CartNext => checkout::begin(desk),
        Question::ProductChoice => others::none_of_these(desk, wish),
        Question::Take { .. } => {
            desk.answered();
            what_next(desk);
        }
        Question::Variant => not_wanted(desk),
        Question::Address => checkout::other_place(desk),
        Question::Phone => desk.ask(Question::Phone, Say::AskPhone { known: None }),
        Question::CancelOrder(order) => orders::kept(desk, order),
        Question::Payment(_) => payment::answer(desk, false),
        Question::ClearCart | Question::Pieces { .. } | Question::Quantity(_) | Question::CartLine { .. } => {
            desk.answered();
            desk.say(Say::Kept);
            desk.added = true;
        }
        Question::BookingConfirm | Question::Appointment => booking::decline(desk, wish),
        Question::WhichBooking { .. } => booking::drop_it(desk),
        Question::CancelBooking(id) => booking::kept(desk, id),
        Question::Case { .. } | Question::UsualSize | Question::Rating => {
            desk.answered();
            what_next(desk);
        }
        Question::None if overruled::leaves_it(wish) => {
            desk.say(Say::NoRush);
            desk.quiet = true;
        }
        Question::None | Question::Heard(_) => what_next(desk),
    }
}

/// What was about to be sized is not wanted after all.
fn not_wanted(desk: &mut Desk<'_>) {
    if !desk.dialogue.wanted.is_empty() {
        desk.dialogue.wanted.remove(0);
    }
    desk.answered();
    if desk.dialogue.cart.is_empty() && desk.dialogue.wanted.is_empty() {
        desk.dialogue.then_checkout = false;
        what_next(desk);
    } else {
        desk.say(Say::Kept);
        desk.added = true;
    }
}

fn what_next(desk: &mut Desk<'_>) {
    let cart_waiting = !desk.dialogue.cart.is_empty();
    if cart_waiting {
        desk.dialogue.question = Question::CartNext;
    }
    desk.say(Say::WhatNext { cart_waiting });
    desk.quiet = true;
}
