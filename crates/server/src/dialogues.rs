//! Scripted dialogues: played through the console, checked by what was said and what is in the database.
//! The format is described in `evals/dialogues/README.md`.

use std::{fmt::Write as _, path::Path};

use anyhow::{Context, Result, bail};
use duka_kernel::{Clock, PhoneNumber, Timestamp};
use serde::Deserialize;
use serde_json::{Value, json};

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
    /// What happens, in order.
    pub steps: Vec<Step>,
    /// The file it is from.
    #[serde(skip)]
    pub file: String,
}

/// A line in and what has to hold after it.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Step {
    say: Option<String>,
    line: Option<Value>,
    intent: Option<OneOf>,
    stage: Option<String>,
    language: Option<String>,
    cart: Option<Vec<String>>,
    orders: Option<Vec<String>>,
    requests: Option<Vec<String>>,
    handed_off: Option<bool>,
    opted_out: Option<bool>,
    said: Vec<String>,
    unsaid: Vec<String>,
    replies: Option<usize>,
}

/// One word or several.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum OneOf {
    One(String),
    Several(Vec<String>),
}

/// How a dialogue went.
#[derive(Debug, Default)]
pub struct Played {
    /// What did not hold.
    pub faults: Vec<String>,
    /// What was heard, done and said.
    pub transcript: String,
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

/// Plays a dialogue in a fresh database with the shop of `dir/shop/shop.yaml`, or the demo shop if there is none.
///
/// # Errors
/// If the installation fails.
pub async fn play(config: &Config, dir: &Path, tenant: &str, script: &Script) -> Result<Played> {
    let folder = std::env::temp_dir().join(format!("duka-dialogue-{}", uuid::Uuid::now_v7()));
    let fresh = Config {
        database_url: format!("sqlite://{}", folder.join("duka.db").display()),
        data_dir: folder.clone(),
        media_url: None,
        master_key: None,
        clock: Clock::standing_at(Timestamp(START_MILLIS)),
        ..config.clone()
    };
    let played = play_in(&fresh, dir, tenant, script).await;
    std::fs::remove_dir_all(&folder).with_context(|| format!("{} could not be removed", folder.display()))?;
    played
}

async fn play_in(config: &Config, dir: &Path, tenant: &str, script: &Script) -> Result<Played> {
    let store = installation::open_current(config).await?;
    let (app, left) = installation::assemble(config, store)?;
    let shop = dir.join("shop");
    match std::fs::read_to_string(shop.join("shop.yaml")) {
        Ok(yaml) => drop(seeding::apply(&app, &yaml, &Folder(shop)).await?),
        Err(_) => demo::seed(&app).await?,
    }
    let from = PhoneNumber::parse(CUSTOMER).context("the customer's number")?;
    let mut console = Console::open(app, left, tenant, from.clone()).await?;
    let mut played = Played::default();
    let mut last: Option<LineOut> = None;
    let mut writing = from;
    for (n, step) in script.steps.iter().enumerate() {
        let line = step.line(last.as_ref());
        let _ = writeln!(played.transcript, "customer  {}", step.say.clone().unwrap_or_else(|| line.to_string()));
        let read = read_line(&line.to_string())
            .map_err(|wrong| anyhow::anyhow!("{}: step {}: {wrong}", script.name, n + 1))?;
        writing = read.from.clone().unwrap_or(writing);
        match console.line(read).await? {
            Ok(out) => {
                transcribe(&mut played.transcript, &out);
                let heard: Vec<&str> =
                    out.replies.iter().filter(|r| r.to == writing.digits()).map(|r| r.text.as_str()).collect();
                step.check(&out, &heard, |fault| played.faults.push(format!("step {}: {fault}", n + 1)));
                last = Some(out);
            }
            Err(wrong) => played.faults.push(format!("step {}: {wrong}", n + 1)),
        }
    }
    console.app().store.close().await;
    Ok(played)
}

impl Step {
    /// The line in; `amount: total` becomes the amount of the latest payment request.
    fn line(&self, last: Option<&LineOut>) -> Value {
        let mut line = self.line.clone().unwrap_or_else(|| json!({"text": self.say.clone().unwrap_or_default()}));
        if line.get("amount").and_then(Value::as_str) == Some("total") {
            let amount = last.and_then(|out| out.state.payment_requests.last()).map_or(0, |request| request.amount);
            line["amount"] = json!(amount);
        }
        line
    }

    /// Checks what the customer who wrote last was told, message by message, and how they stand now.
    fn check(&self, out: &LineOut, heard: &[&str], mut fault: impl FnMut(String)) {
        let (state, said) = (&out.state, heard.join("\n"));
        let mut same = |what: &str, wanted: &str, found: &str| {
            if wanted != found {
                fault(format!("{what} should be {wanted}, is {found}"));
            }
        };
        if let Some(wanted) = &self.intent {
            let found = out.turn.as_ref().and_then(|turn| turn.get("intent")?.as_str()).unwrap_or("none");
            let any = match wanted {
                OneOf::One(one) => vec![one.clone()],
                OneOf::Several(several) => several.clone(),
            };
            let wanted = if any.iter().any(|one| one == found) { found.to_owned() } else { any.join(" or ") };
            same("intent", &wanted, found);
        }
        if let Some(wanted) = &self.stage {
            same("stage", wanted, state.stage);
        }
        if let Some(wanted) = &self.language {
            same("language", wanted, state.language.code());
        }
        if let Some(wanted) = &self.cart {
            let found: Vec<String> =
                state.cart.iter().map(|i| format!("{}/{} x{}", i.sku, i.size, i.quantity)).collect();
            same("cart", &wanted.join(", "), &found.join(", "));
        }
        if let Some(wanted) = &self.orders {
            let found: Vec<String> = state.orders.iter().map(|o| format!("{} {}", o.status, o.total / 100)).collect();
            same("orders", &wanted.join(", "), &found.join(", "));
        }
        if let Some(wanted) = &self.requests {
            let found: Vec<&str> = state.payment_requests.iter().map(|r| r.status.as_str()).collect();
            same("requests", &wanted.join(", "), &found.join(", "));
        }
        if let Some(wanted) = self.handed_off {
            same("handed_off", &wanted.to_string(), &state.handed_off.to_string());
        }
        if let Some(wanted) = self.opted_out {
            same("opted_out", &wanted.to_string(), &state.opted_out.to_string());
        }
        if let Some(wanted) = self.replies {
            same("replies", &wanted.to_string(), &heard.len().to_string());
        }
        let lower = said.to_lowercase();
        for part in &self.said {
            if !lower.contains(&part.to_lowercase()) {
                fault(format!("should have said {part:?}, said: {}", said.replace('\n', " / ")));
            }
        }
        for part in &self.unsaid {
            if lower.contains(&part.to_lowercase()) {
                fault(format!("should not have said {part:?}, said: {}", said.replace('\n', " / ")));
            }
        }
    }
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
