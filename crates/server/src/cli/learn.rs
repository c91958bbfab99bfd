//! `duka learn`: what was learnt from conversations, and a person's word about it.

use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::Subcommand;
use duka_assistant::learning::{
    Unfit, check_meaning,
    pictures::{Looked, propose_from_pictures},
    scrub, with_answer,
};
use duka_kernel::TenantScope;
use duka_perception::Intent;
use duka_store::{
    Store, StoreError,
    lessons::{Lesson, LessonBody, LessonKind, LessonState},
};
use serde_json::json;

use crate::{config::Config, installation};

/// Who decides on the command line.
const BY: &str = "staff";

#[derive(Subcommand)]
pub enum LearnCommand {
    /// Print what waits for a decision, a JSON object a line: what is asked, how often, where, the answer that is proposed
    List {
        /// The shop's slug
        #[arg(long)]
        tenant: String,
        /// What is used instead
        #[arg(long)]
        approved: bool,
    },
    /// Have a model describe the pictures of products, and propose what the shop has not said of them
    Pictures {
        /// The shop's slug
        #[arg(long)]
        tenant: String,
        /// Stock-keeping units; every product if left out
        sku: Vec<String>,
    },
    /// Use a proposal from now on; with --answer in these words
    Approve {
        /// The shop's slug
        #[arg(long)]
        tenant: String,
        /// Its identity
        proposal: String,
        /// The answer; for a product what is added to it, as JSON like that of the list
        #[arg(long)]
        answer: Option<String>,
    },
    /// Never use a proposal, nor propose it again
    Reject {
        /// The shop's slug
        #[arg(long)]
        tenant: String,
        /// Its identity
        proposal: String,
    },
    /// Use no more what was approved or reclassified, nor propose it again
    Withdraw {
        /// The shop's slug
        #[arg(long)]
        tenant: String,
        /// Its identity, as `learn list --approved` prints it
        lesson: String,
    },
    /// Take a phrase for an intent from now on, such as: reclassify "kuna mbogi ya delivery" delivery_question
    Reclassify {
        /// The shop's slug
        #[arg(long)]
        tenant: String,
        /// The phrase as customers write it
        phrase: String,
        /// The intent's name
        intent: String,
    },
    /// Print the approved questions and answers without personal data, a JSON object a line, to train a model with
    Export {
        /// The shop's slug
        #[arg(long)]
        tenant: String,
    },
}

