//! What a phrase may be taught to mean.

use duka_perception::{Context, Intent, perceive};

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
