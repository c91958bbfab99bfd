//! The shop: delivery, hours, place, payment, taking back, services.

use duka_kernel::{Language, PhoneNumber};
use duka_shop::{
    Service,
    about::{About, Contacts},
    delivery, hours,
    profile::{Exchange, OpenHours, Returns, Zone},
};
use jiff::civil::Date;

use super::{
    Voice, booking,
    format::{LINE, NAME, TEXT, capitalised, clean, clean_text, either},
    speaker::Speaker,
};
use crate::say::AboutPart;

/// How many areas of a zone are named.
const AREAS: usize = 6;

pub(super) fn delivery_info(s: &mut Speaker<'_>, zones: &[Zone], pickup: bool) {
    let voice = s.voice;
    if zones.is_empty() {
        return s.put(if pickup { "delivery_info_none" } else { "delivery_info_neither" }, &[]);
    }
    let heading = s.text("delivery_info", &[]);
    let mut lines: Vec<String> = zones.iter().map(|zone| zone_line(s, zone)).collect();
    lines.extend(pickup.then(|| format!("• {}: {}", voice.word("collect"), voice.word("free"))));
    s.listing(heading, lines);
    s.next("delivery_info_ask", &[]);
}

fn zone_line(s: &Speaker<'_>, zone: &Zone) -> String {
    let voice = s.voice;
    let name = match zone.areas.len() {
        0 => voice.word("elsewhere").to_owned(),
        n => {
            let areas: Vec<String> = zone.areas.iter().take(AREAS).map(|area| clean(area, NAME)).collect();
            format!("{}{}", areas.join(", "), if n > AREAS { "…" } else { "" })
        }
    };
    let eta = zone.eta.as_deref().map_or(String::new(), |eta| format!(", {}", voice.in_shops_words(eta)));
    format!("• {name}: {}{eta}", voice.fee(zone.fee))
}

pub(super) fn delivery_fee(s: &mut Speaker<'_>, choice: &delivery::Choice) {
    if choice.pickup {
        return super::checkout::delivery_to(s, choice);
    }
    let (address, fee) = (clean(&choice.address, LINE), s.voice.fee(choice.fee));
    match choice.eta.as_deref() {
        Some(eta) => {
            let eta = s.voice.in_shops_words(eta);
            s.put("delivery_fee_eta", &[("address", &address), ("fee", &fee), ("eta", &eta)]);
        }
        None => s.put("delivery_fee", &[("address", &address), ("fee", &fee)]),
    }
    s.next("delivery_fee_ask", &[]);
}

pub(super) fn opening(s: &mut Speaker<'_>, now: &hours::Status, week: &[(Vec<u8>, Option<OpenHours>)]) {
    let voice = s.voice;
    let is_open = matches!(now, hours::Status::Open { .. });
    match now {
        hours::Status::Open { closes } => s.put("open_now", &[("close", &voice.time(closes.time()))]),
        hours::Status::Closed { opens: Some(opens), holiday: Some(holiday) } => {
            s.put("closed_holiday_opens", &[("holiday", &clean(holiday, NAME)), ("opens", &voice.moment(opens))]);
        }
        hours::Status::Closed { opens: Some(opens), holiday: None } => {
            s.put("closed_opens", &[("opens", &voice.moment(opens))]);
        }
        hours::Status::Closed { opens: None, .. } => s.put("closed", &[]),
        // The week says nothing either then.
        hours::Status::Unknown => return s.put("hours_always", &[]),
    }
    let rows = week.iter().map(|(days, hours)| {
        let hours = match hours {
            Some(hours) => format!("{} – {}", voice.time(hours.open), voice.time(hours.close)),
            None => voice.word("closed").to_owned(),
        };
        format!("• {}: {hours}", voice.weekdays(days))
    });
    s.lines(rows.collect());
    if !is_open {
        s.next("hours_always", &[]);
    } else if has_both_ways(s) {
        s.next("hours_ask", &[]);
    } else {
        s.next("what_next", &[]);
    }
}

