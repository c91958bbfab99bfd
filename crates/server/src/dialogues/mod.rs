//! Scripted dialogues: played through the console, checked by what was said and what is in the database.
//! The format is described in `evals/dialogues/README.md`.

mod documents;
mod step;
mod wording;

use std::{fmt::Write as _, path::Path};

use anyhow::{Context, Result, bail};
use duka_assistant::{App, app::Left};
use duka_kernel::{Clock, PhoneNumber, Timestamp};
use serde::Deserialize;
use tempfile::TempDir;
use tokio::sync::mpsc::UnboundedReceiver;

use self::step::Step;
use crate::{
    cli::demo,
    config::Config,
    console::{
        Console,
        protocol::{LineOut, read_line},
    },
    installation,
    seeding::{self, Folder},
};

/// Wednesday 4 March 2026, 10:00 in Nairobi.
const START_MILLIS: i64 = 1_772_607_600_000;

/// Who writes, unless a line says otherwise.
const CUSTOMER: &str = "254712345678";

/// A dialogue.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Script {
    /// What it shows.
    pub name: String,
    /// The language it is to be answered in, for files that are not named after one.
    #[serde(default)]
    pub lang: Option<String>,
    /// The shop it is played in, if not the one of the command.
    #[serde(default)]
    pub tenant: Option<String>,
    /// What happens, in order.
    pub steps: Vec<Step>,
    /// The file it is from.
    #[serde(skip)]
    pub file: String,
}

impl Script {
    /// The language it is to be answered in, unless a step says otherwise: what its file is named after, as in `sw-orders`.
    fn language(&self) -> Option<&str> {
        let named = self.file.split('-').next().filter(|name| ["en", "sw", "sheng"].contains(name));
        self.lang.as_deref().or(named)
    }
}

/// How a dialogue went.
#[derive(Debug, Default)]
pub struct Played {
    /// What did not hold.
    pub faults: Vec<String>,
    /// What was heard, done and said.
    pub transcript: String,
    /// Turns of which the language of the answer is known, and in how many it was that.
    pub languages: (usize, usize),
    /// Texts that were held against the facts of their turn, and what of them is not among these.
    pub texts: usize,
    pub stopped: Vec<String>,
    /// What was said in the others.
    pub in_another: Vec<String>,
    /// What a model had to do with it.
    pub worded: Worded,
}

/// How a model was used.
#[derive(Debug, Default)]
pub struct Worded {
    /// Turns.
    pub turns: u64,
    /// How often a model was asked in them.
    pub calls: u64,
    /// How often its words were sent.
    pub said: u64,
    /// Its words that were stopped, and why.
    pub stopped: Vec<String>,
}

impl Worded {
    fn note(&mut self, turn: &serde_json::Value) {
        self.turns += 1;
        self.calls += turn["model_calls"].as_u64().unwrap_or(0);
        let words = &turn["model"]["words"];
        match words["verdict"].as_str() {
            Some("said") => self.said += 1,
            Some("stopped" | "unfit") => self.stopped.push(format!("{}: {}", words["why"], turn["model"]["draft"])),
            _ => {}
        }
    }

    /// Adds what happened elsewhere.
    pub fn add(&mut self, other: Self) {
        self.turns += other.turns;
        self.calls += other.calls;
        self.said += other.said;
        self.stopped.extend(other.stopped);
    }
}

/// What of a dialogue has to hold.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Holds {
    /// What happens and what is said.
    All,
    /// What happens: for replies that a model words.
    Outcomes,
}

/// Reads every `.yaml` file of a folder.
///
/// # Errors
/// If a file cannot be read or is not a list of dialogues.
pub fn read(dir: &Path) -> Result<Vec<Script>> {
    let entries = std::fs::read_dir(dir).with_context(|| format!("{} is not readable", dir.display()))?;
    let mut files: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "yaml"));
    files.sort();
    let mut scripts = Vec::new();
    for path in files {
        let text = std::fs::read_to_string(&path).with_context(|| format!("{} is not readable", path.display()))?;
        let mut read: Vec<Script> = serde_saphyr::from_str(&text).with_context(|| format!("{}", path.display()))?;
        for script in &mut read {
            script.file = path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        }
        scripts.append(&mut read);
    }
    if scripts.is_empty() {
        bail!("there are no dialogues in {}", dir.display());
    }
    Ok(scripts)
}

/// What dialogues are played in: an installation with the shop of `dir/shop/shop.yaml`, or the demo shop if there is
/// none. It is made once, and every dialogue begins with a copy of it.
pub struct Stage<'a> {
    config: &'a Config,
    dir: &'a Path,
    tenant: &'a str,
    holds: Holds,
    made: TempDir,
}

impl<'a> Stage<'a> {
    /// Makes the installation.
    ///
    /// # Errors
    /// If the shop's file is wrong or the installation fails.
    pub async fn set(config: &'a Config, dir: &'a Path, tenant: &'a str, holds: Holds) -> Result<Self> {
        let made = folder()?;
        let config_here = within(config, made.path());
        let store = installation::open_current(&config_here).await?;
        let (app, _left) = installation::assemble(&config_here, store)?;
        let shop = dir.join("shop");
        match std::fs::read_to_string(shop.join("shop.yaml")) {
            Ok(yaml) => {
                seeding::apply(&app, &yaml, &Folder(shop.clone())).await?;
                documents::import(&app, &shop.join("documents")).await?;
            }
            Err(_) => demo::seed(&app).await?,
        }
        app.store.close().await;
        Ok(Self { config, dir, tenant, holds, made })
    }

