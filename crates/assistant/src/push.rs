//! Telling the team's browsers of news while no page is open: a new order, a customer who waits for a person.

use duka_kernel::{OrderId, TenantScope};
use duka_providers::push::{Pushed, Signer, Subscription};
use duka_shop::team::Right;
use duka_store::{
    StoreError,
    jobs::Job,
    push::{Browser, News, Push},
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::app::App;

/// What is wrong with what a browser subscribed with, if something is.
#[must_use]
pub fn wrong_with(browser: &Browser) -> Option<&'static str> {
    read(browser).err()
}

fn read(browser: &Browser) -> Result<Subscription, &'static str> {
    Subscription::read(&browser.endpoint, &browser.p256dh, &browser.auth)
}

impl App {
    /// By what browsers know this installation when they subscribe.
    ///
    /// # Errors
    /// If it cannot be made or kept.
    pub async fn push_key(&self) -> Result<String, StoreError> {
        Ok(self.push_signer().await?.public_key())
    }

    /// By what push services know this installation; made the first time.
    async fn push_signer(&self) -> Result<Signer, StoreError> {
        let key = self.store.push_key(|| Signer::generate().ok()).await?;
        Signer::of(&key).map_err(|error| StoreError::Corrupt(error.to_string()))
    }
}

/// What becomes of news on its way.
enum Outcome {
    /// It is over.
    Over,
    /// So is everything for this browser.
    Gone,
}

/// Tells one browser of one thing.
pub(crate) async fn run(app: &App, scope: TenantScope, job: &Job) -> Result<(), StoreError> {
    let (id, done) = (job.id, job.subject);
    let push = app.store.read(scope).await?.push(job.subject).await?;
    let (outcome, subscription) = match &push {
        Some(push) => (tell(app, scope, push).await?, push.subscription),
        None => (Outcome::Over, Uuid::nil()),
    };
    let gone = matches!(outcome, Outcome::Gone);
    let finished = app.store.write(scope, move |tx| {
        Box::pin(async move {
            if gone { tx.unsubscribe(subscription).await? } else { tx.end_push(done).await? }
            tx.finish_job(id).await
        })
    });
    finished.await
}

async fn tell(app: &App, scope: TenantScope, push: &Push) -> Result<Outcome, StoreError> {
    let needed = match push.news {
        News::Order => Right::OrdersView,
        News::HandOver => Right::ConversationsView,
    };
    let system = app.store.system_read().await?;
    // Who is no longer of the team, or may not see it, is not told.
    let Some(standing) = system.standing(push.user, &scope.tenant().to_string()).await? else {
        return Ok(Outcome::Gone);
    };
    let swahili = system.user(push.user).await?.locale == "sw";
    drop(system);
    if !standing.rights.has(needed) {
        return Ok(Outcome::Over);
    }
    let Some(words) = words(app, scope, push, swahili).await? else { return Ok(Outcome::Over) };
    let Ok(to) = read(&push.browser) else { return Ok(Outcome::Gone) };
    let signer = app.push_signer().await?;
    match app.pusher.push(&signer, &to, &words.to_string(), app.clock.now()).await {
        Ok(Pushed::Taken) => Ok(Outcome::Over),
        Ok(Pushed::Gone) => Ok(Outcome::Gone),
        Ok(Pushed::Refused(status)) => {
            tracing::warn!(status, "a push service refused what it was given");
            Ok(Outcome::Over)
        }
        Err(error) => Err(StoreError::Unavailable(error.to_string())),
    }
}

/// What the browser shows; nothing if it is no news any more. It passes services of others, though encrypted: no name, no
/// number, no words of a customer.
async fn words(app: &App, scope: TenantScope, push: &Push, swahili: bool) -> Result<Option<Value>, StoreError> {
    let tx = app.store.read(scope).await?;
    let shop = tx.profile().await?.name;
    let (title, body, link) = match push.news {
        News::Order => {
            let order = match tx.order(OrderId(push.subject)).await {
                Ok(order) => order,
                Err(StoreError::NotFound) => return Ok(None),
                Err(error) => return Err(error),
            };
            let title = if swahili { "Oda mpya" } else { "New order" };
            (title, format!("{} · {}", order.number, order.total), format!("/orders/{}", order.id))
        }
        News::HandOver => {
            let Some(hand_over) = tx.hand_over(push.subject).await? else { return Ok(None) };
            if hand_over.progress.unanswered_since.is_none() {
                return Ok(None);
            }
            let (title, body) = if swahili {
                ("Mteja anasubiri mtu", "Anaomba kuongea na mtu wa duka.")
            } else {
                ("A customer waits for a person", "They ask to talk to somebody of the shop.")
            };
            (title, body.to_owned(), format!("/inbox/{}", hand_over.conversation))
        }
    };
    let title = format!("{shop}: {title}");
    Ok(Some(json!({"title": title, "body": body, "link": link, "tag": push.subject})))
}
