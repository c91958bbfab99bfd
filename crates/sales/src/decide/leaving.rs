//! Leaving the shop's messages, and what a guess must never take for that.

use duka_perception::{Intent, Perception, Wish};

use super::{booking, checkout, cues::NO_MORE, orders, payment, people, reading::UNSURE};
use crate::{
    desk::Desk,
    dialogue::Question,
    words::{has_any, words},
};

/// What leaves whatever is asked, in any letters.
const STOP: &[&str] = &["stop", "stopall", "unsubscribe", "optout"];
/// What also means "leave it": it leaves the messages in capitals, with an exclamation mark, or where nothing is open.
const LEAVE: &[&str] = &["acha", "acheni", "wacha", "wacheni"];
/// What may stand beside either.
const BESIDE: &[&str] = &[
    "all",
    "please",
    "pls",
    "now",
    "it",
    "this",
    "tafadhali",
    "sasa",
    "kabisa",
    "na",
    "yote",
    "zote",
    "mara",
    "moja",
    "opt",
    "out",
];
/// Words of refusing messages that are no single word of leaving.
const REFUSES: &[&str] = &[
    "opt out",
    "leave me alone",
    "spam",
    "enough",
    "imetosha",
    "zimetosha",
    "inatosha",
    "usinisumbue",
    "msinisumbue",
    "mnanisumbua",
    "unanisumbua",
    "off",
    "block",
    "take me off",
    "mniondoe",
    "mnitoe",
    "niacheni",
    "niache",
    "mniache",
    "usitume",
    "msitume",
    "sihitaji",
    "sitahitaji",
    "no",
];
const WANTS_OFFERS: &[&str] = &[
    "tuma ofa",
    "tumeni ofa",
    "nitumie ofa",
    "nitumieni ofa",
    "send offers",
    "send me offers",
    "send the offers",
    "ofa tu",
    "ofa pekee",
    "offers only",
    "only offers",
    "just offers",
    "just the offers",
];

/// "STOP", "ACHA", "stop please": the messages stop, and what was open is let go of and said. Says whether it was that.
pub(super) fn stops(desk: &mut Desk<'_>, perception: &Perception) -> bool {
    let text = perception.wishes.iter().map(|wish| wish.text.as_str()).collect::<Vec<_>>().join(" ");
    // Where "acha" was taught to leave one thing out, or a no answers it, it is that; else it leaves the messages.
    let looking = match desk.pending {
        Question::Variant => desk.dialogue.size_asked <= 1,
        Question::Take { .. } | Question::ProductChoice => true,
        _ => false,
    };
    let free = (desk.pending == Question::None || looking) && desk.dialogue.cart.is_empty();
    if !only_stops(&text, free) {
        return false;
    }
    let order = payment::current(desk).filter(|order| order.state.awaits_payment());
    let pending = desk.pending.clone();
    people::marketing(desk, true);
    desk.dialogue.wanted.clear();
    match pending {
        Question::Summary { .. } => checkout::decline(desk),
        Question::BookingConfirm | Question::Appointment | Question::WhichBooking { .. } => booking::drop_it(desk),
        _ => desk.answered(),
    }
    if let Some(order) = order {
        orders::say_status(desk, order);
    }
    desk.quiet = true;
    true
}

fn only_stops(text: &str, free: bool) -> bool {
    let said = words(text);
    let is = |word: &String, list: &[&str]| list.contains(&word.as_str());
    let loud = text.contains('!') || text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase);
    let stops = said.iter().any(|word| is(word, STOP));
    let leaves = said.iter().any(|word| is(word, LEAVE)) && said.len() <= 2 && (free || loud);
    !text.contains('?')
        && (stops || leaves)
        && said.iter().all(|word| is(word, STOP) || is(word, LEAVE) || is(word, BESIDE))
}

/// Whether a message that reads like refusing offers has a word of refusing in it, or is read so surely that it needs none.
pub(super) fn refuses(wish: &Wish) -> bool {
    let says_so = has_any(&wish.text, NO_MORE) || has_any(&wish.text, REFUSES);
    wish.intent == Intent::OptOut && (says_so || wish.confidence >= UNSURE) && !asks_for_offers(wish)
}

/// "Send offers only".
pub(super) fn asks_for_offers(wish: &Wish) -> bool {
    has_any(&wish.text, WANTS_OFFERS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_that_only_stops_stops_everywhere() {
        for text in ["STOP", "stop", "STOP ALL", "Stop please", "ACHA", "acha!", "Unsubscribe", "ACHA TAFADHALI"] {
            assert!(only_stops(text, false), "{text}");
        }
        for text in ["acha", "wacha", "Acha", "stop the order", "stop?", "acha nifikirie", "acha hiyo"] {
            assert!(!only_stops(text, false), "{text}");
        }
        assert!(only_stops("acha", true));
    }
}
