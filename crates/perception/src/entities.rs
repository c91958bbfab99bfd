//! Everything a message names, before it is known what the customer wants.

use duka_kernel::{Colour, Language, PhoneNumber, Size};

use crate::{
    context::{Awaiting, Context},
    datetime,
    lexicon::{self, Phrases},
    money::{self, Amount},
    normalise::Message,
    number, payment, place, reference, size,
};

/// What is named in a message, in order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Entities {
    pub(crate) product: Vec<String>,
    pub(crate) colour: Vec<Colour>,
    pub(crate) size: Vec<Size>,
    pub(crate) amounts: Vec<Amount>,
    /// Numbers that are nothing else: pieces, ratings.
    pub(crate) counts: Vec<u32>,
    pub(crate) occasion: Vec<String>,
    pub(crate) ordinal: Vec<i32>,
    pub(crate) phone: Option<PhoneNumber>,
    pub(crate) receipt: Option<String>,
    pub(crate) date: Option<String>,
    pub(crate) time: Option<String>,
    pub(crate) coupon: Option<String>,
    pub(crate) service: Vec<String>,
    pub(crate) order_ref: Option<String>,
    pub(crate) language: Option<Language>,
    pub(crate) audience: Option<String>,
    pub(crate) rating: Option<u8>,
    pub(crate) known_place: bool,
    pub(crate) pickup: bool,
    /// For each word, the kind of thing it names, or nothing: what the classifier sees instead of the value.
    pub(crate) kinds: Vec<Option<&'static str>>,
}

impl Entities {
    pub(crate) fn read(message: &Message<'_>, context: &Context) -> Self {
        let mut e = Self { kinds: vec![None; message.tokens.len()], ..Self::default() };
        let mut taken = vec![false; message.tokens.len()];
        let mut marked = vec![false; message.tokens.len()];
        let mut mark = |kinds: &mut Vec<Option<&'static str>>, taken: &[bool], kind: &'static str| {
            for i in 0..taken.len() {
                if taken[i] && !marked[i] {
                    (marked[i], kinds[i]) = (true, Some(kind));
                }
            }
        };
        e.phone = payment::phone(message, &mut taken);
        mark(&mut e.kinds, &taken, "PHONE");
        e.receipt = payment::receipt(message, &mut taken);
        mark(&mut e.kinds, &taken, "RECEIPT");
        e.order_ref = payment::order_ref(message, &mut taken);
        mark(&mut e.kinds, &taken, "ORDERREF");
        e.coupon = payment::coupon(message, &mut taken);
        mark(&mut e.kinds, &taken, "COUPON");
        e.rating = rating(message, context, &mut taken);
        mark(&mut e.kinds, &taken, "RATING");
        let appointment = is_about_time(message, context);
        e.date = datetime::date(message, context, &mut taken);
        mark(&mut e.kinds, &taken, "DATE");
        e.time = datetime::time(message, appointment, &mut taken);
        mark(&mut e.kinds, &taken, "TIME");
        e.amounts = money::amounts(message, &mut taken);
        mark(&mut e.kinds, &taken, "MONEY");
        e.language = language(message);
        e.service = listed(message, &lexicon::SERVICES, &mut vec![false; taken.len()], false);
        e.occasion = listed(message, &lexicon::OCCASIONS, &mut vec![false; taken.len()], false);
        e.audience = lexicon::AUDIENCES.anywhere(message).map(|(_, f)| f.value.to_owned());
        let colours = listed(message, &lexicon::COLOURS, &mut taken, true);
        e.colour = colours.iter().filter_map(|c| c.parse().ok()).collect();
        mark(&mut e.kinds, &taken, "COLOUR");
        e.product = products(message, &mut taken);
        mark(&mut e.kinds, &taken, "PRODUCT");
        e.known_place = place::known_place(message).is_some_and(|(from, to)| {
            e.kinds[from..to].iter_mut().filter(|k| k.is_none()).for_each(|k| *k = Some("PLACE"));
            true
        });
        let mut sized = taken.clone();
        e.size = size::sizes(message, context, &mut sized);
        let named = !e.product.is_empty() || !e.colour.is_empty();
        e.ordinal = reference::ordinals(message, context, named, &mut sized);
        for i in 0..taken.len() {
            if sized[i] && !taken[i] && e.kinds[i].is_none() {
                let number = number::read(message, i).is_some() && e.ordinal.is_empty() || e.ordinal.is_empty();
                e.kinds[i] = Some(if number { "SIZE" } else { "ORDINAL" });
            }
        }
        e.counts = counts(message, &mut sized, &mut e.kinds);
        e.pickup = place::is_pickup(message);
        e
    }
}

