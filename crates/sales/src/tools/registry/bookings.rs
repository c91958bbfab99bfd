//! Appointments of the customer who writes.

use duka_kernel::{AppointmentId, Money, Timestamp};
use duka_perception::{Intent, Slots};
use duka_shop::{
    Service,
    booking::{AppointmentState, Calendar},
};
use jiff::civil::{Date, Time};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Call, Effects, Proposal, Refusal, Said};
use crate::{
    desk::Desk,
    effect::{Effect, NewBooking},
    recall::AppointmentView,
};

/// So many free times are given.
const TIMES: usize = 6;

/// A service, as it is told.
#[derive(Serialize)]
pub(super) struct Told {
    code: String,
    title: String,
    minutes: u32,
    price: Money,
}

impl From<&Service> for Told {
    fn from(service: &Service) -> Self {
        let (code, title) = (service.code.clone(), service.title());
        Self { code, title, minutes: service.duration_min, price: service.price }
    }
}

fn service<'a>(desk: &Desk<'a>, code: &str) -> Result<&'a Service, Refusal> {
    let found = desk.recall.services.iter().find(|service| service.code.eq_ignore_ascii_case(code.trim()));
    found.ok_or_else(|| Refusal::NotFound(format!("service {code}")))
}

fn calendar<'c, 'a: 'c>(desk: &mut Desk<'a>, but: &'c [AppointmentId]) -> Calendar<'c> {
    let diary = desk.diary();
    let recall = desk.recall;
    let (shop, zone, services, now) = (recall.shop, recall.zone, recall.services, recall.now);
    Calendar { shop, zone, services, taken: &diary.taken, now, but }
}

fn day(text: &str) -> Result<Date, Refusal> {
    text.parse().map_err(|_| Refusal::Arguments(format!("{text:?} is not a day such as 2026-03-05")))
}

fn moment(desk: &mut Desk<'_>, date: &str, time: &str) -> Result<Timestamp, Refusal> {
    let (date, hour) = (day(date)?, time.parse::<Time>());
    let hour = hour.map_err(|_| Refusal::Arguments(format!("{time:?} is not a time such as 14:00")))?;
    let start = calendar(desk, &[]).moment(date, hour);
    start.ok_or_else(|| Refusal::Arguments(format!("there is no {time} on that day")))
}

/// The customer's next appointment.
fn next<'a>(desk: &mut Desk<'a>) -> Result<&'a AppointmentView, Refusal> {
    let now = desk.recall.now;
    let to_come = desk.diary().mine.iter().filter(|mine| mine.is_to_come(now));
    to_come.min_by_key(|mine| mine.start).ok_or_else(|| Refusal::NotFound("appointment".to_owned()))
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ListServices {}

impl Call for ListServices {
    type Output = Vec<Told>;
    const NAME: &'static str = "list_services";
    const DESCRIPTION: &'static str = "Lists what can be booked at the shop.";
    const EFFECTS: Effects = Effects::Reads;

    fn run(self, desk: &mut Desk<'_>) -> Result<Self::Output, Refusal> {
        Ok(desk.recall.services.iter().map(Told::from).collect())
    }

