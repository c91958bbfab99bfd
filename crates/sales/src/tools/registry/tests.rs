//! Every tool called alone, by its name.

use duka_kernel::OrderId;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Effects, Refusal, TOOLS, find};
use crate::{decide::tests::world::World, desk::Desk, dialogue::Question, effect::Effect};

/// Calls tools one after another on one desk; gives what the last came to, and the effects of all.
fn calls(world: &World, yes: bool, calls: &[(&str, Value)]) -> (Result<Value, Refusal>, Vec<Effect>) {
    world.recalled(|recall| {
        let mut desk = Desk::open(&world.dialogue, recall);
        let mut last = Ok(Value::Null);
        for (name, arguments) in calls {
            last = find(name).and_then(|tool| tool.call(&mut desk, arguments.clone(), yes));
        }
        (last, desk.effects)
    })
}

fn call(world: &World, name: &str, arguments: Value) -> Result<Value, Refusal> {
    calls(world, false, &[(name, arguments)]).0
}

fn with_order() -> World {
    let mut world = World::new();
    for line in ["do you have dresses?", "the red one", "M", "checkout", "Westlands, Delta Towers", "yes"] {
        world.text(line);
    }
    assert_eq!(world.orders.len(), 1);
    world
}

#[test]
fn products_are_found_counted_and_described() {
    let world = World::new();
    let found = call(&world, "search_products", json!({"text": "red dress in size M"})).expect("a search");
    assert_eq!(found[0]["sku"], "D1");
    let stock = call(&world, "get_inventory", json!({"sku": "D1", "size": "XL"})).expect("stock");
    assert_eq!((&stock[0]["size"], &stock[0]["available"]), (&json!("XL"), &json!(0)));
    let details = call(&world, "get_product_details", json!({"sku": "D1"})).expect("details");
    assert_eq!(details["description"], "Red Wrap Dress, well made.");
    let similar = call(&world, "search_similar_products", json!({"sku": "D1"})).expect("similar");
    let skus: Vec<&str> = similar.as_array().expect("a list").iter().filter_map(|p| p["sku"].as_str()).collect();
    assert!(skus.contains(&"D2") && !skus.contains(&"D1"), "{skus:?}");
    for name in ["get_inventory", "get_product_details", "search_similar_products"] {
        assert!(matches!(call(&world, name, json!({"sku": "X9"})), Err(Refusal::NotFound(_))), "{name}");
    }
}

#[test]
fn the_cart_is_filled_changed_and_emptied_at_the_prices_of_the_catalogue() {
    let world = World::new();
    let add = ("add_to_cart", json!({"sku": "D1", "size": "M", "quantity": 2}));
    let (cart, _) = calls(&world, false, &[add.clone(), ("get_cart", Value::Null)]);
    assert_eq!(cart.expect("a cart")["total"]["minor"], 560_000);
    let less = ("update_quantity", json!({"sku": "D1", "size": null, "quantity": 1}));
    let (cart, _) = calls(&world, false, &[add.clone(), less]);
    assert_eq!(cart.expect("a cart")["total"]["minor"], 280_000);
    let code = ("apply_coupon", json!({"code": "karibu10"}));
    let (cart, _) = calls(&world, false, &[add.clone(), code]);
    assert_eq!(cart.expect("a cart")["reduces"]["total"]["minor"], 504_000);
    for emptied in [("remove_from_cart", json!({"sku": "D1"})), ("clear_cart", json!({}))] {
        let (cart, _) = calls(&world, false, &[add.clone(), emptied]);
        assert_eq!(cart.expect("a cart")["lines"], json!([]));
    }
}

#[test]
fn what_cannot_be_bought_is_refused_and_changes_nothing() {
    let world = World::new();
    for (arguments, why) in [
        (json!({"sku": "D1", "size": "XL"}), "sold out"),
        (json!({"sku": "D1", "size": "52"}), "no such size"),
        (json!({"sku": "D1"}), "say which"),
        (json!({"sku": "D1", "size": "M", "quantity": -1}), "invalid value"),
        (json!({"sku": "D1", "size": "M", "price": 1}), "unknown field `price`"),
        (json!({"sku": "D1", "size": "M", "tenant": "malkia"}), "unknown field `tenant`"),
        (json!("D1"), "invalid type"),
    ] {
        let (refused, effects) = calls(&world, true, &[("add_to_cart", arguments.clone())]);
        let refused = refused.expect_err("refused").to_string();
        assert!(refused.contains(why), "{arguments}: {refused}");
        assert!(effects.is_empty());
    }
    assert_eq!(call(&world, "give_discount", json!({})), Err(Refusal::UnknownTool("give_discount".into())));
}

