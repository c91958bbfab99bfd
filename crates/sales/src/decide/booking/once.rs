//! One booking is changed once in a turn: the last word counts.

use duka_kernel::AppointmentId;
use duka_perception::{Intent, Perception, Wish};

use super::{Said, has_any, named};
use crate::{
    desk::Desk,
    effect::{Effect, OwnerNews},
    say::Say,
};

const INSTEAD: &[&str] =
    &["instead", "badala", "rather", "another time", "another day", "siku nyingine", "siku ingine"];

/// Takes back what was decided on a booking earlier in this turn, and what was said of it.
pub(super) fn take_back(desk: &mut Desk<'_>, id: AppointmentId) {
    let of_it = |effect: &Effect| match effect {
        Effect::MoveBooking { id: other, .. } | Effect::CancelBooking { id: other, .. } => *other == id,
        _ => false,
    };
    if !desk.effects.iter().any(of_it) {
        return;
    }
    let told = |effect: &Effect| {
        matches!(effect, Effect::TellOwner(OwnerNews::BookingMoved { .. } | OwnerNews::BookingCancelled { .. }))
    };
    desk.effects.retain(|effect| !of_it(effect) && !told(effect));
    desk.says.retain(|say| !matches!(say, Say::BookingMoved { .. } | Say::BookingCancelled { .. }));
}

/// "I can't make it, move it to Monday", "cancel it and book Monday instead": one booking that is moved. Gives the wish
/// that says where to.
pub(in crate::decide) fn moved_at_once(desk: &mut Desk<'_>, perception: &Perception) -> Option<Wish> {
    use Intent::{BookAppointment, CancelAppointment, CancelOrder, Deny, RescheduleAppointment};
    if desk.recall.services.is_empty() || perception.wishes.len() < 2 {
        return None;
    }
    let gives_up = |wish: &&Wish| {
        wish.intent == CancelAppointment
            || matches!(wish.intent, CancelOrder | Deny) && super::changing::calls_off(desk, wish)
    };
    let cancelled = perception.wishes.iter().find(gives_up)?;
    let sets = |wish: &&Wish| {
        let when = Said::read(desk, wish).says_when();
        let same = named(desk, wish).services.is_empty() || has_any(&wish.text, INSTEAD);
        wish.intent == RescheduleAppointment || wish.intent == BookAppointment && when && same
    };
    let moved = perception.wishes.iter().find(sets)?.clone();
    if super::to_come(desk).is_empty() {
        return None;
    }
    let text = format!("{}, {}", cancelled.text.trim_end_matches(['.', ',', '!']), moved.text);
    let text = if Said::read(desk, cancelled).says_when() { moved.text.clone() } else { text };
    Some(Wish { intent: RescheduleAppointment, confidence: 1.0, text, ..moved })
}

/// "Styling tomorrow at two and another on Friday at three": two bookings at once are made one after the other; the first
/// comes first. Gives its wish.
pub(in crate::decide) fn first_of_two(desk: &mut Desk<'_>, perception: &Perception) -> Option<Wish> {
    use Intent::{BookAppointment, RescheduleAppointment};
    const ANOTHER: &[&str] =
        &["another", "another one", "and one", "nyingine", "ingine", "na moja", "also", "pia", "na tena"];
    if desk.recall.services.is_empty() || super::is_off(desk) {
        return None;
    }
    let [first, second] = &perception.wishes[..] else { return None };
    let books = first.intent == BookAppointment && matches!(second.intent, BookAppointment | RescheduleAppointment);
    let when = |wish: &Wish| Said::read(desk, wish).says_when();
    if !books || !when(first) || !when(second) || !has_any(&second.text, ANOTHER) {
        return None;
    }
    desk.say(Say::BookingsInTurn);
    Some(first.clone())
}
