//! Payments.

use duka_kernel::{Money, OrderId, PhoneNumber};
use duka_shop::OrderState;
use serde::{Deserialize, Serialize};

use crate::{
    desk::Desk,
    effect::{Effect, PaymentRequest, TaskKind},
    recall::{OrderView, PaymentView, TaskView},
};

/// For how long a prompt is taken to be open on the phone. M-Pesa's own prompt ends after about a minute.
const PROMPT_SECONDS: i64 = 90;

/// Asks for the money of an order.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct InitiatePayment {
    /// Which order.
    pub order: OrderId,
    /// Who pays; the number known if not given.
    pub phone: Option<PhoneNumber>,
}

/// Why no payment was asked for.
#[derive(Clone, PartialEq, Debug)]
pub enum PaymentRefusal {
    /// This customer has no such order.
    Unknown,
    /// It does not wait for money, being in this state.
    NotPayable(OrderState),
    /// Its time is over.
    Expired,
    /// A prompt is open on this phone.
    PromptOpen(Option<PhoneNumber>),
    /// No number that M-Pesa can prompt is known.
    NoPhone,
    /// No provider can be asked now, or there is nothing that could be asked for.
    Down,
    /// The team has to approve the order first.
    AwaitsApproval,
    /// A payment was asked for in this turn already.
    OnceATurn,
}

/// Asks the provider to prompt the payer, unless a prompt is open. Another number than that of the open prompt is
/// prompted at once: the customer knows which phone they hold.
///
/// # Errors
/// If there is nothing to pay, nobody to ask, or a prompt is open.
pub fn initiate_payment(desk: &mut Desk<'_>, args: &InitiatePayment) -> Result<PaymentRequest, PaymentRefusal> {
    let (number, amount, last) = payable(desk, args.order)?;
    if awaits_approval(desk, args.order) {
        return Err(PaymentRefusal::AwaitsApproval);
    }
    if desk.effects.iter().any(|effect| matches!(effect, Effect::RequestPayment(_))) {
        return Err(PaymentRefusal::OnceATurn);
    }
    let phone = args.phone.clone().filter(PhoneNumber::is_mpesa).or_else(|| payer_of(desk, last));
    let open = last.filter(|p| payment_is_open(desk, p) && (args.phone.is_none() || p.phone == phone));
    if let Some(open) = open {
        return Err(PaymentRefusal::PromptOpen(open.phone.clone()));
    }
    if desk.recall.payments_down || amount.minor <= 0 {
        return Err(PaymentRefusal::Down);
    }
    let phone = phone.ok_or(PaymentRefusal::NoPhone)?;
    let request = PaymentRequest { id: desk.recall.new_payment, order: args.order, number, amount, phone };
    desk.dialogue.payer = Some(request.phone.clone());
    desk.effect(Effect::RequestPayment(request.clone()));
    Ok(request)
}

/// What an order placed now or before asks: its number, its amount and its last attempt.
fn payable<'a>(desk: &Desk<'a>, order: OrderId) -> Result<(String, Money, Option<&'a PaymentView>), PaymentRefusal> {
    if let Some(placed) = desk.placed.as_ref().filter(|o| o.id == order) {
        return Ok((placed.number.clone(), placed.total, None));
    }
    let order = desk.recall.orders.iter().find(|o| o.id == order).ok_or(PaymentRefusal::Unknown)?;
    if order.state == OrderState::Expired || is_over(desk, order) {
        return Err(PaymentRefusal::Expired);
    }
    if !order.state.awaits_payment() {
        return Err(PaymentRefusal::NotPayable(order.state));
    }
    Ok((order.number.clone(), order.total, order.payment.as_ref()))
}

/// Whether the team has to approve an order before it can be paid.
fn awaits_approval(desk: &Desk<'_>, order: OrderId) -> bool {
    let opened = |effect: &Effect| matches!(effect, Effect::OpenTask { kind: TaskKind::Approval, order: Some(of), .. } if *of == order);
    let waits = |task: &TaskView| task.kind == TaskKind::Approval && task.order == Some(order);
    desk.effects.iter().any(opened) || desk.recall.customer.tasks.iter().any(waits)
}

fn is_over(desk: &Desk<'_>, order: &OrderView) -> bool {
    order.state.awaits_payment() && order.expires_at.is_some_and(|at| at <= desk.recall.now)
}

/// The number to prompt when none is given: the one chosen in this conversation, the one asked last, the customer's.
#[must_use]
pub fn payer_of(desk: &Desk<'_>, last: Option<&PaymentView>) -> Option<PhoneNumber> {
    let known = [desk.dialogue.payer.clone(), last.and_then(|p| p.phone.clone()), desk.recall.customer.phone.clone()];
    known.into_iter().flatten().find(PhoneNumber::is_mpesa)
}

/// Whether a prompt may still be open on the payer's phone.
#[must_use]
pub fn payment_is_open(desk: &Desk<'_>, payment: &PaymentView) -> bool {
    payment.state.is_open() && desk.recall.now.millis_since(payment.requested_at) < PROMPT_SECONDS * 1000
}

/// Asks the provider how an order's open attempts stand.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct CheckPayment {
    /// Which order.
    pub order: OrderId,
}

/// Asks the provider now, once a turn.
pub fn check_payment_status(desk: &mut Desk<'_>, args: CheckPayment) {
    let effect = Effect::CheckPayment(args.order);
    if !desk.effects.contains(&effect) {
        desk.effect(effect);
    }
}
