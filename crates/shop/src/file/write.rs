//! Shops written as a shop file.

use duka_kernel::{Money, PhoneNumber};
use serde::{Serialize, Serializer, ser::SerializeMap};

use super::{ChannelEntry, DEFAULT_IMAGES, PaymentEntry, ShopFile, about, deals, env, modules, words};
use crate::booking::{BookingRules, Deposit};
use crate::profile::{Coupon, Delivery, Holiday, OpenHours, Reduction, ShopProfile, Wholesale, low_stock};
use crate::{handover::HandOverRules, models::ModelRules};

/// A tree of YAML whose mappings keep their order.
pub(super) enum Tree {
    Text(String),
    Number(i64),
    Flag(bool),
    Null,
    List(Vec<Tree>),
    Map(Vec<(String, Tree)>),
}

impl Serialize for Tree {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => to.serialize_str(text),
            Self::Number(number) => to.serialize_i64(*number),
            Self::Flag(flag) => to.serialize_bool(*flag),
            Self::Null => to.serialize_unit(),
            Self::List(items) => to.collect_seq(items),
            Self::Map(entries) => {
                let mut map = to.serialize_map(Some(entries.len()))?;
                for (key, value) in entries {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
        }
    }
}

/// Writes shops; what a shop has not set is left out.
pub(super) fn write(shops: &[ShopFile]) -> String {
    let tenants = shops.iter().map(|shop| (shop.profile.slug.clone(), tenant(shop))).collect();
    let root = map([("tenants", Some(Tree::Map(tenants)))]);
    // Quoted, so that no reader takes a text for a number, a date or a flag.
    let options = serde_saphyr::ser_options! { quote_all: true };
    serde_saphyr::to_string_with_options(&root, options).expect("texts, numbers, lists and mappings are YAML")
}

fn tenant(shop: &ShopFile) -> Tree {
    let profile = &shop.profile;
    map([
        ("name", text(&profile.name)),
        ("slug", text(&profile.slug)),
        ("whatsapp_number", profile.whatsapp_number.as_ref().map(phone)),
        ("owner_phone", profile.owner_phone.as_ref().map(phone)),
        ("catalogue", shop.catalogue.as_deref().and_then(text)),
        ("services", shop.services.as_deref().and_then(text)),
        ("images", text(&shop.images).filter(|_| shop.images != DEFAULT_IMAGES)),
        ("currency", text(profile.currency.code())),
        ("timezone", text(&profile.timezone)),
        ("default_language", text(profile.default_language.code())),
        ("hours", Some(week(profile))),
        ("holidays", list(profile.holidays.iter().map(holiday))),
        ("location", profile.location.as_deref().and_then(text)),
        ("payment_methods", list(profile.payment_methods.iter().filter_map(|method| text(method)))),
        ("manual_payment", profile.manual_payment.as_deref().and_then(text)),
        ("cash_on_delivery", Some(Tree::Flag(profile.cash_on_delivery))),
        ("delivery", Some(delivery(&profile.delivery))),
        ("coupons", list(profile.coupons.iter().map(coupon))),
        ("bargaining", Some(map([("allowed", Some(Tree::Flag(profile.bargaining)))]))),
        ("wholesale", profile.wholesale.as_ref().map(wholesale)),
        (
            "returns",
            profile.returns.as_ref().map(|returns| {
                map([
                    ("days", number(returns.days)),
                    ("condition", returns.condition.as_deref().and_then(text)),
                    ("refund", returns.refund.as_deref().and_then(text)),
                ])
            }),
        ),
        (
            "exchange",
            profile.exchange.as_ref().map(|exchange| {
                map([
                    ("days", number(exchange.days)),
                    ("condition", exchange.condition.as_deref().and_then(text)),
                    ("customer_pays_delivery", Some(Tree::Flag(exchange.customer_pays_delivery))),
                ])
            }),
        ),
        ("reservation_minutes", number(profile.reservation_minutes)),
        ("low_stock", (profile.low_stock != low_stock()).then(|| number(profile.low_stock)).flatten()),
        ("approval_above", profile.approval_above.map(amount)),
        (
            "personality",
            Some(map([
                ("name", profile.personality.name.as_deref().and_then(text)),
                ("tone", text(words::tone_word(profile.personality.tone))),
                ("emoji", text(words::emoji_word(profile.personality.emoji))),
            ])),
        ),
        (
            "deposit",
            profile.deposit.map(|deposit| {
                map([
                    ("percent", number(deposit.percent)),
                    ("applies_to", text(words::deposit_scope_word(deposit.applies_to))),
                ])
            }),
        ),
        ("size_charts", size_charts(profile)),
        ("booking", booking(&profile.booking)),
        ("handover", handover(&profile.handover)),
        ("models", models(&profile.models)),
        ("about", about::write_about(&profile.about)),
        ("contacts", about::write_contacts(&profile.contacts)),
        ("faqs", about::write_faqs(profile)),
        ("phrases", about::write_phrases(&profile.phrases)),
        ("intents", about::write_disabled(&profile.disabled_intents)),
        ("promotions", deals::write_promotions(&profile.promotions)),
        ("feedback", about::write_feedback(profile.feedback_hours)),
        ("modules", modules::write_modules(profile.modules)),
        ("channels", list(shop.channels.iter().map(channel))),
        ("payments", list(shop.payments.iter().map(payment))),
    ])
}

