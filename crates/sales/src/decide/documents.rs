//! Answers from the shop's documents. Its settings and its own answers go before them: a document may be old.

use duka_perception::{Intent, Mood, Perception, Wish};
use duka_shop::knowledge::Answer;

use super::{knowledge, questions, reading::GUESS, shop_info};
use crate::{desk::Desk, say::Say, words::has_any};

/// From here on a document speaks of all that is asked, and it goes before what the message looks like otherwise.
const CERTAIN: f32 = 0.8;

const THE_WAY: &[&str] = &[
    "where",
    "located",
    "location",
    "address",
    "directions",
    "direction",
    "branch",
    "branches",
    "find you",
    "wapi",
    "mahali",
    "tawi",
    "matawi",
    "base",
    "mko area gani",
    "pin",
    "map",
    "ramani",
    "kufika",
    "nafika",
];

const PAYING: &[&str] = &[
    "pay",
    "paying",
    "payment",
    "payments",
    "lipa",
    "nalipa",
    "kulipa",
    "malipo",
    "mpesa",
    "m pesa",
    "cash",
    "till",
    "paybill",
    "visa",
    "mastercard",
    "credit",
    "debit",
    "pesa",
    "doh",
];
const CAN_YOU: &[&str] = &[
    "can you",
    "could you",
    "do you",
    "mnaweza",
    "mnaeza",
    "unaweza",
    "waweza",
    "unaeza",
    "mna",
    "mnafanya",
    "how much",
];

/// The shop's own answer to a question, from what it has written down: its set answers, then its documents. Says
/// whether there is one.
pub(super) fn own_answer(desk: &mut Desk<'_>, text: &str) -> bool {
    knowledge::faq(desk, text) || faq_in_other_words(desk, text) || answer(desk, text)
}

/// Answers with the shop's answer to a question that asks the same in other words, if it speaks of all that is asked.
fn faq_in_other_words(desk: &mut Desk<'_>, text: &str) -> bool {
    let found = crate::knowledge::own_answer(desk.recall, text).filter(|(_, found)| is_full(found));
    let answer = found.map(|(answer, _)| answer);
    let is_known = answer.is_some();
    desk.says.extend(answer.map(|answer| Say::Faq { answer, then: true }));
    is_known
}

/// Whether it is clear that an answer speaks of all that is asked, and that is more than a word.
fn is_full(found: &Answer) -> bool {
    found.clearness >= CERTAIN && found.about.len() > 1
}

/// Answers with a document's own sentences, if one clearly answers.
fn answer(desk: &mut Desk<'_>, text: &str) -> bool {
    let Some(found) = crate::knowledge::answer(desk.recall, text) else { return false };
    desk.say(Say::Passage { answer: found.text, source: found.source });
    true
}

/// The same, where it is clear that it speaks of all that is asked, and that is more than a word: it goes before a list of
/// what there is.
pub(super) fn own_full_answer(desk: &mut Desk<'_>, text: &str) -> bool {
    let by_shop = crate::knowledge::own_answer(desk.recall, text).map(|(_, found)| found);
    let found = by_shop.filter(is_full).or_else(|| crate::knowledge::answer(desk.recall, text));
    found.is_some_and(|found| is_full(&found)) && own_answer(desk, text)
}

/// "The zip is broken, can you fix it and how much?" of who has bought nothing here: one question that a document answers, and
/// no complaint, however many parts it was read in.
pub(super) fn together(desk: &Desk<'_>, perception: &Perception) -> Option<Wish> {
    use Intent::{Complaint, PriceInquiry, ServiceInquiry};
    let wishes = &perception.wishes;
    let complaint = wishes.iter().find(|wish| wish.intent == Complaint)?;
    let asks = |wish: &Wish| matches!(wish.intent, Complaint | PriceInquiry | ServiceInquiry);
    let text = wishes.iter().map(|wish| wish.text.as_str()).collect::<Vec<_>>().join(" ");
    if !desk.recall.orders.is_empty() || perception.mood == Mood::Angry || !wishes.iter().all(asks) {
        return None;
    }
    let found = crate::knowledge::answer(desk.recall, &text).filter(|_| has_any(&text, CAN_YOU))?;
    is_full(&found).then(|| Wish { intent: ServiceInquiry, text, ..complaint.clone() })
}

/// A question about the shop that a document answers in full, and that no setting does: it goes before the goods that it
/// looks like. Says whether it was one.
pub(super) fn is_answered(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    if !may_be_asked(desk, wish) || !questions::is_question(&wish.text) {
        return false;
    }
    let by_shop = crate::knowledge::own_answer(desk.recall, &wish.text).map(|(_, found)| found).filter(is_full);
    let is_own = by_shop.is_some();
    let Some(found) = by_shop.or_else(|| crate::knowledge::answer(desk.recall, &wish.text)) else { return false };
    // Of goods that are sold here, the list says what there is and what it costs.
    let beyond_goods = found.about.iter().any(|word| !knowledge::names_goods(desk, word));
    let clear = found.clearness >= CERTAIN && beyond_goods;
    if clear {
        if knowledge::faq(desk, &wish.text) || is_own && faq_in_other_words(desk, &wish.text) {
            return true;
        }
        desk.say(Say::Passage { answer: found.text, source: found.source });
    }
    clear
}

/// Whether a wish asks something that none of the shop's settings says.
fn may_be_asked(desk: &Desk<'_>, wish: &Wish) -> bool {
    use Intent::{
        Availability, BusinessHours, DeliveryQuestion, Exchange, Location, PaymentMethods, PriceInquiry, ProductSearch,
        RepeatUnclear, ReturnRefund, ServiceInquiry, SizeAdvice, SmalltalkOfftopic, WholesaleInquiry,
    };
    let shop = desk.recall.shop;
    let points = !wish.slots.ordinal.is_empty() || wish.slots.order_ref.is_some();
    // What it was taken for may be hardly a guess.
    let guessed = wish.confidence < GUESS;
    !points
        && match wish.intent {
            _ if guessed => true,
            RepeatUnclear | SizeAdvice | SmalltalkOfftopic => true,
            Availability | PriceInquiry | ProductSearch => {
                desk.dialogue.shown.is_empty() || !wish.slots.product.is_empty()
            }
            ServiceInquiry => desk.recall.services.is_empty(),
            DeliveryQuestion => shop.delivery.zones.is_empty() && !shop.delivery.pickup,
            BusinessHours => shop.hours.iter().all(Option::is_none),
            // What there is at the shop is asked like the way to it.
            Location => {
                let asks_the_way = has_any(&wish.text, THE_WAY) && !has_any(&wish.text, shop_info::PARKING);
                shop.location.is_none() || !asks_the_way
            }
            // A loyalty card is nothing to pay with.
            PaymentMethods => shop.payment_methods.is_empty() || !has_any(&wish.text, PAYING),
            WholesaleInquiry => shop.wholesale.is_none(),
            // Only how it goes; what was bought is given back by its own steps.
            ReturnRefund => shop.returns.is_none() && desk.recall.orders.is_empty(),
            Exchange => shop.exchange.is_none() && desk.recall.orders.is_empty(),
            _ => false,
        }
}
