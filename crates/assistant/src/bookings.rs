//! Appointments outside of a turn: what is remembered of them, their deposits, their reminders, and times that were kept
//! for nothing.

use duka_kernel::{AppointmentId, CustomerId, OrderId, TenantScope, Timestamp};
use duka_sales::{
    Dialogue, Say,
    recall::{AppointmentView, Diary},
    say::{BookingFacts, Deposited},
};
use duka_shop::{
    OrderState, Service,
    booking::{AppointmentState, BookingRules, Calendar},
};
use duka_store::{
    Guard, StoreError, Tx,
    bookings::Appointment,
    events::NewEvent,
    jobs::{Job, JobKind},
    orders::{Order, Transition},
    payments::Payment,
};
use serde_json::json;
use std::sync::Arc;

use crate::{
    app::{App, Left},
    due,
    owner::OwnerSay,
    shops::Shop,
    told::Told,
};

/// The appointments that a turn of a customer rests on.
///
/// # Errors
/// If the database cannot be read.
pub async fn diary(app: &App, scope: TenantScope, customer: CustomerId, now: Timestamp) -> Result<Diary, StoreError> {
    let tx = app.store.read(scope).await?;
    let mut mine = Vec::new();
    for appointment in tx.appointments_of(customer).await? {
        mine.push(view(&tx, appointment, now).await?);
    }
    Ok(Diary { taken: tx.taken_after(now).await?, mine })
}

async fn view(tx: &Tx, appointment: Appointment, now: Timestamp) -> Result<AppointmentView, StoreError> {
    let deposit = match appointment.order.filter(|_| appointment.start_at > now) {
        Some(order) => Some(tx.order(order).await?).filter(|order| order.state.is_sold()).map(|order| order.total),
        None => None,
    };
    Ok(AppointmentView {
        id: appointment.id,
        service: appointment.service,
        start: appointment.start_at,
        state: appointment.state,
        order: appointment.order,
        deposit,
    })
}

/// Sets the reminders of a booking that are still to come, in place of those it had.
///
/// # Errors
/// If the database fails.
pub async fn remind(
    tx: &Tx,
    rules: &BookingRules,
    id: AppointmentId,
    start: Timestamp,
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.cancel_jobs(JobKind::AppointmentReminder, id.0).await?;
    for minutes in &rules.reminders_min {
        let at = start.plus_minutes(-i64::from(*minutes));
        if at > now {
            tx.schedule(JobKind::AppointmentReminder, id.0, at).await?;
        }
    }
    Ok(())
}

/// Calls a booking off with its reminders. A deposit that goes back is noted on its order.
///
/// # Errors
/// [`Guard::State`] if it is not booked.
pub async fn cancel(tx: &Tx, id: AppointmentId, refund: Option<OrderId>, now: Timestamp) -> Result<(), StoreError> {
    tx.cancel_appointment(id).await?;
    tx.cancel_jobs(JobKind::AppointmentReminder, id.0).await?;
    let Some(order) = refund else { return Ok(()) };
    let from = tx.order(order).await?.state;
    let reason = "the booking was cancelled in time";
    tx.transition_order(order, &Transition { from, to: OrderState::RefundDue, actor: "customer", reason, at: now })
        .await
}

/// Lets the time go that was kept for an order which ended unpaid; nothing if the order is no deposit.
///
/// # Errors
/// If the database fails.
pub async fn deposit_ended(tx: &Tx, order: OrderId) -> Result<Option<Appointment>, StoreError> {
    let Some(appointment) = tx.appointment_of_order(order).await? else { return Ok(None) };
    if appointment.state == AppointmentState::Held {
        tx.release_hold(appointment.id).await?;
    }
    Ok(Some(appointment))
}

/// The deposit was paid: the booking counts. `None` if the order is no deposit; false if the time is somebody else's by
/// now.
///
/// # Errors
/// If the database fails.
pub(crate) async fn deposit_paid(told: &Told, tx: &Tx, order: OrderId) -> Result<Option<bool>, StoreError> {
    let Some(appointment) = tx.appointment_of_order(order).await? else { return Ok(None) };
    if !tx.book_held(appointment.id, told.now).await? && !take_again(told, tx, &appointment).await? {
        return Ok(Some(false));
    }
    let booked = appointment;
    remind(tx, &told.shop.profile.booking, booked.id, booked.start_at, told.now).await?;
    tx.append_events(&[NewEvent {
        kind: "booking.made".into(),
        payload: json!({"appointment": booked.id, "customer": booked.customer, "order": order}),
        actor: "customer".into(),
        at: told.now,
    }])
    .await?;
    Ok(Some(true))
}

