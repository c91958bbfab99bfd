//! How the assistant sounds, and which language models help it.

use duka_assistant::{own_model, preview};
use duka_shop::models::ModelUse;
use duka_shop::profile::{EmojiUse, Personality, Tone};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::part::{Known, Part, Writing, major, text};
use crate::{
    extract::Json,
    principal::AtShop,
    problem::{Check, Reply},
};

/// The voice.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum VoiceTone {
    Warm,
    Playful,
    Formal,
}

impl From<Tone> for VoiceTone {
    fn from(tone: Tone) -> Self {
        match tone {
            Tone::Warm => Self::Warm,
            Tone::Playful => Self::Playful,
            Tone::Formal => Self::Formal,
        }
    }
}

impl From<VoiceTone> for Tone {
    fn from(tone: VoiceTone) -> Self {
        match tone {
            VoiceTone::Warm => Self::Warm,
            VoiceTone::Playful => Self::Playful,
            VoiceTone::Formal => Self::Formal,
        }
    }
}

/// How many emoji.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum VoiceEmoji {
    None,
    Some,
    Many,
}

impl From<EmojiUse> for VoiceEmoji {
    fn from(emoji: EmojiUse) -> Self {
        match emoji {
            EmojiUse::None => Self::None,
            EmojiUse::Some => Self::Some,
            EmojiUse::Many => Self::Many,
        }
    }
}

impl From<VoiceEmoji> for EmojiUse {
    fn from(emoji: VoiceEmoji) -> Self {
        match emoji {
            VoiceEmoji::None => Self::None,
            VoiceEmoji::Some => Self::Some,
            VoiceEmoji::Many => Self::Many,
        }
    }
}

/// What the assistant is after: `help` answers what is asked, `balanced` also suggests what else might please.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum SalesGoal {
    Help,
    Balanced,
}

/// How the assistant sounds.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SettingsPersonality {
    /// What it calls itself; empty for nothing.
    #[schema(max_length = 40)]
    name: String,
    tone: VoiceTone,
    emoji: VoiceEmoji,
    sales_goal: SalesGoal,
    #[serde(default)]
    version: i64,
}

impl SettingsPersonality {
    fn check(&self) -> Reply<()> {
        Check::new().that(self.name.chars().count() <= 40, "/name", "has at most 40 characters").done()
    }
}

impl Part for SettingsPersonality {
    const NAME: &'static str = "personality";

    fn read(known: &Known) -> Self {
        let profile = &known.shop.profile;
        Self {
            name: profile.personality.name.clone().unwrap_or_default(),
            tone: profile.personality.tone.into(),
            emoji: profile.personality.emoji.into(),
            sales_goal: if profile.modules.recommendations { SalesGoal::Balanced } else { SalesGoal::Help },
            version: 0,
        }
    }

    fn version(&mut self) -> &mut i64 {
        &mut self.version
    }

    fn write(&self, _: &Known, into: &mut Writing) -> Reply<()> {
        self.check()?;
        into.key("personality", json!({"name": text(&self.name), "tone": self.tone, "emoji": self.emoji}))
            .key("modules", json!({"recommendations": self.sales_goal == SalesGoal::Balanced}));
        Ok(())
    }

    fn place(&self, pointer: &str) -> String {
        pointer.replace("/personality", "").replace("/modules/recommendations", "/sales_goal")
    }
}

/// What a customer might write, and how the assistant is to sound.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PreviewIn {
    settings: SettingsPersonality,
    #[schema(min_length = 1, max_length = 500)]
    message: String,
}

/// What would be answered.
#[derive(Serialize, ToSchema)]
pub struct PreviewOut {
    reply: String,
}

/// What the assistant would answer a new customer if it sounded so. Nothing is saved or sent.
pub async fn answer(staff: &AtShop, input: PreviewIn) -> Reply<Json<PreviewOut>> {
    let PreviewIn { settings, message } = input;
    Check::new().text(&message, 500, "/message").done()?;
    settings.check()?;
    let personality = Personality {
        name: Some(settings.name.trim().to_owned()).filter(|name| !name.is_empty()),
        tone: settings.tone.into(),
        emoji: settings.emoji.into(),
    };
    let suggests = settings.sales_goal == SalesGoal::Balanced;
    let reply = preview::answer(&staff.api.app, staff.scope, personality, suggests, &message).await?;
    Ok(Json(PreviewOut { reply }))
}

/// When a language model helps: never, where a sentence is hard, or also where the talk is open.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum ModelsMode {
    Off,
    Hard,
    All,
}

impl From<ModelUse> for ModelsMode {
    fn from(talk: ModelUse) -> Self {
        match talk {
            ModelUse::Off => Self::Off,
            ModelUse::Unsure => Self::Hard,
            ModelUse::Open => Self::All,
        }
    }
}

impl From<ModelsMode> for ModelUse {
    fn from(mode: ModelsMode) -> Self {
        match mode {
            ModelsMode::Off => Self::Off,
            ModelsMode::Hard => Self::Unsure,
            ModelsMode::All => Self::Open,
        }
    }
}

