//! What a shop lets language models do, and what they may cost it.

use std::{fmt, str::FromStr};

use duka_kernel::Money;
use serde::{Deserialize, Serialize};

/// How many messages of the conversation a model is shown, unless the shop says otherwise.
const HISTORY: u8 = 8;
/// The most messages a model can be shown.
pub const MOST_HISTORY: u8 = 40;

/// When a model is asked to word an answer, where there is one.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ModelUse {
    /// Never, for nothing: rules and templates answer everything, and nothing is summed up or embedded.
    Off,
    /// Only where a message was not understood.
    Unsure,
    /// Also where the talk is open: advice, comparing, feelings.
    #[default]
    Open,
}

impl ModelUse {
    /// Every choice.
    pub const ALL: [Self; 3] = [Self::Off, Self::Unsure, Self::Open];

    /// Its name in files and settings.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Unsure => "unsure",
            Self::Open => "open",
        }
    }
}

impl fmt::Display for ModelUse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for ModelUse {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.into_iter().find(|choice| choice.name() == text.trim().to_lowercase());
        found.ok_or_else(|| format!("{text:?} is not a use of models: write off, unsure or open"))
    }
}

/// What a shop lets models do. Its own key and address are credentials, not settings.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ModelRules {
    /// When they are asked.
    pub talk: ModelUse,
    /// How many messages of the conversation they are shown.
    pub history: u8,
    /// What they may cost in a month of the shop's calendar, in US dollars. Then they are not asked any more; selling goes on.
    pub monthly_budget: Option<Money>,
}

impl Default for ModelRules {
    fn default() -> Self {
        Self { talk: ModelUse::default(), history: HISTORY, monthly_budget: None }
    }
}
