//! How single values are written, in the shop file and in `duka tenant set`.

use duka_kernel::{Currency, Money};
use jiff::{
    civil::{Date, Time},
    tz::TimeZone,
};

use crate::{
    csv_file::amount,
    models::MOST_HISTORY,
    profile::{DepositScope, EmojiUse, OpenHours, Tone},
};

/// Keys of the weekdays, Monday first.
pub(super) const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// `yes`, `true`, `on` or `no`, `false`, `off`.
pub(super) fn flag(text: &str) -> Result<bool, String> {
    match text.trim().to_lowercase().as_str() {
        "true" | "yes" | "on" | "1" => Ok(true),
        "false" | "no" | "off" | "0" => Ok(false),
        _ => Err(format!("{text:?} is neither true nor false")),
    }
}

/// A whole number between two bounds.
pub(crate) fn count(text: &str, least: u32, most: u32) -> Result<u32, String> {
    let number = text.trim().parse::<u32>().ok().filter(|n| (least..=most).contains(n));
    number.ok_or_else(|| format!("{text:?} is not a whole number from {least} to {most}"))
}

/// How many messages a model is shown.
pub(super) fn history(text: &str) -> Result<u8, String> {
    count(text, 1, u32::from(MOST_HISTORY)).map(|n| u8::try_from(n).unwrap_or(MOST_HISTORY))
}

/// Per cent, 1 to 100; the sign may be there.
pub(crate) fn percent(text: &str) -> Result<u8, String> {
    let number = text.trim().trim_end_matches('%').trim_end().parse::<u8>().ok().filter(|n| (1..=100).contains(n));
    number.ok_or_else(|| format!("{text:?} is not a percentage: use a whole number from 1 to 100"))
}

/// An amount of at least 0, in whole units of the currency (KES 150 is `150`).
pub(crate) fn amount(text: &str, currency: Currency) -> Result<Money, String> {
    amount::parse(text, currency).map_err(|why| why.to_string())
}

/// A date, `2026-12-31`.
pub(super) fn date(text: &str) -> Result<Date, String> {
    text.trim().parse().map_err(|_| format!("{text:?} is not a date: write it like 2026-12-31"))
}

/// An e-mail address, as far as its form says.
pub(super) fn email(text: &str) -> Result<String, String> {
    let text = text.trim();
    let has_form = text.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && host.contains('.') && !text.contains(char::is_whitespace) && !host.contains('@')
    });
    if has_form { Ok(text.to_owned()) } else { Err(format!("{text:?} is not an e-mail address")) }
}

/// A time of day: `09:00`, `9`, `9am`, `6:30 pm`.
pub(crate) fn time(text: &str) -> Result<Time, String> {
    let lower = text.trim().to_lowercase().replace('.', ":");
    let (clock, afternoon) = match (lower.strip_suffix("am"), lower.strip_suffix("pm")) {
        (Some(clock), _) => (clock.trim_end(), Some(false)),
        (_, Some(clock)) => (clock.trim_end(), Some(true)),
        _ => (lower.as_str(), None),
    };
    let mut parts = clock.split(':').map(|part| part.parse::<i8>().ok());
    let (hour, minute, second, rest) = (parts.next(), parts.next(), parts.next(), parts.next());
    let read = || {
        let hour = match (hour.flatten()?, afternoon) {
            (hour @ 1..=12, Some(afternoon)) => hour % 12 + if afternoon { 12 } else { 0 },
            (_, Some(_)) => return None,
            (hour, None) => hour,
        };
        let minute = minute.map_or(Some(0), |m| m)?;
        let second = second.map_or(Some(0), |s| s)?;
        Time::new(hour, minute, second, 0).ok().filter(|_| rest.is_none())
    };
    read().ok_or_else(|| format!("{text:?} is not a time: write it like 09:00"))
}

/// Hours of a day: `09:00-19:00`.
pub(super) fn hours(text: &str) -> Result<OpenHours, String> {
    let text = text.trim();
    let (open, close) = ["-", "–", " to "]
        .iter()
        .find_map(|dash| text.split_once(dash))
        .ok_or_else(|| format!("{text:?} are not hours: write them like 09:00-19:00, or closed"))?;
    hours_between(open, close)
}

/// Hours from and to. Closing has to be later on the same day.
pub(super) fn hours_between(open: &str, close: &str) -> Result<OpenHours, String> {
    if close.trim() == "24:00" {
        return Err("24:00 is the next day: write 23:59 for midnight".to_owned());
    }
    let hours = OpenHours { open: time(open)?, close: time(close)? };
    if hours.close <= hours.open {
        return Err(format!(
            "closing ({}) has to be after opening ({}) on the same day: a shop that closes after midnight has to \
             say 23:59",
            clock(hours.close),
            clock(hours.open)
        ));
    }
    Ok(hours)
}

/// `09:00`, with seconds only where there are any.
pub(super) fn clock(time: Time) -> String {
    if time.second() == 0 { time.strftime("%H:%M").to_string() } else { time.strftime("%H:%M:%S").to_string() }
}

