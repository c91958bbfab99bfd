//! Which size somebody should take.

use duka_kernel::Size;
use duka_shop::sizing::Confidence;

use super::{
    format::{NAME, clean},
    speaker::Speaker,
};
use crate::say::Card;

pub(super) fn advice(
    s: &mut Speaker<'_>,
    size: &Size,
    confidence: Confidence,
    count: u32,
    in_stock: Option<bool>,
    name: Option<&str>,
) {
    let (size, times) = (size.as_str(), s.voice.times(count));
    let advice = match confidence {
        Confidence::High => s.text("advice_high", &[("size", size), ("times", &times)]),
        Confidence::Medium => s.text("advice_medium", &[("size", size), ("times", &times)]),
        Confidence::Low => s.text("advice_low", &[("size", size)]),
    };
    let stock = match (in_stock, name.map(|n| clean(n, NAME))) {
        (Some(true), Some(name)) => s.text("advice_in", &[("name", &name), ("size", size)]),
        (Some(false), Some(name)) => s.text("advice_out", &[("name", &name), ("size", size)]),
        _ => String::new(),
    };
    s.lines(vec![advice, stock]);
    match in_stock {
        Some(true) => s.next("advice_ask", &[("size", size)]),
        Some(false) => s.next("sold_out_ask", &[]),
        None => s.next("what_next", &[]),
    }
}

pub(super) fn ask_usual(s: &mut Speaker<'_>, card: Option<&Card>) {
    match card.filter(|card| !card.sizes.is_empty()) {
        Some(card) => {
            let (name, sizes) = (clean(&card.name, NAME), s.voice.sizes(&card.sizes));
            s.put("ask_usual_card", &[("name", &name), ("sizes", &sizes)]);
        }
        None => s.put("ask_usual", &[]),
    }
}

pub(super) fn usual_kept(s: &mut Speaker<'_>, size: &Size) {
    s.put("usual_kept", &[("size", size.as_str())]);
    s.next("what_next", &[]);
}
