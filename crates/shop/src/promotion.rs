//! Prices that are lower for a time, or for loyal customers. What a promotion makes of a price is the price: it is
//! what is shown, searched by and charged; coupons and wholesale take off from there.

use duka_kernel::Money;
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

use crate::{Product, ShopProfile};

/// A lower price for some products, for a time.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Promotion {
    /// As customers are told: `Easter sale`.
    pub name: String,
    /// What it makes of a price.
    pub cut: Cut,
    /// Stock-keeping units it is for. With no products and no categories it is for everything.
    pub products: Vec<String>,
    /// Categories it is for: `shoes` covers `shoes/heels` too.
    pub categories: Vec<String>,
    /// From when, on the shop's clock.
    pub from: Option<DateTime>,
    /// Until when, on the shop's clock; at this moment it is over.
    pub until: Option<DateTime>,
    /// Only they see it and pay it.
    pub members: Option<Members>,
}

/// What a promotion makes of a price.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cut {
    /// Per cent off, 1 to 100.
    Percent(u8),
    /// This price, where it is lower.
    Price(Money),
}

/// Who belongs to a shop's loyal customers. Meeting one of them is enough.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Members {
    /// At least so many paid orders.
    pub min_orders: Option<u32>,
    /// At least so much paid in all.
    pub min_spent: Option<Money>,
    /// The shop has given them this tag.
    pub tag: Option<String>,
}

/// What makes a customer loyal.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Loyalty {
    /// Paid orders.
    pub orders: u32,
    /// What they paid in all, in minor units of the shop's currency.
    pub spent_minor: i64,
    /// Tags the shop gave them.
    pub tags: Vec<String>,
}

impl Members {
    /// Whether a customer belongs.
    #[must_use]
    pub fn include(&self, customer: &Loyalty) -> bool {
        self.min_orders.is_some_and(|least| customer.orders >= least)
            || self.min_spent.is_some_and(|least| customer.spent_minor >= least.minor)
            || self.tag.as_ref().is_some_and(|tag| customer.tags.iter().any(|own| own.eq_ignore_ascii_case(tag)))
    }
}

impl Promotion {
    /// Whether it counts at a moment on the shop's clock.
    #[must_use]
    pub fn is_on(&self, here: DateTime) -> bool {
        self.from.is_none_or(|from| from <= here) && self.until.is_none_or(|until| here < until)
    }

    /// Whether it is for a product.
    #[must_use]
    pub fn covers(&self, product: &Product) -> bool {
        let (sku, category) = (&product.sku, product.category.to_lowercase());
        let within = |of: &String| {
            let of = of.to_lowercase();
            category == of || category.strip_prefix(of.as_str()).is_some_and(|rest| rest.starts_with('/'))
        };
        (self.products.is_empty() && self.categories.is_empty())
            || self.products.iter().any(|own| own.eq_ignore_ascii_case(sku))
            || self.categories.iter().any(within)
    }

    /// What it makes of a price: never more, never below zero.
    #[must_use]
    pub fn price(&self, list: Money) -> Money {
        let minor = match self.cut {
            Cut::Percent(percent) => list.minor - list.percent(percent.min(100)).minor,
            Cut::Price(price) => price.minor,
        };
        Money::from_minor(minor.min(list.minor).max(0), list.currency)
    }
}

/// The promotions that count at one moment for one customer.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Offers(Vec<Promotion>);

impl Offers {
    /// Those of a shop, now, for a customer.
    #[must_use]
    pub fn of(profile: &ShopProfile, customer: &Loyalty, here: DateTime) -> Self {
        let counts = |p: &&Promotion| p.is_on(here) && p.members.as_ref().is_none_or(|m| m.include(customer));
        Self(profile.promotions.iter().filter(counts).cloned().collect())
    }

    /// Each of them.
    pub fn iter(&self) -> std::slice::Iter<'_, Promotion> {
        self.0.iter()
    }

    /// What a product costs whose price is `list`. The lowest of the promotions counts; they do not add up.
    #[must_use]
    pub fn price(&self, product: &Product, list: Money) -> Money {
        let prices = self.0.iter().filter(|p| p.covers(product)).map(|p| p.price(list));
        prices.min_by_key(|price| price.minor).unwrap_or(list)
    }

    /// What a product cost before, if that is more than it costs now: what the shop says it was, else its list price.
    #[must_use]
    pub fn was(&self, product: &Product, list: Money) -> Option<Money> {
        let now = self.price(product, list);
        let before = product.compare_at.filter(|was| was.minor > list.minor).unwrap_or(list);
        (before.minor > now.minor).then_some(before)
    }
}

#[cfg(test)]
mod tests {
    use duka_kernel::{Currency, ProductId};
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::file::new_profile;

    fn kes(major: i64) -> Money {
        Money::from_major(major, Currency::Kes)
    }

    fn product(sku: &str, category: &str, price: i64) -> Product {
        Product {
            id: ProductId::new(),
            sku: sku.into(),
            name: sku.into(),
            description: String::new(),
            category: category.into(),
            price: kes(price),
            compare_at: None,
            tags: Vec::new(),
            attributes: std::collections::BTreeMap::new(),
            colours: Vec::new(),
            image: None,
            variants: Vec::new(),
        }
    }

