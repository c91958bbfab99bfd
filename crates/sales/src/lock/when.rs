//! Whether days, times and opening hours are as a text says.

use duka_shop::hours::{self, Status, hours_on};
use jiff::civil::{Date, Weekday};

use super::{
    BreachKind,
    check::Reading,
    facts::Topic,
    gather::etas_in,
    patterns::mood,
    text::Span,
    times::{Moment, What},
};

const OPEN: [&str; 12] = [
    "open",
    "opens",
    "opened",
    "wazi",
    "tunafungua",
    "tutafungua",
    "hufungua",
    "mnafungua",
    "inafunguliwa",
    "tumefungua",
    "fungua",
    "kufungua",
];
const CLOSED: [&str; 9] =
    ["closed", "imefungwa", "tumefunga", "tumefungwa", "hatufungui", "hufungwa", "fungwa", "hatutafungua", "tutafunga"];

pub(super) fn check(reading: &Reading<'_, '_>) {
    for moment in &reading.moments {
        let span = reading.text.sentence(moment.from);
        let known = match is_open_said(reading, clause(reading, span, moment.from)) {
            Some(open) if is_day(moment) => is_so(reading, moment, open),
            _ => is_known(reading, moment, span),
        };
        if !known {
            reading.breach(BreachKind::Time, moment.from, moment.to);
        }
    }
    for span in &reading.text.sentences {
        check_hours(reading, *span);
        check_waits(reading, *span);
    }
}

const fn is_day(moment: &Moment) -> bool {
    matches!(moment.what, What::Ahead(0..) | What::Weekday(_))
}

/// Whether a clause says that the shop is open, or that it is closed.
fn is_open_said(reading: &Reading<'_, '_>, span: Span) -> Option<bool> {
    if span.asks {
        return None;
    }
    let denied = reading.has(span, &["not", "dont", "hatuko", "wont", "hatutakuwa", "never"]);
    if reading.has(span, &CLOSED) || denied && reading.has(span, &OPEN) {
        // "Closed on Sunday and open on Monday" is too fine to be told apart here.
        return if reading.has(span, &OPEN) && !denied { None } else { Some(false) };
    }
    reading.has(span, &OPEN).then_some(true)
}

/// The part of a sentence between commas that a word is in.
pub(super) fn clause(reading: &Reading<'_, '_>, span: Span, at: usize) -> Span {
    let breaks = |at: usize| {
        let (before, word) = (&reading.text.words[at - 1], &reading.text.words[at]);
        reading.text.raw[before.end..word.start].contains([',', ';', '(', ')'])
            || matches!(&*word.text, "but" | "lakini" | "so")
    };
    let from = (span.from + 1..=at).rev().find(|at| breaks(*at)).unwrap_or(span.from);
    let to = (at + 1..span.to).find(|at| breaks(*at)).unwrap_or(span.to);
    Span { from, to, ..span }
}

/// Whether it is so that the shop is open, or closed, on a day.
fn is_so(reading: &Reading<'_, '_>, moment: &Moment, open: bool) -> bool {
    let facts = reading.facts;
    let on = |date: Date| {
        let said = facts.open_dates.iter().find(|(own, _)| *own == date).map(|(_, open)| *open);
        said.unwrap_or_else(|| hours_on(facts.shop, date).is_some()) == open
    };
    match moment.what {
        What::Ahead(days) => on(facts.in_days(days)),
        // A holiday makes one Friday differ, not all.
        What::Weekday(day) => {
            let usual = facts.open_weekdays.iter().find(|(own, _)| *own == day).map(|(_, open)| *open);
            let usual = usual.unwrap_or_else(|| facts.shop.hours[usize::try_from(day).unwrap_or(0) % 7].is_some());
            let dates = facts.open_dates.iter().map(|(date, _)| *date).chain((0..=7).map(|days| facts.in_days(days)));
            usual == open || dates.filter(|date| weekday(*date) == day).any(on)
        }
        _ => true,
    }
}

fn weekday(date: Date) -> i8 {
    Weekday::to_monday_zero_offset(date.weekday())
}

