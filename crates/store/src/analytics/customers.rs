//! Who comes back.

use sea_orm::FromQueryResult;

use super::{Figures, SOLD, Share, Span, TESTERS};
use crate::{StoreError, Tx};

/// What [`Loyalty::repeat`] is.
pub const REPEAT: &str = "Of the customers who paid for an order in this time, those who have paid for two or more in all, refunds left out.";
/// What [`Loyalty::days_between`] is.
pub const DAYS_BETWEEN: &str =
    "Days from an order paid in this time back to the same customer's paid order before it, on average.";
/// What [`Loyalty::active`] is.
pub const ACTIVE: &str = "Customers who wrote in this time, of all the shop has.";

/// Who came back in a time.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Loyalty {
    /// Buyers who bought before or again, of all buyers.
    pub repeat: Share,
    /// Milliseconds between two orders of a customer, on average; none if nobody ordered twice.
    pub between: Option<i64>,
    /// Customers who wrote, of all.
    pub active: Share,
}

impl Loyalty {
    /// Whole days between two orders of a customer, rounded.
    #[must_use]
    pub fn days_between(&self) -> Option<i64> {
        const DAY: i64 = 86_400_000;
        self.between.map(|millis| (millis + DAY / 2) / DAY)
    }
}

#[derive(FromQueryResult)]
struct Repeat {
    buyers: i64,
    again: i64,
}

#[derive(FromQueryResult)]
struct Gap {
    gap: Option<i64>,
}

#[derive(FromQueryResult)]
struct Active {
    active: i64,
    known: i64,
}

/// Who came back.
///
/// # Errors
/// If the database fails.
pub async fn read(tx: &Tx, span: &Span) -> Result<Loyalty, StoreError> {
    let repeat = format!(
        "SELECT count(*) AS buyers, count(CASE WHEN u.bought > 1 THEN 1 END) AS again FROM \
         (SELECT DISTINCT o.customer_id FROM orders o WHERE o.tenant_id = $1 AND o.paid_at >= $2 AND o.paid_at < $3 \
            AND o.state IN {SOLD} AND o.customer_id NOT IN {TESTERS}) b \
         JOIN customers u ON u.tenant_id = $1 AND u.id = b.customer_id"
    );
    let gap = format!(
        "SELECT CAST(avg(g.paid_at - g.before) AS bigint) AS gap FROM \
         (SELECT o.paid_at, (SELECT max(e.paid_at) FROM orders e WHERE e.tenant_id = o.tenant_id \
            AND e.customer_id = o.customer_id AND e.paid_at < o.paid_at AND e.state IN {SOLD}) AS before \
          FROM orders o WHERE o.tenant_id = $1 AND o.paid_at >= $2 AND o.paid_at < $3 AND o.state IN {SOLD} \
            AND o.customer_id NOT IN {TESTERS}) g \
         WHERE g.before IS NOT NULL"
    );
    let active = format!(
        "SELECT count(DISTINCT c.customer_id) AS active, \
         (SELECT count(*) FROM customers u WHERE u.tenant_id = $1 AND NOT u.test) AS known FROM \
         (SELECT DISTINCT t.conversation_id FROM turns t \
          WHERE t.tenant_id = $1 AND t.at >= $2 AND t.at < $3 AND t.heard > 0) w \
         JOIN conversations c ON c.tenant_id = $1 AND c.id = w.conversation_id AND c.customer_id NOT IN {TESTERS}"
    );
    let repeat: Repeat = Figures::of(tx, span).row(&repeat).await?;
    let gap: Gap = Figures::of(tx, span).row(&gap).await?;
    let active: Active = Figures::of(tx, span).row(&active).await?;
    Ok(Loyalty {
        repeat: Share { part: repeat.again, of: repeat.buyers },
        between: gap.gap,
        active: Share { part: active.active, of: active.known },
    })
}
