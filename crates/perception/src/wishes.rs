//! Several wishes in one message.

use crate::{
    Intent, Slots, Wish,
    classifier::{self, Scores},
    context::{Awaiting, Context},
    entities::Entities,
    features, filling,
    normalise::{Gap, Message},
    place, rules,
};

/// Below this a part of a message is not read as a wish of its own.
const SURE: f32 = 0.5;
/// More parts than this are not looked at.
const MOST_PARTS: usize = 6;

/// One reading of a stretch of words.
#[derive(Clone)]
pub(crate) struct Reading {
    pub(crate) intent: Intent,
    pub(crate) confidence: f32,
    /// The whole is made of set phrases: nothing to take apart.
    pub(crate) is_set_phrase: bool,
    pub(crate) languages: [f32; 3],
    pub(crate) entities: Entities,
}

/// Reads a stretch of words as one wish.
pub(crate) fn read(message: &Message<'_>, context: &Context) -> Reading {
    let entities = Entities::read(message, context);
    let features = features::features(message, context, &entities);
    let Scores { intents, languages } = classifier::classify(&features);
    let best = (0..intents.len()).max_by(|a, b| intents[*a].total_cmp(&intents[*b])).unwrap_or(0);
    let learnt = (Intent::ALL[best], intents[best]);
    let (intent, confidence) = rules::read(message, context, &entities).unwrap_or(learnt);
    Reading { intent, confidence, is_set_phrase: confidence == rules::SET_PHRASE, languages, entities }
}

/// What counts first when a message carries several wishes: money and orders, then the cart, then questions,
/// then politeness.
fn weight(intent: Intent) -> u8 {
    use Intent as I;
    match intent {
        I::PromptInjection => 10,
        I::Abuse => 9,
        I::PaymentClaim
        | I::CancelOrder
        | I::Checkout
        | I::Pay
        | I::BookAppointment
        | I::RescheduleAppointment
        | I::CancelAppointment
        | I::ReturnRefund
        | I::Exchange
        | I::PaymentProblem
        | I::HumanHandoff => 8,
        I::AddToCart
        | I::RemoveFromCart
        | I::UpdateQuantity
        | I::ClearCart
        | I::SelectOption
        | I::OptOut
        | I::OptIn
        | I::ChangeLanguage => 7,
        I::GiveAddress | I::ChooseSize => 6,
        I::Complaint | I::DiscountCoupon | I::Bargain => 5,
        I::Affirm | I::Deny | I::RepeatUnclear | I::SmalltalkOfftopic | I::FeedbackRating => 2,
        I::Thanks | I::Goodbye => 1,
        I::Greeting => 0,
        _ => 4,
    }
}

fn is_politeness(intent: Intent) -> bool {
    matches!(intent, Intent::Greeting | Intent::Thanks | Intent::Goodbye)
}

/// The wishes of a message in the order of the text, and which of them counts.
pub(crate) fn wishes(message: &Message<'_>, context: &Context, whole: &Reading) -> (Vec<Wish>, usize) {
    let mut parts = parts(message, context, whole);
    if parts.is_empty() {
        parts.push(Part { from: 0, to: message.tokens.len(), reading: whole.clone() });
    }
    let alone = parts.len() == 1;
    let mut wishes: Vec<Wish> = Vec::new();
    for Part { from, to, reading } in &parts {
        let words = message.part(*from, *to);
        let text =
            if alone && *to - *from == message.tokens.len() { message.raw.trim() } else { message.written(*from, *to) };
        wishes.push(Wish {
            intent: reading.intent,
            confidence: reading.confidence,
            slots: filling::slots(&reading.entities, reading.intent, &words, context),
            text: text.to_owned(),
        });
        wishes.extend(delivery(
            reading,
            &words,
            context,
            parts.iter().any(|p| p.reading.intent == Intent::GiveAddress),
        ));
    }
    // of two that weigh the same the first is done first
    let main = (0..wishes.len()).rev().max_by_key(|&i| weight(wishes[i].intent)).unwrap_or(0);
    (wishes, main)
}

/// The place that stands beside an order ("checkout to Utawala", "niletee ile ya pili Westlands") is a wish of
/// its own.
fn delivery(reading: &Reading, words: &Message<'_>, context: &Context, given: bool) -> Option<Wish> {
    let orders = matches!(reading.intent, Intent::Checkout | Intent::AddToCart | Intent::SelectOption);
    if given || !orders || !reading.entities.known_place {
        return None;
    }
    let address = place::address(words, context)?;
    let slots = Slots { address: Some(address.clone()), ..Slots::default() };
    Some(Wish { intent: Intent::GiveAddress, confidence: reading.confidence, slots, text: address })
}

struct Part {
    from: usize,
    to: usize,
    reading: Reading,
}

