//! Having a model describe pictures: once for a picture, within the time there is, while no transaction is open. Whatever goes
//! wrong, what the picture looks like is known all the same.

use std::{sync::Arc, time::Duration};

use duka_kernel::{ConversationId, TenantScope};
use duka_models::{Ask, Message, Picture, Purpose, Schema, Speaker};
use duka_sales::model::{
    Description,
    description::{FOR_CATALOGUE, INSTRUCTIONS},
};
use duka_shop::models::ModelUse;
use duka_store::{StoreError, media::StoredMedia};
use duka_vision::{ImageFeatures, Route};
use serde::Serialize;
use tokio::time::Instant;

use crate::{
    app::App,
    models::{self, NoModel},
    shops::Shop,
    thinking::{LEAST, who},
};

/// The most tokens a description may take.
const OUTPUT: u32 = 400;

/// One answer and one repair of it.
const ATTEMPTS: u32 = 2;

/// How a picture came to its description, as it is kept with the turn.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Described {
    /// A model looked at it.
    Now,
    /// A model has looked at it before.
    Before,
    /// Nothing is to be gained by it: it is a product's own picture, or a payment.
    NotNeeded,
    /// A model looked at it and said nothing that could be read, now or before.
    Unreadable,
    /// No model answered in time, or none may be asked any more.
    Down,
}

/// Whose picture is described, and until when there is time.
#[derive(Clone, Copy)]
pub(crate) struct Looker<'a> {
    pub app: &'a App,
    pub scope: TenantScope,
    pub shop: &'a Shop,
    /// The conversation it is from; nothing of a picture of the catalogue.
    pub about: Option<ConversationId>,
    pub until: Instant,
}

/// Whether a model may look at pictures for this shop.
pub(crate) fn is_worth_asking(app: &App, shop: &Shop) -> bool {
    shop.profile.models.talk != ModelUse::Off && models::can_see(app, shop)
}

/// Whether a description says more than the looks: not of proofs of payment, which code judges, nor of what the shop has.
pub(crate) fn is_needed(shop: &Shop, seen: &ImageFeatures) -> bool {
    let is_known = || shop.catalogue.looks().is_some_and(|looks| looks.alike(seen).first().is_some_and(|it| it.same));
    seen.route().0 != Route::Payment && !is_known()
}

impl Looker<'_> {
    /// What a stored picture shows, as kept with the shop or by asking.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn describe(&self, stored: &StoredMedia) -> Result<(Option<Arc<Description>>, Described), StoreError> {
        let Some(model) = models::sees_as(self.app, self.shop) else { return Ok((None, Described::Down)) };
        let purpose = if self.about.is_some() { "search" } else { "catalogue" };
        let kept = self.app.store.read(self.scope).await?.description(&stored.hash, &model, purpose).await?;
        if let Some(kept) = kept {
            let read = Description::read(&kept).ok().map(Arc::new);
            let how = if read.is_some() { Described::Before } else { Described::Unreadable };
            return Ok((read, how));
        }
        let bytes = self.app.media.get(self.scope, &stored.key).await?;
        let asked = self.ask(Picture { mime: stored.content_type.clone(), bytes }).await;
        let Some(answered) = asked else { return Ok((None, Described::Down)) };
        // What could not be read is kept too: asking again would cost the same again.
        let json = answered.as_ref().map_or(Ok(String::new()), serde_json::to_string)?;
        let (hash, now) = (stored.hash.clone(), self.app.clock.now());
        let keep = self.app.store.write_with(self.scope, (hash, model, json), move |tx, (hash, model, json)| {
            Box::pin(tx.keep_description(hash, model, purpose, json, now))
        });
        keep.await?;
        let how = if answered.is_some() { Described::Now } else { Described::Unreadable };
        Ok((answered.map(Arc::new), how))
    }

    fn has_time(&self) -> bool {
        self.until.saturating_duration_since(Instant::now()) >= LEAST
    }

    /// What a model says; inside nothing if that cannot be read, outside nothing if none says anything.
    async fn ask(&self, picture: Picture) -> Option<Option<Description>> {
        let for_catalogue = self.about.is_none();
        let mut system = INSTRUCTIONS.to_owned();
        if for_catalogue {
            system.push_str(FOR_CATALOGUE);
        }
        let customer = |text: &str| Message { by: Speaker::Customer, text: text.to_owned() };
        let mut ask = Ask {
            purpose: Purpose::Vision,
            system,
            messages: vec![customer("Describe this picture.")],
            pictures: vec![picture],
            schema: Some(Schema { name: "description", json: Description::schema(for_catalogue) }),
            max_output: OUTPUT,
            budget: Duration::ZERO,
            who: who(self.about.map_or(self.scope.tenant().0, |conversation| conversation.0)),
        };
        for _ in 0..ATTEMPTS {
            if !self.has_time() {
                return None;
            }
            ask.budget = self.until.saturating_duration_since(Instant::now());
            let asked = models::chat(self.app, self.scope, self.shop, self.about, &ask);
            // The chain keeps to the budget by itself; whoever cut it off would lose what the calls cost.
            let text = match asked.await {
                Ok(text) => text,
                // Models are up and would not say anything of this picture: asking again would cost the same again.
                Err(NoModel::NoAnswer) if self.has_time() => return Some(None),
                Err(_) => return None,
            };
            match Description::read(&text) {
                Ok(description) => return Some(Some(description)),
                Err(why) => {
                    // The picture is not sent and paid for again: the words are enough to put them right.
                    ask.purpose = Purpose::Repair;
                    ask.pictures.clear();
                    let draft: String = text.chars().take(2_000).collect();
                    ask.messages.push(Message { by: Speaker::Shop, text: draft });
                    let again = format!(
                        "(The program could not read that: {why}. Write it once more as the JSON object alone.)"
                    );
                    ask.messages.push(customer(&again));
                }
            }
        }
        Some(None)
    }
}
