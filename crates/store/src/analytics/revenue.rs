//! What is sold.

use duka_kernel::{Currency, Money};
use sea_orm::FromQueryResult;

use super::{Bucket, By, Figures, SOLD, Share, Span, TESTERS, place};
use crate::{StoreError, Tx, pages::Count};

/// What [`Sales::revenue`] is.
pub const REVENUE: &str =
    "Totals of the orders paid in this time, delivery included; orders that were refunded or are to be do not count.";
/// What [`Sales::average`] is.
pub const AVERAGE: &str = "Revenue divided by the orders it comes from, so refunded orders do not count.";
/// What [`Placed`] is.
pub const PLACED: &str =
    "Orders agreed to in this time by where they stand now; completed are those paid and not given back.";

/// What [`given_back`] counts.
pub const GIVEN_BACK: &str = "Orders paid in this time whose money went back since, or is to.";

/// What was sold in a time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Sales {
    /// Orders paid and not given back.
    pub orders: i64,
    /// What they came to.
    pub revenue: Money,
}

impl Sales {
    /// What an order came to; nothing without orders.
    #[must_use]
    pub fn average(&self) -> Option<Money> {
        let minor = self.revenue.minor.checked_div(self.orders)?;
        Some(Money::from_minor(minor, self.revenue.currency))
    }
}

/// Orders placed in a time.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Placed {
    /// When.
    pub bucket: Bucket,
    /// How many.
    pub orders: i64,
    /// Of these, paid and not given back.
    pub sold: Share,
    /// Of these, cancelled or not paid in time.
    pub lost: Share,
}

#[derive(FromQueryResult)]
struct Row {
    i: i64,
    orders: i64,
    revenue: i64,
}

#[derive(FromQueryResult)]
struct PlacedRow {
    i: i64,
    orders: i64,
    sold: i64,
    lost: i64,
}

/// What was sold by day, week or month.
///
/// # Errors
/// If the database fails.
pub async fn over_time(tx: &Tx, span: &Span, by: By, money: Currency) -> Result<Vec<(Bucket, Sales)>, StoreError> {
    of_buckets(tx, span.buckets(by), money).await
}

/// What was sold in each of some times.
pub(crate) async fn of_buckets(
    tx: &Tx,
    buckets: Vec<Bucket>,
    money: Currency,
) -> Result<Vec<(Bucket, Sales)>, StoreError> {
    let select = format!(
        "SELECT b.i, count(o.paid_at) AS orders, CAST(coalesce(sum(o.total), 0) AS bigint) AS revenue FROM b \
         LEFT JOIN orders o ON o.tenant_id = $1 AND o.paid_at >= b.s AND o.paid_at < b.e AND o.state IN {SOLD} \
           AND o.customer_id NOT IN {TESTERS} \
         GROUP BY b.i ORDER BY b.i"
    );
    let rows: Vec<Row> = Figures::by(tx, &buckets).rows(&select).await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            let sales = Sales { orders: row.orders, revenue: Money::from_minor(row.revenue, money) };
            Some((*buckets.get(place(row.i))?, sales))
        })
        .collect())
}

/// Orders placed by day, week or month, and what became of them.
///
/// # Errors
/// If the database fails.
pub async fn placed(tx: &Tx, span: &Span, by: By) -> Result<Vec<Placed>, StoreError> {
    let buckets = span.buckets(by);
    let select = format!(
        "SELECT b.i, count(o.placed_at) AS orders, count(CASE WHEN o.state IN {SOLD} THEN 1 END) AS sold, \
         count(CASE WHEN o.state IN ('cancelled', 'expired') THEN 1 END) AS lost FROM b \
         LEFT JOIN orders o ON o.tenant_id = $1 AND o.placed_at >= b.s AND o.placed_at < b.e \
           AND o.customer_id NOT IN {TESTERS} GROUP BY b.i ORDER BY b.i"
    );
    let rows: Vec<PlacedRow> = Figures::by(tx, &buckets).rows(&select).await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            let (bucket, of) = (*buckets.get(place(row.i))?, row.orders);
            let (sold, lost) = (Share { part: row.sold, of }, Share { part: row.lost, of });
            Some(Placed { bucket, orders: of, sold, lost })
        })
        .collect())
}

/// How many orders paid in a time were given back.
///
/// # Errors
/// If the database fails.
pub async fn given_back(tx: &Tx, span: &Span) -> Result<i64, StoreError> {
    let select = format!(
        "SELECT count(*) AS n FROM orders WHERE tenant_id = $1 AND paid_at >= $2 AND paid_at < $3 \
         AND state IN ('refund_due', 'refunded') AND customer_id NOT IN {TESTERS}"
    );
    Ok(Figures::of(tx, span).row::<Count>(&select).await?.n)
}
