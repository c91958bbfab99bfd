//! Which column of somebody's file is what: guessed from the names of the columns, and a person's to change.

use std::collections::BTreeMap;

use duka_kernel::Currency;

use super::{
    ProductFile, ServiceFile,
    assemble::Assembler,
    empty_file, own, services, shopify,
    table::{Row, Table},
    woocommerce,
};

/// Rows that are shown before anything is taken over.
const SHOWN: usize = 20;

/// What a file lists.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Listed {
    /// Products.
    Products,
    /// Services.
    Services,
}

/// Something that a column can be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// Whether there has to be a column for it.
    pub required: bool,
}

/// A file before it is taken over.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Inspected {
    /// The names of its columns, as written.
    pub columns: Vec<String>,
    /// Its first rows.
    pub preview: Vec<Vec<String>>,
    /// How many rows it has.
    pub rows: usize,
    /// What columns can be.
    pub fields: Vec<Field>,
    /// Which column is likely what: the name of a field to the name of a column.
    pub mapping: BTreeMap<String, String>,
}

/// A field, the names by which its reader looks for it (the first is its identity there), and other names that it goes by.
pub(super) struct Known {
    pub(super) name: &'static str,
    pub(super) required: bool,
    pub(super) reads: &'static [&'static str],
    pub(super) also: &'static [&'static str],
}

impl Known {
    pub(super) const fn needed(
        name: &'static str,
        reads: &'static [&'static str],
        also: &'static [&'static str],
    ) -> Self {
        Self { name, required: true, reads, also }
    }

    pub(super) const fn may(name: &'static str, reads: &'static [&'static str], also: &'static [&'static str]) -> Self {
        Self { name, required: false, reads, also }
    }
}

/// What a file has, and which of its columns is likely what.
#[must_use]
pub fn inspect(bytes: &[u8], listed: Listed) -> Inspected {
    let table = Table::read(bytes, &mut Vec::new());
    let known = known(&table, listed);
    let mut mapping = BTreeMap::new();
    let mut taken = Vec::new();
    for guess in [by_name, by_other_name, by_word] {
        for field in known {
            if mapping.contains_key(field.name) {
                continue;
            }
            if let Some(at) = guess(&table, field).filter(|at| !taken.contains(at)) {
                taken.push(at);
                mapping.insert(field.name.to_owned(), table.header[at].clone());
            }
        }
    }
    Inspected {
        preview: table.rows.iter().take(SHOWN).map(|row| row.cells(table.header.len())).collect(),
        rows: table.rows.len(),
        fields: known.iter().map(|field| Field { name: field.name, required: field.required }).collect(),
        mapping,
        columns: table.header,
    }
}

/// Reads products with the columns that a person chose for their fields. A file of our own columns without codes gets codes
/// made from names.
#[must_use]
pub fn read_products_as(bytes: &[u8], currency: Currency, mapping: &BTreeMap<String, String>) -> ProductFile {
    let mut products = Assembler::default();
    let mut table = Table::read(bytes, &mut products.file.errors);
    if table.is_empty() {
        products.error(empty_file());
        return products.finish();
    }
    let (is_shopify, is_woocommerce) = (shopify::is_export(&table), woocommerce::is_export(&table));
    choose(&mut table, Listed::Products, mapping);
    if is_shopify {
        shopify::read(&table, currency, &mut products);
    } else if is_woocommerce {
        woocommerce::read(&table, currency, &mut products);
    } else {
        table.names_are_codes = !mapping.contains_key("sku");
        own::read(&table, currency, &mut products);
    }
    products.finish()
}

/// Reads services with the columns that a person chose for their fields.
#[must_use]
pub fn read_services_as(bytes: &[u8], currency: Currency, mapping: &BTreeMap<String, String>) -> ServiceFile {
    let mut file = ServiceFile::default();
    let mut table = Table::read(bytes, &mut file.errors);
    if table.is_empty() {
        file.errors.push(empty_file());
    } else {
        choose(&mut table, Listed::Services, mapping);
        services::read(&table, currency, &mut file);
    }
    file
}

fn known(table: &Table, listed: Listed) -> &'static [Known] {
    match listed {
        Listed::Services => services::FIELDS,
        Listed::Products if shopify::is_export(table) => shopify::FIELDS,
        Listed::Products if woocommerce::is_export(table) => woocommerce::FIELDS,
        Listed::Products => own::FIELDS,
    }
}

/// Has the readers find the chosen columns, and nothing for what has none.
fn choose(table: &mut Table, listed: Listed, mapping: &BTreeMap<String, String>) {
    for field in known(table, listed) {
        let chosen = mapping.get(field.name);
        let at = chosen.and_then(|column| table.header.iter().position(|known| known == column));
        table.chosen.insert(field.reads[0], at);
    }
}

