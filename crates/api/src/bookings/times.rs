//! Free times, and the lanes there are.

use duka_assistant::appointments::FreeTime;
use duka_kernel::ServiceId;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::refused;
use crate::{
    answer::List,
    describe::Route,
    extract::{Json, Query},
    problem::{Problem, Reply},
    route,
    staff::{Staff, right::AppointmentsView},
};

pub fn routes() -> Vec<Route> {
    vec![route!(list_free_times), route!(list_lanes)]
}

#[derive(Deserialize, IntoParams)]
struct FreeIn {
    /// Of which service.
    service: Option<Uuid>,
    /// On which day of the shop's calendar.
    #[param(value_type = Option<String>, format = Date)]
    day: Option<Date>,
}

/// The free times of a day.
#[derive(Serialize, ToSchema)]
struct FreeOut {
    slots: Vec<SlotTimeOut>,
}

/// A free time.
#[derive(Serialize, ToSchema)]
struct SlotTimeOut {
    start: jiff::Timestamp,
    /// Who serves; nothing where that does not matter.
    lane: Option<String>,
}

impl From<FreeTime> for SlotTimeOut {
    fn from(free: FreeTime) -> Self {
        Self { start: free.start.to_jiff(), lane: free.lane }
    }
}

/// List the free times of a service on a day; none if either is not said.
#[utoipa::path(get, path = "/appointments/free", tag = "bookings")]
async fn list_free_times(staff: Staff<AppointmentsView>, Query(asked): Query<FreeIn>) -> Reply<Json<FreeOut>> {
    let (Some(service), Some(day)) = (asked.service, asked.day) else { return Ok(Json(FreeOut { slots: Vec::new() })) };
    let known = staff.read().await?.kept_services().await?;
    if !known.iter().any(|kept| kept.service.id.0 == service) {
        return Err(Problem::field("/service", "is not a service of this shop"));
    }
    let free = staff.api.app.free_times(staff.scope, ServiceId(service), day).await.map_err(refused)?;
    Ok(Json(FreeOut { slots: free.into_iter().map(SlotTimeOut::from).collect() }))
}

/// Somebody who serves, or a chair.
#[derive(Serialize, ToSchema)]
#[serde(transparent)]
struct LaneName(String);

/// List who serves and what is needed for it, by the names that bookings carry.
#[utoipa::path(get, path = "/lanes", tag = "bookings")]
async fn list_lanes(staff: Staff<AppointmentsView>) -> Reply<Json<List<LaneName>>> {
    let tx = staff.read().await?;
    let rules = tx.profile().await?.booking;
    let services = tx.kept_services().await?;
    let staffed = services.into_iter().flat_map(|kept| kept.service.terms.staff);
    let people = rules.staff.into_iter().map(|person| person.name).chain(staffed);
    let things = rules
        .resources
        .into_iter()
        .flat_map(|thing| (1..=thing.count.clamp(1, 200)).map(move |number| format!("{} {number}", thing.name)));
    let mut lanes: Vec<String> = Vec::new();
    for lane in people.chain(things) {
        if !lanes.contains(&lane) {
            lanes.push(lane);
        }
    }
    Ok(Json(List::whole(lanes.into_iter().map(LaneName).collect())))
}
