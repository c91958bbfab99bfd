//! Several wishes in one message.

use crate::{
    Intent, Slots, Wish,
    classifier::{Scores, Weights},
    context::{Awaiting, Context},
    entities::Entities,
    features, filling, items,
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
    /// That it is this or a near relation: a search, a question for stock and a choice are easily confused.
    certainty: f32,
    /// The whole is made of set phrases: nothing to take apart.
    pub(crate) is_set_phrase: bool,
    pub(crate) languages: [f32; 3],
    pub(crate) entities: Entities,
}

/// Reads a stretch of words as one wish.
pub(crate) fn read(message: &Message<'_>, context: &Context, weights: Weights<'_>) -> Reading {
    let entities = Entities::read(message, context);
    let features = features::features(message, context, &entities);
    let Scores { intents, languages } = weights.classify(&features);
    let best = (0..intents.len()).max_by(|a, b| intents[*a].total_cmp(&intents[*b])).unwrap_or(0);
    let learnt = (Intent::ALL[best], intents[best]);
    let (intent, confidence) = rules::read(message, context, &entities).unwrap_or(learnt);
    let related = Intent::ALL.iter().zip(intents).filter(|(other, _)| is_shopping(intent) && is_shopping(**other));
    let certainty = related.map(|(_, p)| p).sum::<f32>().max(confidence);
    Reading { intent, confidence, certainty, is_set_phrase: confidence == rules::SET_PHRASE, languages, entities }
}

/// Asks for goods, or whether they are there.
fn is_shopping(intent: Intent) -> bool {
    use Intent as I;
    matches!(intent, I::ProductSearch | I::Availability | I::SelectOption | I::AddToCart)
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
pub(crate) fn wishes(
    message: &Message<'_>,
    context: &Context,
    whole: &Reading,
    weights: Weights<'_>,
) -> (Vec<Wish>, usize) {
    let mut parts = parts(message, context, whole, weights);
    if parts.is_empty() {
        parts.push(Part { from: 0, to: message.tokens.len(), reading: whole.clone() });
    }
    let alone = parts.len() == 1;
    let mut wishes: Vec<Wish> = Vec::new();
    for Part { from, to, reading } in &parts {
        let words = message.part(*from, *to);
        let text =
            if alone && *to - *from == message.tokens.len() { message.raw.trim() } else { message.written(*from, *to) };
        let items = items::items(&words, &reading.entities.kinds, reading.intent);
        if items.is_empty() {
            wishes.push(Wish {
                intent: reading.intent,
                confidence: reading.confidence,
                slots: filling::slots(&reading.entities, reading.intent, &words, context),
                text: text.to_owned(),
            });
        } else {
            wishes.extend(each(&items, &words, reading, context));
        }
        wishes.extend(delivery(
            reading,
            &words,
            context,
            parts.iter().any(|p| p.reading.intent == Intent::GiveAddress),
        ));
    }
    for at in (1..wishes.len()).rev() {
        let said = |w: &Wish| w.intent == wishes[at].intent && w.slots == wishes[at].slots;
        if wishes[..at].iter().any(said) {
            wishes.remove(at);
        }
    }
    // of two that weigh the same the first is done first
    let main = (0..wishes.len()).rev().max_by_key(|&i| weight(wishes[i].intent)).unwrap_or(0);
    (wishes, main)
}

/// The same wish for each item of a list.
fn each(items: &[items::Item], words: &Message<'_>, reading: &Reading, context: &Context) -> Vec<Wish> {
    let slots = |item: &items::Item| {
        let own = words.part(item.from, item.to);
        filling::slots(&Entities::read(&own, context), reading.intent, &own, context)
    };
    let mut all: Vec<Slots> = items.iter().map(slots).collect();
    items::complete(&mut all, items, words);
    let wish = |(item, slots): (&items::Item, Slots)| Wish {
        intent: reading.intent,
        confidence: reading.confidence,
        slots,
        text: words.written(item.from, item.to).to_owned(),
    };
    items.iter().zip(all).map(wish).collect()
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

fn parts(message: &Message<'_>, context: &Context, whole: &Reading, weights: Weights<'_>) -> Vec<Part> {
    let cuts = cuts(message, context, whole);
    if cuts.is_empty()
        || whole.is_set_phrase
        || whole.intent == Intent::PromptInjection
        || context.awaiting == Awaiting::Address
            && whole.intent == Intent::GiveAddress
            && !starts_wish(message, &cuts)
            && place_bounds(message, context, whole).0.is_none()
            && !asks_for_goods(message, &whole.entities)
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
            pieces.push(Part { from, to, reading: read(&message.part(from, to), context, weights) });
        }
    }
    if pieces.len() > 1 {
        pieces.retain(|p| !rules::says_nothing(&message.part(p.from, p.to)));
    }
    // politeness beside a wish is not a wish
    if pieces.len() > 1 && pieces.iter().any(|p| !is_politeness(p.reading.intent) && p.reading.certainty >= SURE) {
        pieces.retain(|p| !(is_politeness(p.reading.intent) && p.reading.confidence > 0.8));
    }
    if pieces.len() == 1 {
        return if pieces[0].reading.intent == whole.intent { Vec::new() } else { pieces };
    }
    order_beside_address(message, &mut pieces);
    let standing = pieces.iter().filter(|p| p.stands(message)).count();
    let kinds = pieces
        .iter()
        .filter(|p| p.stands(message))
        .map(|p| p.reading.intent)
        .collect::<std::collections::BTreeSet<_>>()
        .len();
    if standing < 2 || kinds < 2 {
        return Vec::new();
    }
    join(message, context, whole, weights, pieces)
}

