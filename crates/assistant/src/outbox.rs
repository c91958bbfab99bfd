//! Sending what was committed.
//!
//! The process that commits a message sends it at once, in the order of its conversation. What is found unsent
//! later may have been sent by an attempt that never heard of it, so the channel is asked first. What fails for
//! now is tried again, later and later; what can never be sent is parked where an operator sees it.

use std::{
    collections::{HashMap, HashSet, VecDeque},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use duka_kernel::{ChannelId, ConversationId, MessageId, TenantScope, Timestamp};
use duka_sales::{Part, reply::PartKind};
use duka_store::{
    StoreError,
    events::NewEvent,
    outbox::{Claim, NewOutbound, Unsent},
};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{
    app::{App, Left},
    correspondents::Address,
    outside::{Fate, Letter},
    reports,
    shops::Shop,
};

/// After so many attempts a message is parked.
const ATTEMPTS: u32 = 12;

/// The first wait before another attempt; each further one doubles it, up to [`LONGEST_WAIT`].
const FIRST_WAIT: Duration = Duration::from_secs(2);
const LONGEST_WAIT: Duration = Duration::from_secs(600);

/// How many conversations the sweep takes up at once.
const SWEEP: u32 = 200;

/// What waits for a message that somebody else sends is looked at again after this long.
const BEHIND_MILLIS: i64 = 1_000;

/// A claim that is shorter is extended before the channel is called, so that nobody takes the message meanwhile. The
/// longest call to Twilio is shorter.
const CALL_MILLIS: i64 = 16_000;

/// A message that leaves.
#[derive(Clone, Debug)]
pub struct Outgoing {
    /// Its identity.
    pub id: MessageId,
    /// Through which channel.
    pub channel: ChannelId,
    /// `twilio` or `console`.
    pub channel_kind: String,
    /// The shop's address there.
    pub from: String,
    /// The customer's address there.
    pub to: String,
    /// What it says.
    pub part: Part,
    /// The key of its picture or file.
    pub media_key: Option<String>,
    /// Attempts before this one.
    pub attempts: u32,
    /// When it was written.
    pub written_at: Timestamp,
    /// Whether an earlier attempt may have got through.
    pub doubtful: bool,
    /// Until when it is this process's to send.
    pub claimed_until: Timestamp,
    /// Whether something before it in its conversation was unsent when it was written.
    pub behind: bool,
}

/// What the row of a message carries besides its words: what a channel may show and a quote may refer to.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Extras {
    #[serde(skip_serializing_if = "Option::is_none", default)]
    sku: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    options: Vec<duka_sales::reply::Choice>,
}

/// The rows of a reply's parts.
#[must_use]
pub fn rows(parts: &[Part]) -> Vec<NewOutbound> {
    let row = |part: &Part| {
        let extras = Extras { sku: part.sku.clone(), options: part.options.clone() };
        let plain = extras.sku.is_none() && extras.options.is_empty();
        NewOutbound {
            id: MessageId::new(),
            kind: kind_word(part.kind).to_owned(),
            text: part.text.clone(),
            payload: if plain { None } else { serde_json::to_value(&extras).ok() },
            media_key: part.image.clone(),
        }
    };
    parts.iter().map(row).collect()
}

/// The same rows on their way out.
#[must_use]
pub fn outgoing(
    rows: &[NewOutbound],
    parts: &[Part],
    address: &Address,
    claim: &Claim,
    now: Timestamp,
    behind: bool,
) -> Vec<Outgoing> {
    let leave = |(row, part): (&NewOutbound, &Part)| Outgoing {
        id: row.id,
        channel: address.channel.id,
        channel_kind: address.channel.kind.clone(),
        from: address.channel.address.clone(),
        to: address.identity.clone(),
        part: part.clone(),
        media_key: row.media_key.clone(),
        attempts: 0,
        written_at: now,
        doubtful: false,
        claimed_until: claim.until,
        behind,
    };
    rows.iter().zip(parts).map(leave).collect()
}

