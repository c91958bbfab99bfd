//! Our own columns: one row a variant, or all variants in one row as `S:3|M:5|L:0`.

use duka_kernel::Currency;

use super::{
    RowError,
    assemble::{Assembler, Head, Piece},
    cells,
    mapping::{Known, code_of},
    table::{Cells, Table},
};

const SKU: &[&str] = &["sku", "product code", "code"];
const NAME: &[&str] = &["name", "product name", "title", "product"];
const DESCRIPTION: &[&str] = &["description", "details"];
const CATEGORY: &[&str] = &["category", "type"];
const PRICE: &[&str] = &["price", "unit price", "selling price"];
const COMPARE_AT: &[&str] =
    &["compare_at_price", "compare at price", "compare-at price", "compare_at", "was", "old price", "original price"];
const CURRENCY: &[&str] = &["currency"];
const COLOUR: &[&str] = &["color", "colour", "colors", "colours"];
const SIZE: &[&str] = &["sizes", "size"];
const STOCK: &[&str] = &["stock", "quantity", "qty"];
const TAGS: &[&str] = &["tags", "keywords"];
const IMAGE: &[&str] = &["image", "images", "picture", "photo"];
/// What a person may choose a column for.
pub(super) const FIELDS: &[Known] = &[
    Known::needed("name", NAME, &["jina", "bidhaa", "item", "item name", "article"]),
    Known::needed("price", PRICE, &["bei", "amount", "rate", "kes", "ksh"]),
    Known::may("sku", SKU, &["item code", "item no", "barcode", "ref", "reference"]),
    Known::may("stock", STOCK, &["idadi", "inventory", "in stock", "on hand", "pieces", "available", "count"]),
    Known::may("size", SIZE, &["saizi"]),
    Known::may("colour", COLOUR, &["rangi"]),
    Known::may("category", CATEGORY, &["aina", "department", "collection"]),
    Known::may("description", DESCRIPTION, &["maelezo"]),
    Known::may("tags", TAGS, &["labels"]),
    Known::may("compare_at", COMPARE_AT, &["bei ya zamani"]),
];
const KNOWN: [&[&str]; 12] =
    [SKU, NAME, DESCRIPTION, CATEGORY, PRICE, COMPARE_AT, CURRENCY, COLOUR, SIZE, STOCK, TAGS, IMAGE];

/// Reads the rows of a table with our own columns.
pub(super) fn read(table: &Table, currency: Currency, into: &mut Assembler) {
    let needed = [("sku", SKU), ("name", NAME), ("price", PRICE)];
    let is_made = |name: &str| name == "sku" && table.names_are_codes;
    let missing = needed.iter().filter(|(name, names)| !table.has(names) && !is_made(name));
    let missing: Vec<&str> = missing.map(|(name, _)| *name).collect();
    if !missing.is_empty() {
        let message = format!("no column {}; the header is: {}", missing.join(", "), table.header_line());
        into.error(RowError { line: 1, column: None, message });
        return;
    }
    for cells in table.cells() {
        row(cells, currency, into);
    }
}

fn row(row: Cells<'_>, currency: Currency, into: &mut Assembler) {
    let made = if row.names_are_codes() { code_of(row.get(NAME)) } else { String::new() };
    let sku = if row.names_are_codes() { made.as_str() } else { row.get(SKU) };
    if sku.is_empty() {
        return into.error(row.error(SKU, "missing: every product needs a sku"));
    }
    let (key, name) = (sku.to_uppercase(), row.get(NAME));
    let other = into.name_of(&key).filter(|(known, _)| !name.is_empty() && !known.eq_ignore_ascii_case(name));
    if let Some((known, line)) = other {
        let message = format!("{sku} is {known:?} in line {line}: give each product a sku of its own");
        return into.error(row.error(NAME, message));
    }
    let (colours, unknown) = cells::colours(row.get(COLOUR));
    let mut attributes: std::collections::BTreeMap<_, _> =
        row.others(&KNOWN).map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    if !unknown.is_empty() {
        let message = format!("{} is not a colour Duka knows: kept as it is", unknown.join(", "));
        into.warning(row.error(COLOUR, message));
        attributes.insert("colour".to_owned(), row.get(COLOUR).to_owned());
    }
    let only_colour = if let [only] = colours.as_slice() { Some(*only) } else { None };
    let compare_at = into.compare_at(row, COMPARE_AT, currency);
    let head = Head {
        sku: sku.to_owned(),
        name: name.to_owned(),
        description: row.get(DESCRIPTION).to_owned(),
        category: cells::category(row.get(CATEGORY)),
        tags: cells::list(row.get(TAGS), &[',', ';']),
        attributes,
        colours,
        compare_at,
        image: cells::list(row.get(IMAGE), &[]).into_iter().next(),
    };
    into.head(&key, row.line(), head);
    let pieces = pieces(row, currency, &key, only_colour, into);
    into.pieces(&key, row, pieces);
}

fn pieces(
    row: Cells<'_>,
    currency: Currency,
    key: &str,
    only_colour: Option<duka_kernel::Colour>,
    into: &mut Assembler,
) -> Result<Vec<Piece>, RowError> {
    let code = row.get(CURRENCY);
    if !code.is_empty() && Currency::from_code(code) != Some(currency) {
        return Err(row.error(CURRENCY, format!("{code:?}: the shop sells in {}", currency.code())));
    }
    let price = match (row.get(PRICE), into.price_of(key)) {
        ("", Some(same)) => same,
        (text, _) => cells::price(text, currency).map_err(|why| row.error(PRICE, why))?,
    };
    let mut sizes = cells::sizes(row.get(SIZE)).map_err(|why| row.error(SIZE, why))?;
    if sizes.is_empty() {
        sizes.push(cells::Sized { size: duka_kernel::Size::one(), colour: None, stock: None });
    }
    if sizes.len() > 1
        && let Some(without) = sizes.iter().find(|sized| sized.stock.is_none())
    {
        let message = format!("size {} has no stock: write {}:5, or a row for each size", without.size, without.size);
        return Err(row.error(SIZE, message));
    }
    let in_row = match row.get(STOCK) {
        "" => None,
        text => Some(cells::stock(text).map_err(|why| row.error(STOCK, why))?),
    };
    let mut pieces = Vec::with_capacity(sizes.len());
    for sized in sizes {
        let stock = match sized.stock.or(in_row) {
            Some(stock) => stock,
            None => {
                into.warning(row.error(STOCK, "no stock given: counted as sold out"));
                0
            }
        };
        pieces.push(Piece { size: sized.size, colour: sized.colour.or(only_colour), price, stock });
    }
    Ok(pieces)
}