fn by_name(table: &Table, field: &Known) -> Option<usize> {
    field.reads.iter().find_map(|name| table.names.iter().position(|column| column == name))
}

fn by_other_name(table: &Table, field: &Known) -> Option<usize> {
    field.also.iter().find_map(|name| table.names.iter().position(|column| column == name))
}

/// `Price (KES)` has the word of one of the names.
fn by_word(table: &Table, field: &Known) -> Option<usize> {
    let names = || field.reads.iter().chain(field.also);
    let has = |column: &String| {
        let words: Vec<&str> = column.split(|c: char| !c.is_alphanumeric()).collect();
        names().any(|name| words.contains(name))
    };
    table.names.iter().position(has)
}

/// A code made from a name: `Red Dress!` is `RED-DRESS`.
pub(super) fn code_of(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-").to_uppercase().chars().take(60).collect()
}

impl Row {
    /// Its cells, as many as there are columns.
    fn cells(&self, count: usize) -> Vec<String> {
        let cells = self.fields.iter().map(String::as_str).chain(std::iter::repeat(""));
        cells.take(count).map(|cell| cell.chars().take(200).collect()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mapped(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs.iter().map(|(field, column)| ((*field).to_owned(), (*column).to_owned())).collect()
    }

    #[test]
    fn columns_of_other_shops_are_guessed() {
        let file = b"Jina,Bei (KES),Idadi,Saizi,Rangi,Shelf\nGauni,1500,3,M,red,A1\n";
        let seen = inspect(file, Listed::Products);
        let expected =
            [("name", "Jina"), ("price", "Bei (KES)"), ("stock", "Idadi"), ("size", "Saizi"), ("colour", "Rangi")];
        assert_eq!(seen.mapping, mapped(&expected));
        assert_eq!((seen.rows, seen.preview[0][5].as_str()), (1, "A1"));
        let read = read_products_as(file, Currency::Kes, &seen.mapping);
        assert_eq!(read.errors, []);
        let product = &read.products[0];
        assert_eq!((product.sku.as_str(), product.name.as_str(), product.price.minor), ("GAUNI", "Gauni", 150_000));
        assert_eq!(product.attributes.get("shelf").map(String::as_str), Some("A1"));
        assert_eq!(read.stock[&product.variants[0].id], 3);
    }

    #[test]
    fn what_a_person_chooses_goes_before_what_a_column_is_called() {
        let file = b"sku,name,price,old,tags\nD1,Dress,100,80,x|y\n";
        let chosen = mapped(&[("sku", "sku"), ("name", "name"), ("price", "old")]);
        let read = read_products_as(file, Currency::Kes, &chosen);
        assert_eq!(read.products[0].price.minor, 8_000);
        assert!(read.products[0].tags.is_empty() && read.products[0].attributes.is_empty(), "{:?}", read.products);
        let none = read_products_as(file, Currency::Kes, &mapped(&[("sku", "sku"), ("name", "name")]));
        assert!(none.products.is_empty() && none.errors[0].message.contains("price"), "{:?}", none.errors);
    }

    #[test]
    fn exports_of_other_platforms_keep_their_ways() {
        let file = b"Handle,Title,Option1 Name,Option1 Value,Variant Price,Variant Inventory Qty,Cost\n\
            red-dress,Red dress,Size,S,1500,2,900\nred-dress,,,M,1600,1,900\n";
        let seen = inspect(file, Listed::Products);
        assert_eq!(seen.mapping.get("price").map(String::as_str), Some("Variant Price"));
        let read = read_products_as(file, Currency::Kes, &seen.mapping);
        assert_eq!((read.products.len(), read.products[0].variants.len()), (1, 2));
        let mut at_cost = seen.mapping;
        at_cost.insert("price".into(), "Cost".into());
        assert_eq!(read_products_as(file, Currency::Kes, &at_cost).products[0].price.minor, 90_000);
    }

    #[test]
    fn services_are_read_by_chosen_columns_too() {
        let file = b"Code;Tunachofanya;Minutes;Price;Days;Open;Close\nS1;Braids;90;1500;Mon-Sat;09:00;18:00\n";
        let mut chosen = inspect(file, Listed::Services).mapping;
        assert!(!chosen.contains_key("name"));
        chosen.insert("name".into(), "Tunachofanya".into());
        let read = read_services_as(file, Currency::Kes, &chosen);
        assert_eq!((read.errors.len(), read.services[0].name.as_str()), (0, "Braids"), "{:?}", read.errors);
    }

    #[test]
    fn formulas_of_our_own_exports_are_texts_again_and_what_no_database_stores_is_left_out() {
        let file = b"sku,name,price\n'=D1,'+Dre\0ss,100\n";
        let read = super::super::read_products(file, Currency::Kes);
        assert_eq!((read.products[0].sku.as_str(), read.products[0].name.as_str()), ("=D1", "+Dress"));
    }
}
