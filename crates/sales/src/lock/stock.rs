//! Whether what is said to be there, or gone, is.

use duka_shop::search::{colour_named, kind_named};

use super::{
    BreachKind,
    check::Reading,
    figures::Counts,
    patterns::{is_negation, mood},
    products::{Mention, mentions},
    text::{Gap, Span},
};

const THERE: [&str; 22] = [
    "available",
    "iko",
    "ziko",
    "ipo",
    "zipo",
    "kuna",
    "inapatikana",
    "zinapatikana",
    "have",
    "got",
    "comes",
    "come",
    "tuko",
    "niko",
    "tuna",
    "nina",
    "tunayo",
    "there",
    "theres",
    "stock",
    "weve",
    "ive",
];
const GONE: [&str; 24] = [
    "sold",
    "finished",
    "imeisha",
    "zimeisha",
    "haiko",
    "haziko",
    "hatuna",
    "haina",
    "hazina",
    "sina",
    "haipo",
    "unavailable",
    "gone",
    "haijabaki",
    "hazijabaki",
    "imekwisha",
    "zimekwisha",
    "out",
    "hakuna",
    "dont",
    "not",
    "no",
    "isnt",
    "doesnt",
];

pub(super) fn check(reading: &Reading<'_, '_>) {
    for span in &reading.text.sentences {
        if span.asks {
            continue;
        }
        check_left(reading, *span);
        let mentions = mentions(reading.facts, &reading.text, span.from, span.to);
        let clauses = clauses(reading, *span, &mentions);
        clauses.iter().for_each(|clause| check_clause(reading, *clause, &mentions));
        clauses.windows(2).for_each(|pair| check_contrast(reading, pair[0], pair[1], &mentions));
        check_kinds(reading, *span);
    }
}

/// "2 left": how many there are is said only where it is decided.
fn check_left(reading: &Reading<'_, '_>, span: Span) {
    let left = [
        "left",
        "remaining",
        "remain",
        "remains",
        "zimebaki",
        "imebaki",
        "zimesalia",
        "imesalia",
        "yamebaki",
        "vimebaki",
    ];
    for figure in reading.figures.iter().filter(|figure| figure.from >= span.from && figure.to <= span.to) {
        let counts = matches!(figure.counts, Counts::Pieces | Counts::Nothing);
        // English says it behind the number, Swahili before.
        let near = (1..=2).any(|back| left[4..].contains(&reading.text.before(figure.from, back)))
            || (0..3).any(|ahead| left[..4].contains(&reading.text.word(figure.to + ahead)));
        let sized = is_size(reading, figure.from);
        if counts && near && !sized && !reading.facts.left.contains(&figure.value) {
            reading.breach(BreachKind::Stock, figure.from, figure.to);
        }
    }
}

/// A part of a sentence with one view of what is there.
fn clauses(reading: &Reading<'_, '_>, span: Span, mentions: &[Mention]) -> Vec<Span> {
    const TURNS: [&str; 8] = ["but", "lakini", "ila", "bali", "however", "though", "while", "and"];
    const CONTRASTS: [&str; 4] = ["but", "lakini", "ila", "bali"];
    let mut clauses = Vec::new();
    let mut from = span.from;
    for at in span.from + 1..span.to {
        let polar = |from: usize, to: usize| (from..to).any(|at| is_polar(reading, at));
        let turns = TURNS.contains(&reading.text.word(at)) || reading.text.words[at].gap >= Gap::Mark;
        // "It is not there in L, but the other is."
        let contrasts = CONTRASTS.contains(&reading.text.word(at)) && mentions.iter().any(|mention| mention.from >= at);
        if turns && polar(from, at) && (contrasts || polar(at, span.to)) {
            clauses.push(Span { from, to: at, ..span });
            from = at;
        }
    }
    clauses.push(Span { from, ..span });
    clauses
}

fn is_polar(reading: &Reading<'_, '_>, at: usize) -> bool {
    THERE.contains(&reading.text.word(at)) || GONE.contains(&reading.text.word(at))
}

