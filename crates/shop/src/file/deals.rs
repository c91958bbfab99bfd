//! Promotions and who they are for, read from the shop file and written to it.

use duka_kernel::Currency;
use jiff::civil::{Date, DateTime, Time};

use super::{
    node::Node,
    words,
    write::{Tree, amount, list, map, number, text},
};
use crate::promotion::{Cut, Members, Promotion};

pub(super) fn promotions(node: &Node<'_>, currency: Currency) -> Vec<Promotion> {
    node.items().iter().filter_map(|item| promotion(item, currency)).collect()
}

fn promotion(node: &Node<'_>, currency: Currency) -> Option<Promotion> {
    const KEYS: &[&str] = &["name", "percent", "price", "products", "categories", "from", "until", "members"];
    node.is_mapping_of(KEYS).then_some(())?;
    let name = node.required("name", "what customers are told it is, like Easter sale").text();
    let percent = node.get("percent").read(words::percent);
    let price = node.get("price").read(|text| words::amount(text, currency));
    let cut = match (percent, price) {
        (Some(percent), None) => Some(Cut::Percent(percent)),
        (None, Some(price)) => Some(Cut::Price(price)),
        (None, None) if node.get("percent").is_null() && node.get("price").is_null() => {
            node.error("missing: percent (off) or price (the new one)");
            None
        }
        (None, None) => None,
        (Some(_), Some(_)) => {
            node.error("both percent and price are given: use one of them");
            None
        }
    };
    let (from, until) = (node.get("from").read(first_moment), node.get("until").read(last_moment));
    if let (Some(from), Some(until)) = (from, until)
        && until <= from
    {
        node.get("until").error("it ends before it begins");
    }
    let (products, categories) = (node.get("products").texts(), node.get("categories").texts());
    let members = members(&node.get("members"), currency);
    Some(Promotion { name: name?, cut: cut?, products, categories, from, until, members })
}

pub(super) fn members(node: &Node<'_>, currency: Currency) -> Option<Members> {
    if node.is_null() || !node.is_mapping_of(&["min_orders", "min_spent", "tag"]) {
        return None;
    }
    let members = Members {
        min_orders: node.get("min_orders").read(|text| words::count(text, 1, u32::MAX)),
        min_spent: node.get("min_spent").read(|text| words::amount(text, currency)),
        tag: node.get("tag").text(),
    };
    if members == Members::default() {
        node.error("missing: min_orders, min_spent or tag; one of them is enough to belong");
    }
    Some(members)
}

/// `2026-03-04` is from midnight, `2026-03-04 18:00` from then.
fn first_moment(text: &str) -> Result<DateTime, String> {
    moment(text).map(|(date, time)| date.to_datetime(time.unwrap_or(Time::midnight())))
}

/// `2026-03-04` is until the end of that day, `2026-03-04 18:00` until then.
fn last_moment(text: &str) -> Result<DateTime, String> {
    let (date, time) = moment(text)?;
    match time {
        Some(time) => Ok(date.to_datetime(time)),
        None => date
            .tomorrow()
            .map(|next| next.to_datetime(Time::midnight()))
            .map_err(|_| format!("{text:?} is too far away")),
    }
}

fn moment(text: &str) -> Result<(Date, Option<Time>), String> {
    let wrong = || format!("{text:?} is not a day or time: write it like 2026-03-04 or 2026-03-04 18:00");
    let (date, time) = match text.trim().split_once([' ', 'T']) {
        Some((date, time)) => (date, Some(words::time(time).map_err(|_| wrong())?)),
        None => (text.trim(), None),
    };
    Ok((words::date(date).map_err(|_| wrong())?, time))
}

pub(super) fn write_promotions(promotions: &[Promotion]) -> Option<Tree> {
    list(promotions.iter().map(|promotion| {
        let (percent, price) = match promotion.cut {
            Cut::Percent(percent) => (number(percent), None),
            Cut::Price(price) => (None, Some(amount(price))),
        };
        map([
            ("name", text(&promotion.name)),
            ("percent", percent),
            ("price", price),
            ("products", list(promotion.products.iter().filter_map(|sku| text(sku)))),
            ("categories", list(promotion.categories.iter().filter_map(|category| text(category)))),
            ("from", promotion.from.and_then(|from| text(&written(from)))),
            ("until", promotion.until.and_then(|until| text(&written_end(until)))),
            ("members", promotion.members.as_ref().map(write_members)),
        ])
    }))
}

pub(super) fn write_members(members: &Members) -> Tree {
    map([
        ("min_orders", members.min_orders.and_then(number)),
        ("min_spent", members.min_spent.map(amount)),
        ("tag", members.tag.as_deref().and_then(text)),
    ])
}

fn written(at: DateTime) -> String {
    if at.time() == Time::midnight() { at.date().to_string() } else { with_time(at) }
}

fn written_end(at: DateTime) -> String {
    match at.date().yesterday() {
        Ok(day) if at.time() == Time::midnight() => day.to_string(),
        _ => with_time(at),
    }
}

fn with_time(at: DateTime) -> String {
    format!("{} {}", at.date(), words::clock(at.time()))
}
