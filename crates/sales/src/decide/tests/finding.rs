//! Looking for products.

use serde_json::json;

use super::world::{World, kes, names};
use crate::{
    Question, Say,
    say::{Because, Card},
};

fn listed(says: &[Say]) -> Vec<&str> {
    let cards = says.iter().find_map(|say| match say {
        Say::Products { cards, .. } => Some(cards),
        _ => None,
    });
    cards.into_iter().flatten().map(|c: &Card| c.sku.as_str()).collect()
}

#[test]
fn a_search_shows_what_is_asked_numbered_and_nothing_sold_out() {
    let mut w = World::new();
    let says = w.say("product_search", "show me dresses", json!({"product": "dress"}));
    let listed = listed(&says);
    assert!(listed.len() == 4 && !listed.contains(&"D4"), "{listed:?}");
    assert_eq!(w.dialogue.question, Question::ProductChoice);
    assert_eq!(w.dialogue.shown.len(), 4);
}

#[test]
fn more_goes_on_without_repeating_and_then_says_that_is_all() {
    let mut w = World::new();
    let first: Vec<String> =
        listed(&w.say("product_search", "what do you have?", json!({}))).iter().map(|s| (*s).to_owned()).collect();
    assert_eq!(first.len(), 5);
    let says = w.say("product_search", "show me more", json!({}));
    let second = listed(&says);
    assert!(!second.is_empty() && second.iter().all(|sku| !first.iter().any(|f| f == sku)), "{first:?} {second:?}");
    let mut w = World::new();
    w.say("product_search", "handbags", json!({"product": "bag"}));
    let says = w.say("product_search", "any others?", json!({}));
    assert_eq!(names(&says), ["no_more"]);
}

#[test]
fn a_refinement_is_about_the_last_search() {
    let mut w = World::new();
    w.say("product_search", "dresses", json!({"product": "dress"}));
    let says = w.say("product_search", "in blue", json!({"colour": "blue"}));
    let mut blue = listed(&says);
    blue.sort_unstable();
    assert_eq!(blue, ["D2", "D3"]);
    // The one there is, in the size that was said.
    let says = w.say("product_search", "size L", json!({"size": "L"}));
    let Some(Say::InStock { card, size: Some(size) }) = says.last() else { panic!("{says:?}") };
    assert_eq!((card.sku.as_str(), size.as_str()), ("D2", "L"));
}

#[test]
fn cheaper_ones_are_cheaper() {
    let mut w = World::new();
    w.say("product_search", "red or blue dresses", json!({"product": "dress", "colour": ["red", "blue"]}));
    let dearest = w.dialogue.shown.iter().filter_map(|id| w.catalogue.by_id(*id)).map(|p| p.price.minor).max();
    let says = w.say("product_search", "anything cheaper?", json!({}));
    let Some(Say::Products { cards, .. }) = says.first() else { return assert_eq!(names(&says), ["no_more"]) };
    assert!(cards.iter().all(|c| Some(c.price.minor) < dearest));
}

#[test]
fn a_budget_is_kept_or_said_to_be_exceeded() {
    let mut w = World::new();
    let says = w.say("product_search", "dress under 2000", json!({"product": "dress", "price_max": 2000}));
    let Some(Say::Products { because: Because::Asked, cards, budget }) = says.last() else { panic!("{says:?}") };
    assert!(cards.iter().all(|c| c.price.minor <= 200_000));
    assert_eq!(*budget, Some(kes(2_000)));
}

#[test]
fn what_comes_near_is_said_to_be_near() {
    let mut w = World::new();
    let says = w.say("product_search", "green dress", json!({"product": "dress", "colour": "green"}));
    assert!(
        matches!(says.last(), Some(Say::Products { because: Because::Near(dropped), .. }) if !dropped.is_empty()),
        "{says:?}"
    );
}

#[test]
fn what_the_shop_does_not_sell_is_said_and_nothing_unlike_it_is_shown() {
    let mut w = World::new();
    let says = w.say("product_search", "do you sell laptops", json!({"product": "laptop"}));
    assert_eq!(names(&says), ["introduction", "nothing_found"]);
}

#[test]
fn a_named_product_that_is_sold_out_gives_what_is_like_it() {
    let mut w = World::new();
    let says = w.say("product_search", "pink tulle dress", json!({"product": "dress", "colour": "pink"}));
    let Some(Say::Products { because: Because::InsteadOf(name), cards, .. }) = says.last() else { panic!("{says:?}") };
    assert_eq!(name, "Pink Tulle Dress");
    assert!(cards.iter().all(|c| c.sku != "D4" && !c.sizes.is_empty()));
}

#[test]
fn the_price_of_a_kind_is_its_true_range() {
    let mut w = World::new();
    let says = w.say("price_inquiry", "how much are dresses?", json!({"product": "dress"}));
    let range = says.iter().find_map(|say| match say {
        Say::PriceRange { from, to, .. } => Some((*from, *to)),
        _ => None,
    });
    assert_eq!(range, Some((kes(1_200), kes(5_200))));
    let says =
        w.say("price_inquiry", "how much is the brown tote handbag?", json!({"product": "bag", "colour": "brown"}));
    assert!(matches!(says.last(), Some(Say::Price { cards }) if cards[0].sku == "B1"), "{says:?}");
}

#[test]
fn two_searches_in_one_message_make_one_list() {
    let mut w = World::new();
    let says = w.hear(&[super::world::message(&[
        super::world::wish("product_search", "show me dresses", json!({"product": "dress"})),
        super::world::wish("product_search", "and shoes", json!({"product": "shoes"})),
    ])]);
    let listed = listed(&says);
    assert!(
        listed.len() <= 5 && listed.iter().any(|s| s.starts_with('S')) && listed.iter().any(|s| s.starts_with('D'))
    );
}

#[test]
fn details_of_one_product_are_shown_on_request() {
    let mut w = World::new();
    w.show(&["D1", "B1"]);
    let says = w.say("select_option", "tell me more about number 2", json!({"ordinal": 2}));
    assert!(matches!(says.last(), Some(Say::Details { card, .. }) if card.sku == "B1"), "{says:?}");
    w.say("affirm", "yes", json!({}));
    assert_eq!(w.cart(), ["B1/ONE×1"]);
}

#[test]
fn a_thing_named_outright_is_bought_without_being_shown() {
    for (text, slots, sku) in [
        ("I want the slim blue jeans size 32", json!({"product": "jeans", "colour": "blue", "size": "32"}), "J1/32×1"),
        ("nataka sneakers nyeupe size 41", json!({"product": "sneakers", "colour": "white", "size": "41"}), "S2/41×1"),
        ("weka B1 kwa cart", json!({}), "B1/ONE×1"),
    ] {
        let mut w = World::new();
        w.say("add_to_cart", text, slots);
        assert_eq!(w.cart(), [sku], "{text}");
    }
    let mut w = World::new();
    let says =
        w.say("add_to_cart", "add the blue dress in M", json!({"product": "dress", "colour": "blue", "size": "M"}));
    assert!(matches!(says.last(), Some(Say::AskWhich { cards }) if cards.len() == 2), "{says:?}");
    w.say("select_option", "1", json!({"ordinal": 1}));
    assert_eq!(w.dialogue.cart.pieces(), 1);
}
