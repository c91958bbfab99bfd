//! What providers call back with: written down first, believed later.

use duka_kernel::{Currency, Money, PaymentId, TenantId, TenantScope, Timestamp};
use duka_providers::payments::{
    CallbackError, FailureReason, PaymentNotice, PaymentOutcome, PaymentStatus, parse_callback,
};
use duka_shop::{PaymentFailure, PaymentState};
use duka_store::{
    StoreError,
    events::NewEvent,
    payment_notices::Notice,
    payments::{Payment, Settlement},
};
use serde_json::json;
use uuid::Uuid;

use super::{
    Outcome,
    reconcile::asked_for,
    settle::{Review, payment_to_check, settle},
};
use crate::{
    app::{App, Left},
    due,
    told::Told,
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
        // A forged copy, which lacks our token, must not keep the true one from being looked at.
        let input = (format!("{}{}", notice.fingerprint, token.unwrap_or_default()), kept);
        let new = self
            .store
            .system_write_with(input, move |tx, (fingerprint, kept)| {
                Box::pin(tx.insert_notice(provider, fingerprint.as_bytes(), kept, now))
            })
            .await?;
        if let Some(id) = new {
            self.leave(Left::Notice(id));
        }
        Ok(Ok(()))
    }
}

/// Understands one callback. However many of others wait, perhaps for ever, a new one does not wait behind them.
///
/// # Errors
/// If the database fails.
pub async fn process_notice(app: &App, id: Uuid) -> Result<(), StoreError> {
    let now = app.clock.now();
    let open = app.store.system_read().await?.open_notice(id).await?;
    if let Some(notice) = open
        && let Some(found) = process(app, &notice).await?
    {
        finish(app, id, found, now).await?;
    }
    Ok(())
}

/// Understands the callbacks that were written down and not understood.
///
/// # Errors
/// If the database fails.
pub async fn process_notices(app: &App) -> Result<(), StoreError> {
    let now = app.clock.now();
    let open = app.store.system_read().await?.open_notices(now, due::AT_ONCE).await?;
    for notice in open {
        if let Some(found) = process(app, &notice).await? {
            finish(app, notice.id, found, now).await?;
        }
    }
    Ok(())
}

/// What came of a callback.
struct Found {
    outcome: &'static str,
    /// Whose it is.
    tenant: Option<TenantId>,
    /// That a person has to look at it.
    review: Option<Review>,
}

impl Found {
    const fn nobodys(outcome: &'static str) -> Self {
        Self { outcome, tenant: None, review: None }
    }

    const fn of(scope: TenantScope, outcome: &'static str) -> Self {
        Self { outcome, tenant: Some(scope.tenant()), review: None }
    }
}

/// Notes what came of a callback, once, however many look at it at the same time.
async fn finish(app: &App, id: Uuid, found: Found, now: Timestamp) -> Result<(), StoreError> {
    if !matches!(found.outcome, "settled" | "known") {
        tracing::warn!(notice = %id, outcome = found.outcome, "a payment callback was not believed");
    }
    let told = match (found.tenant, &found.review) {
        (Some(tenant), Some(_)) => Some(Told::new(app, TenantScope::of(tenant)).await?),
        _ => None,
    };
    let left = app
        .store
        .system_write_with((found, told), move |tx, (found, told)| {
            Box::pin(async move {
                let first = tx.finish_notice(id, found.tenant, found.outcome, now).await?;
                match (first, told, &found.review) {
                    (true, Some(told), Some(review)) => payment_to_check(told, tx, review).await,
                    _ => Ok(Vec::new()),
                }
            })
        })
        .await?;
    left.into_iter().for_each(|left| app.leave(left));
    Ok(())
}

