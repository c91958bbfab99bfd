//! Colours as people see them, and the name of a garment's colour.

/// Lightness 0 to 100, green to red, blue to yellow (CIE L*a*b*, D65).
pub(crate) type Lab = [f32; 3];

/// The colour of a pixel.
pub(crate) fn lab_of(rgb: [u8; 3]) -> Lab {
    let linear = rgb.map(|value| {
        let value = f32::from(value) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    });
    let [r, g, b] = linear;
    let x = (0.412_453 * r + 0.357_580 * g + 0.180_423 * b) / 0.950_456;
    let y = 0.212_671 * r + 0.715_160 * g + 0.072_169 * b;
    let z = (0.019_334 * r + 0.119_193 * g + 0.950_227 * b) / 1.088_754;
    let root = |value: f32| if value > 0.008_856 { value.cbrt() } else { 7.787 * value + 16.0 / 116.0 };
    let (x, y, z) = (root(x), root(y), root(z));
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// What is grey in a picture is hardly more coloured than this, and as light as this.
const NEUTRAL_CHROMA: f32 = 12.0;
const NEUTRAL_LIGHTNESS: f32 = 55.0;

/// At least this share of the surroundings is grey where they show the colour of the light.
const NEUTRAL_SHARE: f32 = 0.3;

/// How much of the light's colour is taken away: some grey things are not quite grey.
const TAKEN: f32 = 0.6;

/// How light a white floor or wall is.
const WHITE: f32 = 88.0;

/// The colour of the light, from what is around the garment: what lightness is multiplied by, and what is taken from
/// the two others.
fn light(surroundings: &[Lab]) -> [f32; 3] {
    let is_grey = |[lightness, a, b]: &Lab| a.hypot(*b) < NEUTRAL_CHROMA && *lightness > NEUTRAL_LIGHTNESS;
    let grey: Vec<Lab> = surroundings.iter().copied().filter(is_grey).collect();
    #[allow(clippy::cast_precision_loss, reason = "at most 16,384 colours")]
    if grey.len() < 50 || (grey.len() as f32) < NEUTRAL_SHARE * surroundings.len() as f32 {
        return [1.0, 0.0, 0.0];
    }
    [(WHITE / median(&grey, 0)).clamp(0.85, 1.25), median(&grey, 1) * TAKEN, median(&grey, 2) * TAKEN]
}

fn median(colours: &[Lab], channel: usize) -> f32 {
    let mut values: Vec<f32> = colours.iter().map(|colour| colour[channel]).collect();
    let middle = values.len() / 2;
    *values.select_nth_unstable_by(middle, f32::total_cmp).1
}

/// The colour of an area: the median, and how far it varies in lightness and in hue.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub(crate) struct Shade {
    pub(crate) median: Lab,
    pub(crate) varies: [f32; 2],
}

/// Bends the colour space so that a step counts as people count it: little among strong colours, much beside grey.
const BEND: f32 = 8.0;
const BENT: f32 = 3.0;
const VARIES: f32 = 0.3;

impl Shade {
    /// The shade of these colours, as it would be in white light; of none, black.
    pub(crate) fn of(colours: &[Lab], surroundings: &[Lab]) -> Self {
        if colours.is_empty() {
            return Self::default();
        }
        let channel = |at: usize| colours.iter().map(move |colour| colour[at]);
        #[allow(clippy::cast_precision_loss, reason = "at most 16,384 colours")]
        let count = colours.len() as f32;
        let deviation = |at: usize| {
            let mean = channel(at).sum::<f32>() / count;
            (channel(at).map(|value| (value - mean) * (value - mean)).sum::<f32>() / count).sqrt()
        };
        let [factor, a, b] = light(surroundings);
        let median = [median(colours, 0) * factor, median(colours, 1) - a, median(colours, 2) - b];
        Self { median, varies: [deviation(0), deviation(1).hypot(deviation(2))] }
    }

    /// Where it is among others, near those that people call by the same name.
    pub(crate) fn place(&self) -> [f32; 5] {
        let [lightness, a, b] = self.median;
        let chroma = a.hypot(b) + 1e-6;
        let bent = (chroma / BEND).ln_1p() * BENT;
        [
            lightness / 10.0,
            a / chroma * bent,
            b / chroma * bent,
            self.varies[0] / 20.0 * VARIES,
            self.varies[1] / 10.0 * VARIES,
        ]
    }
}
