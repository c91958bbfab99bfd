//! EfficientNet-Lite1 without its classifier: what a picture looks like, as 1,280 numbers.
//!
//! The weights are whole numbers of one byte with a scale for each output (`data/README.md` says where they are from).
//! They stay as they are in the program and are widened layer by layer, so the network costs no memory between pictures.
//! Maps are rows of pixels of channels: a pointwise convolution is one matrix product.

use image::{
    RgbImage,
    imageops::{FilterType, resize},
};
use ndarray::{ArrayView2, ArrayViewMut2, linalg::general_mat_mul};

/// The side of the square the network looks at.
pub(crate) const SIDE: u32 = 240;

/// How many numbers it gives.
pub(crate) const WIDTH: usize = 1280;

static WEIGHTS: &[u8] = include_bytes!("../data/network.bin");

/// Inverted residual blocks of one stage.
struct Stage {
    repeats: usize,
    kernel: usize,
    stride: usize,
    expand: usize,
    outputs: usize,
}

const fn stage(repeats: usize, kernel: usize, stride: usize, expand: usize, outputs: usize) -> Stage {
    Stage { repeats, kernel, stride, expand, outputs }
}

const STEM: usize = 32;

/// EfficientNet-B0's stages, all but the first and last deepened by 1.1.
const STAGES: [Stage; 7] = [
    stage(1, 3, 1, 1, 16),
    stage(3, 3, 2, 6, 24),
    stage(3, 5, 2, 6, 40),
    stage(4, 3, 2, 6, 80),
    stage(4, 5, 1, 6, 112),
    stage(5, 5, 2, 6, 192),
    stage(1, 3, 1, 6, 320),
];

struct Map {
    height: usize,
    width: usize,
    channels: usize,
    data: Vec<f32>,
}

/// A layer's weights, inputs by outputs, and what is added to each output.
struct Layer {
    weights: Vec<f32>,
    bias: Vec<f32>,
}

