//! Committing a turn: the conversation, every effect, what is sent and what happened, in one transaction.

use std::{sync::Arc, time::Instant};

use duka_kernel::{CustomerId, OrderId, TaskId, TenantScope, Timestamp, TurnId};
use duka_sales::{
    Decision, Effect, Kept, Part, Reply,
    effect::{CustomerChange, NewBooking, NewOrder, PaymentRequest},
    lock::Breach,
};
use duka_shop::{
    OrderState, PaymentState,
    booking::{AppointmentState, BookingRules},
    knowledge::Embedding,
};
use duka_store::{
    Guard, StoreError, Tx,
    bookings::Appointment,
    consents::Consent,
    conversations::Recalled,
    coupons::CouponLimits,
    customers::CustomerUpdate,
    events::NewEvent,
    lessons::Miss,
    orders::{Order, Transition},
    outbox::{Claim, NewOutbound},
    payments::Payment,
    tasks::Task,
    turns::TurnCommit,
};
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use crate::{
    app::{App, Left},
    bookings,
    correspondents::Address,
    handover, happened,
    hearing::Hearing,
    learning, locked, media, memory, outbox, owner, payments,
    shops::Shop,
    simulator::SIMULATOR,
    thinking,
    turn::Turn,
};

/// What a consent to advertisements is called.
const MARKETING: &str = "marketing";

/// The event that messages could not be dealt with.
pub const SET_ASIDE: &str = "turn.set_aside";

/// What a turn came to.
pub struct Work {
    /// What was heard.
    pub heard: Hearing,
    /// What it comes to for people, if they have taken over.
    pub kept: Kept,
    /// What was decided; nothing while a person has taken over.
    pub decision: Option<Decision>,
    /// What is said.
    pub reply: Reply,
    /// How a language model was used, if one was asked.
    pub model: Option<thinking::Trace>,
    /// What of it is not among the facts.
    pub stopped: Vec<Breach>,
    /// Why the messages could not be dealt with, if they are only set aside.
    pub failed: Option<String>,
    /// When the turn began.
    pub started: Instant,
    /// Now.
    pub now: Timestamp,
}

/// Everything the transaction writes, owned, because it may run more than once.
struct Plan {
    turn: TurnCommit,
    customer: CustomerId,
    changes: CustomerUpdate,
    effects: Vec<Effect>,
    kept: Vec<media::Kept>,
    parts: Vec<Part>,
    provider: String,
    limits: CouponLimits,
    booking: BookingRules,
    owner: owner::Desk,
    claim: Claim,
    /// What was heard is kept for people who answer here.
    for_people: Option<Kept>,
    /// What was not understood, to learn from.
    missed: Option<Miss>,
    zone: TimeZone,
    /// The kind of the channel.
    source: String,
    now: Timestamp,
}

/// What the transaction found out and the work after it needs.
#[derive(Default)]
struct Written {
    left: Vec<Left>,
}

/// Commits a turn.
///
/// # Errors
/// [`StoreError::Conflict`] if something it rested on has changed; nothing has happened then.
pub async fn commit(
    app: &App,
    scope: TenantScope,
    known: &Recalled,
    shop: &Arc<Shop>,
    address: &Address,
    work: Work,
) -> Result<Turn, StoreError> {
    let plan = plan(app, known, shop, address, work);
    let answered = plan.turn.answered.len();
    let trace = plan.turn.trace.clone();
    let conversation = plan.turn.conversation;
    let sending = outbox::outgoing(&plan.turn.outbound, &plan.parts, address, &plan.claim, plan.now, known.unsent);
    let mut left = Vec::new();
    if !sending.is_empty() {
        left.push(Left::Send(scope, conversation, sending));
    }
    let written = app.store.write_with(scope, plan, |tx, plan| Box::pin(write(tx, plan))).await?;
    left.extend(written.left);
    Ok(Turn { answered, left, trace })
}

