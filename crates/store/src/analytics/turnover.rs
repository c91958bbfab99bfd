//! How often what is in stock is sold.

use duka_kernel::ProductId;
use sea_orm::FromQueryResult;
use uuid::Uuid;

use super::{Figures, Span};
use crate::{StoreError, Tx};

/// What [`Turnover::times_in_hundredths`] is.
pub const TURNOVER: &str = "Pieces sold in this time, divided by the pieces in the shop on average: the mean of those there \
     when the time began and when it ended.";

/// How often a product's stock was sold in a time.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Turnover {
    /// Which.
    pub product: ProductId,
    /// Its stock-keeping unit.
    pub sku: String,
    /// Its name.
    pub name: String,
    /// Pieces sold.
    pub sold: i64,
    /// Pieces there when the time began.
    pub opening: i64,
    /// Pieces there when it ended.
    pub closing: i64,
}

impl Turnover {
    /// Hundredths of how often the stock was sold; none if there was no stock.
    #[must_use]
    pub const fn times_in_hundredths(&self) -> Option<i64> {
        (self.sold * 200).checked_div(self.opening + self.closing)
    }
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    sku: String,
    name: String,
    sold: i64,
    opening: i64,
    closing: i64,
}

/// How often each product's stock was sold, most pieces first, equals by code; no more than so many.
///
/// # Errors
/// If the database fails.
pub async fn read(tx: &Tx, span: &Span, limit: u32) -> Result<Vec<Turnover>, StoreError> {
    let select = format!(
        "SELECT p.id, p.sku, p.name, CAST(sum(v.sold) AS bigint) AS sold, \
         CAST(sum(v.on_hand - v.since) AS bigint) AS opening, CAST(sum(v.on_hand - v.after) AS bigint) AS closing \
         FROM (SELECT w.product_id, w.on_hand, coalesce(m.since, 0) AS since, coalesce(m.after, 0) AS after, \
                 coalesce(m.sold, 0) AS sold \
               FROM variants w LEFT JOIN \
                 (SELECT s.variant_id, sum(s.on_hand_delta) AS since, \
                    sum(CASE WHEN s.at >= $3 THEN s.on_hand_delta ELSE 0 END) AS after, \
                    sum(CASE WHEN s.at < $3 AND s.reason = 'sold' THEN -s.on_hand_delta ELSE 0 END) AS sold \
                  FROM stock_movements s WHERE s.tenant_id = $1 AND s.at >= $2 GROUP BY s.variant_id) m \
                 ON m.variant_id = w.id \
               WHERE w.tenant_id = $1) v \
         JOIN products p ON p.tenant_id = $1 AND p.id = v.product_id WHERE p.active \
         GROUP BY p.id, p.sku, p.name ORDER BY sum(v.sold) DESC, p.sku LIMIT {limit}"
    );
    let rows: Vec<Row> = Figures::of(tx, span).rows(&select).await?;
    let read = |row: Row| Turnover {
        product: ProductId(row.id),
        sku: row.sku,
        name: row.name,
        sold: row.sold,
        opening: row.opening,
        closing: row.closing,
    };
    Ok(rows.into_iter().map(read).collect())
}