fn is_known(reading: &Reading<'_, '_>, moment: &Moment, span: Span) -> bool {
    let facts = reading.facts;
    let delivery = reading.topics(span).contains(&Topic::Delivery);
    let arrives = |days: i64| is_eta(reading, clause(reading, span, moment.from), delivery, days);
    match &moment.what {
        What::Clock(minutes) => minutes.iter().any(|minute| facts.clocks.contains(minute)),
        What::Date { year, month, day } => facts
            .dates
            .iter()
            .any(|date| date.month() == *month && date.day() == *day && year.is_none_or(|year| date.year() == year)),
        What::DayOfMonth(day) => facts.dates.iter().any(|date| date.day() == *day),
        What::Weekday(day) => {
            facts.weekdays.contains(day)
                || facts.dates.iter().any(|date| weekday(*date) == *day)
                || facts.allowed.contains("hours") && facts.shop.hours[usize::try_from(*day).unwrap_or(0) % 7].is_some()
                || facts.allowed.contains("hours") && !delivery
                || (0..7).any(|days| weekday(facts.in_days(days)) == *day && arrives(days))
        }
        // Today is a promise only of what comes.
        What::Ahead(0) => !delivery || arrives(0) || facts.dates.contains(&facts.today()) || span.asks,
        What::Ahead(days) => arrives(*days) || facts.dates.contains(&facts.in_days(*days)) || span.asks,
        What::Part(from, to) => {
            let inside = |minute: &i16| (*from..*to).contains(minute) || (*from..*to).contains(&(minute + 24 * 60));
            facts.clocks.iter().any(inside) && !delivery || span.asks
        }
        What::Later => {
            let first = facts.in_days(1);
            facts.dates.iter().any(|date| *date >= first)
                || span.asks
                || !delivery && !reading.has(span, &["stock", "mpya", "new"])
        }
    }
}

/// Whether something arrives in so many days: what is decided in the turn, or what holds for the place that is named.
fn is_eta(reading: &Reading<'_, '_>, clause: Span, delivery: bool, days: i64) -> bool {
    let facts = reading.facts;
    let within = |etas: &[(i64, i64)]| etas.iter().any(|(from, to)| (*from..=*to).contains(&days));
    let named = facts.zones_in(&reading.text, clause);
    if delivery && !named.is_empty() {
        return named.iter().any(|zone| zone.eta.as_deref().is_some_and(|eta| within(&etas_in(eta))));
    }
    within(&facts.etas) || delivery && facts.etas.is_empty() && within(&facts.shop_etas)
}

/// "Every day", "24/7", "open now".
fn check_hours(reading: &Reading<'_, '_>, span: Span) {
    if span.asks || !(reading.has(span, &OPEN) || reading.has(span, &CLOSED)) {
        return;
    }
    let facts = reading.facts;
    let words = |words: &[&str]| {
        (span.from..span.to).find(|at| (0..words.len()).all(|i| reading.text.word(at + i) == words[i]))
    };
    let every = [
        &["daily"][..],
        &["every", "day"],
        &["everyday"],
        &["kila", "siku"],
        &["siku", "zote"],
        &["all", "week"],
        &["7", "days", "a"],
    ];
    let always = [
        &["24/7"][..],
        &["24", "hours"],
        &["masaa", "24"],
        &["around", "the", "clock"],
        &["usiku", "na", "mchana"],
        &["all", "night"],
    ];
    for phrase in every {
        if let Some(at) = words(phrase).filter(|_| facts.shop.hours.iter().any(Option::is_none)) {
            reading.breach(BreachKind::Time, at, at + phrase.len());
        }
    }
    for phrase in always {
        if let Some(at) = words(phrase) {
            reading.breach(BreachKind::Time, at, at + phrase.len());
        }
    }
    let Some(said) = is_open_said(reading, span) else { return };
    let now = [&["now"][..], &["sasa"], &["sahi"], &["sahii"], &["saa", "hii"], &["right", "now"], &["currently"]];
    let is_now =
        now.iter().any(|phrase| words(phrase).is_some()) && reading.has(span, &["we", "were", "tuko", "duka", "shop"]);
    let open = facts.open_now.or_else(|| match hours::status(facts.shop, facts.now) {
        Status::Open { .. } => Some(true),
        Status::Closed { .. } => Some(false),
        Status::Unknown => None,
    });
    if is_now && open.is_some_and(|open| open != said) {
        reading.breach(BreachKind::Time, span.from, span.to);
    }
}

/// "Same day", "overnight": how fast it comes.
fn check_waits(reading: &Reading<'_, '_>, span: Span) {
    if !reading.topics(span).contains(&Topic::Delivery) {
        return;
    }
    for claim in reading.claims_in(span, &["fixed_wait"]) {
        let mood = mood(&reading.text, span, claim.from, claim.to);
        let days = match reading.text.word(claim.from) {
            "same" | "siku" => Some(0),
            "next" => Some(1),
            _ => None,
        };
        let clause = clause(reading, span, claim.from);
        let known = days.is_some_and(|days| is_eta(reading, clause, true, days));
        if !known && !mood.negated && !span.asks {
            reading.breach(BreachKind::Time, claim.from, claim.to);
        }
    }
}