const fn kind_word(kind: PartKind) -> &'static str {
    match kind {
        PartKind::Text => "text",
        PartKind::Image => "image",
        PartKind::List => "list",
        PartKind::Buttons => "buttons",
    }
}

impl Outgoing {
    /// A message that was found unsent and claimed.
    fn found(unsent: Unsent, claim: &Claim) -> Self {
        let extras: Extras = unsent.payload.and_then(|p| serde_json::from_value(p).ok()).unwrap_or_default();
        let kind = match unsent.kind.as_str() {
            "image" => PartKind::Image,
            "list" => PartKind::List,
            "buttons" => PartKind::Buttons,
            _ => PartKind::Text,
        };
        Self {
            id: unsent.id,
            channel: unsent.channel,
            channel_kind: unsent.channel_kind,
            from: unsent.from,
            to: unsent.to,
            part: Part {
                kind,
                text: unsent.text,
                image: unsent.media_key.clone(),
                sku: extras.sku,
                options: extras.options,
            },
            media_key: unsent.media_key,
            attempts: unsent.attempts,
            written_at: unsent.created_at,
            doubtful: true,
            claimed_until: claim.until,
            behind: false,
        }
    }
}

/// Messages of conversations that are being sent, in order.
#[derive(Debug, Default)]
pub struct Queues(Mutex<HashMap<ConversationId, VecDeque<Outgoing>>>);

impl Queues {
    /// Puts messages at the end of a conversation's queue.
    pub fn push(&self, conversation: ConversationId, messages: Vec<Outgoing>) {
        self.lock().entry(conversation).or_default().extend(messages);
    }

    /// All that waits for a conversation now.
    pub fn take(&self, conversation: ConversationId) -> Vec<Outgoing> {
        self.lock().remove(&conversation).map(Vec::from).unwrap_or_default()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<ConversationId, VecDeque<Outgoing>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Conversations in which this process did not get everything sent, so that what is said next may have to wait.
#[derive(Debug, Default)]
pub struct Stuck(Mutex<HashSet<ConversationId>>);

impl Stuck {
    fn set(&self, conversation: ConversationId, stuck: bool) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if stuck {
            all.insert(conversation);
        } else {
            all.remove(&conversation);
        }
    }

    fn is(&self, conversation: ConversationId) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).contains(&conversation)
    }
}

/// Sends messages of one conversation, in order. If one cannot be sent now, those after it wait too.
///
/// # Errors
/// If what became of them could not be written down; they are found by the sweep then.
pub async fn deliver(
    app: &App,
    scope: TenantScope,
    conversation: ConversationId,
    messages: Vec<Outgoing>,
) -> Result<(), StoreError> {
    if messages.is_empty() {
        return Ok(());
    }
    let mut unsure = app.stuck.is(conversation);
    // Until all went well: an error or a panic must not let what is said next overtake.
    app.stuck.set(conversation, true);
    let mut messages = VecDeque::from(messages);
    while let Some(first) = messages.front() {
        unsure |= first.behind;
        if unsure && app.store.read(scope).await?.has_unsent(conversation, Some(first.id)).await? {
            let due = app.clock.now().plus_millis(BEHIND_MILLIS);
            return hold_back(app, scope, messages.iter(), due).await;
        }
        // All before are sent: from here on the order is the batch's own, unless somebody else has one of them.
        match deliver_batch(app, scope, &mut messages).await? {
            Batch::Sent => {}
            Batch::Taken => unsure = true,
            Batch::Postponed => return Ok(()),
        }
    }
    app.stuck.set(conversation, false);
    Ok(())
}

/// How far sending a batch got.
enum Batch {
    /// All of it.
    Sent,
    /// Somebody else has the message before those that are left.
    Taken,
    /// One has to wait, and those after it.
    Postponed,
}