fn is_about_time(message: &Message<'_>, context: &Context) -> bool {
    matches!(context.awaiting, Awaiting::AppointmentTime | Awaiting::AppointmentConfirm)
        || context.last_bot.as_ref().is_some_and(|b| b.contains("booked"))
        || lexicon::SERVICES.anywhere(message).is_some()
        || message.tokens.iter().any(|t| {
            [
                "book",
                "appointment",
                "miadi",
                "booking",
                "reschedule",
                "session",
                "visit",
                "slot",
                "schedule",
                "shift",
                "move",
                "postpone",
                "come",
            ]
            .contains(&t.text.as_str())
        })
}

/// The distinct values of a table in the message, in order.
fn listed(message: &Message<'_>, table: &Phrases, taken: &mut [bool], typos: bool) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut i = 0;
    while i < message.tokens.len() {
        let hit = if taken[i] {
            None
        } else if typos {
            table.near(message, i)
        } else {
            table.at(message, i)
        };
        let Some(hit) = hit else {
            i += 1;
            continue;
        };
        taken[i..i + hit.len].fill(true);
        if !found.iter().any(|f| f == hit.value) {
            found.push(hit.value.to_owned());
        }
        i += hit.len;
    }
    found
}

fn products(message: &Message<'_>, taken: &mut [bool]) -> Vec<String> {
    let mut found: Vec<&'static str> = Vec::new();
    let mut i = 0;
    while i < message.tokens.len() {
        let hit = if taken[i] || is_other_sense(message, i) { None } else { lexicon::PRODUCTS.near(message, i) };
        let Some(hit) = hit else {
            i += 1;
            continue;
        };
        taken[i..i + hit.len].fill(true);
        if !found.contains(&hit.value) {
            found.push(hit.value);
        }
        i += hit.len;
    }
    // "gauni la kitenge" is a dress: the cloth is not another product
    if found.len() > 1 {
        found.retain(|p| *p != "kitenge");
    }
    found.into_iter().map(str::to_owned).collect()
}

/// "service ni top", "doesn't suit me", "set price to 1", "flat 4B": the word is not a garment here.
fn is_other_sense(message: &Message<'_>, i: usize) -> bool {
    let (before, next) = (message.before(i, 1), message.word(i + 1));
    match message.word(i) {
        "top" => {
            matches!(before, "ni" | "is" | "are" | "on" | "iko" | "ziko" | "at" | "uko" | "mko" | "to")
                || matches!(next, "up" | "marks" | "notch" | "quality" | "tier" | "of")
        }
        "suit" | "suits" => {
            matches!(
                before,
                "doesnt" | "does" | "didnt" | "not" | "wont" | "would" | "will" | "to" | "cant" | "dont" | "it"
            ) || matches!(next, "me" | "you" | "us" | "my")
        }
        "set" | "sets" => {
            matches!(before, "iko" | "is" | "ni" | "all" | "are" | "im" | "niko" | "tuko" | "to")
                || matches!(next, "price" | "it" | "the" | "my" | "up" | "me" | "prices" | "everything" | "aside")
        }
        "flat" | "flats" => matches!(before, "is" | "my" | "the") && next.starts_with(|c: char| c.is_ascii_digit()),
        "midi" | "maxi" | "mini" => lexicon::PRODUCTS.at(message, i + 1).is_some(),
        "cap" | "tie" | "vest" => matches!(next, "on" | "up"),
        "denim" => true,
        _ => false,
    }
}

