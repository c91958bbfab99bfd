//! Orders that end unpaid: by time, or because the customer gave them up.

use std::sync::Arc;

use duka_kernel::{OrderId, TenantScope, Timestamp};
use duka_sales::settlement;
use duka_shop::OrderState;
use duka_store::{Guard, StoreError, Tx, orders::Transition};

use crate::{app::App, approval, bookings, due, told::Told};

/// Ends every order whose stock was held long enough, and tells its customer.
///
/// # Errors
/// If the database fails.
pub async fn expire_orders(app: &App) -> Result<(), StoreError> {
    let now = app.clock.now();
    let over = app.store.system_read().await?.expiring_orders(now, due::AT_ONCE).await?;
    for (tenant, order, _) in over {
        match expire(app, TenantScope::of(tenant), order).await {
            // Paid a moment ago, or ended by another process.
            Ok(()) | Err(StoreError::Conflict(Guard::State(_))) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

async fn expire(app: &App, scope: TenantScope, id: OrderId) -> Result<(), StoreError> {
    let told = Arc::new(Told::new(app, scope).await?);
    told.tell(app, move |told, tx| {
        Box::pin(async move {
            let order = tx.order(id).await?;
            if !order.state.awaits_payment() {
                return Err(Guard::State("the order").into());
            }
            let step = Transition {
                from: order.state,
                to: OrderState::Expired,
                actor: "system",
                reason: "not paid in time",
                at: told.now,
            };
            tx.transition_order(id, &step).await?;
            approval::ended(tx, &order, told.now).await?;
            match bookings::deposit_ended(tx, id).await? {
                Some(appointment) => bookings::tell_lapsed(told, tx, &order, &appointment).await,
                None => told.customer_of(tx, &order, settlement::expired).await,
            }
        })
    })
    .await
}

/// Stops an order that waits for money, in the caller's transaction.
///
/// # Errors
/// [`Guard::State`] if it no longer waits for money.
pub async fn cancel(tx: &Tx, id: OrderId, actor: &str, reason: &str, now: Timestamp) -> Result<(), StoreError> {
    let order = tx.order(id).await?;
    approval::ended(tx, &order, now).await?;
    let step = Transition { from: order.state, to: OrderState::Cancelled, actor, reason, at: now };
    tx.transition_order(id, &step).await
}
