//! Rules for appointments: the key `booking` of a shop.

use duka_kernel::Currency;

use super::{
    node::Node,
    read::{open_hours, week},
    words,
};
use crate::{
    booking::{BookingRules, Deposit, Resource, Staff},
    profile::OpenHours,
};

const KEYS: &[&str] = &[
    "staff",
    "resources",
    "breaks",
    "step_minutes",
    "lead_minutes",
    "days_ahead",
    "hold_minutes",
    "deposit",
    "cancel_hours",
    "no_show_limit",
    "no_show_deposit",
    "reminder_minutes",
];

/// The farthest ahead something can be planned, and the earliest reminder.
const YEAR_IN_DAYS: u32 = 366;
const MONTH_IN_MINUTES: u32 = 31 * 24 * 60;
/// More reminders than that are a nuisance.
const MOST_REMINDERS: usize = 4;

pub(super) fn rules(node: &Node<'_>, currency: Currency) -> BookingRules {
    let usual = BookingRules::default();
    if node.is_null() || !node.is_mapping_of(KEYS) {
        return usual;
    }
    let count = |key: &str, least, most| node.get(key).read(|text| words::count(text, least, most));
    BookingRules {
        staff: node.get("staff").items().iter().filter_map(staff).collect(),
        resources: node.get("resources").items().iter().filter_map(resource).collect(),
        breaks: breaks(&node.get("breaks")),
        step_min: count("step_minutes", 5, 240).unwrap_or(usual.step_min),
        lead_min: count("lead_minutes", 0, MONTH_IN_MINUTES).unwrap_or(usual.lead_min),
        days_ahead: count("days_ahead", 1, YEAR_IN_DAYS).unwrap_or(usual.days_ahead),
        hold_min: count("hold_minutes", 1, 24 * 60).unwrap_or(usual.hold_min),
        deposit: deposit(&node.get("deposit"), currency),
        cancel_hours: count("cancel_hours", 0, 24 * YEAR_IN_DAYS).unwrap_or(usual.cancel_hours),
        no_show_limit: count("no_show_limit", 1, 100).unwrap_or(usual.no_show_limit),
        no_show_deposit: deposit(&node.get("no_show_deposit"), currency),
        reminders_min: reminders(&node.get("reminder_minutes")).unwrap_or(usual.reminders_min),
    }
}

fn staff(node: &Node<'_>) -> Option<Staff> {
    if !node.value.is_object() {
        return node.text().map(|name| Staff { name, hours: None, breaks: Vec::new() });
    }
    node.is_mapping_of(&["name", "hours", "breaks"]).then_some(())?;
    let name = node.required("name", "who it is").text();
    let hours = node.get("hours");
    let hours = (!hours.is_null()).then(|| week(&hours));
    Some(Staff { name: name?, hours, breaks: breaks(&node.get("breaks")) })
}

fn resource(node: &Node<'_>) -> Option<Resource> {
    node.is_mapping_of(&["name", "count"]).then_some(())?;
    let name = node.required("name", "what it is, like chair").text();
    let count = node.get("count").read(|text| words::count(text, 1, 1_000)).unwrap_or(1);
    Some(Resource { name: name?, count })
}

/// `[13:00-14:00]`; a single text is a list of one.
fn breaks(node: &Node<'_>) -> Vec<OpenHours> {
    match node.value {
        serde_json::Value::String(_) => open_hours(node).into_iter().collect(),
        _ => node.items().iter().filter_map(open_hours).collect(),
    }
}

/// `{percent: 30}` or `{amount: 500}`.
fn deposit(node: &Node<'_>, currency: Currency) -> Option<Deposit> {
    if node.is_null() || !node.is_mapping_of(&["percent", "amount"]) {
        return None;
    }
    let (percent, amount) = (node.get("percent"), node.get("amount"));
    match (percent.is_null(), amount.is_null()) {
        (false, true) => percent.read(words::percent).map(Deposit::Percent),
        (true, false) => amount.read(|text| words::amount(text, currency)).map(Deposit::Amount),
        _ => {
            node.error("either percent or amount is expected, as in {percent: 30}");
            None
        }
    }
}

/// Minutes before an appointment; an empty list is no reminder.
fn reminders(node: &Node<'_>) -> Option<Vec<u32>> {
    if node.is_null() {
        return None;
    }
    let minutes = node.items().into_iter().filter_map(|item| item.read(|text| words::count(text, 5, MONTH_IN_MINUTES)));
    let mut minutes: Vec<u32> = minutes.collect();
    minutes.sort_unstable();
    minutes.dedup();
    minutes.reverse();
    if minutes.len() > MOST_REMINDERS {
        node.error(format!("at most {MOST_REMINDERS} reminders are sent"));
    }
    Some(minutes)
}
