use duka_kernel::{AppointmentId, Currency, Money, ServiceId, Timestamp};
use jiff::{
    civil::{Date, Time, date, time},
    tz::TimeZone,
};
use proptest::prelude::*;

use super::*;
use crate::{
    Service, ShopProfile,
    file::new_profile,
    profile::{Holiday, OpenHours},
};

fn kes(amount: i64) -> Money {
    Money::from_major(amount, Currency::Kes)
}

fn service(code: &str, minutes: u32) -> Service {
    Service {
        id: ServiceId::new(),
        code: code.into(),
        name: code.into(),
        description: String::new(),
        duration_min: minutes,
        price: kes(1_500),
        days: [true, true, true, true, true, true, false],
        open: time(9, 0, 0, 0),
        close: time(18, 0, 0, 0),
        terms: Terms::default(),
    }
}

fn hours(open: i8, close: i8) -> OpenHours {
    OpenHours { open: time(open, 0, 0, 0), close: time(close, 0, 0, 0) }
}

fn zone() -> TimeZone {
    TimeZone::fixed(jiff::tz::offset(3))
}

fn at(date: Date, hour: i8, minute: i8) -> Timestamp {
    date.to_datetime(time(hour, minute, 0, 0)).to_zoned(zone()).expect("a time").timestamp().into()
}

/// Wednesday, 10:00.
fn now() -> Timestamp {
    at(date(2026, 3, 4), 10, 0)
}

const THURSDAY: Date = date(2026, 3, 5);

#[derive(Debug)]
struct World {
    shop: ShopProfile,
    services: Vec<Service>,
    taken: Vec<Taken>,
    zone: TimeZone,
}

impl World {
    fn with(services: Vec<Service>) -> Self {
        let shop = new_profile("salon", "Salon", Currency::Kes);
        Self { shop, services, taken: Vec::new(), zone: zone() }
    }

    fn calendar(&self) -> Calendar<'_> {
        Calendar {
            shop: &self.shop,
            zone: &self.zone,
            services: &self.services,
            taken: &self.taken,
            now: now(),
            but: &[],
        }
    }

    fn check(&self, service: usize, start: Timestamp) -> Result<Vec<Claim>, Refusal> {
        self.calendar().check(&self.services[service], start)
    }

    fn book(&mut self, service: usize, start: Timestamp) -> Result<AppointmentId, Refusal> {
        let appointment = AppointmentId::new();
        let claims = self.check(service, start)?;
        self.taken.extend(claims.into_iter().map(|claim| Taken { appointment, claim }));
        Ok(appointment)
    }

    fn times(&self, service: usize, date: Date, part: Option<DayPart>) -> Vec<String> {
        let free = self.calendar().free_on(&self.services[service], date, part);
        free.iter().map(|start| start.in_zone(&self.zone).strftime("%H:%M").to_string()).collect()
    }
}

#[test]
fn a_plain_service_begins_at_or_after_opening_ends_by_closing_and_serves_one_at_a_time() {
    let mut salon = World::with(vec![service("A", 60), service("B", 60)]);
    let outside = Refusal::OutsideHours { open: time(9, 0, 0, 0), close: time(18, 0, 0, 0) };
    assert_eq!(salon.check(0, at(THURSDAY, 8, 59)), Err(outside.clone()));
    assert_eq!(salon.check(0, at(THURSDAY, 17, 1)), Err(outside));
    assert!(salon.book(0, at(THURSDAY, 17, 0)).is_ok() && salon.book(0, at(THURSDAY, 9, 0)).is_ok());
    assert_eq!(salon.check(0, at(THURSDAY, 9, 59)), Err(Refusal::Taken));
    assert!(salon.check(0, at(THURSDAY, 10, 0)).is_ok());
    assert!(salon.check(1, at(THURSDAY, 9, 30)).is_ok(), "another service does not block");
}

