//! What an operator and a shop decide about models.

use std::collections::BTreeMap;

use secrecy::SecretString;
use url::Url;

use crate::{ModelId, Provider};

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
    /// Whether a shop's own model may be at an address of this machine or its network, or without TLS.
    pub allow_local: bool,
}

/// A model that a shop brings itself.
#[derive(Clone, Debug)]
pub struct OwnModel {
    /// Where it listens, if not where the installation reaches that provider. The provider of `model` says how it is spoken to.
    pub base: Option<Url>,
    /// The shop's key; empty if the server needs none.
    pub key: SecretString,
    /// The model that words answers.
    pub model: ModelId,
    /// The model that looks at pictures, at the same provider; without one `model`, if it can see.
    pub vision: Option<String>,
    /// The model that hears voice notes, at the same provider; without one `model`, if it can hear.
    pub transcribe: Option<String>,
    /// The model that embeds, at the same provider.
    pub embed: Option<String>,
    /// Whether the installation's chain is asked where the shop's own model fails or cannot do something.
    pub fall_back: bool,
}

/// What is wrong with a configuration.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// A variable does not hold what it has to.
    #[error("{name} is {value:?}: {problem}")]
    Variable {
        /// The variable.
        name: String,
        /// What it holds.
        value: String,
        /// What is wrong with it.
        problem: String,
    },
    /// The HTTP client could not be made.
    #[error("the HTTP client for models could not be made: {0}")]
    Http(#[from] reqwest::Error),
}

impl ModelsConfig {
    /// Reads the configuration from variables: `DUKA_LLM_CHAIN`, the keys, the addresses, `DUKA_ALLOW_LOCAL_MODELS`.
    ///
    /// # Errors
    /// If one cannot be read; the message names it and says what it has to be.
    pub fn read(variable: impl Fn(&str) -> Option<String>) -> Result<Self, SetupError> {
        let filled = |name: &str| variable(name).filter(|value| !value.trim().is_empty());
        let order = match filled("DUKA_LLM_CHAIN") {
            None => ChainOrder::Suggested,
            Some(text) if matches!(text.trim().to_ascii_lowercase().as_str(), "none" | "off") => ChainOrder::Off,
            Some(text) => ChainOrder::Tiers(tiers(&text)?),
        };
        let mut access = BTreeMap::new();
        for provider in Provider::ALL {
            let name = format!("DUKA_{}_API_BASE", provider.name().to_uppercase());
            let base = filled(&name).map(|value| base(&name, &value)).transpose()?;
            let key = filled(key_variable(provider)).map(|key| SecretString::from(key.trim().to_owned()));
            access.insert(provider, Access { key, base });
        }
        let allow_local = match filled("DUKA_ALLOW_LOCAL_MODELS").as_deref().map(str::trim) {
            None | Some("0" | "false") => false,
            Some("1" | "true") => true,
            Some(other) => return Err(wrong("DUKA_ALLOW_LOCAL_MODELS", other, "write 1 or 0")),
        };
        Ok(Self { order, access, allow_local })
    }
}

/// The variable that holds the key of a provider.
pub(crate) const fn key_variable(provider: Provider) -> &'static str {
    match provider {
        Provider::OpenAi => "OPENAI_API_KEY",
        Provider::Gemini => "GEMINI_API_KEY",
        Provider::Anthropic => "ANTHROPIC_API_KEY",
        Provider::Together => "TOGETHER_API_KEY",
        Provider::Compatible => "DUKA_COMPATIBLE_API_KEY",
    }
}

fn tiers(text: &str) -> Result<Vec<ModelId>, SetupError> {
    let parse =
        |id: &str| id.parse().map_err(|error: crate::BadModelId| wrong("DUKA_LLM_CHAIN", text, &error.to_string()));
    text.split(',').map(str::trim).filter(|id| !id.is_empty()).map(parse).collect()
}

/// The address of a provider. The version of its API may be left out, as it is in `http://127.0.0.1:4010`.
fn base(name: &str, value: &str) -> Result<Url, SetupError> {
    let problem = "write an address such as https://api.example.com/v1";
    let url = Url::parse(value.trim()).map_err(|_| wrong(name, value, problem))?;
    let is_http = matches!(url.scheme(), "http" | "https") && url.has_host();
    let is_bare = url.username().is_empty() && url.password().is_none() && url.query().is_none();
    if is_http && is_bare { Ok(url) } else { Err(wrong(name, value, problem)) }
}

fn wrong(name: &str, value: &str, problem: &str) -> SetupError {
    SetupError::Variable { name: name.into(), value: value.into(), problem: problem.into() }
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    fn read(variables: &[(&str, &str)]) -> Result<ModelsConfig, SetupError> {
        ModelsConfig::read(|name| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn a_chain_is_a_list_of_models_whose_names_may_hold_slashes_and_suffixes() {
        let config =
            read(&[("DUKA_LLM_CHAIN", "openai/gpt-6-luna, together/openai/gpt-oss-120b,compatible/mistral-medium,")])
                .unwrap();
        let ChainOrder::Tiers(tiers) = config.order else { panic!("there are tiers") };
        let names: Vec<&str> = tiers.iter().map(|id| id.name.as_str()).collect();
        assert_eq!(names, ["gpt-6-luna", "openai/gpt-oss-120b", "mistral-medium"]);
    }

    #[test]
    fn without_a_chain_the_suggested_one_is_used_and_it_can_be_turned_off() {
        assert_eq!(read(&[]).unwrap().order, ChainOrder::Suggested);
        assert_eq!(read(&[("DUKA_LLM_CHAIN", " ")]).unwrap().order, ChainOrder::Suggested);
        for off in ["none", "off", "None"] {
            assert_eq!(read(&[("DUKA_LLM_CHAIN", off)]).unwrap().order, ChainOrder::Off);
        }
    }

    #[test]
    fn keys_and_addresses_are_read_by_provider() {
        let config =
            read(&[("GEMINI_API_KEY", "k\n"), ("DUKA_COMPATIBLE_API_BASE", "http://localhost:11434/v1")]).unwrap();
        assert_eq!(config.access[&Provider::Gemini].key.as_ref().unwrap().expose_secret(), "k");
        assert!(config.access[&Provider::Compatible].base.is_some());
        assert!(config.access[&Provider::OpenAi].key.is_none());
    }

    #[test]
    fn what_cannot_be_read_names_the_variable_and_says_what_it_has_to_be() {
        let told = |variables: &[_]| read(variables).unwrap_err().to_string();
        assert!(told(&[("DUKA_LLM_CHAIN", "gpt-6-luna")]).contains("DUKA_LLM_CHAIN"));
        assert!(told(&[("DUKA_OPENAI_API_BASE", "api.openai.com")]).contains("DUKA_OPENAI_API_BASE"));
        assert!(told(&[("DUKA_GEMINI_API_BASE", "https://x.example/?key=1")]).contains("write an address"));
        assert!(told(&[("DUKA_ALLOW_LOCAL_MODELS", "yes")]).contains("1 or 0"));
    }
}
