//! What language models cost a shop: every call written down, the month's budget kept, the owner told.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use duka_kernel::{ConversationId, Currency, TenantId, TenantScope, Timestamp};
use duka_models::Call;
use duka_store::{StoreError, model_calls::ModelCall};

use crate::{
    app::App,
    owner::{self, OwnerSay},
    shops::Shop,
};

/// How long what was spent counts as known. Other nodes spend as well.
const KNOWN_SECONDS: i64 = 60;

/// While nothing changes, the owner is told of it again after so long at the earliest.
const TOLD_AGAIN_MINUTES: i64 = 24 * 60;

/// Millionths of a dollar in a cent.
const MICRO_PER_CENT: i64 = 10_000;

/// What shops have spent this month, as last read.
#[derive(Debug, Default)]
pub(crate) struct Spending(Mutex<HashMap<TenantId, Spent>>);

#[derive(Clone, Copy, Debug)]
struct Spent {
    month: Timestamp,
    micro_usd: i64,
    read_at: Timestamp,
}

impl Spending {
    fn known(&self, tenant: TenantId, month: Timestamp, now: Timestamp) -> Option<i64> {
        let known = self.lock().get(&tenant).copied()?;
        let fresh = known.month == month && now.millis_since(known.read_at) < KNOWN_SECONDS * 1000;
        fresh.then_some(known.micro_usd)
    }

    fn keep(&self, tenant: TenantId, spent: Spent) {
        self.lock().insert(tenant, spent);
    }

    fn add(&self, tenant: TenantId, micro_usd: i64) {
        if let Some(spent) = self.lock().get_mut(&tenant) {
            spent.micro_usd = spent.micro_usd.saturating_add(micro_usd);
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<TenantId, Spent>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether the shop has spent what it set aside for this month; then its owner is told, once.
///
/// # Errors
/// If the database fails.
pub(crate) async fn is_over(
    app: &App,
    scope: TenantScope,
    shop: &Shop,
    about: Option<ConversationId>,
) -> Result<bool, StoreError> {
    let Some(budget) = shop.profile.models.monthly_budget.filter(|budget| budget.currency == Currency::Usd) else {
        return Ok(false);
    };
    let now = app.clock.now();
    let month = month_start(shop, now);
    let micro_usd = match app.spending.known(scope.tenant(), month, now) {
        Some(known) => known,
        None => {
            let micro_usd = app.store.read(scope).await?.model_spending(month).await?;
            app.spending.keep(scope.tenant(), Spent { month, micro_usd, read_at: now });
            micro_usd
        }
    };
    if micro_usd < budget.minor.saturating_mul(MICRO_PER_CENT) {
        return Ok(false);
    }
    owner::tell_of_shop(app, scope, shop, about, OwnerSay::ModelsBudgetSpent { budget }, month).await?;
    Ok(true)
}

/// Writes calls down. If no model is up, the owner is told.
///
/// # Errors
/// If the database fails.
pub(crate) async fn record(
    app: &App,
    scope: TenantScope,
    shop: &Shop,
    about: Option<ConversationId>,
    calls: &[Call],
    down: bool,
) -> Result<(), StoreError> {
    if !calls.is_empty() {
        let rows: Vec<ModelCall> = calls.iter().map(|call| row(call, about)).collect();
        app.spending.add(scope.tenant(), rows.iter().map(|row| row.cost_micro_usd).sum());
        app.store.write_with(scope, rows, |tx, rows| Box::pin(tx.record_model_calls(rows))).await?;
    }
    if !down {
        return Ok(());
    }
    tracing::error!(tenant = %scope.tenant(), "no language model answers; rules and templates go on");
    let since = app.clock.now().plus_minutes(-TOLD_AGAIN_MINUTES);
    owner::tell_of_shop(app, scope, shop, about, OwnerSay::ModelsDown, since).await
}

/// The beginning of the month of the shop's calendar.
fn month_start(shop: &Shop, now: Timestamp) -> Timestamp {
    let first = now.in_zone(&shop.zone).date().first_of_month();
    first.to_zoned(shop.zone.clone()).map_or(Timestamp(0), |start| start.timestamp().into())
}

fn row(call: &Call, about: Option<ConversationId>) -> ModelCall {
    let count = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    let usage = &call.usage;
    ModelCall {
        id: call.id,
        conversation: about,
        purpose: call.purpose.name().to_owned(),
        provider: call.model.provider.to_string(),
        model: call.model.name.clone(),
        input: count(usage.input),
        cached: count(usage.cached),
        cache_write: count(usage.cache_write),
        output: count(usage.output),
        reasoning: count(usage.reasoning),
        audio_millis: count(usage.audio_millis),
        estimated: usage.estimated,
        cost_micro_usd: call.cost_micro_usd,
        own_key: call.own_key,
        outcome: call.outcome.as_ref().map_or_else(|failure| failure.name(), |()| "answered").to_owned(),
        millis: count(call.millis),
        at: call.at,
    }
}
