//! What the first page shows.

use duka_kernel::{Currency, Timestamp};
use duka_shop::ShopProfile;
use jiff::tz::TimeZone;

use super::stock::{self, LowRow};
use crate::{
    StoreError, Tx,
    analytics::{
        Bucket, By, Span, TESTERS,
        products::{self, Sold},
        revenue::{self, Sales},
    },
    events::Event,
};

/// What [`Overview::today`] is.
pub const TODAY: &str = "Orders paid since the day began in the shop's time zone and what they came to, refunds left out, \
     beside the same weekday a week ago up to the same time of day.";
/// What [`Overview::pending_orders`] is.
pub const PENDING: &str = "Orders that are agreed to and wait for money.";
/// What [`Overview::active_conversations`] is.
pub const ACTIVE: &str = "Conversations in which something was written within the last 24 hours.";
/// What [`Overview::waiting`] is.
pub const WAITING: &str = "Customers who wait for a person's answer.";
/// What [`Overview::low_stock`] is.
pub const LOW_STOCK: &str = "Sizes and colours on offer with no more free pieces than their threshold.";
/// What [`Overview::top_sellers`] is.
pub const TOP_SELLERS: &str =
    "Products by pieces in orders paid in the last seven days, today included, refunds left out.";

/// Rows of each short list.
const SHORT: u32 = 8;

/// What the first page shows.
#[derive(Clone, PartialEq, Debug)]
pub struct Overview {
    /// Sold today.
    pub today: Sales,
    /// Sold a week ago, up to this time of day.
    pub week_ago: Sales,
    /// Orders that wait for money.
    pub pending_orders: i64,
    /// Conversations of the last 24 hours.
    pub active_conversations: i64,
    /// Customers who wait for a person.
    pub waiting: i64,
    /// What is running out.
    pub low_stock: Vec<LowRow>,
    /// What sold best in seven days.
    pub top_sellers: Vec<Sold>,
    /// What was sold on each of 30 days, today last.
    pub revenue: Vec<(Bucket, Sales)>,
    /// What happened last, newest first.
    pub activity: Vec<Event>,
}

/// What the first page shows.
///
/// # Errors
/// If the database fails.
pub async fn read(tx: &Tx, shop: &ShopProfile, now: Timestamp) -> Result<Overview, StoreError> {
    let pending = format!(
        "SELECT count(*) AS n FROM orders WHERE tenant_id = $1 \
         AND state IN ('pending_payment', 'payment_failed') AND customer_id NOT IN {TESTERS}"
    );
    let waiting = format!(
        "SELECT count(*) AS n FROM hand_overs WHERE tenant_id = $1 AND released_at IS NULL \
         AND unanswered_since IS NOT NULL AND customer_id NOT IN {TESTERS}"
    );
    let zone = TimeZone::get(&shop.timezone).unwrap_or(TimeZone::UTC);
    let days = |n: i32| Span::last_days(n, now, zone.clone());
    let (today, week_ago) = same_time(&days(8), &days(1), now, shop.currency, tx).await?;
    let since = now.plus_minutes(-24 * 60).0;
    let active = format!(
        "SELECT count(*) AS n FROM conversations WHERE tenant_id = $1 AND active_at >= {since} \
         AND customer_id NOT IN {TESTERS}"
    );
    Ok(Overview {
        today,
        week_ago,
        pending_orders: tx.count(&pending).await?,
        active_conversations: tx.count(&active).await?,
        waiting: tx.count(&waiting).await?,
        low_stock: stock::low(tx, shop.low_stock, SHORT).await?,
        top_sellers: products::best(tx, &days(7), shop.currency, SHORT).await?,
        revenue: revenue::over_time(tx, &days(30), By::Day, shop.currency).await?,
        activity: tx.last_events(SHORT * 2).await?,
    })
}

/// Today until now, and the same weekday a week ago until the same time of day.
async fn same_time(
    week: &Span,
    today: &Span,
    now: Timestamp,
    money: Currency,
    tx: &Tx,
) -> Result<(Sales, Sales), StoreError> {
    let begun = today.from();
    let then = week.from();
    let to = Timestamp(then.0 + now.millis_since(begun) + 1);
    let buckets =
        vec![Bucket { day: week.first(), from: then, to }, Bucket { day: today.first(), from: begun, to: today.to() }];
    let sales = revenue::of_buckets(tx, buckets, money).await?;
    Ok((sales[1].1, sales[0].1))
}
