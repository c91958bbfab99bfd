//! What search promises, on a small shop.

mod finding;
mod promises;
mod properties;
mod relaxing;

use std::collections::BTreeMap;

use duka_kernel::{Colour, Currency, Money, ProductId, Size, VariantId};

use super::{CatalogueIndex, Dropped, Fit, SearchQuery};
use crate::{Product, Stock, StockLevel, Variant};

/// A line of a shop: SKU, name, category, colour, `SIZE:STOCK|…`, price, tags, description.
type Line<'a> = (&'a str, &'a str, &'a str, Colour, &'a str, i64, &'a str, &'a str);

struct Shop {
    index: CatalogueIndex,
    stock: Stock,
}

impl Shop {
    fn of(lines: &[Line<'_>]) -> Self {
        let mut stock = Stock::default();
        let products = lines.iter().map(|line| product(line, &mut stock)).collect();
        Self { index: CatalogueIndex::build(products), stock }
    }

    /// A boutique with most kinds of things.
    fn boutique() -> Self {
        use Colour::*;
        Self::of(&[
            (
                "BQ-001",
                "Rosewood Tea Dress",
                "dress",
                Blue,
                "S:2|M:1|L:0",
                2_500,
                "midi|brunch",
                "Printed with small flowers.",
            ),
            ("BQ-002", "Kendi Wrap Dress", "dress", Red, "S:1|M:2", 2_800, "date night|party", ""),
            ("BQ-003", "Office Shift Dress", "dress", Navy, "M:3|L:3|XL:1", 3_000, "office|interview", ""),
            ("BQ-004", "Coast Dera", "dress", Purple, "ONE:5", 1_200, "dera|maternity", "Loose chiffon, free size."),
            ("BQ-005", "Block Heels", "shoes", Black, "37:1|38:2|40:1", 3_000, "heels|party", ""),
            ("BQ-006", "Stiletto Heels", "shoes/heels", Red, "37:2|38:0", 3_200, "wedding", ""),
            ("BQ-007", "Canvas Trainers", "shoes", White, "40:2|42:2", 2_800, "unisex|casual", ""),
            ("BQ-008", "Slim Jeans", "jeans", Blue, "30:1|32:1", 2_400, "men", ""),
            ("BQ-009", "Fleece Hoodie", "hoodie", Grey, "M:4|L:4", 2_000, "unisex", ""),
            (
                "BQ-010",
                "Kitenge Shirt",
                "shirt",
                Multicolour,
                "M:1|L:1",
                2_500,
                "men",
                "African print, mandarin collar.",
            ),
            ("BQ-011", "Plain T-shirt", "tshirt", Black, "S:9|M:9", 800, "unisex|basic", ""),
            ("BQ-012", "Crop Top", "blouse", White, "S:1|M:1", 700, "casual", ""),
            ("BQ-013", "Woven Basket", "bag", Beige, "ONE:2", 2_000, "kiondo|handmade", "Sisal with leather straps."),
            ("BQ-014", "Silk Head Scarf", "accessory", Teal, "ONE:0", 500, "scarf|gift", ""),
        ])
    }

    fn skus(&self, query: &SearchQuery) -> Vec<&str> {
        self.hits(query).into_iter().map(|(sku, _)| sku).collect()
    }

    fn hits(&self, query: &SearchQuery) -> Vec<(&str, Fit)> {
        let hits = self.index.search(query, &self.stock);
        let sku = |id| self.index.by_id(id).expect("hits are products of the shop").sku.as_str();
        hits.into_iter().map(|hit| (sku(hit.product), hit.fit)).collect()
    }

    fn id(&self, sku: &str) -> ProductId {
        self.index.by_sku(sku).expect("the test names products of the shop").id
    }
}

fn product(line: &Line<'_>, stock: &mut Stock) -> Product {
    let (sku, name, category, colour, sizes, price, tags, description) = *line;
    let price = kes(price);
    let variants = sizes.split('|').map(|size| {
        let (size, count) = size.split_once(':').expect("SIZE:STOCK");
        let id = VariantId::new();
        stock.0.insert(id, StockLevel { on_hand: count.parse().expect("a count"), reserved: 0 });
        Variant { id, size: Size::parse(size), colour: None, price }
    });
    Product {
        id: ProductId::new(),
        sku: sku.into(),
        name: name.into(),
        description: description.into(),
        category: category.into(),
        price,
        compare_at: None,
        variants: variants.collect(),
        tags: tags.split('|').map(str::to_owned).collect(),
        attributes: BTreeMap::new(),
        colours: vec![colour],
        image: None,
    }
}

fn kes(amount: i64) -> Money {
    Money::from_major(amount, Currency::Kes)
}

fn text(text: &str) -> SearchQuery {
    SearchQuery { text: text.into(), ..SearchQuery::default() }
}

fn kind(name: &str) -> SearchQuery {
    SearchQuery { product: vec![name.into()], ..SearchQuery::default() }
}

fn relaxed<const N: usize>(drops: [Dropped; N]) -> Fit {
    Fit::Relaxed(drops.into())
}