/// Which language models help, and what they may cost.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SettingsModels {
    mode: ModelsMode,
    /// `openai`, `gemini`, `anthropic`, `together` or `compatible`, for a model of the shop's own; empty for the
    /// installation's.
    provider: String,
    /// Its name there; empty for the installation's.
    #[schema(max_length = 200)]
    model: String,
    /// Where a compatible server listens: a public address with https.
    #[serde(default)]
    #[schema(required = false, max_length = 300)]
    api_base: String,
    /// The model that looks at pictures, at the same provider; empty for the same one.
    #[serde(default)]
    #[schema(required = false, max_length = 200)]
    vision: String,
    /// The model that hears voice notes, at the same provider; empty for the same one.
    #[serde(default)]
    #[schema(required = false, max_length = 200)]
    transcribe: String,
    /// The model that embeds, at the same provider; empty for none.
    #[serde(default)]
    #[schema(required = false, max_length = 200)]
    embed: String,
    /// Whether the installation's models are asked where the shop's own cannot answer.
    #[serde(default)]
    #[schema(required = false)]
    fall_back: bool,
    /// What they may cost in a month, in cents of a US dollar; 0 is without limit.
    #[schema(minimum = 0, maximum = 100_000_000)]
    monthly_budget: i64,
    /// What they have cost this month, in cents of a US dollar. Not to be changed.
    #[serde(default)]
    spent: i64,
    /// Whether a key is kept. Not to be changed.
    #[serde(default)]
    has_key: bool,
    /// The shop's own key. It is written and never read; null keeps the one there is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(write_only, max_length = 500)]
    key: Option<String>,
    #[serde(default)]
    version: i64,
}

const MICRO_PER_CENT: i64 = 10_000;

impl Part for SettingsModels {
    const NAME: &'static str = "models";

    fn read(known: &Known) -> Self {
        let rules = &known.shop.profile.models;
        let said = |name: &str| known.shop.settings.get(name).cloned().unwrap_or_default();
        let own = said("models.own");
        let (provider, model) = own.split_once('/').unwrap_or_default();
        Self {
            mode: rules.talk.into(),
            provider: provider.to_owned(),
            model: model.to_owned(),
            api_base: said("models.api_base"),
            vision: said("models.vision"),
            transcribe: said("models.transcribe"),
            embed: said("models.embed"),
            fall_back: own_model::is_on(&said("models.fall_back")),
            monthly_budget: rules.monthly_budget.map_or(0, |budget| budget.minor),
            spent: known.spent / MICRO_PER_CENT,
            has_key: known.has("models.api_key"),
            key: None,
            version: 0,
        }
    }

    fn version(&mut self) -> &mut i64 {
        &mut self.version
    }

    fn settled(self) -> Self {
        Self { spent: 0, ..self }
    }

    fn write(&self, known: &Known, into: &mut Writing) -> Reply<()> {
        let (provider, model) = (self.provider.trim(), self.model.trim());
        let own = if provider.is_empty() && model.is_empty() { String::new() } else { format!("{provider}/{model}") };
        let name = |name: &str| name.trim().is_empty() || own_model::check_name(&format!("{provider}/{name}")).is_ok();
        let address = self.api_base.trim();
        let reached = if address.is_empty() { Ok(()) } else { known.models.check_own_address(address) };
        let budget = Some(self.monthly_budget).filter(|cents| *cents != 0);
        Check::new()
            .that(own.is_empty() || own_model::check_name(&own).is_ok(), "/model", "is no model of a provider we know")
            .that(name(&self.vision), "/vision", "is no name of a model")
            .that(name(&self.transcribe), "/transcribe", "is no name of a model")
            .that(name(&self.embed), "/embed", "is no name of a model")
            .that(reached.is_ok(), "/api_base", reached.as_ref().err().map_or("", String::as_str))
            .that(own.is_empty() || provider != "compatible" || !address.is_empty(), "/api_base", "is missing")
            .that((0..=100_000_000).contains(&self.monthly_budget), "/monthly_budget", "has to be 0 to 100,000,000")
            .done()?;
        let free = [
            ("models.own", own.as_str()),
            ("models.api_base", address),
            ("models.vision", self.vision.trim()),
            ("models.transcribe", self.transcribe.trim()),
            ("models.embed", self.embed.trim()),
            ("models.fall_back", if self.fall_back { "yes" } else { "" }),
        ];
        let said = |value: &str| Some(value.to_owned()).filter(|value| !value.is_empty());
        into.free.extend(free.map(|(name, value)| (name.to_owned(), said(value))));
        if own.is_empty() {
            into.forgotten.push("models.api_key".to_owned());
        } else {
            into.secret("models.api_key", self.key.as_ref());
        }
        let budget = budget.map_or(serde_json::Value::Null, |cents| major(cents, duka_kernel::Currency::Usd));
        into.key("models", json!({"use": ModelUse::from(self.mode).name(), "monthly_budget_usd": budget}));
        Ok(())
    }

    fn place(&self, pointer: &str) -> String {
        pointer.replace("/models/use", "/mode").replace("/models/monthly_budget_usd", "/monthly_budget")
    }
}
