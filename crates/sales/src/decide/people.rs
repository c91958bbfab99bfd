//! People: a person who takes over, complaints, insults, small talk, languages, marketing, ratings.

use duka_perception::{Mood, Wish};
use duka_shop::{about::About, hours};

use super::knowledge;
use crate::{
    desk::Desk,
    dialogue::Question,
    effect::{CustomerChange, Effect, HandOffReason},
    say::Say,
    tools::{HandOff, RecordFeedback, SetOptOut, hand_off_to_human, record_feedback, set_opt_out},
    words::has_any,
};

/// Not understood so often in a row: a person takes over.
const MISUNDERSTOOD_LIMIT: u8 = 2;

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
    "eti",
    "unamaanisha nini",
    "tena",
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

/// Whether somebody of the shop is there to take over now.
pub(super) fn someone_is_there(desk: &Desk<'_>) -> bool {
    matches!(hours::status(desk.recall.shop, desk.recall.now), hours::Status::Open { .. })
}

/// A hello, with what can be done here.
pub(super) fn greet(desk: &mut Desk<'_>) {
    let customer = desk.recall.customer;
    let first = !desk.dialogue.introduced;
    desk.dialogue.introduced = true;
    desk.say(Say::Greeting { name: customer.name.clone(), first, returning: !customer.is_new });
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

/// "What?", "sijaelewa".
pub(super) fn asks_to_repeat(text: &str) -> bool {
    let short = crate::words::words(text).len() <= 9;
    short && (has_any(text, SAY_AGAIN) || text.trim().chars().all(|c| c == '?'))
}

/// "What?": the last message once more; or a message without a meaning.
pub(super) fn repeat_or_unclear(desk: &mut Desk<'_>, wish: &Wish) {
    match desk.dialogue.last_text.clone() {
        Some(text) if asks_to_repeat(&wish.text) => {
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

/// A rating or praise.
pub(super) fn feedback(desk: &mut Desk<'_>, wish: &Wish) {
    let rating = wish.slots.rating.filter(|rating| record_feedback(desk, RecordFeedback { rating: *rating }));
    if desk.pending == Question::Rating {
        desk.answered();
    }
    desk.say(Say::Rated { rating });
}
