//! What is in the cart, and what it comes to.

use duka_kernel::{Money, Size};
use duka_shop::{
    CartLine,
    pricing::{Applied, Quote},
    profile::Tier,
};

use super::{
    Voice,
    format::{NAME, clean, item, named},
    speaker::{Speaker, with_colon},
};
use crate::say::{Card, Say};

/// What so many pieces of a line cost; one piece's price if the amount does not fit.
fn line_total(line: &CartLine) -> Money {
    line.unit_price.times(line.quantity).unwrap_or(line.unit_price)
}

/// `• Wrap Dress (M): 2 × KES 2,800 = KES 5,600`, for each line.
pub(super) fn priced(voice: &Voice<'_>, lines: &[CartLine]) -> Vec<String> {
    let line = |line: &CartLine| {
        let sum = if line.quantity > 1 { format!(" = {}", line_total(line)) } else { String::new() };
        format!("• {}: {} × {}{sum}", item(voice, line), line.quantity, line.unit_price)
    };
    lines.iter().map(line).collect()
}

/// `• 2 × Wrap Dress (M)`, for each line.
fn counted(voice: &Voice<'_>, lines: &[CartLine]) -> Vec<String> {
    lines.iter().map(|line| format!("• {} × {}", line.quantity, item(voice, line))).collect()
}

/// Subtotal, reduction, delivery and total, as far as they say something.
pub(super) fn sums(voice: &Voice<'_>, quote: &Quote) -> Vec<String> {
    let reduced = !quote.discount.is_zero();
    let mut lines = Vec::new();
    if reduced || quote.delivery_fee.is_some() {
        lines.push(format!("{}: {}", voice.word("subtotal"), quote.subtotal));
    }
    if reduced {
        let why = match &quote.reduction {
            Applied::Coupon { code } => format!(" ({})", clean(code, NAME)),
            Applied::Wholesale { percent } => format!(" ({} {percent}%)", voice.word("wholesale")),
            Applied::None => String::new(),
        };
        lines.push(format!("{}{why}: -{}", voice.word("discount"), quote.discount));
    }
    if let Some(fee) = quote.delivery_fee {
        lines.push(format!("{}: {}", voice.word("delivery"), voice.fee(fee)));
    }
    lines.push(format!("{}: {}", voice.word("total"), quote.total));
    lines
}

/// A line as an item with its number where there are several: `2 × Wrap Dress (M)`.
fn one(voice: &Voice<'_>, line: &CartLine) -> String {
    if line.quantity > 1 { format!("{} × {}", line.quantity, item(voice, line)) } else { item(voice, line) }
}

pub(super) fn added(s: &mut Speaker<'_>, lines: &[CartLine], pieces: u32, subtotal: Money) {
    let voice = s.voice;
    let mut block = if let [line] = lines {
        vec![s.text("added", &[("item", &one(&voice, line))])]
    } else {
        let heading = with_colon(s.text("added_many", &[]));
        std::iter::once(heading).chain(s.shortened(counted(&voice, lines))).collect()
    };
    if !s.sums_follow {
        block.push(s.text("cart_now", &[("pieces", &voice.pieces(pieces)), ("subtotal", &subtotal.to_string())]));
    }
    s.lines(block);
    s.next("cart_next", &[]);
}

pub(super) fn only_so_many(s: &mut Speaker<'_>, name: &str, size: &Size, available: u32) {
    let item = named(&s.voice, name, size, None);
    if available == 0 {
        return s.put("only_none", &[("item", &item)]);
    }
    s.put("only_so_many", &[("item", &item), ("available", &available.to_string())]);
    s.next("cart_next", &[]);
}

pub(super) fn already(s: &mut Speaker<'_>, line: &CartLine, second: bool) {
    let item = one(&s.voice, line);
    s.put("in_cart_already", &[("item", &item)]);
    if second {
        s.ask("in_cart_second", &[]);
    } else {
        s.next("cart_next", &[]);
    }
}

pub(super) fn ask_pieces(s: &mut Speaker<'_>, name: &str, size: &Size, available: u32) {
    let item = named(&s.voice, name, size, None);
    let key = if available == 1 { "ask_pieces_one" } else { "ask_pieces" };
    s.put(key, &[("item", &item), ("available", &available.to_string())]);
}

pub(super) fn left(s: &mut Speaker<'_>, name: &str, size: &Size, available: u32) {
    let item = named(&s.voice, name, size, None);
    let key = if available == 1 { "pieces_left_one" } else { "pieces_left" };
    s.put(key, &[("item", &item), ("available", &available.to_string())]);
    s.next("in_stock_ask", &[]);
}

pub(super) fn swapped(s: &mut Speaker<'_>, out: &CartLine, line: &CartLine) {
    let voice = s.voice;
    s.put("swapped", &[("item", &one(&voice, line)), ("old", &item(&voice, out))]);
    s.next("cart_next", &[]);
}