    fn promotion(cut: Cut) -> Promotion {
        Promotion {
            name: "Sale".into(),
            cut,
            products: Vec::new(),
            categories: Vec::new(),
            from: None,
            until: None,
            members: None,
        }
    }

    fn offers(promotions: Vec<Promotion>, customer: &Loyalty, here: DateTime) -> Offers {
        let mut profile = new_profile("malkia", "Malkia", Currency::Kes);
        profile.promotions = promotions;
        Offers::of(&profile, customer, here)
    }

    const NOON: DateTime = date(2026, 3, 4).at(12, 0, 0, 0);

    #[test]
    fn it_counts_from_its_first_moment_until_its_last() {
        let sale =
            Promotion { from: Some(NOON), until: Some(date(2026, 3, 5).at(0, 0, 0, 0)), ..promotion(Cut::Percent(20)) };
        let dress = product("A", "dress", 2_800);
        let price_at = |here| offers(vec![sale.clone()], &Loyalty::default(), here).price(&dress, dress.price);
        assert_eq!(price_at(date(2026, 3, 4).at(11, 59, 59, 0)), kes(2_800));
        assert_eq!(price_at(NOON), kes(2_240));
        assert_eq!(price_at(date(2026, 3, 4).at(23, 59, 59, 0)), kes(2_240));
        assert_eq!(price_at(date(2026, 3, 5).at(0, 0, 0, 0)), kes(2_800));
    }

    #[test]
    fn the_lowest_price_counts_and_they_do_not_add_up() {
        let both = vec![promotion(Cut::Percent(10)), promotion(Cut::Price(kes(2_000)))];
        let offers = offers(both, &Loyalty::default(), NOON);
        assert_eq!(offers.price(&product("A", "dress", 2_800), kes(2_800)), kes(2_000));
        assert_eq!(offers.price(&product("B", "dress", 1_000), kes(1_000)), kes(900));
    }

    #[test]
    fn a_category_covers_what_is_within_it_and_nothing_else() {
        let shoes =
            Promotion { categories: vec!["Shoes".into()], products: vec!["x-1".into()], ..promotion(Cut::Percent(50)) };
        assert!(shoes.covers(&product("A", "shoes/heels", 1)) && shoes.covers(&product("A", "shoes", 1)));
        assert!(shoes.covers(&product("X-1", "dress", 1)));
        assert!(!shoes.covers(&product("A", "shoeshine", 1)) && !shoes.covers(&product("A", "dress", 1)));
    }

    #[test]
    fn only_members_pay_a_members_price() {
        let members = Members { min_orders: Some(3), min_spent: Some(kes(10_000)), tag: Some("VIP".into()) };
        let deal = Promotion { members: Some(members), ..promotion(Cut::Percent(10)) };
        let dress = product("A", "dress", 1_000);
        let pays = |customer: Loyalty| offers(vec![deal.clone()], &customer, NOON).price(&dress, dress.price);
        assert_eq!(pays(Loyalty { orders: 2, spent_minor: 999_999, ..Loyalty::default() }), kes(1_000));
        assert_eq!(pays(Loyalty { orders: 3, ..Loyalty::default() }), kes(900));
        assert_eq!(pays(Loyalty { spent_minor: 1_000_000, ..Loyalty::default() }), kes(900));
        assert_eq!(pays(Loyalty { tags: vec!["vip".into()], ..Loyalty::default() }), kes(900));
    }

    #[test]
    fn what_it_was_is_told_only_where_it_was_more() {
        let none = Offers::default();
        let compared = |was: i64| Product { compare_at: Some(kes(was)), ..product("A", "dress", 2_000) };
        assert_eq!(none.was(&compared(2_500), kes(2_000)), Some(kes(2_500)));
        assert_eq!(none.was(&compared(2_000), kes(2_000)), None);
        assert_eq!(none.was(&compared(1_500), kes(2_000)), None);
        let sale = offers(vec![promotion(Cut::Percent(10))], &Loyalty::default(), NOON);
        assert_eq!(sale.was(&product("A", "dress", 2_000), kes(2_000)), Some(kes(2_000)));
        assert_eq!(sale.was(&compared(2_500), kes(2_000)), Some(kes(2_500)));
    }

    proptest! {
        #[test]
        fn no_promotion_raises_a_price_or_takes_it_below_zero(
            list in 0i64..10_000_000,
            cuts in proptest::collection::vec(prop_oneof![
                (1u8..=100).prop_map(Cut::Percent),
                (0i64..200_000).prop_map(|price| Cut::Price(kes(price))),
            ], 0..5),
        ) {
            let list = Money::from_minor(list, Currency::Kes);
            let each: Vec<Promotion> = cuts.into_iter().map(promotion).collect();
            let offers = offers(each.clone(), &Loyalty::default(), NOON);
            let product = Product { price: list, ..product("A", "dress", 0) };
            let price = offers.price(&product, list);
            prop_assert!(0 <= price.minor && price.minor <= list.minor);
            prop_assert!(each.iter().all(|one| price.minor <= one.price(list).minor));
            prop_assert_eq!(offers.was(&product, list).is_some(), price.minor < list.minor);
        }
    }
}
