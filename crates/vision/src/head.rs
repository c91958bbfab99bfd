//! What was learned on top of the network: from a description to a kind of garment, a colour, a use.
//!
//! `tools/train_head.py` writes `data/head.bin`; `data/README.md` says from which pictures.

use std::sync::OnceLock;

use duka_kernel::Colour;

use crate::network::WIDTH;

/// The kinds of garment that are told apart, as shops call them.
pub(crate) const CATEGORIES: [&str; 14] = [
    "blazer",
    "blouse",
    "dress",
    "hat",
    "hoodie",
    "jacket",
    "longsleeve",
    "polo",
    "shirt",
    "shoes",
    "shorts",
    "skirt",
    "trousers",
    "tshirt",
];

/// The colours that are told apart.
pub(crate) const COLOURS: [Colour; 16] = [
    Colour::Beige,
    Colour::Black,
    Colour::Blue,
    Colour::Brown,
    Colour::Green,
    Colour::Grey,
    Colour::Maroon,
    Colour::Multicolour,
    Colour::Navy,
    Colour::Orange,
    Colour::Pink,
    Colour::Purple,
    Colour::Red,
    Colour::Teal,
    Colour::White,
    Colour::Yellow,
];

/// Silhouettes that a set of catalogue pictures tells apart; they help to tell the kinds.
const SILHOUETTES: usize = 10;

/// What is counted on a small copy, beside the network, to tell what a picture is for.
pub(crate) const COUNTS: usize = 8;

pub(crate) const ROUTES: usize = 4;

const SILHOUETTE_HEAT: f32 = 8.0;
const CATEGORY_HEAT: f32 = 8.0;
const ROUTE_HEAT: f32 = 6.0;

/// How near a known shade has to be to count.
const NEAR: f32 = 0.35;

static LEARNED: &[u8] = include_bytes!("../data/head.bin");

/// What was learned, read once.
pub(crate) struct Head {
    means: [Vec<f32>; 2],
    silhouettes: Vec<f32>,
    silhouette_mean: Vec<f32>,
    categories: Vec<f32>,
    routes: Vec<f32>,
    shades: Vec<([f32; 5], usize)>,
}

impl Head {
    pub(crate) fn get() -> &'static Self {
        static HEAD: OnceLock<Head> = OnceLock::new();
        HEAD.get_or_init(Self::read)
    }

    fn read() -> Self {
        let mut values = LEARNED.as_chunks::<4>().0.iter().map(|bytes| f32::from_le_bytes(*bytes));
        let mut take = |count: usize| values.by_ref().take(count).collect::<Vec<f32>>();
        let means = [take(WIDTH), take(WIDTH)];
        let (silhouettes, silhouette_mean) = (take(WIDTH * SILHOUETTES), take(SILHOUETTES));
        let categories = take((2 * WIDTH + SILHOUETTES + 1) * CATEGORIES.len());
        let routes = take((2 * WIDTH + COUNTS + 1) * ROUTES);
        let rest: Vec<f32> = values.collect();
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "written from small whole numbers")]
        let shade = |row: &[f32; 6]| ([row[0], row[1], row[2], row[3], row[4]], row[5] as usize % COLOURS.len());
        let shades = rest.as_chunks::<6>().0.iter().map(shade).collect();
        Self { means, silhouettes, silhouette_mean, categories, routes, shades }
    }

    /// An embedding as a direction from the middle of all garments.
    pub(crate) fn direction(&self, which: usize, embedding: &[f32]) -> Vec<f32> {
        unit(embedding.iter().zip(&self.means[which]).map(|(value, mean)| value - mean).collect())
    }

    /// How likely each kind of garment is.
    pub(crate) fn categories(&self, garment: &[f32], frame: &[f32]) -> Vec<f32> {
        let silhouettes = softmax(&product(garment.iter().copied(), &self.silhouettes, SILHOUETTES), SILHOUETTE_HEAT);
        let silhouettes = silhouettes.iter().zip(&self.silhouette_mean).map(|(share, mean)| share.sqrt() - mean);
        let silhouettes = unit(silhouettes.collect()).into_iter().map(|value| value * std::f32::consts::FRAC_1_SQRT_2);
        let input = garment.iter().chain(frame).copied().chain(silhouettes).chain([1.0]);
        softmax(&product(input, &self.categories, CATEGORIES.len()), CATEGORY_HEAT)
    }

    /// How likely each use of a picture is.
    pub(crate) fn routes(&self, garment: &[f32], frame: &[f32], counts: &[f32; COUNTS]) -> Vec<f32> {
        let input = garment.iter().chain(frame).chain(counts).copied().chain([1.0]);
        softmax(&product(input, &self.routes, ROUTES), ROUTE_HEAT)
    }

    /// How likely each colour is, by the shades that were called so.
    pub(crate) fn colours(&self, place: &[f32; 5]) -> Vec<f32> {
        let far = |known: &[f32; 5]| known.iter().zip(place).map(|(a, b)| (a - b) * (a - b)).sum::<f32>();
        let nearest = self.shades.iter().map(|(known, _)| far(known)).fold(f32::MAX, f32::min);
        let (mut votes, mut count) = (vec![0.0; COLOURS.len()], vec![1.0_f32; COLOURS.len()]);
        for (known, colour) in &self.shades {
            votes[*colour] += (-(far(known) - nearest) / (2.0 * NEAR * NEAR)).exp();
            count[*colour] += 1.0;
        }
        votes.iter_mut().zip(count).for_each(|(vote, count)| *vote /= count.sqrt());
        let sum: f32 = votes.iter().sum();
        votes.into_iter().map(|vote| vote / sum).collect()
    }
}

fn unit(mut values: Vec<f32>) -> Vec<f32> {
    let length = values.iter().map(|value| value * value).sum::<f32>().sqrt().max(1e-6);
    values.iter_mut().for_each(|value| *value /= length);
    values
}

fn product(input: impl Iterator<Item = f32>, weights: &[f32], outputs: usize) -> Vec<f32> {
    let mut sums = vec![0.0; outputs];
    for (value, row) in input.zip(weights.chunks_exact(outputs)) {
        sums.iter_mut().zip(row).for_each(|(sum, weight)| *sum += value * weight);
    }
    sums
}

fn softmax(values: &[f32], heat: f32) -> Vec<f32> {
    let most = values.iter().copied().fold(f32::MIN, f32::max);
    let shares: Vec<f32> = values.iter().map(|value| ((value - most) * heat).exp()).collect();
    let sum: f32 = shares.iter().sum();
    shares.into_iter().map(|share| share / sum).collect()
}
