//! Sizes, tastes and places that are known of a customer, and what they change.

use duka_kernel::{Language, ProductId, Size};
use duka_perception::Mood;
use duka_shop::sizing::PastPurchase;
use serde_json::json;

use super::world::{World, names};
use crate::{
    Effect, Say, Voice,
    effect::CustomerChange,
    express,
    say::{Basis, Because},
};

fn bought(w: &World, category: &str, size: &str, days: i64) -> PastPurchase {
    PastPurchase { category: category.into(), size: Size::parse(size), at: w.now.plus_minutes(-days * 24 * 60) }
}

fn words(w: &World, says: &[Say]) -> String {
    let zone = duka_shop::hours::zone(&w.shop);
    let voice = Voice {
        shop: &w.shop,
        language: Language::En,
        mood: Mood::Neutral,
        seed: 1,
        zone: &zone,
        now: w.now,
        said: &[],
    };
    express::plain(&express(says, &voice))
}

fn listed(says: &[Say]) -> Vec<ProductId> {
    let list = says.iter().find_map(|say| match say {
        Say::Products { cards, .. } => Some(cards.iter().map(|card| card.product).collect()),
        _ => None,
    });
    list.unwrap_or_default()
}

#[test]
fn a_size_that_staff_noted_goes_before_what_was_bought_and_is_said_to_be_noted() {
    let mut w = World::new();
    w.customer.purchases = vec![bought(&w, "dress", "M", 1), bought(&w, "dress", "M", 9), bought(&w, "dress", "M", 20)];
    w.customer.facts.insert("size.dress".into(), "S".into());
    w.show(&["D1"]);
    let says = w.say("size_advice", "which size?", json!({}));
    let Some(Say::SizeAdvice { size, basis, .. }) = says.iter().find(|s| matches!(s, Say::SizeAdvice { .. })) else {
        panic!("{says:?}")
    };
    assert_eq!((size.as_str(), basis), ("S", &Basis::Noted));
    let said = words(&w, &says);
    assert!(!said.contains("You told me") && !said.contains("bought"), "{said}");
}

#[test]
fn what_was_too_small_is_advised_a_size_larger() {
    let mut w = World::new();
    w.customer.purchases = vec![bought(&w, "dress", "S", 1), bought(&w, "dress", "S", 9)];
    w.customer.facts.insert("too_small.upper".into(), "S".into());
    w.show(&["D1"]);
    let says = w.say("size_advice", "which size?", json!({}));
    let corrected = Basis::Corrected { from: Size::parse("S"), too_small: true };
    assert!(
        says.iter()
            .any(|s| matches!(s, Say::SizeAdvice { size, basis, .. } if size.as_str() == "M" && *basis == corrected)),
        "{says:?}"
    );
}

#[test]
fn taste_orders_a_list_and_changes_nothing_of_what_is_on_it() {
    let mut plain = World::new();
    let first = listed(&plain.say("product_search", "show me dresses", json!({"product": "dress"})));
    let mut w = World::new();
    w.say("availability", "my favourite colour is blue", json!({"colour": "blue"}));
    assert_eq!(w.customer.facts.get("colour").map(String::as_str), Some("blue"));
    w.customer.purchases = vec![bought(&w, "dress", "L", 40)];
    w.now = w.now.plus_minutes(30 * 24 * 60);
    let second = listed(&w.say("product_search", "show me dresses", json!({"product": "dress"})));
    let skus = |w: &World, ids: &[ProductId]| -> Vec<String> {
        ids.iter().map(|id| w.catalogue.by_id(*id).expect("a product").sku.clone()).collect()
    };
    let (first, second) = (skus(&plain, &first), skus(&w, &second));
    assert_ne!(first, second);
    let (mut a, mut b) = (first, second);
    a.sort();
    b.sort();
    assert_eq!(a, b);
}

#[test]
fn a_gift_takes_nothing_from_the_customers_sizes_and_adds_nothing_to_them() {
    let mut w = World::new();
    w.customer.facts.insert("usual_size".into(), "M".into());
    let says = w.say("product_search", "I need a gift for my mum", json!({"audience": "women"}));
    let Some(Say::Products { because: Because::Gift, cards, .. }) = says.last() else { panic!("{says:?}") };
    assert!(cards.iter().all(|card| card.usual_size.is_none()));
    w.say("choose_size", "she wears L", json!({"size": "L"}));
    assert_eq!(w.customer.facts["usual_size"], "M");
    assert_eq!(w.customer.facts["size_of.mother"], "L");
    let says = w.say("product_search", "now a dress for me", json!({"product": "dress"}));
    let Some(Say::Products { cards, .. }) = says.last() else { panic!("{says:?}") };
    assert!(cards.iter().any(|card| card.usual_size == Some(Size::parse("M"))));
}

#[test]
fn where_somebody_lives_is_proposed_at_the_checkout_until_they_want_it_forgotten() {
    let mut w = World::new();
    w.say("give_address", "I live in Karen", json!({"address": "Karen"}));
    assert_eq!(w.customer.facts["area"], "Karen");
    assert!(w.dialogue.delivery.is_none(), "nothing is sent there unasked");
    w.show(&["B1"]);
    w.say("select_option", "number 1", json!({"ordinal": 1}));
    let says = w.say("checkout", "checkout", json!({}));
    assert!(matches!(says.last(), Some(Say::AskAddress { saved: Some(_), lives: true, .. })), "{says:?}");
    let says = w.say("affirm", "yes", json!({}));
    assert!(matches!(says.last(), Some(Say::Summary { delivery, .. }) if delivery.address == "Karen"), "{says:?}");
    w.say("give_address", "forget my address", json!({}));
    assert!(w.effects().iter().any(|e| matches!(e, Effect::Customer(CustomerChange::ForgetAddress))));
    let says = w.say("checkout", "checkout", json!({}));
    assert!(matches!(says.last(), Some(Say::AskAddress { saved: None, .. })), "{says:?}");
}

#[test]
fn an_order_that_waits_for_money_is_changed_only_when_no_prompt_is_open() {
    let mut w = World::new();
    w.show(&["D1"]);
    w.say("select_option", "number 1 in M", json!({"ordinal": 1, "size": "M"}));
    w.say("give_address", "Karen", json!({"address": "Karen"}));
    w.say("affirm", "yes", json!({}));
    let says = w.say("exchange", "actually I want S instead", json!({"size": "S"}));
    assert_eq!(names(&says), ["change_after_prompt"]);
    assert_eq!(w.orders.len(), 1);
    w.failed(duka_shop::PaymentFailure::CancelledByPayer);
    let says = w.say("exchange", "actually I want S instead", json!({"size": "S"}));
    assert!(matches!(says.last(), Some(Say::Summary { .. })), "{says:?}");
    assert_eq!(w.cart(), ["D1/S×1"]);
    assert_eq!(w.orders[0].state, duka_shop::OrderState::Cancelled);
}

#[test]
fn where_somebody_lives_is_the_place_without_what_is_said_around_it() {
    for said in [
        "I live in Kasarani by the way",
        "I stay in Kasarani these days",
        "btw I live in Kasarani now",
        "naishi Kasarani siku hizi",
        "nakaa Kasarani sahii",
    ] {
        let mut w = World::new();
        w.text(said);
        assert_eq!(w.customer.facts.get("area").map(String::as_str), Some("Kasarani"), "{said}");
    }
}
