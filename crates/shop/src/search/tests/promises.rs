//! Stock, budget, preference, similarity, price ranges.

use duka_kernel::Colour;

use super::*;

#[test]
fn what_is_sold_out_is_left_out_unless_asked_for() {
    let shop = Shop::boutique();
    assert!(!shop.skus(&SearchQuery { limit: 20, ..kind("scarf") }).contains(&"BQ-014"));
    let query = SearchQuery { include_sold_out: true, ..kind("scarf") };
    assert_eq!(shop.hits(&query), [("BQ-014", Fit::Exact)]);
    let query = SearchQuery { sizes: vec![Size::parse("L")], ..kind("dress") };
    assert!(!shop.skus(&query).contains(&"BQ-001"), "its L is sold out");
}

#[test]
fn one_size_fits_letters_of_clothes_only() {
    let shop = Shop::boutique();
    let query = SearchQuery { sizes: vec![Size::parse("L")], limit: 20, ..text("") };
    let skus = shop.skus(&query);
    assert!(skus.contains(&"BQ-004") && !skus.contains(&"BQ-013"), "{skus:?}");
    assert_eq!(skus.last(), Some(&"BQ-004"), "own sizes come first");
    let query = SearchQuery { sizes: vec![Size::parse("38")], limit: 20, ..text("") };
    assert_eq!(shop.skus(&query), ["BQ-005"]);
}

#[test]
fn a_budget_is_spent_and_a_limit_only_kept() {
    use Colour::*;
    let lines: [Line<'_>; 5] = [
        ("G-1", "Gaming Mouse", "electronics", Black, "ONE:1", 1_500, "gaming", ""),
        ("G-2", "Gaming Laptop", "electronics", Black, "ONE:1", 48_000, "gaming", ""),
        ("G-3", "Gaming Console", "electronics", Black, "ONE:1", 35_000, "gaming", ""),
        ("G-4", "Gaming Desktop", "electronics", Black, "ONE:1", 55_000, "gaming", ""),
        ("G-5", "Fridge", "electronics", Black, "ONE:1", 50_000, "", ""),
    ];
    let query = SearchQuery { price_max: Some(kes(50_000)), ..text("Gaming, budget ni 50K") };
    let shop = Shop::of(&lines);
    assert_eq!(shop.hits(&query), [("G-2", Fit::Exact), ("G-3", Fit::Exact), ("G-1", Fit::Exact)]);
    let dear = Shop::of(&lines[3..]);
    assert_eq!(dear.hits(&query), [("G-4", relaxed([Dropped::Price]))]);
    assert_eq!(Shop::boutique().hits(&query), [], "a boutique has nothing of the sort");
}

#[test]
fn the_cheapest_comes_first_where_asked_for() {
    let shop = Shop::boutique();
    for written in ["what's your cheapest dress?", "gauni bei rahisi"] {
        assert_eq!(shop.skus(&text(written)), ["BQ-004", "BQ-001", "BQ-002", "BQ-003"], "{written}");
    }
}

#[test]
fn several_kinds_take_turns() {
    let shop = Shop::boutique();
    let query = SearchQuery { product: vec!["dress".into(), "shoes".into()], ..text("dress na viatu") };
    assert_eq!(shop.skus(&query), ["BQ-001", "BQ-005", "BQ-002", "BQ-006", "BQ-003"]);
}

#[test]
fn earlier_purchases_change_the_order_and_not_what_is_found() {
    let shop = Shop::boutique();
    let plain = SearchQuery { limit: 3, ..kind("dress") };
    let known = SearchQuery { preferred: vec![shop.id("BQ-003")], ..plain.clone() };
    let (before, after) = (shop.skus(&plain), shop.skus(&known));
    assert_eq!((before[0], after[0]), ("BQ-001", "BQ-003"));
    let sorted = |mut skus: Vec<&'static str>| {
        skus.sort_unstable();
        skus
    };
    let owned = |skus: Vec<&str>| sorted(skus.into_iter().map(|s| &*s.to_owned().leak()).collect());
    assert_eq!(owned(before), owned(after));
}

