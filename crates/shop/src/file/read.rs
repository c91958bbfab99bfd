//! One tenant of the shop file, read key by key.

use std::collections::{BTreeMap, BTreeSet};

use duka_kernel::{Currency, Language, Money};

use super::{
    ChannelEntry, DEFAULT_IMAGES, PaymentEntry, ShopFile, about, booking, deals, modules, new_profile, node::Node,
    words,
};
use crate::profile::{
    Coupon, Delivery, Deposit, DepositScope, Exchange, Holiday, OpenHours, Personality, Reduction, Returns, Tier,
    Wholesale, Zone,
};
use crate::{handover::HandOverRules, models::ModelRules};

const KEYS: &[&str] = &[
    "name",
    "slug",
    "currency",
    "timezone",
    "default_language",
    "whatsapp_number",
    "owner_phone",
    "catalogue",
    "services",
    "images",
    "hours",
    "holidays",
    "location",
    "payment_methods",
    "manual_payment",
    "cash_on_delivery",
    "delivery",
    "coupons",
    "bargaining",
    "wholesale",
    "returns",
    "exchange",
    "reservation_minutes",
    "low_stock",
    "approval_above",
    "personality",
    "deposit",
    "handover",
    "models",
    "faqs",
    "size_charts",
    "booking",
    "about",
    "contacts",
    "phrases",
    "intents",
    "promotions",
    "feedback",
    "modules",
    "channels",
    "payments",
];

/// Longest time stock is held for an unpaid order: a week.
pub(super) const MOST_RESERVATION_MINUTES: u32 = 7 * 24 * 60;
/// More pieces than these are never little.
pub(super) const MOST_LOW_STOCK: u32 = 10_000;
/// Longest time that people may take to answer, or the assistant may be quiet: a week.
pub(super) const MOST_HAND_OVER_MINUTES: u32 = 7 * 24 * 60;
/// Longest time to give something back: ten years.
pub(super) const MOST_DAYS: u32 = 3_650;

/// Reads a tenant. Errors are noted at its nodes; what is returned is only right if there are none.
pub(super) fn tenant(slug: &str, shop: &Node<'_>) -> Option<ShopFile> {
    if shop.is_null() {
        shop.error("nothing where the shop's settings are expected");
    }
    if !shop.is_mapping_of(KEYS) {
        return None;
    }
    if let Err(why) = words::slug(slug) {
        shop.error(why);
    }
    if let Some(own) = shop.get("slug").text().filter(|own| own != slug) {
        shop.get("slug").error(format!("{own:?} differs from the key {slug:?} the shop stands under"));
    }
    let name = shop.required("name", "the shop's name, as customers know it").text().unwrap_or_default();
    let currency = shop.get("currency").read(words::currency).unwrap_or_default();
    let blank = new_profile(slug, &name, currency);
    let bargaining = shop.get("bargaining");
    let bargaining = if bargaining.value.is_object() && bargaining.is_mapping_of(&["allowed"]) {
        bargaining.get("allowed")
    } else {
        bargaining
    };
    let profile = crate::ShopProfile {
        timezone: shop.get("timezone").read(words::timezone).unwrap_or(blank.timezone),
        default_language: shop.get("default_language").read(str::parse::<Language>).unwrap_or_default(),
        whatsapp_number: shop.get("whatsapp_number").phone(),
        owner_phone: shop.get("owner_phone").phone(),
        hours: week(&shop.get("hours")),
        holidays: holidays(&shop.get("holidays")),
        location: shop.get("location").text(),
        payment_methods: shop.get("payment_methods").texts(),
        manual_payment: shop.get("manual_payment").text(),
        cash_on_delivery: shop.get("cash_on_delivery").flag().unwrap_or(false),
        delivery: delivery(&shop.get("delivery"), currency),
        coupons: coupons(&shop.get("coupons"), currency),
        bargaining: bargaining.flag().unwrap_or(false),
        wholesale: wholesale(&shop.get("wholesale")),
        returns: returns(&shop.get("returns")),
        exchange: exchange(&shop.get("exchange")),
        approval_above: shop.get("approval_above").read(|text| words::amount(text, currency)),
        reservation_minutes: shop
            .get("reservation_minutes")
            .read(|text| words::count(text, 1, MOST_RESERVATION_MINUTES))
            .unwrap_or(blank.reservation_minutes),
        low_stock: shop.get("low_stock").read(|text| words::count(text, 0, MOST_LOW_STOCK)).unwrap_or(blank.low_stock),
        personality: personality(&shop.get("personality")),
        deposit: deposit(&shop.get("deposit")),
        size_charts: size_charts(&shop.get("size_charts")),
        booking: booking::rules(&shop.get("booking"), currency),
        handover: handover(&shop.get("handover")),
        models: models(&shop.get("models")),
        faqs: shop.get("faqs").items().iter().filter_map(about::faq).collect(),
        about: about::about(&shop.get("about")),
        contacts: about::contacts(&shop.get("contacts")),
        phrases: shop.get("phrases").items().iter().filter_map(about::phrase).collect(),
        disabled_intents: about::disabled_intents(&shop.get("intents")),
        promotions: deals::promotions(&shop.get("promotions"), currency),
        feedback_hours: about::feedback(&shop.get("feedback")),
        modules: modules::modules(&shop.get("modules")),
        ..blank
    };
    Some(ShopFile {
        profile,
        channels: shop.get("channels").items().iter().filter_map(channel).collect(),
        payments: shop.get("payments").items().iter().filter_map(payment).collect(),
        catalogue: shop.get("catalogue").text(),
        services: shop.get("services").text(),
        images: shop.get("images").text().unwrap_or_else(|| DEFAULT_IMAGES.to_owned()),
    })
}

