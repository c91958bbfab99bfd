//! Facts as people write them: lists, prices, times, dates, and text from outside made harmless.

use duka_kernel::{Colour, Language, Money, Size, Timestamp};
use duka_shop::CartLine;
use jiff::civil::{Date, Time};

use super::{Voice, template::book};
use crate::say::Card;

/// A name of a product or a person.
pub(super) const NAME: usize = 60;
/// An address or another line that somebody wrote.
pub(super) const LINE: usize = 160;
/// A text of several lines.
pub(super) const TEXT: usize = 1_200;

/// Text from outside on one line: no control or invisible characters, at most so many characters.
pub(super) fn clean(text: &str, max: usize) -> String {
    let visible: String =
        text.chars().map(|c| if c.is_control() { ' ' } else { c }).filter(|c| !invisible(*c)).collect();
    clip(&visible.split_whitespace().collect::<Vec<_>>().join(" "), max)
}

/// The same, but lines and paragraphs stay.
pub(super) fn clean_text(text: &str, max: usize) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        let line = clean(line, max);
        if !(line.is_empty() && lines.last().is_none_or(String::is_empty)) {
            lines.push(line);
        }
    }
    clip(lines.join("\n").trim_end(), max)
}

/// At most so many characters; what is cut is shown as `…`.
pub(super) fn clip(text: &str, max: usize) -> String {
    if text.chars().count() <= max {
        return text.to_owned();
    }
    let kept: String = text.chars().take(max.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// With a capital first letter.
pub(super) fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    let first: String = chars.next().map(|c| c.to_uppercase().collect()).unwrap_or_default();
    first + chars.as_str()
}

/// Characters that change how text runs or that nobody sees.
const fn invisible(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Pictures among letters.
pub(super) const fn is_emoji(c: char) -> bool {
    matches!(c, '\u{2600}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}' | '\u{fe0f}' | '\u{1f000}'..='\u{1faff}')
}

/// `a, b or c`.
pub(super) fn either(items: &[String], or: &str) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} {or} {last}", first.join(", ")),
    }
}

