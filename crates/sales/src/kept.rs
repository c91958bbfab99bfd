//! What a message comes to while people of the shop answer: the assistant says nothing, and misses nothing either.

use duka_perception::{Intent, Wish};

use crate::{
    decide::{Heard, people},
    words::words,
};

/// What was heard while people answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Kept {
    /// Whether somebody has to answer it: a thank-you and an "okay" are read and need no reply.
    pub waits: bool,
    /// Marketing refused (true) or wanted again (false): that counts whoever answers.
    pub opted_out: Option<bool>,
}

/// What the messages of a burst come to for people.
#[must_use]
pub fn keep(heard: &[Heard]) -> Kept {
    let mut kept = Kept::default();
    for item in heard {
        let (Heard::Text { perception, .. } | Heard::Spoken { perception, .. }) = item else {
            kept.waits = true;
            continue;
        };
        for wish in &perception.wishes {
            kept.opted_out = people::marketing_said(wish, true).or(kept.opted_out);
            kept.waits |= !is_said_in_passing(wish) && people::marketing_said(wish, true).is_none();
        }
    }
    kept
}

fn is_said_in_passing(wish: &Wish) -> bool {
    const OKAY: &[&str] =
        &["ok", "okay", "oky", "k", "kk", "sawa", "sawasawa", "poa", "fiti", "haya", "noted", "alright"];
    match wish.intent {
        Intent::Thanks | Intent::Goodbye => true,
        Intent::Affirm => words(&wish.text).iter().all(|word| OKAY.contains(&word.as_str())),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use duka_perception::{Context, perceive};

    use super::*;

    fn heard(text: &str) -> Kept {
        keep(&[Heard::Text { perception: perceive(text, &Context::default()), quoted: None }])
    }

    #[test]
    fn an_okay_waits_for_nobody_and_a_question_does() {
        for text in ["sawa", "ok", "asante sana", "Poa", "thank you"] {
            assert_eq!(heard(text), Kept::default(), "{text}");
        }
        for text in ["hello?", "bado nangoja", "how much is it?", "mko wapi"] {
            assert!(heard(text).waits, "{text}");
        }
        assert!(keep(&[Heard::Picture { caption: None, seen: None, described: None, placed: None }]).waits);
    }

    #[test]
    fn marketing_is_refused_also_while_people_answer() {
        for text in ["STOP", "ACHA", "usinitumie tena", "unsubscribe"] {
            assert_eq!(heard(text).opted_out, Some(true), "{text}");
        }
        assert_eq!(heard("nitumie offers tena").opted_out, Some(false));
        assert_eq!(heard("hello").opted_out, None);
    }
}
