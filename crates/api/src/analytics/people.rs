//! Who comes, who comes back, and how content they are.

use duka_store::analytics::{
    Share, acquisition,
    customers::{self, DAYS_BETWEEN, REPEAT},
    satisfaction::{self, Ratings},
};
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use super::{SpanIn, ratio};
use crate::{
    describe::Route,
    extract::{Json, Query},
    problem::Reply,
    route,
    staff::{Staff, right::AnalyticsView},
};

pub fn routes() -> Vec<Route> {
    vec![route!(get_acquisition_figures), route!(get_customer_figures), route!(get_satisfaction_figures)]
}

/// Who wrote for the first time.
#[derive(Serialize, ToSchema)]
struct AnalyticsAcquisition {
    definition: String,
    points: Vec<AcquisitionPoint>,
    total: i64,
}

/// Who wrote for the first time in a day, week or month.
#[derive(Serialize, ToSchema)]
struct AcquisitionPoint {
    /// Its first day.
    at: Date,
    customers: i64,
    /// Of these, who have bought since.
    bought: i64,
}

/// Get who wrote to the shop for the first time.
#[utoipa::path(get, path = "/analytics/acquisition", tag = "analytics")]
async fn get_acquisition_figures(
    staff: Staff<AnalyticsView>,
    Query(span): Query<SpanIn>,
) -> Reply<Json<AnalyticsAcquisition>> {
    let asked = span.read(&staff).await?;
    let met = acquisition::over_time(&asked.tx, &asked.span, asked.by).await?;
    Ok(Json(AnalyticsAcquisition {
        definition: acquisition::NEW_CUSTOMERS.to_owned(),
        total: met.iter().map(|(_, share)| share.of).sum(),
        points: met
            .into_iter()
            .map(|(bucket, share)| AcquisitionPoint { at: bucket.day, customers: share.of, bought: share.part })
            .collect(),
    }))
}

/// Who came back.
#[derive(Serialize, ToSchema)]
struct AnalyticsCustomers {
    definition: String,
    /// Of those who paid for an order in this time, those who have paid for two or more; from 0 to 1.
    repeat_rate: f64,
    /// On average; null if nobody ordered twice.
    days_between_orders: Option<f64>,
    /// Who paid for their only order in this time.
    new: i64,
    /// Who paid in this time and have paid for two or more orders in all.
    returning: i64,
    /// Customers who wrote in this time.
    active: i64,
}

/// Get who came back.
#[utoipa::path(get, path = "/analytics/customers", tag = "analytics")]
async fn get_customer_figures(
    staff: Staff<AnalyticsView>,
    Query(span): Query<SpanIn>,
) -> Reply<Json<AnalyticsCustomers>> {
    const DAY: i64 = 86_400_000;
    let asked = span.read(&staff).await?;
    let loyalty = customers::read(&asked.tx, &asked.span).await?;
    Ok(Json(AnalyticsCustomers {
        definition: format!("{REPEAT} {DAYS_BETWEEN}"),
        repeat_rate: ratio(loyalty.repeat),
        days_between_orders: loyalty.between.map(|part| ratio(Share { part, of: DAY })),
        new: loyalty.repeat.of - loyalty.repeat.part,
        returning: loyalty.repeat.part,
        active: loyalty.active.part,
    }))
}

/// How customers rated the shop.
#[derive(Serialize, ToSchema)]
struct AnalyticsSatisfaction {
    definition: String,
    /// Of the ratings, those of 4 and 5; from 0 to 1, null without ratings.
    score: Option<f64>,
    ratings: i64,
    /// 4 and 5.
    positive: i64,
    /// 3.
    neutral: i64,
    /// 1 and 2.
    negative: i64,
    points: Vec<SatisfactionPoint>,
}

/// How customers rated the shop in a day, week or month.
#[derive(Serialize, ToSchema)]
struct SatisfactionPoint {
    /// Its first day.
    at: Date,
    score: Option<f64>,
}

fn score(ratings: &Ratings) -> Option<f64> {
    (ratings.count() > 0).then(|| ratio(ratings.content()))
}

/// Get how customers rated the shop.
#[utoipa::path(get, path = "/analytics/satisfaction", tag = "analytics")]
async fn get_satisfaction_figures(
    staff: Staff<AnalyticsView>,
    Query(span): Query<SpanIn>,
) -> Reply<Json<AnalyticsSatisfaction>> {
    let asked = span.read(&staff).await?;
    let all = satisfaction::read(&asked.tx, &asked.span).await?;
    let points = satisfaction::over_time(&asked.tx, &asked.span, asked.by).await?;
    Ok(Json(AnalyticsSatisfaction {
        definition: satisfaction::RATINGS.to_owned(),
        score: score(&all),
        ratings: all.count(),
        positive: all.given[3] + all.given[4],
        neutral: all.given[2],
        negative: all.given[0] + all.given[1],
        points: points
            .iter()
            .map(|(bucket, ratings)| SatisfactionPoint { at: bucket.day, score: score(ratings) })
            .collect(),
    }))
}