fn size_charts(profile: &ShopProfile) -> Option<Tree> {
    let charts = profile.size_charts.iter().map(|(category, chart)| (category.clone(), Tree::Text(chart.clone())));
    (!profile.size_charts.is_empty()).then(|| Tree::Map(charts.collect()))
}

fn handover(rules: &HandOverRules) -> Option<Tree> {
    let usual = HandOverRules::default();
    (*rules != usual).then(|| {
        map([
            ("remind_minutes", number(rules.remind_minutes)),
            ("quiet_minutes", number(rules.quiet_minutes)),
            ("return_minutes", rules.return_minutes.and_then(number)),
            ("backup_phone", rules.backup_phone.as_ref().map(phone)),
        ])
    })
}

fn models(rules: &ModelRules) -> Option<Tree> {
    let usual = ModelRules::default();
    (*rules != usual).then(|| {
        map([
            ("use", text(rules.talk.name())),
            ("history", number(rules.history)),
            ("monthly_budget_usd", rules.monthly_budget.map(amount)),
        ])
    })
}

fn week(profile: &ShopProfile) -> Tree {
    let days = words::WEEKDAYS.into_iter().zip(profile.hours);
    Tree::Map(days.map(|(day, hours)| (day.to_owned(), hours.map_or(Tree::Null, open_hours))).collect())
}

fn open_hours(hours: OpenHours) -> Tree {
    Tree::List(vec![Tree::Text(words::clock(hours.open)), Tree::Text(words::clock(hours.close))])
}

fn holiday(holiday: &Holiday) -> Tree {
    map([
        ("date", text(&holiday.date.to_string())),
        ("name", text(&holiday.name)),
        ("hours", Some(holiday.hours.map_or(Tree::Null, open_hours))),
    ])
}

fn delivery(delivery: &Delivery) -> Tree {
    let zones = delivery.zones.iter().map(|zone| {
        map([
            ("name", text(&zone.name)),
            ("fee", Some(amount(zone.fee))),
            ("areas", Some(Tree::List(zone.areas.iter().filter_map(|area| text(area)).collect()))),
            ("eta", zone.eta.as_deref().and_then(text)),
        ])
    });
    map([("zones", list(zones)), ("pickup", Some(Tree::Flag(delivery.pickup)))])
}

fn coupon(coupon: &Coupon) -> Tree {
    let (kind, value) = match coupon.reduction {
        Reduction::Percent(percent) => ("percent", number(percent)),
        Reduction::Fixed(off) => ("fixed", Some(amount(off))),
    };
    map([
        ("code", text(&coupon.code)),
        ("type", text(kind)),
        ("value", value),
        ("min_subtotal", Some(amount(coupon.min_subtotal))),
        ("starts", coupon.starts.and_then(|date| text(&date.to_string()))),
        ("expires", coupon.expires.and_then(|date| text(&date.to_string()))),
        ("max_uses", coupon.max_uses.and_then(number)),
        ("max_uses_per_customer", coupon.max_uses_per_customer.and_then(number)),
        ("customers", list(coupon.customers.iter().map(phone))),
        ("members", coupon.members.as_ref().map(deals::write_members)),
    ])
}

fn wholesale(wholesale: &Wholesale) -> Tree {
    let tiers = wholesale.tiers.iter();
    map([
        ("min_pieces", number(wholesale.min_pieces)),
        ("tiers", list(tiers.map(|tier| map([("min", number(tier.min)), ("percent", number(tier.percent))])))),
        ("note", wholesale.note.as_deref().and_then(text)),
    ])
}

