//! The list of orders, and how many there are in each state.

use std::collections::BTreeMap;

use duka_kernel::{Currency, CustomerId, Money, OrderId, Timestamp};
use duka_shop::{OrderState, PaymentState};
use sea_orm::{FromQueryResult, Value};
use uuid::Uuid;

use super::{Cursor, Key, List, Order, PERSON, Page, Person, PersonRow, searching::MOST_FOUND};
use crate::{StoreError, Tx, catalogue::currency};

/// Which orders.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Filter {
    /// In one of these states; any if empty.
    pub states: Vec<OrderState>,
    /// Placed at this moment or later.
    pub from: Option<Timestamp>,
    /// Placed before this moment.
    pub to: Option<Timestamp>,
    /// Of at least this total, in minor units.
    pub min: Option<i64>,
    /// Of at most this total, in minor units.
    pub max: Option<i64>,
    /// Of this customer.
    pub customer: Option<CustomerId>,
    /// The number of an order, or of whose customer a name or phone number begins so.
    pub search: Option<String>,
}

/// The order of the list.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Sort {
    /// Who ordered last comes first.
    #[default]
    Newest,
    /// Who ordered first comes first.
    Oldest,
    /// The highest total first.
    Highest,
    /// The lowest total first.
    Lowest,
}

impl Sort {
    const fn order(self) -> Order {
        const TIME: Order = Order::newest("orders.newest", "o.placed_at", "o.id");
        const TOTAL: Order = Order::newest("orders.highest", "o.total", "o.id");
        match self {
            Self::Newest => TIME,
            Self::Oldest => Order { name: "orders.oldest", ..TIME.ascending() },
            Self::Highest => TOTAL,
            Self::Lowest => Order { name: "orders.lowest", ..TOTAL.ascending() },
        }
    }
}

/// An order as the list shows it.
#[derive(Clone, PartialEq, Debug)]
pub struct OrderRow {
    /// Its identity.
    pub id: OrderId,
    /// Its number.
    pub number: String,
    /// When it was agreed to.
    pub placed_at: Timestamp,
    /// Whose.
    pub customer: Person,
    /// Where it stands.
    pub state: OrderState,
    /// Where the last attempt to be paid stands, if there was one.
    pub payment: Option<PaymentState>,
    /// What is to be paid.
    pub total: Money,
    /// How many pieces.
    pub pieces: i64,
    /// Whether it is collected.
    pub pickup: bool,
    /// How the customer rated it, 1 to 5.
    pub rating: Option<i64>,
    /// Moves with every change.
    pub version: i64,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    number: String,
    placed_at: i64,
    #[sea_orm(nested)]
    person: PersonRow,
    state: String,
    payment_state: Option<String>,
    currency: String,
    total: i64,
    pieces: i64,
    pickup: bool,
    rating: Option<i64>,
    version: i64,
}

#[derive(FromQueryResult)]
struct InState {
    state: String,
    n: i64,
    total: i64,
}

impl Row {
    fn read(self, tx: &Tx) -> Result<OrderRow, StoreError> {
        let payment = self.payment_state.map(|state| state.parse().map_err(StoreError::Corrupt));
        Ok(OrderRow {
            id: OrderId(self.id),
            placed_at: Timestamp(self.placed_at),
            customer: self.person.decrypt(tx.opener())?,
            state: self.state.parse().map_err(StoreError::Corrupt)?,
            payment: payment.transpose()?,
            total: Money::from_minor(self.total, currency(&self.currency)?),
            number: self.number,
            pieces: self.pieces,
            pickup: self.pickup,
            rating: self.rating,
            version: self.version,
        })
    }
}

/// A page of the shop's orders.
///
/// # Errors
/// [`StoreError::Cursor`]; or if the database fails.
pub async fn list(
    tx: &Tx,
    filter: &Filter,
    sort: Sort,
    after: Option<&Cursor>,
    limit: u32,
) -> Result<Page<OrderRow>, StoreError> {
    let Some(list) = narrowed(tx, filter, &select()).await? else { return Ok(Page::empty()) };
    let order = sort.order();
    let by_total = matches!(sort, Sort::Highest | Sort::Lowest);
    let key = move |row: &Row| (Key::Number(if by_total { row.total } else { row.placed_at }), row.id);
    list.page(tx, order, (after, limit), key, |row| row.read(tx)).await
}