#[test]
fn what_has_passed_is_too_near_or_too_far_or_on_a_day_off_is_refused() {
    let mut salon = World::with(vec![service("A", 60)]);
    let today = date(2026, 3, 4);
    assert_eq!(salon.check(0, at(today, 10, 0)), Err(Refusal::Past));
    assert!(salon.check(0, at(today, 10, 30)).is_ok());
    salon.shop.booking.lead_min = 120;
    assert_eq!(salon.check(0, at(today, 11, 59)), Err(Refusal::Past));
    assert!(salon.check(0, at(today, 12, 0)).is_ok());
    assert_eq!(salon.check(0, at(date(2027, 3, 4), 12, 0)), Err(Refusal::TooFar(180)));
    assert_eq!(salon.check(0, at(date(2026, 3, 8), 12, 0)), Err(Refusal::NotThatDay));
    let holiday = |day, hours| Holiday { date: date(2026, 3, day), name: "Eid".into(), hours };
    salon.shop.holidays = vec![holiday(5, None), holiday(6, Some(hours(12, 15)))];
    assert_eq!(salon.check(0, at(THURSDAY, 12, 0)), Err(Refusal::Holiday("Eid".into())));
    assert_eq!(salon.times(0, date(2026, 3, 6), None), ["12:00", "12:30", "13:00", "13:30", "14:00"]);
}

#[test]
fn breaks_and_buffers_keep_times_free() {
    let mut salon = World::with(vec![service("A", 60)]);
    salon.shop.booking.breaks = vec![hours(13, 14)];
    salon.services[0].terms.buffer_after = 15;
    assert_eq!(salon.check(0, at(THURSDAY, 12, 30)), Err(Refusal::Break));
    assert!(salon.book(0, at(THURSDAY, 14, 0)).is_ok());
    assert_eq!(salon.check(0, at(THURSDAY, 15, 0)), Err(Refusal::Taken));
    assert!(salon.check(0, at(THURSDAY, 15, 15)).is_ok());
    assert_eq!(salon.times(0, THURSDAY, Some(DayPart::Afternoon)), ["12:00", "15:30", "16:00", "16:30"]);
}

#[test]
fn staff_serve_one_customer_each_when_they_work_and_what_they_can() {
    let mut salon = World::with(vec![service("Braids", 120), service("Nails", 60)]);
    let mornings = [Some(hours(9, 13)); 7];
    salon.shop.booking.staff = vec![
        Staff { name: "Wanjiru".into(), hours: None, breaks: vec![hours(12, 13)] },
        Staff { name: "Asha".into(), hours: Some(mornings), breaks: Vec::new() },
    ];
    salon.services[0].terms.staff = vec!["Wanjiru".into(), "Asha".into()];
    salon.services[1].terms.staff = vec!["Asha".into()];
    let nine = at(THURSDAY, 9, 0);
    assert!(salon.book(0, nine).is_ok() && salon.book(0, nine).is_ok());
    assert_eq!(salon.book(0, nine), Err(Refusal::Taken));
    assert_eq!(salon.book(1, nine), Err(Refusal::Taken), "Asha braids");
    assert!(salon.book(1, at(THURSDAY, 11, 0)).is_ok());
    assert_eq!(salon.book(1, at(THURSDAY, 14, 0)), Err(Refusal::Taken), "Asha is gone");
    assert_eq!(salon.check(0, at(THURSDAY, 11, 0)), Err(Refusal::Taken), "Wanjiru's break, and Asha does nails");
    assert_eq!(salon.check(0, at(THURSDAY, 13, 0)).expect("free")[0].lane, "staff/Wanjiru");
}

