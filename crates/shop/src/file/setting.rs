//! Single settings, as `duka tenant set KEY=VALUE` names them.

use duka_kernel::{Currency, PhoneNumber};

use super::{about, modules, words};
use crate::{
    ShopProfile,
    profile::{Deposit, DepositScope, Exchange, Holiday, Returns},
};

/// Changes one setting of a shop, as `duka tenant set KEY=VALUE` names it. `Ok(false)` if there is no such
/// setting, so that the caller can look for it elsewhere (credentials are no part of the profile). An empty value
/// or `none` takes away what may be missing.
///
/// # Errors
/// What is wrong with the value and what is expected.
pub fn apply_setting(profile: &mut ShopProfile, key: &str, value: &str) -> Result<bool, String> {
    let value = value.trim();
    match key.split_once('.') {
        Some(("hours", day)) => hours(profile, day, value)?,
        Some(("holidays", date)) => holiday(profile, date, value)?,
        Some(("delivery", rest)) => return delivery(profile, rest, value),
        Some(("policy", "returns")) => profile.returns = returns_in_words(profile.returns.clone(), value)?,
        Some(("policy", "exchange")) => profile.exchange = exchange_in_words(profile.exchange.clone(), value)?,
        Some(("returns" | "exchange", _)) => return policy_part(profile, key, value),
        Some(("personality", "name")) => profile.personality.name = optional(value),
        Some(("personality", "tone")) => profile.personality.tone = words::tone(value)?,
        Some(("personality", "emoji")) => profile.personality.emoji = words::emoji(value)?,
        Some(("deposit", "percent")) => {
            let applies_to = profile.deposit.map_or(DepositScope::All, |d| d.applies_to);
            profile.deposit = Some(Deposit { percent: words::percent(value)?, applies_to });
        }
        Some(("deposit", "applies_to")) => {
            let deposit = profile.deposit.as_mut().ok_or("set deposit.percent first")?;
            deposit.applies_to = words::deposit_scope(value)?;
        }
        Some(("handover", part)) => return handover(profile, part, value),
        Some(("models", part)) => return models(profile, part, value),
        Some(("about", what)) => return about(profile, what, value),
        Some(("contacts", what)) => return contacts(profile, what, value),
        Some(("intents", "disabled")) => profile.disabled_intents = about::disabled_intents_named(&list(value))?,
        Some(("feedback", "after_hours")) => profile.feedback_hours = about::feedback_after(value)?,
        Some(("modules", what)) => return modules::set_module(&mut profile.modules, what, value),
        Some(("bargaining", "allowed")) => profile.bargaining = words::flag(value)?,
        Some(_) => return Ok(false),
        None => return plain(profile, key, value),
    }
    Ok(true)
}

/// `about.brief`, `about.mission`, `about.values`, `about.selling_points`.
fn about(profile: &mut ShopProfile, what: &str, value: &str) -> Result<bool, String> {
    let about = &mut profile.about;
    match what {
        "brief" => about.brief = optional(value),
        "mission" => about.mission = optional(value),
        "values" => about.values = list(value),
        "selling_points" => about.selling_points = list(value),
        _ => return Ok(false),
    }
    Ok(true)
}

/// `contacts.phone`, `contacts.email`, `contacts.website`, `contacts.NETWORK`.
fn contacts(profile: &mut ShopProfile, what: &str, value: &str) -> Result<bool, String> {
    let contacts = &mut profile.contacts;
    match what {
        "phone" => contacts.phone = phone(value)?,
        "email" => contacts.email = optional(value).map(|text| words::email(&text)).transpose()?,
        "website" => contacts.website = optional(value),
        network if is_none(value) => drop(contacts.socials.remove(network)),
        network => drop(contacts.socials.insert(network.to_owned(), value.to_owned())),
    }
    Ok(true)
}

