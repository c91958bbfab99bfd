//! Shopify's product export: rows of one handle are one product, rows without a variant are further pictures.
//! Column names as in <https://help.shopify.com/en/manual/products/import-export/using-csv>, older and newer.

use std::collections::{BTreeMap, BTreeSet};

use duka_kernel::{Colour, Currency, Size};

use super::{
    RowError,
    assemble::{Assembler, Head, Piece},
    cells,
    mapping::Known,
    table::{Cells, Table},
};

const HANDLE: &[&str] = &["handle", "url handle"];
const TITLE: &[&str] = &["title"];
const PRICE: &[&str] = &["variant price", "price"];
const COMPARE_AT: &[&str] = &["variant compare at price", "compare-at price", "compare at price"];
const SKU: &[&str] = &["variant sku", "sku"];
const STOCK: &[&str] = &["variant inventory qty", "inventory quantity"];
const OPTIONS: [[&[&str]; 2]; 3] = [
    [&["option1 name"], &["option1 value"]],
    [&["option2 name"], &["option2 value"]],
    [&["option3 name"], &["option3 value"]],
];

/// What a person may choose a column for. Sizes and colours are options, which have columns of their own.
pub(super) const FIELDS: &[Known] = &[
    Known::needed("handle", HANDLE, &[]),
    Known::needed("name", TITLE, &[]),
    Known::needed("price", PRICE, &[]),
    Known::may("sku", SKU, &[]),
    Known::may("stock", STOCK, &[]),
    Known::may("category", &["type"], &["product category"]),
    Known::may("description", &["body (html)", "body html", "description"], &[]),
    Known::may("tags", &["tags"], &[]),
    Known::may("compare_at", COMPARE_AT, &[]),
];

/// Whether a header is Shopify's.
pub(super) fn is_export(table: &Table) -> bool {
    table.has(HANDLE) && table.has(TITLE) && table.has(&["option1 value", "variant price"])
}

/// What the options of a row come to.
struct Chosen {
    size: Size,
    colour: Option<Colour>,
    unknown_colour: Option<String>,
}

/// Reads the rows of an export.
pub(super) fn read(table: &Table, currency: Currency, into: &mut Assembler) {
    let skus = skus(table);
    let mut names: BTreeMap<String, [String; 3]> = BTreeMap::new();
    let mut left_out: BTreeSet<String> = BTreeSet::new();
    for row in table.cells() {
        let handle = row.get(HANDLE).to_lowercase();
        if handle.is_empty() {
            into.error(row.error(HANDLE, "missing: rows are put together by it"));
            continue;
        }
        let status = row.get(&["status"]).to_lowercase();
        let published = row.get(&["published", "published on online store"]).to_lowercase();
        if ["draft", "archived", "unlisted"].contains(&status.as_str()) || published == "false" {
            left_out.insert(handle.clone());
        }
        if left_out.contains(&handle) {
            into.file.skipped += 1;
            continue;
        }
        // Option names stand in the first row of a product only.
        let names = names.entry(handle.clone()).or_default();
        for (known, [name, _]) in names.iter_mut().zip(OPTIONS) {
            if known.is_empty() {
                *known = row.get(name).to_lowercase();
            }
        }
        let chosen = chosen(row, names);
        let compare_at = into.compare_at(row, COMPARE_AT, currency);
        let head = Head { compare_at, ..head(row, &handle, skus.get(&handle), &chosen) };
        into.head(&handle, row.line(), head);
        let is_picture_only = row.get(PRICE).is_empty() && row.get(OPTIONS[0][1]).is_empty() && row.get(SKU).is_empty();
        if is_picture_only && row.get(TITLE).is_empty() {
            continue;
        }
        if let Some(colour) = &chosen.unknown_colour {
            into.warning(row.error(&[], format!("{colour} is not a colour Duka knows: kept as it is")));
        }
        let pieces = piece(row, currency, chosen, into).map(|piece| vec![piece]);
        into.pieces(&handle, row, pieces);
    }
}