/// Whether customers can come and the shop delivers.
fn has_both_ways(s: &Speaker<'_>) -> bool {
    let shop = s.voice.shop;
    shop.location.is_some() && !shop.delivery.zones.is_empty()
}

pub(super) fn location(s: &mut Speaker<'_>, location: Option<&str>) {
    let Some(location) = location else { return s.put_open("location_none", &[]) };
    s.put("location", &[("location", &clean(location, LINE))]);
    s.next(if has_both_ways(s) { "location_ask" } else { "what_next" }, &[]);
}

pub(super) fn payment_methods(s: &mut Speaker<'_>, methods: &[String], manual: Option<&str>, on_delivery: bool) {
    let voice = s.voice;
    let methods: Vec<String> = methods.iter().map(|method| voice.in_shops_words(method)).collect();
    let main = if methods.is_empty() {
        s.text("payment_methods_none", &[])
    } else {
        s.text("payment_methods", &[("methods", &either(&methods, voice.word("or")))])
    };
    let delivery = s.text(if on_delivery { "pay_on_delivery" } else { "no_pay_on_delivery" }, &[]);
    s.lines(vec![main, delivery]);
    if let Some(manual) = manual {
        s.paragraph(clean_text(manual, TEXT / 2));
    }
    s.next("payment_methods_ask", &[]);
}

/// Open or not on a day.
pub(super) fn opening_on(s: &mut Speaker<'_>, date: Date, hours: Option<OpenHours>, holiday: Option<&str>) {
    let day = capitalised(&s.voice.day_to_come(date));
    let holiday = holiday.map(|name| clean(name, NAME)).filter(|name| !name.is_empty());
    match (hours, holiday) {
        (Some(hours), holiday) => {
            let (open, close) = (s.voice.time(hours.open), s.voice.time(hours.close));
            let facts = [("day", day.as_str()), ("open", &open), ("close", &close)];
            match &holiday {
                Some(holiday) => s.put("open_on_holiday", &[&facts[..], &[("holiday", holiday)]].concat()),
                None => s.put("open_on", &facts),
            }
            s.next(if has_both_ways(s) { "hours_ask" } else { "what_next" }, &[]);
        }
        (None, Some(holiday)) => {
            s.put("closed_on_holiday", &[("day", &day), ("holiday", &holiday)]);
            s.next("hours_always", &[]);
        }
        (None, None) => {
            s.put("closed_on", &[("day", &day)]);
            s.next("hours_always", &[]);
        }
    }
}

/// Who the shop is, in its own words, each under a word of ours.
pub(super) fn shop(s: &mut Speaker<'_>, about: &About, part: Option<AboutPart>) {
    let wants = |one: AboutPart| part.is_none_or(|part| part == one);
    let mut said = false;
    if let Some(brief) = about.brief.as_deref().filter(|_| part.is_none()) {
        s.paragraph(clean_text(brief, TEXT / 2));
        said = true;
    }
    if let Some(mission) = about.mission.as_deref().filter(|_| wants(AboutPart::Mission)) {
        s.paragraph(format!("{}: {}", s.voice.word("mission"), clean_text(mission, TEXT / 3)));
        said = true;
    }
    let lists =
        [("values", &about.values, AboutPart::Values), ("why_us", &about.selling_points, AboutPart::SellingPoints)];
    for (word, items, of) in lists {
        if !items.is_empty() && wants(of) {
            let lines = items.iter().map(|item| format!("• {}", clean(item, LINE))).collect();
            s.listing(s.voice.word(word).to_owned(), lines);
            said = true;
        }
    }
    if !said {
        let name = s.voice.shop.name.clone();
        s.put("about_plain", &[("shop", &clean(&name, NAME))]);
    }
    s.next("what_next", &[]);
}

