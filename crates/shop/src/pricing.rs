//! What a cart comes to: products, less one reduction, plus delivery.

use duka_kernel::{Money, MoneyError, PhoneNumber};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    Cart, ShopProfile, delivery,
    profile::{Coupon, DepositScope, Reduction, Tier},
    promotion::Loyalty,
};

/// Who buys, as far as a coupon depends on it. The uses are those of the coupon that is asked about.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Buyer {
    /// The number they are known by.
    pub phone: Option<PhoneNumber>,
    /// How often this customer has used the coupon.
    pub coupon_uses: u32,
    /// How often all customers together have used it.
    pub coupon_uses_total: u32,
    /// How loyal they are.
    pub loyalty: Loyalty,
}

/// Which reduction was applied. Only one is, the larger.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Applied {
    /// None.
    #[default]
    None,
    /// A coupon.
    Coupon {
        /// Its code, in capitals.
        code: String,
    },
    /// The wholesale tier the pieces reach.
    Wholesale {
        /// Per cent off the subtotal.
        percent: u8,
    },
}

/// What a cart comes to. `total = subtotal − discount + delivery_fee`, and `0 ≤ discount ≤ subtotal`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Quote {
    /// Pieces in the cart.
    pub pieces: u32,
    /// The lines at their prices, promotions counted, before a coupon or wholesale.
    pub subtotal: Money,
    /// What the reduction takes off.
    pub discount: Money,
    /// Which reduction that is.
    pub reduction: Applied,
    /// What delivery costs; `None` until it is known where to.
    pub delivery_fee: Option<Money>,
    /// What is to be paid; without delivery until that is known.
    pub total: Money,
    /// Whether the wholesale tier is the reduction applied.
    pub wholesale: bool,
}

/// Why a code does not count.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CouponRefusal {
    /// The shop has no such code.
    Unknown,
    /// It counts later.
    NotStarted {
        /// The first day it counts.
        from: Date,
    },
    /// It no longer counts.
    Expired {
        /// The last day it counted.
        on: Date,
    },
    /// The products come to too little.
    BelowMinimum {
        /// What they have to come to.
        min: Money,
        /// How much is missing; more than 0.
        missing: Money,
    },
    /// It has been used as often as it can be, by this customer or by all.
    UsedUp,
    /// It is for other customers.
    NotForYou,
}

/// What a cart comes to on a day. A coupon in the cart that does not count takes nothing off; ask
/// [`check_coupon`] why.
///
/// # Errors
/// If the amounts are in different currencies or do not fit 64 bits.
pub fn quote(
    profile: &ShopProfile,
    cart: &Cart,
    delivery: Option<&delivery::Choice>,
    buyer: &Buyer,
    today: Date,
) -> Result<Quote, MoneyError> {
    let mut subtotal = Money::zero(profile.currency);
    for line in &cart.lines {
        subtotal = subtotal.checked_add(line.unit_price.times(line.quantity)?)?;
    }
    let pieces = cart.pieces();
    let (discount, reduction) = larger_reduction(profile, cart, subtotal, buyer, today);
    let delivery_fee = delivery.map(|choice| choice.fee);
    let mut total = subtotal.checked_sub(discount)?;
    if let Some(fee) = delivery_fee {
        total = total.checked_add(fee)?;
    }
    let wholesale = matches!(reduction, Applied::Wholesale { .. });
    Ok(Quote { pieces, subtotal, discount, reduction, delivery_fee, total, wholesale })
}

