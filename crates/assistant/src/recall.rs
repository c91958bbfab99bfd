//! Reading what a turn rests on.

use std::sync::Arc;

use duka_kernel::{ConversationId, TenantScope};
use duka_sales::recall::{CustomerView, OrderView, PaymentView, TaskView};
use duka_shop::{ShopProfile, delivery, promotion::Loyalty, sizing::PastPurchase};
use duka_store::{
    StoreError, Tx, conversations::Recalled, coupons::CouponUses, customers::Customer, orders::Order, tasks::Task,
};

use crate::{app::App, correspondents::Address, shops::Shop};

/// The most orders a conversation looks back on.
const ORDERS: u64 = 10;

/// What a turn rests on, all seen at one moment.
pub struct Basis {
    /// The conversation, who writes, and what is not answered.
    pub known: Recalled,
    /// Where it takes place.
    pub address: Arc<Address>,
    /// The shop.
    pub shop: Arc<Shop>,
    /// What is known of the customer.
    pub customer: CustomerView,
    /// The customer's orders, newest first.
    pub orders: Vec<OrderView>,
}

/// What a turn in this conversation rests on; `None` if nothing is to be answered. Most turns need no more than the
/// one statement of [`duka_store::Store::recall`]; the others read everything in one transaction.
///
/// # Errors
/// If the database cannot be read.
pub async fn recall(app: &App, scope: TenantScope, conversation: ConversationId) -> Result<Option<Basis>, StoreError> {
    let is_waiting = |known: &Recalled| !known.pending.is_empty();
    let Some(known) = app.store.recall(scope, conversation).await?.filter(is_waiting) else { return Ok(None) };
    if let (Some(address), Some(shop)) =
        (app.correspondents.address(conversation), app.shops.known_at(scope, known.versions))
        && known.customer.order_count == 0
        && !has_limited_coupons(&shop.profile)
    {
        let customer = customer_view(&known.customer, Vec::new(), Vec::new(), (0, 0));
        return Ok(Some(Basis { known, address, shop, customer, orders: Vec::new() }));
    }
    let tx = app.store.read(scope).await?;
    let Some(known) = tx.recall(conversation).await?.filter(is_waiting) else { return Ok(None) };
    basis(app, &tx, known).await.map(Some)
}

/// The same, whether anything is to be answered or not.
///
/// # Errors
/// If the shop has no such conversation, or the database cannot be read.
pub async fn now(app: &App, scope: TenantScope, conversation: ConversationId) -> Result<Basis, StoreError> {
    let tx = app.store.read(scope).await?;
    let known = tx.recall(conversation).await?.ok_or(StoreError::NotFound)?;
    basis(app, &tx, known).await
}

async fn basis(app: &App, tx: &Tx, known: Recalled) -> Result<Basis, StoreError> {
    let address = app.correspondents.of(tx, &known.conversation).await?;
    let shop = app.shops.at(tx, known.versions).await?;
    let (customer, orders) = customer(tx, &known.customer, &shop).await?;
    Ok(Basis { known, address, shop, customer, orders })
}

fn has_limited_coupons(profile: &ShopProfile) -> bool {
    profile.coupons.iter().any(|c| c.max_uses.is_some() || c.max_uses_per_customer.is_some())
}

/// A customer's orders, newest first, and what is known of the customer. Customers without orders cost no query.
///
/// # Errors
/// If the database cannot be read.
pub async fn customer(tx: &Tx, customer: &Customer, shop: &Shop) -> Result<(CustomerView, Vec<OrderView>), StoreError> {
    let orders = if customer.order_count > 0 { tx.orders_of(customer.id, ORDERS).await? } else { Vec::new() };
    let uses = if has_limited_coupons(&shop.profile) { tx.coupon_uses(customer.id).await? } else { Vec::new() };
    let bought =
        if customer.order_count > 0 && has_members(&shop.profile) { tx.bought(customer.id).await? } else { (0, 0) };
    let own = |order: &&Order| !customer.facts.said.contains_key(&format!("gift.{}", order.number));
    let purchases = purchases(orders.iter().filter(own), shop);
    let mut view = customer_view(customer, purchases, uses, bought);
    if customer.order_count > 0 {
        view.tasks = tx.open_tasks_of(customer.id).await?.into_iter().filter_map(task_view).collect();
    }
    Ok((view, orders.into_iter().map(|order| order_view(order, &shop.profile)).collect()))
}

/// Whether some prices or codes are for loyal customers.
fn has_members(profile: &ShopProfile) -> bool {
    profile.promotions.iter().any(|p| p.members.is_some()) || profile.coupons.iter().any(|c| c.members.is_some())
}

/// How loyal a customer is, by the orders they paid, what they paid in all, and the tags that staff gave them.
#[must_use]
pub fn loyalty(customer: &Customer, bought: (u32, i64)) -> Loyalty {
    let tags = customer.facts.said.get("tags").map(String::as_str).unwrap_or_default();
    let tags = tags.split(',').map(|tag| tag.trim().to_owned()).filter(|tag| !tag.is_empty()).collect();
    Loyalty { orders: bought.0, spent_minor: bought.1, tags }
}

fn customer_view(
    customer: &Customer,
    purchases: Vec<PastPurchase>,
    uses: Vec<CouponUses>,
    bought: (u32, i64),
) -> CustomerView {
    CustomerView {
        name: customer.name.clone(),
        phone: customer.phone.clone(),
        language: customer.language,
        language_pinned: customer.language_pinned,
        opted_out: customer.opted_out,
        address: customer.facts.address.clone(),
        facts: customer.facts.said.clone(),
        purchases,
        is_new: customer.is_new,
        tasks: Vec::new(),
        coupon_uses: uses.iter().map(|u| (u.code.clone(), u.by_customer)).collect(),
        coupon_uses_total: uses.iter().map(|u| (u.code.clone(), u.by_all)).collect(),
        loyalty: loyalty(customer, bought),
        memories: Vec::new(),
        summary: None,
    }
}

/// What was bought and paid for the customer's own use, newest first, as far as the catalogue still knows its category.
fn purchases<'o>(orders: impl Iterator<Item = &'o Order>, shop: &Shop) -> Vec<PastPurchase> {
    let sold = orders.filter(|order| order.state.is_sold());
    sold.flat_map(|order| {
        let at = order.paid_at.unwrap_or(order.placed_at);
        order.lines.iter().filter_map(move |line| {
            let product = shop.catalogue.by_sku(&line.sku)?;
            Some(PastPurchase { category: product.category.clone(), size: line.size.clone(), at })
        })
    })
    .collect()
}

/// A task as the conversation sees it, if it is of a kind that conversations open.
fn task_view(task: Task) -> Option<TaskView> {
    let kind = serde_json::from_value(task.kind.into()).ok()?;
    let detail = serde_json::from_value(task.detail).unwrap_or_default();
    Some(TaskView { id: task.id, kind, order: task.order, detail })
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
