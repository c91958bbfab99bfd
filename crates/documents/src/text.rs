//! Plain text: its encoding, what does not belong into it, its paragraphs.

use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use unicode_normalization::UnicodeNormalization;

use crate::{Passage, Place, Refusal, passages, questions};

/// Of so many characters one may be a control character in a text, and a few in any.
const PER_CONTROL: usize = 50;
const FEW_CONTROLS: usize = 4;

/// Text from bytes: UTF-8, UTF-16, or what Windows wrote before them.
pub(crate) fn decode(bytes: &[u8]) -> Result<String, Refusal> {
    let encoding = match (encoding_rs::Encoding::for_bom(bytes), zeros(bytes)) {
        (Some((encoding, _)), _) => encoding,
        (None, (even, odd)) if odd * 3 > bytes.len() && even * 20 < bytes.len() => UTF_16LE,
        (None, (even, odd)) if even * 3 > bytes.len() && odd * 20 < bytes.len() => UTF_16BE,
        (None, _) if std::str::from_utf8(bytes).is_ok() => UTF_8,
        (None, _) => WINDOWS_1252,
    };
    let (text, _, _) = encoding.decode(bytes);
    let controls = text.chars().filter(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}')).count();
    if controls > FEW_CONTROLS && controls * PER_CONTROL > text.chars().count() {
        return Err(Refusal::Other("a file of no known kind".into()));
    }
    Ok(clean(&text))
}

/// Zero bytes at even and at odd places: half of UTF-16 in Latin letters.
fn zeros(bytes: &[u8]) -> (usize, usize) {
    let at = |odd: usize| bytes.iter().skip(odd).step_by(2).filter(|b| **b == 0).count();
    (at(0), at(1))
}

/// Text without what only steers machines or hides from readers.
pub(crate) fn clean(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for c in text.nfc() {
        match c {
            '\n' | '\t' => clean.push(c),
            '\u{c}' => clean.push('\n'),
            '\u{a0}' | '\u{202f}' | '\u{2007}' => clean.push(' '),
            'ﬁ' => clean.push_str("fi"),
            'ﬂ' => clean.push_str("fl"),
            'ﬀ' => clean.push_str("ff"),
            'ﬃ' => clean.push_str("ffi"),
            'ﬄ' => clean.push_str("ffl"),
            // Marks of order and direction, of no width, private: what a reader would not see.
            '\u{ad}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{e000}'..='\u{f8ff}'
            | '\u{e0000}'..='\u{e0fff}'
            | '\u{fffd}' => {}
            c if c.is_control() => {}
            c => clean.push(c),
        }
    }
    clean
}

/// The first characters of a text.
pub(crate) fn beginning(text: &str, most: usize) -> &str {
    text.char_indices().nth(most).map_or(text, |(at, _)| &text[..at])
}

/// One line, with single spaces.
pub(crate) fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The passages of a text without structure of its own.
pub(crate) fn read(text: &str) -> Vec<Passage> {
    let mut found = Vec::new();
    cut(text, &Place::Whole, "", &mut found);
    found
}

/// Cuts text into passages: pairs of question and answer are one each, the rest is cut at paragraphs.
pub(crate) fn cut(text: &str, place: &Place, heading: &str, into: &mut Vec<Passage>) {
    for block in questions::blocks(text) {
        let question = block.question.map(|question| flat(&question));
        for (own, words) in sections(&block.text) {
            let path: Vec<&str> = [heading, own].into_iter().filter(|part| !part.is_empty()).collect();
            for text in passages::pieces(&paragraphs(&words)) {
                into.push(Passage {
                    place: place.clone(),
                    heading: path.join(" › "),
                    question: question.clone(),
                    text,
                });
            }
        }
    }
}

/// A line in so few letters may be a heading.
const HEADING: usize = 48;

/// The parts of a text under lines that look like headings: short, begun like a sentence and not ended like one, with
/// words after them.
fn sections(text: &str) -> Vec<(&str, String)> {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let mut found = vec![("", String::new())];
    for (at, line) in lines.iter().enumerate() {
        let (_, open) = found.last_mut().expect("there is always one");
        let begins = open.trim().is_empty() || at.checked_sub(1).is_none_or(|before| ends(lines[before]));
        let next = lines[at + 1..].iter().find(|next| !next.is_empty());
        if begins && is_heading(line) && next.is_some_and(|next| !is_heading(next) && starts(next)) {
            found.push((line, String::new()));
        } else {
            open.push_str(line);
            open.push('\n');
        }
    }
    found.retain(|(_, words)| !words.trim().is_empty());
    found
}

fn is_heading(line: &str) -> bool {
    let plain = line.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '&' | ',' | '-' | '\'' | '’' | '/'));
    let long = line.chars().count();
    plain && (3..=HEADING).contains(&long) && starts(line) && line.chars().any(char::is_alphabetic)
}

fn starts(line: &str) -> bool {
    line.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit())
}

/// Whether a paragraph may end with a line.
fn ends(line: &str) -> bool {
    line.is_empty() || line.ends_with(['.', '!', '?', ':', ';'])
}

/// The lines of each paragraph in one, as they were before a page broke them; items of a list stay lines.
fn paragraphs(text: &str) -> String {
    let mut out = String::new();
    let mut open = false;
    for line in text.lines().map(flat) {
        if line.is_empty() {
            open = false;
            continue;
        }
        let item = line.starts_with(['•', '-', '*', '–', '▪', '●']) || starts_with_number(&line);
        if !out.is_empty() {
            match (open, item) {
                // A word that was broken at the end of its line.
                (true, false) if out.ends_with('-') && line.starts_with(char::is_lowercase) => drop(out.pop()),
                (true, false) => out.push(' '),
                (true, true) => out.push('\n'),
                (false, _) => out.push_str("\n\n"),
            }
        }
        out.push_str(&line);
        open = true;
    }
    out
}

/// `1. ` or `2) `.
fn starts_with_number(line: &str) -> bool {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    (1..=3).contains(&digits)
        && matches!(line.as_bytes().get(digits), Some(b'.' | b')'))
        && line.as_bytes().get(digits + 1) == Some(&b' ')
}
