//! What is stored of a picture: smaller, encoded afresh, nothing in it but pixels.

use image::{
    RgbImage,
    codecs::jpeg::JpegEncoder,
    imageops::{FilterType, resize, thumbnail},
};

use crate::Picture;

/// The longest side of what is stored.
pub const MAX_SIDE: u32 = 1280;

/// The longest side of the small one, for lists.
pub const THUMBNAIL_SIDE: u32 = 320;

/// What is stored is never larger.
pub const MAX_RENDITION_BYTES: usize = 1024 * 1024;

/// Qualities tried until the size is kept.
const QUALITIES: [u8; 3] = [82, 68, 50];

/// A JPEG without any metadata.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rendition {
    /// The file.
    pub jpeg: Vec<u8>,
    /// Its width.
    pub width: u32,
    /// Its height.
    pub height: u32,
}

impl Picture {
    /// The picture as it is stored: longest side at most [`MAX_SIDE`], at most [`MAX_RENDITION_BYTES`].
    #[must_use]
    pub fn rendition(&self) -> Rendition {
        encode(&self.within(MAX_SIDE))
    }

    /// The small picture of a list.
    #[must_use]
    pub fn small(&self) -> Rendition {
        encode(&self.within(THUMBNAIL_SIDE))
    }

    /// The pixels with a longest side of at most `side`; never larger than they are.
    pub(crate) fn within(&self, side: u32) -> RgbImage {
        let (width, height) = self.dimensions();
        let longest = width.max(height);
        if longest <= side {
            return self.pixels.clone();
        }
        let scaled = |length: u32| (length * side).div_euclid(longest).max(1);
        if longest >= side * 2 {
            thumbnail(&self.pixels, scaled(width), scaled(height))
        } else {
            resize(&self.pixels, scaled(width), scaled(height), FilterType::Triangle)
        }
    }
}

fn encode(pixels: &RgbImage) -> Rendition {
    let mut jpeg = Vec::new();
    for quality in QUALITIES {
        jpeg.clear();
        JpegEncoder::new_with_quality(&mut jpeg, quality)
            .encode_image(pixels)
            .expect("a bounded RGB picture is a JPEG, and memory takes it");
        if jpeg.len() <= MAX_RENDITION_BYTES {
            break;
        }
    }
    Rendition { width: pixels.width(), height: pixels.height(), jpeg }
}
