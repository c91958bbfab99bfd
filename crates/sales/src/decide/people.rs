//! People: a person who takes over, complaints, insults, small talk, languages, marketing, ratings.

use duka_kernel::{OrderId, ProductId};
use duka_perception::{Intent, Mood, Wish};
use duka_shop::{OrderState, about::About, hours};

use super::{case_words::apologises, documents, questions};
use crate::{
    desk::Desk,
    dialogue::Question,
    effect::{CustomerChange, Effect, HandOffReason},
    say::{Hail, Say},
    tools::{
        HandOff, RecordFeedback, SearchProducts, SetOptOut, hand_off_to_human, record_feedback, search_products,
        set_opt_out,
    },
    words::{has_any, words},
};

/// Not understood so often in a row: a person takes over.
const MISUNDERSTOOD_LIMIT: u8 = 2;

/// The same while something is being bought: silence would cost the sale.
const SELLING_LIMIT: u8 = 3;

/// Who wrote less long ago is not welcomed back.
const AWAY_MILLIS: i64 = 6 * 60 * 60 * 1000;
/// Up to this rating a person of the team takes it up.
const UNHAPPY: u8 = 2;
/// From this rating on something else is suggested.
const HAPPY: u8 = 4;

/// Ask for the last message again where they stand nearly alone.
const WHAT: &[&str] = &["what", "again", "huh", "eh", "nini", "eti", "tena"];
const SAY_AGAIN: &[&str] = &[
    "repeat",
    "pardon",
    "what did you say",
    "you said what",
    "what was that",
    "rudia",
    "sijaelewa",
    "sielewi",
    "sijakuelewa",
    "come again",
    "didnt get",
    "dont understand",
    "didnt understand",
    "unasema nini",
    "say that again",
    "confused",
    "unamaanisha nini",
    "imenipita",
    "sijaget",
    "sijapata",
    "sijashika",
    "what do you mean",
];
const THE_NUMBER: &[&str] = &["number", "contact", "contacts", "namba", "phone number", "simu gani"];
const WHO: &[&str] = &[
    "robot",
    "roboti",
    "bot",
    "machine",
    "ai",
    "chatbot",
    "who are you",
    "what are you",
    "are you human",
    "wewe ni nani",
    "we ni nani",
    "unaitwa nani",
    "mtu wa ukweli",
    "real person",
    "real human",
];
const A_PERSON: &[&str] = &[
    "talk", "speak", "person", "human", "ongea", "niongee", "mtu", "agent", "owner", "mwenyewe", "call me", "nipigie",
    "boss", "mhudumu", "someone", "somebody",
];

/// What an answer of a person has in it that one asks for again: a till, an account, a number to call.
const GIVEN_BY_STAFF: &[&str] =
    &["number", "numbers", "namba", "nambari", "till", "paybill", "account", "acc", "akaunti", "link", "address"];
const ASKED_AGAIN: &[&str] = &[
    "which",
    "what",
    "again",
    "repeat",
    "resend",
    "remind",
    "gani",
    "tena",
    "rudia",
    "nikumbushe",
    "ile",
    "ilikuwa",
    "mlinipa",
    "ulinipa",
    "mlisema",
    "ulisema",
    "niambie",
    "nitumie",
    "send me",
    "nipe",
    "said",
    "gave",
];
/// For so long what a person wrote is said again on request.
const STAFF_WORDS_COUNT_MILLIS: i64 = 7 * 24 * 60 * 60 * 1000;

/// Whether the shop is open, for saying when people answer.
fn open_or_not(desk: &Desk<'_>) -> hours::Status {
    hours::status(desk.recall.shop, desk.recall.now)
}

