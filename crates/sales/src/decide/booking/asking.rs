//! Questions about services: which there are, what they cost, how long they take.

use duka_kernel::ServiceId;
use duka_perception::Wish;
use duka_shop::Service;

use super::{Said, arranged, arranging, named, service, to_come};
use crate::{
    decide::{documents, questions},
    desk::Desk,
    dialogue::Question,
    say::Say,
    words::{has_any, same_word, telling_words, words},
};

/// What services there are, or those that are named. With a day or time, what is free then.
pub(in crate::decide) fn inquire(desk: &mut Desk<'_>, wish: &Wish) {
    if desk.recall.services.is_empty() {
        if !documents::own_answer(desk, &wish.text) {
            desk.say(Say::Services { services: Vec::new() });
        }
        return;
    }
    let named = named(desk, wish);
    if named.services.is_empty() && documents::own_full_answer(desk, &wish.text) {
        return;
    }
    if named.services.is_empty() && !asks_which_there_are(wish) {
        // "Can you gift wrap?", "can my bridesmaids come too?": what is done here says it, or the team.
        if let Some(told) = described(desk, wish) {
            return describe(desk, &[told]);
        }
        if documents::own_answer(desk, &wish.text) || questions::pass_on(desk, &wish.text) {
            return;
        }
    }
    if Said::read(desk, wish).says_when() && !named.services.is_empty() {
        return arranging::book(desk, wish);
    }
    describe(desk, &named.services);
}

/// "What services do you have?", as opposed to a question about something that may be none of them.
fn asks_which_there_are(wish: &Wish) -> bool {
    const GENERAL: &[&str] = &[
        "service",
        "services",
        "huduma",
        "book",
        "booking",
        "bookings",
        "appointment",
        "appointments",
        "kubook",
        "nibook",
        "offer",
        "mnatoa",
        "mnafanya nini",
        "what do you do",
        "what else",
        "miadi",
        "session",
        "sessions",
        "salon",
        "options",
        "nini ingine",
        "price",
        "prices",
        "bei",
    ];
    !wish.slots.service.is_empty() || has_any(&wish.text, GENERAL) || telling_words(&wish.text).is_empty()
}

/// The service that is arranged or booked, if its description speaks of what is asked.
fn described(desk: &mut Desk<'_>, wish: &Wish) -> Option<ServiceId> {
    let booked = to_come(desk).first().map(|mine| mine.service);
    let id = desk.dialogue.booking.as_ref().and_then(|booking| booking.service).or(booked)?;
    let known = telling_words(&service(desk, id)?.description);
    let asked = telling_words(&wish.text);
    let shared = |word: &String| word.len() > 4 && known.iter().any(|known| same_word(known, word));
    asked.iter().any(shared).then_some(id)
}

/// Says these in full, or lists them; all if none are named. Which one and when is then open, unless a time is proposed.
pub(in crate::decide) fn describe(desk: &mut Desk<'_>, which: &[ServiceId]) {
    let is_open = desk.pending != Question::BookingConfirm;
    let (say, listed) = match which {
        [only] => match service(desk, *only).cloned() {
            Some(service) => (Say::ServiceDetails { service }, Vec::new()),
            None => return,
        },
        _ => {
            let all = desk.recall.services.iter();
            let some: Vec<Service> = all.filter(|s| which.is_empty() || which.contains(&s.id)).cloned().collect();
            let listed: Vec<ServiceId> = some.iter().map(|s| s.id).take(10).collect();
            (Say::Services { services: some }, listed)
        }
    };
    desk.say(say);
    if is_open {
        let booking = arranged(desk);
        booking.services = listed;
        booking.times.clear();
        if let [only] = which {
            booking.service = Some(*only);
        }
        desk.dialogue.question = Question::Appointment;
    }
}

/// What the service that is being arranged costs.
pub(super) fn price(desk: &mut Desk<'_>) {
    let chosen: Vec<ServiceId> = arranged(desk).service.into_iter().collect();
    describe(desk, &chosen);
}

/// "When is my appointment?", "miadi yangu ni lini?".
pub(super) fn asks_for_own(wish: &Wish) -> bool {
    const WHEN: &[&str] = &[
        "when",
        "lini",
        "what time",
        "which day",
        "saa ngapi",
        "siku gani",
        "remind me",
        "nikumbushe",
        "what",
        "which",
        "gani",
        "nini",
        "do i have",
        "niko na",
        "nina",
        "confirm",
        "status",
        "still on",
        "iko",
        "details",
    ];
    const MINE: &[&str] = &[
        "my appointment",
        "my appointments",
        "my booking",
        "my bookings",
        "my session",
        "my fitting",
        "my slot",
        "am i booked",
        "i am booked",
        "im booked",
        "i booked",
        "i book",
        "did i book",
        "have i booked",
        "nilibuku",
        "niliweka miadi",
        "miadi zangu",
        "booking zangu",
        "niko na booking ya",
        "appointment yangu",
        "booking yangu",
        "miadi yangu",
        "slot yangu",
        "nilibook",
        "nimebook",
        "do i have an appointment",
        "do i have a booking",
        "niko na booking",
        "niko na appointment",
        "nina miadi",
        "nina booking",
        "nina appointment",
        "niko na miadi",
        "session yangu",
    ];
    const CHANGES: &[&str] = &[
        "cancel",
        "move",
        "change",
        "reschedule",
        "shift",
        "postpone",
        "badilisha",
        "nibadilishe",
        "futa",
        "ghairi",
        "sogeza",
        "ahirisha",
        "toa",
        "itoe",
        "nitoe",
        "push",
    ];
    // "My appointments?", "is my booking confirmed?", "is my facial booked?"
    let (mine, asks) = (has_any(&wish.text, MINE), questions::is_question(&wish.text));
    let wants_one = has_any(&wish.text, &["can i book", "could i book", "naweza kubook", "naeza book"]);
    let of_one = has_any(&wish.text, &["my", "yangu"]) && has_any(&wish.text, &["booked", "confirmed", "imebookiwa"]);
    (mine && (asks || has_any(&wish.text, WHEN) || words(&wish.text).len() <= 3) || of_one && asks)
        && !wants_one
        && !has_any(&wish.text, CHANGES)
}
