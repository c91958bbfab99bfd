//! The languages customers write.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A language Duka understands and answers in.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English, Kenyan English included.
    #[default]
    En,
    /// Swahili as Kenyans write it.
    Sw,
    /// Sheng: Nairobi's slang, built on Swahili.
    Sheng,
}

impl Language {
    /// Every language, in the order of the enum.
    pub const ALL: [Self; 3] = [Self::En, Self::Sw, Self::Sheng];

    /// `en`, `sw` or `sheng`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Sw => "sw",
            Self::Sheng => "sheng",
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Language {
    type Err = String;
    fn from_str(s: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|l| l.code() == s)
            .ok_or_else(|| format!("{s:?} is not a language Duka speaks: use en, sw or sheng"))
    }
}