/// Reads one layer after the other.
struct Weights(&'static [u8]);

impl Weights {
    fn floats(&mut self, count: usize) -> Vec<f32> {
        let (head, rest) = self.0.split_at(count * 4);
        self.0 = rest;
        head.as_chunks::<4>().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect()
    }

    fn layer(&mut self, inputs: usize, outputs: usize) -> Layer {
        let (scale, bias) = (self.floats(outputs), self.floats(outputs));
        let (head, rest) = self.0.split_at(inputs * outputs);
        self.0 = rest;
        let weights = head
            .chunks_exact(outputs)
            .flat_map(|row| row.iter().zip(&scale).map(|(weight, scale)| f32::from(weight.cast_signed()) * scale))
            .collect();
        Layer { weights, bias }
    }
}

/// What the network makes of a picture, which is stretched to its square.
pub(crate) fn embed(picture: &RgbImage) -> Vec<f32> {
    let mut weights = Weights(WEIGHTS);
    let mut map = stem(picture, &weights.layer(27, STEM));
    for stage in STAGES {
        for repeat in 0..stage.repeats {
            let stride = if repeat == 0 { stage.stride } else { 1 };
            map = block(map, &stage, stride, &mut weights);
        }
    }
    let channels = map.channels;
    let mut map = pointwise(&map, &weights.layer(channels, WIDTH), None);
    relu6(&mut map);
    let mut mean = vec![0.0; WIDTH];
    for pixel in map.data.chunks_exact(WIDTH) {
        mean.iter_mut().zip(pixel).for_each(|(sum, value)| *sum += value);
    }
    #[allow(clippy::cast_precision_loss, reason = "64 pixels")]
    let pixels = (map.height * map.width) as f32;
    mean.iter_mut().for_each(|value| *value /= pixels);
    mean
}

fn block(input: Map, stage: &Stage, stride: usize, weights: &mut Weights) -> Map {
    let inputs = input.channels;
    let keeps = stride == 1 && inputs == stage.outputs;
    let inner = inputs * stage.expand;
    let expanded = (stage.expand != 1).then(|| {
        let mut map = pointwise(&input, &weights.layer(inputs, inner), None);
        relu6(&mut map);
        map
    });
    let depthwise = weights.layer(stage.kernel * stage.kernel, inner);
    let spread = spread(expanded.as_ref().unwrap_or(&input), &depthwise, stage.kernel, stride);
    drop(expanded);
    pointwise(&spread, &weights.layer(inner, stage.outputs), keeps.then_some(&input))
}

fn relu6(map: &mut Map) {
    map.data.iter_mut().for_each(|value| *value = value.clamp(0.0, 6.0));
}

/// A matrix product; `residual` is added.
fn pointwise(input: &Map, layer: &Layer, residual: Option<&Map>) -> Map {
    let outputs = layer.bias.len();
    let pixels = input.height * input.width;
    let mut data: Vec<f32> = match residual {
        Some(residual) => residual.data.clone(),
        None => vec![0.0; pixels * outputs],
    };
    for row in data.chunks_exact_mut(outputs) {
        row.iter_mut().zip(&layer.bias).for_each(|(value, bias)| *value += bias);
    }
    let shaped = "the map and the layer have the sizes of the architecture";
    let a = ArrayView2::from_shape((pixels, input.channels), &input.data).expect(shaped);
    let b = ArrayView2::from_shape((input.channels, outputs), &layer.weights).expect(shaped);
    let mut c = ArrayViewMut2::from_shape((pixels, outputs), &mut data).expect(shaped);
    general_mat_mul(1.0, &a, &b, 1.0, &mut c);
    Map { height: input.height, width: input.width, channels: outputs, data }
}

/// How many pixels are missing before the first, where the output has one for every `stride`.
const fn padding(length: usize, kernel: usize, stride: usize) -> usize {
    let outputs = length.div_ceil(stride);
    ((outputs - 1) * stride + kernel).saturating_sub(length) / 2
}

/// Every channel by itself over its neighbourhood, then bounded to 0..6.
fn spread(input: &Map, layer: &Layer, kernel: usize, stride: usize) -> Map {
    let channels = input.channels;
    let (height, width) = (input.height.div_ceil(stride), input.width.div_ceil(stride));
    let (top, left) = (padding(input.height, kernel, stride), padding(input.width, kernel, stride));
    let mut data = vec![0.0; height * width * channels];
    for (at, output) in data.chunks_exact_mut(channels).enumerate() {
        let (y, x) = (at / width * stride, at % width * stride);
        output.copy_from_slice(&layer.bias);
        for ky in 0..kernel {
            let Some(row) = (y + ky).checked_sub(top).filter(|row| *row < input.height) else { continue };
            for kx in 0..kernel {
                let Some(column) = (x + kx).checked_sub(left).filter(|column| *column < input.width) else { continue };
                let pixel = &input.data[(row * input.width + column) * channels..][..channels];
                let taps = &layer.weights[(ky * kernel + kx) * channels..][..channels];
                for ((sum, value), tap) in output.iter_mut().zip(pixel).zip(taps) {
                    *sum += value * tap;
                }
            }
        }
        output.iter_mut().for_each(|value| *value = value.clamp(0.0, 6.0));
    }
    Map { height, width, channels, data }
}

/// The first convolution, three by three with stride two, on the pixels.
fn stem(picture: &RgbImage, layer: &Layer) -> Map {
    let square = resize(picture, SIDE, SIDE, FilterType::Triangle);
    let side = SIDE as usize;
    let half = side / 2;
    let before = padding(side, 3, 2);
    let value =
        |y: usize, x: usize, channel: usize| (f32::from(square.as_raw()[(y * side + x) * 3 + channel]) - 127.0) / 128.0;
    let mut patches = vec![0.0; half * half * 27];
    for (at, patch) in patches.chunks_exact_mut(27).enumerate() {
        let (y, x) = (at / half * 2, at % half * 2);
        for (tap, cell) in patch.iter_mut().enumerate() {
            let (row, column) = (y + tap / 9, x + tap / 3 % 3);
            if let (Some(row), Some(column)) = (row.checked_sub(before), column.checked_sub(before))
                && row < side
                && column < side
            {
                *cell = value(row, column, tap % 3);
            }
        }
    }
    let patches = Map { height: half, width: half, channels: 27, data: patches };
    let mut map = pointwise(&patches, layer, None);
    relu6(&mut map);
    map
}
