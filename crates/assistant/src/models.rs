//! The one door to language models.
//!
//! Whatever asks a model asks here: this is where a shop's own model is looked up and where it is known what a call was for.

use std::time::Duration;

use duka_kernel::{ConversationId, TenantScope};
use duka_models::{Ask, Asked, Embeddable, Embedding, Exhausted, Recording};

use crate::{App, shops::Shop};

/// Why there is no answer of a model; the caller does without.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NoModel {
    /// There is no model for this.
    NotConfigured,
    /// The shop has spent what it set aside.
    OverBudget,
    /// None of the models answered, or not in time.
    AllDown,
}

/// Whether a model can word answers for this shop.
#[must_use]
pub fn can_chat(app: &App, _shop: &Shop) -> bool {
    app.models.can_chat(None)
}

/// Whether a model can look at pictures for this shop.
#[must_use]
pub fn can_see(app: &App, _shop: &Shop) -> bool {
    app.models.can_see(None)
}

/// Whether a model can hear for this shop.
#[must_use]
pub fn can_hear(app: &App, _shop: &Shop) -> bool {
    app.models.can_hear(None)
}

/// The model that embeds texts for this shop, as [`Embedding::model`] names it.
#[must_use]
pub fn embeds_as(app: &App, _shop: &Shop) -> Option<String> {
    app.models.embeds_as(None)
}

/// The same for pictures.
#[must_use]
pub fn embeds_pictures_as(app: &App, _shop: &Shop) -> Option<String> {
    app.models.embeds_pictures_as(None)
}

/// Asks for words.
///
/// # Errors
/// If no model answered; never because of what the answer says.
pub async fn chat(
    app: &App,
    _scope: TenantScope,
    _shop: &Shop,
    _about: Option<ConversationId>,
    ask: &Ask,
) -> Result<String, NoModel> {
    answered(app.models.chat(None, ask).await)
}

/// Has a voice note written down.
///
/// # Errors
/// If no model answered.
pub async fn transcribe(
    app: &App,
    _scope: TenantScope,
    _shop: &Shop,
    _about: Option<ConversationId>,
    recording: &Recording,
    budget: Duration,
) -> Result<String, NoModel> {
    answered(app.models.transcribe(None, recording, budget).await)
}

/// Places texts or pictures among their likes, in order, all by one model.
///
/// # Errors
/// If no model answered.
pub async fn embed(
    app: &App,
    _scope: TenantScope,
    _shop: &Shop,
    _about: Option<ConversationId>,
    items: &[Embeddable],
    budget: Duration,
) -> Result<Vec<Embedding>, NoModel> {
    answered(app.models.embed(None, items, budget).await)
}

fn answered<T>(asked: Asked<T>) -> Result<T, NoModel> {
    asked.result.map_err(|why| match why {
        Exhausted::NoTier => NoModel::NotConfigured,
        Exhausted::AllDown | Exhausted::NoAnswer => NoModel::AllDown,
    })
}