/// How many orders are in each state, and what they come to, of those that a filter leaves; its states do not count.
///
/// # Errors
/// If the database fails.
pub async fn counts(
    tx: &Tx,
    filter: &Filter,
    money: Currency,
) -> Result<BTreeMap<&'static str, (i64, Money)>, StoreError> {
    const COUNT: &str = "SELECT o.state, count(*) AS n, CAST(sum(o.total) AS bigint) AS total FROM orders o \
         WHERE o.tenant_id = $1";
    let mut counts: BTreeMap<_, _> =
        OrderState::ALL.into_iter().map(|state| (state.name(), (0, Money::zero(money)))).collect();
    let all = Filter { states: Vec::new(), ..filter.clone() };
    let Some(list) = narrowed(tx, &all, COUNT).await? else { return Ok(counts) };
    for row in list.all::<InState>(tx, " GROUP BY o.state").await? {
        let state: OrderState = row.state.parse().map_err(StoreError::Corrupt)?;
        counts.insert(state.name(), (row.n, Money::from_minor(row.total, money)));
    }
    Ok(counts)
}

/// `CROSS JOIN` keeps SQLite from beginning with the customers.
fn select() -> String {
    format!(
        "SELECT o.id, o.number, o.placed_at, {PERSON}, o.state, o.currency, o.total, o.pickup, o.rating, o.version, \
         (SELECT p.state FROM payments p WHERE p.tenant_id = o.tenant_id AND p.order_id = o.id \
          ORDER BY p.requested_at DESC, p.id DESC LIMIT 1) AS payment_state, \
         CAST((SELECT coalesce(sum(l.quantity), 0) FROM order_lines l \
               WHERE l.tenant_id = o.tenant_id AND l.order_id = o.id) AS bigint) AS pieces \
         FROM orders o CROSS JOIN customers u \
         WHERE o.tenant_id = $1 AND u.tenant_id = o.tenant_id AND u.id = o.customer_id"
    )
}

/// The list that a filter leaves; none if nothing can be in it.
async fn narrowed(tx: &Tx, filter: &Filter, select: &str) -> Result<Option<List>, StoreError> {
    let mut list = List::new(tx, select);
    list.if_some("o.placed_at >= ?", filter.from.map(|at| at.0))
        .if_some("o.placed_at < ?", filter.to.map(|at| at.0))
        .if_some("o.total >= ?", filter.min)
        .if_some("o.total <= ?", filter.max)
        .if_some("o.customer_id = ?", filter.customer.map(|id| id.0));
    match filter.states.as_slice() {
        [] => {}
        // Written so, the index of one state is used in its order.
        [state] => {
            list.and("o.state = ?", [state.name().into()]);
        }
        states => {
            list.one_of("o.state", states.iter().map(|state| state.name()));
        }
    }
    let Some(said) = filter.search.as_deref().map(str::trim).filter(|said| !said.is_empty()) else {
        return Ok(Some(list));
    };
    if let Some(order) = numbered(tx, said).await? {
        list.and("o.id = ?", [order.into()]);
        return Ok(Some(list));
    }
    let found = tx.find_customers(said, MOST_FOUND).await?;
    list.one_of("o.customer_id", found.iter().map(|customer| customer.0));
    Ok((!found.is_empty()).then_some(list))
}

/// The order with a number, also if it is written in small letters or without what all begin with.
async fn numbered(tx: &Tx, said: &str) -> Result<Option<Uuid>, StoreError> {
    const FIND: &str = "SELECT id FROM orders WHERE tenant_id = $1 AND number IN ($2, $3, $4) ORDER BY id DESC LIMIT 1";
    #[derive(FromQueryResult)]
    struct Id {
        id: Uuid,
    }
    let upper = said.trim_start_matches('#').to_uppercase();
    let values: Vec<Value> =
        vec![tx.tenant_uuid().into(), said.into(), upper.as_str().into(), format!("DK-{upper}").into()];
    Ok(tx.conn.row::<Id>(FIND, values).await?.map(|row| row.id))
}