/// "5 stars", "4/5", "5 out of 5", "⭐⭐⭐⭐".
fn rating(message: &Message<'_>, context: &Context, taken: &mut [bool]) -> Option<u8> {
    let stars = message.tokens.iter().filter(|t| matches!(t.text.as_str(), "⭐" | "🌟")).count();
    let asked = context.awaiting == Awaiting::Rating;
    for i in 0..message.tokens.len() {
        let word = message.word(i);
        let spoken = asked
            || message
                .tokens
                .iter()
                .any(|t| matches!(t.text.as_str(), "rate" | "rating" | "stars" | "nyota" | "score" | "alama" | "star"));
        if spoken && let Some((given, of)) = word.split_once('/') {
            let (given, of): (u32, u32) = (given.parse().ok()?, of.parse().ok()?);
            if of == 5 || of == 10 {
                taken[i] = true;
                return u8::try_from((given * 5).div_ceil(of)).ok().filter(|r| (1..=5).contains(r));
            }
        }
        if let Some(n) = number::read(message, i).filter(|n| (1..=5).contains(&n.value)) {
            let behind = matches!(message.word(i + n.len), "star" | "stars" | "nyota" | "alama" | "out" | "kati");
            let before = matches!(message.before(i, 1), "nyota" | "alama" | "star" | "stars" | "rating");
            if behind || before {
                taken[i..i + n.len].fill(true);
                return u8::try_from(n.value).ok();
            }
        }
    }
    u8::try_from(stars).ok().filter(|r| (1..=5).contains(r))
}

fn language(message: &Message<'_>) -> Option<Language> {
    let mut found = None;
    for i in 0..message.tokens.len() {
        if let Some(hit) = lexicon::LANGUAGES.at(message, i) {
            let refused = (1..=3).any(|b| {
                matches!(
                    message.before(i, b),
                    "understand"
                        | "sielewi"
                        | "sijui"
                        | "not"
                        | "badala"
                        | "dont"
                        | "sio"
                        | "siskii"
                        | "wacha"
                        | "acha"
                        | "speak no"
                        | "of"
                        | "sikuelewi"
                        | "instead"
                )
            });
            if !refused || found.is_none() && i + 1 == message.tokens.len() && message.before(i, 1) != "of" {
                found = hit.value.parse().ok();
            }
        }
    }
    found
}

/// Numbers of pieces: what is left when sizes, money, times and positions are taken.
fn counts(message: &Message<'_>, taken: &mut [bool], kinds: &mut [Option<&'static str>]) -> Vec<u32> {
    let mut found = Vec::new();
    let mut refused = Vec::new();
    let mut i = 0;
    while i < message.tokens.len() {
        let reading = number::read(message, i).filter(|n| !taken[i] && !n.large_unit && (1..=5_000).contains(&n.value));
        let Some(n) = reading else {
            i += 1;
            continue;
        };
        let before = message.before(i, 1);
        let other = reference::english_one(message, i)
            || number::is_height(message, i)
            || matches!(
                before,
                "mara"
                    | "siku"
                    | "wiki"
                    | "miaka"
                    | "miezi"
                    | "dakika"
                    | "masaa"
                    | "saa"
                    | "nyumba"
                    | "house"
                    | "kilo"
                    | "kgs"
                    | "weigh"
                    | "nina miaka"
                    | "floor"
                    | "block"
                    | "ghorofa"
                    | "room"
                    | "asilimia"
                    | "cm"
                    | "urefu"
                    | "umri"
            )
            || matches!(
                message.word(i + n.len),
                "days"
                    | "day"
                    | "weeks"
                    | "kgs"
                    | "kg"
                    | "kilos"
                    | "kilo"
                    | "years"
                    | "months"
                    | "times"
                    | "cm"
                    | "percent"
                    | "hours"
                    | "minutes"
                    | "inches"
                    | "feet"
                    | "am"
                    | "pm"
                    | "star"
                    | "stars"
                    | "ft"
            );
        if !other {
            kinds[i..i + n.len].fill(Some("NUM"));
            taken[i..i + n.len].fill(true);
            let value = u32::try_from(n.value).unwrap_or(0);
            // "three instead of two", "badala ya mbili": the old number
            let old = matches!((message.before(i, 2), before), ("instead", "of") | ("badala", "ya"))
                || matches!(before, "from" | "kutoka" | "not" | "sio" | "si" | "toka");
            if old { refused.push(value) } else { found.push(value) }
        }
        i += n.len;
    }
    found
}
