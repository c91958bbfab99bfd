//! What single cells mean.

use duka_kernel::{Colour, Currency, Money, Size};

use super::amount;

/// The most pieces of one variant; more is a slip of the keyboard.
const MOST_STOCK: u32 = 1_000_000;

/// A size with its stock, and its colour where one is given with it.
pub(super) struct Sized {
    pub(super) size: Size,
    pub(super) colour: Option<Colour>,
    /// `None` if the cell does not say.
    pub(super) stock: Option<u32>,
}

/// A price: more than 0.
pub(super) fn price(text: &str, currency: Currency) -> Result<Money, String> {
    if text.is_empty() {
        return Err("missing: every product needs a price".to_owned());
    }
    match amount::parse(text, currency) {
        Ok(price) if price.is_zero() => Err("0 is not a price: a product has to cost something".to_owned()),
        Ok(price) => Ok(price),
        Err(why) => Err(why.to_string()),
    }
}

/// Pieces in stock: a whole number, 0 for sold out.
pub(super) fn stock(text: &str) -> Result<u32, String> {
    let text = text.trim();
    let whole = match text.split_once('.') {
        Some((whole, zeros)) if zeros.bytes().all(|b| b == b'0') => whole,
        _ => text,
    };
    if whole.starts_with('-') && whole[1..].parse::<u64>().is_ok_and(|n| n > 0) {
        return Err(format!("{text:?} is negative: write 0 for sold out"));
    }
    let number = whole.replace([',', ' '], "").parse::<u64>();
    let number = number.map_err(|_| format!("{text:?} is not a number of pieces: write it like 5"))?;
    u32::try_from(number)
        .ok()
        .filter(|n| *n <= MOST_STOCK)
        .ok_or_else(|| format!("{text:?} pieces are too many: the most is {MOST_STOCK}"))
}

/// Parts of a list: separated by `|`, or by one of other separators where there is no `|`.
pub(super) fn list(text: &str, others: &[char]) -> Vec<String> {
    let parts: Vec<&str> = if text.contains('|') { text.split('|').collect() } else { text.split(others).collect() };
    parts.into_iter().map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}

/// Sizes with their stock: `S:3|M:5|L:0`; `blue/S:3|white/S:2` where stock is counted by colour; `M`.
pub(super) fn sizes(text: &str) -> Result<Vec<Sized>, String> {
    let mut sizes: Vec<Sized> = Vec::new();
    for part in list(text, &[',', ';']) {
        let (name, stock) = match part.rsplit_once(':') {
            Some((name, pieces)) => (name.trim(), Some(self::stock(pieces)?)),
            None => (part.as_str(), None),
        };
        let (size, colour) = match name.split_once('/') {
            Some((a, b)) => match (colour(a), colour(b)) {
                (Some(colour), _) => (b, Some(colour)),
                (None, Some(colour)) => (a, Some(colour)),
                (None, None) => (name, None),
            },
            None => (name, None),
        };
        let sized = Sized { size: Size::parse(size), colour, stock };
        if sizes.iter().any(|other| other.size == sized.size && other.colour == sized.colour) {
            return Err(format!("{part:?} is listed twice"));
        }
        sizes.push(sized);
    }
    Ok(sizes)
}

/// The colours a cell names, and the words that are none.
pub(super) fn colours(text: &str) -> (Vec<Colour>, Vec<String>) {
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for part in list(&text.replace(" and ", "|"), &[',', ';', '/', '&', '+']) {
        match colour(&part) {
            Some(colour) if known.contains(&colour) => {}
            Some(colour) => known.push(colour),
            None => unknown.push(part),
        }
    }
    (known, unknown)
}

/// The colour family of a colour's name: `sky blue` is blue, `navy blue` is navy.
#[must_use]
pub fn colour(text: &str) -> Option<Colour> {
    if let Ok(colour) = text.parse() {
        return Some(colour);
    }
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphabetic()).filter_map(|word| match word {
        "lilac" | "lavender" | "violet" | "plum" => Some(Colour::Purple),
        "olive" | "lime" | "mint" | "emerald" | "sage" => Some(Colour::Green),
        "mustard" => Some(Colour::Yellow),
        "peach" | "coral" | "rust" => Some(Colour::Orange),
        "magenta" | "fuchsia" | "blush" => Some(Colour::Pink),
        "charcoal" | "ash" => Some(Colour::Grey),
        "ivory" => Some(Colour::Cream),
        "chocolate" | "coffee" | "camel" => Some(Colour::Brown),
        "denim" | "indigo" | "aqua" => Some(Colour::Blue),
        "scarlet" | "crimson" => Some(Colour::Red),
        "print" | "printed" | "floral" | "assorted" | "ankara" | "striped" => Some(Colour::Multicolour),
        other => other.parse().ok(),
    });
    let words: Vec<Colour> = words.collect();
    // The last word is the colour and those before it say which kind, except for families with a name of their own.
    let own_family = words.iter().find(|c| matches!(c, Colour::Navy | Colour::Maroon | Colour::Teal));
    own_family.or(words.last()).copied()
}

/// The text of a piece of HTML, as platforms export descriptions.
pub(super) fn plain(html: &str) -> String {
    if !html.contains(['<', '&']) {
        return html.to_owned();
    }
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    // A `<` that begins no tag is a sign like any other: "sizes < 40".
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        text.push_str(before);
        let is_tag = tag[1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!'));
        match tag.find('>').filter(|_| is_tag) {
            Some(end) => {
                text.push(' ');
                rest = &tag[end + 1..];
            }
            None => {
                text.push('<');
                rest = &tag[1..];
            }
        }
    }
    text.push_str(rest);
    let signs = [("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    for (entity, sign) in signs {
        text = text.replace(entity, sign);
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A category path in lower case: `Clothing > Dresses` is `clothing/dresses`.
#[must_use]
pub fn category(text: &str) -> String {
    let parts = text.split(['>', '/']).map(|part| part.trim().to_lowercase());
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/")
}
