//! From choosing to the summary.

use serde_json::json;

use super::world::{World, kes, message, names, plain, wish};
use crate::{Effect, Question, Say, Stage};

#[test]
fn a_simple_sale_goes_through_every_stage_once_and_in_order() {
    let mut w = World::new();
    let mut stages = Vec::new();
    let mut step = |w: &mut World, intent: &str, text: &str, slots| {
        w.say(intent, text, slots);
        stages.extend(w.last.as_ref().map(|d| d.passed.clone()).unwrap_or_default());
    };
    step(&mut w, "greeting", "hi", json!({}));
    assert_eq!(w.dialogue.stage, Stage::Greeting);
    step(&mut w, "product_search", "dresses", json!({"product": "dress"}));
    step(&mut w, "select_option", "number 1", json!({"ordinal": 1}));
    step(&mut w, "choose_size", "M", json!({"size": "M"}));
    step(&mut w, "checkout", "that's all, checkout", json!({}));
    step(&mut w, "give_address", "Westlands, Delta Towers", json!({"address": "Westlands, Delta Towers"}));
    step(&mut w, "affirm", "yes", json!({}));
    assert_eq!(
        stages,
        [Stage::Searching, Stage::Choosing, Stage::Sizing, Stage::Cart, Stage::Address, Stage::Summary, Stage::Payment]
    );
    assert!(
        matches!(w.effects(), [Effect::PlaceOrder(_), Effect::Customer(_), Effect::RequestPayment(_)]),
        "{:?}",
        w.effects()
    );
    let says = w.paid();
    assert_eq!(names(&says), ["receipt"]);
    assert_eq!(w.dialogue.stage, Stage::AfterSale);
}

#[test]
fn both_and_checkout_asks_the_sizes_one_after_the_other_and_goes_straight_to_the_summary() {
    let mut w = World::new();
    w.show(&["D1", "S1"]);
    let says = w.hear(&[message(&[
        plain("add_to_cart", "add both"),
        wish("checkout", "and checkout", json!({})),
        wish("give_address", "to Utawala", json!({"address": "Utawala"})),
    ])]);
    assert!(matches!(says.last(), Some(Say::AskSize { card, .. }) if card.sku == "D1"), "{says:?}");
    let says = w.say("choose_size", "M", json!({"size": "M"}));
    assert!(matches!(says.last(), Some(Say::AskSize { card, .. }) if card.sku == "S1"), "{says:?}");
    let says = w.say("choose_size", "38", json!({"size": "38"}));
    assert_eq!(names(&says), ["added", "summary"]);
    assert_eq!(w.cart(), ["D1/M×1", "S1/38×1"]);
    assert_eq!(w.dialogue.question, Question::Summary { total: kes(2_800 + 3_500 + 300) });
}

#[test]
fn a_choice_and_a_checkout_read_as_one_wish_are_both_served() {
    let mut w = World::new();
    w.show(&["B1", "A1"]);
    let says = w.say("checkout", "add both and checkout to Utawala", json!({"address": "Utawala"}));
    assert_eq!(names(&says), ["introduction", "added", "summary"]);
    assert_eq!(w.cart(), ["B1/ONE×1", "A1/ONE×1"]);
}

#[test]
fn everything_in_one_message_ends_at_the_summary() {
    let mut w = World::new();
    let says = w.hear(&[message(&[
        wish("add_to_cart", "nataka red wrap dress size M", json!({"product": "dress", "colour": "red", "size": "M"})),
        wish("give_address", "deliver Westlands", json!({"address": "Westlands"})),
        wish("pay", "nilipe na 0722000111", json!({"phone": "254722000111"})),
    ])]);
    assert_eq!(names(&says), ["introduction", "added", "summary"]);
    let Some(Say::Summary { payer: Some(payer), quote, .. }) = says.last() else { panic!("{says:?}") };
    assert_eq!(payer.digits(), "254722000111");
    assert_eq!(quote.total, kes(3_100));
    assert!(w.effects().iter().all(|e| !matches!(e, Effect::PlaceOrder(_) | Effect::RequestPayment(_))));
    w.say("affirm", "ndio", json!({}));
    let paid_by = w.effects().iter().find_map(|e| match e {
        Effect::RequestPayment(request) => Some((request.phone.digits().to_owned(), request.amount)),
        _ => None,
    });
    assert_eq!(paid_by, Some(("254722000111".to_owned(), kes(3_100))));
    assert!(w.dialogue.cart.is_empty());
}

