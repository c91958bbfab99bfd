//! A text as words that can be compared, whatever letters, digits and marks it is written with.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// What stands between a word and the one before it, the strongest last.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Gap {
    /// Nothing: `2.8k` is two words.
    None,
    Space,
    Hyphen,
    /// A comma, colon, bracket.
    Mark,
    /// The end of a sentence or line, or a pictogram.
    Stop,
}

/// One word, number or symbol of money.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Word {
    /// Lower case, without accents and apostrophes; digits of every script are `0` to `9`.
    pub(super) text: String,
    /// Bytes of the original text.
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) gap: Gap,
    /// Starts with a capital.
    pub(super) capital: bool,
    /// First of its line.
    pub(super) leads: bool,
    /// A plus, hash or minus sign stands directly before it.
    pub(super) sign: Option<char>,
    /// `/=` or `/-` directly behind it: an amount of shillings.
    pub(super) shillings: bool,
    pub(super) percent: bool,
    /// Belongs to a code, link or number that is read as a whole.
    pub(super) taken: bool,
}

impl Word {
    pub(super) fn is_number(&self) -> bool {
        self.text.starts_with(|c: char| c.is_ascii_digit())
    }
}

/// Words `from..to` that stand or fall together.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Span {
    pub(super) from: usize,
    pub(super) to: usize,
    /// It ends in a question mark.
    pub(super) asks: bool,
}

/// A text cut into words and sentences.
#[derive(Debug)]
pub(super) struct Text<'t> {
    pub(super) raw: &'t str,
    pub(super) words: Vec<Word>,
    pub(super) sentences: Vec<Span>,
}

impl<'t> Text<'t> {
    pub(super) fn read(raw: &'t str) -> Self {
        let words = Cutter::cut(raw);
        let sentences = sentences(raw, &words);
        Self { raw, words, sentences }
    }

    /// The word at `i`, or nothing past the end.
    pub(super) fn word(&self, i: usize) -> &str {
        self.words.get(i).map_or("", |word| &word.text)
    }

    /// The word `back` places before `i`.
    pub(super) fn before(&self, i: usize, back: usize) -> &str {
        i.checked_sub(back).map_or("", |at| self.word(at))
    }

    /// The words `from..to` as they are written.
    pub(super) fn written(&self, from: usize, to: usize) -> &'t str {
        match (self.words.get(from), to.checked_sub(1).and_then(|last| self.words.get(last))) {
            (Some(first), Some(last)) if first.start <= last.end => &self.raw[first.start..last.end],
            _ => "",
        }
    }

    /// The sentence that word `i` is in.
    pub(super) fn sentence(&self, i: usize) -> Span {
        let at = self.sentences.partition_point(|sentence| sentence.to <= i);
        self.sentences.get(at).copied().unwrap_or(Span { from: 0, to: self.words.len(), asks: false })
    }
}

/// Letters that may directly follow a number: `2.8k`, `500bob`, `3pm`, `2x`.
const BEHIND: [&str; 29] = [
    "k", "m", "bob", "sh", "shs", "ksh", "kshs", "kes", "usd", "ugx", "am", "pm", "hrs", "hr", "h", "min", "mins", "x",
    "pcs", "pc", "pieces", "st", "nd", "rd", "th", "days", "hours", "kg", "cm",
];
/// Letters that may directly precede a number: `Ksh2800`, `x2`.
const AHEAD: [&str; 10] = ["ksh", "kshs", "kes", "sh", "shs", "usd", "ugx", "x", "size", "no"];

struct Cutter {
    words: Vec<Word>,
    gap: Gap,
    sign: Option<char>,
    leads: bool,
}

impl Cutter {
    fn cut(raw: &str) -> Vec<Word> {
        let chars: Vec<(usize, char)> = raw.char_indices().filter(|(_, c)| !is_invisible(*c)).collect();
        let mut cutter = Self { words: Vec::with_capacity(raw.len() / 5), gap: Gap::Stop, sign: None, leads: true };
        let mut i = 0;
        while i < chars.len() {
            let (start, c) = chars[i];
            if c.is_alphanumeric() || is_combining_mark(c) {
                let mut to = i + 1;
                while to < chars.len() && joins(&chars, to) {
                    to += 1;
                }
                let (last, c) = chars[to - 1];
                let end = last + c.len_utf8();
                cutter.push_run(&raw[start..end], start, end);
                i = to;
                cutter.marks_behind(raw[end..].trim_start_matches(['*', '~']));
                continue;
            }
            cutter.mark(c, start);
            i += 1;
        }
        cutter.words
    }

