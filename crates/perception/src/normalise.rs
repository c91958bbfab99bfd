//! From the text as typed to words that can be looked up.
//!
//! Every word keeps its place in the original text, so that names, places and codes can be quoted as written.

use std::{collections::HashMap, sync::LazyLock};

use unicode_normalization::UnicodeNormalization;

use crate::lexicon;

/// Only so many characters are read: a customer's wish stands at the start, and work stays bounded.
pub(crate) const MAX_CHARS: usize = 1_000;
/// More words than this are not read.
const MAX_WORDS: usize = 240;

/// What stands between a word and the one before it, strongest last.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Gap {
    Space,
    Hyphen,
    Comma,
    Stop,
}

/// One word, number or pictogram.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    /// Lower case, without accents and apostrophes, abbreviations written out.
    pub(crate) text: String,
    /// Byte range in the original text.
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// What stands before it.
    pub(crate) gap: Gap,
    /// `#` stands directly before it.
    pub(crate) hash: bool,
    /// `/=` or `/-` stands directly behind it: an amount of shillings.
    pub(crate) shillings: bool,
    /// Starts with a capital.
    pub(crate) capital: bool,
    /// Two or more letters, all capitals.
    pub(crate) shouted: bool,
}

impl Token {
    pub(crate) fn is_number(&self) -> bool {
        self.text.starts_with(|c: char| c.is_ascii_digit())
    }
}

/// A message cut into words.
#[derive(Clone, Debug)]
pub(crate) struct Message<'t> {
    /// The part of the text that is read.
    pub(crate) raw: &'t str,
    pub(crate) tokens: Vec<Token>,
}

impl<'t> Message<'t> {
    pub(crate) fn read(text: &'t str) -> Self {
        let end = text.char_indices().nth(MAX_CHARS).map_or(text.len(), |(at, _)| at);
        let raw = &text[..end];
        Self { raw, tokens: tokenise(raw) }
    }

    /// The same message, only the words `from..to`; places stay those of the whole text.
    pub(crate) fn part(&self, from: usize, to: usize) -> Self {
        Self { raw: self.raw, tokens: self.tokens[from..to].to_vec() }
    }

    /// The word at `i`, or nothing past the end.
    pub(crate) fn word(&self, i: usize) -> &str {
        self.tokens.get(i).map_or("", |t| t.text.as_str())
    }

    /// The word `back` places before `i`.
    pub(crate) fn before(&self, i: usize, back: usize) -> &str {
        i.checked_sub(back).map_or("", |at| self.word(at))
    }

    /// The original text of the words `from..to`.
    pub(crate) fn written(&self, from: usize, to: usize) -> &'t str {
        match (self.tokens.get(from), to.checked_sub(1).and_then(|last| self.tokens.get(last))) {
            (Some(first), Some(last)) if first.start <= last.end => &self.raw[first.start..last.end],
            _ => "",
        }
    }

    /// Whether a question mark stands behind the last word read or anywhere in the text of the words.
    pub(crate) fn asks(&self) -> bool {
        let (Some(first), Some(last)) = (self.tokens.first(), self.tokens.last()) else {
            return self.raw.contains('?');
        };
        let tail = self.raw[last.end..].chars().take_while(|c| !c.is_alphanumeric());
        self.raw[first.start..last.end].contains('?') || tail.into_iter().any(|c| c == '?')
    }
}

static ABBREVIATIONS: LazyLock<HashMap<&'static str, &'static str>> =
    LazyLock::new(|| lexicon::pairs(include_str!("../data/abbreviations.tsv")).collect());

/// Letters directly joined to a number that are words of their own: `500bob`, `ksh500`, `size38`.
const JOINED_BEHIND: [&str; 10] = ["x", "bob", "sh", "shs", "ksh", "kes", "pcs", "pc", "pieces", "na"];
const JOINED_BEFORE: [&str; 8] = ["x", "ksh", "kshs", "kes", "sh", "size", "sz", "saizi"];

fn tokenise(raw: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let chars: Vec<(usize, char)> = raw.char_indices().collect();
    let mut gap = Gap::Space;
    let mut hash = false;
    let mut i = 0;
    while i < chars.len() && tokens.len() < MAX_WORDS {
        let (start, c) = chars[i];
        if c.is_alphanumeric() {
            let mut j = i + 1;
            while j < chars.len() && joins(&chars, j) {
                j += 1;
            }
            let end = chars.get(j).map_or(raw.len(), |(at, _)| *at);
            push_words(&mut tokens, raw, start, end, gap, hash);
            if let Some(last) = tokens.last_mut() {
                last.shillings = raw[end..].starts_with("/=") || raw[end..].starts_with("/-");
                if last.shillings {
                    j += 2;
                }
            }
            (gap, hash, i) = (Gap::Space, false, j);
            continue;
        }
        match c {
            '#' => hash = true,
            '\n' | '\r' | '.' | '!' | '?' | ';' => gap = gap.max(Gap::Stop),
            ',' | ':' | '(' | ')' | '+' | '&' | '/' | '=' | '"' => gap = gap.max(Gap::Comma),
            '-' | '_' | '–' | '—' => gap = gap.max(Gap::Hyphen),
            _ => {}
        }
        if c == '&' || (c == '+' && chars.get(i + 1).is_some_and(|(_, n)| *n == ' ')) {
            push(&mut tokens, "and".into(), raw, start, start + c.len_utf8(), Gap::Space, false);
        } else if is_pictogram(c) {
            push(&mut tokens, c.to_string(), raw, start, start + c.len_utf8(), gap, false);
            gap = Gap::Space;
        }
        i += 1;
    }
    tokens
}

