//! Every thing to say, in every language, voice and mood.

pub(crate) mod facts;
mod locked;
mod samples;
mod samples_bookings;
mod samples_shop;

use duka_kernel::Language;
use duka_perception::Mood;
use duka_shop::{
    CartLine, ShopProfile,
    knowledge::{Place, Source},
    profile::{EmojiUse, Tier, Tone},
};

use proptest::prelude::*;

use self::{
    facts::{bulk_prices, card, kasarani, kes, line, lines, now, phone, quote, shop, three, wrap, zone},
    samples::{Sample, samples},
};
use super::{OwnerSay, Voice, Who, express, owner_message, plain};
use crate::{
    dialogue::Dialogue,
    effect::HandOffReason,
    reply::{PartKind, Reply},
    say::{Because, Card, Say},
};

pub(crate) fn say_in(says: &[Say], shop: &ShopProfile, language: Language, mood: Mood, seed: u64) -> Reply {
    express(says, &Voice { shop, language, mood, seed, said: &[], zone: &zone(), now: now() })
}

fn voice_of(shop: &ShopProfile, language: Language, seed: u64) -> Voice<'_> {
    static ZONE: std::sync::LazyLock<jiff::tz::TimeZone> = std::sync::LazyLock::new(zone);
    Voice { shop, language, mood: Mood::Neutral, seed, said: &[], zone: &ZONE, now: now() }
}

const MOODS: [Mood; 3] = [Mood::Neutral, Mood::Playful, Mood::Angry];
const TONES: [Tone; 3] = [Tone::Warm, Tone::Playful, Tone::Formal];
const EMOJI: [EmojiUse; 3] = [EmojiUse::None, EmojiUse::Some, EmojiUse::Many];

fn has_emoji(text: &str) -> bool {
    text.chars().any(|c| matches!(c, '\u{2600}'..='\u{27bf}' | '\u{2b50}' | '\u{1f300}'..='\u{1faff}'))
}

/// What holds for any reply whatsoever.
fn check_form(reply: &Reply, what: &str) {
    let mut numbers: Vec<u32> = Vec::new();
    for part in &reply.parts {
        assert!(!part.text.trim().is_empty() && part.text.chars().count() <= 1_500, "{what}: {}", part.text);
        for bad in ["{", "}", "  ", " .", " ,", "..", "!.", "\n\n\n", ":.", ": :", "(;", "()"] {
            assert!(!part.text.contains(bad), "{what} has {bad:?}: {}", part.text);
        }
        for option in &part.options {
            numbers.push(option.n);
            assert!(option.title.chars().count() <= 24 && !option.title.is_empty(), "{what}");
            assert!(option.description.as_ref().is_none_or(|d| d.chars().count() <= 72), "{what}");
        }
        let right_number = match part.kind {
            PartKind::Buttons => (1..=3).contains(&part.options.len()),
            PartKind::List => (1..=10).contains(&part.options.len()),
            PartKind::Text | PartKind::Image => part.options.is_empty(),
        };
        assert!(right_number, "{what}: {:?}", part.kind);
    }
    let all = numbers.len();
    numbers.sort_unstable();
    numbers.dedup();
    assert_eq!(numbers.len(), all, "{what}: a number twice");
    let words = plain(reply);
    assert!(words.matches('!').count() <= 1, "{what}: {words}");
    for word in ["error", "sku", "null", "json", "bro ", "sis ", "buda", "stk", "provider", "callback"] {
        assert!(!words.to_lowercase().contains(word), "{what} says {word}: {words}");
    }
}

#[test]
fn everything_can_be_said_in_every_language_voice_and_mood_with_its_facts() {
    for (say, needs) in samples() {
        for (tone, emoji) in TONES.into_iter().flat_map(|tone| EMOJI.map(|emoji| (tone, emoji))) {
            let shop = shop(tone, emoji);
            for (language, mood) in Language::ALL.into_iter().flat_map(|language| MOODS.map(|mood| (language, mood))) {
                for seed in 0..6 {
                    let what = format!("{say:?} in {language} {tone:?} {mood:?}");
                    let reply = say_in(std::slice::from_ref(&say), &shop, language, mood, seed);
                    assert!(!reply.parts.is_empty(), "{what}");
                    check_form(&reply, &what);
                    let words = plain(&reply);
                    for need in needs {
                        assert!(words.contains(need), "{what} lacks {need:?}: {words}");
                    }
                    let quiet = mood == Mood::Angry || emoji == EmojiUse::None;
                    assert!(!(quiet && has_emoji(&words)), "{what} has an emoji: {words}");
                    assert!(!(mood == Mood::Angry && words.contains('!')), "{what} exclaims: {words}");
                }
            }
        }
    }
}

