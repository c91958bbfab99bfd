//! `duka customer`: what a shop knows of a customer's sizes, and correcting it.

use std::process::ExitCode;

use anyhow::{Context, Result};
use duka_kernel::{CustomerId, PhoneNumber, TenantScope};
use duka_shop::{
    booking::AppointmentState,
    sizing::{PastPurchase, recommend},
};
use duka_store::{Store, Tx, customers::CustomerUpdate};
use serde_json::{Value, json};

use crate::{config::Config, installation};

/// Paid orders that a size profile looks back on.
const ORDERS: u64 = 10;

/// `duka customer show`: the size profile as JSON.
pub async fn show(config: &Config, slug: &str, phone: &PhoneNumber) -> Result<ExitCode> {
    let store = installation::open_current(config).await?;
    let (scope, customer) = find(&store, slug, phone).await?;
    println!("{:#}", profile(&store.read(scope).await?, customer).await?);
    Ok(ExitCode::SUCCESS)
}

/// `duka customer set`: facts such as `usual_size=M`; an empty value removes one.
pub async fn set(config: &Config, slug: &str, phone: &PhoneNumber, facts: &[String]) -> Result<ExitCode> {
    let store = installation::open_current(config).await?;
    let (scope, customer) = find(&store, slug, phone).await?;
    let mut known = store.read(scope).await?.customer(customer).await?.facts;
    for fact in facts {
        let (name, value) = fact.split_once('=').with_context(|| format!("{fact:?} has to be NAME=VALUE"))?;
        match value.trim() {
            "" => drop(known.said.remove(name)),
            value => drop(known.said.insert(name.to_owned(), value.to_owned())),
        }
    }
    let now = config.clock.now();
    let update = CustomerUpdate { facts: Some(known), ..CustomerUpdate::default() };
    store.write_with(scope, update, move |tx, update| Box::pin(tx.update_customer(customer, update, now))).await?;
    println!("{} set", facts.len());
    Ok(ExitCode::SUCCESS)
}

/// `duka customer missed`: the last appointment that has begun was missed.
pub async fn missed(config: &Config, slug: &str, phone: &PhoneNumber) -> Result<ExitCode> {
    let store = installation::open_current(config).await?;
    let (scope, customer) = find(&store, slug, phone).await?;
    let now = config.clock.now();
    let appointments = store.read(scope).await?.appointments_of(customer).await?;
    let begun = appointments.into_iter().filter(|a| a.state == AppointmentState::Booked && a.start_at <= now);
    let last = begun.max_by_key(|a| a.start_at).context("no appointment of theirs has begun")?;
    store.write(scope, move |tx| Box::pin(tx.mark_missed(last.id))).await?;
    println!("noted");
    Ok(ExitCode::SUCCESS)
}

async fn find(store: &Store, slug: &str, phone: &PhoneNumber) -> Result<(TenantScope, CustomerId)> {
    let scope = installation::shop(store, slug).await?;
    let customer = store.read(scope).await?.customer_by_phone(phone).await?;
    Ok((scope, customer.with_context(|| format!("{slug} has no customer with that number"))?))
}

/// What was said, and what the paid orders say for each kind of garment.
async fn profile(tx: &Tx, id: CustomerId) -> Result<Value> {
    let customer = tx.customer(id).await?;
    let categories: std::collections::BTreeMap<String, String> =
        tx.products().await?.into_iter().map(|product| (product.sku, product.category)).collect();
    let mut history = Vec::new();
    for order in tx.orders_of(id, ORDERS).await?.iter().filter(|order| order.state.is_sold()) {
        let at = order.paid_at.unwrap_or(order.placed_at);
        history.extend(order.lines.iter().filter_map(|line| {
            let category = categories.get(&line.sku)?.clone();
            Some(PastPurchase { category, size: line.size.clone(), at })
        }));
    }
    let mut kinds: Vec<&str> = history.iter().map(|bought| bought.category.as_str()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let advice = kinds.into_iter().map(|kind| {
        let advice = recommend(&history, kind);
        let confidence = format!("{:?}", advice.confidence).to_lowercase();
        json!({"category": kind, "size": advice.size, "confidence": confidence, "bought": advice.count})
    });
    Ok(json!({"customer": id, "said": customer.facts.said, "sizes": advice.collect::<Vec<_>>()}))
}
