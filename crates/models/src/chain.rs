//! The chain: which tiers are asked for what, in what order.

use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};

use duka_kernel::{Clock, Timestamp};
use futures::{FutureExt, future::join_all};
use jiff::civil::Date;

use crate::{
    Ask, Asked, ChainOrder, Embeddable, Embedding, Exhausted, FailureKind, Message, ModelId, ModelsConfig, OwnModel,
    Provider, Purpose, Recording, SetupError, Speaker, Usage,
    catalogue::{Grade, Skill, catalogue, day},
    cost::Sense,
    health::Health,
    policy,
    round::{Question, Round},
    tier::Tier,
    wire::{self, Wire},
};

/// How many things are embedded by one call, and how many if there are pictures among them.
const EMBEDDED_AT_ONCE: (usize, usize) = (100, 6);

/// Tokens of a picture and of a second of sound, where the provider does not say.
const PICTURE_TOKENS: u64 = 1_000;
const SECOND_TOKENS: u64 = 32;

/// How long a tier may take to prove that it works.
const PROBE: Duration = Duration::from_secs(10);

/// The chain of models. Cheap to clone; clones share what is known about health.
#[derive(Clone)]
pub struct Models(Arc<Inner>);

struct Inner {
    clock: Clock,
    config: ModelsConfig,
    /// Those that word answers, in order; so the others.
    chat: Vec<Tier>,
    hearing: Vec<Tier>,
    embedding: Vec<Tier>,
    without_access: Vec<ModelId>,
    health: Health,
    /// Made when it is needed: it reads the certificates of the system.
    wire: OnceLock<Wire>,
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
    /// From which day on its provider no longer runs it.
    pub retires: Option<Date>,
}

/// Whether a tier works.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Probed {
    /// The model.
    pub model: ModelId,
    /// How many milliseconds it took, or why it does not work.
    pub outcome: Result<u64, FailureKind>,
}

impl Models {
    /// No models but those that shops bring themselves.
    #[must_use]
    pub fn none() -> Self {
        let config = ModelsConfig { order: ChainOrder::Off, ..ModelsConfig::default() };
        Self(Arc::new(Inner::new(config, Clock::system())))
    }

    /// The chain of an installation.
    ///
    /// # Errors
    /// If the HTTP client cannot be made.
    pub fn new(config: ModelsConfig, clock: Clock) -> Result<Self, SetupError> {
        let inner = Inner::new(config, clock);
        for model in &inner.without_access {
            tracing::warn!(%model, "a model of DUKA_LLM_CHAIN is left out: there is no key for it, or no address");
        }
        if !inner.all().is_empty() {
            let _ = inner.wire.set(Wire::new()?);
        }
        Ok(Self(Arc::new(inner)))
    }