#[test]
fn similar_things_are_of_the_kind_and_not_the_thing_itself() {
    let shop = Shop::boutique();
    let query = SearchQuery { like: Some(shop.id("BQ-001")), ..text("nionyeshe kama hii") };
    let skus = shop.skus(&query);
    assert_eq!(skus.len(), 3);
    assert!(!skus.contains(&"BQ-001") && skus.iter().all(|sku| *sku <= "BQ-004"), "{skus:?}");
    let query = SearchQuery { like: Some(shop.id("BQ-001")), colours: vec![Colour::Red], ..text("") };
    assert_eq!(shop.hits(&query), [("BQ-002", Fit::Exact)]);
}

#[test]
fn words_that_say_nothing_show_the_shop_and_unknown_ones_nothing() {
    let shop = Shop::boutique();
    assert_eq!(shop.skus(&text("show me what you have")).len(), 5);
    assert_eq!(shop.skus(&text("zxqwv blorptang")), [""; 0]);
    assert_eq!(shop.skus(&text("nguo za kulala")), [""; 0], "no nightwear, and so nothing");
    assert_eq!(shop.skus(&text("nguo za zxqwv")).len(), 5);
    let query = SearchQuery { colours: vec![Colour::White], ..text("zxqwv ya white") };
    assert_eq!(shop.hits(&query), [("BQ-007", Fit::Exact), ("BQ-012", Fit::Exact)]);
}

#[test]
fn the_price_range_is_of_all_that_matches() {
    let shop = Shop::boutique();
    let range = shop.index.price_range(&kind("dress")).expect("there are dresses");
    assert_eq!((range.min, range.max, range.count), (kes(1_200), kes(3_000), 4));
    let range = shop.index.price_range(&text("bei ya gauni")).expect("there are dresses");
    assert_eq!(range.count, 4);
    let red = SearchQuery { colours: vec![Colour::Red], ..text("") };
    let range = shop.index.price_range(&red).expect("there are red things");
    assert_eq!((range.min, range.max, range.count), (kes(2_800), kes(3_200), 2));
    assert_eq!(shop.index.price_range(&kind("boots")), None);
}

#[test]
fn variants_count_with_their_own_colour_and_price() {
    let mut stock = Stock::default();
    let line: Line<'_> = ("V-1", "Linen Shirt", "shirt", Colour::White, "M:1|L:1", 1_000, "", "");
    let mut shirt = product(&line, &mut stock);
    shirt.colours = vec![Colour::White, Colour::Black];
    shirt.variants[0].colour = Some(Colour::White);
    shirt.variants[1].colour = Some(Colour::Black);
    shirt.variants[1].price = kes(1_400);
    let (variant, id) = (shirt.variants[1].id, shirt.id);
    let shop = Shop { index: CatalogueIndex::build(vec![shirt.clone(), shirt]), stock };
    assert_eq!(shop.index.products().len(), 1, "one identity, one product");
    assert_eq!(shop.index.variant(variant).map(|(p, v)| (p.id, v.price)), Some((id, kes(1_400))));
    let query = SearchQuery { colours: vec![Colour::White], sizes: vec![Size::parse("L")], ..kind("shirt") };
    assert_eq!(shop.hits(&query), [("V-1", relaxed([Dropped::Colour]))], "there is no white one in L");
    let range = shop.index.price_range(&kind("shirt")).expect("there is one");
    assert_eq!((range.min, range.max, range.count), (kes(1_000), kes(1_400), 1));
}

#[test]
fn an_empty_shop_has_nothing() {
    let shop = Shop::of(&[]);
    assert_eq!(shop.hits(&text("dress")), []);
    assert_eq!(shop.index.price_range(&text("")), None);
}
