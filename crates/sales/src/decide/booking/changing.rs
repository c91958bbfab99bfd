//! Bookings that stand: when they are, moving them, calling them off.

use duka_kernel::{AppointmentId, Money};
use duka_perception::{Intent, Wish};
use duka_shop::Service;

use super::{Said, arranged, arranging, asking::asks_for_own, calendar, facts, named, once, service, to_come};
use crate::{
    desk::Desk,
    dialogue::{Booking, Question},
    effect::{Effect, NewBooking, OwnerNews},
    recall::AppointmentView,
    say::Say,
    words::has_any,
};

/// With one booking that stands and nothing being arranged but a list of services, "what did I book", "cancel" and
/// "can I come at eleven" are about that booking. Says whether it was that.
pub(super) fn about_what_stands(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    let only_listed = desk.dialogue.booking.as_ref().is_none_or(|b| b.service.is_none() && b.moving.is_none());
    let open = match desk.pending {
        Question::Appointment => only_listed,
        Question::None | Question::CartNext | Question::ProductChoice | Question::Take { .. } | Question::Rating => {
            true
        }
        _ => false,
    };
    if !open {
        return false;
    }
    if asks_for_own(wish) {
        state_own(desk);
        return true;
    }
    if desk.pending != Question::Appointment || to_come(desk).is_empty() {
        return false;
    }
    match wish.intent {
        Intent::CancelAppointment | Intent::CancelOrder if calls_off(desk, wish) => cancel(desk, wish),
        Intent::RescheduleAppointment => reschedule(desk, wish),
        Intent::BookAppointment if may_move(desk, wish) && has_any(&wish.text, MOVES) => reschedule(desk, wish),
        _ => return false,
    }
    true
}

/// Another time for the only booking there is, said without a word of moving: "naweza kuja saa tano?".
pub(super) fn may_move(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    let said = Said::read(desk, wish);
    let other = named(desk, wish).is_strong;
    said.says_when() && !other && !has_any(&wish.text, NEW) && to_come(desk).len() == 1
}

/// "Cancel" with nothing ordered and one booking: that. Says whether there was one.
pub(in crate::decide) fn cancel_the_only(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    let is_one = !desk.recall.services.is_empty() && to_come(desk).len() == 1;
    if is_one {
        cancel(desk, wish);
    }
    is_one
}

/// From here on a reading needs no word that supports it.
const SURE: f32 = 0.8;

const NEW: &[&str] = &["book", "booking mpya", "another", "new", "ingine", "nyingine", "nibook", "kubook"];

/// Words of moving something.
const MOVES: &[&str] = &[
    "move",
    "change",
    "reschedule",
    "shift",
    "postpone",
    "push",
    "instead",
    "badilisha",
    "nibadilishe",
    "nibadilishie",
    "tubadilishe",
    "sogeza",
    "tusogeze",
    "nisogezee",
    "isogezwe",
    "ahirisha",
    "hamisha",
    "iwe",
    "niweke",
    "peleka",
    "nahairisha",
    "naahirisha",
    "nimeahirisha",
    "kuahirisha",
    "tuahirishe",
    "niahirishe",
    "hairisha",
    "nihamishie",
    "nihamishe",
    "kuhamisha",
    "tuhamishe",
    "isogeze",
    "nisogeze",
    "kusogeza",
    "badala",
    "later",
];

/// Words of somebody who wants one.
const WANTS: &[&str] = &[
    "want",
    "need",
    "like",
    "get",
    "make",
    "kuweka",
    "weka",
    "nataka",
    "naomba",
    "nahitaji",
    "ningependa",
    "nipatie",
    "nipe",
    "nipange",
];

/// Whether a message that reads like moving a booking does that: there is one, and it is not a new one that is wanted.
pub(super) fn moves(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    const STANDING: &[&str] =
        &["my appointment", "my booking", "miadi yangu", "booking yangu", "appointment yangu", "reschedule"];
    let said = Said::read(desk, wish);
    if to_come(desk).is_empty() {
        let speaks_of_one = has_any(&wish.text, STANDING);
        let wants = has_any(&wish.text, WANTS) || has_any(&wish.text, NEW);
        return speaks_of_one || !wants && !said.says_when() && named(desk, wish).services.is_empty();
    }
    has_any(&wish.text, MOVES) || wish.confidence >= SURE && !has_any(&wish.text, NEW)
}

