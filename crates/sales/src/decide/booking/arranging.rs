//! Arranging a booking: which service, which day, which time, and the proposal.

use duka_kernel::{AppointmentId, ServiceId, Timestamp};
use duka_perception::{Intent, Wish};
use duka_shop::{Service, booking::Refusal};

use super::{
    super::{
        questions,
        reading::{GUESS, about_goods},
    },
    Said, agreeing, arranged, calendar, facts, inquire, named, service, to_come,
};
use crate::{
    desk::Desk,
    dialogue::{Booking, Question},
    effect::{Effect, NewBooking},
    say::{Offer, Say},
    words::has_any,
};

/// How many times are offered.
const OFFERS: usize = 4;
/// The most services listed: as many as a list on WhatsApp has rows.
const LISTED: usize = 10;

const FORGET_IT: &[&str] = &[
    "forget it",
    "never mind",
    "nevermind",
    "leave it",
    "wacha",
    "wachana nayo",
    "achana",
    "achana nayo",
    "sitaki",
    "sitaki tena",
    "not anymore",
    "no longer",
    "nimeghairi",
    "nimebadilisha nia",
    "cancel",
    "stop",
    "basi wacha",
];

/// A booking is wanted.
pub(super) fn book(desk: &mut Desk<'_>, wish: &Wish) {
    let said = Said::read(desk, wish);
    if desk.dialogue.booking.as_ref().is_some_and(|booking| booking.moving.is_some()) && desk.pending == Question::None
    {
        desk.dialogue.booking = None;
    }
    take_in(desk, wish, &said);
    if super::comes_in_company(wish) {
        // One booking is for one person; what becomes of the others the team knows.
        questions::pass_on(desk, &wish.text);
    }
    advance(desk);
}

/// Answers which service, day or time it is to be. False if the message is about something else.
pub(super) fn answer(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    let said = Said::read(desk, wish);
    let named = named(desk, wish);
    let gives_up = wish.intent == Intent::CancelAppointment && super::changing::calls_off(desk, wish);
    if gives_up || wish.intent == Intent::RescheduleAppointment && !said.says_when() {
        return false;
    }
    if is_about_goods(wish) && !named.is_strong {
        return false;
    }
    if super::comes_in_company(wish) && (said.says_when() || named.is_strong) {
        desk.say(Say::OnePerBooking);
    }
    let booking = arranged(desk).clone();
    if let Some(picked) = picked(desk, &booking, &said) {
        let local = picked.in_zone(desk.recall.zone);
        let booking = arranged(desk);
        (booking.date, booking.time, booking.part) = (Some(local.date()), Some(local.time()), None);
        advance(desk);
        return true;
    }
    if let Some(picked) = said.pick(booking.services.len()).filter(|_| booking.times.is_empty()) {
        choose(desk, booking.services[picked]);
        advance(desk);
        return true;
    }
    if let (Some(time), true) =
        (said.as_hour(desk), booking.service.is_some() && said.pick(booking.times.len()).is_none())
    {
        arranged(desk).time = Some(time);
        advance(desk);
        return true;
    }
    if said.says_when() || !named.services.is_empty() && (named.is_strong || !booking.services.is_empty()) {
        let only_asks = !said.says_when() && matches!(wish.intent, Intent::ServiceInquiry | Intent::PriceInquiry);
        if only_asks {
            inquire(desk, wish);
        } else {
            take_in(desk, wish, &said);
            advance(desk);
        }
        return true;
    }
    // Only the list of services is out, and this is about none of them.
    let only_listed = booking.service.is_none() && booking.date.is_none() && booking.time.is_none();
    if only_listed && matches!(wish.intent, Intent::RepeatUnclear | Intent::FeedbackRating) {
        desk.answered();
        return false;
    }
    match wish.intent {
        // Nothing that was understood: what is open is asked again.
        Intent::BookAppointment | Intent::RepeatUnclear | Intent::FeedbackRating => advance(desk),
        _ if wish.confidence < GUESS => advance(desk),
        Intent::ServiceInquiry => inquire(desk, wish),
        Intent::PriceInquiry if booking.service.is_some() => super::asking::price(desk),
        Intent::Deny | Intent::CancelOrder if has_any(&wish.text, FORGET_IT) => drop_it(desk),
        _ => return false,
    }
    true
}

