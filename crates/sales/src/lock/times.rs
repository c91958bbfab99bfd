//! Dates and times of day in a text, the Swahili clock included.

use duka_perception::spoken_number;

use super::text::{Gap, Text};

/// A day or a time that a text names.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum What {
    /// Minutes since midnight; several where the half of the day, or whose clock it is, is not said.
    Clock(Vec<i16>),
    Date {
        year: Option<i16>,
        month: i8,
        day: i8,
    },
    /// "The 14th".
    DayOfMonth(i8),
    /// 0 is Monday.
    Weekday(i8),
    /// So many days from today.
    Ahead(i64),
    /// A part of a day that is named with it: from one minute of the day to another.
    Part(i16, i16),
    /// "Next week", "the weekend".
    Later,
}

/// Something named, and the words that do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Moment {
    pub(super) what: What,
    pub(super) from: usize,
    pub(super) to: usize,
}

/// Every day and time of a text; their words are marked as taken.
pub(super) fn moments(text: &mut Text<'_>) -> Vec<Moment> {
    let mut found = Vec::new();
    let mut i = 0;
    while i < text.words.len() {
        let read =
            if text.words[i].taken { None } else { clock(text, i).or_else(|| date(text, i)).or_else(|| day(text, i)) };
        let Some((what, len)) = read.filter(|(_, len)| *len > 0) else {
            i += 1;
            continue;
        };
        let to = (i + len).min(text.words.len());
        text.words[i..to].iter_mut().for_each(|word| word.taken = true);
        let is_day = matches!(what, What::Ahead(_) | What::Weekday(_));
        found.push(Moment { what, from: i, to });
        if let Some((from, until)) = part(text.word(to)).filter(|_| is_day) {
            found.push(Moment { what: What::Part(from, until), from: to, to: to + 1 });
        }
        i = to;
    }
    found
}

/// The minutes of the day that a part of it covers.
fn part(word: &str) -> Option<(i16, i16)> {
    Some(match word {
        "morning" | "asubuhi" | "alfajiri" | "moro" => (4 * 60, 12 * 60),
        "afternoon" | "mchana" | "alasiri" => (11 * 60, 17 * 60),
        "evening" | "jioni" => (15 * 60, 20 * 60 + 30),
        "night" | "usiku" => (18 * 60, 29 * 60),
        _ => return None,
    })
}

/// A small number in digits or words: its value and how many words it takes.
fn small(text: &Text<'_>, i: usize) -> Option<(i64, usize)> {
    let word = text.word(i);
    if word.bytes().all(|b| b.is_ascii_digit()) && (1..=2).contains(&word.len()) {
        return word.parse().ok().map(|n| (n, 1));
    }
    let end = text.words.len().min(i + 4);
    let window: Vec<&str> = (i..end).map(|at| text.word(at)).collect();
    spoken_number(&window).filter(|(n, _, large)| !large && (0..60).contains(n)).map(|(n, len, _)| (n, len))
}

fn clock(text: &Text<'_>, i: usize) -> Option<(What, usize)> {
    let word = text.word(i);
    match word {
        "noon" | "midday" => return Some((What::Clock(vec![12 * 60]), 1)),
        "midnight" => return Some((What::Clock(vec![0]), 1)),
        "saa" => return swahili(text, i),
        "half" if text.word(i + 1) == "past" => return past(text, i, 30),
        "quarter" if text.word(i + 1) == "past" => return past(text, i, 15),
        "quarter" if text.word(i + 1) == "to" => return past(text, i, -15),
        _ => {}
    }
    let (hour, minute, len) = hands(text, i).or_else(|| small(text, i).map(|(hour, len)| (hour, 0, len)))?;
    let behind = text.word(i + len);
    let dotted = matches!((behind, text.word(i + len + 1)), ("a" | "p", "m"));
    let marked = matches!(behind, "am" | "pm" | "oclock" | "hrs")
        || dotted
        || behind == "o" && text.word(i + len + 1) == "clock";
    let has_minutes = word.contains(':');
    if !marked && !has_minutes || hour > 24 {
        return None;
    }
    let extra = if dotted || behind == "o" { 2 } else { usize::from(marked) };
    let half = if dotted { if behind == "a" { "am" } else { "pm" } } else { behind };
    Some((What::Clock(halves(hour, minute, half, part(text.word(i + len + extra)))), len + extra))
}

