//! How well perception reads messages that neither rules nor training have seen.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{fs, path::Path};

use duka_perception::{Weights, eval, learning};

#[test]
fn messages_that_training_has_not_seen_are_read_well_enough() {
    let messages =
        eval::written(include_str!("../data/written/messages.tsv"), include_str!("../data/written/contexts.tsv"))
            .unwrap();
    let report = eval::measure(Weights::built_in(), messages.iter().filter(|m| m.is_held_out()));
    assert!(report.intents().of > 1_000, "{report}");
    for (family, share) in [("en", 0.86), ("sw", 0.89), ("sheng/mixed", 0.86)] {
        assert!(report.by_language[family].value() >= share, "{family}: {report}");
    }
    assert!(report.first_language.value() >= 0.90, "{report}");
    assert!(report.core_slots() >= 0.92, "{report}");
}

#[test]
fn messages_that_nobody_who_builds_has_read_are_read_well() {
    let messages = eval::labelled_lines(include_str!("../../../evals/messages/unseen.jsonl").as_bytes()).unwrap();
    let report = eval::measure(Weights::built_in(), &messages);
    assert!(report.intents().of > 1_000);
    // Shares only: a message that is shown is one that has been read.
    for (family, share) in [("en", 0.95), ("sw", 0.92), ("sheng/mixed", 0.88)] {
        let reached = report.by_language[family].value();
        assert!(reached >= share, "{family}: {reached:.3}");
    }
    assert!(report.core_slots() >= 0.93, "core slots {:.3}", report.core_slots());
    assert!(report.first_language.value() >= 0.97, "first language {:.3}", report.first_language.value());
}

#[test]
fn what_is_known_of_a_message_is_counted_right() {
    let gold = |intent: &str, text: &str, slots: &str| format!("{intent}\ten\t-\t{text}\t{slots}\n");
    let table = gold("product_search", "show me red dresses", r#"{"product": "dress", "colour": "blue"}"#)
        + &gold("greeting|thanks", "thanks", "-")
        + &gold("goodbye", "hello", "-");
    let messages = eval::written(&table, "").unwrap();
    let report = eval::measure(Weights::built_in(), &messages);
    assert_eq!((report.intents().right, report.intents().of), (2, 3), "{report}");
    assert!((report.core_slots() - 0.5).abs() < 1e-9, "{report}");
    assert_eq!(report.confusions.len(), 1);
    assert!(eval::written("nonsense\ten\t-\thi", "").is_err());
}

#[test]
fn the_weights_belong_to_the_data() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let mut files = Vec::new();
    for folder in [root.clone(), root.join("messages"), root.join("written")] {
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
