//! The yes to a proposal: the booking, or first its deposit.

use duka_kernel::{Money, ProductId, Size, VariantId};
use duka_shop::{
    CartLine, Service,
    booking::{AppointmentState, Calendar},
    delivery,
};

use super::{arranged, arranging, calendar, changing, facts, service};
use crate::{
    decide::payment,
    desk::Desk,
    effect::{Effect, NewBooking, NewOrder, OwnerNews},
    recall::order_number,
    say::Say,
};

/// Books what was proposed, if it is still free.
pub(in crate::decide) fn agree(desk: &mut Desk<'_>) {
    if !desk.plain_yes {
        return arranging::ask_again(desk);
    }
    let booking = arranged(desk).clone();
    let (Some(service), Some((id, start))) = (booking.service.and_then(|id| service(desk, id)), booking.proposed)
    else {
        return arranging::advance(desk);
    };
    let but = arranging::own_holds(desk, &booking);
    // The time was near enough when it was proposed.
    let now = desk.recall.now;
    let proposed_at = now.plus_minutes(-i64::from(desk.recall.shop.booking.hold_min));
    let calendar = calendar(desk, &but);
    let as_proposed = Calendar { now: proposed_at, ..calendar };
    let checked = if start > now { as_proposed.check(service, start) } else { calendar.check(service, start) };
    let claims = match checked {
        Ok(claims) => claims,
        Err(refusal) => return arranging::refuse(desk, service, start, refusal),
    };
    desk.effects.retain(|effect| !matches!(effect, Effect::TakeSlot(_)));
    let new = NewBooking { id, service: service.id, start, claims, until: None, order: None };
    if booking.moving.is_some() {
        return changing::moved(desk, service, new);
    }
    match deposit(desk, service) {
        Some(amount) => ask_deposit(desk, service, new, amount),
        None => {
            desk.effect(Effect::TakeSlot(new));
            desk.effect(Effect::TellOwner(OwnerNews::Booked { title: service.title(), start }));
            desk.say(Say::Booked { booking: facts(desk, service, start), paid: None });
            arranging::finished(desk);
        }
    }
}

/// What is to be paid before this customer's booking counts.
pub(super) fn deposit(desk: &mut Desk<'_>, service: &Service) -> Option<Money> {
    let missed = desk.diary().mine.iter().filter(|mine| mine.state == AppointmentState::Missed).count();
    desk.recall.shop.booking.deposit_for(service, u32::try_from(missed).unwrap_or(u32::MAX))
}

/// Keeps the time while the deposit is awaited: an order with the deposit as its only line.
fn ask_deposit(desk: &mut Desk<'_>, service: &Service, booking: NewBooking, amount: Money) {
    if desk.placed.is_some() {
        return;
    }
    let id = desk.recall.new_order;
    let hold_minutes = desk.recall.shop.reservation_minutes;
    let line = CartLine {
        variant: VariantId::NIL,
        product: ProductId::NIL,
        sku: service.code.clone(),
        name: format!("Deposit: {}", service.title()),
        size: Size::one(),
        colour: None,
        quantity: 1,
        unit_price: amount,
    };
    let order = NewOrder {
        id,
        number: order_number(id),
        lines: vec![line],
        subtotal: amount,
        discount: Money::zero(amount.currency),
        coupon: None,
        wholesale: false,
        delivery: delivery::Choice {
            address: delivery::PICKUP.to_owned(),
            zone: None,
            fee: Money::zero(amount.currency),
            eta: None,
            pickup: true,
        },
        total: amount,
        hold_minutes,
    };
    desk.effect(Effect::PlaceOrder(order.clone()));
    let until = desk.recall.now.plus_minutes(hold_minutes.into());
    let start = booking.start;
    desk.effect(Effect::TakeSlot(NewBooking { until: Some(until), order: Some(id), ..booking }));
    let cancel_hours = desk.recall.shop.booking.cancel_hours;
    desk.say(Say::DepositAsked { booking: facts(desk, service, start), deposit: amount, cancel_hours });
    desk.dialogue.booking = None;
    desk.dialogue.open_order = Some(id);
    desk.placed = Some(order.clone());
    desk.answered();
    payment::ask_first(desk, &order);
}