impl Voice<'_> {
    /// A word or name of the language.
    pub(super) fn word(&self, key: &str) -> &'static str {
        let word = book(self.language).word.get(key);
        debug_assert!(word.is_some(), "no word {key}");
        word.map_or("", String::as_str)
    }

    /// A colour's name.
    pub(super) fn colours(&self, colours: &[Colour]) -> String {
        colours.iter().map(|c| self.word(c.name())).collect::<Vec<_>>().join(", ")
    }

    /// `S, M, L`, or "one size".
    pub(super) fn sizes(&self, sizes: &[Size]) -> String {
        let names: Vec<&str> =
            sizes.iter().take(12).map(|s| if s.is_one() { self.word("one_size") } else { s.as_str() }).collect();
        names.join(", ")
    }

    /// Kinds of goods as people call them: `dress, shoes` are `magauni, viatu`; other words stay.
    pub(super) fn goods(&self, what: &str) -> String {
        let words = &book(self.language).word;
        let name = |kind: &str| words.get(&format!("kind_{kind}")).cloned().unwrap_or_else(|| kind.to_owned());
        what.split(", ").map(name).collect::<Vec<_>>().join(", ")
    }

    /// What a card costs: `KES 2,800`, `KES 2,240 (was 2,800)`, or from the lowest to the highest.
    pub(super) fn price(&self, card: &Card) -> String {
        match card.price_to.filter(|to| *to != card.price) {
            Some(to) => format!("{} {} {to}", card.price, self.word("to")),
            None => match card.was {
                Some(was) => {
                    let digits = was.to_string();
                    let digits = digits.strip_prefix(was.currency.code()).unwrap_or(&digits).trim();
                    format!("{} ({} {digits})", card.price, self.word("was"))
                }
                None => card.price.to_string(),
            },
        }
    }

    /// What a delivery costs: an amount, or "free".
    pub(super) fn fee(&self, fee: Money) -> String {
        if fee.is_zero() { self.word("free").to_owned() } else { fee.to_string() }
    }

    /// `3 pieces`.
    pub(super) fn pieces(&self, pieces: u32) -> String {
        self.word(if pieces == 1 { "piece" } else { "pieces" }).replace("{n}", &pieces.to_string())
    }

    /// `twice`, `4 times`.
    pub(super) fn times(&self, count: u32) -> String {
        match count {
            0 | 1 => self.word("times_1").to_owned(),
            2 => self.word("times_2").to_owned(),
            n => self.word("times_n").replace("{n}", &n.to_string()),
        }
    }

    /// What a shop wrote about days, conditions or ways to pay, in the language where it is a usual phrase;
    /// otherwise as it is.
    pub(super) fn in_shops_words(&self, text: &str) -> String {
        let text = clean(text, LINE);
        self.phrase(&text).unwrap_or_else(|| {
            let parts: Option<Vec<String>> = text.split(", ").map(|part| self.phrase(part)).collect();
            parts.map_or(text.clone(), |parts| parts.join(", "))
        })
    }

    fn phrase(&self, text: &str) -> Option<String> {
        let lower = text.to_lowercase();
        let numbers: Vec<&str> = lower.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty()).collect();
        let mut shape = String::new();
        for c in lower.chars() {
            match c {
                '0'..='9' if shape.ends_with('#') => {}
                '0'..='9' => shape.push('#'),
                '–' => shape.push('-'),
                _ => shape.push(c),
            }
        }
        let phrase = book(self.language).phrase.get(&shape)?;
        Some(numbers.iter().fold(phrase.clone(), |filled, number| filled.replacen('#', number, 1)))
    }

    /// A weekday in full; 0 is Monday.
    pub(super) fn weekday(&self, day: u8) -> &'static str {
        const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
        DAYS.get(usize::from(day)).map_or("", |day| self.word(day))
    }

    /// Weekdays as `Mon–Fri`, or `Tue, Thu`; 0 is Monday. Swahili names are not shortened.
    pub(super) fn weekdays(&self, days: &[u8]) -> String {
        let short = |day: u8| {
            let name = self.weekday(day);
            if self.language == Language::Sw { name } else { name.get(..3).unwrap_or(name) }
        };
        let mut runs: Vec<(u8, u8)> = Vec::new();
        for &day in days {
            match runs.last_mut() {
                Some((_, last)) if *last + 1 == day => *last = day,
                _ => runs.push((day, day)),
            }
        }
        let runs = runs.into_iter().map(|(first, last)| match last - first {
            0 => short(first).to_owned(),
            1 => format!("{}, {}", short(first), short(last)),
            _ => format!("{}–{}", short(first), short(last)),
        });
        runs.collect::<Vec<_>>().join(", ")
    }

    /// A time of day: `9 am`, in Swahili `saa tatu asubuhi`. Sheng is written with the clock of the phone.
    pub(super) fn time(&self, time: Time) -> String {
        if self.language == Language::Sw { swahili_time(time) } else { english_time(time) }
    }

    /// A date: `3 March`, with the year unless it is this year.
    pub(super) fn date(&self, date: Date) -> String {
        let month = self.word(&format!("month_{}", date.month()));
        if date.year() == self.today().year() {
            format!("{} {month}", date.day())
        } else {
            format!("{} {month} {}", date.day(), date.year())
        }
    }

    /// "today", "yesterday", or the date.
    pub(super) fn day_of(&self, at: Timestamp) -> String {
        let date = at.in_zone(self.zone).date();
        if date == self.today() {
            self.word("today").to_owned()
        } else if date.tomorrow().is_ok_and(|next| next == self.today()) {
            self.word("yesterday").to_owned()
        } else {
            self.date(date)
        }
    }

    /// Whether the day of a moment is over.
    pub(super) fn is_past(&self, at: Timestamp) -> bool {
        at.in_zone(self.zone).date() < self.today()
    }

    /// Today with its date, or a day to come: `today, Wednesday 4 March`, `tomorrow (Thursday)`.
    pub(super) fn day_ahead(&self, at: Timestamp) -> String {
        let date = at.in_zone(self.zone).date();
        if date != self.today() {
            return self.day_to_come(date);
        }
        let weekday = self.weekday(u8::try_from(date.weekday().to_monday_zero_offset()).unwrap_or_default());
        format!("{}, {weekday} {}", self.word("today"), self.date(date))
    }

    /// A day to come: `tomorrow`, `on Sunday`, `kesho`, `25 December`.
    pub(super) fn day_to_come(&self, date: Date) -> String {
        let days = self.today().until(date).map_or(i32::MAX, |span| span.get_days());
        let weekday = self.weekday(u8::try_from(date.weekday().to_monday_zero_offset()).unwrap_or_default());
        let on = self.word("on");
        match days {
            1 => format!("{} ({weekday})", self.word("tomorrow")),
            2..=6 => format!("{on} {weekday}").trim().to_owned(),
            _ => format!("{on} {weekday} {}", self.date(date)).trim().to_owned(),
        }
    }

    /// A moment to come: `tomorrow at 9 am`, `on Monday at 9 am`, `Jumatatu saa tatu asubuhi`.
    pub(super) fn moment(&self, at: &jiff::Zoned) -> String {
        let date = at.date();
        let days = self.today().until(date).map_or(i32::MAX, |span| span.get_days());
        let weekday = u8::try_from(date.weekday().to_monday_zero_offset()).unwrap_or_default();
        let (on, day) = match days {
            0 => ("", self.word("today").to_owned()),
            1 => ("", self.word("tomorrow").to_owned()),
            2..=6 => (self.word("on"), self.weekday(weekday).to_owned()),
            _ => (self.word("on"), self.date(date)),
        };
        let words = [on, &day, self.word("at"), &self.time(at.time())];
        words.into_iter().filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
    }

    fn today(&self) -> Date {
        self.now.in_zone(self.zone).date()
    }
}

