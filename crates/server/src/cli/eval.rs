//! `duka eval`: the understanding alone, and scripted dialogues.

use std::{fs::File, io::BufReader, path::Path, process::ExitCode};

use anyhow::{Context, Result};

use crate::{config::Config, dialogues};

/// `duka eval nlu`: no database, no network.
pub fn nlu(file: &Path) -> Result<ExitCode> {
    let out = std::io::BufWriter::new(std::io::stdout().lock());
    if file.as_os_str() == "-" {
        duka_perception::eval::run_lines(std::io::stdin().lock(), out)?;
    } else {
        let input = File::open(file).with_context(|| format!("{} is not readable", file.display()))?;
        duka_perception::eval::run_lines(BufReader::new(input), out)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// `duka eval dialogues`: each dialogue in a fresh shop of its own.
pub async fn dialogues(config: &Config, dir: &Path, tenant: &str, transcripts: bool) -> Result<ExitCode> {
    let scripts = dialogues::read(dir)?;
    let mut failed = 0;
    for script in &scripts {
        let played = dialogues::play(config, dir, tenant, script).await?;
        println!("{} {} · {}", if played.faults.is_empty() { "ok    " } else { "FAILED" }, script.file, script.name);
        for fault in &played.faults {
            println!("       {fault}");
        }
        if transcripts {
            println!("{}", played.transcript);
        }
        failed += usize::from(!played.faults.is_empty());
    }
    println!("{} passed, {failed} failed", scripts.len() - failed);
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::from(1) })
}
