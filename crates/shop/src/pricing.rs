//! What a cart comes to: products, less one reduction, plus delivery.

use duka_kernel::{Money, MoneyError, PhoneNumber};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    Cart, ShopProfile, delivery,
    profile::{Coupon, DepositScope, Reduction, Tier},
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
    /// The lines at list price.
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
    if !coupon.customers.is_empty() && !is_theirs {
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