/// A size that is named as one: behind "size" and the like, or in capitals.
fn size_at(reading: &Reading<'_, '_>, at: usize) -> Option<String> {
    let word = reading.text.words.get(at)?;
    let written = &reading.text.raw[word.start..word.end];
    let named = match &*word.text {
        "small" => "s",
        "medium" => "m",
        "large" => "l",
        letters @ ("xs" | "s" | "m" | "l" | "xl" | "xxl" | "xxxl" | "2xl" | "3xl") => match letters {
            "2xl" => "xxl",
            "3xl" => "xxxl",
            _ => letters,
        },
        number if number.len() == 2 && word.is_number() && !word.percent && is_size(reading, at) => number,
        _ => return None,
    };
    // "M-Pesa"
    if reading
        .text
        .words
        .get(at + 1)
        .is_some_and(|next| matches!(next.gap, Gap::Hyphen | Gap::None) && next.text == "pesa")
    {
        return None;
    }
    let extra = matches!(reading.text.before(at, 1), "extra" | "x");
    let shouted = written.chars().all(|c| c.is_uppercase() || c.is_ascii_digit());
    let spelled = word.text.len() > 3 && reading.text.before(at, 1) == "size"
        || reading.text.before(at, 1) == "in" && word.text.len() > 3;
    (shouted || spelled || matches!(reading.text.before(at, 1), "size" | "saizi"))
        .then(|| if extra { format!("x{named}") } else { named.to_owned() })
}

/// Whether the number at a word is said to be a size.
fn is_size(reading: &Reading<'_, '_>, at: usize) -> bool {
    (1..=4).any(|back| matches!(reading.text.before(at, back), "size" | "sizes" | "saizi" | "eu" | "uk" | "in" | "kwa"))
        && reading.text.words[at].text.len() == 2
}

fn check_clause(reading: &Reading<'_, '_>, clause: Span, mentions: &[Mention]) {
    let facts = reading.facts;
    let gone = (clause.from..clause.to).find(|at| is_gone(reading, *at));
    let there = (clause.from..clause.to).find(|at| THERE.contains(&reading.text.word(*at)));
    let open = |at: usize| mood(&reading.text, clause, at, at + 1).open;
    let Some(at) = gone.or(there).filter(|at| !open(*at)) else { return };
    let own = mentions.iter().rev().find(|mention| mention.from < clause.to);
    let sizes: Vec<(usize, String)> =
        (clause.from..clause.to).filter_map(|at| Some((at, size_at(reading, at)?))).collect();
    let has = |good: usize, size: &str| {
        facts.goods[good].sizes.as_ref().is_some_and(|sizes| sizes.iter().any(|own| own == size))
    };
    let known: Vec<usize> = match own {
        Some(mention) => mention.goods.clone(),
        None => (0..facts.goods.len()).collect(),
    };
    for (place, size) in &sizes {
        let there = known.iter().any(|good| has(*good, size));
        let wrong = if gone.is_some() {
            !known.is_empty() && known.iter().all(|good| has(*good, size)) && !facts.gone_sizes.contains(size)
        } else {
            !there && (facts.gone_sizes.contains(size) || !facts.said_sizes.contains(size))
        };
        if wrong {
            reading.breach(BreachKind::Stock, clause.from.min(*place), place + 1);
        }
    }
    if !sizes.is_empty() {
        return;
    }
    let coloured = |mention: &&Mention| {
        gone.is_none()
            && mention.goods.iter().all(|good| !facts.goods[*good].colours.is_empty())
            && (clause.from..clause.to).any(|at| is_other_colour(reading, mention, at))
    };
    if own.filter(coloured).is_some() {
        return reading.breach(BreachKind::Stock, clause.from, clause.to);
    }
    let Some(mention) = own.filter(|mention| mention.from >= clause.from) else {
        if gone.is_some_and(|at| is_gone_said(reading, at)) && !facts.something_gone {
            reading.breach(BreachKind::Stock, at, at + 1);
        }
        return;
    };
    let sold_out = |good: &usize| facts.goods[*good].sizes.as_ref().is_some_and(Vec::is_empty);
    let in_stock = |good: &usize| facts.goods[*good].sizes.as_ref().is_some_and(|sizes| !sizes.is_empty());
    let colour = (clause.from..clause.to).find(|at| is_other_colour(reading, mention, *at));
    let wrong = if gone.is_some() {
        gone.is_some_and(|at| is_gone_said(reading, at)) && mention.goods.iter().all(in_stock) && colour.is_none()
    } else {
        mention.goods.iter().all(sold_out)
    };
    if wrong {
        reading.breach(BreachKind::Stock, mention.from.min(at), mention.to.max(at + 1));
    }
}

