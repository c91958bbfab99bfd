//! Where the garment is: GrabCut on a small copy, begun from an ellipse in the middle.
//!
//! Rother, Kolmogorov, Blake: "GrabCut", 2004. Two mixtures of Gaussians, one of the garment's colours and one of the
//! background's, are learned and the cheapest border between them is cut, in turns.

mod cut;
mod mixture;

use image::RgbImage;

use self::{cut::Graph, mixture::Mixture};
use crate::{
    Picture,
    colour::{Lab, lab_of},
};

/// The longest side of the small copy.
const SIDE: u32 = 128;

const ROUNDS: usize = 4;

/// How much a border costs where neighbours are alike.
const SMOOTHNESS: f32 = 50.0;

/// What cannot be anything else.
const CERTAIN: f32 = 9.0 * SMOOTHNESS;

/// A garment covers at least this share of the picture; less is a cut that failed.
const LEAST_SHARE: f32 = 0.04;

/// Parts of this share of the largest belong to the garment, as the other shoe does.
const PART: f32 = 0.2;

/// A garment cut out of a small copy of its picture.
#[derive(Clone, Debug)]
pub(crate) struct Segment {
    /// The small copy.
    pub(crate) pixels: RgbImage,
    /// Its colours.
    pub(crate) lab: Vec<Lab>,
    /// Which of its pixels are the garment.
    pub(crate) inside: Vec<bool>,
    /// Left, top, right, bottom of the garment as shares of the picture.
    pub(crate) bounds: [f32; 4],
}

impl Segment {
    /// The share of the picture that the garment covers.
    pub(crate) fn share(&self) -> f32 {
        share(&self.inside)
    }
}

