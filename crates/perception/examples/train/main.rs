//! Trains the classifier of messages and writes its weights beside the data.
//!
//! `cargo run -p duka-perception --release --example train`. Seeded: the same data give the same file.

mod grammar;
mod model;
mod random;
mod written;

use std::{error::Error, fs, path::Path};

use duka_perception::{
    Weights,
    eval::{self, Labelled},
    learning::{self, BUCKETS, CLASSES, HEADER},
    perceive_with,
};

use crate::{
    grammar::{Grammar, Sample},
    model::Model,
};

/// Messages made for each intent.
const PER_INTENT: usize = 800;

/// Parts of a check on messages that a model has not seen.
const FOLDS: usize = 5;

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let grammar = Grammar::load(&root.join("messages"))?;
    let made = grammar.samples(PER_INTENT, 20_260_304);
    let messages = written::load(&root.join("written"))?;
    let (held, known): (Vec<&Labelled>, Vec<&Labelled>) = messages.iter().partition(|m| m.is_held_out());
    let (kept, made): (Vec<&Sample>, Vec<&Sample>) = made.iter().partition(|s| s.held_out);
    println!("{} templates, {} messages made of them, {} held out", grammar.templates(), made.len(), kept.len());
    println!("{} messages written by hand, {} held out", known.len(), held.len());
    if std::env::args().any(|a| a == "check") {
        check(&known, &made, &grammar);
        return Ok(());
    }
    let own = written::samples(known.iter().copied(), &grammar, 7);
    let model = Model::train(&made.iter().copied().chain(&own).collect::<Vec<_>>());
    let path = root.join("weights.bin");
    let bytes = model.quantised(learning::fingerprint(files(&root)?.iter().map(|(n, c)| (n.as_str(), c.as_slice()))));
    assert_eq!(bytes.len(), HEADER + BUCKETS * CLASSES);
    fs::write(&path, &bytes)?;
    println!("held-out messages: {}", eval::measure(Weights(&bytes), held));
    Ok(())
}

/// Trains on four fifths of the known messages and reads the last fifth, five times, and prints every misreading.
fn check(known: &[&Labelled], made: &[&Sample], grammar: &Grammar) {
    let fold = |m: &Labelled| learning::fingerprint([("fold", m.text.as_bytes())]) as usize % FOLDS;
    let mut report = eval::Report::default();
    for part in 0..FOLDS {
        let (test, train): (Vec<&Labelled>, Vec<&Labelled>) = known.iter().partition(|m| fold(m) == part);
        let own = written::samples(train, grammar, 7);
        let bytes = Model::train(&made.iter().copied().chain(&own).collect::<Vec<_>>()).quantised(0);
        for gold in test {
            let seen = perceive_with(Weights(&bytes), &gold.text, &gold.context);
            report.add(gold, &seen, std::time::Duration::ZERO);
            println!(
                "{}",
                serde_json::json!({"gold": gold.intent, "seen": seen.intent, "wishes": seen.wishes.iter().map(|w| w.intent).collect::<Vec<_>>(), "also": gold.also, "sure": seen.confidence,
                "langs": gold.langs, "read": seen.langs, "slots": gold.slots, "named": seen.slots, "text": gold.text,
                "awaiting": gold.context.awaiting, "shown": gold.context.shown.len(), "bot": gold.context.last_bot})
            );
        }
    }
    println!("{report}");
}

/// Name and content.
type DataFile = (String, Vec<u8>);

/// Every data file that decides the features or the messages, by name: what the weights belong to.
fn files(root: &Path) -> Result<Vec<DataFile>, Box<dyn Error>> {
    let mut files = Vec::new();
    for folder in [root.to_path_buf(), root.join("messages"), root.join("written")] {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            let name = path.strip_prefix(root)?.to_string_lossy().into_owned();
            if name.ends_with(".tsv") || name.ends_with(".txt") {
                files.push((name, fs::read(&path)?));
            }
        }
    }
    files.sort();
    Ok(files)
}
