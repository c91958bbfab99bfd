//! A linear classifier: for each hashed feature a row of small weights, one an intent and one a language.

use crate::{Intent, features::BUCKETS};

/// The trained table; `cargo run -p duka-perception --release --example train` writes it.
static WEIGHTS: &[u8] = include_bytes!("../data/weights.bin");

/// Intents, then English, Swahili, Sheng.
pub const CLASSES: usize = INTENTS + 3;
/// How many of the classes are intents.
pub const INTENTS: usize = Intent::ALL.len();
/// Magic, version, hash of the training data, scale.
pub const HEADER: usize = 4 + 4 + 8 + 4;
/// The first bytes of a weights file.
pub const MAGIC: &[u8; 4] = b"DKW1";

/// The hash of the data the built-in weights were trained on.
#[must_use]
pub fn data_hash() -> u64 {
    WEIGHTS.get(8..16).and_then(|b| b.try_into().ok()).map_or(0, u64::from_le_bytes)
}

/// Probabilities of the intents and of the main languages.
pub(crate) struct Scores {
    pub(crate) intents: [f32; INTENTS],
    pub(crate) languages: [f32; 3],
}

/// Training fits its own messages too closely to be believed on others; so much of the scores makes the mean
/// confidence on held-out messages their accuracy.
const CAUTION: f32 = 0.8;

/// A trained table: header, then a row of bytes a bucket.
#[derive(Clone, Copy)]
pub struct Weights<'w>(pub &'w [u8]);

impl Weights<'static> {
    /// The table that the product is built with.
    #[must_use]
    pub const fn built_in() -> Self {
        Self(WEIGHTS)
    }
}

impl Weights<'_> {
    /// What the table makes of a message's features.
    pub(crate) fn classify(self, features: &[u32]) -> Scores {
        let mut sums = [0_i32; CLASSES];
        let scale = self.0.get(16..20).and_then(|b| b.try_into().ok()).map_or(0.0, f32::from_le_bytes);
        if let Some(table) = self.0.get(HEADER..).filter(|t| t.len() == BUCKETS * CLASSES) {
            for feature in features {
                let row = &table[*feature as usize * CLASSES..][..CLASSES];
                for (sum, weight) in sums.iter_mut().zip(row) {
                    *sum += i32::from(weight.cast_signed());
                }
            }
        }
        // long messages have more features; their evidence is not independent
        let damp = CAUTION * scale / norm(features.len());
        let mut scores = Scores { intents: [0.0; INTENTS], languages: [0.0; 3] };
        for (score, sum) in scores.intents.iter_mut().chain(&mut scores.languages).zip(sums) {
            *score = sum as f32 * damp;
        }
        softmax(&mut scores.intents);
        softmax(&mut scores.languages);
        scores
    }
}

/// The length by which the sums of a message with so many features are divided, in training and in use.
#[must_use]
pub fn norm(features: usize) -> f32 {
    (features.max(1) as f32).sqrt()
}

/// Scores into probabilities.
pub fn softmax(scores: &mut [f32]) {
    let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut total = 0.0;
    for score in scores.iter_mut() {
        *score = (*score - most).exp();
        total += *score;
    }
    for score in scores {
        *score /= total;
    }
}
