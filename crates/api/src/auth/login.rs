//! Logging in, out, and staying in.

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, StatusCode, request::Parts},
    response::{IntoResponse, Response},
};
use duka_kernel::{Timestamp, UserId};
use duka_store::{
    sessions::Refreshed,
    users::{Proof, TryLimit},
};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{LoggedIn, begin, second_factor};
use crate::{
    Api,
    client::{Client, REFRESH_COOKIE, cookie, forget},
    describe::{Describing, Input, Output, Route},
    extract::Json,
    principal::{Principal, check_csrf, principal},
    problem::{CODE_NEEDED, LOCKED, NOT_LOGGED_IN, Problem, Reply, WRONG_LOGIN},
    route,
    staff::Anyone,
};

/// Tries on one account. The pause is as long as the window, so that a pause that is over begins a new one.
const ON_ACCOUNT: TryLimit = TryLimit { tries: 5, window: 15 * 60 * 1000, pause: 15 * 60 * 1000 };
/// Tries from one address, whoever on.
const FROM_ADDRESS: TryLimit = TryLimit { tries: 50, window: 15 * 60 * 1000, pause: 15 * 60 * 1000 };

pub fn routes() -> Vec<Route> {
    vec![route!(login), route!(refresh), route!(logout)]
}

/// A log-in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct LoginIn {
    #[schema(max_length = 254)]
    email: String,
    #[schema(max_length = 200)]
    password: String,
    /// The code of the second factor, or a recovery code, where one is asked for.
    code: Option<String>,
}

/// What somebody shows to be who they say.
pub(crate) struct Attempt<'a> {
    pub email: &'a str,
    pub password: String,
    pub code: Option<&'a str>,
    pub client: &'a Client,
}

/// Log in.
///
/// A browser that sends `X-Duka-Client: browser` gets its tokens as cookies; everybody else gets them in the answer. Where the
/// account has a second factor and no code is sent, the answer is 401 `code_needed`. After five tries that failed, none is taken
/// for 15 minutes, whether or not there is such an account.
#[utoipa::path(post, path = "/auth/login", tag = "auth")]
async fn login(caller: Anyone, Json(input): Json<LoginIn>) -> Reply<LoggedIn> {
    let attempt =
        Attempt { email: &input.email, password: input.password, code: input.code.as_deref(), client: &caller.client };
    let user = prove(&caller.api, attempt).await?;
    begin(&caller.api, user, &caller.client).await
}

/// Who it is, if password and code are right.
///
/// # Errors
/// If not, or if there were too many tries.
pub(crate) async fn prove(api: &Api, attempt: Attempt<'_>) -> Reply<UserId> {
    let account = format!("account:{}", attempt.email.trim().to_lowercase());
    count(api, account.clone(), ON_ACCOUNT).await?;
    count_from(api, attempt.client).await?;
    let proof = proof(api, attempt.email).await?;
    let hash = proof.as_ref().map(|proof| proof.password.clone());
    let right = api.passwords.verify(attempt.password, hash).await?;
    let proof = proof.filter(|_| right).ok_or_else(|| WRONG_LOGIN.problem())?;
    if proof.totp_on {
        let code = attempt.code.ok_or_else(|| CODE_NEEDED.problem())?;
        if !second_factor::is_right(api, &proof, code).await? {
            return Err(WRONG_LOGIN.problem());
        }
    }
    api.app.store.system_write_with(account, |tx, account| Box::pin(tx.forget_tries(account))).await?;
    Ok(proof.user)
}

/// Counts a try on an account by somebody who is logged in to it, as [`prove`] counts log-ins.
///
/// # Errors
/// If there were too many.
pub(super) async fn count_on(api: &Api, user: UserId) -> Reply<()> {
    count(api, format!("user:{user}"), ON_ACCOUNT).await
}

/// Counts a try from an address.
///
/// # Errors
/// If there were too many.
pub(super) async fn count_from(api: &Api, client: &Client) -> Reply<()> {
    count(api, format!("address:{}", client.address), FROM_ADDRESS).await
}

async fn count(api: &Api, what: String, limit: TryLimit) -> Reply<()> {
    let now = api.app.clock.now();
    let counted = api.app.store.system_write_with(what, move |tx, what| Box::pin(tx.count_try(what, limit, now)));
    match counted.await? {
        Some(until) => Err(locked(until, now)),
        None => Ok(()),
    }
}