#[test]
fn services_that_share_chairs_or_are_variants_of_one_block_each_other() {
    let mut salon = World::with(vec![service("A", 60), service("B", 60), service("C-L", 180), service("C-S", 60)]);
    salon.shop.booking.resources = vec![Resource { name: "chair".into(), count: 2 }];
    for i in [0, 1] {
        salon.services[i].terms.needs = vec!["chair".into()];
    }
    for (i, variant) in [(2, "long"), (3, "short")] {
        salon.services[i].name = "Braids".into();
        salon.services[i].terms.variant = Some(variant.into());
    }
    let ten = at(THURSDAY, 10, 0);
    assert!(salon.book(0, ten).is_ok() && salon.book(1, ten).is_ok());
    assert_eq!((salon.check(0, ten), salon.check(1, ten)), (Err(Refusal::Taken), Err(Refusal::Taken)));
    assert!(salon.book(2, ten).is_ok());
    assert_eq!(salon.check(3, at(THURSDAY, 12, 0)), Err(Refusal::Taken));
    assert!(salon.check(3, at(THURSDAY, 13, 0)).is_ok());
}

#[test]
fn instead_of_a_time_that_is_taken_the_nearest_are_offered() {
    let mut salon = World::with(vec![service("A", 60)]);
    salon.book(0, at(THURSDAY, 14, 0)).expect("free");
    let near = salon.calendar().nearest(&salon.services[0], at(THURSDAY, 14, 0), 4);
    let near: Vec<String> = near.iter().map(|t| t.in_zone(&salon.zone).strftime("%a %H:%M").to_string()).collect();
    assert_eq!(near, ["Thu 12:30", "Thu 13:00", "Thu 15:00", "Fri 14:00"]);
    // Sunday: only days after it.
    let near = salon.calendar().nearest(&salon.services[0], at(date(2026, 3, 8), 11, 0), 3);
    let near: Vec<String> = near.iter().map(|t| t.in_zone(&salon.zone).strftime("%a %H:%M").to_string()).collect();
    assert_eq!(near, ["Mon 11:00", "Tue 11:00", "Wed 11:00"]);
}

#[test]
fn the_larger_deposit_counts_and_it_is_never_more_than_the_price() {
    let mut rules = BookingRules { deposit: Some(Deposit::Percent(25)), ..BookingRules::default() };
    let mut nails = service("N", 30);
    assert_eq!(rules.deposit_for(&nails, 0), Some(kes(375)));
    nails.terms.deposit = Some(Deposit::Amount(kes(9_000)));
    assert_eq!(rules.deposit_for(&nails, 0), Some(kes(1_500)));
    nails.terms.deposit = Some(Deposit::Percent(0));
    assert_eq!(rules.deposit_for(&nails, 0), None);
    rules.no_show_deposit = Some(Deposit::Percent(50));
    assert_eq!((rules.deposit_for(&nails, 1), rules.deposit_for(&nails, 2)), (None, Some(kes(750))));
}

prop_compose! {
    fn any_hours()(open in 6i8..20, length in 1i8..4) -> OpenHours {
        OpenHours { open: time(open, 0, 0, 0), close: time((open + length).min(23), 0, 0, 0) }
    }
}

prop_compose! {
    fn any_service()(
        minutes in 5u32..240, before in 0u32..45, after in 0u32..45, staff in 0usize..3, chair: bool,
        at_once in prop::option::of(1u32..3), name in 0usize..2, days in any::<[bool; 7]>(),
    ) -> Service {
        let mut any = service("X", minutes);
        any.name = format!("Service {name}");
        any.days = days;
        any.terms = Terms {
            variant: Some(format!("{minutes}")),
            staff: (0..staff).map(|n| format!("Person {n}")).collect(),
            needs: chair.then(|| "chair".to_owned()).into_iter().collect(),
            at_once,
            buffer_before: before,
            buffer_after: after,
            ..Terms::default()
        };
        any
    }
}