/// Whoever names goods and says where they should go wants them: "the red dress in L, deliver to Utawala".
fn order_beside_address(message: &Message<'_>, pieces: &mut [Part]) {
    let place = |p: &Part| {
        p.reading.intent == Intent::GiveAddress && (p.reading.entities.known_place || p.reading.entities.pickup)
    };
    if !pieces.iter().any(place) {
        return;
    }
    for piece in pieces.iter_mut().filter(|p| !p.reading.entities.product.is_empty()) {
        let words = message.part(piece.from, piece.to);
        let unsure = piece.reading.certainty < SURE || is_shopping(piece.reading.intent);
        if unsure && !words.asks() && !place(piece) {
            let wanted = features::concepts(&words).iter().any(|i| matches!(*i, "WANT" | "BUY" | "GIVEME" | "ADD"));
            if wanted || !is_shopping(piece.reading.intent) || piece.reading.intent == Intent::Availability {
                piece.reading.intent = Intent::AddToCart;
            }
            (piece.reading.confidence, piece.reading.certainty) = (piece.reading.certainty.max(SURE), 1.0);
        }
    }
}

/// Fragments ("size M") and repeated wishes go with their neighbour.
fn join(
    message: &Message<'_>,
    context: &Context,
    whole: &Reading,
    weights: Weights<'_>,
    pieces: Vec<Part>,
) -> Vec<Part> {
    // "scarf iko poa, weka moja": what is chosen is what is added
    let names = |p: &Part| {
        whole.entities.kinds[p.from..p.to].iter().any(|k| matches!(k, Some("PRODUCT" | "COLOUR" | "ORDINAL")))
    };
    let mut joined: Vec<Part> = Vec::new();
    for piece in pieces {
        match joined.last_mut() {
            Some(last)
                if last.reading.intent == Intent::SelectOption
                    && matches!(piece.reading.intent, Intent::AddToCart | Intent::UpdateQuantity)
                    && !names(&piece) =>
            {
                last.to = piece.to;
                last.reading.entities = Entities::read(&message.part(last.from, last.to), context);
                last.reading.intent = Intent::AddToCart;
            }
            Some(last)
                if carries_on(&last.reading, &message.part(piece.from, piece.to), &piece.reading) && names(&piece) =>
            {
                last.to = piece.to;
                last.reading.entities = Entities::read(&message.part(last.from, last.to), context);
            }
            Some(last) if !piece.stands(message) || last.reading.intent == piece.reading.intent => {
                last.to = piece.to;
                let again = read(&message.part(last.from, last.to), context, weights);
                let Reading { intent, confidence, certainty, .. } = last.reading;
                last.reading = Reading { intent, confidence, certainty, ..again };
            }
            _ => joined.push(piece),
        }
    }
    joined
}

/// Goods without a verb of their own have the verb before them: "give me the red dress and the black skirt".
fn carries_on(last: &Reading, part: &Message<'_>, reading: &Reading) -> bool {
    const VERBS: [&str; 9] = ["ADD", "WANT", "SEE", "REMOVE", "GIVEME", "HOWMUCH", "PRICE", "SEARCH", "BUY"];
    matches!(last.intent, Intent::AddToCart | Intent::RemoveFromCart | Intent::SelectOption)
        && is_shopping(reading.intent)
        && !part.asks()
        && !features::concepts(part).iter().any(|i| *i == "STOCKED" || VERBS.contains(i))
}

impl Part {
    /// Whether it is a wish of its own beside others.
    fn stands(&self, message: &Message<'_>) -> bool {
        self.reading.certainty >= 1.0
            || self.reading.certainty >= SURE && stands_alone(&message.part(self.from, self.to), &self.reading)
    }
}

