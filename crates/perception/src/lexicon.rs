//! Tables of words and phrases, read once from the data files.

use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use crate::normalise::Message;

/// Lines of a data file as two columns, comments and blank lines left out.
pub(crate) fn pairs(text: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    text.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t')).map(|(k, v)| (k.trim(), v.trim()))
}

/// Phrases of one kind, each with its canonical value. A file has a line a value:
/// `value<TAB>phrase|phrase|…`, phrases in normal form (lower case, spaces for hyphens).
pub(crate) struct Phrases {
    by_first_word: HashMap<&'static str, Vec<Phrase>>,
    /// Words with one letter left out, for single typos.
    misspelt: HashMap<String, &'static str>,
}

struct Phrase {
    rest: Vec<&'static str>,
    value: &'static str,
}

/// A phrase found in a message.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Found {
    pub(crate) value: &'static str,
    /// How many words it takes.
    pub(crate) len: usize,
}

impl Phrases {
    pub(crate) fn parse(text: &'static str) -> Self {
        let mut by_first_word: HashMap<&'static str, Vec<Phrase>> = HashMap::new();
        for (value, phrases) in pairs(text) {
            for phrase in phrases.split('|') {
                let mut words = phrase.split_whitespace();
                if let Some(first) = words.next() {
                    by_first_word.entry(first).or_default().push(Phrase { rest: words.collect(), value });
                }
            }
        }
        for phrases in by_first_word.values_mut() {
            phrases.sort_by_key(|p| std::cmp::Reverse(p.rest.len()));
        }
        let mut misspelt = HashMap::new();
        let mut single: Vec<_> = by_first_word.iter().filter(|(_, p)| p.iter().any(|p| p.rest.is_empty())).collect();
        single.sort_by_key(|(word, _)| **word);
        for (word, _) in single.into_iter().filter(|(w, _)| w.len() >= 6 && w.is_ascii()) {
            for cut in 1..word.len() {
                misspelt.entry(format!("{}{}", &word[..cut], &word[cut + 1..])).or_insert(*word);
            }
        }
        Self { by_first_word, misspelt }
    }

    /// The longest phrase that starts at word `i`.
    pub(crate) fn at(&self, message: &Message<'_>, i: usize) -> Option<Found> {
        let phrases = self.by_first_word.get(message.word(i))?;
        let fits = |p: &&Phrase| p.rest.iter().enumerate().all(|(k, w)| message.word(i + 1 + k) == *w);
        phrases.iter().find(fits).map(|p| Found { value: p.value, len: p.rest.len() + 1 })
    }

    /// The values of every phrase that starts at word `i`.
    pub(crate) fn all_at<'m>(&'m self, message: &'m Message<'_>, i: usize) -> impl Iterator<Item = &'static str> + 'm {
        let phrases = self.by_first_word.get(message.word(i)).map_or(&[][..], Vec::as_slice);
        let fits = move |p: &&Phrase| p.rest.iter().enumerate().all(|(k, w)| message.word(i + 1 + k) == *w);
        phrases.iter().filter(fits).map(|p| p.value)
    }

    /// As [`Self::at`], and if nothing fits, the one word it may be a slip of (a letter too few, too many, or
    /// another). Words of any language's list are never taken for slips.
    pub(crate) fn near(&self, message: &Message<'_>, i: usize) -> Option<Found> {
        self.at(message, i).or_else(|| {
            let word = message.word(i);
            if word.len() < 5 || !word.is_ascii() || is_known_word(word) || word.bytes().any(|b| b.is_ascii_digit()) {
                return None;
            }
            let candidate = self.misspelt.get(word).copied().or_else(|| {
                (1..word.len()).find_map(|cut| {
                    let shorter = format!("{}{}", &word[..cut], &word[cut + 1..]);
                    match self.by_first_word.get_key_value(shorter.as_str()) {
                        Some((key, _)) if key.len() >= 5 => Some(*key),
                        _ => self.misspelt.get(&shorter).copied(),
                    }
                })
            })?;
            let phrase = self.by_first_word.get(candidate)?.iter().find(|p| p.rest.is_empty())?;
            Some(Found { value: phrase.value, len: 1 })
        })
    }

    /// Whether a phrase starts anywhere in the message; the first of them.
    pub(crate) fn anywhere(&self, message: &Message<'_>) -> Option<(usize, Found)> {
        (0..message.tokens.len()).find_map(|i| self.at(message, i).map(|f| (i, f)))
    }

    /// Every single word of the table.
    pub(crate) fn words(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.by_first_word
            .iter()
            .flat_map(|(w, phrases)| std::iter::once(*w).chain(phrases.iter().flat_map(|p| p.rest.iter().copied())))
    }
}

macro_rules! tables {
    ($($(#[doc = $doc:literal])+ $name:ident = $file:literal;)+) => {
        $($(#[doc = $doc])+ pub(crate) static $name: LazyLock<Phrases> =
            LazyLock::new(|| Phrases::parse(include_str!(concat!("../data/", $file))));)+
    };
}

tables! {
    /// Garments and goods.
    PRODUCTS = "products.tsv";
    /// Colours and shades.
    COLOURS = "colours.tsv";
    /// What the clothes are for.
    OCCASIONS = "occasions.tsv";
    /// Services that can be booked.
    SERVICES = "services.tsv";
    /// Women, men, kids.
    AUDIENCES = "audiences.tsv";
    /// Languages by name.
    LANGUAGES = "language-names.tsv";
    /// Towns, estates, landmarks.
    PLACES = "places.tsv";
    /// Words that lead into or out of an address, and words of collecting in person.
    PLACE_WORDS = "place-words.tsv";
    /// Weekdays, months, parts of the day.
    CALENDAR = "calendar.tsv";
    /// Words that say what an amount of money is.
    MONEY_WORDS = "money-words.tsv";
    /// Words of each language: `en`, `sw`, `sheng`, `neutral`.
    WORDS = "words.tsv";
    /// How the customer sounds.
    MOODS = "moods.tsv";
    /// Phrases that say an intent by themselves.
    RULES = "rules.tsv";
}

static KNOWN: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let tables = [&*PRODUCTS, &*COLOURS, &*OCCASIONS, &*SERVICES, &*CALENDAR, &*WORDS, &*MONEY_WORDS];
    tables.into_iter().flat_map(Phrases::words).collect()
});

/// Whether any word list has the word.
pub(crate) fn is_known_word(word: &str) -> bool {
    KNOWN.contains(word)
}
