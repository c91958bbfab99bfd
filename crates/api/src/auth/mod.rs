//! Logging in and staying logged in: passwords, the second factor, sessions, making an account.

mod account;
mod login;
mod passwords;
mod second_factor;
mod sessions;
mod signup;

use axum::response::{IntoResponse, Response};
use duka_kernel::{Timestamp, UserId};
use duka_store::{
    SystemTx,
    sessions::Tokens,
    team::{MemberRole, ShopOfUser},
    users::User,
};
use secrecy::ExposeSecret;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

pub use self::passwords::{Passwords, hashed};
pub(crate) use self::{
    login::{Attempt, prove},
    passwords::check as check_password,
    signup::{free_slug, is_email},
};
use crate::{
    Api,
    client::{Client, keep},
    describe::{Describing, Output, Route},
    extract::Json,
    problem::Reply,
};

/// What there is here.
pub fn routes() -> Vec<Route> {
    [login::routes(), sessions::routes(), account::routes(), second_factor::routes(), signup::routes()]
        .into_iter()
        .flatten()
        .collect()
}

/// Someone, as they see themselves.
#[derive(Serialize, ToSchema)]
pub struct UserOut {
    id: Uuid,
    email: String,
    name: String,
    /// The language of their pages: `en` or `sw`.
    locale: String,
    /// Whether a second factor is asked for.
    totp: bool,
    /// Whether they run the installation.
    operator: bool,
}

impl From<User> for UserOut {
    fn from(user: User) -> Self {
        let User { id, email, name, locale, operator, totp } = user;
        Self { id: id.0, email, name, locale, totp, operator }
    }
}

/// A shop that someone is in the team of.
#[derive(Serialize, ToSchema)]
pub struct ShopRefOut {
    id: Uuid,
    slug: String,
    name: String,
    /// A built-in role, or the identity of one of the shop's own.
    role: String,
}

impl From<ShopOfUser> for ShopRefOut {
    fn from(shop: ShopOfUser) -> Self {
        Self { id: shop.tenant.0, slug: shop.slug, name: shop.name, role: role_name(shop.role) }
    }
}

/// A log-in.
#[derive(Serialize, ToSchema)]
pub struct LoginOut {
    /// Sent as `Authorization: Bearer …`. Null for a browser, which gets it as a cookie.
    token: Option<String>,
    /// Gets the next two from `POST /v1/auth/refresh`, once. Null for a browser.
    refresh_token: Option<String>,
    /// Until when the token is taken.
    expires_at: jiff::Timestamp,
    user: UserOut,
    shops: Vec<ShopRefOut>,
}

/// A role as clients name it.
pub(crate) fn role_name(role: MemberRole) -> String {
    match role {
        MemberRole::BuiltIn(role) => role.name().to_owned(),
        MemberRole::Own(id) => id.to_string(),
    }
}

/// A log-in that worked: what is told, and in a browser its cookies.
pub(crate) struct LoggedIn {
    out: LoginOut,
    tokens: Tokens,
    now: Timestamp,
    secure: bool,
}

impl LoggedIn {
    /// Tells of tokens that were given.
    pub async fn with(api: &Api, tx: &SystemTx, tokens: Tokens, now: Timestamp) -> Reply<Self> {
        let user = tx.user(tokens.user).await?.into();
        let shops = tx.shops_of(tokens.user).await?;
        let shown = |secret: &secrecy::SecretString| (!tokens.browser).then(|| secret.expose_secret().to_owned());
        let out = LoginOut {
            token: shown(&tokens.access),
            refresh_token: shown(&tokens.refresh),
            expires_at: tokens.access_until.to_jiff(),
            user,
            shops: shops.into_iter().map(ShopRefOut::from).collect(),
        };
        Ok(Self { out, tokens, now, secure: api.settings.secure })
    }
}

impl IntoResponse for LoggedIn {
    fn into_response(self) -> Response {
        let mut response = Json(self.out).into_response();
        if self.tokens.browser {
            keep(response.headers_mut(), &self.tokens, self.now, self.secure);
        }
        response
    }
}

impl Output for LoggedIn {
    fn describe(at: &mut Describing<'_>) {
        Json::<LoginOut>::describe(at);
    }
}

/// Begins a session of someone who has proved who they are.
pub(crate) async fn begin(api: &Api, user: UserId, client: &Client) -> Reply<LoggedIn> {
    let (now, browser, seen) = (api.app.clock.now(), client.browser, client.seen());
    let begun = api.app.store.system_write_with(seen, move |tx, seen| {
        Box::pin(async move { tx.begin_session(user, browser, seen, now).await })
    });
    let tokens = begun.await?;
    LoggedIn::with(api, &api.app.store.system_read().await?, tokens, now).await
}
