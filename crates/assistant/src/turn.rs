//! One turn, top to bottom: perceive → recall → decide → express → commit.

use std::time::Instant;

use duka_kernel::{AppointmentId, ConversationId, OrderId, PaymentId, TenantScope, Timestamp};
use duka_sales::{Decision, Dialogue, Kept, Recall, Reply, Voice, decide, express, keep};
use duka_shop::promotion::Offers;
use duka_store::StoreError;

use crate::{
    app::{App, Left},
    bookings,
    commit::{self, Work},
    hearing, locked, recall,
    shops::Shop,
};

/// How often a turn is decided afresh because something it rested on was gone at commit. Each time another
/// customer or another process got on, so this many in a row means that something is wrong.
const ATTEMPTS: u32 = 200;

/// What a turn did.
#[derive(Debug, Default)]
pub struct Turn {
    /// How many messages it answered.
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
                tracing::debug!(%conversation, %guard, attempt, "decided afresh");
            }
            done => return done,
        }
    }
}

async fn once(app: &App, scope: TenantScope, conversation: ConversationId) -> Result<Turn, StoreError> {
    let started = Instant::now();
    let Some(recall::Basis { known, address, shop, customer, orders }) =
        recall::recall(app, scope, conversation).await?
    else {
        return Ok(Turn::default());
    };
    let now = app.clock.now();
    let dialogue: Dialogue = serde_json::from_str(&known.conversation.state).unwrap_or_default();
    let offers = Offers::of(&shop.profile, &customer.loyalty, now.in_zone(&shop.zone).datetime());
    let heard = hearing::hear(app, scope, &known, &dialogue, &shop, &offers, now).await?;
    let mut work = Work {
        heard,
        kept: Kept::default(),
        decision: None,
        reply: Reply::default(),
        stopped: Vec::new(),
        started,
        now,
    };
    if known.conversation.handed_off {
        // A person has taken over: what is said is kept for them, and nothing is answered.
        work.kept = keep(&work.heard.messages);
    } else {
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
            new_appointment: AppointmentId::new(),
            diary: None,
            payments_down: app.gateways.are_down(&shop),
        };
        let mut decision = decide(&dialogue, &work.heard.messages, &recalled);
        if decision.needs_diary {
            let diary = bookings::diary(app, scope, known.customer.id, now).await?;
            decision = decide(&dialogue, &work.heard.messages, &Recall { diary: Some(&diary), ..recalled });
        }
        work.reply = express(&decision.says, &voice(&shop, &decision, &address.identity, now));
        work.stopped = locked::breaches(&work.reply, &decision.says, &recalled, &decision.dialogue);
        work.decision = Some(remembering(decision, &work.reply));
    }
    commit::commit(app, scope, &known, &shop, &address, work).await
}

/// The voice of a shop to one customer. The seed moves with every turn, so that wording varies, and is the same
/// when a turn is repeated or a conversation is played again.
pub(crate) fn voice<'a>(shop: &'a Shop, decision: &'a Decision, identity: &str, now: Timestamp) -> Voice<'a> {
    // FNV-1a, which unlike the standard library's hasher is the same in every release.
    let turn = decision.dialogue.turns.to_be_bytes();
    let seed = identity
        .bytes()
        .chain(turn)
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    let (language, mood, said) = (decision.language, decision.mood, &decision.dialogue.wordings);
    Voice { shop: &shop.profile, language, mood, seed, said, zone: &shop.zone, now }
}

/// The decision with its own words kept, for "say that again".
fn remembering(mut decision: Decision, reply: &Reply) -> Decision {
    decision.dialogue.remember_words(reply);
    decision
}