pub(super) fn week(node: &Node<'_>) -> [Option<OpenHours>; 7] {
    let mut week = [None; 7];
    for (key, day) in node.entries("hours by weekday") {
        match words::weekdays(key) {
            Some(days) => {
                let hours = open_hours(&day);
                days.into_iter().for_each(|d| week[d] = hours);
            }
            None => {
                let hint = words::did_you_mean(key, &words::WEEKDAYS);
                day.error(format!("{key:?} is not a weekday: use {}{hint}", words::WEEKDAYS.join(", ")));
            }
        }
    }
    week
}

/// `["09:00", "19:00"]`, `09:00-19:00`; nothing or `closed` is closed.
pub(super) fn open_hours(node: &Node<'_>) -> Option<OpenHours> {
    if !node.value.is_array() {
        let text = node.text()?;
        let closed = ["closed", "false", "no"].contains(&text.trim().to_lowercase().as_str());
        return if closed { None } else { node.read(words::hours) };
    }
    match node.items().as_slice() {
        [open, close] => words::hours_between(&open.text()?, &close.text()?).map_err(|why| node.error(why)).ok(),
        _ => {
            node.error("two times are expected, as in [\"09:00\", \"19:00\"]");
            None
        }
    }
}

fn holidays(node: &Node<'_>) -> Vec<Holiday> {
    let mut dates = BTreeSet::new();
    let read = |day: &Node<'_>| {
        day.is_mapping_of(&["date", "name", "hours"]).then_some(())?;
        let date = day.required("date", "the date, like 2026-12-25").read(words::date)?;
        let name = day.get("name").text().unwrap_or_default();
        Some(Holiday { date, name, hours: open_hours(&day.get("hours")) })
    };
    let mut holidays = Vec::new();
    for day in node.items() {
        if let Some(holiday) = read(&day) {
            if !dates.insert(holiday.date) {
                day.get("date").error(format!("{} is listed twice", holiday.date));
            }
            holidays.push(holiday);
        }
    }
    holidays
}

fn delivery(node: &Node<'_>, currency: Currency) -> Delivery {
    if node.is_null() || !node.is_mapping_of(&["zones", "eta", "pickup"]) {
        return Delivery::default();
    }
    let mut zones: Vec<Zone> = Vec::new();
    for item in node.get("zones").items() {
        let Some(zone) = zone(&item, currency) else { continue };
        if zones.iter().any(|other| other.name == zone.name) {
            item.get("name").error(format!("{:?} is the name of an earlier zone", zone.name));
        }
        if let Some(other) = zones.iter().find(|other| other.areas.is_empty() && zone.areas.is_empty()) {
            item.get("areas").error(format!(
                "missing: the areas of this zone; only one zone takes every other place, and {:?} does already",
                other.name
            ));
        }
        zones.push(zone);
    }
    let eta = node.get("eta");
    for (name, text) in eta.entries("a time by zone, as in {cbd: \"same day\"}") {
        match zones.iter_mut().find(|zone| zone.name == name) {
            Some(zone) if zone.eta.is_none() => zone.eta = text.text(),
            Some(_) => {}
            None => {
                let names: Vec<&str> = zones.iter().map(|zone| zone.name.as_str()).collect();
                text.error(format!("{name:?} is not one of the zones{}", words::did_you_mean(name, &names)));
            }
        }
    }
    Delivery { zones, pickup: node.get("pickup").flag().unwrap_or(false) }
}