/// Keys without a dot.
fn plain(profile: &mut ShopProfile, key: &str, value: &str) -> Result<bool, String> {
    match key {
        "name" if value.is_empty() => return Err("a shop needs a name".to_owned()),
        "name" => value.clone_into(&mut profile.name),
        "timezone" => profile.timezone = words::timezone(value)?,
        "default_language" => profile.default_language = value.to_lowercase().parse()?,
        "currency" => {
            let currency = words::currency(value)?;
            if currency != profile.currency {
                return Err(format!(
                    "the shop's prices are in {}: create a shop in {} instead",
                    profile.currency.code(),
                    currency.code()
                ));
            }
        }
        "whatsapp_number" => profile.whatsapp_number = phone(value)?,
        "owner_phone" => profile.owner_phone = phone(value)?,
        "location" => profile.location = optional(value),
        "payment_methods" => profile.payment_methods = list(value),
        "manual_payment" => profile.manual_payment = optional(value),
        "cash_on_delivery" => profile.cash_on_delivery = words::flag(value)?,
        "bargaining" => profile.bargaining = words::flag(value)?,
        "reservation_minutes" => {
            profile.reservation_minutes = words::count(value, 1, super::read::MOST_RESERVATION_MINUTES)?;
        }
        "low_stock" => profile.low_stock = words::count(value, 0, super::read::MOST_LOW_STOCK)?,
        "approval_above" if is_none(value) => profile.approval_above = None,
        "approval_above" => profile.approval_above = Some(words::amount(value, profile.currency)?),
        "deposit" if is_none(value) => profile.deposit = None,
        _ => return Ok(false),
    }
    Ok(true)
}

fn hours(profile: &mut ShopProfile, day: &str, value: &str) -> Result<(), String> {
    let days = words::weekdays(day).ok_or_else(|| {
        format!(
            "{day:?} is not a weekday: use {}{}",
            words::WEEKDAYS.join(", "),
            words::did_you_mean(day, &words::WEEKDAYS)
        )
    })?;
    let hours = if is_closed(value) { None } else { Some(words::hours(value)?) };
    days.into_iter().for_each(|day| profile.hours[day] = hours);
    Ok(())
}

/// `holidays.2026-12-25=closed Christmas`, `holidays.2026-12-24=09:00-13:00 Christmas Eve`, `…=none`.
fn holiday(profile: &mut ShopProfile, date: &str, value: &str) -> Result<(), String> {
    let date = words::date(date)?;
    let (hours, name) = value.split_once(' ').unwrap_or((value, ""));
    let hours = match hours {
        "" | "none" => {
            profile.holidays.retain(|day| day.date != date);
            return Ok(());
        }
        hours if is_closed(hours) => None,
        hours => Some(words::hours(hours)?),
    };
    profile.holidays.retain(|day| day.date != date);
    profile.holidays.push(Holiday { date, name: name.trim().to_owned(), hours });
    profile.holidays.sort_by_key(|day| day.date);
    Ok(())
}

/// `delivery.pickup`, `delivery.fee.ZONE`, `delivery.eta.ZONE`, `delivery.areas.ZONE`: of zones there are.
fn delivery(profile: &mut ShopProfile, key: &str, value: &str) -> Result<bool, String> {
    if key == "pickup" {
        profile.delivery.pickup = words::flag(value)?;
        return Ok(true);
    }
    let Some((what @ ("fee" | "eta" | "areas"), name)) = key.split_once('.') else { return Ok(false) };
    let currency = profile.currency;
    let names: Vec<String> = profile.delivery.zones.iter().map(|zone| zone.name.clone()).collect();
    let elsewhere = profile.delivery.zones.iter().find(|zone| zone.areas.is_empty()).map(|zone| zone.name.clone());
    let zone = profile
        .delivery
        .zones
        .iter_mut()
        .find(|zone| zone.name == name)
        .ok_or_else(|| format!("{name:?} is not a delivery zone of the shop; its zones: {}", names.join(", ")))?;
    match what {
        "fee" => zone.fee = words::amount(value, currency)?,
        "eta" => zone.eta = optional(value),
        _ => {
            let areas = list(value);
            if areas.is_empty() && elsewhere.is_some_and(|other| other != name) {
                return Err(format!(
                    "{name:?} needs areas: only one zone takes every other place, and one does already"
                ));
            }
            zone.areas = areas;
        }
    }
    Ok(true)
}

