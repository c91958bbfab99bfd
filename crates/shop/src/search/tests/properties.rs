//! What holds for any query.

use std::collections::HashSet;

use duka_kernel::Colour;
use proptest::prelude::*;

use super::*;

fn any_text() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "gauni", "red", "heels", "under", "3000", "size", "38", "garden", "party", "kitenge", "BQ-00", "bq", "7",
        "budget", "harusi", "drss", "t", "shirt", "'", "na", "office", "zawadi",
    ]);
    prop_oneof!["\\PC{0,80}", prop::collection::vec(words, 0..12).prop_map(|words| words.join(" "))]
}

prop_compose! {
    fn any_query()(
        text in any_text(),
        product in prop::collection::vec(
            prop::sample::select(vec!["dress", "shoes", "heels", "kitenge", "top", "laptop", "boots", "", "red hat", "🙂"]), 0..3),
        colours in prop::collection::vec(prop::sample::select(Colour::ALL), 0..3),
        sizes in prop::collection::vec(prop::sample::select(vec!["S", "L", "38", "40", "ONE", "odd"]), 0..3),
        bounds in (prop::option::of(-10i64..5_000), prop::option::of(0i64..4_000)),
        occasion in prop::option::of(prop::sample::select(vec!["office", "party", "traditional_ceremony", "moon landing"])),
        audience in prop::option::of(prop::sample::select(vec!["men", "women", "kids", "cats"])),
        exclude in prop::option::of(0usize..14),
        like in prop::option::of(0usize..14),
        preferred in prop::option::of(0usize..14),
        include_sold_out in any::<bool>(),
        limit in 0usize..8,
    ) -> (SearchQuery, [Option<usize>; 3]) {
        let query = SearchQuery {
            text,
            product: product.into_iter().map(str::to_owned).collect(),
            colours,
            sizes: sizes.into_iter().map(Size::parse).collect(),
            price_max: bounds.0.map(kes),
            price_min: bounds.1.map(kes),
            occasions: occasion.into_iter().map(str::to_owned).collect(),
            audience: audience.map(str::to_owned),
            include_sold_out,
            limit,
            ..SearchQuery::default()
        };
        (query, [exclude, like, preferred])
    }
}

/// Whether a product has a variant that can be had and meets size, colour and price as named.
fn meets(shop: &Shop, product: &Product, query: &SearchQuery, but: &[Dropped]) -> bool {
    let has = |drop| but.contains(&drop);
    product.variants.iter().any(|variant| {
        let in_stock = query.include_sold_out || shop.stock.available(variant.id) > 0;
        let size = query.sizes.is_empty() || query.sizes.contains(&variant.size) || variant.size.is_one();
        let colour = query.colours.is_empty() || product.colours.iter().any(|c| query.colours.contains(c));
        let price = query.price_max.is_none_or(|max| variant.price.minor <= max.minor)
            && query.price_min.is_none_or(|min| variant.price.minor >= min.minor);
        in_stock && (size || has(Dropped::Size)) && (colour || has(Dropped::Colour)) && (price || has(Dropped::Price))
    })
}

/// Whether a product is of one of the kinds named, read off its category and tags.
fn is_named(product: &Product, names: &[String]) -> bool {
    let is = |name: &String| match name.as_str() {
        "dress" => product.category == "dress",
        "shoes" => product.category.starts_with("shoes"),
        "heels" => product.name.ends_with("Heels"),
        "top" => product.category == "blouse",
        "laptop" | "boots" | "red hat" => false,
        _ => true,
    };
    names.is_empty() || names.iter().any(is)
}

proptest! {
    #[test]
    fn hits_are_few_distinct_in_stock_and_what_they_say((mut query, [exclude, like, preferred]) in any_query()) {
        let shop = Shop::boutique();
        let at = |place: Option<usize>| place.map(|at| shop.index.products()[at].id);
        query.exclude = at(exclude).into_iter().collect();
        query.like = at(like);
        query.preferred = at(preferred).into_iter().collect();
        let hits = shop.index.search(&query, &shop.stock);

        prop_assert!(hits.len() <= query.limit);
        let distinct: HashSet<_> = hits.iter().map(|hit| hit.product).collect();
        prop_assert_eq!(distinct.len(), hits.len());
        prop_assert!(hits.windows(2).all(|pair| pair[0].score >= pair[1].score));
        for hit in &hits {
            let product = shop.index.by_id(hit.product).expect("a product of the shop");
            prop_assert!(!query.exclude.contains(&hit.product) && query.like != Some(hit.product));
            prop_assert!(query.include_sold_out || shop.stock.has(product));
            match &hit.fit {
                Fit::Exact => prop_assert!(meets(&shop, product, &query, &[]) && is_named(product, &query.product)),
                Fit::Relaxed(drops) => {
                    prop_assert!(!drops.is_empty());
                    prop_assert!(meets(&shop, product, &query, drops));
                }
            }
        }
        prop_assert_eq!(&hits, &shop.index.search(&query, &shop.stock), "the same again");

        let unknown = SearchQuery { preferred: Vec::new(), ..query.clone() };
        let found: HashSet<_> = shop.index.search(&unknown, &shop.stock).iter().map(|hit| hit.product).collect();
        prop_assert_eq!(found, distinct, "preference changes the order only");
        let _ = shop.index.price_range(&query);
    }

    #[test]
    fn any_catalogue_can_be_indexed(name in "\\PC{0,40}", category in "\\PC{0,20}", tags in "\\PC{0,40}", query in any_text()) {
        let shop = Shop::of(&[(&name, &name, &category, Colour::Red, "M:1", 100, &tags, &tags)]);
        let hits = shop.skus(&text(&query));
        prop_assert!(hits.len() <= 1);
    }
}
