//! What training needs of this crate: the features of a message and the shape of the weights file.
//!
//! Training itself is the example `train`; the product only reads its result.

use crate::{context::Context, entities::Entities, features, language, normalise::Message};

pub use crate::{
    classifier::{CLASSES, HEADER, INTENTS, MAGIC, Weights, data_hash, norm, softmax},
    features::{BUCKETS, VERSION},
};

/// The buckets of a message's features, ascending, each once.
#[must_use]
pub fn features_of(text: &str, context: &Context) -> Vec<u32> {
    let message = Message::read(text);
    let entities = Entities::read(&message, context);
    features::features(&message, context, &entities)
}

/// Whether the words of a message show a language: "2", "M" and "Rongai" do not.
#[must_use]
pub fn shows_language(text: &str, context: &Context) -> bool {
    let message = Message::read(text);
    let kinds = Entities::read(&message, context).kinds;
    language::shown(&message, &kinds).iter().any(|s| *s != language::Shows::Nothing)
}

/// The fingerprint of training data: files by name and content, in the order given.
#[must_use]
pub fn fingerprint<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> u64 {
    let bytes =
        files.into_iter().flat_map(|(name, content)| name.bytes().chain([0]).chain(content.iter().copied()).chain([0]));
    features::fnv(bytes.chain(VERSION.to_le_bytes()))
}