/// The coupon with this code, in any case, if it counts for this buyer on this day.
///
/// # Errors
/// The first reason it does not: unknown, the dates, the customer, the uses, the subtotal. The subtotal comes
/// last because it is the only one the customer can change.
pub fn check_coupon<'a>(
    profile: &'a ShopProfile,
    code: &str,
    subtotal: Money,
    buyer: &Buyer,
    today: Date,
) -> Result<&'a Coupon, CouponRefusal> {
    let code = code.trim();
    let coupon = profile.coupons.iter().find(|c| c.code.eq_ignore_ascii_case(code)).ok_or(CouponRefusal::Unknown)?;
    if let Some(from) = coupon.starts.filter(|from| today < *from) {
        return Err(CouponRefusal::NotStarted { from });
    }
    if let Some(on) = coupon.expires.filter(|on| today > *on) {
        return Err(CouponRefusal::Expired { on });
    }
    let is_theirs = buyer.phone.as_ref().is_some_and(|phone| coupon.customers.contains(phone));
    let is_member = coupon.members.as_ref().is_none_or(|members| members.include(&buyer.loyalty));
    if (!coupon.customers.is_empty() && !is_theirs) || !is_member {
        return Err(CouponRefusal::NotForYou);
    }
    let reached = |limit: Option<u32>, uses: u32| limit.is_some_and(|limit| uses >= limit);
    if reached(coupon.max_uses, buyer.coupon_uses_total) || reached(coupon.max_uses_per_customer, buyer.coupon_uses) {
        return Err(CouponRefusal::UsedUp);
    }
    if subtotal.minor < coupon.min_subtotal.minor {
        let missing = coupon.min_subtotal.minor.saturating_sub(subtotal.minor);
        return Err(CouponRefusal::BelowMinimum {
            min: coupon.min_subtotal,
            missing: Money::from_minor(missing, subtotal.currency),
        });
    }
    Ok(coupon)
}

/// The wholesale tier so many pieces reach.
#[must_use]
pub fn tier(profile: &ShopProfile, pieces: u32) -> Option<Tier> {
    let wholesale = profile.wholesale.as_ref().filter(|w| pieces >= w.min_pieces)?;
    wholesale.tiers.iter().filter(|t| pieces >= t.min).max_by_key(|t| t.min).copied()
}

/// The next wholesale tier, and how many pieces are missing to it.
#[must_use]
pub fn next_tier(profile: &ShopProfile, pieces: u32) -> Option<(u32, Tier)> {
    let wholesale = profile.wholesale.as_ref()?;
    wholesale
        .tiers
        .iter()
        .map(|tier| (tier.min.max(wholesale.min_pieces), *tier))
        .filter(|(from, _)| *from > pieces)
        // Tiers below the shop's minimum all begin there; the best of them is what is reached.
        .min_by_key(|(from, tier)| (*from, u32::MAX - tier.min))
        .map(|(from, tier)| (from - pieces, tier))
}

/// The part of a quote's total the shop asks beforehand; `None` if it asks for all at once. Whether an order is
/// wholesale goes by its pieces here, even where a coupon took off more than the tier.
#[must_use]
pub fn deposit(profile: &ShopProfile, quote: &Quote) -> Option<Money> {
    let deposit = profile.deposit.filter(|d| d.percent < 100)?;
    let applies = match deposit.applies_to {
        DepositScope::All => true,
        DepositScope::Wholesale => profile.wholesale.as_ref().is_some_and(|w| quote.pieces >= w.min_pieces),
    };
    applies.then(|| quote.total.percent(deposit.percent)).filter(|part| part.minor > 0 && *part != quote.total)
}

/// What a coupon or tier takes off: at most the subtotal.
fn taken_off(reduction: Reduction, subtotal: Money) -> Money {
    let amount = match reduction {
        Reduction::Percent(percent) => subtotal.percent(percent.min(100)).minor,
        Reduction::Fixed(amount) => amount.minor,
    };
    Money::from_minor(amount.clamp(0, subtotal.minor.max(0)), subtotal.currency)
}

