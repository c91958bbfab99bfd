//! Sizes in letters, words and numbers.

use duka_kernel::Size;

use crate::{
    context::{Awaiting, Context},
    lexicon::PRODUCTS,
    normalise::{Gap, Message},
    number, reference,
};

/// Words after which a letter or number is a size.
fn introduces(word: &str) -> bool {
    matches!(word, "size" | "sizes" | "saizi" | "uk" | "eu" | "us" | "waist" | "kiuno" | "sized" | "kipimo" | "sais")
}

fn letter(word: &str) -> Option<&'static str> {
    Some(match word {
        "xxs" => "XXS",
        "xs" => "XS",
        "xl" | "xlarge" => "XL",
        "xxl" | "2xl" => "XXL",
        "xxxl" | "3xl" => "XXXL",
        "4xl" | "xxxxl" => "XXXXL",
        "5xl" => "5XL",
        _ => return None,
    })
}

fn single(word: &str) -> Option<&'static str> {
    match word {
        "s" => Some("S"),
        "m" => Some("M"),
        "l" => Some("L"),
        _ => None,
    }
}

/// The sizes of a message in order; their words are marked as taken.
pub(crate) fn sizes(message: &Message<'_>, context: &Context, taken: &mut [bool]) -> Vec<Size> {
    let mut found = Vec::new();
    let mut i = 0;
    while i < message.tokens.len() {
        let reading = if taken[i] { None } else { read(message, context, i, taken, !found.is_empty()) };
        match reading {
            Some((size, len)) => {
                let to = (i + len).min(taken.len());
                taken[i..to].fill(true);
                let size = Size::parse(&size);
                if !found.contains(&size) {
                    found.push(size);
                }
                i = to;
            }
            None => i += 1,
        }
    }
    found
}

fn read(message: &Message<'_>, context: &Context, i: usize, taken: &[bool], listed: bool) -> Option<(String, usize)> {
    let asked = context.awaiting == Awaiting::Size;
    let word = message.word(i);
    let before = message.before(i, 1);
    if let Some(letters) = letter(word) {
        return Some((letters.into(), 1));
    }
    if let Some(letters) = single(word) {
        // "M" by itself is a size; "m" needs a word that leads to it
        let token = &message.tokens[i];
        let led = introduces(before)
            || matches!(
                before,
                "in" | "a"
                    | "an"
                    | "the"
                    | "ya"
                    | "za"
                    | "kwa"
                    | "ni"
                    | "la"
                    | "cha"
                    | "wa"
                    | "and"
                    | "or"
                    | "na"
                    | "ama"
                    | "au"
                    | "between"
                    | "is"
                    | "for"
                    | "to"
                    | "medium"
                    | "wear"
                    | "huvaa"
                    | "navaa"
                    | "hufit"
            );
        let neighbour = single(message.word(i + 1)).is_some()
            || matches!(message.word(i + 1), "size" | "please" | "tafadhali")
            || PRODUCTS.at(message, i + 1).is_some();
        let coloured = crate::lexicon::COLOURS.at(message, i.wrapping_sub(1)).is_some()
            || PRODUCTS.at(message, i.wrapping_sub(1)).is_some();
        let alone = message.tokens.len() == 1;
        return (asked || token.capital || led || neighbour || coloured || alone || listed)
            .then(|| (letters.into(), 1));
    }
    if let Some(reading) = word_size(message, i, asked) {
        return Some(reading);
    }
    number_size(message, context, i, taken, listed)
}

/// "small", "extra large", "saizi ya kati", "free size".
fn word_size(message: &Message<'_>, i: usize, asked: bool) -> Option<(String, usize)> {
    let (word, next, before) = (message.word(i), message.word(i + 1), message.before(i, 1));
    // "the blue one size M": the "one" is the blue
    let pronoun = word == "one"
        && (reference::english_one(message, i) && !matches!(before, "a" | "in") || {
            let value = message.word(i + 2);
            letter(value).is_some() || single(value).is_some() || number::read(message, i + 2).is_some()
        });
    if matches!((word, next), ("free" | "one", "size")) && !pronoun || word == "freesize" {
        return Some(("ONE".into(), if word == "freesize" { 1 } else { 2 }));
    }
    if matches!(word, "extra" | "x" | "double" | "xtra") {
        let doubled = matches!((word, next), ("double", "xl") | ("extra", "extra"));
        let size = match next {
            "large" | "big" | "kubwa" => "XL",
            "small" => "XS",
            "xl" => "XXL",
            "extra" => "XXL",
            _ => return None,
        };
        return Some((size.into(), if doubled && next == "extra" { 3 } else { 2 }));
    }
    let compared =
        matches!(
            before,
            "too" | "very" | "so" | "bit" | "more" | "as" | "not" | "run" | "runs" | "running" | "fits" | "come"
        ) || matches!(next, "than" | "zaidi" | "sana" | "kidogo" | "mno" | "kuliko" | "enough" | "kiasi" | "kwangu")
            || matches!(message.before(i, 2), "zaidi");
    match word {
        "medium" | "mediam" | "midium" => return Some(("M".into(), 1)),
        "small" | "smal" if !compared => return Some(("S".into(), 1)),
        "large" | "lage" if !compared => return Some(("L".into(), 1)),
        _ => {}
    }
    let sized = introduces(before) || (matches!(before, "ya" | "ile" | "ni") && introduces(message.before(i, 2)));
    if !(sized || asked) {
        return None;
    }
    let swahili = match word {
        "ndogo" | "mdogo" if !compared => "S",
        "kati" | "wastani" | "katikati" if next != "ya" => "M",
        "kubwa" | "mkubwa" if !compared => "L",
        "kubwa" if asked && matches!(next, "sana" | "mno") => "XL",
        _ => return None,
    };
    Some((swahili.into(), 1))
}

