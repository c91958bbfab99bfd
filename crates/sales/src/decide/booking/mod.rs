//! Appointments: from "tomorrow at two, braids" to a booking, and what becomes of it.
//!
//! What is being arranged is in [`Booking`]: every message adds to it or changes it, and [`arranging::advance`] does the
//! next thing from it alone: asks which service, offers times, or proposes one. A proposed time is kept for the customer
//! until they answer. What changes a booking that stands is in [`changing`].

mod agreeing;
mod arranging;
mod asking;
mod changing;
mod naming;
mod once;
mod said;

use duka_kernel::{AppointmentId, ServiceId, Timestamp};
use duka_perception::{Intent, Wish};
use duka_shop::{Service, booking::Calendar};

pub(super) use self::{
    agreeing::agree,
    arranging::{ask_again, decline, drop_it, yes_to_offers},
    asking::{describe, inquire},
    changing::{ask_to_cancel_again, called_off, cancel_the_only, kept},
    once::{first_of_two, moved_at_once},
};
use self::{naming::named, said::Said};
use super::reading::UNSURE;
use crate::{
    desk::Desk,
    dialogue::{Booking, Question},
    recall::AppointmentView,
    say::{BookingFacts, Say},
    words::has_any,
};

/// Words that speak of appointments.
const BOOKING: &[&str] = &[
    "appointment",
    "appointments",
    "booking",
    "bookings",
    "book",
    "booked",
    "miadi",
    "slot",
    "nafasi",
    "nibook",
    "nimebook",
    "kubook",
    "schedule",
    "reservation",
    "reserve",
    "session",
];
/// Words that ask whether there is time.
const FREE: &[&str] = &[
    "are you free",
    "you free",
    "are you available",
    "mko free",
    "uko free",
    "any slot",
    "any slots",
    "opening",
    "openings",
    "mko na nafasi",
    "kuna nafasi",
    "kuna slot",
];
/// Words that ask what something costs or takes.
const ASKS: &[&str] = &[
    "how much",
    "price",
    "prices",
    "cost",
    "costs",
    "bei",
    "pesa ngapi",
    "ngapi",
    "how long",
    "charge",
    "charges",
    "mnafanya",
    "do you do",
    "mna",
    "do you have",
    "include",
    "included",
    "kiasi gani",
    "mnatoza",
];

/// Whether the shop has switched booking off.
pub(super) fn is_off(desk: &Desk<'_>) -> bool {
    let booking = Intent::BookAppointment.name();
    desk.recall.shop.disabled_intents.iter().any(|off| off == booking)
}

/// "31 February", "30th of feb": a day that the month does not have.
fn names_no_day(text: &str) -> bool {
    const MONTHS: [(&[&str], u32); 12] = [
        (&["january", "jan", "januari"], 31),
        (&["february", "feb", "februari"], 29),
        (&["march", "machi"], 31),
        (&["april", "apr", "aprili"], 30),
        (&["may", "mei"], 31),
        (&["june", "jun", "juni"], 30),
        (&["july", "jul", "julai"], 31),
        (&["august", "aug", "agosti"], 31),
        (&["september", "sept", "sep", "septemba"], 30),
        (&["october", "oct", "oktoba"], 31),
        (&["november", "nov", "novemba"], 30),
        (&["december", "dec", "desemba"], 31),
    ];
    let said: Vec<String> = crate::words::words(text).into_iter().filter(|word| word != "of" && word != "ya").collect();
    let day = |word: &String| word.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse::<u32>().ok();
    let days = |word: &String| MONTHS.iter().find(|(names, _)| names.contains(&word.as_str())).map(|(_, days)| *days);
    said.windows(2).any(|pair| {
        let before = day(&pair[0]).zip(days(&pair[1]));
        let after = days(&pair[0]).zip(day(&pair[1])).map(|(days, day)| (day, days));
        before.or(after).is_some_and(|(day, days)| (days + 1..=99).contains(&day))
    })
}

/// "Are you open on Friday?", while a day is awaited: about the shop and no appointment.
fn asks_for_hours(wish: &Wish) -> bool {
    const HOURS: &[&str] = &[
        "mnafungua",
        "mnafunguanga",
        "mnafunga saa",
        "mko wazi",
        "mko open",
        "mtafungua",
        "mtakuwa open",
        "are you open",
        "you open",
        "do you open",
        "do you close",
        "opening hours",
        "opening time",
        "closing time",
        "what time do you open",
        "what time do you close",
        "saa za kazi",
    ];
    has_any(&wish.text, HOURS) && !has_any(&wish.text, BOOKING) && wish.slots.service.is_empty()
}

/// Serves a wish that is about appointments here and now, whatever it looks like by itself. False if it is not.
pub(super) fn takes(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    if desk.recall.services.is_empty() || is_off(desk) || is_for_people(wish) {
        return false;
    }
    if names_no_day(&wish.text) && (wish.slots.time.is_some() || named(desk, wish).is_strong) {
        desk.say(Say::NoSuchDay);
        desk.quiet = true;
        return true;
    }
    if asks_for_hours(wish) {
        super::shop_info::opening_hours(desk, wish);
        return true;
    }
    if changing::about_what_stands(desk, wish) {
        return true;
    }
    match desk.pending.clone() {
        Question::BookingConfirm => arranging::answer_proposal(desk, wish),
        Question::Appointment => arranging::answer(desk, wish),
        Question::WhichBooking { bookings, cancel } => changing::answer_which(desk, wish, &bookings, cancel),
        Question::CancelBooking(_) => false,
        _ => begins(desk, wish),
    }
}

