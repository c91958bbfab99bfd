//! Holding what a text claims against the facts of its turn.

use std::cell::RefCell;

use super::{
    Breach, BreachKind, Facts,
    codes::{Code, Sort, codes},
    deeds,
    facts::Topic,
    figures::{Counts, Figure, Unit, figures},
    patterns::{Claim, Patterns},
    policy, products, secrets, stock,
    text::{Span, Text},
    times::{Moment, moments},
    when,
};

/// A text with what was read in it, and what was found wrong so far.
pub(super) struct Reading<'t, 'f> {
    pub(super) text: Text<'t>,
    pub(super) figures: Vec<Figure>,
    pub(super) moments: Vec<Moment>,
    pub(super) claims: Vec<(Span, Claim)>,
    pub(super) facts: &'f Facts<'f>,
    breaches: RefCell<Vec<Breach>>,
}

impl Reading<'_, '_> {
    /// The words `from..to` say what is not so.
    pub(super) fn breach(&self, kind: BreachKind, from: usize, to: usize) {
        let said = self.text.written(from, to).to_owned();
        self.breaches.borrow_mut().push(Breach { kind, said });
    }

    /// The claims of these names in a sentence.
    pub(super) fn claims_in(&self, span: Span, names: &'static [&'static str]) -> impl Iterator<Item = &Claim> {
        let inside = move |(own, claim): &&(Span, Claim)| *own == span && names.contains(&claim.name);
        self.claims.iter().filter(inside).map(|(_, claim)| claim)
    }

    /// Whether one of these words is in a sentence.
    pub(super) fn has(&self, span: Span, words: &[&str]) -> bool {
        self.text.words[span.from..span.to].iter().any(|word| words.contains(&&*word.text))
    }

    /// What a sentence is about.
    pub(super) fn topics(&self, span: Span) -> Vec<Topic> {
        let words = &self.text.words[span.from..span.to];
        let about = |starts: &[&str]| words.iter().any(|word| starts.iter().any(|start| word.text.starts_with(start)));
        let mut topics = Vec::new();
        let delivery = [
            "deliver",
            "arriv",
            "utafika",
            "yatafika",
            "mzigo",
            "dispatch",
            "ship",
            "rider",
            "courier",
            "tutaleta",
            "tunaleta",
            "tutakuletea",
            "kuleta",
            "inafika",
            "itafika",
            "zitafika",
            "utaipata",
            "utapata",
            "reach",
            "inakufikia",
            "itakufikia",
            "get it to you",
            "tunakuletea",
            "boda",
        ];
        if about(&delivery) {
            topics.push(Topic::Delivery);
        }
        if about(&["return", "refund", "rudish", "kurudish", "urudish", "unarudish", "send it back"]) {
            topics.push(Topic::Returns);
        }
        if about(&["exchang", "swap", "badilish", "kubadilish", "ubadilish", "unabadilish"]) {
            topics.push(Topic::Exchange);
        }
        if about(&[
            "hold",
            "held",
            "reserv",
            "shik",
            "nimekushik",
            "tumekushik",
            "nimeshik",
            "tumeshik",
            "nimekuwekea",
            "kept",
            "keep",
        ]) {
            topics.push(Topic::Hold);
        }
        topics
    }
}

/// Whether everything a text claims is among the facts.
///
/// # Errors
/// Every claim that is not.
pub fn check(text: &str, facts: &Facts<'_>) -> Result<(), Vec<Breach>> {
    let mut text = Text::read(text);
    let codes = codes(&mut text);
    let moments = moments(&mut text);
    let figures = figures(&text, facts.shop.currency.code());
    let patterns = Patterns::get();
    let found = |span: &Span| patterns.find(&text, *span).into_iter().map(|claim| (*span, claim)).collect::<Vec<_>>();
    let claims = text.sentences.iter().flat_map(found).collect();
    let reading = Reading { text, figures, moments, claims, facts, breaches: RefCell::default() };
    check_codes(&reading, &codes);
    check_figures(&reading);
    check_letters(&reading);
    secrets::check(&reading);
    products::check(&reading);
    when::check(&reading);
    deeds::check(&reading);
    policy::check(&reading);
    stock::check(&reading);
    let breaches = reading.breaches.into_inner();
    if breaches.is_empty() { Ok(()) } else { Err(breaches) }
}

