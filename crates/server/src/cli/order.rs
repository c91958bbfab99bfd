//! `duka order`: what staff see and do of orders until there is a page for it.

use std::process::ExitCode;

use anyhow::{Result, bail};
use duka_assistant::{inline::Inline, orders::ByStaff};
use duka_shop::OrderState;
use duka_store::orders::Order;
use serde_json::json;

use crate::{config::Config, installation};

/// The most orders that are listed.
const MOST: u64 = 200;

/// `duka order list`
pub async fn list(config: &Config, slug: &str, state: Option<OrderState>, as_json: bool) -> Result<ExitCode> {
    let store = installation::open_current(config).await?;
    let scope = installation::shop(&store, slug).await?;
    let orders = store.read(scope).await?.latest_orders(state, MOST).await?;
    for order in &orders {
        if as_json {
            println!("{}", row(order));
        } else {
            let place = if order.pickup { "pickup" } else { order.address.as_str() };
            println!(
                "{}  {:<15} {:>12}  {}  {place}",
                order.number,
                order.state.name(),
                order.total,
                order.placed_at.0
            );
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn row(order: &Order) -> serde_json::Value {
    json!({
        "number": order.number, "status": order.state.name(), "total": order.total.minor,
        "placed_at": order.placed_at.0, "pickup": order.pickup, "address": order.address,
    })
}

/// `duka order move`: only moves that exist; the customer hears that it is on its way or has arrived.
pub async fn step(config: &Config, slug: &str, number: &str, to: OrderState) -> Result<ExitCode> {
    let store = installation::open_current(config).await?;
    let scope = installation::shop(&store, slug).await?;
    let (app, left) = installation::assemble(config, store)?;
    if let Err(refused) = app.move_order(scope, &number.trim().to_uppercase(), to, ByStaff::at_the_terminal()).await {
        bail!("{refused}");
    }
    Inline::new(app, left).work_off().await?;
    println!("{} is {to} now", number.trim().to_uppercase());
    Ok(ExitCode::SUCCESS)
}
