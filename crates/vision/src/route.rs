//! What a picture is for.

use serde::{Deserialize, Serialize};

use crate::{head::COUNTS, segment::Segment};

/// What a picture is for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Route {
    /// Something to wear or carry: looked for in the catalogue.
    Product,
    /// Cloth or a print that fills the picture.
    Fabric,
    /// A screenshot or slip of a payment: proof to be checked, never counted as paid.
    Payment,
    /// Writing, a chat, scenery: nothing to look for.
    Other,
}

impl Route {
    /// Every route, in the order of the learned outputs.
    pub const ALL: [Self; 4] = [Self::Product, Self::Fabric, Self::Payment, Self::Other];

    /// Its name in protocols.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Product => "product",
            Self::Fabric => "fabric",
            Self::Payment => "payment",
            Self::Other => "other",
        }
    }
}

/// Neighbours that differ less than this in every channel are one flat area.
const FLAT: u8 = 4;

/// Neighbours that differ more than this are the edge of something drawn.
const HARD: u8 = 40;

/// What tells a screen, a cloth and a photograph apart without knowing what they show. All between 0 and about 1.
#[allow(clippy::cast_precision_loss, reason = "at most 16,384 pixels")]
pub(crate) fn counts(segment: &Segment) -> [f32; COUNTS] {
    let pixels = &segment.pixels;
    let all = (pixels.width() * pixels.height()).max(1) as f32;
    let (mut flat, mut hard, mut pairs) = (0.0_f32, 0.0_f32, 0.0_f32);
    for row in pixels.rows() {
        let row: Vec<_> = row.collect();
        for pair in row.windows(2) {
            let differs = (0..3).map(|at| pair[0].0[at].abs_diff(pair[1].0[at])).max().unwrap_or(0);
            flat += f32::from(u8::from(differs < FLAT));
            hard += f32::from(u8::from(differs > HARD));
            pairs += 1.0;
        }
    }
    let mut shades = vec![0_u32; 1 << 12];
    for pixel in pixels.pixels() {
        let at = pixel.0.iter().fold(0_usize, |at, value| at << 4 | usize::from(value >> 4));
        shades[at] += 1;
    }
    shades.sort_unstable_by(|a, b| b.cmp(a));
    let chroma = segment.lab.iter().map(|[_, a, b]| a.hypot(*b)).sum::<f32>() / all;
    let green = pixels.pixels().filter(|pixel| is_payment_green(pixel.0)).count() as f32;
    [
        flat / pairs.max(1.0),
        hard / pairs.max(1.0),
        shades[0] as f32 / all,
        shades[..4].iter().sum::<u32>() as f32 / all,
        chroma / 50.0,
        segment.share(),
        contrast(segment),
        green / all,
    ]
}

/// The green of M-Pesa's screens.
fn is_payment_green([r, g, b]: [u8; 3]) -> bool {
    g > 100 && g > r.saturating_add(50) && g > b.saturating_add(40)
}

/// How different the middle is from what is around it.
#[allow(clippy::cast_precision_loss, reason = "at most 16,384 pixels")]
fn contrast(segment: &Segment) -> f32 {
    let mean = |of: bool| {
        let own = segment.lab.iter().zip(&segment.inside).filter(|(_, is)| **is == of).map(|(colour, _)| colour);
        let (sum, count) = own.fold(([0.0_f32; 3], 0_u32), |(sum, count), colour| {
            ([sum[0] + colour[0], sum[1] + colour[1], sum[2] + colour[2]], count + 1)
        });
        (count > 0).then(|| sum.map(|value| value / count as f32))
    };
    let (Some(inside), Some(outside)) = (mean(true), mean(false)) else { return 0.0 };
    inside.iter().zip(outside).map(|(a, b)| (a - b) * (a - b)).sum::<f32>().sqrt() / 50.0
}
