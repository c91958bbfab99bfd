//! The shop's figures over a time. Each comes with its definition in a sentence; the rules are in
//! `duka_store::analytics`.

mod hints;
mod people;
mod sales;
mod work;

use duka_shop::ShopProfile;
use duka_store::{
    Tx,
    analytics::{By, Share, Span},
};
use jiff::{ToSpan, civil::Date};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use crate::{
    describe::Route,
    principal::AtShop,
    problem::{Problem, Reply},
    shapes::zone,
};

/// Days of figures if nothing is said.
const USUAL_DAYS: i32 = 30;

pub fn routes() -> Vec<Route> {
    [sales::routes(), people::routes(), work::routes(), hints::routes()].into_iter().flatten().collect()
}

/// Which time.
#[derive(Clone, Deserialize, IntoParams)]
struct SpanIn {
    /// The first day of the shop's calendar; 29 days before the last if nothing is said.
    from: Option<Date>,
    /// The last day; today if nothing is said. At most 800 days after the first.
    to: Option<Date>,
    /// What the points are: days if nothing is said.
    #[param(inline)]
    by: Option<ByIn>,
}

/// What figures are given by.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum ByIn {
    Day,
    Week,
    Month,
}

/// A shop's figures being read.
struct Asked {
    tx: Tx,
    shop: ShopProfile,
    span: Span,
    by: By,
}

impl SpanIn {
    async fn read(&self, at: &AtShop) -> Reply<Asked> {
        let tx = at.read().await?;
        let shop = tx.profile().await?;
        let zone = zone(&shop);
        let last = self.to.unwrap_or_else(|| at.now().in_zone(&zone).date());
        let first = self.from.unwrap_or_else(|| last.saturating_sub((USUAL_DAYS - 1).days()));
        let span = Span::new(first, last, zone);
        let span = span.ok_or_else(|| Problem::field("/to", "has to be 0 to 799 days after the first day"))?;
        let by = match self.by {
            None | Some(ByIn::Day) => By::Day,
            Some(ByIn::Week) => By::Week,
            Some(ByIn::Month) => By::Month,
        };
        Ok(Asked { tx, shop, span, by })
    }
}

/// A share as a number from 0 to 1; 0 of nothing.
fn ratio(share: Share) -> f64 {
    // Counts are far below what a float holds exactly.
    #[allow(clippy::cast_precision_loss, reason = "counts")]
    if share.of == 0 { 0.0 } else { share.part as f64 / share.of as f64 }
}
