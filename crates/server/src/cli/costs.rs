//! `duka costs`: what language models were asked and what they cost.

use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::ValueEnum;
use duka_kernel::{TenantScope, Timestamp};
use duka_store::{
    Store, Tx,
    model_calls::{Costs, CostsBy},
};
use jiff::{civil::Date, tz::TimeZone};
use serde_json::json;

use crate::{config::Config, installation};

/// What calls are added up by.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum By {
    /// Day of the shop's calendar
    Day,
    /// Conversation
    Conversation,
    /// What it was asked for
    Purpose,
    /// Model
    Model,
}

/// Which calls, and how they are shown.
#[derive(Clone, Debug, clap::Args)]
pub struct CostsArgs {
    /// The shop's slug; without it, one line a shop
    #[arg(long)]
    tenant: Option<String>,
    /// What is added up
    #[arg(long, value_enum, default_value = "day")]
    by: By,
    /// First day, such as 2026-11-01; by default the first of this month
    #[arg(long)]
    from: Option<Date>,
    /// Last day; by default today
    #[arg(long)]
    to: Option<Date>,
    /// One JSON object a line
    #[arg(long)]
    json: bool,
}

/// `duka costs`
pub async fn costs(config: &Config, args: &CostsArgs) -> Result<ExitCode> {
    let store = installation::open_current(config).await?;
    let now = config.clock.now();
    if let Some(slug) = &args.tenant {
        let scope = installation::shop(&store, slug).await?;
        let rows = of_shop(&store, scope, args, now).await?;
        print(&rows, args.json);
        return Ok(ExitCode::SUCCESS);
    }
    let mut rows = Vec::new();
    for shop in store.system_read().await?.tenants().await? {
        let days = of_shop(&store, TenantScope::of(shop.id), args, now).await?;
        rows.push(sum(&shop.slug, &days));
    }
    print(&rows, args.json);
    Ok(ExitCode::SUCCESS)
}

async fn of_shop(store: &Store, scope: TenantScope, args: &CostsArgs, now: Timestamp) -> Result<Vec<Costs>> {
    let tx: Tx = store.read(scope).await?;
    let zone = TimeZone::get(&tx.profile().await?.timezone).unwrap_or(TimeZone::UTC);
    let here = now.in_zone(&zone);
    let first = args.from.unwrap_or_else(|| here.date().first_of_month());
    let last = args.to.unwrap_or_else(|| here.date());
    let after = last.tomorrow().context("--to is too far in the future")?;
    let start = |day: Date| anyhow::Ok(Timestamp::from(day.to_zoned(zone.clone())?.timestamp()));
    let by = match args.by {
        By::Day => CostsBy::Day(i64::from(here.offset().seconds()) * 1000),
        By::Conversation => CostsBy::Conversation,
        By::Purpose => CostsBy::Purpose,
        By::Model => CostsBy::Model,
    };
    let mut rows = tx.model_costs(by, start(first)?, start(after)?).await?;
    if matches!(args.by, By::Day) {
        rows.iter_mut().for_each(|row| row.key = day(&row.key));
    }
    Ok(rows)
}

/// A day that is given in days since 1 January 1970.
fn day(days: &str) -> String {
    let since = days.parse::<i64>().unwrap_or_default();
    let epoch = jiff::civil::date(1970, 1, 1);
    epoch.checked_add(jiff::Span::new().try_days(since).unwrap_or_default()).unwrap_or(epoch).to_string()
}

fn sum(key: &str, rows: &[Costs]) -> Costs {
    let all = |of: fn(&Costs) -> i64| rows.iter().map(of).sum();
    Costs {
        key: key.to_owned(),
        calls: all(|row| row.calls),
        answered: all(|row| row.answered),
        input: all(|row| row.input),
        output: all(|row| row.output),
        cost_micro_usd: all(|row| row.cost_micro_usd),
        millis: all(|row| row.millis),
    }
}

fn print(rows: &[Costs], as_json: bool) {
    let total = sum("all", rows);
    if as_json {
        for row in rows.iter().chain([&total]) {
            let mean_millis = row.millis.checked_div(row.calls).unwrap_or(0);
            println!(
                "{}",
                json!({
                    "key": row.key, "calls": row.calls, "answered": row.answered, "input_tokens": row.input,
                    "output_tokens": row.output, "micro_usd": row.cost_micro_usd, "mean_millis": mean_millis,
                })
            );
        }
        return;
    }
    println!("{:<38}{:>8}{:>10}{:>12}{:>12}{:>12}{:>9}", "", "calls", "answered", "tokens in", "out", "USD", "mean ms");
    for row in rows.iter().chain([&total]) {
        let key = if row.key.is_empty() { "-" } else { row.key.as_str() };
        let mean = row.millis.checked_div(row.calls).unwrap_or(0);
        let usd = format!("{}.{:06}", row.cost_micro_usd / 1_000_000, row.cost_micro_usd % 1_000_000);
        println!("{key:<38}{:>8}{:>10}{:>12}{:>12}{usd:>12}{mean:>9}", row.calls, row.answered, row.input, row.output);
    }
}
