//! Appointments that people of the shop make, move and call off: by the same calendar as customers do, and the customer
//! is told in their conversation, if they have one.

use std::sync::Arc;

use duka_kernel::{AppointmentId, PhoneNumber, ServiceId, TenantScope, Timestamp};
use duka_sales::{Dialogue, Say, say::BookingFacts};
use duka_shop::{
    Service,
    booking::{AppointmentState, Calendar, Claim, Refusal, Taken},
};
use duka_store::{StoreError, Tx, bookings::Appointment, events::NewEvent};
use jiff::civil::Date;
use serde_json::json;

use crate::{
    app::{App, Left},
    bookings,
    shops::Shop,
    told::Told,
};

/// Why an appointment was not made or moved.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// It cannot be then.
    #[error("the time cannot be had")]
    Unfit(Refusal),
    /// The service is not done in that lane.
    #[error("the service is not done there")]
    NoSuchLane,
    /// The service is not offered.
    #[error("the service is not offered")]
    NoSuchService,
    /// The database refused, or failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// An appointment that somebody of the shop makes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ByTeam {
    /// Of what.
    pub service: ServiceId,
    /// From when.
    pub start: Timestamp,
    /// In which lane, as people call it; any that is free if not said.
    pub lane: Option<String>,
    /// Who comes.
    pub name: String,
    /// Their number.
    pub phone: PhoneNumber,
    /// What the team wants to remember of it.
    pub notes: String,
}

/// A time that can be had.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FreeTime {
    /// From when.
    pub start: Timestamp,
    /// In which lane, as people call it; nothing where there is but one.
    pub lane: Option<String>,
}

/// A lane as people call it: `Wanjiru`, `chair 2`; nothing for a service's own.
#[must_use]
pub fn lane_name(lane: &str) -> Option<String> {
    match lane.split_once('/') {
        Some(("service", _)) => None,
        Some(("staff", name)) => Some(name.to_owned()),
        Some((what, number)) => Some(format!("{what} {number}")),
        None => Some(lane.to_owned()),
    }
}

/// A moment of a shop's calendar.
struct Diary {
    shop: Arc<Shop>,
    taken: Vec<Taken>,
    now: Timestamp,
}

impl Diary {
    async fn open(app: &App, scope: TenantScope) -> Result<Self, StoreError> {
        let shop = app.shops.now(&app.store, scope).await?;
        let now = app.clock.now();
        let taken = app.store.read(scope).await?.taken_after(now).await?;
        Ok(Self { shop, taken, now })
    }

    fn service(&self, id: ServiceId) -> Result<&Service, Refused> {
        self.shop.services.iter().find(|service| service.id == id).ok_or(Refused::NoSuchService)
    }

    fn calendar<'a>(&'a self, but: &'a [AppointmentId]) -> Calendar<'a> {
        Calendar {
            shop: &self.shop.profile,
            zone: &self.shop.zone,
            services: &self.shop.services,
            taken: &self.taken,
            now: self.now,
            but,
        }
    }

    /// The lanes of an appointment, one of them as asked for.
    fn claims(
        &self,
        service: &Service,
        start: Timestamp,
        lane: Option<&str>,
        but: &[AppointmentId],
    ) -> Result<Vec<Claim>, Refused> {
        let calendar = self.calendar(but);
        let Some(wanted) = lane else { return calendar.check(service, start).map_err(Refused::Unfit) };
        let lanes = calendar.lanes(service);
        let found = lanes.iter().flatten().find(|known| lane_name(known).as_deref() == Some(wanted));
        let found = found.ok_or(Refused::NoSuchLane)?;
        calendar.check_in(service, start, Some(found)).map_err(Refused::Unfit)
    }
}

impl App {
    /// The free times of a day, in each lane that people would choose between.
    ///
    /// # Errors
    /// [`Refused::NoSuchService`]; or if the database fails.
    pub async fn free_times(
        &self,
        scope: TenantScope,
        service: ServiceId,
        day: Date,
    ) -> Result<Vec<FreeTime>, Refused> {
        let diary = Diary::open(self, scope).await?;
        let service = diary.service(service)?;
        let calendar = diary.calendar(&[]);
        // Who serves matters to people; which of several like chairs does not.
        let lanes = calendar.lanes(service).into_iter().next().unwrap_or_default();
        let named: Vec<String> = lanes.into_iter().filter(|lane| lane.starts_with("staff/")).collect();
        let mut free = Vec::new();
        for start in calendar.free_on(service, day, None) {
            if named.is_empty() {
                free.push(FreeTime { start, lane: None });
            }
            let there = named.iter().filter(|lane| calendar.check_in(service, start, Some(lane)).is_ok());
            free.extend(there.map(|lane| FreeTime { start, lane: lane_name(lane) }));
        }
        Ok(free)
    }