fn locked(until: Timestamp, now: Timestamp) -> Problem {
    LOCKED.problem().after(until.millis_since(now) / 1000 + 1)
}

async fn proof(api: &Api, email: &str) -> Reply<Option<Proof>> {
    let tx = api.app.store.system_read().await?;
    match tx.user_by_email(email).await? {
        Some(user) => Ok(tx.proof(user.id).await?),
        None => Ok(None),
    }
}

/// What a program sends to stay logged in; a browser sends nothing.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RefreshIn {
    /// As the last log-in or refresh gave it.
    refresh_token: Option<String>,
}

/// The refresh token in a browser's cookies, once it proved that the page is ours.
struct RefreshCookie(Option<String>);

impl FromRequestParts<Api> for RefreshCookie {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &Api) -> Reply<Self> {
        Ok(Self(cookie(&parts.headers, REFRESH_COOKIE).map(str::to_owned)))
    }
}

impl Input for RefreshCookie {
    fn describe(_: &mut Describing<'_>) {}
}

/// Every header.
struct Headers(HeaderMap);

impl FromRequestParts<Api> for Headers {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &Api) -> Reply<Self> {
        Ok(Self(parts.headers.clone()))
    }
}

impl Input for Headers {
    fn describe(_: &mut Describing<'_>) {}
}

/// Get the next tokens.
///
/// Each refresh token is taken once. One that comes a second time ends the session, because somebody has a copy of it. A browser
/// sends no body: its token is in a cookie.
#[utoipa::path(post, path = "/auth/refresh", tag = "auth")]
async fn refresh(
    caller: Anyone,
    RefreshCookie(cookie): RefreshCookie,
    Headers(headers): Headers,
    input: Option<Json<RefreshIn>>,
) -> Reply<LoggedIn> {
    let api = &caller.api;
    let sent = input.and_then(|Json(input)| input.refresh_token);
    let now = api.app.clock.now();
    let by_cookie = sent.is_none();
    let token = sent.or(cookie).ok_or_else(|| NOT_LOGGED_IN.problem())?;
    if by_cookie {
        let expected = api.app.store.system_read().await?.csrf_of_refresh(&token)?;
        check_csrf(&headers, &expected.ok_or_else(|| NOT_LOGGED_IN.problem())?)?;
    }
    let refreshed = api.app.store.system_write_with(token, move |tx, token| Box::pin(tx.refresh_session(token, now)));
    match refreshed.await? {
        Refreshed::Tokens(tokens) => LoggedIn::with(api, &api.app.store.system_read().await?, tokens, now).await,
        Refreshed::Reused(user) => {
            tracing::warn!(%user, "a refresh token came twice; its session was ended");
            Err(NOT_LOGGED_IN.problem())
        }
        Refreshed::Unknown => Err(NOT_LOGGED_IN.problem()),
    }
}

/// Whose session a request is of, if it is of one.
struct Leaving(Option<Principal>);

impl FromRequestParts<Api> for Leaving {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Reply<Self> {
        match principal(parts, api).await {
            Ok(principal) => Ok(Self(Some(principal))),
            Err(problem) if problem.code == NOT_LOGGED_IN => Ok(Self(None)),
            Err(problem) => Err(problem),
        }
    }
}

impl Input for Leaving {
    fn describe(_: &mut Describing<'_>) {}
}

/// Done; a browser forgets its cookies.
struct LoggedOut {
    secure: bool,
}

impl IntoResponse for LoggedOut {
    fn into_response(self) -> Response {
        let mut response = StatusCode::NO_CONTENT.into_response();
        forget(response.headers_mut(), self.secure);
        response
    }
}

impl Output for LoggedOut {
    fn describe(at: &mut Describing<'_>) {
        crate::answer::Done::describe(at);
    }
}

/// Log out: end this session.
///
/// It is no failure if there is none any more.
#[utoipa::path(post, path = "/auth/logout", tag = "auth")]
async fn logout(caller: Anyone, Leaving(principal): Leaving, RefreshCookie(cookie): RefreshCookie) -> Reply<LoggedOut> {
    let api = &caller.api;
    if let Some(Principal::Person(session)) = principal {
        let end = api.app.store.system_write(move |tx| Box::pin(tx.end_session(session.user, session.id)));
        end.await?;
    } else if let Some(token) = cookie {
        let end = api.app.store.system_write_with(token, |tx, token| Box::pin(tx.end_session_by_refresh(token)));
        end.await?;
    }
    Ok(LoggedOut { secure: api.settings.secure })
}
