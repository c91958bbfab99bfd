//! `duka task`: what the team has to do for customers, and orders that wait for approval.

use std::process::ExitCode;

use anyhow::{Context, Result};
use duka_assistant::{App, inline::Inline};
use duka_kernel::{OrderId, TaskId, TenantScope};
use duka_store::StoreError;

use super::TaskCommand;
use crate::{config::Config, installation};

/// Runs one command about tasks.
pub async fn task(config: &Config, command: TaskCommand) -> Result<ExitCode> {
    let store = installation::open_current(config).await?;
    let (app, left) = installation::assemble(config, store)?;
    match command {
        TaskCommand::List { tenant } => list(&app, &tenant).await?,
        TaskCommand::Close { tenant, task } => {
            let scope = installation::shop(&app.store, &tenant).await?;
            let (id, now) =
                (TaskId(task.parse().context("a task is named by its identity: duka task list")?), app.clock.now());
            let closed = app
                .store
                .write(scope, move |tx| Box::pin(async move { tx.close_task(id, "done", "staff", now).await }));
            closed.await.context("there is no such open task")?;
            println!("closed");
        }
        TaskCommand::Approve { tenant, order } => {
            let (scope, id) = find(&app, &tenant, &order).await?;
            refused(app.approve(scope, id).await)?;
            println!("approved; the customer is asked to pay");
        }
        TaskCommand::Decline { tenant, order } => {
            let (scope, id) = find(&app, &tenant, &order).await?;
            refused(app.decline(scope, id).await)?;
            println!("declined; the order is cancelled and the customer is told");
        }
    }
    Inline::new(app.clone(), left).work_off().await?;
    app.store.close().await;
    Ok(ExitCode::SUCCESS)
}

fn refused(done: Result<(), StoreError>) -> Result<()> {
    match done {
        Err(StoreError::Conflict(_)) => anyhow::bail!("that order does not wait for approval: duka task list"),
        done => Ok(done?),
    }
}

async fn list(app: &App, slug: &str) -> Result<()> {
    let scope = installation::shop(&app.store, slug).await?;
    let (tx, now) = (app.store.read(scope).await?, app.clock.now());
    let tasks = tx.open_tasks().await?;
    for task in &tasks {
        let customer = tx.customer(task.customer).await?;
        let order = match task.order {
            Some(order) => tx.order(order).await?.number,
            None => String::new(),
        };
        let text =
            |name: &str| task.detail.get(name).and_then(|v| v.as_str()).unwrap_or_default().replace(['\n', '\t'], " ");
        let items = task.detail.get("items").and_then(|v| v.as_array()).map_or_else(String::new, |items| {
            items.iter().filter_map(|item| item.as_str()).collect::<Vec<_>>().join("; ")
        });
        let days = now.millis_since(task.opened_at) / 86_400_000;
        let phone = customer.phone.map(|phone| phone.digits().to_owned()).unwrap_or_default();
        let why = [text("reason"), text("said")].into_iter().find(|text| !text.is_empty()).unwrap_or_default();
        let fields =
            [task.id.to_string(), task.kind.clone(), phone, order, items, text("wanted"), why, format!("{days} days")];
        println!("{}", fields.join("\t"));
    }
    if tasks.is_empty() {
        println!("nothing to do");
    }
    Ok(())
}

/// The order with a number among those that tasks are about.
async fn find(app: &App, slug: &str, number: &str) -> Result<(TenantScope, OrderId)> {
    let scope = installation::shop(&app.store, slug).await?;
    let tx = app.store.read(scope).await?;
    for id in tx.open_tasks().await?.into_iter().filter_map(|task| task.order) {
        if tx.order(id).await?.number.eq_ignore_ascii_case(number) {
            return Ok((scope, id));
        }
    }
    anyhow::bail!("nothing is to be done about an order {number}: duka task list")
}
