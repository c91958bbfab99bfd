//! A conversation that people of the shop answer: told to the owner, watched over until somebody does, given back.

use std::sync::Arc;

use duka_kernel::{ConversationId, CustomerId, MessageId, OrderId, TenantScope, Timestamp};
use duka_sales::{Kept, Say, effect::HandOffReason};
use duka_shop::{
    ShopProfile,
    handover::{Due, HandOverState, Progress, due},
    hours,
};
use duka_store::{
    StoreError, Tx,
    conversations::Conversation,
    events::NewEvent,
    handovers::{HandOver, NewHandOver},
    jobs::{Job, JobKind},
    outbox::Claim,
};
use serde_json::json;

use crate::{
    app::{App, Left},
    owner::{self, OwnerSay},
    told::Told,
};

/// The most messages before the last one that the owner is shown of a conversation.
const BEFORE: usize = 3;

/// The messages that are looked through for what the owner has not been told.
const LOOK_BACK: u32 = 40;

/// What the owner is told of a conversation that is handed over.
pub(crate) struct Asked<'a> {
    pub conversation: ConversationId,
    pub reason: HandOffReason,
    pub said: &'a str,
    pub order: Option<OrderId>,
    /// The messages it rests on; the last of them is what the customer said.
    pub answered: &'a [MessageId],
}

/// Begins a hand-over and tells the owner who waits, why, what they wrote and which order it is about.
pub(crate) async fn begin(
    tx: &Tx,
    asked: Asked<'_>,
    desk: &owner::Desk,
    claim: &Claim,
    now: Timestamp,
) -> Result<Vec<Left>, StoreError> {
    let new = NewHandOver {
        conversation: asked.conversation,
        customer: desk.customer(),
        order: asked.order,
        reason: asked.reason.name().to_owned(),
        at: now,
        told_up_to: asked.answered.iter().copied().max(),
    };
    let hand_over = tx.open_hand_over(&new).await?;
    look_again(tx, &hand_over, desk.profile(), now).await?;
    let earlier = tx.history(asked.conversation, LOOK_BACK).await?;
    let earlier =
        earlier.iter().filter(|m| !m.outbound && !asked.answered.contains(&m.id) && !m.text.trim().is_empty());
    let mut before: Vec<String> = earlier.rev().take(BEFORE).map(|message| message.text.clone()).collect();
    before.reverse();
    let order = match asked.order {
        Some(order) => Some(tx.order(order).await?),
        None => None,
    };
    let news = OwnerSay::PersonWaiting {
        customer: desk.who(),
        reason: asked.reason,
        said: asked.said.to_owned(),
        before,
        order: order.map(|order| (order.number, order.total)),
    };
    Ok(desk.tell(tx, &news, claim, now).await?.into_iter().collect())
}

/// Keeps what a customer writes while people answer: it waits for them, and reaches the owner, several messages
/// together.
pub(crate) async fn heard(
    tx: &Tx,
    conversation: ConversationId,
    kept: Kept,
    desk: &owner::Desk,
    claim: &Claim,
    now: Timestamp,
) -> Result<Vec<Left>, StoreError> {
    let before = under_way(tx, conversation, desk.customer(), now).await?;
    let mut after = before.clone();
    if kept.waits && after.progress.unanswered_since.is_none() {
        after.progress =
            Progress { unanswered_since: Some(now), reminders: 0, last_reminder_at: None, ..after.progress };
    }
    after.progress.untold = true;
    let mut left = Vec::new();
    if due(&after.progress, desk.profile(), now) == Due::Forward {
        left.extend(forward(tx, desk, &mut after, claim, now).await?);
    }
    tx.update_hand_over(&before, &after).await?;
    look_again(tx, &after, desk.profile(), now).await?;
    Ok(left)
}

/// The hand-over of a conversation that is marked as handed over; begun if there is none.
async fn under_way(
    tx: &Tx,
    conversation: ConversationId,
    customer: CustomerId,
    now: Timestamp,
) -> Result<HandOver, StoreError> {
    if let Some(known) = tx.hand_over_of(conversation).await? {
        return Ok(known);
    }
    let reason = HandOffReason::NeedsPerson.name().to_owned();
    tx.open_hand_over(&NewHandOver { conversation, customer, order: None, reason, at: now, told_up_to: None }).await
}

/// Sets the job for the next thing that time makes due.
async fn look_again(tx: &Tx, hand_over: &HandOver, shop: &ShopProfile, now: Timestamp) -> Result<(), StoreError> {
    let at = match due(&hand_over.progress, shop, now) {
        Due::Later(at) => at,
        Due::Forward | Due::Remind | Due::Return => now,
    };
    tx.schedule(JobKind::HandOverCheck, hand_over.id, at).await
}

/// Does what a hand-over needs now and sets the job for what it needs next.
///
/// # Errors
/// [`duka_store::Guard::State`] if the job is over or somebody changed the hand-over meanwhile.
pub(crate) async fn check(app: &App, scope: TenantScope, job: &Job) -> Result<(), StoreError> {
    let told = Arc::new(Told::new(app, scope).await?);
    let (job, hand_over) = (job.id, job.subject);
    told.tell(app, move |told, tx| {
        Box::pin(async move {
            tx.finish_job(job).await?;
            match tx.hand_over(hand_over).await? {
                Some(hand_over) => watch(told, tx, hand_over).await,
                None => Ok(Vec::new()),
            }
        })
    })
    .await
}

