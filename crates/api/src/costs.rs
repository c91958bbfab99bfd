//! What language models cost the shop.

use duka_kernel::{Currency, Timestamp};
use duka_store::model_calls::CostsBy;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    describe::Route,
    extract::Json,
    problem::{Problem, Reply},
    route,
    shapes::zone,
    staff::{Staff, right::SettingsManage},
};

/// Millionths of a dollar in a cent.
const MICROS_PER_CENT: i64 = 10_000;

pub fn routes() -> Vec<Route> {
    vec![route!(get_costs)]
}

/// What language models cost this month. Amounts are in millionths of a US dollar.
#[derive(Serialize, ToSchema)]
struct CostsOut {
    /// The month of the shop's calendar, such as `2026-11`.
    month: String,
    spent_micros: i64,
    /// What may be spent in a month, if the shop set a limit.
    budget_micros: Option<i64>,
    /// By model, the dearest first.
    items: Vec<ModelCost>,
}

/// What a model cost.
#[derive(Serialize, ToSchema)]
struct ModelCost {
    model: String,
    calls: i64,
    cost_micros: i64,
}

/// Get what language models cost this month.
#[utoipa::path(get, path = "/costs", tag = "settings")]
async fn get_costs(staff: Staff<SettingsManage>) -> Reply<Json<CostsOut>> {
    let tx = staff.read().await?;
    let shop = tx.profile().await?;
    let (now, zone) = (staff.now(), zone(&shop));
    let first = now.in_zone(&zone).date().first_of_month();
    let begun = first.to_zoned(zone).map_err(Problem::internal)?;
    let rows = tx.model_costs(CostsBy::Model, Timestamp::from(begun.timestamp()), now.plus_millis(1)).await?;
    let budget = shop.models.monthly_budget.filter(|budget| budget.currency == Currency::Usd);
    Ok(Json(CostsOut {
        month: first.strftime("%Y-%m").to_string(),
        spent_micros: rows.iter().map(|row| row.cost_micro_usd).sum(),
        budget_micros: budget.map(|budget| budget.minor.saturating_mul(MICROS_PER_CENT)),
        items: rows
            .into_iter()
            .map(|row| ModelCost { model: row.key, calls: row.calls, cost_micros: row.cost_micro_usd })
            .collect(),
    }))
}