fn plan(app: &App, known: &Recalled, shop: &Arc<Shop>, address: &Address, work: Work) -> Plan {
    let Work { heard, kept, decision, reply, model, stopped, failed, started, now } = work;
    let claim = app.claim(now);
    let handed_off = decision.as_ref().map_or(known.conversation.handed_off, |d| {
        d.effects.iter().any(|effect| matches!(effect, Effect::HandOff { .. }))
    });
    let id = TurnId::new();
    let outbound: Vec<NewOutbound> = outbox::rows(&reply.parts);
    let missed = decision.as_ref().and_then(|d| learning::missed(d, &heard, known.conversation.id, now));
    let mut trace = trace(&heard, decision.as_ref(), &reply, model.as_ref(), &stopped, started);
    let mut events = stopped_words(id, model.as_ref(), &stopped, now);
    if let Some(why) = failed {
        let payload = json!({"conversation": known.conversation.id, "messages": heard.ids.len(), "reason": why});
        events.push(NewEvent { kind: SET_ASIDE.into(), payload, actor: "assistant".into(), at: now });
        trace["failed"] = why.into();
    }
    let (stage, state) = match &decision {
        Some(decision) => {
            (decision.dialogue.stage.name().to_owned(), serde_json::to_string(&decision.dialogue).unwrap_or_default())
        }
        None => (known.conversation.stage.clone(), known.conversation.state.clone()),
    };
    let mut effects = decision.map(|d| d.effects).unwrap_or_default();
    effects.extend(kept.opted_out.map(|out| Effect::Customer(CustomerChange::OptOut(out))));
    let changes = changes(known, &effects);
    let limits = limits(shop, &effects);
    let turn = TurnCommit {
        id,
        conversation: known.conversation.id,
        channel: address.channel.id,
        expected_version: known.conversation.version,
        stage,
        state,
        handed_off,
        last_inbound_at: known.pending.last().map(|message| message.received_at),
        answered: heard.ids,
        outbound,
        claim: claim.clone(),
        events,
        model_calls: model.as_ref().map_or(0, |model| model.calls),
        micros: u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX),
        trace,
        at: now,
    };
    Plan {
        turn,
        customer: known.customer.id,
        changes,
        effects,
        kept: heard.kept,
        parts: reply.parts,
        limits,
        booking: shop.profile.booking.clone(),
        provider: if address.channel.kind == SIMULATOR { payments::SANDBOX } else { shop.payments.name() }.to_owned(),
        owner: owner::Desk::new(shop, &known.customer, address),
        claim,
        for_people: known.conversation.handed_off.then_some(kept),
        missed,
        zone: shop.zone.clone(),
        source: address.channel.kind.clone(),
        now,
    }
}

/// That words were stopped, whoever they were of.
fn stopped_words(turn: TurnId, model: Option<&thinking::Trace>, stopped: &[Breach], at: Timestamp) -> Vec<NewEvent> {
    let drafted = model.and_then(|model| match &model.words {
        thinking::Words::Stopped(breaches) => locked::event(turn, "model", breaches, at),
        _ => None,
    });
    locked::event(turn, "template", stopped, at).into_iter().chain(drafted).collect()
}

async fn write(tx: &Tx, plan: &Plan) -> Result<Written, StoreError> {
    let mut turn = plan.turn.clone();
    turn.events.extend(
        plan.effects
            .iter()
            .filter_map(|effect| happened::event(effect, plan.customer, plan.turn.conversation, plan.now)),
    );
    // First, because it is what fails most often: someone else answered meanwhile.
    tx.commit_turn(&turn).await?;
    for kept in &plan.kept {
        kept.note(tx, plan.now).await?;
    }
    tx.update_customer(plan.customer, &plan.changes, plan.now).await?;
    memory::note_turn(tx, plan.turn.conversation, plan.turn.expected_version + 1, plan.now).await?;
    if let Some(miss) = &plan.missed {
        learning::note(tx, miss, &plan.zone).await?;
    }
    let mut written = Written::default();
    for effect in &plan.effects {
        perform(tx, plan, effect, &mut written).await?;
    }
    if let Some(kept) = plan.for_people {
        let conversation = plan.turn.conversation;
        written.left.extend(handover::heard(tx, conversation, kept, &plan.owner, &plan.claim, plan.now).await?);
    }
    Ok(written)
}

