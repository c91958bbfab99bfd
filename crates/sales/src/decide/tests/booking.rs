//! Appointments in conversation.

use duka_kernel::{ServiceId, Timestamp};
use duka_shop::{
    Service,
    booking::{AppointmentState, Deposit, Refusal, Terms},
};
use jiff::civil::time;

use super::world::{World, kes, names};
use crate::{Effect, Say, say::Offer};

pub(super) fn service(code: &str, name: &str, variant: Option<&str>, minutes: u32, price: i64) -> Service {
    Service {
        id: ServiceId::new(),
        code: code.into(),
        name: name.into(),
        description: format!("{name}, done well."),
        duration_min: minutes,
        price: kes(price),
        days: [true, true, true, true, true, true, false],
        open: time(9, 0, 0, 0),
        close: time(18, 0, 0, 0),
        terms: Terms {
            variant: variant.map(str::to_owned),
            also: if name == "Braids" { vec!["kusuka".into(), "kusukwa".into()] } else { Vec::new() },
            ..Terms::default()
        },
    }
}

pub(super) fn salon() -> World {
    let mut world = World::new();
    world.services = vec![
        service("BR-S", "Braids", Some("short"), 120, 1_500),
        service("BR-L", "Braids", Some("long"), 240, 3_500),
        service("CUT", "Haircut", None, 30, 500),
        service("MASS", "Swedish Massage", None, 60, 4_000),
    ];
    world
}

/// Booked appointments as `CODE Thu 14:00`.
pub(super) fn booked(world: &World) -> Vec<String> {
    let standing = world.diary.mine.iter().filter(|mine| mine.state == AppointmentState::Booked);
    standing.map(|mine| format!("{} {}", code(world, mine.service), moment(world, mine.start))).collect()
}

fn code(world: &World, id: ServiceId) -> String {
    world.services.iter().find(|s| s.id == id).map(|s| s.code.clone()).expect("a service")
}

fn moment(world: &World, at: Timestamp) -> String {
    at.in_zone(&duka_shop::hours::zone(&world.shop)).strftime("%a %H:%M").to_string()
}

fn proposed(says: &[Say], world: &World) -> String {
    match says.last() {
        Some(Say::AskBooking { booking, .. }) => format!("{} {}", booking.title, moment(world, booking.start)),
        other => panic!("no proposal: {other:?}"),
    }
}

fn offered(says: &[Say], world: &World) -> Vec<String> {
    match says.last() {
        Some(Say::OfferTimes { times, .. }) => times.iter().map(|at| moment(world, *at)).collect(),
        other => panic!("no offer: {other:?}"),
    }
}

#[test]
fn a_service_with_variants_a_day_and_a_time_are_proposed_and_a_yes_books_them() {
    let mut world = salon();
    let says = world.text("Kesho saa nane, braids");
    assert!(matches!(says.last(), Some(Say::AskService { services }) if services.len() == 2), "{says:?}");
    let says = world.text("long");
    assert_eq!(proposed(&says, &world), "Braids (long) Thu 14:00");
    assert_eq!(booked(&world), Vec::<String>::new());
    let says = world.text("ndio");
    assert_eq!(booked(&world), ["BR-L Thu 14:00"]);
    assert!(names(&says).contains(&"booked".to_owned()));
    let told = |e: &Effect| matches!(e, Effect::TellOwner(crate::effect::OwnerNews::Booked { .. }));
    assert!(world.effects().iter().any(told));
}

#[test]
fn all_in_one_message_is_proposed_at_once_in_every_language() {
    for text in [
        "haircut tomorrow at 2pm",
        "nataka haircut kesho saa nane mchana",
        "nibook haircut kesho saa nane",
        "Can I book a haircut for Thursday at 14:00?",
    ] {
        let mut world = salon();
        let says = world.text(text);
        assert_eq!(proposed(&says, &world), "Haircut Thu 14:00", "{text}");
    }
}

