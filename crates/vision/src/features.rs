//! The description of a picture, and how alike two are.

use duka_kernel::Colour;
use image::{
    GrayImage, Luma, Rgb, RgbImage,
    imageops::{FilterType, crop_imm, resize},
};

use crate::{
    Picture, Route,
    colour::{Lab, Shade},
    head::{CATEGORIES, COLOURS, COUNTS, Head},
    network::{self, WIDTH},
    route::counts,
    segment::{Segment, segment},
};

/// The version of the description: what was computed by another is computed again.
pub const VERSION: u16 = 1;

/// The longest side of what is looked at closely.
const WORKING_SIDE: u32 = 384;

/// How much around the garment belongs to its frame, as a share of the picture.
const FRAME: f32 = 0.04;

/// The white around a garment that was cut out, as a share of its longer side.
const MARGIN: f32 = 0.08;

/// One step of a stored direction; a direction has 1,280 parts, so each is small.
const STEP: f32 = 1.0 / 508.0;

/// How much the garment alone counts beside the frame where it is asked which picture is the same.
const GARMENT_WEIGHT: f32 = 0.5;

/// How much a colour in common counts there: hardly, because the light may have changed.
const SAME_COLOUR_WEIGHT: f32 = 0.05;

/// A picture comes before all of nearer colours if its looks, so many times how far they are ahead of the next, and a
/// little its own colour come to this; not if it is hardly ahead.
const AHEAD_WEIGHT: f32 = 4.0;
const OWN_COLOUR_WEIGHT: f32 = 0.3;
const STANDS_OUT: f32 = 1.05;
const HARDLY_AHEAD: f32 = 0.02;

/// It is the same picture, perhaps cropped, turned, mirrored or in another light, if it is so alike, and so far ahead.
const SAME: f32 = 0.75;
const FAR_AHEAD: f32 = 0.12;

/// From here on it is the same even if others are nearly so: an unchanged picture of one colour of a piece.
const UNCHANGED: f32 = 1.45;

/// How much a kind and a colour in common count beside the looks, and how much the distance of two shades.
const CATEGORY_WEIGHT: f32 = 0.6;
const COLOUR_WEIGHT: f32 = 2.4;
const SHADE_WEIGHT: f32 = 0.4;

/// How much more a kind in common counts the surer it is what is looked for, beginning at even odds.
const SURE_CATEGORY_WEIGHT: f32 = 0.5;
const SURE: f32 = 0.5;

/// How much two shades are apart by being plain and patterned, beside being of two colours.
const PATTERN: f32 = 4.0;

/// So many are shown together; among them those of the kind that is looked for come first if it is as certain as this.
const SHOWN: usize = 5;
const CERTAIN: f32 = 0.7;

/// What a picture shows, in about 2.7 kilobytes.
#[derive(Clone, PartialEq, Debug)]
pub struct ImageFeatures {
    /// The garment cut out, as a direction.
    garment: Vec<i8>,
    /// The garment with what is around it.
    frame: Vec<i8>,
    categories: [u8; CATEGORIES.len()],
    colours: [u8; COLOURS.len()],
    shade: [f32; 5],
    routes: [u8; Route::ALL.len()],
}

/// What is read off a picture before anything learned is applied to it; what the training reads.
#[derive(Clone, PartialEq, Debug)]
pub struct Raw {
    /// The network's view of the garment on white.
    pub garment: Vec<f32>,
    /// The network's view of the garment with what is around it.
    pub frame: Vec<f32>,
    /// Where the garment's shade is among others.
    pub shade: [f32; 5],
    /// What tells screens, cloth and photographs apart.
    pub counts: [f32; COUNTS],
}

/// Looks at a picture.
#[must_use]
pub fn observe(picture: &Picture) -> Raw {
    let segment = segment(picture);
    let close = picture.within(WORKING_SIDE);
    let side = |of: bool| -> Vec<Lab> {
        segment.lab.iter().zip(&segment.inside).filter(|(_, is)| **is == of).map(|(colour, _)| *colour).collect()
    };
    Raw {
        garment: network::embed(&cut_out(&close, &segment)),
        frame: network::embed(&framed(&close, segment.bounds)),
        shade: Shade::of(&side(true), &side(false)).place(),
        counts: counts(&segment),
    }
}

/// Describes a picture.
#[must_use]
pub fn analyse(picture: &Picture) -> ImageFeatures {
    let raw = observe(picture);
    let head = Head::get();
    let (garment, frame) = (head.direction(0, &raw.garment), head.direction(1, &raw.frame));
    ImageFeatures {
        categories: shares(&head.categories(&garment, &frame)),
        colours: shares(&head.colours(&raw.shade)),
        routes: shares(&head.routes(&garment, &frame, &raw.counts)),
        shade: raw.shade,
        garment: steps(&garment),
        frame: steps(&frame),
    }
}

