//! What is read from a message, slot by slot, in three languages.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use duka_perception::{Awaiting, Context, Mood, Shown, Slots, perceive};
use serde_json::{Value, json};

fn shown(count: u32) -> Vec<Shown> {
    (1..=count).map(|n| Shown { n, sku: String::new(), name: "Dress".into(), colour: None, price: 2000 }).collect()
}

fn slots(text: &str, awaiting: Awaiting) -> Value {
    let count = if awaiting == Awaiting::ProductChoice { 3 } else { 0 };
    let context = Context { awaiting, shown: shown(count), ..Context::default() };
    serde_json::to_value(perceive(text, &context).slots).unwrap()
}

/// Every case of one slot: message, what is awaited, the value.
fn check(slot: &str, cases: &[(&str, Awaiting, Value)]) {
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|(text, awaiting, value)| {
            let seen = slots(text, *awaiting);
            (seen.get(slot).unwrap_or(&Value::Null) != value).then(|| format!("{text:?}: {seen}, not {slot} {value}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

const NONE: Awaiting = Awaiting::None;

#[test]
fn products_are_english_singular() {
    check(
        "product",
        &[
            ("do you have polo shirts", NONE, json!("polo")),
            ("natafuta magauni marefu", NONE, json!("dress")),
            ("nisakie ndula kali", NONE, json!("shoes")),
            ("looking for a crop top", NONE, json!("top")),
            ("mna suruali na sketi", NONE, json!(["trousers", "skirt"])),
            ("nionyeshe viatu", NONE, json!("shoes")),
            ("I want a t-shirt", NONE, json!("tshirt")),
            ("show me hoddies", NONE, json!("hoodie")),
            ("natafuta gauni la kitenge", NONE, json!("dress")),
        ],
    );
}

#[test]
fn colours_are_read_with_their_shades() {
    check(
        "colour",
        &[
            ("natafuta gauni jekundu", NONE, json!("red")),
            ("looking for a navy blue skirt", NONE, json!("navy")),
            ("burgundy dress", NONE, json!("maroon")),
            ("viatu vyeusi na vyeupe mnavyo", NONE, json!(["black", "white"])),
            ("nataka shati ya samawati", NONE, json!("blue")),
        ],
    );
}

#[test]
fn sizes_are_letters_words_and_numbers() {
    check(
        "size",
        &[
            ("M", Awaiting::Size, json!("M")),
            ("extra large please", Awaiting::Size, json!("XL")),
            ("naomba namba thelathini na tisa", Awaiting::Size, json!("39")),
            ("ya kati", Awaiting::Size, json!("M")),
            ("natafuta viatu size 42", NONE, json!("42")),
            ("looking for jeans size 34", NONE, json!("34")),
            ("do you have the skirt in medium", NONE, json!("M")),
            ("2xl", Awaiting::Size, json!("XXL")),
            ("XXXL", Awaiting::Size, json!("XXXL")),
            ("the red one, size M", Awaiting::Size, json!("M")),
            ("I'm 5ft 4", Awaiting::Size, Value::Null),
            ("im 5'4 tall", Awaiting::Size, Value::Null),
            ("add 20 white cotton t-shirts size M", Awaiting::Size, json!("M")),
            ("do you have it in one size", NONE, json!("ONE")),
        ],
    );
}

#[test]
fn money_is_a_budget_in_a_search_and_an_offer_in_a_bargain() {
    check(
        "price_max",
        &[
            ("natafuta gauni chini ya elfu mbili na mia tano", NONE, json!(2500)),
            ("looking for a dress under 2.5k", NONE, json!(2500)),
            ("nisakie hoodie, bajeti thao mbili", NONE, json!(2000)),
            ("natafuta shati isiyozidi mia nane", NONE, json!(800)),
            ("looking for shoes between 1500 and 3,000", NONE, json!(3000)),
            ("natafuta sketi kati ya elfu moja na elfu mbili", NONE, json!(2000)),
        ],
    );
    check("price_min", &[("looking for shoes between 1500 and 3,000", NONE, json!(1500))]);
    check(
        "offer_price",
        &[
            ("nifanyie thao na punch buda", NONE, json!(1500)),
            ("punguza bei, nina soo tatu", NONE, json!(300)),
            ("can you do it for 1,200 bob", NONE, json!(1200)),
            ("nipunguzie bei, niko na ngiri", NONE, json!(1000)),
        ],
    );
    check("amount", &[("nimelipa elfu moja mia nane", Awaiting::Payment, json!(1800))]);
}

#[test]
fn positions_point_at_what_was_shown() {
    let choice = Awaiting::ProductChoice;
    check(
        "ordinal",
        &[
            ("ya pili", choice, json!(2)),
            ("the last one", choice, json!(-1)),
            ("#2", choice, json!(2)),
            ("namba mbili", choice, json!(2)),
            ("3", choice, json!(3)),
            ("1 and 3", choice, json!([1, 3])),
            ("nipe ile ya kwanza", choice, json!(1)),
        ],
    );
}

#[test]
fn quantities_are_what_is_left_to_count() {
    check(
        "quantity",
        &[
            ("zifanye nne", Awaiting::CartNext, json!(4)),
            ("add 20 white cotton t-shirts size M", Awaiting::Size, json!(20)),
            ("scarf iko poa, weka moja", Awaiting::ProductChoice, json!(1)),
            ("3", Awaiting::Quantity, json!(3)),
            ("three instead of two", Awaiting::CartNext, json!(3)),
            ("Weka suruali moja kwenye kikapu", NONE, json!(1)),
            ("do you sell wholesale, I want two dozen shirts", NONE, json!(24)),
        ],
    );
}

#[test]
fn codes_are_told_apart() {
    check(
        "phone",
        &[
            ("pay with 0712 345 678", Awaiting::Phone, json!("254712345678")),
            ("lipa kwa +254 110 222 333", Awaiting::Phone, json!("254110222333")),
        ],
    );
    check("receipt", &[("nimelipa, code ni ubh4kl7mn2", Awaiting::Payment, json!("UBH4KL7MN2"))]);
    check(
        "order_ref",
        &[("where is order DK-3310", NONE, json!("DK-3310")), ("oda namba 4521 iko wapi", NONE, json!("4521"))],
    );
    check(
        "coupon",
        &[("apply code karibu10", NONE, json!("KARIBU10")), ("my coupon is KARIBU2026", NONE, json!("KARIBU2026"))],
    );
}

#[test]
fn addresses_are_quoted_as_written() {
    let asked = Awaiting::Address;
    check(
        "address",
        &[
            (
                "Please bring it to Kileleshwa, Othaya Road, Sunrise Apartments A3",
                asked,
                json!("Kileleshwa, Othaya Road, Sunrise Apartments A3"),
            ),
            ("nipelekee Roysambu, TRM stage", asked, json!("Roysambu, TRM stage")),
            ("nitakuja kuchukua", asked, json!("pickup")),
            ("pickup", asked, json!("pickup")),
            ("my house is in South C near Nairobi West, gate 14", asked, json!("South C near Nairobi West, gate 14")),
            ("Umoja", asked, json!("Umoja")),
            ("kutuma Juja ni ngapi", NONE, json!("Juja")),
        ],
    );
}

#[test]
fn days_are_counted_from_the_shops_clock() {
    let asked = Awaiting::AppointmentTime;
    check(
        "date",
        &[
            ("kesho", asked, json!("2026-03-05")),
            ("kesho kutwa", asked, json!("2026-03-06")),
            ("Jumamosi", asked, json!("2026-03-07")),
            ("next Friday", asked, json!("2026-03-13")),
            ("this Friday", asked, json!("2026-03-06")),
            ("12/3", asked, json!("2026-03-12")),
            ("tarehe 14", asked, json!("2026-03-14")),
            ("tarehe 2", asked, json!("2026-04-02")),
            ("Jumatano ijayo", asked, json!("2026-03-11")),
            ("this weekend", asked, json!("2026-03-07")),
            ("wikendi", asked, json!("2026-03-07")),
            ("next week", asked, json!("2026-03-09")),
            ("wiki ijayo Ijumaa", asked, json!("2026-03-13")),
            ("Friday next week", asked, json!("2026-03-13")),
        ],
    );
}

#[test]
fn days_gone_by_are_dates_of_orders() {
    check(
        "date",
        &[
            ("where is the order I made yesterday", NONE, json!("2026-03-03")),
            ("oda yangu ya jana iko wapi", NONE, json!("2026-03-03")),
            ("oda yangu ya juzi iko wapi", NONE, json!("2026-03-02")),
        ],
    );
}

#[test]
fn colloquial_swahili_is_swahili() {
    for text in ["oda yangu iko wapi?", "maliza oda, unitumie Utawala", "futa kila kitu tuanze upya", "uko na viatu"] {
        assert_eq!(perceive(text, &Context::default()).langs, [duka_kernel::Language::Sw], "{text}");
    }
}

#[test]
fn the_swahili_clock_starts_at_six() {
    let asked = Awaiting::AppointmentTime;
    check(
        "time",
        &[
            ("kesho saa tatu", asked, json!("09:00")),
            ("kesho saa nane", asked, json!("14:00")),
            ("kesho saa 8", asked, json!("14:00")),
            ("kesho saa kumi na moja", asked, json!("17:00")),
            ("kesho saa nne na nusu", asked, json!("10:30")),
            ("kesho saa tano kasorobo", asked, json!("10:45")),
            ("kesho saa nane usiku", asked, json!("02:00")),
            ("tomorrow 3:30pm", asked, json!("15:30")),
            ("tomorrow at 4", asked, json!("16:00")),
            ("tomorrow half past two", asked, json!("14:30")),
            ("Saturday noon", asked, json!("12:00")),
            ("kesho asubuhi", asked, json!("morning")),
        ],
    );
}

#[test]
fn services_ratings_and_languages_are_named() {
    check(
        "service",
        &[
            ("book me for makeup tomorrow at 10am", NONE, json!("makeup")),
            ("naomba miadi ya ushauri wa mavazi kesho", NONE, json!("styling")),
        ],
    );
    check(
        "rating",
        &[
            ("4", Awaiting::Rating, json!(4)),
            ("nyota tano", Awaiting::Rating, json!(5)),
            ("5/5", Awaiting::Rating, json!(5)),
        ],
    );
    check("language", &[("please reply in English", NONE, json!("en"))]);
}

#[test]
fn the_mood_is_heard() {
    let mood = |text: &str| perceive(text, &Context::default()).mood;
    assert_eq!(mood("WHERE IS MY ORDER!!! YOU PEOPLE ARE USELESS"), Mood::Angry);
    assert_eq!(mood("haha sawa buda 😂"), Mood::Playful);
    assert_eq!(mood("how much is the red dress"), Mood::Neutral);
}

#[test]
fn neutral_words_show_no_language() {
    for text in ["2", "ok", "M", "size 40", "👍"] {
        assert!(!perceive(text, &Context::default()).language_is_clear, "{text}");
    }
    assert!(perceive("naomba kuona magauni", &Context::default()).language_is_clear);
}

#[test]
fn nothing_is_read_from_nothing() {
    let seen = perceive("", &Context::default());
    assert_eq!(seen.slots, Slots::default());
    assert_eq!(seen.wishes.len(), 1);
}