#[test]
fn money_and_orders_move_only_with_a_yes_and_at_the_total_that_was_shown() {
    let mut world = World::new();
    for line in ["do you have dresses?", "the red one", "M", "checkout", "Westlands, Delta Towers"] {
        world.text(line);
    }
    assert!(matches!(world.dialogue.question, Question::Summary { .. }));
    assert_eq!(call(&world, "create_order", json!({})), Err(Refusal::NeedsYes));
    let (order, effects) = calls(&world, true, &[("create_order", json!({}))]);
    assert_eq!(order.expect("an order")["total"]["minor"], 310_000);
    assert!(matches!(&effects[0], Effect::PlaceOrder(placed) if placed.total.minor == 310_000));
    let own_price = calls(&world, true, &[("create_order", json!({"total": 100}))]).0;
    assert!(matches!(own_price, Err(Refusal::Arguments(_))));
    world.dialogue.question = Question::None;
    assert!(matches!(calls(&world, true, &[("create_order", json!({}))]).0, Err(Refusal::NotNow(_))));
}

#[test]
fn a_payment_is_asked_for_the_amount_and_from_the_phone_of_the_order() {
    let mut world = with_order();
    world.orders[0].payment = None;
    let number = world.orders[0].number.clone();
    assert_eq!(call(&world, "initiate_payment", json!({})), Err(Refusal::NeedsYes));
    let (asked, effects) = calls(&world, true, &[("initiate_payment", json!({"order": number}))]);
    let asked = asked.expect("a request");
    assert_eq!((&asked["amount"]["minor"], &asked["phone"]), (&json!(310_000), &json!("678")));
    assert!(matches!(&effects[0], Effect::RequestPayment(request) if request.amount.minor == 310_000));
    for arguments in [json!({"phone": "0722000000"}), json!({"amount": 1}), json!({"payee": "254700000000"})] {
        let refused = calls(&world, true, &[("initiate_payment", arguments)]);
        assert!(matches!(refused.0, Err(Refusal::Arguments(_))));
        assert!(refused.1.is_empty());
    }
    assert!(matches!(
        calls(&world, true, &[("initiate_payment", json!({"order": "DK-OTHERS"}))]).0,
        Err(Refusal::NotFound(_))
    ));
    let status = call(&world, "check_payment_status", json!({})).expect("a status");
    assert_eq!(status["paid"], false);
}

#[test]
fn a_receipt_is_passed_on_and_nothing_counts_as_paid() {
    let world = with_order();
    let (claimed, effects) = calls(&world, false, &[("submit_payment_proof", json!({"receipt": "sca1b2c3d4"}))]);
    assert_eq!(claimed.expect("a claim")["receipt"], "SCA1B2C3D4");
    assert!(effects.iter().all(|e| matches!(e, Effect::TellOwner(_) | Effect::CheckPayment(_))), "{effects:?}");
    let wrong = call(&world, "submit_payment_proof", json!({"receipt": "drop table"}));
    assert!(matches!(wrong, Err(Refusal::Arguments(_))));
}

#[test]
fn only_the_customers_own_orders_exist() {
    let world = with_order();
    let status = call(&world, "get_order_status", json!({})).expect("the latest");
    assert_eq!(status["state"], "pending_payment");
    assert_eq!(call(&world, "get_purchase_history", json!({})).expect("a list").as_array().map(Vec::len), Some(1));
    let foreign = crate::recall::order_number(OrderId::new());
    for (name, arguments) in [
        ("get_order_status", json!({"order": foreign})),
        ("cancel_order", json!({"order": foreign})),
        ("record_feedback", json!({"rating": 5, "order": foreign})),
    ] {
        let (refused, effects) = calls(&world, true, &[(name, arguments)]);
        assert!(matches!(refused, Err(Refusal::NotFound(_))), "{name}");
        assert!(effects.is_empty());
    }
    let (cancelled, effects) = calls(&world, true, &[("cancel_order", json!({}))]);
    assert_eq!(cancelled.expect("cancelled")["state"], "cancelled");
    assert!(matches!(effects[0], Effect::CancelOrder { .. }));
}

