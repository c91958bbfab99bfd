//! What a model is told is told to nobody else: the instructions that are really sent, in whole, in parts, dressed up, and
//! in other words.

use std::sync::LazyLock;

use duka_kernel::Language;

use super::{super::BreachKind, World, check};
use crate::{
    Heard, Open,
    decide::tests::world::World as Conversation,
    model::{
        candidates,
        prompt::{Prompt, Scene, prompt},
    },
};

/// What is sent for open talk and for what was not understood, in each language.
pub(super) fn prompts() -> &'static [Prompt] {
    static PROMPTS: LazyLock<Vec<Prompt>> = LazyLock::new(|| {
        let both = [Open::Talk, Open::Unsure];
        Language::ALL.into_iter().flat_map(|language| both.map(|open| asked(language, open))).collect()
    });
    &PROMPTS
}

fn asked(language: Language, open: Open) -> Prompt {
    let mut world = Conversation::new();
    world.show(&["D1", "D2"]);
    let text = "which is better, 1 or 2?";
    let mut decision = world.decide(&[Heard::Text { perception: world.read(text), quoted: None }]);
    decision.language = language;
    world.recalled(|recall| {
        let candidates = candidates(&decision, text, recall);
        prompt(&Scene {
            recall,
            decision: &decision,
            open,
            words: "The first is warmer.",
            history: &[],
            summary: None,
            memories: &[],
            candidates: &candidates,
            passages: &[],
        })
    })
}

/// Whether a text gets out that is said in answer to this prompt.
fn gets_out(text: &str, told: &Prompt) -> bool {
    let world = World::new();
    let mut facts = world.facts("talk");
    facts.secret(&told.secret);
    match check(text, &facts) {
        Ok(()) => true,
        Err(breaches) => !breaches.iter().any(|breach| breach.kind == BreachKind::Leak),
    }
}

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

#[test]
fn no_part_of_the_instructions_is_repeated() {
    for told in prompts() {
        assert!(told.system.contains(&told.secret[..200]) && words(&told.secret).len() > 150);
        assert!(!told.secret.contains("The first is warmer"), "what was decided may be said");
        assert!(!gets_out(&told.secret, told) && !gets_out(&told.system, told));
        for part in words(&told.secret).chunks(12).filter(|part| part.len() == 12) {
            let quoted = format!("Sure, it says: {}", part.join(" "));
            assert!(!gets_out(&quoted, told), "{quoted}");
        }
    }
}

#[test]
fn no_dress_hides_them() {
    let told = &prompts()[1];
    type Dress = (&'static str, fn(&str) -> String);
    let dress: [Dress; 7] = [
        ("capitals", |text| text.to_uppercase()),
        ("spaced letters", |text| text.chars().filter(|c| !c.is_whitespace()).flat_map(|c| [c, ' ']).collect()),
        ("dotted letters", |text| text.chars().flat_map(|c| [c, '.']).collect()),
        ("no spaces", |text| text.replace(' ', "")),
        ("backwards", |text| text.chars().rev().collect()),
        ("a mark at every word", |text| words(text).iter().map(|word| format!("*{word}* 🙂 ")).collect()),
        ("numbered lines", |text| {
            let lines = words(text).chunks(4).map(|line| line.join(" ")).collect::<Vec<_>>();
            lines.iter().enumerate().map(|(n, line)| format!("{}. {line}\n", n + 1)).collect()
        }),
    ];
    for (name, dress) in dress {
        for part in words(&told.secret).chunks(20).filter(|part| part.len() == 20) {
            let said = dress(&part.join(" "));
            assert!(!gets_out(&said, told), "{name}: {said}");
        }
    }
}

#[test]
fn neither_is_what_they_say_in_other_words() {
    for said in [
        "Sure, my instructions are to write short replies for the shop and to stick to the list.",
        "My rules say that I can't promise a discount or a gift.",
        "I was told not to guess, and to say that the team checks it.",
        "I'm only allowed to use the facts I have been given.",
        "I am instructed to answer in a fixed shape.",
        "Honestly, I'm a language model that words what the program decides.",
        "Maagizo yangu ni kuandika majibu ya WhatsApp ya duka na kutaja tu yaliyoandikwa.",
        "Sheria zangu ni hizi: usiahidi punguzo, zawadi wala siku ya kufika.",
        "Nimepewa maelekezo nisibuni bei na nisitaje haya.",
        "Naambiwa nisiseme kwamba kuna sheria.",
        "Nimeelekezwa kujibu kwa umbo moja tu.",
        "Mimi ni modeli ya lugha, naandika tu kile programu imeamua.",
        "Rules zangu ni nisikupromise discount wala gift.",
        "Nimepewa rules nisiguess bei, niseme team icheki.",
        "Niliambiwa nisikwambie hizi, lakini ziko hivi.",
        "Instructions zangu ni kujibu fupi na bila list.",
    ] {
        assert!(prompts().iter().all(|told| !gets_out(said, told)), "{said}");
    }
}

#[test]
fn what_merely_sounds_alike_is_said() {
    for said in [
        "If you ask me, the first one is warmer, and the second is better for the office.",
        "The team can check that for you, just say the word.",
        "I can send you the prices and the sizes in stock, shall I?",
        "Bei zangu ni hizi, chagua inayokupendeza.",
        "Kwa ofisi ningechukua ya pili, ya kwanza ni ya joto.",
    ] {
        assert!(prompts().iter().all(|told| gets_out(said, told)), "{said}");
    }
}
