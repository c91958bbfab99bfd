//! Numbers in digits, English, Swahili and Sheng.

use crate::normalise::Message;

/// A number and the words it takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Number {
    pub(crate) value: i64,
    pub(crate) len: usize,
    /// It has a word for hundreds or thousands (`elfu`, `soo`, `2k`), which in a shop means money.
    pub(crate) large_unit: bool,
}

fn unit(word: &str) -> Option<i64> {
    Some(match word {
        "sifuri" | "zero" => 0,
        "moja" | "mmoja" | "limoja" | "kimoja" | "one" => 1,
        "mbili" | "wawili" | "mawili" | "viwili" | "miwili" | "two" => 2,
        "tatu" | "watatu" | "matatu" | "vitatu" | "mitatu" | "three" => 3,
        "nne" | "wanne" | "manne" | "vinne" | "minne" | "four" => 4,
        "tano" | "watano" | "matano" | "vitano" | "mitano" | "five" => 5,
        "sita" | "six" => 6,
        "saba" | "seven" => 7,
        "nane" | "wanane" | "manane" | "vinane" | "eight" => 8,
        "tisa" | "nine" => 9,
        _ => return None,
    })
}

fn ten(word: &str) -> Option<(i64, bool)> {
    Some(match word {
        "kumi" => (10, true),
        "ishirini" => (20, true),
        "thelathini" | "thelathin" => (30, true),
        "arobaini" | "arubaini" | "arbaini" => (40, true),
        "hamsini" => (50, true),
        "sitini" => (60, true),
        "sabini" => (70, true),
        "themanini" | "thamanini" => (80, true),
        "tisini" => (90, true),
        "ten" => (10, false),
        "twenty" => (20, false),
        "thirty" => (30, false),
        "forty" | "fourty" => (40, false),
        "fifty" => (50, false),
        "sixty" => (60, false),
        "seventy" => (70, false),
        "eighty" => (80, false),
        "ninety" => (90, false),
        _ => return None,
    })
}

fn teen(word: &str) -> Option<i64> {
    const TEENS: [&str; 9] =
        ["eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"];
    TEENS.iter().position(|t| *t == word).and_then(|i| i64::try_from(i + 11).ok())
}

fn is_hundred(word: &str) -> bool {
    matches!(word, "mia" | "soo" | "so" | "masoo")
}

fn is_thousand(word: &str) -> bool {
    matches!(word, "elfu" | "alfu" | "thao" | "thau" | "mathao" | "ngiri" | "thou" | "tao")
}

/// Sheng for a fixed amount of money.
fn slang(word: &str) -> Option<i64> {
    Some(match word {
        "punch" | "kapunch" | "pungu" => 500,
        "finje" | "chwani" | "hamsa" => 50,
        "rwabe" | "rwabee" => 200,
        "mbao" => 20,
        "ashu" => 10,
        _ => return None,
    })
}

/// The value of digits such as `2500`, `2,500`, `2.5k`; fractions that are not whole are no number here.
pub(crate) fn digits(word: &str) -> Option<(i64, bool)> {
    if !word.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let (body, thousand) = match word.strip_suffix('k') {
        Some(body) => (body, true),
        None => (word, false),
    };
    let body = body.replace(',', "");
    let (whole, fraction) = body.split_once('.').unwrap_or((&body, ""));
    let all_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || whole.len() > 9 || fraction.len() > 3 || !all_digits(whole) || !all_digits(fraction) {
        return None;
    }
    let whole: i64 = whole.parse().ok()?;
    let thousandths: i64 = format!("{fraction:0<3}").parse().ok()?;
    if thousand {
        return Some((whole * 1000 + thousandths, true));
    }
    // "2.500" is how some write two thousand five hundred
    if fraction.len() == 3 {
        return Some((whole * 1000 + thousandths, false));
    }
    (thousandths == 0).then_some((whole, false))
}

/// Reads numbers out of words, which are asked for by their place; past the end they are empty.
struct Reader<F>(F);

