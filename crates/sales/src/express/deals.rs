//! Coupons, bargaining, wholesale: what reduces a price.

use duka_kernel::Money;
use duka_shop::{
    pricing::{CouponRefusal, Quote},
    profile::{Coupon, Reduction, Wholesale},
    promotion::{Cut, Promotion},
};

use super::{
    format::{NAME, capitalised, clean},
    speaker::Speaker,
};
use crate::say::Card;

/// What is reduced now, the codes, and wholesale.
pub(super) fn on_offer(
    s: &mut Speaker<'_>,
    promotions: &[Promotion],
    coupons: &[Coupon],
    wholesale: Option<&Wholesale>,
) {
    if !promotions.is_empty() {
        let heading = s.text("promotions", &[]);
        let lines = promotions.iter().map(|promotion| promotion_line(s, promotion)).collect();
        s.listing(heading, lines);
    }
    if coupons.is_empty() && promotions.is_empty() {
        s.put("coupons_none", &[]);
    } else if !coupons.is_empty() {
        let heading = s.text("coupons", &[]);
        let lines = coupons.iter().map(|coupon| coupon_line(s, coupon)).collect();
        s.listing(heading, lines);
    }
    if let Some(wholesale) = wholesale.filter(|_| !s.is_sober()) {
        tiers(s, wholesale);
    }
    let next = match (promotions.is_empty(), coupons.is_empty()) {
        (false, _) => "promotions_ask",
        (true, false) => "coupons_ask",
        (true, true) => "anything_else",
    };
    s.next(next, &[]);
}

/// `• Easter sale: 20% off, until 8 April`. What it is for, the shop says in its name.
fn promotion_line(s: &mut Speaker<'_>, promotion: &Promotion) -> String {
    let name = clean(&promotion.name, NAME);
    let line = match promotion.cut {
        Cut::Percent(percent) => s.text("promotion_percent", &[("name", &name), ("percent", &percent.to_string())]),
        Cut::Price(price) => s.text("promotion_price", &[("name", &name), ("price", &price.to_string())]),
    };
    match promotion.until {
        Some(until) => {
            // Midnight is the end of the day before.
            let midnight = until.time() == jiff::civil::Time::midnight();
            let last = if midnight { until.date().yesterday().unwrap_or(until.date()) } else { until.date() };
            let date = s.voice.date(last);
            format!("• {line}, {}", s.text("coupon_until", &[("date", &date)]))
        }
        None => format!("• {line}"),
    }
}

fn coupon_line(s: &mut Speaker<'_>, coupon: &Coupon) -> String {
    let code = clean(&coupon.code, NAME);
    let reduction = match coupon.reduction {
        Reduction::Percent(percent) => format!("{percent}%"),
        Reduction::Fixed(amount) => amount.to_string(),
    };
    let line = if coupon.min_subtotal.is_zero() {
        s.text("coupon_line", &[("code", &code), ("reduction", &reduction)])
    } else {
        let min = coupon.min_subtotal.to_string();
        s.text("coupon_line_min", &[("code", &code), ("reduction", &reduction), ("min", &min)])
    };
    match coupon.expires {
        Some(date) => {
            let date = s.voice.date(date);
            format!("• {line}, {}", s.text("coupon_until", &[("date", &date)]))
        }
        None => format!("• {line}"),
    }
}

/// The tiers under a heading.
fn tiers(s: &mut Speaker<'_>, wholesale: &Wholesale) {
    let heading = s.text("wholesale", &[]);
    let mut lines = Vec::new();
    for tier in &wholesale.tiers {
        let pieces = s.voice.pieces(tier.min.max(wholesale.min_pieces));
        lines.push(format!("• {}", s.text("tier", &[("pieces", &pieces), ("percent", &tier.percent.to_string())])));
    }
    s.listing(heading, lines);
}

pub(super) fn accepted(s: &mut Speaker<'_>, code: &str, quote: &Quote) {
    let (discount, total) = (quote.discount.to_string(), quote.total.to_string());
    s.put("coupon_accepted", &[("code", &clean(code, NAME)), ("discount", &discount), ("total", &total)]);
    s.next("what_next_cart", &[]);
}

/// `percent` is what wholesale takes off.
pub(super) fn smaller(s: &mut Speaker<'_>, code: &str, percent: u8) {
    s.put("coupon_smaller", &[("code", &clean(code, NAME)), ("percent", &percent.to_string())]);
    s.next("what_next_cart", &[]);
}

