//! From what a message names to the slots of what its customer wants.

use std::sync::LazyLock;

use duka_kernel::Size;

use crate::{
    context::Context, entities::Entities, intent::Intent, lexicon, money::Role, normalise::Message, place, slots::Slots,
};

/// Which intents may carry a slot, from the data file.
struct Scope {
    slot: &'static str,
    intents: Vec<Intent>,
}

static SCOPES: LazyLock<Vec<Scope>> = LazyLock::new(|| {
    let parse = |list: &str| list.split('|').filter_map(|name| name.parse().ok()).collect::<Vec<Intent>>();
    let lines = lexicon::pairs(include_str!("../data/slot-intents.tsv"));
    lines
        .map(|(slot, rule)| match rule.split_once(' ') {
            Some(("but", list)) => {
                let without = parse(list);
                Scope { slot, intents: Intent::ALL.iter().copied().filter(|i| !without.contains(i)).collect() }
            }
            Some((_, list)) => Scope { slot, intents: parse(list) },
            None => Scope { slot, intents: parse(rule) },
        })
        .collect()
});

fn carries(intent: Intent, slot: &str) -> bool {
    SCOPES.iter().any(|s| s.slot == slot && s.intents.contains(&intent))
}

/// The slots that belong to an intent.
pub(crate) fn slots(e: &Entities, intent: Intent, message: &Message<'_>, context: &Context) -> Slots {
    use Intent as I;
    let mut slots = Slots {
        phone: e.phone.clone(),
        receipt: e.receipt.clone(),
        order_ref: e.order_ref.clone(),
        coupon: e.coupon.clone().filter(|_| carries(intent, "coupon")),
        ..Slots::default()
    };
    if carries(intent, "none") {
        return slots;
    }
    let list = |slot: &str, values: &[String]| if carries(intent, slot) { values.to_vec() } else { Vec::new() };
    slots.product = list("product", &e.product);
    slots.occasion = list("occasion", &e.occasion);
    slots.service = list("service", &e.service);
    if carries(intent, "colour") {
        slots.colour.clone_from(&e.colour);
    }
    if carries(intent, "size") {
        slots.size =
            if intent == I::Exchange || replaces(message) { wanted_size(message, &e.size) } else { e.size.clone() };
    }
    slots.audience = e.audience.clone().filter(|_| carries(intent, "audience"));
    slots.date = e.date.clone().filter(|_| carries(intent, "date"));
    slots.time = e.time.clone().filter(|_| carries(intent, "time"));
    if carries(intent, "ordinal") {
        slots.ordinal.clone_from(&e.ordinal);
    }
    if carries(intent, "quantity") {
        slots.quantity.clone_from(&e.counts);
    }
    // "bei ya mwisho" is the last price, no position
    if intent == I::Bargain {
        slots.ordinal.retain(|position| *position > 0);
    }
    // where the cart is spoken of, "nataka ya tatu" with nothing counted may be the number of pieces
    if intent == I::UpdateQuantity
        && slots.quantity.is_empty()
        && let [position] = slots.ordinal[..]
        && position > 0
    {
        slots.quantity = vec![position.unsigned_abs()];
        slots.ordinal.clear();
    }
    match intent {
        I::FeedbackRating => {
            let counted = || e.counts.first().and_then(|c| u8::try_from(*c).ok()).filter(|r| (1..=5).contains(r));
            slots.rating = e.rating.or_else(counted);
        }
        I::ChangeLanguage => slots.language = e.language,
        I::GiveAddress => slots.address = place::address(message, context),
        I::DeliveryQuestion | I::OrderStatus | I::Checkout => slots.address = place::place_named(message),
        _ => {}
    }
    put_amounts(e, intent, &mut slots);
    // "dera mia moja za sherehe": a hundred pieces
    if intent == I::WholesaleInquiry
        && slots.quantity.is_empty()
        && let Some(pieces) = slots.amount.filter(|a| (10..=400).contains(a)).and_then(|a| u32::try_from(a).ok())
    {
        (slots.quantity, slots.amount) = (vec![pieces], None);
    }
    slots
}

fn put_amounts(e: &Entities, intent: Intent, slots: &mut Slots) {
    use Intent as I;
    let first = |role: Role| e.amounts.iter().find(|a| a.role == role).map(|a| a.value);
    match intent {
        I::Bargain => slots.offer_price = e.amounts.iter().map(|a| a.value).min(),
        I::ProductSearch | I::Availability | I::ImageSearchCaption => {
            slots.price_max = first(Role::Max).or_else(|| first(Role::Plain));
            slots.price_min = first(Role::Min);
        }
        I::GiveAddress | I::OptIn | I::OptOut | I::ChangeLanguage => {}
        _ => slots.amount = e.amounts.first().map(|a| a.value),
    }
}

/// "XL badala ya L", "a 43 not 42": one of what is named is the old.
fn replaces(message: &Message<'_>) -> bool {
    (1..message.tokens.len()).any(|i| {
        matches!((message.before(i, 1), message.word(i)), ("instead", "of") | ("badala", "ya"))
            || matches!(message.word(i), "not" | "sio")
    })
}

/// In an exchange, the size wanted and not the one held: "the 38 for a 39", "L instead of M".
fn wanted_size(message: &Message<'_>, sizes: &[Size]) -> Vec<Size> {
    if sizes.len() < 2 {
        return sizes.to_vec();
    }
    let has = |a: &str, b: &str| (1..message.tokens.len()).any(|i| message.word(i - 1) == a && message.word(i) == b);
    let instead = has("instead", "of")
        || has("badala", "ya")
        || message.tokens.iter().any(|t| matches!(t.text.as_str(), "not" | "sio" | "si"));
    let wanted = if instead { sizes.first() } else { sizes.last() };
    wanted.cloned().into_iter().collect()
}
