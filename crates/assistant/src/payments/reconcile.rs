//! Asking the provider about payments whose outcome is unknown.

use duka_kernel::{Money, PaymentId, TenantScope};
use duka_providers::payments::PaymentStatus;
use duka_shop::{PaymentFailure, PaymentState};
use duka_store::{
    StoreError,
    payments::{Payment, Settlement},
};
use futures::{StreamExt, stream};

use super::{GIVE_UP_SECONDS, notices::failure, request, settle};
use crate::{app::App, due};

/// The longest between two questions about one payment.
const LONGEST_WAIT_SECONDS: i64 = 120;

/// Asks about every payment that is due to be asked about, so many at the same time.
///
/// # Errors
/// If the database fails; then all that could be asked about were.
pub async fn reconcile(app: &App, at_once: usize) -> Result<(), StoreError> {
    let now = app.clock.now();
    let due = app.store.system_read().await?.payments_to_check(now, due::AT_ONCE).await?;
    let checks = due.into_iter().map(|(tenant, payment)| check(app, TenantScope::of(tenant), payment));
    let checked: Vec<Result<(), StoreError>> = stream::iter(checks).buffered(at_once).collect().await;
    checked.into_iter().collect()
}

/// Asks the provider how a payment stands, and settles it if that is known.
///
/// # Errors
/// If the database fails. A provider that cannot be reached is asked again later.
pub async fn check(app: &App, scope: TenantScope, id: PaymentId) -> Result<(), StoreError> {
    let payment = app.store.read(scope).await?.payment(id).await?;
    match payment.state {
        PaymentState::Requested => return request(app, scope, id).await,
        PaymentState::Pending => {}
        _ => return Ok(()),
    }
    let shop = app.shops.recent(&app.store, scope).await?;
    let status = match (app.gateways.by_name(&payment.provider, &shop), &payment.provider_reference) {
        (Some(gateway), Some(reference)) => gateway.query(reference).await,
        _ => Ok(PaymentStatus::Unsupported),
    };
    match status {
        Ok(PaymentStatus::Succeeded { receipt, amount_minor, .. }) if is_all(&payment, amount_minor) => {
            settle(app, scope, id, Settlement::Succeeded { receipt }, "provider").await.map(drop)
        }
        Ok(PaymentStatus::Succeeded { amount_minor, .. }) => {
            tracing::error!(payment = %id, amount_minor, "the provider reports another amount than was asked for");
            ask_again(app, scope, &payment).await
        }
        Ok(PaymentStatus::Failed(reason)) => {
            settle(app, scope, id, Settlement::Failed(failure(&reason)), "provider").await.map(drop)
        }
        Ok(PaymentStatus::Pending | PaymentStatus::Unsupported) => ask_again_or_give_up(app, scope, &payment).await,
        Err(error) => {
            tracing::warn!(%error, payment = %id, "the provider could not be asked about a payment");
            ask_again_or_give_up(app, scope, &payment).await
        }
    }
}

/// What M-Pesa was asked for, in minor units.
pub(super) fn asked_for(payment: &Payment) -> i64 {
    Money::from_major(payment.amount.major_rounded_up(), payment.amount.currency).minor
}

/// A provider that names no amount speaks of the one it was asked for.
fn is_all(payment: &Payment, amount_minor: Option<i64>) -> bool {
    amount_minor.is_none_or(|amount| amount == asked_for(payment))
}

async fn ask_again_or_give_up(app: &App, scope: TenantScope, payment: &Payment) -> Result<(), StoreError> {
    let open_for = app.clock.now().millis_since(payment.requested_at);
    if open_for >= GIVE_UP_SECONDS * 1000 {
        return settle(app, scope, payment.id, Settlement::Failed(PaymentFailure::NoAnswer), "system").await.map(drop);
    }
    ask_again(app, scope, payment).await
}

async fn ask_again(app: &App, scope: TenantScope, payment: &Payment) -> Result<(), StoreError> {
    let id = payment.id;
    let wait = (20 * 2_i64.saturating_pow(payment.checks.min(8))).min(LONGEST_WAIT_SECONDS);
    let next = app.clock.now().plus_seconds(wait);
    app.store.write(scope, move |tx| Box::pin(tx.payment_checked(id, Some(next)))).await
}
