//! What binds on a yes alone, and what words of taking out and of stopping mean.

use duka_shop::OrderState;

use super::{
    booking::{booked, salon},
    world::World,
};
use crate::{Effect, Question, effect::CustomerChange};

fn after(lines: &[&str]) -> World {
    let mut world = World::new();
    for line in lines {
        world.text(line);
    }
    world
}

/// A red dress in M at the summary.
fn at_summary() -> World {
    let world = after(&["add the red wrap dress size M", "checkout, deliver to Karen"]);
    assert!(matches!(world.dialogue.question, Question::Summary { .. }), "{:?}", world.dialogue.question);
    world
}

fn opted_out(world: &World) -> bool {
    world.effects().contains(&Effect::Customer(CustomerChange::OptOut(true)))
}

#[track_caller]
fn none_fails(failures: &[String]) {
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn nothing_is_ordered_on_less_than_a_plain_yes() {
    let mut failures = Vec::new();
    for text in [
        "is this correct?",
        "okay is it original",
        "yes? is it original?",
        "sawa nitafikiria",
        "uko sawa?",
        "hmm ok",
        "ndio na scarf pia",
        "ndio na uongeze scarf",
        "yes but in size S",
        "ok let me think",
        "sawa ngoja nicheki",
    ] {
        let mut world = at_summary();
        world.text(text);
        if !world.orders.is_empty() {
            failures.push(format!("{text} ordered"));
        }
    }
    for text in ["yes", "ndio", "sawa", "poa tuma prompt", "yes please", "sawa asante", "eeh endelea", "ok send it"] {
        let mut world = at_summary();
        world.text(text);
        if world.orders.len() != 1 {
            failures.push(format!("{text} did not order"));
        }
    }
    none_fails(&failures);
}

#[test]
fn a_wish_beside_the_yes_changes_the_order_and_is_asked_about_again() {
    let mut failures = Vec::new();
    for (text, cart) in [
        ("ndio na scarf pia", vec!["D1/M×1", "A1/ONE×1"]),
        ("ndio na uongeze scarf", vec!["D1/M×1", "A1/ONE×1"]),
        ("yes and add the scarf", vec!["D1/M×1", "A1/ONE×1"]),
        ("yes but in size S", vec!["D1/S×1"]),
        ("sawa lakini sio S, ni M", vec!["D1/M×1"]),
    ] {
        let mut world = at_summary();
        world.text(text);
        let asks = matches!(world.dialogue.question, Question::Summary { .. });
        if world.cart() != cart || !asks {
            failures.push(format!("{text}: {:?} {:?}", world.cart(), world.dialogue.question));
        }
    }
    none_fails(&failures);
}

#[test]
fn no_order_is_stopped_and_no_cart_emptied_on_less() {
    let mut failures = Vec::new();
    for text in ["are you sure?", "sawa nitafikiria", "ok thanks"] {
        let mut world = at_summary();
        world.text("yes");
        world.text("cancel my order");
        let asked = world.dialogue.question.clone();
        world.text(text);
        if world.orders[0].state == OrderState::Cancelled {
            failures.push(format!("{text} cancelled at {asked:?}"));
        }
        let mut world = after(&["add the red wrap dress size M", "empty my cart"]);
        world.text(text);
        if world.cart() != ["D1/M×1"] {
            failures.push(format!("{text} emptied"));
        }
    }
    let mut world = at_summary();
    world.text("yes");
    world.text("cancel my order");
    world.text("yes cancel it");
    if world.orders[0].state != OrderState::Cancelled {
        failures.push("yes cancel it did not".into());
    }
    none_fails(&failures);
}

#[test]
fn nothing_is_booked_on_less_than_a_plain_yes() {
    let mut failures = Vec::new();
    for text in ["I'll confirm later", "sawa nitafikiria", "ok nitakuambia", "sawa ngoja niangalie", "are you sure?"] {
        let mut world = salon();
        world.text("haircut tomorrow at 2pm");
        world.text(text);
        if !booked(&world).is_empty() || opted_out(&world) {
            failures.push(format!("{text} booked"));
        }
    }
    for text in ["yes", "ndio saa nane", "yes tomorrow at 2pm", "book it", "sawa", "ok book it"] {
        let mut world = salon();
        world.text("haircut tomorrow at 2pm");
        world.text(text);
        if booked(&world) != ["CUT Thu 14:00"] {
            failures.push(format!("{text} did not book"));
        }
    }
    none_fails(&failures);
}

#[test]
fn one_booking_is_moved_or_cancelled_and_never_both() {
    let mut failures = Vec::new();
    for text in [
        "I can't make it, move my booking to friday 10am",
        "siwezi kuja, nisogezee miadi hadi Ijumaa saa nne",
        "manze siwezi make, push hiyo form hadi friday saa nne",
        "cancel my booking and book friday 10am instead",
    ] {
        let mut world = salon();
        world.text("haircut tomorrow at 2pm");
        world.text("yes");
        world.text(text);
        let both = world.effects().iter().any(|effect| matches!(effect, Effect::CancelBooking { .. }));
        if booked(&world) != ["CUT Fri 10:00"] || both {
            failures.push(format!("{text}: {:?} cancelled: {both}", booked(&world)));
        }
    }
    none_fails(&failures);
}

#[test]
fn words_of_taking_out_take_out_what_they_name() {
    let mut failures = Vec::new();
    for text in [
        "remove delivery",
        "toa delivery",
        "sitaki delivery",
        "toa maelezo ya dress",
        "ondoa wasiwasi",
        "toa bei",
        "remove the coupon",
        "ondoa coupon",
        "one more thing",
        "KARIBU 10",
        "nipunguzie 10",
        "add -5 red wrap dress M",
    ] {
        let mut world = after(&["add the red wrap dress size M"]);
        world.text(text);
        if world.cart() != ["D1/M×1"] {
            failures.push(format!("{text}: {:?}", world.cart()));
        }
    }
    for text in ["remove it", "toa hiyo", "toa dress", "remove the dress", "ondoa hiyo dress", "take it out"] {
        let mut world = after(&["add the red wrap dress size M"]);
        world.text(text);
        if !world.cart().is_empty() {
            failures.push(format!("{text} took nothing out"));
        }
    }
    none_fails(&failures);
}

#[test]
fn a_coupon_is_put_on_and_taken_off() {
    let mut failures = Vec::new();
    for text in ["remove the coupon", "ondoa coupon", "remove KARIBU10", "toa hiyo code"] {
        let mut world = after(&["add the red wrap dress size M", "KARIBU 10"]);
        if world.dialogue.cart.coupon.as_deref() != Some("KARIBU10") {
            failures.push("not put on".into());
        }
        world.text(text);
        if world.dialogue.cart.coupon.is_some() || world.cart() != ["D1/M×1"] {
            failures.push(format!("{text}: {:?} {:?}", world.dialogue.cart.coupon, world.cart()));
        }
    }
    none_fails(&failures);
}

#[test]
fn stop_leaves_the_messages_whatever_is_asked_and_a_guess_never_does() {
    let mut failures = Vec::new();
    let states: [&[&str]; 4] = [
        &["add the red wrap dress size M", "checkout, deliver to Karen"],
        &["add the red wrap dress size M", "checkout, deliver to Karen", "yes"],
        &["I want the red wrap dress"],
        &["show me dresses"],
    ];
    for state in states {
        for text in ["STOP", "ACHA", "STOP ALL", "Stop please", "acha!"] {
            let mut world = after(state);
            let orders = world.orders.len();
            world.text(text);
            if !opted_out(&world) || world.orders.len() != orders {
                failures.push(format!("{text} after {state:?}"));
            }
        }
    }
    for text in ["naomba namba yenu", "tuma ofa tu, sitaki mambo mingine"] {
        let mut world = World::new();
        world.text(text);
        if opted_out(&world) {
            failures.push(format!("{text} opted out"));
        }
    }
    none_fails(&failures);
}

#[test]
fn a_whole_address_is_kept_and_the_same_place_is_the_last_one() {
    let mut failures = Vec::new();
    for (text, place) in [("plot 12, Utawala", "plot 12, Utawala"), ("house 7 Karen", "house 7 Karen")] {
        let mut world = after(&["add the red wrap dress size M", "checkout"]);
        world.text(text);
        let address = world.dialogue.delivery.as_ref().map(|choice| choice.address.clone());
        if address.as_deref() != Some(place) {
            failures.push(format!("{text}: {address:?}"));
        }
    }
    for text in ["send it to the same place as before", "deliver to the same address", "tuma pale pale"] {
        let mut world = at_summary();
        world.text("yes");
        world.paid();
        world.text("add the handbag");
        world.text(text);
        let address = world.dialogue.delivery.as_ref().map(|choice| choice.address.clone());
        if address.as_deref() != Some("Karen") {
            failures.push(format!("{text}: {address:?}"));
        }
    }
    none_fails(&failures);
}