#[test]
fn a_day_alone_offers_its_free_times_and_a_number_or_a_time_picks_one() {
    for (pick, at) in
        [("2", "Fri 11:00"), ("the last one", "Fri 17:30"), ("saa tano", "Fri 11:00"), ("10:30", "Fri 10:30")]
    {
        let mut world = salon();
        let says = world.text("I want to book a haircut on Friday");
        assert_eq!(offered(&says, &world), ["Fri 09:00", "Fri 11:00", "Fri 13:00", "Fri 15:00", "Fri 17:30"]);
        let says = world.text(pick);
        assert_eq!(proposed(&says, &world), format!("Haircut {at}"), "{pick}");
    }
}

#[test]
fn a_service_alone_offers_the_next_times_and_a_part_of_the_day_narrows_them() {
    let mut world = salon();
    let says = world.text("nataka kunyoa, haircut");
    assert_eq!(offered(&says, &world).len(), 4);
    let says = world.text("kesho jioni");
    assert_eq!(offered(&says, &world), ["Thu 16:00", "Thu 16:30", "Thu 17:00", "Thu 17:30"]);
}

#[test]
fn what_is_taken_past_or_outside_hours_is_said_and_the_nearest_are_offered() {
    let mut world = salon();
    world.text("haircut tomorrow 2pm");
    world.text("yes");
    let says = world.text("book another haircut tomorrow at 2pm");
    assert!(matches!(says.last(), Some(Say::OfferTimes { why: Offer::Refused(Refusal::Taken, _), .. })), "{says:?}");
    assert_eq!(offered(&says, &world), ["Thu 13:00", "Thu 13:30", "Thu 14:30", "Fri 14:00"]);
    let says = world.text("sunday 10am");
    assert!(
        matches!(says.last(), Some(Say::OfferTimes { why: Offer::Refused(Refusal::NotThatDay, _), .. })),
        "{says:?}"
    );
    let says = world.text("tomorrow at 8pm");
    let outside =
        |say: &Say| matches!(say, Say::OfferTimes { why: Offer::Refused(Refusal::OutsideHours { .. }, _), .. });
    assert!(says.last().is_some_and(outside), "{says:?}");
    let says = world.text("today at 9am");
    assert!(matches!(says.last(), Some(Say::OfferTimes { why: Offer::Refused(Refusal::Past, _), .. })), "{says:?}");
    assert_eq!(booked(&world).len(), 1);
}

#[test]
fn another_time_another_service_and_questions_in_between_keep_the_booking_going() {
    let mut world = salon();
    world.text("haircut tomorrow at 2pm");
    let says = world.text("mko wapi?");
    assert!(matches!(says.last(), Some(Say::AskBooking { again: true, .. })), "{says:?}");
    let says = world.text("hapana, weka saa tisa");
    assert_eq!(proposed(&says, &world), "Haircut Thu 15:00");
    let says = world.text("actually make it the Swedish massage");
    assert_eq!(proposed(&says, &world), "Swedish Massage Thu 15:00");
    world.text("yes please");
    assert_eq!(booked(&world), ["MASS Thu 15:00"]);
    assert_eq!(world.diary.taken.len(), 1, "nothing is held any more");
}

#[test]
fn a_no_asks_for_another_time_and_lets_the_time_go() {
    let mut world = salon();
    world.text("haircut tomorrow at 2pm");
    assert_eq!(world.diary.taken.len(), 1);
    let says = world.text("no");
    assert!(matches!(says.last(), Some(Say::AskWhen { .. })), "{says:?}");
    assert!(world.diary.taken.is_empty());
    let says = world.text("4pm");
    assert_eq!(proposed(&says, &world), "Haircut Thu 16:00");
}

#[test]
fn a_yes_after_the_time_was_taken_books_nothing() {
    let mut world = salon();
    world.text("haircut tomorrow at 2pm");
    let other = duka_kernel::AppointmentId::new();
    world.diary.mine.clear();
    world.diary.taken.iter_mut().for_each(|taken| taken.appointment = other);
    let says = world.text("ndio");
    assert!(matches!(says.last(), Some(Say::OfferTimes { why: Offer::Refused(Refusal::Taken, _), .. })), "{says:?}");
    assert!(booked(&world).is_empty());
}

