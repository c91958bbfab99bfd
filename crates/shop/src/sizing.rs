//! Which size a customer probably takes, from what they bought before.

use std::collections::BTreeSet;

use duka_kernel::{Size, Timestamp};
use serde::{Deserialize, Serialize};

/// Older orders than the last ten say little about how somebody is built today.
const ORDERS_CONSIDERED: usize = 10;

/// One piece of a paid order.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PastPurchase {
    /// The product's category: `dress`, `shoes/heels`.
    pub category: String,
    /// The size bought.
    pub size: Size,
    /// When the order was paid; pieces of one order have the same moment.
    pub at: Timestamp,
}

/// How sure a recommendation is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// Nothing to go by.
    Low,
    /// Bought once or twice.
    Medium,
    /// Bought three times or more.
    High,
}

/// A size to recommend.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Advice {
    /// The size; `None` if nothing is known.
    pub size: Option<Size>,
    /// How sure it is.
    pub confidence: Confidence,
    /// How often this size was bought in the orders considered.
    pub count: u32,
}

/// Recommends the size bought most often in garments that are sized alike, in the last ten paid orders; of two
/// bought equally often the one bought last.
#[must_use]
pub fn recommend(history: &[PastPurchase], category: &str) -> Advice {
    most_frequent(history, category, |_| true)
}

/// The same among the sizes a product comes in, so that nobody is told a trouser number for a skirt in letters.
#[must_use]
pub fn recommend_among(history: &[PastPurchase], category: &str, offered: &[Size]) -> Advice {
    most_frequent(history, category, |size| offered.contains(size))
}

fn most_frequent(history: &[PastPurchase], category: &str, counts: impl Fn(&Size) -> bool) -> Advice {
    let orders: BTreeSet<Timestamp> = history.iter().map(|p| p.at).collect();
    let oldest = orders.iter().nth_back(ORDERS_CONSIDERED - 1).copied().unwrap_or(Timestamp(i64::MIN));
    let family = family(category);
    let mut tally: Vec<(&Size, u32, Timestamp)> = Vec::new();
    for past in history {
        if past.at < oldest || past.size.is_one() || !counts(&past.size) || self::family(&past.category) != family {
            continue;
        }
        match tally.iter_mut().find(|(size, ..)| **size == past.size) {
            Some((_, count, last)) => (*count, *last) = (count.saturating_add(1), past.at.max(*last)),
            None => tally.push((&past.size, 1, past.at)),
        }
    }
    // The size itself decides between two of one order, so that the answer does not depend on the order of rows.
    match tally.into_iter().max_by_key(|(size, count, last)| (*count, *last, size.rank())) {
        Some((size, count, _)) => {
            let confidence = if count >= 3 { Confidence::High } else { Confidence::Medium };
            Advice { size: Some(size.clone()), confidence, count }
        }
        None => Advice { size: None, confidence: Confidence::Low, count: 0 },
    }
}

/// The family of garments that are sized alike, by category: who takes M in a dress takes M in a blouse, but neither in trousers nor in shoes.
/// A category that is in no family is one of its own.
pub fn family(category: &str) -> String {
    const UPPER: &[&str] = &[
        "dress",
        "gown",
        "blouse",
        "top",
        "shirt",
        "tshirt",
        "t-shirt",
        "polo",
        "vest",
        "skirt",
        "jumpsuit",
        "romper",
        "set",
        "suit",
        "jacket",
        "blazer",
        "hoodie",
        "sweater",
        "sweatshirt",
        "cardigan",
        "coat",
        "kaftan",
        "kimono",
        "kanzu",
        "kitenge",
        "outerwear",
    ];
    const LOWER: &[&str] = &["trouser", "jean", "pant", "short", "chino", "legging", "jogger", "cargo", "bottom"];
    const FEET: &[&str] =
        &["shoe", "sneaker", "heel", "sandal", "flat", "boot", "loafer", "slipper", "trainer", "footwear", "pump"];
    let category = category.to_lowercase();
    for word in category.split(|c: char| !c.is_alphanumeric() && c != '-') {
        let singular = [Some(word), word.strip_suffix('s'), word.strip_suffix("es")];
        let is_one_of = |list: &[&str]| singular.iter().flatten().any(|w| list.contains(w));
        for (name, list) in [("feet", FEET), ("lower", LOWER), ("upper", UPPER)] {
            if is_one_of(list) {
                return name.to_owned();
            }
        }
    }
    category
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn bought(category: &str, size: &str, day: i64) -> PastPurchase {
        PastPurchase { category: category.into(), size: Size::parse(size), at: Timestamp(day * 86_400_000) }
    }

    #[test]
    fn a_size_bought_three_times_is_recommended_with_confidence_across_alike_garments() {
        let history =
            [bought("dress", "M", 1), bought("blouse", "M", 2), bought("t-shirts", "M", 3), bought("coat", "L", 4)];
        let advice = recommend(&history, "skirt");
        assert_eq!((advice.size, advice.confidence, advice.count), (Some(Size::parse("M")), Confidence::High, 3));
    }

    #[test]
    fn shoes_and_trousers_say_nothing_about_dresses() {
        let history = [bought("shoes/heels", "38", 1), bought("jeans", "32", 2), bought("bag", "ONE", 3)];
        assert_eq!(recommend(&history, "dress"), Advice { size: None, confidence: Confidence::Low, count: 0 });
        assert_eq!(recommend(&history, "trousers").size, Some(Size::parse("32")));
        assert_eq!(recommend(&history, "sneakers").size, Some(Size::parse("38")));
        assert_eq!(recommend(&history, "bag").size, None);
    }

    #[test]
    fn of_two_sizes_bought_equally_often_the_last_wins() {
        let history =
            [bought("dress", "M", 1), bought("dress", "L", 9), bought("dress", "M", 2), bought("dress", "L", 3)];
        let advice = recommend(&history, "dress");
        assert_eq!((advice.size, advice.confidence), (Some(Size::parse("L")), Confidence::Medium));
    }

    #[test]
    fn only_the_last_ten_orders_count() {
        let mut history: Vec<_> = (0..5).map(|day| bought("dress", "S", day)).collect();
        history.extend((10..19).map(|day| bought("shoes", "38", day)));
        history.push(bought("dress", "L", 20));
        assert_eq!(recommend(&history, "dress").size, Some(Size::parse("L")));
    }

    #[test]
    fn a_size_the_product_does_not_come_in_is_not_recommended() {
        let history = [bought("trousers", "34", 1), bought("trousers", "34", 2), bought("trousers", "M", 3)];
        let letters = ["S", "M", "L"].map(Size::parse);
        assert_eq!(recommend_among(&history, "trousers", &letters).size, Some(Size::parse("M")));
    }

    proptest! {
        #[test]
        fn the_recommended_size_was_bought_and_none_was_bought_more(
            rows in prop::collection::vec((0usize..4, 0i64..9), 0..20),
        ) {
            let history: Vec<_> = rows.iter().map(|(i, day)| bought("dress", ["S", "M", "L", "XL"][*i], *day)).collect();
            let advice = recommend(&history, "blouse");
            let count = |size: &Size| history.iter().filter(|p| p.size == *size).count();
            match &advice.size {
                Some(size) => {
                    prop_assert_eq!(count(size), advice.count as usize);
                    prop_assert!(history.iter().all(|p| count(&p.size) <= count(size)));
                }
                None => prop_assert!(history.is_empty()),
            }
        }
    }
}
