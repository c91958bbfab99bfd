//! A mixture of Gaussians over colours.

use crate::colour::Lab;

const COMPONENTS: usize = 5;

/// Rounds of k-means that begin it.
const ROUNDS: usize = 6;

/// Added to every variance: a flat area is not certain beyond measure.
const SPREAD: f32 = 1.0;

/// The colours of one side of the cut.
pub(super) struct Mixture(Vec<Gaussian>);

struct Gaussian {
    mean: Lab,
    inverse: [[f32; 3]; 3],
    /// The logarithm of its weight, less half that of its determinant.
    height: f32,
}

impl Mixture {
    /// The mixture of these colours; `None` if there are too few.
    pub(super) fn learn(colours: &[Lab]) -> Option<Self> {
        if colours.len() < COMPONENTS * 4 {
            return None;
        }
        let of = assign(colours);
        let parts = (0..COMPONENTS).filter_map(|component| {
            let own: Vec<&Lab> = colours.iter().zip(&of).filter(|(_, of)| **of == component).map(|(c, _)| c).collect();
            Gaussian::learn(&own, colours.len())
        });
        Some(Self(parts.collect()))
    }

    /// How unlikely a colour is: the negative logarithm of its density.
    pub(super) fn cost(&self, colour: &Lab) -> f32 {
        let heights: Vec<f32> = self.0.iter().map(|part| part.log_density(colour)).collect();
        let most = heights.iter().copied().fold(f32::MIN, f32::max);
        let sum: f32 = heights.iter().map(|height| (height - most).exp()).sum();
        -(most + sum.ln())
    }
}

fn distance(a: &Lab, b: &Lab) -> f32 {
    a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum()
}

/// Which component each colour begins in. The first mean is the mean of all, each further one the colour that is
/// farthest from those before, so the same picture always begins the same.
fn assign(colours: &[Lab]) -> Vec<usize> {
    let mut means = vec![mean(colours.iter())];
    while means.len() < COMPONENTS {
        let nearest = |colour: &Lab| means.iter().map(|mean| distance(mean, colour)).fold(f32::MAX, f32::min);
        let sample = colours.iter().step_by((colours.len() / 512).max(1));
        let far = sample.max_by(|a, b| nearest(a).total_cmp(&nearest(b)));
        means.push(far.copied().unwrap_or_default());
    }
    let mut of = vec![0; colours.len()];
    for _ in 0..ROUNDS {
        for (of, colour) in of.iter_mut().zip(colours) {
            let nearest =
                (0..COMPONENTS).min_by(|a, b| distance(&means[*a], colour).total_cmp(&distance(&means[*b], colour)));
            *of = nearest.unwrap_or(0);
        }
        for (component, centre) in means.iter_mut().enumerate() {
            let own = colours.iter().zip(&of).filter(|(_, of)| **of == component).map(|(colour, _)| colour);
            if own.clone().next().is_some() {
                *centre = mean(own);
            }
        }
    }
    of
}

fn mean<'a>(colours: impl Iterator<Item = &'a Lab>) -> Lab {
    let (mut sum, mut count) = ([0.0; 3], 0.0_f32);
    for colour in colours {
        sum.iter_mut().zip(colour).for_each(|(sum, value)| *sum += value);
        count += 1.0;
    }
    sum.map(|sum| sum / count.max(1.0))
}

impl Gaussian {
    #[allow(clippy::cast_precision_loss, reason = "at most 16,384 colours")]
    fn learn(own: &[&Lab], all: usize) -> Option<Self> {
        if own.len() < 3 {
            return None;
        }
        let mean = mean(own.iter().copied());
        let mut covariance = [[0.0_f32; 3]; 3];
        for colour in own {
            for row in 0..3 {
                for column in 0..3 {
                    covariance[row][column] += (colour[row] - mean[row]) * (colour[column] - mean[column]);
                }
            }
        }
        for (row, values) in covariance.iter_mut().enumerate() {
            values.iter_mut().for_each(|value| *value /= own.len() as f32);
            values[row] += SPREAD;
        }
        let (inverse, determinant) = inverted(&covariance);
        let weight = own.len() as f32 / all as f32;
        Some(Self { mean, inverse, height: weight.ln() - determinant.ln() / 2.0 })
    }

    fn log_density(&self, colour: &Lab) -> f32 {
        let from = [colour[0] - self.mean[0], colour[1] - self.mean[1], colour[2] - self.mean[2]];
        let far: f32 = self
            .inverse
            .iter()
            .zip(from)
            .map(|(row, value)| value * row.iter().zip(from).map(|(a, b)| a * b).sum::<f32>())
            .sum();
        self.height - far / 2.0
    }
}

/// The inverse and determinant of a symmetric positive definite matrix.
fn inverted(m: &[[f32; 3]; 3]) -> ([[f32; 3]; 3], f32) {
    let minor = |a: usize, b: usize, c: usize, d: usize| m[a][c] * m[b][d] - m[a][d] * m[b][c];
    let first = [minor(1, 2, 1, 2), -minor(1, 2, 0, 2), minor(1, 2, 0, 1)];
    let determinant = (m[0][0] * first[0] + m[0][1] * first[1] + m[0][2] * first[2]).max(1e-6);
    let adjugate = [
        [first[0], -minor(0, 2, 1, 2), minor(0, 1, 1, 2)],
        [first[1], minor(0, 2, 0, 2), -minor(0, 1, 0, 2)],
        [first[2], -minor(0, 2, 0, 1), minor(0, 1, 0, 1)],
    ];
    (adjugate.map(|row| row.map(|value| value / determinant)), determinant)
}

#[cfg(test)]
mod tests {
    use super::{Mixture, inverted};

    #[test]
    fn an_inverse_undoes_its_matrix() {
        let m = [[4.0, 1.0, 0.5], [1.0, 3.0, 0.2], [0.5, 0.2, 2.0]];
        let (inverse, _) = inverted(&m);
        for (row, values) in m.iter().enumerate() {
            for column in [0, 1, 2] {
                let cell: f32 = (0..3).map(|k| values[k] * inverse[k][column]).sum();
                assert!((cell - f32::from(u8::from(row == column))).abs() < 1e-4, "{row},{column}: {cell}");
            }
        }
    }

    #[test]
    fn a_colour_costs_less_among_its_own() {
        let reds: Vec<_> = (0..60_u8).map(|n| [45.0, 55.0 + f32::from(n % 7), 30.0 + f32::from(n % 5)]).collect();
        let mixture = Mixture::learn(&reds).expect("enough colours");
        assert!(mixture.cost(&[45.0, 57.0, 32.0]) < mixture.cost(&[20.0, 0.0, -10.0]));
    }
}
