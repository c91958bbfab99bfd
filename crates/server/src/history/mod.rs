//! A past for a shop: for the demo, so that every page has something to say, and for measuring.

mod calendar;
mod chats;
mod dice;
mod episode;
mod people;
#[cfg(test)]
mod tests;
mod wording;

use anyhow::{Context, Result, bail};
use duka_assistant::App;
use duka_kernel::{ConversationId, CustomerId, Money, OrderId, TenantScope, Timestamp, VariantId};
use duka_shop::{CartLine, OrderState};
use duka_store::{
    StoreError, Tx, coupons::CouponLimits, handovers::NewHandOver, history::Past, orders::Order, pages::conversations,
};
use jiff::tz::TimeZone;

use self::{calendar::Calendar, episode::Maker};

/// Messages written in one transaction.
const CHUNK: usize = 4_000;

/// How much happened.
#[derive(Clone, Copy, Debug)]
pub struct Extent {
    /// On how many days up to today.
    pub days: i32,
    /// How many ordered.
    pub orders: usize,
    /// How many messages were written, about.
    pub messages: usize,
    /// The same number gives the same past.
    pub seed: u64,
}

/// The past of the demo shop.
pub const DEMO: Extent = Extent { days: 60, orders: 420, messages: 6_500, seed: 20_26 };

/// Gives a shop a past up to now. Gives how many orders and messages it has.
///
/// # Errors
/// If the shop sells nothing, or the database fails.
pub async fn seed(app: &App, scope: TenantScope, extent: Extent) -> Result<(usize, usize)> {
    let tx = app.store.read(scope).await?;
    let products = tx.products().await?;
    let services = tx.services().await?;
    let channels = tx.channels().await?;
    let profile = tx.profile().await?;
    drop(tx);
    if products.is_empty() {
        bail!("the shop has no products to have sold");
    }
    let channel = channels.iter().find(|channel| channel.active).context("the shop has no channel")?.id;
    let zone = TimeZone::get(&profile.timezone).unwrap_or(TimeZone::UTC);
    let now = app.clock.now();
    let calendar = Calendar::new(extent.days, now, zone);
    let begins = calendar.begins();
    app.store.write(scope, move |tx| Box::pin(tx.date_stock_back(begins))).await?;
    let mut maker = Maker::new(extent, calendar, products, channel, now);
    let mut written = (0, 0);
    while let Some(past) = maker.next(CHUNK) {
        written = (written.0 + past.orders.len(), written.1 + past.messages.len());
        write(app, scope, past).await?;
    }
    let bookings = maker.bookings(&services);
    let counted = app.store.write_with(scope, bookings, |tx, bookings| {
        Box::pin(async move {
            for (booked, claims) in bookings {
                tx.record_appointment(booked, claims).await?;
            }
            tx.count_past().await
        })
    });
    counted.await?;
    Ok(written)
}

async fn write(app: &App, scope: TenantScope, past: Past) -> Result<(), StoreError> {
    app.store.write_with(scope, past, |tx, past| Box::pin(tx.record_past(past))).await
}

/// The last moments of the demo's past: who waits for a person, and orders that wait for their money.
///
/// # Errors
/// If the database fails.
pub async fn leave_open(app: &App, scope: TenantScope) -> Result<(), StoreError> {
    let now = app.clock.now();
    app.store.write(scope, move |tx| Box::pin(open(tx, now))).await
}

async fn open(tx: &Tx, now: Timestamp) -> Result<(), StoreError> {
    let latest = conversations::list(tx, &conversations::Filter::default(), None, 8).await?.items;
    for (n, row) in (0..).zip(&latest) {
        let (conversation, customer) = (row.id, row.customer.id);
        match n {
            0 | 3 => {
                tx.mark_unread(conversation).await?;
                tx.hand_off(conversation, true).await?;
                let reason = if n == 0 { "asked" } else { "complaint" }.to_owned();
                let at = now.plus_minutes(-4 - 9 * n);
                let new = NewHandOver { conversation, customer, order: None, reason, at, told_up_to: None };
                tx.open_hand_over(&new).await?;
            }
            1 | 4 => tx.mark_unread(conversation).await?,
            _ => wait_for_money(tx, customer, conversation, now.plus_minutes(-n)).await?,
        }
    }
    Ok(())
}

/// An order that was agreed to at a moment, with its pieces held; nothing if nothing is left to sell.
async fn wait_for_money(
    tx: &Tx,
    customer: CustomerId,
    conversation: ConversationId,
    at: Timestamp,
) -> Result<(), StoreError> {
    let stock = tx.stock().await?;
    let free = |id: &VariantId| stock.0.get(id).is_some_and(|level| level.on_hand > level.reserved + 1);
    let products = tx.products().await?;
    let found = products.iter().find_map(|product| Some((product, product.variants.iter().find(|v| free(&v.id))?)));
    let Some((product, variant)) = found else { return Ok(()) };
    let (id, zero) = (OrderId::new(), Money::zero(variant.price.currency));
    let order = Order {
        id,
        number: duka_sales::recall::order_number(id),
        customer,
        conversation: Some(conversation),
        state: OrderState::PendingPayment,
        lines: vec![CartLine {
            variant: variant.id,
            product: product.id,
            sku: product.sku.clone(),
            name: product.name.clone(),
            size: variant.size.clone(),
            colour: variant.colour.or_else(|| product.colours.first().copied()),
            quantity: 1,
            unit_price: variant.price,
        }],
        subtotal: variant.price,
        discount: zero,
        coupon: None,
        wholesale: false,
        delivery_fee: zero,
        total: variant.price,
        address: String::new(),
        zone: None,
        pickup: true,
        placed_at: at,
        expires_at: Some(at.plus_minutes(30)),
        paid_at: None,
        payment: None,
    };
    tx.place_order(&order, CouponLimits::default()).await
}
