//! What the classifier sees of a message: hashed words, word sequences, letters, concepts and context.

use std::{collections::HashMap, sync::LazyLock};

use crate::{
    context::{Awaiting, Context},
    entities::Entities,
    glosses::{self, each_stem},
    lexicon,
    normalise::Message,
};

/// Raise when the features change, so that stale weights are noticed.
pub const VERSION: u32 = 2;
/// Rows of the weight table.
pub const BUCKETS: usize = 65_536;

/// Patterns of words that carry one idea in any of the languages (`CANCEL`: cancel, *ghairi*, futa …).
struct Concepts {
    /// Whole words and phrases.
    phrases: lexicon::Phrases,
    /// Beginnings, ends and middles of words, keyed by which and by the letters.
    parts: HashMap<(Part, &'static str), Vec<&'static str>>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Part {
    Start,
    End,
    Middle,
}

static CONCEPTS: LazyLock<Concepts> = LazyLock::new(|| {
    let text = include_str!("../data/concepts.tsv");
    let mut parts: HashMap<(Part, &'static str), Vec<&'static str>> = HashMap::new();
    for (concept, patterns) in lexicon::pairs(text) {
        for pattern in patterns.split('|').filter(|p| p.contains('*')) {
            let letters = pattern.trim_matches('*');
            let part = match (pattern.starts_with('*'), pattern.ends_with('*')) {
                (true, true) => Part::Middle,
                (true, false) => Part::End,
                _ => Part::Start,
            };
            parts.entry((part, letters)).or_default().push(concept);
        }
    }
    Concepts { phrases: lexicon::Phrases::parse(text), parts }
});

/// The concepts of a message in order, each once.
pub(crate) fn concepts(message: &Message<'_>) -> Vec<&'static str> {
    let mut found: Vec<&'static str> = Vec::new();
    for i in 0..message.tokens.len().min(60) {
        for concept in CONCEPTS.phrases.all_at(message, i) {
            if !found.contains(&concept) {
                found.push(concept);
            }
        }
        let word = message.word(i);
        if !word.is_ascii() || word.len() < 4 || word.len() > 24 {
            continue;
        }
        let mut look = |part: Part, letters: &str| {
            // the key borrows from the word only for the look-up
            if let Some(concepts) = CONCEPTS.parts.get(&(part, letters)) {
                for concept in concepts {
                    if !found.contains(concept) {
                        found.push(concept);
                    }
                }
            }
        };
        for at in 3..=word.len() {
            look(Part::Start, &word[..at]);
        }
        for at in 0..word.len() - 2 {
            look(Part::End, &word[at..]);
            for to in at + 3..=word.len().min(at + 9) {
                look(Part::Middle, &word[at..to]);
            }
        }
    }
    found
}

struct Hasher(Vec<u32>);

impl Hasher {
    fn add(&mut self, parts: &[&str]) {
        let hash = fnv(parts.iter().flat_map(|p| p.bytes().chain(std::iter::once(0x1f))));
        let bucket = u32::try_from(hash % BUCKETS as u64).expect("a remainder below the number of buckets");
        self.0.push(bucket);
    }
}

/// FNV-1a, 64 bits, with a last mixing step so that low bits are good.
pub(crate) fn fnv(bytes: impl Iterator<Item = u8>) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in bytes {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    hash ^= hash >> 32;
    hash.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 16
}

/// Whom a customer addresses, and a smile: they say how, not what.
fn is_vocative(word: &str) -> bool {
    matches!(
        word,
        "buda"
            | "msee"
            | "mse"
            | "manze"
            | "maze"
            | "bana"
            | "bro"
            | "boss"
            | "jo"
            | "brathe"
            | "mkuu"
            | "dear"
            | "please"
            | "tafadhali"
            | "kindly"
            | "walai"
            | "aki"
            | "jameni"
            | "jamani"
            | "bwana"
            | "sis"
            | "chief"
            | "madam"
            | "sir"
            | "🙂"
            | "😊"
            | "😀"
            | "😁"
            | "😅"
            | "😂"
            | "🤣"
            | "😄"
            | "😎"
            | "🙈"
    )
}

fn length_class(words: usize) -> &'static str {
    match words {
        0 | 1 => "1",
        2 => "2",
        3 | 4 => "3-4",
        5..=7 => "5-7",
        8..=12 => "8-12",
        _ => "13+",
    }
}

/// The bucket numbers of a message's features, ascending, each once.
pub(crate) fn features(message: &Message<'_>, context: &Context, entities: &Entities) -> Vec<u32> {
    let mut h = Hasher(Vec::with_capacity(400));
    let tokens = &message.tokens[..message.tokens.len().min(40)];
    // values of a kind are one word to the sequences: "bei ya PRODUCT", "nipe NUM"
    let mut sequence: Vec<&str> = vec!["^"];
    for (i, token) in tokens.iter().enumerate() {
        let kind = entities.kinds.get(i).copied().flatten();
        let word = kind.unwrap_or(token.text.as_str());
        if kind.is_none() && is_vocative(word) {
            h.add(&["w", word]);
            continue;
        }
        if kind.is_none() || sequence.last() != Some(&word) {
            sequence.push(word);
        }
        h.add(&["w", &token.text]);
        letters(&mut h, &token.text);
        each_stem(&token.text, |stem| h.add(&["st", stem]));
    }
    sequence.push("$");
    for pair in sequence.windows(2) {
        h.add(&["2", pair[0], pair[1]]);
    }
    for three in sequence.windows(3) {
        h.add(&["3", three[0], three[1], three[2]]);
    }
    let ideas = concepts(message);
    let awaiting = awaiting_name(context.awaiting);
    for (i, a) in ideas.iter().enumerate() {
        // ideas count thrice: they carry from language to language, letters only within one
        h.add(&["c", a]);
        h.add(&["c2", a]);
        h.add(&["c3", a]);
        h.add(&["ca", a, awaiting]);
        for b in &ideas[i + 1..] {
            let (first, second) = if a < b { (a, b) } else { (b, a) };
            h.add(&["cc", first, second]);
            h.add(&["cc2", first, second]);
        }
    }
    let mut kinds: Vec<&str> = entities.kinds.iter().copied().flatten().collect();
    kinds.extend(
        [
            (entities.pickup, "PICKUP"),
            (!entities.service.is_empty(), "SERVICE"),
            (!entities.occasion.is_empty(), "OCCASION"),
            (entities.language.is_some(), "LANGUAGE"),
            (entities.audience.is_some(), "AUDIENCE"),
        ]
        .into_iter()
        .filter(|(there, _)| *there)
        .map(|(_, k)| k),
    );
    kinds.sort_unstable();
    kinds.dedup();
    for kind in &kinds {
        h.add(&["k", kind]);
        h.add(&["ka", kind, awaiting]);
        for idea in &ideas {
            h.add(&["kc", kind, idea]);
        }
    }
    let shown = match context.shown.len() {
        0 => "0",
        1 => "1",
        _ => "2+",
    };
    let length = length_class(tokens.iter().filter(|t| !is_vocative(&t.text)).count());
    let asks = if message.asks() { "?" } else { "." };
    h.add(&["shown", shown]);
    h.add(&["a", awaiting]);
    h.add(&["a+", awaiting, shown]);
    h.add(&["al", awaiting, length]);
    h.add(&["l", length]);
    h.add(&["asks", asks]);
    h.add(&["media", context.media.as_deref().unwrap_or("")]);
    for topic in topics(context) {
        h.add(&["b", topic]);
        h.add(&["ba", topic, awaiting]);
        h.add(&["bl", topic, length]);
        ideas.iter().for_each(|idea| h.add(&["bc", topic, idea]));
        kinds.iter().for_each(|kind| h.add(&["bk", topic, kind]));
    }
    for fit in fits(message, context, entities) {
        h.add(&["f", fit]);
        h.add(&["fa", fit, awaiting]);
        h.add(&["fl", fit, length]);
        ideas.iter().for_each(|idea| h.add(&["fc", fit, idea]));
    }
    senses(&mut h, message, entities, awaiting);
    h.add(&["kl", &kinds.join("+"), length]);
    h.0.sort_unstable();
    h.0.dedup();
    h.0
}

fn letters(h: &mut Hasher, word: &str) {
    if word.len() < 3 || word.len() > 24 || !word.is_ascii() || !word.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return;
    }
    let framed = format!("<{word}>");
    for n in 3..=5 {
        for at in 0..=framed.len().saturating_sub(n) {
            if let Some(gram) = framed.get(at..at + n) {
                h.add(&["g", gram]);
            }
        }
    }
}

fn awaiting_name(awaiting: Awaiting) -> &'static str {
    match awaiting {
        Awaiting::None => "none",
        Awaiting::ProductChoice => "product_choice",
        Awaiting::Size => "size",
        Awaiting::Quantity => "quantity",
        Awaiting::CartNext => "cart_next",
        Awaiting::AddMoreConfirm => "add_more_confirm",
        Awaiting::Address => "address",
        Awaiting::Phone => "phone",
        Awaiting::CheckoutConfirm => "checkout_confirm",
        Awaiting::Payment => "payment",
        Awaiting::AppointmentTime => "appointment_time",
        Awaiting::AppointmentConfirm => "appointment_confirm",
        Awaiting::Rating => "rating",
        Awaiting::MarketingConsent => "marketing_consent",
    }
}

/// The senses of the words, and how they follow each other and the things named.
fn senses(h: &mut Hasher, message: &Message<'_>, entities: &Entities, awaiting: &str) {
    let mut last: Vec<&str> = vec!["^"];
    let mut said: Vec<&str> = Vec::new();
    for i in 0..message.tokens.len().min(40) {
        let own = glosses::of(message, i);
        for sense in &own {
            h.add(&["s", sense]);
            h.add(&["s2", sense]);
            h.add(&["sa", sense, awaiting]);
            for other in &said {
                let (a, b) = if other < sense { (other, sense) } else { (sense, other) };
                h.add(&["ss", a, b]);
            }
        }
        let now: Vec<&str> = own.iter().copied().chain(entities.kinds.get(i).copied().flatten()).collect();
        if now.is_empty() {
            continue;
        }
        for (a, b) in last.iter().flat_map(|a| now.iter().map(move |b| (a, b))) {
            h.add(&["s>", a, b]);
        }
        for sense in own {
            if !said.contains(&sense) {
                said.push(sense);
            }
        }
        last = now;
    }
}

/// What the shop's last message was about.
fn topics(context: &Context) -> Vec<&'static str> {
    const WORDS: [(&str, &[&str]); 12] = [
        ("booked", &["booked", "miadi yako", "uko booked", "appointment is", "booking"]),
        (
            "placed",
            &["is placed", "imepokelewa", "order yako mlk", "imewekwa", "njiani", "on the way", "we will deliver"],
        ),
        ("delivered", &["delivered", "ilifika", "imefika", "furahia", "enjoy"]),
        ("paid", &["received", "malipo yamef", "umelipa", "paid", "tumepokea"]),
        ("failed", &["did not go through", "hayajakamilika", "failed", "haijakamilika", "haikuenda", "imefail"]),
        ("open", &["we are open", "tuko wazi", "tunafungua", "open monday"]),
        ("where", &["we are at", "tuko ", "arcade", "find us"]),
        ("fee", &["delivery within", "delivery ndani", "delivery is", "usafirishaji"]),
        ("price", &["prices are fixed", "bei zetu", "code karibu"]),
        ("welcome", &["welcome", "karibu", "help you"]),
        ("services", &["we offer", "styling", "huduma", "makeup"]),
        ("cart", &["cart", "kikapu"]),
    ];
    let Some(said) = &context.last_bot else { return Vec::new() };
    let said = said.to_lowercase();
    WORDS.iter().filter(|(_, words)| words.iter().any(|w| said.contains(w))).map(|(topic, _)| *topic).collect()
}

/// How the message fits the goods shown.
fn fits(message: &Message<'_>, context: &Context, entities: &Entities) -> Vec<&'static str> {
    if context.shown.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    let colours = entities.colour.iter().filter(|c| context.shown.iter().any(|s| s.colour == Some(**c))).count();
    if !entities.colour.is_empty() {
        found.push(if colours == entities.colour.len() { "colour" } else { "colour!" });
    }
    if entities.amounts.iter().any(|a| context.shown.iter().any(|s| s.price == a.value)) {
        found.push("price");
    } else if !entities.amounts.is_empty() {
        found.push("price!");
    }
    let named = message
        .tokens
        .iter()
        .filter(|t| t.text.len() > 3)
        .any(|t| context.shown.iter().any(|s| s.name.split_whitespace().any(|n| n.eq_ignore_ascii_case(&t.text))));
    if named {
        found.push("name");
    }
    found
}