fn zone(node: &Node<'_>, currency: Currency) -> Option<Zone> {
    node.is_mapping_of(&["name", "fee", "areas", "eta"]).then_some(())?;
    let name = node.required("name", "the zone's name").text();
    let fee =
        node.required("fee", "what delivery there costs, in whole units").read(|text| words::amount(text, currency));
    let (areas, eta) = (node.get("areas").texts(), node.get("eta").text());
    Some(Zone { name: name?, fee: fee?, areas, eta })
}

fn coupons(node: &Node<'_>, currency: Currency) -> Vec<Coupon> {
    let mut coupons: Vec<Coupon> = Vec::new();
    for item in node.items() {
        let Some(coupon) = coupon(&item, currency) else { continue };
        if coupons.iter().any(|other| other.code == coupon.code) {
            item.get("code").error(format!("{:?} is listed twice", coupon.code));
        }
        coupons.push(coupon);
    }
    coupons
}

fn coupon(node: &Node<'_>, currency: Currency) -> Option<Coupon> {
    const KEYS: &[&str] = &[
        "code",
        "type",
        "value",
        "min_subtotal",
        "starts",
        "expires",
        "max_uses",
        "max_uses_per_customer",
        "customers",
        "members",
    ];
    node.is_mapping_of(KEYS).then_some(())?;
    let code = node.required("code", "what customers type, like KARIBU10").read(|text| {
        let code = text.trim().to_uppercase();
        let plain = !code.is_empty() && !code.contains(char::is_whitespace);
        plain.then_some(code).ok_or_else(|| format!("{text:?} is not a code: one word is expected"))
    });
    let value = || node.required("value", "how much it takes off");
    let reduction = match node.required("type", "percent or fixed").text().as_deref() {
        Some("percent") => value().read(words::percent).map(Reduction::Percent),
        Some("fixed") => value().read(|text| words::amount(text, currency)).map(Reduction::Fixed),
        Some(other) => {
            node.get("type").error(format!("{other:?} is not a type of coupon: use percent or fixed"));
            None
        }
        None => None,
    };
    let (starts, expires) = (node.get("starts").read(words::date), node.get("expires").read(words::date));
    if let (Some(from), Some(to)) = (starts, expires)
        && to < from
    {
        node.get("expires").error(format!("{to} is before it starts ({from})"));
    }
    let uses = |key| node.get(key).read(|text| words::count(text, 1, u32::MAX));
    let min_subtotal = node.get("min_subtotal").read(|text| words::amount(text, currency));
    let max_uses = uses("max_uses");
    let max_uses_per_customer = uses("max_uses_per_customer");
    let customers = node.get("customers").items().iter().filter_map(Node::phone).collect();
    let members = deals::members(&node.get("members"), currency);
    Some(Coupon {
        code: code?,
        reduction: reduction?,
        min_subtotal: min_subtotal.unwrap_or(Money::zero(currency)),
        starts,
        expires,
        max_uses,
        max_uses_per_customer,
        customers,
        members,
    })
}

fn wholesale(node: &Node<'_>) -> Option<Wholesale> {
    if node.is_null() || !node.is_mapping_of(&["min_pieces", "tiers", "note"]) {
        return None;
    }
    let pieces = |text: &str| words::count(text, 1, 1_000_000);
    let mut tiers: Vec<Tier> = Vec::new();
    for item in node.get("tiers").items() {
        if !item.is_mapping_of(&["min", "percent"]) {
            continue;
        }
        let min = item.required("min", "from how many pieces it counts").read(pieces);
        let percent = item.required("percent", "per cent off the products").read(words::percent);
        let (Some(min), Some(percent)) = (min, percent) else { continue };
        if tiers.last().is_some_and(|last| last.min >= min) {
            item.get("min").error("tiers have to stand by rising number of pieces, each once");
        }
        tiers.push(Tier { min, percent });
    }
    if tiers.is_empty() {
        node.get("tiers").error("missing: at least one tier, as in {min: 10, percent: 15}");
    }
    let least = tiers.first().map_or(1, |tier| tier.min);
    let min_pieces = node.get("min_pieces").read(pieces).unwrap_or(least);
    Some(Wholesale { min_pieces, tiers, note: node.get("note").text() })
}

fn returns(node: &Node<'_>) -> Option<Returns> {
    if node.is_null() || !node.is_mapping_of(&["days", "condition", "refund"]) {
        return None;
    }
    let days = node.required("days", "within how many days").read(|text| words::count(text, 0, MOST_DAYS))?;
    Some(Returns { days, condition: node.get("condition").text(), refund: node.get("refund").text() })
}