#[test]
fn a_booking_is_stated_moved_and_called_off_and_stays_one() {
    let mut world = salon();
    world.text("haircut tomorrow at 2pm");
    world.text("ndio");
    for text in ["when is my appointment?", "miadi yangu ni lini?", "niko na booking lini?"] {
        assert_eq!(names(&world.text(text)), ["bookings"], "{text}");
    }
    let says = world.text("naomba nibadilishe iwe Ijumaa saa tano");
    assert_eq!(names(&says), ["booking_moved"]);
    assert_eq!(booked(&world), ["CUT Fri 11:00"]);
    assert_eq!(world.diary.taken.len(), 1);
    let says = world.text("move it to Saturday please");
    assert_eq!(proposed(&says, &world), "Haircut Sat 11:00");
    world.text("yes");
    assert_eq!(booked(&world), ["CUT Sat 11:00"]);
    assert_eq!(names(&world.text("cancel my appointment")), ["booking_cancelled"]);
    assert!(booked(&world).is_empty() && world.diary.taken.is_empty());
    assert_eq!(names(&world.text("futa miadi yangu")), ["no_booking"]);
}

#[test]
fn of_several_bookings_the_one_that_is_meant_is_called_off() {
    let mut world = salon();
    for text in ["haircut tomorrow at 2pm", "ndio", "massage on Friday at 10am", "ndio"] {
        world.text(text);
    }
    assert_eq!(booked(&world), ["CUT Thu 14:00", "MASS Fri 10:00"]);
    let says = world.text("cancel my appointment");
    assert!(matches!(says.last(), Some(Say::AskWhichBooking { bookings, cancel: true }) if bookings.len() == 2));
    world.text("2");
    assert_eq!(booked(&world), ["CUT Thu 14:00"]);
}

#[test]
fn a_deposit_is_asked_before_the_booking_counts_and_a_late_cancel_asks_first() {
    let mut world = salon();
    world.shop.booking.deposit = Some(Deposit::Percent(30));
    let says = world.text("haircut tomorrow at 2pm");
    assert!(matches!(says.last(), Some(Say::AskBooking { deposit: Some(_), .. })));
    let says = world.text("yes");
    assert_eq!(names(&says), ["deposit_asked", "payment_asked"]);
    assert!(booked(&world).is_empty());
    assert_eq!(world.orders[0].total, kes(150));
    // Paid, less than a day before.
    let mine = world.diary.mine.last_mut().expect("held");
    (mine.state, mine.deposit) = (AppointmentState::Booked, Some(kes(150)));
    world.dialogue = crate::settlement::receipt(&world.dialogue, &world.orders[0]).0;
    world.now = world.now.plus_minutes(8 * 60);
    let says = world.text("cancel my haircut appointment");
    assert!(matches!(says.last(), Some(Say::AskCancelBooking { .. })), "{says:?}");
    world.text("hapana");
    assert_eq!(booked(&world).len(), 1);
    world.text("cancel my haircut appointment");
    let says = world.text("yes");
    assert!(matches!(says.last(), Some(Say::BookingCancelled { kept: true, deposit: Some(_), .. })), "{says:?}");
    assert!(world.effects().iter().any(|e| matches!(e, Effect::CancelBooking { refund: None, .. })));
}

#[test]
fn prices_and_variants_are_quoted() {
    let mut world = salon();
    let says = world.text("how much are braids?");
    assert!(matches!(says.last(), Some(Say::Services { services }) if services.len() == 2), "{says:?}");
    let says = world.text("short");
    assert_eq!(offered(&says, &world).len(), 4);
}

#[test]
fn wanting_an_appointment_lists_the_services_and_moving_none_says_there_is_none() {
    for text in ["I want an appointment", "nataka kuweka miadi", "I'd like to make a booking please"] {
        let mut world = salon();
        let says = world.text(text);
        assert!(matches!(says.last(), Some(Say::Services { services }) if services.len() == 4), "{text}: {says:?}");
        let says = world.text("3");
        assert_eq!(offered(&says, &world).len(), 4, "{text}");
    }
    let mut world = salon();
    assert_eq!(names(&world.text("move my appointment to friday")), ["introduction", "no_booking"]);
    let says = world.text("yes");
    assert!(matches!(says.last(), Some(Say::Services { .. })), "{says:?}");
}

#[test]
fn a_shop_without_services_says_so() {
    let mut world = World::new();
    let says = world.text("I want to book an appointment for tomorrow");
    assert!(matches!(says.last(), Some(Say::Services { services }) if services.is_empty()), "{says:?}");
}
