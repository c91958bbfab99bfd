//! One turn, top to bottom: perceive → recall → decide → express → commit. Where the decision leaves something open, a
//! language model is asked between deciding and expressing.

use std::{panic::AssertUnwindSafe, sync::Arc, time::Instant};

use duka_kernel::{AppointmentId, ConversationId, OrderId, PaymentId, TenantScope, Timestamp};
use duka_sales::{
    Decision, Dialogue, Heard, Kept, Open, Recall, Reply, Voice, decide, express,
    express::plain,
    express_in_words, keep,
    lock::Breach,
    model::proposal::{may_stand, proposals},
    recall::{CustomerView, OrderView},
};
use duka_shop::promotion::Offers;
use duka_store::{StoreError, conversations::Recalled};
use futures::FutureExt;

use crate::{
    app::{App, Left},
    bookings,
    commit::{self, Work},
    gather::Seat,
    hearing, holding, locked, recall,
    setting_aside::{self, Failure},
    shops::Shop,
    simulator::SIMULATOR,
    thinking::{self, Matter, Thinking},
};

/// How often a turn is decided afresh because something it rested on was gone at commit. Each time another
/// customer or another process got on, so this many in a row means that something is wrong.
const ATTEMPTS: u32 = 200;

/// How often a turn is tried that fails for a reason that does not pass by itself. Then it is set aside.
const TRIES: u32 = 5;

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
/// If the database cannot be reached. Nothing has happened then, and what is pending stays pending. What fails however
/// often it is tried is set aside: the customer hears that a person answers.
pub async fn run(
    app: &App,
    scope: TenantScope,
    conversation: ConversationId,
    seat: &mut Seat,
) -> Result<Turn, StoreError> {
    holding::while_made(app, scope, conversation, Box::pin(made(app, scope, conversation, seat))).await
}

async fn made(
    app: &App,
    scope: TenantScope,
    conversation: ConversationId,
    seat: &mut Seat,
) -> Result<Turn, StoreError> {
    let mut thinking = Thinking::default();
    let (mut attempt, mut tries) = (0, 0);
    loop {
        // A panic is a fault like another: it must not keep the conversation from ever being answered.
        let tried = AssertUnwindSafe(once(app, scope, conversation, &mut thinking, seat)).catch_unwind().await;
        let failure = match tried {
            Ok(Ok(turn)) => return Ok(turn),
            Ok(Err(error)) => Failure::of(error)?,
            Err(_) => Failure::Panicked,
        };
        attempt += 1;
        tries += u32::from(failure.lasts());
        tracing::debug!(%conversation, %failure, attempt, "decided afresh");
        if tries >= TRIES || attempt >= ATTEMPTS {
            return setting_aside::set_aside(app, scope, conversation, &failure).await;
        }
    }
}

async fn once(
    app: &App,
    scope: TenantScope,
    conversation: ConversationId,
    thinking: &mut Thinking,
    seat: &mut Seat,
) -> Result<Turn, StoreError> {
    let started = Instant::now();
    let Some(recall::Basis { known, address, shop, customer, orders }) =
        recall::recall(app, scope, conversation).await?
    else {
        return Ok(Turn::default());
    };
    let now = app.clock.now();
    let dialogue: Dialogue = serde_json::from_str(&known.conversation.state).unwrap_or_default();
    let offers = Offers::of(&shop.profile, &customer.loyalty, now.in_zone(&shop.zone).datetime());
    let place = hearing::Place { app, scope, known: &known, shop: &shop, dialogue: &dialogue };
    let heard = hearing::hear(place, &offers, thinking, seat).await?;
    let mut work = Work {
        heard,
        kept: Kept::default(),
        decision: None,
        reply: Reply::default(),
        model: None,
        stopped: Vec::new(),
        failed: None,
        started,
        now,
    };
    if known.conversation.handed_off {
        // A person has taken over: what is said is kept for them, and nothing is answered.
        work.kept = keep(&work.heard.messages);
    } else {
        let mut recalled = known_here(app, &shop, &customer, &orders, now);
        if address.channel.kind == SIMULATOR {
            // The sandbox is always there.
            recalled.payments_down = !shop.profile.modules.payments;
        }
        let room = Room { app, scope, shop: &shop, known: &known, recall: recalled, identity: &address.identity };
        let mut decision = room.decide(&dialogue, &work.heard.messages).await?;
        work.reply = express(&decision.says, &room.voice(&decision));
        work.stopped = room.stopped(&work.reply, &decision);
        if let Some(open) = decision.open.filter(|open| thinking::is_worth_asking(app, &shop, *open)) {
            // Rare and large, so not a part of every turn's future.
            let thought = Box::pin(room.think(&dialogue, open, &mut decision, &mut work, thinking, seat));
            work.model = Some(thought.await?);
        }
        work.decision = Some(remembering(decision, &work.reply));
    }
    commit::commit(app, scope, &known, &shop, &address, work).await
}

