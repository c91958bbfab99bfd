//! What a text says the shop does and does not do, gives for less, or promises of its goods.

use duka_shop::profile::Zone;

use super::{
    BreachKind,
    check::Reading,
    figures::Counts,
    patterns::{Claim, mood},
    text::Span,
    when::clause,
};

/// Words of a sentence about collecting in person, which is free wherever it is possible.
const COLLECTING: [&str; 14] = [
    "collect",
    "collecting",
    "pick",
    "pickup",
    "kuchukua",
    "chukua",
    "utachukua",
    "nitachukua",
    "unachukua",
    "uchukue",
    "duka",
    "dukani",
    "shop",
    "ukichukua",
];

pub(super) fn check(reading: &Reading<'_, '_>) {
    for (span, claim) in &reading.claims {
        if let Some(kind) = kind_of_breach(reading, *span, claim) {
            reading.breach(kind, claim.from, claim.to);
        }
    }
    for span in &reading.text.sentences {
        check_places(reading, *span);
    }
    check_fees(reading);
}

/// The fee of another place than the one that is named.
fn check_fees(reading: &Reading<'_, '_>) {
    let facts = reading.facts;
    for figure in &reading.figures {
        let is_amount = matches!(figure.counts, Counts::Money | Counts::Nothing);
        let is_fee =
            |zone: &Zone| zone.fee.minor.saturating_mul(100 / zone.fee.currency.minor_per_major()) == figure.value;
        if !is_amount || !facts.shop.delivery.zones.iter().any(is_fee) {
            continue;
        }
        let clause = clause(reading, reading.text.sentence(figure.from), figure.from);
        let named = facts.zones_in(&reading.text, clause);
        let is_price = facts.goods.iter().any(|good| good.amounts.contains(&figure.value));
        if !named.is_empty() && !named.iter().any(|zone| is_fee(zone)) && !is_price {
            reading.breach(BreachKind::Amount, clause.from, figure.to);
        }
    }
}

/// What a claim breaks, if it is not so. What is asked is no claim, and only of some it matters that they are denied or
/// depend on something: "if it is late you get your money back" is a promise.
fn kind_of_breach(reading: &Reading<'_, '_>, span: Span, claim: &Claim) -> Option<BreachKind> {
    let facts = reading.facts;
    let shop = facts.shop;
    let mood = mood(&reading.text, span, claim.from, claim.to);
    let allowed = facts.allowed.contains(claim.name);
    let written = || (claim.from..claim.to).map(|at| reading.text.word(at));
    let in_facts = || facts.has_words(written());
    let also = |names: &[&str]| names.iter().any(|name| facts.allowed.contains(name));
    let stated = !span.asks && !mood.negated;
    let wrong = |kind: BreachKind, wrong: bool| wrong.then_some(kind);
    match claim.name {
        "cod" if shop.cash_on_delivery || allowed => wrong(BreachKind::Policy, mood.negated && !span.asks),
        "cod" => wrong(BreachKind::Policy, stated && !reading.has(span, &["comes", "kabla", "before"])),
        "credit" | "sends" => wrong(BreachKind::Policy, stated && !in_facts() && !allowed),
        "pays" => wrong(BreachKind::Policy, stated && !in_facts()),
        "returns" => wrong(
            BreachKind::Policy,
            stated && shop.returns.is_none() && !allowed && !also(&["exchanges", "refunding"]),
        ),
        "noreturns" => wrong(BreachKind::Policy, !span.asks && shop.returns.is_some() && !allowed),
        "exchanges" => {
            wrong(BreachKind::Policy, stated && shop.exchange.is_none() && shop.returns.is_none() && !allowed)
        }
        "noexchanges" => wrong(BreachKind::Policy, !span.asks && shop.exchange.is_some() && !allowed),
        "nodelivery" => wrong(BreachKind::Policy, !span.asks && !shop.delivery.zones.is_empty() && !allowed),
        "everywhere" => wrong(BreachKind::Policy, stated && !in_facts()),
        "nationwide" => {
            wrong(BreachKind::Policy, stated && !shop.delivery.zones.iter().any(|zone| zone.areas.is_empty()))
        }
        "assured" | "branch" => wrong(BreachKind::Policy, stated && !in_facts()),
        "made" => wrong(
            BreachKind::Product,
            stated && !in_facts() && !facts.words.contains(in_english(reading.text.word(claim.from))),
        ),
        "free_delivery" => wrong(BreachKind::Discount, stated && !is_delivery_free(reading, span)),
        "free_gift" => wrong(
            BreachKind::Discount,
            stated && !allowed && !reading.has(span, &COLLECTING) && !in_facts() && !is_delivery_free(reading, span),
        ),
        "included" => wrong(BreachKind::Discount, stated && !allowed && !is_delivery_free(reading, span)),
        "haggled" => wrong(BreachKind::Discount, stated && !allowed),
        "reduced" => wrong(BreachKind::Discount, stated && !allowed),
        "halved" => wrong(BreachKind::Discount, stated && !facts.percents.contains(&5_000) && !in_facts()),
        "scarce" => wrong(BreachKind::Stock, stated && !allowed && !facts.left.contains(&100)),
        "restock" => wrong(BreachKind::Stock, stated && !mood.open && !allowed),
        "other_customer" => wrong(BreachKind::Leak, stated && !allowed),
        "leak" => wrong(BreachKind::Leak, !in_facts()),
        _ => None,
    }
}

/// The English word for what a thing is made of.
fn in_english(material: &str) -> &str {
    match material {
        "hariri" => "silk",
        "ngozi" => "leather",
        "pamba" => "cotton",
        "sufi" => "wool",
        other => other,
    }
}

/// Whether delivery costs nothing where this turn is about, or everywhere.
fn is_delivery_free(reading: &Reading<'_, '_>, span: Span) -> bool {
    let facts = reading.facts;
    let zones = &facts.shop.delivery.zones;
    let named = facts.zones_in(&reading.text, span);
    if !named.is_empty() {
        return named.iter().all(|zone| zone.fee.is_zero());
    }
    let collects = reading.has(span, &COLLECTING) && facts.shop.delivery.pickup;
    // The line "Delivery: free", and nothing more.
    let line = facts.collected && span.to - span.from <= 2;
    collects || line || facts.free_delivery || !zones.is_empty() && zones.iter().all(|zone| zone.fee.is_zero())
}

/// "We're at …": a place with a name has to be the shop's.
fn check_places(reading: &Reading<'_, '_>, span: Span) {
    for claim in reading.claims_in(span, &["where"]) {
        let unknown = (claim.to..span.to).find(|at| {
            let word = &reading.text.words[*at];
            word.capital && !word.taken && word.text.len() > 2 && !reading.facts.words.contains(&word.text)
        });
        if let Some(at) = unknown.filter(|_| !span.asks) {
            reading.breach(BreachKind::Policy, claim.from, at + 1);
        }
    }
}