/// A picture of a gallery, compared with another.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Alike {
    /// Its place in the gallery.
    pub at: usize,
    /// How alike it is; comparable within one answer only, higher is more alike.
    pub score: f32,
    /// Whether it shows the same piece in the same shot: one is the other cropped, turned a little, mirrored, in
    /// another light, compressed, or inside a screenshot.
    pub same: bool,
}

/// A gallery in the order of how alike its pictures are to one picture, the most alike first. Of equals the first of
/// the gallery comes first.
#[must_use]
pub fn rank<'a>(picture: &ImageFeatures, gallery: impl IntoIterator<Item = &'a ImageFeatures>) -> Vec<Alike> {
    let (kind, certainty) = picture.category();
    let compare = |(at, other): (usize, &ImageFeatures)| {
        let (looks, colour, score) = alike(picture, other);
        Compared { looks, colour, is_its_kind: other.category().0 == kind, alike: Alike { at, score, same: false } }
    };
    let mut compared: Vec<Compared> = gallery.into_iter().enumerate().map(compare).collect();
    compared.sort_by(|a, b| b.alike.score.total_cmp(&a.alike.score));
    if certainty >= CERTAIN {
        let shown = compared.len().min(SHOWN);
        compared[..shown].sort_by_key(|compared| !compared.is_its_kind);
    }
    let best = (0..compared.len()).rev().max_by(|a, b| compared[*a].looks.total_cmp(&compared[*b].looks));
    if let Some(best) = best {
        let others = (0..compared.len()).filter(|at| *at != best);
        let next = others.map(|at| compared[at].looks).fold(0.0, f32::max);
        let Compared { looks, colour, .. } = compared[best];
        let ahead = looks - next;
        let stands_out = looks + AHEAD_WEIGHT * ahead + OWN_COLOUR_WEIGHT * colour >= STANDS_OUT;
        if looks >= UNCHANGED || stands_out && ahead >= HARDLY_AHEAD {
            let mut first = compared.remove(best);
            first.alike.same = looks >= UNCHANGED || looks >= SAME && ahead >= FAR_AHEAD;
            compared.insert(0, first);
        }
    }
    compared.into_iter().map(|compared| compared.alike).collect()
}

/// A picture of a gallery while it is ranked.
struct Compared {
    /// How much it looks like the same picture, whatever its kind and colours.
    looks: f32,
    /// How much of its colour it has in common.
    colour: f32,
    is_its_kind: bool,
    alike: Alike,
}

/// How much two pictures look like the same, how much of their colours they have in common, and how alike the second is
/// to the first with kinds and colours.
fn alike(a: &ImageFeatures, b: &ImageFeatures) -> (f32, f32, f32) {
    let (garment, frame) = (cosine(&a.garment, &b.garment), cosine(&a.frame, &b.frame));
    let colour: f32 = a.colours.iter().zip(&b.colours).map(|(a, b)| (share(*a) * share(*b)).sqrt()).sum();
    let looks = frame + GARMENT_WEIGHT * garment + SAME_COLOUR_WEIGHT * colour;
    let sure = ((a.category().1 - SURE) / (1.0 - SURE)).max(0.0);
    let kind = (CATEGORY_WEIGHT + SURE_CATEGORY_WEIGHT * sure) * kind(a, b);
    let score = garment + frame + kind + COLOUR_WEIGHT * colour - SHADE_WEIGHT * apart(&a.shade, &b.shade);
    (looks, colour, score)
}

/// How far two shades are apart.
fn apart(a: &[f32; 5], b: &[f32; 5]) -> f32 {
    let by = |at: usize| if at < 3 { a[at] - b[at] } else { PATTERN * (a[at] - b[at]) };
    (0..5).map(|at| by(at) * by(at)).sum::<f32>().sqrt()
}

fn kind(a: &ImageFeatures, b: &ImageFeatures) -> f32 {
    let dot = |a: &[u8], b: &[u8]| a.iter().zip(b).map(|(a, b)| share(*a) * share(*b)).sum::<f32>();
    let lengths = dot(&a.categories, &a.categories) * dot(&b.categories, &b.categories);
    if lengths > 0.0 { dot(&a.categories, &b.categories) / lengths.sqrt() } else { 0.0 }
}

fn cosine(a: &[i8], b: &[i8]) -> f32 {
    let dot = |a: &[i8], b: &[i8]| a.iter().zip(b).map(|(a, b)| i32::from(*a) * i32::from(*b)).sum::<i32>();
    let lengths = f64::from(dot(a, a)) * f64::from(dot(b, b));
    #[allow(clippy::cast_possible_truncation, reason = "between -1 and 1")]
    let cosine = if lengths > 0.0 { (f64::from(dot(a, b)) / lengths.sqrt()) as f32 } else { 0.0 };
    cosine
}

impl ImageFeatures {
    /// What the picture is for, and how sure that is, from 0 to 1.
    #[must_use]
    pub fn route(&self) -> (Route, f32) {
        let (at, share) = best(&self.routes);
        (Route::ALL[at], share)
    }

    /// The likeliest kind of garment, as shops call it, and how sure that is.
    #[must_use]
    pub fn category(&self) -> (&'static str, f32) {
        let (at, share) = best(&self.categories);
        (CATEGORIES[at], share)
    }

