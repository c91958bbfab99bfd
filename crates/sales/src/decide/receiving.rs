//! Somebody else receives it: "deliver to Kilimani, call Njeri on 0722…". The rider calls them; they pay nothing, and nobody
//! of the team is asked for.

use duka_perception::{Intent, Perception, Wish};

use super::checkout;
use crate::{
    desk::Desk,
    dialogue::Question,
    words::{has_any, words},
};

const RECEIVES: &[&str] = &[
    "call",
    "receiver",
    "recipient",
    "receive",
    "receives",
    "will receive",
    "mpigie",
    "umpigie",
    "mpigieni",
    "apigiwe",
    "mpokeaji",
    "atapokea",
    "atareceive",
    "atachukua",
    "her number",
    "his number",
    "their number",
    "number yake",
    "namba yake",
    "simu yake",
    "ask for",
    "contact",
    "mcall",
    "umcall",
];
const MINE: &[&str] = &["me", "nipigie", "nipigieni", "unipigie", "my", "yangu", "mpesa", "m pesa", "stk", "prompt"];
/// More words than this are about something else too.
const MOST: usize = 12;

/// Whether a wish names who receives the parcel and how to reach them.
pub(super) fn names_a_receiver(wish: &Wish) -> bool {
    wish.slots.phone.is_some()
        && words(&wish.text).len() <= MOST
        && has_any(&wish.text, RECEIVES)
        && !has_any(&wish.text, MINE)
}

/// The words about the receiver that stand beside an address.
pub(super) fn beside(perception: &Perception) -> Option<&str> {
    let alone = |wish: &&Wish| names_a_receiver(wish) && wish.slots.address.is_none();
    perception.wishes.iter().find(alone).map(|wish| wish.text.trim())
}

/// "Call Njeri on 0722…", once it is known where it goes. Says whether that was it.
pub(super) fn noted(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    let sending = matches!(
        desk.pending,
        Question::Summary { .. } | Question::Address | Question::CartNext | Question::Phone | Question::None
    );
    let likely = matches!(
        wish.intent,
        Intent::HumanHandoff | Intent::GiveAddress | Intent::Pay | Intent::RepeatUnclear | Intent::SmalltalkOfftopic
    );
    if !sending || !likely || wish.slots.address.is_some() || desk.dialogue.cart.is_empty() || !names_a_receiver(wish) {
        return false;
    }
    let Some(choice) = desk.dialogue.delivery.clone().filter(|choice| !choice.pickup) else { return false };
    checkout::place_given(desk, &format!("{}, {}", choice.address, wish.text.trim()));
    true
}

#[cfg(test)]
mod tests {
    use duka_perception::{Context, perceive};

    use super::*;

    #[test]
    fn who_receives_is_told_from_who_writes() {
        let names = |text: &str| perceive(text, &Context::default()).wishes.iter().any(names_a_receiver);
        assert!(names("deliver to Kilimani, call Njeri on 0722333444"));
        assert!(names("mpigie Mama Njeri 0722333444"));
        assert!(!names("call me on 0722333444"));
        assert!(!names("use my number 0722333444"));
        assert!(!names("call Njeri"));
    }
}