    /// Whether a shop may name an address as that of its own model, as [`crate::check_own_address`] says for this installation.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn check_own_address(&self, text: &str) -> Result<(), String> {
        crate::check_own_address(text, self.0.config.allow_local)
    }

    /// Whether some model can word an answer.
    #[must_use]
    pub fn can_chat(&self, own: Option<&OwnModel>) -> bool {
        !self.0.for_words(Purpose::Reply, false, own).is_empty()
    }

    /// Whether some model can look at pictures.
    #[must_use]
    pub fn can_see(&self, own: Option<&OwnModel>) -> bool {
        !self.0.for_words(Purpose::Vision, true, own).is_empty()
    }

    /// The model that is asked first to look at pictures.
    #[must_use]
    pub fn sees_as(&self, own: Option<&OwnModel>) -> Option<String> {
        self.0.for_words(Purpose::Vision, true, own).first().map(|tier| tier.model.to_string())
    }

    /// Whether some model can hear.
    #[must_use]
    pub fn can_hear(&self, own: Option<&OwnModel>) -> bool {
        !self.0.for_hearing(own).is_empty()
    }

    /// Whether some model can embed texts.
    #[must_use]
    pub fn can_embed(&self, own: Option<&OwnModel>) -> bool {
        self.embeds_as(own).is_some()
    }

    /// The model that texts are embedded by, as [`Embedding::model`] names it: what was embedded by another cannot be
    /// compared with what will be.
    #[must_use]
    pub fn embeds_as(&self, own: Option<&OwnModel>) -> Option<String> {
        self.0.for_embedding(false, own).map(|tier| tier.space())
    }

    /// The same for pictures. Where it is the same model, texts and pictures can be compared.
    #[must_use]
    pub fn embeds_pictures_as(&self, own: Option<&OwnModel>) -> Option<String> {
        self.0.for_embedding(true, own).map(|tier| tier.space())
    }

    /// Asks for words, tier after tier within the budget. With a schema the answer is one JSON object, not yet held against it.
    pub async fn chat(&self, own: Option<&OwnModel>, ask: &Ask) -> Asked<String> {
        let tiers = self.0.for_words(ask.purpose, !ask.pictures.is_empty(), own);
        self.0.chat(&tiers, ask).await
    }

    /// Has a voice note written down, in the languages that are spoken. Empty if nothing is said.
    pub async fn transcribe(&self, own: Option<&OwnModel>, recording: &Recording, budget: Duration) -> Asked<String> {
        let tiers = self.0.for_hearing(own);
        let millis = wire::millis(&recording.bytes);
        let question = Question {
            purpose: Purpose::Transcribe,
            sense: Sense::Sound,
            budget,
            estimate: &|tier| match tier.model.provider {
                Provider::Gemini => Usage { input: millis.saturating_mul(SECOND_TOKENS) / 1_000, ..Usage::default() },
                _ => Usage { audio_millis: millis, ..Usage::default() },
            },
            written: |text: &String| wire::tokens(text.chars().count()),
        };
        let Some(wire) = self.0.wire() else { return nobody() };
        self.0.round().ask(&tiers, &question, |tier| wire.transcribe(tier, recording).boxed()).await
    }

    /// Places texts or pictures among their likes: one vector for each, in order, all by one model. If that one is down nothing
    /// stands in for it, because its vectors could not be compared with those that are kept.
    pub async fn embed(&self, own: Option<&OwnModel>, items: &[Embeddable], budget: Duration) -> Asked<Vec<Embedding>> {
        let has_pictures = items.iter().any(Embeddable::has_picture);
        let tier = self.0.for_embedding(has_pictures, own);
        let (Some(tier), Some(wire)) = (tier, self.0.wire()) else { return nobody() };
        let at_once = if has_pictures { EMBEDDED_AT_ONCE.1 } else { EMBEDDED_AT_ONCE.0 };
        let (tiers, end) = ([tier], tokio::time::Instant::now() + budget);
        let mut asked = Asked { result: Ok(Vec::with_capacity(items.len())), calls: Vec::new() };
        for part in items.chunks(at_once) {
            let question = Question {
                purpose: Purpose::Embed,
                sense: if has_pictures { Sense::Picture } else { Sense::Text },
                budget: end.saturating_duration_since(tokio::time::Instant::now()),
                estimate: &|_| Usage { input: part.iter().map(tokens_of).sum(), ..Usage::default() },
                written: |_: &Vec<Vec<f32>>| 0,
            };
            let answer = self.0.round().ask(&tiers, &question, |tier| wire.embed(tier, part).boxed()).await;
            asked.calls.extend(answer.calls);
            match (&mut asked.result, answer.result) {
                (Ok(all), Ok(vectors)) => {
                    all.extend(vectors.into_iter().map(|values| Embedding { model: tiers[0].space(), values }));
                }
                (_, Err(why)) => return Asked { result: Err(why), calls: asked.calls },
                (Err(_), Ok(_)) => unreachable!("the first error ends it"),
            }
        }
        asked
    }

    /// The day on which prices and ends were last compared with what the providers say.
    #[must_use]
    pub fn as_of() -> Date {
        catalogue().as_of
    }

    /// How the tiers of the installation are, in order.
    #[must_use]
    pub fn health(&self) -> Vec<TierHealth> {
        let now = self.0.clock.now();
        let health = |tier: &Tier| {
            let ailing = self.0.health.of(tier.id, now);
            TierHealth {
                model: tier.model.clone(),
                failing: ailing.map(|(kind, _)| kind),
                rests_until: ailing.and_then(|(_, until)| until),
                retires: tier.known.retires,
            }
        };
        self.0.all().into_iter().map(health).collect()
    }

    /// Tiers that the operator named and that cannot be asked: there is no key for them, or no address.
    #[must_use]
    pub fn without_access(&self) -> &[ModelId] {
        &self.0.without_access
    }

    /// Tries every tier of the installation once, whether it rests or not. It costs next to nothing. Those that only hear are
    /// not tried.
    pub async fn probe(&self) -> Vec<Probed> {
        let ask = Ask {
            purpose: Purpose::Review,
            system: "Answer with the word ok.".into(),
            messages: vec![Message { by: Speaker::Customer, text: "ok?".into() }],
            pictures: Vec::new(),
            schema: None,
            max_output: 20,
            budget: PROBE,
            who: "operator".into(),
        };
        let (ask, inner) = (&ask, &self.0);
        let text = [Embeddable::Query("ok".into())];
        let (text, Some(wire)) = (&text, inner.wire()) else { return Vec::new() };
        let tried = inner.all().into_iter().filter(|tier| tier.can(Skill::Chat) || tier.can(Skill::Embed));
        join_all(tried.map(|tier| async move {
            let begun = tokio::time::Instant::now();
            let attempt = async {
                if tier.can(Skill::Chat) {
                    wire.chat(tier, ask).await.map(drop)
                } else {
                    wire.embed(tier, text).await.map(drop)
                }
            };
            let outcome = match tokio::time::timeout(PROBE, attempt).await {
                Err(_) => Err(FailureKind::Slow),
                Ok(outcome) => outcome.map_err(|failure| failure.kind),
            };
            let millis = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
            Probed { model: tier.model.clone(), outcome: outcome.map(|()| millis) }
        }))
        .await
    }
}

