//! The list of attempts to be paid, and what they come to.

use std::collections::BTreeMap;

use duka_kernel::{Currency, CustomerId, Money, OrderId, PaymentId, PhoneNumber, Timestamp};
use duka_shop::PaymentState;
use sea_orm::FromQueryResult;
use uuid::Uuid;

use super::{Cursor, Key, List, Order, PERSON, Page, Person, PersonRow};
use crate::{StoreError, Tx, analytics::TEST_ORDERS, catalogue::currency, payments::PHONE};

/// Which attempts.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Filter {
    /// In one of these states; any if empty.
    pub states: Vec<PaymentState>,
    /// Decided on at this moment or later.
    pub from: Option<Timestamp>,
    /// Decided on before this moment.
    pub to: Option<Timestamp>,
    /// For orders of this customer.
    pub customer: Option<CustomerId>,
    /// A receipt, or the number of an order, exactly.
    pub search: Option<String>,
}

/// An attempt as the list shows it.
#[derive(Clone, PartialEq, Debug)]
pub struct PaymentRow {
    /// Its identity.
    pub id: PaymentId,
    /// What it pays.
    pub order: OrderId,
    /// The order's number.
    pub number: String,
    /// Whose order.
    pub customer: Person,
    /// Who was asked: `sandbox`, `paylink`, …
    pub provider: String,
    /// How much.
    pub amount: Money,
    /// Who pays.
    pub phone: Option<PhoneNumber>,
    /// Where it stands.
    pub state: PaymentState,
    /// Why it failed.
    pub failure: Option<String>,
    /// The receipt, once paid.
    pub receipt: Option<String>,
    /// When it was decided on.
    pub requested_at: Timestamp,
    /// When its outcome was known.
    pub settled_at: Option<Timestamp>,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    order_id: Uuid,
    reference: String,
    #[sea_orm(nested)]
    person: PersonRow,
    provider: String,
    amount: i64,
    currency: String,
    paying_enc: Option<Vec<u8>>,
    state: String,
    failure: Option<String>,
    receipt: Option<String>,
    requested_at: i64,
    settled_at: Option<i64>,
}

#[derive(FromQueryResult)]
struct InState {
    state: String,
    n: i64,
    amount: i64,
}

impl Row {
    fn read(self, tx: &Tx) -> Result<PaymentRow, StoreError> {
        let phone = tx.open_optional(PHONE, self.paying_enc.as_deref())?;
        Ok(PaymentRow {
            id: PaymentId(self.id),
            order: OrderId(self.order_id),
            customer: self.person.decrypt(tx.opener())?,
            amount: Money::from_minor(self.amount, currency(&self.currency)?),
            phone: phone.and_then(|digits| PhoneNumber::parse(&digits).ok()),
            state: self.state.parse().map_err(StoreError::Corrupt)?,
            requested_at: Timestamp(self.requested_at),
            settled_at: self.settled_at.map(Timestamp),
            number: self.reference,
            provider: self.provider,
            failure: self.failure,
            receipt: self.receipt,
        })
    }
}

/// A page of attempts to be paid, newest first.
///
/// # Errors
/// [`StoreError::Cursor`]; or if the database fails.
pub async fn list(
    tx: &Tx,
    filter: &Filter,
    after: Option<&Cursor>,
    limit: u32,
) -> Result<Page<PaymentRow>, StoreError> {
    const NEWEST: Order = Order::newest("payments.newest", "p.requested_at", "p.id");
    let select = format!(
        "SELECT p.id, p.order_id, p.reference, {PERSON}, p.provider, p.amount, p.currency, p.phone_enc AS paying_enc, \
         p.state, p.failure, p.receipt, p.requested_at, p.settled_at \
         FROM payments p CROSS JOIN orders o CROSS JOIN customers u \
         WHERE p.tenant_id = $1 AND o.tenant_id = p.tenant_id AND o.id = p.order_id \
           AND u.tenant_id = o.tenant_id AND u.id = o.customer_id"
    );
    let list = narrowed(tx, filter, &select);
    list.page(tx, NEWEST, (after, limit), |row: &Row| (Key::Number(row.requested_at), row.id), |row| row.read(tx)).await
}

/// How many attempts are in each state, and what they come to, of those that a filter leaves; its states do not count, and
/// what people of the shop played is left out.
///
/// # Errors
/// If the database fails.
pub async fn summary(
    tx: &Tx,
    filter: &Filter,
    money: Currency,
) -> Result<BTreeMap<&'static str, (i64, Money)>, StoreError> {
    const COUNT: &str = "SELECT p.state, count(*) AS n, CAST(sum(p.amount) AS bigint) AS amount FROM payments p \
         WHERE p.tenant_id = $1";
    let mut counts: BTreeMap<_, _> =
        PaymentState::ALL.into_iter().map(|state| (state.name(), (0, Money::zero(money)))).collect();
    let all = Filter { states: Vec::new(), ..filter.clone() };
    let mut list = narrowed(tx, &all, COUNT);
    list.and(&format!("p.order_id NOT IN {TEST_ORDERS}"), []);
    for row in list.all::<InState>(tx, " GROUP BY p.state").await? {
        let state: PaymentState = row.state.parse().map_err(StoreError::Corrupt)?;
        counts.insert(state.name(), (row.n, Money::from_minor(row.amount, money)));
    }
    Ok(counts)
}

fn narrowed(tx: &Tx, filter: &Filter, select: &str) -> List {
    let mut list = List::new(tx, select);
    list.if_some("p.requested_at >= ?", filter.from.map(|at| at.0))
        .if_some("p.requested_at < ?", filter.to.map(|at| at.0));
    match filter.states.as_slice() {
        [] => {}
        [state] => {
            list.and("p.state = ?", [state.name().into()]);
        }
        states => {
            list.one_of("p.state", states.iter().map(|state| state.name()));
        }
    }
    if let Some(customer) = filter.customer {
        list.and(
            "p.order_id IN (SELECT c.id FROM orders c WHERE c.tenant_id = $1 AND c.customer_id = ?)",
            [customer.0.into()],
        );
    }
    if let Some(said) = filter.search.as_deref().map(str::trim).filter(|said| !said.is_empty()) {
        let upper = said.to_uppercase();
        // By each index for itself.
        list.and(
            "p.id IN (SELECT r.id FROM payments r WHERE r.tenant_id = $1 AND r.receipt = ? \
             UNION SELECT r.id FROM orders c JOIN payments r ON r.tenant_id = c.tenant_id AND r.order_id = c.id \
               WHERE c.tenant_id = $1 AND c.number = ?)",
            [upper.as_str().into(), upper.as_str().into()],
        );
    }
    list
}
