//! Telling a customer or the owner something that no message asked for, in the transaction that makes it true.

use std::sync::Arc;

use duka_kernel::{AppointmentId, ConversationId, Language, OrderId, PaymentId, TenantScope, Timestamp, TurnId};
use duka_perception::Mood;
use duka_sales::{
    Dialogue, Part, Recall, Reply, Say, Voice, express,
    lock::Breach,
    recall::{CustomerView, OrderView},
};
use duka_store::{
    Guard, StoreError, Tx,
    conversations::Conversation,
    events::NewEvent,
    orders::Order,
    outbox::{Claim, NewOutbound},
    turns::TurnCommit,
};
use futures::future::BoxFuture;
use serde_json::{Value, json};

use crate::{
    app::{App, Left},
    correspondents::Correspondents,
    locked, outbox,
    owner::{self, OwnerSay, Who},
    recall,
    shops::Shop,
};

/// How often something is told again because its conversation moved meanwhile.
const ATTEMPTS: u32 = 200;

/// What is needed to tell a customer and the owner something.
pub(crate) struct Told {
    pub shop: Arc<Shop>,
    pub now: Timestamp,
    pub claim: Claim,
    pub scope: TenantScope,
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
        let view = recall::order_view(order.clone(), &self.shop.profile);
        let about = json!({"about": "order", "number": order.number, "model_calls": 0});
        self.customer_in(tx, &conversation, about, |dialogue| say(dialogue, &view)).await
    }

    /// Tells the customer of a conversation and moves it. Whether a person has taken over afterwards is what
    /// `conversation` says.
    pub async fn customer_in(
        &self,
        tx: &Tx,
        conversation: &Conversation,
        trace: Value,
        say: impl FnOnce(&Dialogue) -> (Dialogue, Vec<Say>),
    ) -> Result<Vec<Left>, StoreError> {
        let customer = tx.customer(conversation.customer).await?;
        let dialogue: Dialogue = serde_json::from_str(&conversation.state).unwrap_or_default();
        let (mut dialogue, says) = say(&dialogue);
        let voice = Voice {
            shop: &self.shop.profile,
            language: customer.language.unwrap_or(self.shop.profile.default_language),
            mood: Mood::Neutral,
            seed: conversation.version.unsigned_abs(),
            said: &dialogue.wordings,
            zone: &self.shop.zone,
            now: self.now,
        };
        let reply = express(&says, &voice);
        // The next message answers this one, so it is what "again" and "yes" are about.
        dialogue.remember_words(&reply);
        let rows = outbox::rows(&reply.parts);
        let stopped = self.breaches(&reply, &says, &dialogue);
        let mut trace = trace;
        trace["stopped"] = json!(stopped);
        let id = TurnId::new();
        let turn = TurnCommit {
            id,
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
            events: locked::event(id, "template", &stopped, self.now).into_iter().collect(),
            trace,
            model_calls: 0,
            micros: 0,
            at: self.now,
        };
        let sending = self.sending(tx, conversation, &rows, &reply.parts).await?;
        tx.commit_turn(&turn).await?;
        Ok(vec![sending])
    }

    /// Says something beside the conversation, which does not move by it: an answer that is being made stays good.
    pub async fn in_passing(
        &self,
        tx: &Tx,
        conversation: &Conversation,
        language: Language,
        says: &[Say],
    ) -> Result<Left, StoreError> {
        let dialogue: Dialogue = serde_json::from_str(&conversation.state).unwrap_or_default();
        let voice = Voice {
            shop: &self.shop.profile,
            language,
            mood: Mood::Neutral,
            seed: conversation.version.unsigned_abs(),
            said: &dialogue.wordings,
            zone: &self.shop.zone,
            now: self.now,
        };
        let reply = express(says, &voice);
        let stopped = self.breaches(&reply, says, &dialogue);
        let events: Vec<NewEvent> = locked::event(TurnId::new(), "template", &stopped, self.now).into_iter().collect();
        tx.append_events(&events).await?;
        let rows = outbox::rows(&reply.parts);
        let sending = self.sending(tx, conversation, &rows, &reply.parts).await?;
        tx.enqueue(conversation.id, conversation.channel, &rows, &self.claim, self.now).await?;
        Ok(sending)
    }

    /// What of words that no message asked for is not among their facts.
    fn breaches(&self, reply: &Reply, says: &[Say], dialogue: &Dialogue) -> Vec<Breach> {
        let shop = &self.shop;
        let recall = Recall {
            shop: &shop.profile,
            catalogue: &shop.catalogue,
            knowledge: &shop.knowledge,
            stock: &shop.stock,
            services: &shop.services,
            customer: &CustomerView::default(),
            orders: &[],
            now: self.now,
            zone: &shop.zone,
            new_order: OrderId::new(),
            new_payment: PaymentId::new(),
            new_appointment: AppointmentId::new(),
            diary: None,
            payments_down: false,
        };
        locked::breaches(reply, says, &recall, dialogue)
    }

    /// The kind of channel a conversation takes place on.
    pub async fn channel_kind(&self, tx: &Tx, conversation: &Conversation) -> Result<String, StoreError> {
        Ok(self.correspondents.of(tx, conversation).await?.channel.kind.clone())
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
        self.owner_about(tx, &conversation, say).await
    }

    /// Tells the owner something about the customer of a conversation.
    pub async fn owner_about(
        &self,
        tx: &Tx,
        conversation: &Conversation,
        say: impl FnOnce(Who) -> OwnerSay,
    ) -> Result<Vec<Left>, StoreError> {
        let desk = self.desk_of(tx, conversation).await?;
        let news = say(desk.who());
        Ok(desk.tell(tx, &news, &self.claim, self.now).await?.into_iter().collect())
    }

    /// What is needed to tell the owner about the customer of a conversation.
    pub async fn desk(&self, tx: &Tx, conversation: ConversationId) -> Result<owner::Desk, StoreError> {
        self.desk_of(tx, &tx.conversation(conversation).await?).await
    }

    async fn desk_of(&self, tx: &Tx, conversation: &Conversation) -> Result<owner::Desk, StoreError> {
        let customer = tx.customer(conversation.customer).await?;
        let address = self.correspondents.of(tx, conversation).await?;
        Ok(owner::Desk::new(&self.shop, &customer, &address))
    }

    /// Messages on their way to the customer of a conversation, behind what is still to be sent there. To be asked before
    /// the messages are stored.
    pub async fn sending(
        &self,
        tx: &Tx,
        conversation: &Conversation,
        rows: &[NewOutbound],
        parts: &[Part],
    ) -> Result<Left, StoreError> {
        let address = self.correspondents.of(tx, conversation).await?;
        let behind = tx.has_unsent(conversation.id, None).await?;
        let sending = outbox::outgoing(rows, parts, &address, &self.claim, self.now, behind);
        Ok(Left::Send(self.scope, conversation.id, sending))
    }
}
