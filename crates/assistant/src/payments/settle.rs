//! The one way a payment's outcome reaches its order, its stock, its customer and the owner.

use std::sync::Arc;

use duka_kernel::{OrderId, PaymentId, TenantScope};
use duka_sales::settlement;
use duka_shop::{OrderState, PaymentFailure, knowledge::Embedding};
use duka_store::{
    Guard, StoreError, SystemTx, Tx,
    events::NewEvent,
    orders::{Order, Transition},
    payments::{Payment, Settlement},
};

use crate::{
    app::{App, Left},
    bookings,
    owner::{OwnerSay, Who},
    recall,
    told::Told,
};

/// How often a settlement is tried again because its conversation moved meanwhile.
const ATTEMPTS: u32 = 200;

/// What is in another state if a payment was settled before.
const PAYMENT: &str = "the payment";

/// What news about a payment came to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// It ended the payment.
    Settled,
    /// It was known before: nothing happened.
    Known,
    /// Its receipt was given for another payment: nothing happened, a person has to look.
    ReceiptReused,
}

/// Ends a payment, moves its order and stock, and tells customer and owner, all in one transaction. Ending it twice
/// does nothing.
///
/// # Errors
/// If the database fails.
pub async fn settle(
    app: &App,
    scope: TenantScope,
    id: PaymentId,
    settlement: Settlement,
    actor: &'static str,
) -> Result<Outcome, StoreError> {
    let told = Arc::new(Told::new(app, scope).await?);
    let mut attempt = 0;
    loop {
        let settlement = settlement.clone();
        let settled = Arc::clone(&told)
            .tell(app, move |told, tx| {
                let settlement = settlement.clone();
                Box::pin(async move { write(told, tx, id, &settlement, actor).await })
            })
            .await;
        match settled {
            Ok(()) => return Ok(Outcome::Settled),
            Err(StoreError::Conflict(Guard::State(PAYMENT))) => return Ok(Outcome::Known),
            Err(StoreError::Conflict(Guard::Duplicate("receipt"))) => return Ok(Outcome::ReceiptReused),
            // Not the payment but its order moved meanwhile, by expiry, by the customer or by another payment: the money
            // is still to be booked, on the order as it is now.
            Err(StoreError::Conflict(Guard::State(_) | Guard::SlotTaken)) if attempt < ATTEMPTS => attempt += 1,
            Err(error) => return Err(error),
        }
    }
}

async fn write(
    told: &Told,
    tx: &Tx,
    id: PaymentId,
    settlement: &Settlement,
    actor: &str,
) -> Result<Vec<Left>, StoreError> {
    if !tx.settle_payment(id, settlement, actor, told.now).await? {
        return Err(Guard::State(PAYMENT).into());
    }
    let payment = tx.payment(id).await?;
    let order = tx.order(payment.order).await?;
    match settlement {
        Settlement::Succeeded { .. } => succeeded(told, tx, &payment, order, actor).await,
        Settlement::Failed(failure) => failed(told, tx, order, *failure, actor).await,
    }
}

async fn succeeded(
    told: &Told,
    tx: &Tx,
    payment: &Payment,
    order: Order,
    actor: &str,
) -> Result<Vec<Left>, StoreError> {
    let step = |to, reason| Transition { from: order.state, to, actor, reason, at: told.now };
    if order.state.is_sold() || matches!(order.state, OrderState::RefundDue | OrderState::Refunded) {
        // Money for what is paid already: it belongs to the customer.
        return told.owner_of(tx, &order, |customer| refund_due(&order, payment, customer)).await;
    }
    let late = matches!(order.state, OrderState::Expired | OrderState::Cancelled);
    match tx.transition_order(order.id, &step(OrderState::Paid, "the payment arrived")).await {
        Ok(()) => sold(told, tx, payment, order).await,
        Err(StoreError::Conflict(Guard::OutOfStock(_))) if late => {
            give_back(told, tx, payment, &order, "the payment arrived when the stock was gone").await
        }
        Err(error) => Err(error),
    }
}

