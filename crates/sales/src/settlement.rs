//! What a conversation says and becomes when something happens to an order without a message from the customer:
//! money arrives, an attempt fails, time runs out, or the last piece was sold to somebody else.

use duka_kernel::{PhoneNumber, Size, VariantId};
use duka_shop::{CartLine, PaymentFailure, Product, Stock, promotion::Offers};

use crate::{
    dialogue::{Choosing, Dialogue, Question, Stage},
    recall::OrderView,
    say::{Card, Say},
};

/// The money arrived: the receipt. A customer who is shopping on keeps their cart and their question.
#[must_use]
pub fn receipt(dialogue: &Dialogue, order: &OrderView) -> (Dialogue, Vec<Say>) {
    let mut after = closed(dialogue, order);
    if after.cart.is_empty() && after.wanted.is_empty() {
        after.stage = Stage::AfterSale;
    }
    let say = Say::Receipt {
        number: order.number.clone(),
        lines: order.lines.clone(),
        total: order.total,
        receipt: order.payment.as_ref().and_then(|p| p.receipt.clone()),
        delivery: order.delivery.clone(),
    };
    (after, vec![say])
}

/// The team approved the order: its payment is asked for, from the number that is known.
#[must_use]
pub fn approved(
    dialogue: &Dialogue,
    order: &OrderView,
    payer: Option<PhoneNumber>,
    minutes: u32,
) -> (Dialogue, Vec<Say>) {
    let mut after = dialogue.clone();
    after.open_order = Some(order.id);
    let (number, amount) = (order.number.clone(), order.total);
    let Some(phone) = payer else {
        after.question = Question::Phone;
        return (after, vec![Say::AskPhone { known: None }]);
    };
    if after.cart.is_empty() && after.wanted.is_empty() {
        after.question = Question::Payment(order.id);
        after.stage = Stage::Payment;
    }
    (after, vec![Say::PaymentAsked { number, amount, phone, hold_minutes: minutes }])
}

/// The team has not approved the order.
#[must_use]
pub fn not_approved(dialogue: &Dialogue, order: &OrderView) -> (Dialogue, Vec<Say>) {
    (closed(dialogue, order), vec![Say::NotApproved { number: order.number.clone() }])
}

/// An attempt failed: why, and that a retry is one word away.
#[must_use]
pub fn failed(dialogue: &Dialogue, order: &OrderView, failure: PaymentFailure) -> (Dialogue, Vec<Say>) {
    let mut after = dialogue.clone();
    after.open_order = Some(order.id);
    if after.cart.is_empty() && after.wanted.is_empty() {
        after.question = Question::Payment(order.id);
        after.stage = Stage::Payment;
    }
    (after, vec![Say::PaymentFailed { number: order.number.clone(), amount: order.total, failure }])
}

/// Staff moved the order on: the customer hears that it is on its way or has arrived.
#[must_use]
pub fn moved(dialogue: &Dialogue, order: &OrderView) -> (Dialogue, Vec<Say>) {
    let (number, pickup) = (order.number.clone(), order.delivery.pickup);
    let eta = order.delivery.eta.clone();
    (dialogue.clone(), vec![Say::OrderMoved { number, state: order.state, eta, pickup }])
}

/// How was it? The next number from 1 to 5 is the rating of this order.
#[must_use]
pub fn ask_how_it_was(dialogue: &Dialogue, order: &OrderView) -> (Dialogue, Vec<Say>) {
    let after = Dialogue { question: Question::Rating, rating: Some(order.id), ..dialogue.clone() };
    let first = order.lines.first().map(|line| line.name.clone()).unwrap_or_default();
    let say = Say::AskRating { number: order.number.clone(), first, others: order.lines.len().saturating_sub(1) };
    (after, vec![say])
}

/// Nobody could be prompted: how to pay by hand, or that the order waits and the team knows.
#[must_use]
pub fn no_prompt(dialogue: &Dialogue, order: &OrderView, manual: Option<String>) -> (Dialogue, Vec<Say>) {
    let (number, amount) = (order.number.clone(), order.total);
    let say = match manual {
        Some(instructions) => Say::PayByHand { number, amount, instructions },
        None => Say::PaymentDelayed { number, amount },
    };
    (dialogue.clone(), vec![say])
}

/// Not paid in time: the pieces are free again. They are put back into an empty cart, so that a yes is enough.
#[must_use]
pub fn expired(dialogue: &Dialogue, order: &OrderView) -> (Dialogue, Vec<Say>) {
    let mut after = closed(dialogue, order);
    if after.cart.is_empty() && after.wanted.is_empty() {
        order.lines.iter().cloned().for_each(|line| after.cart.add(line));
        after.delivery = Some(order.delivery.clone());
        after.question = Question::CartNext;
        after.stage = Stage::Cart;
    }
    (after, vec![Say::OrderExpired { number: order.number.clone() }])
}

/// Money came for an order that had ended and cannot be filled any more: it goes back.
#[must_use]
pub fn refund_due(dialogue: &Dialogue, order: &OrderView) -> (Dialogue, Vec<Say>) {
    let receipt = order.payment.as_ref().and_then(|p| p.receipt.clone());
    let say = Say::RefundDue { number: order.number.clone(), amount: order.total, receipt };
    (closed(dialogue, order), vec![say])
}

/// Somebody else bought the last pieces before the order was written: it was not placed.
#[must_use]
pub fn just_sold(dialogue: &Dialogue, lines: Vec<CartLine>) -> (Dialogue, Vec<Say>) {
    let mut after = dialogue.clone();
    for line in &lines {
        after.cart.remove(line.variant);
    }
    after.then_checkout = false;
    after.question = if after.cart.is_empty() { Question::None } else { Question::CartNext };
    after.stage = Stage::Cart;
    (after, vec![Say::JustSold { lines }])
}

/// What the customer waited for is back. A yes takes it, unless they are in the middle of something else.
#[must_use]
pub fn back(
    dialogue: &Dialogue,
    product: &Product,
    stock: &Stock,
    offers: &Offers,
    variants: &[VariantId],
) -> (Dialogue, Vec<Say>) {
    let mut after = dialogue.clone();
    let sizes: Vec<&Size> = product.variants.iter().filter(|v| variants.contains(&v.id)).map(|v| &v.size).collect();
    let free = matches!(after.question, Question::None | Question::ProductChoice | Question::Take { .. });
    if free && after.wanted.is_empty() {
        after.focus = Some(product.id);
        after.question = Question::Take { product: product.id, sized: sizes.len() > 1 };
        after.choosing = match sizes[..] {
            [only] => Some(Choosing { product: Some(product.id), sizes: vec![only.clone()], ..Choosing::default() }),
            _ => None,
        };
        after.stage = Stage::Choosing;
    }
    let card = Card::of(product, stock, offers);
    (after, vec![Say::BackInStock { card, sizes: sizes.into_iter().cloned().collect() }])
}

/// The same where nothing can be sent now: the next answer says it.
#[must_use]
pub fn back_later(dialogue: &Dialogue, variants: &[VariantId]) -> (Dialogue, Vec<Say>) {
    let mut after = dialogue.clone();
    after.back.extend(variants);
    (after, Vec::new())
}

/// The conversation no longer waits for this order.
#[must_use]
pub fn closed(dialogue: &Dialogue, order: &OrderView) -> Dialogue {
    let mut after = dialogue.clone();
    if after.open_order == Some(order.id) {
        after.open_order = None;
    }
    let about_it = matches!(after.question, Question::Payment(id) | Question::CancelOrder(id) if id == order.id);
    if about_it {
        after.question = Question::None;
    }
    after
}
