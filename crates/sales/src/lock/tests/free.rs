//! Words that a model is free to choose: what cannot be accounted for does not get out.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{
    super::{Breach, Facts, Sources, check, check_talk},
    texts,
    turns::World,
};

/// What is said freely of a turn.
#[derive(Deserialize)]
struct Free {
    lies: Vec<String>,
    fine: Vec<String>,
}

/// What the templates say where the talk is open.
const DECIDED: &str = "Ha, that one is outside my shop \u{1f60a} But clothes I know. What are you looking for?\n\
     Ha, hiyo iko nje ya duka langu. Lakini nguo nazijua. Unatafuta nini?";

fn checked(text: &str, facts: &Facts<'_>, decided: &str, asked: &str) -> Result<(), Vec<Breach>> {
    check(text, facts)?;
    check_talk(text, facts, Sources { decided, passages: &[], asked })
}

#[test]
fn no_lie_that_is_worded_freely_gets_out() {
    let world = World::new();
    let file = format!("{}/src/lock/tests/free.toml", env!("CARGO_MANIFEST_DIR"));
    let turns: BTreeMap<String, Free> =
        toml::from_str(&std::fs::read_to_string(file).expect("the file is there")).expect("it is well-formed");
    let (mut out, mut stopped, mut fine) = (Vec::new(), Vec::new(), 0);
    for (turn, free) in &turns {
        let facts = world.shown(turn);
        let asked =
            "what would you advise me to wear to a garden wedding in Nanyuki? I had such a long day, my boss is crazy";
        out.extend(free.lies.iter().filter(|lie| checked(lie, &facts, DECIDED, asked).is_ok()));
        for text in &free.fine {
            fine += 1;
            if let Err(breaches) = checked(text, &facts, DECIDED, asked) {
                stopped.push(format!("{text}\n    {breaches:?}"));
            }
        }
    }
    assert!(out.is_empty(), "{} get out:\n{out:#?}", out.len());
    assert!(stopped.len() * 20 <= fine, "{} of {fine} are stopped:\n{}", stopped.len(), stopped.join("\n"));
}

/// Under two in a hundred are stopped.
#[test]
fn what_is_so_of_products_gets_out_by_any_part_of_their_names() {
    let world = World::new();
    let (mut stopped, mut all) = (Vec::new(), 0);
    for (turn, told) in texts("true.toml") {
        let facts = world.shown(&turn);
        for (language, text) in told.all() {
            all += 1;
            if let Err(breaches) = checked(text, &facts, DECIDED, "do you have it in M? which one would you advise?") {
                stopped.push(format!("{turn} {language}: {text}\n    {breaches:?}"));
            }
        }
    }
    assert!(all >= 120, "{all}");
    assert!(stopped.len() * 50 < all, "{} of {all} are stopped:\n{}", stopped.len(), stopped.join("\n"));
}

#[test]
fn what_is_so_of_another_product_does_not_get_out() {
    let world = World::new();
    let mut out = Vec::new();
    for (turn, near) in texts("near.toml") {
        let facts = world.shown(&turn);
        let asked = "do you have it in M? which one would you advise, up to 2,000?";
        let free = near.all().filter(|(_, text)| checked(text, &facts, DECIDED, asked).is_ok());
        out.extend(free.map(|(_, text)| text.clone()));
    }
    assert!(out.is_empty(), "{} get out:\n{out:#?}", out.len());
}

#[test]
fn what_a_document_says_of_one_thing_is_not_said_of_another() {
    let world = World::new();
    let passages =
        ["Parking costs KES 100 an hour and 20% less on Sunday. Refunds for parking within 30 days.".to_owned()];
    let said = |text: &str| {
        let mut facts = world.shown("list");
        facts.also(&passages.as_slice());
        check(text, &facts).is_ok()
            && check_talk(text, &facts, Sources { decided: DECIDED, passages: &passages, asked: "parking?" }).is_ok()
    };
    for lie in [
        "Refunds within 30 days, enjoy.",
        "You get 20% less on Sunday.",
        "Any dress for KES 100 today.",
        "The Blue Floral costs KES 100.",
        "Refunds within 30 days.",
        "It is KES 100 an hour.",
    ] {
        assert!(!said(lie), "{lie}");
    }
    assert!(said("Parking costs KES 100 an hour."));
}

#[test]
fn no_lie_about_a_decided_turn_gets_out() {
    let world = World::new();
    let mut out = Vec::new();
    for file in ["lies.toml", "blind.toml"] {
        for (turn, lies) in texts(file) {
            let facts = world.facts(&turn);
            for (language, lie) in lies.all() {
                let decided = world.decided(&turn, language);
                if checked(lie, &facts, &decided, "").is_ok() {
                    out.push(format!("{turn}: {lie}"));
                }
            }
        }
    }
    assert!(out.is_empty(), "{} get out:\n{}", out.len(), out.join("\n"));
}

/// What templates say is said with their words; said again freely it has to keep them.
#[test]
fn what_was_decided_may_be_said() {
    let world = World::new();
    let mut stopped = Vec::new();
    for turn in super::turns::TURNS {
        for language in ["en", "sw", "sheng"] {
            let decided = world.decided(turn, language);
            if let Err(breaches) = checked(&decided, &world.facts(turn), &decided, "") {
                stopped.push(format!("{turn} {language}: {decided}\n    {breaches:?}"));
            }
        }
    }
    assert!(stopped.is_empty(), "{}", stopped.join("\n"));
}

#[test]
fn warm_words_that_claim_nothing_get_out() {
    let world = World::new();
    let facts = world.facts("talk");
    let honest = &texts("honest.toml")["talk"];
    let stopped: Vec<_> = honest
        .all()
        .filter_map(|(_, text)| Some((text, checked(text, &facts, DECIDED, "a rough day and a wedding").err()?)))
        .collect();
    assert!(stopped.len() <= 2, "{stopped:#?}");
}