/// A cart line's name with its size and colour: `Zawadi Wrap Dress (M, red)`.
pub(super) fn item(voice: &Voice<'_>, line: &CartLine) -> String {
    named(voice, &line.name, &line.size, line.colour)
}

/// A product's name with a size and colour.
pub(super) fn named(voice: &Voice<'_>, name: &str, size: &Size, colour: Option<Colour>) -> String {
    let size = (!size.is_one()).then(|| clean(size.as_str(), 20));
    let which: Vec<String> = size.into_iter().chain(colour.map(|c| voice.word(c.name()).to_owned())).collect();
    let name = clean(name, NAME);
    if which.is_empty() { name } else { format!("{name} ({})", which.join(", ")) }
}

fn english_time(time: Time) -> String {
    let half = if time.hour() < 12 { "am" } else { "pm" };
    let hour = match time.hour() % 12 {
        0 => 12,
        hour => hour,
    };
    if time.minute() == 0 { format!("{hour} {half}") } else { format!("{hour}:{:02} {half}", time.minute()) }
}

/// Swahili counts the hours from dawn: 9 am is the third hour of the morning, `saa tatu asubuhi`.
fn swahili_time(time: Time) -> String {
    const HOURS: [&str; 12] = [
        "sita",
        "saba",
        "nane",
        "tisa",
        "kumi",
        "kumi na moja",
        "kumi na mbili",
        "moja",
        "mbili",
        "tatu",
        "nne",
        "tano",
    ];
    let name = |hour: i8| usize::try_from(hour.rem_euclid(12)).map_or("", |hour| HOURS[hour]);
    let part = match time.hour() {
        4 | 5 => "alfajiri",
        6..=11 => "asubuhi",
        12..=15 => "mchana",
        16..=19 => "jioni",
        _ => "usiku",
    };
    match time.minute() {
        0 => format!("saa {} {part}", name(time.hour())),
        15 => format!("saa {} na robo {part}", name(time.hour())),
        30 => format!("saa {} na nusu {part}", name(time.hour())),
        45 => format!("saa {} kasorobo {part}", name(time.hour() + 1)),
        minute => format!("saa {} na dakika {minute} {part}", name(time.hour())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn swahili_hours_start_at_dawn() {
        let at = |h, m| swahili_time(Time::constant(h, m, 0, 0));
        assert_eq!(at(9, 0), "saa tatu asubuhi");
        assert_eq!(at(19, 0), "saa moja jioni");
        assert_eq!(at(12, 0), "saa sita mchana");
        assert_eq!(at(13, 30), "saa saba na nusu mchana");
        assert_eq!(at(17, 45), "saa kumi na mbili kasorobo jioni");
        assert_eq!(at(0, 15), "saa sita na robo usiku");
        assert_eq!(at(6, 0), "saa kumi na mbili asubuhi");
    }

    #[test]
    fn english_hours_have_minutes_only_where_there_are_any() {
        assert_eq!(english_time(Time::constant(9, 0, 0, 0)), "9 am");
        assert_eq!(english_time(Time::constant(12, 30, 0, 0)), "12:30 pm");
        assert_eq!(english_time(Time::constant(0, 5, 0, 0)), "12:05 am");
    }

    #[test]
    fn text_from_outside_is_made_harmless() {
        assert_eq!(clean("A\u{202e}b\u{7}\n  c {name}", 40), "Ab c {name}");
        assert_eq!(clean("abcdefgh", 5), "abcd…");
        assert_eq!(clean_text("a\n\n\n\nb\tc\n\n", 40), "a\n\nb c");
    }
}