    /// Makes an appointment for a customer, who is told if they have a conversation.
    ///
    /// # Errors
    /// Why it cannot be; or if the database fails.
    pub async fn book(&self, scope: TenantScope, new: ByTeam) -> Result<AppointmentId, Refused> {
        let diary = Diary::open(self, scope).await?;
        let service = diary.service(new.service)?.clone();
        let claims = diary.claims(&service, new.start, new.lane.as_deref(), &[])?;
        let id = AppointmentId::new();
        let told = Arc::new(Told::new(self, scope).await?);
        let made = told.tell(self, move |told, tx| {
            let (new, service, claims) = (new.clone(), service.clone(), claims.clone());
            Box::pin(async move {
                let customer = tx.customer_of_phone(Some(&new.phone), Some(&new.name), told.now).await?;
                let conversation = tx.conversations_of(customer).await?.into_iter().next();
                let booked = Appointment {
                    id,
                    customer,
                    conversation: conversation.as_ref().map(|known| known.id),
                    service: service.id,
                    start_at: new.start,
                    state: AppointmentState::Booked,
                    expires_at: None,
                    order: None,
                    created_at: told.now,
                };
                tx.take_slot(&booked, &claims, told.now).await?;
                tx.set_appointment_notes(id, &new.notes).await?;
                bookings::remind(tx, &told.shop.profile.booking, id, new.start, told.now).await?;
                note(tx, "booking.made", &booked, told.now).await?;
                let facts = BookingFacts::of(&service, new.start, &told.shop.profile);
                tell(told, tx, &booked, Say::Booked { booking: facts, paid: None }).await
            })
        });
        made.await?;
        Ok(id)
    }

    /// Moves an appointment to another time, perhaps into another lane; the customer is told. It stays in its lane if
    /// none is named and it is free there.
    ///
    /// # Errors
    /// Why it cannot be; [`duka_store::Guard::Stale`] if it was changed since `version`; or if the database fails.
    pub async fn move_booking(
        &self,
        scope: TenantScope,
        (id, version): (AppointmentId, i64),
        start: Timestamp,
        lane: Option<&str>,
    ) -> Result<(), Refused> {
        let diary = Diary::open(self, scope).await?;
        let known = self.store.read(scope).await?.appointment(id).await?;
        let service = diary.service(known.service)?.clone();
        let own = [id];
        let claims = match lane {
            Some(lane) => diary.claims(&service, start, Some(lane), &own)?,
            None => {
                let had = diary.taken.iter().filter(|taken| taken.appointment == id).map(|taken| &taken.claim.lane);
                let had = had.filter_map(|lane| lane_name(lane)).next();
                let same = had.and_then(|lane| diary.claims(&service, start, Some(&lane), &own).ok());
                same.map_or_else(|| diary.claims(&service, start, None, &own), Ok)?
            }
        };
        let told = Arc::new(Told::new(self, scope).await?);
        let moved = told.tell(self, move |told, tx| {
            let (known, service, claims) = (known.clone(), service.clone(), claims.clone());
            Box::pin(async move {
                tx.claim_appointment(id, version).await?;
                tx.move_appointment(id, (service.id, start), &claims, told.now).await?;
                bookings::remind(tx, &told.shop.profile.booking, id, start, told.now).await?;
                note(tx, "booking.moved", &known, told.now).await?;
                if start == known.start_at {
                    return Ok(Vec::new());
                }
                let facts = BookingFacts::of(&service, start, &told.shop.profile);
                tell(told, tx, &known, Say::BookingMoved { booking: facts, from: known.start_at }).await
            })
        });
        Ok(moved.await?)
    }

    /// Calls an appointment off; a deposit goes back, and the customer is told.
    ///
    /// # Errors
    /// [`duka_store::Guard::State`] if it is not booked; or if the database fails.
    pub async fn cancel_booking(&self, scope: TenantScope, id: AppointmentId) -> Result<(), StoreError> {
        let told = Arc::new(Told::new(self, scope).await?);
        told.tell(self, move |told, tx| {
            Box::pin(async move {
                let known = tx.appointment(id).await?;
                let deposit = match known.order {
                    Some(order) => Some(tx.order(order).await?).filter(|order| order.state.is_sold()),
                    None => None,
                };
                let (order, amount) = (deposit.as_ref().map(|order| order.id), deposit.map(|order| order.total));
                bookings::cancel(tx, id, order, told.now).await?;
                note(tx, "booking.cancelled", &known, told.now).await?;
                let service = tx.kept_services().await?.into_iter().find(|kept| kept.service.id == known.service);
                let title = service.map(|kept| kept.service.title()).unwrap_or_default();
                let say = Say::BookingCancelled { title, start: known.start_at, deposit: amount, kept: false };
                tell(told, tx, &known, say).await
            })
        })
        .await
    }
}

async fn note(tx: &Tx, kind: &str, appointment: &Appointment, at: Timestamp) -> Result<(), StoreError> {
    let payload = json!({"appointment": appointment.id, "customer": appointment.customer});
    tx.append_events(&[NewEvent { kind: kind.into(), payload, actor: "staff".into(), at }]).await
}

/// Tells the customer of an appointment, where it was agreed to.
async fn tell(told: &Told, tx: &Tx, appointment: &Appointment, say: Say) -> Result<Vec<Left>, StoreError> {
    let Some(conversation) = appointment.conversation else { return Ok(Vec::new()) };
    let conversation = tx.conversation(conversation).await?;
    let about = json!({"about": "appointment", "model_calls": 0});
    told.customer_in(tx, &conversation, about, |dialogue: &Dialogue| (dialogue.clone(), vec![say])).await
}