/// Weekdays from 0 for Monday: `mon`, `Monday`, `mon-fri`.
pub(crate) fn weekdays(text: &str) -> Option<Vec<usize>> {
    let day = |text: &str| {
        const FULL: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
        let text = text.trim().to_lowercase();
        FULL.iter().position(|full| text.len() >= 3 && full.starts_with(&text))
    };
    match text.split_once(['-', '–']) {
        None => day(text).map(|d| vec![d]),
        Some((first, last)) => match (day(first)?, day(last)?) {
            (first, last) if first <= last => Some((first..=last).collect()),
            (first, last) => Some((0..=last).chain(first..7).collect()),
        },
    }
}

/// A tone in the shop's own words, `warm, playful`. The last word that says more than *warm* decides.
pub(super) fn tone(text: &str) -> Result<Tone, String> {
    let known = |word: &str| match word {
        "warm" | "friendly" | "kind" | "caring" | "close" => Some(Tone::Warm),
        "playful" | "fun" | "funny" | "cheeky" | "light" | "witty" | "youthful" => Some(Tone::Playful),
        "formal" | "polite" | "professional" | "correct" | "elegant" => Some(Tone::Formal),
        _ => None,
    };
    let lower = text.to_lowercase();
    let tones: Vec<Tone> = lower.split(|c: char| !c.is_alphabetic()).filter_map(known).collect();
    let further = tones.iter().rev().find(|tone| **tone != Tone::Warm);
    further
        .or(tones.first())
        .copied()
        .ok_or_else(|| format!("{text:?} is not a tone Duka can keep: use warm, playful or formal"))
}

/// The word for a tone.
pub(super) const fn tone_word(tone: Tone) -> &'static str {
    match tone {
        Tone::Warm => "warm",
        Tone::Playful => "playful",
        Tone::Formal => "formal",
    }
}

/// How many emoji.
pub(super) fn emoji(text: &str) -> Result<EmojiUse, String> {
    match text.trim().to_lowercase().as_str() {
        "none" | "no" | "false" | "never" => Ok(EmojiUse::None),
        "some" | "few" | "yes" | "true" => Ok(EmojiUse::Some),
        "many" | "lots" => Ok(EmojiUse::Many),
        _ => Err(format!("{text:?} is not a measure of emoji: use none, some or many")),
    }
}

/// The word for a number of emoji.
pub(super) const fn emoji_word(emoji: EmojiUse) -> &'static str {
    match emoji {
        EmojiUse::None => "none",
        EmojiUse::Some => "some",
        EmojiUse::Many => "many",
    }
}

/// Which orders a deposit is asked for.
pub(super) fn deposit_scope(text: &str) -> Result<DepositScope, String> {
    match text.trim().to_lowercase().as_str() {
        "all" | "every" => Ok(DepositScope::All),
        "wholesale" => Ok(DepositScope::Wholesale),
        _ => Err(format!("{text:?} is not a kind of order: use all or wholesale")),
    }
}

/// The word for the orders a deposit is asked for.
pub(super) const fn deposit_scope_word(scope: DepositScope) -> &'static str {
    match scope {
        DepositScope::All => "all",
        DepositScope::Wholesale => "wholesale",
    }
}

/// A time zone of the IANA database. Where the machine has none, the form of the name is all that can be checked.
pub(super) fn timezone(text: &str) -> Result<String, String> {
    let has_form = |name: &str| {
        let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '_' | '-' | '+');
        name.chars().all(allowed) && (name == "UTC" || name.contains('/'))
    };
    let database_is_there = TimeZone::get("Africa/Nairobi").is_ok();
    match TimeZone::get(text) {
        Ok(zone) => Ok(zone.iana_name().unwrap_or(text).to_owned()),
        Err(_) if !database_is_there && has_form(text) => Ok(text.to_owned()),
        Err(_) => Err(format!("{text:?} is not a time zone: write it like Africa/Nairobi")),
    }
}

/// A currency by its ISO 4217 code.
pub(super) fn currency(text: &str) -> Result<Currency, String> {
    Currency::from_code(text.trim())
        .ok_or_else(|| format!("{text:?} is not a currency Duka sells in: use KES, UGX, TZS, RWF or USD"))
}

/// A short name: lower-case letters, digits and `-`, beginning with a letter or digit.
pub(super) fn slug(text: &str) -> Result<String, String> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if (1..=63).contains(&text.len()) && text.chars().all(plain) && !text.starts_with('-') {
        Ok(text.to_owned())
    } else {
        Err(format!("{text:?} is not a short name: use up to 63 lower-case letters, digits and -"))
    }
}

/// `; did you mean "zones"?` if one of the words is near to what was written.
pub(super) fn did_you_mean(written: &str, words: &[&str]) -> String {
    let written = written.to_lowercase();
    let near = words
        .iter()
        .map(|word| (strsim::damerau_levenshtein(&written, word), word))
        .filter(|(distance, word)| *distance <= (word.chars().count() / 3).max(1))
        .min();
    near.map(|(_, word)| format!("; did you mean {word:?}?")).unwrap_or_default()
}