#[test]
fn two_blue_dresses_are_asked_about_and_nothing_is_added() {
    let mut w = World::new();
    w.show(&["D1", "D2", "D3"]);
    let says = w.say("select_option", "the blue one, size M", json!({"colour": "blue", "size": "M"}));
    let Some(Say::AskWhich { cards }) = says.last() else { panic!("{says:?}") };
    assert_eq!(cards.iter().map(|c| c.sku.as_str()).collect::<Vec<_>>(), ["D2", "D3"]);
    assert!(w.dialogue.cart.is_empty() && w.dialogue.shown == [w.id("D2"), w.id("D3")]);
    let says = w.say("select_option", "the floral one", json!({}));
    assert_eq!(names(&says), ["added", "ask_next"]);
    assert_eq!(w.cart(), ["D2/M×1"], "the size said with the unclear choice counts");
}

#[test]
fn products_are_meant_by_number_colour_price_words_or_quoting() {
    let cases = [
        ("number 2", json!({"ordinal": 2}), "D2"),
        ("the last one", json!({"ordinal": -1}), "S2"),
        ("the red one", json!({"colour": "red"}), "D1"),
        ("ile ya 2600", json!({"amount": 2600}), "S2"),
        ("the floral one", json!({}), "D2"),
        ("the cheapest", json!({}), "D2"),
        ("those sneakers", json!({}), "S2"),
    ];
    for (text, slots, sku) in cases {
        let mut w = World::new();
        w.show(&["D1", "D2", "S2"]);
        w.say("select_option", text, slots);
        assert_eq!(w.dialogue.wanted.first().map(|x| x.product), Some(w.id(sku)), "{text}");
    }
    let mut w = World::new();
    let Some(crate::Heard::Text { perception, .. }) =
        Some(message(&[wish("select_option", "this one in M", json!({"size": "M"}))]))
    else {
        unreachable!("it is text")
    };
    w.hear(&[crate::Heard::Text { perception, quoted: Some("D2".into()) }]);
    assert_eq!(w.cart(), ["D2/M×1"]);
}

#[test]
fn a_size_that_is_out_or_never_existed_is_not_added() {
    for (size, product) in [("XL", "D1"), ("XS", "D1"), ("40", "S1")] {
        let mut w = World::new();
        w.show(&[product]);
        let says = w.say("select_option", "number 1", json!({"ordinal": 1, "size": size}));
        assert!(matches!(says.last(), Some(Say::SizeOut { .. })), "{says:?}");
        assert!(w.dialogue.cart.is_empty() && w.dialogue.question == Question::Variant);
    }
}

#[test]
fn what_is_sold_out_is_said_and_never_added() {
    let mut w = World::new();
    w.show(&["D4"]);
    let says = w.say("add_to_cart", "add it", json!({"ordinal": 1}));
    assert!(
        matches!(&says[1], Say::Products { because: crate::say::Because::InsteadOf(name), .. } if name == "Pink Tulle Dress")
    );
    assert!(w.dialogue.cart.is_empty() && w.dialogue.wanted.is_empty());
}

#[test]
fn no_more_than_there_is_goes_into_the_cart() {
    let mut w = World::new();
    w.show(&["B1"]);
    let says = w.say("add_to_cart", "8 of them", json!({"quantity": 8}));
    assert_eq!(names(&says), ["introduction", "added", "only_so_many", "ask_next"]);
    assert_eq!(w.cart(), ["B1/ONE×5"]);
    let says = w.say("add_to_cart", "one more", json!({"ordinal": 1}));
    assert_eq!(names(&says), ["only_so_many", "ask_next"]);
    assert_eq!(w.cart(), ["B1/ONE×5"]);
}

