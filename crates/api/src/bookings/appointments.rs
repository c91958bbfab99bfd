//! Appointments: listed, made, moved and called off.

use duka_assistant::appointments::{ByTeam, lane_name};
use duka_kernel::{AppointmentId, PhoneNumber, ServiceId, Timestamp};
use duka_shop::booking::AppointmentState;
use duka_store::{
    Guard, StoreError,
    audit::Change,
    pages::appointments::{self, AppointmentRow, Filter},
};
use jiff::{ToSpan, civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::refused;
use crate::{
    answer::{Created, IfMatch, List, Versioned},
    describe::Route,
    extract::{Json, Paging, Path, Query},
    people::PersonRef,
    principal::AtShop,
    problem::{CONFLICT, Check, Problem, Reply},
    route,
    staff::{
        Staff,
        right::{AppointmentsEdit, AppointmentsView},
    },
};

pub fn routes() -> Vec<Route> {
    vec![
        route!(list_appointments),
        route!(get_appointment),
        route!(create_appointment),
        route!(move_appointment),
        route!(cancel_appointment),
    ]
}

/// Where an appointment stands.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum AppointmentStatus {
    /// It counts, and is not over.
    Booked,
    /// It is over.
    Completed,
    Cancelled,
    /// The customer did not come.
    NoShow,
}

/// Which appointments.
#[derive(Deserialize, IntoParams)]
struct AppointmentsIn {
    /// From this day of the shop's calendar on.
    #[param(value_type = Option<String>, format = Date)]
    from: Option<Date>,
    /// Up to this day.
    #[param(value_type = Option<String>, format = Date)]
    to: Option<Date>,
    /// Who serves, or where, as `GET /v1/lanes` says it.
    #[param(max_length = 100)]
    lane: Option<String>,
    #[param(inline)]
    status: Option<AppointmentStatus>,
}

impl AppointmentsIn {
    fn filter(&self, zone: &TimeZone, now: Timestamp) -> Filter {
        let begins = |day: Date| day.to_zoned(zone.clone()).ok().map(|start| Timestamp::from(start.timestamp()));
        let (states, over) = match self.status {
            // What is only held is nobody's yet.
            None => (vec![AppointmentState::Booked, AppointmentState::Cancelled, AppointmentState::Missed], None),
            Some(AppointmentStatus::Booked) => (vec![AppointmentState::Booked], Some((false, now))),
            Some(AppointmentStatus::Completed) => (vec![AppointmentState::Booked], Some((true, now))),
            Some(AppointmentStatus::Cancelled) => (vec![AppointmentState::Cancelled], None),
            Some(AppointmentStatus::NoShow) => (vec![AppointmentState::Missed], None),
        };
        Filter {
            from: self.from.and_then(begins),
            to: self.to.and_then(|day| begins(day.saturating_add(1.day()))),
            states,
            over,
            lane: self.lane.as_deref().map(stored_lane),
            ..Filter::default()
        }
    }
}

/// How a lane is stored: `chair 2` is `chair/2`, `Wanjiru` is `staff/Wanjiru`.
fn stored_lane(lane: &str) -> String {
    match lane.rsplit_once(' ') {
        Some((what, number)) if !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()) => {
            format!("{what}/{number}")
        }
        _ => format!("staff/{lane}"),
    }
}

/// An appointment.
#[derive(Serialize, ToSchema)]
struct AppointmentOut {
    id: Uuid,
    service: ServiceRef,
    customer: PersonRef,
    start: jiff::Timestamp,
    end: jiff::Timestamp,
    /// Who serves, or where; nothing where that does not matter.
    lane: Option<String>,
    status: AppointmentStatus,
    /// In minor units.
    price: i64,
    /// Whether its deposit was paid.
    paid: bool,
    /// What the team wrote of it.
    notes: String,
    /// For `If-Match`.
    version: i64,
}

/// A service in a row of something else.
#[derive(Serialize, ToSchema)]
struct ServiceRef {
    id: Uuid,
    name: String,
}

impl AppointmentOut {
    fn of(row: AppointmentRow, now: Timestamp) -> Self {
        let end = row.start_at.plus_minutes(row.minutes);
        let lanes = || row.lanes.iter().filter_map(|lane| Some((lane.starts_with("staff/"), lane_name(lane)?)));
        let lane = lanes().find(|(somebody, _)| *somebody).or_else(|| lanes().next()).map(|(_, name)| name);
        Self {
            id: row.id.0,
            service: ServiceRef { id: row.service.0, name: row.name },
            start: row.start_at.to_jiff(),
            end: end.to_jiff(),
            lane,
            status: match row.state {
                AppointmentState::Missed => AppointmentStatus::NoShow,
                AppointmentState::Cancelled | AppointmentState::Lapsed => AppointmentStatus::Cancelled,
                AppointmentState::Held | AppointmentState::Booked if end > now => AppointmentStatus::Booked,
                AppointmentState::Held | AppointmentState::Booked => AppointmentStatus::Completed,
            },
            customer: row.customer.into(),
            price: row.price.minor,
            paid: row.paid,
            notes: row.notes,
            version: row.version,
        }
    }
}

async fn read(at: &AtShop, id: AppointmentId) -> Reply<AppointmentOut> {
    Ok(AppointmentOut::of(appointments::read(&at.read().await?, id).await?, at.now()))
}

