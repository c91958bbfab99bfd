//! Multinomial logistic regression over hashed features, trained by AdaGrad.

use duka_kernel::Language;
use duka_perception::{
    Intent,
    learning::{BUCKETS, CLASSES, HEADER, INTENTS, MAGIC, VERSION, norm, softmax},
};

use crate::{grammar::Sample, random::Random};

const EPOCHS: usize = 9;
const RATE: f32 = 0.25;
/// Features left out of each step, per cent, so that no single word carries an intent.
const DROPOUT: usize = 25;

/// The table in full precision: a row of `CLASSES` a bucket.
pub struct Model {
    weights: Vec<f32>,
}

impl Model {
    /// Learns intents and main languages together.
    pub fn train(samples: &[&Sample]) -> Self {
        let mut weights = vec![0.0_f32; BUCKETS * CLASSES];
        let mut squares = vec![1e-3_f32; BUCKETS * CLASSES];
        let mut order: Vec<usize> = (0..samples.len()).collect();
        let mut random = Random(7);
        for _ in 0..EPOCHS {
            random.shuffle(&mut order);
            for &at in &order {
                let sample = samples[at];
                let kept: Vec<u32> = sample.features.iter().copied().filter(|_| !random.percent(DROPOUT)).collect();
                let damp = 1.0 / norm(kept.len());
                let mut errors = scores(&weights, &kept);
                errors[intent_class(sample.intent)] -= 1.0;
                match sample.language {
                    Some(language) => errors[INTENTS + language_class(language)] -= 1.0,
                    None => errors[INTENTS..].fill(0.0),
                }
                for bucket in kept {
                    let row = bucket as usize * CLASSES;
                    for (k, error) in errors.iter().enumerate() {
                        let gradient = error * damp * sample.weight;
                        if gradient.abs() > 1e-4 {
                            let square = &mut squares[row + k];
                            *square += gradient * gradient;
                            weights[row + k] -= RATE * gradient / square.sqrt();
                        }
                    }
                }
            }
        }
        Self { weights }
    }

    /// The weights file: header, then a byte a weight.
    pub fn quantised(&self, hash: u64) -> Vec<u8> {
        let mut sizes: Vec<f32> = self.weights.iter().map(|w| w.abs()).filter(|w| *w > 0.0).collect();
        sizes.sort_by(f32::total_cmp);
        // the few largest weights are clipped so that the others keep their precision
        let largest = sizes.get(sizes.len().saturating_sub(sizes.len() / 20_000 + 1)).copied().unwrap_or(1.0);
        let scale = largest / 127.0;
        let mut bytes = Vec::with_capacity(HEADER + self.weights.len());
        bytes.extend(MAGIC);
        bytes.extend(VERSION.to_le_bytes());
        bytes.extend(hash.to_le_bytes());
        bytes.extend(scale.to_le_bytes());
        bytes.extend(self.weights.iter().map(|w| ((w / scale).round().clamp(-127.0, 127.0) as i8).cast_unsigned()));
        bytes
    }
}

fn intent_class(intent: Intent) -> usize {
    Intent::ALL.iter().position(|i| *i == intent).expect("every intent is listed")
}

fn language_class(language: Language) -> usize {
    Language::ALL.iter().position(|l| *l == language).expect("every language is listed")
}

fn scores(weights: &[f32], features: &[u32]) -> [f32; CLASSES] {
    let mut sums = [0.0_f32; CLASSES];
    for bucket in features {
        let row = &weights[*bucket as usize * CLASSES..][..CLASSES];
        for (sum, weight) in sums.iter_mut().zip(row) {
            *sum += weight;
        }
    }
    let damp = 1.0 / norm(features.len());
    sums.iter_mut().for_each(|s| *s *= damp);
    softmax(&mut sums[..INTENTS]);
    softmax(&mut sums[INTENTS..]);
    sums
}
