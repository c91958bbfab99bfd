//! Any input is read, the same way each time, in bounded time.

use duka_perception::{Awaiting, Context, perceive};
use proptest::prelude::*;

#[test]
fn long_and_odd_texts_are_read() {
    let long = "nataka gauni jekundu na viatu, 2 ".repeat(400);
    for text in [
        long.as_str(),
        "\0\0\0",
        "🔥🔥🔥👗",
        "ŋ̈́ʼ",
        "１２３",
        "𝓱𝓮𝓵𝓵𝓸",
        &"a".repeat(10_000),
        &"1".repeat(10_000),
        &"😀".repeat(3_000),
        "#",
        "/=",
        "saa",
        "saa saa saa",
        "elfu",
        "na na na",
        "'",
        "12/",
        "99/99",
        "tarehe 99",
        "31/2",
        "saa 99:99",
    ] {
        for awaiting in [
            Awaiting::None,
            Awaiting::Address,
            Awaiting::Size,
            Awaiting::AppointmentTime,
            Awaiting::ProductChoice,
            Awaiting::Rating,
        ] {
            let context = Context { awaiting, ..Context::default() };
            let seen = perceive(text, &context);
            assert!(!seen.wishes.is_empty() && !seen.langs.is_empty());
        }
    }
}

const WORDS: [&str; 44] = [
    "saa",
    "na",
    "nusu",
    "kasorobo",
    "elfu",
    "mia",
    "mbili",
    "tatu",
    "kumi",
    "2",
    "3:30",
    "pm",
    "12/3",
    "tarehe",
    "size",
    "M",
    "l",
    "ya",
    "pili",
    "#",
    "kesho",
    "next",
    "friday",
    "2k",
    "2.5",
    "bob",
    "to",
    "between",
    "and",
    "nipe",
    "dress",
    "red",
    "Westlands",
    "house",
    "order",
    "DK-1",
    "0712",
    "345678",
    "code",
    "thousand",
    "half",
    "past",
    "soo",
    "punch",
];

proptest! {
    #[test]
    fn any_text_is_read_the_same_twice(text in "\\PC{0,80}") {
        let context = Context::default();
        prop_assert_eq!(perceive(&text, &context), perceive(&text, &context));
    }

    #[test]
    fn any_order_of_telling_words_is_read(picked in prop::collection::vec(0..WORDS.len(), 0..14), waits in 0..6_usize) {
        let text = picked.iter().map(|i| WORDS[*i]).collect::<Vec<_>>().join(" ");
        let awaiting = [Awaiting::None, Awaiting::Address, Awaiting::Size, Awaiting::AppointmentTime, Awaiting::ProductChoice, Awaiting::Rating][waits];
        let seen = perceive(&text, &Context { awaiting, ..Context::default() });
        prop_assert!((0.0..=1.0).contains(&seen.confidence));
    }
}
