//! The shop's figures. Each is what a plain query over the rows gives, in the shop's own days; each file says in a
//! sentence what its figure is.

pub mod acquisition;
pub mod assistant;
pub mod customers;
pub mod funnel;
pub mod hints;
pub mod hours;
pub mod messages;
pub mod products;
pub mod revenue;
pub mod satisfaction;
pub mod services;
mod span;
pub mod turnover;

use duka_kernel::Timestamp;
use sea_orm::{FromQueryResult, Value};

pub use self::span::{Bucket, By, Span};
use crate::{StoreError, Tx};

/// Orders that are paid and not given back.
pub(crate) const SOLD: &str = "('paid', 'processing', 'shipped', 'delivered')";
/// Customers whom somebody of the team plays: nothing of theirs is in a figure.
pub(crate) const TESTERS: &str = "(SELECT t.id FROM customers t WHERE t.tenant_id = $1 AND t.test)";
/// Their conversations.
pub(crate) const TESTS: &str = "(SELECT tc.id FROM customers t CROSS JOIN conversations tc WHERE t.tenant_id = $1 AND t.test \
     AND tc.tenant_id = $1 AND tc.customer_id = t.id)";

/// Their orders.
pub(crate) const TEST_ORDERS: &str = "(SELECT q.id FROM customers t CROSS JOIN orders q WHERE t.tenant_id = $1 AND t.test \
     AND q.tenant_id = $1 AND q.customer_id = t.id)";

/// Some of a number of things.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Share {
    /// So many.
    pub part: i64,
    /// Of so many.
    pub of: i64,
}

/// A question about the shop. The first parameters are the shop and, if it is about buckets, their numbers, beginnings
/// and ends.
pub(crate) struct Figures<'t> {
    tx: &'t Tx,
    text: String,
    values: Vec<Value>,
}

impl<'t> Figures<'t> {
    /// About the whole of a span: `$2` is its beginning and `$3` its end.
    pub fn of(tx: &'t Tx, span: &Span) -> Self {
        Self::between(tx, span.from(), span.to())
    }

    /// About what is from one moment, `$2`, to another, `$3`.
    pub fn between(tx: &'t Tx, from: Timestamp, to: Timestamp) -> Self {
        let values = vec![tx.tenant_uuid().into(), from.0.into(), to.0.into()];
        Self { tx, text: String::new(), values }
    }

    /// About buckets: the statement may read them as `b (i, s, e)`.
    pub fn by(tx: &'t Tx, buckets: &[Bucket]) -> Self {
        let mut values: Vec<Value> = vec![tx.tenant_uuid().into()];
        let mut rows = Vec::with_capacity(buckets.len());
        for (i, bucket) in buckets.iter().enumerate() {
            let n = values.len();
            // PostgreSQL takes the types of all rows from the first.
            rows.push(match i {
                0 => format!("(CAST(${} AS bigint), CAST(${} AS bigint), CAST(${} AS bigint))", n + 1, n + 2, n + 3),
                _ => format!("(${}, ${}, ${})", n + 1, n + 2, n + 3),
            });
            let i = i64::try_from(i).unwrap_or(i64::MAX);
            values.extend([Value::from(i), bucket.from.0.into(), bucket.to.0.into()]);
        }
        let text = format!("WITH b (i, s, e) AS (VALUES {}) ", rows.join(", "));
        Self { tx, text, values }
    }

    /// The rows of an answer.
    pub async fn rows<R: FromQueryResult>(self, select: &str) -> Result<Vec<R>, StoreError> {
        self.tx.conn.rows(self.text + select, self.values).await
    }

    /// The only row of an answer.
    pub async fn row<R: FromQueryResult>(self, select: &str) -> Result<R, StoreError> {
        self.rows(select).await?.pop().ok_or(StoreError::NotFound)
    }
}

/// A place in a list of buckets.
pub(crate) fn place(i: i64) -> usize {
    usize::try_from(i).unwrap_or(usize::MAX)
}
