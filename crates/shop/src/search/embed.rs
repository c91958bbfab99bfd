//! Text as vectors, made locally: known words by what they mean, all words by how they are written.

use super::{
    lexicon::{Lexicon, Term},
    words::words,
};

/// Numbers for what words mean: one for each concept of `concepts.tsv`.
pub(super) const CONCEPTS: usize = 104;
/// Numbers for how words are written: hashed words and groups of three letters.
const LETTERS: usize = 24;
/// Length of a vector.
pub const DIMENSIONS: usize = CONCEPTS + LETTERS;
/// The part of a vector's squared length that is meaning.
const MEANING: f32 = 0.8;

/// The vector of a text, of length 1, or all zeros if the text has no words that count. Equal texts
/// have equal vectors on every machine.
#[must_use]
pub fn embed(text: &str) -> [f32; DIMENSIONS] {
    let mut sum = Sum::default();
    sum.add(&Lexicon::get().terms(&words(text)), 1.0);
    sum.finish()
}

/// How near two vectors of length 1 are: their cosine.
pub(crate) fn cosine(a: &[f32; DIMENSIONS], b: &[f32; DIMENSIONS]) -> f32 {
    // Sixteen sums at a time, so that the compiler can use the processor's wide registers.
    let mut sums = [0.0f32; 16];
    for (a, b) in a.as_chunks::<16>().0.iter().zip(b.as_chunks::<16>().0) {
        for lane in 0..16 {
            sums[lane] += a[lane] * b[lane];
        }
    }
    sums.iter().sum()
}

/// A vector being added up from parts of a text.
pub(super) struct Sum([f32; DIMENSIONS]);

impl Default for Sum {
    fn default() -> Self {
        Self([0.0; DIMENSIONS])
    }
}

impl Sum {
    /// Adds terms, counted `weight` times.
    pub(super) fn add(&mut self, terms: &[Term], weight: f32) {
        for term in terms {
            if let Some(meaning) = term.meaning {
                for (concept, strength) in &meaning.concepts {
                    self.0[usize::from(*concept)] += strength * weight;
                }
            }
            if !term.meaning.is_some_and(|meaning| meaning.stop) {
                for word in term.key.split(' ') {
                    self.add_letters(word, weight);
                }
            }
        }
    }

    fn add_letters(&mut self, word: &str, weight: f32) {
        self.add_hash(word.bytes(), weight);
        let edged = || [b'^'].into_iter().chain(word.bytes()).chain([b'$']);
        for at in 0..word.len() {
            self.add_hash(edged().skip(at).take(3), weight * 0.4);
        }
    }

    fn add_hash(&mut self, bytes: impl Iterator<Item = u8>, weight: f32) {
        // FNV-1a: short, and the same everywhere.
        let hash = bytes
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
        let sign = if hash >> 63 == 0 { weight } else { -weight };
        self.0[CONCEPTS + (hash >> 20) as usize % LETTERS] += sign;
    }

    /// The vector, scaled to length 1 with meaning and letters in their shares.
    pub(super) fn finish(mut self) -> [f32; DIMENSIONS] {
        let (meaning, letters) = self.0.split_at_mut(CONCEPTS);
        let has_letters = scale(letters, (1.0 - MEANING).sqrt());
        let has_meaning = scale(meaning, MEANING.sqrt());
        if has_letters != has_meaning {
            scale(&mut self.0, 1.0);
        }
        self.0
    }
}

/// Gives a vector a length; whether it had one.
fn scale(part: &mut [f32], to: f32) -> bool {
    let length = part.iter().map(|x| x * x).sum::<f32>().sqrt();
    if length <= f32::EPSILON {
        return false;
    }
    part.iter_mut().for_each(|x| *x *= to / length);
    true
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn likeness(a: &str, b: &str) -> f32 {
        cosine(&embed(a), &embed(b))
    }

    #[test]
    fn what_belongs_together_is_near() {
        for (wish, near, far) in [
            ("something for a garden party", "Blue floral midi dress", "Black leather jacket"),
            ("baridi", "Grey fleece hoodie", "Yellow sundress"),
            ("ruracio outfit", "Kitenge wrap skirt", "Blue denim jacket"),
            ("gaming", "Laptop with RTX graphics card", "Electric kettle"),
            ("kitu ya mazoezi", "Black leggings", "Lace gown"),
            ("zawadi ya mama", "Kiondo basket bag", "Cargo trousers"),
        ] {
            assert!(likeness(wish, near) > likeness(wish, far) + 0.1, "{wish}: {near} before {far}");
        }
    }

    #[test]
    fn misspelt_unknown_words_stay_near() {
        assert!(likeness("zuridesigns", "zuridesign") > likeness("zuridesigns", "kaboom"));
    }

    proptest! {
        #[test]
        fn a_vector_has_length_one_or_none(text in "\\PC{0,60}") {
            let v = embed(&text);
            let length = v.iter().map(|x| x * x).sum::<f32>();
            prop_assert!(length == 0.0 || (length - 1.0).abs() < 1e-3, "{length}");
        }
    }
}