fn head(row: Cells<'_>, handle: &str, sku: Option<&String>, chosen: &Chosen) -> Head {
    let mut attributes = BTreeMap::from([("handle".to_owned(), handle.to_owned())]);
    for (name, column) in [("brand", &["vendor"][..]), ("colour", &[][..])] {
        let value = if name == "colour" { chosen.unknown_colour.as_deref().unwrap_or("") } else { row.get(column) };
        if !value.is_empty() {
            attributes.insert(name.to_owned(), value.to_owned());
        }
    }
    let category = [row.get(&["type"]), row.get(&["product category"])].into_iter().find(|text| !text.is_empty());
    let image = row.get(&["image src", "product image url", "variant image"]);
    Head {
        sku: sku.cloned().unwrap_or_else(|| handle.to_uppercase()),
        name: row.get(TITLE).to_owned(),
        description: cells::plain(row.get(&["body (html)", "body html", "description"])),
        category: cells::category(category.unwrap_or("")),
        tags: cells::list(row.get(&["tags"]), &[',']),
        attributes,
        colours: chosen.colour.into_iter().collect(),
        compare_at: None,
        image: Some(image.to_owned()).filter(|image| !image.is_empty()),
    }
}

/// The one stock-keeping unit of each product that has only one. Products whose variants have their own go by
/// their handle, which stays when variants come and go.
fn skus(table: &Table) -> BTreeMap<String, String> {
    let mut skus: BTreeMap<String, Option<String>> = BTreeMap::new();
    for row in table.cells() {
        let sku = row.get(SKU);
        if !sku.is_empty() {
            skus.entry(row.get(HANDLE).to_lowercase())
                .and_modify(|known| {
                    if known.as_deref() != Some(sku) {
                        *known = None;
                    }
                })
                .or_insert_with(|| Some(sku.to_owned()));
        }
    }
    skus.into_iter().filter_map(|(handle, sku)| Some((handle, sku?))).collect()
}

/// Size and colour of a row's options. An option of another kind (material, length) becomes part of the size,
/// because it is what customers have to choose by.
fn chosen(row: Cells<'_>, names: &[String; 3]) -> Chosen {
    let mut chosen = Chosen { size: Size::one(), colour: None, unknown_colour: None };
    let mut size: Vec<&str> = Vec::new();
    for (name, [_, value]) in names.iter().zip(OPTIONS) {
        let value = row.get(value);
        if value.is_empty() || value.eq_ignore_ascii_case("default title") {
            continue;
        }
        if name.contains("colo") {
            chosen.colour = cells::colour(value);
            chosen.unknown_colour = chosen.colour.is_none().then(|| value.to_owned());
            if chosen.colour.is_none() {
                size.push(value);
            }
        } else if name.contains("size") {
            size.insert(0, value);
        } else {
            size.push(value);
        }
    }
    chosen.size = Size::parse(&size.join(" "));
    chosen
}

fn piece(row: Cells<'_>, currency: Currency, chosen: Chosen, into: &mut Assembler) -> Result<Piece, RowError> {
    let price = cells::price(row.get(PRICE), currency).map_err(|why| row.error(PRICE, why))?;
    let stock = platform_stock(row, STOCK, into)?;
    Ok(Piece { size: chosen.size, colour: chosen.colour, price, stock })
}

/// Stock as platforms export it: nothing where it is not counted, less than 0 where more was sold than there was.
pub(super) fn platform_stock(row: Cells<'_>, column: &[&str], into: &mut Assembler) -> Result<u32, RowError> {
    let text = row.get(column);
    if text.is_empty() {
        into.warning(row.error(column, "stock is not counted: taken as sold out until it is"));
        return Ok(0);
    }
    if text.strip_prefix('-').is_some_and(|digits| digits.parse::<u32>().is_ok()) {
        into.warning(row.error(column, format!("{text} in stock: taken as sold out")));
        return Ok(0);
    }
    cells::stock(text).map_err(|why| row.error(column, why))
}
