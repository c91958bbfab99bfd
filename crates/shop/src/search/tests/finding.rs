//! Three ways of finding.

use duka_kernel::Colour;

use super::*;
use crate::search::{embed, embed::cosine, filter::Wanted, reading::Reading};

/// What each way alone finds: by words, by meaning (from a cosine of 0.35 on), by filters.
fn ways<'a>(shop: &'a Shop, query: &SearchQuery) -> [Vec<&'a str>; 3] {
    let index = &shop.index;
    let wanted = Wanted::new(query, &index.text);
    let reading = Reading::new(query, &wanted, &index.text);
    let (words, _) = index.text.score(&reading.sought);
    let skus = |found: &dyn Fn(usize) -> bool| -> Vec<&'a str> {
        (0..index.products.len()).filter(|at| found(*at)).map(|at| index.products[at].sku.as_str()).collect()
    };
    let meets = |at: usize| {
        let found = wanted.matches(at, &index.products[at], &index.facets[at], |_| true);
        wanted.names_more() && found.is_some_and(|found| found.misses == 0)
    };
    [skus(&|at| words[at] > 0.0), skus(&|at| cosine(&index.vectors[at], &reading.meaning) >= 0.35), skus(&meets)]
}

#[test]
fn words_find_what_has_no_known_meaning() {
    let shop = Shop::boutique();
    let query = text("mandarin");
    let [words, meaning, filters] = ways(&shop, &query);
    assert_eq!((words, meaning, filters), (vec!["BQ-010"], vec![], vec![]));
    assert_eq!(shop.skus(&query), ["BQ-010"]);
}

#[test]
fn meaning_finds_what_shares_no_word() {
    let shop = Shop::boutique();
    let query = text("something for a garden party");
    let [words, meaning, filters] = ways(&shop, &query);
    assert_eq!((words, filters), (vec![], vec![]));
    assert!(meaning.contains(&"BQ-001"), "{meaning:?}");
    assert_eq!(shop.skus(&query)[0], "BQ-001");
}

#[test]
fn a_garden_party_is_no_night_out() {
    let shop = Shop::boutique();
    let heard = SearchQuery { occasions: vec!["party".into()], ..text("something for a garden party") };
    assert_eq!(shop.skus(&heard), shop.skus(&text("something for a garden party")));
    let party = SearchQuery { occasions: vec!["party".into()], ..text("something for a party") };
    assert_ne!(shop.skus(&party), shop.skus(&heard));
}

#[test]
fn filters_find_what_the_text_does_not_speak_of() {
    let shop = Shop::boutique();
    let query = SearchQuery { colours: vec![Colour::Grey], ..text("hii hapa") };
    let [words, meaning, filters] = ways(&shop, &query);
    assert_eq!((words, meaning, filters), (vec![], vec![], vec!["BQ-009"]));
    assert_eq!(shop.skus(&query), ["BQ-009"]);
}

#[test]
fn what_several_ways_find_stands_once_and_first() {
    use Colour::*;
    let shop = Shop::of(&[
        ("A-1", "Sewing Box Sunday", "other", Red, "ONE:1", 100, "", ""),
        ("A-2", "Modest Skirt", "skirt", Red, "M:1", 100, "midi", ""),
        ("A-3", "Church Skirt", "skirt", Red, "M:1", 100, "church|midi", ""),
    ]);
    let query = SearchQuery { colours: vec![Red], ..text("church") };
    let skus = shop.skus(&query);
    assert_eq!(skus[0], "A-3");
    assert_eq!(skus.iter().filter(|sku| **sku == "A-3").count(), 1);
}

#[test]
fn needs_are_met_by_things_that_do_not_name_them() {
    let shop = Shop::boutique();
    for (wish, sku) in [
        ("nataka kitu ya baridi", "BQ-009"),
        ("ruracio outfit", "BQ-010"),
        ("date night", "BQ-002"),
        ("niko mjamzito, nivae nini?", "BQ-004"),
        ("kitu ya kuvaa ofisini", "BQ-003"),
    ] {
        assert_eq!(shop.skus(&text(wish)).first(), Some(&sku), "{wish}");
    }
}

#[test]
fn swahili_and_sheng_find_english_products() {
    let shop = Shop::boutique();
    assert_eq!(shop.skus(&text("gauni")), ["BQ-001", "BQ-002", "BQ-003", "BQ-004"]);
    assert_eq!(shop.skus(&text("ndula")), ["BQ-005", "BQ-006", "BQ-007"]);
    assert_eq!(shop.skus(&text("mkoba")), ["BQ-013"]);
    assert_eq!(shop.skus(&text("suruali ya jeans")), ["BQ-008"]);
}

#[test]
fn typos_and_beginnings_of_words_are_understood() {
    let shop = Shop::boutique();
    for (written, sku) in [
        ("hodie", "BQ-009"),
        ("kitnge", "BQ-010"),
        ("stileto", "BQ-006"),
        ("rosewod", "BQ-001"),
        ("rosew", "BQ-001"),
        ("croptop", "BQ-012"),
        ("hood ie", "BQ-009"),
    ] {
        assert_eq!(shop.skus(&text(written)).first(), Some(&sku), "{written}");
    }
}

#[test]
fn a_code_comes_first_even_mistyped() {
    let shop = Shop::boutique();
    for written in ["BQ-007", "bq 7", "naomba BQ007 tafadhali", "BG-007", "BQ-OO7", "bqq-007", "B-007"] {
        assert_eq!(shop.skus(&text(written)).first(), Some(&"BQ-007"), "{written}");
    }
}

#[test]
fn another_number_is_another_code() {
    let shop = Shop::boutique();
    assert!(shop.skus(&text("BQ-099")).is_empty());
    assert_eq!(shop.index.by_sku("BQ-099"), None);
    assert_eq!(shop.index.by_sku("bq 001").map(|p| p.sku.as_str()), Some("BQ-001"));
}

#[test]
fn a_code_is_found_with_what_it_misses() {
    let shop = Shop::boutique();
    let query = SearchQuery { sizes: vec![Size::parse("XL")], ..text("BQ-002 iko XL?") };
    assert_eq!(shop.hits(&query)[0], ("BQ-002", relaxed([Dropped::Size])));
}

#[test]
fn a_brand_comes_first_even_mistyped() {
    let shop = Shop::boutique();
    for written in ["Kendi dress", "dress ya kendy", "kendi"] {
        assert_eq!(
            shop.skus(&SearchQuery { product: vec!["dress".into()], ..text(written) })[0],
            "BQ-002",
            "{written}"
        );
    }
}

#[test]
fn texts_with_known_words_are_near_in_meaning() {
    assert!(cosine(&embed("church"), &embed("kanisani")) > 0.7);
}
