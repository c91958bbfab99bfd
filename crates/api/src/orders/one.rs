//! One order: everything about it, moving it on, notes of the team.

use duka_assistant::orders::{ByStaff, Refused, staff_may_move};
use duka_kernel::{OrderId, Size};
use duka_shop::{CartLine, PaymentFailure};
use duka_store::{
    audit::Change,
    pages::order::{self, OrderPage},
    payments::Payment,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::Fulfilment;
use crate::{
    answer::{Done, IfMatch, Versioned},
    describe::Route,
    extract::{Json, Path},
    payments::PaymentOut,
    people::PersonRef,
    principal::AtShop,
    problem::{CONFLICT, Check, NOT_FOUND, Problem, Reply},
    route,
    shapes::{Names, PaymentStateOut, StateOut, media_url, signature},
    staff::{
        Staff,
        right::{OrdersEdit, OrdersView},
    },
};

pub fn routes() -> Vec<Route> {
    vec![route!(get_order), route!(move_order), route!(note_order)]
}

/// An order with everything about it.
#[derive(Serialize, ToSchema)]
struct OrderOut {
    id: Uuid,
    number: String,
    placed_at: jiff::Timestamp,
    customer: PersonRef,
    /// Where it was agreed to, if in a conversation.
    conversation_id: Option<Uuid>,
    state: StateOut,
    payment_state: Option<PaymentStateOut>,
    fulfilment: Fulfilment,
    total: i64,
    items_count: i64,
    version: i64,
    items: Vec<OrderItemOut>,
    /// List prices together.
    subtotal: i64,
    /// What a coupon or wholesale takes off.
    discount: i64,
    coupon: Option<String>,
    delivery_fee: i64,
    /// Where it goes, as the customer wrote it.
    address: Option<String>,
    zone: Option<String>,
    /// Whether it is collected.
    pickup: bool,
    wholesale: bool,
    /// How the customer rated it, 1 to 5.
    rating: Option<i64>,
    /// Attempts to be paid, oldest first.
    payments: Vec<PaymentOut>,
    /// What happened to it, oldest first.
    timeline: Vec<StepOut>,
    /// Where you may move it.
    next_states: Vec<StateOut>,
    /// What the team wrote to it, oldest first.
    notes: Vec<OrderNoteOut>,
}

/// Some pieces of an order.
#[derive(Serialize, ToSchema)]
struct OrderItemOut {
    sku: String,
    name: String,
    /// Null if there is one size only.
    size: Option<String>,
    colour: Option<&'static str>,
    quantity: u32,
    /// List price of one, in minor units.
    unit_price: i64,
    /// Where the product's picture is had.
    image: Option<String>,
    /// The product, if it is in the catalogue.
    product_id: Option<Uuid>,
}

/// Something that happened to an order.
#[derive(Serialize, ToSchema)]
struct StepOut {
    at: jiff::Timestamp,
    /// `placed`, the state it moved to, `payment_succeeded`, …
    kind: String,
    /// Who did it: a name, or `customer`, `assistant`, `provider`, `system`.
    actor: Option<String>,
    /// What they said of it.
    text: Option<String>,
}

/// What somebody of the team wrote to an order.
#[derive(Serialize, ToSchema)]
struct OrderNoteOut {
    at: jiff::Timestamp,
    by: String,
    text: String,
}

/// Get an order with everything about it.
#[utoipa::path(get, path = "/orders/{id}", tag = "orders")]
async fn get_order(staff: Staff<OrdersView>, Path(id): Path<Uuid>) -> Reply<Versioned<OrderOut>> {
    read(&staff, OrderId(id)).await
}

async fn read(at: &AtShop, id: OrderId) -> Reply<Versioned<OrderOut>> {
    let tx = at.read().await?;
    let page = order::read(&tx, id).await?;
    drop(tx);
    let signed = page.timeline.iter().map(|step| step.actor.as_str());
    let names = Names::of(at, signed.chain(page.notes.iter().map(|note| note.actor.as_str()))).await?;
    Ok(Versioned { version: page.version, row: OrderOut::new(page, &names) })
}

impl OrderOut {
    fn new(page: OrderPage, names: &Names) -> Self {
        let OrderPage { order, customer, images, payments, timeline, notes, rating, version, .. } = page;
        let said = |at, actor: &str| {
            let note = notes.iter().find(|note| note.at == at && note.actor == actor);
            note.map(|note| note.text.clone())
        };
        let steps = timeline.into_iter().map(|step| StepOut {
            at: step.at.to_jiff(),
            kind: step.kind.strip_prefix("order.").unwrap_or(&step.kind).replace('.', "_"),
            text: said(step.at, &step.actor),
            actor: Some(names.name(&step.actor)),
        });
        let steps = steps.collect();
        let note = |note: order::OrderNote| OrderNoteOut {
            at: note.at.to_jiff(),
            by: names.name(&note.actor),
            text: note.text,
        };
        let pieces = order.lines.iter().map(|line| i64::from(line.quantity)).sum();
        let items = order.lines.into_iter().zip(images).map(|(line, image)| OrderItemOut::new(line, image));
        Self {
            id: order.id.0,
            number: order.number,
            placed_at: order.placed_at.to_jiff(),
            customer: customer.into(),
            conversation_id: order.conversation.map(|id| id.0),
            state: StateOut(order.state),
            payment_state: order.payment.map(|payment| PaymentStateOut(payment.state)),
            fulfilment: Fulfilment::of(order.state),
            total: order.total.minor,
            items_count: pieces,
            version,
            items: items.collect(),
            subtotal: order.subtotal.minor,
            discount: order.discount.minor,
            coupon: order.coupon,
            delivery_fee: order.delivery_fee.minor,
            address: Some(order.address).filter(|address| !address.is_empty()),
            zone: order.zone,
            pickup: order.pickup,
            wholesale: order.wholesale,
            rating,
            payments: payments.into_iter().map(attempt).collect(),
            timeline: steps,
            next_states: staff_may_move(order.state).map(StateOut).collect(),
            notes: notes.into_iter().map(note).collect(),
        }
    }
}

fn attempt(payment: Payment) -> PaymentOut {
    PaymentOut {
        id: payment.id.0,
        provider: payment.provider,
        amount: payment.amount.minor,
        state: PaymentStateOut(payment.state),
        receipt: payment.receipt,
        requested_at: payment.requested_at.to_jiff(),
        settled_at: payment.settled_at.map(|at| at.to_jiff()),
        failure: payment.failure.and_then(named),
        order: None,
        customer: None,
    }
}

/// The name of a failure, as lists have it.
fn named(failure: PaymentFailure) -> Option<String> {
    serde_json::to_value(failure).ok()?.as_str().map(str::to_owned)
}

impl OrderItemOut {
    fn new(line: CartLine, image: Option<String>) -> Self {
        Self {
            sku: line.sku,
            name: line.name,
            size: Some(line.size).filter(|size| !Size::is_one(size)).map(|size| size.as_str().to_owned()),
            colour: line.colour.map(|colour| colour.name()),
            quantity: line.quantity,
            unit_price: line.unit_price.minor,
            image: image.as_deref().map(media_url),
            product_id: Some(line.product.0).filter(|id| !id.is_nil()),
        }
    }
}

/// Where an order is moved.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct OrderMoveIn {
    /// One of the order's `next_states`.
    state: StateOut,
    /// Why; only the team sees it.
    #[schema(max_length = 500)]
    reason: Option<String>,
}