    /// The likeliest colour of the garment, and how sure that is.
    #[must_use]
    pub fn colour(&self) -> (Colour, f32) {
        let (at, share) = best(&self.colours);
        (COLOURS[at], share)
    }

    /// As it is stored. The first two bytes are the version.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = VERSION.to_le_bytes().to_vec();
        bytes.extend(self.garment.iter().chain(&self.frame).map(|step| step.cast_unsigned()));
        bytes.extend(self.categories.iter().chain(&self.colours).chain(&self.routes));
        bytes.extend(self.shade.iter().flat_map(|value| value.to_le_bytes()));
        bytes
    }

    /// What was stored; `None` if another version wrote it or it is damaged.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (version, rest) = bytes.split_first_chunk::<2>()?;
        if u16::from_le_bytes(*version) != VERSION || rest.len() != Self::STORED {
            return None;
        }
        let (garment, rest) = rest.split_at(WIDTH);
        let (frame, rest) = rest.split_at(WIDTH);
        let (categories, rest) = rest.split_first_chunk()?;
        let (colours, rest) = rest.split_first_chunk()?;
        let (routes, rest) = rest.split_first_chunk()?;
        let mut shade = [0.0; 5];
        for (value, bytes) in shade.iter_mut().zip(rest.as_chunks::<4>().0) {
            *value = f32::from_le_bytes(*bytes);
        }
        if !shade.iter().all(|value| value.is_finite()) {
            return None;
        }
        let signed = |bytes: &[u8]| bytes.iter().map(|byte| byte.cast_signed()).collect();
        let (garment, frame) = (signed(garment), signed(frame));
        Some(Self { garment, frame, categories: *categories, colours: *colours, shade, routes: *routes })
    }

    const STORED: usize = 2 * WIDTH + CATEGORIES.len() + COLOURS.len() + Route::ALL.len() + 5 * 4;
}

fn share(byte: u8) -> f32 {
    f32::from(byte) / 255.0
}

fn best(shares: &[u8]) -> (usize, f32) {
    // Of equals the first.
    let at = (0..shares.len()).rev().max_by_key(|at| shares[*at]).unwrap_or(0);
    (at, share(shares[at]))
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 255")]
fn shares<const N: usize>(values: &[f32]) -> [u8; N] {
    std::array::from_fn(|at| (values[at].clamp(0.0, 1.0) * 255.0).round() as u8)
}

#[allow(clippy::cast_possible_truncation, reason = "between -127 and 127")]
fn steps(direction: &[f32]) -> Vec<i8> {
    direction.iter().map(|part| (part / STEP).round().clamp(-127.0, 127.0) as i8).collect()
}

/// Left, top, right and bottom in pixels; at least one pixel.
#[allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "sides of at most 384"
)]
fn in_pixels(bounds: [f32; 4], width: u32, height: u32) -> [u32; 4] {
    let at = |share: f32, length: u32| ((share.clamp(0.0, 1.0) * length as f32).round() as u32).min(length);
    let (left, top) = (at(bounds[0], width).min(width - 1), at(bounds[1], height).min(height - 1));
    [left, top, at(bounds[2], width).max(left + 1), at(bounds[3], height).max(top + 1)]
}

/// The garment with a little of what is around it.
fn framed(close: &RgbImage, [left, top, right, bottom]: [f32; 4]) -> RgbImage {
    let bounds = [left - FRAME, top - FRAME, right + FRAME, bottom + FRAME];
    let [left, top, right, bottom] = in_pixels(bounds, close.width(), close.height());
    crop_imm(close, left, top, right - left, bottom - top).to_image()
}

/// The garment alone, on white, in the middle of a square.
fn cut_out(close: &RgbImage, segment: &Segment) -> RgbImage {
    let (width, height) = segment.pixels.dimensions();
    let mask = GrayImage::from_fn(width, height, |x, y| {
        Luma([if segment.inside[(y * width + x) as usize] { 255 } else { 0 }])
    });
    let mask = resize(&mask, close.width(), close.height(), FilterType::Triangle);
    let [left, top, right, bottom] = in_pixels(segment.bounds, close.width(), close.height());
    let (width, height) = (right - left, bottom - top);
    #[allow(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "sides of at most 384"
    )]
    let side = (width.max(height) as f32 * (1.0 + 2.0 * MARGIN)) as u32;
    let mut square = RgbImage::from_pixel(side, side, Rgb([255; 3]));
    let (right, down) = ((side - width) / 2, (side - height) / 2);
    for y in 0..height {
        for x in 0..width {
            let covers = u32::from(mask.get_pixel(left + x, top + y).0[0]);
            let over = |value: u8| u8::try_from((u32::from(value) * covers + 255 * (255 - covers)) / 255);
            let pixel = close.get_pixel(left + x, top + y).0.map(|value| over(value).unwrap_or(255));
            square.put_pixel(right + x, down + y, Rgb(pixel));
        }
    }
    square
}
