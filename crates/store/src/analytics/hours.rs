//! When the shop is busy.

use sea_orm::FromQueryResult;

use super::{Figures, Span, TESTS, place};
use crate::{StoreError, Tx};

/// What [`Busy`] is.
pub const BUSY: &str = "Messages that came in during this time, by weekday and hour of the shop's clock.";

/// Messages that came in by weekday, Monday first, and hour.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Busy(pub [[i64; 24]; 7]);

impl Busy {
    /// The weekday (Monday is 0) and hour with most messages, and how many; the earliest of equals.
    #[must_use]
    pub fn busiest(&self) -> Option<(usize, usize, i64)> {
        let hours = self
            .0
            .iter()
            .enumerate()
            .flat_map(|(day, hours)| hours.iter().enumerate().map(move |(hour, count)| (day, hour, *count)));
        hours.filter(|(_, _, count)| *count > 0).rev().max_by_key(|(_, _, count)| *count)
    }
}

#[derive(FromQueryResult)]
struct Row {
    hour: i64,
    n: i64,
}

/// When customers write.
///
/// # Errors
/// If the database fails.
pub async fn read(tx: &Tx, span: &Span) -> Result<Busy, StoreError> {
    const HOUR: i64 = 3_600_000;
    /// 1 January 1970 was a Thursday: hours from the Monday before.
    const SINCE_MONDAY: i64 = 3 * 24;
    let mut busy = Busy::default();
    for (from, to, offset) in span.offsets() {
        let select = format!(
            "SELECT (m.created_at + {offset}) / {HOUR} AS hour, count(*) AS n FROM messages m \
             WHERE m.tenant_id = $1 AND m.direction = 'in' AND m.created_at >= $2 AND m.created_at < $3 \
               AND m.conversation_id NOT IN {TESTS} \
             GROUP BY (m.created_at + {offset}) / {HOUR}"
        );
        for row in Figures::between(tx, from, to).rows::<Row>(&select).await? {
            let hour = (row.hour + SINCE_MONDAY).rem_euclid(7 * 24);
            busy.0[place(hour / 24) % 7][place(hour % 24) % 24] += row.n;
        }
    }
    Ok(busy)
}