async fn deliver_batch(app: &App, scope: TenantScope, messages: &mut VecDeque<Outgoing>) -> Result<Batch, StoreError> {
    let shop = app.shops.recent(&app.store, scope).await?;
    let mut sent: Vec<(MessageId, String)> = Vec::with_capacity(messages.len());
    let channel = messages.front().map(|message| message.channel);
    let mut ended = Ok(Batch::Sent);
    while let Some(message) = messages.pop_front() {
        let fate = match claimed(app, scope, &message).await {
            Ok(true) => send_one(app, scope, &shop, &message, &sent).await,
            Ok(false) => {
                ended = Ok(Batch::Taken);
                break;
            }
            Err(error) => Err(error),
        };
        let after = match fate {
            Ok(Fate::Sent(id)) => {
                sent.push((message.id, id));
                continue;
            }
            Ok(Fate::Refused(code, why)) => {
                tracing::error!(message = %message.id, code, why, tenant = %scope.tenant(), "a message was not sent");
                match park(app, scope, message.id, code).await {
                    Ok(()) => continue,
                    Err(error) => Err(error),
                }
            }
            Ok(Fate::Later(after)) => postpone(app, scope, &message, messages, after, "later").await,
            Ok(Fate::Unknown) => postpone(app, scope, &message, messages, None, "unknown").await,
            Err(error) => Err(error),
        };
        ended = after.map(|()| Batch::Postponed);
        break;
    }
    // Whatever stopped the batch: what was sent before that was sent.
    if let Some(channel) = channel {
        note_sent(app, scope, channel, sent).await?;
    }
    ended
}

/// Whether a message is still this process's to send, for as long as sending may take.
async fn claimed(app: &App, scope: TenantScope, message: &Outgoing) -> Result<bool, StoreError> {
    let now = app.clock.now();
    if !message.doubtful && message.claimed_until.millis_since(now) >= CALL_MILLIS {
        return Ok(true);
    }
    let id = message.id;
    app.store.write_with(scope, app.claim(now), move |tx, claim| Box::pin(tx.extend_claim(id, claim))).await
}

/// Gives messages back that were not tried.
async fn hold_back(
    app: &App,
    scope: TenantScope,
    messages: impl Iterator<Item = &Outgoing>,
    due: Timestamp,
) -> Result<(), StoreError> {
    let ids: Vec<MessageId> = messages.map(|message| message.id).collect();
    app.store.write_with(scope, ids, move |tx, ids| Box::pin(tx.hold_back(ids, due))).await
}

async fn send_one(
    app: &App,
    scope: TenantScope,
    shop: &Shop,
    message: &Outgoing,
    sent: &[(MessageId, String)],
) -> Result<Fate, StoreError> {
    let picture = message.media_key.as_deref().map(|key| app.picture_address(scope, key));
    let letter = Letter {
        tenant: scope.tenant(),
        channel: &message.channel_kind,
        from: &message.from,
        to: &message.to,
        part: &message.part,
        picture: picture.as_deref(),
        since: message.written_at,
    };
    if message.doubtful {
        match app.outside.maybe_sent(shop, letter).await {
            Ok(candidates) => {
                let tx = app.store.read(scope).await?;
                for id in candidates {
                    // The same words may have been sent as another message, which then knows this id, or will.
                    if sent.iter().any(|(_, known)| *known == id) {
                        continue;
                    }
                    if tx.message_by_provider_id(message.channel, &id).await?.is_none() {
                        return Ok(Fate::Sent(id));
                    }
                }
            }
            Err(fate) => return Ok(fate),
        }
    }
    Ok(app.outside.send(shop, letter).await)
}

async fn note_sent(
    app: &App,
    scope: TenantScope,
    channel: ChannelId,
    sent: Vec<(MessageId, String)>,
) -> Result<(), StoreError> {
    if sent.is_empty() {
        return Ok(());
    }
    let sent = Arc::new(sent);
    app.store.write_with(scope, Arc::clone(&sent), |tx, sent| Box::pin(tx.mark_sent(sent))).await?;
    for (id, delivery, error) in app.early.take(channel, &sent) {
        reports::report(app, scope, channel, &id, delivery, error).await?;
    }
    Ok(())
}