/// `14:30`, `9.30`, `0900 hrs`: hour, minute and one word.
fn hands(text: &Text<'_>, i: usize) -> Option<(i64, i64, usize)> {
    let word = text.word(i);
    if let Some((hour, minute)) = word.split_once([':', '.'])
        && minute.len() == 2
    {
        let (hour, minute) = (hour.parse().ok()?, minute.parse().ok()?);
        return (minute < 60).then_some((hour, minute, 1));
    }
    let military = word.len() == 4 && text.word(i + 1) == "hrs";
    if !military {
        return None;
    }
    let n: i64 = word.parse().ok()?;
    (n % 100 < 60).then_some((n / 100, n % 100, 1))
}

/// The minutes of the day of an hour on the clock of the phone.
fn halves(hour: i64, minute: i64, half: &str, part: Option<(i16, i16)>) -> Vec<i16> {
    let at = |hour: i64| i16::try_from(hour % 24 * 60 + minute).unwrap_or(0);
    match half {
        "am" => vec![at(hour % 12)],
        "pm" => vec![at(hour % 12 + 12)],
        _ if hour > 12 || half == "hrs" => vec![at(hour)],
        _ => within(vec![at(hour % 12), at(hour % 12 + 12)], part),
    }
}

fn within(all: Vec<i16>, part: Option<(i16, i16)>) -> Vec<i16> {
    let Some((from, to)) = part else { return all };
    let inside = |at: &i16| (from..to).contains(at) || (from..to).contains(&(at + 24 * 60));
    let some: Vec<i16> = all.iter().copied().filter(|at| inside(at)).collect();
    if some.is_empty() { all } else { some }
}

fn past(text: &Text<'_>, i: usize, minutes: i64) -> Option<(What, usize)> {
    let (hour, len) = small(text, i + 2)?;
    let behind = text.word(i + 2 + len);
    let extra = usize::from(matches!(behind, "am" | "pm"));
    let base = halves(hour, 0, behind, part(behind));
    let shifted = base.into_iter().map(|at| (at + minutes as i16).rem_euclid(24 * 60)).collect();
    Some((What::Clock(shifted), 2 + len + extra))
}

/// `saa nane mchana`, `saa tatu na nusu`, `saa 9 am`. Behind words such as "within" it is a number of hours.
fn swahili(text: &Text<'_>, i: usize) -> Option<(What, usize)> {
    if matches!(text.before(i, 1), "within" | "masaa") || text.before(i, 2) == "ndani" || text.before(i, 2) == "baada" {
        return None;
    }
    let at = i + 1;
    if let Some((hour, minute, len)) = hands(text, at) {
        return clock(text, at).map(|(what, len)| (what, len + 1)).or_else(|| {
            let both = [halves(hour, minute, "", None), halves(hour + 6, minute, "", None)].concat();
            Some((What::Clock(within(both, part(text.word(at + len)))), 1 + len))
        });
    }
    let (hour, mut len) = small(text, at).filter(|(hour, _)| (1..=12).contains(hour))?;
    if matches!(text.word(at + len), "am" | "pm") {
        return Some((What::Clock(halves(hour, 0, text.word(at + len), None)), len + 2));
    }
    let mut minute = 0;
    let joined = usize::from(text.word(at + len) == "na");
    match text.word(at + len + joined) {
        "nusu" | "unusu" => (minute, len) = (30, len + joined + 1),
        "robo" => (minute, len) = (15, len + joined + 1),
        "kasorobo" | "kasarobo" => (minute, len) = (-15, len + joined + 1),
        "dakika" => {
            let (n, words) = small(text, at + len + joined + 1)?;
            (minute, len) = (n, len + joined + 1 + words);
        }
        _ => {}
    }
    let swahili = (hour % 12 + 6) * 60 + minute;
    let mut all = vec![swahili, swahili + 12 * 60];
    if text.words[at].is_number() {
        // Digits may be read off the phone, whose clock is another.
        all.extend([hour % 12 * 60 + minute, (hour % 12 + 12) * 60 + minute]);
    }
    let all = all.into_iter().filter_map(|at| i16::try_from(at.rem_euclid(24 * 60)).ok()).collect();
    let behind = text.word(at + len);
    let part_at = if matches!(behind, "za" | "ya") { at + len + 1 } else { at + len };
    let extra = if part(text.word(part_at)).is_some() { part_at + 1 - at - len } else { 0 };
    Some((What::Clock(within(all, part(text.word(part_at)))), 1 + len + extra))
}

