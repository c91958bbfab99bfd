//! What whoever runs the installation does. They see shops and figures; what customers write they see only after saying why,
//! for an hour, and the shop's own audit log says so.

use duka_kernel::{Currency, TenantId, TenantScope, Timestamp};
use duka_shop::file::new_profile;
use duka_store::{
    audit::{Actor, Change},
    operator::Usage,
};
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::{
    answer::{Created, List},
    auth::free_slug,
    describe::Route,
    extract::{Json, Path, Query},
    problem::{Check, NOT_FOUND, Reply},
    route,
    staff::Operator,
};

/// For how long conversations may be read after saying why.
const ACCESS_MINUTES: i64 = 60;
/// After how many minutes work that waits is too late.
const LATE_MINUTES: i64 = 5;
/// A month, for figures of no named time.
const MONTH: i64 = 30 * 24 * 60 * 60;

pub fn routes() -> Vec<Route> {
    vec![
        route!(list_tenants),
        route!(create_tenant),
        route!(update_tenant),
        route!(get_usage),
        route!(get_health),
        route!(access_content),
    ]
}

/// A shop.
#[derive(Serialize, ToSchema)]
struct TenantOut {
    id: Uuid,
    slug: String,
    name: String,
    created_at: jiff::Timestamp,
}

/// List every shop, by short name.
#[utoipa::path(get, path = "/operator/tenants", tag = "operator")]
async fn list_tenants(caller: Operator) -> Reply<Json<List<TenantOut>>> {
    let shops = caller.api.app.store.system_read().await?.tenants().await?;
    let row = |shop: duka_store::tenants::TenantSummary| TenantOut {
        id: shop.id.0,
        slug: shop.slug,
        name: shop.name,
        created_at: shop.created_at.to_jiff(),
    };
    Ok(Json(List::whole(shops.into_iter().map(row).collect())))
}

/// A shop to make.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TenantIn {
    #[schema(min_length = 1, max_length = 100)]
    name: String,
    /// ISO 4217; KES if nothing is said.
    currency: Option<String>,
    /// IANA; Africa/Nairobi if nothing is said.
    timezone: Option<String>,
}

/// A shop that was made, with its first key this once.
#[derive(Serialize, ToSchema)]
struct NewTenantOut {
    id: Uuid,
    slug: String,
    name: String,
    /// May do everything in the shop. It is not shown again.
    key: String,
}

/// Make a shop. Its short name is made from its name.
#[utoipa::path(post, path = "/operator/tenants", tag = "operator")]
async fn create_tenant(caller: Operator, Json(input): Json<TenantIn>) -> Reply<Created<NewTenantOut>> {
    let currency = input.currency.as_deref().map_or(Some(Currency::Kes), Currency::from_code);
    let timezone = input.timezone.unwrap_or_else(|| "Africa/Nairobi".to_owned());
    Check::new()
        .text(&input.name, 100, "/name")
        .that(currency.is_some(), "/currency", "has to be one of KES, UGX, TZS, RWF, USD")
        .that(jiff::tz::TimeZone::get(&timezone).is_ok(), "/timezone", "is no time zone")
        .done()?;
    let mut profile = new_profile("", input.name.trim(), currency.unwrap_or(Currency::Kes));
    profile.timezone = timezone;
    profile.delivery.pickup = true;
    let (user, now) = (caller.user, caller.api.app.clock.now());
    let made = caller.api.app.store.system_write_with(profile, move |tx, profile| {
        Box::pin(async move {
            let mut profile = profile.clone();
            profile.slug = free_slug(tx, &profile.name).await?;
            let tenant = tx.create_tenant(&profile, now).await?;
            let shop = tx.within(TenantScope::of(tenant));
            shop.upsert_channel("console", &format!("console:{}", profile.slug), None, now).await?;
            let change = Change::new("shop.created").of("shop", tenant).to(json!({"slug": profile.slug}));
            shop.audit(Actor::Operator(user), &change, now).await?;
            let (_, key) = shop.create_api_key("first", now).await?;
            Ok((tenant, profile.slug, profile.name, key))
        })
    });
    let (TenantId(id), slug, name, key) = made.await?;
    Ok(Created(NewTenantOut { id, slug, name, key: key.expose_secret().to_owned() }))
}

/// What of a shop is changed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TenantChangeIn {
    #[schema(min_length = 1, max_length = 100)]
    name: String,
}

/// Change what a shop is called.
#[utoipa::path(patch, path = "/operator/tenants/{tenant}", tag = "operator")]
async fn update_tenant(
    caller: Operator,
    Path(tenant): Path<Uuid>,
    Json(input): Json<TenantChangeIn>,
) -> Reply<Json<TenantOut>> {
    Check::new().text(&input.name, 100, "/name").done()?;
    let scope = TenantScope::of(TenantId(tenant));
    let (user, now) = (caller.user, caller.api.app.clock.now());
    let change = caller.api.app.store.write_with(scope, input.name.trim().to_owned(), move |tx, name| {
        Box::pin(async move {
            let mut profile = tx.profile().await?;
            let before = std::mem::replace(&mut profile.name, name.clone());
            tx.save_profile(&profile).await?;
            let change = Change::new("shop.renamed").from(json!({"name": before})).to(json!({"name": name}));
            tx.audit(Actor::Operator(user), &change, now).await
        })
    });
    change.await?;
    let Json(all) = list_tenants(caller).await?;
    let found = all.items.into_iter().find(|shop| shop.id == tenant);
    found.map(Json).ok_or_else(|| NOT_FOUND.problem())
}

