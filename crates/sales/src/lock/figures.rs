//! The numbers of a text, in digits or words, and what they count.

use duka_perception::spoken_number;

use super::text::{Gap, Text, Word};

/// Units of time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Unit {
    Minute,
    Hour,
    Day,
    Month,
    Year,
}

/// What a number counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Counts {
    /// An amount in the shop's currency.
    Money,
    /// An amount in another currency.
    Foreign,
    Percent,
    Time(Unit),
    Pieces,
    /// Behind "order", "order number".
    Order,
    /// Behind "till", "paybill", "account".
    Account,
    /// Nothing that is said.
    Nothing,
}

/// A number in hundredths, and the words that say it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Figure {
    pub(super) value: i64,
    /// "2 800" may also be two numbers.
    pub(super) split: Option<(i64, i64)>,
    pub(super) counts: Counts,
    pub(super) from: usize,
    pub(super) to: usize,
}

/// Every number of a text that is not part of a code.
pub(super) fn figures(text: &Text<'_>, home: &str) -> Vec<Figure> {
    let spoken = spoken_words(text);
    let mut found: Vec<Figure> = Vec::new();
    let mut i = 0;
    while i < text.words.len() {
        let Some(number) = (!text.words[i].taken).then(|| read(text, &spoken, i)).flatten() else {
            i += 1;
            continue;
        };
        let to = i + number.len;
        let (counts, value) = counts(text, &number, i, to, home);
        found.push(Figure { value, split: number.split, counts, from: i, to });
        i = to;
    }
    share_units(text, &mut found);
    found
}

/// The numbers from a hundred on that a text says, in digits or words, in hundredths: what may be amounts.
#[must_use]
pub fn large_numbers(text: &str, home: &str) -> Vec<i64> {
    const LARGE: i64 = 100 * 100;
    let text = Text::read(text);
    figures(&text, home).iter().map(|figure| figure.value).filter(|value| *value >= LARGE).collect()
}

struct Number {
    /// In hundredths.
    value: i64,
    len: usize,
    /// It has a word for hundreds or thousands, which in a shop means money.
    large: bool,
    split: Option<(i64, i64)>,
}

/// The words as numbers are spoken: a digit beside a word for hundreds or thousands is the word it stands for, so that
/// "elfu 2 na mia 8" is read like "elfu mbili na mia nane".
fn spoken_words<'a>(text: &'a Text<'_>) -> Vec<&'a str> {
    const DIGITS: [&str; 9] = ["moja", "mbili", "tatu", "nne", "tano", "sita", "saba", "nane", "tisa"];
    let unit = |word: &str| matches!(word, "mia" | "soo" | "masoo" | "elfu" | "ngiri" | "thao" | "hundred");
    (0..text.words.len())
        .map(|i| {
            let word = text.word(i);
            let digit = match word.as_bytes() {
                [digit @ b'1'..=b'9'] => Some(usize::from(digit - b'1')),
                _ => None,
            };
            digit.filter(|_| unit(text.before(i, 1)) || unit(text.word(i + 1))).map_or(word, |at| DIGITS[at])
        })
        .collect()
}

fn read(text: &Text<'_>, spoken: &[&str], i: usize) -> Option<Number> {
    if text.words[i].is_number() && spoken[i] == text.word(i) {
        return digits(text, spoken, i);
    }
    // "so" and "a" are numbers only before "hundred" and the like, which the reader knows.
    let window = &spoken[i..spoken.len().min(i + 14)];
    let (value, len, large) = spoken_number(window).filter(|(_, len, _)| *len > 0)?;
    let hundreds = !large && value < 100 && matches!(text.word(i + len), "hundred" | "hundreds");
    let mut number = Number { value: value.checked_mul(100)?, len, large, split: None };
    if hundreds {
        number = Number { value: number.value * 100, len: len + 1, large: true, ..number };
    }
    Some(pointed(spoken, i, number))
}

