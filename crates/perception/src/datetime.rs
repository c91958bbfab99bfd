//! Days and times, the Swahili clock included.

use jiff::{ToSpan, Zoned, civil::Date, civil::Weekday, tz::TimeZone};

use crate::{context::Context, lexicon::CALENDAR, normalise::Message, number};

/// Wednesday 4 March 2026, 10:00 in Nairobi: the moment messages without a clock are read at.
const DEFAULT_NOW: i64 = 1_772_607_600_000;

/// The moment of the context on the shop's wall clock.
pub(crate) fn now(context: &Context) -> Zoned {
    let at = context.now.unwrap_or(duka_kernel::Timestamp(DEFAULT_NOW));
    let named = context.timezone.as_deref().and_then(|name| TimeZone::get(name).ok());
    // Kenya has been at UTC+3 without summer time since 1960
    at.in_zone(&named.unwrap_or_else(|| TimeZone::fixed(jiff::tz::offset(3))))
}

fn calendar(message: &Message<'_>, i: usize) -> Option<(&'static str, usize)> {
    CALENDAR.at(message, i).map(|f| (f.value, f.len))
}

fn weekday(name: &str) -> Option<Weekday> {
    Some(match name {
        "mon" => Weekday::Monday,
        "tue" => Weekday::Tuesday,
        "wed" => Weekday::Wednesday,
        "thu" => Weekday::Thursday,
        "fri" => Weekday::Friday,
        "sat" => Weekday::Saturday,
        "sun" => Weekday::Sunday,
        _ => return None,
    })
}

fn month(name: &str) -> Option<i8> {
    name.strip_prefix('m').and_then(|n| n.parse().ok()).filter(|n| (1..=12).contains(n))
}

/// The day of a message as `YYYY-MM-DD`; its words are marked as taken.
pub(crate) fn date(message: &Message<'_>, context: &Context, taken: &mut [bool]) -> Option<String> {
    let today = now(context).date();
    let mut found: Option<Date> = None;
    let mut i = 0;
    while i < message.tokens.len() {
        if taken[i] {
            i += 1;
            continue;
        }
        match read_date(message, i, today) {
            Some((date, len)) => {
                let to = (i + len).min(taken.len());
                taken[i..to].fill(true);
                // the last day named is where a booking is moved to
                found = Some(date);
                i = to;
            }
            None => i += 1,
        }
    }
    found.map(|d| d.to_string())
}

fn read_date(message: &Message<'_>, i: usize, today: Date) -> Option<(Date, usize)> {
    let word = message.word(i);
    if let Some((value, len)) = calendar(message, i) {
        let days = match value {
            "today" => Some(0),
            "tomorrow" => Some(1),
            "dayafter" => Some(2),
            "yesterday" => Some(-1),
            "daybefore" => Some(-2),
            _ => None,
        };
        if let Some(days) = days {
            return today.checked_add(days.days()).ok().map(|d| (d, len));
        }
        if value == "nextweek" {
            // "next week Friday", "wiki ijayo siku ya Ijumaa"
            let filler = |k: &usize| matches!(message.word(*k), "on" | "siku" | "ya");
            let at = i + len + (i + len..i + len + 2).take_while(filler).count();
            let named = calendar(message, at).and_then(|(v, l)| weekday(v).map(|d| (d, at + l - i)));
            let (day, len) = named.unwrap_or((Weekday::Monday, len));
            return Some((on_weekday(today, day, true), len));
        }
        if matches!(value, "weekend" | "nextweekend") {
            return Some((on_weekday(today, Weekday::Saturday, value == "nextweekend"), len));
        }
        if let Some(day) = weekday(value) {
            if let Some(("nextweek", more)) = calendar(message, i + len) {
                return Some((on_weekday(today, day, true), len + more));
            }
            // "mon", "sat", "sun", "wed" are days only where they cannot be other words
            if matches!(word, "sun" | "sat" | "mon" | "mos" | "wed")
                && message.tokens.len() > 6
                && !matches!(message.before(i, 1), "on" | "next" | "this" | "by")
            {
                return None;
            }
            let following = i >= 1 && message.before(i, 1) == "next" && message.before(i, 2) != "the";
            let after = calendar(message, i + len).filter(|(v, _)| matches!(*v, "coming" | "next"));
            let extra = after.map_or(0, |(_, l)| l);
            return Some((on_weekday(today, day, following), len + extra));
        }
    }
    numbered_date(message, i, today).or_else(|| counted_days(message, i, today))
}

