//! Ways to claim something, read from `claims.tsv`.

use std::{collections::HashMap, sync::LazyLock};

use super::text::{Gap, Span, Text};

/// One word of a pattern.
#[derive(Debug)]
enum Piece {
    /// One of these words.
    Words(Vec<&'static str>),
    /// A word that begins so.
    Begins(&'static str),
    /// A Swahili verb of this stem whose action is complete: `nimekuwekea`, `imelipwa`.
    Done(&'static str),
    /// Up to so many words of any kind.
    Gap(usize),
}

#[derive(Debug)]
struct Pattern {
    claim: &'static str,
    pieces: Vec<Piece>,
}

/// All ways to claim something, by what they begin with.
#[derive(Debug, Default)]
pub(super) struct Patterns {
    by_word: HashMap<&'static str, Vec<usize>>,
    /// Those that begin with the beginning of a word or a verb.
    open: Vec<usize>,
    patterns: Vec<Pattern>,
}

/// A claim that was found, by its name in `claims.tsv`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Claim {
    pub(super) name: &'static str,
    pub(super) from: usize,
    pub(super) to: usize,
}

impl Patterns {
    pub(super) fn get() -> &'static Self {
        static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| Patterns::parse(include_str!("claims.tsv")));
        &PATTERNS
    }

    fn parse(file: &'static str) -> Self {
        let mut all = Self::default();
        let rows = file.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'));
        for (claim, phrases) in rows {
            for phrase in phrases.split('|').map(str::trim).filter(|phrase| !phrase.is_empty()) {
                let pieces: Vec<Piece> = phrase.split(' ').map(piece).collect();
                let at = all.patterns.len();
                match pieces.first() {
                    Some(Piece::Words(words)) => {
                        words.iter().for_each(|word| all.by_word.entry(word).or_default().push(at));
                    }
                    _ => all.open.push(at),
                }
                all.patterns.push(Pattern { claim, pieces });
            }
        }
        all
    }

    /// Every claim in the words `span`, in the order of where they begin.
    pub(super) fn find(&self, text: &Text<'_>, span: Span) -> Vec<Claim> {
        let mut found = Vec::new();
        for from in span.from..span.to {
            let verb = is_verb(text.word(from));
            let own = self.by_word.get(text.word(from)).map_or(&[][..], Vec::as_slice);
            let open = if verb { &self.open[..] } else { &[] };
            for at in own.iter().chain(open) {
                let pattern = &self.patterns[*at];
                let claim = |to| Claim { name: pattern.claim, from, to };
                found.extend(ends(text, &pattern.pieces, from, span.to).map(claim));
            }
        }
        found
    }
}

fn piece(word: &'static str) -> Piece {
    if let Some(stem) = word.strip_prefix('^') {
        Piece::Done(stem)
    } else if let Some(start) = word.strip_prefix('~') {
        Piece::Begins(start)
    } else if word.bytes().all(|b| b == b'*') {
        Piece::Gap(2 * word.len())
    } else {
        Piece::Words(word.split('/').collect())
    }
}

/// Where a pattern that begins at a word ends, if it is there.
fn ends(text: &Text<'_>, pieces: &[Piece], at: usize, end: usize) -> Option<usize> {
    let Some((piece, rest)) = pieces.split_first() else { return Some(at) };
    if let Piece::Gap(most) = piece {
        return (0..=*most).find_map(|skipped| ends(text, rest, at + skipped, end));
    }
    let word = text.words.get(at).filter(|_| at < end)?;
    let fits = match piece {
        Piece::Words(words) => words.contains(&&*word.text),
        Piece::Begins(start) => word.text.starts_with(start),
        Piece::Done(stem) => done(&word.text).is_some_and(|verb| has_stem(verb, stem)),
        Piece::Gap(_) => true,
    };
    if fits { ends(text, rest, at + 1, end) } else { None }
}

/// Whether a word may be a verb that a pattern begins with.
fn is_verb(word: &str) -> bool {
    word.len() >= 5
}