#[test]
fn there_is_a_sample_of_everything_there_is_to_say() {
    let source = include_str!("../../say.rs");
    let list = source.split("pub enum Say {").nth(1).expect("the list of things to say");
    let named =
        list.lines().filter(|l| l.starts_with("    ") && l.as_bytes().get(4).is_some_and(u8::is_ascii_uppercase));
    let mut said: Vec<String> = samples().iter().map(|(say, _)| variant(say)).collect();
    said.extend(["NextTier".into(), "Suggest".into()]);
    for line in named {
        let name: String = line.trim().chars().take_while(|c| c.is_alphanumeric()).collect();
        assert!(said.contains(&name), "no sample of {name}");
    }
}

fn variant(say: &Say) -> String {
    format!("{say:?}").chars().take_while(|c| c.is_alphanumeric()).collect()
}

#[test]
fn the_angry_are_offered_nothing() {
    let shop = shop(Tone::Playful, EmojiUse::Many);
    let tier = Say::NextTier { missing: 2, tier: Tier { min: 10, percent: 15 } };
    assert!(say_in(std::slice::from_ref(&tier), &shop, Language::En, Mood::Angry, 1).parts.is_empty());
    assert!(plain(&say_in(&[tier], &shop, Language::En, Mood::Neutral, 1)).contains("15%"));
    let suggest = [Say::Rated { rating: Some(5), person: false }, Say::Suggest { card: wrap() }];
    let suggested = |mood| plain(&say_in(&suggest, &shop, Language::Sw, mood, 1)).contains("Zawadi");
    assert!(suggested(Mood::Neutral) && !suggested(Mood::Angry));
    let bargain = Say::Bargain { price: Some(wrap()), coupons: vec![], wholesale: Some(bulk_prices()), angry: true };
    assert!(!plain(&say_in(&[bargain], &shop, Language::En, Mood::Neutral, 1)).contains("15%"));
}

#[test]
fn products_come_as_one_list_then_a_picture_each_and_the_question_is_in_the_list() {
    let shop = shop(Tone::Warm, EmojiUse::Some);
    let says = [
        Say::Introduction,
        Say::Products { because: Because::Asked, cards: three(), budget: None },
        Say::AskSize { card: Card { image: None, ..wrap() }, first: false },
    ];
    let reply = say_in(&says, &shop, Language::En, Mood::Neutral, 1);
    let kinds: Vec<PartKind> = reply.parts.iter().map(|p| p.kind).collect();
    assert_eq!(kinds, [PartKind::List, PartKind::Image, PartKind::Image, PartKind::Image]);
    assert_eq!(reply.parts[0].options.iter().map(|o| o.n).collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6]);
    assert!(reply.parts[0].text.contains("automated assistant") && reply.parts[0].text.contains("S, M, L"));
    assert_eq!(reply.parts[1].text, "1. Zawadi Red Wrap Dress – KES 2,800");
    assert_eq!(reply.parts[1].sku.as_deref(), Some("MB-21"));
}

#[test]
fn numbers_go_on_in_a_second_list() {
    let shop = shop(Tone::Warm, EmojiUse::Some);
    let list = || Say::Products { because: Because::Asked, cards: three(), budget: None };
    let words = plain(&say_in(&[list(), list()], &shop, Language::Sw, Mood::Neutral, 1));
    assert!(words.contains("4. Zawadi Red Wrap Dress") && words.contains("6. Savannah"));
}

#[test]
fn a_choice_of_three_is_buttons_and_of_more_a_list() {
    let shop = shop(Tone::Warm, EmojiUse::Some);
    let kind = |sizes: &[&str]| {
        say_in(&[Say::AskSize { card: card("Dress", 900, sizes), first: false }], &shop, Language::En, Mood::Neutral, 1)
            .parts[0]
            .kind
    };
    assert_eq!(kind(&["S", "M", "L"]), PartKind::Buttons);
    assert_eq!(kind(&["S", "M", "L", "XL"]), PartKind::List);
}