async fn perform(tx: &Tx, plan: &Plan, effect: &Effect, written: &mut Written) -> Result<(), StoreError> {
    let scope = tx.scope();
    match effect {
        Effect::PlaceOrder(order) => tx.place_order(&placement(order, plan), plan.limits).await?,
        Effect::RequestPayment(request) => {
            tx.insert_payment(&payment(request, plan)).await?;
            wait_again(tx, request.order, plan.now).await?;
            written.left.push(Left::Request(scope, request.id));
        }
        Effect::CheckPayment(order) => {
            let attempts = tx.payments_of_order(*order).await?;
            let open = attempts.into_iter().filter(|attempt| attempt.state.is_open());
            written.left.extend(open.map(|attempt| Left::Check(scope, attempt.id)));
        }
        Effect::CancelOrder { order, reason } => {
            payments::cancel(tx, *order, "customer", reason, plan.now).await?;
            bookings::deposit_ended(tx, *order).await?;
        }
        Effect::TakeSlot(booking) => {
            tx.take_slot(&appointment(booking, plan), &booking.claims, plan.now).await?;
            if booking.until.is_none() {
                bookings::remind(tx, &plan.booking, booking.id, booking.start, plan.now).await?;
            }
        }
        Effect::ReleaseSlot(id) => match tx.release_hold(*id).await {
            // It had lapsed.
            Ok(()) | Err(StoreError::Conflict(Guard::State(_))) => {}
            Err(error) => return Err(error),
        },
        Effect::MoveBooking { id, service, start, claims } => {
            tx.move_appointment(*id, (*service, *start), claims, plan.now).await?;
            bookings::remind(tx, &plan.booking, *id, *start, plan.now).await?;
        }
        Effect::CancelBooking { id, refund } => bookings::cancel(tx, *id, *refund, plan.now).await?,
        Effect::HandOff { reason, said, order } => {
            let asked = handover::Asked {
                conversation: plan.turn.conversation,
                reason: *reason,
                said,
                order: *order,
                answered: &plan.turn.answered,
            };
            written.left.extend(handover::begin(tx, asked, &plan.owner, &plan.claim, plan.now).await?);
        }
        Effect::OpenTask { kind, order, detail } => {
            let task = Task {
                id: TaskId::new(),
                customer: plan.customer,
                conversation: plan.turn.conversation,
                order: *order,
                kind: kind.name().to_owned(),
                detail: serde_json::to_value(detail)?,
                opened_at: plan.now,
            };
            tx.open_task(&task).await?;
        }
        Effect::AmendTask { task, detail } => tx.amend_task(*task, &serde_json::to_value(detail)?).await?,
        Effect::TellOwner(news) => {
            let news = plan.owner.news(news);
            written.left.extend(plan.owner.tell(tx, &news, &plan.claim, plan.now).await?);
        }
        Effect::WaitFor { variants, any_size } => {
            tx.wait_for(plan.customer, plan.turn.conversation, variants, *any_size, plan.now).await?;
        }
        Effect::StopWaiting => {
            tx.stop_waiting(plan.customer, plan.now).await?;
        }
        Effect::Remember(sentence) => {
            tx.remember(plan.customer, sentence, Some(&Embedding::local(sentence)), plan.now).await?;
        }
        Effect::Customer(CustomerChange::OptOut(out)) => {
            let consent = Consent {
                purpose: MARKETING.to_owned(),
                granted: !out,
                source: plan.source.clone(),
                message: plan.turn.answered.last().copied(),
                at: plan.now,
            };
            tx.record_consent(plan.customer, &consent).await?;
        }
        // Part of the customer's row and of the event log.
        Effect::Rate { rating, order: Some(order) } => tx.rate_order(*order, *rating).await?,
        Effect::Customer(_) | Effect::Rate { order: None, .. } => {}
    }
    Ok(())
}

/// The one change to the customer's row that all effects come to.
fn changes(known: &Recalled, effects: &[Effect]) -> CustomerUpdate {
    let mut update = CustomerUpdate::default();
    let mut facts = known.customer.facts.clone();
    for effect in effects {
        let Effect::Customer(change) = effect else { continue };
        match change {
            CustomerChange::Language(language) => update.language = Some(*language),
            CustomerChange::PinLanguage(language) => {
                update.language = Some(*language);
                update.language_pinned = Some(true);
            }
            CustomerChange::OptOut(out) => update.opted_out = Some(*out),
            CustomerChange::Phone(phone) => update.payer = Some(phone.clone()),
            CustomerChange::Address(choice) => {
                facts.address = Some(choice.clone());
                facts.said.remove(duka_sales::effect::ADDRESS_FORGOTTEN);
            }
            CustomerChange::ForgetAddress => {
                facts.address = None;
                facts.said.remove("area");
                facts.said.insert(duka_sales::effect::ADDRESS_FORGOTTEN.into(), "yes".into());
            }
            CustomerChange::Fact { name, value } if value.is_empty() => {
                facts.said.remove(name);
            }
            CustomerChange::Fact { name, value } => {
                facts.said.insert(name.clone(), value.clone());
            }
        }
    }
    update.facts = (facts != known.customer.facts).then_some(facts);
    update
}