/// Cuts out what a picture shows.
pub(crate) fn segment(picture: &Picture) -> Segment {
    let pixels = picture.within(SIDE);
    let (width, height) = (pixels.width() as usize, pixels.height() as usize);
    let lab: Vec<Lab> = pixels.pixels().map(|pixel| lab_of(pixel.0)).collect();
    let begin = ellipse(width, height);
    let mut inside: Vec<bool> = begin.iter().map(|at| *at == Begin::Inside).collect();
    if width >= 16 && height >= 16 {
        let edges = Edges::of(&lab, width, height);
        for _ in 0..ROUNDS {
            let (Some(garment), Some(rest)) = (learn(&lab, &inside, true), learn(&lab, &inside, false)) else { break };
            inside = cheapest(&lab, &begin, &garment, &rest, &edges);
        }
    }
    let mut inside = largest(&opened(&inside, width, height), width, height);
    if share(&inside) < LEAST_SHARE {
        inside = vec![true; width * height];
    }
    let bounds = bounds(&inside, width, height);
    Segment { pixels, lab, inside, bounds }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Begin {
    Border,
    Outside,
    Inside,
}

#[allow(clippy::cast_precision_loss, reason = "sides of at most 128")]
fn ellipse(width: usize, height: usize) -> Vec<Begin> {
    let margin = (width.min(height) * 3 / 100).max(2);
    let (half_width, half_height) = (width as f32 / 2.0, height as f32 / 2.0);
    let begin = |at: usize| {
        let (x, y) = (at % width, at / width);
        if x < margin || y < margin || x + margin >= width || y + margin >= height {
            return Begin::Border;
        }
        let (dx, dy) = ((x as f32 - half_width) / half_width, (y as f32 - half_height) / half_height);
        if dx * dx + dy * dy > 1.0 { Begin::Outside } else { Begin::Inside }
    };
    (0..width * height).map(begin).collect()
}

fn learn(lab: &[Lab], inside: &[bool], of: bool) -> Option<Mixture> {
    let colours: Vec<Lab> = lab.iter().zip(inside).filter(|(_, is)| **is == of).map(|(colour, _)| *colour).collect();
    Mixture::learn(&colours)
}

/// Neighbours to the right, below, and on both diagonals, with what a border between them costs.
struct Edges(Vec<(usize, usize, f32)>);

impl Edges {
    fn of(lab: &[Lab], width: usize, height: usize) -> Self {
        let mut pairs = Vec::with_capacity(lab.len() * 4);
        for at in 0..lab.len() {
            let (x, y) = (at % width, at / width);
            let (right, below) = (x + 1 < width, y + 1 < height);
            if right {
                pairs.push((at, at + 1, 1.0));
            }
            if below {
                pairs.push((at, at + width, 1.0));
            }
            if right && below {
                pairs.push((at, at + width + 1, std::f32::consts::FRAC_1_SQRT_2));
            }
            if x > 0 && below {
                pairs.push((at, at + width - 1, std::f32::consts::FRAC_1_SQRT_2));
            }
        }
        let distance = |a: usize, b: usize| lab[a].iter().zip(lab[b]).map(|(a, b)| (a - b) * (a - b)).sum::<f32>();
        let total: f32 = pairs.iter().map(|(a, b, _)| distance(*a, *b)).sum();
        #[allow(clippy::cast_precision_loss, reason = "at most 65,000 pairs")]
        let beta = if total > 0.0 { pairs.len() as f32 / (2.0 * total) } else { 0.0 };
        let costly = |(a, b, near): (usize, usize, f32)| (a, b, SMOOTHNESS * near * (-beta * distance(a, b)).exp());
        Self(pairs.into_iter().map(costly).collect())
    }
}

fn cheapest(lab: &[Lab], begin: &[Begin], garment: &Mixture, rest: &Mixture, edges: &Edges) -> Vec<bool> {
    let mut graph = Graph::new(lab.len(), edges.0.len());
    for (at, (colour, begin)) in lab.iter().zip(begin).enumerate() {
        match begin {
            Begin::Border => graph.terminal(at, 0.0, CERTAIN),
            _ => graph.terminal(at, rest.cost(colour), garment.cost(colour)),
        }
    }
    for (a, b, cost) in &edges.0 {
        graph.edge(*a, *b, *cost);
    }
    graph.cut()
}

fn share(inside: &[bool]) -> f32 {
    #[allow(clippy::cast_precision_loss, reason = "at most 16,384 pixels")]
    let share = inside.iter().filter(|is| **is).count() as f32 / inside.len().max(1) as f32;
    share
}

/// Whether all (or any) of the three by three pixels around each are inside.
fn around(inside: &[bool], width: usize, height: usize, all: bool) -> Vec<bool> {
    let near = |at: usize| {
        let (x, y) = (at % width, at / width);
        let mut near = (y.saturating_sub(1)..(y + 2).min(height))
            .flat_map(|y| (x.saturating_sub(1)..(x + 2).min(width)).map(move |x| inside[y * width + x]));
        if all { near.all(|is| is) } else { near.any(|is| is) }
    };
    (0..inside.len()).map(near).collect()
}

/// Without specks and threads.
fn opened(inside: &[bool], width: usize, height: usize) -> Vec<bool> {
    around(&around(inside, width, height, true), width, height, false)
}

/// The largest connected part, and others that are not much smaller.
fn largest(inside: &[bool], width: usize, height: usize) -> Vec<bool> {
    let mut part = vec![0_usize; inside.len()];
    let mut sizes = vec![0_usize];
    for start in 0..inside.len() {
        if !inside[start] || part[start] != 0 {
            continue;
        }
        let name = sizes.len();
        sizes.push(0);
        let mut open = vec![start];
        part[start] = name;
        while let Some(at) = open.pop() {
            sizes[name] += 1;
            let (x, y) = (at % width, at / width);
            let next = [
                (x > 0).then(|| at - 1),
                (x + 1 < width).then(|| at + 1),
                (y > 0).then(|| at - width),
                (y + 1 < height).then(|| at + width),
            ];
            for next in next.into_iter().flatten() {
                if inside[next] && part[next] == 0 {
                    part[next] = name;
                    open.push(next);
                }
            }
        }
    }
    let most = sizes.iter().copied().max().unwrap_or(0);
    #[allow(clippy::cast_precision_loss, reason = "at most 16,384 pixels")]
    let kept = |name: usize| name != 0 && sizes[name] as f32 > PART * most as f32;
    part.into_iter().map(kept).collect()
}

fn bounds(inside: &[bool], width: usize, height: usize) -> [f32; 4] {
    let columns: Vec<usize> = (0..inside.len()).filter(|at| inside[*at]).map(|at| at % width).collect();
    let rows: Vec<usize> = (0..inside.len()).filter(|at| inside[*at]).map(|at| at / width).collect();
    #[allow(clippy::cast_precision_loss, reason = "sides of at most 128")]
    let share = |edge: Option<usize>, length: usize| edge.unwrap_or(0) as f32 / length as f32;
    [
        share(columns.iter().min().copied(), width),
        share(rows.iter().min().copied(), height),
        share(columns.iter().max().map(|x| x + 1), width),
        share(rows.iter().max().map(|y| y + 1), height),
    ]
}