/// Move an order on. The customer hears when it is on its way and when it has arrived. Money is moved by payments alone:
/// nothing here makes an order paid.
#[utoipa::path(post, path = "/orders/{id}/move", tag = "orders")]
async fn move_order(
    staff: Staff<OrdersEdit>,
    Path(id): Path<Uuid>,
    version: IfMatch,
    Json(input): Json<OrderMoveIn>,
) -> Reply<Versioned<OrderOut>> {
    let reason = input.reason.filter(|reason| !reason.trim().is_empty());
    let short = reason.as_ref().is_none_or(|reason| reason.chars().count() <= 500);
    Check::new().that(short, "/reason", "has to have at most 500 characters").done()?;
    let seen = order::read(&staff.read().await?, OrderId(id)).await?;
    version.is(seen.version)?;
    let by = ByStaff { who: staff.actor, signature: signature(staff.actor), reason, version: Some(version.0) };
    match staff.api.app.move_order(staff.scope, &seen.order.number, input.state.0, by).await {
        Ok(()) => read(&staff, OrderId(id)).await,
        Err(Refused::Unknown(_)) => Err(NOT_FOUND.problem()),
        Err(refused @ Refused::NoSuchMove { .. }) => Err(CONFLICT.because(refused)),
        Err(Refused::Store(error)) => Err(Problem::from(error)),
    }
}

/// A note.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct OrderNoteIn {
    #[schema(min_length = 1, max_length = 2000)]
    text: String,
}

/// Write a note to an order, for the team.
#[utoipa::path(post, path = "/orders/{id}/note", tag = "orders")]
async fn note_order(staff: Staff<OrdersEdit>, Path(id): Path<Uuid>, Json(input): Json<OrderNoteIn>) -> Reply<Done> {
    Check::new().text(&input.text, 2000, "/text").done()?;
    let (id, by, now) = (OrderId(id), signature(staff.actor), staff.now());
    staff
        .change(input.text, move |tx, text| {
            let by = by.clone();
            Box::pin(async move {
                tx.order(id).await?;
                tx.note_order(id, text.trim(), &by, now).await?;
                Ok(((), vec![Change::new("order.noted").of("order", id)]))
            })
        })
        .await?;
    Ok(Done)
}
