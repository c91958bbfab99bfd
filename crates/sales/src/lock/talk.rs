//! Free words: what a model says besides the claims that are read in it.
//!
//! [`super::check`] finds what it knows to be a claim. Whoever words a reply freely can claim in ways nobody thought of, so
//! here it is the other way round: each word has to be one of plain talk (`plain.tsv`), the name of something that the
//! turn is about, or a word of a source (what the shop decided to say, its own documents), and what a source says has to be
//! said with the source's figures and its yes or no. What cannot be accounted for is not sent.

use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use duka_shop::search::{colour_named, kind_named};

use super::{
    Breach, BreachKind, Facts,
    codes::codes,
    figures::{Counts, Figure, figures},
    patterns::is_negation,
    products::{Mention, mentions},
    text::{Span, Text},
};

/// What free words may rest on besides the facts.
#[derive(Clone, Copy, Debug)]
pub struct Sources<'a> {
    /// What the templates would say.
    pub decided: &'a str,
    /// What the shop's documents say about it.
    pub passages: &'a [String],
    /// What the customer wrote: no fact, but its words may be taken up where nothing is said of the shop.
    pub asked: &'a str,
}

/// Whether everything that is freely worded can be accounted for.
///
/// # Errors
/// Every word that cannot.
pub fn check_talk(text: &str, facts: &Facts<'_>, sources: Sources<'_>) -> Result<(), Vec<Breach>> {
    let known = Known::of(facts, sources);
    let mut text = Text::read(text);
    codes(&mut text);
    let numbers = figures(&text, facts.shop.currency.code());
    let mut breaches = Vec::new();
    for span in &text.sentences {
        let sentence = Sentence::of(&text, *span, &numbers, &known);
        breaches.extend(
            sentence
                .unaccounted()
                .into_iter()
                .map(|(kind, from, to)| Breach { kind, said: text.written(from, to).to_owned() }),
        );
    }
    if breaches.is_empty() { Ok(()) } else { Err(breaches) }
}

/// A sentence of a source.
struct Told {
    words: HashSet<String>,
    /// Those of them that say something.
    telling: HashSet<String>,
    figures: Vec<i64>,
    negated: bool,
}

/// What words may be accounted for by.
struct Known<'f> {
    facts: &'f Facts<'f>,
    told: Vec<Told>,
    asked: HashSet<String>,
    /// Who speaks and who is spoken to.
    names: HashSet<String>,
}

impl<'f> Known<'f> {
    fn of(facts: &'f Facts<'f>, sources: Sources<'_>) -> Self {
        let currency = facts.shop.currency.code();
        let mut told = Vec::new();
        for source in std::iter::once(sources.decided).chain(sources.passages.iter().map(String::as_str)) {
            let mut text = Text::read(source);
            codes(&mut text);
            let numbers = figures(&text, currency);
            told.extend(text.sentences.iter().map(|span| {
                let words: HashSet<String> =
                    text.words[span.from..span.to].iter().map(|word| word.text.clone()).collect();
                let figures: Vec<i64> = inside(&numbers, *span).map(|figure| figure.value).collect();
                let telling = words.iter().filter(|word| tells(word)).cloned().collect();
                Told { telling, words, figures, negated: is_negated(&text, *span) }
            }));
        }
        let words = |source: &str| Text::read(source).words.into_iter().map(|word| word.text);
        let asked = words(sources.asked).collect();
        let own = facts.shop.personality.name.as_deref().unwrap_or_default();
        let names = [facts.shop.name.as_str(), own, facts.customer].into_iter().flat_map(words).collect();
        Self { facts, told, asked, names }
    }
}

/// Whether a word says something by itself: it is no plain talk and no number.
fn tells(word: &str) -> bool {
    let lists = Lists::get();
    !word.starts_with(|c: char| c.is_ascii_digit()) && !lists.is_plain(word) && !lists.style.contains(word)
}

/// A word, and the same in singular or plural.
fn forms(word: &str) -> impl Iterator<Item = String> {
    let singular = word.strip_suffix('s').map(str::to_owned);
    [Some(word.to_owned()), Some(format!("{word}s")), singular].into_iter().flatten()
}

/// A sentence of free words.
struct Sentence<'s> {
    text: &'s Text<'s>,
    span: Span,
    figures: Vec<Figure>,
    mentions: Vec<Mention>,
    /// It asks, or asks to be told.
    asks: bool,
    /// The sentences of sources that it says again.
    told: Vec<&'s Told>,
    known: &'s Known<'s>,
}

impl<'s> Sentence<'s> {
    fn of(text: &'s Text<'s>, span: Span, numbers: &[Figure], known: &'s Known<'s>) -> Self {
        let figures: Vec<Figure> = inside(numbers, span).copied().collect();
        let mentions = mentions(known.facts, text, span.from, span.to);
        let told = known.told.iter().filter(|told| says_again(text, span, &figures, told)).collect();
        const TELL: [&str; 7] = ["tell", "niambie", "nishow", "nitajie", "nieleze", "chagua", "choose"];
        let asks = span.asks || text.words[span.from..span.to].iter().any(|word| TELL.contains(&&*word.text));
        Self { text, span, figures, mentions, asks, told, known }
    }