fn month(word: &str) -> Option<i8> {
    Some(match word {
        "january" | "januari" | "jan" => 1,
        "february" | "februari" | "feb" => 2,
        "march" | "machi" | "mar" => 3,
        "april" | "aprili" | "apr" => 4,
        "may" | "mei" => 5,
        "june" | "juni" | "jun" => 6,
        "july" | "julai" | "jul" => 7,
        "august" | "agosti" | "aug" => 8,
        "september" | "septemba" | "sept" | "sep" => 9,
        "october" | "oktoba" | "oct" => 10,
        "november" | "novemba" | "nov" => 11,
        "december" | "desemba" | "disemba" | "dec" => 12,
        _ => return None,
    })
}

fn date(text: &Text<'_>, i: usize) -> Option<(What, usize)> {
    let word = text.word(i);
    let year = |at: usize| {
        let year: Option<i16> = (text.word(at).len() == 4).then(|| text.word(at).parse().ok()).flatten();
        year.filter(|year| (2000..2100).contains(year))
    };
    // 4/3, 04/03/2026
    let parts: Vec<i16> = word.split('/').map_while(|part| part.parse().ok()).collect();
    if let [day, month, ..] = parts[..]
        && word.contains('/')
        && parts.len() <= 3
        && (parts.len() == 3 || day > 12 && month > 2)
    {
        let year = parts.get(2).map(|year| if *year < 100 { year + 2000 } else { *year });
        return Some((What::Date { year, month: i8::try_from(month).ok()?, day: i8::try_from(day).ok()? }, 1));
    }
    // 2026-03-04
    if let (Some(year), Ok(month), Ok(day)) = (year(i), text.word(i + 1).parse(), text.word(i + 2).parse())
        && text.words[i + 1].gap == Gap::Hyphen
        && text.words[i + 2].gap == Gap::Hyphen
    {
        return Some((What::Date { year: Some(year), month, day }, 3));
    }
    // March 4, Machi 4
    if let Some(month) = month(word)
        && let Some((day, len)) = small(text, i + 1).filter(|(day, _)| (1..=31).contains(day))
        && text.words[i + 1].gap <= Gap::Space
    {
        let len = len + usize::from(matches!(text.word(i + 1 + len), "st" | "nd" | "rd" | "th"));
        let year = year(i + 1 + len);
        return Some((What::Date { year, month, day: day as i8 }, 1 + len + usize::from(year.is_some())));
    }
    let named = usize::from(matches!(word, "tarehe" | "tar" | "trh"));
    let (day, mut len) = small(text, i + named).filter(|(day, _)| (1..=31).contains(day))?;
    let day = day as i8;
    len += named;
    let ordinal = matches!(text.word(i + len), "st" | "nd" | "rd" | "th");
    len += usize::from(ordinal);
    let of = usize::from(matches!(text.word(i + len), "of" | "ya" | "wa"));
    let is_near = text.words.get(i + len).is_some_and(|word| word.gap <= Gap::Space);
    if let Some(month) = month(text.word(i + len + of)).filter(|_| is_near) {
        let len = len + of + 1;
        let year = year(i + len);
        return Some((What::Date { year, month, day }, len + usize::from(year.is_some())));
    }
    let placed =
        matches!(text.word(i + len), "floor" | "street" | "avenue" | "ave" | "one" | "item" | "option" | "order");
    let led = matches!(text.before(i, 1), "the" | "on" | "by" | "until" | "till");
    (named == 1 || ordinal && led && !placed).then_some((What::DayOfMonth(day), len))
}