/// Answers the proposal with something else than a yes or no.
pub(super) fn answer_proposal(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    let said = Said::read(desk, wish);
    let named = named(desk, wish);
    let gives_up = wish.intent == Intent::CancelAppointment && super::changing::calls_off(desk, wish);
    if is_about_goods(wish) && !named.is_strong || gives_up && !to_come(desk).is_empty() {
        return false;
    }
    let before = arranged(desk).clone();
    let mut said = said;
    let proposed = before.proposed.map(|(_, start)| start.in_zone(desk.recall.zone).time());
    if let Some(hour) = said.as_hour(desk).filter(|hour| Some(*hour) != proposed) {
        // "Ok 4" to a proposal of five.
        (said.time, said.number) = (Some(hour), None);
    }
    let other = named.is_strong && !named.services.iter().any(|id| Some(*id) == before.service);
    let only_asks = matches!(wish.intent, Intent::ServiceInquiry | Intent::PriceInquiry) && !said.says_when();
    if only_asks {
        if other {
            super::asking::describe(desk, &named.services);
        }
        return other || wish.intent == Intent::PriceInquiry;
    }
    if said.says_when() || other {
        take_in(desk, wish, &said);
        let booking = arranged(desk);
        if (booking.service, booking.date, booking.time) == (before.service, before.date, before.time)
            && before.proposed.is_some()
        {
            // "Yes, tomorrow at two": what was proposed is named again.
            if wish.intent == Intent::Affirm || !has_any(&wish.text, &["no", "not", "hapana", "sio", "si", "la"]) {
                agreeing::agree(desk);
            }
            return true;
        }
        // A yes in the same breath was to another time.
        desk.pending = Question::Appointment;
        advance(desk);
        return true;
    }
    match wish.intent {
        Intent::Deny | Intent::CancelOrder | Intent::CancelAppointment if has_any(&wish.text, FORGET_IT) => {
            drop_it(desk)
        }
        Intent::CancelAppointment if gives_up => drop_it(desk),
        // "Add my friend too": one person is one booking, so that is no yes.
        _ if super::comes_in_company(wish) => return questions::pass_on(desk, &wish.text),
        // "Book it", "weka hiyo".
        Intent::BookAppointment | Intent::Checkout | Intent::SelectOption | Intent::AddToCart => agreeing::agree(desk),
        _ => return false,
    }
    true
}

fn is_about_goods(wish: &Wish) -> bool {
    about_goods(wish.intent) && !wish.slots.product.is_empty()
}

/// What was said becomes part of what is being arranged.
fn take_in(desk: &mut Desk<'_>, wish: &Wish, said: &Said) {
    let named = named(desk, wish);
    match named.services[..] {
        [] => {}
        [only] => choose(desk, only),
        // Several fit: which one is asked, unless one of them is being arranged already.
        _ if arranged(desk).service.is_some_and(|chosen| named.services.contains(&chosen)) => {}
        _ => {
            let booking = arranged(desk);
            (booking.service, booking.services) = (None, named.services);
        }
    }
    let date = said.date.or_else(|| same_day(desk, wish));
    let booking = arranged(desk);
    if let Some(date) = date {
        booking.date = Some(date);
    }
    if let Some(part) = said.part {
        (booking.part, booking.time) = (Some(part), None);
    }
    if let Some(time) = said.time {
        (booking.time, booking.part) = (Some(time), None);
    }
}

/// "Same day": that of the booking that stands.
fn same_day(desk: &mut Desk<'_>, wish: &Wish) -> Option<jiff::civil::Date> {
    const SAME: &[&str] = &["same day", "siku hiyo hiyo", "siku hiyohiyo", "hiyo siku", "day hiyo hiyo"];
    let zone = desk.recall.zone;
    let last = if has_any(&wish.text, SAME) { to_come(desk).last().map(|mine| mine.start) } else { None };
    last.map(|start| start.in_zone(zone).date())
}

fn choose(desk: &mut Desk<'_>, service: ServiceId) {
    let booking = arranged(desk);
    if booking.moving.is_some() && booking.service != Some(service) {
        booking.times.clear();
    }
    (booking.service, booking.services) = (Some(service), Vec::new());
}

/// The offered time that is meant: by number, or because only it is on that day or at that time.
fn picked(desk: &Desk<'_>, booking: &Booking, said: &Said) -> Option<Timestamp> {
    if let Some(n) = said.pick(booking.times.len()) {
        return Some(booking.times[n]);
    }
    if said.date.is_none() && said.time.is_none() {
        return None;
    }
    let fits = |start: &&Timestamp| {
        let local = start.in_zone(desk.recall.zone);
        said.date.is_none_or(|date| local.date() == date) && said.time.is_none_or(|time| local.time() == time)
    };
    let mut fitting = booking.times.iter().filter(fits);
    fitting.next().filter(|_| fitting.next().is_none()).copied()
}

