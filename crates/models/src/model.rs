//! Which model is meant: a provider and the name it gives the model.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// Who runs a model, which says how it is spoken to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Provider {
    /// OpenAI.
    OpenAi,
    /// Google's Gemini API.
    Gemini,
    /// Anthropic.
    Anthropic,
    /// Together AI.
    Together,
    /// Any server that speaks like OpenAI: Ollama, vLLM, llama.cpp and others.
    Compatible,
}

impl Provider {
    /// Every provider.
    pub const ALL: [Self; 5] = [Self::OpenAi, Self::Gemini, Self::Anthropic, Self::Together, Self::Compatible];

    /// Its name in `DUKA_LLM_CHAIN` and in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::OpenAi => "openai",
            Self::Gemini => "gemini",
            Self::Anthropic => "anthropic",
            Self::Together => "together",
            Self::Compatible => "compatible",
        }
    }
}

impl fmt::Display for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A model: `openai/gpt-6-luna`, `together/openai/gpt-oss-120b`, `compatible/llama3.2:3b`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ModelId {
    /// Who runs it.
    pub provider: Provider,
    /// Its name there, which may hold slashes and colons.
    pub name: String,
}

impl ModelId {
    /// A model by its parts.
    pub fn new(provider: Provider, name: impl Into<String>) -> Self {
        Self { provider, name: name.into() }
    }
}

impl fmt::Display for ModelId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.provider, self.name)
    }
}

/// A text that names no model.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error(
    "{0:?} is not a model: write provider/model, with openai, gemini, anthropic, together or compatible as provider"
)]
pub struct BadModelId(pub String);

impl FromStr for ModelId {
    type Err = BadModelId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || BadModelId(text.chars().take(100).collect());
        let (provider, name) = text.trim().split_once('/').ok_or_else(wrong)?;
        let provider = match provider.to_ascii_lowercase().as_str() {
            "openai" => Provider::OpenAi,
            "gemini" | "google" => Provider::Gemini,
            "anthropic" => Provider::Anthropic,
            "together" => Provider::Together,
            "compatible" | "openai-compatible" => Provider::Compatible,
            _ => return Err(wrong()),
        };
        // The name becomes part of an address at Gemini, so it may hold nothing that leads elsewhere.
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._:/@".contains(c);
        let is_name = !name.is_empty() && name.len() <= 200 && name.chars().all(is_plain) && !name.contains("..");
        if is_name { Ok(Self::new(provider, name)) } else { Err(wrong()) }
    }
}

impl Serialize for ModelId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ModelId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_is_a_provider_and_whatever_name_the_provider_gives_it() {
        for id in
            ["openai/gpt-6-luna", "together/openai/gpt-oss-120b", "compatible/llama3.2:3b", "gemini/gemini-3.8-flash"]
        {
            assert_eq!(id.parse::<ModelId>().unwrap().to_string(), id);
        }
        let mistral: ModelId = " openai-compatible/mistral-medium ".parse().unwrap();
        assert_eq!(mistral, ModelId::new(Provider::Compatible, "mistral-medium"));
    }

    #[test]
    fn what_could_lead_elsewhere_is_no_model() {
        for wrong in
            ["gpt-6-luna", "openai/", "acme/x", "", "gemini/../../secret", "gemini/x?key=1", "openai/a b", "openai/é"]
        {
            assert!(wrong.parse::<ModelId>().is_err(), "{wrong}");
        }
    }
}