/// "Which number again?" after a person of the shop gave one: their words once more, as they stand. Says whether that
/// was it.
pub(super) fn said_by_staff(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    const OURS: &[&str] = &["order", "oda", "size", "option", "my number", "namba yangu"];
    let asks = has_any(&wish.text, ASKED_AGAIN) || wish.text.trim_end().ends_with('?');
    let about = has_any(&wish.text, GIVEN_BY_STAFF) && !has_any(&wish.text, OURS);
    if !asks || !about || wish.slots.phone.is_some() || !wish.slots.product.is_empty() {
        return false;
    }
    let recent = |at| desk.recall.now.millis_since(at) < STAFF_WORDS_COUNT_MILLIS;
    let with_number = |text: &str| text.chars().filter(char::is_ascii_digit).count() >= 4;
    let note = desk.dialogue.staff.iter().rev().find(|note| recent(note.at) && with_number(&note.text));
    let Some(text) = note.map(|note| note.text.clone()) else { return false };
    desk.say(Say::StaffSaid { text });
    desk.quiet = true;
    true
}

/// "Nimerudi": welcome back, with what waits in the cart. Says whether that was it.
pub(super) fn is_back(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    const BACK: &[&str] = &["nimerudi", "im back", "i am back", "nimerudia", "nko back", "niko back", "nimecome back"];
    let back = has_any(&wish.text, BACK) && words(&wish.text).len() <= 6 && wish.slots.product.is_empty();
    if back {
        let name = desk.recall.customer.facts.get("name").or(desk.recall.customer.name.as_ref()).cloned();
        desk.say(Say::Greeting { name, first: !desk.dialogue.introduced, returning: true, hail: None });
        desk.dialogue.introduced = true;
        if !desk.dialogue.cart.is_empty() {
            super::cart::view(desk);
        }
    }
    back
}

/// A hello, with what can be done here.
pub(super) fn greet(desk: &mut Desk<'_>, wish: &Wish) {
    let customer = desk.recall.customer;
    let first = !desk.dialogue.introduced;
    desk.dialogue.introduced = true;
    let away = desk.dialogue.last_heard.is_none_or(|at| desk.recall.now.millis_since(at) > AWAY_MILLIS);
    let returning = !customer.is_new && away;
    let name = customer.facts.get("name").or(customer.name.as_ref()).cloned();
    let hail = match () {
        () if has_any(&wish.text, &["shikamoo", "shikamo", "shkamoo"]) => Some(Hail::Elder),
        () if has_any(
            &wish.text,
            &["salaam", "salaam alaikum", "salam aleikum", "assalamu alaikum", "asalam aleikum", "salaam aleikum"],
        ) =>
        {
            Some(Hail::Peace)
        }
        () => None,
    };
    desk.say(Say::Greeting { name, first, returning, hail });
    let told = desk.says.iter().any(|say| matches!(say, Say::CartChanged { .. }));
    if away && !told && !desk.dialogue.cart.is_empty() {
        super::cart::view(desk);
    }
}

/// A person is asked for; or only the shop's number.
pub(super) fn person(desk: &mut Desk<'_>, wish: &Wish) {
    if has_any(&wish.text, &["mpesa agent", "m pesa agent", "agent wa mpesa", "agent wa m pesa", "agent number"]) {
        return super::shop_info::payment_methods(desk, wish);
    }
    if has_any(&wish.text, THE_NUMBER) && !has_any(&wish.text, A_PERSON) {
        return super::shop_info::contact(desk);
    }
    hand_off(desk, HandOffReason::Asked, &wish.text);
}

/// A person takes over, and sees the order that the conversation is about.
pub(super) fn hand_off(desk: &mut Desk<'_>, reason: HandOffReason, said: &str) {
    let now = open_or_not(desk);
    desk.say(Say::HandedOff { reason, now });
    let order = super::payment::current(desk).map(|order| order.id);
    hand_off_to_human(desk, HandOff { reason, said: said.to_owned(), order });
    desk.dialogue.misunderstood = 0;
}

