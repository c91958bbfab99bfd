//! Whole conversations in the customer's own words.

use super::world::{World, names};

/// Plays a conversation: a line of the customer, and what has to be said last in the answer.
fn play(w: &mut World, lines: &[(&str, &str)]) {
    for (text, expected) in lines {
        let says = w.text(text);
        let last = names(&says).last().cloned().unwrap_or_default();
        let read = w.heard.as_ref().map(|p| p.wishes.iter().map(|x| (x.intent, &x.slots)).collect::<Vec<_>>());
        assert_eq!(last, *expected, "{text:?} was read as {read:?} and answered with {:?}", names(&says));
    }
}

#[test]
fn a_sale_in_english() {
    let mut w = World::new();
    play(
        &mut w,
        &[
            ("Hi", "greeting"),
            ("do you have dresses?", "products"),
            ("the red one", "ask_size"),
            ("M", "ask_next"),
            ("checkout", "ask_address"),
            ("Westlands, Delta Towers", "summary"),
            ("yes", "payment_asked"),
        ],
    );
    assert_eq!(w.orders.len(), 1);
}

#[test]
fn a_sale_in_swahili() {
    let mut w = World::new();
    play(
        &mut w,
        &[
            ("Habari", "greeting"),
            ("mko na magauni?", "products"),
            ("nataka ile nyekundu", "ask_size"),
            ("saizi M", "ask_next"),
            ("hapana, ni hayo tu", "ask_address"),
            ("nipelekee Karen", "summary"),
            ("ndio", "payment_asked"),
        ],
    );
}

#[test]
fn a_sale_in_sheng() {
    let mut w = World::new();
    play(
        &mut w,
        &[
            ("niaje", "greeting"),
            ("uko na ndula?", "products"),
            ("nipee hizo sneakers size 41", "ask_next"),
            ("tufunge", "ask_address"),
            ("nitakam kuchukua", "summary"),
            ("poa", "payment_asked"),
        ],
    );
}

#[test]
fn everything_in_one_breath() {
    let mut w = World::new();
    play(
        &mut w,
        &[
            ("nataka red wrap dress size M, deliver Westlands, nilipe na 0722000111", "summary"),
            ("yes", "payment_asked"),
            ("use 0733000222 instead", "payment_asked_again"),
        ],
    );
}

#[test]
fn second_thoughts() {
    let mut w = World::new();
    play(
        &mut w,
        &[
            ("show me dresses", "products"),
            ("the floral one in L", "ask_next"),
            ("do you have the heels in 38?", "in_stock"),
            ("ok add it", "ask_next"),
            ("remove the dress", "ask_next"),
            ("make it 2", "ask_next"),
            ("how much is delivery to Karen?", "ask_next"),
            ("checkout", "ask_address_there"),
            ("are you open on sunday?", "ask_address_there"),
            ("yes", "summary"),
            ("no, change it to pickup", "summary"),
            ("nina code KARIBU10", "summary"),
            ("yes", "payment_asked"),
            ("cancel the order", "ask_cancel"),
            ("no", "order_status"),
            ("nimelipa SCA1B2C3D4", "claim_checked"),
        ],
    );
    assert_eq!(w.orders[0].lines[0].quantity, 2);
}
