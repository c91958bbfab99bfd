//! Orders.

use duka_kernel::{Money, OrderId};
use duka_shop::{Cart, OrderState, pricing::Applied};
use serde::{Deserialize, Serialize};

use super::cart::quote;
use crate::{
    desk::Desk,
    dialogue::Stage,
    effect::{CustomerChange, Effect, NewOrder},
    recall::{OrderView, order_number},
};

/// For so long an order that waits for approval is held at least.
const APPROVAL_MINUTES: u32 = 12 * 60;

/// Places the order that the cart is.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct CreateOrder {
    /// The total the customer said yes to.
    pub agreed: Money,
}

/// Why an order was not placed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OrderRefusal {
    /// Nothing is in the cart.
    Empty,
    /// It is not known where it goes.
    NoAddress,
    /// It comes to something else than what was agreed to.
    TotalChanged,
    /// There is less in stock than the cart holds.
    NotInStock,
    /// An order was placed in this turn already.
    OnceATurn,
}

/// Places the order, empties the cart and keeps address and payer for the next time.
///
/// # Errors
/// If there is nothing to order, it cannot be filled, or it is not what the customer agreed to.
pub fn create_order(desk: &mut Desk<'_>, args: CreateOrder) -> Result<NewOrder, OrderRefusal> {
    let order = agreed_order(desk, args)?;
    desk.effect(Effect::PlaceOrder(order.clone()));
    if !order.delivery.pickup {
        desk.effect(Effect::Customer(CustomerChange::Address(order.delivery.clone())));
    }
    if let Some(payer) = desk.dialogue.payer.clone().filter(|p| desk.recall.customer.phone.as_ref() != Some(p)) {
        desk.effect(Effect::Customer(CustomerChange::Phone(payer)));
    }
    if let Some(gift) = desk.dialogue.gift.take() {
        // What is bought for somebody else says nothing about the customer's own size.
        let (name, value) = (format!("gift.{}", order.number), gift.relation.unwrap_or_else(|| "somebody".into()));
        desk.effect(Effect::Customer(CustomerChange::Fact { name, value }));
    }
    desk.dialogue.cart = Cart::default();
    desk.dialogue.delivery = None;
    desk.dialogue.fresh_address = false;
    desk.dialogue.then_checkout = false;
    desk.dialogue.wanted.clear();
    desk.dialogue.open_order = Some(order.id);
    desk.dialogue.claims = 0;
    // What was just bought is not what the next "I take it" means.
    desk.dialogue.focus = None;
    desk.dialogue.choosing = None;
    desk.placed = Some(order.clone());
    desk.enter(Stage::Payment);
    Ok(order)
}

/// For how long the pieces of an order are held; people may take longer than a payment does.
fn hold_minutes(desk: &Desk<'_>, total: Money) -> u32 {
    let shop = desk.recall.shop;
    if shop.needs_approval(total) { shop.reservation_minutes.max(APPROVAL_MINUTES) } else { shop.reservation_minutes }
}

fn agreed_order(desk: &Desk<'_>, args: CreateOrder) -> Result<NewOrder, OrderRefusal> {
    if desk.placed.is_some() {
        return Err(OrderRefusal::OnceATurn);
    }
    let cart = &desk.dialogue.cart;
    if cart.is_empty() {
        return Err(OrderRefusal::Empty);
    }
    let delivery = desk.dialogue.delivery.clone().ok_or(OrderRefusal::NoAddress)?;
    if cart.lines.iter().any(|l| desk.available(l.variant) < l.quantity) {
        return Err(OrderRefusal::NotInStock);
    }
    let quote = quote(desk).ok().filter(|q| q.total == args.agreed).ok_or(OrderRefusal::TotalChanged)?;
    let id = desk.recall.new_order;
    Ok(NewOrder {
        id,
        number: order_number(id),
        lines: cart.lines.clone(),
        subtotal: quote.subtotal,
        discount: quote.discount,
        coupon: if let Applied::Coupon { code } = quote.reduction { Some(code) } else { None },
        wholesale: quote.wholesale,
        delivery,
        total: quote.total,
        hold_minutes: hold_minutes(desk, quote.total),
    })
}

/// Stops an order that is not paid.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CancelOrder {
    /// Which.
    pub order: OrderId,
    /// Why, in a word or two.
    pub reason: String,
}

/// Why an order was not stopped.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CancelRefusal {
    /// This customer has no such order.
    Unknown,
    /// It is past the point, in this state.
    TooLate(OrderState),
}

/// Stops an unpaid order of this customer; its stock is given back.
///
/// # Errors
/// If it is not theirs, or not waiting for money.
pub fn cancel_order<'a>(desk: &mut Desk<'a>, args: &CancelOrder) -> Result<&'a OrderView, CancelRefusal> {
    let order = desk.recall.orders.iter().find(|o| o.id == args.order).ok_or(CancelRefusal::Unknown)?;
    if !order.state.awaits_payment() {
        return Err(CancelRefusal::TooLate(order.state));
    }
    desk.effect(Effect::CancelOrder { order: order.id, reason: args.reason.clone() });
    desk.released.extend(order.lines.iter().map(|line| (line.variant, line.quantity)));
    if desk.dialogue.open_order == Some(order.id) {
        desk.dialogue.open_order = None;
    }
    Ok(order)
}

/// Looks an order up.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct GetOrderStatus {
    /// Its number as the customer wrote it; the latest if not given.
    pub number: Option<String>,
}

/// The order of this customer with that number, or their latest. Orders of others do not exist here.
#[must_use]
pub fn get_order_status<'a>(desk: &Desk<'a>, args: &GetOrderStatus) -> Option<&'a OrderView> {
    let Some(number) = &args.number else { return desk.recall.orders.first() };
    let asked = bare(number);
    desk.recall.orders.iter().find(|o| {
        let known = bare(&o.number);
        known == asked || known.strip_prefix("DK").is_some_and(|rest| rest == asked)
    })
}

/// An order number without what people leave out or put in: `#dk-7xk2m9` is `DK7XK2M9`.
fn bare(number: &str) -> String {
    number.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
}
