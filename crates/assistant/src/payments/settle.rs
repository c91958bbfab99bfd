//! The one way a payment's outcome reaches its order, its stock, its customer and the owner.

use std::sync::Arc;

use duka_kernel::{OrderId, PaymentId, TenantScope, Timestamp, TurnId};
use duka_perception::Mood;
use duka_sales::{Dialogue, Say, Voice, express, recall::OrderView, settlement};
use duka_shop::{OrderState, PaymentFailure};
use duka_store::{
    Guard, StoreError, SystemTx, Tx,
    events::NewEvent,
    orders::{Order, Transition},
    outbox::Claim,
    payments::{Payment, Settlement},
    turns::TurnCommit,
};
use futures::future::BoxFuture;
use serde_json::json;

use crate::{
    app::{App, Left},
    correspondents::Correspondents,
    outbox,
    owner::{self, OwnerSay, Who},
    recall,
    shops::Shop,
};

/// How often a settlement is tried again because its conversation moved meanwhile.
const ATTEMPTS: u32 = 200;

/// What is in another state if a payment was settled before.
const PAYMENT: &str = "the payment";

/// What news about a payment came to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// It ended the payment.
    Settled,
    /// It was known before: nothing happened.
    Known,
    /// Its receipt was given for another payment: nothing happened, a person has to look.
    ReceiptReused,
}

/// Ends a payment, moves its order and stock, and tells customer and owner, all in one transaction. Ending it twice
/// does nothing.
///
/// # Errors
/// If the database fails.
pub async fn settle(
    app: &App,
    scope: TenantScope,
    id: PaymentId,
    settlement: Settlement,
    actor: &'static str,
) -> Result<Outcome, StoreError> {
    let told = Arc::new(Told::new(app, scope).await?);
    let mut attempt = 0;
    loop {
        let settlement = settlement.clone();
        let settled = Arc::clone(&told)
            .tell(app, move |told, tx| {
                let settlement = settlement.clone();
                Box::pin(async move { write(told, tx, id, &settlement, actor).await })
            })
            .await;
        match settled {
            Ok(()) => return Ok(Outcome::Settled),
            Err(StoreError::Conflict(Guard::State(PAYMENT))) => return Ok(Outcome::Known),
            Err(StoreError::Conflict(Guard::Duplicate("receipt"))) => return Ok(Outcome::ReceiptReused),
            // Not the payment but its order moved meanwhile, by expiry, by the customer or by another payment: the money
            // is still to be booked, on the order as it is now.
            Err(StoreError::Conflict(Guard::State(_))) if attempt < ATTEMPTS => attempt += 1,
            Err(error) => return Err(error),
        }
    }
}

async fn write(
    told: &Told,
    tx: &Tx,
    id: PaymentId,
    settlement: &Settlement,
    actor: &str,
) -> Result<Vec<Left>, StoreError> {
    if !tx.settle_payment(id, settlement, actor, told.now).await? {
        return Err(Guard::State(PAYMENT).into());
    }
    let payment = tx.payment(id).await?;
    let order = tx.order(payment.order).await?;
    match settlement {
        Settlement::Succeeded { .. } => succeeded(told, tx, &payment, order, actor).await,
        Settlement::Failed(failure) => failed(told, tx, order, *failure, actor).await,
    }
}

async fn succeeded(
    told: &Told,
    tx: &Tx,
    payment: &Payment,
    order: Order,
    actor: &str,
) -> Result<Vec<Left>, StoreError> {
    let step = |to, reason| Transition { from: order.state, to, actor, reason, at: told.now };
    if order.state.is_sold() || matches!(order.state, OrderState::RefundDue | OrderState::Refunded) {
        // Money for what is paid already: it belongs to the customer.
        return told.owner_of(tx, &order, |customer| refund_due(&order, payment, customer)).await;
    }
    let late = matches!(order.state, OrderState::Expired | OrderState::Cancelled);
    match tx.transition_order(order.id, &step(OrderState::Paid, "the payment arrived")).await {
        Ok(()) => sold(told, tx, order).await,
        Err(StoreError::Conflict(Guard::OutOfStock(_))) if late => {
            tx.transition_order(order.id, &step(OrderState::RefundDue, "the payment arrived when the stock was gone"))
                .await?;
            let paid = tx.order(order.id).await?;
            let mut left = told.customer_of(tx, &paid, settlement::refund_due).await?;
            left.extend(told.owner_of(tx, &paid, |customer| refund_due(&paid, payment, customer)).await?);
            Ok(left)
        }
        Err(error) => Err(error),
    }
}