fn number_size(
    message: &Message<'_>,
    context: &Context,
    i: usize,
    taken: &[bool],
    listed: bool,
) -> Option<(String, usize)> {
    let n = number::read(message, i).filter(|n| !n.large_unit)?;
    if (i..i + n.len).any(|at| taken.get(at).copied().unwrap_or(true)) {
        return None;
    }
    let asked = context.awaiting == Awaiting::Size;
    let (before, next) = (message.before(i, 1), message.word(i + n.len));
    if matches!(
        next,
        "kgs"
            | "kg"
            | "kilos"
            | "kilo"
            | "cm"
            | "inches"
            | "feet"
            | "ft"
            | "years"
            | "bob"
            | "pieces"
            | "piece"
            | "am"
            | "pm"
            | "days"
            | "asilimia"
            | "items"
            | "pairs"
    ) || matches!(
        before,
        "miaka"
            | "kilo"
            | "kgs"
            | "kg"
            | "saa"
            | "tarehe"
            | "nyumba"
            | "house"
            | "block"
            | "floor"
            | "weigh"
            | "age"
            | "urefu"
    ) || message.tokens[i].hash
        || number::is_height(message, i)
    {
        return None;
    }
    let introduced = introduces(before)
        || matches!(
            (message.before(i, 2), before),
            ("size" | "saizi" | "sizes", "is" | "ni" | "ya" | "no" | "number" | "namba" | "of" | "to" | "iwe")
        );
    let numbered = matches!(before, "number" | "namba" | "no" | "nambari");
    let clothes = (26..=46).contains(&n.value);
    let letters_or_digits = n.value.to_string();
    if introduced && (2..=60).contains(&n.value)
        || asked && (4..=60).contains(&n.value) && !counts_goods(message, i + n.len)
    {
        return Some((letters_or_digits, n.len));
    }
    if !clothes || counts_goods(message, i + n.len) {
        return None;
    }
    let worn =
        matches!(before, "wear" | "huvaa" | "navaa" | "vaa" | "hufit" | "am" | "im" | "in" | "a" | "the" | "mimi");
    let shod = shown_in_numbers(context);
    let hyphen = message.tokens[i].gap == Gap::Hyphen;
    (numbered
        || worn
        || listed
        || (shod && !hyphen)
        || context.shown.is_empty() && named_in_numbers(message) && !counted(message, i))
    .then_some((letters_or_digits, n.len))
}

/// Whether goods follow the number directly, described or not: "20 white cotton t-shirts".
fn counts_goods(message: &Message<'_>, at: usize) -> bool {
    (at..message.tokens.len().min(at + 4))
        .take_while(|&i| {
            message.tokens[i].gap <= Gap::Hyphen
                && !introduces(message.word(i))
                && !matches!(message.word(i), "and" | "na" | "for" | "of" | "in" | "ya" | "za" | "kwa" | "or" | "ama")
        })
        .any(|i| PRODUCTS.at(message, i).is_some())
}

fn counted(message: &Message<'_>, i: usize) -> bool {
    PRODUCTS.at(message, i.wrapping_sub(1)).is_some() && !message.tokens[i].is_number()
}

/// Goods that come in numbers: shoes, jeans, trousers.
fn numbered_goods(product: &str) -> bool {
    matches!(
        product,
        "shoes"
            | "sneakers"
            | "heels"
            | "sandals"
            | "flats"
            | "boots"
            | "jeans"
            | "trousers"
            | "suit"
            | "shorts"
            | "belt"
    )
}

fn named_in_numbers(message: &Message<'_>) -> bool {
    (0..message.tokens.len()).any(|i| PRODUCTS.at(message, i).is_some_and(|f| numbered_goods(f.value)))
}

fn shown_in_numbers(context: &Context) -> bool {
    context.shown.iter().any(|shown| {
        let name = shown.name.to_lowercase();
        ["shoe", "sneaker", "heel", "sandal", "flat", "boot", "jean", "trouser", "oxford", "chino", "pants"]
            .iter()
            .any(|w| name.contains(w))
    })
}
