//! One tier of the chain: a model and how it is reached.

use std::{
    hash::{BuildHasher, RandomState},
    sync::LazyLock,
};

use secrecy::{ExposeSecret, SecretString};
use url::Url;

use crate::{
    Access, Ask, ModelId, ModelsConfig, OwnModel, Provider,
    catalogue::{Known, Skill},
    wire::is_local,
};

/// Tokens for what a model thinks before it answers, where it does: they count against the limit of its answer.
const THINKING: u32 = 1_024;

#[derive(Clone)]
pub(crate) struct Tier {
    pub model: ModelId,
    pub known: Known,
    pub base: Url,
    pub key: Option<SecretString>,
    /// Whether a shop chose the address.
    pub is_guarded: bool,
    /// Whether a shop's own key pays.
    pub is_own: bool,
    /// What health is kept by: tiers that are reached in the same way share it.
    pub id: u64,
}

impl Tier {
    /// A tier of the installation; none if there is no key, or no address where there is no usual one.
    pub fn of_house(model: &ModelId, config: &ModelsConfig) -> Option<Self> {
        let access = config.access.get(&model.provider).cloned().unwrap_or_default();
        let has_key = access.key.is_some() || model.provider == Provider::Compatible;
        let base = house_base(model.provider, &access)?;
        has_key.then(|| Self::new(model.clone(), base, access.key, false, false))
    }

    /// A tier of a shop's own model.
    pub fn of_shop(name: &str, own: &OwnModel, config: &ModelsConfig) -> Option<Self> {
        let provider = own.model.provider;
        let is_guarded = own.base.is_some() && !config.allow_local;
        let base = match &own.base {
            Some(base) => versioned(provider, base),
            None => house_base(provider, &config.access.get(&provider).cloned().unwrap_or_default())?,
        };
        // A shop without a key of its own does not get to use the installation's.
        Some(Self::new(ModelId::new(provider, name), base, Some(own.key.clone()), is_guarded, true))
    }

    fn new(model: ModelId, base: Url, key: Option<SecretString>, is_guarded: bool, is_own: bool) -> Self {
        static STATE: LazyLock<RandomState> = LazyLock::new(RandomState::new);
        let id = STATE.hash_one((&model, base.as_str(), key.as_ref().map(ExposeSecret::expose_secret), is_own));
        Self { known: Known::of(&model), id, model, base, key, is_guarded, is_own }
    }

    pub fn can(&self, skill: Skill) -> bool {
        self.known.can(skill)
    }

    /// Whether it costs nothing, being on this machine or its network.
    pub fn is_local(&self) -> bool {
        self.model.provider == Provider::Compatible && is_local(&self.base)
    }

    /// The most tokens of an answer, thinking included.
    pub fn most_output(&self, ask: &Ask) -> u32 {
        let thinks = match self.known.effort.as_deref() {
            Some(effort) => effort != "none",
            // Of a model that is not in the file nobody knows.
            None => self.known.prices.is_empty(),
        };
        ask.max_output.saturating_add(if thinks { THINKING } else { 0 })
    }

    /// Its name on what it embeds: vectors of another model, or of another length, cannot be compared.
    pub fn space(&self) -> String {
        self.known
            .dimensions
            .map_or_else(|| self.model.to_string(), |dimensions| format!("{}@{dimensions}", self.model))
    }
}

/// Where the installation reaches a provider.
fn house_base(provider: Provider, access: &Access) -> Option<Url> {
    if let Some(base) = &access.base {
        return Some(versioned(provider, base));
    }
    let usual = match provider {
        Provider::OpenAi => "https://api.openai.com/v1",
        Provider::Gemini => "https://generativelanguage.googleapis.com/v1beta",
        Provider::Anthropic => "https://api.anthropic.com/v1",
        Provider::Together => "https://api.together.ai/v1",
        Provider::Compatible => return None,
    };
    Some(usual.parse().expect("it is an address"))
}

/// The address with the version of the API, where it has no path of its own.
fn versioned(provider: Provider, base: &Url) -> Url {
    let mut url = base.clone();
    if matches!(url.path(), "" | "/") {
        url.set_path(if provider == Provider::Gemini { "v1beta" } else { "v1" });
    }
    url
}
