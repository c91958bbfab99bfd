//! Text that is said to nobody: the instructions of whoever words a reply. It must not be repeated in whole, in parts, with
//! its letters spaced out, or backwards. Speaking of it in other words is a claim (`leak` in `claims.tsv`).

use std::collections::HashSet;

use super::{
    BreachKind,
    check::Reading,
    text::{Text, Word},
};

/// So many words behind each other are a phrase that is repeated, not met by chance.
const PHRASE: usize = 7;
/// Shorter pieces, so many different ones of them, being such a part of all that is said, are parts of it.
const STEP: usize = 3;
const STEPS: usize = 5;
const PART: usize = 4;
/// So many letters in a row, whatever stands between them, looked for at each so many.
const LETTERS: usize = 28;
const STRIDE: usize = 7;

#[derive(Debug, Default)]
pub(super) struct Secrets {
    phrases: HashSet<String>,
    steps: HashSet<String>,
    letters: String,
}

impl Secrets {
    pub(super) fn add(&mut self, text: &str) {
        let words = Text::read(text).words;
        self.phrases.extend(words.windows(PHRASE).map(joined));
        self.steps.extend(words.windows(STEP).map(joined));
        self.letters.push_str(&letters(&words));
        self.letters.push(' ');
    }
}

fn joined(words: &[Word]) -> String {
    words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
}

fn letters(words: &[Word]) -> String {
    words.iter().flat_map(|word| word.text.chars()).filter(|c| c.is_alphabetic()).collect()
}

pub(super) fn check(reading: &Reading<'_, '_>) {
    let secrets = &reading.facts.secrets;
    if secrets.letters.is_empty() {
        return;
    }
    let words = &reading.text.words;
    for (at, phrase) in words.windows(PHRASE).enumerate() {
        if secrets.phrases.contains(&joined(phrase)) {
            return reading.breach(BreachKind::Leak, at, at + PHRASE);
        }
    }
    let said: HashSet<String> = words.windows(STEP).map(joined).collect();
    let repeated = said.iter().filter(|step| secrets.steps.contains(*step)).count();
    let letters = letters(words);
    let backwards: String = letters.chars().rev().collect();
    let is_part = repeated >= STEPS && repeated * PART >= said.len();
    if is_part || secrets.spell(&letters) || secrets.spell(&backwards) {
        reading.breach(BreachKind::Leak, 0, words.len());
    }
}

impl Secrets {
    fn spell(&self, letters: &str) -> bool {
        let starts: Vec<usize> = letters.char_indices().map(|(at, _)| at).chain([letters.len()]).collect();
        let windows = (0..starts.len().saturating_sub(LETTERS)).step_by(STRIDE);
        windows.map(|at| &letters[starts[at]..starts[at + LETTERS]]).any(|window| self.letters.contains(window))
    }
}