/// "two point eight thousand".
fn pointed(spoken: &[&str], i: usize, number: Number) -> Number {
    let word = |at: usize| spoken.get(at).copied().unwrap_or_default();
    let at = i + number.len;
    if number.large || !matches!(word(at), "point" | "nukta") {
        return number;
    }
    let Some((tenth, 1, false)) = spoken_number(&spoken[(at + 1).min(spoken.len())..(at + 2).min(spoken.len())]) else {
        return number;
    };
    let value = number.value + tenth * if tenth < 10 { 10 } else { 1 };
    let number = Number { value, len: number.len + 2, ..number };
    scaled(spoken, i, number)
}

fn digits(text: &Text<'_>, spoken: &[&str], i: usize) -> Option<Number> {
    let word = text.word(i);
    let mut number = Number { value: value_of(word)?, len: 1, large: false, split: None };
    // "2 800" and "1 250 000": groups of three behind a space.
    if word.len() <= 3 && word.bytes().all(|b| b.is_ascii_digit()) && !word.starts_with('0') {
        let group = |at: usize| {
            let next = text.words.get(at)?;
            let plain = next.text.len() == 3 && next.text.bytes().all(|b| b.is_ascii_digit());
            (next.gap == Gap::Space && next.sign.is_none() && plain).then(|| value_of(&next.text)).flatten()
        };
        while let Some(next) = group(i + number.len) {
            number.split = if number.len == 1 { Some((number.value, next)) } else { None };
            number =
                Number { value: number.value.checked_mul(1000)?.checked_add(next)?, len: number.len + 1, ..number };
        }
    }
    Some(scaled(spoken, i, number))
}

/// The number with the word for hundreds, thousands or millions behind it, and what follows the thousands.
fn scaled(spoken: &[&str], i: usize, number: Number) -> Number {
    let word = |at: usize| spoken.get(at).copied().unwrap_or_default();
    let at = i + number.len;
    let leads = |at: usize| spoken_number(&spoken[at.min(spoken.len())..]).is_some();
    let scale = match word(at) {
        "k" | "thousand" | "thousands" | "thou" | "grand" => 1000,
        // Before its number: "elfu mbili".
        "elfu" | "thao" | "ngiri" if !leads(at + 1) => 1000,
        "hundred" | "soo" => 100,
        "million" | "milioni" | "mil" => 1_000_000,
        _ => return number,
    };
    let Some(value) = number.value.checked_mul(scale) else { return number };
    let mut scaled = Number { value, len: number.len + 1, large: true, split: None };
    if scale == 1000 {
        let joined = usize::from(matches!(word(at + 1), "na" | "and" | "n"));
        if let Some((rest, len, _)) = spoken_number(&spoken[(at + 1 + joined).min(spoken.len())..])
            && (100..1000).contains(&rest)
        {
            scaled.value += rest * 100;
            scaled.len += joined + len;
        }
    }
    scaled
}

/// Digits as a number in hundredths: `2,800`, `2.800`, `2800.50`. Times and dates are none.
fn value_of(word: &str) -> Option<i64> {
    if word.contains([':', '/']) {
        return None;
    }
    let plain = word.replace([',', '\''], "");
    let mut groups = plain.split('.');
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let (whole, cents) = match rest[..] {
        [] => (first.to_owned(), 0),
        // As some write two thousand eight hundred.
        _ if rest.iter().all(|group| group.len() == 3) && first.len() <= 3 => (format!("{first}{}", rest.concat()), 0),
        [fraction] => (first.to_owned(), format!("{fraction:0<2}").get(..2)?.parse().ok()?),
        _ => return None,
    };
    (whole.len() <= 12).then(|| whole.parse::<i64>().ok()).flatten().map(|whole| whole * 100 + cents)
}

fn is_home(word: &str) -> bool {
    matches!(word, "kes" | "ksh" | "kshs" | "sh" | "shs" | "bob" | "bobs" | "shilingi" | "shillings" | "shilling")
}

/// The code of a currency that a word says.
pub(super) fn currency(word: &str) -> Option<&'static str> {
    Some(match word {
        word if is_home(word) => "KES",
        "usd" | "$" | "dollar" | "dollars" | "dola" => "USD",
        "€" | "euro" | "euros" | "eur" => "EUR",
        "£" | "gbp" | "pounds" => "GBP",
        "ugx" | "ush" | "ushs" => "UGX",
        "tzs" | "tsh" => "TZS",
        "rwf" | "frw" | "francs" => "RWF",
        _ => return None,
    })
}