/// `handover.remind_minutes`, `handover.quiet_minutes`, `handover.return_minutes`, `handover.backup_phone`.
fn handover(profile: &mut ShopProfile, part: &str, value: &str) -> Result<bool, String> {
    let minutes = || words::count(value, 1, super::read::MOST_HAND_OVER_MINUTES);
    let rules = &mut profile.handover;
    match part {
        "remind_minutes" => rules.remind_minutes = minutes()?,
        "quiet_minutes" => rules.quiet_minutes = minutes()?,
        "return_minutes" => rules.return_minutes = if is_none(value) { None } else { Some(minutes()?) },
        "backup_phone" => rules.backup_phone = phone(value)?,
        _ => return Ok(false),
    }
    Ok(true)
}

/// `models.use`, `models.history`, `models.monthly_budget_usd`.
fn models(profile: &mut ShopProfile, part: &str, value: &str) -> Result<bool, String> {
    let rules = &mut profile.models;
    match part {
        "use" => rules.talk = value.parse()?,
        "history" => rules.history = words::history(value)?,
        "monthly_budget_usd" if is_none(value) => rules.monthly_budget = None,
        "monthly_budget_usd" => rules.monthly_budget = Some(words::amount(value, Currency::Usd)?),
        _ => return Ok(false),
    }
    Ok(true)
}

/// `returns.days`, `returns.condition`, `returns.refund`, and the same of exchange.
fn policy_part(profile: &mut ShopProfile, key: &str, value: &str) -> Result<bool, String> {
    let needs_days = |policy: &str| format!("set {policy}.days first");
    let days = || words::count(value, 0, super::read::MOST_DAYS);
    match key {
        "returns.days" => match &mut profile.returns {
            Some(returns) => returns.days = days()?,
            None => profile.returns = Some(Returns { days: days()?, condition: None, refund: None }),
        },
        "exchange.days" => match &mut profile.exchange {
            Some(exchange) => exchange.days = days()?,
            None => {
                profile.exchange = Some(Exchange { days: days()?, condition: None, customer_pays_delivery: true });
            }
        },
        "returns.condition" | "returns.refund" => {
            let returns = profile.returns.as_mut().ok_or_else(|| needs_days("returns"))?;
            *if key.ends_with("refund") { &mut returns.refund } else { &mut returns.condition } = optional(value);
        }
        "exchange.condition" => {
            profile.exchange.as_mut().ok_or_else(|| needs_days("exchange"))?.condition = optional(value);
        }
        "exchange.customer_pays_delivery" => {
            let exchange = profile.exchange.as_mut().ok_or_else(|| needs_days("exchange"))?;
            exchange.customer_pays_delivery = words::flag(value)?;
        }
        _ => return Ok(false),
    }
    Ok(true)
}

/// `7 days, unworn, tags on`: the days it names (or those already set), and the whole text as the condition.
fn returns_in_words(before: Option<Returns>, text: &str) -> Result<Option<Returns>, String> {
    if is_none(text) {
        return Ok(None);
    }
    let (days, condition) = policy_in_words(text, before.as_ref().map(|r| r.days), "returns")?;
    Ok(Some(Returns { days, condition, refund: before.and_then(|r| r.refund) }))
}

fn exchange_in_words(before: Option<Exchange>, text: &str) -> Result<Option<Exchange>, String> {
    if is_none(text) {
        return Ok(None);
    }
    let (days, condition) = policy_in_words(text, before.as_ref().map(|e| e.days), "exchange")?;
    let customer_pays_delivery = before.is_none_or(|e| e.customer_pays_delivery);
    Ok(Some(Exchange { days, condition, customer_pays_delivery }))
}

/// The days a policy names and what else it says. A policy that begins with its days keeps only the rest as the
/// condition; any other is kept whole.
fn policy_in_words(text: &str, before: Option<u32>, policy: &str) -> Result<(u32, Option<String>), String> {
    let named = days_in(text);
    let days = named.as_ref().map(|(days, _)| *days).or(before).ok_or_else(|| {
        format!("{text:?} does not say within how many days: write policy.{policy}=7 days, unworn, tags on")
    })?;
    let condition = match named {
        Some((_, Some(rest))) => optional(&rest),
        _ => optional(text),
    };
    Ok((days, condition))
}

