//! What is sold, and how far conversations come on the way there.

use std::collections::HashMap;

use duka_kernel::ProductId;
use duka_store::analytics::{
    By, Share, Span,
    funnel::{self, STEPS},
    products,
    revenue::{self, Sales},
    turnover,
};
use jiff::{ToSpan, civil::Date};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{SpanIn, ratio};
use crate::{
    describe::Route,
    extract::{Json, Query},
    problem::Reply,
    route,
    staff::{Staff, right::AnalyticsView},
};

/// Products of which figures are given.
const PRODUCTS: u32 = 1000;

pub fn routes() -> Vec<Route> {
    vec![
        route!(get_revenue_figures),
        route!(get_order_figures),
        route!(get_product_figures),
        route!(get_funnel_figures),
    ]
}

/// What was sold over a time. Amounts are in minor units.
#[derive(Serialize, ToSchema)]
struct AnalyticsRevenue {
    definition: String,
    points: Vec<RevenuePoint>,
    total: i64,
    /// In as many days just before.
    previous_total: i64,
}

/// What was sold in a day, week or month.
#[derive(Serialize, ToSchema)]
struct RevenuePoint {
    /// Its first day.
    at: Date,
    revenue: i64,
    orders: i64,
}

/// Get what was sold.
#[utoipa::path(get, path = "/analytics/revenue", tag = "analytics")]
async fn get_revenue_figures(staff: Staff<AnalyticsView>, Query(span): Query<SpanIn>) -> Reply<Json<AnalyticsRevenue>> {
    let asked = span.read(&staff).await?;
    let sales = revenue::over_time(&asked.tx, &asked.span, asked.by, asked.shop.currency).await?;
    let previous_total = match before(&asked.span) {
        Some(before) => {
            let sales = revenue::over_time(&asked.tx, &before, By::Month, asked.shop.currency).await?;
            sales.iter().map(|(_, sales)| sales.revenue.minor).sum()
        }
        None => 0,
    };
    let total = sales.iter().map(|(_, sales)| sales.revenue.minor).sum();
    let point = |(bucket, sales): (duka_store::analytics::Bucket, Sales)| RevenuePoint {
        at: bucket.day,
        revenue: sales.revenue.minor,
        orders: sales.orders,
    };
    let points = sales.into_iter().map(point).collect();
    Ok(Json(AnalyticsRevenue { definition: revenue::REVENUE.to_owned(), points, total, previous_total }))
}

/// As many days just before.
fn before(span: &Span) -> Option<Span> {
    let days = i64::try_from(span.days().count()).ok()?;
    let first = span.first().checked_sub(days.days()).ok()?;
    Span::new(first, span.first().yesterday().ok()?, span.zone().clone())
}

/// What orders come to on average. Amounts are in minor units.
#[derive(Serialize, ToSchema)]
struct AnalyticsOrders {
    definition: String,
    /// 0 without orders.
    average: i64,
    /// Orders paid and not given back.
    count: i64,
    points: Vec<OrdersPoint>,
    /// Orders paid in this time and given back.
    refunds: i64,
}

/// What orders of a day, week or month come to on average.
#[derive(Serialize, ToSchema)]
struct OrdersPoint {
    /// Its first day.
    at: Date,
    average: i64,
    count: i64,
}

/// Get what orders come to on average.
#[utoipa::path(get, path = "/analytics/orders", tag = "analytics")]
async fn get_order_figures(staff: Staff<AnalyticsView>, Query(span): Query<SpanIn>) -> Reply<Json<AnalyticsOrders>> {
    let asked = span.read(&staff).await?;
    let sales = revenue::over_time(&asked.tx, &asked.span, asked.by, asked.shop.currency).await?;
    let refunds = revenue::given_back(&asked.tx, &asked.span).await?;
    let count: i64 = sales.iter().map(|(_, sales)| sales.orders).sum();
    let total: i64 = sales.iter().map(|(_, sales)| sales.revenue.minor).sum();
    let average = |sales: &Sales| sales.average().map_or(0, |money| money.minor);
    Ok(Json(AnalyticsOrders {
        definition: format!("{} Refunds: {}", revenue::AVERAGE, revenue::GIVEN_BACK),
        average: total.checked_div(count).unwrap_or(0),
        count,
        points: sales
            .iter()
            .map(|(bucket, sales)| OrdersPoint { at: bucket.day, average: average(sales), count: sales.orders })
            .collect(),
        refunds,
    }))
}

