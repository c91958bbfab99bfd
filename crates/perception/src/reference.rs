//! Pointing at what was shown: "the second", "ya pili", "#2", "both".

use crate::{
    context::{Awaiting, Context},
    lexicon::{COLOURS, PRODUCTS},
    normalise::Message,
    number,
};

fn ordinal_word(word: &str) -> Option<i32> {
    Some(match word {
        "first" | "1st" | "kwanza" => 1,
        "second" | "2nd" | "pili" => 2,
        "third" | "3rd" => 3,
        "fourth" | "4th" => 4,
        "fifth" | "5th" => 5,
        "sixth" | "6th" => 6,
        "seventh" | "7th" => 7,
        "eighth" | "8th" => 8,
        "last" | "mwisho" | "lasti" => -1,
        _ => return None,
    })
}

fn linking(word: &str) -> bool {
    matches!(word, "ya" | "wa" | "la" | "cha" | "za" | "vya" | "ile" | "hiyo")
}

/// The positions a message points at, in order; their words are marked as taken. Where goods or colours are
/// `named`, bare numbers count them.
pub(crate) fn ordinals(message: &Message<'_>, context: &Context, named: bool, taken: &mut [bool]) -> Vec<i32> {
    let mut found: Vec<i32> = Vec::new();
    let mut i = 0;
    while i < message.tokens.len() {
        let reading = if taken[i] { None } else { read(message, context, i, taken) };
        let Some((positions, len)) = reading else {
            i += 1;
            continue;
        };
        let to = (i + len).min(taken.len());
        taken[i..to].fill(true);
        for position in positions {
            if !found.contains(&position) {
                found.push(position);
            }
        }
        i = to;
    }
    if found.is_empty() && !named { choices(message, context, taken) } else { found }
}

fn read(message: &Message<'_>, context: &Context, i: usize, taken: &[bool]) -> Option<(Vec<i32>, usize)> {
    let (word, next, before) = (message.word(i), message.word(i + 1), message.before(i, 1));
    let shown = context.shown.len();
    if shown == 2 && matches!(word, "both") {
        return Some((vec![1, 2], 1));
    }
    if shown == 2
        && matches!(
            (word, next),
            ("zote" | "yote" | "vyote" | "mote", "mbili" | "mawili" | "viwili") | ("mbili", "zote") | ("the", "two")
        )
    {
        return Some((vec![1, 2], 2));
    }
    if shown > 2 && matches!((word, next), ("zote" | "all", "tatu" | "three")) {
        return Some(((1..=3).collect(), 2));
    }
    let place = matches!(
        next,
        "floor"
            | "street"
            | "avenue"
            | "ave"
            | "time"
            | "name"
            | "order"
            | "parklands"
            | "road"
            | "price"
            | "week"
            | "month"
    );
    let in_building =
        matches!(before, "ghorofa" | "floor" | "mara") || matches!(message.before(i, 2), "ghorofa" | "mara" | "bei");
    if let Some(position) = ordinal_word(word).filter(|_| !place && !in_building) {
        if context.awaiting == Awaiting::ProductChoice && message.tokens.len() <= 2 && matches!(word, "pili" | "kwanza")
        {
            return Some((vec![position], 1));
        }
        // "kwanza" is "first of all" unless something links it, "mwisho" the end
        let swahili = matches!(word, "kwanza" | "pili" | "mwisho" | "lasti");
        let english_last =
            word == "last" && !matches!(before, "the" | "that" | "your" | "ile" | "ya" | "your last" | "");
        if swahili && !linking(before)
            || english_last
            || word == "last" && matches!(next, "price" | "night" | "time" | "order" | "long")
        {
            return None;
        }
        // "the second last"
        if matches!(next, "last") {
            return (shown > 1).then(|| (vec![i32::try_from(shown).unwrap_or(0) - 1], 2));
        }
        return Some((vec![position], 1));
    }
    if matches!(word, "middle")
        || (matches!(word, "kati" | "katikati")
            && linking(before)
            && next != "ya"
            && context.awaiting == Awaiting::ProductChoice)
    {
        return (shown == 3).then(|| (vec![2], 1));
    }
    if matches!(word, "bottom") && shown > 0 && matches!(next, "one" | "" | "please") {
        return Some((vec![-1], 1));
    }
    if linking(before)
        && (before != "hiyo")
        && let Some(n) = number::read(message, i).filter(|n| n.len == 1 && (3..=10).contains(&n.value) && !n.large_unit)
        && !taken[i]
        && !matches!(
            message.before(i, 2),
            "saizi" | "size" | "nyumba" | "saa" | "tarehe" | "mwezi" | "ghorofa" | "order" | "bei" | "jumla" | "zaidi"
        )
        && (shown > 0 || before == "ya" && !message.tokens[i].is_number())
        && !matches!(next, "za" | "zaidi" | "elfu")
    {
        return i32::try_from(n.value).ok().map(|n| (vec![n], 1));
    }
    // "dress 2" is the second shown, "dress mbili" two of them
    if context.awaiting == Awaiting::ProductChoice
        && message.tokens[i].is_number()
        && i > 0
        && PRODUCTS.at(message, i - 1).is_some()
        && let Some(n) =
            number::read(message, i).filter(|n| (1..=25).contains(&n.value) && i + n.len == message.tokens.len())
    {
        return i32::try_from(n.value).ok().map(|v| (vec![v], n.len));
    }
    numbered(message, context, i)
}

