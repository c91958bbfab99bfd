//! The chain: which models are tried, in what order.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use duka_kernel::{Clock, Timestamp};
use secrecy::SecretString;
use url::Url;

use crate::{Ask, Asked, Embeddable, Embedding, Exhausted, FailureKind, ModelId, Provider, Recording};

/// Which models are tried for the shops of an installation.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum ChainOrder {
    /// Those that the data file suggests, as far as there are keys.
    #[default]
    Suggested,
    /// None.
    Off,
    /// These, in this order.
    Tiers(Vec<ModelId>),
}

/// How a provider is reached.
#[derive(Clone, Debug, Default)]
pub struct Access {
    /// The key. A compatible server may need none.
    pub key: Option<SecretString>,
    /// Where it listens, if not at its usual address.
    pub base: Option<Url>,
}

/// What an operator decides about models.
#[derive(Clone, Debug, Default)]
pub struct ModelsConfig {
    /// Which are tried.
    pub order: ChainOrder,
    /// How providers are reached.
    pub access: BTreeMap<Provider, Access>,
    /// Whether a shop's own model may be at an address of this machine or its network.
    pub allow_local: bool,
}

/// A model that a shop brings itself.
#[derive(Clone, Debug)]
pub struct OwnModel {
    /// Where it listens, if not at the provider's usual address. What is given is spoken to like OpenAI.
    pub base: Option<Url>,
    /// The shop's key.
    pub key: SecretString,
    /// The model that words answers.
    pub model: ModelId,
    /// The model that looks at pictures, at the same provider; without one `model`, if it is known to see.
    pub vision: Option<String>,
    /// The model that hears voice notes, at the same provider.
    pub transcribe: Option<String>,
    /// The model that embeds, at the same provider.
    pub embed: Option<String>,
    /// Whether the installation's chain is asked where the shop's own model fails or cannot do something.
    pub fall_back: bool,
}

/// How a tier is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TierHealth {
    /// The model.
    pub model: ModelId,
    /// What it failed with last, if it has not answered since.
    pub failing: Option<FailureKind>,
    /// Until when it is not asked.
    pub rests_until: Option<Timestamp>,
}

/// What is wrong with a configuration.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// The HTTP client could not be made.
    #[error("the HTTP client for models could not be made: {0}")]
    Http(String),
}

/// The chain of models. Cheap to clone; clones share what is known about health.
#[derive(Clone)]
pub struct Models(Arc<Inner>);

struct Inner {
    clock: Clock,
    tiers: Vec<ModelId>,
}

impl Models {
    /// No models: nothing is ever asked.
    #[must_use]
    pub fn none() -> Self {
        Self(Arc::new(Inner { clock: Clock::system(), tiers: Vec::new() }))
    }

    /// The chain of an installation.
    ///
    /// # Errors
    /// If a tier cannot be used.
    pub fn new(_config: ModelsConfig, clock: Clock) -> Result<Self, SetupError> {
        Ok(Self(Arc::new(Inner { clock, tiers: Vec::new() })))
    }

    /// Whether some model can word an answer.
    #[must_use]
    pub fn can_chat(&self, _own: Option<&OwnModel>) -> bool {
        !self.0.tiers.is_empty()
    }

    /// Whether some model can look at pictures.
    #[must_use]
    pub fn can_see(&self, own: Option<&OwnModel>) -> bool {
        self.can_chat(own)
    }

    /// Whether some model can hear.
    #[must_use]
    pub fn can_hear(&self, own: Option<&OwnModel>) -> bool {
        self.can_chat(own)
    }

    /// The model that texts are embedded by, as [`Embedding::model`] names it: what was embedded by another cannot be
    /// compared with what will be.
    #[must_use]
    pub fn embeds_as(&self, _own: Option<&OwnModel>) -> Option<String> {
        None
    }

    /// The same for pictures. Where it is the same model, texts and pictures can be compared.
    #[must_use]
    pub fn embeds_pictures_as(&self, _own: Option<&OwnModel>) -> Option<String> {
        None
    }

    /// Whether some model can embed texts.
    #[must_use]
    pub fn can_embed(&self, own: Option<&OwnModel>) -> bool {
        self.embeds_as(own).is_some()
    }

    /// Asks for words, tier after tier within the budget.
    pub async fn chat(&self, _own: Option<&OwnModel>, _ask: &Ask) -> Asked<String> {
        Asked { result: Err(Exhausted::NoTier), calls: Vec::new() }
    }

    /// Has a voice note written down, in the language that is spoken.
    pub async fn transcribe(
        &self,
        _own: Option<&OwnModel>,
        _recording: &Recording,
        _budget: Duration,
    ) -> Asked<String> {
        Asked { result: Err(Exhausted::NoTier), calls: Vec::new() }
    }

    /// Places texts or pictures among their likes: one vector for each, in order, all by one model.
    pub async fn embed(
        &self,
        _own: Option<&OwnModel>,
        _items: &[Embeddable],
        _budget: Duration,
    ) -> Asked<Vec<Embedding>> {
        Asked { result: Err(Exhausted::NoTier), calls: Vec::new() }
    }

    /// How the tiers of the installation are, in order.
    #[must_use]
    pub fn health(&self) -> Vec<TierHealth> {
        let _now = self.0.clock.now();
        Vec::new()
    }
}
