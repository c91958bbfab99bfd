//! The sales policy: what a message makes happen. Pure.

use duka_kernel::Language;
use duka_perception::{Mood, Perception};

use crate::{dialogue::Dialogue, effect::Effect, recall::Recall, say::Say};

/// What arrived.
#[derive(Clone, PartialEq, Debug)]
pub enum Heard {
    /// Words; `quoted` is the product of the message replied to, if it showed one.
    Text {
        /// What they say.
        perception: Perception,
        /// Stock-keeping unit of the product in the quoted message.
        quoted: Option<String>,
    },
    /// A picture, kept, with or without words.
    Picture {
        /// What the words say.
        caption: Option<Perception>,
    },
    /// A place on the map, with what the customer called it.
    Location {
        /// Name or address, if the message carried one.
        place: Option<String>,
    },
    /// A kind that cannot be read: `voice`, `sticker`, `video`, `document`, `contacts`, `empty`.
    Unsupported(String),
}

/// What a message makes happen.
#[derive(Clone, PartialEq, Debug)]
pub struct Decision {
    /// The conversation afterwards.
    pub dialogue: Dialogue,
    /// What happens outside.
    pub effects: Vec<Effect>,
    /// What is said, in order. Empty only if nothing is to be said.
    pub says: Vec<Say>,
    /// The stages entered, in order; the last is the dialogue's.
    pub passed: Vec<Stage>,
    /// The language to answer in.
    pub language: Language,
    /// How the customer sounds.
    pub mood: Mood,
}

/// Decides on the messages of one burst, oldest first.
#[must_use]
pub fn decide(dialogue: &Dialogue, heard: &[Heard], recall: &Recall<'_>) -> Decision {
    let _ = heard;
    Decision {
        dialogue: dialogue.clone(),
        effects: Vec::new(),
        says: vec![Say::NotUnderstood { again: false }],
        language: recall.customer.language.unwrap_or(recall.shop.default_language),
        mood: Mood::Neutral,
    }
}
