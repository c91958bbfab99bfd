//! What the shop could do to sell more, each with the figures it rests on.

use duka_kernel::{ProductId, Timestamp};
use duka_shop::ShopProfile;
use sea_orm::FromQueryResult;
use uuid::Uuid;

use super::{Figures, SOLD, Share, Span, TEST_ORDERS, TESTERS, hours};
use crate::{StoreError, Tx};

/// What a hint is.
pub const HINTS: &str = "What the figures of this time suggest, with the figures themselves; a hint is left out when there \
     is too little to tell.";

/// Most hints of one kind.
const MOST: u32 = 5;
/// Fewer things than these say nothing.
const ENOUGH: i64 = 10;

/// What the shop could do, and the figures it rests on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Hint {
    /// Customers wait for something that is gone.
    Restock {
        /// What.
        product: ProductId,
        /// Its name.
        name: String,
        /// How many customers wait to be told.
        waiting: i64,
    },
    /// What is there will be gone soon at the rate it sells.
    RunningOut {
        /// What.
        product: ProductId,
        /// Its name.
        name: String,
        /// Pieces that can be sold.
        left: i64,
        /// Pieces sold in this time.
        sold: i64,
        /// Days of this time.
        days: i64,
    },
    /// There are pieces of it and none was sold.
    NotSelling {
        /// What.
        product: ProductId,
        /// Its name.
        name: String,
        /// Pieces that can be sold.
        left: i64,
    },
    /// Many payments fail.
    FailingPayments {
        /// Attempts that failed, of those that ended.
        failed: Share,
        /// Why most of them did.
        reason: Option<String>,
    },
    /// Most messages come while the shop is closed.
    BusyWhenClosed {
        /// The weekday, Monday is 0.
        weekday: usize,
        /// The hour.
        hour: usize,
        /// Messages in that hour, of all.
        messages: Share,
    },
    /// Answers that the shop could approve.
    Proposals {
        /// How many wait.
        waiting: i64,
    },
    /// Orders that were agreed to and never paid.
    Unpaid {
        /// How many, of those placed.
        orders: Share,
    },
}

#[derive(FromQueryResult)]
struct ProductRow {
    id: Uuid,
    name: String,
    pieces: i64,
    sold: i64,
}

#[derive(FromQueryResult)]
struct Waiting {
    id: Uuid,
    name: String,
    n: i64,
}

#[derive(FromQueryResult)]
struct Outcome {
    failure: Option<String>,
    failed: i64,
    n: i64,
}

#[derive(FromQueryResult)]
struct Orders {
    placed: i64,
    lost: i64,
}

/// What the figures of a time suggest, the most pressing first.
///
/// # Errors
/// If the database fails.
pub async fn read(tx: &Tx, span: &Span, shop: &ShopProfile, now: Timestamp) -> Result<Vec<Hint>, StoreError> {
    let mut hints = restock(tx).await?;
    let products = products(tx, span).await?;
    let days = i64::try_from(span.days().filter(|day| *day <= now.in_zone(span.zone()).date()).count()).unwrap_or(1);
    let mut soon: Vec<&ProductRow> = products.iter().filter(|row| runs_out(row, days)).collect();
    soon.sort_by_key(|row| (row.pieces * days / row.sold, row.id));
    hints.extend(soon.into_iter().take(MOST as usize).map(|row| Hint::RunningOut {
        product: ProductId(row.id),
        name: row.name.clone(),
        left: row.pieces,
        sold: row.sold,
        days,
    }));
    hints.extend(payments(tx, span).await?);
    hints.extend(unpaid(tx, span).await?);
    hints.extend(closed(tx, span, shop).await?);
    let mut idle: Vec<&ProductRow> = products.iter().filter(|row| row.sold == 0 && row.pieces > 0).collect();
    idle.sort_by_key(|row| (std::cmp::Reverse(row.pieces), row.id));
    // With nothing sold at all, no product stands out.
    if products.iter().any(|row| row.sold > 0) {
        hints.extend(idle.into_iter().take(MOST as usize).map(|row| Hint::NotSelling {
            product: ProductId(row.id),
            name: row.name.clone(),
            left: row.pieces,
        }));
    }
    let waiting = tx.count("SELECT count(*) AS n FROM lessons WHERE tenant_id = $1 AND state = 'proposed'").await?;
    hints.extend((waiting > 0).then_some(Hint::Proposals { waiting }));
    Ok(hints)
}

/// Sold at least three times and gone within two weeks.
const fn runs_out(row: &ProductRow, days: i64) -> bool {
    row.sold >= 3 && row.pieces > 0 && row.pieces * days <= row.sold * 14
}

