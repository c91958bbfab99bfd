//! `duka import knowledge` and `duka knowledge`: a shop's documents.

use std::{
    io::Read,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use duka_assistant::{App, knowledge};
use duka_documents::{BYTES, Note, Refusal, apart::Reader};
use duka_kernel::TenantScope;
use duka_store::documents::Kept;
use serde_json::json;

use crate::{config::Config, installation};

/// Documents to import.
#[derive(Args)]
pub struct KnowledgeArgs {
    /// The shop's slug
    #[arg(long)]
    pub tenant: String,
    /// The files; one of the same name is replaced
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// Print the result as JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Subcommand)]
pub enum KnowledgeCommand {
    /// Print the documents: name, kind, passages, and how many of them a provider has embedded
    List {
        /// The shop's slug
        #[arg(long)]
        tenant: String,
    },
    /// Take a document away: nothing of it is used any more
    Remove {
        /// The shop's slug
        #[arg(long)]
        tenant: String,
        /// The document's name
        name: String,
    },
}

/// What came of one file.
struct Outcome {
    file: String,
    result: Result<(Kept, usize, Vec<Note>), String>,
}

/// `duka import knowledge`
pub async fn import(config: &Config, args: &KnowledgeArgs) -> Result<ExitCode> {
    let store = installation::open_current(config).await?;
    let scope = installation::shop(&store, &args.tenant).await?;
    let (app, _left) = installation::assemble(config, store)?;
    let reader = Reader::this_program().context("this program does not know where it is")?;
    let mut outcomes = Vec::new();
    for file in &args.files {
        let result = take_in(&app, scope, &reader, file).await?;
        outcomes.push(Outcome { file: file.display().to_string(), result });
    }
    report(args.json, &outcomes);
    app.store.close().await;
    Ok(if outcomes.iter().all(|outcome| outcome.result.is_ok()) { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// Takes one file in. The inner error is about the file, the outer one about the installation.
async fn take_in(
    app: &App,
    scope: TenantScope,
    reader: &Reader,
    file: &Path,
) -> Result<Result<(Kept, usize, Vec<Note>), String>> {
    let bytes = match read(file) {
        Ok(bytes) if bytes.len() > BYTES => return Ok(Err(Refusal::TooLarge.to_string())),
        Ok(bytes) => bytes::Bytes::from(bytes),
        Err(error) => return Ok(Err(format!("it is not readable: {error}"))),
    };
    let name = knowledge::plain_name(&file.to_string_lossy());
    let document = match reader.read(bytes.clone(), &name).await {
        Ok(document) => document,
        Err(refusal) => return Ok(Err(refusal.to_string())),
    };
    let (passages, notes) = (document.passages.len(), document.notes.clone());
    match knowledge::keep(app, scope, &name, bytes, document).await {
        Ok(kept) => Ok(Ok((kept, passages, notes))),
        Err(error) if knowledge::is_full(&error) => {
            Ok(Err("the shop has no room for it; remove documents: duka knowledge list".into()))
        }
        Err(error) => Err(error.into()),
    }
}

/// A file's bytes, no more than one byte beyond what is taken.
fn read(file: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    std::fs::File::open(file)?.take(BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn word(kept: Kept) -> &'static str {
    match kept {
        Kept::Created => "created",
        Kept::Updated => "updated",
        Kept::Unchanged => "skipped",
    }
}

fn report(as_json: bool, outcomes: &[Outcome]) {
    let count = |word_: &str| outcomes.iter().filter(|o| o.result.as_ref().is_ok_and(|r| word(r.0) == word_)).count();
    let failed = outcomes.iter().filter(|outcome| outcome.result.is_err()).count();
    let (created, updated, skipped) = (count("created"), count("updated"), count("skipped"));
    if as_json {
        let files: Vec<_> = outcomes
            .iter()
            .map(|outcome| match &outcome.result {
                Ok((kept, passages, notes)) => {
                    let notes: Vec<String> = notes.iter().map(ToString::to_string).collect();
                    json!({"file": outcome.file, "outcome": word(*kept), "passages": passages, "notes": notes})
                }
                Err(reason) => json!({"file": outcome.file, "outcome": "failed", "reason": reason}),
            })
            .collect();
        let sums =
            json!({"created": created, "updated": updated, "skipped": skipped, "failed": failed, "files": files});
        println!("{sums}");
        return;
    }
    for outcome in outcomes {
        match &outcome.result {
            Ok((kept, passages, notes)) => {
                println!("{}: {}, {passages} passages", outcome.file, word(*kept));
                notes.iter().for_each(|note| println!("note: {}: {note}", outcome.file));
            }
            Err(reason) => println!("{}: failed: {reason}", outcome.file),
        }
    }
    println!("{created} created, {updated} updated, {skipped} skipped, {failed} failed");
}

/// `duka knowledge`
pub async fn knowledge(config: &Config, command: KnowledgeCommand) -> Result<ExitCode> {
    let store = installation::open_current(config).await?;
    match command {
        KnowledgeCommand::List { tenant } => {
            let scope = installation::shop(&store, &tenant).await?;
            for document in store.read(scope).await?.documents().await? {
                let (name, kind) = (document.name, document.kind);
                println!("{name}\t{kind}\t{} passages\t{} embedded", document.passages, document.embedded);
            }
        }
        KnowledgeCommand::Remove { tenant, name } => {
            let scope = installation::shop(&store, &tenant).await?;
            let removed = knowledge::remove(&store, scope, &name).await?;
            anyhow::ensure!(removed, "there is no document {name:?}: duka knowledge list");
            println!("removed");
        }
    }
    store.close().await;
    Ok(ExitCode::SUCCESS)
}