/// The days a text names (`7 days`, `7-day`, `two weeks`) and, if it begins with them, what follows.
fn days_in(text: &str) -> Option<(u32, Option<String>)> {
    const NUMBERS: [&str; 11] = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    let words: Vec<&str> = text.split([' ', '-', ',', '.', ';', ':']).filter(|word| !word.is_empty()).collect();
    let (at, number) = words.windows(2).enumerate().find_map(|(at, pair)| {
        let is_unit = ["day", "days", "week", "weeks", "siku", "wiki"].contains(&pair[1].to_lowercase().as_str());
        let number = match pair[0].to_lowercase().as_str() {
            "a" => 1,
            word => match NUMBERS.iter().position(|n| *n == word) {
                Some(n) => u32::try_from(n).ok()?,
                None => words::count(word, 0, super::read::MOST_DAYS).ok()?,
            },
        };
        is_unit.then_some((at, number))
    })?;
    let unit = words[at + 1];
    let days = if unit.to_lowercase().starts_with('w') { number.saturating_mul(7) } else { number };
    let rest = (at == 0).then(|| {
        let after = text.split_once(unit).map_or("", |(_, after)| after);
        after.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '.' | ';' | ':' | '-')).to_owned()
    });
    Some((days, rest))
}

fn phone(value: &str) -> Result<Option<PhoneNumber>, String> {
    if is_none(value) { Ok(None) } else { PhoneNumber::parse(value).map(Some).map_err(|why| why.to_string()) }
}

/// Values separated by `|`, or by commas where there is no `|`.
fn list(value: &str) -> Vec<String> {
    let separator = if value.contains('|') { '|' } else { ',' };
    let items = value.split(separator).map(|item| item.trim().to_owned());
    if is_none(value) { Vec::new() } else { items.filter(|item| !item.is_empty()).collect() }
}

fn optional(value: &str) -> Option<String> {
    if is_none(value) { None } else { Some(value.to_owned()) }
}

fn is_none(value: &str) -> bool {
    value.is_empty() || value.eq_ignore_ascii_case("none")
}

fn is_closed(value: &str) -> bool {
    value.eq_ignore_ascii_case("closed") || is_none(value)
}

#[cfg(test)]
mod tests {
    use duka_kernel::{Currency, Language, Money};
    use jiff::civil::time;
    use proptest::prelude::*;

    use super::{super::new_profile, *};
    use crate::profile::{EmojiUse, OpenHours, Tone, Zone};

    fn shop() -> ShopProfile {
        new_profile("malkia", "Malkia", Currency::Kes)
    }

    fn with(settings: &[(&str, &str)]) -> ShopProfile {
        let mut profile = shop();
        for (key, value) in settings {
            assert_eq!(apply_setting(&mut profile, key, value), Ok(true), "{key}={value}");
        }
        profile
    }

    #[test]
    fn hours_are_set_by_day_or_by_days() {
        let profile = with(&[("hours.mon-fri", "09:00-18:00"), ("hours.sat", "9am - 1:30pm"), ("hours.wed", "closed")]);
        let nine_to = |close| Some(OpenHours { open: time(9, 0, 0, 0), close });
        assert_eq!(profile.hours[0], nine_to(time(18, 0, 0, 0)));
        assert_eq!(profile.hours[2], None);
        assert_eq!(profile.hours[5], nine_to(time(13, 30, 0, 0)));
        assert_eq!(profile.hours[6], None);
    }

    #[test]
    fn a_policy_in_words_gives_its_days_and_condition() {
        let returns = |text| with(&[("policy.returns", text)]).returns.map(|r| (r.days, r.condition));
        assert_eq!(returns("7 days, unworn, tags on"), Some((7, Some("unworn, tags on".into()))));
        assert_eq!(returns("Within two weeks"), Some((14, Some("Within two weeks".into()))));
        assert_eq!(returns("30-day returns"), Some((30, Some("returns".into()))));
        assert_eq!(returns("3 days"), Some((3, None)));
        assert_eq!(returns("none"), None);
        assert!(apply_setting(&mut shop(), "policy.returns", "with receipt").is_err());
        let kept = with(&[("returns.days", "5"), ("policy.returns", "with receipt")]).returns;
        assert_eq!(kept.map(|r| r.days), Some(5));
    }

