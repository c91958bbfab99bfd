//! How a customer stands with a shop, read from the database as it is.

use std::collections::BTreeMap;

use anyhow::Result;
use duka_assistant::{App, recall, shops::Shop};
use duka_kernel::{PhoneNumber, TenantScope};
use duka_sales::Dialogue;
use duka_shop::{CartLine, booking::AppointmentState, pricing, promotion::Loyalty};
use duka_store::{channels::Channel, coupons::CouponUses, customers::Customer, orders::Order};

use super::protocol::{AppointmentOut, ItemOut, OrderOut, PaymentOut, StateOut, StockOut};

/// The most orders that are listed.
const ORDERS: u64 = 200;

/// How a customer stands, also one who never wrote.
///
/// # Errors
/// If the database fails.
pub async fn of(app: &App, scope: TenantScope, channel: &Channel, from: &PhoneNumber) -> Result<StateOut> {
    let shop = app.shops.now(&app.store, scope).await?;
    let tx = app.store.read(scope).await?;
    let now = app.clock.now().in_zone(&shop.zone);
    let mut state = StateOut {
        now: now.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(),
        stage: "greeting",
        language: shop.profile.default_language,
        cart: Vec::new(),
        subtotal: 0,
        discount: 0,
        coupon: None,
        total: 0,
        orders: Vec::new(),
        payment_requests: Vec::new(),
        appointments: Vec::new(),
        handed_off: false,
        opted_out: false,
        owner_notifications: 0,
    };
    let Some(id) = tx.customer_by_phone(from).await? else { return Ok(state) };
    let customer = tx.customer(id).await?;
    state.language = customer.language.unwrap_or(shop.profile.default_language);
    state.opted_out = customer.opted_out;
    let here = tx.conversations_of(id).await?.into_iter().find(|c| c.channel == channel.id);
    if let Some(conversation) = here {
        let dialogue: Dialogue = serde_json::from_str(&conversation.state).unwrap_or_default();
        state.stage = dialogue.stage.name();
        state.handed_off = conversation.handed_off;
        let uses = tx.coupon_uses(id).await?;
        let loyalty = recall::loyalty(&customer, tx.bought(id).await?);
        price(&mut state, &dialogue, &shop, &customer, (&uses, loyalty), app);
    }
    let mut orders = tx.orders_of(id, ORDERS).await?;
    orders.reverse();
    state.orders = orders.into_iter().map(order).collect();
    for payment in tx.payments_of_customer(id).await? {
        state.payment_requests.push(PaymentOut {
            order: payment.reference,
            amount: payment.amount.minor,
            phone: payment.phone.map(|phone| phone.digits().to_owned()).unwrap_or_default(),
            status: payment.state.name().to_owned(),
        });
    }
    for appointment in tx.appointments_of(id).await? {
        let status = match appointment.state {
            AppointmentState::Booked | AppointmentState::Missed => "booked",
            AppointmentState::Cancelled => "cancelled",
            AppointmentState::Held | AppointmentState::Lapsed => continue,
        };
        let code = shop.services.iter().find(|s| s.id == appointment.service).map(|s| s.code.clone());
        let start = appointment.start_at.in_zone(&shop.zone);
        state.appointments.push(AppointmentOut {
            service: code.unwrap_or_default(),
            start: start.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(),
            status: status.to_owned(),
        });
    }
    state.owner_notifications = tx.owner_notice_count(id).await?;
    Ok(state)
}

/// The cart with what it comes to now, by the rules that an order would be made by.
fn price(
    state: &mut StateOut,
    dialogue: &Dialogue,
    shop: &Shop,
    customer: &Customer,
    (uses, loyalty): (&[CouponUses], Loyalty),
    app: &App,
) {
    state.cart = dialogue.cart.lines.iter().map(item).collect();
    let code = dialogue.cart.coupon.as_ref();
    let used = uses.iter().find(|used| Some(&used.code) == code);
    let buyer = pricing::Buyer {
        phone: customer.phone.clone(),
        coupon_uses: used.map_or(0, |used| used.by_customer),
        coupon_uses_total: used.map_or(0, |used| used.by_all),
        loyalty,
    };
    let today = app.clock.now().in_zone(&shop.zone).date();
    let quote = pricing::quote(&shop.profile, &dialogue.cart, dialogue.delivery.as_ref(), &buyer, today);
    if let Ok(quote) = quote {
        state.subtotal = quote.subtotal.minor;
        state.discount = quote.discount.minor;
        state.total = quote.total.minor;
        if dialogue.cart.is_empty() {
            state.total = 0;
        }
    }
    state.coupon = code.cloned();
}

/// Stock of every variant by `SKU/SIZE`.
///
/// # Errors
/// If the database fails.
pub async fn stock(app: &App, scope: TenantScope) -> Result<BTreeMap<String, StockOut>> {
    let lines = app.store.read(scope).await?.stock_lines().await?;
    let entry = |line: duka_store::stock::StockLine| {
        let out = StockOut { on_hand: line.level.on_hand, reserved: line.level.reserved, price: line.price };
        (format!("{}/{}", line.sku, line.size), out)
    };
    Ok(lines.into_iter().map(entry).collect())
}

fn item(line: &CartLine) -> ItemOut {
    ItemOut {
        sku: line.sku.clone(),
        size: line.size.as_str().to_owned(),
        color: line.colour.map(|c| c.name().to_owned()),
        quantity: line.quantity,
        unit_price: line.unit_price.minor,
    }
}

fn order(order: Order) -> OrderOut {
    OrderOut {
        items: order.lines.iter().map(item).collect(),
        number: order.number,
        status: order.state.name().to_owned(),
        subtotal: order.subtotal.minor,
        discount: order.discount.minor,
        coupon: order.coupon,
        wholesale: order.wholesale,
        delivery_fee: order.delivery_fee.minor,
        total: order.total.minor,
        address: Some(if order.pickup { "pickup".into() } else { order.address }).filter(|a: &String| !a.is_empty()),
    }
}