/// Whether the character at `j` continues the word: letters and digits do, an apostrophe between letters does,
/// and so do the marks inside `2,500`, `2.5k`, `3:30` and `12/3`.
fn joins(chars: &[(usize, char)], j: usize) -> bool {
    let c = chars[j].1;
    if c.is_alphanumeric() || is_combining(c) {
        return true;
    }
    let (before, after) = (chars[j - 1].1, chars.get(j + 1).map(|(_, c)| *c));
    let Some(after) = after else { return false };
    match c {
        '\'' | '’' | '‘' | '`' | '´' => before.is_alphabetic() && after.is_alphabetic(),
        ',' => {
            // only as a separator of thousands, so that "1,3" stays two choices
            let digits = chars[j + 1..].iter().take_while(|(_, c)| c.is_ascii_digit()).count();
            before.is_ascii_digit() && digits == 3
        }
        '.' | ':' | '/' => before.is_ascii_digit() && after.is_ascii_digit(),
        _ => false,
    }
}

fn is_combining(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

fn is_pictogram(c: char) -> bool {
    let c = u32::from(c);
    (0x2600..0x27c0).contains(&c) || (0x1f000..0x1fb00).contains(&c) || c == 0x2b50
}

fn push_words(tokens: &mut Vec<Token>, raw: &str, start: usize, end: usize, gap: Gap, hash: bool) {
    let word = fold(&raw[start..end]);
    let split = word.find(|c: char| c.is_ascii_digit()).and_then(|at| {
        let digits_end = word.rfind(|c: char| c.is_ascii_digit()).map_or(word.len(), |d| d + 1);
        let (head, tail) = (&word[..at], &word[digits_end..]);
        let numeric = word[at..digits_end].chars().all(|c| c.is_ascii_digit() || ",.".contains(c));
        let known =
            (head.is_empty() || JOINED_BEFORE.contains(&head)) && (tail.is_empty() || JOINED_BEHIND.contains(&tail));
        let splits = numeric && known && (!head.is_empty() || !tail.is_empty());
        // places are those of the whole when folding changed the length
        (splits && word.len() == end - start).then_some((at, digits_end))
    });
    match split {
        Some((at, digits_end)) => {
            let cuts = [(0, at), (at, digits_end), (digits_end, word.len())];
            for (from, to) in cuts.into_iter().filter(|(from, to)| from < to) {
                push(tokens, word[from..to].to_owned(), raw, start + from, start + to, gap, hash);
            }
        }
        None if word == "pesa" && tokens.last().is_some_and(|t| t.text == "m" && t.end + 1 >= start) => {
            let last = tokens.last_mut().expect("just looked at");
            last.text = "mpesa".into();
            last.end = end;
            last.shouted = false;
        }
        None => push(tokens, word, raw, start, end, gap, hash),
    }
}

fn push(tokens: &mut Vec<Token>, word: String, raw: &str, start: usize, end: usize, gap: Gap, hash: bool) {
    let written = &raw[start..end];
    let letters = written.chars().filter(|c| c.is_alphabetic()).count();
    let shouted = letters >= 2 && !written.chars().any(char::is_lowercase);
    let capital = written.starts_with(char::is_uppercase);
    let text = with_s(shorten(word));
    let mut gap = gap;
    for (i, part) in ABBREVIATIONS.get(text.as_str()).copied().unwrap_or(&text).split(' ').enumerate() {
        if i > 0 {
            gap = Gap::Space;
        }
        tokens.push(Token { text: part.to_owned(), start, end, gap, hash, shillings: false, capital, shouted });
    }
}

/// Lower case ASCII where there is one: accents, full-width and mathematical letters, apostrophes.
fn fold(written: &str) -> String {
    if written.is_ascii() {
        let mut word = written.to_ascii_lowercase();
        word.retain(|c| c != '\'' && c != '`');
        return word;
    }
    let plain = written.nfkd().filter(|c| !is_combining(*c) && !matches!(c, '\'' | '’' | '‘' | '`' | '´'));
    plain.flat_map(char::to_lowercase).collect()
}

/// Undoes the fashion of writing x for s: `kexho` is `kesho`.
fn with_s(word: String) -> String {
    if word.len() < 4 || !word.contains('x') || lexicon::is_known_word(&word) {
        return word;
    }
    let plain = word.replace('x', "s");
    if lexicon::is_known_word(&plain) { plain } else { word }
}

/// Undoes the drawing out of letters: `saaana` is `sana`, `pleeease` is `please`, `goood` is `good`.
fn shorten(word: String) -> String {
    let chars: Vec<char> = word.chars().collect();
    let drawn = chars.windows(3).any(|w| w[0] == w[1] && w[1] == w[2] && w[0].is_alphabetic());
    // XXXL is a size
    let size = word.trim_start_matches('x');
    // Nor is one letter again and again a word drawn out.
    let noise = chars.iter().all(|c| *c == chars[0]);
    if !drawn || noise || matches!(size, "l" | "s" | "large") {
        return word;
    }
    let keep = |runs: usize| {
        let mut out = String::with_capacity(word.len());
        let mut i = 0;
        while i < chars.len() {
            let run = chars[i..].iter().take_while(|c| **c == chars[i]).count();
            out.extend(std::iter::repeat_n(chars[i], if run >= 3 && chars[i].is_alphabetic() { runs } else { run }));
            i += run;
        }
        out
    };
    let (single, double) = (keep(1), keep(2));
    if !lexicon::is_known_word(&single) && lexicon::is_known_word(&double) { double } else { single }
}
