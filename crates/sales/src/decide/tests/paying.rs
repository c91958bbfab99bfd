//! Money and orders.

use duka_shop::PaymentFailure;
use serde_json::json;

use super::world::{World, kes, message, names, plain};
use crate::{
    Effect, Question, Say, Stage,
    effect::{OwnerNews, TaskKind},
};

/// A customer with an unpaid order of one handbag to Karen.
fn ordered() -> World {
    let mut w = World::new();
    w.show(&["B1"]);
    w.hear(&[message(&[plain("add_to_cart", "add it")])]);
    w.say("give_address", "Karen", json!({"address": "Karen"}));
    let says = w.say("affirm", "yes", json!({}));
    assert_eq!(names(&says), ["payment_asked"]);
    w
}

fn asked_again(w: &World) -> bool {
    w.effects().iter().any(|e| matches!(e, Effect::RequestPayment(_)))
}

#[test]
fn a_second_prompt_is_sent_only_when_none_is_open() {
    let mut w = ordered();
    let says = w.say("pay", "send the prompt", json!({}));
    assert_eq!(names(&says), ["payment_waiting"]);
    assert!(!asked_again(&w));
    w.now = w.now.plus_seconds(100);
    let says = w.say("pay", "send the prompt", json!({}));
    assert_eq!(names(&says), ["payment_asked_again"]);
    assert!(asked_again(&w));
}

#[test]
fn another_number_is_prompted_at_once() {
    let mut w = ordered();
    let says = w.say("pay", "use 0722000111", json!({"phone": "254722000111"}));
    assert!(
        matches!(says.last(), Some(Say::PaymentAskedAgain { phone, .. }) if phone.digits() == "254722000111"),
        "{says:?}"
    );
}

#[test]
fn a_failed_attempt_is_retried_with_a_yes() {
    let mut w = ordered();
    let says = w.failed(PaymentFailure::WrongPin);
    assert_eq!(names(&says), ["payment_failed"]);
    let says = w.say("affirm", "yes try again", json!({}));
    assert_eq!(names(&says), ["payment_asked_again"]);
    assert!(asked_again(&w));
}

#[test]
fn a_claim_is_checked_and_never_believed() {
    let mut w = ordered();
    let says = w.say("payment_claim", "nimelipa SCA1B2C3D4", json!({"receipt": "SCA1B2C3D4"}));
    assert_eq!(names(&says), ["claim_checked"]);
    assert!(w.effects().iter().any(|e| matches!(e, Effect::CheckPayment(_))));
    assert_ne!(w.dialogue.stage, Stage::AfterSale);
    w.paid();
    let says = w.say("payment_claim", "nimelipa", json!({}));
    assert_eq!(names(&says), ["already_paid"]);
}

#[test]
fn a_problem_offers_a_retry_and_sends_it_when_the_prompt_never_came() {
    let mut w = ordered();
    w.failed(PaymentFailure::InsufficientFunds);
    let says = w.say("payment_problem", "it failed", json!({}));
    assert_eq!(names(&says), ["payment_failed"]);
    let mut w = ordered();
    w.now = w.now.plus_seconds(200);
    let says = w.say("payment_problem", "I got no prompt", json!({}));
    assert_eq!(names(&says), ["payment_asked_again"]);
}

#[test]
fn an_expired_order_is_offered_again_from_its_pieces() {
    let mut w = ordered();
    let says = w.expired();
    assert_eq!(names(&says), ["order_expired"]);
    let says = w.say("affirm", "yes I still want it", json!({}));
    assert_eq!(names(&says), ["summary"]);
    w.say("affirm", "yes", json!({}));
    assert_eq!(w.orders.len(), 2);
    assert!(asked_again(&w));
}

#[test]
fn paying_an_order_whose_time_ran_out_unnoticed_offers_it_again() {
    let mut w = ordered();
    w.now = w.now.plus_minutes(40);
    let says = w.say("pay", "let me pay now", json!({}));
    assert_eq!(names(&says), ["order_expired", "summary"]);
}

#[test]
fn without_a_provider_the_shops_own_way_is_told_or_the_order_waits() {
    for manual in [Some("Till 123456".to_owned()), None] {
        let mut w = World::new();
        w.payments_down = true;
        w.shop.manual_payment = manual.clone();
        w.show(&["B1"]);
        w.say("add_to_cart", "add it", json!({}));
        w.say("give_address", "Karen", json!({"address": "Karen"}));
        let says = w.say("affirm", "yes", json!({}));
        assert_eq!(names(&says), [if manual.is_some() { "pay_by_hand" } else { "payment_delayed" }]);
        assert!(w.effects().iter().any(|e| matches!(e, Effect::TellOwner(OwnerNews::PaymentsDown { .. }))));
        assert_eq!(w.orders.len(), 1);
    }
}

#[test]
fn an_unpaid_order_is_cancelled_after_one_question() {
    let mut w = ordered();
    let says = w.say("cancel_order", "cancel it", json!({}));
    assert_eq!(names(&says), ["ask_cancel"]);
    let says = w.say("deny", "no", json!({}));
    assert_eq!(names(&says), ["order_status"]);
    w.say("cancel_order", "cancel it", json!({}));
    let says = w.say("affirm", "yes", json!({}));
    assert_eq!(names(&says), ["order_cancelled"]);
    assert_eq!(w.orders[0].state, duka_shop::OrderState::Cancelled);
    assert_eq!(w.dialogue.open_order, None);
}