/// "#2", "number two", "no 3", "option 1", "namba mbili".
fn numbered(message: &Message<'_>, context: &Context, i: usize) -> Option<(Vec<i32>, usize)> {
    if message.tokens[i].hash {
        let n = number::read(message, i).filter(|n| (1..=30).contains(&n.value))?;
        return i32::try_from(n.value).ok().map(|v| (vec![v], n.len));
    }
    let names = matches!(
        message.word(i),
        "number"
            | "namba"
            | "nambari"
            | "no"
            | "option"
            | "item"
            | "choice"
            | "numba"
            | "num"
            | "options"
            | "items"
            | "chaguo"
            | "numbers"
    );
    if !names
        || context.awaiting == Awaiting::Size
        || matches!(
            message.before(i, 1),
            "size" | "saizi" | "house" | "nyumba" | "phone" | "order" | "hse" | "plot" | "room"
        )
    {
        return None;
    }
    let at = i + 1 + usize::from(matches!(message.word(i + 1), "ya" | "ni"));
    let n = number::read(message, at).filter(|n| !n.large_unit && (1..=25).contains(&n.value))?;
    let mut positions = vec![i32::try_from(n.value).ok()?];
    let mut end = at + n.len;
    while matches!(message.word(end), "and" | "na" | "n") {
        let Some(more) = number::read(message, end + 1).filter(|n| (1..=25).contains(&n.value)) else { break };
        positions.push(i32::try_from(more.value).ok()?);
        end += 1 + more.len;
    }
    Some((positions, end - i))
}

/// Bare numbers when a choice is awaited: "2", "1 and 3", "nipe mbili".
fn choices(message: &Message<'_>, context: &Context, taken: &mut [bool]) -> Vec<i32> {
    if context.awaiting != Awaiting::ProductChoice || message.tokens.len() > 8 {
        return Vec::new();
    }
    let most = context.shown.iter().map(|s| i64::from(s.n)).max().unwrap_or(10);
    let mut found = Vec::new();
    let mut i = 0;
    while i < message.tokens.len() {
        match number::read(message, i).filter(|_| !taken[i]) {
            Some(n) if (1..=most).contains(&n.value) && !english_one(message, i) => {
                if let Ok(position) = i32::try_from(n.value) {
                    taken[i..i + n.len].fill(true);
                    found.push(position);
                }
                i += n.len;
            }
            _ => i += 1,
        }
    }
    found
}

/// "one" in "this one", "the red one", "one of": not a number.
pub(crate) fn english_one(message: &Message<'_>, i: usize) -> bool {
    message.word(i) == "one"
        && message.tokens.len() > 1
        && (!matches!(
            message.before(i, 1),
            "" | "add"
                | "just"
                | "only"
                | "want"
                | "get"
                | "like"
                | "buy"
                | "take"
                | "need"
                | "make"
                | "and"
                | "give"
                | "is"
                | "me"
                | "to"
                | "it"
                | "have"
                | "remove"
                | "order"
        ) || matches!(message.word(i + 1), "of" | "with" | "in" | "is" | "that"))
}

/// Whether the message points at one of what was shown by how it looks: "the floral one", "hiyo ya red".
pub(crate) fn points(message: &Message<'_>) -> bool {
    (0..message.tokens.len()).any(|i| {
        let described = message.word(i) == "one" && i > 1 && (2..=3).any(|b| message.before(i, b) == "the");
        described
            || COLOURS.at(message, i).is_some()
                && (matches!(message.word(i + 1), "one" | "ones")
                    || matches!(message.before(i, 1), "ya" | "la" | "cha" | "za" | "vya" | "ile" | "hiyo" | "hio"))
    })
}