/// What was paid for cannot be had any more: the money goes back.
async fn give_back(
    told: &Told,
    tx: &Tx,
    payment: &Payment,
    order: &Order,
    reason: &str,
) -> Result<Vec<Left>, StoreError> {
    let step = Transition { from: order.state, to: OrderState::RefundDue, actor: "system", reason, at: told.now };
    tx.transition_order(order.id, &step).await?;
    let paid = Order { payment: Some(payment.clone()), ..tx.order(order.id).await? };
    let mut left = told.customer_of(tx, &paid, settlement::refund_due).await?;
    left.extend(told.owner_of(tx, &paid, |customer| refund_due(&paid, payment, customer)).await?);
    Ok(left)
}

async fn sold(told: &Told, tx: &Tx, payment: &Payment, order: Order) -> Result<Vec<Left>, StoreError> {
    // The attempt that brought the money need not be the last one.
    let paid = Order { payment: Some(payment.clone()), ..tx.order(order.id).await? };
    match bookings::deposit_paid(told, tx, paid.id).await? {
        None => {}
        Some(true) => return bookings::tell_booked(told, tx, payment, &paid).await,
        Some(false) => return give_back(told, tx, payment, &paid, "the payment arrived when the time was taken").await,
    }
    for line in &paid.lines {
        let memory = format!("bought {} {} {} x{}", line.name, line.size, line.unit_price, line.quantity);
        tx.remember(paid.customer, &memory, Some(&Embedding::local(&memory)), told.now).await?;
    }
    let mut left = told.customer_of(tx, &paid, settlement::receipt).await?;
    let view = recall::order_view(paid.clone(), &told.shop.profile);
    let news = |customer| OwnerSay::OrderPaid {
        number: view.number.clone(),
        lines: view.lines.clone(),
        total: view.total,
        receipt: view.payment.as_ref().and_then(|payment| payment.receipt.clone()),
        delivery: view.delivery.clone(),
        customer,
    };
    left.extend(told.owner_of(tx, &paid, news).await?);
    Ok(left)
}

async fn failed(
    told: &Told,
    tx: &Tx,
    order: Order,
    failure: PaymentFailure,
    actor: &str,
) -> Result<Vec<Left>, StoreError> {
    if !order.state.awaits_payment() {
        return Ok(Vec::new());
    }
    if order.state == OrderState::PendingPayment {
        let step = Transition {
            from: OrderState::PendingPayment,
            to: OrderState::PaymentFailed,
            actor,
            reason: "the payment failed",
            at: told.now,
        };
        tx.transition_order(order.id, &step).await?;
    }
    let order = tx.order(order.id).await?;
    if failure != PaymentFailure::ProviderDown {
        return told.customer_of(tx, &order, |dialogue, view| settlement::failed(dialogue, view, failure)).await;
    }
    let manual = told.shop.profile.manual_payment.clone();
    let mut left = told
        .customer_of(tx, &order, move |dialogue, view| settlement::no_prompt(dialogue, view, manual.clone()))
        .await?;
    let news = |customer| OwnerSay::PaymentsDown { customer, number: order.number.clone(), amount: order.total };
    left.extend(told.owner_of(tx, &order, news).await?);
    Ok(left)
}

fn refund_due(order: &Order, payment: &Payment, customer: Who) -> OwnerSay {
    let (number, receipt) = (order.number.clone(), payment.receipt.clone());
    OwnerSay::RefundDue { customer, number, amount: payment.amount, receipt }
}

/// News about a payment that a person has to look at.
pub(super) struct Review {
    pub event: NewEvent,
    pub order: OrderId,
    pub receipt: Option<String>,
}

/// Writes news for a person down and tells the owner.
pub(super) async fn payment_to_check(told: &Told, system: &SystemTx, review: &Review) -> Result<Vec<Left>, StoreError> {
    let tx = system.within(told.scope);
    tx.append_events(std::slice::from_ref(&review.event)).await?;
    let order = tx.order(review.order).await?;
    let (number, receipt) = (Some(order.number.clone()), review.receipt.clone());
    told.owner_of(&tx, &order, |customer| OwnerSay::PaymentClaimed { customer, number, receipt }).await
}