    /// Plays a dialogue, in the words of a run (the first is 0).
    ///
    /// # Errors
    /// If the installation fails.
    pub async fn play(&self, script: &Script, run: usize) -> Result<Played> {
        let copy = folder()?;
        copy_folder(self.made.path(), copy.path()).context("the installation could not be copied")?;
        let config = within(self.config, copy.path());
        let store = installation::open_current(&config).await?;
        let (app, left) = installation::assemble(&config, store)?;
        let played = play_in(app, left, self, script, run).await;
        copy.close().context("the folder of a dialogue could not be removed")?;
        played
    }
}

fn folder() -> Result<TempDir> {
    tempfile::Builder::new().prefix("duka-dialogue-").tempdir().context("no folder for a dialogue")
}

/// The same configuration with everything that is kept in one folder, at the time dialogues begin.
fn within(config: &Config, folder: &Path) -> Config {
    Config {
        database_url: format!("sqlite://{}", folder.join("duka.db").display()),
        data_dir: folder.to_owned(),
        media_url: None,
        master_key: None,
        clock: Clock::standing_at(Timestamp(START_MILLIS)),
        ..config.clone()
    }
}

fn copy_folder(from: &Path, to: &Path) -> std::io::Result<()> {
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let there = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            std::fs::create_dir(&there)?;
            copy_folder(&entry.path(), &there)?;
        } else {
            std::fs::copy(entry.path(), &there)?;
        }
    }
    Ok(())
}

async fn play_in(
    app: App,
    left: UnboundedReceiver<Left>,
    stage: &Stage<'_>,
    script: &Script,
    run: usize,
) -> Result<Played> {
    let from = PhoneNumber::parse(CUSTOMER).context("the customer's number")?;
    let tenant = script.tenant.as_deref().unwrap_or(stage.tenant);
    let mut console = Console::open(app, left, tenant, from.clone()).await?;
    let mut played = Played::default();
    let mut last: Option<LineOut> = None;
    let mut writing = from;
    for (n, step) in script.steps.iter().enumerate() {
        let mut line = step.line(last.as_ref(), script.language(), run);
        let said = line.get("text").and_then(|text| text.as_str()).filter(|_| step.say.is_some()).map(str::to_owned);
        let said = said.as_deref();
        let _ = writeln!(played.transcript, "customer  {}", said.map_or_else(|| line.to_string(), ToOwned::to_owned));
        // A picture or voice note stands beside the dialogues.
        for file in ["image", "voice"] {
            if let Some(path) = line.get_mut(file) {
                *path = path.as_str().map(|path| stage.dir.join(path).display().to_string()).into();
            }
        }
        let read = read_line(&line.to_string())
            .map_err(|wrong| anyhow::anyhow!("{}: step {}: {wrong}", script.name, n + 1))?;
        writing = read.from.clone().unwrap_or(writing);
        match console.line(read).await? {
            Ok(out) => {
                transcribe(&mut played.transcript, &out);
                if let Some(turn) = &out.turn {
                    played.worded.note(turn);
                }
                note_stopped(&mut played, &out);
                if let Some(wanted) = step.language.as_deref().or(script.language()).filter(|_| step.say.is_some()) {
                    played.languages.0 += 1;
                    let answered = out.state.language.code();
                    played.languages.1 += usize::from(answered == wanted);
                    if answered != wanted {
                        let text = said.unwrap_or_default();
                        played.in_another.push(format!("{answered} instead of {wanted}: {text}"));
                    }
                }
                let heard: Vec<&str> =
                    out.replies.iter().filter(|r| r.to == writing.digits()).map(|r| r.text.as_str()).collect();
                step.check(&out, &heard, stage.holds, |fault| played.faults.push(format!("step {}: {fault}", n + 1)));
                last = Some(out);
            }
            Err(wrong) => played.faults.push(format!("step {}: {wrong}", n + 1)),
        }
    }
    console.app().store.close().await;
    Ok(played)
}

/// What the fact lock found in the texts of a turn.
fn note_stopped(played: &mut Played, out: &LineOut) {
    let Some(turn) = &out.turn else { return };
    played.texts += turn["parts"].as_u64().and_then(|parts| usize::try_from(parts).ok()).unwrap_or(0);
    let breaches = turn["stopped"].as_array().map_or(&[][..], Vec::as_slice);
    played.stopped.extend(breaches.iter().map(ToString::to_string));
}

/// What was heard, done and said, without what differs from run to run.
fn transcribe(transcript: &mut String, out: &LineOut) {
    if let Some(turn) = &out.turn {
        let text = |name: &str| turn.get(name).map(ToString::to_string).unwrap_or_default().replace('"', "");
        let _ = writeln!(transcript, "heard     {} {} {}", text("langs"), text("wishes"), text("slots"));
        if text("effects") != "[]" {
            let _ = writeln!(transcript, "did       {}", text("effects"));
        }
    }
    for reply in &out.replies {
        let who = match reply.to.as_str() {
            CUSTOMER => "duka".to_owned(),
            to => format!("to …{}", &to[to.len().saturating_sub(3)..]),
        };
        let picture = if reply.image.is_some() { "[picture] " } else { "" };
        let _ = writeln!(transcript, "{who:<9} {picture}{}", reply.text.replace('\n', "\n          "));
    }
    let cart: Vec<String> = out.state.cart.iter().map(|i| format!("{}/{} x{}", i.sku, i.size, i.quantity)).collect();
    let orders: Vec<String> = out.state.orders.iter().map(|o| format!("{} {}", o.status, o.total / 100)).collect();
    let _ =
        writeln!(transcript, "state     {} cart[{}] orders[{}]\n", out.state.stage, cart.join(", "), orders.join(", "));
}