/// The next such day after today; with "next" in English, the one in the week that starts on Monday.
fn on_weekday(today: Date, day: Weekday, next_week: bool) -> Date {
    let ahead = i32::from(today.weekday().until(day));
    let ahead = if ahead == 0 { 7 } else { ahead };
    let monday = 7 - i32::from(today.weekday().to_monday_zero_offset());
    let ahead = if next_week && ahead < monday { ahead + 7 } else { ahead };
    today.checked_add(ahead.days()).unwrap_or(today)
}

fn day_number(message: &Message<'_>, i: usize) -> Option<(i8, usize, bool)> {
    let word = message.word(i);
    let stem = ["st", "nd", "rd", "th"]
        .iter()
        .find_map(|s| word.strip_suffix(s))
        .filter(|s| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit()));
    if let Some(stem) = stem {
        return stem.parse().ok().filter(|d| (1..=31).contains(d)).map(|d| (d, 1, true));
    }
    let n = number::read(message, i).filter(|n| !n.large_unit)?;
    i8::try_from(n.value).ok().filter(|d| (1..=31).contains(d)).map(|d| (d, n.len, false))
}

/// The date with this day of the month that comes next.
fn upcoming(today: Date, day: i8, month: Option<i8>, year: Option<i16>) -> Option<Date> {
    let year_is_given = year.is_some();
    let year = year.unwrap_or_else(|| today.year());
    match month {
        Some(month) => {
            let date = Date::new(year, month, day).ok()?;
            if date < today && !year_is_given { Date::new(year + 1, month, day).ok() } else { Some(date) }
        }
        None => {
            let first = today.first_of_month();
            (0..3).find_map(|ahead| {
                let month = first.checked_add(ahead.months()).ok()?;
                Date::new(month.year(), month.month(), day).ok().filter(|d| *d >= today)
            })
        }
    }
}

fn numbered_date(message: &Message<'_>, i: usize, today: Date) -> Option<(Date, usize)> {
    let word = message.word(i);
    // 12/3, 12/03/2026
    let mut parts = word.split('/');
    if let (Some(day), Some(month), year, None) = (parts.next(), parts.next(), parts.next(), parts.next()) {
        let (day, month) = (day.parse().ok()?, month.parse().ok()?);
        let year = match year {
            Some(y) => {
                let y: i16 = y.parse().ok()?;
                Some(if y < 100 { y + 2000 } else { y })
            }
            None => None,
        };
        return upcoming(today, day, Some(month), year).map(|d| (d, 1));
    }
    // tarehe 14, tarehe kumi na nne, tarehe 14 Machi, tarehe 2 mwezi wa nne
    if matches!(word, "tarehe" | "tareh" | "dated" | "trh" | "tar") {
        let at = i + 1 + usize::from(matches!(message.word(i + 1), "ya" | "za" | "ni"));
        let (day, len) = match message.word(at) {
            "kwanza" | "mosi" => (1, 1),
            "pili" => (2, 1),
            _ => day_number(message, at).map(|(d, l, _)| (d, l))?,
        };
        let (month, more) = month_at(message, at + len).map_or((None, 0), |(m, l)| (Some(m), l));
        return upcoming(today, day, month, None).map(|d| (d, at + len + more - i));
    }
    // March 14, Machi 14
    if let Some((month, len)) = calendar(message, i).and_then(|(v, l)| month(v).map(|m| (m, l)))
        && let Some((day, words, _)) = day_number(message, i + len)
        && !matches!(word, "may" | "mar")
    {
        return upcoming(today, day, Some(month), None).map(|d| (d, len + words));
    }
    // 14th, the 14th of March, 14 March
    let (day, len, ordinal) = day_number(message, i)?;
    if let Some((month, more)) = month_at(message, i + len) {
        return upcoming(today, day, Some(month), None).map(|d| (d, len + more));
    }
    let placed = matches!(
        message.word(i + len),
        "floor" | "street" | "avenue" | "ave" | "parklands" | "one" | "option" | "dress" | "item"
    );
    (ordinal && matches!(message.before(i, 1), "the" | "on" | "by" | "to" | "" | "for") && day > 3 && !placed)
        .then(|| upcoming(today, day, None, None).map(|d| (d, len)))?
}