/// "It does not come in L, but the other does": what follows says the contrary of the same sizes without naming them.
fn check_contrast(reading: &Reading<'_, '_>, before: Span, after: Span, mentions: &[Mention]) {
    let sizes = |span: Span| (span.from..span.to).filter_map(|at| size_at(reading, at)).collect::<Vec<_>>();
    let own = mentions.iter().find(|mention| mention.from >= after.from && mention.from < after.to);
    let (Some(own), named) = (own, sizes(before)) else { return };
    if named.is_empty() || !sizes(after).is_empty() || !is_elliptical(reading, own, after) {
        return;
    }
    let denies = |span: Span| reading.text.words[span.from..span.to].iter().any(|word| is_negation(&word.text));
    if denies(before) == denies(after) {
        return;
    }
    let has = |good: &usize, size: &String| {
        reading.facts.goods[*good].sizes.as_ref().is_some_and(|sizes| sizes.contains(size))
    };
    if own.goods.iter().any(|good| named.iter().any(|size| has(good, size) == denies(after))) {
        reading.breach(BreachKind::Stock, after.from, after.to);
    }
}

/// Whether nothing is said of a product but that it is there or does so.
fn is_elliptical(reading: &Reading<'_, '_>, own: &Mention, clause: Span) -> bool {
    const SHORT: [&str; 14] =
        ["does", "do", "is", "has", "ipo", "iko", "nayo", "ina", "inayo", "doesnt", "not", "haipo", "haina", "haiko"];
    let words = &reading.text.words[own.to..clause.to];
    (1..=3).contains(&words.len()) && words.iter().all(|word| SHORT.contains(&&*word.text))
}

/// Whether a word says that something is not there, not only that something is not.
fn is_gone(reading: &Reading<'_, '_>, at: usize) -> bool {
    match reading.text.word(at) {
        "out" => matches!(reading.text.word(at + 1), "of"),
        "sold" => reading.text.word(at + 1) == "out",
        "dont" | "not" | "no" | "isnt" | "doesnt" => (at + 1..at + 4).any(|at| {
            matches!(reading.text.word(at), "available" | "have" | "left" | "stock" | "longer" | "come" | "there")
        }),
        word => GONE.contains(&word),
    }
}

/// Whether it says so of goods by itself, whatever else the sentence is about.
fn is_gone_said(reading: &Reading<'_, '_>, at: usize) -> bool {
    matches!(
        reading.text.word(at),
        "sold" | "finished" | "imeisha" | "zimeisha" | "imekwisha" | "zimekwisha" | "unavailable"
    ) || reading.text.word(at) == "out" && reading.text.word(at + 2) == "stock"
}

/// A colour that a product does not come in.
fn is_other_colour(reading: &Reading<'_, '_>, mention: &Mention, at: usize) -> bool {
    let is_shade = at > 0 && colour_named(reading.text.word(at - 1)).is_some();
    if (mention.from..mention.to).contains(&at) || is_shade {
        return false;
    }
    let Some(colour) = colour_named(reading.text.word(at)) else { return false };
    if reading.facts.said_colours.contains(colour.name()) {
        return false;
    }
    let own = |good: &usize| {
        let good = &reading.facts.goods[*good];
        good.colours.iter().any(|own| own == colour.name())
            || good.name.iter().any(|word| colour_named(word) == Some(colour))
    };
    !mention.goods.iter().any(own)
}

/// "We also have heels": a kind of goods that the shop has not.
fn check_kinds(reading: &Reading<'_, '_>, span: Span) {
    for claim in reading.claims_in(span, &["has"]) {
        let mood = mood(&reading.text, span, claim.from, claim.to);
        if mood.negated || mood.open {
            continue;
        }
        let end = (claim.to..span.to.min(claim.to + 4))
            .take_while(|at| !matches!(reading.text.word(*at), "kwa" | "on" | "for" | "at" | "in"));
        for at in end {
            let Some(kind) = kind_named(reading.text.word(at)) else { continue };
            let is_known = reading.facts.words.iter().any(|word| kind_named(word) == Some(kind))
                || reading.facts.catalogue.products().iter().any(|product| {
                    product
                        .name
                        .split_whitespace()
                        .chain([&*product.category])
                        .any(|word| kind_named(word) == Some(kind))
                });
            if !is_known {
                reading.breach(BreachKind::Product, claim.from, at + 1);
            }
        }
    }
}