#[test]
fn a_choice_of_three_products_is_buttons_too() {
    let shop = shop(Tone::Warm, EmojiUse::Some);
    let kind = |cards: Vec<Card>| {
        let says = [Say::Products { because: Because::Asked, cards, budget: None }];
        say_in(&says, &shop, Language::Sw, Mood::Neutral, 1).parts[0].kind
    };
    assert_eq!(kind(three()), PartKind::Buttons);
    assert_eq!(kind([three(), vec![card("Malaika", 4_500, &["S"])]].concat()), PartKind::List);
}

#[test]
fn no_wording_is_used_twice_in_a_row() {
    let shop = shop(Tone::Warm, EmojiUse::Some);
    for language in Language::ALL {
        let mut dialogue = Dialogue::default();
        let mut before = String::new();
        for seed in 0..40 {
            let voice = Voice { said: &dialogue.wordings, ..voice_of(&shop, language, seed) };
            let reply = express(&[Say::AskWhich { cards: three() }], &voice);
            dialogue.remember_words(&reply);
            let first = reply.parts[0].text.lines().next().expect("a heading").to_owned();
            assert_ne!(first, before, "{language}");
            before = first;
            // Something else is said in between.
            let voice = Voice { said: &dialogue.wordings.clone(), ..voice_of(&shop, language, seed) };
            dialogue.remember_words(&express(&[Say::Thanks], &voice));
        }
    }
}

#[test]
fn two_shops_of_different_voice_say_the_same_facts_differently() {
    let facts = |text: &str| {
        text.split("KES ").skip(1).map(|rest| rest.split(' ').next().unwrap_or("").to_owned()).collect::<Vec<_>>()
    };
    let shops = [shop(Tone::Playful, EmojiUse::Many), shop(Tone::Formal, EmojiUse::None)];
    for (language, seed) in Language::ALL.into_iter().flat_map(|language| (0..6).map(move |seed| (language, seed))) {
        let says = [
            Say::Greeting { name: None, first: false, returning: false, hail: None },
            Say::Products { because: Because::Asked, cards: three(), budget: None },
        ];
        let [playful, formal] = [0, 1].map(|i| plain(&say_in(&says, &shops[i], language, Mood::Neutral, seed)));
        assert_ne!(playful, formal);
        assert!(has_emoji(&playful) && !has_emoji(&formal) && !formal.contains('!'), "{playful} / {formal}");
        assert_eq!(facts(&playful), facts(&formal));
    }
}

#[test]
fn the_angry_get_no_emoji_no_joke_and_nothing_on_offer_and_the_playful_are_answered_playfully() {
    let shop = shop(Tone::Warm, EmojiUse::Many);
    let words = |say: &Say, mood, seed| plain(&say_in(std::slice::from_ref(say), &shop, Language::Sheng, mood, seed));
    let off_topic = Say::OffTopic { angry: false };
    for seed in 0..6 {
        let (angry, playful) = (words(&off_topic, Mood::Angry, seed), words(&off_topic, Mood::Playful, seed));
        assert!(!has_emoji(&angry) && !angry.contains('?') && !angry.contains("Haha"), "{angry}");
        assert!(has_emoji(&playful) && playful.contains('?'), "{playful}");
        assert_ne!(playful, words(&off_topic, Mood::Neutral, seed));
    }
}

#[test]
fn what_others_wrote_is_never_read_as_a_template() {
    let shop = shop(Tone::Playful, EmojiUse::Many);
    for name in ["{name} {e:wave} {price}", "Shirt}{", "A\u{202e}B\nC", &"long ".repeat(400)] {
        let card = card(name, 900, &["M"]);
        for say in [
            Say::Price { cards: vec![card.clone()] },
            Say::NothingFound { asked: name.into() },
            Say::Faq { answer: name.into(), then: true },
            Say::Greeting { name: Some(name.into()), first: true, returning: false, hail: None },
            Say::Passage { answer: name.into(), source: Source { document: name.into(), place: Place::default() } },
        ] {
            let words = plain(&say_in(std::slice::from_ref(&say), &shop, Language::Sheng, Mood::Neutral, 3));
            assert!(!name.starts_with('{') || words.contains(name), "{words}");
            assert!(!words.contains('\u{202e}') && words.chars().count() < 1_500);
        }
    }
}

