//! Which products a text names, and what it says they cost.

use duka_shop::search::{colour_named, kind_named};

use super::{
    BreachKind, Facts,
    check::Reading,
    figures::{Counts, Figure, currency},
    text::{Gap, Text},
};

/// Words that say that an amount behind them is another's than the product's before.
const OTHER_AMOUNTS: [&str; 24] = [
    "delivery",
    "deliver",
    "kuleta",
    "fee",
    "total",
    "jumla",
    "subtotal",
    "deposit",
    "budget",
    "bajeti",
    "cart",
    "order",
    "oda",
    "agizo",
    "discount",
    "punguzo",
    "save",
    "unasave",
    "unaokoa",
    "cheaper",
    "less",
    "below",
    "chini",
    "difference",
];

pub(super) fn check(reading: &Reading<'_, '_>) {
    check_titles(reading);
    check_strangers(reading);
    check_prices(reading);
}

/// The words `from..to` name one of these products.
pub(super) struct Mention {
    pub(super) goods: Vec<usize>,
    pub(super) from: usize,
    pub(super) to: usize,
}

/// Two or more capitalised words behind each other, as names of products are written, have to be a name that is known
/// if they say what kind of thing it is, or a price follows.
fn check_titles(reading: &Reading<'_, '_>) {
    let mut i = 0;
    while i < reading.text.words.len() {
        let to = title(&reading.text, i);
        if to < i + 2 {
            i = to.max(i + 1);
            continue;
        }
        let initial = reading.text.words[i].gap == Gap::Stop;
        let says_kind = (i..to).any(|at| kind_named(reading.text.word(at)).is_some());
        let claims = says_kind || is_priced(reading, to) && !(i..to).all(|at| is_label(reading.text.word(at)));
        let known = is_name(reading.facts, &reading.text, i, to)
            || initial && (to - i == 2 || is_name(reading.facts, &reading.text, i + 1, to));
        if claims && !known {
            reading.breach(BreachKind::Product, i, to);
        }
        i = to;
    }
}

/// Where the capitalised words that begin at `from` end.
fn title(text: &Text<'_>, from: usize) -> usize {
    let fits = |at: usize| {
        text.words.get(at).is_some_and(|word| {
            word.capital && !word.taken && is_of_title(&word.text) && (at == from || word.gap <= Gap::Hyphen)
        })
    };
    (from..).find(|at| !fits(*at)).unwrap_or(from)
}

/// Whether a capitalised word may be of a name: currencies and "I'd" are not.
fn is_of_title(word: &str) -> bool {
    currency(word).is_none() && !matches!(word, "i" | "id" | "ill" | "im" | "ive")
}

/// Whether a price follows directly: "– KES 2,800", "is 2,800".
fn is_priced(reading: &Reading<'_, '_>, to: usize) -> bool {
    const LINKS: [&str; 12] = ["is", "ni", "at", "goes", "for", "inaenda", "kwa", "bei", "costs", "kes", "ksh", "the"];
    let start = (to..to + 3).find(|at| !LINKS.contains(&reading.text.word(*at))).unwrap_or(to);
    reading.figures.iter().any(|figure| figure.from == start && is_amount(figure))
        && reading.text.words.get(to).is_some_and(|word| word.gap < Gap::Stop)
}

fn is_label(word: &str) -> bool {
    matches!(
        word,
        "total"
            | "subtotal"
            | "jumla"
            | "delivery"
            | "bei"
            | "price"
            | "deposit"
            | "discount"
            | "order"
            | "oda"
            | "agizo"
            | "balance"
            | "salio"
            | "kes"
            | "ksh"
            | "grand"
            | "your"
            | "yako"
            | "ya"
            | "m"
            | "pesa"
            | "mpesa"
            | "punguzo"
    )
}

/// Whether the words `from..to` are of one name, but for colours and sizes.
fn is_name(facts: &Facts<'_>, text: &Text<'_>, from: usize, to: usize) -> bool {
    let plain =
        |word: &str| colour_named(word).is_some() || matches!(word, "size" | "xs" | "s" | "m" | "l" | "xl" | "xxl");
    let own = |name: &[String], at: usize| name.iter().any(|own| is_form_of(text.word(at), own));
    facts.names.iter().any(|name| (from..to).all(|at| own(name, at) || name.len() > 1 && plain(text.word(at))))
}

/// The same word, or its plural.
fn is_form_of(word: &str, own: &str) -> bool {
    word == own
        || word.strip_suffix('s') == Some(own)
        || word.strip_suffix("es") == Some(own)
        || own.strip_suffix('s') == Some(word)
}

