//! Free words: what a model says besides the claims that are read in it.
//!
//! [`super::check`] finds what it knows to be a claim. Whoever words a reply freely can claim in ways nobody thought of, so
//! here it is the other way round: each word has to be one of plain talk (`plain.tsv`), the name of something that the
//! turn is about, or a word of a source (what the shop decided to say, its own documents), and what a source says has to be
//! said with the source's figures and its yes or no. What cannot be accounted for is not sent.

use std::collections::HashSet;

use duka_shop::search::{colour_named, kind_named};

use super::{
    Breach, BreachKind, Facts,
    codes::codes,
    figures::{Counts, Figure, figures},
    meant::Meant,
    patterns::is_negation,
    plain::Lists,
    text::{Gap, Span, Text},
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
    let mut before = None;
    for span in &text.sentences {
        let sentence = Sentence::of(&text, *span, &numbers, &known, before);
        before = sentence.meant.last().or(before);
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
    /// It is of a document, which speaks of many things.
    of_document: bool,
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
    /// Amounts that the customer named.
    spends: Vec<i64>,
    /// The customer asked for nothing but what there is.
    asks_what_is_there: bool,
    /// Who speaks and who is spoken to.
    names: HashSet<String>,
}

impl<'f> Known<'f> {
    fn of(facts: &'f Facts<'f>, sources: Sources<'_>) -> Self {
        let currency = facts.shop.currency.code();
        let mut told = Vec::new();
        let passages = sources.passages.iter().map(|passage| (passage.as_str(), true));
        for (source, of_document) in std::iter::once((sources.decided, false)).chain(passages) {
            let mut text = Text::read(source);
            codes(&mut text);
            let numbers = figures(&text, currency);
            told.extend(text.sentences.iter().map(|span| {
                let words: HashSet<String> =
                    text.words[span.from..span.to].iter().map(|word| word.text.clone()).collect();
                let figures: Vec<i64> = inside(&numbers, *span).map(|figure| figure.value).collect();
                let telling = words.iter().filter(|word| tells(word)).cloned().collect();
                Told { of_document, telling, words, figures, negated: is_negated(&text, *span) }
            }));
        }
        let words = |source: &str| Text::read(source).words.into_iter().map(|word| word.text);
        let asked: HashSet<String> = words(sources.asked).collect();
        let spends = figures(&Text::read(sources.asked), currency).iter().map(|figure| figure.value).collect();
        let asks_what_is_there = asks_what_is_there(&asked);
        let own = facts.shop.personality.name.as_deref().unwrap_or_default();
        let names = [facts.shop.name.as_str(), own, facts.customer].into_iter().flat_map(words).collect();
        Self { facts, told, asked, spends, asks_what_is_there, names }
    }
}

/// Whether a question is whether something is there, and nothing else: a yes answers no more.
fn asks_what_is_there(asked: &HashSet<String>) -> bool {
    const THERE: [&str; 18] = [
        "have",
        "got",
        "available",
        "stock",
        "iko",
        "ipo",
        "ziko",
        "kuna",
        "mko",
        "mnayo",
        "mna",
        "uko",
        "inapatikana",
        "size",
        "saizi",
        "tunayo",
        "come",
        "comes",
    ];
    const ELSE: [&str; 20] = [
        "free", "bure", "deliver", "pay", "lipa", "return", "rudish", "refund", "exchang", "badilish", "discount",
        "punguz", "offer", "ofa", "open", "fungu", "hold", "warrant", "guarant", "wrap",
    ];
    asked.iter().any(|word| THERE.contains(&&**word))
        && !asked.iter().any(|word| ELSE.iter().any(|other| word.contains(other)))
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
    meant: Meant,
    /// It asks, or asks to be told.
    asks: bool,
    /// The sentences of sources that it says again.
    told: Vec<&'s Told>,
    known: &'s Known<'s>,
}

impl<'s> Sentence<'s> {
    /// `before` is the product that was spoken of last.
    fn of(text: &'s Text<'s>, span: Span, numbers: &[Figure], known: &'s Known<'s>, before: Option<usize>) -> Self {
        let figures: Vec<Figure> = inside(numbers, span).copied().collect();
        let meant = Meant::of(known.facts, text, span, before);
        let told = known.told.iter().filter(|told| says_again(text, span, &figures, told)).collect();
        const TELL: [&str; 7] = ["tell", "niambie", "nishow", "nitajie", "nieleze", "chagua", "choose"];
        let asks = span.asks || text.words[span.from..span.to].iter().any(|word| TELL.contains(&&*word.text));
        Self { text, span, figures, meant, asks, told, known }
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

    /// A figure of a source, a price of what is meant, a size of it, or "one".
    fn has_figure(&self, figure: &Figure) -> bool {
        const ONE: i64 = 100;
        let counts_one = figure.value == ONE && figure.counts == Counts::Nothing;
        counts_one
            || self.told.iter().any(|told| told.figures.contains(&figure.value))
            || self.is_price(figure)
            || self.is_size_in_digits(figure)
            || self.is_budget(figure)
            || self.is_count_of_named(figure)
    }

    fn is_price(&self, figure: &Figure) -> bool {
        let goods = &self.known.facts.goods;
        self.meant
            .of_figure(self.text, figure)
            .is_some_and(|meant| meant.iter().all(|good| goods[*good].amounts.contains(&figure.value)))
    }

    /// "Size 38", "in 38".
    fn is_size_in_digits(&self, figure: &Figure) -> bool {
        const LEADS: [&str; 7] = ["size", "sizes", "saizi", "namba", "number", "in", "kwa"];
        let led = (1..=6).any(|back| LEADS.contains(&self.text.before(figure.from, back)));
        led && figure.counts == Counts::Nothing && self.fits_size(figure.from, self.text.word(figure.from))
    }

    /// "Between the two", where two were named.
    fn is_count_of_named(&self, figure: &Figure) -> bool {
        let so_many = matches!(self.text.before(figure.from, 1), "the" | "these" | "those" | "hizi" | "hizo" | "zote");
        so_many && figure.counts == Counts::Nothing && figure.value == 100 * self.meant.count()
    }

    /// What the customer said they can spend, where what is meant costs no more.
    fn is_budget(&self, figure: &Figure) -> bool {
        let budget = |at: usize| matches!(self.text.word(at), "budget" | "bajeti");
        let near = (figure.from.saturating_sub(3).max(self.span.from)..(figure.to + 2).min(self.span.to)).any(budget);
        let goods = &self.known.facts.goods;
        let affords = |good: usize| {
            let amounts = &goods[good].amounts;
            !amounts.is_empty() && amounts.iter().all(|amount| *amount <= figure.value)
        };
        near && self.known.spends.contains(&figure.value)
            && self.meant.at(figure.from).is_some_and(|meant| meant.iter().all(|good| affords(*good)))
    }

    fn is_accounted(&self, at: usize) -> bool {
        let word = self.text.word(at);
        let lists = Lists::get();
        let asked_for = (self.asks || self.is_for_a_case(at)) && lists.asked.contains(word);
        self.is_named(at)
            || self.is_of_what_is_meant(at)
            || (lists.is_plain(word) || asked_for) && colour_named(word).is_none() && size_named(word).is_none()
            || matches!(word, "have" | "had") && self.is_harmless_having(at)
            || is_harmless_pair(word, self.text.word(at + 1))
            || self.is_there(at)
            || self.leads_to_what_is_so(word)
            || self.is_told(word)
            || (self.speaks_of_nothing() || self.is_for_a_case(at))
                && (lists.style.contains(word) || self.known.asked.contains(word) && !self.meant.is_named())
    }

    /// Part of a product's name, or of a person's or the shop's.
    fn is_named(&self, at: usize) -> bool {
        self.meant.names.iter().any(|(from, to)| (*from..*to).contains(&at))
            || self.text.words[at].capital && self.known.names.contains(self.text.word(at))
    }

    /// "Have a lovely day", "you have an eye for it": not that the shop has something.
    fn is_harmless_having(&self, at: usize) -> bool {
        at == self.span.from && self.text.word(at + 1) == "a"
            || matches!(self.text.before(at, 1), "you" | "youve" | "youll")
    }

    /// What is known of every product that is meant: its size, its colour, what it is, a word of its description.
    fn is_of_what_is_meant(&self, at: usize) -> bool {
        let Some(meant) = self.meant.at(at) else { return false };
        let (word, facts) = (self.text.word(at), self.known.facts);
        if size_named(word).is_some() {
            return self.fits_size(at, word);
        }
        let described = |good: usize| {
            let good = &facts.goods[good];
            if let Some(colour) = colour_named(word) {
                return good.has_colour(colour);
            }
            let is_kind =
                kind_named(word).is_some_and(|kind| good.name.iter().any(|own| kind_named(own) == Some(kind)));
            is_kind
                || !is_negated(self.text, self.span)
                    && forms(word).any(|form| good.name.contains(&form) || good.words.contains(&form))
        };
        meant.iter().all(|good| described(*good))
    }

    /// A size that what is meant is there in, or is said not to be and is not.
    fn fits_size(&self, at: usize, word: &str) -> bool {
        let size = size_named(word).unwrap_or(word);
        let clause = self.clause(at);
        let denied = is_negated(self.text, clause);
        let said = |own: &String| (clause.from..clause.to).any(|at| size_named(self.text.word(at)) == Some(own));
        let all_said = !denied && self.has_only(clause);
        let fits = |good: usize| {
            let sizes = self.known.facts.goods[good].sizes.as_ref();
            sizes.is_some_and(|sizes| {
                sizes.iter().any(|own| own == size) != denied && (!all_said || sizes.iter().all(said))
            })
        };
        self.meant.at(at).is_some_and(|meant| meant.iter().all(|good| fits(*good)))
    }

    /// "In S and M only": there are no other sizes. "Only KES 2,500" is said of an amount.
    fn has_only(&self, clause: Span) -> bool {
        (clause.from..clause.to).any(|at| {
            let of_amount = self.figures.iter().any(|figure| (at + 1..at + 3).contains(&figure.from));
            matches!(self.text.word(at), "only" | "just" | "pekee") && !of_amount
        })
    }

    /// That what is meant can be had, or cannot: in the sizes that are named with it, else at all.
    fn is_there(&self, at: usize) -> bool {
        const THERE: [&str; 19] = [
            "available",
            "stock",
            "have",
            "got",
            "iko",
            "ipo",
            "ziko",
            "zipo",
            "ina",
            "zina",
            "tuna",
            "tunayo",
            "nayo",
            "tuko",
            "inapatikana",
            "zinapatikana",
            "inakuja",
            "inacome",
            "sold",
        ];
        const NOT_THERE: [&str; 6] = ["haipo", "haiko", "haina", "hazipo", "haziko", "doesnt"];
        // How many there are, and when more come, is another matter.
        const MORE: [&str; 24] = [
            "mob", "many", "much", "lot", "lots", "plenty", "all", "every", "any", "yote", "zote", "wote", "kila",
            "new", "next", "again", "tena", "back", "soon", "out", "almost", "few", "last", "still",
        ];
        let word = self.text.word(at);
        let names = |list: &[&str], span: Span| {
            self.text.words[span.from..span.to].iter().any(|word| list.contains(&&*word.text))
        };
        let clause = self.clause(at);
        if !(THERE.contains(&word) || NOT_THERE.contains(&word)) || names(&MORE, self.span) {
            return false;
        }
        let (facts, denied) = (self.known.facts, is_negated(self.text, clause) || names(&NOT_THERE, clause));
        let sizes = (clause.from..clause.to).any(|at| self.is_size_at(at));
        let other_size = names(&["size", "sizes", "saizi"], clause) && !sizes;
        let there = |good: usize| facts.goods[good].sizes.as_ref().is_some_and(|sizes| sizes.is_empty() == denied);
        // Sizes that are named are held against the facts by themselves.
        let told = sizes || self.meant.at(at).is_some_and(|meant| meant.iter().all(|good| there(*good)));
        let spoken_of = self.meant.is_named() || self.meant.at(at).is_some_and(|_| names(&ITS, self.span));
        told && spoken_of && !other_size && word != "sold"
    }

    fn is_size_at(&self, at: usize) -> bool {
        size_named(self.text.word(at)).is_some()
            || self.figures.iter().any(|figure| figure.from == at && self.is_size_in_digits(figure))
    }

    /// "It costs", "sizes are", "yes": what is so without more where what it leads to is.
    fn leads_to_what_is_so(&self, word: &str) -> bool {
        let words = || self.span.from..self.span.to;
        match word {
            "cost" | "costs" | "price" | "prices" | "priced" | "bei" | "inaenda" | "zinaenda" | "inagharimu" => {
                self.figures.iter().any(|figure| self.is_price(figure))
            }
            "size" | "sizes" | "saizi" => {
                words().any(|at| self.is_size_at(at) && self.fits_size(at, self.text.word(at)))
            }
            "colour" | "colours" | "color" | "colors" | "rangi" => {
                words().any(|at| colour_named(self.text.word(at)).is_some() && self.is_of_what_is_meant(at))
            }
            "budget" | "bajeti" => self.figures.iter().any(|figure| self.is_budget(figure)),
            "utaipata" | "unaipata" => self.figures.iter().any(|figure| self.is_price(figure)),
            "yes" | "ndiyo" | "ndio" | "eeh" | "yeah" | "naam" => self.known.asks_what_is_there,
            _ => false,
        }
    }

    /// The part of the sentence with one view of things.
    fn clause(&self, at: usize) -> Span {
        const TURNS: [&str; 7] = ["but", "lakini", "ila", "bali", "while", "though", "however"];
        let turns = |at: &usize| TURNS.contains(&self.text.word(*at));
        let from = (self.span.from..=at).rfind(turns).unwrap_or(self.span.from);
        let to = (at + 1..self.span.to).find(turns).unwrap_or(self.span.to);
        Span { from, to, ..self.span }
    }

    /// "If you like something long, …": what a case is put for is said of nothing.
    fn is_for_a_case(&self, at: usize) -> bool {
        const CASES: [&str; 8] = ["if", "kama", "ikiwa", "ukipenda", "ukitaka", "ukiwa", "unataka", "when"];
        let start = (self.span.from..=at).rfind(|at| *at == self.span.from || self.text.words[*at].gap >= Gap::Mark);
        let ends = (at + 1..self.span.to).any(|at| self.text.words[at].gap >= Gap::Mark);
        ends && start.is_some_and(|start| CASES.contains(&self.text.word(start)))
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
        !self.meant.is_named()
            && (self.asks || words[0].text == "have" || !has(&OURS) && (has(&SOMETHING) || !has(&OF_SOMETHING)))
    }
}

/// "They are fine", "you can see": of what the shop has and does nothing is said.
fn is_harmless_pair(word: &str, next: &str) -> bool {
    const FINE: [&str; 9] = ["poa", "fiti", "safi", "sawa", "freshi", "nzuri", "noma", "kali", "moto"];
    const DONE: [&str; 9] = ["have", "see", "wear", "choose", "pick", "look", "dance", "tell", "try"];
    match word {
        "iko" | "ziko" | "zote" | "tuko" => FINE.contains(&next),
        "can" => DONE.contains(&next),
        _ => false,
    }
}

/// Words that stand for what was spoken of, in sentences that do not name it.
const ITS: [&str; 16] = [
    "it",
    "its",
    "iko",
    "ipo",
    "ina",
    "ni",
    "hiyo",
    "hii",
    "hilo",
    "tunayo",
    "nayo",
    "inapatikana",
    "haipo",
    "haiko",
    "that",
    "this",
];

/// Whether a sentence says again what a source says: most of its words that say something, one of its figures if it has any,
/// and its yes or no. What a document says shortly in figures is so of its own subject alone: hardly a word of it may be
/// missing.
fn says_again(text: &Text<'_>, span: Span, figures: &[Figure], told: &Told) -> bool {
    let words = &text.words[span.from..span.to];
    let said =
        told.telling.iter().filter(|own| words.iter().any(|word| forms(own).any(|form| form == word.text))).count();
    let with_figures = told.figures.is_empty() || figures.iter().any(|figure| told.figures.contains(&figure.value));
    let most = if told.telling.is_empty() {
        told.words.iter().all(|own| words.iter().any(|word| word.text == *own))
    } else {
        const FEW: usize = 4;
        let telling = told.telling.len();
        let strict = told.of_document && !told.figures.is_empty() && telling <= FEW;
        if strict { 4 * said >= 3 * telling } else { 2 * said > telling }
    };
    most && with_figures && (!is_negated(text, span) || told.negated)
}

fn inside(figures: &[Figure], span: Span) -> impl Iterator<Item = &Figure> {
    figures.iter().filter(move |figure| figure.from >= span.from && figure.to <= span.to)
}

fn is_negated(text: &Text<'_>, span: Span) -> bool {
    text.words[span.from..span.to].iter().any(|word| is_negation(&word.text))
}

/// The size that a word names, as sizes are written.
fn size_named(word: &str) -> Option<&str> {
    Some(match word {
        "small" => "s",
        "medium" => "m",
        "large" => "l",
        "xs" | "s" | "m" | "l" | "xl" | "xxl" | "xxxl" => word,
        word => {
            let letters = word.trim_start_matches(|c: char| c.is_ascii_digit());
            let is_size = letters.len() < word.len() && matches!(letters.trim_start_matches('x'), "l" | "s");
            return is_size.then_some(word);
        }
    })
}