/// Books a time that was let go because the money came late, if nobody else has it.
async fn take_again(told: &Told, tx: &Tx, appointment: &Appointment) -> Result<bool, StoreError> {
    let Some(service) = told.shop.services.iter().find(|service| service.id == appointment.service) else {
        return Ok(false);
    };
    let taken = tx.taken_after(told.now).await?;
    let own = [appointment.id];
    let calendar = Calendar {
        shop: &told.shop.profile,
        zone: &told.shop.zone,
        services: &told.shop.services,
        taken: &taken,
        now: told.now,
        but: &own,
    };
    let Ok(claims) = calendar.check(service, appointment.start_at) else { return Ok(false) };
    let booked = Appointment { state: AppointmentState::Booked, expires_at: None, ..appointment.clone() };
    tx.take_slot(&booked, &claims, told.now).await?;
    Ok(true)
}

/// Tells customer and owner that a booking counts because its deposit came.
///
/// # Errors
/// If the database fails.
pub(crate) async fn tell_booked(
    told: &Told,
    tx: &Tx,
    payment: &Payment,
    order: &Order,
) -> Result<Vec<Left>, StoreError> {
    let Some(appointment) = tx.appointment_of_order(order.id).await? else { return Ok(Vec::new()) };
    let Some(booking) = facts(&told.shop, &appointment) else { return Ok(Vec::new()) };
    let (title, start, amount) = (booking.title.clone(), booking.start, order.total);
    let paid = Deposited { amount, receipt: payment.receipt.clone() };
    let say = Say::Booked { booking, paid: Some(paid) };
    let mut left = told
        .customer_of(tx, order, |dialogue, view| {
            let (after, _) = duka_sales::settlement::receipt(dialogue, view);
            (after, vec![say.clone()])
        })
        .await?;
    left.extend(
        told.owner_of(tx, order, |customer| OwnerSay::Booked { customer, title, start, deposit: Some(amount) }).await?,
    );
    Ok(left)
}

/// Tells the customer that the time is free again because the deposit did not come.
///
/// # Errors
/// If the database fails.
pub(crate) async fn tell_lapsed(
    told: &Told,
    tx: &Tx,
    order: &Order,
    appointment: &Appointment,
) -> Result<Vec<Left>, StoreError> {
    let title = facts(&told.shop, appointment).map_or_else(String::new, |facts| facts.title);
    let start = appointment.start_at;
    told.customer_of(tx, order, |dialogue, view| {
        let after = duka_sales::settlement::closed(dialogue, view);
        (after, vec![Say::BookingLapsed { title: title.clone(), start }])
    })
    .await
}

fn facts(shop: &Shop, appointment: &Appointment) -> Option<BookingFacts> {
    let of: &Service = shop.services.iter().find(|service| service.id == appointment.service)?;
    Some(BookingFacts::of(of, appointment.start_at, &shop.profile))
}

/// Reminds a customer of a booking. A reminder is about something the customer asked for, so it comes also to those who
/// want no marketing.
///
/// # Errors
/// If the database fails.
pub(crate) async fn run_reminder(app: &App, scope: TenantScope, job: &Job) -> Result<(), StoreError> {
    let told = Arc::new(Told::new(app, scope).await?);
    let (id, appointment) = (job.id, AppointmentId(job.subject));
    told.tell(app, move |told, tx| {
        Box::pin(async move {
            tx.finish_job(id).await?;
            let appointment = tx.appointment(appointment).await?;
            let counts = appointment.state == AppointmentState::Booked && appointment.start_at > told.now;
            let facts = facts(&told.shop, &appointment).filter(|_| counts);
            let (Some(booking), Some(conversation)) = (facts, appointment.conversation) else { return Ok(Vec::new()) };
            let conversation = tx.conversation(conversation).await?;
            let about = json!({"about": "appointment", "model_calls": 0});
            let say = |dialogue: &Dialogue| (dialogue.clone(), vec![Say::BookingReminder { booking }]);
            told.customer_in(tx, &conversation, about, say).await
        })
    })
    .await
}

/// Forgets times that were kept long enough for customers who did not answer.
///
/// # Errors
/// If the database fails.
pub async fn release_lapsed(app: &App) -> Result<(), StoreError> {
    let lapsed = app.store.system_read().await?.lapsed_holds(app.clock.now(), due::AT_ONCE).await?;
    for (tenant, id) in lapsed {
        match app.store.write(TenantScope::of(tenant), move |tx| Box::pin(tx.release_hold(id))).await {
            // Booked or let go meanwhile.
            Ok(()) | Err(StoreError::Conflict(Guard::State(_))) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
