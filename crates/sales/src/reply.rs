//! What goes out: parts in order, each one message on the channel.

use serde::{Deserialize, Serialize};

use crate::dialogue::Wording;

/// The answer to a turn.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Reply {
    /// One message each, in order.
    pub parts: Vec<Part>,
    /// The wordings it uses, for [`crate::Dialogue::remember_words`].
    #[serde(skip)]
    pub wordings: Vec<Wording>,
}

/// How a part is shown, on channels that can.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PartKind {
    /// Words.
    Text,
    /// A picture with a caption.
    Image,
    /// A list to choose from; four to ten options.
    List,
    /// Up to three buttons.
    Buttons,
}

/// One message out.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Part {
    /// How it is shown.
    pub kind: PartKind,
    /// The words, or the caption. Complete by itself: options are written out in it as well, for channels
    /// that show only text.
    pub text: String,
    /// The product's picture, as the catalogue names it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub image: Option<String>,
    /// The product a picture shows, so that a quoted picture can be traced to it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub sku: Option<String>,
    /// What can be chosen.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub options: Vec<Choice>,
}

/// One thing to choose.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Choice {
    /// What the customer may type.
    pub n: u32,
    /// At most 24 characters, as WhatsApp's lists take it.
    pub title: String,
    /// At most 72 characters.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub description: Option<String>,
    /// Set where the option is a product.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub sku: Option<String>,
}