/// How often the coupon of the order that is placed may be used.
fn limits(shop: &Shop, effects: &[Effect]) -> CouponLimits {
    let code = effects.iter().find_map(|effect| match effect {
        Effect::PlaceOrder(order) => order.coupon.as_ref(),
        _ => None,
    });
    let coupon = code.and_then(|code| shop.profile.coupons.iter().find(|coupon| coupon.code == *code));
    coupon.map_or_else(CouponLimits::default, |coupon| CouponLimits {
        by_all: coupon.max_uses,
        by_customer: coupon.max_uses_per_customer,
    })
}

fn placement(order: &NewOrder, plan: &Plan) -> Order {
    Order {
        id: order.id,
        number: order.number.clone(),
        customer: plan.customer,
        conversation: Some(plan.turn.conversation),
        state: OrderState::PendingPayment,
        lines: order.lines.clone(),
        subtotal: order.subtotal,
        discount: order.discount,
        coupon: order.coupon.clone(),
        wholesale: order.wholesale,
        delivery_fee: order.delivery.fee,
        total: order.total,
        address: order.delivery.address.clone(),
        zone: order.delivery.zone.clone(),
        pickup: order.delivery.pickup,
        placed_at: plan.now,
        expires_at: Some(plan.now.plus_minutes(i64::from(order.hold_minutes))),
        paid_at: None,
        payment: None,
    }
}

fn appointment(booking: &NewBooking, plan: &Plan) -> Appointment {
    Appointment {
        id: booking.id,
        customer: plan.customer,
        conversation: Some(plan.turn.conversation),
        service: booking.service,
        start_at: booking.start,
        state: if booking.until.is_some() { AppointmentState::Held } else { AppointmentState::Booked },
        expires_at: booking.until,
        order: booking.order,
        created_at: plan.now,
    }
}

fn payment(request: &PaymentRequest, plan: &Plan) -> Payment {
    Payment {
        id: request.id,
        order: request.order,
        provider: plan.provider.clone(),
        amount: request.amount,
        phone: Some(request.phone.clone()),
        reference: request.number.clone(),
        provider_reference: None,
        state: PaymentState::Requested,
        failure: None,
        receipt: None,
        requested_at: plan.now,
        // Until then the request is this process's to make; after that any may.
        next_check_at: Some(plan.now.plus_seconds(payments::FIRST_CHECK_SECONDS)),
        checks: 0,
        settled_at: None,
    }
}

/// An order whose last payment failed waits for money again.
async fn wait_again(tx: &Tx, id: OrderId, now: Timestamp) -> Result<(), StoreError> {
    if tx.order(id).await?.state != OrderState::PaymentFailed {
        return Ok(());
    }
    let step = Transition {
        from: OrderState::PaymentFailed,
        to: OrderState::PendingPayment,
        actor: "customer",
        reason: "asked to pay again",
        at: now,
    };
    tx.transition_order(id, &step).await
}

/// How the turn went, for whoever asks later why something was said.
fn trace(
    heard: &Hearing,
    decision: Option<&Decision>,
    reply: &Reply,
    model: Option<&thinking::Trace>,
    stopped: &[Breach],
    started: Instant,
) -> Value {
    let perception = heard.perception.as_ref();
    json!({
        "intent": perception.map(|p| p.intent),
        "confidence": perception.map(|p| p.confidence),
        "slots": perception.map(|p| &p.slots),
        "langs": perception.map(|p| &p.langs),
        "wishes": perception.map(|p| p.wishes.iter().map(|w| w.intent).collect::<Vec<_>>()),
        "says": decision.map(|d| d.says.iter().map(name_of).collect::<Vec<_>>()),
        "effects": decision.map(|d| d.effects.iter().map(name_of).collect::<Vec<_>>()),
        "language": decision.map(|d| d.language),
        "parts": reply.parts.len(),
        "listened": heard.listened,
        "described": heard.described,
        "open": decision.map(|d| d.open),
        "stopped": stopped,
        "model_calls": model.map_or(0, |model| model.calls),
        "model": model,
        "micros": u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX),
    })
}

/// The name of a variant as it is serialised: `place_order`.
fn name_of<T: serde::Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(name)) => name,
        Ok(Value::Object(fields)) => fields.keys().next().cloned().unwrap_or_default(),
        _ => String::new(),
    }
}
