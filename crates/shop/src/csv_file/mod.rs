//! Products and services as CSV: our own columns, Shopify's product export, WooCommerce's product export.

pub(crate) mod amount;
mod assemble;
mod cells;
mod mapping;
mod own;
mod services;
mod shopify;
mod table;
mod woocommerce;

#[cfg(test)]
mod tests;

use std::{collections::HashMap, fmt};

use duka_kernel::{Currency, VariantId};

use self::{assemble::Assembler, table::Table};
pub use self::{
    cells::{category, colour},
    mapping::{Field, Inspected, Listed, inspect, read_products_as, read_services_as},
};
use crate::{Product, Service};

/// What a file of products holds. Good rows are kept whatever is wrong with others.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct ProductFile {
    /// The products, in the order of the file, with fresh identities; the store matches them by `sku`.
    pub products: Vec<Product>,
    /// Pieces of every variant in `products`.
    pub stock: HashMap<VariantId, u32>,
    /// Rows that were not taken, and why.
    pub errors: Vec<RowError>,
    /// Rows that were taken although something in them was not understood.
    pub warnings: Vec<RowError>,
    /// Rows left out on purpose: products that are drafts or unpublished in the shop they come from.
    pub skipped: u64,
}

/// What a file of services holds.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct ServiceFile {
    /// The services, in the order of the file, with fresh identities; the store matches them by `code`.
    pub services: Vec<Service>,
    /// Rows that were not taken, and why.
    pub errors: Vec<RowError>,
}

/// Something wrong in a row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RowError {
    /// The line of the file the row begins in, from 1.
    pub line: u64,
    /// The column, as the file's header calls it, if it is about one.
    pub column: Option<String>,
    /// What is wrong and what is expected.
    pub message: String,
}

impl fmt::Display for RowError {
    /// `line 7, price: "abc" is not a price: write it like 1200 or 1,200.50`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.column {
            Some(column) => write!(f, "line {}, {column}: {}", self.line, self.message),
            None => write!(f, "line {}: {}", self.line, self.message),
        }
    }
}

/// Reads products: our own columns, Shopify's export or WooCommerce's, told apart by the header. Never fails: what
/// cannot be read is in `errors`.
#[must_use]
pub fn read_products(bytes: &[u8], currency: Currency) -> ProductFile {
    let mut products = Assembler::default();
    let table = Table::read(bytes, &mut products.file.errors);
    if table.is_empty() {
        products.error(empty_file());
    } else if shopify::is_export(&table) {
        shopify::read(&table, currency, &mut products);
    } else if woocommerce::is_export(&table) {
        woocommerce::read(&table, currency, &mut products);
    } else {
        own::read(&table, currency, &mut products);
    }
    products.finish()
}

/// Reads services. Never fails: what cannot be read is in `errors`.
#[must_use]
pub fn read_services(bytes: &[u8], currency: Currency) -> ServiceFile {
    let mut file = ServiceFile::default();
    let table = Table::read(bytes, &mut file.errors);
    if table.is_empty() {
        file.errors.push(empty_file());
    } else {
        services::read(&table, currency, &mut file);
    }
    file
}

fn empty_file() -> RowError {
    RowError { line: 1, column: None, message: "the file is empty: the first row has to name the columns".to_owned() }
}