/// What follows subject and tense of a Swahili verb whose action is complete.
fn done(word: &str) -> Option<&str> {
    const SUBJECTS: [&str; 16] =
        ["ni", "tu", "u", "m", "i", "zi", "a", "wa", "li", "ya", "ki", "vi", "ku", "pa", "sha", ""];
    SUBJECTS.iter().find_map(|subject| {
        let rest = word.strip_prefix(subject)?.strip_prefix("me")?;
        Some(rest.strip_prefix("sha").filter(|rest| rest.len() > 2).unwrap_or(rest))
    })
}

/// Whether a verb has a stem, perhaps behind whom it is done to: `kuwekea`, `iweka`, `weka`.
fn has_stem(verb: &str, stem: &str) -> bool {
    const OBJECTS: [&str; 11] = ["ku", "i", "zi", "ki", "vi", "ni", "tu", "wa", "ya", "li", "m"];
    verb.starts_with(stem)
        || OBJECTS.iter().any(|object| verb.strip_prefix(object).is_some_and(|rest| rest.starts_with(stem)))
}

/// What the words around a claim make of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Mood {
    pub(super) negated: bool,
    /// It is asked, or depends on something.
    pub(super) open: bool,
}

/// How a claim is meant: what is asked, denied, or said for a case is not said to be so.
pub(super) fn mood(text: &Text<'_>, span: Span, from: usize, to: usize) -> Mood {
    let clause = clause(text, span, from);
    let negated =
        text.words[clause..to].iter().any(|word| is_negation(&word.text)) || matches!(text.word(to), "yet" | "bado");
    let open =
        span.asks || text.words[span.from..from].iter().any(|word| is_condition(&word.text)) || depends(text, span, to);
    Mood { negated, open }
}

/// Where the clause that a word is in begins.
fn clause(text: &Text<'_>, span: Span, at: usize) -> usize {
    const TURNS: [&str; 9] = ["but", "lakini", "ila", "bali", "however", "though", "alafu", "then", "so"];
    (span.from..=at)
        .rev()
        .find(|i| *i == span.from || text.words[*i].gap >= Gap::Mark || TURNS.contains(&text.word(*i)))
        .unwrap_or(span.from)
}

/// Whether a condition follows: "… once you confirm".
fn depends(text: &Text<'_>, span: Span, to: usize) -> bool {
    (to..span.to.min(to + 4)).any(|i| {
        matches!(
            text.word(i),
            "once" | "if" | "when" | "after" | "unless" | "ukilipa" | "ukishalipa" | "ukithibitisha" | "ukisema"
        )
    })
}

pub(super) fn is_negation(word: &str) -> bool {
    const WORDS: [&str; 36] = [
        "not", "no", "never", "nothing", "none", "isnt", "arent", "wasnt", "werent", "cant", "cannot", "couldnt",
        "dont", "doesnt", "didnt", "havent", "hasnt", "wont", "wouldnt", "without", "aint", "neither", "nor", "si",
        "sio", "siyo", "hakuna", "hatuna", "sina", "haina", "haiko", "haziko", "hapana", "bado", "bila", "hazina",
    ];
    const BEGINNINGS: [&str; 14] = [
        "haija", "hatuja", "sija", "hazija", "huja", "hauja", "hawaja", "haja", "hatu", "hai", "hazi", "siwezi", "hau",
        "usi",
    ];
    WORDS.contains(&word) || word.len() > 4 && BEGINNINGS.iter().any(|start| word.starts_with(start))
}

fn is_condition(word: &str) -> bool {
    const WORDS: [&str; 33] = [
        "if", "before", "kabla", "instead", "once", "when", "whenever", "after", "unless", "until", "shall", "should",
        "could", "would", "may", "might", "want", "till", "kama", "ikiwa", "endapo", "pindi", "baada", "mara", "je",
        "say", "sema", "reply", "jibu", "andika", "write", "soon", "upon",
    ];
    const BEGINNINGS: [&str; 9] = ["uki", "iki", "ziki", "tuki", "waki", "niki", "ukisha", "ikisha", "moment"];
    WORDS.contains(&word) || word.len() > 4 && BEGINNINGS.iter().any(|start| word.starts_with(start))
}
