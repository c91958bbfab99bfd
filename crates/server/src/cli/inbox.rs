//! `duka inbox`: who waits for a person, and answering them.

use std::{path::Path, process::ExitCode};

use anyhow::{Context, Result};
use duka_assistant::{App, inline::Inline};
use duka_kernel::{ConversationId, PhoneNumber, TenantScope};
use duka_store::{StoreError, Tx, handovers::HandOver};
use serde_json::{Value, json};

use super::InboxCommand;
use crate::{config::Config, installation};

/// Messages of a conversation that are shown.
const SHOWN: u32 = 20;

/// Runs one command of the inbox.
pub async fn inbox(config: &Config, command: InboxCommand) -> Result<ExitCode> {
    let store = installation::open_current(config).await?;
    let (app, left) = installation::assemble(config, store)?;
    match command {
        InboxCommand::List { tenant, json } => list(&app, &tenant, json).await?,
        InboxCommand::Show { who, why } => {
            let (scope, conversation) = find(&app, &who.tenant, &who.phone).await?;
            show(&app, scope, conversation, why).await?;
        }
        InboxCommand::Files { who, into } => {
            let (scope, conversation) = find(&app, &who.tenant, &who.phone).await?;
            files(&app, scope, conversation, &into).await?;
        }
        InboxCommand::Reply { who, by, text } => {
            let (scope, conversation) = find(&app, &who.tenant, &who.phone).await?;
            app.staff_reply(scope, conversation, by, text.join(" ")).await?;
            println!("sent; the assistant is quiet there");
        }
        InboxCommand::Assign { who, to } => {
            let (scope, conversation) = find(&app, &who.tenant, &who.phone).await?;
            match app.assign(scope, conversation, to).await {
                Err(StoreError::Conflict(_)) => anyhow::bail!("nobody waits there for a person: duka inbox list"),
                done => done?,
            }
            println!("assigned");
        }
        InboxCommand::Release { who } => {
            let (scope, conversation) = find(&app, &who.tenant, &who.phone).await?;
            app.release(scope, conversation).await?;
            println!("the assistant answers again");
        }
    }
    Inline::new(app.clone(), left).work_off().await?;
    app.store.close().await;
    Ok(ExitCode::SUCCESS)
}

/// A customer's conversation: the one with people, else the one written in last.
pub(super) async fn find(app: &App, slug: &str, phone: &PhoneNumber) -> Result<(TenantScope, ConversationId)> {
    let scope = installation::shop(&app.store, slug).await?;
    let tx = app.store.read(scope).await?;
    let customer = tx.customer_by_phone(phone).await?;
    let customer = customer.with_context(|| format!("{slug} has no customer with that number"))?;
    let conversations = tx.conversations_of(customer).await?;
    let found = conversations.iter().find(|c| c.handed_off).or(conversations.first());
    Ok((scope, found.context("that customer has no conversation")?.id))
}

async fn list(app: &App, slug: &str, as_json: bool) -> Result<()> {
    let scope = installation::shop(&app.store, slug).await?;
    let (tx, now) = (app.store.read(scope).await?, app.clock.now());
    let waiting = tx.hand_overs().await?;
    for hand_over in &waiting {
        let line = Line::of(&tx, hand_over, now.millis_since(hand_over.opened_at) / 60_000).await?;
        let waits = hand_over.progress.unanswered_since.map(|since| now.millis_since(since) / 60_000);
        if as_json {
            let line = json!({
                "conversation": hand_over.conversation, "phone": line.phone, "name": line.name, "order": line.order,
                "reason": hand_over.reason, "state": hand_over.state, "assigned": hand_over.assigned,
                "unanswered_minutes": waits, "open_minutes": line.minutes, "reminders": hand_over.progress.reminders,
            });
            println!("{line}");
        } else {
            let waits = waits.map_or_else(|| "answered".to_owned(), |minutes| format!("waits {minutes} min"));
            let fields = [
                line.phone.unwrap_or_default(),
                line.name.unwrap_or_default(),
                hand_over.state.to_string(),
                waits,
                hand_over.reason.clone(),
                line.order.unwrap_or_default(),
                hand_over.assigned.clone().unwrap_or_default(),
            ];
            println!("{}", fields.join("\t"));
        }
    }
    if waiting.is_empty() && !as_json {
        println!("nobody waits");
    }
    Ok(())
}