/// Rules for appointments, as far as they are not the usual ones.
fn booking(rules: &BookingRules) -> Option<Tree> {
    let usual = BookingRules::default();
    if *rules == usual {
        return None;
    }
    let unless = |value: u32, usual: u32| number(value).filter(|_| value != usual);
    let staff = rules.staff.iter().map(|person| {
        let days = person.hours.map(|hours| words::WEEKDAYS.into_iter().zip(hours));
        let days = days.map(|days| days.map(|(day, hours)| (day.to_owned(), hours.map_or(Tree::Null, open_hours))));
        map([
            ("name", text(&person.name)),
            ("hours", days.map(|days| Tree::Map(days.collect()))),
            ("breaks", list(person.breaks.iter().copied().map(open_hours))),
        ])
    });
    let resources = rules.resources.iter();
    let resources = resources.map(|r| map([("name", text(&r.name)), ("count", number(r.count))]));
    let reminders = rules.reminders_min.iter().map(|minutes| Tree::Number((*minutes).into()));
    Some(map([
        ("staff", list(staff)),
        ("resources", list(resources)),
        ("breaks", list(rules.breaks.iter().copied().map(open_hours))),
        ("step_minutes", unless(rules.step_min, usual.step_min)),
        ("lead_minutes", unless(rules.lead_min, usual.lead_min)),
        ("days_ahead", unless(rules.days_ahead, usual.days_ahead)),
        ("hold_minutes", unless(rules.hold_min, usual.hold_min)),
        ("deposit", rules.deposit.map(booking_deposit)),
        ("cancel_hours", unless(rules.cancel_hours, usual.cancel_hours)),
        ("no_show_limit", unless(rules.no_show_limit, usual.no_show_limit)),
        ("no_show_deposit", rules.no_show_deposit.map(booking_deposit)),
        (
            "reminder_minutes",
            Some(Tree::List(reminders.collect())).filter(|_| rules.reminders_min != usual.reminders_min),
        ),
    ]))
}

fn booking_deposit(deposit: Deposit) -> Tree {
    match deposit {
        Deposit::Percent(percent) => map([("percent", number(percent))]),
        Deposit::Amount(of) => map([("amount", Some(amount(of)))]),
    }
}

fn channel(channel: &ChannelEntry) -> Tree {
    let mut entries = vec![
        ("kind".to_owned(), Tree::Text(env::escape(&channel.kind))),
        ("number".to_owned(), phone(&channel.number)),
    ];
    let secrets = [("account_sid", &channel.account_sid), ("auth_token", &channel.auth_token)];
    entries.extend(secrets.into_iter().filter_map(|(key, value)| Some((key.to_owned(), secret(value.as_ref()?)))));
    entries.extend(channel.settings.iter().map(|(key, value)| (key.clone(), secret(value))));
    Tree::Map(entries)
}

fn payment(payment: &PaymentEntry) -> Tree {
    let mut entries = vec![("provider".to_owned(), Tree::Text(env::escape(&payment.provider)))];
    entries.extend(payment.settings.iter().map(|(key, value)| (key.clone(), secret(value))));
    Tree::Map(entries)
}

/// A credential. One that is a reference, `${NAME}`, stays one, so that an export can leave secrets out.
fn secret(value: &str) -> Tree {
    Tree::Text(if env::is_reference(value) { value.to_owned() } else { env::escape(value) })
}

pub(super) fn map<const N: usize>(entries: [(&str, Option<Tree>); N]) -> Tree {
    let there = entries.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?)));
    Tree::Map(there.collect())
}

pub(super) fn list(items: impl Iterator<Item = Tree>) -> Option<Tree> {
    let items: Vec<Tree> = items.collect();
    if items.is_empty() { None } else { Some(Tree::List(items)) }
}

pub(super) fn text(text: &str) -> Option<Tree> {
    if text.is_empty() { None } else { Some(Tree::Text(env::escape(text))) }
}

pub(super) fn number(number: impl Into<i64>) -> Option<Tree> {
    Some(Tree::Number(number.into()))
}

/// Whole units as a number, anything finer as a text, so that it never passes through a float.
pub(super) fn amount(amount: Money) -> Tree {
    let unit = amount.currency.minor_per_major();
    if amount.minor % unit == 0 {
        Tree::Number(amount.minor / unit)
    } else {
        Tree::Text(format!("{}.{:02}", amount.minor / unit, amount.minor % unit))
    }
}

pub(super) fn phone(number: &PhoneNumber) -> Tree {
    Tree::Text(format!("+{}", number.digits()))
}