/// Coupon or wholesale, whichever takes off more; wholesale if they are equal, so that no use of a coupon is spent.
fn larger_reduction(
    profile: &ShopProfile,
    cart: &Cart,
    subtotal: Money,
    buyer: &Buyer,
    today: Date,
) -> (Money, Applied) {
    let by_pieces = tier(profile, cart.pieces()).map(|tier| {
        (taken_off(Reduction::Percent(tier.percent), subtotal), Applied::Wholesale { percent: tier.percent })
    });
    let by_coupon = cart
        .coupon
        .as_deref()
        .and_then(|code| check_coupon(profile, code, subtotal, buyer, today).ok())
        .map(|coupon| (taken_off(coupon.reduction, subtotal), Applied::Coupon { code: coupon.code.clone() }));
    [by_coupon, by_pieces]
        .into_iter()
        .flatten()
        .filter(|(amount, _)| amount.minor > 0)
        .max_by_key(|(amount, _)| amount.minor)
        .unwrap_or((Money::zero(subtotal.currency), Applied::None))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail by panic")]

    use duka_kernel::{Currency, ProductId, Size, VariantId};
    use jiff::civil::date;
    use proptest::{collection::vec, option, prelude::*};

    use super::*;
    use crate::{
        CartLine,
        file::new_profile,
        profile::{Deposit, Wholesale},
        promotion::{Cut, Members, Offers, Promotion},
    };

    const TODAY: Date = date(2026, 3, 4);

    fn kes(major: i64) -> Money {
        Money::from_major(major, Currency::Kes)
    }

    fn coupon(code: &str, reduction: Reduction) -> Coupon {
        Coupon {
            code: code.into(),
            reduction,
            min_subtotal: kes(0),
            starts: None,
            expires: None,
            max_uses: None,
            max_uses_per_customer: None,
            customers: Vec::new(),
            members: None,
        }
    }

    fn shop() -> ShopProfile {
        let mut profile = new_profile("malkia", "Malkia", Currency::Kes);
        profile.coupons = vec![
            Coupon { min_subtotal: kes(2_000), ..coupon("KARIBU10", Reduction::Percent(10)) },
            Coupon { expires: Some(TODAY), ..coupon("FIVEHUNDRED", Reduction::Fixed(kes(500))) },
        ];
        let tiers = vec![Tier { min: 10, percent: 15 }, Tier { min: 50, percent: 25 }];
        profile.wholesale = Some(Wholesale { min_pieces: 10, tiers, note: None });
        profile
    }

    fn cart(lines: &[(u32, i64)], coupon: Option<&str>) -> Cart {
        let mut cart = Cart { coupon: coupon.map(str::to_owned), ..Cart::default() };
        for (quantity, price) in lines {
            cart.add(CartLine {
                variant: VariantId::new(),
                product: ProductId::new(),
                sku: "A".into(),
                name: "A".into(),
                size: Size::one(),
                colour: None,
                quantity: *quantity,
                unit_price: kes(*price),
            });
        }
        cart
    }

    fn quoted(cart: &Cart) -> Quote {
        quote(&shop(), cart, None, &Buyer::default(), TODAY).expect("one currency")
    }

    fn delivered_for(fee: Money) -> delivery::Choice {
        delivery::Choice { address: "Ngara".into(), zone: Some("cbd".into()), fee, pickup: false, eta: None }
    }

    #[test]
    fn products_less_discount_plus_delivery_is_the_total() {
        let cart = cart(&[(1, 2_800), (2, 600)], Some("karibu10"));
        let quote = quote(&shop(), &cart, Some(&delivered_for(kes(300))), &Buyer::default(), TODAY).unwrap();
        assert_eq!((quote.subtotal, quote.discount, quote.total), (kes(4_000), kes(400), kes(3_900)));
        assert_eq!(quote.reduction, Applied::Coupon { code: "KARIBU10".into() });
        assert!(!quote.wholesale);
    }

    #[test]
    fn only_the_larger_of_coupon_and_wholesale_applies() {
        let wholesale = quoted(&cart(&[(10, 1_000)], Some("KARIBU10")));
        assert_eq!((wholesale.discount, wholesale.wholesale), (kes(1_500), true));
        let coupon = quoted(&cart(&[(10, 100)], Some("FIVEHUNDRED")));
        assert_eq!((coupon.discount, coupon.wholesale), (kes(500), false));
        let best_tier = quoted(&cart(&[(60, 100)], None));
        assert_eq!(best_tier.reduction, Applied::Wholesale { percent: 25 });
    }

    #[test]
    fn a_fixed_coupon_takes_off_no_more_than_there_is() {
        let quote = quoted(&cart(&[(1, 300)], Some("FIVEHUNDRED")));
        assert_eq!((quote.discount, quote.total), (kes(300), kes(0)));
    }

    #[test]
    fn a_coupon_counts_from_its_first_to_its_last_day() {
        let mut profile = shop();
        profile.coupons = vec![Coupon {
            starts: Some(date(2026, 3, 1)),
            expires: Some(TODAY),
            ..coupon("MARCH", Reduction::Percent(5))
        }];
        let on = |day| check_coupon(&profile, " march ", kes(100), &Buyer::default(), day).map(|c| c.code.clone());
        assert_eq!(on(date(2026, 2, 28)), Err(CouponRefusal::NotStarted { from: date(2026, 3, 1) }));
        assert!(on(date(2026, 3, 1)).is_ok() && on(TODAY).is_ok());
        assert_eq!(on(date(2026, 3, 5)), Err(CouponRefusal::Expired { on: TODAY }));
    }

    #[test]
    fn a_coupon_says_why_it_does_not_count() {
        let mut profile = shop();
        let phone = PhoneNumber::parse("0712345678").unwrap();
        profile.coupons.push(Coupon {
            max_uses: Some(3),
            max_uses_per_customer: Some(1),
            ..coupon("ONCE", Reduction::Percent(5))
        });
        profile.coupons.push(Coupon { customers: vec![phone.clone()], ..coupon("VIP", Reduction::Percent(5)) });
        let check = |code, buyer: &Buyer| check_coupon(&profile, code, kes(1_500), buyer, TODAY).err();
        let known = Buyer { phone: Some(phone), ..Buyer::default() };
        assert_eq!(check("NOPE", &known), Some(CouponRefusal::Unknown));
        assert_eq!(check("", &known), Some(CouponRefusal::Unknown));
        assert_eq!(check("KARIBU10", &known), Some(CouponRefusal::BelowMinimum { min: kes(2_000), missing: kes(500) }));
        assert_eq!(check("ONCE", &Buyer { coupon_uses: 1, ..known.clone() }), Some(CouponRefusal::UsedUp));
        assert_eq!(check("ONCE", &Buyer { coupon_uses_total: 3, ..known.clone() }), Some(CouponRefusal::UsedUp));
        assert_eq!(check("ONCE", &Buyer { coupon_uses_total: 2, ..known.clone() }), None);
        assert_eq!(check("VIP", &Buyer::default()), Some(CouponRefusal::NotForYou));
        assert_eq!(check("VIP", &known), None);
    }

    #[test]
    fn a_members_coupon_is_for_members() {
        let mut profile = shop();
        let members = Members { min_orders: Some(2), ..Members::default() };
        profile.coupons.push(Coupon { members: Some(members), ..coupon("LOYAL", Reduction::Percent(15)) });
        let check = |orders| {
            let buyer = Buyer { loyalty: Loyalty { orders, ..Loyalty::default() }, ..Buyer::default() };
            check_coupon(&profile, "loyal", kes(100), &buyer, TODAY).err()
        };
        assert_eq!((check(1), check(2)), (Some(CouponRefusal::NotForYou), None));
    }

    #[test]
    fn the_next_tier_says_how_many_pieces_are_missing() {
        let profile = shop();
        assert_eq!(next_tier(&profile, 7), Some((3, Tier { min: 10, percent: 15 })));
        assert_eq!(next_tier(&profile, 10), Some((40, Tier { min: 50, percent: 25 })));
        assert_eq!(next_tier(&profile, 50), None);
    }

    #[test]
    fn a_wholesale_deposit_is_asked_for_wholesale_orders_only() {
        let mut profile = shop();
        profile.deposit = Some(Deposit { percent: 50, applies_to: DepositScope::Wholesale });
        assert_eq!(deposit(&profile, &quoted(&cart(&[(10, 1_000)], None))), Some(kes(4_250)));
        assert_eq!(deposit(&profile, &quoted(&cart(&[(9, 1_000)], None))), None);
        profile.deposit = Some(Deposit { percent: 50, applies_to: DepositScope::All });
        assert_eq!(deposit(&profile, &quoted(&cart(&[(1, 1_000)], None))), Some(kes(500)));
        assert_eq!(deposit(&profile, &quoted(&Cart::default())), None);
    }

    #[test]
    fn amounts_of_two_currencies_are_refused() {
        let mut mixed = cart(&[(1, 100)], None);
        mixed.lines[0].unit_price = Money::from_major(1, Currency::Usd);
        let error = quote(&shop(), &mixed, None, &Buyer::default(), TODAY);
        assert_eq!(error, Err(MoneyError::Currencies(Currency::Kes, Currency::Usd)));
    }

    proptest! {
        #[test]
        fn every_quote_adds_up(
            lines in vec((1u32..60, 0i64..100_000), 0..6),
            code in option::of(prop_oneof![Just("KARIBU10"), Just("FIVEHUNDRED"), Just("NOPE")]),
            fee in option::of(0i64..1_000),
        ) {
            let (profile, buyer, cart) = (shop(), Buyer::default(), cart(&lines, code));
            let choice = fee.map(|fee| delivered_for(kes(fee)));
            let quote = quote(&profile, &cart, choice.as_ref(), &buyer, TODAY).unwrap();
            let products: i64 = lines.iter().map(|(quantity, price)| i64::from(*quantity) * price * 100).sum();
            prop_assert_eq!(quote.subtotal.minor, products);
            prop_assert!(0 <= quote.discount.minor && quote.discount.minor <= products);
            prop_assert_eq!(quote.total.minor, products - quote.discount.minor + fee.unwrap_or(0) * 100);
            prop_assert_eq!(quote.discount.is_zero(), quote.reduction == Applied::None);

            let by_coupon = code
                .and_then(|code| check_coupon(&profile, code, quote.subtotal, &buyer, TODAY).ok())
                .map_or(0, |coupon| taken_off(coupon.reduction, quote.subtotal).minor);
            let by_pieces = tier(&profile, cart.pieces()).map_or(0, |tier| quote.subtotal.percent(tier.percent).minor);
            prop_assert_eq!(quote.discount.minor, by_coupon.max(by_pieces));
        }

        /// Coupon and wholesale take off from the promoted price, and never both.
        #[test]
        fn reductions_count_on_the_promoted_price_and_leave_nothing_below_zero(
            lines in vec((1u32..60, 1i64..100_000), 1..5),
            cut in prop_oneof![(1u8..=100).prop_map(Cut::Percent), (0i64..50_000).prop_map(|p| Cut::Price(kes(p)))],
            code in option::of(prop_oneof![Just("KARIBU10"), Just("FIVEHUNDRED")]),
        ) {
            let mut profile = shop();
            profile.promotions = vec![Promotion {
                name: "Sale".into(),
                cut,
                products: Vec::new(),
                categories: Vec::new(),
                from: None,
                until: None,
                members: None,
            }];
            let offers = Offers::of(&profile, &Loyalty::default(), TODAY.at(12, 0, 0, 0));
            let full = quoted(&cart(&lines, code));
            let mut cart = cart(&lines, code);
            for line in &mut cart.lines {
                line.unit_price = offers.iter().map(|p| p.price(line.unit_price)).next().unwrap();
            }
            let quote = quote(&profile, &cart, None, &Buyer::default(), TODAY).unwrap();
            let (percent, fixed) = (i64::from(tier(&profile, cart.pieces()).map_or(0, |t| t.percent)), 50_000);
            let most = quote.subtotal.minor * percent.max(10) / 100 + 100;
            prop_assert!(quote.subtotal.minor <= full.subtotal.minor && quote.total.minor <= full.total.minor.max(full.subtotal.minor));
            prop_assert!(quote.total.minor >= 0 && quote.discount.minor <= most.max(fixed).min(quote.subtotal.minor));
        }

        /// Whatever was added, changed or taken out before, the subtotal is that of the lines there are.
        #[test]
        fn the_subtotal_is_the_sum_of_the_lines_after_any_changes(
            lines in vec((1u32..60, 0i64..100_000), 1..6),
            changes in vec((0usize..6, 0u32..600), 0..12),
        ) {
            let mut cart = cart(&lines, None);
            let variants: Vec<_> = cart.lines.iter().map(|line| line.variant).collect();
            for (at, quantity) in changes {
                cart.set_quantity(variants[at % variants.len()], quantity);
                let sum: i64 = cart.lines.iter().map(|l| l.unit_price.minor * i64::from(l.quantity)).sum();
                prop_assert_eq!(quoted(&cart).subtotal.minor, sum);
            }
        }

        #[test]
        fn putting_something_in_never_lowers_the_subtotal(
            lines in vec((1u32..60, 0i64..100_000), 0..6),
            more in (1u32..60, 0i64..100_000),
        ) {
            let before = quoted(&cart(&lines, None));
            let after = quoted(&cart(&[lines, vec![more]].concat(), None));
            prop_assert!(after.subtotal.minor >= before.subtotal.minor);
            prop_assert_eq!(after.pieces, before.pieces + more.0);
        }
    }
}