prop_compose! {
    fn any_world()(
        services in prop::collection::vec(any_service(), 1..4), breaks in prop::collection::vec(any_hours(), 0..2),
        lead in 0u32..600, chairs in 1u32..3, person in prop::option::of(any_hours()), closed: bool,
    ) -> World {
        let mut world = World::with(services);
        for (i, service) in world.services.iter_mut().enumerate() {
            service.code = format!("X{i}");
        }
        world.shop.booking = BookingRules {
            staff: vec![Staff { name: "Person 0".into(), hours: person.map(|h| [Some(h); 7]), breaks: breaks.clone() }],
            resources: vec![Resource { name: "chair".into(), count: chairs }],
            breaks,
            lead_min: lead,
            ..BookingRules::default()
        };
        if closed {
            world.shop.holidays = vec![Holiday { date: THURSDAY, name: "Eid".into(), hours: Some(hours(8, 12)) }];
        }
        world
    }
}

fn local(start: Timestamp, minutes: u32) -> (Date, Time, Time) {
    let (from, to) = (start.in_zone(&zone()), start.plus_minutes(minutes.into()).in_zone(&zone()));
    (from.date(), from.time(), to.time())
}

proptest! {
    /// Whatever is asked for in whatever order, what is booked keeps every rule.
    #[test]
    fn what_can_be_booked_never_overlaps_and_keeps_hours_breaks_buffers_and_lead_time(
        mut world in any_world(), asked in prop::collection::vec((0usize..4, 0i64..12 * 24 * 12), 1..40),
    ) {
        let mut booked = Vec::new();
        for (which, fives) in asked {
            let which = which % world.services.len();
            let start = now().plus_minutes(fives * 5 - 60);
            if world.book(which, start).is_ok() {
                booked.push((which, start));
            }
        }
        for (i, a) in world.taken.iter().enumerate() {
            for b in &world.taken[i + 1..] {
                let apart = a.claim.to <= b.claim.from || b.claim.to <= a.claim.from;
                prop_assert!(a.claim.lane != b.claim.lane || apart, "{a:?} {b:?}");
            }
        }
        for (which, start) in booked {
            let service = &world.services[which];
            let (date, from, to) = local(start, service.duration_min);
            prop_assert!(start > now() && start.millis_since(now()) >= i64::from(world.shop.booking.lead_min) * 60_000);
            prop_assert!(service.days[usize::try_from(date.weekday().to_monday_zero_offset()).unwrap()]);
            prop_assert!(service.open <= from && to <= service.close && from < to);
            prop_assert!(world.shop.booking.breaks.iter().all(|pause| to <= pause.open || pause.close <= from));
            for holiday in world.shop.holidays.iter().filter(|h| h.date == date) {
                prop_assert!(holiday.hours.is_some_and(|hours| hours.open <= from && to <= hours.close));
            }
        }
    }

    /// What is offered can be had, is in order and no more than asked for.
    #[test]
    fn what_is_offered_is_free(
        mut world in any_world(), asked in prop::collection::vec((0usize..4, 0i64..600), 0..20), wanted in 0i64..600,
        count in 1usize..6,
    ) {
        for (which, halves) in asked {
            let _ = world.book(which % world.services.len(), now().plus_minutes(halves * 30));
        }
        let calendar = world.calendar();
        let service = &world.services[0];
        let wanted = now().plus_minutes(wanted * 30);
        let date = wanted.in_zone(&zone()).date();
        for offers in [
            calendar.offer_on(service, date, None, count),
            calendar.upcoming(service, date, None, Some(DayPart::Afternoon), count),
            calendar.nearest(service, wanted, count),
        ] {
            prop_assert!(offers.len() <= count && offers.is_sorted());
            for start in offers {
                prop_assert!(calendar.check(service, start).is_ok());
            }
        }
    }

    /// Taking a booking away makes its time free again.
    #[test]
    fn a_booking_that_does_not_count_leaves_its_time_free(mut world in any_world(), halves in 0i64..600) {
        let start = now().plus_minutes(halves * 30);
        if let Ok(id) = world.book(0, start) {
            let calendar = Calendar { but: &[id], ..world.calendar() };
            prop_assert!(calendar.check(&world.services[0], start).is_ok());
        }
    }
}