/// Something is to be made that the shop does not sell: a person says whether and for how much.
pub(super) fn made_to_order(desk: &mut Desk<'_>) {
    hand_off(desk, HandOffReason::NeedsPerson, "wants something made from the cloth in the picture");
}

/// "Mbona inachelewa": asked of an order that is under way.
fn asks_why_late(desk: &Desk<'_>, wish: &Wish) -> bool {
    const LATE: &[&str] = &[
        "late",
        "delay",
        "delayed",
        "taking long",
        "taking so long",
        "still waiting",
        "hasnt come",
        "hasnt arrived",
        "not arrived",
        "inachelewa",
        "imechelewa",
        "mmechelewa",
        "mnachelewa",
        "haijafika",
        "haijakam",
        "haijakuja",
        "bado haijafika",
        "inakawia",
        "imekawia",
        "nangoja",
        "nasubiri",
        "naningoja",
    ];
    let under_way = |state: OrderState| state.is_sold() && state != OrderState::Delivered;
    desk.mood != Mood::Angry
        && has_any(&wish.text, LATE)
        && desk.recall.orders.iter().any(|order| under_way(order.state))
}

/// Something was bad or wrong: sorry, and a person, who sees the latest order. An apology is accepted, and who only asks
/// why it is late hears first where it is.
pub(super) fn complaint(desk: &mut Desk<'_>, wish: &Wish) {
    if apologises(wish) {
        return desk.say(Say::Forgiven);
    }
    if asks_why_late(desk, wish) && !has_any(&wish.text, A_PERSON) {
        return super::orders::status(desk, wish);
    }
    let asked = wish.slots.order_ref.clone();
    let order = crate::tools::get_order_status(desk, &crate::tools::GetOrderStatus { number: asked });
    let (number, order) = (order.map(|o| o.number.clone()), order.map(|o| o.id));
    let now = open_or_not(desk);
    desk.say(Say::ComplaintTaken { number, now });
    hand_off_to_human(desk, HandOff { reason: HandOffReason::Complaint, said: wish.text.clone(), order });
}

/// "What?", "sijaelewa".
pub(super) fn asks_to_repeat(text: &str) -> bool {
    let length = crate::words::words(text).len();
    (length <= 9 && has_any(text, SAY_AGAIN))
        || (length <= 3 && has_any(text, WHAT))
        || text.trim().chars().all(|c| c == '?')
}

/// "What?": the last message once more; or a message without a meaning.
pub(super) fn repeat_or_unclear(desk: &mut Desk<'_>, wish: &Wish) {
    if questions::about_make(desk, wish) {
        return;
    }
    if !wish.text.chars().any(char::is_alphanumeric)
        && !wish.text.trim().is_empty()
        && !asks_to_repeat(&wish.text)
        && desk.pending == Question::None
    {
        // Only a smile.
        desk.say(Say::WhatNext { cart_waiting: !desk.dialogue.cart.is_empty() });
        desk.quiet = true;
        return;
    }
    // "And tomorrow?" after the hours.
    if wish.slots.date.is_some() && desk.pending == Question::None && words(&wish.text).len() <= 4 {
        return super::shop_info::opening_hours(desk, wish);
    }
    match desk.dialogue.last_text.clone() {
        // An apology once more would be no answer.
        Some(_) if asks_to_repeat(&wish.text) && desk.dialogue.misunderstood > 0 => {
            desk.say(Say::NotUnderstood { again: true });
        }
        Some(text) if asks_to_repeat(&wish.text) => {
            desk.say(Say::Again { text });
            desk.quiet = true;
        }
        _ => not_understood(desk, &wish.text),
    }
}

