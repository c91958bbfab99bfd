//! How long searching takes: `cargo run --release -p duka-shop --example search_speed`.

use std::{collections::BTreeMap, hint::black_box, time::Instant};

use duka_kernel::{Colour, Currency, Money, ProductId, Size, VariantId};
use duka_shop::{
    Product, Stock, StockLevel, Variant,
    search::{CatalogueIndex, SearchQuery},
};

fn main() {
    for products in [100, 1_000, 5_000] {
        measure(products);
    }
}

fn measure(count: usize) {
    let (products, stock) = shop(count);
    let warm = CatalogueIndex::build(products.clone());
    drop(warm);
    let start = Instant::now();
    let index = CatalogueIndex::build(products);
    println!("{count} products: built in {:?}", start.elapsed());

    for (name, query) in queries() {
        let mut times: Vec<_> = (0..300)
            .map(|_| {
                let start = Instant::now();
                black_box(index.search(black_box(&query), &stock));
                start.elapsed()
            })
            .collect();
        times.sort();
        let hits = index.search(&query, &stock).len();
        println!("  {name:<28} median {:>9.1?}  p99 {:>9.1?}  {hits} hits", times[150], times[297]);
    }
}

fn queries() -> Vec<(&'static str, SearchQuery)> {
    let kes = |amount| Some(Money::from_major(amount, Currency::Kes));
    let text = |text: &str| SearchQuery { text: text.into(), ..SearchQuery::default() };
    vec![
        ("nothing in particular", text("")),
        ("by meaning", text("something for a garden party")),
        ("by words", text("zawadi wrap dress nyekundu")),
        ("with typos", text("flroal mdi drss for chuch")),
        ("by code", text("SKU-00042")),
        (
            "four filters",
            SearchQuery {
                product: vec!["heels".into()],
                colours: vec![Colour::Red],
                sizes: vec![Size::parse("38")],
                price_max: kes(3_000),
                ..text("red heels under 3000 size 38")
            },
        ),
        (
            "nothing meets all",
            SearchQuery {
                colours: vec![Colour::Silver, Colour::Teal],
                sizes: vec![Size::parse("XXL")],
                occasions: vec!["funeral".into()],
                ..text("kitu ya matanga")
            },
        ),
        ("a long message", text(&"habari nataka gauni zuri la harusi na viatu pia, rafiki yangu anaolewa. ".repeat(6))),
    ]
}

/// A shop of so many products, the same every time.
fn shop(count: usize) -> (Vec<Product>, Stock) {
    const NAMES: [&str; 12] = [
        "Zawadi", "Amani", "Nyota", "Malaika", "Imara", "Pwani", "Waridi", "Tausi", "Baraka", "Jasiri", "Upepo",
        "Rangi",
    ];
    const STYLES: [&str; 9] = ["Floral", "Plain", "Striped", "Lace", "Wrap", "Denim", "Velvet", "Kitenge", "Pleated"];
    const KINDS: [(&str, &str, &[&str]); 8] = [
        ("Midi Dress", "dress", &["S", "M", "L", "XL"]),
        ("Block Heels", "shoes/heels", &["37", "38", "39", "40"]),
        ("Blouse", "blouse", &["S", "M", "L"]),
        ("Sneakers", "shoes", &["38", "40", "42"]),
        ("Tote Bag", "bag", &["ONE"]),
        ("Hoodie", "hoodie", &["M", "L", "XL"]),
        ("Jeans", "jeans", &["30", "32", "34"]),
        ("Pencil Skirt", "skirt", &["S", "M", "L"]),
    ];
    const TAGS: [&str; 8] = ["church", "office", "party", "beach", "wedding", "casual", "date night", "gift"];
    let mut stock = Stock::default();
    let mut products = Vec::with_capacity(count);
    for at in 0..count {
        let (kind, category, sizes) = KINDS[at % KINDS.len()];
        let (name, style) = (NAMES[at / 3 % NAMES.len()], STYLES[at / 5 % STYLES.len()]);
        let colour = Colour::ALL[at * 7 % Colour::ALL.len()];
        let price = Money::from_major(800 + (at as i64 * 370) % 7_000, Currency::Kes);
        let variants: Vec<Variant> = sizes
            .iter()
            .map(|size| Variant { id: VariantId::new(), size: Size::parse(size), colour: None, price })
            .collect();
        for (place, variant) in variants.iter().enumerate() {
            let on_hand = ((at + place) % 4) as u32;
            stock.0.insert(variant.id, StockLevel { on_hand, reserved: 0 });
        }
        products.push(Product {
            id: ProductId::new(),
            sku: format!("SKU-{at:05}"),
            name: format!("{name} {colour} {style} {kind}"),
            description: format!("A {colour} {style} {kind} number {at} with a careful finish and a soft lining."),
            category: category.into(),
            price,
            compare_at: None,
            tags: vec![TAGS[at % TAGS.len()].into(), TAGS[at / 8 % TAGS.len()].into()],
            attributes: BTreeMap::new(),
            colours: vec![colour],
            image: None,
            variants,
        });
    }
    (products, stock)
}
