//! What people of the shop say and do in a conversation.

use std::sync::Arc;

use duka_kernel::{ConversationId, MessageId, TenantScope, Timestamp, TurnId};
use duka_providers::channels::twilio::{BODY_LIMIT, split_text};
use duka_sales::{Dialogue, Part, effect::TaskKind, reply::PartKind};
use duka_shop::handover::{HandOverState, Progress};
use duka_store::{
    Guard, StoreError, Tx,
    channels::Channel,
    conversations::Conversation,
    handovers::{HandOver, NewHandOver},
    jobs::JobKind,
    outbox::NewOutbound,
    turns::TurnCommit,
};
use serde_json::json;

use crate::{
    app::{App, Left},
    handover::event,
    outbox,
    told::Told,
};

/// So long after a customer's last message WhatsApp passes on what is no answer.
const WINDOW_MILLIS: i64 = 24 * 60 * 60 * 1000;

/// What a person of the shop writes.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Words {
    /// Who, as the team calls them.
    pub by: Option<String>,
    /// The words.
    pub text: String,
    /// The key of a picture of the shop's.
    pub picture: Option<String>,
}

impl App {
    /// A person of the shop writes to the customer. From then on the assistant is quiet, until it is released or the
    /// shop's time for that is over. What they wrote is remembered, so that the assistant can say it again.
    ///
    /// # Errors
    /// If it could not be written down; nothing is sent then.
    pub async fn staff_reply(
        &self,
        scope: TenantScope,
        conversation: ConversationId,
        by: Option<String>,
        text: String,
    ) -> Result<(), StoreError> {
        self.staff_says(scope, conversation, Words { by, text, picture: None }).await.map(drop)
    }

    /// The same with a picture of the shop's. Gives the first message that it became.
    ///
    /// # Errors
    /// If it could not be written down; nothing is sent then.
    pub async fn staff_says(
        &self,
        scope: TenantScope,
        conversation: ConversationId,
        words: Words,
    ) -> Result<MessageId, StoreError> {
        let first = MessageId::new();
        self.as_staff(scope, move |told, tx| {
            let words = words.clone();
            Box::pin(async move { write(told, tx, conversation, first, &words).await })
        })
        .await?;
        Ok(first)
    }

