//! What a customer's message says: its languages, what is wanted, and what is named.
//!
//! Pure functions over text, without a model, a database or a network, so that they can be measured,
//! fuzzed and run alone (`duka eval nlu`). The one entry is [`perceive`].

mod classifier;
mod context;
mod datetime;
mod entities;
pub mod eval;
mod features;
mod filling;
mod glosses;
mod intent;
mod items;
mod language;
pub mod learning;
mod lexicon;
mod money;
mod mood;
mod normalise;
mod number;
mod payment;
mod place;
mod reference;
mod rules;
mod size;
mod slots;
mod when;
mod wishes;

use duka_kernel::Language;
use serde::{Deserialize, Serialize};

pub use self::{
    classifier::Weights,
    context::{Awaiting, Context, Shown},
    intent::Intent,
    language::Evidence,
    number::spoken_number,
    slots::Slots,
    when::{TimeOfDay, When, when},
};

/// One thing a message asks for.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Wish {
    /// What is wanted.
    pub intent: Intent,
    /// From 0 to 1. Below 0.35 the reading is a guess.
    pub confidence: f32,
    /// What this part of the message names.
    pub slots: Slots,
    /// The part of the message that says it, as written.
    pub text: String,
}

/// What a message says.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Perception {
    /// Languages in the message, the main one (to reply in) first; never empty.
    pub langs: Vec<Language>,
    /// Whether the words themselves show the language ("ok", "2" and "M" do not).
    pub language_is_clear: bool,
    /// What its words show of the languages.
    #[serde(default)]
    pub evidence: Evidence,
    /// The wish that counts most: it changes something, or asks something, or is all there is.
    pub intent: Intent,
    /// Of `intent`, from 0 to 1.
    pub confidence: f32,
    /// Everything the whole message names.
    pub slots: Slots,
    /// Every wish, in the order of the text ("add both and checkout to Utawala" is three); never empty.
    pub wishes: Vec<Wish>,
    /// How the customer sounds.
    pub mood: Mood,
}

/// How the customer sounds, so that the reply can match it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mood {
    /// Nothing special.
    #[default]
    Neutral,
    /// Joking, laughing, in high spirits.
    Playful,
    /// Unhappy, impatient or insulting.
    Angry,
}

/// Reads a message against the conversation it arrives in.
///
/// Deterministic, without I/O; looks at the first thousand characters.
#[must_use]
pub fn perceive(text: &str, context: &Context) -> Perception {
    perceive_with(Weights::built_in(), text, context)
}

/// As [`perceive`], with other weights than those built in: what training measures itself with.
#[must_use]
pub fn perceive_with(weights: Weights<'_>, text: &str, context: &Context) -> Perception {
    let message = normalise::Message::read(text);
    let whole = wishes::read(&message, context, weights);
    let shows = language::shown(&message, &whole.entities.kinds);
    let (langs, language_is_clear) = language::languages(&shows, whole.languages);
    let evidence = language::evidence(&message, &shows);
    let (wishes, main) = wishes::wishes(&message, context, &whole, weights);
    let (intent, confidence) = (wishes[main].intent, wishes[main].confidence);
    let mut slots = filling::slots(&whole.entities, intent, &message, context);
    // the words of another wish are no part of an address
    if wishes.len() > 1 && slots.address.is_some() {
        slots.address = wishes.iter().find_map(|w| w.slots.address.clone());
    }
    Perception { langs, language_is_clear, evidence, intent, confidence, slots, wishes, mood: mood::mood(&message) }
}
