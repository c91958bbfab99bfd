//! How much of the time that can be booked is booked.

use std::collections::HashMap;

use duka_kernel::{Money, ServiceId};
use duka_shop::{Service, ShopProfile};
use jiff::civil::Date;
use sea_orm::FromQueryResult;
use uuid::Uuid;

use super::{Figures, Share, Span, TESTERS, place};
use crate::{StoreError, Tx};

/// What [`Use::minutes`] is.
pub const USED: &str = "Minutes of the appointments kept or still booked that begin in this time, of the minutes in which the \
     service is offered, for each person or place that gives it.";

/// What [`Use::worth`] is.
pub const WORTH: &str = "The price of the service for each of these appointments.";

/// How a service was booked in a time.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Use {
    /// Which.
    pub service: ServiceId,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Appointments kept or still booked.
    pub booked: i64,
    /// Appointments that were cancelled.
    pub cancelled: i64,
    /// Appointments that nobody came to.
    pub missed: i64,
    /// Minutes booked, of those in which it is offered.
    pub minutes: Share,
    /// What the appointments that are kept or still booked come to at the service's price.
    pub worth: Money,
}

#[derive(FromQueryResult)]
struct Row {
    service_id: Uuid,
    booked: i64,
    cancelled: i64,
    missed: i64,
}

/// How every service that is offered was booked, in the order of the shop's list.
///
/// # Errors
/// If the database fails.
pub async fn read(tx: &Tx, span: &Span, shop: &ShopProfile) -> Result<Vec<Use>, StoreError> {
    let select = format!(
        "SELECT a.service_id, count(CASE WHEN a.status = 'booked' THEN 1 END) AS booked, \
         count(CASE WHEN a.status = 'cancelled' THEN 1 END) AS cancelled, \
         count(CASE WHEN a.status = 'missed' THEN 1 END) AS missed FROM appointments a \
         WHERE a.tenant_id = $1 AND a.start_at >= $2 AND a.start_at < $3 AND a.customer_id NOT IN {TESTERS} \
         GROUP BY a.service_id"
    );
    let rows: Vec<Row> = Figures::of(tx, span).rows(&select).await?;
    let mut rows: HashMap<Uuid, Row> = rows.into_iter().map(|row| (row.service_id, row)).collect();
    let used = |service: Service| {
        let row = rows.remove(&service.id.0);
        let (booked, cancelled, missed) = row.map_or((0, 0, 0), |row| (row.booked, row.cancelled, row.missed));
        let of = span.days().map(|day| offered(&service, shop, day)).sum::<i64>() * givers(&service);
        let minutes = Share { part: booked * i64::from(service.duration_min), of };
        let worth = Money::from_minor(booked.saturating_mul(service.price.minor), service.price.currency);
        Use { service: service.id, code: service.code, name: service.name, booked, cancelled, missed, minutes, worth }
    };
    Ok(tx.services().await?.into_iter().map(used).collect())
}

/// The minutes of a day in which a service is offered: none on holidays on which the shop is closed.
fn offered(service: &Service, shop: &ShopProfile, day: Date) -> i64 {
    let weekday = place(i64::from(day.weekday().to_monday_zero_offset()));
    let closed = shop.holidays.iter().any(|holiday| holiday.date == day && holiday.hours.is_none());
    if closed || !service.days[weekday] {
        return 0;
    }
    let minutes = |time: jiff::civil::Time| i64::from(time.hour()) * 60 + i64::from(time.minute());
    (minutes(service.close) - minutes(service.open)).max(0)
}

/// How many can be served at once.
fn givers(service: &Service) -> i64 {
    let staff = i64::try_from(service.terms.staff.len()).unwrap_or(1);
    staff.max(service.terms.at_once.map_or(1, i64::from)).max(1)
}