/// A booking is wanted, moved or given up.
pub(super) fn serve(desk: &mut Desk<'_>, wish: &Wish) {
    if desk.recall.services.is_empty() {
        return desk.say(Say::Services { services: Vec::new() });
    }
    if asking::asks_for_own(wish) {
        return changing::state_own(desk);
    }
    match wish.intent {
        Intent::RescheduleAppointment if changing::moves(desk, wish) || changing::may_move(desk, wish) => {
            changing::reschedule(desk, wish);
        }
        Intent::CancelAppointment if changing::calls_off(desk, wish) => changing::cancel(desk, wish),
        _ => arranging::book(desk, wish),
    }
}

/// What a person or a rule of conduct answers before any appointment.
fn is_for_people(wish: &Wish) -> bool {
    let grave = matches!(
        wish.intent,
        Intent::Complaint
            | Intent::HumanHandoff
            | Intent::Abuse
            | Intent::PromptInjection
            | Intent::OptOut
            | Intent::OptIn
    );
    grave && wish.confidence >= UNSURE
}

/// A message outside of any arranging that names one of the shop's services, or speaks of the customer's appointment.
fn begins(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    use Intent::{
        AddToCart, Availability, BookAppointment, CancelAppointment, PriceInquiry, ProductSearch,
        RescheduleAppointment, SelectOption, ServiceInquiry,
    };
    if asking::asks_for_own(wish) {
        changing::state_own(desk);
        return true;
    }
    if matches!(wish.intent, RescheduleAppointment | CancelAppointment) {
        let about_it = has_any(&wish.text, BOOKING) || named(desk, wish).is_strong;
        if about_it {
            serve(desk, wish);
        }
        return about_it;
    }
    let said = Said::read(desk, wish);
    let named = named(desk, wish);
    let speaks_of_it = has_any(&wish.text, BOOKING);
    let names_one = named.is_strong || speaks_of_it && !named.services.is_empty();
    if !names_one {
        let asks_whether = has_any(&wish.text, FREE) && wish.slots.product.is_empty();
        let asks_for_time = said.says_when() && (speaks_of_it || asks_whether) && wish.confidence < UNSURE;
        if asks_for_time {
            arranging::book(desk, wish);
        }
        return asks_for_time;
    }
    let goods = matches!(wish.intent, ProductSearch | AddToCart | Availability | SelectOption | PriceInquiry);
    if goods && !wish.slots.product.is_empty() && !speaks_of_it && wish.confidence >= UNSURE {
        return false;
    }
    let asks = has_any(&wish.text, ASKS) || matches!(wish.intent, PriceInquiry | ServiceInquiry);
    let known = goods || matches!(wish.intent, BookAppointment | ServiceInquiry) || wish.confidence < UNSURE;
    match (known, asks && !said.says_when() && !speaks_of_it) {
        (false, _) => return false,
        (true, true) => inquire(desk, wish),
        (true, false) => arranging::book(desk, wish),
    }
    true
}

/// More people than the one who writes are to come.
fn comes_in_company(wish: &Wish) -> bool {
    const COMPANY: &[&str] = &[
        "people",
        "persons",
        "friend",
        "friends",
        "sister",
        "bridesmaid",
        "bridesmaids",
        "of us",
        "both of us",
        "watu",
        "wawili",
        "watatu",
        "wanne",
        "rafiki",
        "marafiki",
        "wasichana",
        "beshte",
        "mabeshte",
        "wasee",
        "mtu wa pili",
        "mtu mwingine",
        "mtu ingine",
    ];
    has_any(&wish.text, COMPANY)
}

/// What is being arranged.
fn arranged<'d>(desk: &'d mut Desk<'_>) -> &'d mut Booking {
    desk.dialogue.booking.get_or_insert_default()
}

fn service<'a>(desk: &Desk<'a>, id: ServiceId) -> Option<&'a Service> {
    desk.recall.services.iter().find(|service| service.id == id)
}

/// The calendar, without what is only held for this customer and without the booking that is being moved.
fn calendar<'c, 'a: 'c>(desk: &mut Desk<'a>, but: &'c [AppointmentId]) -> Calendar<'c> {
    let diary = desk.diary();
    let recall = desk.recall;
    Calendar {
        shop: recall.shop,
        zone: recall.zone,
        services: recall.services,
        taken: &diary.taken,
        now: recall.now,
        but,
    }
}

/// The bookings of this customer that are still to come, soonest first.
fn to_come<'a>(desk: &mut Desk<'a>) -> Vec<&'a AppointmentView> {
    let now = desk.recall.now;
    let mut mine: Vec<&AppointmentView> = desk.diary().mine.iter().filter(|mine| mine.is_to_come(now)).collect();
    mine.sort_by_key(|mine| mine.start);
    mine
}

/// A booking as it is said.
fn facts(desk: &Desk<'_>, service: &Service, start: Timestamp) -> BookingFacts {
    BookingFacts::of(service, start, desk.recall.shop)
}