async fn sold(told: &Told, tx: &Tx, order: Order) -> Result<Vec<Left>, StoreError> {
    let paid = tx.order(order.id).await?;
    for line in &paid.lines {
        let memory = format!("bought {} {} {} x{}", line.name, line.size, line.unit_price, line.quantity);
        tx.remember(paid.customer, &memory, Some(&embedding(&memory)), told.now).await?;
    }
    let mut left = told.customer_of(tx, &paid, settlement::receipt).await?;
    let view = recall::order_view(paid.clone(), &told.shop.profile);
    let news = |customer| OwnerSay::OrderPaid {
        number: view.number.clone(),
        lines: view.lines.clone(),
        total: view.total,
        receipt: view.payment.as_ref().and_then(|payment| payment.receipt.clone()),
        delivery: view.delivery.clone(),
        customer,
    };
    left.extend(told.owner_of(tx, &paid, news).await?);
    Ok(left)
}

async fn failed(
    told: &Told,
    tx: &Tx,
    order: Order,
    failure: PaymentFailure,
    actor: &str,
) -> Result<Vec<Left>, StoreError> {
    if !order.state.awaits_payment() {
        return Ok(Vec::new());
    }
    if order.state == OrderState::PendingPayment {
        let step = Transition {
            from: OrderState::PendingPayment,
            to: OrderState::PaymentFailed,
            actor,
            reason: "the payment failed",
            at: told.now,
        };
        tx.transition_order(order.id, &step).await?;
    }
    let order = tx.order(order.id).await?;
    if failure != PaymentFailure::ProviderDown {
        return told.customer_of(tx, &order, |dialogue, view| settlement::failed(dialogue, view, failure)).await;
    }
    let manual = told.shop.profile.manual_payment.clone();
    let mut left = told
        .customer_of(tx, &order, move |dialogue, view| settlement::no_prompt(dialogue, view, manual.clone()))
        .await?;
    let news = |customer| OwnerSay::PaymentsDown { customer, number: order.number.clone(), amount: order.total };
    left.extend(told.owner_of(tx, &order, news).await?);
    Ok(left)
}

fn refund_due(order: &Order, payment: &Payment, customer: Who) -> OwnerSay {
    let (number, receipt) = (order.number.clone(), payment.receipt.clone());
    OwnerSay::RefundDue { customer, number, amount: payment.amount, receipt }
}

/// The vector of a sentence, as stored: little-endian 32-bit floats.
fn embedding(text: &str) -> Vec<u8> {
    duka_shop::search::embed(text).iter().flat_map(|x| x.to_le_bytes()).collect()
}

/// News about a payment that a person has to look at.
pub(super) struct Review {
    pub event: NewEvent,
    pub order: OrderId,
    pub receipt: Option<String>,
}

/// What is needed to tell a customer and the owner something in the transaction that makes it true.
pub(super) struct Told {
    pub shop: Arc<Shop>,
    pub now: Timestamp,
    scope: TenantScope,
    claim: Claim,
    correspondents: Arc<Correspondents>,
}

impl Told {
    pub async fn new(app: &App, scope: TenantScope) -> Result<Self, StoreError> {
        let now = app.clock.now();
        let shop = app.shops.now(&app.store, scope).await?;
        Ok(Self { shop, now, scope, claim: app.claim(now), correspondents: Arc::clone(&app.correspondents) })
    }

