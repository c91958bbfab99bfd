//! What was heard in a voice note and would buy or change something is read back first, and done on the customer's yes.

use duka_perception::{Intent, Perception};

use super::{
    Decision, Heard, consent, decide_now, gap,
    guarding::{NO, YES},
    speaking, text,
};
use crate::{
    desk::Desk,
    dialogue::{Dialogue, Question, Spoken},
    effect::{CustomerChange, Effect},
    recall::Recall,
    say::Say,
    words::{has_any, words},
};

/// An answer to what is read back in more words than these is more than a yes or no.
const LONGEST_ANSWER: usize = 6;

/// A yes to having heard well, besides the usual ones.
const HEARD_WELL: &[&str] = &[
    "exactly",
    "thats it",
    "thats what i said",
    "you heard right",
    "sahihi",
    "ndivyo",
    "ndo hivyo",
    "hivyo hivyo",
    "umesikia",
    "umenisikia",
    "umeskia",
    "umeskia poa",
    "iyo",
    "hiyo hiyo",
];

/// Serves what was said aloud, unless that would buy or change something: then it is only read back.
pub(super) fn spoken(desk: &mut Desk<'_>, said: &str, perception: &Perception, quoted: Option<&str>) {
    let product = quoted.and_then(|sku| desk.recall.catalogue.by_sku(sku)).map(|product| product.id);
    let mut tried = desk.clone();
    text(&mut tried, perception, product);
    if !changes(desk, &tried) {
        *desk = tried;
        return;
    }
    desk.rests_on_as(&tried);
    speaking::note_language(desk, perception);
    let (said, perception, before) = match desk.dialogue.question.clone() {
        // Another voice note of the same burst: both are read back together.
        Question::Heard(first) => {
            let Spoken { words, perception: mut together, before, .. } = *first;
            together.wishes.extend(perception.wishes.iter().cloned());
            (format!("{words}\n{said}"), together, before)
        }
        question => (said.to_owned(), perception.clone(), question),
    };
    let heard = Spoken { words: said.clone(), perception, quoted: quoted.map(str::to_owned), before };
    desk.ask(Question::Heard(Box::new(heard)), Say::HeardYou { words: said });
}

/// Whether a desk has become one on which something is bought or changed.
fn changes(before: &Desk<'_>, after: &Desk<'_>) -> bool {
    let (old, new) = (&before.dialogue, &after.dialogue);
    old.cart != new.cart
        || old.delivery != new.delivery
        || old.payer != new.payer
        || after.effects.iter().filter(|effect| binds(effect)).count()
            > before.effects.iter().filter(|effect| binds(effect)).count()
}

fn binds(effect: &Effect) -> bool {
    matches!(
        effect,
        Effect::PlaceOrder(_)
            | Effect::RequestPayment(_)
            | Effect::CancelOrder { .. }
            | Effect::TakeSlot(_)
            | Effect::ReleaseSlot(_)
            | Effect::MoveBooking { .. }
            | Effect::CancelBooking { .. }
            | Effect::OpenTask { .. }
            | Effect::AmendTask { .. }
            | Effect::Customer(CustomerChange::Phone(_) | CustomerChange::Address(_) | CustomerChange::ForgetAddress)
    )
}

/// What the answer to what was read back is.
enum Answer {
    /// It was heard well; what else the message says.
    Right(Option<Perception>),
    /// It was not; what else the message says.
    Wrong(Option<Perception>),
    /// Something else: what was heard is let go of.
    Neither,
}

/// Decides on the messages that follow what was read back.
pub(super) fn decide(dialogue: &Dialogue, asked: &Spoken, heard: &[Heard], recall: &Recall<'_>) -> Decision {
    let restored = Dialogue { question: asked.before.clone(), ..dialogue.clone() };
    let perception = match heard.first() {
        Some(Heard::Text { perception, .. } | Heard::Spoken { perception, .. }) => Some(perception),
        _ => None,
    };
    let answer = match perception {
        Some(perception) if !gap::is_stale(dialogue, recall.now) => answer(perception),
        _ => Answer::Neither,
    };
    let again = |rest: Option<Perception>| rest.map(|perception| Heard::Text { perception, quoted: None });
    let mut messages: Vec<Heard> = Vec::new();
    let mut wrong = false;
    match answer {
        Answer::Neither => return decide_now(&restored, heard, recall),
        Answer::Right(rest) => {
            messages.push(Heard::Text { perception: asked.perception.clone(), quoted: asked.quoted.clone() });
            messages.extend(again(rest));
        }
        Answer::Wrong(rest) => {
            wrong = rest.is_none();
            messages.extend(again(rest));
        }
    }
    messages.extend(heard.iter().skip(1).cloned());
    let mut decision = decide_now(&restored, &messages, recall);
    if wrong {
        decision.says.insert(0, Say::HeardWrong);
    }
    decision
}

fn answer(perception: &Perception) -> Answer {
    let said = perception.wishes.iter().map(|wish| wish.text.as_str()).collect::<Vec<_>>().join(" ");
    let first = perception.wishes.first().map(|wish| wish.intent);
    let short = words(&said).len() <= LONGEST_ANSWER;
    let (yes, no) = (has_any(&said, YES) || has_any(&said, HEARD_WELL), has_any(&said, NO));
    match (first, perception.wishes.len()) {
        (Some(Intent::Affirm), 1) if !no && !said.contains('?') && !consent::puts_off_by_its_words(&said) => {
            Answer::Right(None)
        }
        (Some(Intent::Deny), 1) if !yes && short => Answer::Wrong(None),
        (Some(Intent::Affirm), 2..) if !no => Answer::Right(Some(without_the_first(perception))),
        (Some(Intent::Deny), 2..) => Answer::Wrong(Some(without_the_first(perception))),
        // "Right", "hiyo hiyo": read as many things, and short enough to be nothing but the answer.
        _ if short && yes && !no && names_nothing(perception) => Answer::Right(None),
        _ if short && no && !yes && names_nothing(perception) => Answer::Wrong(None),
        _ => Answer::Neither,
    }
}

fn names_nothing(perception: &Perception) -> bool {
    let slots = &perception.slots;
    slots.product.is_empty()
        && slots.colour.is_empty()
        && slots.size.is_empty()
        && slots.quantity.is_empty()
        && slots.address.is_none()
        && slots.phone.is_none()
}

fn without_the_first(perception: &Perception) -> Perception {
    let wishes = perception.wishes[1..].to_vec();
    let (intent, confidence) =
        wishes.first().map_or((perception.intent, perception.confidence), |wish| (wish.intent, wish.confidence));
    Perception { intent, confidence, wishes, ..perception.clone() }
}
