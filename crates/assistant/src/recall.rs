//! Reading what a turn rests on.

use duka_sales::recall::{CustomerView, OrderView, PaymentView};
use duka_shop::{ShopProfile, delivery, sizing::PastPurchase};
use duka_store::{StoreError, Tx, customers::Customer, orders::Order};

use crate::shops::Shop;

/// The most orders a conversation looks back on.
const ORDERS: u64 = 10;

/// A customer's orders, newest first, and what is known of the customer. Customers without orders cost no query.
///
/// # Errors
/// If the database cannot be read.
pub async fn customer(tx: &Tx, customer: &Customer, shop: &Shop) -> Result<(CustomerView, Vec<OrderView>), StoreError> {
    let orders = if customer.order_count > 0 { tx.orders_of(customer.id, ORDERS).await? } else { Vec::new() };
    let limited = shop.profile.coupons.iter().any(|c| c.max_uses.is_some() || c.max_uses_per_customer.is_some());
    let uses = if limited { tx.coupon_uses(customer.id).await? } else { Vec::new() };
    let purchases = purchases(&orders, shop);
    let view = CustomerView {
        name: customer.name.clone(),
        phone: customer.phone.clone(),
        language: customer.language,
        language_pinned: customer.language_pinned,
        opted_out: customer.opted_out,
        address: customer.facts.address.clone(),
        facts: customer.facts.said.clone(),
        purchases,
        is_new: customer.is_new,
        coupon_uses: uses.iter().map(|u| (u.code.clone(), u.by_customer)).collect(),
        coupon_uses_total: uses.iter().map(|u| (u.code.clone(), u.by_all)).collect(),
    };
    Ok((view, orders.into_iter().map(|order| order_view(order, &shop.profile)).collect()))
}

/// What was bought and paid, newest first, as far as the catalogue still knows its category.
fn purchases(orders: &[Order], shop: &Shop) -> Vec<PastPurchase> {
    let sold = orders.iter().filter(|order| order.state.is_sold());
    sold.flat_map(|order| {
        let at = order.paid_at.unwrap_or(order.placed_at);
        order.lines.iter().filter_map(move |line| {
            let product = shop.catalogue.by_sku(&line.sku)?;
            Some(PastPurchase { category: product.category.clone(), size: line.size.clone(), at })
        })
    })
    .collect()
}

/// An order as the conversation sees it.
pub fn order_view(order: Order, profile: &ShopProfile) -> OrderView {
    let zone = order.zone.as_deref().and_then(|name| profile.delivery.zones.iter().find(|z| z.name == name));
    OrderView {
        id: order.id,
        delivery: delivery::Choice {
            eta: zone.and_then(|z| z.eta.clone()),
            address: order.address,
            zone: order.zone,
            fee: order.delivery_fee,
            pickup: order.pickup,
        },
        number: order.number,
        state: order.state,
        lines: order.lines,
        total: order.total,
        placed_at: order.placed_at,
        paid_at: order.paid_at,
        expires_at: order.expires_at,
        payment: order.payment.map(|p| PaymentView {
            state: p.state,
            failure: p.failure,
            phone: p.phone,
            receipt: p.receipt,
            requested_at: p.requested_at,
        }),
    }
}
