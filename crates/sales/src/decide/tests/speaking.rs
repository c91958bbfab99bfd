//! Voice notes: what they ask is answered, and what they buy or change is read back first.

use duka_kernel::Language;
use duka_perception::{Perception, Wish};
use serde_json::json;

use super::world::{World, message, names, perception, plain, wish};
use crate::{
    Heard, Question, Say, Stage,
    decide::Unheard,
    effect::{Effect, OwnerNews},
};

pub(super) fn spoken(perception: &Perception) -> Heard {
    let words = perception.wishes.iter().map(|wish| wish.text.as_str()).collect::<Vec<_>>().join(" ");
    Heard::Spoken { words, perception: perception.clone(), quoted: None }
}

fn aloud(wishes: &[Wish]) -> Heard {
    spoken(&perception(wishes))
}

fn adds_the_bag() -> Heard {
    aloud(&[wish("add_to_cart", "niwekee hiyo handbag", json!({"product": ["bag"]}))])
}

#[test]
fn a_question_said_aloud_is_answered_like_one_that_is_typed() {
    let mut w = World::new();
    let says = w.hear(&[aloud(&[wish("availability", "do you have handbags", json!({"product": ["bag"]}))])]);
    assert!(says.iter().any(|say| matches!(say, Say::Products { .. } | Say::InStock { .. })), "{says:?}");
    assert!(!matches!(w.dialogue.question, Question::Heard(_)));
}

#[test]
fn what_is_bought_aloud_is_read_back_and_bought_on_a_yes() {
    let mut w = World::new();
    w.show(&["B1"]);
    let says = w.hear(&[adds_the_bag()]);
    assert_eq!(says.last(), Some(&Say::HeardYou { words: "niwekee hiyo handbag".into() }));
    assert!(w.cart().is_empty(), "nothing is done yet");
    let says = w.say("affirm", "ndio", json!({}));
    assert_eq!((w.cart(), names(&says)), (vec!["B1/ONE×1".to_owned()], vec!["added".into(), "ask_next".into()]));
}

#[test]
fn a_yes_said_aloud_is_one_and_more_words_with_a_yes_are_served_too() {
    let mut w = World::new();
    w.show(&["B1"]);
    w.hear(&[adds_the_bag()]);
    w.hear(&[aloud(&[plain("affirm", "yes")])]);
    assert_eq!(w.cart(), ["B1/ONE×1"]);
    let mut w = World::new();
    w.show(&["B1"]);
    w.hear(&[adds_the_bag()]);
    let both = message(&[plain("affirm", "yes"), wish("checkout", "deliver to Karen", json!({"address": "Karen"}))]);
    let says = w.hear(&[both]);
    assert_eq!((w.cart(), w.dialogue.stage), (vec!["B1/ONE×1".to_owned()], Stage::Summary), "{says:?}");
}

#[test]
fn what_was_heard_wrongly_is_let_go_of() {
    for no in [plain("deny", "no"), plain("deny", "hapana, sio hivyo")] {
        let mut w = World::new();
        w.show(&["B1"]);
        w.hear(&[adds_the_bag()]);
        let says = w.hear(&[message(&[no])]);
        assert_eq!(says.first(), Some(&Say::HeardWrong), "{says:?}");
        assert!(w.cart().is_empty());
        w.say("affirm", "yes", json!({}));
        assert!(w.cart().len() <= 1 && !matches!(w.dialogue.question, Question::Heard(_)));
    }
    let mut w = World::new();
    w.show(&["B1", "S2"]);
    w.hear(&[adds_the_bag()]);
    w.say("add_to_cart", "white sneakers 41", json!({"product": ["sneakers"], "size": ["41"]}));
    assert_eq!(w.cart(), ["S2/41×1"], "what is typed instead counts");
}

#[test]
fn an_order_is_placed_only_after_what_was_heard_is_confirmed() {
    let mut w = World::new();
    w.show(&["B1"]);
    w.say("add_to_cart", "add it", json!({}));
    w.say("checkout", "checkout to Karen", json!({"address": "Karen"}));
    assert!(matches!(w.dialogue.question, Question::Summary { .. }));
    let says = w.hear(&[aloud(&[plain("affirm", "yes please")])]);
    assert!(matches!(says.last(), Some(Say::HeardYou { .. })), "{says:?}");
    assert!(w.orders.is_empty() && w.effects().iter().all(|effect| !matches!(effect, Effect::PlaceOrder(_))));
    w.say("affirm", "yes", json!({}));
    assert_eq!(w.orders.len(), 1);
    let says = w.hear(&[aloud(&[plain("cancel_order", "cancel my order")])]);
    let asked = matches!(says.last(), Some(Say::AskCancel { .. } | Say::HeardYou { .. }));
    assert!(asked && w.effects().iter().all(|effect| !matches!(effect, Effect::CancelOrder { .. })), "{says:?}");
}

#[test]
fn an_answer_that_comes_hours_later_confirms_nothing() {
    let mut w = World::new();
    w.show(&["B1"]);
    w.hear(&[adds_the_bag()]);
    w.now = w.now.plus_minutes(7 * 60);
    w.say("affirm", "yes", json!({}));
    assert!(!matches!(w.dialogue.question, Question::Heard(_)));
    assert!(w.cart().is_empty() || w.dialogue.shown.len() == 1, "what was heard is gone: {:?}", w.cart());
}

#[test]
fn two_voice_notes_of_one_burst_are_read_back_together() {
    let mut w = World::new();
    w.show(&["B1", "S2"]);
    let sneakers = wish("add_to_cart", "na sneakers 41", json!({"product": ["sneakers"], "size": ["41"]}));
    let says = w.hear(&[adds_the_bag(), aloud(&[sneakers])]);
    assert_eq!(says.last(), Some(&Say::HeardYou { words: "niwekee hiyo handbag\nna sneakers 41".into() }));
    w.say("affirm", "sawa", json!({}));
    assert_eq!(w.cart(), ["B1/ONE×1", "S2/41×1"]);
}

#[test]
fn the_question_survives_being_stored() {
    let mut w = World::new();
    w.show(&["B1"]);
    w.hear(&[adds_the_bag()]);
    let stored = serde_json::to_string(&w.dialogue).expect("a dialogue is JSON");
    assert_eq!(serde_json::from_str::<crate::Dialogue>(&stored).expect("and back"), w.dialogue);
}

#[test]
fn the_owner_hears_once_a_day_that_there_is_something_to_listen_to() {
    let mut w = World::new();
    let told = |w: &World| w.effects().iter().filter(|e| matches!(e, Effect::TellOwner(OwnerNews::Unheard))).count();
    for why in [Unheard::Deaf, Unheard::NotNow, Unheard::TooLong, Unheard::Silent, Unheard::Broken] {
        let says = w.hear(&[Heard::Unheard(why)]);
        assert!(says.contains(&Say::Unheard { why }), "{says:?}");
    }
    let first = told(&w);
    w.now = w.now.plus_minutes(25 * 60);
    w.hear(&[Heard::Unheard(Unheard::Deaf)]);
    assert!(told(&w) >= 1 && first <= 1);
}

#[test]
fn what_is_read_back_is_in_the_language_that_was_spoken() {
    let mut w = World::new();
    w.show(&["B1"]);
    let mut said = perception(&[wish("add_to_cart", "niwekee hiyo handbag", json!({"product": ["bag"]}))]);
    (said.langs, said.language_is_clear) = (vec![Language::Sw], true);
    said.evidence.swahili = 2;
    w.hear(&[spoken(&said)]);
    assert_eq!(w.customer.language, Some(Language::Sw));
}
