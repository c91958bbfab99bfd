//! `duka eval images`: finding pictures by their looks alone; no database, no network.

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use anyhow::{Context, Result, bail};
use duka_vision::{ImageFeatures, Picture, analyse, rank};

/// How many results a query has.
const RESULTS: usize = 5;

/// Prints, for every query, the pictures of the gallery that are most like it, and what was read from it.
pub fn images(gallery: &Path, queries: &Path) -> Result<ExitCode> {
    let gallery = describe(gallery)?;
    let queries = describe(queries)?;
    if gallery.read.is_empty() || queries.read.is_empty() {
        bail!("no picture could be read: name two folders of JPEG, PNG, WebP or GIF files");
    }
    for (name, query) in &queries.read {
        let near = rank(query, gallery.read.iter().map(|(_, features)| features));
        let results: Vec<&String> = near.iter().take(RESULTS).map(|alike| &gallery.read[alike.at].0).collect();
        let line = serde_json::json!({
            "query": name, "results": results, "category": query.category().0, "colour": query.colour().0.name(),
            "route": query.route().0.name(),
        });
        println!("{line}");
    }
    for (name, why) in gallery.refused.iter().chain(&queries.refused) {
        eprintln!("{name}: {why}");
    }
    Ok(if queries.refused.is_empty() && gallery.refused.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

#[derive(Default)]
struct Described {
    read: Vec<(String, ImageFeatures)>,
    refused: Vec<(String, String)>,
}

/// Looks at every picture of a folder, on every core, in the order of their names.
fn describe(folder: &Path) -> Result<Described> {
    let entries = fs::read_dir(folder).with_context(|| format!("{} is not readable", folder.display()))?;
    let mut files: Vec<PathBuf> =
        entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.is_file()).collect();
    files.sort();
    let (next, done) = (AtomicUsize::new(0), Mutex::new(Described::default()));
    let workers = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
                    let looked = look(file);
                    let mut done = done.lock().unwrap_or_else(PoisonError::into_inner);
                    match looked {
                        Ok(features) => done.read.push((name, features)),
                        Err(why) => done.refused.push((name, why)),
                    }
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.read.sort_by(|a, b| a.0.cmp(&b.0));
    done.refused.sort();
    Ok(done)
}

fn look(file: &Path) -> Result<ImageFeatures, String> {
    let bytes = fs::read(file).map_err(|error| error.to_string())?;
    Picture::decode(&bytes).map(|picture| analyse(&picture)).map_err(|refused| refused.to_string())
}
