//! The documents of the shops that dialogues are played in.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use duka_assistant::{App, knowledge};

use crate::installation;

/// Keeps the documents of a folder, in which each shop has a folder of its own, named by its slug.
///
/// # Errors
/// If one cannot be read or kept.
pub(super) async fn import(app: &App, folder: &Path) -> Result<()> {
    for shop in entries(folder) {
        let slug = shop.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let scope = installation::shop(&app.store, &slug).await?;
        for file in entries(&shop) {
            let bytes = std::fs::read(&file).with_context(|| format!("{} is not readable", file.display()))?;
            let name = knowledge::plain_name(&file.to_string_lossy());
            let document = duka_documents::read(&bytes, &name).with_context(|| format!("{}", file.display()))?;
            knowledge::keep(app, scope, &name, bytes.into(), document).await?;
        }
    }
    Ok(())
}

/// What is in a folder, in order; nothing if there is none.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.path()).collect();
    found.sort();
    found
}
