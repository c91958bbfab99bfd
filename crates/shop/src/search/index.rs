//! The snapshot of one shop's catalogue.

use std::{collections::HashSet, sync::OnceLock};

use duka_kernel::{ProductId, VariantId};

use super::{
    Hit, PriceRange, SearchQuery,
    codes::Codes,
    embed::{DIMENSIONS, Sum},
    facets::{Facets, ProductTerms},
    lexicon::Lexicon,
    looks::Looks,
    rank,
    text::TextIndex,
    words::stem,
};
use crate::{Product, Stock, Variant};

/// An immutable snapshot of one shop's catalogue, built to be searched.
#[derive(Debug)]
pub struct CatalogueIndex {
    pub(super) products: Vec<Product>,
    pub(super) facets: Vec<Facets>,
    pub(super) vectors: Vec<[f32; DIMENSIONS]>,
    pub(super) text: TextIndex,
    pub(super) codes: Codes,
    /// Names products are known by, sorted, with the product.
    brands: Vec<(Box<str>, u32)>,
    by_id: Vec<(ProductId, u32)>,
    /// Each variant's product and its place there.
    variants: Vec<(VariantId, u32, u32)>,
    /// Read when the first picture comes: most shops of an installation never get one between two changes.
    looks: OnceLock<Looks>,
}

impl CatalogueIndex {
    /// Reads a catalogue in. The order of products breaks ties; of two with one identity the first counts.
    #[must_use]
    pub fn build(mut products: Vec<Product>) -> Self {
        let mut seen = HashSet::with_capacity(products.len());
        products.retain(|product| seen.insert(product.id));
        let mut facets = Vec::with_capacity(products.len());
        let mut vectors = Vec::with_capacity(products.len());
        let mut brands = Vec::new();
        let mut fields = Vec::with_capacity(products.len());
        for (at, product) in (0u32..).zip(&products) {
            let terms = ProductTerms::read(product);
            facets.push(Facets::read(product, &terms));
            vectors.push(vector(&terms));
            brands.extend(terms.brand_words(product).into_iter().map(|word| (word.into_boxed_str(), at)));
            fields.push(terms.into_fields(&product.sku));
        }
        brands.sort();
        brands.dedup();
        let mut by_id: Vec<_> = (0u32..).zip(&products).map(|(at, product)| (product.id, at)).collect();
        by_id.sort_unstable();
        let variants = (0u32..).zip(&products).flat_map(|(at, product)| {
            (0u32..).zip(&product.variants).map(move |(place, variant)| (variant.id, at, place))
        });
        let mut variants: Vec<_> = variants.collect();
        variants.sort_unstable();
        let (text, codes) = (TextIndex::build(&fields), Codes::build(&products));
        Self { products, facets, vectors, text, codes, brands, by_id, variants, looks: OnceLock::new() }
    }

    /// What the pictures of the products look like, once that was read.
    #[must_use]
    pub fn looks(&self) -> Option<&Looks> {
        self.looks.get()
    }

    /// Keeps what the pictures of the products look like, unless that is known already.
    pub fn keep_looks(&self, looks: Looks) {
        let _ = self.looks.set(looks);
    }

    /// Every product, in the order given.
    #[must_use]
    pub fn products(&self) -> &[Product] {
        &self.products
    }

    /// The product with this SKU, whatever its case and punctuation.
    #[must_use]
    pub fn by_sku(&self, sku: &str) -> Option<&Product> {
        self.codes.find(sku).map(|at| &self.products[at])
    }

    /// The product with this identity.
    #[must_use]
    pub fn by_id(&self, id: ProductId) -> Option<&Product> {
        self.place_of(id).map(|at| &self.products[at])
    }

    /// A variant and the product it belongs to.
    #[must_use]
    pub fn variant(&self, id: VariantId) -> Option<(&Product, &Variant)> {
        let at = self.variants.binary_search_by_key(&id, |(variant, ..)| *variant).ok()?;
        let (_, product, place) = self.variants[at];
        let product = &self.products[product as usize];
        Some((product, &product.variants[place as usize]))
    }

    /// The best products for a query, best first, at most `query.limit`, none twice.
    ///
    /// Where nothing meets everything named, the hits miss as little as can be, and say what. A product
    /// named by its code comes first even then.
    #[must_use]
    pub fn search(&self, query: &SearchQuery, stock: &Stock) -> Vec<Hit> {
        rank::search(self, query, stock)
    }

    /// What everything that matches costs, in stock or not; `None` if nothing matches. `exclude`, `like`,
    /// `preferred` and `limit` say nothing here.
    #[must_use]
    pub fn price_range(&self, query: &SearchQuery) -> Option<PriceRange> {
        rank::price_range(self, query)
    }

    /// The products known by a name that is no common word ("the Amani"), also where it is misspelt; none for other
    /// words.
    #[must_use]
    pub fn known_as(&self, word: &str) -> Vec<ProductId> {
        let word = stem(&word.to_lowercase());
        if Lexicon::get().meaning(&word).is_some() {
            return Vec::new();
        }
        let products = |name: &str| self.of_brand(name).map(|at| self.products[at].id).collect::<Vec<_>>();
        let exact = products(&word);
        if !exact.is_empty() || word.chars().count() < 5 {
            return exact;
        }
        let near = |name: &str| name.chars().count() > 3 && strsim::osa_distance(name, &word) == 1;
        let mut named: Vec<&str> = self.brands.iter().map(|(name, _)| &**name).filter(|name| near(name)).collect();
        named.dedup();
        match named[..] {
            [one] => products(one),
            _ => Vec::new(),
        }
    }

    /// Whether a product is known by exactly this name (see [`Self::known_as`]), and which.
    pub fn named(&self, word: &str) -> impl Iterator<Item = &Product> {
        let word = stem(&word.to_lowercase());
        let first = self.brands.partition_point(|(brand, _)| **brand < *word);
        let own = self.brands[first..].iter().take_while(move |(brand, _)| **brand == *word);
        own.map(|(_, at)| &self.products[*at as usize])
    }

    pub(super) fn place_of(&self, id: ProductId) -> Option<usize> {
        let at = self.by_id.binary_search_by_key(&id, |(product, _)| *product).ok()?;
        Some(self.by_id[at].1 as usize)
    }

    /// The products known by a name.
    pub(super) fn of_brand(&self, name: &str) -> impl Iterator<Item = usize> {
        let first = self.brands.partition_point(|(brand, _)| **brand < *name);
        let own = self.brands[first..].iter().take_while(move |(brand, _)| **brand == *name);
        own.map(|(_, at)| *at as usize)
    }
}

/// The vector of a product. Its name and tags say more than its description.
fn vector(terms: &ProductTerms) -> [f32; DIMENSIONS] {
    let mut sum = Sum::default();
    sum.add(&terms.name, 1.0);
    sum.add(&terms.tags, 1.0);
    sum.add(&terms.category, 0.6);
    sum.add(&terms.attributes, 0.5);
    sum.add(&terms.description, 0.5);
    sum.finish()
}