async fn park(app: &App, scope: TenantScope, id: MessageId, code: &'static str) -> Result<(), StoreError> {
    let at = app.clock.now();
    app.store
        .write(scope, move |tx| {
            Box::pin(async move {
                tx.mark_failed(id, code).await?;
                let payload = json!({"message": id, "code": code});
                tx.append_events(&[NewEvent { kind: "message.failed".into(), payload, actor: "system".into(), at }])
                    .await
            })
        })
        .await
}

/// Gives a message back until later, and with it those that come after it; parks one that was tried too often.
async fn postpone(
    app: &App,
    scope: TenantScope,
    message: &Outgoing,
    behind: &VecDeque<Outgoing>,
    after: Option<Duration>,
    code: &'static str,
) -> Result<(), StoreError> {
    let now = app.clock.now();
    if message.attempts + 1 >= ATTEMPTS {
        park(app, scope, message.id, "gave_up").await?;
        return hold_back(app, scope, behind.iter(), now).await;
    }
    let wait = after.unwrap_or_else(|| backoff(message.attempts, jitter(message.id)));
    let due = now.plus_millis(i64::try_from(wait.as_millis()).unwrap_or(i64::MAX));
    let (id, behind) = (message.id, behind.iter().map(|message| message.id).collect::<Vec<_>>());
    app.store
        .write_with(scope, behind, move |tx, behind| {
            Box::pin(async move {
                tx.mark_retry(id, code, due).await?;
                tx.hold_back(behind, due).await
            })
        })
        .await
}

/// The wait after so many attempts: doubling, capped, and up to a quarter longer by `jitter` (0 to 255), so that
/// what failed together does not come back together.
fn backoff(attempts: u32, jitter: u8) -> Duration {
    let doubled = FIRST_WAIT.saturating_mul(2_u32.saturating_pow(attempts.min(16))).min(LONGEST_WAIT);
    doubled + doubled.mul_f64(f64::from(jitter) / 1024.0)
}

/// A byte of an identity that is random.
fn jitter(id: MessageId) -> u8 {
    id.0.as_bytes()[15]
}

/// Takes up messages that are due and unsent. `alone` takes those of other processes too: for the start of the only
/// process of a database, when whoever held them is gone. Says whether there may be more.
///
/// # Errors
/// If the database fails.
pub async fn sweep(app: &App, alone: bool) -> Result<bool, StoreError> {
    let now = app.clock.now();
    let claim = app.claim(now);
    let unsent = app
        .store
        .system_write_with(claim.clone(), move |tx, claim| Box::pin(tx.claim_unsent(claim, now, SWEEP, alone)))
        .await?;
    let mut by_conversation: Vec<(TenantScope, ConversationId, Vec<Outgoing>)> = Vec::new();
    for unsent in unsent {
        let (scope, conversation) = (TenantScope::of(unsent.tenant), unsent.conversation);
        let message = Outgoing::found(unsent, &claim);
        match by_conversation.last_mut() {
            Some((_, last, messages)) if *last == conversation => messages.push(message),
            _ => by_conversation.push((scope, conversation, vec![message])),
        }
    }
    let full = by_conversation.len() >= SWEEP as usize;
    for (scope, conversation, messages) in by_conversation {
        app.leave(Left::Send(scope, conversation, messages));
    }
    Ok(full)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_ten_minutes_and_are_spread() {
        assert_eq!(backoff(0, 0), Duration::from_secs(2));
        assert_eq!(backoff(3, 0), Duration::from_secs(16));
        assert_eq!(backoff(30, 0), Duration::from_secs(600));
        assert!(backoff(3, 255) > backoff(3, 0) && backoff(3, 255) <= Duration::from_secs(20));
    }
}