/// From when to when.
#[derive(Deserialize, IntoParams)]
struct UsageIn {
    /// From then on; 30 days ago if nothing is said.
    from: Option<jiff::Timestamp>,
    /// Before then; now if nothing is said.
    to: Option<jiff::Timestamp>,
}

/// What a shop came to.
#[derive(Serialize, ToSchema)]
struct UsageOut {
    id: Uuid,
    slug: String,
    name: String,
    /// People in its team.
    members: i64,
    /// Orders that were placed.
    orders: i64,
    /// What was paid for them, in minor units of the shop's currency.
    revenue: i64,
    /// Questions to language models.
    model_calls: i64,
    /// What they cost, in millionths of a US dollar.
    model_cost_micro_usd: i64,
}

impl From<Usage> for UsageOut {
    fn from(usage: Usage) -> Self {
        Self {
            id: usage.tenant.0,
            slug: usage.slug,
            name: usage.name,
            members: usage.members,
            orders: usage.orders,
            revenue: usage.revenue,
            model_calls: usage.model_calls,
            model_cost_micro_usd: usage.model_cost,
        }
    }
}

/// Tell what each shop came to in some time.
#[utoipa::path(get, path = "/operator/usage", tag = "operator")]
async fn get_usage(caller: Operator, Query(time): Query<UsageIn>) -> Reply<Json<List<UsageOut>>> {
    let to = time.to.map_or_else(|| caller.api.app.clock.now(), Timestamp::from);
    let from = time.from.map_or_else(|| to.plus_seconds(-MONTH), Timestamp::from);
    let usage = caller.api.app.store.system_read().await?.usage(from, to).await?;
    Ok(Json(List::whole(usage.into_iter().map(UsageOut::from).collect())))
}

/// How the installation is.
#[derive(Serialize, ToSchema)]
struct HealthOut {
    version: &'static str,
    /// Whether the database has the version that this program needs.
    database: bool,
    /// Messages that should have been sent five minutes ago.
    unsent_messages: i64,
    /// Payments that should have been asked about five minutes ago.
    unchecked_payments: i64,
    /// Jobs that were given up.
    parked_jobs: i64,
}

/// Tell how the installation is.
#[utoipa::path(get, path = "/operator/health", tag = "operator")]
async fn get_health(caller: Operator) -> Reply<Json<HealthOut>> {
    let store = &caller.api.app.store;
    let late = caller.api.app.clock.now().plus_minutes(-LATE_MINUTES);
    let backlog = store.system_read().await?.backlog(late).await?;
    Ok(Json(HealthOut {
        version: env!("CARGO_PKG_VERSION"),
        database: store.check_version().await.is_ok(),
        unsent_messages: backlog.unsent,
        unchecked_payments: backlog.unchecked_payments,
        parked_jobs: backlog.parked_jobs,
    }))
}

/// Why conversations have to be read.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ContentAccessIn {
    /// The shop's team reads it in its audit log.
    #[schema(min_length = 10, max_length = 500)]
    reason: String,
}

/// For how long they may be read.
#[derive(Serialize, ToSchema)]
struct ContentAccessOut {
    ends_at: jiff::Timestamp,
}

/// Read a shop's conversations for an hour, having said why.
///
/// Until then, requests with the shop in `X-TENANT-ID` have the right `conversations:view` and no other.
#[utoipa::path(post, path = "/operator/tenants/{tenant}/content-access", tag = "operator")]
async fn access_content(
    caller: Operator,
    Path(tenant): Path<Uuid>,
    Json(input): Json<ContentAccessIn>,
) -> Reply<Created<ContentAccessOut>> {
    let length = input.reason.trim().chars().count();
    Check::new().that((10..=500).contains(&length), "/reason", "has to have 10 to 500 characters").done()?;
    let scope = TenantScope::of(TenantId(tenant));
    let (user, now) = (caller.user, caller.api.app.clock.now());
    let ends_at = now.plus_minutes(ACCESS_MINUTES);
    let allowed = caller.api.app.store.write_with(scope, input.reason, move |tx, reason| {
        Box::pin(async move {
            tx.shop().await?;
            tx.allow_content(user, ends_at, now).await?;
            let told = json!({"reason": reason.trim(), "ends_at": ends_at.to_jiff()});
            tx.audit(Actor::Operator(user), &Change::new("operator.content_access").to(told), now).await
        })
    });
    allowed.await?;
    Ok(Created(ContentAccessOut { ends_at: ends_at.to_jiff() }))
}
