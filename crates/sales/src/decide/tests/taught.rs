//! The words that the shop's own texts tell customers to write do what the texts say.

use std::collections::{BTreeMap, BTreeSet};

use duka_shop::PaymentFailure;
use serde_json::json;

use super::world::{World, message, names, plain};
use crate::{Effect, Question};

/// Every word or phrase in single quotes in the texts of a language, in small letters.
fn quoted(texts: &str) -> BTreeSet<String> {
    let book: BTreeMap<String, BTreeMap<String, toml::Value>> = toml::from_str(texts).expect("texts");
    let variants = book["say"].values().flat_map(|variants| variants.as_array().expect("variants"));
    let mut found = BTreeSet::new();
    for text in variants.filter_map(toml::Value::as_str) {
        let is_quote = |at: usize| {
            let letter = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '}');
            text[at..].starts_with('\'')
                && !(letter(text[..at].chars().next_back()) && letter(text[at + 1..].chars().next()))
        };
        let marks: Vec<usize> = text.char_indices().map(|(at, _)| at).filter(|at| is_quote(*at)).collect();
        found.extend(marks.chunks_exact(2).map(|pair| text[pair[0] + 1..pair[1]].to_lowercase()));
    }
    found.retain(|words| !words.contains('{'));
    found
}

/// Goods that the texts give as an example of what to write.
const GOODS: [&str; 6] = [
    "black shoes",
    "viatu vyeusi",
    "viatu black",
    "red wrap dress",
    "nguo nyekundu ya kufunga",
    "dress red ya kufunga",
];

/// A word as people copy it from a message: with its quotes, in capitals, after a word of agreement.
fn copied(word: &str, openers: &[&str]) -> Vec<String> {
    let mut ways = vec![word.to_owned(), word.to_uppercase(), format!("'{word}'"), format!("{word}.")];
    // What is only an example of goods is no command.
    let command = !GOODS.contains(&word);
    ways.extend(openers.iter().filter(|_| command).map(|opener| format!("{opener} {word}")));
    ways
}

fn with_cart() -> World {
    let mut w = World::new();
    w.show(&["B1"]);
    w.hear(&[message(&[plain("add_to_cart", "add it")])]);
    assert_eq!(w.cart().len(), 1);
    w
}

fn asked_where_to() -> World {
    let mut w = with_cart();
    w.say("checkout", "checkout", json!({}));
    assert_eq!(w.dialogue.question, Question::Address);
    w
}

fn at_summary() -> World {
    let mut w = asked_where_to();
    w.say("give_address", "Karen", json!({"address": "Karen"}));
    assert!(matches!(w.dialogue.question, Question::Summary { .. }));
    w
}

fn ordered() -> World {
    let mut w = at_summary();
    assert_eq!(names(&w.say("affirm", "yes", json!({}))), ["payment_asked"]);
    w
}

fn asked_again(w: &World) -> bool {
    w.effects().iter().any(|e| matches!(e, Effect::RequestPayment(_)))
        && !w.effects().iter().any(|e| matches!(e, Effect::TellOwner(_)))
}

fn says(w: &mut World, text: &str, any: &[&str]) -> bool {
    names(&w.text(text)).iter().any(|name| any.contains(&name.as_str()))
}

/// Whether a word told to customers does what it is for; `None` for a word that is not known here.
fn works(word: &str, text: &str) -> Option<bool> {
    Some(match word {
        "pay" | "lipa" => {
            let failures = [PaymentFailure::CancelledByPayer, PaymentFailure::NoAnswer, PaymentFailure::WrongPin];
            failures.into_iter().all(|failure| {
                let mut w = ordered();
                w.failed(failure);
                w.text(text);
                asked_again(&w)
            }) && {
                let mut w = ordered();
                w.now = w.now.plus_seconds(100);
                w.text(text);
                asked_again(&w)
            } && says(&mut ordered(), text, &["payment_waiting"])
        }
        "yes" | "ndio" => {
            let mut w = at_summary();
            w.text(text);
            w.effects().iter().any(|e| matches!(e, Effect::PlaceOrder(_)))
        }
        "no" | "hapana" => {
            let mut w = with_cart();
            w.say("clear_cart", "empty my cart", json!({}));
            assert_eq!(w.dialogue.question, Question::ClearCart);
            w.text(text);
            w.cart().len() == 1
        }
        "person" | "mtu" => [World::new(), with_cart(), asked_where_to(), ordered()].iter_mut().all(|w| {
            w.text(text);
            w.effects().iter().any(|e| matches!(e, Effect::HandOff { .. }))
        }),
        "cart" => says(&mut with_cart(), text, &["cart_view"]),
        "pick up" | "nitachukua" => {
            let mut w = asked_where_to();
            w.text(text);
            w.dialogue.delivery.as_ref().is_some_and(|delivery| delivery.pickup)
        }
        "show me" | "nionyeshe" => says(&mut World::new(), text, &["products"]),
        "my order" | "oda yangu" => says(&mut ordered(), text, &["order_status"]),
        goods if GOODS.contains(&goods) => says(&mut World::new(), text, &["products", "in_stock"]),
        "skip" | "acha" => {
            let mut w = with_cart();
            w.show(&["D1"]);
            w.say("select_option", "1", json!({"ordinal": 1}));
            assert_eq!(w.dialogue.question, Question::Variant);
            let said = names(&w.text(text));
            // In capitals it is also how one leaves the shop's messages.
            let leaves = text == "ACHA";
            let left = said.iter().any(|name| name == "opted_out");
            w.dialogue.wanted.is_empty() && w.cart().len() == 1 && left == leaves
        }
        "never mind" | "usijali" => {
            let mut w = World::new();
            w.show(&["D1"]);
            w.say("availability", "tell me when the red wrap dress is back in XL", json!({"size": "XL"}));
            says(&mut w, text, &["waiting_stopped"])
        }
        _ => return None,
    })
}

fn check(texts: &str, openers: &[&str]) {
    let told = quoted(texts);
    assert!(told.len() >= 10, "{told:?}");
    let mut wrong = Vec::new();
    for word in &told {
        for text in copied(word, openers) {
            match works(word, &text) {
                Some(true) => {}
                Some(false) => wrong.push(text),
                None => wrong.push(format!("{word} is told to customers, and nothing says what it does")),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn english_words_told_to_customers_work() {
    check(include_str!("../../../templates/en.toml"), &["ok", "okay", "please"]);
}

#[test]
fn swahili_words_told_to_customers_work() {
    check(include_str!("../../../templates/sw.toml"), &["sawa", "haya", "basi", "tafadhali"]);
}

#[test]
fn sheng_words_told_to_customers_work() {
    check(include_str!("../../../templates/sheng.toml"), &["poa", "fiti", "sawa", "basi"]);
}