    /// What is said without anything to rest on, and where.
    fn unaccounted(&self) -> Vec<(BreachKind, usize, usize)> {
        let mut found: Vec<_> = self
            .figures
            .iter()
            .filter(|figure| !self.has_figure(figure))
            .map(|figure| (BreachKind::Amount, figure.from, figure.to))
            .collect();
        for at in self.span.from..self.span.to {
            let in_figure = self.figures.iter().any(|figure| (figure.from..figure.to).contains(&at));
            if !in_figure && !self.text.words[at].taken && !self.is_accounted(at) {
                found.push((BreachKind::Unknown, at, at + 1));
            }
        }
        found
    }

    /// A figure of a source, a price of the one product that is meant, or "one".
    fn has_figure(&self, figure: &Figure) -> bool {
        const ONE: i64 = 100;
        let counts_one = figure.value == ONE && figure.counts == Counts::Nothing;
        counts_one
            || self.told.iter().any(|told| told.figures.contains(&figure.value))
            || self.meant().is_some_and(|goods| {
                goods.iter().all(|good| self.known.facts.goods[*good].amounts.contains(&figure.value))
            })
    }

    /// The products that the sentence is about: those it names last, or the only one there is.
    fn meant(&self) -> Option<Vec<usize>> {
        let facts = self.known.facts;
        match self.mentions.as_slice() {
            [] if facts.goods.len() == 1 => Some(vec![0]),
            [] => self.by_colour(),
            mentions => Some(mentions.iter().flat_map(|mention| mention.goods.iter().copied()).collect()),
        }
    }

    /// "The blue one".
    fn by_colour(&self) -> Option<Vec<usize>> {
        let words = &self.text.words[self.span.from..self.span.to];
        let colour = words.iter().find_map(|word| colour_named(&word.text))?;
        let goods = &self.known.facts.goods;
        let has = |word: &String| colour_named(word) == Some(colour);
        let meant: Vec<usize> = (0..goods.len())
            .filter(|at| goods[*at].name.iter().any(has) || goods[*at].colours.iter().any(has))
            .collect();
        (!meant.is_empty()).then_some(meant)
    }

    fn is_accounted(&self, at: usize) -> bool {
        let word = self.text.word(at);
        let lists = Lists::get();
        let asked_for = self.asks && lists.asked.contains(word);
        self.is_named(at)
            || self.is_of_what_is_meant(word)
            || (lists.is_plain(word) || asked_for) && colour_named(word).is_none() && !is_size(word)
            || matches!(word, "have" | "had") && self.is_harmless_having(at)
            || self.is_told(word)
            || self.speaks_of_nothing() && (lists.style.contains(word) || self.known.asked.contains(word))
    }

    /// Part of a product's name, or of a person's or the shop's.
    fn is_named(&self, at: usize) -> bool {
        self.mentions.iter().any(|mention| (mention.from..mention.to).contains(&at))
            || self.text.words[at].capital && self.known.names.contains(self.text.word(at))
    }

    /// "Have a lovely day", "you have an eye for it": not that the shop has something.
    fn is_harmless_having(&self, at: usize) -> bool {
        at == self.span.from && self.text.word(at + 1) == "a"
            || matches!(self.text.before(at, 1), "you" | "youve" | "youll")
    }

    /// What is known of every product that is meant: its size, its colour, what it is, a word of its description.
    fn is_of_what_is_meant(&self, word: &str) -> bool {
        let Some(meant) = self.meant() else { return false };
        let facts = self.known.facts;
        let described = |good: usize| {
            let good = &facts.goods[good];
            if is_size(word) {
                return good.sizes.as_ref().is_some_and(|sizes| sizes.iter().any(|size| size == word));
            }
            if let Some(colour) = colour_named(word) {
                let is = |own: &String| colour_named(own) == Some(colour);
                return good.name.iter().any(is) || good.colours.iter().any(is);
            }
            let is_kind =
                kind_named(word).is_some_and(|kind| good.name.iter().any(|own| kind_named(own) == Some(kind)));
            is_kind
                || !is_negated(self.text, self.span)
                    && forms(word).any(|form| good.name.contains(&form) || good.words.contains(&form))
        };
        meant.iter().all(|good| described(*good))
    }

    fn is_told(&self, word: &str) -> bool {
        self.told.iter().any(|told| forms(word).any(|form| told.words.contains(&form)))
    }