/// A verb of wanting and a good: not an address, whatever place stands beside it.
fn asks_for_goods(message: &Message<'_>, entities: &Entities) -> bool {
    !entities.product.is_empty()
        && features::concepts(message).iter().any(|i| matches!(*i, "WANT" | "ADD" | "BUY" | "REMOVE" | "GIVEME"))
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
        // "a hoodie, budget 2k" names the price of a search
        I::Bargain => !ideas.contains(&"BUDGET") || ideas.contains(&"CHEAPER"),
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

/// Where the message could be cut: before joiners and after punctuation, outside what is named as one thing, and
/// where an address begins or ends beside goods.
/// The flag tells a joiner or sentence end from a mere comma.
fn cuts(message: &Message<'_>, context: &Context, whole: &Reading) -> Vec<(usize, bool)> {
    let tokens = &message.tokens;
    let kinds = &whole.entities.kinds;
    let (begins, ends) = place_bounds(message, context, whole);
    let mut cuts: Vec<(usize, bool)> = Vec::new();
    for (i, token) in tokens.iter().enumerate().skip(1) {
        if cuts.len() >= MOST_PARTS {
            break;
        }
        let place = begins == Some(i) || ends == Some(i);
        let close = cuts.last().is_some_and(|(at, _)| i - at < 2);
        if (place || is_cut(message, i, kinds, false)) && !close {
            cuts.push((i, place || is_joiner(&token.text) || token.gap == Gap::Stop));
        }
    }
    cuts
}

/// Whether a part may start at word `i`. Between goods that stand in a list (`lists`) a joiner parts them.
pub(crate) fn is_cut(message: &Message<'_>, i: usize, kinds: &[Option<&'static str>], lists: bool) -> bool {
    let joiner = is_joiner(message.word(i));
    let kind = |at: usize| kinds.get(at).copied().flatten();
    // "elfu mbili na mia", "tatu na nusu", "1 and 3" are one thing
    let same = kind(i - 1).is_some() && kind(i - 1) == kind(i + 1) && !(lists && kind(i - 1) == Some("PRODUCT"));
    let inside = kind(i).is_some()
        || same
        // "mko na", "niko na" are verbs
        || matches!(message.before(i, 1), "iko" | "uko" | "mko" | "niko" | "ziko" | "tuko");
    joiner && !inside || message.tokens[i].gap >= Gap::Comma
}

/// Where the address of an order begins, and where it ends, when nothing else parts it from the goods:
/// "nataka gauni jekundu | nipelekee Utawala", "deliver to Utawala | the red dress".
fn place_bounds(message: &Message<'_>, context: &Context, whole: &Reading) -> (Option<usize>, Option<usize>) {
    let kinds = &whole.entities.kinds;
    let Some((from, to)) = place::known_place(message) else { return (None, None) };
    let asked = context.awaiting == Awaiting::Address;
    let goods = |k: &Option<&str>| match k {
        Some("PRODUCT") => true,
        Some("ORDINAL") => !asked && !context.shown.is_empty(),
        _ => false,
    };
    let lead =
        (from.saturating_sub(4).max(1)..from).find(|&i| place::leads(message, i).is_some_and(|len| i + len <= from));
    let begins = match lead {
        Some(i) if kinds[i..from].iter().any(goods) => None,
        Some(i) if matches!(message.before(i, 1), "if" | "you" | "to" | "can" | "kama" | "mnaweza") => None,
        Some(i) => {
            let before = message.part(0, i);
            let ends = features::concepts(&before).iter().any(|c| matches!(*c, "CHECKOUT" | "DONE" | "PAY"));
            // "a sundress for a trip to Diani" brings nothing there
            let only_near =
                matches!(message.word(i), "to" | "at" | "in" | "near" | "around" | "kwa" | "hadi" | "mpaka")
                    && !whole.entities.occasion.is_empty();
            (kinds[..i].iter().any(goods) && !only_near || ends).then_some(i)
        }
        None => None,
    };
    // "niletee ile ya pili Westlands"
    let bare = || (whole.intent == Intent::GiveAddress && from > 1 && kinds[..from].iter().any(goods)).then_some(from);
    let begins = begins.or_else(|| if lead.is_none_or(|i| kinds[i..from].iter().any(goods)) { bare() } else { None });
    let begins = begins.filter(|_| !message.asks() && whole.intent != Intent::DeliveryQuestion);
    let straight = |i: &usize| message.tokens[*i].gap <= Gap::Hyphen && !is_joiner(message.word(*i));
    let behind = to..to + (to..kinds.len().min(to + 5)).take_while(straight).count();
    let landmark = behind.clone().any(|i| place::is_part(message, i));
    let ends = (to < kinds.len() && kinds[behind].contains(&Some("PRODUCT")) && !landmark).then_some(to);
    (begins, ends)
}

pub(crate) fn skip_joiners(message: &Message<'_>, mut from: usize, to: usize) -> usize {
    while from < to && is_joiner(message.word(from)) {
        from += 1;
    }
    from
}
