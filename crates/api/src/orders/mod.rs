//! Orders: the list and what it is narrowed by, how many there are in each state, one with everything about it.

mod export;
mod one;
mod receipt;

use duka_kernel::CustomerId;
use duka_shop::{OrderState, ShopProfile};
use duka_store::pages::orders::{self, Filter, OrderRow, Sort};
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
    shapes::{PaymentStateOut, StateOut, days, listed, zone},
    staff::{Staff, right::OrdersView},
};

pub fn routes() -> Vec<Route> {
    [vec![route!(list_orders), route!(count_orders)], export::routes(), one::routes(), receipt::routes()]
        .into_iter()
        .flatten()
        .collect()
}

/// Which orders.
#[derive(Clone, Deserialize, IntoParams)]
struct OrdersIn {
    /// In this state, or in one of several separated by commas.
    #[param(
        max_length = 200,
        pattern = "^(pending_payment|deposit_paid|paid|processing|shipped|delivered|payment_failed|expired|cancelled|refund_due|refunded)(,(pending_payment|deposit_paid|paid|processing|shipped|delivered|payment_failed|expired|cancelled|refund_due|refunded))*$"
    )]
    state: Option<String>,
    /// Placed on this day of the shop's calendar or later.
    from: Option<Date>,
    /// Placed on this day or earlier.
    to: Option<Date>,
    /// Of at least this total, in minor units.
    #[param(minimum = 0)]
    min: Option<i64>,
    /// Of at most this total, in minor units.
    #[param(minimum = 0)]
    max: Option<i64>,
    /// The number of an order, or how a name or the number of a customer begins.
    #[param(max_length = 100)]
    q: Option<String>,
    /// Of this customer.
    customer: Option<Uuid>,
    /// Newest first if nothing is said.
    #[param(inline)]
    sort: Option<OrderSort>,
}

/// The order of the list.
#[derive(Clone, Copy, Default, Deserialize, ToSchema)]
enum OrderSort {
    #[default]
    #[serde(rename = "-placed_at")]
    Newest,
    #[serde(rename = "placed_at")]
    Oldest,
    #[serde(rename = "-total")]
    Highest,
    #[serde(rename = "total")]
    Lowest,
}

impl OrdersIn {
    fn read(&self, shop: &ShopProfile) -> Reply<(Filter, Sort)> {
        let search = self.q.clone().filter(|said| !said.trim().is_empty());
        let short = search.as_ref().is_none_or(|said| said.chars().count() <= 100);
        Check::new().that(short, "/q", "has to have at most 100 characters").done()?;
        let (from, to) = days(self.from, self.to, &zone(shop))?;
        let filter = Filter {
            states: listed(self.state.as_deref(), "/state")?,
            from,
            to,
            min: self.min,
            max: self.max,
            customer: self.customer.map(CustomerId),
            search,
        };
        let sort = match self.sort.unwrap_or_default() {
            OrderSort::Newest => Sort::Newest,
            OrderSort::Oldest => Sort::Oldest,
            OrderSort::Highest => Sort::Highest,
            OrderSort::Lowest => Sort::Lowest,
        };
        Ok((filter, sort))
    }
}

/// How far an order has come on its way to the customer.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Fulfilment {
    /// There is nothing to send.
    None,
    /// Paid and to be sent.
    Pending,
    Shipped,
    Delivered,
}

impl Fulfilment {
    const fn of(state: OrderState) -> Self {
        match state {
            OrderState::Paid | OrderState::Processing => Self::Pending,
            OrderState::Shipped => Self::Shipped,
            OrderState::Delivered => Self::Delivered,
            _ => Self::None,
        }
    }
}

/// An order as the list shows it.
#[derive(Serialize, ToSchema)]
struct OrderRowOut {
    id: Uuid,
    /// As customers and payments see it.
    number: String,
    placed_at: jiff::Timestamp,
    customer: PersonRef,
    state: StateOut,
    /// Where the last attempt to be paid stands, if there was one.
    payment_state: Option<PaymentStateOut>,
    fulfilment: Fulfilment,
    /// What is to be paid, in minor units.
    total: i64,
    /// How many pieces.
    items_count: i64,
    version: i64,
}

impl From<OrderRow> for OrderRowOut {
    fn from(row: OrderRow) -> Self {
        Self {
            id: row.id.0,
            number: row.number,
            placed_at: row.placed_at.to_jiff(),
            customer: row.customer.into(),
            state: StateOut(row.state),
            payment_state: row.payment.map(PaymentStateOut),
            fulfilment: Fulfilment::of(row.state),
            total: row.total.minor,
            items_count: row.pieces,
            version: row.version,
        }
    }
}

/// List orders.
#[utoipa::path(get, path = "/orders", tag = "orders")]
async fn list_orders(
    staff: Staff<OrdersView>,
    Query(asked): Query<OrdersIn>,
    paging: Paging,
) -> Reply<Json<List<OrderRowOut>>> {
    let tx = staff.read().await?;
    let (filter, sort) = asked.read(&tx.profile().await?)?;
    let page = orders::list(&tx, &filter, sort, paging.after.as_ref(), paging.limit).await?;
    Ok(Json(List::of(page, OrderRowOut::from)))
}

/// How many orders there are.
#[derive(Serialize, ToSchema)]
struct OrderCounts {
    /// One a state, in the order in which an order goes through them.
    counts: Vec<OrderCount>,
}

/// How many orders are in a state.
#[derive(Serialize, ToSchema)]
struct OrderCount {
    state: StateOut,
    count: i64,
    /// What they come to, in minor units.
    total: i64,
}

/// Count orders by where they stand.
#[utoipa::path(get, path = "/orders/counts", tag = "orders")]
async fn count_orders(staff: Staff<OrdersView>) -> Reply<Json<OrderCounts>> {
    let tx = staff.read().await?;
    let currency = tx.profile().await?.currency;
    let counts = orders::counts(&tx, &Filter::default(), currency).await?;
    let count = |state: OrderState| {
        let (count, total) = counts.get(state.name()).map_or((0, 0), |(count, total)| (*count, total.minor));
        OrderCount { state: StateOut(state), count, total }
    };
    Ok(Json(OrderCounts { counts: OrderState::ALL.into_iter().map(count).collect() }))
}