    fn mark(&mut self, c: char, start: usize) {
        match c {
            '$' | '€' | '£' | '¥' => self.push(c.to_string(), start, start + c.len_utf8(), false),
            '+' | '#' | '@' => self.sign = Some(c),
            '\n' | '\r' => {
                self.gap = Gap::Stop;
                self.leads = true;
            }
            '.' | '!' | '?' | ';' | '…' | '•' => self.gap = Gap::Stop,
            ',' | ':' | '(' | ')' | '[' | ']' | '/' | '=' | '"' | '“' | '”' | '·' | '|' => {
                self.gap = self.gap.max(Gap::Mark);
            }
            '-' | '–' | '—' | '_' | '−' => self.gap = self.gap.max(Gap::Hyphen),
            _ if is_pictogram(c) => self.gap = Gap::Stop,
            _ => self.gap = self.gap.max(Gap::Space),
        }
        if !matches!(c, '+' | '#' | '@') && c != ' ' {
            self.sign = None;
        }
    }

    /// What directly behind a number says what it is.
    fn marks_behind(&mut self, rest: &str) {
        let Some(word) = self.words.last_mut().filter(|word| word.is_number()) else { return };
        word.shillings = rest.starts_with("/=") || rest.starts_with("/-");
        word.percent = rest.trim_start().starts_with(['%', '％', '٪']);
    }

    /// A run of letters and digits as words: numbers are cut from the letters they are known to be written with.
    fn push_run(&mut self, written: &str, start: usize, end: usize) {
        let text = fold(written);
        let capital = written.chars().next().is_some_and(char::is_uppercase);
        let digits = text.find(|c: char| c.is_ascii_digit());
        let Some(first) = digits else { return self.push(text, start, end, capital) };
        let last = text.rfind(|c: char| c.is_ascii_digit()).map_or(text.len(), |at| at + 1);
        let (ahead, number, behind) = (&text[..first], &text[first..last], &text[last..]);
        let splits = number.bytes().all(|b| b.is_ascii_digit() || b",.:/".contains(&b))
            && (ahead.is_empty() || AHEAD.contains(&ahead))
            && (behind.is_empty() || BEHIND.contains(&behind));
        if !splits {
            return self.push(text, start, end, capital);
        }
        // Places inside the run are exact for text of one byte a letter, which is what is cut here.
        let place = |at: usize| (start + at).min(end);
        let (from, to) = if text.len() == end - start { (place(first), place(last)) } else { (start, end) };
        let (ahead, number, behind) = (ahead.to_owned(), number.to_owned(), behind.to_owned());
        if !ahead.is_empty() {
            self.push(ahead, start, from.max(start), capital);
            self.gap = Gap::None;
        }
        self.push(number, from, to, false);
        if !behind.is_empty() {
            self.gap = Gap::None;
            self.push(behind, to.min(end), end, false);
        }
    }

    fn push(&mut self, text: String, start: usize, end: usize, capital: bool) {
        let (gap, sign, leads) = (self.gap, self.sign.take(), self.leads);
        let (shillings, percent, taken) = (false, false, false);
        self.words.push(Word { text, start, end, gap, capital, leads, sign, shillings, percent, taken });
        (self.gap, self.leads) = (Gap::Space, false);
    }
}

/// Whether the character at `at` goes on with the word: letters and digits, an apostrophe between letters, and the marks
/// inside `2,800`, `2.8`, `14:30` and `12/3`.
fn joins(chars: &[(usize, char)], at: usize) -> bool {
    let c = chars[at].1;
    if c.is_alphanumeric() || is_combining_mark(c) {
        return true;
    }
    let before = chars[at - 1].1;
    let Some((_, after)) = chars.get(at + 1).copied() else { return false };
    let between_digits = is_digit(before) && is_digit(after);
    match c {
        '\'' | '’' | '‘' | '`' | '´' => before.is_alphabetic() && after.is_alphabetic() || between_digits,
        ',' | '٬' | '，' => {
            let digits = chars[at + 1..].iter().take_while(|(_, c)| is_digit(*c)).count();
            let k = digits == 1 && chars.get(at + 2).is_some_and(|(_, c)| matches!(c, 'k' | 'K'));
            between_digits && (digits == 3 || k)
        }
        '.' | ':' | '/' | '⁄' | '．' | '٫' => between_digits,
        _ => false,
    }
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || !c.is_ascii() && c.is_numeric()
}

/// Marks that nobody sees, and those that only frame the character before: a keycap is the digit it shows.
const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{20e3}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '*' | '~')
}

