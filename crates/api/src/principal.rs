//! Who calls, and for which shop: by the browser's cookies, by a bearer token, or by a shop's key.

use axum::http::{HeaderMap, Method, header, request::Parts};
use duka_kernel::{SessionId, TenantScope, Timestamp, UserId};
use duka_shop::team::{Right, Rights};
use duka_store::{
    StoreError,
    api_keys::KeyStanding,
    audit::{Actor, Change},
    sessions::Session,
    team::MemberRole,
};
use futures::future::BoxFuture;
use secrecy::SecretString;
use subtle::ConstantTimeEq;

use crate::{
    Api,
    client::{ACCESS_COOKIE, cookie},
    problem::{NO_CSRF, NO_SHOP, NOT_A_PERSON, NOT_FOUND, NOT_LOGGED_IN, Problem, Reply},
};

/// The header, or for GET the parameter, that names the shop.
pub const TENANT: &str = "x-tenant-id";
/// The header with a shop's key.
pub const KEY: &str = "x-tenant-api-key";
/// The header in which a browser sends back what its `duka_csrf` cookie holds.
pub const CSRF: &str = "x-csrf-token";

/// Who calls.
#[derive(Clone, Debug)]
pub enum Principal {
    /// Someone who logged in.
    Person(Session),
    /// A program with a shop's key.
    Key(KeyStanding),
}

/// Someone, or a program, at work in one shop.
#[derive(Clone, Debug)]
pub struct AtShop {
    /// The API they work through.
    pub api: Api,
    /// The shop.
    pub scope: TenantScope,
    /// Who it is, as the audit log says it.
    pub actor: Actor,
    /// The person; none for a program.
    pub user: Option<UserId>,
    /// Their session; none for a program.
    pub session: Option<SessionId>,
    /// Their role; none for a program.
    pub role: Option<MemberRole>,
    /// What they may do.
    pub rights: Rights,
}

/// What a unit of work gives: its outcome, and what is to be written into the audit log.
pub type Changed<T> = Result<(T, Vec<Change>), StoreError>;

impl AtShop {
    /// The moment it is now.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.api.app.clock.now()
    }

    /// A consistent view of the shop.
    ///
    /// # Errors
    /// If no connection is to be had.
    pub async fn read(&self) -> Reply<duka_store::Tx> {
        Ok(self.api.app.store.read(self.scope).await?)
    }

    /// Changes something of the shop: all of it or nothing, with the audit log in the same transaction. The unit may run
    /// more than once, as in [`duka_store::Store::write`].
    ///
    /// # Errors
    /// What the unit gave, in which case nothing has changed; or that the commit failed.
    pub async fn change<I, T, F>(&self, input: I, unit: F) -> Reply<T>
    where
        I: Send + Sync + 'static,
        T: Send + 'static,
        F: for<'a> Fn(&'a duka_store::Tx, &'a I) -> BoxFuture<'a, Changed<T>> + Send + Sync + 'static,
    {
        let (actor, now) = (self.actor, self.now());
        let done = self.api.app.store.write_with(self.scope, (input, unit), move |tx, (input, unit)| {
            Box::pin(async move {
                let (outcome, changes) = unit(tx, input).await?;
                for change in &changes {
                    tx.audit(actor, change, now).await?;
                }
                Ok(outcome)
            })
        });
        Ok(done.await?)
    }

    /// Writes down something that was done elsewhere, such as by the assistant's own functions.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn note(&self, change: Change) -> Reply<()> {
        self.change(change, |_, change| {
            let changes = vec![change.clone()];
            Box::pin(async move { Ok(((), changes)) })
        })
        .await
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok()).filter(|text| !text.is_empty())
}

/// Whether a request changes nothing.
fn is_safe(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// Who calls.
///
/// # Errors
/// If nobody known does, or a browser's change does not prove that the page is ours.
pub async fn principal(parts: &mut Parts, api: &Api) -> Reply<Principal> {
    if let Some(known) = parts.extensions.get::<Principal>() {
        return Ok(known.clone());
    }
    let now = api.app.clock.now();
    let found = if let Some(key) = text(&parts.headers, KEY) {
        let tx = api.app.store.system_read().await?;
        let standing = tx.api_key(&SecretString::from(key), now).await?;
        Principal::Key(standing.ok_or_else(|| NOT_LOGGED_IN.problem())?)
    } else {
        Principal::Person(session(parts, api, now).await?)
    };
    touch(api, &found, now).await?;
    parts.extensions.insert(found.clone());
    Ok(found)
}

async fn session(parts: &Parts, api: &Api, now: Timestamp) -> Reply<Session> {
    let bearer = text(&parts.headers, header::AUTHORIZATION.as_str())
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, token)| token.trim());
    let cookie = cookie(&parts.headers, ACCESS_COOKIE);
    let Some(token) = bearer.or(cookie) else { return Err(NOT_LOGGED_IN.problem()) };
    let tx = api.app.store.system_read().await?;
    let session = tx.session_by_access(token, now).await?.ok_or_else(|| NOT_LOGGED_IN.problem())?;
    if bearer.is_none() && !is_safe(&parts.method) {
        check_csrf(&parts.headers, &tx.csrf(session.id)?)?;
    }
    Ok(session)
}

