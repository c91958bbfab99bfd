//! Orders that wait for the staff's approval before their payment is asked for.

use std::sync::Arc;

use duka_kernel::{OrderId, PaymentId, PhoneNumber, TenantScope};
use duka_sales::{effect::TaskKind, settlement};
use duka_shop::PaymentState;
use duka_store::{Guard, StoreError, Tx, payments::Payment, tasks::Task};
use serde_json::json;

use crate::{
    app::{App, Left},
    handover::event,
    payments,
    told::Told,
};

impl App {
    /// Approves an order: its customer is told and prompted to pay.
    ///
    /// # Errors
    /// [`Guard::State`] if it does not wait for approval (any more); or if the database fails.
    pub async fn approve(&self, scope: TenantScope, order: OrderId) -> Result<(), StoreError> {
        // One identity for every try, so that money is asked for once.
        let payment = PaymentId::new();
        let told = Arc::new(Told::new(self, scope).await?);
        told.tell(self, move |told, tx| Box::pin(approved(told, tx, order, payment))).await
    }

    /// Declines an order: it is cancelled and its customer is told.
    ///
    /// # Errors
    /// [`Guard::State`] if it does not wait for approval (any more); or if the database fails.
    pub async fn decline(&self, scope: TenantScope, order: OrderId) -> Result<(), StoreError> {
        let told = Arc::new(Told::new(self, scope).await?);
        told.tell(self, move |told, tx| Box::pin(declined(told, tx, order))).await
    }
}

async fn approved(told: &Told, tx: &Tx, id: OrderId, payment: PaymentId) -> Result<Vec<Left>, StoreError> {
    let task = waiting(tx, id).await?;
    tx.close_task(task.id, "approved", "staff", told.now).await?;
    let order = tx.order(id).await?;
    if !order.state.awaits_payment() {
        return Err(Guard::State("the order").into());
    }
    let minutes = told.shop.profile.reservation_minutes;
    tx.extend_order(id, told.now.plus_minutes(i64::from(minutes))).await?;
    tx.append_events(&[event("order.approved", json!({"order": id, "number": order.number}), "staff", told.now)])
        .await?;
    let payer = tx.customer(order.customer).await?.phone.filter(PhoneNumber::is_mpesa);
    let known = payer.clone();
    let mut left = told
        .customer_of(tx, &order, move |dialogue, view| {
            let payer = dialogue.payer.clone().filter(PhoneNumber::is_mpesa).or_else(|| known.clone());
            settlement::approved(dialogue, view, payer, minutes)
        })
        .await?;
    let chosen = match order.conversation {
        Some(conversation) => {
            let state = tx.conversation(conversation).await?.state;
            let dialogue: duka_sales::Dialogue = serde_json::from_str(&state).unwrap_or_default();
            dialogue.payer.filter(PhoneNumber::is_mpesa)
        }
        None => None,
    };
    if let Some(phone) = chosen.or(payer) {
        tx.insert_payment(&Payment {
            id: payment,
            order: id,
            provider: told.shop.payments.name().to_owned(),
            amount: order.total,
            phone: Some(phone),
            reference: order.number.clone(),
            provider_reference: None,
            state: PaymentState::Requested,
            failure: None,
            receipt: None,
            requested_at: told.now,
            next_check_at: Some(told.now.plus_seconds(payments::FIRST_CHECK_SECONDS)),
            checks: 0,
            settled_at: None,
        })
        .await?;
        left.push(Left::Request(told.scope, payment));
    }
    Ok(left)
}

async fn declined(told: &Told, tx: &Tx, id: OrderId) -> Result<Vec<Left>, StoreError> {
    let task = waiting(tx, id).await?;
    tx.close_task(task.id, "declined", "staff", told.now).await?;
    payments::cancel(tx, id, "staff", "not approved", told.now).await?;
    let order = tx.order(id).await?;
    told.customer_of(tx, &order, settlement::not_approved).await
}

/// The open task of approving an order.
async fn waiting(tx: &Tx, order: OrderId) -> Result<Task, StoreError> {
    let customer = tx.order(order).await?.customer;
    let tasks = tx.open_tasks_of(customer).await?;
    let is_it = |task: &Task| task.kind == TaskKind::Approval.name() && task.order == Some(order);
    tasks.into_iter().find(is_it).ok_or_else(|| Guard::State("the approval").into())
}

/// An order that has ended is not to be approved any more.
pub(crate) async fn ended(
    tx: &Tx,
    order: &duka_store::orders::Order,
    now: duka_kernel::Timestamp,
) -> Result<(), StoreError> {
    for task in tx.open_tasks_of(order.customer).await? {
        if task.kind == TaskKind::Approval.name() && task.order == Some(order.id) {
            tx.close_task(task.id, "ended", "system", now).await?;
        }
    }
    Ok(())
}