pub(super) fn contact(s: &mut Speaker<'_>, phone: Option<&PhoneNumber>, location: Option<&str>, contacts: &Contacts) {
    match (phone.map(PhoneNumber::local), location.map(|l| clean(l, LINE))) {
        (Some(phone), Some(location)) => s.put("contact_place", &[("phone", &phone), ("location", &location)]),
        (Some(phone), None) => s.put("contact", &[("phone", &phone)]),
        (None, Some(location)) => s.put("contact_location", &[("location", &location)]),
        (None, None) => s.put("contact_none", &[]),
    }
    let named = [("email", &contacts.email), ("website", &contacts.website)];
    let mut lines: Vec<String> = named
        .into_iter()
        .filter_map(|(word, value)| Some(format!("{}: {}", s.voice.word(word), clean(value.as_deref()?, LINE))))
        .collect();
    let socials = contacts.socials.iter();
    lines.extend(socials.map(|(name, account)| format!("{}: {}", network(name), clean(account, LINE))));
    s.lines(lines);
    s.ask("contact_ask", &[]);
}

/// A network's name as it writes itself.
fn network(name: &str) -> String {
    match name.to_lowercase().as_str() {
        "tiktok" => "TikTok".to_owned(),
        "x" => "X".to_owned(),
        "youtube" => "YouTube".to_owned(),
        "linkedin" => "LinkedIn".to_owned(),
        other => capitalised(&clean(other, NAME)),
    }
}

pub(super) fn returns(s: &mut Speaker<'_>, returns: Option<&Returns>) {
    let mut lines = Vec::new();
    match returns {
        Some(policy) => {
            lines.push(s.text("returns", &[("days", &policy.days.to_string())]));
            lines.push(condition(s, policy.condition.as_deref()));
            if let Some(refund) = policy.refund.as_deref() {
                let refund = s.voice.in_shops_words(refund);
                lines.push(s.text("refund_how", &[("refund", &refund)]));
            }
        }
        None => lines.push(s.text("returns_none", &[])),
    }
    s.lines(lines);
    if returns.is_some() {
        s.next("case_ask", &[]);
    }
}

pub(super) fn exchange(s: &mut Speaker<'_>, exchange: Option<&Exchange>) {
    let mut lines = Vec::new();
    match exchange {
        Some(policy) => {
            lines.push(s.text("exchange", &[("days", &policy.days.to_string())]));
            lines.push(condition(s, policy.condition.as_deref()));
            let fare = if policy.customer_pays_delivery { "exchange_fare_customer" } else { "exchange_fare_shop" };
            lines.push(s.text(fare, &[]));
        }
        None => lines.push(s.text("exchange_none", &[])),
    }
    s.lines(lines);
    if exchange.is_some() {
        s.next("case_ask", &[]);
    }
}

fn condition(s: &mut Speaker<'_>, condition: Option<&str>) -> String {
    let Some(condition) = condition else { return String::new() };
    let condition = s.voice.in_shops_words(condition);
    s.text("condition", &[("condition", &condition)])
}

pub(super) fn services(s: &mut Speaker<'_>, services: &[Service]) {
    if services.is_empty() {
        return s.put_open("services_none", &[]);
    }
    let heading = s.text("services", &[]);
    let lines = booking::service_options(s, services);
    s.listing(heading, lines);
    s.next("services_ask", &[]);
}

/// `90 min`, `dakika 90`.
pub(super) fn minutes(voice: &Voice<'_>, minutes: u32) -> String {
    match voice.language {
        Language::En => format!("{minutes} {}", voice.word("minutes")),
        _ => format!("{} {minutes}", voice.word("minutes")),
    }
}

/// `Braids (long) – KES 3,500 (180 min)`.
pub(super) fn service_line(s: &Speaker<'_>, service: &Service) -> String {
    let minutes = minutes(&s.voice, service.duration_min);
    format!("{} – {} ({minutes})", clean(&service.title(), NAME), service.price)
}

pub(super) fn service(s: &mut Speaker<'_>, service: &Service) {
    let days: Vec<u8> = (0u8..).zip(service.days).filter(|(_, offered)| *offered).map(|(day, _)| day).collect();
    let (days, open, close) = (s.voice.weekdays(&days), s.voice.time(service.open), s.voice.time(service.close));
    let when = s.text("service_when", &[("days", &days), ("open", &open), ("close", &close)]);
    let lines = vec![service_line(s, service), clean_text(&service.description, TEXT / 2), when];
    s.lines(lines);
    s.next("service_ask", &[]);
}
