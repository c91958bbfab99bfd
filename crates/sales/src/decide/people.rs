//! People: a person who takes over, complaints, insults, small talk, languages, marketing, ratings.

use duka_kernel::{OrderId, ProductId};
use duka_perception::{Mood, Wish};
use duka_shop::{about::About, hours};

use super::knowledge;
use crate::{
    desk::Desk,
    dialogue::Question,
    effect::{CustomerChange, Effect, HandOffReason},
    say::Say,
    tools::{
        HandOff, RecordFeedback, SearchProducts, SetOptOut, hand_off_to_human, record_feedback, search_products,
        set_opt_out,
    },
    words::has_any,
};

/// Not understood so often in a row: a person takes over.
const MISUNDERSTOOD_LIMIT: u8 = 2;

/// Who wrote less long ago is not welcomed back.
const AWAY_MILLIS: i64 = 6 * 60 * 60 * 1000;
/// Up to this rating a person of the team takes it up.
const UNHAPPY: u8 = 2;
/// From this rating on something else is suggested.
const HAPPY: u8 = 4;

const SAY_AGAIN: &[&str] = &[
    "what",
    "repeat",
    "again",
    "pardon",
    "rudia",
    "sijaelewa",
    "sielewi",
    "sijakuelewa",
    "come again",
    "didnt get",
    "dont understand",
    "didnt understand",
    "huh",
    "eh",
    "nini",
    "unasema nini",
    "say that again",
    "confused",
    "sijashika",
    "eti",
    "unamaanisha nini",
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

/// Whether somebody of the shop is there to take over now.
pub(super) fn someone_is_there(desk: &Desk<'_>) -> bool {
    matches!(hours::status(desk.recall.shop, desk.recall.now), hours::Status::Open { .. })
}

/// A hello, with what can be done here.
pub(super) fn greet(desk: &mut Desk<'_>) {
    let customer = desk.recall.customer;
    let first = !desk.dialogue.introduced;
    desk.dialogue.introduced = true;
    let away = desk.dialogue.last_heard.is_none_or(|at| desk.recall.now.millis_since(at) > AWAY_MILLIS);
    let returning = !customer.is_new && away;
    let name = customer.facts.get("name").or(customer.name.as_ref()).cloned();
    desk.say(Say::Greeting { name, first, returning });
}

/// A person is asked for; or only the shop's number.
pub(super) fn person(desk: &mut Desk<'_>, wish: &Wish) {
    if has_any(&wish.text, THE_NUMBER) && !has_any(&wish.text, A_PERSON) {
        return super::shop_info::contact(desk);
    }
    hand_off(desk, HandOffReason::Asked, &wish.text);
}

fn hand_off(desk: &mut Desk<'_>, reason: HandOffReason, said: &str) {
    let open = someone_is_there(desk);
    desk.say(Say::HandedOff { reason, open });
    hand_off_to_human(desk, HandOff { reason, said: said.to_owned() });
    desk.dialogue.misunderstood = 0;
}

/// Something was bad or wrong: sorry, and a person, who sees the latest order.
pub(super) fn complaint(desk: &mut Desk<'_>, wish: &Wish) {
    let asked = wish.slots.order_ref.clone();
    let order = crate::tools::get_order_status(desk, &crate::tools::GetOrderStatus { number: asked });
    let number = order.map(|o| o.number.clone());
    let said = match &number {
        Some(number) => format!("{} ({number})", wish.text),
        None => wish.text.clone(),
    };
    desk.say(Say::ComplaintTaken { number });
    hand_off_to_human(desk, HandOff { reason: HandOffReason::Complaint, said });
}

/// "What?": the last message once more; or a message without a meaning.
pub(super) fn repeat_or_unclear(desk: &mut Desk<'_>, wish: &Wish) {
    let short = crate::words::words(&wish.text).len() <= 6;
    match desk.dialogue.last_text.clone() {
        Some(text) if short && (has_any(&wish.text, SAY_AGAIN) || wish.text.trim().chars().all(|c| c == '?')) => {
            desk.say(Say::Again { text });
            desk.quiet = true;
        }
        _ => not_understood(desk, &wish.text),
    }
}

/// Nothing here fits: an answer in the shop's own words if there is one; the second time in a row a person.
pub(super) fn not_understood(desk: &mut Desk<'_>, text: &str) {
    if knowledge::faq(desk, text) {
        return;
    }
    desk.dialogue.misunderstood = desk.dialogue.misunderstood.saturating_add(1);
    if desk.dialogue.misunderstood >= MISUNDERSTOOD_LIMIT {
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
    } else if !knowledge::faq(desk, &wish.text) {
        desk.say(Say::OffTopic { angry: desk.mood == Mood::Angry });
    }
}

/// Answers in the language asked for from now on.
pub(super) fn change_language(desk: &mut Desk<'_>, wish: &Wish) {
    let Some(to) = wish.slots.language else { return not_understood(desk, &wish.text) };
    desk.language = to;
    desk.effects.retain(|effect| !matches!(effect, Effect::Customer(CustomerChange::Language(_))));
    desk.effect(Effect::Customer(CustomerChange::PinLanguage(to)));
    desk.say(Say::LanguageChanged { to });
}

/// Marketing messages on or off.
pub(super) fn marketing(desk: &mut Desk<'_>, out: bool) {
    set_opt_out(desk, SetOptOut { out });
    desk.say(if out { Say::OptedOut } else { Say::OptedIn });
    desk.quiet = true;
}

/// One thing that goes with what they bought, softly.
fn suggest(desk: &mut Desk<'_>, order: Option<OrderId>) {
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
        hand_off_to_human(desk, HandOff { reason: HandOffReason::Complaint, said });
    } else if asked && rating.is_none_or(|rating| rating >= HAPPY) && desk.mood != Mood::Angry {
        suggest(desk, order);
    }
}