    /// Whether the customer can be written to now: WhatsApp passes on what is not an answer only within a day after the
    /// customer wrote.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn may_write(&self, scope: TenantScope, conversation: ConversationId) -> Result<bool, StoreError> {
        let told = Told::new(self, scope).await?;
        let tx = self.store.read(scope).await?;
        let known = tx.conversation(conversation).await?;
        if told.channel_kind(&tx, &known).await? != "twilio" {
            return Ok(true);
        }
        let heard = tx.heard_at(conversation).await?;
        Ok(heard.is_some_and(|at| told.now.millis_since(at) < WINDOW_MILLIS))
    }

    /// A person of the shop takes a conversation over: it is theirs to answer, and the assistant is quiet as after a
    /// message of theirs.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if the shop has no such conversation; or if the database fails.
    pub async fn take_over(
        &self,
        scope: TenantScope,
        conversation: ConversationId,
        by: String,
    ) -> Result<(), StoreError> {
        self.as_staff(scope, move |told, tx| {
            let by = by.clone();
            Box::pin(async move {
                let known = tx.conversation(conversation).await?;
                if !known.handed_off {
                    let dialogue: Dialogue = serde_json::from_str(&known.state).unwrap_or_default();
                    tx.commit_turn(&turn(told, &known, &dialogue, Vec::new())?).await?;
                }
                let waits = tx.hand_over_of(conversation).await?.is_some();
                let before = tx.open_hand_over(&by_staff(&known, "staff_took", told.now)).await?;
                let mut after = HandOver { state: HandOverState::Assigned, assigned: Some(by), ..before.clone() };
                after.progress.last_staff_at = Some(told.now);
                if !waits {
                    after.progress.unanswered_since = None;
                }
                tx.update_hand_over(&before, &after).await?;
                let quiet = i64::from(told.shop.profile.handover.quiet_minutes);
                tx.schedule(JobKind::HandOverCheck, after.id, told.now.plus_minutes(quiet)).await?;
                let payload = json!({"conversation": conversation});
                tx.append_events(&[event("conversation.assigned", payload, "staff", told.now)]).await?;
                Ok(Vec::new())
            })
        })
        .await
    }

    /// A conversation becomes somebody's to answer.
    ///
    /// # Errors
    /// [`Guard::State`] if it is not with people; or if the database fails.
    pub async fn assign(&self, scope: TenantScope, conversation: ConversationId, to: String) -> Result<(), StoreError> {
        self.as_staff(scope, move |told, tx| {
            let to = to.clone();
            Box::pin(async move {
                let before = tx.hand_over_of(conversation).await?.ok_or(Guard::State("the conversation"))?;
                let after = HandOver { state: HandOverState::Assigned, assigned: Some(to), ..before.clone() };
                tx.update_hand_over(&before, &after).await?;
                let payload = json!({"conversation": conversation});
                tx.append_events(&[event("conversation.assigned", payload, "staff", told.now)]).await?;
                Ok(Vec::new())
            })
        })
        .await
    }

    /// The assistant may answer again.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn release(&self, scope: TenantScope, conversation: ConversationId) -> Result<(), StoreError> {
        self.as_staff(scope, move |told, tx| {
            Box::pin(async move {
                if let Some(hand_over) = tx.hand_over_of(conversation).await? {
                    tx.release_hand_over(&hand_over, "staff", told.now).await?;
                }
                let known = tx.conversation(conversation).await?;
                if !known.handed_off {
                    return Ok(Vec::new());
                }
                let mut dialogue: Dialogue = serde_json::from_str(&known.state).unwrap_or_default();
                dialogue.misunderstood = 0;
                let mut turn = turn(told, &known, &dialogue, Vec::new())?;
                turn.handed_off = false;
                turn.events =
                    vec![event("conversation.released", json!({"conversation": conversation}), "staff", told.now)];
                tx.commit_turn(&turn).await?;
                Ok(Vec::new())
            })
        })
        .await
    }

    /// Sends an advertisement to every customer on a channel who has written and has not refused marketing.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn broadcast(&self, scope: TenantScope, channel: &Channel, text: String) -> Result<(), StoreError> {
        let audience = self.store.read(scope).await?.audience(channel.id).await?;
        for conversation in audience {
            let text = text.clone();
            self.as_staff(scope, move |told, tx| {
                let text = text.clone();
                Box::pin(async move { advertise(told, tx, conversation, &text).await })
            })
            .await?;
        }
        Ok(())
    }

    async fn as_staff<F>(&self, scope: TenantScope, unit: F) -> Result<(), StoreError>
    where
        F: for<'a> Fn(&'a Told, &'a Tx) -> futures::future::BoxFuture<'a, Result<Vec<Left>, StoreError>>
            + Send
            + Sync
            + Clone
            + 'static,
    {
        Arc::new(Told::new(self, scope).await?).tell(self, unit).await
    }
}

