//! Something of everything there is to say about bookings.

use duka_shop::booking::Refusal;
use jiff::civil;

use super::{
    facts::{at, kes, service},
    samples::Sample,
};
use crate::say::{BookingFacts, Deposited, Offer, Say};

/// A booking on a day of March.
pub(super) fn booking(day: i8) -> BookingFacts {
    BookingFacts {
        title: "Braids (long)".into(),
        start: at(day, 14).timestamp().into(),
        minutes: 240,
        price: kes(3_500),
        place: Some("Tom Mboya Street".into()),
    }
}

pub(super) fn bookings() -> Vec<Sample> {
    let start = |day| booking(day).start;
    let title = || "Braids (long)".to_owned();
    let deposit = kes(1_000);
    let facts: &[&str] = &["Braids (long)", "KES 3,500", "240", "Tom Mboya Street", "5"];
    let mut all: Vec<Sample> = vec![
        (Say::AskService { services: vec![service(), service()] }, &["1. Alteration Fitting", "KES 800"]),
        (Say::AskWhen { title: None }, &[]),
        (Say::AskWhen { title: Some(title()) }, &["Braids (long)"]),
        (Say::AskBooking { booking: booking(5), deposit: None, cancel_hours: 24, from: None, again: false }, facts),
        (
            Say::AskBooking { booking: booking(5), deposit: Some(deposit), cancel_hours: 24, from: None, again: false },
            &["KES 3,500", "KES 1,000", "24"],
        ),
        (
            Say::AskBooking { booking: booking(5), deposit: None, cancel_hours: 0, from: Some(start(6)), again: false },
            facts,
        ),
        (
            Say::AskBooking { booking: booking(5), deposit: None, cancel_hours: 24, from: None, again: true },
            &["Braids (long)", "KES 3,500"],
        ),
        (Say::Booked { booking: booking(5), paid: None }, facts),
        (
            Say::Booked {
                booking: booking(5),
                paid: Some(Deposited { amount: deposit, receipt: Some("SCA1B2C3D4".into()) }),
            },
            &["KES 1,000", "SCA1B2C3D4", "Tom Mboya Street"],
        ),
        (Say::DepositAsked { booking: booking(5), deposit, cancel_hours: 24 }, &["KES 1,000", "24", "Braids (long)"]),
        (Say::DepositAsked { booking: booking(5), deposit, cancel_hours: 0 }, &["KES 1,000", "Braids (long)"]),
        (Say::BookingLapsed { title: title(), start: start(5) }, &["Braids (long)"]),
        (Say::BookingDropped, &[]),
        (Say::Bookings { bookings: vec![booking(5)] }, facts),
        (Say::Bookings { bookings: vec![booking(5), booking(6)] }, &["Braids (long)", "KES 3,500"]),
        (Say::NoBooking, &[]),
        (Say::AskWhichBooking { bookings: vec![booking(5), booking(6)], cancel: true }, &["1. Braids (long)", "2. "]),
        (Say::AskWhichBooking { bookings: vec![booking(5), booking(6)], cancel: false }, &["1. Braids (long)", "2. "]),
        (Say::BookingMoved { booking: booking(6), from: start(5) }, &["Braids (long)", "KES 3,500", "6"]),
        (
            Say::AskCancelBooking { title: title(), start: start(5), deposit, cancel_hours: 24 },
            &["Braids (long)", "KES 1,000", "24"],
        ),
        (Say::BookingCancelled { title: title(), start: start(5), deposit: None, kept: false }, &["Braids (long)"]),
        (Say::BookingCancelled { title: title(), start: start(5), deposit: Some(deposit), kept: true }, &["KES 1,000"]),
        (
            Say::BookingCancelled { title: title(), start: start(5), deposit: Some(deposit), kept: false },
            &["KES 1,000"],
        ),
        (Say::BookingReminder { booking: booking(5) }, facts),
    ];
    let (open, close) = (civil::time(9, 0, 0, 0), civil::time(17, 0, 0, 0));
    let date = civil::date(2026, 3, 5);
    for why in [
        Offer::Day(date),
        Offer::Soonest,
        Offer::NoneOn(date, None),
        Offer::NoneOn(date, Some(Refusal::NotThatDay)),
        Offer::Refused(Refusal::Past, None),
        Offer::Refused(Refusal::TooFar(21), Some(start(5))),
        Offer::Refused(Refusal::NotThatDay, Some(start(5))),
        Offer::Refused(Refusal::Holiday("Eid".into()), Some(start(5))),
        Offer::Refused(Refusal::Holiday(String::new()), Some(start(5))),
        Offer::Refused(Refusal::OutsideHours { open, close }, Some(start(5))),
        Offer::Refused(Refusal::Break, Some(start(5))),
        Offer::Refused(Refusal::Taken, Some(start(5))),
    ] {
        let times = vec![start(5), start(5).plus_minutes(90), start(6)];
        all.push((Say::OfferTimes { title: title(), price: kes(3_500), times, why }, &["1. ", "3. ", "KES 3,500"]));
    }
    let none = Say::OfferTimes { title: title(), price: kes(3_500), times: Vec::new(), why: Offer::Soonest };
    all.push((none, &["Braids (long)"]));
    all
}