    /// Nothing is said of what the shop has, is or does.
    fn speaks_of_nothing(&self) -> bool {
        const OURS: [&str; 26] = [
            "it", "its", "they", "them", "these", "those", "we", "us", "our", "weve", "ina", "iko", "ziko", "tuko",
            "kuna", "ipo", "zipo", "hii", "hiyo", "hizi", "hizo", "yetu", "sisi", "tuna", "zina", "ill",
        ];
        const OF_SOMETHING: [&str; 17] = [
            "have", "has", "having", "with", "be", "is", "are", "will", "comes", "there", "ni", "na", "pia", "also",
            "too", "yes", "no",
        ];
        const SOMETHING: [&str; 4] = ["something", "anything", "kitu", "nini"];
        let words = &self.text.words[self.span.from..self.span.to];
        let has = |list: &[&str]| words.iter().any(|word| list.contains(&&*word.text));
        self.mentions.is_empty()
            && (self.asks || words[0].text == "have" || !has(&OURS) && (has(&SOMETHING) || !has(&OF_SOMETHING)))
    }
}

/// Whether a sentence says again what a source says: most of its words that say something, one of its figures if it has any,
/// and its yes or no.
fn says_again(text: &Text<'_>, span: Span, figures: &[Figure], told: &Told) -> bool {
    let words = &text.words[span.from..span.to];
    let said =
        told.telling.iter().filter(|own| words.iter().any(|word| forms(own).any(|form| form == word.text))).count();
    let with_figures = told.figures.is_empty() || figures.iter().any(|figure| told.figures.contains(&figure.value));
    let most = if told.telling.is_empty() {
        told.words.iter().all(|own| words.iter().any(|word| word.text == *own))
    } else {
        2 * said > told.telling.len()
    };
    most && with_figures && (!is_negated(text, span) || told.negated)
}

fn inside(figures: &[Figure], span: Span) -> impl Iterator<Item = &Figure> {
    figures.iter().filter(move |figure| figure.from >= span.from && figure.to <= span.to)
}

fn is_negated(text: &Text<'_>, span: Span) -> bool {
    text.words[span.from..span.to].iter().any(|word| is_negation(&word.text))
}

fn is_size(word: &str) -> bool {
    matches!(word, "xs" | "s" | "m" | "l" | "xl" | "xxl" | "xxxl" | "small" | "medium" | "large") || {
        let letters = word.trim_start_matches(|c: char| c.is_ascii_digit());
        letters.len() < word.len() && matches!(letters.trim_start_matches('x'), "l" | "s")
    }
}

/// The lists of `plain.tsv`.
#[derive(Debug, Default)]
struct Lists {
    plain: HashSet<&'static str>,
    stems: HashMap<char, Vec<&'static str>>,
    asked: HashSet<&'static str>,
    style: HashSet<&'static str>,
}

impl Lists {
    fn get() -> &'static Self {
        static LISTS: LazyLock<Lists> = LazyLock::new(|| Lists::parse(include_str!("plain.tsv")));
        &LISTS
    }

    fn parse(file: &'static str) -> Self {
        let mut lists = Self::default();
        for (kind, words) in file.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'))
        {
            let words = words.split(' ');
            match kind {
                "stem" => words
                    .filter_map(|stem| Some((stem.chars().next()?, stem)))
                    .for_each(|(first, stem)| lists.stems.entry(first).or_default().push(stem)),
                "asked" => lists.asked.extend(words),
                "style" => lists.style.extend(words),
                _ => lists.plain.extend(words),
            }
        }
        lists
    }

    fn is_plain(&self, word: &str) -> bool {
        self.plain.contains(word) || self.is_verb(word)
    }

    /// A Swahili verb of a plain stem: who, when, whom, the stem and its ending.
    fn is_verb(&self, word: &str) -> bool {
        const SUBJECTS: [&str; 20] = [
            "si", "hu", "ha", "hatu", "hawa", "ni", "u", "a", "tu", "m", "wa", "i", "zi", "li", "ya", "ki", "ku",
            "una", "na", "nina",
        ];
        const TENSES: [&str; 12] = ["na", "li", "ta", "me", "ki", "nge", "ka", "mesha", "taka", "nayo", "takayo", ""];
        const OBJECTS: [&str; 9] = ["ku", "ni", "tu", "wa", "m", "ki", "i", "ji", ""];
        if word.len() < 4 || !word.is_ascii() {
            return false;
        }
        let begun = |rest: &str| {
            let first = rest.chars().next();
            first.and_then(|first| self.stems.get(&first)).is_some_and(|stems| {
                stems.iter().any(|stem| rest.strip_prefix(stem).is_some_and(|ending| ending.len() <= 4))
            })
        };
        let with_object = |rest: &str| OBJECTS.iter().any(|object| rest.strip_prefix(object).is_some_and(begun));
        with_object(word)
            || SUBJECTS
                .iter()
                .filter_map(|subject| word.strip_prefix(subject))
                .any(|rest| TENSES.iter().any(|tense| rest.strip_prefix(tense).is_some_and(with_object)))
    }
}
