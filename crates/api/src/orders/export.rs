//! The list of orders as a table.

use duka_store::pages::{Cursor, orders};
use futures::stream;

use super::{OrderRowOut, OrdersIn};
use crate::{
    csv::{self, Csv},
    describe::Route,
    extract::Query,
    problem::Reply,
    route,
    staff::{Staff, right::OrdersView},
};

pub fn routes() -> Vec<Route> {
    vec![route!(export_orders)]
}

const COLUMNS: [&str; 9] =
    ["number", "placed_at", "customer", "phone", "state", "payment", "items", "total", "currency"];

/// Where a table that is being sent goes on.
enum Next {
    Beginning,
    After(Cursor),
    End,
}

/// Get the orders of the list as a table for spreadsheets, all of them.
#[utoipa::path(get, path = "/orders/export", tag = "orders")]
async fn export_orders(staff: Staff<OrdersView>, Query(asked): Query<OrdersIn>) -> Reply<Csv> {
    let shop = staff.read().await?.profile().await?;
    let (filter, sort) = asked.read(&shop)?;
    let currency = shop.currency.code();
    // Each part is a reading of its own: no view of the database is kept open for as long as somebody downloads.
    let parts = stream::try_unfold((staff, filter, Next::Beginning), move |(staff, filter, next)| async move {
        let mut text = Vec::new();
        let after = match next {
            Next::Beginning => {
                text.extend(csv::line(COLUMNS)?);
                None
            }
            Next::After(cursor) => Some(cursor),
            Next::End => return Ok(None),
        };
        let tx = staff.read().await?;
        let page = orders::list(&tx, &filter, sort, after.as_ref(), duka_store::pages::MOST).await?;
        drop(tx);
        for row in page.items.into_iter().map(OrderRowOut::from) {
            text.extend(line(&row, currency)?);
        }
        let next = page.next.map_or(Next::End, Next::After);
        Ok(Some((text, (staff, filter, next))))
    });
    Ok(Csv::of("orders", parts))
}

fn line(row: &OrderRowOut, currency: &str) -> Reply<Vec<u8>> {
    let total = format!("{}.{:02}", row.total / 100, row.total % 100);
    let cells = [
        row.number.as_str(),
        &row.placed_at.to_string(),
        row.customer.name.as_deref().unwrap_or_default(),
        &row.customer.phone,
        row.state.0.name(),
        row.payment_state.map_or("", |state| state.0.name()),
        &row.items_count.to_string(),
        &total,
        currency,
    ];
    csv::line(cells)
}