    fn propose(self, _: &Desk<'_>, _: Said<'_>) -> Result<Proposal, Refusal> {
        Ok(Proposal::of(Intent::ServiceInquiry, "services", Slots::default()))
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct FindSlots {
    /// The code of a service.
    service: String,
    /// The day as 2026-03-05; the next free times if null.
    date: Option<String>,
}

impl Call for FindSlots {
    type Output = Vec<Timestamp>;
    const NAME: &'static str = "find_slots";
    const DESCRIPTION: &'static str = "Offers free times of a service.";
    const EFFECTS: Effects = Effects::Reads;

    fn run(self, desk: &mut Desk<'_>) -> Result<Self::Output, Refusal> {
        let service = service(desk, &self.service)?;
        let (today, date) = (desk.today(), self.date.as_deref().map(day).transpose()?);
        let calendar = calendar(desk, &[]);
        Ok(match date {
            Some(date) => calendar.free_on(service, date, None).into_iter().take(TIMES).collect(),
            None => calendar.upcoming(service, today, None, None, TIMES),
        })
    }

    fn propose(self, desk: &Desk<'_>, said: Said<'_>) -> Result<Proposal, Refusal> {
        Ok(wanted(service(desk, &self.service)?, said))
    }
}

/// An appointment is wanted, on the day and at the time that the customer's own message names.
fn wanted(service: &Service, said: Said<'_>) -> Proposal {
    let own = &said.perception.slots;
    let slots =
        Slots { service: vec![service.title()], date: own.date.clone(), time: own.time.clone(), ..Slots::default() };
    Proposal::of(Intent::BookAppointment, &service.title(), slots)
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct BookAppointment {
    /// The code of a service.
    service: String,
    /// The day as 2026-03-05.
    date: String,
    /// The time as 14:00.
    time: String,
}

/// An appointment that stands.
#[derive(Serialize)]
pub(super) struct Booked {
    service: String,
    start: Timestamp,
    state: AppointmentState,
}

impl Call for BookAppointment {
    type Output = Booked;
    const NAME: &'static str = "book_appointment";
    const DESCRIPTION: &'static str = "Books a service at a time, after the customer has said yes to it.";
    const EFFECTS: Effects = Effects::NeedsYes;

    fn run(self, desk: &mut Desk<'_>) -> Result<Self::Output, Refusal> {
        let service = service(desk, &self.service)?;
        if desk.recall.shop.booking.deposit_for(service, 0).is_some() {
            return Err(Refusal::NotNow("its deposit has to be paid in the conversation".to_owned()));
        }
        let start = moment(desk, &self.date, &self.time)?;
        let claims = calendar(desk, &[]).check(service, start);
        let claims = claims.map_err(|why| Refusal::NotNow(format!("that time cannot be had: {why:?}")))?;
        let id = desk.recall.new_appointment;
        desk.effect(Effect::TakeSlot(NewBooking { id, service: service.id, start, claims, until: None, order: None }));
        Ok(Booked { service: service.title(), start, state: AppointmentState::Booked })
    }

    fn propose(self, desk: &Desk<'_>, said: Said<'_>) -> Result<Proposal, Refusal> {
        Ok(wanted(service(desk, &self.service)?, said))
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RescheduleAppointment {
    /// The new day as 2026-03-05.
    date: String,
    /// The new time as 14:00.
    time: String,
}

impl Call for RescheduleAppointment {
    type Output = Booked;
    const NAME: &'static str = "reschedule_appointment";
    const DESCRIPTION: &'static str =
        "Moves the customer's next appointment, after they have said yes to the new time.";
    const EFFECTS: Effects = Effects::NeedsYes;
    const PROPOSED: bool = false;

    fn run(self, desk: &mut Desk<'_>) -> Result<Self::Output, Refusal> {
        let mine = next(desk)?;
        let found = desk.recall.services.iter().find(|service| service.id == mine.service);
        let service = found.ok_or_else(|| Refusal::NotFound("service of that appointment".to_owned()))?;
        let start = moment(desk, &self.date, &self.time)?;
        let claims = calendar(desk, &[mine.id]).check(service, start);
        let claims = claims.map_err(|why| Refusal::NotNow(format!("that time cannot be had: {why:?}")))?;
        desk.effect(Effect::MoveBooking { id: mine.id, service: service.id, start, claims });
        Ok(Booked { service: service.title(), start, state: AppointmentState::Booked })
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CancelAppointment {}

impl Call for CancelAppointment {
    type Output = Booked;
    const NAME: &'static str = "cancel_appointment";
    const DESCRIPTION: &'static str = "Calls the customer's next appointment off, after they have said yes.";
    const EFFECTS: Effects = Effects::NeedsYes;
    const PROPOSED: bool = false;

    fn run(self, desk: &mut Desk<'_>) -> Result<Self::Output, Refusal> {
        let mine = next(desk)?;
        if mine.deposit.is_some() {
            return Err(Refusal::NotNow("what becomes of its deposit is agreed in the conversation".to_owned()));
        }
        let title = desk.recall.services.iter().find(|service| service.id == mine.service).map(Service::title);
        desk.effect(Effect::CancelBooking { id: mine.id, refund: None });
        Ok(Booked { service: title.unwrap_or_default(), start: mine.start, state: AppointmentState::Cancelled })
    }
}