async fn write(
    told: &Told,
    tx: &Tx,
    conversation: ConversationId,
    first: MessageId,
    words: &Words,
) -> Result<Vec<Left>, StoreError> {
    let known = tx.conversation(conversation).await?;
    let mut dialogue: Dialogue = serde_json::from_str(&known.state).unwrap_or_default();
    if !words.text.is_empty() {
        dialogue.note_staff(&words.text, told.now);
    }
    let mut parts = parts(&words.text);
    if let Some(picture) = &words.picture {
        match parts.first_mut() {
            Some(part) => (part.kind, part.image) = (PartKind::Image, Some(picture.clone())),
            None => parts.push(part(String::new(), Some(picture.clone()))),
        }
    }
    let mut rows = outbox::rows(&parts);
    if let Some(row) = rows.first_mut() {
        row.id = first;
    }
    for row in &mut rows {
        row.payload = Some(json!({"by": "staff"}));
    }
    let turn = turn(told, &known, &dialogue, rows)?;
    let sending = told.sending(tx, &known, &turn.outbound, &parts).await?;
    tx.commit_turn(&turn).await?;
    let new = by_staff(&known, "staff_wrote", told.now);
    for task in tx.open_tasks_of(known.customer).await?.iter().filter(|task| task.kind == TaskKind::Question.name()) {
        tx.close_task(task.id, "answered", "staff", told.now).await?;
    }
    let before = tx.open_hand_over(&new).await?;
    let seen = tx.history(conversation, 1).await?.last().map(|message| message.id);
    let after = HandOver { told_up_to: seen, ..answered(&before, words.by.clone(), told.now) };
    tx.update_hand_over(&before, &after).await?;
    let quiet = i64::from(told.shop.profile.handover.quiet_minutes);
    tx.schedule(JobKind::HandOverCheck, after.id, told.now.plus_minutes(quiet)).await?;
    let payload = json!({"conversation": conversation, "hand_over": after.id});
    tx.append_events(&[event("conversation.answered", payload, "staff", told.now)]).await?;
    Ok(vec![sending])
}

/// A person has written: nothing waits for them any more, and what came meanwhile they have seen.
fn answered(before: &HandOver, by: Option<String>, now: Timestamp) -> HandOver {
    HandOver {
        state: HandOverState::Answering,
        assigned: by.or_else(|| before.assigned.clone()),
        progress: Progress {
            unanswered_since: None,
            last_staff_at: Some(now),
            reminders: 0,
            last_reminder_at: None,
            untold: false,
            ..before.progress
        },
        ..before.clone()
    }
}

/// Sends an advertisement, unless the customer has refused marketing a moment ago.
async fn advertise(told: &Told, tx: &Tx, conversation: ConversationId, text: &str) -> Result<Vec<Left>, StoreError> {
    let known = tx.conversation(conversation).await?;
    if tx.customer(known.customer).await?.opted_out {
        return Ok(Vec::new());
    }
    let parts = parts(text);
    let rows = outbox::rows(&parts);
    let sending = told.sending(tx, &known, &rows, &parts).await?;
    tx.enqueue(conversation, known.channel, &rows, &told.claim, told.now).await?;
    Ok(vec![sending])
}

fn parts(text: &str) -> Vec<Part> {
    split_text(text, BODY_LIMIT).into_iter().map(|piece| part(piece.to_owned(), None)).collect()
}

const fn part(text: String, image: Option<String>) -> Part {
    let kind = if image.is_some() { PartKind::Image } else { PartKind::Text };
    Part { kind, text, image, sku: None, options: Vec::new() }
}

/// A hand-over that nobody asked for.
fn by_staff(known: &Conversation, reason: &str, at: Timestamp) -> NewHandOver {
    let (conversation, customer) = (known.id, known.customer);
    NewHandOver { conversation, customer, order: None, reason: reason.to_owned(), at, told_up_to: None }
}

/// A turn in which a person of the shop did something.
fn turn(
    told: &Told,
    known: &Conversation,
    dialogue: &Dialogue,
    outbound: Vec<NewOutbound>,
) -> Result<TurnCommit, StoreError> {
    Ok(TurnCommit {
        id: TurnId::new(),
        conversation: known.id,
        channel: known.channel,
        expected_version: known.version,
        stage: known.stage.clone(),
        state: serde_json::to_string(dialogue)?,
        handed_off: true,
        last_inbound_at: None,
        answered: Vec::new(),
        outbound,
        claim: told.claim.clone(),
        events: Vec::new(),
        trace: json!({"about": "staff", "model_calls": 0}),
        model_calls: 0,
        micros: 0,
        at: told.now,
    })
}
