//! Attempts to be paid. They are read here and never changed: money moves by what providers say alone.

use duka_shop::{OrderState, PaymentState};
use duka_store::pages::{
    orders,
    payments::{self, Filter, PaymentRow},
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::{
    answer::List,
    describe::Route,
    extract::{Json, Paging, Query},
    people::PersonRef,
    problem::{Check, Reply},
    route,
    shapes::{PaymentStateOut, days, listed, zone},
    staff::{Staff, right::FinanceView},
};

pub fn routes() -> Vec<Route> {
    vec![route!(list_payments), route!(summarise_payments)]
}

/// Which attempts.
#[derive(Deserialize, IntoParams)]
struct PaymentsIn {
    /// In this state, or in one of several separated by commas.
    #[param(
        max_length = 200,
        pattern = "^(requested|pending|succeeded|failed|cancelled|timed_out)(,(requested|pending|succeeded|failed|cancelled|timed_out))*$"
    )]
    state: Option<String>,
    /// Begun on this day of the shop's calendar or later.
    from: Option<Date>,
    /// Begun on this day or earlier.
    to: Option<Date>,
    /// A receipt or the number of an order.
    #[param(max_length = 100)]
    q: Option<String>,
}

/// An attempt to be paid.
#[derive(Serialize, ToSchema)]
pub struct PaymentOut {
    pub id: Uuid,
    /// Who was asked: `sandbox`, `paylink`, …
    pub provider: String,
    /// In minor units.
    pub amount: i64,
    pub state: PaymentStateOut,
    /// Once paid.
    pub receipt: Option<String>,
    pub requested_at: jiff::Timestamp,
    /// When its outcome was known.
    pub settled_at: Option<jiff::Timestamp>,
    /// Why it failed.
    pub failure: Option<String>,
    /// What it pays, in lists.
    pub order: Option<OrderRef>,
    /// Whose order that is, in lists.
    pub customer: Option<PersonRef>,
}

/// An order, as other rows name it.
#[derive(Serialize, ToSchema)]
pub struct OrderRef {
    id: Uuid,
    number: String,
}

impl From<PaymentRow> for PaymentOut {
    fn from(row: PaymentRow) -> Self {
        Self {
            id: row.id.0,
            provider: row.provider,
            amount: row.amount.minor,
            state: PaymentStateOut(row.state),
            receipt: row.receipt,
            requested_at: row.requested_at.to_jiff(),
            settled_at: row.settled_at.map(|at| at.to_jiff()),
            failure: row.failure,
            order: Some(OrderRef { id: row.order.0, number: row.number }),
            customer: Some(row.customer.into()),
        }
    }
}

/// List attempts to be paid, newest first.
#[utoipa::path(get, path = "/payments", tag = "payments")]
async fn list_payments(
    staff: Staff<FinanceView>,
    Query(asked): Query<PaymentsIn>,
    paging: Paging,
) -> Reply<Json<List<PaymentOut>>> {
    let short = asked.q.as_ref().is_none_or(|said| said.chars().count() <= 100);
    Check::new().that(short, "/q", "has to have at most 100 characters").done()?;
    let tx = staff.read().await?;
    let (from, to) = days(asked.from, asked.to, &zone(&tx.profile().await?))?;
    let states = listed(asked.state.as_deref(), "/state")?;
    let filter = Filter { states, from, to, customer: None, search: asked.q };
    let page = payments::list(&tx, &filter, paging.after.as_ref(), paging.limit).await?;
    Ok(Json(List::of(page, PaymentOut::from)))
}

/// In which time.
#[derive(Deserialize, IntoParams)]
struct SummaryIn {
    /// The first day of the shop's calendar.
    from: Option<Date>,
    /// The last day.
    to: Option<Date>,
}

/// What came of the attempts begun in a time, and of the orders placed in it. Amounts are in minor units.
#[derive(Serialize, ToSchema)]
struct PaymentSummary {
    /// Attempts that were paid.
    received: i64,
    /// Attempts whose outcome is not known yet.
    pending: i64,
    /// Attempts that failed, were refused or ran out of time.
    failed: i64,
    /// Orders whose money has to go back.
    refund_due: i64,
    /// Orders whose money went back.
    refunded: i64,
    /// How many attempts were paid.
    count: i64,
}

/// Sum up the attempts to be paid.
#[utoipa::path(get, path = "/payments/summary", tag = "payments")]
async fn summarise_payments(staff: Staff<FinanceView>, Query(asked): Query<SummaryIn>) -> Reply<Json<PaymentSummary>> {
    let tx = staff.read().await?;
    let shop = tx.profile().await?;
    let (from, to) = days(asked.from, asked.to, &zone(&shop))?;
    let attempts = payments::summary(&tx, &Filter { from, to, ..Filter::default() }, shop.currency).await?;
    let placed = orders::Filter { from, to, ..orders::Filter::default() };
    let orders = orders::counts(&tx, &placed, shop.currency).await?;
    let sum = |states: &[PaymentState]| {
        states.iter().filter_map(|state| attempts.get(state.name())).map(|(_, money)| money.minor).sum()
    };
    let of = |state: OrderState| orders.get(state.name()).map_or(0, |(_, money)| money.minor);
    Ok(Json(PaymentSummary {
        received: sum(&[PaymentState::Succeeded]),
        pending: sum(&[PaymentState::Requested, PaymentState::Pending]),
        failed: sum(&[PaymentState::Failed, PaymentState::Cancelled, PaymentState::TimedOut]),
        refund_due: of(OrderState::RefundDue),
        refunded: of(OrderState::Refunded),
        count: attempts.get(PaymentState::Succeeded.name()).map_or(0, |(count, _)| *count),
    }))
}
