//! `duka seed`: a past of any size for a shop, to measure with.

use std::{process::ExitCode, time::Instant};

use anyhow::Result;

use crate::{
    config::Config,
    history::{self, Extent},
    installation,
};

/// How much is to have happened.
#[derive(clap::Args)]
pub struct SeedArgs {
    /// The shop's slug; it has to have products
    #[arg(long)]
    tenant: String,
    /// How many ordered
    #[arg(long, default_value_t = 100_000)]
    orders: usize,
    /// How many messages were written, about
    #[arg(long, default_value_t = 1_000_000)]
    messages: usize,
    /// On how many days up to today
    #[arg(long, default_value_t = 365)]
    days: i32,
}

/// `duka seed`
pub async fn seed(config: Config, args: &SeedArgs) -> Result<ExitCode> {
    let store = installation::open_current(&config).await?;
    let (app, _left) = installation::assemble(&config, store)?;
    let scope = installation::shop(&app.store, &args.tenant).await?;
    let extent = Extent { days: args.days.max(1), orders: args.orders, messages: args.messages, seed: 1 };
    let start = Instant::now();
    let (orders, messages) = history::seed(&app, scope, extent).await?;
    println!("{orders} orders and {messages} messages in {:.1} s", start.elapsed().as_secs_f64());
    Ok(ExitCode::SUCCESS)
}