/// Does the next thing for what is being arranged.
pub(super) fn advance(desk: &mut Desk<'_>) {
    let booking = arranged(desk).clone();
    let Some(service) = booking.service.and_then(|id| service(desk, id)).or_else(|| the_only_one(desk)) else {
        return ask_service(desk, &booking.services);
    };
    arranged(desk).service = Some(service.id);
    let calendar_but = own_holds(desk, &booking);
    let calendar = calendar(desk, &calendar_but);
    match (booking.date, booking.time) {
        (Some(date), Some(time)) => {
            let start = calendar.moment(date, time);
            let checked = start.map_or(Err(Refusal::NotThatDay), |start| calendar.check(service, start));
            let start = start.unwrap_or(desk.recall.now);
            match checked {
                Ok(claims) if booking.moving.is_some() => {
                    let moved = NewBooking {
                        id: held_id(desk, &booking),
                        service: service.id,
                        start,
                        claims,
                        until: None,
                        order: None,
                    };
                    super::changing::moved(desk, service, moved);
                }
                Ok(claims) => propose(desk, service, start, claims),
                Err(refusal) => refuse(desk, service, start, refusal),
            }
        }
        (Some(date), None) => {
            let times = calendar.offer_on(service, date, booking.part, OFFERS + 1);
            if times.is_empty() {
                let why = none_that_day(desk, &calendar_but, service, &booking);
                let later = calendar.upcoming(service, date, None, booking.part, OFFERS);
                arranged(desk).date = None;
                return offer(desk, service, later, why);
            }
            offer(desk, service, times, Offer::Day(date));
        }
        (None, time) => {
            let today = desk.today();
            let times = calendar.upcoming(service, today, time, booking.part, OFFERS);
            offer(desk, service, times, Offer::Soonest);
        }
    }
}

/// What is only held for this customer, and the booking that is being moved, leave their times free for them.
pub(super) fn own_holds(desk: &mut Desk<'_>, booking: &Booking) -> Vec<AppointmentId> {
    let held = desk.diary().mine.iter().filter(|mine| mine.is_proposal()).map(|mine| mine.id);
    held.chain(booking.moving).chain(booking.proposed.map(|(id, _)| id)).collect()
}

/// Why nothing is free on a day.
fn none_that_day(desk: &mut Desk<'_>, but: &[AppointmentId], service: &Service, booking: &Booking) -> Offer {
    let today = desk.today();
    let Some(date) = booking.date else { return Offer::Soonest };
    let calendar = calendar(desk, but);
    match calendar.hours(service, date) {
        _ if date < today => Offer::Refused(Refusal::Past, None),
        Err(refusal) => Offer::NoneOn(date, Some(refusal)),
        Ok(_) => Offer::NoneOn(date, None),
    }
}

fn the_only_one<'a>(desk: &Desk<'a>) -> Option<&'a Service> {
    match desk.recall.services {
        [only] => Some(only),
        _ => None,
    }
}

/// Which service, of those that may be meant or of all.
fn ask_service(desk: &mut Desk<'_>, fitting: &[ServiceId]) {
    let all = desk.recall.services;
    let mut services: Vec<Service> = all.iter().filter(|service| fitting.contains(&service.id)).cloned().collect();
    let some = !services.is_empty() && services.len() < all.len();
    if services.is_empty() {
        services = all.to_vec();
    }
    services.truncate(LISTED);
    let booking = arranged(desk);
    booking.services = services.iter().map(|service| service.id).collect();
    booking.times.clear();
    let say = if some { Say::AskService { services } } else { Say::Services { services } };
    desk.ask(Question::Appointment, say);
}

/// Offers times to choose from.
fn offer(desk: &mut Desk<'_>, service: &Service, times: Vec<Timestamp>, why: Offer) {
    let_go(desk);
    let booking = arranged(desk);
    booking.services.clear();
    booking.times.clone_from(&times);
    desk.ask(Question::Appointment, Say::OfferTimes { title: service.title(), price: service.price, times, why });
}

/// Says why a time cannot be had, and offers what is near.
pub(super) fn refuse(desk: &mut Desk<'_>, service: &Service, start: Timestamp, refusal: Refusal) {
    let booking = arranged(desk).clone();
    let but = own_holds(desk, &booking);
    let calendar = calendar(desk, &but);
    let near = if matches!(refusal, Refusal::Past | Refusal::TooFar(_)) {
        calendar.upcoming(service, desk.today(), None, booking.part, OFFERS)
    } else {
        calendar.nearest(service, start, OFFERS)
    };
    let booking = arranged(desk);
    match refusal {
        // The day is not possible: another at the same time may be.
        Refusal::NotThatDay | Refusal::Holiday(_) | Refusal::TooFar(_) => booking.date = None,
        Refusal::Past => (booking.date, booking.time) = (None, None),
        Refusal::OutsideHours { .. } | Refusal::Break | Refusal::Taken => booking.time = None,
    }
    offer(desk, service, near, Offer::Refused(refusal, Some(start)));
}