#[test]
fn the_cart_can_be_changed_in_words() {
    let mut w = World::new();
    w.show(&["B1", "A1"]);
    w.hear(&[message(&[plain("add_to_cart", "add both")])]);
    assert_eq!(w.cart(), ["B1/ONE×1", "A1/ONE×1"]);
    w.say("update_quantity", "make it 3", json!({"quantity": 3}));
    assert_eq!(w.cart(), ["B1/ONE×1", "A1/ONE×3"], "the last one added is meant");
    w.say("update_quantity", "2 more handbags", json!({"quantity": 2, "product": "bag"}));
    assert_eq!(w.cart(), ["B1/ONE×3", "A1/ONE×3"]);
    w.say("remove_from_cart", "remove the scarf", json!({"product": "scarf"}));
    assert_eq!(w.cart(), ["B1/ONE×3"]);
    let says = w.say("remove_from_cart", "remove the shoes", json!({"product": "shoes"}));
    assert_eq!(names(&says)[0], "not_in_cart");
    let says = w.say("clear_cart", "clear my cart", json!({}));
    assert!(matches!(says.last(), Some(Say::AskClear { pieces: 3 })));
    w.say("affirm", "yes", json!({}));
    assert!(w.dialogue.cart.is_empty());
}

#[test]
fn an_unclear_line_is_asked_about() {
    let mut w = World::new();
    w.show(&["B1", "A1", "D5"]);
    w.hear(&[message(&[plain("add_to_cart", "all of them")])]);
    w.dialogue.focus = None;
    let says = w.say("remove_from_cart", "remove one thing", json!({}));
    assert!(matches!(says.last(), Some(Say::AskWhichLine { .. })), "{says:?}");
    w.say("select_option", "2", json!({"ordinal": 2}));
    assert_eq!(w.cart(), ["B1/ONE×1", "D5/ONE×1"]);
}

#[test]
fn a_question_in_the_middle_is_answered_and_the_open_one_asked_again() {
    let mut w = World::new();
    w.show(&["B1"]);
    w.say("add_to_cart", "add it", json!({}));
    w.say("checkout", "checkout", json!({}));
    let says = w.say("business_hours", "are you open on Sunday?", json!({}));
    assert_eq!(names(&says), ["hours", "ask_address"]);
    w.say("give_address", "Karen", json!({"address": "Karen"}));
    let says = w.say("location", "where are you?", json!({}));
    assert_eq!(names(&says), ["location", "summary"]);
}

#[test]
fn a_change_at_the_summary_gives_a_new_summary_and_no_order() {
    let mut w = World::new();
    w.show(&["B1"]);
    w.say("add_to_cart", "add it", json!({}));
    w.say("give_address", "Karen", json!({"address": "Karen"}));
    let says =
        w.hear(&[message(&[plain("affirm", "yes"), wish("update_quantity", "but make it 2", json!({"quantity": 2}))])]);
    assert_eq!(names(&says), ["quantity_set", "summary"]);
    assert!(w.orders.is_empty());
    let says =
        w.hear(&[message(&[plain("deny", "no"), wish("give_address", "take it to CBD", json!({"address": "CBD"}))])]);
    assert_eq!(names(&says), ["summary"]);
    assert_eq!(w.dialogue.question, Question::Summary { total: kes(2 * 1_900 + 150) });
    w.say("deny", "no", json!({}));
    assert!(w.orders.is_empty() && !w.dialogue.cart.is_empty());
}

#[test]
fn a_total_that_moved_is_shown_again_before_anything_is_ordered() {
    let mut w = World::new();
    w.show(&["B1"]);
    w.say("add_to_cart", "add it", json!({}));
    w.say("give_address", "Karen", json!({"address": "Karen"}));
    w.shop.delivery.zones[1].fee = kes(350);
    w.dialogue.delivery.as_mut().expect("an address").fee = kes(350);
    let says = w.say("affirm", "yes", json!({}));
    assert_eq!(names(&says), ["total_changed", "summary"]);
    assert!(w.orders.is_empty());
}

