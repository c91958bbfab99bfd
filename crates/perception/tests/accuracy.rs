//! How well perception reads messages that neither rules nor training have seen.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{fs, path::Path};

use duka_perception::{Context, Intent, Slots, eval, learning, perceive};
use serde::Deserialize;

#[derive(Deserialize)]
struct Labelled {
    text: String,
    langs: Vec<duka_kernel::Language>,
    intent: Intent,
    slots: Slots,
    #[serde(default)]
    context: Context,
}

fn held_out() -> Vec<Labelled> {
    let read = |line: &str| serde_json::from_str(line).expect("a labelled message a line");
    include_str!("../data/heldout.jsonl").lines().map(read).collect()
}

#[test]
fn held_out_messages_are_read_well_enough() {
    let lines = held_out();
    let (mut intents, mut languages, mut slots) = (0, 0, 0);
    for line in &lines {
        let seen = perceive(&line.text, &line.context);
        intents += usize::from(seen.intent == line.intent);
        languages += usize::from(seen.langs[0] == line.langs[0]);
        slots += usize::from(seen.slots == line.slots);
    }
    let share = |n: usize| n as f64 / lines.len() as f64;
    assert!(share(intents) >= 0.90, "intents {:.3}", share(intents));
    assert!(share(languages) >= 0.94, "main language {:.3}", share(languages));
    assert!(share(slots) >= 0.88, "messages with all slots right {:.3}", share(slots));
}

#[test]
fn the_weights_belong_to_the_data() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let mut files = Vec::new();
    for folder in [root.clone(), root.join("messages")] {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(&root).unwrap().to_string_lossy().into_owned();
            if name.ends_with(".tsv") || name.ends_with(".txt") {
                files.push((name, fs::read(&path).unwrap()));
            }
        }
    }
    files.sort();
    let hash = learning::fingerprint(files.iter().map(|(name, content)| (name.as_str(), content.as_slice())));
    assert_eq!(
        hash,
        learning::data_hash(),
        "the data changed: run `cargo run -p duka-perception --release --example train`"
    );
}

#[test]
fn a_file_of_messages_is_read_line_by_line() {
    let input = "{\"id\": \"a\", \"text\": \"bei ya gauni ni ngapi\"}\n\n{\"id\": 2, \"text\": \"2\", \"context\": {\"awaiting\": \"quantity\"}, \"source\": \"x\"}\n";
    let mut output = Vec::new();
    assert_eq!(eval::run_lines(input.as_bytes(), &mut output).unwrap(), 2);
    let lines: Vec<serde_json::Value> =
        String::from_utf8(output).unwrap().lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(lines[0]["intent"], "price_inquiry");
    assert_eq!(lines[0]["slots"]["product"], "dress");
    assert_eq!(lines[0]["langs"][0], "sw");
    assert_eq!(lines[1]["slots"]["quantity"], 2);
}

#[test]
fn a_line_that_is_no_message_is_named() {
    let error = eval::run_lines("{\"id\": 1, \"text\": \"hi\"}\nnonsense\n".as_bytes(), Vec::new()).unwrap_err();
    assert!(error.to_string().starts_with("line 2 "), "{error}");
}