    #[test]
    fn the_voice_and_the_rest_can_be_set() {
        let profile = with(&[
            ("personality.tone", "warm, playful"),
            ("personality.emoji", "none"),
            ("personality.name", "Zuri"),
            ("default_language", "sw"),
            ("owner_phone", "0712 345 678"),
            ("payment_methods", "M-Pesa | Cash"),
            ("delivery.pickup", "yes"),
            ("reservation_minutes", "45"),
            ("low_stock", "5"),
            ("deposit.percent", "50%"),
            ("deposit.applies_to", "wholesale"),
            ("holidays.2026-12-25", "closed Christmas Day"),
            ("approval_above", "20,000"),
            ("handover.remind_minutes", "20"),
            ("handover.return_minutes", "240"),
            ("handover.backup_phone", "0722 333 444"),
        ]);
        assert_eq!(profile.approval_above, Some(Money::from_major(20_000, Currency::Kes)));
        assert_eq!((profile.handover.remind_minutes, profile.handover.return_minutes), (20, Some(240)));
        assert!(profile.handover.backup_phone.is_some());
        assert_eq!((profile.personality.tone, profile.personality.emoji), (Tone::Playful, EmojiUse::None));
        assert_eq!(profile.default_language, Language::Sw);
        assert_eq!(profile.payment_methods, ["M-Pesa", "Cash"]);
        assert_eq!(profile.deposit, Some(Deposit { percent: 50, applies_to: DepositScope::Wholesale }));
        assert_eq!(profile.holidays[0].name, "Christmas Day");
        assert_eq!(profile.reservation_minutes, 45);
        assert_eq!(profile.low_stock, 5);
    }

    #[test]
    fn what_a_shop_says_of_itself_can_be_set() {
        let profile = with(&[
            ("about.brief", "A family boutique."),
            ("about.values", "honesty|care"),
            ("contacts.email", "hello@tembo.example"),
            ("contacts.instagram", "@tembo"),
            ("contacts.tiktok", "@t"),
            ("contacts.tiktok", "none"),
            ("intents.disabled", "booking, bargain"),
            ("feedback.after_hours", "off"),
        ]);
        assert_eq!(profile.about.brief.as_deref(), Some("A family boutique."));
        assert_eq!(profile.about.values, ["honesty", "care"]);
        assert_eq!(profile.contacts.socials.keys().collect::<Vec<_>>(), ["instagram"]);
        assert_eq!(profile.disabled_intents, ["bargain", "book_appointment", "reschedule_appointment"]);
        assert_eq!(profile.feedback_hours, None);
        assert!(apply_setting(&mut shop(), "intents.disabled", "opt_out").is_err());
    }

    #[test]
    fn a_zone_there_is_can_be_changed() {
        let mut profile = shop();
        profile.delivery.zones =
            vec![Zone { name: "cbd".into(), fee: Money::zero(Currency::Kes), areas: vec![], eta: None }];
        assert_eq!(apply_setting(&mut profile, "delivery.fee.cbd", "150"), Ok(true));
        assert_eq!(profile.delivery.zones[0].fee, Money::from_major(150, Currency::Kes));
        assert!(apply_setting(&mut profile, "delivery.fee.moon", "1").is_err_and(|why| why.contains("cbd")));
    }

    #[test]
    fn a_wrong_value_says_what_is_expected_and_an_unknown_key_is_left_to_others() {
        let refused = |key, value| apply_setting(&mut shop(), key, value).expect_err("wrong");
        assert!(refused("hours.mun", "09:00-18:00").contains("did you mean \"mon\""));
        assert!(refused("hours.mon", "20:00-02:00").contains("23:59"));
        assert!(refused("personality.tone", "sarcastic").contains("playful"));
        assert!(refused("owner_phone", "none of yours").contains("0712"));
        assert!(refused("currency", "USD").contains("KES"));
        assert_eq!(apply_setting(&mut shop(), "paylink.api_key", "x"), Ok(false));
        assert_eq!(apply_setting(&mut shop(), "colour", "x"), Ok(false));
    }

    proptest! {
        #[test]
        fn no_value_panics_and_a_refused_one_changes_nothing_but_itself(
            key in "(hours\\.(mon|sat-sun)|policy\\.returns|returns\\.days|deposit\\.percent|holidays\\.2026-01-01|name)",
            value in "\\PC{0,20}",
        ) {
            let mut profile = shop();
            if apply_setting(&mut profile, &key, &value).is_err() {
                prop_assert_eq!(profile, shop());
            }
        }
    }
}