fn day(text: &Text<'_>, i: usize) -> Option<(What, usize)> {
    let word = text.word(i);
    let next = text.word(i + 1);
    let what = match word {
        "today" | "leo" => (What::Ahead(0), 1),
        "tonight" => (What::Ahead(0), 1),
        "kesho" if next == "kutwa" => (What::Ahead(2), 2),
        "keshokutwa" | "overmorrow" => (What::Ahead(2), 1),
        "day" if next == "after" && text.word(i + 2) == "tomorrow" => (What::Ahead(2), 3),
        "tomorrow" | "kesho" | "tmrw" | "kesh" | "tomoro" => (What::Ahead(1), 1),
        "yesterday" | "jana" => (What::Ahead(-1), 1),
        "next" | "this" | "coming" if matches!(next, "week" | "weekend" | "month") => (What::Later, 2),
        "wiki" | "week" | "weekend" | "wikendi" | "mwezi"
            if matches!(next, "ijayo" | "inayokuja" | "ingine" | "ujao" | "hii" | "huu" | "kesho") =>
        {
            (What::Later, 2)
        }
        "weekend" | "wikendi" => (What::Later, 1),
        _ => (What::Weekday(weekday(text, i)?), 1),
    };
    Some(what)
}

fn weekday(text: &Text<'_>, i: usize) -> Option<i8> {
    let word = text.word(i);
    let short = text.words[i].capital || matches!(text.before(i, 1), "on" | "by" | "next");
    Some(match word {
        "monday" | "mondays" | "jumatatu" | "mande" => 0,
        "tuesday" | "tuesdays" | "jumanne" => 1,
        "wednesday" | "wednesdays" | "jumatano" => 2,
        "thursday" | "thursdays" | "alhamisi" => 3,
        "friday" | "fridays" | "ijumaa" | "furahiday" => 4,
        "saturday" | "saturdays" | "jumamosi" => 5,
        "sunday" | "sundays" | "jumapili" | "sunde" => 6,
        "mon" if short => 0,
        "tue" | "tues" if short => 1,
        "wed" if short => 2,
        "thu" | "thur" | "thurs" if short => 3,
        "fri" if short => 4,
        "sat" if short => 5,
        "sun" if short => 6,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<What> {
        moments(&mut Text::read(text)).into_iter().map(|moment| moment.what).collect()
    }

    #[test]
    fn both_clocks_are_read() {
        for (text, hour, minute) in [
            ("9 am", 9, 0),
            ("3pm", 15, 0),
            ("3:30 pm", 15, 30),
            ("15:30", 15, 30),
            ("saa nane mchana", 14, 0),
            ("saa tatu asubuhi", 9, 0),
            ("saa saba na nusu mchana", 13, 30),
            ("saa kumi na mbili kasorobo jioni", 17, 45),
            ("saa 9 am", 9, 0),
            ("half past three pm", 15, 30),
            ("noon", 12, 0),
        ] {
            assert_eq!(read(text), [What::Clock(vec![hour * 60 + minute])], "{text}");
        }
        assert_eq!(read("saa nane"), [What::Clock(vec![14 * 60, 2 * 60])]);
        assert_eq!(read("ndani ya saa mbili"), []);
    }

    #[test]
    fn days_are_read() {
        for (text, what) in [
            ("3 March", What::Date { year: None, month: 3, day: 3 }),
            ("tarehe 3 Machi", What::Date { year: None, month: 3, day: 3 }),
            ("March 3rd", What::Date { year: None, month: 3, day: 3 }),
            ("25 December 2026", What::Date { year: Some(2026), month: 12, day: 25 }),
            ("on the 14th", What::DayOfMonth(14)),
            ("kesho", What::Ahead(1)),
            ("keshokutwa", What::Ahead(2)),
            ("Ijumaa", What::Weekday(4)),
            ("wiki ijayo", What::Later),
        ] {
            assert_eq!(read(text), [what], "{text}");
        }
        assert_eq!(read("kesho asubuhi"), [What::Ahead(1), What::Part(240, 720)]);
        for text in ["2nd floor", "1. Zawadi", "5/5", "size 38", "you may like it"] {
            assert_eq!(read(text), [], "{text}");
        }
    }
}
