//! Where to deliver.

use crate::{
    context::{Awaiting, Context},
    lexicon::{PLACE_WORDS, PLACES},
    normalise::{Gap, Message},
};

fn place_word(message: &Message<'_>, i: usize, kind: &str) -> Option<usize> {
    PLACE_WORDS.at(message, i).filter(|f| f.value == kind).map(|f| f.len)
}

/// How many words lead into an address at word `i`, if any do.
pub(crate) fn leads(message: &Message<'_>, i: usize) -> Option<usize> {
    place_word(message, i, "lead")
}

/// Whether word `i` is one of an address: *road*, *mtaa*, *karibu*.
pub(crate) fn is_part(message: &Message<'_>, i: usize) -> bool {
    place_word(message, i, "part").is_some()
}

/// The first place of the gazetteer: words `from..to`.
pub(crate) fn known_place(message: &Message<'_>) -> Option<(usize, usize)> {
    let one = |i: usize| {
        let found = PLACES.at(message, i)?;
        // "tao", "town", "nai" and "embu" ("look here") are places only after a word that leads to one
        let vague = matches!(
            message.word(i),
            "tao"
                | "town"
                | "nai"
                | "ku"
                | "aa"
                | "gm"
                | "imara"
                | "tena"
                | "total"
                | "survey"
                | "stage"
                | "garage"
                | "engineer"
                | "fedha"
                | "banana"
                | "tala"
                | "dar"
                | "hazina"
                | "hola"
                | "wote"
                | "mbale"
                | "maua"
                | "survey stage"
                | "globe"
                | "archives"
                | "regen"
                | "delta"
                | "savannah"
                | "adams"
        );
        let led = matches!(
            message.before(i, 1),
            "to" | "in"
                | "at"
                | "hadi"
                | "mpaka"
                | "kwa"
                | "niko"
                | "huko"
                | "hapo"
                | "naishi"
                | "kutoka"
                | "from"
                | "within"
                | "around"
        );
        let capital = message.tokens[i].capital && !message.tokens[i].shouted && i > 0;
        (found.len > 1 || !vague || led || capital).then_some((i, i + found.len))
    };
    (0..message.tokens.len()).find_map(one)
}

/// Whether the customer says they will come for it.
pub(crate) fn is_pickup(message: &Message<'_>) -> bool {
    (0..message.tokens.len()).any(|i| place_word(message, i, "pickup").is_some())
}

/// The address as written, without the words that lead in and out.
pub(crate) fn address(message: &Message<'_>, context: &Context) -> Option<String> {
    let count = message.tokens.len();
    let known = known_place(message);
    if is_pickup(message)
        && !(known.is_some() && context.awaiting != Awaiting::Address && !message.raw.to_lowercase().contains("pick"))
    {
        return Some("pickup".into());
    }
    let part = (0..count).find(|&i| place_word(message, i, "part").is_some());
    // the address cannot start after its first known word
    let limit = match (known, part) {
        (Some((k, _)), Some(p)) => k.min(p),
        (Some((k, _)), None) => k,
        (None, Some(p)) => p,
        (None, None) => count.saturating_sub(1),
    };
    let mut start = None;
    let mut i = 0;
    while i <= limit && i < count {
        if let Some(len) = place_word(message, i, "lead") {
            // "in", "at", "kwa" in the middle of an address belong to it
            if i + len <= limit.max(1) || start.is_none() {
                start = Some(i + len);
            }
            i += len;
        } else {
            i += 1;
        }
    }
    let from = match start {
        Some(from) if from < count => from,
        _ => match (known, part) {
            (Some((k, _)), _) => first_of_name(message, k),
            (None, Some(p)) => first_of_name(message, p),
            (None, None) if context.awaiting == Awaiting::Address => 0,
            _ => return None,
        },
    };
    let from = skip_openers(message, from);
    let to = end_of_address(message, from);
    let text = message.written(from, to).trim_matches(|c: char| !c.is_alphanumeric());
    (!text.is_empty()).then(|| text.to_owned())
}

/// Back over capitalised words that go with the one found ("Sunrise Apartments", "Blue Sky Court").
fn first_of_name(message: &Message<'_>, mut i: usize) -> usize {
    while i > 0
        && message.tokens[i].gap == Gap::Space
        && message.tokens[i - 1].capital
        && place_word(message, i - 1, "lead").is_none()
    {
        i -= 1;
    }
    i
}

fn skip_openers(message: &Message<'_>, mut i: usize) -> usize {
    while i + 1 < message.tokens.len()
        && matches!(
            message.word(i),
            "ni" | "is"
                | "the"
                | "hapa"
                | "hapo"
                | "huko"
                | "ya"
                | "to"
                | "at"
                | "in"
                | "my"
                | "please"
                | "kwa"
                | "me"
                | "it"
                | "yangu"
                | "iko"
                | "hadi"
                | "mpaka"
                | "area"
                | "order"
                | "hiyo"
                | "mzigo"
                | "tafadhali"
                | "ok"
                | "sawa"
                | "deliver"
                | "pale"
                | "kule"
        )
    {
        i += 1;
    }
    i
}

fn end_of_address(message: &Message<'_>, from: usize) -> usize {
    let mut to = message.tokens.len();
    // a new sentence ends the address, unless it goes on with numbers or place words
    if let Some(stop) = (from + 1..to).find(|&i| {
        message.tokens[i].gap == Gap::Stop
            && !message.tokens[i].is_number()
            && place_word(message, i, "part").is_none()
            && PLACES.at(message, i).is_none()
            && !message.tokens[i].capital
    }) {
        to = stop;
    }
    if let Some(stop) = (from + 1..to).find(|&i| {
        matches!(
            message.word(i),
            "instead"
                | "badala"
                | "sio"
                | "not"
                | "asap"
                | "haraka"
                | "call"
                | "piga"
                | "pigia"
                | "mpigie"
                | "nipigie"
                | "ukifika"
                | "mkifika"
                | "akifika"
        ) && !message.tokens[i].capital
            || (message.word(i) == "my" && message.word(i + 1) == "number")
    }) {
        to = stop;
    }
    while to > from + 1
        && (place_word(message, to - 1, "tail").is_some() || !message.word(to - 1).starts_with(char::is_alphanumeric))
    {
        to -= 1;
    }
    to
}

/// A place asked about: one that is known, or a capitalised word after "to", "hadi", "mpaka".
pub(crate) fn place_named(message: &Message<'_>) -> Option<String> {
    if let Some((from, to)) = known_place(message) {
        // "outside Nairobi", "ndani ya Nairobi" names no place to go to
        let around = |word: &str| matches!(word, "outside" | "within" | "inside" | "nje" | "ndani" | "around");
        if around(message.before(from, 1)) || around(message.before(from, 2)) {
            return None;
        }
        return Some(message.written(from, to).to_owned());
    }
    let at = (1..message.tokens.len()).find(|&i| {
        let token = &message.tokens[i];
        matches!(message.before(i, 1), "to" | "hadi" | "mpaka" | "in" | "huko" | "kutuma" | "towards")
            && token.capital
            && !token.shouted
            && crate::lexicon::CALENDAR.at(message, i).is_none()
            && crate::lexicon::WORDS.at(message, i).is_none()
    })?;
    let to = (at + 1..message.tokens.len())
        .take_while(|&i| message.tokens[i].capital && message.tokens[i].gap == Gap::Space)
        .last()
        .map_or(at + 1, |l| l + 1);
    Some(message.written(at, to).to_owned())
}