proptest! {
    #[test]
    fn no_text_from_outside_breaks_a_part(text in "\\PC{0,2000}", names in prop::collection::vec("\\PC{1,90}", 1..14), seed: u64) {
        let shop = shop(Tone::Warm, EmojiUse::Many);
        let cards: Vec<_> = names.iter().map(|name| card(name, 900, &["S", "M"])).collect();
        let says = [
            Say::Faq { answer: text.clone(), then: true },
            Say::Details { card: cards[0].clone(), description: text.clone() },
            Say::NotInCart { asked: Some(text.clone()) },
            Say::DeliveryTo { choice: duka_shop::delivery::Choice { address: text, ..kasarani() } },
            Say::AskWhich { cards },
        ];
        let reply = say_in(&says, &shop, Language::Sheng, Mood::Neutral, seed);
        for part in &reply.parts {
            prop_assert!(part.text.chars().count() <= 1_500 && part.options.len() <= 10);
            prop_assert!(!part.text.chars().any(|c| c.is_control() && c != '\n'));
            prop_assert!(part.options.iter().all(|o| o.title.chars().count() <= 24));
        }
    }
}

#[test]
fn long_carts_are_counted_and_still_add_up() {
    let shop = shop(Tone::Warm, EmojiUse::Some);
    let lines: Vec<CartLine> = (0..80).map(|i| line(&format!("Wrap Dress number {i}"), "M", 3, 2_800)).collect();
    let say = Say::Summary { lines, quote: quote(), delivery: kasarani(), payer: Some(phone()) };
    for language in Language::ALL {
        let reply = say_in(std::slice::from_ref(&say), &shop, language, Mood::Neutral, 1);
        check_form(&reply, "a long cart");
        let words = plain(&reply);
        assert!(words.contains('…') && words.contains("KES 6,150") && words.contains("0712 345 678"), "{words}");
    }
}

#[test]
fn nothing_to_say_is_no_message() {
    let shop = shop(Tone::Warm, EmojiUse::Some);
    assert!(say_in(&[], &shop, Language::En, Mood::Neutral, 0).parts.is_empty());
}

#[test]
fn a_reply_says_the_total_once_and_asks_one_thing() {
    let shop = shop(Tone::Warm, EmojiUse::Some);
    let added = Say::Added { lines: lines(), pieces: 3, subtotal: kes(6_500) };
    let nothing = Say::NothingFound { asked: "tuxedo".into() };
    for (language, seed) in Language::ALL.into_iter().flat_map(|language| (0..6).map(move |seed| (language, seed))) {
        let says = [added.clone(), nothing.clone(), Say::AskNext { subtotal: kes(6_500) }];
        let words = plain(&say_in(&says, &shop, language, Mood::Neutral, seed));
        assert_eq!((words.matches("KES 6,500").count(), words.matches('?').count()), (1, 1), "{words}");
    }
}

#[test]
fn the_same_seed_gives_the_same_words_and_seeds_vary_them() {
    let shop = shop(Tone::Warm, EmojiUse::Some);
    let words = |seed| plain(&say_in(&[Say::Thanks], &shop, Language::En, Mood::Neutral, seed));
    assert_eq!(words(7), words(7));
    assert!((0..20).any(|seed| words(seed) != words(0)));
}