/// Whether a message that reads like calling a booking off does that.
pub(super) fn calls_off(desk: &Desk<'_>, wish: &Wish) -> bool {
    const CALLS_OFF: &[&str] = &[
        "cancel",
        "icancel",
        "nicancel",
        "cancelled",
        "call off",
        "cant make",
        "cannot make",
        "wont make",
        "not coming",
        "wont come",
        "futa",
        "futeni",
        "ifute",
        "ghairi",
        "nimeghairi",
        "naghairi",
        "kughairi",
        "nighairi",
        "nighairie",
        "ighairi",
        "nifutie",
        "nikaghairi",
        "kucancel",
        "nacancel",
        "itoe",
        "toa",
        "ondoa",
        "sitakuja",
        "sitaweza",
        "siwezi",
        "sikam",
        "sitakam",
        "acha",
        "wacha",
        "sitaki",
    ];
    if has_any(&wish.text, CALLS_OFF) {
        return true;
    }
    let new = has_any(&wish.text, NEW) || has_any(&wish.text, WANTS);
    let names_one = Said::read(desk, wish).says_when() || !named(desk, wish).services.is_empty();
    !new && (wish.confidence >= SURE || !names_one)
}

/// Says which bookings of the customer are to come, or what the one that waits for its deposit needs.
pub(super) fn state_own(desk: &mut Desk<'_>) {
    let standing: Vec<_> = to_come(desk).iter().filter_map(|mine| facts_of(desk, mine)).collect();
    if !standing.is_empty() {
        desk.say(Say::Bookings { bookings: standing });
        return;
    }
    let now = desk.recall.now;
    let waiting = desk.diary().mine.iter().find(|mine| mine.awaits_deposit(now));
    if let Some(mine) = waiting
        && let (Some(service), Some(order)) = (service(desk, mine.service), mine.order)
    {
        let deposit = desk.recall.orders.iter().find(|o| o.id == order).map_or(service.price, |o| o.total);
        let cancel_hours = desk.recall.shop.booking.cancel_hours;
        desk.say(Say::DepositAsked { booking: facts(desk, service, mine.start), deposit, cancel_hours });
        desk.dialogue.question = Question::Payment(order);
        return;
    }
    no_booking(desk);
}

fn facts_of(desk: &Desk<'_>, mine: &AppointmentView) -> Option<crate::say::BookingFacts> {
    service(desk, mine.service).map(|service| facts(desk, service, mine.start))
}

/// A booking is to be moved.
pub(super) fn reschedule(desk: &mut Desk<'_>, wish: &Wish) {
    let said = Said::read(desk, wish);
    let standing = to_come(desk);
    let booking = Booking { date: said.date, time: said.time, part: said.part, ..Booking::default() };
    match meant(desk, wish, &standing)[..] {
        [] if desk.dialogue.booking.is_some() => arranging::book(desk, wish),
        [] => no_booking(desk),
        [one] => {
            desk.dialogue.booking = Some(booking);
            move_one(desk, one);
        }
        ref several => {
            let several = several.to_vec();
            desk.dialogue.booking = Some(booking);
            ask_which(desk, &several, false);
        }
    }
}

