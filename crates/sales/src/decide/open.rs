//! Whether a decision leaves something open: words that rules could not read, or talk that templates answer poorly.
//! Everything that moves a sale on (cart, checkout, address, payment, bookings, people) is complete as it is.

use duka_perception::{Intent, Wish};
use serde::Serialize;

use super::{Heard, questions, reading::UNSURE};
use crate::{desk::Desk, effect::Effect, say::Say, words::has_any};

/// What a decision leaves open.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Open {
    /// What the customer wants was not understood.
    Unsure,
    /// It was, and the answer wants words of its own: an opinion, a comparison, comfort, small talk.
    Talk,
}

impl Open {
    /// Whether words of its own may stand for what templates say here. The facts that go with it stay.
    #[must_use]
    pub(crate) const fn takes_words(self, say: &Say) -> bool {
        match say {
            Say::NotUnderstood { .. }
            | Say::OffTopic { .. }
            | Say::Compare { .. }
            | Say::Bargain { .. }
            | Say::ComplaintTaken { .. } => true,
            Say::Products { .. } | Say::Details { .. } | Say::Passage { .. } => matches!(self, Self::Talk),
            _ => false,
        }
    }
}

/// Asking for an opinion, in words that no rule answers.
const OPINION: &[&str] = &[
    "recommend",
    "recommendation",
    "recommendations",
    "suggest",
    "suggestion",
    "suggestions",
    "what would you",
    "advise",
    "advice",
    "help me choose",
    "help me pick",
    "what should i get",
    "nisaidie kuchagua",
    "nichagulie",
    "utanichagulia",
    "ungechagua",
    "ungenichagulia",
    "ungenipendekezea",
    "utanipendekezea",
    "nivae",
    "itanibamba",
    "itanifaa",
    "inanifaa",
    "ingenifaa",
    "nitokelezee",
    "which would you",
    "which one would you",
    "what do you think",
    "look good",
    "look nice",
    "suit me",
    "suits me",
    "go with",
    "goes with",
    "go well with",
    "match with",
    "pair with",
    "what should i wear",
    "what can i wear",
    "what to wear",
    "how do i style",
    "how to style",
    "style it",
    "your opinion",
    "which is better",
    "which one is better",
    "gani bora",
    "ipi bora",
    "ni bora",
    "nishauri",
    "unanishauri",
    "ungenishauri",
    "utanishauri",
    "nishaurie",
    "nishauriane",
    "unapendekeza",
    "mnapendekeza",
    "pendekeza",
    "nipendekezee",
    "itanipendeza",
    "inaendana na",
    "zinaendana na",
    "itaendana na",
    "inamatch na",
    "itamatch na",
    "nivae nini",
    "nivae na",
    "unaonaje",
    "mnaonaje",
    "waonaje",
    "itanikaa",
    "itanishika poa",
];

/// What the decision on a desk leaves open.
pub(super) fn of(desk: &Desk<'_>, heard: &[Heard]) -> Option<Open> {
    let wishes: Vec<&Wish> = heard.iter().filter_map(words_of).flatten().collect();
    if wishes.is_empty() || wishes.iter().any(|wish| is_settled(wish.intent)) || moves_on(desk) {
        return None;
    }
    let says = || desk.says.iter().chain(&desk.asking);
    if says().any(|say| matches!(say, Say::HeardYou { .. })) {
        return None;
    }
    let complains = says().any(|say| matches!(say, Say::ComplaintTaken { .. }));
    if desk.effects.iter().any(|effect| matches!(effect, Effect::HandOff { .. })) && !complains {
        return None;
    }
    let unsure = |say: &Say| match say {
        Say::NotUnderstood { .. } | Say::AskTeam | Say::NothingFound { .. } => true,
        Say::OffTopic { .. } => wishes.iter().all(|wish| wish.confidence < UNSURE),
        _ => false,
    };
    if says().any(unsure) {
        return Some(Open::Unsure);
    }
    let asks = |phrases| wishes.iter().any(|wish| has_any(&wish.text, phrases));
    let talk = |say: &Say| match say {
        Say::OffTopic { .. } | Say::Compare { .. } | Say::Bargain { .. } | Say::ComplaintTaken { .. } => true,
        // A document's sentence was not written to this customer; what it says and where it stands stays.
        Say::Passage { .. } => true,
        Say::Products { .. } => asks(OPINION),
        Say::Details { .. } => asks(OPINION) || asks(questions::MAKE),
        _ => false,
    };
    says().any(talk).then_some(Open::Talk)
}

fn words_of(heard: &Heard) -> Option<&[Wish]> {
    match heard {
        Heard::Text { perception, .. } | Heard::Spoken { perception, .. } | Heard::Proposed { perception, .. } => {
            Some(&perception.wishes)
        }
        Heard::Picture { caption, .. } => caption.as_ref().map(|caption| &caption.wishes[..]),
        Heard::Location { .. } | Heard::Unsupported(_) | Heard::Unheard(_) => None,
    }
}

/// What a fixed answer belongs to, whatever it leads to.
fn is_settled(intent: Intent) -> bool {
    use Intent::{Abuse, ChangeLanguage, OptIn, OptOut, PaymentClaim, PaymentProblem, PromptInjection};
    matches!(intent, Abuse | ChangeLanguage | OptIn | OptOut | PaymentClaim | PaymentProblem | PromptInjection)
}

/// Whether orders, money or bookings move by it.
fn moves_on(desk: &Desk<'_>) -> bool {
    let moves = |effect: &Effect| {
        matches!(
            effect,
            Effect::PlaceOrder(_)
                | Effect::RequestPayment(_)
                | Effect::CheckPayment(_)
                | Effect::CancelOrder { .. }
                | Effect::TakeSlot(_)
                | Effect::ReleaseSlot(_)
                | Effect::MoveBooking { .. }
                | Effect::CancelBooking { .. }
        )
    };
    desk.effects.iter().any(moves)
}
