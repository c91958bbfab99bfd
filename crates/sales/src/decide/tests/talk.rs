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

/// What is said in answer to a first message.
fn answered(text: &str) -> Vec<String> {
    names(&World::new().text(text))
}

#[test]
fn what_no_setting_says_is_asked_of_the_team_and_no_list_answers_it() {
    for text in [
        "do you offer gift cards?",
        "mna vocha za zawadi?",
        "manze mnauzanga gift cards?",
        "do you have a loyalty program?",
        "are you hiring?",
        "mnaajiri?",
        "is the red dress machine washable?",
        "gauni jekundu linafuliwa vipi? inafuliwa na mashine?",
        "does it shrink?",
        "who makes your clothes?",
        "nguo zenu zinatoka wapi?",
        "who is the owner?",
    ] {
        assert_eq!(answered(text).last().map(String::as_str), Some("ask_team"), "{text}");
    }
}

#[test]
fn how_gifts_are_wrapped_says_nothing_of_gift_cards() {
    let mut w = World::new();
    let (q, a) = ("Do you wrap gifts?".to_owned(), "Yes, it is free.".to_owned());
    w.shop.faqs = vec![duka_shop::profile::Faq { q, a, active: true }];
    for text in ["do you offer gift cards?", "manze mnauzanga gift cards?", "mna vocha za zawadi?"] {
        assert_eq!(names(&w.text(text)).last().map(String::as_str), Some("ask_team"), "{text}");
    }
    assert_eq!(names(&w.text("can you gift wrap?")).last().map(String::as_str), Some("faq"));
}

#[test]
fn who_feels_low_hears_a_kind_word_and_who_is_angry_at_the_shop_does_not() {
    for text in ["I'm feeling sad today", "nimechoka leo", "leo niko down manze", "I had a rough day"] {
        assert_eq!(answered(text).last().map(String::as_str), Some("comfort"), "{text}");
    }
    for text in ["I am tired of your service", "nimechoka na nyinyi", "nimechoka kusubiri oda yangu"] {
        assert!(!answered(text).contains(&"comfort".to_owned()), "{text}");
    }
}

#[test]
fn who_wants_a_person_gets_one_and_a_call_on_arrival_is_no_such_wish() {
    for text in ["bot hii haisaidii", "si uniitie msee anajua", "get me someone who knows", "niitie mtu anayejua"] {
        assert_eq!(answered(text).last().map(String::as_str), Some("handed_off"), "{text}");
    }
    for text in ["call me when it arrives", "nipigie mzigo ikifika", "nicall ikikam"] {
        assert_eq!(answered(text).last().map(String::as_str), Some("call_noted"), "{text}");
    }
}

#[test]
fn what_customers_tell_of_themselves_is_all_kept() {
    for text in [
        "I live in Karen, I wear size M and I love blue",
        "naishi Karen, navaa M na napenda bluu",
        "I love blue, I stay in Karen and I wear M",
    ] {
        let said = answered(text);
        for kept in ["usual_size_kept", "colours_kept", "area_kept"] {
            assert!(said.contains(&kept.to_owned()), "{text}: {said:?}");
        }
    }
}

#[test]
fn a_day_that_no_calendar_has_is_said_to_be_none() {
    let mut w = World::new();
    w.services.push(super::booking::service("ST", "Styling", None, 45, 1_000));
    for text in ["styling 31 February 10am", "book styling on 31st of april at 2pm"] {
        assert_eq!(names(&w.text(text)).last().map(String::as_str), Some("no_such_day"), "{text}");
    }
}