pub(super) fn unit(word: &str) -> Option<(Unit, i64)> {
    Some(match word {
        "minute" | "minutes" | "min" | "mins" | "dakika" => (Unit::Minute, 1),
        "hour" | "hours" | "hr" | "hrs" | "h" | "masaa" => (Unit::Hour, 1),
        "day" | "days" | "siku" => (Unit::Day, 1),
        "week" | "weeks" | "wiki" => (Unit::Day, 7),
        "month" | "months" | "miezi" | "mwezi" => (Unit::Month, 1),
        "year" | "years" | "mwaka" | "miaka" => (Unit::Year, 1),
        _ => return None,
    })
}

fn counts(text: &Text<'_>, number: &Number, from: usize, to: usize, home: &str) -> (Counts, i64) {
    let (before, after) = (text.before(from, 1), text.word(to));
    let value = number.value;
    if text.words[to - 1].percent || matches!(after, "percent" | "pct") || after == "per" && text.word(to + 1) == "cent"
    {
        return (Counts::Percent, value);
    }
    if before == "asilimia" || after == "kwa" && text.word(to + 1) == "mia" && value < 10_000 {
        return (Counts::Percent, value);
    }
    // A dash or comma between currency and number is none of the amount's.
    let follows = |at: usize| text.words.get(at).is_some_and(Word::is_number);
    let near = |at: usize| text.words.get(at).is_some_and(|word| word.gap < Gap::Mark);
    let named = currency(before)
        .filter(|_| text.words[from].gap <= Gap::Stop)
        .or_else(|| currency(after).filter(|_| near(to) && !follows(to + 1)));
    if let Some(code) = named {
        let shillings = code == "KES" && matches!(home, "KES" | "UGX" | "TZS");
        return (if code == home || shillings { Counts::Money } else { Counts::Foreign }, value);
    }
    if text.words[to - 1].shillings {
        return (Counts::Money, value);
    }
    // "3 working days"
    let skipped = usize::from(matches!(after, "working" | "business" | "full" | "more" | "extra"));
    // "300 siku inayofuata": in Swahili the number follows.
    let led = matches!(text.word(to + 1), "hiyo" | "inayofuata" | "ile" | "ya" | "za") || value >= 10_000;
    let swahili = matches!(after, "siku" | "dakika" | "masaa" | "wiki" | "miezi" | "mwezi" | "mwaka" | "miaka");
    if let Some((unit, times)) =
        unit(text.word(to + skipped)).filter(|_| !(swahili && led)).filter(|_| text.words[to].gap < Gap::Mark)
    {
        return (Counts::Time(unit), value.saturating_mul(times));
    }
    if before == "saa" && value > 0 {
        return (Counts::Time(Unit::Hour), value);
    }
    if matches!(before, "dakika" | "masaa" | "siku" | "wiki" | "miezi" | "mwezi" | "mwaka" | "miaka")
        && text.words[from].gap < Gap::Mark
        && let Some((unit, times)) = unit(before)
    {
        return (Counts::Time(unit), value.saturating_mul(times));
    }
    if matches!(
        after,
        "pieces" | "piece" | "pcs" | "pc" | "items" | "item" | "units" | "pairs" | "pair" | "vipande" | "kipande"
    ) || matches!(before, "vipande" | "pieces")
    {
        return (Counts::Pieces, value);
    }
    if number.large && !matches!(after, "people" | "customers" | "watu" | "wateja" | "km" | "cm" | "followers" | "%") {
        return (Counts::Money, value);
    }
    if is_numbered(text, from, &["order", "oda", "agizo", "odaa", "receipt"]) && value >= 10_000 {
        return (Counts::Order, value);
    }
    let account = ["till", "paybill", "account", "acc", "akaunti", "bill", "goods"];
    if is_numbered(text, from, &account) && value >= 10_000 {
        return (Counts::Account, value);
    }
    (Counts::Nothing, value)
}

