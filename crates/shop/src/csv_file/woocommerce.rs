//! WooCommerce's product export: simple products, and variable ones with a row for each variation.
//! Column names as in <https://woocommerce.com/document/product-csv-importer-exporter/>.

use std::collections::{BTreeMap, BTreeSet};

use duka_kernel::{Colour, Currency, Size};

use super::{
    RowError,
    assemble::{Assembler, Head, Piece},
    cells,
    mapping::Known,
    shopify::platform_stock,
    table::{Cells, Table},
};

const SKU: &[&str] = &["sku"];
const NAME: &[&str] = &["name"];
const TYPE: &[&str] = &["type"];
const PARENT: &[&str] = &["parent"];
const PRICE: &[&str] = &["regular price"];
const STOCK: &[&str] = &["stock"];

/// What a person may choose a column for. Sizes and colours are attributes, which have columns of their own.
pub(super) const FIELDS: &[Known] = &[
    Known::needed("name", NAME, &[]),
    Known::needed("price", PRICE, &[]),
    Known::may("sku", SKU, &[]),
    Known::may("stock", STOCK, &[]),
    Known::may("category", &["categories"], &[]),
    Known::may("description", &["short description", "description"], &[]),
    Known::may("tags", &["tags"], &[]),
];

/// Whether a header is WooCommerce's.
pub(super) fn is_export(table: &Table) -> bool {
    table.has(PRICE) && table.has(NAME) && table.has(&["type", "published", "parent", "categories"])
}

/// Reads the rows of an export.
pub(super) fn read(table: &Table, currency: Currency, into: &mut Assembler) {
    let mut left_out: BTreeSet<String> = BTreeSet::new();
    for row in table.cells() {
        let kind = row.get(TYPE).to_lowercase();
        // "simple, virtual" is a simple product.
        let kind = kind.split(',').next().unwrap_or_default().trim().to_owned();
        let is_variation = kind == "variation";
        let key = if is_variation { parent_key(row.get(PARENT)) } else { own_key(row) };
        let Some(key) = key else {
            let message =
                if is_variation { "missing: the product it varies" } else { "missing: every product needs a sku" };
            into.error(row.error(if is_variation { PARENT } else { SKU }, message));
            continue;
        };
        let is_hidden = matches!(row.get(&["published"]), "0" | "-1" | "no" | "false");
        if is_hidden || matches!(kind.as_str(), "grouped" | "external") || left_out.contains(&key) {
            if !is_variation {
                left_out.extend([key].into_iter().chain(id_key(row)));
            }
            into.file.skipped += 1;
            continue;
        }
        let (size, colours, unknown) = attributes(row);
        // A variation may name its parent by id where the parent has a sku.
        let key = into.resolve(&key);
        if !is_variation && let Some(alias) = id_key(row) {
            into.alias(alias, &key);
        }
        into.head(&key, row.line(), head(row, &key, is_variation, &colours, unknown));
        if kind != "variable" {
            let colour = if let [only] = colours.as_slice() { Some(*only) } else { None };
            let pieces = piece(row, currency, size, colour, into).map(|piece| vec![piece]);
            into.pieces(&key, row, pieces);
        }
    }
}

/// The key of a product: its sku, otherwise its id.
fn own_key(row: Cells<'_>) -> Option<String> {
    match row.get(SKU) {
        "" => id_key(row),
        sku => Some(sku.to_uppercase()),
    }
}

fn id_key(row: Cells<'_>) -> Option<String> {
    let id = row.get(&["id"]);
    (!id.is_empty()).then(|| format!("ID:{id}"))
}

/// The key of a variation's product: `id:12` or its sku.
fn parent_key(parent: &str) -> Option<String> {
    (!parent.is_empty()).then(|| parent.to_uppercase())
}

fn head(row: Cells<'_>, key: &str, is_variation: bool, colours: &[Colour], unknown: Option<String>) -> Head {
    let mut attributes: BTreeMap<String, String> = BTreeMap::new();
    attributes.extend(unknown.map(|colour| ("colour".to_owned(), colour)));
    let brand = row.get(&["brands", "brand"]);
    if !brand.is_empty() {
        attributes.insert("brand".to_owned(), brand.to_owned());
    }
    let description = [row.get(&["short description"]), row.get(&["description"])];
    let description = description.into_iter().find(|text| !text.is_empty()).unwrap_or("");
    let categories = cells::list(row.get(&["categories"]), &[',']);
    // A variation's own name is its parent's with the size behind it, and its sku is its own.
    let own = |text: &str| if is_variation { String::new() } else { text.to_owned() };
    Head {
        sku: if is_variation {
            String::new()
        } else {
            key.strip_prefix("ID:").map_or_else(|| row.get(SKU).to_owned(), |id| format!("WC-{id}"))
        },
        name: own(row.get(NAME)),
        description: own(&cells::plain(&description.replace("\\n", " "))),
        category: cells::category(categories.first().map_or("", String::as_str)),
        tags: cells::list(row.get(&["tags"]), &[',']),
        attributes,
        colours: colours.to_vec(),
        compare_at: None,
        image: cells::list(row.get(&["images"]), &[',']).into_iter().next(),
    }
}

/// Size, colours and unknown colours among the attributes of a row. A parent lists all values of an attribute, a
/// variation has one of each.
fn attributes(row: Cells<'_>) -> (Size, Vec<Colour>, Option<String>) {
    let (mut sizes, mut colours, mut unknown) = (Vec::new(), Vec::new(), None);
    for i in 1..=6 {
        let name = row.get(&[&format!("attribute {i} name")]).to_lowercase();
        let value = row.get(&[&format!("attribute {i} value(s)"), &format!("attribute {i} value")]);
        if name.is_empty() || value.is_empty() {
            continue;
        }
        if name.contains("colo") {
            let (known, words) = cells::colours(value);
            colours.extend(known);
            unknown = (!words.is_empty()).then(|| words.join(", "));
        } else if name.contains("size") {
            sizes = cells::list(value, &[',']);
        }
    }
    let size = if let [only] = sizes.as_slice() { Size::parse(only) } else { Size::one() };
    (size, colours, unknown)
}

fn piece(
    row: Cells<'_>,
    currency: Currency,
    size: Size,
    colour: Option<Colour>,
    into: &mut Assembler,
) -> Result<Piece, RowError> {
    let price = cells::price(row.get(PRICE), currency).map_err(|why| row.error(PRICE, why))?;
    let stock = platform_stock(row, STOCK, into)?;
    Ok(Piece { size, colour, price, stock })
}