/// With a time, it is moved there. With a day alone, the same hour of that day is proposed. Otherwise times are offered.
fn move_one(desk: &mut Desk<'_>, mine: &AppointmentView) {
    let local = mine.start.in_zone(desk.recall.zone);
    let booking = arranged(desk);
    booking.moving = Some(mine.id);
    booking.service = Some(mine.service);
    let same_day = booking.time.is_some() && booking.date.is_none();
    if same_day {
        booking.date = Some(local.date());
    }
    let booking = booking.clone();
    if let (true, Some(date), Some(time), Some(service)) =
        (same_day, booking.date, booking.time, service(desk, mine.service))
    {
        // The day is only inferred: it is moved with a yes.
        let but = arranging::own_holds(desk, &booking);
        let calendar = calendar(desk, &but);
        if let Some(start) = calendar.moment(date, time).filter(|start| *start != mine.start)
            && let Ok(claims) = calendar.check(service, start)
        {
            return arranging::propose(desk, service, start, claims);
        }
    }
    if let (Some(date), None, None, Some(service)) =
        (booking.date, booking.time, booking.part, service(desk, mine.service))
    {
        let but = arranging::own_holds(desk, &booking);
        let calendar = calendar(desk, &but);
        let start = calendar.moment(date, local.time()).filter(|start| *start != mine.start);
        if let Some(start) = start
            && let Ok(claims) = calendar.check(service, start)
        {
            return arranging::propose(desk, service, start, claims);
        }
    }
    arranging::advance(desk);
}

/// The booking is moved, and what was kept for the new time with it.
pub(super) fn moved(desk: &mut Desk<'_>, service: &Service, to: NewBooking) {
    let moving = arranged(desk).moving;
    let before = desk.diary().mine.iter().find(|mine| Some(mine.id) == moving);
    let Some(before) = before else { return no_booking(desk) };
    if let Some((held, _)) = arranged(desk).proposed {
        desk.effects.retain(|effect| !matches!(effect, Effect::TakeSlot(_)));
        desk.effect(Effect::ReleaseSlot(held));
    }
    let (id, start) = (before.id, to.start);
    once::take_back(desk, id);
    desk.effect(Effect::MoveBooking { id, service: service.id, start, claims: to.claims });
    desk.effect(Effect::TellOwner(OwnerNews::BookingMoved { title: service.title(), from: before.start, start }));
    desk.say(Say::BookingMoved { booking: facts(desk, service, start), from: before.start });
    arranging::finished(desk);
}

/// A booking is to be called off; what is only being arranged is dropped.
pub(super) fn cancel(desk: &mut Desk<'_>, wish: &Wish) {
    let standing = to_come(desk);
    match meant(desk, wish, &standing)[..] {
        [] if desk.dialogue.booking.is_some() => arranging::drop_it(desk),
        [] => cancel_what_waits(desk),
        [one] => ask_or_cancel(desk, one),
        ref several => {
            let several = several.to_vec();
            desk.dialogue.booking = None;
            ask_which(desk, &several, true);
        }
    }
}

/// A booking that waits for its deposit is stopped with the order of the deposit.
fn cancel_what_waits(desk: &mut Desk<'_>) {
    let now = desk.recall.now;
    let waiting = desk.diary().mine.iter().find(|mine| mine.awaits_deposit(now)).and_then(|mine| mine.order);
    match waiting.and_then(|id| desk.recall.orders.iter().find(|order| order.id == id)) {
        Some(order) => crate::decide::orders::ask_cancel(desk, order),
        None => no_booking(desk),
    }
}