fn exchange(node: &Node<'_>) -> Option<Exchange> {
    if node.is_null() || !node.is_mapping_of(&["days", "condition", "customer_pays_delivery"]) {
        return None;
    }
    let days = node.required("days", "within how many days").read(|text| words::count(text, 0, MOST_DAYS))?;
    // A shop that does not say has not promised to pay.
    let customer_pays_delivery = node.get("customer_pays_delivery").flag().unwrap_or(true);
    Some(Exchange { days, condition: node.get("condition").text(), customer_pays_delivery })
}

fn personality(node: &Node<'_>) -> Personality {
    if node.is_null() || !node.is_mapping_of(&["name", "tone", "emoji"]) {
        return Personality::default();
    }
    Personality {
        name: node.get("name").text(),
        tone: node.get("tone").read(words::tone).unwrap_or_default(),
        emoji: node.get("emoji").read(words::emoji).unwrap_or_default(),
    }
}

fn deposit(node: &Node<'_>) -> Option<Deposit> {
    if node.is_null() || !node.is_mapping_of(&["percent", "applies_to"]) {
        return None;
    }
    let percent = node.required("percent", "per cent of the total asked beforehand").read(words::percent);
    let applies_to = node.get("applies_to").read(words::deposit_scope).unwrap_or(DepositScope::All);
    Some(Deposit { percent: percent?, applies_to })
}

fn handover(node: &Node<'_>) -> HandOverRules {
    let usual = HandOverRules::default();
    if node.is_null() || !node.is_mapping_of(&["remind_minutes", "quiet_minutes", "return_minutes", "backup_phone"]) {
        return usual;
    }
    let minutes = |key: &str| node.get(key).read(|text| words::count(text, 1, MOST_HAND_OVER_MINUTES));
    HandOverRules {
        remind_minutes: minutes("remind_minutes").unwrap_or(usual.remind_minutes),
        quiet_minutes: minutes("quiet_minutes").unwrap_or(usual.quiet_minutes),
        return_minutes: minutes("return_minutes"),
        backup_phone: node.get("backup_phone").phone(),
    }
}

fn models(node: &Node<'_>) -> ModelRules {
    let usual = ModelRules::default();
    if node.is_null() || !node.is_mapping_of(&["use", "history", "monthly_budget_usd"]) {
        return usual;
    }
    ModelRules {
        talk: node.get("use").read(str::parse).unwrap_or(usual.talk),
        history: node.get("history").read(words::history).unwrap_or(usual.history),
        monthly_budget: node.get("monthly_budget_usd").read(|text| words::amount(text, Currency::Usd)),
    }
}

fn size_charts(node: &Node<'_>) -> BTreeMap<String, String> {
    let chart = |(category, node): (&str, Node<'_>)| {
        let text = node.text()?;
        if crate::fit::read_chart(&text).is_none() {
            node.error(
                "no size chart: write it like \"S: bust 84-88, waist 66-70 | M: bust 89-94, waist 71-75\", in cm",
            );
            return None;
        }
        Some((category.trim().to_lowercase(), text))
    };
    node.entries("size charts by category").into_iter().filter_map(chart).collect()
}

fn channel(node: &Node<'_>) -> Option<ChannelEntry> {
    if !node.value.is_object() {
        node.error("a mapping with kind and number is expected");
        return None;
    }
    let kind = node.required("kind", "twilio, meta or 360dialog").text();
    let number = node.required("number", "the number customers write to, like +254700000001").phone();
    let (account_sid, auth_token) = (node.get("account_sid").text(), node.get("auth_token").text());
    let mut settings = settings(node, &["kind", "number", "account_sid", "auth_token"]);
    if kind.as_deref() == Some("twilio") {
        node.is_mapping_of(&["kind", "number", "account_sid", "auth_token"]);
        node.required("account_sid", "Twilio's account, AC…");
        node.required("auth_token", "Twilio's auth token, best as ${TWILIO_AUTH_TOKEN}");
        settings.clear();
    }
    Some(ChannelEntry { kind: kind?, number: number?, account_sid, auth_token, settings })
}

fn payment(node: &Node<'_>) -> Option<PaymentEntry> {
    if !node.value.is_object() {
        node.error("a mapping with provider and its credentials is expected");
        return None;
    }
    let provider = node.required("provider", "paylink, daraja, sandbox, …").text();
    Some(PaymentEntry { provider: provider?, settings: settings(node, &["provider"]) })
}

/// Every text of a mapping but those under some keys.
fn settings(node: &Node<'_>, but: &[&str]) -> BTreeMap<String, String> {
    let entries = node.entries("a mapping").into_iter().filter(|(key, _)| !but.contains(key));
    entries.filter_map(|(key, value)| Some((key.to_owned(), value.text()?))).collect()
}
