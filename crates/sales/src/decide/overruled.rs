//! Readings that the words themselves overrule: what is wanted after a "no", an offer that looks like a choice, "leave it"
//! that looks like a yes.

use duka_perception::{Context, Intent, Slots, Wish, perceive, when};

use super::reading::UNSURE;
use crate::{
    desk::Desk,
    dialogue::Question,
    words::{has_any, words},
};

const NO: &[&str] = &["no", "nope", "hapana", "apana", "zi", "zii", "la", "sio", "siyo"];
const WANTS: &[&str] = &[
    "nataka", "naitaka", "i want", "want", "give me", "nipe", "nipee", "nipatie", "naomba", "make it", "weka",
    "niwekee",
];
/// Said to be let be, whatever a "sawa" before it sounds like.
const LEAVES: &[&str] = &[
    "leave it",
    "forget it",
    "never mind",
    "nevermind",
    "not now",
    "acha",
    "wacha",
    "iache",
    "niache",
    "achana nayo",
    "wachana nayo",
];
/// What else "acha" begins.
const LEAVES_SOMETHING: &[&str] =
    &["delivery", "niangalie", "nicheki", "nifikirie", "nione", "nilipe", "nitume", "iwe"];
const LAST_WORD: &[&str] = &["mwisho", "last", "final", "last price", "max"];
/// Where else it is said to cost less.
const ELSEWHERE: &[&str] = &[
    "got it cheaper",
    "cheaper elsewhere",
    "cheaper from you",
    "found it cheaper",
    "saw the same",
    "same one at",
    "other shop",
    "another shop",
    "other shops",
    "gikomba",
    "toi market",
    "duka lingine",
    "duka jirani",
    "wengine wanauza",
    "iko chini kwingine",
    "kwingine",
];

/// The wish as its words overrule it.
pub(super) fn overruled(desk: &Desk<'_>, wish: Wish) -> Wish {
    let wish = after_no(desk, &wish).or_else(|| asks_of_a_day(desk, &wish)).unwrap_or(wish);
    let intent = match wish.intent {
        Intent::Affirm if leaves_it(&wish) => Intent::Deny,
        Intent::SelectOption | Intent::UpdateQuantity | Intent::RepeatUnclear | Intent::ProductSearch
            if names_an_offer(&wish) =>
        {
            Intent::Bargain
        }
        Intent::AddToCart | Intent::ChooseSize if supposes(&wish) => Intent::WholesaleInquiry,
        intent => intent,
    };
    if intent == wish.intent {
        return wish;
    }
    let mut read = Wish { intent, confidence: wish.confidence.max(UNSURE), ..wish };
    match intent {
        Intent::Bargain => {
            read.slots.offer_price = read.slots.offer_price.or(read.slots.amount.take());
            read.slots.quantity.clear();
            read.slots.ordinal.clear();
        }
        Intent::WholesaleInquiry => {
            let number = |size: &duka_kernel::Size| size.as_str().parse::<u32>().ok();
            read.slots.quantity.extend(read.slots.size.iter().filter_map(number));
            read.slots.size.clear();
        }
        _ => {}
    }
    read
}

/// "Hapana, nataka namba 41": what comes after the no is what is wanted.
fn after_no(desk: &Desk<'_>, wish: &Wish) -> Option<Wish> {
    let free = matches!(
        desk.pending,
        Question::None | Question::Take { .. } | Question::ProductChoice | Question::CartNext | Question::Variant
    );
    let said = words(&wish.text);
    let begins = said.first().is_some_and(|word| NO.contains(&word.as_str()));
    if wish.intent != Intent::Deny || !free || !begins || said.len() < 3 || !has_any(&wish.text, WANTS) {
        return None;
    }
    let rest = wish.text.trim().split_once([' ', ','])?.1.trim();
    let heard = perceive(rest, &Context::default());
    let slots = heard.slots;
    let says = !slots.size.is_empty() || !slots.product.is_empty() || !slots.colour.is_empty();
    let wants = matches!(
        heard.intent,
        Intent::AddToCart | Intent::ChooseSize | Intent::ProductSearch | Intent::SelectOption | Intent::UpdateQuantity
    );
    (says && wants).then(|| {
        let intent = if slots.product.is_empty() && !slots.size.is_empty() { Intent::ChooseSize } else { heard.intent };
        Wish { intent, confidence: heard.confidence.max(UNSURE), slots, text: wish.text.clone() }
    })
}

/// "Na sunday?", after the hours of another day, is no greeting.
fn asks_of_a_day(desk: &Desk<'_>, wish: &Wish) -> Option<Wish> {
    let short = words(&wish.text).len() <= 3;
    if wish.intent != Intent::Greeting || !short || !matches!(desk.pending, Question::None) {
        return None;
    }
    let context =
        Context { now: Some(desk.recall.now), timezone: Some(desk.recall.shop.timezone.clone()), ..Context::default() };
    let date = when(&wish.text, &context).date?;
    let slots = Slots { date: Some(date.to_string()), ..wish.slots.clone() };
    Some(Wish { intent: Intent::BusinessHours, slots, ..wish.clone() })
}

/// "Ok leave it", "basi acha", "hapana acha kwanza".
pub(super) fn leaves_it(wish: &Wish) -> bool {
    let slots = &wish.slots;
    let bare = slots.product.is_empty() && slots.size.is_empty() && slots.colour.is_empty() && slots.address.is_none();
    bare && words(&wish.text).len() <= 4 && has_any(&wish.text, LEAVES) && !has_any(&wish.text, LEAVES_SOMETHING)
}

/// "2200 ya mwisho", "my friend got it cheaper from you": about the price.
fn names_an_offer(wish: &Wish) -> bool {
    let sum = wish.slots.offer_price.or(wish.slots.amount).is_some();
    sum && has_any(&wish.text, LAST_WORD) || has_any(&wish.text, ELSEWHERE)
}

/// "What if I buy 12?": what so many come to, and nothing taken yet.
fn supposes(wish: &Wish) -> bool {
    const IF: &[&str] =
        &["what if i", "if i buy", "if i take", "if i get", "nikichukua", "nikinunua", "nikibuy", "nikibeba"];
    let number = |size: &duka_kernel::Size| size.as_str().parse::<u32>().is_ok_and(|n| n > 1);
    let counts = wish.slots.quantity.iter().any(|n| *n > 1) || wish.slots.size.iter().any(number);
    has_any(&wish.text, IF) && counts && wish.slots.ordinal.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Wish {
        let heard = perceive(text, &Context::default());
        Wish { intent: heard.intent, confidence: 1.0, slots: Slots::default(), text: text.to_owned() }
    }

    #[test]
    fn what_is_left_is_told_from_what_is_wanted() {
        for text in ["ok leave it", "basi acha", "hapana acha kwanza", "not now", "sawa wacha tu"] {
            assert!(leaves_it(&read(text)), "{text}");
        }
        for text in ["acha delivery", "acha nilipe", "yes please", "leave it at the gate with the guard"] {
            assert!(!leaves_it(&read(text)), "{text}");
        }
    }

    #[test]
    fn a_price_elsewhere_is_bargaining() {
        for text in ["my friend got it cheaper from you", "i saw the same in gikomba at 800"] {
            assert!(names_an_offer(&read(text)), "{text}");
        }
        assert!(!names_an_offer(&read("the last one")));
    }
}
