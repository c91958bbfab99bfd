//! The list of products as a table, which can be taken over again as it is.

use duka_kernel::Money;
use duka_store::pages::{
    Cursor,
    product::{self, Listing, VariantRow},
    products::{self, Sort},
};
use futures::stream;

use super::list::ProductsIn;
use crate::{
    csv::{self, Csv},
    describe::Route,
    extract::Query,
    problem::Reply,
    route,
    staff::{Staff, right::CatalogView},
};

pub fn routes() -> Vec<Route> {
    vec![route!(export_products)]
}

/// As a list of products calls them; a row is a size and colour. What else is known of a product stands behind them.
const COLUMNS: [&str; 10] =
    ["sku", "name", "description", "category", "price", "compare_at_price", "color", "size", "stock", "tags"];

/// Other names of these columns, by which nothing else may be called.
const TAKEN: [&str; 8] = ["colour", "colours", "colors", "sizes", "quantity", "image", "currency", "type"];

/// Where a table that is being sent goes on.
enum Next {
    Beginning,
    After(Cursor),
    End,
}

/// Get the products of the list as a table for spreadsheets, a row for each size and colour.
///
/// What is offered, if nothing is said. Taken over again as it is, it changes nothing.
#[utoipa::path(get, path = "/products/export", tag = "products")]
async fn export_products(staff: Staff<CatalogView>, Query(asked): Query<ProductsIn>) -> Reply<Csv> {
    let mut filter = asked.filter()?;
    filter.active = filter.active.or(Some(true));
    let tx = staff.read().await?;
    let low = tx.profile().await?.low_stock;
    let known = |name: &String| COLUMNS.contains(&name.as_str()) || TAKEN.contains(&name.as_str());
    let mut names: Vec<String> = product::attribute_names(&tx).await?.into_iter().collect();
    names.retain(|name| !known(&name.to_lowercase()));
    drop(tx);
    // Each part is a reading of its own: no view of the database is kept open for as long as somebody downloads.
    let parts =
        stream::try_unfold((staff, filter, names, Next::Beginning), move |(staff, filter, names, next)| async move {
            let mut text = Vec::new();
            let after = match next {
                Next::Beginning => {
                    text.extend(csv::line(COLUMNS.into_iter().chain(names.iter().map(String::as_str)))?);
                    None
                }
                Next::After(cursor) => Some(cursor),
                Next::End => return Ok(None),
            };
            let tx = staff.read().await?;
            let most = duka_store::pages::MOST;
            let page = products::list(&tx, &filter, low, Sort::Listed, after.as_ref(), most).await?;
            let listed = product::listings(&tx, page.items).await?;
            drop(tx);
            for product in &listed {
                for variant in &product.variants {
                    text.extend(line(product, variant, &names)?);
                }
            }
            let next = page.next.map_or(Next::End, Next::After);
            Ok(Some((text, (staff, filter, names, next))))
        });
    Ok(Csv::of("products", parts))
}

fn line(product: &Listing, variant: &VariantRow, names: &[String]) -> Reply<Vec<u8>> {
    let row = &product.row;
    let colours: Vec<&str> = match variant.colour {
        Some(colour) => vec![colour.name()],
        None => product.colours.iter().map(|colour| colour.name()).collect(),
    };
    let cells = [
        row.sku.clone(),
        row.name.clone(),
        product.description.clone(),
        row.category.clone(),
        amount(variant.price),
        row.compare_at.map(amount).unwrap_or_default(),
        colours.join("|"),
        variant.size.to_string(),
        variant.on_hand.to_string(),
        tags(&product.tags),
    ];
    let others = names.iter().map(|name| product.attributes.get(name).map_or("", String::as_str));
    csv::line(cells.iter().map(String::as_str).chain(others))
}

/// In whole units, as a list has it.
fn amount(amount: Money) -> String {
    let unit = amount.currency.minor_per_major();
    let (whole, rest) = (amount.minor / unit, amount.minor % unit);
    if rest == 0 { whole.to_string() } else { format!("{whole}.{rest:02}") }
}

/// A single one with a comma in it would be read as several.
fn tags(tags: &[String]) -> String {
    match tags {
        [only] if only.contains([',', ';']) => format!("{only}|"),
        tags => tags.join("|"),
    }
}
