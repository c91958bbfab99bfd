//! What a shop says of itself and its own answers, read from the shop file and written to it.

use std::collections::BTreeMap;

use super::{
    node::Node,
    words,
    write::{Tree, list, map, number, phone, text},
};
use crate::{
    ShopProfile,
    about::{About, Contacts, OPTIONAL_INTENTS, Phrase},
    profile::{Faq, feedback_hours},
};

/// The longest time after an order arrived, in hours: a month.
const MOST_FEEDBACK_HOURS: u32 = 31 * 24;

pub(super) fn about(node: &Node<'_>) -> About {
    if node.is_null() || !node.is_mapping_of(&["brief", "mission", "values", "selling_points"]) {
        return About::default();
    }
    About {
        brief: node.get("brief").text(),
        mission: node.get("mission").text(),
        values: node.get("values").texts(),
        selling_points: node.get("selling_points").texts(),
    }
}

pub(super) fn contacts(node: &Node<'_>) -> Contacts {
    if node.is_null() || !node.is_mapping_of(&["phone", "email", "website", "socials"]) {
        return Contacts::default();
    }
    let socials = node.get("socials");
    let names = socials.entries("accounts by network, as in {instagram: \"@malkia\"}");
    Contacts {
        phone: node.get("phone").phone(),
        email: node.get("email").read(words::email),
        website: node.get("website").text(),
        socials: names.into_iter().filter_map(|(name, account)| Some((name.to_owned(), account.text()?))).collect(),
    }
}

pub(super) fn faq(node: &Node<'_>) -> Option<Faq> {
    node.is_mapping_of(&["q", "a", "active"]).then_some(())?;
    let (q, a) = (node.required("q", "the question").text(), node.required("a", "the answer").text());
    let active = node.get("active").flag().unwrap_or(true);
    Some(Faq { q: q?, a: a?, active })
}

pub(super) fn phrase(node: &Node<'_>) -> Option<Phrase> {
    node.is_mapping_of(&["says", "response"]).then_some(())?;
    let says = node.required("says", "what customers say, one way or several").texts();
    let response = node.required("response", "what is answered").text();
    Some(Phrase { says, response: response? }).filter(|phrase| !phrase.says.is_empty())
}

/// `intents: {disabled: [book_appointment]}`.
pub(super) fn disabled_intents(node: &Node<'_>) -> Vec<String> {
    if node.is_null() || !node.is_mapping_of(&["disabled"]) {
        return Vec::new();
    }
    let disabled = node.get("disabled");
    disabled_intents_named(&disabled.texts()).unwrap_or_else(|why| {
        disabled.error(why);
        Vec::new()
    })
}

/// The intents that names stand for; `booking` stands for making and moving one.
pub(super) fn disabled_intents_named(names: &[String]) -> Result<Vec<String>, String> {
    let mut intents = Vec::new();
    for name in names {
        match name.trim() {
            "booking" => intents.extend(["book_appointment".to_owned(), "reschedule_appointment".to_owned()]),
            name if OPTIONAL_INTENTS.contains(&name) => intents.push(name.to_owned()),
            name => {
                let hint = words::did_you_mean(name, &OPTIONAL_INTENTS);
                let hint = if hint.is_empty() { format!(": use {}", OPTIONAL_INTENTS.join(", ")) } else { hint };
                return Err(format!("{name:?} is not something a shop can switch off{hint}"));
            }
        }
    }
    intents.sort_unstable();
    intents.dedup();
    Ok(intents)
}

/// `feedback: {after_hours: 24}`; `feedback: off` is never.
pub(super) fn feedback(node: &Node<'_>) -> Option<u32> {
    if node.is_null() {
        return feedback_hours();
    }
    if !node.value.is_object() {
        return node.read(feedback_after).flatten();
    }
    node.is_mapping_of(&["after_hours"]);
    let hours = node.get("after_hours");
    if hours.is_null() { feedback_hours() } else { hours.read(feedback_after).flatten() }
}

/// A number of hours, or `off`.
pub(super) fn feedback_after(text: &str) -> Result<Option<u32>, String> {
    if ["off", "none", "no", "never", "false", ""].contains(&text.trim().to_lowercase().as_str()) {
        return Ok(None);
    }
    words::count(text, 1, MOST_FEEDBACK_HOURS).map(Some).map_err(|why| format!("{why}, nor off"))
}

pub(super) fn write_about(about: &About) -> Option<Tree> {
    let there = !about.is_empty();
    there.then(|| {
        map([
            ("brief", about.brief.as_deref().and_then(text)),
            ("mission", about.mission.as_deref().and_then(text)),
            ("values", list(about.values.iter().filter_map(|value| text(value)))),
            ("selling_points", list(about.selling_points.iter().filter_map(|point| text(point)))),
        ])
    })
}

pub(super) fn write_contacts(contacts: &Contacts) -> Option<Tree> {
    let socials: BTreeMap<&String, Tree> =
        contacts.socials.iter().filter_map(|(name, account)| Some((name, text(account)?))).collect();
    let socials = Tree::Map(socials.into_iter().map(|(name, account)| (name.clone(), account)).collect());
    let there = *contacts != Contacts::default();
    there.then(|| {
        map([
            ("phone", contacts.phone.as_ref().map(phone)),
            ("email", contacts.email.as_deref().and_then(text)),
            ("website", contacts.website.as_deref().and_then(text)),
            ("socials", (!contacts.socials.is_empty()).then_some(socials)),
        ])
    })
}

pub(super) fn write_faqs(profile: &ShopProfile) -> Option<Tree> {
    list(profile.faqs.iter().map(|faq| {
        let active = (!faq.active).then_some(Tree::Flag(false));
        map([("q", text(&faq.q)), ("a", text(&faq.a)), ("active", active)])
    }))
}

pub(super) fn write_phrases(phrases: &[Phrase]) -> Option<Tree> {
    list(phrases.iter().map(|phrase| {
        let says = list(phrase.says.iter().filter_map(|says| text(says)));
        map([("says", says), ("response", text(&phrase.response))])
    }))
}

pub(super) fn write_disabled(intents: &[String]) -> Option<Tree> {
    list(intents.iter().filter_map(|name| text(name))).map(|disabled| map([("disabled", Some(disabled))]))
}

pub(super) fn write_feedback(hours: Option<u32>) -> Option<Tree> {
    match hours {
        hours if hours == feedback_hours() => None,
        Some(hours) => Some(map([("after_hours", number(hours))])),
        None => text("off"),
    }
}