/// What a hand-over is about, as staff know it.
struct Line {
    phone: Option<String>,
    name: Option<String>,
    order: Option<String>,
    minutes: i64,
}

impl Line {
    async fn of(tx: &Tx, hand_over: &HandOver, minutes: i64) -> Result<Self> {
        let customer = tx.customer(hand_over.customer).await?;
        let order = match hand_over.order {
            Some(order) => Some(tx.order(order).await?.number),
            None => None,
        };
        Ok(Self { phone: customer.phone.map(|p| p.digits().to_owned()), name: customer.name, order, minutes })
    }
}

async fn show(app: &App, scope: TenantScope, conversation: ConversationId, why: bool) -> Result<()> {
    let tx = app.store.read(scope).await?;
    let mut turns = if why { tx.turns(conversation, SHOWN).await? } else { Vec::new() };
    let history = tx.history(conversation, SHOWN).await?;
    for (at, message) in history.iter().enumerate() {
        // How a turn went stands between what it answers and what it says.
        let turn = turns.iter().position(|turn| message.outbound && message.turn == Some(turn.id));
        if let Some(turn) = turn {
            reason(&turns.remove(turn).trace);
        }
        let staff = message.payload.as_ref().and_then(|p| p.get("by")).is_some();
        let who = match (message.outbound, staff) {
            (false, _) => "customer",
            (true, true) => "team",
            (true, false) => "assistant",
        };
        let text = match (message.text.as_str(), message.kind.as_str()) {
            ("", kind) => format!("[{kind}]"),
            (heard, kind @ ("voice" | "image")) if !message.outbound => format!("[{kind}] {heard}"),
            (text, _) => text.to_owned(),
        };
        println!("{who:<10} {}", text.replace('\n', "\n           "));
        // A turn that said nothing stands behind the last of what it answered.
        let more = history[at + 1..].iter().any(|later| later.turn == message.turn);
        if let Some(turn) = turns.iter().position(|turn| !more && message.turn == Some(turn.id)) {
            reason(&turns.remove(turn).trace);
        }
    }
    Ok(())
}

/// Writes the files of the last messages into a folder, each under its message's identity, and prints their names.
async fn files(app: &App, scope: TenantScope, conversation: ConversationId, into: &Path) -> Result<()> {
    std::fs::create_dir_all(into).with_context(|| format!("the folder {} could not be made", into.display()))?;
    let history = app.store.read(scope).await?.history(conversation, SHOWN).await?;
    for message in history.into_iter().filter(|message| !message.outbound) {
        let Some(file) = app.file_of(scope, message.id).await? else { continue };
        let kind = file.content_type.rsplit('/').next().unwrap_or_default();
        let path = into.join(format!("{}.{}", message.id, if kind == "jpeg" { "jpg" } else { kind }));
        std::fs::write(&path, &file.bytes).with_context(|| format!("{} could not be written", path.display()))?;
        println!("{}", path.display());
    }
    Ok(())
}

/// How a turn went: read, decided, and what a model added.
fn reason(trace: &Value) {
    let field = |value: &Value, name: &str| match value.get(name) {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => format!(" {name}={text}"),
        Some(other) => format!(" {name}={other}"),
    };
    let fields = |value: &Value, names: &[&str]| names.iter().map(|name| field(value, name)).collect::<String>();
    let read = ["intent", "confidence", "slots", "wishes", "says", "effects", "listened", "described", "open"];
    println!("  why     {}", fields(trace, &read));
    if let Some(model) = trace.get("model").filter(|model| !model.is_null()) {
        let asked = ["outcome", "calls", "millis", "told", "intent", "proposed", "words", "draft"];
        println!("  model   {}", fields(model, &asked));
    }
}