async fn watch(told: &Told, tx: &Tx, before: HandOver) -> Result<Vec<Left>, StoreError> {
    let shop = &told.shop.profile;
    let (mut after, mut left) = (before.clone(), Vec::new());
    loop {
        match due(&after.progress, shop, told.now) {
            Due::Later(at) => {
                if after != before {
                    tx.update_hand_over(&before, &after).await?;
                }
                tx.schedule(JobKind::HandOverCheck, after.id, at).await?;
                return Ok(left);
            }
            Due::Forward => {
                let desk = told.desk(tx, after.conversation).await?;
                left.extend(forward(tx, &desk, &mut after, &told.claim, told.now).await?);
            }
            Due::Remind => left.extend(remind(told, tx, &mut after).await?),
            Due::Return => {
                left.extend(give_back(told, tx, &before, &after).await?);
                return Ok(left);
            }
        }
    }
}

/// Tells the owner what the customer wrote since they were told last.
async fn forward(
    tx: &Tx,
    desk: &owner::Desk,
    after: &mut HandOver,
    claim: &Claim,
    now: Timestamp,
) -> Result<Option<Left>, StoreError> {
    let history = tx.history(after.conversation, LOOK_BACK).await?;
    let new = history.iter().filter(|m| !m.outbound && after.told_up_to.is_none_or(|told| m.id > told));
    let lines: Vec<String> = new.clone().map(|m| shown(&m.kind, &m.text)).collect();
    after.told_up_to = new.map(|m| m.id).max().or(after.told_up_to);
    after.progress = Progress { told_at: now, untold: false, ..after.progress };
    if lines.is_empty() {
        return Ok(None);
    }
    let news = OwnerSay::StillWriting { customer: desk.who(), said: lines };
    desk.tell(tx, &news, claim, now).await
}

/// A message as the owner is shown it: a picture or a voice note has no words of its own.
fn shown(kind: &str, text: &str) -> String {
    match (kind, text.trim()) {
        (_, text) if !text.is_empty() => text.to_owned(),
        (kind, _) => format!("[{kind}]"),
    }
}

/// Reminds people; the first time the customer is told honestly that nobody has answered.
async fn remind(told: &Told, tx: &Tx, after: &mut HandOver) -> Result<Vec<Left>, StoreError> {
    let mut left = Vec::new();
    let first = after.progress.reminders == 0;
    let conversation = tx.conversation(after.conversation).await?;
    if first {
        let now = hours::status(&told.shop.profile, told.now);
        let about = json!({"about": "hand_over", "model_calls": 0});
        let line =
            told.customer_in(tx, &conversation, about, |dialogue| (dialogue.clone(), vec![Say::StillWaiting { now }]));
        left.extend(line.await?);
    } else if after.state == HandOverState::Assigned {
        // Whose it was has not answered: it is anybody's again.
        (after.state, after.assigned) = (HandOverState::Waiting, None);
    }
    let since = after.progress.unanswered_since.unwrap_or(after.opened_at);
    let minutes = told.now.millis_since(since) / 60_000;
    let desk = told.desk(tx, after.conversation).await?;
    let news = OwnerSay::StillWaiting { customer: desk.who(), minutes, assigned: after.assigned.clone() };
    left.extend(desk.tell(tx, &news, &told.claim, told.now).await?);
    if !first {
        left.extend(desk.tell_backup(tx, &news, &told.claim, told.now).await?);
    }
    after.progress.reminders += 1;
    after.progress.last_reminder_at = Some(told.now);
    let payload = json!({"conversation": after.conversation, "reminder": after.progress.reminders});
    tx.append_events(&[event("conversation.reminded", payload, "system", told.now)]).await?;
    Ok(left)
}

/// The time is over: the assistant answers again. It says so only to a customer who still waits for an answer.
async fn give_back(told: &Told, tx: &Tx, before: &HandOver, after: &HandOver) -> Result<Vec<Left>, StoreError> {
    let conversation = Conversation { handed_off: false, ..tx.conversation(after.conversation).await? };
    let waits = after.progress.unanswered_since.is_some();
    let never = after.progress.last_staff_at.is_none();
    let about = json!({"about": "hand_over", "model_calls": 0});
    let back = told.customer_in(tx, &conversation, about, |dialogue| {
        let mut after = dialogue.clone();
        after.misunderstood = 0;
        (after, if waits { vec![Say::AssistantBack { nobody_answered: never }] } else { Vec::new() })
    });
    let mut left = back.await?;
    tx.release_hand_over(before, "system", told.now).await?;
    let payload = json!({"conversation": after.conversation, "by": "time"});
    tx.append_events(&[event("conversation.released", payload, "system", told.now)]).await?;
    if waits {
        let desk = told.desk(tx, after.conversation).await?;
        left.extend(desk.tell(tx, &OwnerSay::GivenBack { customer: desk.who() }, &told.claim, told.now).await?);
    }
    Ok(left)
}

/// A line for the log.
pub(crate) fn event(kind: &str, payload: serde_json::Value, actor: &str, at: Timestamp) -> NewEvent {
    NewEvent { kind: kind.to_owned(), payload, actor: actor.to_owned(), at }
}
