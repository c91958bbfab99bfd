//! Who is new.

use sea_orm::FromQueryResult;

use super::{Bucket, By, Figures, Share, Span, place};
use crate::{StoreError, Tx};

/// What [`over_time`] gives.
pub const NEW_CUSTOMERS: &str =
    "People who wrote to the shop for the first time in this time, and how many of them have bought since.";

#[derive(FromQueryResult)]
struct Row {
    i: i64,
    met: i64,
    bought: i64,
}

/// New customers by day, week or month, and how many of them have bought.
///
/// # Errors
/// If the database fails.
pub async fn over_time(tx: &Tx, span: &Span, by: By) -> Result<Vec<(Bucket, Share)>, StoreError> {
    let buckets = span.buckets(by);
    let rows: Vec<Row> = Figures::by(tx, &buckets)
        .rows(
            "SELECT b.i, count(u.created_at) AS met, count(CASE WHEN u.bought > 0 THEN 1 END) AS bought FROM b \
             LEFT JOIN customers u ON u.tenant_id = $1 AND u.created_at >= b.s AND u.created_at < b.e AND NOT u.test \
             GROUP BY b.i ORDER BY b.i",
        )
        .await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| Some((*buckets.get(place(row.i))?, Share { part: row.bought, of: row.met })))
        .collect())
}