/// Whether one of these words stands before a number, with at most words such as "number" between.
fn is_numbered(text: &Text<'_>, from: usize, nouns: &[&str]) -> bool {
    let mut at = from;
    for _ in 0..3 {
        let word = text.before(at, 1);
        if nouns.contains(&word) {
            return text.words[at].gap < Gap::Stop;
        }
        if !matches!(word, "number" | "no" | "namba" | "nambari" | "num" | "yako" | "your" | "ni" | "is" | "ya") {
            return false;
        }
        at -= 1;
    }
    false
}

/// "1-3 days", "10 to 15%": what the last of two numbers counts, the first does too.
fn share_units(text: &Text<'_>, found: &mut [Figure]) {
    for i in (1..found.len()).rev() {
        let (first, last) = (found[i - 1], found[i]);
        let joined = last.from == first.to && text.words[last.from].gap == Gap::Hyphen
            || last.from == first.to + 1
                && matches!(text.word(first.to), "to" | "hadi" | "or" | "au" | "ama" | "mpaka");
        let shared = matches!(last.counts, Counts::Time(_) | Counts::Percent | Counts::Pieces);
        if joined && shared && first.counts == Counts::Nothing {
            found[i - 1].counts = last.counts;
            if let Counts::Time(Unit::Day) = last.counts
                && matches!(text.word(last.to), "week" | "weeks")
            {
                found[i - 1].value *= 7;
            }
        } else if joined && last.counts == Counts::Nothing && matches!(first.counts, Counts::Time(_)) {
            // "siku 1-3"
            found[i].counts = first.counts;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amounts(text: &str) -> Vec<(i64, Counts)> {
        let read = Text::read(text);
        figures(&read, "KES").iter().map(|f| (f.value, f.counts)).collect()
    }

    #[test]
    fn one_amount_in_every_format() {
        for text in [
            "KES 2,800",
            "2800/=",
            "2.8k",
            "Ksh2800",
            "Ksh.2800",
            "KSh 2,800.00",
            "2,800 bob",
            "elfu mbili na mia nane",
            "elfu mbili mia nane",
            "two thousand eight hundred",
            "two thousand, eight hundred",
            "ngiri mbili na soo nane",
            "KES 2 800",
            "28 hundred",
            "twenty eight hundred",
            "2 thousand 8 hundred",
            "2k na mia nane",
            "elfu 2 na mia 8",
            "2.8 thousand",
            "thao mbili na soo nane",
            "٢٨٠٠ bob",
            "ＫＥＳ ２，８００",
            "two point eight thousand",
            "Shilingi 2800",
            "2.800/-",
            "KES 2'800",
            "28 soo",
        ] {
            assert_eq!(amounts(text), [(280_000, Counts::Money)], "{text}");
        }
    }

    #[test]
    fn what_a_number_counts_is_said_beside_it() {
        for (text, expected) in [
            ("10% off", (1_000, Counts::Percent)),
            ("asilimia kumi", (1_000, Counts::Percent)),
            ("ten percent", (1_000, Counts::Percent)),
            ("ten per cent", (1_000, Counts::Percent)),
            ("7 days", (700, Counts::Time(Unit::Day))),
            ("7-day returns", (700, Counts::Time(Unit::Day))),
            ("siku saba", (700, Counts::Time(Unit::Day))),
            ("wiki mbili", (1_400, Counts::Time(Unit::Day))),
            ("masaa 24", (2_400, Counts::Time(Unit::Hour))),
            ("3 pieces", (300, Counts::Pieces)),
            ("$20", (2_000, Counts::Foreign)),
            ("order number 12345", (1_234_500, Counts::Order)),
            ("till 555111", (55_511_100, Counts::Account)),
            ("namba 2", (200, Counts::Nothing)),
        ] {
            assert_eq!(amounts(text), [expected], "{text}");
        }
        assert_eq!(amounts("1-3 days"), [(100, Counts::Time(Unit::Day)), (300, Counts::Time(Unit::Day))]);
        assert_eq!(amounts("siku 7 hadi 14"), [(700, Counts::Time(Unit::Day)), (1_400, Counts::Time(Unit::Day))]);
    }
}