fn check_codes(reading: &Reading<'_, '_>, codes: &[Code]) {
    let facts = reading.facts;
    for code in codes {
        let (kind, known) = match code.sort {
            Sort::Order => (BreachKind::OrderNumber, facts.codes.contains(&code.key)),
            Sort::Receipt => (BreachKind::Receipt, facts.codes.contains(&code.key)),
            Sort::Code => (BreachKind::Discount, facts.codes.contains(&code.key) || is_size(&code.key)),
            Sort::Internal => (BreachKind::Leak, facts.codes.contains(&code.key)),
            Sort::Phone => (BreachKind::Link, facts.phones.contains(&code.key)),
            Sort::Link => (BreachKind::Link, facts.links.contains(&code.key)),
        };
        if !known {
            reading.breach(kind, code.from, code.to);
        }
    }
}

/// `4XXL`, `20XL`.
fn is_size(key: &str) -> bool {
    let letters = key.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches('X');
    matches!(letters, "L" | "S")
}

fn check_figures(reading: &Reading<'_, '_>) {
    let facts = reading.facts;
    for figure in &reading.figures {
        let has_number = facts.numbers.contains(&figure.value);
        let (kind, known) = match figure.counts {
            Counts::Money => (BreachKind::Amount, facts.has_amount(figure.value)),
            Counts::Foreign => (BreachKind::Amount, false),
            Counts::Account => (BreachKind::Link, has_number),
            Counts::Percent => (BreachKind::Discount, facts.percents.contains(&figure.value)),
            Counts::Time(unit) => span_kind(reading, figure, unit),
            Counts::Pieces => (BreachKind::Stock, figure.value <= 100 || has_number),
            Counts::Order => (BreachKind::OrderNumber, has_number),
            Counts::Nothing => (BreachKind::Amount, is_known_number(reading, figure)),
        };
        if !known {
            reading.breach(kind, figure.from, figure.to);
        }
    }
}

/// A number of nothing in particular: small ones count and choose; from a hundred on it may be a price.
fn is_known_number(reading: &Reading<'_, '_>, figure: &Figure) -> bool {
    const SMALL: i64 = 100 * 100;
    let facts = reading.facts;
    let known = |value: i64| facts.has_number(value);
    if known(figure.value) || figure.split.is_some_and(|(one, other)| (one < SMALL || known(one)) && known(other)) {
        return true;
    }
    figure.value < SMALL && !(figure.value >= 2_000 && is_priced(&reading.text, figure))
}

/// Whether the words around a bare number make it a price: "goes for 80", "bei ni 80".
fn is_priced(text: &Text<'_>, figure: &Figure) -> bool {
    const PRICED: [&str; 14] = [
        "price", "bei", "costs", "cost", "goes", "inaenda", "zinaenda", "pay", "lipa", "utalipa", "total", "jumla",
        "fee", "only",
    ];
    let near = |words: &[&str]| (1..=3).any(|back| words.contains(&text.before(figure.from, back)));
    near(&PRICED) && !near(&["size", "saizi", "sizes", "order", "namba", "number"])
}

/// Whether a length of time is a fact of what the sentence is about, in whichever unit it is said. One minute is a
/// manner of speaking.
fn span_kind(reading: &Reading<'_, '_>, figure: &Figure, unit: Unit) -> (BreachKind, bool) {
    let topics = reading.topics(reading.text.sentence(figure.from));
    let said = minutes(figure.value, unit);
    let fits = |topic: Topic| topics.is_empty() || topic == Topic::Other || topics.contains(&topic);
    let known = |(value, unit, topic): &(i64, Unit, Topic)| fits(*topic) && minutes(*value, *unit) == said;
    let policy = topics.iter().any(|topic| matches!(topic, Topic::Returns | Topic::Exchange));
    let kind = if policy { BreachKind::Policy } else { BreachKind::Time };
    (kind, said == 100 || reading.facts.spans.iter().any(known))
}

fn minutes(value: i64, unit: Unit) -> i64 {
    value.saturating_mul(match unit {
        Unit::Minute => 1,
        Unit::Hour => 60,
        Unit::Day => 60 * 24,
        Unit::Month => 60 * 24 * 30,
        Unit::Year => 60 * 24 * 365,
    })
}

/// Numbers in letters that cannot be read are believed of nobody.
fn check_letters(reading: &Reading<'_, '_>) {
    for i in 0..reading.text.words.len() {
        let text = reading.text.word(i);
        if !text.is_ascii() && text.chars().any(|c| !c.is_ascii() && c.is_numeric()) {
            reading.breach(BreachKind::Amount, i, i + 1);
        }
    }
}