fn parts(message: &Message<'_>, context: &Context, whole: &Reading) -> Vec<Part> {
    let cuts = cuts(message, whole);
    if cuts.is_empty()
        || whole.is_set_phrase
        || whole.intent == Intent::PromptInjection
        || context.awaiting == Awaiting::Address && whole.intent == Intent::GiveAddress && !starts_wish(message, &cuts)
    {
        return Vec::new();
    }
    let mut bounds = vec![0];
    bounds.extend(cuts.iter().map(|c| c.0));
    let mut pieces: Vec<Part> = Vec::new();
    for (k, from) in bounds.iter().enumerate() {
        let to = bounds.get(k + 1).copied().unwrap_or(message.tokens.len());
        let from = skip_joiners(message, *from, to);
        if from < to {
            pieces.push(Part { from, to, reading: read(&message.part(from, to), context) });
        }
    }
    // politeness beside a wish is not a wish
    if pieces.len() > 1 && pieces.iter().any(|p| !is_politeness(p.reading.intent) && p.reading.confidence >= SURE) {
        pieces.retain(|p| !(is_politeness(p.reading.intent) && p.reading.confidence > 0.8));
    }
    let stands = |p: &Part| p.reading.confidence >= SURE && stands_alone(&message.part(p.from, p.to), &p.reading);
    if pieces.len() == 1 {
        return if pieces[0].reading.intent == whole.intent { Vec::new() } else { pieces };
    }
    let standing = pieces.iter().filter(|p| stands(p)).count();
    let kinds =
        pieces.iter().filter(|p| stands(p)).map(|p| p.reading.intent).collect::<std::collections::BTreeSet<_>>().len();
    if standing < 2 || kinds < 2 {
        return Vec::new();
    }
    join(message, context, pieces)
}

/// Fragments ("size M") and repeated wishes go with their neighbour.
fn join(message: &Message<'_>, context: &Context, pieces: Vec<Part>) -> Vec<Part> {
    let mut joined: Vec<Part> = Vec::new();
    for piece in pieces {
        let fragment =
            piece.reading.confidence < SURE || !stands_alone(&message.part(piece.from, piece.to), &piece.reading);
        match joined.last_mut() {
            Some(last) if fragment || last.reading.intent == piece.reading.intent => {
                last.to = piece.to;
                let again = read(&message.part(last.from, last.to), context);
                let (intent, confidence) = (last.reading.intent, last.reading.confidence);
                last.reading = Reading { intent, confidence, ..again };
            }
            _ => joined.push(piece),
        }
    }
    joined
}

/// A part needs a verb or a question of its own: an intent that is only a value ("M", "black") goes with the
/// part before it.
fn stands_alone(part: &Message<'_>, reading: &Reading) -> bool {
    use Intent as I;
    let ideas = features::concepts(part);
    match reading.intent {
        I::Affirm
        | I::Deny
        | I::ChooseSize
        | I::ProductSearch
        | I::SelectOption
        | I::UpdateQuantity
        | I::Availability
        | I::PriceInquiry
        | I::RepeatUnclear
        | I::SmalltalkOfftopic
        | I::FeedbackRating
        | I::SizeAdvice => {
            !ideas.is_empty()
                && ideas.iter().any(|i| {
                    matches!(
                        *i,
                        "ADD"
                            | "WANT"
                            | "SEE"
                            | "REMOVE"
                            | "GIVEME"
                            | "HOWMUCH"
                            | "PRICE"
                            | "STOCKED"
                            | "MAKEIT"
                            | "SEARCH"
                            | "CHOOSE"
                            | "WHICH"
                            | "BUY"
                    )
                })
        }
        I::GiveAddress => reading.entities.known_place || reading.entities.pickup,
        I::BookAppointment => part.tokens.len() > 2 || !reading.entities.service.is_empty(),
        _ => true,
    }
}

/// Whether a cut at a sentence end or joiner is followed by something that is no address.
fn starts_wish(message: &Message<'_>, cuts: &[(usize, bool)]) -> bool {
    cuts.iter().any(|(at, strong)| *strong && message.tokens[*at].gap != Gap::Comma)
}

fn is_joiner(word: &str) -> bool {
    matches!(
        word,
        "and"
            | "then"
            | "na"
            | "kisha"
            | "halafu"
            | "alafu"
            | "pia"
            | "also"
            | "plus"
            | "but"
            | "lakini"
            | "afu"
            | "thafu"
            | "sai"
            | "n"
            | "uki"
    )
}

/// Where the message could be cut: before joiners and after punctuation, outside what is named as one thing.
/// The flag tells a joiner or sentence end from a mere comma.
fn cuts(message: &Message<'_>, whole: &Reading) -> Vec<(usize, bool)> {
    let tokens = &message.tokens;
    let mut cuts: Vec<(usize, bool)> = Vec::new();
    for (i, token) in tokens.iter().enumerate().skip(1) {
        if cuts.len() >= MOST_PARTS {
            break;
        }
        let joiner = is_joiner(&token.text);
        // "elfu mbili na mia", "tatu na nusu", "1 and 3" are one thing
        let inside = joiner && {
            let kind = |at: usize| whole.entities.kinds.get(at).copied().flatten();
            kind(i).is_some()
                || (kind(i - 1).is_some() && kind(i - 1) == kind(i + 1))
                || matches!(message.before(i, 1), "iko" | "uko" | "mko" | "niko" | "ziko" | "tuko")
        };
        // *unitumie*, *uniletee* after "na" are verbs; "na" before nouns is "with"
        let cut = joiner && !inside || token.gap >= Gap::Comma;
        let close = cuts.last().is_some_and(|(at, _)| i - at < 2);
        if cut && !close {
            cuts.push((i, joiner || token.gap == Gap::Stop));
        }
    }
    cuts
}

fn skip_joiners(message: &Message<'_>, mut from: usize, to: usize) -> usize {
    while from < to && is_joiner(message.word(from)) {
        from += 1;
    }
    from
}
