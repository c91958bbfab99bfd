//! What a model is asked.

use std::time::Duration;

use bytes::Bytes;
use serde::{Deserialize, Serialize};

/// What a call is for: it decides which tiers are tried and is how costs are told apart.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Purpose {
    /// Wording an answer to a customer.
    Reply,
    /// The second try after an answer that could not be used.
    Repair,
    /// Looking at a picture.
    Vision,
    /// Hearing a voice note.
    Transcribe,
    /// Placing texts or pictures among their likes.
    Embed,
    /// Shortening a conversation.
    Summary,
    /// Taking facts out of a text.
    Extract,
    /// Judging what others wrote, for people to decide upon.
    Review,
}

impl Purpose {
    /// Every purpose.
    pub const ALL: [Self; 8] = [
        Self::Reply,
        Self::Repair,
        Self::Vision,
        Self::Transcribe,
        Self::Embed,
        Self::Summary,
        Self::Extract,
        Self::Review,
    ];

    /// Its name in tables and reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Reply => "reply",
            Self::Repair => "repair",
            Self::Vision => "vision",
            Self::Transcribe => "transcribe",
            Self::Embed => "embed",
            Self::Summary => "summary",
            Self::Extract => "extract",
            Self::Review => "review",
        }
    }
}

impl std::fmt::Display for Purpose {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

/// Who said a message.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Speaker {
    /// The customer.
    Customer,
    /// The shop.
    Shop,
}

/// A message of the conversation so far.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Message {
    /// Who said it.
    pub by: Speaker,
    /// What was said.
    pub text: String,
}

/// A picture.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    /// `image/jpeg`, `image/png` or `image/webp`.
    pub mime: String,
    /// The file.
    pub bytes: Bytes,
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Picture({}, {} bytes)", self.mime, self.bytes.len())
    }
}

/// The shape an answer has to have: JSON Schema, of which every provider understands `type`, `properties`, `required` (all keys),
/// `additionalProperties: false`, `items`, `enum`, `description` and `anyOf` with null, to a depth of five.
#[derive(Clone, PartialEq, Debug)]
pub struct Schema {
    /// Its name: letters, digits, `_` and `-`.
    pub name: &'static str,
    /// The schema itself.
    pub json: serde_json::Value,
}

/// One question to a model that words answers.
#[derive(Clone, Debug)]
pub struct Ask {
    /// What it is for.
    pub purpose: Purpose,
    /// The instructions.
    pub system: String,
    /// The conversation, oldest first; the last one is the customer's.
    pub messages: Vec<Message>,
    /// Pictures that belong to the last message.
    pub pictures: Vec<Picture>,
    /// The shape of the answer; free text if none.
    pub schema: Option<Schema>,
    /// The most tokens the answer may take.
    pub max_output: u32,
    /// The time for all attempts together.
    pub budget: Duration,
    /// Who is asking, as an opaque hash: providers use it against abuse.
    pub who: String,
}

/// A voice note.
#[derive(Clone)]
pub struct Recording {
    /// Such as `audio/ogg`.
    pub mime: String,
    /// The file.
    pub bytes: Bytes,
    /// Languages that may be spoken: `sw`, `en`.
    pub languages: Vec<String>,
    /// Words that may be said: names of products and places.
    pub keywords: Vec<String>,
}

impl Recording {
    /// How many milliseconds it lasts: as the file says, if it is OGG, else guessed from its length.
    #[must_use]
    pub fn millis(&self) -> u64 {
        crate::wire::millis(&self.bytes)
    }
}

impl std::fmt::Debug for Recording {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Recording({}, {} bytes)", self.mime, self.bytes.len())
    }
}

/// Something that can be placed among its likes.
#[derive(Clone, PartialEq, Debug)]
pub enum Embeddable {
    /// What is looked for, in words.
    Query(String),
    /// What may be found.
    Passage {
        /// What it is about.
        title: Option<String>,
        /// The text.
        text: String,
    },
    /// A picture.
    Picture(Picture),
    /// A picture and the words that belong to it, as one thing.
    PictureWith {
        /// The picture.
        picture: Picture,
        /// The words.
        text: String,
    },
}

impl Embeddable {
    /// Whether a picture is part of it.
    #[must_use]
    pub const fn has_picture(&self) -> bool {
        matches!(self, Self::Picture(_) | Self::PictureWith { .. })
    }
}

/// A place among likes. Only places of the same `model` can be compared.
#[derive(Clone, PartialEq, Debug)]
pub struct Embedding {
    /// The model and its dimension, `gemini/gemini-embedding-2@768`.
    pub model: String,
    /// A vector of length one.
    pub values: Vec<f32>,
}
