//! What the first page shows.

mod activity;

use duka_store::{
    analytics::{Bucket, products::Sold, revenue::Sales},
    pages::{overview, stock::LowRow},
};
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use self::activity::ActivityOut;
use crate::{
    describe::Route,
    extract::Json,
    problem::Reply,
    route,
    shapes::{media_url, speaks_swahili},
    staff::{Staff, right::OrdersView},
};

pub fn routes() -> Vec<Route> {
    vec![route!(get_overview)]
}

/// How the shop does. Amounts are in minor units.
#[derive(Serialize, ToSchema)]
struct OverviewOut {
    today: TodayOut,
    /// Orders that are agreed to and wait for money.
    pending_orders: i64,
    /// Conversations in which something was written within 24 hours.
    active_conversations: i64,
    /// Customers who wait for a person's answer.
    waiting: i64,
    /// Sizes and colours with no more free pieces than their threshold.
    low_stock: Vec<LowStockOut>,
    /// Products by pieces sold in the last seven days.
    top_sellers: Vec<TopSellerOut>,
    /// What was sold on each of 30 days, today last.
    revenue_30d: Vec<DaySalesOut>,
    /// What happened last, newest first.
    activity: Vec<ActivityOut>,
}

/// What was sold today.
#[derive(Serialize, ToSchema)]
struct TodayOut {
    /// Orders paid since the day began in the shop's time zone, refunds left out.
    orders: i64,
    revenue: i64,
    /// On the same weekday a week ago, up to the same time of day.
    revenue_same_day_last_week: i64,
}

/// Something of which little is left.
#[derive(Serialize, ToSchema)]
struct LowStockOut {
    product_id: Uuid,
    variant_id: Uuid,
    name: String,
    /// Null if there is one size only.
    size: Option<String>,
    colour: Option<String>,
    /// Pieces that can be sold.
    left: i64,
    threshold: i64,
}

/// Something that sells well.
#[derive(Serialize, ToSchema)]
struct TopSellerOut {
    product_id: Uuid,
    name: String,
    image: Option<String>,
    units: i64,
    revenue: i64,
}

/// What was sold on a day.
#[derive(Serialize, ToSchema)]
struct DaySalesOut {
    day: Date,
    orders: i64,
    revenue: i64,
}

impl From<LowRow> for LowStockOut {
    fn from(row: LowRow) -> Self {
        Self {
            product_id: row.product.0,
            variant_id: row.variant.0,
            name: row.name,
            size: Some(row.size).filter(|size| !duka_kernel::Size::parse(size).is_one()),
            colour: row.colour,
            left: row.left,
            threshold: row.threshold,
        }
    }
}

fn top_seller(sold: Sold) -> Option<TopSellerOut> {
    Some(TopSellerOut {
        product_id: sold.product?.0,
        name: sold.name,
        image: sold.image.as_deref().map(media_url),
        units: sold.units,
        revenue: sold.revenue.minor,
    })
}

fn day((bucket, sales): (Bucket, Sales)) -> DaySalesOut {
    DaySalesOut { day: bucket.day, orders: sales.orders, revenue: sales.revenue.minor }
}

/// Get how the shop does today.
#[utoipa::path(get, path = "/overview", tag = "overview")]
async fn get_overview(staff: Staff<OrdersView>) -> Reply<Json<OverviewOut>> {
    let tx = staff.read().await?;
    let shop = tx.profile().await?;
    let seen = overview::read(&tx, &shop, staff.now()).await?;
    drop(tx);
    let swahili = speaks_swahili(&staff).await?;
    Ok(Json(OverviewOut {
        today: TodayOut {
            orders: seen.today.orders,
            revenue: seen.today.revenue.minor,
            revenue_same_day_last_week: seen.week_ago.revenue.minor,
        },
        pending_orders: seen.pending_orders,
        active_conversations: seen.active_conversations,
        waiting: seen.waiting,
        low_stock: seen.low_stock.into_iter().map(LowStockOut::from).collect(),
        top_sellers: seen.top_sellers.into_iter().filter_map(top_seller).collect(),
        revenue_30d: seen.revenue.into_iter().map(day).collect(),
        activity: seen.activity.iter().filter_map(|event| ActivityOut::new(event, swahili)).collect(),
    }))
}
