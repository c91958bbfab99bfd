//! What may be taught: a proposal in which words, a phrase with which meaning.

use duka_perception::{Context, Intent, perceive};
use duka_store::lessons::{LessonBody, LessonKind};

use super::scrub::has_gaps;

/// What binds, pays or gives up: it is read in what the customer says, never taught.
const BINDING: [Intent; 10] = [
    Intent::Affirm,
    Intent::Deny,
    Intent::Pay,
    Intent::PaymentClaim,
    Intent::Checkout,
    Intent::CancelOrder,
    Intent::CancelAppointment,
    Intent::ClearCart,
    Intent::RemoveFromCart,
    Intent::OptOut,
];

/// Why a proposal cannot be used as it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Unfit {
    /// Nobody has answered it yet.
    NoAnswer,
    /// A number, address or name was taken out of the answer.
    Gaps,
    /// What is to be added to a product cannot be read.
    Unread(String),
}

/// A proposal as it is used: as it was made, or in the words of who approves it. For a product these are what is added to
/// it, as JSON.
///
/// # Errors
/// Why it cannot be.
pub fn with_answer(kind: LessonKind, mut body: LessonBody, answer: Option<String>) -> Result<LessonBody, Unfit> {
    if kind == LessonKind::Product {
        if let Some(answer) = answer {
            body.additions = Some(serde_json::from_str(&answer).map_err(|error| Unfit::Unread(error.to_string()))?);
        }
        return Ok(body);
    }
    body.response = answer.unwrap_or(body.response).trim().to_owned();
    if body.response.is_empty() {
        Err(Unfit::NoAnswer)
    } else if has_gaps(&body.response) {
        Err(Unfit::Gaps)
    } else {
        Ok(body)
    }
}

/// Whether a phrase may be taken for an intent from now on. What customers confirm, pay, cancel and stop with keeps its
/// meaning, and nothing else gets it.
///
/// # Errors
/// Why not, for who teaches it.
pub fn check_meaning(phrase: &str, intent: Intent) -> Result<(), String> {
    if phrase.trim().chars().filter(|c| c.is_alphabetic()).count() < 2 {
        return Err("a phrase has words".to_owned());
    }
    if BINDING.contains(&intent) {
        return Err(format!("{} binds, pays or gives up something: no phrase can be taught to mean it", intent.name()));
    }
    let read = perceive(phrase, &Context::default());
    match read.wishes.iter().find(|wish| BINDING.contains(&wish.intent)) {
        Some(wish) => Err(format!(
            "customers say {phrase:?} for {}, which binds, pays or gives up something: it keeps that meaning",
            wish.intent.name()
        )),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_binds_pays_or_gives_up_is_not_taught_and_keeps_its_meaning() {
        for (phrase, intent) in [
            ("yes", Intent::CancelOrder),
            ("yes", Intent::Greeting),
            ("ndio", Intent::ProductSearch),
            ("cancel my order", Intent::OrderStatus),
            ("nimelipa", Intent::Greeting),
            ("STOP", Intent::Greeting),
            ("wagwan kuhusu mzigo", Intent::Pay),
            ("wagwan kuhusu mzigo", Intent::Affirm),
            ("??", Intent::Greeting),
        ] {
            assert!(check_meaning(phrase, intent).is_err(), "{phrase} as {intent:?}");
        }
        assert_eq!(check_meaning("wagwan kuhusu mzigo", Intent::OrderStatus), Ok(()));
        assert_eq!(check_meaning("kuna mbogi ya delivery", Intent::DeliveryQuestion), Ok(()));
    }
}