fn month_at(message: &Message<'_>, i: usize) -> Option<(i8, usize)> {
    if matches!(message.word(i), "of" | "ya" | "wa" | "mwezi") && message.word(i) != "mwezi" {
        return month_at(message, i + 1).map(|(m, l)| (m, l + 1));
    }
    if message.word(i) == "mwezi" {
        let at = i + 1 + usize::from(message.word(i + 1) == "wa");
        let value = match message.word(at) {
            "kwanza" => 1,
            "pili" => 2,
            _ => number::read(message, at)?.value,
        };
        return i8::try_from(value).ok().filter(|m| (1..=12).contains(m)).map(|m| (m, at + 1 - i));
    }
    calendar(message, i)
        .and_then(|(v, l)| month(v).map(|m| (m, l)))
        .filter(|_| message.word(i) != "mar" || message.word(i + 1).is_empty())
}

/// "in 3 days", "baada ya siku tatu".
fn counted_days(message: &Message<'_>, i: usize, today: Date) -> Option<(Date, usize)> {
    let (at, behind) = match (message.word(i), message.word(i + 1), message.word(i + 2)) {
        ("in" | "after", _, _) => (i + 1, true),
        ("baada", "ya", "siku") => (i + 3, false),
        _ => return None,
    };
    let n = number::read(message, at).filter(|n| (1..=60).contains(&n.value))?;
    if behind && !matches!(message.word(at + n.len), "days" | "day") {
        return None;
    }
    today.checked_add(n.value.days()).ok().map(|d| (d, at + n.len + usize::from(behind) - i))
}

/// The time of a message, `HH:MM` or a part of the day; its words are marked as taken.
pub(crate) fn time(message: &Message<'_>, appointment: bool, taken: &mut [bool]) -> Option<String> {
    let mut exact = None;
    let mut part = None;
    let mut i = 0;
    while i < message.tokens.len() {
        if taken[i] && message.word(i) != "tonight" {
            i += 1;
            continue;
        }
        let behind_day = appointment && i > 0 && taken[i - 1];
        let reading = bare_swahili(message, i, behind_day).filter(|_| appointment);
        if let Some(((hour, minute), len)) = reading.or_else(|| read_time(message, i, appointment)) {
            let to = (i + len).min(taken.len());
            taken[i..to].fill(true);
            exact = Some(format!("{hour:02}:{minute:02}"));
            i = to;
            continue;
        }
        if let Some((value, len)) = calendar(message, i) {
            match value {
                "noon" => exact = exact.or(Some("12:00".to_owned())),
                "morning" | "afternoon" | "evening" | "night" => part = part.or(Some(value)),
                _ if message.word(i) == "tonight" => part = part.or(Some("night")),
                _ => {
                    i += 1;
                    continue;
                }
            }
            taken[i..(i + len).min(message.tokens.len())].fill(true);
            i += len;
            continue;
        }
        i += 1;
    }
    exact.or_else(|| part.map(str::to_owned))
}

type Clock = (u32, u32);

fn read_time(message: &Message<'_>, i: usize, appointment: bool) -> Option<(Clock, usize)> {
    match message.word(i) {
        "saa" | "masaa" => swahili_time(message, i),
        "half" | "quarter" => english_words(message, i),
        _ => english_time(message, i, appointment),
    }
}

/// `h`, `h:mm` or `h.mm` in digits: (hour, minute, letters behind).
fn clock_digits(word: &str) -> Option<(u32, u32, &str)> {
    let end = word.find(|c: char| !(c.is_ascii_digit() || c == ':' || c == '.')).unwrap_or(word.len());
    let (body, suffix) = word.split_at(end);
    let (hour, minute) = body.split_once([':', '.']).unwrap_or((body, "0"));
    let (hour, minute): (u32, u32) = (hour.parse().ok()?, minute.parse().ok()?);
    (hour <= 24 && minute < 60 && hour.max(minute) < 60).then_some((hour % 24, minute, suffix))
}

