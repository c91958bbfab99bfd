//! Lies about real turns, none of which may get out, and honest words for them, which may.

mod free;
mod secrets;
mod turns;

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde::Deserialize;

use self::turns::{TURNS, World};
use super::check;

/// Texts of a turn by language.
#[derive(Deserialize)]
struct Texts {
    #[serde(default)]
    en: Vec<String>,
    #[serde(default)]
    sw: Vec<String>,
    #[serde(default)]
    sheng: Vec<String>,
}

impl Texts {
    fn all(&self) -> impl Iterator<Item = (&'static str, &String)> {
        [("en", &self.en), ("sw", &self.sw), ("sheng", &self.sheng)]
            .into_iter()
            .flat_map(|(language, texts)| texts.iter().map(move |text| (language, text)))
    }
}

fn texts(file: &str) -> BTreeMap<String, Texts> {
    let path = format!("{}/src/lock/tests/{file}", env!("CARGO_MANIFEST_DIR"));
    toml::from_str(&std::fs::read_to_string(&path).expect("the file is there")).expect("it is well-formed")
}

/// What of a file is let out, and what is stopped, each with its turn and language, and how many there are of a language.
fn sorted(file: &str) -> (Vec<String>, Vec<String>, BTreeMap<&'static str, usize>) {
    let world = World::new();
    let (mut out, mut stopped, mut count) = (Vec::new(), Vec::new(), BTreeMap::new());
    for (turn, texts) in texts(file) {
        let mut facts = world.facts(&turn);
        secrets::prompts().iter().for_each(|told| facts.secret(&told.secret));
        for (language, text) in texts.all() {
            *count.entry(language).or_default() += 1;
            match check(text, &facts) {
                Ok(()) => out.push(format!("{turn} {language}: {text}")),
                Err(breaches) => stopped.push(format!("{turn} {language}: {text}\n    {breaches:?}")),
            }
        }
    }
    (out, stopped, count)
}

#[test]
fn no_lie_gets_out() {
    let (out, _, count) = sorted("lies.toml");
    assert!(out.is_empty(), "{} of {count:?} get out:\n{}", out.len(), out.join("\n"));
    assert!(count.values().all(|count| *count >= 20), "{count:?}");
}

/// Written after the lock was built and before it was tried on them; 47 of the 61 were stopped at first.
#[test]
fn no_lie_of_other_kinds_gets_out() {
    let (out, _, count) = sorted("blind.toml");
    assert!(out.is_empty(), "{} of {count:?} get out:\n{}", out.len(), out.join("\n"));
}

/// Under two in a hundred are stopped.
#[test]
fn honest_words_are_hardly_ever_stopped() {
    let (out, stopped, count) = sorted("honest.toml");
    let all = out.len() + stopped.len();
    assert!(all >= 150 && count.values().all(|count| *count >= 45), "{count:?}");
    assert!(stopped.len() * 50 < all, "{} of {all} are stopped:\n{}", stopped.len(), stopped.join("\n"));
}

/// An amount in one of the ways in which people write it.
fn written(amount: i64, way: usize) -> String {
    let grouped = duka_kernel::Money::from_major(amount, duka_kernel::Currency::Kes).to_string();
    let digits = grouped.trim_start_matches("KES ").to_owned();
    let other_script: String =
        amount.to_string().chars().filter_map(|c| char::from_u32(u32::from(c) - u32::from('0') + 0x660)).collect();
    let k =
        if amount % 100 == 0 { format!("{}.{}k", amount / 1000, amount % 1000 / 100) } else { format!("KES {amount}") };
    match way {
        0 => grouped,
        1 => format!("{amount}/="),
        2 => k,
        3 => format!("Ksh{amount}"),
        4 => format!("{digits} bob"),
        5 => format!("{}.{:03}/-", amount / 1000, amount % 1000),
        6 => format!("KES {} {:03}", amount / 1000, amount % 1000),
        7 => swahili(amount),
        8 => english(amount),
        9 => format!("{other_script} bob"),
        10 => format!("*{digits}* shillings"),
        _ => format!("sh {digits}.00"),
    }
}

const UNITS: [&str; 10] = ["", "moja", "mbili", "tatu", "nne", "tano", "sita", "saba", "nane", "tisa"];
const TENS: [&str; 10] =
    ["", "kumi", "ishirini", "thelathini", "arobaini", "hamsini", "sitini", "sabini", "themanini", "tisini"];
const ONES: [&str; 20] = [
    "",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TIES: [&str; 10] = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

fn place(amount: i64, of: i64) -> usize {
    usize::try_from(amount / of % 10).unwrap_or(0)
}

/// From 1,000 to 9,999 in Swahili.
fn swahili(amount: i64) -> String {
    let mut parts = vec![format!("elfu {}", UNITS[place(amount, 1000)])];
    parts.extend((place(amount, 100) > 0).then(|| format!("mia {}", UNITS[place(amount, 100)])));
    parts.extend((place(amount, 10) > 0).then(|| TENS[place(amount, 10)].to_owned()));
    parts.extend((place(amount, 1) > 0).then(|| UNITS[place(amount, 1)].to_owned()));
    parts.join(" na ") + " shilingi"
}

/// From 1,000 to 9,999 in English.
fn english(amount: i64) -> String {
    let mut parts = vec![format!("{} thousand", ONES[place(amount, 1000)])];
    parts.extend((place(amount, 100) > 0).then(|| format!("{} hundred", ONES[place(amount, 100)])));
    let rest = usize::try_from(amount % 100).unwrap_or(0);
    parts.extend((rest > 0 && rest < 20).then(|| format!("and {}", ONES[rest])));
    parts.extend((rest >= 20).then(|| format!("and {} {}", TIES[rest / 10], ONES[rest % 10])));
    parts.join(" ").trim().to_owned() + " shillings"
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn an_amount_is_let_out_in_any_way_of_writing_it_if_and_only_if_it_is_a_fact(
        amount in prop_oneof![Just(2_800), Just(6_150), 1_000..10_000i64], way in 0..12usize, lead in 0..3usize
    ) {
        let world = World::new();
        let facts = world.facts("summary");
        let text = format!("{} {}", ["In all it comes to", "Jumla ni", "Yote ni form ya"][lead], written(amount, way));
        prop_assert_eq!(check(&text, &facts).is_ok(), facts.has_amount(amount * 100), "{}", text);
    }

    #[test]
    fn no_text_whatever_makes_it_fail(text in "\\PC{0,200}") {
        let world = World::new();
        let _ = check(&text, &world.facts("list"));
    }
}

#[test]
fn every_turn_that_is_lied_about_is_there() {
    for file in ["lies.toml", "blind.toml", "honest.toml"] {
        for turn in texts(file).keys() {
            assert!(TURNS.contains(&turn.as_str()), "{file}: {turn}");
        }
    }
}