pub(super) fn ask_swap(s: &mut Speaker<'_>, card: &Card, size: &Size, old: &CartLine) {
    let (name, price) = (clean(&card.name, NAME), s.voice.price(card));
    s.put("ask_swap", &[("name", &name), ("size", size.as_str()), ("price", &price), ("old", old.size.as_str())]);
}

pub(super) fn left_out(s: &mut Speaker<'_>, names: &[String]) {
    let names: Vec<String> = names.iter().map(|name| clean(name, NAME)).collect();
    s.put("left_out", &[("names", &names.join(", "))]);
}

pub(super) fn removed(s: &mut Speaker<'_>, lines: &[CartLine]) {
    let voice = s.voice;
    if let [line] = lines {
        s.put("removed", &[("item", &one(&voice, line))]);
    } else {
        let heading = s.text("removed_many", &[]);
        s.listing(heading, counted(&voice, lines));
    }
    s.next("anything_else", &[]);
}

pub(super) fn not_in_cart(s: &mut Speaker<'_>, asked: Option<&str>) {
    match asked.map(|asked| clean(&s.voice.goods(asked), NAME)).filter(|asked| !asked.is_empty()) {
        Some(asked) => s.put("not_in_cart", &[("asked", &asked)]),
        None => s.put("not_in_cart_plain", &[]),
    }
}

pub(super) fn quantity_set(s: &mut Speaker<'_>, line: &CartLine) {
    let (item, quantity, total) = (item(&s.voice, line), line.quantity.to_string(), line_total(line).to_string());
    s.put("quantity_set", &[("item", &item), ("quantity", &quantity), ("total", &total)]);
    s.next("cart_next", &[]);
}

pub(super) fn ask_quantity(s: &mut Speaker<'_>, name: &str) {
    s.put("ask_quantity", &[("name", &clean(name, NAME))]);
}

pub(super) fn ask_which_line(s: &mut Speaker<'_>, lines: &[CartLine]) {
    let voice = s.voice;
    let heading = s.text("ask_which_line", &[]);
    let mut block = Vec::new();
    for line in lines {
        let n = s.option(&item(&voice, line), Some(line_total(line).to_string()), Some(&line.sku));
        block.push(format!("{n}. {}", one(&voice, line)));
    }
    let mut shown = vec![heading];
    shown.extend(s.shortened(block));
    s.lines(shown);
}

pub(super) fn view(s: &mut Speaker<'_>, lines: &[CartLine], quote: &Quote) {
    let voice = s.voice;
    let heading = s.text("cart_view", &[]);
    s.listing(heading, priced(&voice, lines));
    s.lines(sums(&voice, quote));
    s.next("cart_next", &[]);
}

pub(super) fn ask_clear(s: &mut Speaker<'_>, pieces: u32) {
    let pieces = s.voice.pieces(pieces);
    s.put("ask_clear", &[("pieces", &pieces)]);
}

pub(super) fn cleared(s: &mut Speaker<'_>) {
    s.put("cleared", &[]);
    s.next("cleared_ask", &[]);
}

pub(super) fn kept(s: &mut Speaker<'_>) {
    s.put("kept", &[]);
    s.next("anything_else", &[]);
}

pub(super) fn ask_next(s: &mut Speaker<'_>, subtotal: Money) {
    s.put("ask_next", &[("subtotal", &subtotal.to_string())]);
}

/// Whether this says already what the cart comes to.
pub(super) fn states(say: &Say, subtotal: Money) -> bool {
    match say {
        Say::CartView { .. } | Say::CouponAccepted { .. } => true,
        Say::QuantitySet { line } => line_total(line) == subtotal,
        _ => false,
    }
}

pub(super) fn changed(s: &mut Speaker<'_>, repriced: &[(CartLine, Money)], gone: &[CartLine]) {
    let voice = s.voice;
    let heading = s.text("cart_changed", &[]);
    let mut lines = Vec::new();
    for (line, now) in repriced {
        let (old, new) = (line.unit_price.to_string(), now.to_string());
        lines.push(format!("• {}", s.text("repriced", &[("item", &item(&voice, line)), ("old", &old), ("new", &new)])));
    }
    for line in gone {
        lines.push(format!("• {}", s.text("gone", &[("item", &item(&voice, line))])));
    }
    s.listing(heading, lines);
    s.next("what_next_cart", &[]);
}

/// Not to the angry: it sells.
pub(super) fn next_tier(s: &mut Speaker<'_>, missing: u32, tier: Tier) {
    if s.is_sober() {
        return;
    }
    let (missing, percent) = (s.voice.pieces(missing), tier.percent.to_string());
    s.put("next_tier", &[("missing", &missing), ("percent", &percent)]);
    s.next("cart_next", &[]);
}