/// Nothing here fits: an answer in the shop's own words if there is one, or the team's if it is a question; otherwise,
/// the second time in a row, a person.
pub(super) fn not_understood(desk: &mut Desk<'_>, text: &str) {
    if documents::own_answer(desk, text) || questions::ask_team(desk, text) {
        return;
    }
    desk.dialogue.misunderstood = desk.dialogue.misunderstood.saturating_add(1);
    let selling = !desk.dialogue.cart.is_empty() || !desk.dialogue.wanted.is_empty();
    if desk.dialogue.misunderstood >= if selling { SELLING_LIMIT } else { MISUNDERSTOOD_LIMIT } {
        hand_off(desk, HandOffReason::NotUnderstood, text);
    } else {
        desk.say(Say::NotUnderstood { again: false });
    }
}

/// Something the shop does not do: one light line, unless the shop has an answer of its own.
pub(super) fn off_topic(desk: &mut Desk<'_>, wish: &Wish) {
    if has_any(&wish.text, WHO) {
        desk.dialogue.introduced = true;
        desk.say(Say::Introduction);
        // With whose assistant it is, where the shop says.
        if let Some(brief) = &desk.recall.shop.about.brief {
            let about = About { brief: Some(brief.clone()), ..About::default() };
            desk.say(Say::AboutShop { about, part: None });
        }
    } else if !documents::own_answer(desk, &wish.text) && !questions::about_the_shop(desk, wish) {
        desk.say(Say::OffTopic { angry: desk.mood == Mood::Angry });
    }
}

/// Whether a wish refuses marketing messages (true) or wants them again (false). `free`: nothing is open that a bare
/// "acha" could be the answer to.
pub(crate) fn marketing_said(wish: &Wish, free: bool) -> Option<bool> {
    const ALONE: &[&str] = &["stop", "stopall", "unsubscribe"];
    // Also how one says "leave it" and "take it out", so they count alone where nothing is open, or in capitals.
    const ALONE_IF_FREE: &[&str] = &["acha", "wacha", "ondoa", "niondoe", "toa"];
    const PHRASES: &[&str] = &[
        "dont message me",
        "dont text me",
        "stop texting",
        "stop messaging",
        "usinitumie tena",
        "msinitumie tena",
        "usinitext tena",
        "msinitext tena",
        "usiniandikie tena",
    ];
    let words = words(&wish.text);
    let alone = match &words[..] {
        [word] if ALONE.contains(&word.as_str()) => true,
        [word] if ALONE_IF_FREE.contains(&word.as_str()) => {
            free || wish.text.trim().chars().any(|c| c.is_uppercase()) && !wish.text.chars().any(char::is_lowercase)
        }
        _ => false,
    };
    match wish.intent {
        _ if alone || has_any(&wish.text, PHRASES) => Some(true),
        Intent::OptOut if super::leaving::refuses(wish) => Some(true),
        Intent::OptIn => Some(false),
        _ => None,
    }
}

/// Marketing messages on or off.
pub(super) fn marketing(desk: &mut Desk<'_>, out: bool) {
    set_opt_out(desk, SetOptOut { out });
    desk.say(if out { Say::OptedOut } else { Say::OptedIn });
    desk.quiet = true;
}

/// One thing that goes with what they bought, softly.
fn suggest(desk: &mut Desk<'_>, order: Option<OrderId>) {
    if !desk.recall.shop.modules.recommendations {
        return;
    }
    let bought: Vec<ProductId> = desk.recall.orders.iter().flat_map(|o| &o.lines).map(|line| line.product).collect();
    let order = desk.recall.orders.iter().find(|o| Some(o.id) == order);
    let Some(like) = order.and_then(|o| o.lines.first()).map(|line| line.product) else { return };
    let args = SearchProducts { like: Some(like), exclude: bought, limit: 1, ..SearchProducts::default() };
    if let Some(hit) = search_products(desk, &args).first()
        && let Some(product) = desk.product(hit.product)
    {
        let card = desk.card(product);
        super::choosing::under_discussion(desk, &[product.id]);
        desk.say(Say::Suggest { card });
    }
}

