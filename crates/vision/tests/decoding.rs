//! What customers send is read within bounds, whatever it is.

use std::io::Write;

use duka_vision::{MAX_RENDITION_BYTES, MAX_SIDE, Picture, Refused, THUMBNAIL_SIDE};
use image::{ExtendedColorType, ImageEncoder, Rgb, RgbImage, codecs::jpeg::JpegEncoder, codecs::png::PngEncoder};
use proptest::prelude::*;

fn photo(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| Rgb([(x * 7 % 256) as u8, (y * 5 % 256) as u8, ((x + y) % 256) as u8]))
}

fn jpeg(pixels: &RgbImage, quality: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, quality).encode_image(pixels).expect("a JPEG");
    bytes
}

fn png(pixels: &RgbImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    PngEncoder::new(&mut bytes)
        .write_image(pixels, pixels.width(), pixels.height(), ExtendedColorType::Rgb8)
        .expect("a PNG");
    bytes
}

/// A PNG that announces a size and holds next to nothing.
fn announcing(width: u32, height: u32) -> Vec<u8> {
    fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
        let mut body = name.to_vec();
        body.extend_from_slice(data);
        let mut crc = u32::MAX;
        for byte in &body {
            crc ^= u32::from(*byte);
            for _ in 0..8 {
                crc = if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 };
            }
        }
        let mut chunk = u32::try_from(data.len()).expect("short").to_be_bytes().to_vec();
        chunk.extend(body);
        chunk.extend((!crc).to_be_bytes());
        chunk
    }
    let mut header = width.to_be_bytes().to_vec();
    header.extend(height.to_be_bytes());
    header.extend([8, 2, 0, 0, 0]);
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    bytes.write_all(&chunk(b"IHDR", &header)).expect("memory");
    bytes.write_all(&chunk(b"IDAT", &[0x78, 0x9c, 0x03, 0, 0, 0, 0, 1])).expect("memory");
    bytes.write_all(&chunk(b"IEND", &[])).expect("memory");
    bytes
}

/// A JPEG with an EXIF orientation of `turn`.
fn turned(pixels: &RgbImage, turn: u8) -> Vec<u8> {
    let plain = jpeg(pixels, 90);
    let exif =
        [b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".as_slice(), &[turn, 0, 0, 0, 0, 0, 0]].concat();
    let length = u16::try_from(exif.len() + 2).expect("short").to_be_bytes();
    [&plain[..2], &[0xFF, 0xE1], &length, &exif, &plain[2..]].concat()
}

fn memory_peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("0");
    line.split_whitespace().next().and_then(|kib| kib.parse().ok()).unwrap_or(0)
}

#[test]
fn forty_megapixels_are_read_small_and_in_bounded_memory() {
    let large = RgbImage::from_pixel(8000, 5000, Rgb([180, 40, 60]));
    let bytes = jpeg(&large, 80);
    drop(large);
    let before = memory_peak();
    let picture = Picture::decode(&bytes).expect("a large photo is read");
    let (width, height) = picture.dimensions();
    assert!(width >= 1280 && width <= 2600 && height * 8 == width * 5, "{width} by {height}");
    // The large picture above set the peak; reading it must not move it by more than a small part.
    assert!(memory_peak().saturating_sub(before) < 40 * 1024, "{before} KiB, then {} KiB", memory_peak());
    assert_eq!((picture.rendition().width, picture.rendition().height), (1280, 800));
}

#[test]
fn a_bomb_is_refused_by_its_announced_size() {
    for (width, height) in [(50_000, 50_000), (16_000, 16_000), (1, 60_000), (u32::MAX >> 1, 1)] {
        let refused = Picture::decode(&announcing(width, height)).expect_err("too many pixels");
        assert!(matches!(refused, Refused::TooLarge | Refused::Damaged), "{width} by {height}: {refused:?}");
    }
    assert!(memory_peak() < 200 * 1024, "a bomb took {} KiB", memory_peak());
}

#[test]
fn what_is_no_picture_is_refused_as_such() {
    for bytes in [b"".as_slice(), b"hello", b"%PDF-1.7 ...", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"OggS\0"] {
        assert_eq!(Picture::decode(bytes).expect_err("no picture"), Refused::NotAPicture);
    }
}

#[test]
fn a_picture_that_is_cut_off_is_damaged() {
    for whole in [jpeg(&photo(300, 200), 85), png(&photo(300, 200))] {
        assert!(Picture::decode(&whole).is_ok());
        assert_eq!(Picture::decode(&whole[..whole.len() / 2]).expect_err("half of it"), Refused::Damaged);
        assert_eq!(Picture::decode(&whole[..20]).expect_err("its beginning"), Refused::Damaged);
    }
}

#[test]
fn a_turned_photo_comes_upright_and_keeps_nothing_but_pixels() {
    let mut pixels = RgbImage::from_pixel(64, 32, Rgb([10, 10, 10]));
    for x in 0..16 {
        for y in 0..32 {
            pixels.put_pixel(x, y, Rgb([240, 240, 240]));
        }
    }
    let picture = Picture::decode(&turned(&pixels, 6)).expect("a turned photo");
    assert_eq!(picture.dimensions(), (32, 64), "a quarter to the right");
    let stored = picture.rendition();
    assert!(!stored.jpeg.windows(4).any(|bytes| bytes == b"Exif"));
    let again = image::load_from_memory(&stored.jpeg).expect("what is stored is a JPEG").into_rgb8();
    assert!(again.get_pixel(16, 4).0[0] > 200 && again.get_pixel(16, 60).0[0] < 50, "what was left is on top");
}

#[test]
fn what_is_stored_is_within_its_sides_and_size() {
    let mut state = 7_u32;
    let noise = RgbImage::from_fn(2400, 1800, |_, _| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        Rgb([(state >> 24) as u8, (state >> 16) as u8, (state >> 8) as u8])
    });
    let bytes = jpeg(&noise, 95);
    assert!(bytes.len() > 6 * 1024 * 1024, "a heavy photo: {} bytes", bytes.len());
    let picture = Picture::decode(&bytes).expect("it is read");
    let (stored, small) = (picture.rendition(), picture.small());
    assert!(stored.width.max(stored.height) <= MAX_SIDE && stored.jpeg.len() <= MAX_RENDITION_BYTES);
    assert!(small.width.max(small.height) <= THUMBNAIL_SIDE && small.jpeg.len() < 200 * 1024);
    let tiny = Picture::decode(&png(&photo(40, 30))).expect("a small picture").rendition();
    assert_eq!((tiny.width, tiny.height), (40, 30), "nothing is made larger");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn changed_bytes_never_panic(
        is_png in any::<bool>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..40),
        length in any::<prop::sample::Index>(),
        cut in any::<bool>(),
    ) {
        let pixels = photo(48, 40);
        let mut bytes = if is_png { png(&pixels) } else { jpeg(&pixels, 60) };
        for (at, value) in changes {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        if cut {
            bytes.truncate(length.index(bytes.len()));
        }
        if let Ok(picture) = Picture::decode(&bytes) {
            let (width, height) = picture.dimensions();
            prop_assert!(width > 0 && height > 0);
        }
    }
}
