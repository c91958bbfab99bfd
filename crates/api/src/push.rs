//! Browsers that are told of news while no page is open.

use duka_assistant::push::wrong_with;
use duka_store::push::Browser;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    answer::Done,
    describe::Route,
    extract::Json,
    problem::{Problem, Reply},
    route,
    staff::Member,
};

pub fn routes() -> Vec<Route> {
    vec![route!(get_push_key), route!(subscribe), route!(unsubscribe)]
}

/// By what push services know this installation.
#[derive(Serialize, ToSchema)]
struct PushKeyOut {
    /// The public key, for `applicationServerKey`.
    key: String,
}

/// Get what a browser needs to subscribe.
#[utoipa::path(get, path = "/push/key", tag = "push")]
async fn get_push_key(member: Member) -> Reply<Json<PushKeyOut>> {
    Ok(Json(PushKeyOut { key: member.api.app.push_key().await? }))
}

/// A browser, as its `PushSubscription` has it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SubscriptionIn {
    #[schema(max_length = 1000)]
    endpoint: String,
    keys: SubscriptionKeys,
}

/// The keys of a browser.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SubscriptionKeys {
    /// Its public key.
    #[schema(max_length = 200)]
    p256dh: String,
    /// The secret it shares.
    #[schema(max_length = 100)]
    auth: String,
}

/// Tell this browser of new orders and of customers who wait for a person, as far as you may see them.
#[utoipa::path(post, path = "/push/subscriptions", tag = "push")]
async fn subscribe(member: Member, Json(input): Json<SubscriptionIn>) -> Reply<Done> {
    let SubscriptionIn { endpoint, keys } = input;
    if endpoint.len() > 1000 {
        return Err(Problem::field("/endpoint", "has to have at most 1000 characters"));
    }
    let browser = Browser { endpoint, p256dh: keys.p256dh, auth: keys.auth };
    if let Some(wrong) = wrong_with(&browser) {
        return Err(Problem::field("/endpoint", wrong));
    }
    let (user, now) = (member.user, member.now());
    member
        .change(browser, move |tx, browser| {
            Box::pin(async move { Ok((tx.subscribe(user, browser, now).await?, Vec::new())) })
        })
        .await?;
    Ok(Done)
}

/// Which browser.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct EndpointIn {
    endpoint: String,
}

/// Tell this browser nothing any more.
#[utoipa::path(delete, path = "/push/subscriptions", tag = "push")]
async fn unsubscribe(member: Member, Json(input): Json<EndpointIn>) -> Reply<Done> {
    let user = member.user;
    member
        .change(input.endpoint, move |tx, endpoint| {
            Box::pin(async move {
                if let Some(subscription) = tx.subscription(user, endpoint).await? {
                    tx.unsubscribe(subscription).await?;
                }
                Ok(((), Vec::new()))
            })
        })
        .await?;
    Ok(Done)
}