impl Inner {
    fn new(config: ModelsConfig, clock: Clock) -> Self {
        let file = catalogue();
        let today = day(clock.now());
        let suggested = |ids: &[ModelId]| -> Vec<ModelId> {
            let answers = |id: &&ModelId| file.models.get(id).is_some_and(|known| known.answers_on(today));
            ids.iter().filter(answers).cloned().collect()
        };
        let (named, chain) = match &config.order {
            ChainOrder::Off => (false, Vec::new()),
            ChainOrder::Suggested => (false, suggested(&file.chain)),
            ChainOrder::Tiers(ids) => (true, ids.clone()),
        };
        // What hears and embeds is first what the chain names, then what is suggested of its providers.
        let with = |others: &[ModelId]| {
            let others =
                suggested(others).into_iter().filter(|id| chain.iter().any(|tier| tier.provider == id.provider));
            let mut ids = if named { chain.clone() } else { Vec::new() };
            ids.extend(others.filter(|id| !named || !chain.contains(id)).collect::<Vec<_>>());
            ids
        };
        let tiers = |ids: &[ModelId], skill: Skill| -> Vec<Tier> {
            let tiers = ids.iter().filter_map(|id| Tier::of_house(id, &config));
            tiers.filter(|tier| tier.can(skill)).collect()
        };
        let without_access = chain.iter().filter(|id| named && Tier::of_house(id, &config).is_none());
        Self {
            without_access: without_access.cloned().collect(),
            chat: tiers(&chain, Skill::Chat),
            hearing: tiers(&with(&file.hearing), Skill::Hear),
            embedding: tiers(&with(&file.embedding), Skill::Embed),
            health: Health::default(),
            clock,
            config,
            wire: OnceLock::new(),
        }
    }

    fn wire(&self) -> Option<&Wire> {
        if self.wire.get().is_none() {
            match Wire::new() {
                // If another was quicker, that one is as good.
                Ok(wire) => drop(self.wire.set(wire)),
                Err(error) => tracing::error!(%error, "the HTTP client for models could not be made"),
            }
        }
        self.wire.get()
    }