/// What a decision rests on.
pub(crate) fn known_here<'a>(
    app: &App,
    shop: &'a Shop,
    customer: &'a CustomerView,
    orders: &'a [OrderView],
    now: Timestamp,
) -> Recall<'a> {
    Recall {
        shop: &shop.profile,
        catalogue: &shop.catalogue,
        stock: &shop.stock,
        knowledge: &shop.knowledge,
        services: &shop.services,
        customer,
        orders,
        now,
        zone: &shop.zone,
        new_order: OrderId::new(),
        new_payment: PaymentId::new(),
        new_appointment: AppointmentId::new(),
        diary: None,
        payments_down: !shop.profile.modules.payments || app.gateways.are_down(shop),
    }
}

/// What a turn is made in.
struct Room<'a> {
    app: &'a App,
    scope: TenantScope,
    shop: &'a Arc<Shop>,
    known: &'a Recalled,
    recall: Recall<'a>,
    identity: &'a str,
}

impl Room<'_> {
    /// Decides, on the appointments too where it rests on them.
    async fn decide(&self, dialogue: &Dialogue, heard: &[Heard]) -> Result<Decision, StoreError> {
        let decision = decide(dialogue, heard, &self.recall);
        if !decision.needs_diary {
            return Ok(decision);
        }
        let diary = bookings::diary(self.app, self.scope, self.known.customer.id, self.recall.now).await?;
        Ok(decide(dialogue, heard, &Recall { diary: Some(&diary), ..self.recall }))
    }

    fn voice<'v>(&'v self, decision: &'v Decision) -> Voice<'v> {
        voice(self.shop, decision, self.identity, self.recall.now)
    }

    /// What templates say that is not among the facts.
    fn stopped(&self, reply: &Reply, decision: &Decision) -> Vec<Breach> {
        locked::breaches(reply, &decision.says, &self.recall, &decision.dialogue)
    }

    /// Has a model word or read what the decision leaves open. What it proposes is decided on like a wish of the customer;
    /// what it says is sent if it is true, and otherwise what the templates say.
    async fn think(
        &self,
        dialogue: &Dialogue,
        open: Open,
        decision: &mut Decision,
        work: &mut Work,
        thinking: &mut Thinking,
        seat: &mut Seat,
    ) -> Result<thinking::Trace, StoreError> {
        let templates = plain(&work.reply);
        let matter = Matter {
            scope: self.scope,
            shop: self.shop,
            known: self.known,
            recall: &self.recall,
            decision,
            open,
            words: &templates,
            said: &work.heard.words,
        };
        let (thought, shown) = thinking.about(self.app, &matter, seat).await?;
        let mut trace = thinking::Trace {
            open,
            outcome: thought.outcome,
            calls: thought.calls,
            millis: thought.millis,
            told: thought.told,
            intent: thought.answer.as_ref().and_then(|answer| answer.intent.clone()),
            proposed: Vec::new(),
            words: thinking::Words::None,
            draft: None,
        };
        let Some(answer) = thought.answer else { return Ok(trace) };
        let proposals = proposals(&answer, open, &work.heard.messages, dialogue, &self.recall);
        trace.proposed = proposals.considered;
        if !proposals.heard.is_empty() {
            let afresh = self.decide(dialogue, &proposals.heard).await?;
            if may_stand(&afresh) && afresh.open != Some(Open::Unsure) {
                trace.words = thinking::Words::Superseded;
                work.reply = express(&afresh.says, &self.voice(&afresh));
                work.stopped = self.stopped(&work.reply, &afresh);
                *decision = afresh;
                return Ok(trace);
            }
        }
        trace.words = thinking::judge(&matter, &shown, &answer, &thought.secret);
        match trace.words {
            thinking::Words::Said => {
                work.reply = express_in_words(&decision.says, &self.voice(decision), open, &answer.reply_text);
            }
            thinking::Words::Unfit(_) | thinking::Words::Stopped(_) => trace.draft = Some(answer.reply_text),
            thinking::Words::None | thinking::Words::Superseded => {}
        }
        Ok(trace)
    }
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
pub(crate) fn remembering(mut decision: Decision, reply: &Reply) -> Decision {
    decision.dialogue.remember_words(reply);
    decision
}