/// "kesho tisa", "tatu na nusu asubuhi": a Swahili hour without *saa*, behind a day or before a part of it.
fn bare_swahili(message: &Message<'_>, i: usize, behind_day: bool) -> Option<(Clock, usize)> {
    const HOURS: [&str; 10] = ["moja", "mbili", "tatu", "nne", "tano", "sita", "saba", "nane", "tisa", "kumi"];
    if !HOURS.contains(&message.word(i)) {
        return None;
    }
    let n = number::read(message, i).filter(|n| !n.large_unit && (1..=12).contains(&n.value))?;
    let next = i + n.len;
    let half = message.word(next) == "na" && matches!(message.word(next + 1), "nusu" | "robo");
    let in_part =
        calendar(message, next).is_some_and(|(v, _)| matches!(v, "morning" | "afternoon" | "evening" | "night"));
    if behind_day || half || in_part { swahili_clock(message, i) } else { None }
}

/// "saa nane", "saa 8", "saa tatu na nusu asubuhi", "saa kumi kasorobo", "saa nane usiku", "saa 3pm".
fn swahili_time(message: &Message<'_>, i: usize) -> Option<(Clock, usize)> {
    swahili_clock(message, i + 1).map(|(time, len)| (time, len + 1))
}

/// The hour that starts at word `i` on the Swahili clock, and how many words say it.
fn swahili_clock(message: &Message<'_>, i: usize) -> Option<(Clock, usize)> {
    let mut at = i;
    let (mut hour, mut minute, digits_len) = match clock_digits(message.word(at)) {
        Some((hour, minute, "")) if !matches!(message.word(at + 1), "am" | "pm") => (hour, minute, 1),
        Some(_) => return english_time(message, at, true),
        None => {
            // "saa kumi na mbili" is one number, "saa tatu na nusu" is not
            let n = number::read(message, at).filter(|n| !n.large_unit && (1..=24).contains(&n.value))?;
            (u32::try_from(n.value).ok()?, 0, n.len)
        }
    };
    at += digits_len;
    let joined = usize::from(message.word(at) == "na");
    let mut back = false;
    match message.word(at + joined) {
        "nusu" | "unusu" => (minute, at) = (30, at + joined + 1),
        "robo" => (minute, at) = (15, at + joined + 1),
        "kasorobo" | "kasarobo" => (minute, back, at) = (45, true, at + joined + 1),
        "kasoro" if message.word(at + joined + 1) == "robo" => (minute, back, at) = (45, true, at + joined + 2),
        "dakika" => {
            let n = number::read(message, at + joined + 1)?;
            minute = u32::try_from(n.value).ok().filter(|m| *m < 60)?;
            at += joined + 1 + n.len;
        }
        _ => {}
    }
    let zone = (at..at + 3).find_map(|k| calendar(message, k).map(|(v, l)| (k, v, l)));
    let zone = zone.filter(|(k, v, _)| {
        matches!(*v, "morning" | "afternoon" | "evening" | "night")
            && (*k == at || matches!(message.word(at), "za" | "ya" | "hivi" | "ile" | "kesho"))
    });
    let part = zone.map(|(_, v, _)| v);
    if let Some((k, _, len)) = zone.filter(|(k, _, _)| *k == at) {
        at = k + len;
    }
    if hour > 12 {
        return Some(((hour % 24, minute), at - i));
    }
    if hour == 0 {
        return None;
    }
    let night = part == Some("night");
    // hours are counted from six in the morning, or from six in the evening
    let from_six = if night || part == Some("evening") && hour < 4 { 18 } else { 6 };
    let early = message.word(at - 1) == "alfajiri" && hour >= 9;
    hour = (hour % 12 + from_six + if hour == 12 { 12 } else { 0 } + if early { 12 } else { 0 }) % 24;
    if hour == 18 && (part == Some("morning") || night) {
        hour = 6;
    }
    if back {
        hour = (hour + 23) % 24;
    }
    Some(((hour, minute), at - i))
}

/// "half past three", "quarter to four".
fn english_words(message: &Message<'_>, i: usize) -> Option<(Clock, usize)> {
    let past = match message.word(i + 1) {
        "past" => true,
        "to" if message.word(i) == "quarter" => false,
        _ => return None,
    };
    let n = number::read(message, i + 2).filter(|n| (1..=12).contains(&n.value))?;
    let (hour, extra) = daytime(u32::try_from(n.value).ok()?, message, i + 2 + n.len);
    let minute = if message.word(i) == "half" {
        30
    } else if past {
        15
    } else {
        45
    };
    let hour = if past { hour } else { (hour + 23) % 24 };
    Some(((hour, minute), 2 + n.len + extra))
}