pub(super) fn refused(s: &mut Speaker<'_>, code: &str, refusal: &CouponRefusal) {
    let code = clean(code, NAME);
    match refusal {
        CouponRefusal::Unknown => return s.put_open("coupon_unknown", &[("code", &code)]),
        CouponRefusal::NotStarted { from } => {
            let date = s.voice.date(*from);
            s.put("coupon_not_yet", &[("code", &code), ("date", &date)]);
        }
        CouponRefusal::Expired { on } => {
            let date = s.voice.date(*on);
            s.put("coupon_expired_on", &[("code", &code), ("date", &date)]);
        }
        CouponRefusal::BelowMinimum { min, missing } => {
            let (min, missing) = (min.to_string(), missing.to_string());
            s.put("coupon_min_missing", &[("code", &code), ("min", &min), ("missing", &missing)]);
        }
        CouponRefusal::UsedUp => s.put("coupon_used_up", &[("code", &code)]),
        CouponRefusal::NotForYou => s.put("coupon_not_yours", &[("code", &code)]),
    }
    s.next("coupon_refused_ask", &[]);
}

pub(super) fn kept(s: &mut Speaker<'_>, code: &str) {
    s.put("coupon_kept", &[("code", &clean(code, NAME))]);
    s.next("coupon_kept_ask", &[]);
}

pub(super) fn removed(s: &mut Speaker<'_>, code: &str) {
    s.put("coupon_removed", &[("code", &clean(code, NAME))]);
}

pub(super) fn bargain(
    s: &mut Speaker<'_>,
    card: Option<&Card>,
    coupons: &[Coupon],
    wholesale: Option<&Wholesale>,
    angry: bool,
) {
    if angry {
        s.calm_down();
    }
    match card {
        Some(card) => {
            let price = s.voice.price(card);
            s.put("bargain_price", &[("name", &clean(&card.name, NAME)), ("price", &price)]);
        }
        None => s.put("bargain", &[]),
    }
    let mut lines: Vec<String> = coupons.iter().map(|coupon| coupon_line(s, coupon)).collect();
    // The first tier is an offer to buy more: not to the angry.
    if let Some((wholesale, tier)) = wholesale.filter(|_| !s.is_sober()).and_then(|w| Some((w, w.tiers.first()?))) {
        let pieces = s.voice.pieces(tier.min.max(wholesale.min_pieces));
        let facts = [("pieces", &*pieces), ("percent", &*tier.percent.to_string())];
        lines.push(format!("• {}", s.text("bargain_wholesale", &facts)));
    }
    if !lines.is_empty() {
        let heading = s.text("bargain_coupons", &[]);
        s.listing(heading, lines);
    }
    s.next(if card.is_some() { "bargain_ask" } else { "bargain_ask_plain" }, &[]);
}

pub(super) fn wholesale(
    s: &mut Speaker<'_>,
    wholesale: Option<&Wholesale>,
    pieces: Option<u32>,
    unit: Option<&Card>,
    total: Option<&Quote>,
) {
    match wholesale {
        Some(wholesale) if !wholesale.tiers.is_empty() => tiers(s, wholesale),
        Some(Wholesale { note: Some(note), .. }) => s.paragraph(clean(note, super::format::LINE)),
        _ => s.put("wholesale_none", &[]),
    }
    if let Some(quote) = total {
        comes_to(s, pieces.unwrap_or(quote.pieces), unit, quote);
        return s.next("bargain_ask", &[]);
    }
    s.next("wholesale_ask", &[]);
}

pub(super) fn per_piece(s: &mut Speaker<'_>, card: &Card, pieces: u32, each: Money) {
    let (name, unit, pieces) = (clean(&card.name, NAME), card.price.to_string(), s.voice.pieces(pieces));
    let facts = [("name", name.as_str()), ("unit", &unit), ("pieces", &pieces), ("each", &each.to_string())];
    s.put(if each.minor < card.price.minor { "per_piece" } else { "per_piece_plain" }, &facts);
    s.next("bargain_ask", &[]);
}

fn comes_to(s: &mut Speaker<'_>, pieces: u32, unit: Option<&Card>, quote: &Quote) {
    let pieces = s.voice.pieces(pieces);
    let [subtotal, discount, total] = [quote.subtotal, quote.discount, quote.total].map(|m: Money| m.to_string());
    let mut facts = vec![("pieces", pieces.as_str()), ("total", &total)];
    let reduced = !quote.discount.is_zero();
    if reduced {
        facts.extend([("subtotal", subtotal.as_str()), ("discount", &discount)]);
    }
    let named = unit.map(|card| (clean(&card.name, NAME), card.price.to_string()));
    if let Some((name, price)) = &named {
        facts.extend([("name", name.as_str()), ("unit", price)]);
    }
    let key = match (named.is_some(), reduced) {
        (true, true) => "wholesale_total",
        (true, false) => "wholesale_total_plain",
        (false, true) => "wholesale_cart_total",
        (false, false) => "wholesale_cart_total_plain",
    };
    let text = s.text(key, &facts);
    s.paragraph(capitalised(&text));
}
