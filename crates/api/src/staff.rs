//! Who may call a handler, as the type of its first argument.

use std::{marker::PhantomData, ops::Deref};

use axum::{extract::FromRequestParts, http::request::Parts};
use duka_kernel::{SessionId, UserId};
use duka_shop::team::Right;
use utoipa::openapi::security::SecurityRequirement;

use crate::{
    Api,
    client::Client,
    describe::{Caller, Describing},
    principal::{AtShop, at_shop, person},
    problem::{NO_RIGHT, NOT_A_PERSON, Problem, Reply},
};

/// A right as a type, so that a handler's signature says which it needs.
pub trait Need: Send + Sync + 'static {
    /// The right.
    const RIGHT: Right;
}

macro_rules! needs {
    ($($name:ident)+) => {
        /// Each right as a type, for [`Staff`].
        pub mod right {
            $(
                #[doc = concat!("[`Right::", stringify!($name), "`](duka_shop::team::Right::", stringify!($name), ")")]
                #[derive(Clone, Copy, Debug)]
                pub struct $name;

                impl super::Need for $name {
                    const RIGHT: super::Right = super::Right::$name;
                }
            )+
        }
    };
}

needs! {
    CatalogView CatalogEdit OrdersView OrdersEdit ServicesEdit AppointmentsView AppointmentsEdit ConversationsView
    HandoffPerform CustomersView CustomersEdit FinanceView WithdrawInitiate WithdrawApprove AnalyticsView
    MarketingManage IntegrationsManage SettingsManage KnowledgeManage UsersManage AuditView
}

/// Someone, or a program, who has a right in the shop that the request names. See [`AtShop`] for what it can do.
#[derive(Clone, Debug)]
pub struct Staff<R> {
    at: AtShop,
    right: PhantomData<fn() -> R>,
}

impl<R> Deref for Staff<R> {
    type Target = AtShop;
    fn deref(&self) -> &AtShop {
        &self.at
    }
}

impl<R: Need> FromRequestParts<Api> for Staff<R> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Reply<Self> {
        // First whether the shop is theirs, then what they may do in it.
        let at = at_shop(parts, api).await?;
        if !at.rights.has(R::RIGHT) {
            return Err(NO_RIGHT.because(format!("This needs the right {}", R::RIGHT)));
        }
        Ok(Self { at, right: PhantomData })
    }
}

impl<R: Need> Caller for Staff<R> {
    fn describe(at: &mut Describing<'_>) {
        at.caller(("x-right", R::RIGHT.name()), ways_into_a_shop());
        once(at);
    }
}

/// Someone of the team, whatever they may do. Not a program.
#[derive(Clone, Debug)]
pub struct Member {
    at: AtShop,
    /// Who.
    pub user: UserId,
}

impl Deref for Member {
    type Target = AtShop;
    fn deref(&self) -> &AtShop {
        &self.at
    }
}

impl FromRequestParts<Api> for Member {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Reply<Self> {
        let at = at_shop(parts, api).await?;
        let user = at.user.ok_or_else(|| NOT_A_PERSON.problem())?;
        Ok(Self { at, user })
    }
}

impl Caller for Member {
    fn describe(at: &mut Describing<'_>) {
        at.caller(("x-caller", "member"), vec![needs(&["bearer", "tenant"]), needs(&["cookie", "csrf", "tenant"])]);
        once(at);
    }
}

/// Someone of the team or a program with the shop's key, whatever they may do.
#[derive(Clone, Debug)]
pub struct Insider(AtShop);

impl Deref for Insider {
    type Target = AtShop;
    fn deref(&self) -> &AtShop {
        &self.0
    }
}

impl FromRequestParts<Api> for Insider {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Reply<Self> {
        at_shop(parts, api).await.map(Self)
    }
}

impl Caller for Insider {
    fn describe(at: &mut Describing<'_>) {
        at.caller(("x-caller", "member"), ways_into_a_shop());
        once(at);
    }
}

/// Someone who logged in, in no shop in particular.
#[derive(Clone, Debug)]
pub struct Person {
    /// The API they call.
    pub api: Api,
    /// Who.
    pub user: UserId,
    /// Their session.
    pub session: SessionId,
}

impl FromRequestParts<Api> for Person {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Reply<Self> {
        let session = person(parts, api).await?;
        Ok(Self { api: api.clone(), user: session.user, session: session.id })
    }
}

impl Caller for Person {
    fn describe(at: &mut Describing<'_>) {
        at.caller(("x-caller", "person"), vec![needs(&["bearer"]), needs(&["cookie", "csrf"])]);
    }
}

/// Someone who runs the installation. They are in no shop's team by that.
#[derive(Clone, Debug)]
pub struct Operator {
    /// The API they call.
    pub api: Api,
    /// Who.
    pub user: UserId,
}

impl FromRequestParts<Api> for Operator {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Reply<Self> {
        let session = person(parts, api).await?;
        if !session.operator {
            return Err(NO_RIGHT.because("This is for whoever runs the installation"));
        }
        Ok(Self { api: api.clone(), user: session.user })
    }
}

impl Caller for Operator {
    fn describe(at: &mut Describing<'_>) {
        at.caller(("x-caller", "operator"), vec![needs(&["bearer"]), needs(&["cookie", "csrf"])]);
    }
}

/// Anybody at all.
#[derive(Clone, Debug)]
pub struct Anyone {
    /// The API they call.
    pub api: Api,
    /// From where.
    pub client: Client,
}

impl FromRequestParts<Api> for Anyone {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Reply<Self> {
        Ok(Self { api: api.clone(), client: Client::of(parts, api) })
    }
}

impl Caller for Anyone {
    fn describe(at: &mut Describing<'_>) {
        at.caller(("x-caller", "anyone"), vec![SecurityRequirement::default()]);
    }
}

fn ways_into_a_shop() -> Vec<SecurityRequirement> {
    vec![needs(&["bearer", "tenant"]), needs(&["api_key", "tenant"]), needs(&["cookie", "csrf", "tenant"])]
}

fn needs(schemes: &[&str]) -> SecurityRequirement {
    let none = Vec::<String>::new();
    schemes.iter().fold(SecurityRequirement::default(), |all, scheme| all.add(*scheme, none.clone()))
}

/// What is posted to a shop may be sent again without being done again.
fn once(at: &mut Describing<'_>) {
    if at.posts {
        at.header(
            "Idempotency-Key",
            false,
            "Sent again with the same key, it is not done again but answered as before",
        );
    }
}
