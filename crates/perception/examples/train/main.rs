//! Trains the classifier of messages and writes its weights beside the data.
//!
//! `cargo run -p duka-perception --release --example train`. Seeded: the same data give the same file.

mod grammar;
mod model;
mod random;

use std::{error::Error, fs, path::Path};

use duka_perception::{
    Intent,
    learning::{self, BUCKETS, CLASSES, HEADER},
    perceive,
};

use crate::{grammar::Sample, model::Model};

/// Messages made for each intent.
const PER_INTENT: usize = 420;

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let grammar = grammar::Grammar::load(&root.join("messages"))?;
    let samples = grammar.samples(PER_INTENT, 20_260_304);
    let (held, train): (Vec<Sample>, Vec<Sample>) = samples.into_iter().partition(|s| s.held_out);
    println!("{} templates, {} messages to train on, {} held out", grammar.templates(), train.len(), held.len());
    let model = Model::train(&train);
    let path = root.join("weights.bin");
    let bytes = model.quantised(learning::fingerprint(files(&root)?.iter().map(|(n, c)| (n.as_str(), c.as_slice()))));
    assert_eq!(bytes.len(), HEADER + BUCKETS * CLASSES);
    fs::write(&path, bytes)?;
    report("held-out templates, before quantising", &held, |s| model.best(&s.features));
    report("training messages", &train, |s| model.best(&s.features));
    // the product reads the weights it was built with, so its own score is one build behind
    let sure: f32 = held.iter().map(|s| perceive(&s.text, &s.context).confidence).sum::<f32>() / held.len() as f32;
    println!("mean confidence on held-out templates: {sure:.3}");
    report("held-out templates, whole perception (weights of the last build)", &held, |s| {
        let seen = perceive(&s.text, &s.context);
        (seen.intent, seen.langs[0])
    });
    Ok(())
}

fn report(title: &str, samples: &[Sample], read: impl Fn(&Sample) -> (Intent, duka_kernel::Language)) {
    let (mut intents, mut languages) = (0, 0);
    let mut wrong: std::collections::BTreeMap<(Intent, Intent), Vec<&str>> = std::collections::BTreeMap::new();
    for sample in samples {
        let (intent, language) = read(sample);
        languages += usize::from(language == sample.language);
        if intent == sample.intent {
            intents += 1;
        } else {
            wrong.entry((sample.intent, intent)).or_default().push(&sample.text);
        }
    }
    let share = |n: usize| n as f64 / samples.len().max(1) as f64;
    println!("{title}: intents {:.3}, main language {:.3}", share(intents), share(languages));
    let mut wrong: Vec<_> = wrong.into_iter().collect();
    wrong.sort_by_key(|(_, texts)| std::cmp::Reverse(texts.len()));
    for ((gold, read), texts) in wrong.iter().take(std::env::var("SHOW").ok().and_then(|n| n.parse().ok()).unwrap_or(0))
    {
        println!("  {gold} -> {read}: {} e.g. {:?}", texts.len(), &texts[..texts.len().min(3)]);
    }
}

/// Name and content.
type DataFile = (String, Vec<u8>);

/// Every data file that decides the features or the messages, by name: what the weights belong to.
fn files(root: &Path) -> Result<Vec<DataFile>, Box<dyn Error>> {
    let mut files = Vec::new();
    for folder in [root.to_path_buf(), root.join("messages")] {
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
