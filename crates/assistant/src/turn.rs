//! One turn, top to bottom: perceive → recall → decide → express → commit.

use std::time::Instant;

use duka_kernel::{ConversationId, OrderId, PaymentId, TenantScope, Timestamp, TurnId};
use duka_perception::{Context, Shown};
use duka_sales::{Decision, Dialogue, Recall, Reply, Voice, decide, express, recall::CustomerView};
use duka_store::{StoreError, conversations::Recalled};
use serde_json::json;

use crate::{
    app::{App, Left},
    commit, hearing, recall,
    shops::Shop,
};

/// How often a turn is decided afresh because something it rested on was gone at commit. Each time another
/// customer or another process got on, so this many in a row means that something is wrong.
const ATTEMPTS: u32 = 64;

/// What a turn did.
#[derive(Debug, Default)]
pub struct Turn {
    /// Whether anything was pending at all.
    pub answered: usize,
    /// What it leaves to be done outside.
    pub left: Vec<Left>,
    /// How it went, as it is kept with the turn.
    pub trace: serde_json::Value,
}

/// Answers what is pending in a conversation.
///
/// # Errors
/// If the database cannot be reached, or if the turn could not be committed however often it was tried.
/// Nothing has happened then, and what is pending stays pending.
pub async fn run(app: &App, scope: TenantScope, conversation: ConversationId) -> Result<Turn, StoreError> {
    let mut attempt = 0;
    loop {
        match once(app, scope, conversation).await {
            Err(StoreError::Conflict(guard)) if attempt < ATTEMPTS => {
                attempt += 1;
                tracing::debug!(%conversation, ?guard, attempt, "decided afresh");
            }
            done => return done,
        }
    }
}

async fn once(app: &App, scope: TenantScope, conversation: ConversationId) -> Result<Turn, StoreError> {
    let started = Instant::now();
    let tx = app.store.read(scope).await?;
    let Some(known) = tx.recall(conversation).await? else { return Ok(Turn::default()) };
    if known.pending.is_empty() {
        return Ok(Turn::default());
    }
    let shop = app.shops.get(&app.store, scope, known.versions).await?;
    let (customer, orders) = recall::customer(&tx, &known.customer, &shop).await?;
    drop(tx);

    let now = app.clock.now();
    let dialogue: Dialogue = serde_json::from_str(&known.conversation.state).unwrap_or_default();
    let heard = hearing::hear(app, scope, &known, &dialogue, &shop, now).await?;
    if known.conversation.handed_off {
        return commit::keep_quiet(app, scope, &known, &heard).await;
    }
    let recalled = Recall {
        shop: &shop.profile,
        catalogue: &shop.catalogue,
        stock: &shop.stock,
        services: &shop.services,
        customer: &customer,
        orders: &orders,
        now,
        zone: &shop.zone,
        new_order: OrderId::new(),
        new_payment: PaymentId::new(),
        payments_down: app.outside.payments_down(scope),
    };
    let decision = decide(&dialogue, &heard.messages, &recalled);
    let reply = express(&decision.says, &voice(&shop, &decision, conversation, now));
    commit::commit(app, scope, &known, &shop, commit::Work { heard, decision, reply, started, now }).await
}