fn is_pictogram(c: char) -> bool {
    let c = u32::from(c);
    (0x2600..0x27c0).contains(&c) || (0x1f000..0x1fb00).contains(&c) || matches!(c, 0x2b50 | 0x2b55 | 0x203c | 0x2049)
}

/// Lower case without accents and apostrophes, digits of every script as ASCII.
pub(super) fn fold(written: &str) -> String {
    if written.is_ascii() {
        let mut text = written.to_ascii_lowercase();
        text.retain(|c| !matches!(c, '\'' | '`' | '*' | '~'));
        return text;
    }
    let mut text = String::with_capacity(written.len());
    for c in written.nfkd() {
        match c {
            '\'' | '’' | '‘' | '`' | '´' => {}
            '٬' | '，' => text.push(','),
            '٫' | '．' => text.push('.'),
            '⁄' => text.push('/'),
            _ if is_combining_mark(c) || is_invisible(c) => {}
            _ => match decimal(c) {
                Some(digit) => text.push(digit),
                None => text.extend(c.to_lowercase()),
            },
        }
    }
    text
}

/// The digit that a decimal digit of another script stands for.
fn decimal(c: char) -> Option<char> {
    /// Where the tens of decimal digits begin that compatibility forms do not cover.
    const ZEROS: [u32; 20] = [
        0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0xf20,
        0x1040, 0x17e0, 0x1810, 0x19d0, 0x1a80,
    ];
    let code = u32::from(c);
    let zero = ZEROS.iter().rev().find(|zero| **zero <= code)?;
    char::from_digit(code - zero, 10).filter(|_| code - zero < 10)
}

fn sentences(raw: &str, words: &[Word]) -> Vec<Span> {
    let mut sentences = Vec::new();
    let mut from = 0;
    for to in 1..=words.len() {
        if words.get(to).is_none_or(|word| word.gap == Gap::Stop) {
            let next = words.get(to).map_or(raw.len(), |word| word.start);
            let asks = raw[words[to - 1].end..next].contains(['?', '？']);
            let asked = if asks { question(raw, words, from, to) } else { from };
            if asked > from {
                sentences.push(Span { from, to: asked, asks: false });
            }
            sentences.push(Span { from: asked, to, asks });
            from = to;
        }
    }
    sentences
}

/// Where the question in `from..to` begins: "it is there, shall I add it?" states something first.
fn question(raw: &str, words: &[Word], from: usize, to: usize) -> usize {
    const STARTS: [&str; 26] = [
        "shall",
        "should",
        "do",
        "does",
        "would",
        "will",
        "want",
        "which",
        "what",
        "can",
        "could",
        "je",
        "nikuwekee",
        "niiweke",
        "tuendelee",
        "tumalize",
        "ungependa",
        "unataka",
        "unapenda",
        "nikutafutie",
        "right",
        "sawa",
        "where",
        "niweke",
        "ni",
        "nikubookie",
    ];
    let begins = |at: &usize| {
        let comma = raw[words[at - 1].end..words[*at].start].contains([',', ';', '–', '—', ':']);
        comma && STARTS.contains(&&*words[*at].text)
    };
    (from + 1..to).rev().find(begins).unwrap_or(from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<String> {
        Text::read(text).words.into_iter().map(|word| word.text).collect()
    }

    #[test]
    fn digits_of_every_script_and_dress_are_digits() {
        for text in ["2800", "２８００", "٢٨٠٠", "۲۸۰۰", "2️⃣8️⃣0️⃣0️⃣", "2\u{200b}800", "𝟐𝟖𝟎𝟎"]
        {
            assert_eq!(cut(text), ["2800"], "{text}");
        }
    }

    #[test]
    fn numbers_are_cut_from_the_letters_they_are_written_with() {
        assert_eq!(
            cut("Ksh2,800 2.8k 500bob 3pm KARIBU10 MB-002"),
            ["ksh", "2,800", "2.8", "k", "500", "bob", "3", "pm", "karibu10", "mb", "002"]
        );
        assert_eq!(cut("it's *2 800*/="), ["its", "2", "800"]);
    }

    #[test]
    fn sentences_end_with_marks_lines_and_pictograms() {
        let text = Text::read("Iko. Nikuwekee? 😊 Sawa\n1. A – KES 5");
        let spans: Vec<(&str, bool)> = text.sentences.iter().map(|s| (text.written(s.from, s.to), s.asks)).collect();
        assert_eq!(spans, [("Iko", false), ("Nikuwekee", true), ("Sawa", false), ("1", false), ("A – KES 5", false)]);
    }
}