    /// Runs a unit of work that tells people something, again if a conversation moved meanwhile, and sends what it told.
    pub async fn tell<F>(self: Arc<Self>, app: &App, unit: F) -> Result<(), StoreError>
    where
        F: for<'a> Fn(&'a Self, &'a Tx) -> BoxFuture<'a, Result<Vec<Left>, StoreError>> + Send + Sync + Clone + 'static,
    {
        let mut attempt = 0;
        loop {
            let unit = unit.clone();
            let told = Arc::clone(&self);
            let done = app.store.write_with(self.scope, told, move |tx, told| unit(told, tx)).await;
            match done {
                Ok(left) => {
                    left.into_iter().for_each(|left| app.leave(left));
                    return Ok(());
                }
                Err(StoreError::Conflict(Guard::Version)) if attempt < ATTEMPTS => attempt += 1,
                Err(error) => return Err(error),
            }
        }
    }

    /// Tells the customer of an order, in the conversation it was agreed to in, and moves that conversation.
    pub async fn customer_of(
        &self,
        tx: &Tx,
        order: &Order,
        say: impl Fn(&Dialogue, &OrderView) -> (Dialogue, Vec<Say>),
    ) -> Result<Vec<Left>, StoreError> {
        let Some(conversation) = order.conversation else { return Ok(Vec::new()) };
        let conversation = tx.conversation(conversation).await?;
        let customer = tx.customer(order.customer).await?;
        let address = self.correspondents.of(tx, &conversation).await?;
        let dialogue: Dialogue = serde_json::from_str(&conversation.state).unwrap_or_default();
        let view = recall::order_view(order.clone(), &self.shop.profile);
        let (mut dialogue, says) = say(&dialogue, &view);
        let voice = Voice {
            shop: &self.shop.profile,
            language: customer.language.unwrap_or(self.shop.profile.default_language),
            mood: Mood::Neutral,
            seed: conversation.version.unsigned_abs(),
            zone: &self.shop.zone,
            now: self.now,
        };
        let reply = express(&says, &voice);
        // The next message answers this one, so it is what "again" and "yes" are about.
        if let Some(part) = reply.parts.first() {
            dialogue.last_text = Some(part.text.clone());
        }
        let rows = outbox::rows(&reply.parts);
        let turn = TurnCommit {
            id: TurnId::new(),
            conversation: conversation.id,
            channel: conversation.channel,
            expected_version: conversation.version,
            stage: dialogue.stage.name().to_owned(),
            state: serde_json::to_string(&dialogue)?,
            handed_off: conversation.handed_off,
            answered: Vec::new(),
            last_inbound_at: None,
            outbound: rows.clone(),
            claim: self.claim.clone(),
            events: Vec::new(),
            trace: json!({"about": "order", "number": order.number, "model_calls": 0}),
            model_calls: 0,
            micros: 0,
            at: self.now,
        };
        let behind = tx.has_unsent(conversation.id, None).await?;
        tx.commit_turn(&turn).await?;
        let sending = outbox::outgoing(&rows, &reply.parts, &address, &self.claim, self.now, behind);
        Ok(vec![Left::Send(self.scope, conversation.id, sending)])
    }

    /// Writes news for a person down and tells the owner.
    pub async fn payment_to_check(&self, system: &SystemTx, review: &Review) -> Result<Vec<Left>, StoreError> {
        let tx = system.within(self.scope);
        tx.append_events(std::slice::from_ref(&review.event)).await?;
        let order = tx.order(review.order).await?;
        let (number, receipt) = (Some(order.number.clone()), review.receipt.clone());
        self.owner_of(&tx, &order, |customer| OwnerSay::PaymentClaimed { customer, number, receipt }).await
    }

    /// Tells the owner something about an order's customer.
    pub async fn owner_of(
        &self,
        tx: &Tx,
        order: &Order,
        say: impl FnOnce(Who) -> OwnerSay,
    ) -> Result<Vec<Left>, StoreError> {
        let Some(conversation) = order.conversation else { return Ok(Vec::new()) };
        let conversation = tx.conversation(conversation).await?;
        let customer = tx.customer(order.customer).await?;
        let address = self.correspondents.of(tx, &conversation).await?;
        let desk = owner::Desk::new(&self.shop, &customer, &address);
        let news = say(desk.who());
        Ok(desk.tell(tx, &news, &self.claim, self.now).await?.into_iter().collect())
    }
}