#[test]
fn a_paid_order_is_stopped_by_people_only() {
    let mut w = ordered();
    w.paid();
    let says = w.say("cancel_order", "cancel my order", json!({}));
    assert_eq!(names(&says), ["cannot_cancel"]);
    assert!(w.effects().iter().all(|e| !matches!(e, Effect::CancelOrder { .. })));
}

#[test]
fn only_their_own_orders_exist_for_a_customer() {
    let mut w = ordered();
    w.paid();
    let number = w.orders[0].number.clone();
    let says = w.say("order_status", "where is my order", json!({}));
    assert!(matches!(&says[0], Say::OrderStatus { number: n, .. } if *n == number));
    let bare = number.trim_start_matches("DK-").to_lowercase();
    let says = w.say("order_status", "status", json!({"order_ref": bare}));
    assert_eq!(names(&says), ["order_status"]);
    let says = w.say("order_status", "status of DK-ZZZZZZ", json!({"order_ref": "DK-ZZZZZZ"}));
    assert!(matches!(&says[0], Say::NoOrder { asked: Some(_) }));
}

#[test]
fn a_return_quotes_the_rules_and_opens_a_task_with_the_reason() {
    let mut w = World::new();
    let says = w.say("return_refund", "can I return?", json!({}));
    assert_eq!(names(&says), ["introduction", "return_policy"]);
    let mut w = ordered();
    w.paid();
    let says = w.say("return_refund", "I want my money back", json!({}));
    assert_eq!(names(&says), ["return_policy", "case_within", "ask_reason"]);
    let opened = |e: &Effect| matches!(e, Effect::OpenTask { kind: TaskKind::Return, order: Some(_), .. });
    assert!(w.effects().iter().any(opened));
    assert!(w.effects().iter().any(|e| matches!(e, Effect::TellOwner(OwnerNews::ReturnAsked { .. }))));
}

#[test]
fn what_was_bought_too_long_ago_is_said_and_opens_nothing() {
    let mut w = ordered();
    w.paid();
    w.now = w.now.plus_minutes(8 * 24 * 60);
    let says = w.say("return_refund", "I want to return it", json!({}));
    assert_eq!(names(&says), ["return_policy", "case_too_late"]);
    assert!(!w.effects().iter().any(|e| matches!(e, Effect::OpenTask { .. } | Effect::TellOwner(_))));
}

#[test]
fn another_address_for_an_unpaid_order_gives_a_new_summary_of_the_same_pieces() {
    let mut w = ordered();
    w.set_stock("B1", "ONE", 1);
    w.stock.0.values_mut().for_each(|level| level.reserved = level.on_hand.min(1));
    w.failed(PaymentFailure::NoAnswer);
    let says = w.say("give_address", "take it to CBD instead", json!({"address": "CBD"}));
    assert_eq!(names(&says), ["summary"]);
    assert_eq!(w.dialogue.question, Question::Summary { total: kes(1_900 + 150) });
    assert_eq!(w.orders[0].state, duka_shop::OrderState::Cancelled);
}

#[test]
fn shopping_goes_on_while_an_order_waits() {
    let mut w = ordered();
    w.show(&["A1"]);
    w.say("add_to_cart", "add the scarf", json!({"ordinal": 1}));
    w.say("checkout", "checkout", json!({}));
    w.say("affirm", "same place", json!({}));
    assert_eq!(w.dialogue.question, Question::Summary { total: kes(900) });
    w.say("affirm", "yes", json!({}));
    assert_eq!(w.orders.len(), 2);
}

#[test]
fn paying_with_nothing_to_pay_is_said() {
    let mut w = World::new();
    let says = w.say("pay", "send me the prompt", json!({}));
    assert_eq!(names(&says), ["introduction", "nothing_to_pay"]);
}

#[test]
fn a_receipt_does_not_disturb_someone_who_shops_on() {
    let mut w = ordered();
    w.show(&["D1"]);
    w.say("add_to_cart", "add the red dress", json!({"ordinal": 1}));
    assert_eq!(w.dialogue.question, Question::Variant);
    w.paid();
    assert_eq!((w.dialogue.question.clone(), w.dialogue.open_order), (Question::Variant, None));
    let says = w.say("choose_size", "M", json!({"size": "M"}));
    assert_eq!(names(&says), ["added", "ask_next"]);
}

#[test]
fn money_that_comes_too_late_is_said_to_go_back() {
    let w = ordered();
    let (after, says) = crate::settlement::refund_due(&w.dialogue, &w.orders[0]);
    assert_eq!(names(&says), ["refund_due"]);
    assert_eq!((after.open_order, after.question), (None, Question::None));
}

#[test]
fn what_was_sold_before_the_order_was_written_leaves_the_cart() {
    let mut w = World::new();
    w.show(&["B1", "A1"]);
    w.hear(&[message(&[plain("add_to_cart", "both")])]);
    let gone = vec![w.dialogue.cart.lines[0].clone()];
    let (after, says) = crate::settlement::just_sold(&w.dialogue, gone);
    assert_eq!(names(&says), ["just_sold"]);
    assert_eq!((after.cart.lines.len(), after.question), (1, Question::CartNext));
}

#[test]
fn what_one_says_again_in_a_burst_is_done_once() {
    let mut w = ordered();
    w.now = w.now.plus_seconds(200);
    w.hear(&[message(&[plain("pay", "pay")]), message(&[plain("pay", "pay now")])]);
    let requests = w.effects().iter().filter(|e| matches!(e, Effect::RequestPayment(_))).count();
    assert_eq!(requests, 1);
}
