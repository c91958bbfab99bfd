//! Asking the provider to prompt the payer.

use duka_kernel::{PaymentId, TenantScope};
use duka_providers::payments::{GatewayError, StkRequest};
use duka_shop::{PaymentFailure, PaymentState};
use duka_store::{Guard, StoreError, payments::Settlement};

use super::{FIRST_CHECK_SECONDS, settle};
use crate::app::App;

/// After so many attempts to reach the provider the customer is told how to pay by hand.
const ATTEMPTS: u32 = 4;

/// Asks for a payment that was decided on. Asking again with the same identity never charges twice, so a call
/// whose answer was lost is simply made again.
///
/// # Errors
/// If what became of it could not be written down; it is asked for again then.
pub async fn request(app: &App, scope: TenantScope, id: PaymentId) -> Result<(), StoreError> {
    let payment = app.store.read(scope).await?.payment(id).await?;
    if payment.state != PaymentState::Requested {
        return Ok(());
    }
    let shop = app.shops.recent(&app.store, scope).await?;
    let (Some(gateway), Some(phone)) = (app.gateways.by_name(&payment.provider, &shop), payment.phone.clone()) else {
        return settle(app, scope, id, Settlement::Failed(PaymentFailure::ProviderDown), "system").await.map(drop);
    };
    let asked = StkRequest {
        phone,
        amount_major: payment.amount.major_rounded_up(),
        reference: payment.reference.clone(),
        description: shop.profile.name.chars().take(13).collect(),
        callback_url: app.callback_address(scope, id),
        idempotency_key: id.to_string(),
    };
    match gateway.request(&asked).await {
        Ok(requested) => {
            app.gateways.note_up(scope.tenant());
            prompted(app, scope, id, requested.provider_reference).await
        }
        Err(GatewayError::TryLater | GatewayError::Unknown(_)) if payment.checks + 1 < ATTEMPTS => {
            let wait = 2_i64.saturating_pow(payment.checks + 1);
            let next = app.clock.now().plus_seconds(wait);
            app.store.write(scope, move |tx| Box::pin(tx.payment_checked(id, Some(next)))).await
        }
        Err(error) => {
            tracing::error!(%error, payment = %id, tenant = %scope.tenant(), "nobody could be prompted to pay");
            app.gateways.note_down(scope.tenant());
            settle(app, scope, id, Settlement::Failed(PaymentFailure::ProviderDown), "system").await.map(drop)
        }
    }
}

async fn prompted(app: &App, scope: TenantScope, id: PaymentId, reference: String) -> Result<(), StoreError> {
    let next = app.clock.now().plus_seconds(FIRST_CHECK_SECONDS);
    let noted = app
        .store
        .write_with(scope, reference, move |tx, reference| Box::pin(tx.payment_pending(id, reference, next)))
        .await;
    match noted {
        // Its callback was faster than the answer to the request.
        Ok(()) | Err(StoreError::Conflict(Guard::State(_))) => {
            app.leave(crate::app::Left::Notices);
            Ok(())
        }
        Err(error) => Err(error),
    }
}
