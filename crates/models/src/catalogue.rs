//! What is known about models: `data/models.toml`, read once.

use std::{collections::BTreeMap, sync::LazyLock};

use duka_kernel::Timestamp;
use jiff::{civil::Date, tz::TimeZone};
use serde::Deserialize;

use crate::{ModelId, Provider};

/// What a model can do.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Skill {
    Chat,
    See,
    Hear,
    Embed,
    EmbedPictures,
}

/// What a model is good for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Grade {
    /// Simple work, cheaply.
    Light,
    /// Work where quality counts more than cost.
    Full,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Catalogue {
    #[serde(deserialize_with = "date")]
    pub as_of: Date,
    pub chain: Vec<ModelId>,
    pub hearing: Vec<ModelId>,
    pub embedding: Vec<ModelId>,
    pub unknown: Rates,
    #[serde(rename = "model", deserialize_with = "by_id")]
    pub models: BTreeMap<ModelId, Known>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Known {
    pub id: ModelId,
    pub can: Vec<Skill>,
    pub grade: Grade,
    pub effort: Option<String>,
    pub dimensions: Option<u32>,
    #[serde(default, deserialize_with = "some_date")]
    pub retires: Option<Date>,
    #[serde(default)]
    pub prices: Vec<Price>,
}

/// A price and the days on which it holds.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Price {
    #[serde(deserialize_with = "date")]
    pub from: Date,
    #[serde(default, deserialize_with = "some_date")]
    pub until: Option<Date>,
    pub rates: Rates,
    pub long: Option<Long>,
}

/// What a call costs that reads more than so many tokens.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Long {
    pub above: u64,
    pub rates: Rates,
}

/// Billionths of a US dollar for a token, or for a millisecond of sound.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rates {
    #[serde(default)]
    pub input: u64,
    pub cached: Option<u64>,
    pub cache_write: Option<u64>,
    /// Read as sound.
    pub heard: Option<u64>,
    /// Read as a picture.
    pub seen: Option<u64>,
    #[serde(default)]
    pub output: u64,
    #[serde(default)]
    pub sound: u64,
}

/// The data file.
pub(crate) fn catalogue() -> &'static Catalogue {
    static CATALOGUE: LazyLock<Catalogue> =
        LazyLock::new(|| toml::from_str(include_str!("../data/models.toml")).expect("a test reads the file"));
    &CATALOGUE
}

/// The day it is, as prices and retirements count days.
pub(crate) fn day(at: Timestamp) -> Date {
    at.to_jiff().to_zoned(TimeZone::UTC).date()
}

impl Known {
    /// What is known about a model; about one that is not in the file what its name and its provider let expect.
    pub fn of(id: &ModelId) -> Self {
        catalogue().models.get(id).cloned().unwrap_or_else(|| Self::guessed(id))
    }

    fn guessed(id: &ModelId) -> Self {
        let name = id.name.to_lowercase();
        let named = |words: &[&str]| words.iter().any(|word| name.contains(word));
        let shows_pictures_to_all = matches!(id.provider, Provider::OpenAi | Provider::Gemini | Provider::Anthropic);
        let can = if named(&["embed", "bge-", "minilm", "e5-"]) {
            vec![Skill::Embed]
        } else if named(&["whisper", "transcribe", "voxtral"]) {
            vec![Skill::Hear]
        } else if shows_pictures_to_all || named(&["vision", "-vl", "vl-", "llava", "moondream", "pixtral"]) {
            vec![Skill::Chat, Skill::See]
        } else {
            vec![Skill::Chat]
        };
        Self {
            id: id.clone(),
            can,
            grade: Grade::Full,
            effort: None,
            dimensions: None,
            retires: None,
            prices: Vec::new(),
        }
    }

    pub fn can(&self, skill: Skill) -> bool {
        self.can.contains(&skill)
    }

    /// The price on a day; before the first period the first.
    pub fn price_on(&self, day: Date) -> Option<&Price> {
        let holds = |price: &&Price| price.from <= day && price.until.is_none_or(|until| day < until);
        self.prices.iter().find(holds).or_else(|| self.prices.first())
    }

    /// Whether it still answers on a day.
    pub fn answers_on(&self, day: Date) -> bool {
        self.retires.is_none_or(|retires| day < retires)
    }
}

fn date<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
    let written = toml::value::Datetime::deserialize(deserializer)?;
    written.to_string().parse().map_err(serde::de::Error::custom)
}

fn some_date<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    date(deserializer).map(Some)
}

fn by_id<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<ModelId, Known>, D::Error> {
    let all = Vec::<Known>::deserialize(deserializer)?;
    let count = all.len();
    let models: BTreeMap<_, _> = all.into_iter().map(|known| (known.id.clone(), known)).collect();
    if models.len() == count { Ok(models) } else { Err(serde::de::Error::custom("a model is there twice")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_follow_each_other_without_gap_or_overlap() {
        for (id, known) in &catalogue().models {
            assert!(!known.prices.is_empty(), "{id} has no price");
            for pair in known.prices.windows(2) {
                assert_eq!(pair[0].until, Some(pair[1].from), "{id}");
            }
            for price in &known.prices {
                assert!(price.until.is_none_or(|until| price.from < until), "{id}");
                let is_priced = price.rates.input + price.rates.output + price.rates.sound > 0;
                assert!(is_priced, "{id} costs nothing from {}", price.from);
                assert!(
                    known.can(Skill::Chat) == (price.rates.output > 0),
                    "{id}: what words answers is paid for its words"
                );
                let long = price.long.as_ref();
                assert!(long.is_none_or(|long| long.rates.input > price.rates.input), "{id}: long prompts cost more");
            }
            assert_eq!(known.prices.last().and_then(|last| last.until), None, "{id}: the last price has no end");
        }
    }

    #[test]
    fn what_is_suggested_is_known_can_what_it_is_for_and_has_not_retired() {
        let file = catalogue();
        let suggested = [(&file.chain, Skill::Chat), (&file.hearing, Skill::Hear), (&file.embedding, Skill::Embed)];
        for (ids, skill) in suggested {
            for id in ids {
                let known = file.models.get(id).unwrap_or_else(|| panic!("{id} is not in the file"));
                assert!(known.can(skill), "{id}");
                assert!(known.answers_on(file.as_of), "{id} has retired");
            }
        }
        assert_eq!(file.chain.len(), 7);
        let providers: std::collections::BTreeSet<_> = file.chain.iter().map(|id| id.provider).collect();
        assert_eq!(providers.len(), 4, "the chain survives any provider's bad day");
    }

    #[test]
    fn a_model_that_embeds_says_how_long_its_vectors_are_where_that_can_be_chosen() {
        for (id, known) in &catalogue().models {
            let can_choose = known.can(Skill::Embed) && id.provider != Provider::Together;
            assert_eq!(known.dimensions.is_some(), can_choose, "{id}");
        }
    }

    #[test]
    fn a_model_outside_the_file_is_taken_for_what_its_name_says() {
        let can = |id: &str| Known::of(&id.parse().unwrap()).can;
        assert_eq!(can("compatible/llama3.2:3b"), [Skill::Chat]);
        assert_eq!(can("compatible/qwen2.5-vl:7b"), [Skill::Chat, Skill::See]);
        assert_eq!(can("compatible/nomic-embed-text"), [Skill::Embed]);
        assert_eq!(can("compatible/whisper-1"), [Skill::Hear]);
        assert_eq!(can("openai/gpt-7-nova"), [Skill::Chat, Skill::See]);
    }
}
