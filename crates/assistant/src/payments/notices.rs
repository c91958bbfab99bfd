//! What providers call back with: written down first, believed later.

use std::sync::Arc;

use duka_kernel::{Currency, Money, PaymentId, TenantId, TenantScope};
use duka_providers::payments::{
    CallbackError, FailureReason, PaymentNotice, PaymentOutcome, PaymentStatus, parse_callback,
};
use duka_shop::PaymentFailure;
use duka_store::{
    StoreError,
    events::NewEvent,
    payment_notices::Notice,
    payments::{Payment, Settlement},
};
use serde_json::json;

use super::{
    Outcome,
    reconcile::asked_for,
    settle::{Told, settle},
};
use crate::{
    app::{App, Left},
    due,
    owner::OwnerSay,
};

/// A callback about a payment that is not known may be about one whose request is still being answered. After
/// this long it is not.
const STRANGE_AFTER_SECONDS: i64 = 120;

/// Why a callback was not taken at all.
pub type Refused = CallbackError;

impl App {
    /// Writes a callback down. Then it may be acknowledged; it is understood later.
    ///
    /// # Errors
    /// Outside: if it could not be written down. Inside: if it is not a payment callback.
    pub async fn take_notice(
        &self,
        provider: &'static str,
        body: &[u8],
        token: Option<&str>,
    ) -> Result<Result<(), Refused>, StoreError> {
        let notice = match parse_callback(body) {
            Ok(notice) => notice,
            Err(refused) => return Ok(Err(refused)),
        };
        let kept = json!({"token": token, "body": String::from_utf8_lossy(body)}).to_string();
        let now = self.clock.now();
        let input = (notice.fingerprint, kept);
        let new = self
            .store
            .system_write_with(input, move |tx, (fingerprint, kept)| {
                Box::pin(tx.insert_notice(provider, fingerprint.as_bytes(), kept, now))
            })
            .await?;
        if new.is_some() {
            self.leave(Left::Notices);
        }
        Ok(Ok(()))
    }
}

/// Understands every callback that was written down and not understood.
///
/// # Errors
/// If the database fails.
pub async fn process_notices(app: &App) -> Result<(), StoreError> {
    let now = app.clock.now();
    let open = app.store.system_read().await?.open_notices(now, due::AT_ONCE).await?;
    for notice in open {
        if let Some((tenant, outcome)) = process(app, &notice).await? {
            let id = notice.id;
            if outcome != "settled" && outcome != "known" {
                tracing::warn!(notice = %id, outcome, "a payment callback was not believed");
            }
            app.store.system_write(move |tx| Box::pin(tx.finish_notice(id, tenant, outcome, now))).await?;
        }
    }
    Ok(())
}

/// What came of a callback, and whose it is; `None` if it has to wait.
async fn process(app: &App, kept: &Notice) -> Result<Option<(Option<TenantId>, &'static str)>, StoreError> {
    let (token, body) = unwrap(&kept.body);
    let Ok(notice) = parse_callback(body.as_bytes()) else { return Ok(Some((None, "not_understood"))) };
    if notice.outcome == PaymentOutcome::Pending {
        return Ok(Some((None, "says_nothing_new")));
    }
    let waited = app.clock.now().millis_since(kept.received_at);
    let Some((tenant, payment, by_checkout)) = find(app, &kept.provider, &notice).await? else {
        return Ok((waited > STRANGE_AFTER_SECONDS * 1000).then_some((None, "unknown_reference")));
    };
    let scope = TenantScope::of(tenant);
    let known = app.store.read(scope).await?.payment(payment).await?;
    if token.as_deref().is_some_and(|token| !app.is_callback_token(scope, payment, token)) {
        return Ok(Some((Some(tenant), "wrong_token")));
    }
    let authentic = token.is_some();
    let outcome = match &notice.outcome {
        PaymentOutcome::Failed(reason) => {
            ended(settle(app, scope, payment, Settlement::Failed(failure(reason)), "provider").await?)
        }
        _ => return believe(app, scope, &known, &notice, authentic, by_checkout, waited).await,
    };
    Ok(Some((Some(tenant), outcome)))
}