/// Proposes a time that is free and keeps it until the customer answers.
pub(super) fn propose(
    desk: &mut Desk<'_>,
    service: &Service,
    start: Timestamp,
    claims: Vec<duka_shop::booking::Claim>,
) {
    let booking = arranged(desk).clone();
    let id = held_id(desk, &booking);
    let until = desk.recall.now.plus_minutes(desk.recall.shop.booking.hold_min.into());
    desk.effects.retain(|effect| !matches!(effect, Effect::TakeSlot(_) | Effect::ReleaseSlot(_)));
    desk.effect(Effect::TakeSlot(NewBooking {
        id,
        service: service.id,
        start,
        claims,
        until: Some(until),
        order: None,
    }));
    let arranged = arranged(desk);
    arranged.proposed = Some((id, start));
    arranged.times.clear();
    arranged.services.clear();
    ask_yes(desk, service, start, false);
}

/// The identity under which a time is kept for this customer.
fn held_id(desk: &mut Desk<'_>, booking: &Booking) -> AppointmentId {
    let held = booking.proposed.map(|(id, _)| id);
    let still = desk.diary().mine.iter().find(|mine| Some(mine.id) == held && mine.is_proposal());
    still.map_or(desk.recall.new_appointment, |mine| mine.id)
}

fn ask_yes(desk: &mut Desk<'_>, service: &Service, start: Timestamp, again: bool) {
    let deposit = agreeing::deposit(desk, service);
    let moving = arranged(desk).moving;
    let from = moving.and_then(|id| desk.diary().mine.iter().find(|mine| mine.id == id)).map(|mine| mine.start);
    let deposit = deposit.filter(|_| moving.is_none());
    let booking = facts(desk, service, start);
    let cancel_hours = desk.recall.shop.booking.cancel_hours;
    desk.ask(Question::BookingConfirm, Say::AskBooking { booking, deposit, cancel_hours, from, again });
}

/// The proposal once more, after a question in between.
pub(in crate::decide) fn ask_again(desk: &mut Desk<'_>) {
    let booking = arranged(desk).clone();
    match (booking.service.and_then(|id| service(desk, id)), booking.proposed) {
        (Some(service), Some((_, start))) => ask_yes(desk, service, start, true),
        _ => desk.dialogue.question = Question::None,
    }
}

/// A no to the proposal: another time may suit.
pub(in crate::decide) fn decline(desk: &mut Desk<'_>, wish: &Wish) {
    desk.answered();
    if has_any(&wish.text, FORGET_IT) {
        return drop_it(desk);
    }
    let_go(desk);
    let booking = arranged(desk);
    (booking.time, booking.part) = (None, None);
    booking.times.clear();
    let title = booking.service.and_then(|id| service(desk, id)).map(Service::title);
    desk.ask(Question::Appointment, Say::AskWhen { title });
}

/// No booking after all.
pub(in crate::decide) fn drop_it(desk: &mut Desk<'_>) {
    let_go(desk);
    desk.dialogue.booking = None;
    desk.answered();
    finished(desk);
    desk.say(Say::BookingDropped);
}

/// The time that was kept is free for others.
fn let_go(desk: &mut Desk<'_>) {
    if let Some((id, _)) = arranged(desk).proposed.take() {
        desk.effects.retain(|effect| !matches!(effect, Effect::TakeSlot(_)));
        desk.effect(Effect::ReleaseSlot(id));
    }
}

/// Back to what was before: a cart that waits is asked about again.
pub(super) fn finished(desk: &mut Desk<'_>) {
    desk.dialogue.booking = None;
    desk.answered();
    desk.dialogue.question = if desk.dialogue.cart.is_empty() { Question::None } else { Question::CartNext };
}

/// A yes where several times or services are offered: the only one, or which?
pub(in crate::decide) fn yes_to_offers(desk: &mut Desk<'_>) {
    if desk.asking.is_some() {
        return;
    }
    if let [only] = arranged(desk).times[..] {
        let local = only.in_zone(desk.recall.zone);
        let booking = arranged(desk);
        (booking.date, booking.time, booking.part) = (Some(local.date()), Some(local.time()), None);
    }
    let booking = arranged(desk);
    if booking.service.is_none() && booking.date.is_none() && booking.time.is_none() && !booking.services.is_empty() {
        // The list is there to see; which one is all that is asked.
        return desk.ask(Question::Appointment, Say::AskWhen { title: None });
    }
    advance(desk);
}