impl<'w, F: Fn(usize) -> &'w str> Reader<F> {
    fn word(&self, i: usize) -> &'w str {
        (self.0)(i)
    }

    /// 0 to 99 in words: (value, words).
    fn below_hundred(&self, i: usize) -> Option<(i64, usize)> {
        let word = self.word(i);
        if let Some((tens, swahili)) = ten(word) {
            let at = i + 1 + usize::from(swahili);
            let joined = !swahili || matches!(self.word(i + 1), "na" | "n");
            let one = unit(self.word(at)).filter(|u| joined && *u > 0 && (swahili || tens > 10));
            return Some(one.map_or((tens, 1), |one| (tens + one, at + 1 - i)));
        }
        unit(word).or_else(|| teen(word)).map(|v| (v, 1))
    }

    /// Words for hundreds, or a slang amount, with what follows: 50 to 999.
    fn hundreds(&self, i: usize) -> Option<(i64, usize)> {
        let word = self.word(i);
        if let Some(value) = slang(word) {
            return Some((value, 1));
        }
        let (value, mut len) = if is_hundred(word) {
            match unit(self.word(i + 1)).filter(|u| *u > 0) {
                Some(times) => (times * 100, 2),
                // "so" is English unless a number follows
                None if word == "so" => return None,
                None => (100, 1),
            }
        } else {
            let times = if word == "a" { 1 } else { unit(word).filter(|u| *u > 0)? };
            if !matches!(self.word(i + 1), "hundred" | "soo") {
                return None;
            }
            (times * 100, 2)
        };
        let mut total = value;
        let joined = matches!(self.word(i + len), "na" | "and" | "n");
        let at = i + len + usize::from(joined);
        if let Some(amount) = slang(self.word(at)).filter(|a| *a < 100) {
            return Some((total + amount, at + 1 - i));
        }
        if let Some((rest, words)) = self.below_hundred(at) {
            // without "na" a lone unit after "mia mbili" starts another number
            let follows = !is_hundred(self.word(at + words)) && !is_thousand(self.word(at));
            if follows && (joined || rest >= 10) {
                total += rest;
                len = at + words - i;
            }
        }
        Some((total, len))
    }

    fn below_thousand(&self, i: usize) -> Option<(i64, usize)> {
        self.hundreds(i).or_else(|| self.below_hundred(i))
    }

    /// What follows thousands: "na mia tano", "mia nane", "and fifty", "na punch", "na nusu".
    fn after_thousands(&self, i: usize) -> Option<(i64, usize)> {
        let joined = matches!(self.word(i), "na" | "and" | "n");
        let at = i + usize::from(joined);
        if joined && matches!(self.word(at), "nusu" | "half") {
            return Some((500, 2));
        }
        let (value, words) = self.below_thousand(at)?;
        if self.word(at + words) == "elfu" || (!joined && value < 10) {
            return None;
        }
        Some((value, at + words - i))
    }

    fn number(&self, i: usize) -> Option<Number> {
        let word = self.word(i);
        if matches!(word, "laki" | "milioni" | "million") {
            let times = self.below_hundred(i + 1);
            let scale = if word == "laki" { 100_000 } else { 1_000_000 };
            let (times, words) = times.unwrap_or((1, 0));
            return Some(Number { value: times * scale, len: 1 + words, large_unit: true });
        }
        if is_thousand(word) {
            // "elfu mia nane" is a shop's 1,800, not 800,000
            let times = self.below_hundred(i + 1);
            let times = times.or_else(|| digits(self.word(i + 1)).filter(|d| d.0 < 100 && !d.1).map(|d| (d.0, 1)));
            // "tao" is also the town, so it needs a number behind it
            if word == "tao" && times.is_none() {
                return None;
            }
            let (times, words) = times.unwrap_or((1, 0));
            return Some(self.with_rest(i, 1 + words, times * 1000));
        }
        let next_is_thousand = |at: usize| {
            matches!(self.word(at), "thousand" | "thousands" | "k" | "grand")
                || (is_thousand(self.word(at)) && unit(self.word(at + 1)).is_none() && self.word(at) != "tao")
        };
        if let Some((value, large_unit)) = digits(word) {
            if !large_unit && value < 1000 && next_is_thousand(i + 1) {
                return Some(self.with_rest(i, 2, value * 1000));
            }
            if value < 100 && matches!(self.word(i + 1), "soo" | "hundred") {
                return Some(Number { value: value * 100, len: 2, large_unit: true });
            }
            let dozens = matches!(self.word(i + 1), "dozen" | "dozens" | "dazani" | "dazeni") && value < 1000;
            return Some(if dozens {
                Number { value: value * 12, len: 2, large_unit: false }
            } else {
                Number { value, len: 1, large_unit }
            });
        }
        if word == "a" && next_is_thousand(i + 1) {
            return Some(self.with_rest(i, 2, 1000));
        }
        if word == "dozen" || word == "dazani" || word == "dazeni" {
            return Some(Number { value: 12, len: 1, large_unit: false });
        }
        let (value, len) = self.below_thousand(i)?;
        if next_is_thousand(i + len) {
            return Some(self.with_rest(i, len + 1, value * 1000));
        }
        if matches!(self.word(i + len), "dozen" | "dozens") {
            return Some(Number { value: value * 12, len: len + 1, large_unit: false });
        }
        Some(Number { value, len, large_unit: self.hundreds(i).is_some() })
    }

    fn with_rest(&self, i: usize, len: usize, thousands: i64) -> Number {
        let (rest, words) = match digits(self.word(i + len)).filter(|d| (100..1000).contains(&d.0)) {
            Some((value, _)) => (value, 1),
            None => self.after_thousands(i + len).unwrap_or((0, 0)),
        };
        Number { value: thousands + rest, len: len + words, large_unit: true }
    }
}