/// Makes sure that the page a browser sends from could read our cookie, which no other site's can.
///
/// # Errors
/// If it did not send it back.
pub fn check_csrf(headers: &HeaderMap, expected: &str) -> Reply<()> {
    let sent = text(headers, CSRF).unwrap_or_default();
    if bool::from(sent.as_bytes().ct_eq(expected.as_bytes())) { Ok(()) } else { Err(NO_CSRF.problem()) }
}

/// Writes down, about once a minute, that a session or key is in use.
async fn touch(api: &Api, principal: &Principal, now: Timestamp) -> Reply<()> {
    match principal {
        Principal::Person(session) if session.touch => {
            let id = session.id;
            api.app.store.system_write(move |tx| Box::pin(async move { tx.touch_session(id, now).await })).await?;
        }
        Principal::Key(key) if key.touch => {
            let (id, scope) = (key.key, TenantScope::of(key.tenant));
            api.app.store.write(scope, move |tx| Box::pin(async move { tx.touch_api_key(id, now).await })).await?;
        }
        _ => {}
    }
    Ok(())
}

/// The person who calls.
///
/// # Errors
/// If nobody known does, or a program.
pub async fn person(parts: &mut Parts, api: &Api) -> Reply<Session> {
    match principal(parts, api).await? {
        Principal::Person(session) => Ok(session),
        Principal::Key(_) => Err(NOT_A_PERSON.problem()),
    }
}

/// Who calls, at work in the shop that the request names. A shop that is not theirs is not there for them.
///
/// # Errors
/// If nobody known calls, no shop is named, or it is not theirs.
pub async fn at_shop(parts: &mut Parts, api: &Api) -> Reply<AtShop> {
    if let Some(known) = parts.extensions.get::<AtShop>() {
        return Ok(known.clone());
    }
    let principal = principal(parts, api).await?;
    let named = shop_named(parts)?;
    let found = match principal {
        Principal::Key(key) => at_shop_of_key(api, &key, named.as_deref()).await?,
        Principal::Person(session) => at_shop_of_person(api, session, named.as_deref()).await?,
    };
    parts.extensions.insert(found.clone());
    Ok(found)
}

async fn at_shop_of_person(api: &Api, session: Session, named: Option<&str>) -> Reply<AtShop> {
    let named = named.ok_or_else(|| NO_SHOP.problem())?;
    let tx = api.app.store.system_read().await?;
    let at = |tenant, actor, role, rights| AtShop {
        api: api.clone(),
        scope: TenantScope::of(tenant),
        actor,
        user: Some(session.user),
        session: Some(session.id),
        role,
        rights,
    };
    if let Some(standing) = tx.standing(session.user, named).await? {
        return Ok(at(standing.tenant, Actor::User(session.user), Some(standing.role), standing.rights));
    }
    // Who runs the installation is in no shop's team, but may have said why they have to read its conversations.
    if session.operator
        && let Some((tenant, _)) = tx.content_access(session.user, named, api.app.clock.now()).await?
    {
        let reading = [Right::ConversationsView].into_iter().collect();
        return Ok(at(tenant, Actor::Operator(session.user), None, reading));
    }
    Err(no_such_shop())
}

/// What somebody who was let into a shop some time ago may do there now.
///
/// # Errors
/// If their session has ended, or the shop is no longer theirs.
pub async fn still_at_shop(at: &AtShop) -> Reply<Rights> {
    let id = at.session.ok_or_else(|| NOT_LOGGED_IN.problem())?;
    let session = at.api.app.store.system_read().await?.session(id, at.now()).await?;
    let session = session.ok_or_else(|| NOT_LOGGED_IN.problem())?;
    Ok(at_shop_of_person(&at.api, session, Some(&at.scope.tenant().to_string())).await?.rights)
}

async fn at_shop_of_key(api: &Api, key: &KeyStanding, named: Option<&str>) -> Reply<AtShop> {
    if let Some(named) = named.filter(|named| *named != key.tenant.to_string()) {
        let by_slug = api.app.store.system_read().await?.tenant_by_slug(named).await?;
        if by_slug != Some(key.tenant) {
            return Err(no_such_shop());
        }
    }
    Ok(AtShop {
        api: api.clone(),
        scope: TenantScope::of(key.tenant),
        actor: Actor::Key(key.key),
        user: None,
        session: None,
        role: None,
        rights: key.rights,
    })
}

fn no_such_shop() -> Problem {
    NOT_FOUND.because("There is no such shop")
}

/// The shop that a request names: in the header, or for what a browser cannot send headers with, in the address.
fn shop_named(parts: &Parts) -> Reply<Option<String>> {
    if let Some(named) = text(&parts.headers, TENANT) {
        return Ok(Some(named.to_owned()));
    }
    let query = parts.uri.query().unwrap_or_default();
    let named = url::form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "tenant");
    let named = named.filter(|_| is_safe(&parts.method)).map(|(_, value)| value.into_owned());
    if named.as_ref().is_some_and(|named| named.contains('\0')) { Err(no_such_shop()) } else { Ok(named) }
}