#[test]
fn what_was_sold_meanwhile_is_said_at_the_summary() {
    let mut w = World::new();
    w.show(&["D2"]);
    w.say("add_to_cart", "add it in M", json!({"size": "M"}));
    w.say("give_address", "Karen", json!({"address": "Karen"}));
    w.set_stock("D2", "M", 0);
    let says = w.say("affirm", "yes", json!({}));
    assert_eq!(names(&says)[0], "just_sold");
    assert!(w.orders.is_empty() && w.dialogue.cart.is_empty());
}

#[test]
fn the_saved_address_is_offered_and_taken_with_a_yes() {
    let mut w = World::new();
    w.customer.address = duka_shop::delivery::choose(&w.shop, "Karen").ok();
    w.show(&["B1"]);
    w.say("add_to_cart", "add it", json!({}));
    let says = w.say("deny", "no, that's all", json!({}));
    assert!(matches!(says.last(), Some(Say::AskAddress { saved: Some(_), .. })));
    let says = w.say("affirm", "yes", json!({}));
    assert_eq!(names(&says), ["summary"]);
}

#[test]
fn a_customer_without_a_number_is_asked_for_one_once() {
    let mut w = World::new();
    w.customer.phone = None;
    w.show(&["B1"]);
    w.say("add_to_cart", "add it", json!({}));
    let says = w.say("give_address", "Karen", json!({"address": "Karen"}));
    assert_eq!(names(&says), ["ask_phone"]);
    let says = w.say("pay", "0712345678", json!({"phone": "254712345678"}));
    assert_eq!(names(&says), ["summary"]);
    w.say("affirm", "yes", json!({}));
    assert!(w.effects().iter().any(|e| matches!(e, Effect::RequestPayment(_))));
}

#[test]
fn coupons_count_or_say_why_not() {
    let mut w = World::new();
    let says = w.say("discount_coupon", "KARIBU10", json!({"coupon": "KARIBU10"}));
    assert!(names(&says).contains(&"coupon_kept".to_owned()));
    w.show(&["D1"]);
    w.say("add_to_cart", "add it in M", json!({"size": "M"}));
    let says = w.say("view_cart", "my cart", json!({}));
    assert!(matches!(&says[0], Say::CartView { quote, .. } if quote.discount == kes(280)), "{says:?}");
    let says = w.say("discount_coupon", "TANO", json!({"coupon": "TANO"}));
    assert_eq!(names(&says)[0], "coupon_refused");
    let says = w.say("discount_coupon", "NOPE", json!({"coupon": "NOPE"}));
    assert_eq!(names(&says)[0], "coupon_refused");
}

#[test]
fn a_changed_size_replaces_the_line() {
    let mut w = World::new();
    w.show(&["D1"]);
    w.say("add_to_cart", "add it in M", json!({"size": "M"}));
    w.say("choose_size", "actually make it S", json!({"size": "S"}));
    assert_eq!(w.cart(), ["D1/S×1"]);
}

#[test]
fn another_choice_in_place_of_a_size_changes_the_product() {
    let mut w = World::new();
    w.show(&["D1", "D2"]);
    w.say("select_option", "1", json!({"ordinal": 1}));
    w.say("select_option", "no the second one", json!({"ordinal": 2}));
    assert_eq!(w.dialogue.wanted.iter().map(|x| x.product).collect::<Vec<_>>(), [w.id("D2")]);
}

#[test]
fn whoever_asks_twice_to_check_out_leaves_what_has_no_size_behind() {
    let mut w = World::new();
    w.show(&["B1", "D1"]);
    w.hear(&[message(&[plain("add_to_cart", "both"), plain("checkout", "checkout")])]);
    let says = w.say("checkout", "just checkout", json!({}));
    assert_eq!(names(&says), ["left_out", "ask_address"]);
    assert_eq!(w.cart(), ["B1/ONE×1"]);
}

