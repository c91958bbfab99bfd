//! How much is written and how soon it is answered, how well the assistant works, how services are booked.

use duka_store::analytics::{
    By, Share,
    assistant::{self, COMPLETED, HANDED_OVER, MINUTES_SAVED, SOLD_BY_ASSISTANT, UNDERSTOOD},
    hours::{self, BUSY},
    messages::{self, RESPONSE, VOLUME},
    revenue,
    services::{self, USED, WORTH},
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
    vec![route!(get_message_figures), route!(get_assistant_figures), route!(get_service_figures)]
}

/// How much is written.
#[derive(Serialize, ToSchema)]
struct AnalyticsMessages {
    definition: String,
    points: Vec<MessagesPoint>,
    /// Half of the messages were answered within so many milliseconds; 0 if none was.
    p50_millis: i64,
    /// 19 of 20 were.
    p95_millis: i64,
    /// Messages that came in by the hour of the shop's clock, 24 of them.
    busiest: Vec<HourCount>,
}

/// How much was written in a day, week or month.
#[derive(Serialize, ToSchema)]
struct MessagesPoint {
    /// Its first day.
    at: Date,
    incoming: i64,
    outgoing: i64,
}

/// Messages of an hour.
#[derive(Serialize, ToSchema)]
struct HourCount {
    hour: i64,
    count: i64,
}

/// Get how much is written and how soon it is answered.
#[utoipa::path(get, path = "/analytics/messages", tag = "analytics")]
async fn get_message_figures(
    staff: Staff<AnalyticsView>,
    Query(span): Query<SpanIn>,
) -> Reply<Json<AnalyticsMessages>> {
    let asked = span.read(&staff).await?;
    let volume = messages::over_time(&asked.tx, &asked.span, asked.by).await?;
    let answered = messages::response(&asked.tx, &asked.span).await?;
    let busy = hours::read(&asked.tx, &asked.span).await?;
    let hour = |hour: usize| busy.0.iter().map(|day| day[hour]).sum();
    Ok(Json(AnalyticsMessages {
        definition: format!("{VOLUME} {RESPONSE} {BUSY}"),
        points: volume
            .into_iter()
            .map(|one| MessagesPoint { at: one.bucket.day, incoming: one.heard, outgoing: one.said })
            .collect(),
        p50_millis: answered.p50.unwrap_or(0),
        p95_millis: answered.p95.unwrap_or(0),
        busiest: (0..24).zip(0..).map(|(at, number)| HourCount { hour: number, count: hour(at) }).collect(),
    }))
}

/// How well the assistant works. Shares are from 0 to 1.
#[derive(Serialize, ToSchema)]
struct AnalyticsAssistant {
    definition: String,
    /// Messages that it dealt with.
    turns: i64,
    understood: f64,
    completed: f64,
    handed_over: f64,
    minutes_saved: i64,
    /// Of all that was sold, what it sold.
    sales_share: f64,
}

/// Get how well the assistant works.
#[utoipa::path(get, path = "/analytics/assistant", tag = "analytics")]
async fn get_assistant_figures(
    staff: Staff<AnalyticsView>,
    Query(span): Query<SpanIn>,
) -> Reply<Json<AnalyticsAssistant>> {
    let asked = span.read(&staff).await?;
    let quality = assistant::read(&asked.tx, &asked.span, asked.shop.currency).await?;
    let sales = revenue::over_time(&asked.tx, &asked.span, By::Month, asked.shop.currency).await?;
    let sold: i64 = sales.iter().map(|(_, sales)| sales.revenue.minor).sum();
    Ok(Json(AnalyticsAssistant {
        definition: format!(
            "Understood: {UNDERSTOOD} Completed: {COMPLETED} Handed over: {HANDED_OVER} Sold by the assistant, of all \
             that was sold: {SOLD_BY_ASSISTANT} Time saved: {MINUTES_SAVED}"
        ),
        turns: quality.understood.of,
        understood: ratio(quality.understood),
        completed: ratio(quality.completed),
        handed_over: ratio(quality.handed_over),
        minutes_saved: quality.minutes_saved,
        sales_share: ratio(Share { part: quality.sold.minor, of: sold }),
    }))
}

/// How services are booked.
#[derive(Serialize, ToSchema)]
struct AnalyticsServices {
    definition: String,
    items: Vec<ServiceFigures>,
}

/// How a service is booked.
#[derive(Serialize, ToSchema)]
struct ServiceFigures {
    name: String,
    /// Appointments kept or still booked.
    booked: i64,
    cancelled: i64,
    /// Of the minutes in which it is offered, from 0 to 1.
    utilisation: f64,
    /// In minor units.
    revenue: i64,
}

/// Get how services are booked.
#[utoipa::path(get, path = "/analytics/services", tag = "analytics")]
async fn get_service_figures(
    staff: Staff<AnalyticsView>,
    Query(span): Query<SpanIn>,
) -> Reply<Json<AnalyticsServices>> {
    let asked = span.read(&staff).await?;
    let used = services::read(&asked.tx, &asked.span, &asked.shop).await?;
    let figures = |row: services::Use| ServiceFigures {
        name: row.name,
        booked: row.booked,
        cancelled: row.cancelled,
        utilisation: ratio(row.minutes),
        revenue: row.worth.minor,
    };
    Ok(Json(AnalyticsServices {
        definition: format!("{USED} Revenue: {WORTH}"),
        items: used.into_iter().map(figures).collect(),
    }))
}
