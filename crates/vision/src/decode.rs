//! Reading a picture within bounds: its size is known before a pixel is decoded.

use std::io::Cursor;

use image::{DynamicImage, GrayImage, ImageDecoder, ImageFormat, ImageReader, Limits, RgbImage, metadata::Orientation};
use jpeg_decoder::{Decoder as JpegDecoder, PixelFormat};
use thiserror::Error;

/// A side of a picture may have at most this many pixels.
pub const LONGEST_SIDE: u32 = 16_384;

/// A JPEG is decoded at a fraction of its size, so it may be large; phones make up to 50 megapixels.
const JPEG_PIXELS: u64 = 64_000_000;

/// The coefficients of a progressive JPEG are all in memory before the first pixel.
const PROGRESSIVE_PIXELS: u64 = 20_000_000;

/// Other formats are decoded whole.
const WHOLE_PIXELS: u64 = 12_500_000;

/// What a decoder may allocate.
const MEMORY: u64 = 100 * 1024 * 1024;

/// Decoding aims at this longest side or a little more.
const ENOUGH: u16 = 1280;

/// A picture in memory, upright, in RGB.
#[derive(Clone, Debug)]
pub struct Picture {
    pub(crate) pixels: RgbImage,
}

/// Why a picture was not read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
pub enum Refused {
    /// Not a JPEG, PNG, WebP or GIF.
    #[error("it is not a picture that is read here: JPEG, PNG, WebP, GIF")]
    NotAPicture,
    /// More pixels than are decoded.
    #[error("it has more pixels than are decoded here")]
    TooLarge,
    /// Cut off or damaged.
    #[error("it is damaged")]
    Damaged,
}

impl Picture {
    /// Reads a picture. Never allocates much more than a hundred megabytes, whatever the bytes announce.
    ///
    /// # Errors
    /// If the bytes are no picture, damaged, or announce too many pixels.
    pub fn decode(bytes: &[u8]) -> Result<Self, Refused> {
        match image::guess_format(bytes) {
            Ok(ImageFormat::Jpeg) => jpeg(bytes),
            Ok(format @ (ImageFormat::Png | ImageFormat::WebP | ImageFormat::Gif)) => whole(bytes, format),
            _ => Err(Refused::NotAPicture),
        }
    }

    /// A picture of these pixels.
    #[must_use]
    pub const fn from_rgb(pixels: RgbImage) -> Self {
        Self { pixels }
    }

    /// Width and height in pixels.
    #[must_use]
    pub fn dimensions(&self) -> (u32, u32) {
        self.pixels.dimensions()
    }
}

fn check(width: u32, height: u32, most: u64) -> Result<(), Refused> {
    if width == 0 || height == 0 {
        return Err(Refused::Damaged);
    }
    if width > LONGEST_SIDE || height > LONGEST_SIDE || u64::from(width) * u64::from(height) > most {
        return Err(Refused::TooLarge);
    }
    Ok(())
}

fn jpeg(bytes: &[u8]) -> Result<Picture, Refused> {
    let mut decoder = JpegDecoder::new(Cursor::new(bytes));
    decoder.read_info().map_err(|_| Refused::Damaged)?;
    let info = decoder.info().ok_or(Refused::Damaged)?;
    let most = match info.coding_process {
        jpeg_decoder::CodingProcess::DctProgressive => PROGRESSIVE_PIXELS,
        _ => JPEG_PIXELS,
    };
    check(info.width.into(), info.height.into(), most)?;
    decoder.set_max_decoding_buffer_size(usize::try_from(MEMORY).unwrap_or(usize::MAX));
    let (width, height) = decoder.scale(ENOUGH, ENOUGH).map_err(|_| Refused::Damaged)?;
    let data = decoder.decode().map_err(|_| Refused::Damaged)?;
    let (width, height) = (u32::from(width), u32::from(height));
    let pixels = match info.pixel_format {
        PixelFormat::RGB24 => RgbImage::from_raw(width, height, data),
        PixelFormat::L8 => {
            GrayImage::from_raw(width, height, data).map(|grey| DynamicImage::ImageLuma8(grey).into_rgb8())
        }
        PixelFormat::CMYK32 => RgbImage::from_raw(width, height, from_cmyk(&data)),
        PixelFormat::L16 => None,
    };
    let orientation = decoder.exif_data().and_then(Orientation::from_exif_chunk).unwrap_or(Orientation::NoTransforms);
    upright(DynamicImage::ImageRgb8(pixels.ok_or(Refused::Damaged)?), orientation)
}

/// As printers' JPEGs have it: inverted.
fn from_cmyk(data: &[u8]) -> Vec<u8> {
    let product = |ink: u8, key: u8| u8::try_from(u16::from(ink) * u16::from(key) / 255).unwrap_or(255);
    let (pixels, _) = data.as_chunks::<4>();
    pixels.iter().flat_map(|[c, m, y, k]| [product(*c, *k), product(*m, *k), product(*y, *k)]).collect()
}

fn whole(bytes: &[u8], format: ImageFormat) -> Result<Picture, Refused> {
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let refused = |error: image::ImageError| match error {
        image::ImageError::Limits(_) => Refused::TooLarge,
        _ => Refused::Damaged,
    };
    let mut decoder = reader.into_decoder().map_err(refused)?;
    let (width, height) = decoder.dimensions();
    check(width, height, WHOLE_PIXELS)?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let decoded = DynamicImage::from_decoder(decoder).map_err(refused)?;
    upright(decoded, orientation)
}

fn upright(mut decoded: DynamicImage, orientation: Orientation) -> Result<Picture, Refused> {
    decoded.apply_orientation(orientation);
    Ok(Picture { pixels: on_white(decoded) })
}

/// What is transparent was meant to be seen on a page.
fn on_white(decoded: DynamicImage) -> RgbImage {
    if !decoded.color().has_alpha() {
        return decoded.into_rgb8();
    }
    let rgba = decoded.into_rgba8();
    let over = |value: u8, alpha: u8| {
        let (value, alpha) = (u32::from(value), u32::from(alpha));
        u8::try_from((value * alpha + 255 * (255 - alpha)) / 255).unwrap_or(255)
    };
    RgbImage::from_fn(rgba.width(), rgba.height(), |x, y| {
        let [r, g, b, a] = rgba.get_pixel(x, y).0;
        image::Rgb([over(r, a), over(g, a), over(b, a)])
    })
}