/// A product of the catalogue that the conversation is not about, by the name it is known by.
fn check_strangers(reading: &Reading<'_, '_>) {
    for i in 0..reading.text.words.len() {
        let word = &reading.text.words[i];
        if !word.capital || word.taken || word.text.len() < 4 || reading.facts.words.contains(&word.text) {
            continue;
        }
        let initial = word.gap == Gap::Stop;
        let next = reading.text.word(i + 1);
        let stranger = reading
            .facts
            .catalogue
            .named(&word.text)
            .any(|product| !initial || product.name.to_lowercase().split_whitespace().any(|own| own == next));
        if stranger {
            reading.breach(BreachKind::Product, i, i + 1);
        }
    }
}

fn is_amount(figure: &Figure) -> bool {
    figure.counts == Counts::Money || figure.counts == Counts::Nothing && figure.value >= 10_000
}

/// A price said of one product has to be that product's, or a sum of the turn.
fn check_prices(reading: &Reading<'_, '_>) {
    for n in 0..reading.text.sentences.len() {
        let span = reading.text.sentences[n];
        let inside = |figure: &&Figure| figure.from >= span.from && figure.to <= span.to && is_amount(figure);
        let amounts: Vec<Figure> = reading.figures.iter().filter(inside).copied().collect();
        if amounts.is_empty() {
            continue;
        }
        let mentions = mentions(reading.facts, &reading.text, span.from, span.to);
        for figure in amounts {
            let has_amount = |from, to| reading.figures.iter().any(|f| f.from >= from && f.to <= to && is_amount(f));
            if let Some(mention) = owner(&reading.text, &mentions, &has_amount, figure)
                && reading.facts.has_amount(figure.value)
                && !is_price_of(reading.facts, mention, figure.value)
            {
                reading.breach(BreachKind::Amount, mention.from, figure.to);
            }
        }
    }
}

/// The product an amount is said of: the one named last before it, unless several were named together or the amount is
/// said to be something else's.
fn owner<'m>(
    text: &Text<'_>,
    mentions: &'m [Mention],
    has_amount: &impl Fn(usize, usize) -> bool,
    figure: Figure,
) -> Option<&'m Mention> {
    let at = mentions.partition_point(|mention| mention.to <= figure.from).checked_sub(1)?;
    let mention = &mentions[at];
    let other = (mention.to..figure.from).any(|at| OTHER_AMOUNTS.contains(&text.word(at)));
    let alone = at == 0 || has_amount(mentions[at - 1].to, mention.from);
    // "KES 900 for the scarf": the amounts come first.
    let ahead = at == 0 && has_amount(text.sentence(figure.from).from, mention.from);
    (alone && !other && !ahead).then_some(mention)
}

fn is_price_of(facts: &Facts<'_>, mention: &Mention, value: i64) -> bool {
    facts.sums.contains(&value) || mention.goods.iter().any(|good| facts.goods[*good].amounts.contains(&value))
}

/// The products that the words `from..to` name, in order: by two words of the name or more, or by one that no other of
/// the turn's products has.
pub(super) fn mentions(facts: &Facts<'_>, text: &Text<'_>, from: usize, to: usize) -> Vec<Mention> {
    let mut found = Vec::new();
    let mut i = from;
    while i < to {
        let lengths = facts
            .goods
            .iter()
            .map(|good| (i..to).take_while(|at| good.name.iter().any(|own| is_form_of(text.word(*at), own))).count());
        let lengths: Vec<usize> = lengths.collect();
        let longest = lengths.iter().copied().max().unwrap_or(0);
        let goods: Vec<usize> = (0..lengths.len()).filter(|at| lengths[*at] == longest).collect();
        let word = text.word(i);
        let single = longest == 1 && goods.len() == 1 && word.len() > 3 && colour_named(word).is_none();
        if longest >= 2 || single {
            found.push(Mention { goods, from: i, to: i + longest });
        } else if let Some(goods) = by_kind(facts, word) {
            found.push(Mention { goods, from: i, to: i + 1 });
        }
        i += longest.max(1);
    }
    found
}

/// The products of the kind that a word names: `skafu` is the scarf.
fn by_kind(facts: &Facts<'_>, word: &str) -> Option<Vec<usize>> {
    let kind = kind_named(word)?;
    let is_one = |good: usize| facts.goods[good].name.iter().any(|own| kind_named(own) == Some(kind));
    let goods: Vec<usize> = (0..facts.goods.len()).filter(|good| is_one(*good)).collect();
    (!goods.is_empty()).then_some(goods)
}
