//! Bringing things back, and questions for the team.

use duka_kernel::{Colour, Size, Timestamp};
use duka_shop::CartLine;

use super::{
    format::{NAME, clean, item, named},
    speaker::Speaker,
};
use crate::say::CaseOrder;

pub(super) fn ask_order(s: &mut Speaker<'_>, orders: &[CaseOrder]) {
    let voice = s.voice;
    let lines = orders.iter().zip(1..).map(|(order, n)| {
        let items: Vec<String> = order.lines.iter().map(|line| item(&voice, line)).collect();
        format!("{n}. {} – {}: {}", order.number, voice.day_of(order.at), clean(&items.join(", "), 2 * NAME))
    });
    s.lines(lines.collect());
    s.ask("ask_case_order", &[]);
}

pub(super) fn ask_item(s: &mut Speaker<'_>, lines: &[CartLine]) {
    let voice = s.voice;
    s.lines(lines.iter().zip(1..).map(|(line, n)| format!("{n}. {}", item(&voice, line))).collect());
    s.ask("ask_case_item", &[]);
}

pub(super) fn within(s: &mut Speaker<'_>, number: &str, bought: Timestamp, until: Timestamp) {
    let voice = s.voice;
    let day = voice.day_of(bought);
    let near = [voice.word("today"), voice.word("yesterday")].contains(&day.as_str());
    let when = if near || voice.word("on").is_empty() { day } else { format!("{} {day}", voice.word("on")) };
    s.put("case_within", &[("number", number), ("when", &when), ("until", &voice.day_of(until))]);
}

pub(super) fn too_late(s: &mut Speaker<'_>, number: &str, age: i64, days: u32, exchange_days: Option<u32>) {
    let facts = [("number", number), ("age", &*age.to_string()), ("days", &*days.to_string())];
    let mut lines = vec![s.text("case_too_late", &facts)];
    if let Some(days) = exchange_days {
        lines.push(s.text("case_exchange_instead", &[("days", &days.to_string())]));
    }
    s.lines(lines);
}

pub(super) fn ask_wanted(s: &mut Speaker<'_>, name: &str, sizes: &[Size]) {
    if sizes.is_empty() {
        return s.ask("ask_wanted_none", &[]);
    }
    let sizes = s.voice.sizes(sizes);
    s.ask("ask_wanted", &[("name", &clean(name, NAME)), ("sizes", &sizes)]);
}

pub(super) fn stock(
    s: &mut Speaker<'_>,
    name: &str,
    size: &Size,
    colour: Option<Colour>,
    available: bool,
    others: &[Size],
) {
    let what = named(&s.voice, name, size, colour);
    let mut lines = vec![s.text(if available { "exchange_there" } else { "exchange_gone" }, &[("what", &what)])];
    if !available && !others.is_empty() {
        let sizes = s.voice.sizes(others);
        lines.push(s.text("exchange_others", &[("sizes", &sizes)]));
    }
    s.lines(lines);
}
