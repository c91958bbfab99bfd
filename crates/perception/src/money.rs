//! Amounts of shillings and what the words around them say they are.

use crate::{
    lexicon::{Found, MONEY_WORDS, PRODUCTS},
    normalise::Message,
    number::{self, Number},
};

/// What the words around an amount make of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Role {
    /// Nothing said.
    Plain,
    /// At most so much.
    Max,
    /// At least so much.
    Min,
}

/// An amount in whole shillings, and the words `from..to` that say it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Amount {
    pub(crate) value: i64,
    pub(crate) role: Role,
    from: usize,
}

/// The amounts of a message, in order; their words are marked as taken.
pub(crate) fn amounts(message: &Message<'_>, taken: &mut [bool]) -> Vec<Amount> {
    let mut found = Vec::new();
    let mut i = 0;
    while i < message.tokens.len() {
        if taken[i] {
            i += 1;
            continue;
        }
        if let Some((low, high, len)) = range(message, i) {
            taken[i..i + len].fill(true);
            found.push(Amount { value: low, role: Role::Min, from: i });
            found.push(Amount { value: high, role: Role::Max, from: i });
            i += len;
            continue;
        }
        match number::read(message, i).filter(|n| is_money(message, i, n)) {
            Some(n) => {
                let n = shared_thousand(message, i, n);
                found.push(Amount { value: n.value, role: role(message, i, i + n.len), from: i });
                taken[i..i + n.len].fill(true);
                i += n.len;
            }
            None => i += number::read(message, i).map_or(1, |n| n.len.max(1)),
        }
    }
    // "kati ya elfu moja na elfu mbili", "from 1000 to 2000", "2000 hadi 3000"
    if let [first, second] = found.as_mut_slice()
        && joined_as_range(message, first, second)
    {
        (first.role, second.role) = (Role::Min, Role::Max);
    }
    found
}

fn joined_as_range(message: &Message<'_>, first: &Amount, second: &Amount) -> bool {
    let between = (first.from..second.from).map(|i| message.word(i));
    let opened =
        matches!((message.before(first.from, 1), message.before(first.from, 2)), ("between", _) | ("ya", "kati"));
    let linked = between.into_iter().any(|w| matches!(w, "to" | "hadi" | "mpaka" | "till" | "and" | "na"));
    first.value < second.value
        && linked
        && (opened
            || second.from - first.from <= 4 && {
                (first.from..second.from).any(|i| matches!(message.word(i), "to" | "hadi" | "mpaka" | "till"))
            })
}

/// "1000-2000", "1k - 2k": two amounts joined by a hyphen, the smaller first.
fn range(message: &Message<'_>, i: usize) -> Option<(i64, i64, usize)> {
    let second = message.tokens.get(i + 1)?;
    if second.gap != crate::normalise::Gap::Hyphen {
        return None;
    }
    let (low, k_low) = number::digits(message.word(i))?;
    let (high, k_high) = number::digits(message.word(i + 1))?;
    let low = if k_high && !k_low && low < 100 { low * 1000 } else { low };
    (low < high && high >= 300 && low >= 50).then_some((low, high, 2))
}

/// "kati ya elfu mbili na tatu" is 2000 and 3000, not 2003.
fn shared_thousand(message: &Message<'_>, i: usize, n: Number) -> Number {
    let ranged = matches!((message.before(i, 1), message.before(i, 2)), ("between", _) | ("ya", "kati"));
    let rest = n.value % 1000;
    if !ranged || !(1..10).contains(&rest) || !n.large_unit {
        return n;
    }
    Number { value: n.value - rest, len: n.len.saturating_sub(2).max(1), ..n }
}

fn has_currency(message: &Message<'_>, i: usize, len: usize) -> bool {
    let is = |found: Option<Found>| found.is_some_and(|f| f.value == "currency");
    message.tokens[i + len - 1].shillings
        || is(MONEY_WORDS.at(message, i + len))
        || i.checked_sub(1).is_some_and(|at| is(MONEY_WORDS.at(message, at)) && !is_piece_word(message.word(i + len)))
}

pub(crate) fn is_piece_word(word: &str) -> bool {
    matches!(word, "pieces" | "piece" | "items" | "item" | "pairs" | "pair" | "vipande" | "people" | "watu" | "units")
}

fn is_money(message: &Message<'_>, i: usize, n: &Number) -> bool {
    if n.value <= 0
        || PRODUCTS.at(message, i + n.len).is_some() && n.value < 1000
        || is_piece_word(message.word(i + n.len))
    {
        return false;
    }
    if matches!(
        message.word(i + n.len),
        "kgs" | "kg" | "kilos" | "cm" | "years" | "days" | "stars" | "asilimia" | "percent"
    ) {
        return false;
    }
    if has_currency(message, i, n.len) || n.large_unit {
        return true;
    }
    let written = message.tokens[i].text.as_str();
    if !message.tokens[i].is_number() || message.tokens[i].hash || written.starts_with('0') {
        return false;
    }
    // house and plot numbers are small; a year is not a price unless it says so
    let numbered =
        matches!(message.before(i, 1), "no" | "number" | "namba" | "house" | "plot" | "nyumba" | "order" | "block");
    n.value >= 200 && n.value < 1_000_000 && !numbered
}

/// What the words directly before or after say: "under 2000", "2000 kwenda chini".
fn role(message: &Message<'_>, from: usize, to: usize) -> Role {
    let skip = |found: Option<Found>| found.is_some_and(|f| f.value == "currency");
    let after = if skip(MONEY_WORDS.at(message, to)) { to + 1 } else { to };
    match MONEY_WORDS.at(message, after).map(|f| f.value) {
        Some("maxafter") => return Role::Max,
        Some("minafter") => return Role::Min,
        _ => {}
    }
    let start = if from > 0 && skip(MONEY_WORDS.at(message, from - 1)) { from - 1 } else { from };
    // the longest phrase that ends right before the amount
    for back in (1..=4).rev().filter(|b| *b <= start) {
        if let Some(found) = MONEY_WORDS.at(message, start - back)
            && found.len == back
        {
            match found.value {
                "max" | "maxafter" => return Role::Max,
                "min" => return Role::Min,
                _ => {}
            }
        }
    }
    Role::Plain
}