#[test]
fn a_choice_still_counts_hours_later() {
    let mut w = World::new();
    w.show(&["B1", "A1"]);
    w.now = w.now.plus_minutes(6 * 60 + 5);
    w.say("select_option", "#1", json!({"ordinal": 1}));
    assert_eq!(w.cart(), ["B1/ONE×1"]);
}

#[test]
fn same_as_last_time_fills_the_cart_again() {
    let mut w = World::new();
    w.show(&["B1", "A1"]);
    w.hear(&[message(&[plain("add_to_cart", "both")])]);
    w.say("give_address", "Karen", json!({"address": "Karen"}));
    w.say("affirm", "yes", json!({}));
    w.paid();
    w.set_stock("A1", "ONE", 0);
    let says = w.say("add_to_cart", "same as last time please", json!({}));
    assert_eq!(names(&says), ["added", "last_time", "ask_next"]);
    assert_eq!(w.cart(), ["B1/ONE×1"]);
}

/// The shop, with a T-shirt that comes in two sizes and two colours, the red one only in M.
fn with_coloured_variants() -> World {
    let mut w = World::new();
    let mut products = w.catalogue.products().to_vec();
    let mut shirt = products[0].clone();
    shirt.id = duka_kernel::ProductId::new();
    (shirt.sku, shirt.name, shirt.category) = ("T1".into(), "Plain Cotton T-shirt".into(), "tshirt".into());
    shirt.colours = vec![duka_kernel::Colour::Red, duka_kernel::Colour::Black];
    let variant = |size: &str, colour| duka_shop::Variant {
        id: duka_kernel::VariantId::new(),
        size: size.into(),
        colour: Some(colour),
        price: kes(800),
    };
    shirt.variants = vec![
        variant("M", duka_kernel::Colour::Red),
        variant("M", duka_kernel::Colour::Black),
        variant("L", duka_kernel::Colour::Black),
    ];
    for variant in &shirt.variants {
        w.stock.0.insert(variant.id, duka_shop::StockLevel { on_hand: 3, reserved: 0 });
    }
    products.push(shirt);
    w.catalogue = duka_shop::search::CatalogueIndex::build(products);
    w
}

#[test]
fn the_colour_is_asked_where_the_size_leaves_a_choice() {
    let mut w = with_coloured_variants();
    w.show(&["T1"]);
    let says = w.say("select_option", "number 1", json!({"ordinal": 1}));
    assert_eq!(names(&says).last().map(String::as_str), Some("ask_size"));
    let says = w.say("choose_size", "M", json!({"size": "M"}));
    assert!(matches!(says.last(), Some(Say::AskColour { colours, .. }) if colours.len() == 2), "{says:?}");
    let says = w.say("select_option", "black", json!({"colour": "black"}));
    assert_eq!(names(&says), ["added", "ask_next"]);
    assert_eq!(w.dialogue.cart.lines[0].colour, Some(duka_kernel::Colour::Black));
}

#[test]
fn a_size_that_leaves_no_choice_of_colour_is_enough_and_a_colour_that_is_not_there_is_said() {
    let mut w = with_coloured_variants();
    w.show(&["T1"]);
    w.say("select_option", "number 1 in L", json!({"ordinal": 1, "size": "L"}));
    assert_eq!(w.dialogue.cart.lines[0].colour, Some(duka_kernel::Colour::Black));
    let mut w = with_coloured_variants();
    w.show(&["T1"]);
    let says = w.say("select_option", "number 1 in red, L", json!({"ordinal": 1, "size": "L", "colour": "red"}));
    assert!(matches!(says.last(), Some(Say::ColourOut { .. })), "{says:?}");
    assert!(w.dialogue.cart.is_empty());
    w.say("affirm", "ok", json!({}));
    assert_eq!(w.dialogue.cart.pieces(), 1, "a yes takes the colour there is");
}
