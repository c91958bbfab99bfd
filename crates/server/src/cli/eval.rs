//! `duka eval`: the understanding alone, and scripted dialogues.

use std::{
    fs::File,
    io::{BufRead, BufReader},
    path::Path,
    process::ExitCode,
};

use anyhow::{Context, Result};

use crate::{
    config::Config,
    dialogues::{self, Holds, Stage, Worded},
    printing::Out,
};

/// `duka eval nlu`: no database, no network.
pub fn nlu(file: &Path, report: bool) -> Result<ExitCode> {
    let input: Box<dyn BufRead> = if file.as_os_str() == "-" {
        Box::new(std::io::stdin().lock())
    } else {
        Box::new(BufReader::new(File::open(file).with_context(|| format!("{} is not readable", file.display()))?))
    };
    if report {
        let messages = duka_perception::eval::labelled_lines(input)?;
        print!("{}", duka_perception::eval::measure(duka_perception::Weights::built_in(), &messages));
    } else {
        duka_perception::eval::run_lines(input, std::io::BufWriter::new(Out::new()))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// `duka eval dialogues`: each dialogue in a fresh shop of its own, in as many wordings as asked for.
pub async fn dialogues(
    config: &Config,
    dir: &Path,
    tenant: &str,
    runs: usize,
    transcripts: bool,
    holds: Holds,
) -> Result<ExitCode> {
    let scripts = dialogues::read(dir)?;
    let stage = Stage::set(config, dir, tenant, holds).await?;
    let (mut failed, mut plays, mut right) = (0, 0, 0);
    let (mut languages, mut in_another, mut worded) = ((0, 0), Vec::new(), Worded::default());
    let (mut texts, mut stopped) = (0, Vec::new());
    for script in &scripts {
        let mut faults = Vec::new();
        let mut transcript = String::new();
        for run in 0..runs {
            let played = stage.play(script, run).await?;
            plays += 1;
            right += usize::from(played.faults.is_empty());
            languages = (languages.0 + played.languages.0, languages.1 + played.languages.1);
            in_another.extend(played.in_another);
            worded.add(played.worded);
            texts += played.texts;
            stopped.extend(played.stopped);
            let of_run = if runs > 1 { format!("run {}, ", run + 1) } else { String::new() };
            faults.extend(played.faults.iter().map(|fault| format!("{of_run}{fault}")));
            transcript.push_str(&played.transcript);
        }
        println!("{} {} · {}", if faults.is_empty() { "ok    " } else { "FAILED" }, script.file, script.name);
        for fault in &faults {
            println!("       {fault}");
        }
        if transcripts {
            println!("{transcript}");
        }
        failed += usize::from(!faults.is_empty());
    }
    let share = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
    println!("reply language right in {:.1} % of {} turns", share(languages.1, languages.0), languages.0);
    for turn in &in_another {
        println!("       {turn}");
    }
    if worded.calls > 0 {
        let mean = worded.calls as f64 / worded.turns.max(1) as f64;
        println!("a model asked {mean:.3} times a turn in {} turns", worded.turns);
        let (said, stopped) = (worded.said, worded.stopped.len());
        println!("its words sent {said} times, stopped {stopped} times");
        for words in &worded.stopped {
            println!("       {words}");
        }
    }
    println!("not among the facts in {} of {texts} texts ({:.2} %)", stopped.len(), share(stopped.len(), texts));
    for breach in &stopped {
        println!("       {breach}");
    }
    if runs > 1 {
        let passed = scripts.len() - failed;
        println!("pass^1 {:.1} %, pass^{runs} {:.1} %", share(right, plays), share(passed, scripts.len()));
    }
    println!("{} passed, {failed} failed", scripts.len() - failed);
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::from(1) })
}
