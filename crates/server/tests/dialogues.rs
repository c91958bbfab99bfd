//! Plays every scripted dialogue of `evals/dialogues` with the program itself, and keeps what was said, so that a
//! change of wording or policy is seen as one.

use std::{collections::BTreeMap, path::Path, process::Command};

use duka_doubles::models::{Double, phrasing::phrase};
use duka_models::Provider;

/// Least shares of dialogues that are right, right all four times, and of replies in the right language, in per cent:
/// just under what was measured (docs/quality.md).
struct Bars {
    pass_1: f64,
    pass_4: f64,
    language: f64,
}

/// What is said, by the name of the file the dialogues are in.
fn transcripts(output: &str) -> BTreeMap<String, String> {
    let mut by_file: BTreeMap<String, String> = BTreeMap::new();
    let mut file = None;
    for line in output.lines() {
        if let Some((name, _)) = line.strip_prefix("ok     ").and_then(|rest| rest.split_once(" · ")) {
            file = Some(name.to_owned());
        } else if line.starts_with("reply language right in ") {
            file = None;
        }
        // How a message was read is the understanding's own evaluation.
        if line.starts_with("heard ") {
            continue;
        }
        if let Some(text) = file.as_ref().map(|file| by_file.entry(file.clone()).or_default()) {
            text.push_str(line.trim_end());
            text.push('\n');
        }
    }
    by_file
}

/// Order numbers are drawn from random identities.
fn without_order_numbers(text: &str) -> String {
    let is_ours = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit();
    let mut redacted = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("DK-") {
        redacted.push_str(before);
        let end = after.find(|c| !is_ours(c)).unwrap_or(after.len());
        let given = after[..end].starts_with("O");
        redacted.push_str(if given { "DK-" } else { "DK-……" });
        if given {
            redacted.push_str(&after[..end]);
        }
        rest = &after[end..];
    }
    redacted + rest
}

/// What `duka eval dialogues` prints of a folder.
fn played(folder: &str, arguments: &[&str]) -> std::process::Output {
    played_with(folder, arguments, &[("DUKA_LLM_CHAIN", "none".to_owned())])
}

fn played_with(folder: &str, arguments: &[&str], environment: &[(&str, String)]) -> std::process::Output {
    Command::new(env!("CARGO_BIN_EXE_duka"))
        .args(["eval", "dialogues"])
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../evals").join(folder))
        .args(arguments)
        .env("DUKA_LOG", "off")
        .envs(environment.iter().map(|(name, value)| (*name, value)))
        .output()
        .expect("the program runs")
}

/// The most calls a turn, and the most words that are true and stopped, in per cent.
const CALLS: f64 = 0.6;
const STOPPED: f64 = 2.0;

#[tokio::test(flavor = "multi_thread")]
async fn with_a_model_that_phrases_freely_the_same_happens() {
    let double = Double::answering(phrase).await.expect("a socket");
    let with_it = [
        ("DUKA_LLM_CHAIN", "openai/gpt-6-luna".to_owned()),
        ("OPENAI_API_KEY", "key-openai".to_owned()),
        ("DUKA_OPENAI_API_BASE", double.base(Provider::OpenAi)),
    ];
    for (folder, tenant) in [("dialogues", "tembo"), ("dialogues/malkia", "malkia")] {
        let arguments = ["--tenant", tenant, "--outcomes"];
        let without = failed(&played(folder, &arguments));
        let output = played_with(folder, &arguments, &with_it);
        assert_eq!(failed(&output), without, "what happens does not depend on who words it");
        let output = String::from_utf8_lossy(&output.stdout).into_owned();
        let figures =
            output.lines().filter(|line| line.starts_with("a model asked") || line.starts_with("its words sent"));
        figures.for_each(|line| println!("{folder}: {line}"));
        assert!(per_cent(&output, "a model asked ") <= CALLS, "{output}");
        let (said, stopped) = (per_cent(&output, "its words sent "), per_cent(&output, "times, stopped "));
        assert!(said >= 20.0 && 100.0 * stopped <= STOPPED * (said + stopped), "{output}");
    }
    assert!(double.received().len() >= 40, "it was asked");
}

/// The dialogues that failed, and how.
fn failed(output: &std::process::Output) -> Vec<String> {
    let output = String::from_utf8_lossy(&output.stdout);
    let faults = output.lines().filter(|line| line.starts_with("FAILED") || line.starts_with("       step"));
    faults.map(str::to_owned).collect()
}

/// The per cent after these words.
fn per_cent(output: &str, words: &str) -> f64 {
    let after = output.split_once(words).map(|(_, after)| after).unwrap_or_default();
    after.split_whitespace().next().and_then(|number| number.parse().ok()).unwrap_or(0.0)
}

/// Written by somebody who had not seen the policy.
#[test]
fn conversations_written_blind_go_right_in_other_words_too() {
    let bars = Bars { pass_1: 97.0, pass_4: 94.0, language: 96.5 };
    goes_right_in_other_words("dialogues/malkia", "malkia", &bars);
}

#[test]
fn the_scripted_dialogues_go_right_in_other_words_too() {
    let bars = Bars { pass_1: 98.0, pass_4: 95.0, language: 98.0 };
    goes_right_in_other_words("dialogues", "tembo", &bars);
}

fn goes_right_in_other_words(folder: &str, tenant: &str, bars: &Bars) {
    let output = played(folder, &["--tenant", tenant, "--runs", "4"]);
    let output = String::from_utf8(output.stdout).expect("what is said is UTF-8");
    let least = [("pass^1 ", bars.pass_1), ("pass^4 ", bars.pass_4), ("reply language right in ", bars.language)];
    for (figure, least) in least {
        assert!(per_cent(&output, figure) >= least, "{figure}is below {least} %:\n{output}");
    }
    assert!(output.matches(" · ").count() >= 100, "too few dialogues:\n{output}");
}

#[test]
fn every_scripted_dialogue_goes_as_written() {
    goes_as_written("dialogues", "tembo");
}

#[test]
fn every_dialogue_about_a_picture_goes_as_written() {
    goes_as_written("pictures", "zuri");
}

fn goes_as_written(folder: &str, tenant: &str) {
    let played = played(folder, &["--tenant", tenant, "--transcripts"]);
    let output = String::from_utf8(played.stdout).expect("what is said is UTF-8");
    let faults: Vec<&str> =
        output.lines().filter(|l| l.starts_with("FAILED") || l.starts_with("       step")).collect();
    assert!(played.status.success(), "{}\n{}", faults.join("\n"), String::from_utf8_lossy(&played.stderr));
    let transcripts = transcripts(&output);
    for (file, text) in transcripts {
        assert!(text.matches("ok     ").count() >= 10, "{file} has too few dialogues");
        insta::assert_snapshot!(file, without_order_numbers(&text));
    }
}
