//! Leads: customers who said who they are or what they look for, and have bought nothing yet.

use duka_kernel::{PhoneNumber, TenantScope};
use duka_sales::{Dialogue, dialogue::Stage};
use duka_store::StoreError;

use crate::{app::App, shops::Shop};

/// A customer who may still buy.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Lead {
    /// As they said, else as the channel calls them.
    pub name: Option<String>,
    /// The number they write from.
    pub phone: Option<PhoneNumber>,
    /// What they looked for: what is in their cart, else what they asked about.
    pub interest: Vec<String>,
    /// Where the sale stands.
    pub stage: &'static str,
    /// When they wrote last, RFC 3339 on the shop's clock.
    pub last_seen: String,
    /// The kind of channel they write on.
    pub source: String,
    /// Whether they want no marketing.
    pub opted_out: bool,
}

/// The leads of a shop, who wrote last first; none if the shop keeps no leads.
///
/// # Errors
/// If the database fails.
pub async fn of(app: &App, scope: TenantScope) -> Result<Vec<Lead>, StoreError> {
    let shop = app.shops.now(&app.store, scope).await?;
    if !shop.profile.modules.leads {
        return Ok(Vec::new());
    }
    let tx = app.store.read(scope).await?;
    let mut leads = Vec::new();
    for (customer, conversation, source) in tx.without_purchase().await? {
        let customer = tx.customer(customer).await?;
        let conversation = tx.conversation(conversation).await?;
        let dialogue: Dialogue = serde_json::from_str(&conversation.state).unwrap_or_default();
        let said = customer.facts.said.get("name").cloned();
        let interest = interest(&dialogue, &shop);
        // Who only said hello has left nothing.
        if interest.is_empty() && said.is_none() {
            continue;
        }
        let last_seen = conversation.last_inbound_at.unwrap_or(conversation.created_at).in_zone(&shop.zone);
        leads.push(Lead {
            name: said.or(customer.name),
            phone: customer.phone,
            interest,
            stage: dialogue.stage.name(),
            last_seen: last_seen.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(),
            source,
            opted_out: customer.opted_out,
        });
    }
    Ok(leads)
}

fn interest(dialogue: &Dialogue, shop: &Shop) -> Vec<String> {
    let name = |id| shop.catalogue.by_id(id).map(|product| product.name.clone());
    let cart: Vec<String> = dialogue.cart.lines.iter().map(|line| line.name.clone()).collect();
    if !cart.is_empty() {
        return cart;
    }
    if let Some(focus) = dialogue.focus.and_then(name) {
        return vec![focus];
    }
    match &dialogue.search {
        Some(search) if !search.product.is_empty() => search.product.clone(),
        Some(search) if !search.text.trim().is_empty() => vec![search.text.trim().to_owned()],
        _ if dialogue.stage > Stage::Greeting => dialogue.shown.iter().filter_map(|id| name(*id)).take(3).collect(),
        _ => Vec::new(),
    }
}