#[test]
fn the_owner_is_told_in_plain_words() {
    let shop = shop(Tone::Playful, EmojiUse::Many);
    let said = || "nimechoka na nyinyi!".to_owned();
    let customer = || Who { name: Some("Achieng".into()), phone: Some(phone()) };
    let number = || "DK-7F2K9Q".to_owned();
    let code = || Some("SCA1B2C3D4".to_owned());
    let title = || "Braids (long)".to_owned();
    let at = |day| samples_bookings::booking(day).start;
    let all = [
        OwnerSay::OrderPaid {
            number: number(),
            lines: lines(),
            total: kes(6_150),
            receipt: code(),
            delivery: kasarani(),
            customer: customer(),
        },
        OwnerSay::PersonWaiting {
            customer: customer(),
            reason: HandOffReason::Complaint,
            said: said(),
            before: vec!["Hi".into(), "mzigo wangu uko wapi?".into()],
            order: Some((number(), kes(6_150))),
        },
        OwnerSay::StillWriting { customer: customer(), said: vec!["hello?".into(), "[image]".into()] },
        OwnerSay::StillWaiting { customer: customer(), minutes: 15, assigned: None },
        OwnerSay::StillWaiting { customer: customer(), minutes: 240, assigned: Some("Njeri".into()) },
        OwnerSay::GivenBack { customer: customer() },
        OwnerSay::ReturnAsked {
            customer: customer(),
            number: Some(number()),
            exchange: false,
            items: vec!["Zawadi Red Wrap Dress, M".into()],
            wanted: None,
            said: said(),
        },
        OwnerSay::ReturnAsked {
            customer: customer(),
            number: Some(number()),
            exchange: true,
            items: vec!["Zawadi Red Wrap Dress, M".into()],
            wanted: Some("L".into()),
            said: said(),
        },
        OwnerSay::ApprovalAsked { customer: customer(), number: number(), total: kes(26_150) },
        OwnerSay::Question { customer: customer(), said: "is it lined?".into(), about: Some("Zawadi".into()) },
        OwnerSay::Booked { customer: customer(), title: title(), start: at(5), deposit: None },
        OwnerSay::Booked { customer: Who::default(), title: title(), start: at(5), deposit: Some(kes(500)) },
        OwnerSay::BookingMoved { customer: customer(), title: title(), from: at(5), start: at(6) },
        OwnerSay::BookingCancelled { customer: customer(), title: title(), start: at(5), refund: None },
        OwnerSay::BookingCancelled { customer: customer(), title: title(), start: at(5), refund: Some(kes(500)) },
        OwnerSay::PaymentClaimed { customer: customer(), number: Some(number()), receipt: code() },
        OwnerSay::PaymentsDown { customer: customer(), number: number(), amount: kes(6_150) },
        OwnerSay::WantsBack { customer: customer(), what: "Malaika White Lace Dress, M".into() },
        OwnerSay::Unheard { customer: customer() },
        OwnerSay::Wholesale { customer: customer(), said: said() },
        OwnerSay::RefundDue { customer: customer(), number: number(), amount: kes(6_150), receipt: code() },
        OwnerSay::ModelsDown,
        OwnerSay::ModelsBudgetSpent { budget: duka_kernel::Money::from_major(20, duka_kernel::Currency::Usd) },
    ];
    let mut transcript = String::new();
    for language in Language::ALL {
        for say in &all {
            let text = owner_message(say, &shop, language);
            assert!(!text.contains(['{', '}']) && !has_emoji(&text), "{text}");
            transcript += &format!("[{language}]\n{text}\n\n");
        }
    }
    insta::assert_snapshot!("owner", transcript);
}

fn transcript(samples: &[Sample], language: Language, tone: Tone, mood: Mood) -> String {
    let shop = shop(tone, EmojiUse::Some);
    let mut out = String::new();
    for (i, (say, _)) in samples.iter().enumerate() {
        let seed = u64::try_from(i).expect("few");
        out += &format!("── {}\n", variant(say));
        for part in say_in(std::slice::from_ref(say), &shop, language, mood, seed).parts {
            let picture = part.image.map_or(String::new(), |image| format!("[picture {image}] "));
            out += &format!("{picture}{}\n", part.text);
            for option in part.options {
                out += &format!("  [{}] {} | {}\n", option.n, option.title, option.description.unwrap_or_default());
            }
        }
        out.push('\n');
    }
    out
}

#[test]
fn everything_reads_well_in_english() {
    insta::assert_snapshot!("english", transcript(&samples(), Language::En, Tone::Warm, Mood::Neutral));
}

#[test]
fn everything_reads_well_in_swahili() {
    insta::assert_snapshot!("swahili", transcript(&samples(), Language::Sw, Tone::Warm, Mood::Neutral));
}

#[test]
fn everything_reads_well_in_sheng() {
    insta::assert_snapshot!("sheng", transcript(&samples(), Language::Sheng, Tone::Warm, Mood::Neutral));
}

#[test]
fn voices_differ_and_facts_do_not() {
    let some: Vec<Sample> = samples()
        .into_iter()
        .filter(|(say, _)| {
            matches!(
                say,
                Say::Greeting { .. }
                    | Say::Products { because: Because::Asked, .. }
                    | Say::Bargain { .. }
                    | Say::Added { .. }
                    | Say::OffTopic { .. }
                    | Say::Receipt { .. }
                    | Say::ComplaintTaken { .. }
                    | Say::PaymentFailed { .. }
            )
        })
        .collect();
    for (name, tone, mood) in [
        ("playful", Tone::Playful, Mood::Neutral),
        ("formal", Tone::Formal, Mood::Neutral),
        ("angry", Tone::Warm, Mood::Angry),
    ] {
        let all = Language::ALL.map(|language| transcript(&some, language, tone, mood)).join("\n════\n\n");
        insta::assert_snapshot!(name, all);
    }
}