/// List the appointments, earliest first. Those that are only held while somebody makes up their mind are left out.
#[utoipa::path(get, path = "/appointments", tag = "bookings")]
async fn list_appointments(
    staff: Staff<AppointmentsView>,
    Query(asked): Query<AppointmentsIn>,
    paging: Paging,
) -> Reply<Json<List<AppointmentOut>>> {
    let (tx, now) = (staff.read().await?, staff.now());
    let zone = TimeZone::get(&tx.profile().await?.timezone).unwrap_or(TimeZone::UTC);
    let filter = asked.filter(&zone, now);
    let page = appointments::list(&tx, &filter, paging.after.as_ref(), paging.limit).await?;
    Ok(Json(List::of(page, |row| AppointmentOut::of(row, now))))
}

/// Show an appointment.
#[utoipa::path(get, path = "/appointments/{id}", tag = "bookings")]
async fn get_appointment(staff: Staff<AppointmentsView>, Path(id): Path<Uuid>) -> Reply<Versioned<AppointmentOut>> {
    let row = read(&staff, AppointmentId(id)).await?;
    Ok(Versioned { version: row.version, row })
}

/// An appointment to make.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AppointmentIn {
    service: Uuid,
    start: jiff::Timestamp,
    /// Who serves, or where; anybody who is free if nothing is said.
    #[schema(max_length = 100)]
    lane: Option<String>,
    /// Who comes.
    #[schema(min_length = 1, max_length = 100)]
    name: String,
    /// Their number, such as `0712 345 678`.
    #[schema(min_length = 9, max_length = 20)]
    phone: String,
    #[schema(max_length = 1000)]
    notes: Option<String>,
}

/// Make an appointment. The customer is told if they have a conversation with the shop.
#[utoipa::path(post, path = "/appointments", tag = "bookings")]
async fn create_appointment(
    staff: Staff<AppointmentsEdit>,
    Json(input): Json<AppointmentIn>,
) -> Reply<Created<AppointmentOut>> {
    let notes = input.notes.unwrap_or_default();
    let phone = PhoneNumber::parse(&input.phone);
    Check::new()
        .text(&input.name, 100, "/name")
        .that(phone.is_ok(), "/phone", "is not a phone number")
        .that(notes.chars().count() <= 1000, "/notes", "has to have at most 1000 characters")
        .done()?;
    let known = staff.read().await?.kept_services().await?;
    if !known.iter().any(|kept| kept.service.id.0 == input.service) {
        return Err(Problem::field("/service", "is not a service of this shop"));
    }
    let new = ByTeam {
        service: ServiceId(input.service),
        start: input.start.into(),
        lane: input.lane.filter(|lane| !lane.is_empty()),
        name: input.name.trim().to_owned(),
        phone: phone.map_err(|_| Problem::field("/phone", "is not a phone number"))?,
        notes,
    };
    let id = staff.api.app.book(staff.scope, new).await.map_err(refused)?;
    let row = read(&staff, id).await?;
    let told = json!({"service": row.service.id, "start": row.start});
    staff.note(Change::new("appointment.created").of("appointment", id).to(told)).await?;
    Ok(Created(row))
}

/// Where an appointment is moved.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MoveIn {
    start: jiff::Timestamp,
    /// Who serves, or where. It stays where it is, if that is free, if nothing is said.
    #[schema(max_length = 100)]
    lane: Option<String>,
}

/// Move an appointment. The customer is told.
#[utoipa::path(patch, path = "/appointments/{id}", tag = "bookings")]
async fn move_appointment(
    staff: Staff<AppointmentsEdit>,
    Path(id): Path<Uuid>,
    IfMatch(version): IfMatch,
    Json(input): Json<MoveIn>,
) -> Reply<Versioned<AppointmentOut>> {
    let id = AppointmentId(id);
    let before = read(&staff, id).await?;
    IfMatch(version).is(before.version)?;
    let lane = input.lane.as_deref().filter(|lane| !lane.is_empty());
    let moved = staff.api.app.move_booking(staff.scope, (id, version), input.start.into(), lane).await;
    moved.map_err(refused).map_err(over)?;
    let row = read(&staff, id).await?;
    let place = |row: &AppointmentOut| json!({"start": row.start, "lane": row.lane});
    staff.note(Change::new("appointment.moved").of("appointment", id).from(place(&before)).to(place(&row))).await?;
    Ok(Versioned { version: row.version, row })
}

fn over(problem: Problem) -> Problem {
    if problem.code == CONFLICT { CONFLICT.because("It is cancelled, over or not offered any more") } else { problem }
}

/// Why an appointment is called off.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CancelIn {
    /// For the audit log.
    #[schema(max_length = 200)]
    reason: Option<String>,
}

/// Call an appointment off. Its time is free, its deposit goes back, and the customer is told.
#[utoipa::path(post, path = "/appointments/{id}/cancel", tag = "bookings")]
async fn cancel_appointment(
    staff: Staff<AppointmentsEdit>,
    Path(id): Path<Uuid>,
    input: Option<Json<CancelIn>>,
) -> Reply<Json<AppointmentOut>> {
    let reason = input.and_then(|Json(input)| input.reason).unwrap_or_default();
    Check::new().that(reason.chars().count() <= 200, "/reason", "has to have at most 200 characters").done()?;
    let id = AppointmentId(id);
    match staff.api.app.cancel_booking(staff.scope, id).await {
        Err(StoreError::Conflict(Guard::State(_))) => return Err(CONFLICT.because("It is not booked")),
        done => done?,
    }
    staff.note(Change::new("appointment.cancelled").of("appointment", id).to(json!({"reason": reason}))).await?;
    Ok(Json(read(&staff, id).await?))
}