/// Runs one command.
pub async fn learn(config: &Config, command: LearnCommand) -> Result<ExitCode> {
    let store = installation::open_current(config).await?;
    let now = config.clock.now();
    match command {
        LearnCommand::Pictures { tenant, sku } => {
            let scope = installation::shop(&store, &tenant).await?;
            let (app, _left) = installation::assemble(config, store.clone())?;
            let looked = propose_from_pictures(&app, scope, &sku).await?;
            let Looked { proposed, nothing_new, failed } =
                looked.context("no model that sees pictures may be asked: set a key, or models.use")?;
            println!("{}", json!({"proposed": proposed, "nothing_new": nothing_new, "failed": failed}));
        }
        LearnCommand::List { tenant, approved } => {
            let scope = installation::shop(&store, &tenant).await?;
            let state = if approved { LessonState::Approved } else { LessonState::Proposed };
            for Lesson { id, kind, body, .. } in store.read(scope).await?.lessons(state).await? {
                println!("{}", json!({"id": id, "kind": kind, "lesson": body}));
            }
        }
        LearnCommand::Approve { tenant, proposal, answer } => {
            let scope = installation::shop(&store, &tenant).await?;
            let Lesson { id, kind, body, .. } = find(&store, scope, &proposal).await?;
            let body = answered(kind, body, answer)?;
            let decided = store.write_with(scope, body, move |tx, body| {
                Box::pin(tx.decide_lesson(id, LessonState::Approved, body, BY, now))
            });
            undecided(decided.await)?;
            println!("approved");
        }
        LearnCommand::Reject { tenant, proposal } => {
            let scope = installation::shop(&store, &tenant).await?;
            let Lesson { id, body, .. } = find(&store, scope, &proposal).await?;
            let decided = store.write_with(scope, body, move |tx, body| {
                Box::pin(tx.decide_lesson(id, LessonState::Rejected, body, BY, now))
            });
            undecided(decided.await)?;
            println!("rejected");
        }
        LearnCommand::Withdraw { tenant, lesson } => {
            let scope = installation::shop(&store, &tenant).await?;
            let id: uuid::Uuid =
                lesson.parse().context("a lesson is named by its identity: duka learn list --approved")?;
            match store.write(scope, move |tx| Box::pin(tx.withdraw_lesson(id, BY, now))).await {
                Err(StoreError::Conflict(_)) => {
                    anyhow::bail!("nothing approved has this identity: duka learn list --approved")
                }
                done => done?,
            }
            println!("withdrawn");
        }
        LearnCommand::Reclassify { tenant, phrase, intent } => {
            let scope = installation::shop(&store, &tenant).await?;
            let known: Intent = serde_json::from_value(intent.clone().into())
                .with_context(|| format!("there is no intent {intent:?}; duka eval nlu prints their names"))?;
            check_meaning(&phrase, known).map_err(anyhow::Error::msg)?;
            let body = LessonBody {
                says: phrase,
                response: known.name().to_owned(),
                source: BY.to_owned(),
                ..LessonBody::default()
            };
            let taught = store.write_with(scope, body, move |tx, body| {
                Box::pin(async move { tx.teach(LessonKind::Intent, &body.says.to_lowercase(), body, BY, now).await })
            });
            taught.await?;
            println!("taken for {} from now on", known.name());
        }
        LearnCommand::Export { tenant } => {
            let scope = installation::shop(&store, &tenant).await?;
            let tx = store.read(scope).await?;
            let approved = tx.lessons(LessonState::Approved).await?;
            for lesson in approved.into_iter().filter(|lesson| lesson.kind == LessonKind::Answer) {
                println!("{}", exported(&lesson.body));
            }
        }
    }
    store.close().await;
    Ok(ExitCode::SUCCESS)
}

fn exported(body: &LessonBody) -> serde_json::Value {
    let mut asks: Vec<String> = std::iter::once(&body.says).chain(&body.also).map(|says| scrub(says, None)).collect();
    asks.dedup();
    json!({"questions": asks, "answer": scrub(&body.response, None)})
}

/// What is approved: the proposal as it is, or in the words of who approves it.
fn answered(kind: LessonKind, body: LessonBody, answer: Option<String>) -> Result<LessonBody> {
    with_answer(kind, body, answer).map_err(|unfit| match unfit {
        Unfit::NoAnswer => anyhow::anyhow!("nobody has answered this yet: give the answer with --answer"),
        Unfit::Gaps => anyhow::anyhow!(
            "a number, address or name was taken out of this answer: give the whole answer with --answer"
        ),
        Unfit::Unread(why) => {
            anyhow::anyhow!("--answer has to be JSON such as {{\"colours\":[\"red\"],\"tags\":[\"satin\"]}}: {why}")
        }
    })
}

/// A proposal by its identity.
async fn find(store: &Store, scope: TenantScope, proposal: &str) -> Result<Lesson> {
    let id: uuid::Uuid = proposal.parse().context("a proposal is named by its identity: duka learn list")?;
    let found = store.read(scope).await?.lessons(LessonState::Proposed).await?;
    let found = found.into_iter().find(|lesson| lesson.id == id);
    found.context("there is no such proposal that waits: duka learn list")
}

fn undecided(decided: Result<(), StoreError>) -> Result<()> {
    match decided {
        Err(StoreError::Conflict(_)) => anyhow::bail!("somebody decided on it already: duka learn list --approved"),
        decided => Ok(decided?),
    }
}