/// Which products were sold. Amounts are in minor units.
#[derive(Serialize, ToSchema)]
struct AnalyticsProducts {
    definition: String,
    /// Most pieces first.
    items: Vec<ProductFigures>,
    /// Pieces of all products.
    total: i64,
}

/// How a product sells.
#[derive(Serialize, ToSchema)]
struct ProductFigures {
    /// Null if it is not in the catalogue.
    product_id: Option<Uuid>,
    sku: String,
    name: String,
    units: i64,
    /// Prices before discounts.
    revenue: i64,
    /// Of all pieces, from 0 to 1.
    share: f64,
    /// How often the stock was sold; null if there was none.
    turnover: Option<f64>,
}

/// Get which products were sold.
#[utoipa::path(get, path = "/analytics/products", tag = "analytics")]
async fn get_product_figures(
    staff: Staff<AnalyticsView>,
    Query(span): Query<SpanIn>,
) -> Reply<Json<AnalyticsProducts>> {
    let asked = span.read(&staff).await?;
    let sold = products::best(&asked.tx, &asked.span, asked.shop.currency, PRODUCTS).await?;
    let kinds = products::by_category(&asked.tx, &asked.span, asked.shop.currency).await?;
    let turned = turnover::read(&asked.tx, &asked.span, PRODUCTS).await?;
    let turned: HashMap<ProductId, Option<i64>> =
        turned.into_iter().map(|row| (row.product, row.times_in_hundredths())).collect();
    let total = kinds.iter().map(|(_, units, _)| units).sum();
    let figures = |sold: products::Sold| {
        let times = sold.product.and_then(|id| turned.get(&id).copied().flatten());
        ProductFigures {
            product_id: sold.product.map(|id| id.0),
            sku: sold.sku,
            name: sold.name,
            units: sold.units,
            revenue: sold.revenue.minor,
            share: ratio(Share { part: sold.units, of: total }),
            turnover: times.map(|part| ratio(Share { part, of: 100 })),
        }
    };
    Ok(Json(AnalyticsProducts {
        definition: format!("{} Turnover: {}", products::SOLD_PIECES, turnover::TURNOVER),
        items: sold.into_iter().map(figures).collect(),
        total,
    }))
}

/// How far conversations come.
#[derive(Serialize, ToSchema)]
struct AnalyticsFunnel {
    definition: String,
    /// First to last; each count holds those after it.
    stages: Vec<FunnelStage>,
}

/// A step on the way to a paid order.
#[derive(Serialize, ToSchema)]
struct FunnelStage {
    /// `wrote`, `looked`, `cart`, `checkout`, `ordered`, `paid`.
    stage: &'static str,
    count: i64,
}

/// Get how far conversations come on the way to a paid order.
#[utoipa::path(get, path = "/analytics/funnel", tag = "analytics")]
async fn get_funnel_figures(staff: Staff<AnalyticsView>, Query(span): Query<SpanIn>) -> Reply<Json<AnalyticsFunnel>> {
    let asked = span.read(&staff).await?;
    let funnel = funnel::read(&asked.tx, &asked.span).await?;
    let stages = STEPS.into_iter().zip(funnel.0).map(|(stage, count)| FunnelStage { stage, count });
    Ok(Json(AnalyticsFunnel { definition: funnel::FUNNEL.to_owned(), stages: stages.collect() }))
}
