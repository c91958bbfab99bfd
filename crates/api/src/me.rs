//! Who one is, here.

use duka_kernel::Language;
use duka_shop::team::Right;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    auth::{ShopRefOut, UserOut, role_name},
    describe::Route,
    extract::Json,
    onboarding,
    problem::{Check, Reply},
    route,
    staff::{Member, Person},
};

/// The languages of the pages.
const LOCALES: [&str; 2] = ["en", "sw"];

pub fn routes() -> Vec<Route> {
    vec![route!(get_me), route!(update_me)]
}

/// Who one is in a shop.
#[derive(Serialize, ToSchema)]
struct MeOut {
    user: UserOut,
    shop: ShopOut,
    /// A built-in role, or the identity of one of the shop's own.
    role: String,
    /// What one may do, such as `orders:view`.
    rights: Vec<&'static str>,
    /// The steps of setting the shop up that are done.
    onboarding: Vec<String>,
    /// Every shop whose team one is of, this one included, by name.
    shops: Vec<ShopRefOut>,
}

/// The shop, as far as every page needs it.
#[derive(Serialize, ToSchema)]
struct ShopOut {
    id: Uuid,
    slug: String,
    name: String,
    /// ISO 4217.
    currency: &'static str,
    /// IANA.
    timezone: String,
    /// What its customers are spoken to until theirs is known.
    language: &'static str,
    /// What it trades in, if it says so.
    kind: Option<String>,
}

/// Tell who you are in this shop, and what you may do.
#[utoipa::path(get, path = "/me", tag = "me")]
async fn get_me(member: Member) -> Reply<Json<MeOut>> {
    let system = member.api.app.store.system_read().await?;
    let (user, shops) = (system.user(member.user).await?, system.shops_of(member.user).await?);
    drop(system);
    let tx = member.read().await?;
    let (shop, onboarding) = (tx.shop().await?, onboarding::done(&tx).await?);
    let profile = shop.profile;
    Ok(Json(MeOut {
        user: user.into(),
        shop: ShopOut {
            id: shop.id.0,
            slug: profile.slug,
            name: profile.name,
            currency: profile.currency.code(),
            timezone: profile.timezone,
            language: Language::code(profile.default_language),
            kind: shop.settings.get("kind").cloned(),
        },
        role: member.role.map(role_name).unwrap_or_default(),
        rights: member.rights.iter().map(Right::name).collect(),
        onboarding,
        shops: shops.into_iter().map(ShopRefOut::from).collect(),
    }))
}

/// What one changes about oneself.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MeIn {
    #[schema(min_length = 1, max_length = 100)]
    name: Option<String>,
    /// The language of your pages: `en` or `sw`.
    locale: Option<String>,
}

/// Change your name or the language of your pages.
#[utoipa::path(patch, path = "/me", tag = "me")]
async fn update_me(caller: Person, Json(input): Json<MeIn>) -> Reply<Json<UserOut>> {
    Check::new()
        .text(input.name.as_deref().unwrap_or("-"), 100, "/name")
        .that(input.locale.as_deref().is_none_or(|locale| LOCALES.contains(&locale)), "/locale", "has to be en or sw")
        .done()?;
    let user = caller.user;
    let update = caller.api.app.store.system_write_with(input, move |tx, input| {
        Box::pin(async move {
            tx.update_user(user, input.name.as_deref(), input.locale.as_deref()).await?;
            tx.user(user).await
        })
    });
    Ok(Json(update.await?.into()))
}