/// "You are thieves, you took my money": whatever else it looks like, that is for a person. Says whether it was that.
pub(super) fn accused(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    const ACCUSES: &[&str] = &[
        "wezi",
        "mwizi",
        "thieves",
        "thief",
        "scam",
        "scammer",
        "scammers",
        "conmen",
        "con men",
        "fraud",
        "matapeli",
        "mmeniibia",
        "mmenikula",
        "mmekula doh",
        "mmekula pesa",
        "mlinikula",
        "mliniibia",
        "you stole",
        "stole my money",
    ];
    let accuses = has_any(&wish.text, ACCUSES) && desk.mood != Mood::Playful;
    let told = || desk.effects.iter().any(|effect| matches!(effect, Effect::HandOff { .. }));
    if accuses && !told() {
        complaint(desk, wish);
    }
    accuses
}

/// "Are you a robot?", however rude it reads. Says whether that was asked.
pub(super) fn asked_who(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    let asks = wish.intent == Intent::Abuse && has_any(&wish.text, WHO) && words(&wish.text).len() <= 5;
    if asks {
        off_topic(desk, wish);
    }
    asks
}

/// "Just looking for now": no rush. Says whether that was it.
pub(super) fn only_looking(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    const LOOKING: &[&str] = &[
        "just looking",
        "just browsing",
        "only looking",
        "looking around",
        "naangalia tu",
        "ninaangalia tu",
        "nacheki tu",
        "naona tu",
        "niko hapa tu",
        "nitarudi baadaye",
        "will buy later",
        "buy end month",
        "nitabuy later",
        "nitanunua baadaye",
    ];
    let looking = desk.pending == Question::None && wish.slots.product.is_empty() && has_any(&wish.text, LOOKING);
    if looking && !desk.says.contains(&Say::NoRush) {
        desk.say(Say::NoRush);
        desk.quiet = true;
    }
    looking
}

/// "My name is Amina": kept, and used from then on. Says whether that is all the message says.
pub(super) fn name_given(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    let Some(name) = crate::words::name_given(&wish.text) else { return false };
    desk.effect(Effect::Customer(CustomerChange::Fact { name: "name".into(), value: name.clone() }));
    let more = !wish.slots.product.is_empty() || desk.pending != Question::None;
    if !more && crate::words::words(&wish.text).len() <= 8 {
        desk.say(Say::NameKept { name });
        return true;
    }
    false
}

/// A rating or praise.
pub(super) fn feedback(desk: &mut Desk<'_>, wish: &Wish) {
    let asked = desk.pending == Question::Rating;
    if !asked && !wish.text.chars().any(char::is_alphabetic) && !wish.text.contains(['⭐', '★', '/']) {
        // A number that nobody asked for rates nothing.
        return not_understood(desk, &wish.text);
    }
    if !asked && wish.text.trim_end().ends_with('?') {
        return super::search::search(desk, wish);
    }
    let sold = desk.recall.orders.iter().find(|order| order.state.is_sold());
    let order = desk.dialogue.rating.filter(|_| asked).or_else(|| sold.map(|order| order.id));
    let rating = wish.slots.rating.filter(|rating| record_feedback(desk, RecordFeedback { rating: *rating, order }));
    if asked {
        desk.answered();
        desk.dialogue.rating = None;
    }
    let unhappy = rating.is_some_and(|rating| rating <= UNHAPPY);
    desk.say(Say::Rated { rating, person: unhappy });
    if unhappy {
        let number = desk.recall.orders.iter().find(|o| Some(o.id) == order).map(|o| format!(", {}", o.number));
        let said = format!("{} ({}/5{})", wish.text, rating.unwrap_or_default(), number.unwrap_or_default());
        hand_off_to_human(desk, HandOff { reason: HandOffReason::Complaint, said, order });
    } else if asked && rating.is_none_or(|rating| rating >= HAPPY) && desk.mood != Mood::Angry {
        suggest(desk, order);
    }
}
