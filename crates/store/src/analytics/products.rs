//! Which products are sold.

use duka_kernel::{Currency, Money, ProductId};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use super::{Figures, SOLD, Span, TESTERS};
use crate::{StoreError, Tx};

/// What [`Sold`] is.
pub const SOLD_PIECES: &str =
    "Pieces in orders paid in this time and not given back, and their prices before discounts.";

/// What was sold of a product.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sold {
    /// The product, if it is in the catalogue.
    pub product: Option<ProductId>,
    /// Its stock-keeping unit.
    pub sku: String,
    /// Its name, as it was sold last by the alphabet.
    pub name: String,
    /// The key of its picture.
    pub image: Option<String>,
    /// How many pieces.
    pub units: i64,
    /// What they cost before discounts.
    pub revenue: Money,
}

#[derive(FromQueryResult)]
struct Row {
    product_id: Option<Uuid>,
    sku: String,
    name: String,
    image: Option<String>,
    units: i64,
    revenue: i64,
}

#[derive(FromQueryResult)]
struct CategoryRow {
    category: String,
    units: i64,
    revenue: i64,
}

/// The pieces of an order. `CROSS JOIN` fixes where SQLite begins.
const LINES: &str = "FROM orders o CROSS JOIN order_lines l";

fn sold() -> String {
    format!(
        "o.tenant_id = $1 AND o.paid_at >= $2 AND o.paid_at < $3 AND o.state IN {SOLD} \
         AND o.customer_id NOT IN {TESTERS} \
         AND l.tenant_id = o.tenant_id AND l.order_id = o.id"
    )
}

/// What was sold of each product, most pieces first, equals by code; no more than so many.
///
/// # Errors
/// If the database fails.
pub async fn best(tx: &Tx, span: &Span, money: Currency, limit: u32) -> Result<Vec<Sold>, StoreError> {
    let select = format!(
        "SELECT p.id AS product_id, s.sku, s.name, p.image, s.units, s.revenue FROM \
         (SELECT l.sku, max(l.name) AS name, CAST(sum(l.quantity) AS bigint) AS units, \
            CAST(sum(l.quantity * l.unit_price) AS bigint) AS revenue {LINES} WHERE {} GROUP BY l.sku \
          ORDER BY sum(l.quantity) DESC, l.sku LIMIT {limit}) s \
         LEFT JOIN products p ON p.tenant_id = $1 AND p.sku = s.sku ORDER BY s.units DESC, s.sku",
        sold()
    );
    let rows: Vec<Row> = Figures::of(tx, span).rows(&select).await?;
    let read = |row: Row| Sold {
        product: row.product_id.map(ProductId),
        sku: row.sku,
        name: row.name,
        image: row.image,
        units: row.units,
        revenue: Money::from_minor(row.revenue, money),
    };
    Ok(rows.into_iter().map(read).collect())
}

/// Pieces and their prices by category, most pieces first; what is in no catalogue has the empty category.
///
/// # Errors
/// If the database fails.
pub async fn by_category(tx: &Tx, span: &Span, money: Currency) -> Result<Vec<(String, i64, Money)>, StoreError> {
    let select = format!(
        "SELECT coalesce(p.category, '') AS category, CAST(sum(l.quantity) AS bigint) AS units, \
         CAST(sum(l.quantity * l.unit_price) AS bigint) AS revenue {LINES} \
         LEFT JOIN products p ON p.tenant_id = l.tenant_id AND p.id = l.product_id \
         WHERE {} GROUP BY coalesce(p.category, '') ORDER BY sum(l.quantity) DESC, 1",
        sold()
    );
    let rows: Vec<CategoryRow> = Figures::of(tx, span).rows(&select).await?;
    Ok(rows.into_iter().map(|row| (row.category, row.units, Money::from_minor(row.revenue, money))).collect())
}
