//! How long one query takes on one core, from the bytes of a JPEG to the ranking of a gallery:
//! `cargo run --release -p duka-vision --example query FILE…`, or nothing for the sample of the tests.

use std::{path::PathBuf, time::Instant};

use duka_vision::{ImageFeatures, Picture, analyse, rank};

/// As many pictures as the figure is stated for.
const GALLERY: usize = 320;

fn main() -> std::io::Result<()> {
    let mut files: Vec<PathBuf> = std::env::args().skip(1).map(PathBuf::from).collect();
    if files.is_empty() {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/photos");
        files = std::fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
        files.retain(|file| file.extension().is_some_and(|kind| kind == "jpg"));
    }
    let read: Vec<Vec<u8>> = files.iter().map(std::fs::read).collect::<Result<_, _>>()?;
    let look = |bytes: &[u8]| Picture::decode(bytes).ok().map(|picture| analyse(&picture));
    let some: Vec<ImageFeatures> = read.iter().filter_map(|bytes| look(bytes)).collect();
    let gallery: Vec<&ImageFeatures> = some.iter().cycle().take(GALLERY).collect();
    let mut took: Vec<f64> = Vec::new();
    for bytes in &read {
        let started = Instant::now();
        if let Some(features) = look(bytes) {
            std::hint::black_box(rank(&features, gallery.iter().copied()));
            took.push(started.elapsed().as_secs_f64() * 1000.0);
        }
    }
    took.sort_by(f64::total_cmp);
    let at =
        |share: usize| took.get((took.len() * share / 100).min(took.len().saturating_sub(1))).copied().unwrap_or(0.0);
    println!("{} queries against {GALLERY}: median {:.0} ms, p95 {:.0} ms", took.len(), at(50), at(95));
    Ok(())
}