#[test]
fn what_is_known_of_the_customer_is_read_and_changed() {
    let mut world = World::new();
    world.customer.name = Some("Amina".into());
    world.customer.facts.insert("usual_size".into(), "M".into());
    let profile = call(&world, "get_customer_profile", json!({})).expect("a profile");
    assert_eq!((&profile["name"], &profile["sizes"]), (&json!("Amina"), &json!(["M"])));
    assert!(!profile.to_string().contains("712345678"), "no number: {profile}");
    let size = call(&world, "recommend_size", json!({"sku": "D1"})).expect("advice");
    assert_eq!((&size["size"], &size["in_stock"]), (&json!("M"), &json!(true)));
    for (name, arguments) in [
        ("update_customer_profile", json!({"field": "area", "value": "Kasarani"})),
        ("record_feedback", json!({"rating": 4})),
        ("set_opt_out", json!({"out": true})),
        ("save_memory", json!({"sentence": "Sews her own dresses."})),
        ("hand_off_to_human", json!({"said": "wants the owner"})),
    ] {
        let (done, effects) = calls(&world, false, &[(name, arguments)]);
        assert!(done.is_ok() && effects.len() == 1, "{name}: {done:?} {effects:?}");
    }
    for (name, arguments) in [
        ("update_customer_profile", json!({"field": "phone", "value": "0722000000"})),
        ("update_customer_profile", json!({"field": "name", "value": "x".repeat(200)})),
        ("record_feedback", json!({"rating": 6})),
        ("save_memory", json!({"sentence": " "})),
    ] {
        let (refused, effects) = calls(&world, true, &[(name, arguments)]);
        assert!(matches!(refused, Err(Refusal::Arguments(_))) && effects.is_empty(), "{name}");
    }
}

#[test]
fn what_the_shop_has_written_down_is_found() {
    let world = World::new();
    let found = call(&world, "search_knowledge", json!({"question": "how to wash a silk scarf"})).expect("answers");
    assert_eq!(found[0]["text"], "By hand, cold.");
    assert_eq!(call(&world, "search_knowledge", json!({"question": "zebra"})), Ok(json!([])));
}

#[test]
fn every_tool_says_what_it_takes_and_refuses_everything_else() {
    for tool in TOOLS {
        let schema = tool.schema();
        assert_eq!(schema["additionalProperties"], false, "{}: {schema}", tool.name);
        assert!(tool.description.ends_with('.') && tool.description.len() > 20, "{}", tool.name);
        for (name, _) in schema["properties"].as_object().expect("properties") {
            for kept in ["price", "amount", "total", "phone", "payee", "tenant", "shop", "discount"] {
                assert!(!name.contains(kept), "{} takes {name}", tool.name);
            }
        }
        let world = World::new();
        let refused = calls(&world, true, &[(tool.name, json!({"surely_unknown": 1}))]);
        assert!(matches!(refused.0, Err(Refusal::Arguments(_))), "{}: {:?}", tool.name, refused.0);
        assert!(refused.1.is_empty());
    }
    let mut names: Vec<&str> = TOOLS.iter().map(|tool| tool.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), TOOLS.len(), "every name once");
}

#[test]
fn nothing_that_needs_a_yes_happens_without_one() {
    let world = with_order();
    let in_need: Vec<&str> =
        TOOLS.iter().filter(|tool| tool.effects == Effects::NeedsYes).map(|tool| tool.name).collect();
    for name in ["create_order", "cancel_order", "initiate_payment", "book_appointment", "cancel_appointment"] {
        assert!(in_need.contains(&name), "{name}");
    }
    for name in in_need {
        let (refused, effects) = calls(&world, false, &[(name, json!({}))]);
        assert_eq!(refused, Err(Refusal::NeedsYes), "{name}");
        assert!(effects.is_empty());
    }
}

proptest! {
    #[test]
    fn in_any_order_the_cart_comes_to_the_sum_of_its_lines(
        steps in prop::collection::vec((0usize..5, 0usize..4, 0u32..4), 1..12)
    ) {
        let world = World::new();
        let goods = [("D1", "M"), ("D2", "S"), ("B1", "ONE"), ("A1", "ONE")];
        world.recalled(|recall| {
            let mut desk = Desk::open(&world.dialogue, recall);
            for (step, which, quantity) in steps {
                let (sku, size) = goods[which];
                let (name, arguments) = match step {
                    0 | 1 => ("add_to_cart", json!({"sku": sku, "size": size, "quantity": quantity})),
                    2 => ("remove_from_cart", json!({"sku": sku})),
                    3 => ("update_quantity", json!({"sku": sku, "quantity": quantity})),
                    _ => ("clear_cart", json!({})),
                };
                let _ = find(name).and_then(|tool| tool.call(&mut desk, arguments, false));
                let cart = find("get_cart").and_then(|tool| tool.call(&mut desk, Value::Null, false)).expect("a cart");
                let lines = cart["lines"].as_array().expect("lines");
                let sum: i64 = lines.iter().map(|line| {
                    line["quantity"].as_i64().unwrap_or(0) * line["unit_price"]["minor"].as_i64().unwrap_or(0)
                }).sum();
                assert_eq!(cart["subtotal"]["minor"].as_i64(), Some(sum));
                assert_eq!(cart["total"]["minor"].as_i64(), Some(sum - cart["discount"]["minor"].as_i64().unwrap_or(0)));
            }
        });
    }
}
