//! Which size somebody should take.

use duka_kernel::Size;
use duka_shop::{
    fit::{Fitting, Row},
    sizing::Confidence,
};

use super::{
    format::{NAME, clean},
    speaker::Speaker,
};
use crate::say::{Basis, Card, ChartBasis};

pub(super) fn advice(
    s: &mut Speaker<'_>,
    size: &Size,
    (confidence, count, basis): (Confidence, u32, &Basis),
    in_stock: Option<bool>,
    name: Option<&str>,
) {
    let (size, times) = (size.as_str(), s.voice.times(count));
    let advice = match (basis, confidence) {
        (Basis::Noted, _) => s.text("advice_noted", &[("size", size)]),
        (Basis::Theirs, _) => s.text("advice_theirs", &[("size", size)]),
        (Basis::Told, _) => s.text("advice_low", &[("size", size)]),
        (Basis::Corrected { from, too_small }, _) => {
            let key = if *too_small { "advice_up" } else { "advice_down" };
            s.text(key, &[("size", size), ("from", from.as_str())])
        }
        (Basis::Bought, Confidence::High) => s.text("advice_high", &[("size", size), ("times", &times)]),
        (Basis::Bought, _) => s.text("advice_medium", &[("size", size), ("times", &times)]),
    };
    finish(s, vec![advice], size, in_stock, name);
}

/// Whether the size is there, and the next step.
fn finish(s: &mut Speaker<'_>, mut lines: Vec<String>, size: &str, in_stock: Option<bool>, name: Option<&str>) {
    lines.push(match (in_stock, name.map(|n| clean(n, NAME))) {
        (Some(true), Some(name)) => s.text("advice_in", &[("name", &name), ("size", size)]),
        (Some(false), Some(name)) => s.text("advice_out", &[("name", &name), ("size", size)]),
        _ => String::new(),
    });
    s.lines(lines);
    match in_stock {
        Some(true) => s.next("advice_ask", &[("size", size)]),
        Some(false) => s.next("sold_out_ask", &[]),
        None => s.next("what_next", &[]),
    }
}

/// By a chart, whose row is said: nobody has to take it on trust.
pub(super) fn by_chart(
    s: &mut Speaker<'_>,
    fitting: &Fitting,
    basis: &ChartBasis,
    in_stock: Option<bool>,
    name: Option<&str>,
) {
    let voice = s.voice;
    let size = fitting.size.as_str();
    let measure = |(name, (low, high)): (&&str, &(u32, u32))| format!("{} {low}–{high} cm", voice.word(name));
    let row = fitting.row.ranges.iter().map(measure).collect::<Vec<_>>().join(", ");
    let mut lines = vec![match basis {
        ChartBasis::Body => s.text("chart_body", &[("size", size)]),
        ChartBasis::Garment(garment) => s.text("chart_garment", &[("size", size), ("garment", &clean(garment, NAME))]),
        ChartBasis::Build => s.text("chart_build", &[("size", size)]),
    }];
    let key = if fitting.own { "chart_row" } else { "chart_row_usual" };
    lines.push(s.text(key, &[("size", size), ("row", &row)]));
    if let Some(or) = &fitting.or {
        lines.push(s.text("chart_or", &[("or", or.as_str())]));
    }
    finish(s, lines, size, in_stock, name);
}

/// Every size with what it is cut for.
pub(super) fn chart(s: &mut Speaker<'_>, name: Option<&str>, rows: &[Row], own: bool) {
    let voice = s.voice;
    let name = name.map(|name| clean(name, NAME)).filter(|name| !name.is_empty());
    let first = match (&name, own) {
        (Some(name), true) => s.text("size_chart", &[("name", name)]),
        (Some(name), false) => s.text("size_chart_usual_of", &[("name", name)]),
        (None, _) => s.text("size_chart_usual", &[]),
    };
    let measure = |(name, (low, high)): (&&str, &(u32, u32))| format!("{} {low}–{high} cm", voice.word(name));
    let line = |row: &Row| {
        let row_of = row.ranges.iter().map(measure).collect::<Vec<_>>().join(", ");
        format!("• {}: {row_of}", row.size)
    };
    s.lines(std::iter::once(first).chain(rows.iter().map(line)).collect());
    s.next("size_chart_ask", &[]);
}

pub(super) fn none_by_chart(s: &mut Speaker<'_>, name: Option<&str>, sizes: &[Size]) {
    match name.map(|name| clean(name, NAME)).filter(|_| !sizes.is_empty()) {
        Some(name) => {
            let sizes = s.voice.sizes(sizes);
            s.put("chart_none_of", &[("name", &name), ("sizes", &sizes)]);
        }
        None => s.put("chart_none", &[]),
    }
}

pub(super) fn between(s: &mut Speaker<'_>, small: &Size, large: &Size, gives: bool, name: Option<&str>) {
    let (small, large) = (small.as_str(), large.as_str());
    let advised = if gives { small } else { large };
    let first = match name.map(|name| clean(name, NAME)) {
        Some(name) => {
            let key = if gives { "between_gives" } else { "between_firm" };
            s.text(key, &[("name", &name), ("small", small), ("large", large)])
        }
        None => s.text("between", &[("small", small), ("large", large)]),
    };
    s.paragraph(first);
    if name.is_some() {
        s.next("advice_ask", &[("size", advised)]);
    } else {
        s.next("what_next", &[]);
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