/// The bookings a message means: by the service or the day it names, otherwise all.
fn meant<'a>(desk: &Desk<'_>, wish: &Wish, standing: &[&'a AppointmentView]) -> Vec<&'a AppointmentView> {
    let services = named(desk, wish).services;
    let of_service: Vec<_> = standing.iter().copied().filter(|mine| services.contains(&mine.service)).collect();
    let some = if of_service.is_empty() { standing.to_vec() } else { of_service };
    let date = Said::read(desk, wish).date.filter(|_| wish.intent == Intent::CancelAppointment);
    let on_day = |mine: &&&AppointmentView| date == Some(mine.start.in_zone(desk.recall.zone).date());
    let of_day: Vec<_> = some.iter().filter(on_day).copied().collect();
    if of_day.is_empty() { some } else { of_day }
}

fn ask_which(desk: &mut Desk<'_>, several: &[&AppointmentView], cancel: bool) {
    let bookings = several.iter().filter_map(|mine| facts_of(desk, mine)).collect();
    let ids = several.iter().map(|mine| mine.id).collect();
    desk.ask(Question::WhichBooking { bookings: ids, cancel }, Say::AskWhichBooking { bookings, cancel });
}

/// Which booking is meant: by its number, its service, its day or its time.
pub(super) fn answer_which(desk: &mut Desk<'_>, wish: &Wish, bookings: &[AppointmentId], cancel: bool) -> bool {
    let said = Said::read(desk, wish);
    let standing: Vec<&AppointmentView> =
        to_come(desk).into_iter().filter(|mine| bookings.contains(&mine.id)).collect();
    let services = named(desk, wish).services;
    let zone = desk.recall.zone;
    let fits = |mine: &&&AppointmentView| {
        let local = mine.start.in_zone(zone);
        let same_day = said.date.is_none_or(|date| local.date() == date);
        let same_time = said.time.is_none_or(|time| local.time() == time);
        (services.is_empty() || services.contains(&mine.service)) && same_day && same_time
    };
    let says_something = said.says_when() || !services.is_empty();
    let mut fitting = standing.iter().filter(fits).filter(|_| says_something);
    let by_words = fitting.next().filter(|_| fitting.next().is_none()).copied();
    let Some(mine) = said.pick(standing.len()).map(|n| standing[n]).or(by_words) else { return false };
    desk.answered();
    if cancel {
        ask_or_cancel(desk, mine);
    } else {
        move_one(desk, mine);
    }
    true
}

/// Calls a booking off, or asks first if its deposit would be kept.
fn ask_or_cancel(desk: &mut Desk<'_>, mine: &AppointmentView) {
    match (mine.deposit, is_late(desk, mine), service(desk, mine.service)) {
        (Some(deposit), true, Some(service)) => {
            let (title, start) = (service.title(), mine.start);
            let cancel_hours = desk.recall.shop.booking.cancel_hours;
            desk.ask(Question::CancelBooking(mine.id), Say::AskCancelBooking { title, start, deposit, cancel_hours });
        }
        _ => call_off(desk, mine),
    }
}

/// Asks once more whether it is called off although the deposit is kept.
pub(in crate::decide) fn ask_to_cancel_again(desk: &mut Desk<'_>, id: AppointmentId) {
    if let Some(mine) = to_come(desk).into_iter().find(|mine| mine.id == id) {
        ask_or_cancel(desk, mine);
    }
}

fn is_late(desk: &Desk<'_>, mine: &AppointmentView) -> bool {
    let hours = i64::from(desk.recall.shop.booking.cancel_hours);
    mine.start.millis_since(desk.recall.now) < hours * 3_600_000
}

/// The yes to calling it off although the deposit is kept.
pub(in crate::decide) fn called_off(desk: &mut Desk<'_>, id: AppointmentId) {
    desk.answered();
    match to_come(desk).into_iter().find(|mine| mine.id == id) {
        Some(mine) => call_off(desk, mine),
        None => no_booking(desk),
    }
}

/// The no to it.
pub(in crate::decide) fn kept(desk: &mut Desk<'_>, id: AppointmentId) {
    desk.answered();
    let booking = to_come(desk).into_iter().find(|mine| mine.id == id).and_then(|mine| facts_of(desk, mine));
    desk.say(booking.map_or(Say::NoBooking, |booking| Say::Bookings { bookings: vec![booking] }));
}

fn call_off(desk: &mut Desk<'_>, mine: &AppointmentView) {
    let late = is_late(desk, mine);
    let back: Option<Money> = mine.deposit.filter(|_| !late);
    let title = service(desk, mine.service).map_or_else(String::new, Service::title);
    once::take_back(desk, mine.id);
    desk.effect(Effect::CancelBooking { id: mine.id, refund: back.and(mine.order) });
    desk.effect(Effect::TellOwner(OwnerNews::BookingCancelled {
        title: title.clone(),
        start: mine.start,
        refund: back,
    }));
    desk.say(Say::BookingCancelled { title, start: mine.start, deposit: mine.deposit, kept: late });
    arranging::finished(desk);
}

/// There is nothing to state, move or call off; booking is offered.
fn no_booking(desk: &mut Desk<'_>) {
    arranging::finished(desk);
    desk.say(Say::NoBooking);
    if desk.dialogue.question == Question::None {
        desk.dialogue.question = Question::Appointment;
    }
}
