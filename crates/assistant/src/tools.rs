//! Calling one tool of a conversation from outside of it: with the same checks, and committed like a turn.

use std::time::Instant;

use duka_kernel::{AppointmentId, ConversationId, OrderId, PaymentId, TenantScope};
use duka_sales::{
    Dialogue, Kept, Recall, Reply,
    desk::Desk,
    tools::registry::{self, Refusal},
};
use duka_store::StoreError;
use serde_json::Value;

use crate::{
    App, bookings,
    commit::{self, Work},
    errands,
    hearing::Hearing,
    memory,
    recall::{self, Basis},
    spans::Spans,
};

/// How often a call is made again because the conversation moved meanwhile.
const ATTEMPTS: u32 = 20;

/// Calls a tool for the customer of a conversation; what it changes is committed. What moves money, orders or bookings is
/// refused: that takes the customer's own yes, in the conversation.
///
/// # Errors
/// Outside: if the database fails. Inside: why the call came to nothing.
pub async fn call(
    app: &App,
    scope: TenantScope,
    conversation: ConversationId,
    name: &str,
    arguments: &Value,
) -> Result<Result<Value, Refusal>, StoreError> {
    let mut attempt = 0;
    loop {
        match once(app, scope, conversation, name, arguments).await {
            Err(StoreError::Conflict(_)) if attempt < ATTEMPTS => attempt += 1,
            done => return done,
        }
    }
}

async fn once(
    app: &App,
    scope: TenantScope,
    conversation: ConversationId,
    name: &str,
    arguments: &Value,
) -> Result<Result<Value, Refusal>, StoreError> {
    let started = Instant::now();
    let Basis { known, address, shop, mut customer, orders } = recall::now(app, scope, conversation).await?;
    let tool = match registry::find(name).and_then(|tool| Ok((tool, tool.errand(arguments)?))) {
        Ok((_, Some(errand))) => return Box::pin(errands::run(app, scope, &shop, conversation, &errand)).await,
        Ok((tool, None)) => tool,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let remembered = memory::remembered(&app.store.read(scope).await?, conversation, known.customer.id).await?;
    customer.memories = remembered.memories.into_iter().map(|memory| memory.text).collect();
    customer.summary = remembered.summary;
    let now = app.clock.now();
    let dialogue: Dialogue = serde_json::from_str(&known.conversation.state).unwrap_or_default();
    let diary = bookings::diary(app, scope, known.customer.id, now).await?;
    let recalled = Recall {
        shop: &shop.profile,
        catalogue: &shop.catalogue,
        knowledge: &shop.knowledge,
        stock: &shop.stock,
        services: &shop.services,
        customer: &customer,
        orders: &orders,
        now,
        zone: &shop.zone,
        new_order: OrderId::new(),
        new_payment: PaymentId::new(),
        new_appointment: AppointmentId::new(),
        diary: Some(&diary),
        payments_down: app.gateways.are_down(&shop),
    };
    let mut desk = Desk::open(&dialogue, &recalled);
    let output = match tool.call(&mut desk, arguments.clone(), false) {
        Ok(output) => output,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let decision = desk.close();
    if decision.effects.is_empty() && decision.dialogue == dialogue {
        return Ok(Ok(output));
    }
    let (heard, kept, reply) = (Hearing::default(), Kept::default(), Reply::default());
    let work = Work {
        heard,
        kept,
        decision: Some(decision),
        reply,
        model: None,
        stopped: Vec::new(),
        failed: None,
        started,
        spans: Spans::begin(started),
        now,
    };
    let turn = commit::commit(app, scope, &known, &shop, &address, work).await?;
    for left in turn.left {
        app.leave(left);
    }
    Ok(Ok(output))
}
