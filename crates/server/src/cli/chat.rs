//! `duka chat`: a customer in the terminal, or a program as one.

use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use duka_kernel::PhoneNumber;
use serde_json::json;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};

use super::{ChatArgs, demo};
use crate::{
    config::Config,
    console::{
        Console,
        protocol::{Action, Event, FailureReason, LineIn, LineOut, read_line},
    },
    installation,
};

const HELP: &str = "\
Write as a customer would. Besides that:
  /pay ok | /pay cancel | /pay pin | /pay funds | /pay timeout    answer the M-Pesa prompt
  /image FILE [words]     send a picture          /voice FILE    send a voice note
  /wait 45m               let time pass (needs DUKA_CLOCK)
  /staff TEXT             answer as a person of the shop          /release       hand back to the assistant
  /quit                   end";

/// `duka chat`
pub async fn chat(config: Config, args: &ChatArgs) -> Result<ExitCode> {
    let store = installation::open_current(&config).await?;
    let (app, left) = installation::assemble(&config, store)?;
    let slug = which_shop(&app, args.tenant.as_deref()).await?;
    let console = Console::open(app, left, &slug, args.from.clone()).await?;
    if args.jsonl { programs(console).await } else { people(console, &slug, args.from.digits()).await }
}

/// The shop asked for, else the only one, else the demo shop.
async fn which_shop(app: &duka_assistant::App, asked: Option<&str>) -> Result<String> {
    if let Some(slug) = asked {
        if slug == demo::SLUG {
            demo::seed(app).await?;
        }
        return Ok(slug.to_owned());
    }
    let shops = app.store.system_read().await?.tenants().await?;
    match shops.as_slice() {
        [] => {
            demo::seed(app).await?;
            Ok(demo::SLUG.to_owned())
        }
        [only] => Ok(only.slug.clone()),
        several => {
            let slugs: Vec<&str> = several.iter().map(|shop| shop.slug.as_str()).collect();
            bail!("say which shop with --tenant: {}", slugs.join(", "))
        }
    }
}

/// One JSON object a line, in and out; ends when standard input closes.
async fn programs(mut console: Console) -> Result<ExitCode> {
    let mut input = BufReader::new(tokio::io::stdin());
    let mut out = tokio::io::stdout();
    let mut bytes = Vec::new();
    loop {
        bytes.clear();
        if input.read_until(b'\n', &mut bytes).await.context("standard input is not readable")? == 0 {
            break;
        }
        if bytes.trim_ascii().is_empty() {
            continue;
        }
        let line = std::str::from_utf8(&bytes).map_err(|error| format!("not UTF-8: {error}"));
        let answer = match line.and_then(read_line) {
            Ok(line) => {
                let id = line.id.clone();
                match console.line(line).await {
                    Ok(Ok(answer)) => serde_json::to_string(&answer)?,
                    Ok(Err(error)) => wrong(id, &error),
                    // The installation failed: the program is told, and so is whoever runs it.
                    Err(error) => {
                        tracing::error!(error = format!("{error:#}"), "a line failed");
                        wrong(id, &format!("{error:#}"))
                    }
                }
            }
            Err(error) => wrong(None, &error),
        };
        out.write_all(answer.as_bytes()).await?;
        out.write_all(b"\n").await?;
        out.flush().await?;
    }
    console.app().store.close().await;
    Ok(ExitCode::SUCCESS)
}

fn wrong(id: Option<serde_json::Value>, error: &str) -> String {
    match id {
        Some(id) => json!({"id": id, "error": error}).to_string(),
        None => json!({"error": error}).to_string(),
    }
}

/// A person at the keyboard.
async fn people(mut console: Console, slug: &str, customer: &str) -> Result<ExitCode> {
    println!("You are a customer of {slug}. Write as you would on WhatsApp; /help says what else you can do.\n");
    let mut lines = BufReader::new(tokio::io::stdin()).lines();
    loop {
        prompt().await?;
        let Some(line) = lines.next_line().await.context("the terminal is not readable")? else { break };
        let line = line.trim();
        match line {
            "" => continue,
            "/quit" | "/exit" => break,
            "/help" => {
                println!("{HELP}");
                continue;
            }
            _ => {}
        }
        match command(line) {
            Ok(action) => {
                report(console.line(LineIn { id: None, from: None, name: None, to: None, action }).await?, customer);
            }
            Err(wrong) => println!("({wrong})"),
        }
    }
    console.app().store.close().await;
    Ok(ExitCode::SUCCESS)
}

async fn prompt() -> Result<()> {
    let mut out = tokio::io::stdout();
    out.write_all(b"you> ").await?;
    out.flush().await?;
    Ok(())
}

fn command(line: &str) -> Result<Action, String> {
    let Some(rest) = line.strip_prefix('/') else { return Ok(Action::Text(line.to_owned())) };
    let (word, rest) = rest.split_once(' ').unwrap_or((rest, ""));
    let failed = |reason| Ok(Action::Event(Event::PaymentFailed { reason }));
    match (word, rest.trim()) {
        ("pay", "ok") => Ok(Action::Event(Event::PaymentSuccess {
            receipt: receipt(),
            amount: None,
            payer: None::<PhoneNumber>,
            duplicate: false,
            unknown_reference: false,
        })),
        ("pay", "cancel") => failed(FailureReason::CancelledByUser),
        ("pay", "pin") => failed(FailureReason::WrongPin),
        ("pay", "funds") => failed(FailureReason::InsufficientFunds),
        ("pay", "timeout") => failed(FailureReason::Timeout),
        ("image", rest) if !rest.is_empty() => {
            let (path, caption) = rest.split_once(' ').unwrap_or((rest, ""));
            let caption = Some(caption.to_owned()).filter(|caption| !caption.is_empty());
            Ok(Action::Image { path: path.to_owned(), caption })
        }
        ("voice", path) if !path.is_empty() => Ok(Action::Voice { path: path.to_owned() }),
        ("staff", text) if !text.is_empty() => Ok(Action::Event(Event::StaffReply { text: text.to_owned() })),
        ("release", _) => Ok(Action::Event(Event::StaffRelease)),
        ("wait", time) => read_line(&json!({"wait": time}).to_string()).map(|line| line.action),
        _ => Err(format!("/{word} is not known here\n{HELP}")),
    }
}

/// A receipt such as M-Pesa gives: ten capitals and digits.
fn receipt() -> String {
    const ALPHABET: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZ0123456789";
    let random = uuid::Uuid::new_v4().into_bytes();
    let letters = random.iter().take(9).map(|byte| char::from(ALPHABET[usize::from(*byte) % ALPHABET.len()]));
    std::iter::once('S').chain(letters).collect()
}

fn report(answer: Result<LineOut, String>, customer: &str) {
    match answer {
        Ok(answer) => show(&answer, customer),
        Err(wrong) => println!("({wrong})"),
    }
}

fn show(answer: &LineOut, customer: &str) {
    for reply in &answer.replies {
        let picture = reply.image.as_ref().map(|_| "[picture] ").unwrap_or_default();
        let to = if reply.to == customer { String::new() } else { " (to the owner)".into() };
        println!("{}{to}> {picture}{}\n", reply.shop, reply.text.replace('\n', "\n      "));
    }
    if answer.replies.is_empty() {
        println!("(no answer)");
    }
}