/// What came of a callback; `None` if it has to wait.
async fn process(app: &App, kept: &Notice) -> Result<Option<Found>, StoreError> {
    let (token, body) = unwrap(&kept.body);
    let Ok(notice) = parse_callback(body.as_bytes()) else { return Ok(Some(Found::nobodys("not_understood"))) };
    if notice.outcome == PaymentOutcome::Pending {
        return Ok(Some(Found::nobodys("says_nothing_new")));
    }
    let is_old = app.clock.now().millis_since(kept.received_at) > STRANGE_AFTER_SECONDS * 1000;
    let Some((tenant, payment, by_checkout)) = find(app, &kept.provider, &notice).await? else {
        return Ok(is_old.then(|| Found::nobodys("unknown_reference")));
    };
    let scope = TenantScope::of(tenant);
    let known = app.store.read(scope).await?.payment(payment).await?;
    if token.as_deref().is_some_and(|token| !app.is_callback_token(scope, payment, token)) {
        return Ok(Some(Found::of(scope, "wrong_token")));
    }
    if let PaymentOutcome::Failed(reason) = &notice.outcome {
        let settled = settle(app, scope, payment, Settlement::Failed(failure(reason)), "provider").await?;
        return Ok(Some(Found::of(scope, ended(settled))));
    }
    if known.state == PaymentState::Succeeded && known.receipt == notice.receipt {
        // The same news once more, perhaps in other words: nobody has to be asked.
        return Ok(Some(Found::of(scope, "known")));
    }
    match believe(app, scope, &known, &notice, token.is_some(), by_checkout).await? {
        // Who reports what the provider knows nothing of is not asked after for ever.
        None if is_old => Ok(Some(review(scope, &known, "unconfirmed", &notice, app.clock.now()))),
        found => Ok(found),
    }
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
) -> Result<Option<Found>, StoreError> {
    let now = app.clock.now();
    if notice.amount_minor.is_some_and(|amount| amount != asked_for(payment)) {
        return Ok(Some(review(scope, payment, "amount_mismatch", notice, now)));
    }
    let mut confirmed = authentic && notice.amount_minor.is_some();
    if !confirmed {
        match ask(app, scope, payment).await? {
            Some(PaymentStatus::Succeeded { amount_minor, .. }) => {
                confirmed = amount_minor.is_none_or(|amount| amount == asked_for(payment))
                    && (amount_minor.is_some() || notice.amount_minor.is_some());
            }
            Some(PaymentStatus::Failed(_)) => {}
            // It knows of no payment yet: it will, or the reconciler ends the payment.
            Some(PaymentStatus::Pending) => return Ok(None),
            // The provider cannot be asked. Its word is taken for the prompt it was given about, over the full amount.
            Some(PaymentStatus::Unsupported) | None => confirmed = notice.amount_minor.is_some() && by_checkout,
        }
    }
    if !confirmed {
        return Ok(Some(review(scope, payment, "unconfirmed", notice, now)));
    }
    let succeeded = Settlement::Succeeded { receipt: notice.receipt.clone() };
    Ok(Some(match settle(app, scope, payment.id, succeeded, "provider").await? {
        Outcome::ReceiptReused => review(scope, payment, "receipt_reused", notice, now),
        outcome => Found::of(scope, ended(outcome)),
    }))
}

async fn ask(app: &App, scope: TenantScope, payment: &Payment) -> Result<Option<PaymentStatus>, StoreError> {
    let shop = app.shops.recent(&app.store, scope).await?;
    let (Some(gateway), Some(reference)) =
        (app.gateways.by_name(&payment.provider, &shop), &payment.provider_reference)
    else {
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

/// That a person has to look at a callback, and why.
fn review(
    scope: TenantScope,
    payment: &Payment,
    outcome: &'static str,
    notice: &PaymentNotice,
    at: Timestamp,
) -> Found {
    let payload = json!({
        "payment": payment.id, "order": payment.order, "number": payment.reference,
        "asked_for": asked_for(payment), "reported": notice.amount_minor, "receipt": notice.receipt,
    });
    tracing::error!(payment = %payment.id, outcome, tenant = %scope.tenant(), "a payment callback needs a person");
    let event = NewEvent { kind: format!("payment.{outcome}"), payload, actor: "provider".into(), at };
    let review = Review { event, order: payment.order, receipt: notice.receipt.clone() };
    Found { review: Some(review), ..Found::of(scope, outcome) }
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
