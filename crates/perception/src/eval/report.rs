//! How well messages with known meaning are read.

use std::{collections::BTreeMap, fmt, time::Duration};

use duka_kernel::Language;
use serde_json::{Map, Value};

use super::Labelled;
use crate::{Intent, Perception, Slots};

/// Slots that a sale rests on.
const CORE: [&str; 11] = [
    "product",
    "colour",
    "size",
    "quantity",
    "price_max",
    "price_min",
    "date",
    "time",
    "ordinal",
    "address",
    "receipt",
];

/// Names of one thing.
const SAME: [(&str, &str); 5] =
    [("blouse", "top"), ("trouser", "trousers"), ("cardigan", "sweater"), ("jumper", "sweater"), ("nude", "beige")];

/// Right, of so many.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Share {
    /// How many were right.
    pub right: usize,
    /// Of how many.
    pub of: usize,
}

impl Share {
    fn add(&mut self, right: bool) {
        self.right += usize::from(right);
        self.of += 1;
    }

    /// From 0 to 1; 1 of nothing.
    #[must_use]
    pub fn value(self) -> f64 {
        if self.of == 0 { 1.0 } else { self.right as f64 / self.of as f64 }
    }
}

/// Values found, invented and missed.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Found {
    hits: usize,
    invented: usize,
    missed: usize,
}

impl Found {
    /// The harmonic mean of precision and recall.
    #[must_use]
    pub fn f1(self) -> f64 {
        let all = 2 * self.hits + self.invented + self.missed;
        if all == 0 { 1.0 } else { 2.0 * self.hits as f64 / all as f64 }
    }
}

/// What was read right, by language, intent and slot.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Intents by language: English alone, Swahili alone, anything with Sheng or mixed.
    pub by_language: BTreeMap<&'static str, Share>,
    /// Intents by intent.
    pub by_intent: BTreeMap<Intent, Share>,
    /// The first language.
    pub first_language: Share,
    /// All languages of the message.
    pub languages: Share,
    /// Slots by name.
    pub by_slot: BTreeMap<String, Found>,
    /// What was wanted and what was read instead.
    pub confusions: BTreeMap<(Intent, Intent), usize>,
    times: Vec<Duration>,
}

impl Report {
    /// Counts one message, and how long it took.
    pub fn add(&mut self, gold: &Labelled, seen: &Perception, took: Duration) {
        let right = seen.intent == gold.intent || gold.also.contains(&seen.intent);
        self.by_language.entry(family(&gold.langs)).or_default().add(right);
        self.by_intent.entry(gold.intent).or_default().add(right);
        if !right {
            *self.confusions.entry((gold.intent, seen.intent)).or_default() += 1;
        }
        self.first_language.add(gold.langs.first() == seen.langs.first());
        let sorted =
            |langs: &[Language]| langs.iter().map(ToString::to_string).collect::<std::collections::BTreeSet<_>>();
        self.languages.add(sorted(&gold.langs) == sorted(&seen.langs));
        self.slots(gold, &seen.slots);
        self.times.push(took);
    }

    fn slots(&mut self, gold: &Labelled, seen: &Slots) {
        let Ok(Value::Object(seen)) = serde_json::to_value(seen) else { return };
        let (wanted, seen) = (values(&gold.slots), values(&seen));
        let names: std::collections::BTreeSet<&String> = wanted.keys().chain(seen.keys()).collect();
        for name in names.into_iter().filter(|name| counts(name, gold.intent)) {
            let none = Vec::new();
            let mut left = seen.get(name).unwrap_or(&none).clone();
            let found = self.by_slot.entry(name.clone()).or_default();
            let accepted: Vec<String> = gold.accept.get(name).into_iter().flatten().map(plain).collect();
            for value in wanted.get(name).unwrap_or(&none) {
                let hit = left.iter().position(|v| same(name, value, v) || accepted.iter().any(|a| same(name, a, v)));
                match hit {
                    Some(at) => {
                        left.remove(at);
                        found.hits += 1;
                    }
                    None => found.missed += 1,
                }
            }
            found.invented += left.len();
        }
    }

    /// Intents of all messages.
    #[must_use]
    pub fn intents(&self) -> Share {
        self.by_language
            .values()
            .fold(Share::default(), |all, s| Share { right: all.right + s.right, of: all.of + s.of })
    }