async fn restock(tx: &Tx) -> Result<Vec<Hint>, StoreError> {
    let select = format!(
        "SELECT p.id, p.name, count(DISTINCT i.customer_id) AS n FROM interests i \
         JOIN variants v ON v.tenant_id = i.tenant_id AND v.id = i.variant_id \
         JOIN products p ON p.tenant_id = v.tenant_id AND p.id = v.product_id \
         WHERE i.tenant_id = $1 AND i.state = 'waiting' AND v.on_hand - v.reserved <= 0 \
           AND i.customer_id NOT IN {TESTERS} \
         GROUP BY p.id, p.name ORDER BY count(DISTINCT i.customer_id) DESC, p.id LIMIT {MOST}"
    );
    let rows: Vec<Waiting> = tx.conn.rows(select, vec![tx.tenant_uuid().into()]).await?;
    let hint = |row: Waiting| Hint::Restock { product: ProductId(row.id), name: row.name, waiting: row.n };
    Ok(rows.into_iter().map(hint).collect())
}

async fn products(tx: &Tx, span: &Span) -> Result<Vec<ProductRow>, StoreError> {
    let select = format!(
        "SELECT p.id, p.name, CAST(coalesce(sum(v.on_hand - v.reserved), 0) AS bigint) AS pieces, \
         CAST(coalesce(max(s.sold), 0) AS bigint) AS sold FROM products p \
         LEFT JOIN variants v ON v.tenant_id = p.tenant_id AND v.product_id = p.id AND v.active \
         LEFT JOIN (SELECT l.product_id, sum(l.quantity) AS sold FROM orders o CROSS JOIN order_lines l \
            WHERE o.tenant_id = $1 AND o.paid_at >= $2 AND o.paid_at < $3 AND o.state IN {SOLD} \
              AND o.customer_id NOT IN {TESTERS} \
              AND l.tenant_id = o.tenant_id AND l.order_id = o.id GROUP BY l.product_id) s ON s.product_id = p.id \
         WHERE p.tenant_id = $1 AND p.active GROUP BY p.id, p.name"
    );
    Figures::of(tx, span).rows(&select).await
}

async fn payments(tx: &Tx, span: &Span) -> Result<Option<Hint>, StoreError> {
    let select = format!(
        "SELECT p.failure, count(CASE WHEN p.state <> 'succeeded' THEN 1 END) AS failed, count(*) AS n \
         FROM payments p WHERE p.tenant_id = $1 AND p.requested_at >= $2 AND p.requested_at < $3 \
           AND p.state NOT IN ('requested', 'pending') \
           AND p.order_id NOT IN {TEST_ORDERS} GROUP BY p.failure"
    );
    let rows: Vec<Outcome> = Figures::of(tx, span).rows(&select).await?;
    let failed = Share { part: rows.iter().map(|row| row.failed).sum(), of: rows.iter().map(|row| row.n).sum() };
    // One of five.
    if failed.of < ENOUGH || failed.part * 5 < failed.of {
        return Ok(None);
    }
    let most = rows.into_iter().filter(|row| row.failed > 0).max_by_key(|row| row.failed);
    Ok(Some(Hint::FailingPayments { failed, reason: most.and_then(|row| row.failure) }))
}

async fn unpaid(tx: &Tx, span: &Span) -> Result<Option<Hint>, StoreError> {
    let select = format!(
        "SELECT count(*) AS placed, count(CASE WHEN state = 'expired' THEN 1 END) AS lost FROM orders \
         WHERE tenant_id = $1 AND placed_at >= $2 AND placed_at < $3 AND customer_id NOT IN {TESTERS}"
    );
    let row: Orders = Figures::of(tx, span).row(&select).await?;
    let orders = Share { part: row.lost, of: row.placed };
    Ok((orders.of >= ENOUGH && orders.part * 5 >= orders.of).then_some(Hint::Unpaid { orders }))
}

async fn closed(tx: &Tx, span: &Span, shop: &ShopProfile) -> Result<Option<Hint>, StoreError> {
    let busy = hours::read(tx, span).await?;
    let Some((weekday, hour, part)) = busy.busiest() else { return Ok(None) };
    let of: i64 = busy.0.iter().flatten().sum();
    let open = shop.hours[weekday].is_some_and(|hours| {
        let begun = usize::try_from(hours.open.hour()).is_ok_and(|open| open <= hour);
        begun && usize::try_from(hours.close.hour()).is_ok_and(|close| hour < close)
    });
    let hint = Hint::BusyWhenClosed { weekday, hour, messages: Share { part, of } };
    Ok((of >= ENOUGH && !open && shop.hours.iter().any(Option::is_some)).then_some(hint))
}