    fn round(&self) -> Round<'_> {
        Round { clock: &self.clock, health: &self.health, chance: policy::by_chance }
    }

    async fn chat(&self, tiers: &[Tier], ask: &Ask) -> Asked<String> {
        let Some(wire) = self.wire() else { return nobody() };
        let characters =
            ask.system.chars().count() + ask.messages.iter().map(|said| said.text.chars().count()).sum::<usize>();
        let input = wire::tokens(characters) + PICTURE_TOKENS * ask.pictures.len() as u64;
        let question = Question {
            purpose: ask.purpose,
            sense: Sense::Text,
            budget: ask.budget,
            estimate: &|_| Usage { input, ..Usage::default() },
            written: |text: &String| wire::tokens(text.chars().count()),
        };
        self.round().ask(tiers, &question, |tier| wire.chat(tier, ask).boxed()).await
    }

    /// The tiers for a question, in order.
    fn for_words(&self, purpose: Purpose, with_pictures: bool, own: Option<&OwnModel>) -> Vec<Tier> {
        let skill = if with_pictures { Skill::See } else { Skill::Chat };
        let house = || {
            let mut tiers: Vec<Tier> = self.chat.iter().filter(|tier| tier.can(skill)).cloned().collect();
            if let Some(grade) = preferred(purpose) {
                tiers.sort_by_key(|tier| tier.known.grade != grade);
            }
            tiers
        };
        self.with_own(own, house, |own| match (&own.vision, with_pictures) {
            // A model that the shop names for pictures is taken at its word.
            (Some(name), true) => Tier::of_shop(name, own, &self.config),
            _ => Tier::of_shop(&own.model.name, own, &self.config).filter(|tier| tier.can(skill)),
        })
    }

    fn for_hearing(&self, own: Option<&OwnModel>) -> Vec<Tier> {
        self.with_own(
            own,
            || self.hearing.clone(),
            |own| match &own.transcribe {
                Some(name) => Tier::of_shop(name, own, &self.config),
                None => Tier::of_shop(&own.model.name, own, &self.config).filter(|tier| tier.can(Skill::Hear)),
            },
        )
    }

    /// The one tier that embeds.
    fn for_embedding(&self, pictures: bool, own: Option<&OwnModel>) -> Option<Tier> {
        let skill = if pictures { Skill::EmbedPictures } else { Skill::Embed };
        let tiers = self.with_own(
            own,
            || self.embedding.clone(),
            |own| {
                let name = own.embed.as_ref()?;
                Tier::of_shop(name, own, &self.config).filter(|tier| !pictures || tier.can(skill))
            },
        );
        // For texts a shop's own model is taken at its word.
        tiers.into_iter().find(|tier| tier.can(skill) || tier.is_own)
    }

    /// The shop's own tier, and those of the installation only where the shop lets them be asked.
    fn with_own(
        &self,
        own: Option<&OwnModel>,
        house: impl FnOnce() -> Vec<Tier>,
        tier: impl FnOnce(&OwnModel) -> Option<Tier>,
    ) -> Vec<Tier> {
        let Some(own) = own else { return house() };
        let mut tiers: Vec<Tier> = tier(own).into_iter().collect();
        if own.fall_back {
            tiers.extend(house());
        }
        tiers
    }

    /// Every tier once.
    fn all(&self) -> Vec<&Tier> {
        let mut all: Vec<&Tier> = Vec::new();
        for tier in self.chat.iter().chain(&self.hearing).chain(&self.embedding) {
            if all.iter().all(|known| known.id != tier.id) {
                all.push(tier);
            }
        }
        all
    }
}

/// What grade of model a purpose is best served by; none where the chain's own order is.
const fn preferred(purpose: Purpose) -> Option<Grade> {
    match purpose {
        Purpose::Summary | Purpose::Extract => Some(Grade::Light),
        Purpose::Repair | Purpose::Review => Some(Grade::Full),
        Purpose::Reply | Purpose::Vision | Purpose::Transcribe | Purpose::Embed => None,
    }
}

fn tokens_of(item: &Embeddable) -> u64 {
    match item {
        Embeddable::Query(text) | Embeddable::Passage { text, .. } => wire::tokens(text.chars().count()),
        Embeddable::Picture(_) => PICTURE_TOKENS,
        Embeddable::PictureWith { text, .. } => PICTURE_TOKENS + wire::tokens(text.chars().count()),
    }
}

fn nobody<T>() -> Asked<T> {
    Asked { result: Err(Exhausted::NoTier), calls: Vec::new() }
}
