//! What is given up when nothing meets everything.

use duka_kernel::Colour;

use super::*;

fn red_heels() -> SearchQuery {
    SearchQuery {
        product: vec!["heels".into()],
        colours: vec![Colour::Red],
        price_max: Some(kes(3_000)),
        sizes: vec![Size::parse("38")],
        ..text("red heels under 3000 size 38")
    }
}

fn heels(lines: &[(&'static str, Colour, &'static str, i64)]) -> Shop {
    let lines: Vec<Line<'_>> = lines
        .iter()
        .map(|(sku, colour, sizes, price)| (*sku, "Strappy Heels", "shoes", *colour, *sizes, *price, "heels", ""))
        .collect();
    Shop::of(&lines)
}

#[test]
fn only_what_meets_all_four_is_found_if_anything_does() {
    use Colour::*;
    let shop = heels(&[
        ("H-1", Red, "38:1", 3_100),
        ("H-2", Black, "38:1", 2_000),
        ("H-3", Red, "38:0|39:5", 2_000),
        ("H-4", Red, "37:1|38:1", 3_000),
    ]);
    assert_eq!(shop.hits(&red_heels()), [("H-4", Fit::Exact)]);
}

#[test]
fn price_gives_way_before_colour_and_colour_before_size() {
    use Colour::*;
    let rows = [
        ("H-1", Red, "39:1", 2_000),
        ("H-2", Black, "38:1", 2_000),
        ("H-3", Red, "38:1", 3_700),
        ("H-4", Red, "38:1", 3_200),
        ("H-5", Red, "38:1", 3_751),
    ];
    // The nearest price first, and nothing more than a quarter above.
    assert_eq!(
        heels(&rows).hits(&red_heels()),
        [("H-4", relaxed([Dropped::Price])), ("H-3", relaxed([Dropped::Price])),]
    );
    assert_eq!(heels(&rows[..2]).hits(&red_heels()), [("H-2", relaxed([Dropped::Colour]))]);
    assert_eq!(heels(&rows[..1]).hits(&red_heels()), [("H-1", relaxed([Dropped::Size]))]);
    assert_eq!(heels(&rows[4..]).hits(&red_heels()), []);
}

#[test]
fn occasion_and_audience_give_way_first() {
    let shop = Shop::boutique();
    let query = SearchQuery { occasions: vec!["gym".into()], colours: vec![Colour::Navy], ..kind("dress") };
    assert_eq!(shop.hits(&query), [("BQ-003", relaxed([Dropped::Occasion]))]);
    let query = SearchQuery { audience: Some("men".into()), ..kind("heels") };
    assert!(shop.hits(&query).iter().all(|(_, fit)| *fit == relaxed([Dropped::Audience])));
    let query = SearchQuery { audience: Some("kids".into()), ..kind("heels") };
    assert_eq!(shop.hits(&query), [], "women's shoes are not offered for a child");
}

#[test]
fn near_colours_and_near_sizes_come_first() {
    use Colour::*;
    let shop = heels(&[("H-1", Yellow, "38:1", 900), ("H-2", Maroon, "38:1", 900), ("H-3", Pink, "38:1", 900)]);
    assert_eq!(shop.skus(&red_heels()), ["H-2", "H-3", "H-1"]);
    let shop = heels(&[("H-1", Red, "42:1", 900), ("H-2", Red, "39:1", 900)]);
    assert_eq!(shop.skus(&red_heels()), ["H-2", "H-1"]);
}

#[test]
fn the_kind_never_gives_way_while_the_shop_has_it() {
    let shop = Shop::boutique();
    let query = SearchQuery { colours: vec![Colour::Teal], sizes: vec![Size::parse("30")], ..kind("dress") };
    assert!(!shop.hits(&query).is_empty());
    for (sku, _) in shop.hits(&query) {
        assert_eq!(shop.index.by_sku(sku).map(|p| p.category.as_str()), Some("dress"));
    }
    let shown = ["BQ-005", "BQ-006"].map(|sku| shop.id(sku));
    assert_eq!(shop.hits(&SearchQuery { exclude: shown.into(), ..kind("heels") }), [], "all heels were shown");
}

#[test]
fn a_missing_kind_is_met_by_the_nearest() {
    let shop = Shop::boutique();
    for (asked, sku) in [("boots", "BQ-005"), ("trousers", "BQ-008"), ("polo", "BQ-011"), ("sweater", "BQ-009")] {
        assert_eq!(shop.hits(&kind(asked))[0], (sku, relaxed([Dropped::Type])), "{asked}");
    }
    assert_eq!(shop.hits(&kind("fridge")), [], "nothing in a boutique is like a fridge");
}

#[test]
fn trousers_are_no_jeans_and_shirts_no_t_shirts() {
    use Colour::*;
    let shop = Shop::of(&[
        ("A-1", "Slim Jeans", "jeans", Blue, "30:1", 100, "", "Denim trousers."),
        ("A-2", "Chinos", "trousers", Beige, "30:1", 100, "", ""),
        ("A-3", "Plain T-shirt", "tshirt", White, "M:1", 100, "", ""),
        ("A-4", "Oxford Shirt", "shirt", White, "M:1", 100, "", ""),
        ("A-5", "Pant Suit", "suit", White, "M:1", 100, "", "Jacket and trousers."),
    ]);
    assert_eq!(shop.hits(&kind("trousers")), [("A-2", Fit::Exact)]);
    assert_eq!(shop.hits(&kind("shirt")), [("A-4", Fit::Exact)]);
    assert_eq!(shop.hits(&kind("tshirt")), [("A-3", Fit::Exact)]);
}

#[test]
fn a_material_narrows_a_kind_and_stands_for_one() {
    let shop = Shop::boutique();
    assert_eq!(shop.hits(&kind("kitenge")), [("BQ-010", Fit::Exact)]);
    let query = SearchQuery { product: vec!["kitenge".into(), "shirt".into()], ..SearchQuery::default() };
    assert_eq!(shop.hits(&query), [("BQ-010", Fit::Exact)]);
    let query = SearchQuery { product: vec!["kitenge".into(), "jeans".into()], ..SearchQuery::default() };
    assert_eq!(shop.hits(&query), [("BQ-008", relaxed([Dropped::Type]))]);
}

#[test]
fn wider_kinds_and_other_categories_are_read() {
    use Colour::*;
    let shop = Shop::of(&[
        ("A-1", "Ankle Boots", "Footwear", Black, "38:1", 100, "", ""),
        ("A-2", "Red Shirt Dress with belt", "Women > New in", Red, "M:1", 100, "", ""),
        ("A-3", "Gaming Laptop RTX", "electronics", Black, "ONE:1", 100, "", ""),
        ("A-4", "Shoe Rack", "home", Black, "ONE:1", 100, "", ""),
    ]);
    assert_eq!(shop.skus(&kind("shoes")), ["A-1"]);
    assert_eq!(shop.skus(&kind("boots")), ["A-1"]);
    assert_eq!(shop.skus(&kind("dress")), ["A-2"]);
    assert_eq!(shop.skus(&kind("laptop")), ["A-3"]);
    assert!(shop.hits(&kind("shirt")).iter().all(|(_, fit)| *fit != Fit::Exact));
}