/// The number that starts at word `i`.
pub(crate) fn read(message: &Message<'_>, i: usize) -> Option<Number> {
    // "soo ngapi", "elfu ngapi" ask for the number
    Reader(|i| message.word(i))
        .number(i)
        .filter(|n| !(n.large_unit && message.word(i + n.len) == "ngapi" && n.len == 1))
}

/// The number that starts with the first of these words (in lower case, without accents), how many words it takes,
/// and whether it has a word for hundreds or thousands, which in a shop means money.
#[must_use]
pub fn spoken_number(words: &[&str]) -> Option<(i64, usize, bool)> {
    let number = Reader(|i| words.get(i).copied().unwrap_or_default()).number(0)?;
    Some((number.value, number.len, number.large_unit))
}

/// Whether the number at word `i` is of feet or the inches behind them: "5ft 4", "5'4", "five foot two".
pub(crate) fn is_height(message: &Message<'_>, i: usize) -> bool {
    let feet = |word: &str| matches!(word, "ft" | "feet" | "foot" | "futi") || word.ends_with("ft") && word.len() <= 4;
    let mark = |a: usize| {
        matches!((message.tokens.get(a), message.tokens.get(a + 1)), (Some(left), Some(right))
            if left.is_number() && right.is_number() && message.raw.get(left.end..right.start).is_some_and(|s| s.trim() == "'" || s.trim() == "’"))
    };
    feet(message.before(i, 1)) || feet(message.word(i + 1)) || mark(i) || i > 0 && mark(i - 1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const UNITS: [&str; 10] = ["sifuri", "moja", "mbili", "tatu", "nne", "tano", "sita", "saba", "nane", "tisa"];
    const TENS: [&str; 10] =
        ["", "kumi", "ishirini", "thelathini", "arobaini", "hamsini", "sitini", "sabini", "themanini", "tisini"];

    fn below_hundred(n: usize) -> String {
        match (n / 10, n % 10) {
            (0, unit) => UNITS[unit].to_owned(),
            (ten, 0) => TENS[ten].to_owned(),
            (ten, unit) => format!("{} na {}", TENS[ten], UNITS[unit]),
        }
    }

    fn below_thousand(n: usize) -> String {
        match (n / 100, n % 100) {
            (0, rest) => below_hundred(rest),
            (hundreds, 0) => format!("mia {}", UNITS[hundreds]),
            (hundreds, rest) => format!("mia {} na {}", UNITS[hundreds], below_hundred(rest)),
        }
    }

    /// As Kenyans count. "elfu ishirini na moja" is 21,000, so 20,001 is said with the thousands in front.
    fn spelled(n: usize) -> String {
        let (thousands, rest) = (n / 1000, n % 1000);
        match (thousands, rest) {
            (0, rest) => below_thousand(rest),
            (t, 0) => format!("elfu {}", below_hundred(t)),
            (t, rest) if t % 10 == 0 && rest < 10 => format!("{} elfu na {}", below_hundred(t), below_thousand(rest)),
            (t, rest) => format!("elfu {} na {}", below_hundred(t), below_thousand(rest)),
        }
    }

    fn value(text: &str) -> Option<i64> {
        let message = Message::read(text);
        read(&message, 0).filter(|n| n.len == message.tokens.len()).map(|n| n.value)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(3000))]
        #[test]
        fn swahili_numbers_are_read_back(n in 0..100_000_usize) {
            let text = spelled(n);
            prop_assert_eq!(value(&text), i64::try_from(n).ok(), "{}", text);
        }
    }

    #[test]
    fn every_spelling_of_money_is_read() {
        for (text, expected) in [
            ("2k", 2000),
            ("2.5k", 2500),
            ("2,500", 2500),
            ("elfu mbili", 2000),
            ("elfu mbili na mia tano", 2500),
            ("elfu moja mia nane", 1800),
            ("elfu moja na nusu", 1500),
            ("thao mbili", 2000),
            ("thao na punch", 1500),
            ("thao moja na mia mbili", 1200),
            ("soo tatu", 300),
            ("soo", 100),
            ("18 soo", 1800),
            ("punch", 500),
            ("mia nane", 800),
            ("mia mbili hamsini", 250),
            ("ngiri", 1000),
            ("ngiri tatu", 3000),
            ("soo tano na finje", 550),
            ("two thousand five hundred", 2500),
            ("one thousand two hundred and fifty", 1250),
            ("a hundred", 100),
            ("3 thousand", 3000),
            ("laki moja", 100_000),
            ("twenty five", 25),
            ("two dozen", 24),
            ("3 dozen", 36),
        ] {
            assert_eq!(value(text), Some(expected), "{text}");
        }
    }
}