/// Which half of the day an English hour means: what is said, or else the hours a shop is open.
fn daytime(hour: u32, message: &Message<'_>, at: usize) -> (u32, usize) {
    let hour = hour % 12;
    match message.word(at) {
        "am" => return (hour, 1),
        "pm" => return (hour + 12, 1),
        "a" if message.word(at + 1) == "m" => return (hour, 2),
        "p" if message.word(at + 1) == "m" => return (hour + 12, 2),
        _ => {}
    }
    let near = (at..at + 4).find_map(|k| {
        calendar(message, k).map(|(v, _)| v).filter(|v| matches!(*v, "morning" | "afternoon" | "evening" | "night"))
    });
    match near {
        Some("morning") => (hour, 0),
        Some("night") if hour < 5 => (hour, 0),
        Some(_) => (hour + 12, 0),
        None if hour < 7 => (hour + 12, 0),
        None => (hour, 0),
    }
}

/// "3pm", "3:30 pm", "15:30", "at 4", "ten in the morning", "3 o'clock".
fn english_time(message: &Message<'_>, i: usize, appointment: bool) -> Option<(Clock, usize)> {
    let word = message.word(i);
    if let Some((hour, minute, suffix)) = clock_digits(word) {
        return match suffix {
            "am" | "a" if hour <= 12 && suffix == "am" => Some(((hour % 12, minute), 1)),
            "pm" if hour <= 12 => Some(((hour % 12 + 12, minute), 1)),
            "hrs" | "h" => Some(((hour, minute), 1)),
            "" => {
                let marked = matches!(message.word(i + 1), "am" | "pm" | "oclock")
                    || message.word(i + 1) == "o" && message.word(i + 2) == "clock";
                if marked && hour <= 12 {
                    let (hour, extra) = daytime(hour, message, i + 1);
                    return Some(((hour, minute), 1 + extra.max(1)));
                }
                let colon = word.contains(':') || word.contains('.') && appointment;
                if colon {
                    return Some(((if hour < 7 { hour + 12 } else { hour }, minute), 1));
                }
                bare_hour(message, i, i64::from(hour), 1, appointment)
            }
            _ => None,
        };
    }
    if word.len() == 6 && word.ends_with("hrs") {
        return None;
    }
    let n = number::read(message, i).filter(|n| !n.large_unit && (1..=12).contains(&n.value))?;
    let at = i + n.len;
    if matches!(message.word(at), "am" | "pm" | "oclock") || message.word(at) == "o" && message.word(at + 1) == "clock"
    {
        let (hour, extra) = daytime(u32::try_from(n.value).ok()?, message, at);
        return Some(((hour, 0), n.len + extra.max(1)));
    }
    // "three thirty"
    if appointment && n.len == 1 && matches!(message.word(at), "thirty" | "fifteen") {
        let (hour, _) = daytime(u32::try_from(n.value).ok()?, message, at + 1);
        return Some(((hour, if message.word(at) == "thirty" { 30 } else { 15 }), 2));
    }
    bare_hour(message, i, n.value, n.len, appointment)
}

/// A bare number is an hour after "at", or before a part of the day ("ten in the morning").
fn bare_hour(message: &Message<'_>, i: usize, hour: i64, len: usize, appointment: bool) -> Option<(Clock, usize)> {
    if !(1..=12).contains(&hour) {
        return None;
    }
    let led = appointment && matches!(message.before(i, 1), "at" | "around" | "about" | "by" | "from");
    let in_part =
        message.word(i + len) == "in" && message.word(i + len + 1) == "the" && calendar(message, i + len).is_some()
            || appointment
                && calendar(message, i + len).is_some_and(|(v, _)| matches!(v, "morning" | "evening" | "afternoon"));
    if !led && !in_part {
        return None;
    }
    let (hour, extra) = daytime(u32::try_from(hour).ok()?, message, i + len);
    Some(((hour, 0), len + extra))
}