    /// F1 of the slots that a sale rests on.
    #[must_use]
    pub fn core_slots(&self) -> f64 {
        let core = self.by_slot.iter().filter(|(name, _)| CORE.contains(&name.as_str())).map(|(_, f)| *f);
        core.fold(Found::default(), |all, f| Found {
            hits: all.hits + f.hits,
            invented: all.invented + f.invented,
            missed: all.missed + f.missed,
        })
        .f1()
    }

    /// The time that so many of a hundred messages stayed within.
    #[must_use]
    pub fn percentile(&self, percent: usize) -> Duration {
        let mut times = self.times.clone();
        times.sort_unstable();
        times.get((times.len() * percent / 100).min(times.len().saturating_sub(1))).copied().unwrap_or_default()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all = self.intents();
        writeln!(f, "{} messages; intent right {:.3}", all.of, all.value())?;
        for (family, share) in &self.by_language {
            writeln!(f, "  {family:12} {:.3} of {}", share.value(), share.of)?;
        }
        let (first, languages) = (self.first_language, self.languages);
        writeln!(f, "first language {:.3}, all languages {:.3}", first.value(), languages.value())?;
        writeln!(f, "core slots F1 {:.3}", self.core_slots())?;
        for (name, found) in &self.by_slot {
            let Found { hits, invented, missed } = found;
            writeln!(f, "  {name:12} {:.3}  ({hits} right, {invented} invented, {missed} missed)", found.f1())?;
        }
        writeln!(f, "intents, worst first")?;
        let mut intents: Vec<_> = self.by_intent.iter().collect();
        intents.sort_by(|a, b| a.1.value().total_cmp(&b.1.value()));
        for (intent, share) in intents {
            writeln!(f, "  {:24} {:.3} of {}", intent.name(), share.value(), share.of)?;
        }
        writeln!(f, "taken for another most often")?;
        let mut confusions: Vec<_> = self.confusions.iter().collect();
        confusions.sort_by_key(|(_, n)| std::cmp::Reverse(**n));
        for ((gold, seen), n) in confusions.into_iter().take(15) {
            writeln!(f, "  {gold} for {seen}: {n}")?;
        }
        writeln!(f, "time p50 {:?}, p99 {:?}", self.percentile(50), self.percentile(99))
    }
}

fn family(langs: &[Language]) -> &'static str {
    match langs {
        [Language::En] => "en",
        [Language::Sw] => "sw",
        _ => "sheng/mixed",
    }
}

/// Every slot as plain texts.
fn values(slots: &Map<String, Value>) -> BTreeMap<String, Vec<String>> {
    let texts = |value: &Value| match value {
        Value::Array(many) => many.iter().map(plain).collect(),
        one => vec![plain(one)],
    };
    slots.iter().map(|(name, value)| (name.clone(), texts(value))).collect()
}

fn plain(value: &Value) -> String {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_lowercase);
    SAME.iter().find(|(other, _)| *other == text).map_or(text, |(_, name)| (*name).to_owned())
}

/// Days and times are asked of what happens on a day; small talk and the like name nothing.
fn counts(slot: &str, intent: Intent) -> bool {
    use Intent as I;
    let booking = matches!(intent, I::BookAppointment | I::RescheduleAppointment | I::CancelAppointment);
    match intent {
        I::SmalltalkOfftopic
        | I::Abuse
        | I::PromptInjection
        | I::Greeting
        | I::Goodbye
        | I::Thanks
        | I::RepeatUnclear => false,
        _ if slot == "date" => {
            booking
                || matches!(
                    intent,
                    I::ServiceInquiry
                        | I::DeliveryQuestion
                        | I::OrderStatus
                        | I::CancelOrder
                        | I::BusinessHours
                        | I::Checkout
                )
        }
        _ if slot == "time" => booking || matches!(intent, I::DeliveryQuestion | I::Checkout),
        _ => true,
    }
}

/// Addresses are the same when most of their words are.
fn same(slot: &str, wanted: &str, seen: &str) -> bool {
    if slot != "address" || wanted == seen {
        return wanted == seen;
    }
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
    };
    let (wanted, mut seen) = (words(wanted), words(seen));
    let all = wanted.len() + seen.len();
    let common =
        wanted.iter().filter(|w| seen.iter().position(|s| s == *w).map(|at| seen.remove(at)).is_some()).count();
    common * 20 >= all * 6
}
