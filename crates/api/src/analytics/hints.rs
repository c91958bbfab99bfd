//! What the shop could do to sell more, in the language of whoever asks.

use duka_store::analytics::{
    Share,
    hints::{self, HINTS, Hint},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{SpanIn, ratio};
use crate::{
    describe::Route,
    extract::{Json, Query},
    problem::Reply,
    route,
    shapes::speaks_swahili,
    staff::{Staff, right::AnalyticsView},
};

pub fn routes() -> Vec<Route> {
    vec![route!(get_hints)]
}

/// What the figures suggest.
#[derive(Serialize, ToSchema)]
struct AnalyticsHints {
    definition: String,
    /// The most pressing first.
    hints: Vec<HintOut>,
}

/// Something that the shop could do.
#[derive(Serialize, ToSchema)]
struct HintOut {
    /// `restock`, `running_out`, `not_selling`, `failing_payments`, `busy_when_closed`, `proposals` or `unpaid`.
    kind: &'static str,
    title: String,
    /// The figures it rests on.
    text: String,
    /// The page where they are, or where something can be done.
    link: String,
}

/// Get what the figures suggest.
#[utoipa::path(get, path = "/analytics/hints", tag = "analytics")]
async fn get_hints(staff: Staff<AnalyticsView>, Query(span): Query<SpanIn>) -> Reply<Json<AnalyticsHints>> {
    let asked = span.read(&staff).await?;
    let found = hints::read(&asked.tx, &asked.span, &asked.shop, staff.now()).await?;
    drop(asked);
    let swahili = speaks_swahili(&staff).await?;
    let hints = found.iter().map(|hint| if swahili { in_swahili(hint) } else { in_english(hint) }).collect();
    Ok(Json(AnalyticsHints { definition: HINTS.to_owned(), hints }))
}

const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const SIKU: [&str; 7] = ["Jumatatu", "Jumanne", "Jumatano", "Alhamisi", "Ijumaa", "Jumamosi", "Jumapili"];

fn percent(share: Share) -> String {
    format!("{:.0} %", ratio(share) * 100.0)
}

/// The kind of a hint and the page of it.
fn place(hint: &Hint) -> (&'static str, String) {
    let product = |id: &duka_kernel::ProductId| format!("/products/{id}");
    match hint {
        Hint::Restock { product: id, .. } => ("restock", product(id)),
        Hint::RunningOut { product: id, .. } => ("running_out", product(id)),
        Hint::NotSelling { product: id, .. } => ("not_selling", product(id)),
        Hint::FailingPayments { .. } => ("failing_payments", "/money".to_owned()),
        Hint::BusyWhenClosed { .. } => ("busy_when_closed", "/settings/hours".to_owned()),
        Hint::Proposals { .. } => ("proposals", "/knowledge".to_owned()),
        Hint::Unpaid { .. } => ("unpaid", "/orders?state=expired".to_owned()),
    }
}

fn told(hint: &Hint, title: String, text: String) -> HintOut {
    let (kind, link) = place(hint);
    HintOut { kind, title, text, link }
}

fn in_english(hint: &Hint) -> HintOut {
    let (title, text) = match hint {
        Hint::Restock { name, waiting, .. } => (
            format!("Restock {name}"),
            format!("Sold out, and customers who wait to be told when it is back: {waiting}."),
        ),
        Hint::RunningOut { name, left, sold, days, .. } => {
            (format!("{name} will soon be gone"), format!("Sold {sold} in {days} days; {left} left."))
        }
        Hint::NotSelling { name, left, .. } => {
            (format!("Nobody buys {name}"), format!("{left} in stock and none sold in this time."))
        }
        Hint::FailingPayments { failed, reason } => (
            "Many payments do not work".to_owned(),
            match reason {
                Some(reason) => {
                    format!("{} of {} failed, most often: {}.", failed.part, failed.of, reason.replace('_', " "))
                }
                None => format!("{} of {} failed.", failed.part, failed.of),
            },
        ),
        Hint::BusyWhenClosed { weekday, hour, messages } => (
            format!("Customers write on {} at {hour}:00, when you are closed", DAYS[*weekday % 7]),
            format!("{} of all messages came in that hour, more than in any other.", percent(*messages)),
        ),
        Hint::Proposals { waiting } => {
            ("There are answers to approve".to_owned(), format!("Proposals that wait: {waiting}."))
        }
        Hint::Unpaid { orders } => (
            "Many orders are never paid".to_owned(),
            format!("{} of {} orders ran out of time ({}).", orders.part, orders.of, percent(*orders)),
        ),
    };
    told(hint, title, text)
}

fn in_swahili(hint: &Hint) -> HintOut {
    let (title, text) = match hint {
        Hint::Restock { name, waiting, .. } => {
            (format!("Ongeza {name}"), format!("Imeisha, na wateja wanaosubiri kuambiwa ikirudi ni {waiting}."))
        }
        Hint::RunningOut { name, left, sold, days, .. } => {
            (format!("{name} itaisha hivi karibuni"), format!("Zimeuzwa {sold} kwa siku {days}; zimebaki {left}."))
        }
        Hint::NotSelling { name, left, .. } => {
            (format!("Hakuna anayenunua {name}"), format!("Ziko {left} na hakuna iliyouzwa kipindi hiki."))
        }
        Hint::FailingPayments { failed, reason } => (
            "Malipo mengi hayafaulu".to_owned(),
            match reason {
                Some(reason) => {
                    format!(
                        "{} kati ya {} hayakufaulu, mara nyingi: {}.",
                        failed.part,
                        failed.of,
                        reason.replace('_', " ")
                    )
                }
                None => format!("{} kati ya {} hayakufaulu.", failed.part, failed.of),
            },
        ),
        Hint::BusyWhenClosed { weekday, hour, messages } => (
            format!("Wateja huandika {} saa {hour}:00, ukiwa umefunga", SIKU[*weekday % 7]),
            format!("{} ya ujumbe wote ulikuja saa hiyo, kuliko saa nyingine yoyote.", percent(*messages)),
        ),
        Hint::Proposals { waiting } => {
            ("Kuna majibu ya kuidhinisha".to_owned(), format!("Mapendekezo yanayosubiri: {waiting}."))
        }
        Hint::Unpaid { orders } => (
            "Oda nyingi hazilipwi".to_owned(),
            format!("Oda {} kati ya {} ziliisha muda ({}).", orders.part, orders.of, percent(*orders)),
        ),
    };
    told(hint, title, text)
}