/// A success is believed if the amount is the one asked for and either the callback carries our token, or the
/// provider confirms it when asked, or the provider cannot be asked and the callback names the very prompt.
async fn believe(
    app: &App,
    scope: TenantScope,
    payment: &Payment,
    notice: &PaymentNotice,
    authentic: bool,
    by_checkout: bool,
    waited: i64,
) -> Result<Option<(Option<TenantId>, &'static str)>, StoreError> {
    let tenant = Some(scope.tenant());
    if notice.amount_minor.is_some_and(|amount| amount != asked_for(payment)) {
        review(app, scope, payment, "payment.amount_mismatch", notice).await?;
        return Ok(Some((tenant, "amount_mismatch")));
    }
    let mut confirmed = authentic && notice.amount_minor.is_some();
    if !confirmed {
        match ask(app, scope, payment).await? {
            Some(PaymentStatus::Succeeded { amount_minor, .. }) => {
                confirmed = amount_minor.is_none_or(|amount| amount == asked_for(payment))
                    && (amount_minor.is_some() || notice.amount_minor.is_some());
            }
            Some(PaymentStatus::Failed(_)) => {}
            // It knows of no payment yet: it will soon, or a person has to look.
            Some(PaymentStatus::Pending) if waited < STRANGE_AFTER_SECONDS * 1000 => return Ok(None),
            Some(PaymentStatus::Pending) => {}
            // The provider cannot be asked. Its word is taken for the prompt it was given about, over the full amount.
            Some(PaymentStatus::Unsupported) | None => confirmed = notice.amount_minor.is_some() && by_checkout,
        }
    }
    if !confirmed {
        review(app, scope, payment, "payment.unconfirmed", notice).await?;
        return Ok(Some((tenant, "unconfirmed")));
    }
    let succeeded = Settlement::Succeeded { receipt: notice.receipt.clone() };
    let outcome = settle(app, scope, payment.id, succeeded, "provider").await?;
    if outcome == Outcome::ReceiptReused {
        review(app, scope, payment, "payment.receipt_reused", notice).await?;
    }
    Ok(Some((tenant, ended(outcome))))
}

async fn ask(app: &App, scope: TenantScope, payment: &Payment) -> Result<Option<PaymentStatus>, StoreError> {
    let shop = app.shops.recent(&app.store, scope).await?;
    let (Some(gateway), Some(reference)) = (app.gateways.of(&shop), &payment.provider_reference) else {
        return Ok(None);
    };
    Ok(gateway.query(reference).await.ok())
}

const fn ended(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Settled => "settled",
        Outcome::Known => "known",
        Outcome::ReceiptReused => "receipt_reused",
    }
}

/// The payment a callback is about: by the provider's id of the prompt, else by order number and amount if exactly
/// one shop has such a payment.
async fn find(
    app: &App,
    provider: &str,
    notice: &PaymentNotice,
) -> Result<Option<(TenantId, PaymentId, bool)>, StoreError> {
    let system = app.store.system_read().await?;
    for id in [&notice.checkout_id, &notice.transaction_id].into_iter().flatten() {
        if let Some((tenant, payment)) = system.payment_by_provider_reference(provider, id).await? {
            return Ok(Some((tenant, payment, true)));
        }
    }
    let (Some(reference), Some(minor)) = (&notice.merchant_reference, notice.amount_minor) else { return Ok(None) };
    let amount = Money::from_minor(minor, Currency::Kes);
    let found = system.payments_by_reference(provider, reference, amount).await?;
    let one_shop = found.windows(2).all(|pair| pair[0].0 == pair[1].0);
    // With an id that is not ours beside it, the number alone proves nothing.
    Ok(found.first().filter(|_| one_shop).map(|(tenant, payment)| (*tenant, *payment, notice.checkout_id.is_none())))
}

/// Writes down that a person has to look at a callback, and tells the owner.
async fn review(
    app: &App,
    scope: TenantScope,
    payment: &Payment,
    kind: &'static str,
    notice: &PaymentNotice,
) -> Result<(), StoreError> {
    tracing::error!(payment = %payment.id, kind, tenant = %scope.tenant(), "a payment callback needs a person");
    let payload = json!({
        "payment": payment.id, "order": payment.order, "number": payment.reference,
        "asked_for": asked_for(payment), "reported": notice.amount_minor, "receipt": notice.receipt,
    });
    let event = NewEvent { kind: kind.into(), payload, actor: "provider".into(), at: app.clock.now() };
    let (order, receipt) = (payment.order, notice.receipt.clone());
    let told = Arc::new(Told::new(app, scope).await?);
    told.tell(app, move |told, tx| {
        let (event, receipt) = (event.clone(), receipt.clone());
        Box::pin(async move {
            tx.append_events(&[event]).await?;
            let order = tx.order(order).await?;
            let number = Some(order.number.clone());
            told.owner_of(tx, &order, |customer| OwnerSay::PaymentClaimed { customer, number, receipt }).await
        })
    })
    .await
}

/// Why a payment failed, as far as the payer can do something about it.
pub(super) const fn failure(reason: &FailureReason) -> PaymentFailure {
    match reason {
        FailureReason::InsufficientFunds => PaymentFailure::InsufficientFunds,
        FailureReason::CancelledByPayer => PaymentFailure::CancelledByPayer,
        FailureReason::TimedOut => PaymentFailure::NoAnswer,
        FailureReason::WrongPin => PaymentFailure::WrongPin,
        FailureReason::PayerBusy => PaymentFailure::PayerBusy,
        FailureReason::LimitExceeded => PaymentFailure::LimitExceeded,
        FailureReason::Other(_) => PaymentFailure::Other,
    }
}

/// The token and the body of a callback as they were written down.
fn unwrap(kept: &str) -> (Option<String>, String) {
    let kept: serde_json::Value = serde_json::from_str(kept).unwrap_or_default();
    let text = |name: &str| kept.get(name).and_then(|v| v.as_str()).map(str::to_owned);
    (text("token"), text("body").unwrap_or_default())
}
