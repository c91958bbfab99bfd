//! From written text to comparable words.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Longest text that is looked at, in bytes: a chat message, not a book.
const MAX_TEXT: usize = 2_000;

/// The words of a text: lower case, without accents, apostrophes and English plural endings.
pub(crate) fn words(text: &str) -> Vec<String> {
    raw_words(text).iter().map(|word| stem(word)).collect()
}

/// The words of a text as written, but lower case and without accents.
pub(super) fn raw_words(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut word = String::new();
    let start = &text[..text.floor_char_boundary(MAX_TEXT)];
    for c in start.nfkd().filter(|c| !is_combining_mark(*c)) {
        if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        } else if !matches!(c, '\'' | '’' | '‘' | '`') && !word.is_empty() {
            found.push(std::mem::take(&mut word));
        }
    }
    if !word.is_empty() {
        found.push(word);
    }
    found
}

/// A word without its English plural ending. Swahili plurals begin words and stand in the lexicon.
pub(super) fn stem(word: &str) -> String {
    const WHOLE: [&str; 9] = ["shorts", "glasses", "dress", "plus", "canvas", "gas", "bus", "lens", "adidas"];
    const SIBILANT: [&str; 5] = ["sses", "shes", "ches", "xes", "zzes"];
    if word.len() < 4 || !word.is_ascii() || WHOLE.contains(&word) {
        return word.to_owned();
    }
    if SIBILANT.iter().any(|ending| word.ends_with(ending)) {
        return word[..word.len() - 2].to_owned();
    }
    let singular = match word.strip_suffix('s') {
        Some(short) if !short.ends_with(['s', 'u', 'i']) => short,
        _ => word,
    };
    // "party" and "parties", "hoodie" and "hoodies" meet at "-y".
    match singular.strip_suffix("ie") {
        Some(start) if start.len() > 2 => format!("{start}y"),
        _ => singular.to_owned(),
    }
}

/// A code as it is compared: letters and digits in lower case, numbers without leading zeros, so that
/// `MB-002`, `mb 2` and `Mb002` are one.
pub(super) fn code_key(code: &str) -> String {
    let mut key = String::with_capacity(code.len());
    for c in code.nfkd().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase) {
        let leading_zero = key.ends_with('0') && !key[..key.len() - 1].ends_with(|p: char| p.is_ascii_digit());
        if c.is_ascii_digit() && leading_zero {
            key.pop();
        }
        key.push(c);
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_lose_case_accents_apostrophes_and_plurals() {
        assert_eq!(
            words("parties hoodies hoodie ladies accessories ties"),
            ["party", "hoody", "hoody", "lady", "accessory", "tie"]
        );
        assert_eq!(
            words("Men's BLACK  dresses, t-shirts & Fiancée’s shorts!"),
            ["men", "black", "dress", "t", "shirt", "fiancee", "shorts"]
        );
    }

    #[test]
    fn codes_compare_without_punctuation_and_leading_zeros() {
        for written in ["MB-002", "mb 2", "Mb002", "MB/02"] {
            assert_eq!(code_key(written), "mb2");
        }
        assert_eq!(code_key("MB-100"), "mb100");
        assert_eq!(code_key("A0B00"), "a0b0");
        assert_eq!(code_key("007"), "7");
    }
}
