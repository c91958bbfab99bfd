//! The appointments of a time.

use std::collections::HashMap;

use duka_kernel::{AppointmentId, CustomerId, Money, OrderId, ServiceId, Timestamp};
use duka_shop::booking::AppointmentState;
use sea_orm::FromQueryResult;
use uuid::Uuid;

use super::{Cursor, Key, List, Order, PERSON, Page, Person, PersonRow};
use crate::{StoreError, Tx, analytics::SOLD, bookings::NOTES, catalogue::currency};

/// Which appointments.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Filter {
    /// Beginning at this moment or later.
    pub from: Option<Timestamp>,
    /// Beginning before this moment.
    pub to: Option<Timestamp>,
    /// In one of these states; any if empty.
    pub states: Vec<AppointmentState>,
    /// In this lane: `staff/Wanjiru`, `chair/2`.
    pub lane: Option<String>,
    /// Of this service.
    pub service: Option<ServiceId>,
    /// Of this customer.
    pub customer: Option<CustomerId>,
    /// Over by a moment, or not.
    pub over: Option<(bool, Timestamp)>,
}

/// An appointment as the calendar shows it.
#[derive(Clone, PartialEq, Debug)]
pub struct AppointmentRow {
    /// Its identity.
    pub id: AppointmentId,
    /// Whose.
    pub customer: Person,
    /// Of what.
    pub service: ServiceId,
    /// The service's code.
    pub code: String,
    /// The service's name.
    pub name: String,
    /// From when.
    pub start_at: Timestamp,
    /// For how long.
    pub minutes: i64,
    /// Where it stands.
    pub state: AppointmentState,
    /// The lanes it has, buffers included.
    pub lanes: Vec<String>,
    /// The order of its deposit.
    pub order: Option<OrderId>,
    /// What it costs.
    pub price: Money,
    /// Whether a deposit or the price was paid.
    pub paid: bool,
    /// What the team wrote of it.
    pub notes: String,
    /// Moves with every change; a change has to name the one it read.
    pub version: i64,
    /// When it was made.
    pub created_at: Timestamp,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    #[sea_orm(nested)]
    person: PersonRow,
    service_id: Uuid,
    code: String,
    name: String,
    start_at: i64,
    duration_min: i64,
    status: String,
    order_id: Option<Uuid>,
    price: i64,
    currency: String,
    paid: bool,
    notes_enc: Option<Vec<u8>>,
    version: i64,
    created_at: i64,
}

#[derive(FromQueryResult)]
struct LaneRow {
    appointment_id: Uuid,
    lane: String,
}

impl Row {
    fn read(self, tx: &Tx) -> Result<AppointmentRow, StoreError> {
        Ok(AppointmentRow {
            id: AppointmentId(self.id),
            customer: self.person.decrypt(tx.opener())?,
            service: ServiceId(self.service_id),
            start_at: Timestamp(self.start_at),
            minutes: self.duration_min,
            state: self.status.parse().map_err(StoreError::Corrupt)?,
            lanes: Vec::new(),
            order: self.order_id.map(OrderId),
            price: Money::from_minor(self.price, currency(&self.currency)?),
            paid: self.paid,
            notes: tx.open_optional(NOTES, self.notes_enc.as_deref())?.unwrap_or_default(),
            version: self.version,
            created_at: Timestamp(self.created_at),
            code: self.code,
            name: self.name,
        })
    }
}

/// A page of appointments, earliest first.
///
/// # Errors
/// [`StoreError::Cursor`]; or if the database fails.
pub async fn list(
    tx: &Tx,
    filter: &Filter,
    after: Option<&Cursor>,
    limit: u32,
) -> Result<Page<AppointmentRow>, StoreError> {
    const EARLIEST: Order = Order::newest("appointments.earliest", "a.start_at", "a.id").ascending();
    let mut list = List::new(tx, select());
    list.if_some("a.start_at >= ?", filter.from.map(|at| at.0))
        .if_some("a.start_at < ?", filter.to.map(|at| at.0))
        .if_some("a.service_id = ?", filter.service.map(|id| id.0))
        .if_some("a.customer_id = ?", filter.customer.map(|id| id.0))
        .if_some(
            "EXISTS (SELECT 1 FROM appointment_claims c WHERE c.tenant_id = a.tenant_id AND c.appointment_id = a.id \
             AND c.lane = ?)",
            filter.lane.as_deref(),
        );
    if !filter.states.is_empty() {
        list.one_of("a.status", filter.states.iter().map(|state| state.name()));
    }
    if let Some((over, at)) = filter.over {
        let than = if over { "<=" } else { ">" };
        list.and(&format!("a.start_at + s.duration_min * 60000 {than} ?"), [at.0.into()]);
    }
    let key = |row: &Row| (Key::Number(row.start_at), row.id);
    let mut page = list.page(tx, EARLIEST, (after, limit), key, |row| row.read(tx)).await?;
    let mut lanes = lanes(tx, &page.items).await?;
    for item in &mut page.items {
        item.lanes = lanes.remove(&item.id.0).unwrap_or_default();
    }
    Ok(page)
}

/// One appointment as the calendar shows it.
///
/// # Errors
/// [`StoreError::NotFound`] if the shop has no such appointment.
pub async fn read(tx: &Tx, id: AppointmentId) -> Result<AppointmentRow, StoreError> {
    let mut list = List::new(tx, select());
    list.and("a.id = ?", [id.0.into()]);
    let mut row = list.all::<Row>(tx, "").await?.pop().ok_or(StoreError::NotFound)?.read(tx)?;
    row.lanes = lanes(tx, std::slice::from_ref(&row)).await?.remove(&id.0).unwrap_or_default();
    Ok(row)
}

fn select() -> String {
    format!(
        "SELECT a.id, {PERSON}, a.service_id, s.code, s.name, a.start_at, s.duration_min, a.status, a.order_id, s.price, \
         s.currency, a.notes_enc, a.version, a.created_at, \
         EXISTS (SELECT 1 FROM orders o WHERE o.tenant_id = a.tenant_id AND o.id = a.order_id AND o.state IN {SOLD}) \
           AS paid FROM appointments a CROSS JOIN customers u CROSS JOIN services s \
         WHERE a.tenant_id = $1 AND u.tenant_id = a.tenant_id AND u.id = a.customer_id \
           AND s.tenant_id = a.tenant_id AND s.id = a.service_id"
    )
}

async fn lanes(tx: &Tx, rows: &[AppointmentRow]) -> Result<HashMap<Uuid, Vec<String>>, StoreError> {
    let mut found: HashMap<Uuid, Vec<String>> = HashMap::new();
    if rows.is_empty() {
        return Ok(found);
    }
    let mut list = List::new(tx, "SELECT appointment_id, lane FROM appointment_claims WHERE tenant_id = $1");
    list.one_of("appointment_id", rows.iter().map(|row| row.id.0));
    for row in list.all::<LaneRow>(tx, " ORDER BY lane").await? {
        found.entry(row.appointment_id).or_default().push(row.lane);
    }
    Ok(found)
}
