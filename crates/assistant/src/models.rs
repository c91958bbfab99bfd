//! The one door to language models.
//!
//! Whatever asks a model asks here: the shop's own model goes first, its budget is kept, every call becomes a row, and the
//! owner is told when nothing answers.

use std::{
    collections::HashSet,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use duka_kernel::{ConversationId, TenantId, TenantScope};
use duka_models::{Ask, Asked, Embeddable, Embedding, Exhausted, Message, Purpose, Recording, Speaker};
use duka_store::StoreError;

use crate::{App, shops::Shop, spending};

/// Why there is no answer of a model; the caller does without.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NoModel {
    /// There is no model for this.
    NotConfigured,
    /// The shop has spent what it set aside.
    OverBudget,
    /// None of the models answers now.
    AllDown,
    /// None of them answered this, or not in time.
    NoAnswer,
}

/// Whether a model can word answers for this shop.
#[must_use]
pub fn can_chat(app: &App, shop: &Shop) -> bool {
    app.models.can_chat(shop.own_model.as_ref())
}

/// Whether a model can look at pictures for this shop.
#[must_use]
pub fn can_see(app: &App, shop: &Shop) -> bool {
    app.models.can_see(shop.own_model.as_ref())
}

/// The model that is asked first to look at pictures for this shop.
#[must_use]
pub fn sees_as(app: &App, shop: &Shop) -> Option<String> {
    app.models.sees_as(shop.own_model.as_ref())
}

/// Whether a model can hear for this shop.
#[must_use]
pub fn can_hear(app: &App, shop: &Shop) -> bool {
    app.models.can_hear(shop.own_model.as_ref())
}

/// Whether a model can embed texts for this shop.
#[must_use]
pub fn can_embed(app: &App, shop: &Shop) -> bool {
    app.models.can_embed(shop.own_model.as_ref())
}

/// The model that embeds texts for this shop, as [`Embedding::model`] names it.
#[must_use]
pub fn embeds_as(app: &App, shop: &Shop) -> Option<String> {
    app.models.embeds_as(shop.own_model.as_ref())
}

/// The same for pictures.
#[must_use]
pub fn embeds_pictures_as(app: &App, shop: &Shop) -> Option<String> {
    app.models.embeds_pictures_as(shop.own_model.as_ref())
}

/// Asks for words.
///
/// # Errors
/// If no model answered; never because of what the answer says.
pub async fn chat(
    app: &App,
    scope: TenantScope,
    shop: &Shop,
    about: Option<ConversationId>,
    ask: &Ask,
) -> Result<String, NoModel> {
    let asking = Asking { app, scope, shop, about };
    asking.within_budget().await?;
    let asked = app.models.chat(shop.own_model.as_ref(), ask).await;
    // Those that see or hear may be down while others word answers.
    let tells = ask.pictures.is_empty();
    match asked.result {
        Err(Exhausted::Late) => asking.find_out(),
        Err(Exhausted::AllDown) if !tells => asking.find_out(),
        _ => {}
    }
    asking.answered(asked, tells).await
}

/// Has a voice note written down.
///
/// # Errors
/// If no model answered.
pub async fn transcribe(
    app: &App,
    scope: TenantScope,
    shop: &Shop,
    about: Option<ConversationId>,
    recording: &Recording,
    budget: Duration,
) -> Result<String, NoModel> {
    let asking = Asking { app, scope, shop, about };
    asking.within_budget().await?;
    let asked = app.models.transcribe(shop.own_model.as_ref(), recording, budget).await;
    if matches!(asked.result, Err(Exhausted::AllDown | Exhausted::Late)) {
        asking.find_out();
    }
    asking.answered(asked, false).await
}

/// Places texts or pictures among their likes, in order, all by one model.
///
/// # Errors
/// If no model answered.
pub async fn embed(
    app: &App,
    scope: TenantScope,
    shop: &Shop,
    about: Option<ConversationId>,
    items: &[Embeddable],
    budget: Duration,
) -> Result<Vec<Embedding>, NoModel> {
    let asking = Asking { app, scope, shop, about };
    asking.within_budget().await?;
    let asked = app.models.embed(shop.own_model.as_ref(), items, budget).await;
    asking.answered(asked, false).await
}

/// So many times the patience of a message models have to prove that one of them answers: 40 s.
const PROOF: u32 = 5;

/// Asks for a word, and tells the owner if it does not come.
async fn are_down(app: &App, scope: TenantScope, about: Option<ConversationId>) -> Result<(), StoreError> {
    let shop = app.shops.now(&app.store, scope).await?;
    let ask = Ask {
        purpose: Purpose::Review,
        system: "Answer with the word ok.".into(),
        messages: vec![Message { by: Speaker::Customer, text: "ok?".into() }],
        pictures: Vec::new(),
        schema: None,
        max_output: 20,
        budget: app.settings.patience * PROOF,
        who: "operator".into(),
    };
    let asked = app.models.chat(shop.own_model.as_ref(), &ask).await;
    let down = matches!(asked.result, Err(Exhausted::AllDown | Exhausted::Late));
    spending::record(app, scope, &shop, about, &asked.calls, down).await
}

/// The shops for which it is being found out whether models are down.
#[derive(Debug, Default)]
pub(crate) struct Doubts(Mutex<HashSet<TenantId>>);

impl Doubts {
    /// False if it is being found out already.
    fn begin(&self, tenant: TenantId) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(tenant)
    }

    fn end(&self, tenant: TenantId) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&tenant);
    }
}

/// Who asks, and about what.
struct Asking<'a> {
    app: &'a App,
    scope: TenantScope,
    shop: &'a Shop,
    about: Option<ConversationId>,
}

impl Asking<'_> {
    /// Nothing is asked once the shop has spent what it set aside. If that cannot be known, it is asked: a customer waits.
    async fn within_budget(&self) -> Result<(), NoModel> {
        match spending::is_over(self.app, self.scope, self.shop, self.about).await {
            Ok(true) => Err(NoModel::OverBudget),
            Ok(false) => Ok(()),
            Err(error) => {
                tracing::error!(%error, tenant = %self.scope.tenant(), "what models have cost could not be read");
                Ok(())
            }
        }
    }

    /// Writes the calls down, and `tells` the owner if every model is down. An answer is not lost because that fails.
    async fn answered<T>(&self, asked: Asked<T>, tells: bool) -> Result<T, NoModel> {
        let down = tells && matches!(asked.result, Err(Exhausted::AllDown));
        if let Err(error) = spending::record(self.app, self.scope, self.shop, self.about, &asked.calls, down).await {
            tracing::error!(%error, tenant = %self.scope.tenant(), "calls of models could not be written down");
        }
        asked.result.map_err(|why| match why {
            Exhausted::NoTier => NoModel::NotConfigured,
            Exhausted::AllDown => NoModel::AllDown,
            Exhausted::Late | Exhausted::NoAnswer => NoModel::NoAnswer,
        })
    }

    /// Asks those that there was no time for, beside what goes on, so that the owner knows soon if all of them are down.
    fn find_out(&self) {
        let tenant = self.scope.tenant();
        if !self.app.doubts.begin(tenant) {
            return;
        }
        let (app, scope, about) = (self.app.clone(), self.scope, self.about);
        tokio::spawn(async move {
            if let Err(error) = are_down(&app, scope, about).await {
                tracing::error!(%error, %tenant, "whether models are down could not be found out");
            }
            app.doubts.end(tenant);
        });
    }
}
