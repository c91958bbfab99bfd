//! Answering with a passage's own sentences, where it is clear that they answer.

use std::collections::BTreeSet;

use super::{
    Knowledge, Passage, Source,
    reading::{Reading, keys},
};

/// So much of what is asked a passage has to speak of.
const CLEAR: f32 = 0.62;
/// Passages that are looked at.
const CANDIDATES: usize = 6;
/// About as long as an answer is, in characters.
const LENGTH: usize = 260;
/// The longest answer that was written as one.
const LONGEST: usize = 480;

/// What a document answers to a question.
#[derive(Clone, PartialEq, Debug)]
pub struct Answer {
    /// Its own words.
    pub text: String,
    /// Where they stand.
    pub source: Source,
    /// The question they were written as an answer to.
    pub question: Option<String>,
    /// How much of what is asked they speak of, from 0 to 1.
    pub clearness: f32,
    /// The telling words of the question that they speak of, each as it is known.
    pub about: Vec<String>,
}

impl Knowledge {
    /// The answer that a document gives to a question, if one clearly does. `may_say` is asked of each sentence.
    #[must_use]
    pub fn answer(&self, text: &str, may_say: impl Fn(&str) -> bool) -> Option<Answer> {
        let reading = Reading::of(text, &self.words);
        let ranked = self.ranked(&reading, text, None);
        let answers = ranked.into_iter().take(CANDIDATES).filter_map(|passage| answer(passage, &reading, &may_say));
        // Of two that are as clear the one that was found first.
        answers.reduce(|best, next| if next.clearness > best.clearness + 0.05 { next } else { best })
    }
}

fn answer(passage: &Passage, reading: &Reading, may_say: &impl Fn(&str) -> bool) -> Option<Answer> {
    let headline: BTreeSet<String> = [passage.heading.as_str(), passage.question.as_deref().unwrap_or_default()]
        .into_iter()
        .flat_map(keys)
        .collect();
    let (words, clearness, about) = match &passage.question {
        // Written as an answer: it is one to its own question, whichever words it uses.
        Some(question) => {
            let own: BTreeSet<String> = headline.iter().cloned().chain(keys(&passage.text)).collect();
            let (clearness, told) = reading.covered_by(&own);
            let (by_question, _) = reading.covered_by(&keys(question).into_iter().collect());
            if !is_clear(clearness, told, reading) || by_question < CLEAR / 2.0 {
                return None;
            }
            (whole(&passage.text, may_say), clearness, reading.told_in(&own))
        }
        None => sentences_about(passage, &headline, reading, may_say)?,
    };
    let source = passage.source.clone();
    (!words.is_empty()).then(|| Answer { text: words, source, question: passage.question.clone(), clearness, about })
}

/// Several words of a question have to be spoken of, or the one that it has.
fn is_clear(clearness: f32, told: usize, reading: &Reading) -> bool {
    clearness >= CLEAR && (told > 1 || (told == 1 && reading.asked.len() == 1))
}

/// An answer from its beginning, up to a length.
fn whole(text: &str, may_say: &impl Fn(&str) -> bool) -> String {
    let mut words = String::new();
    for sentence in sentences(text) {
        if !may_say(&sentence.words) {
            continue;
        }
        if !words.is_empty() && words.chars().count() + sentence.words.chars().count() > LONGEST {
            break;
        }
        sentence.join(&mut words);
    }
    words
}

/// The sentence that speaks most of what is asked, and what follows it while there is room.
fn sentences_about(
    passage: &Passage,
    headline: &BTreeSet<String>,
    reading: &Reading,
    may_say: &impl Fn(&str) -> bool,
) -> Option<(String, f32, Vec<String>)> {
    let all: Vec<Sentence> = sentences(&passage.text).into_iter().filter(|one| may_say(&one.words)).collect();
    let covers = |words: &str| {
        let words: BTreeSet<String> = keys(words).into_iter().collect();
        reading.covered_by(&words).0
    };
    let each: Vec<f32> = all.iter().map(|sentence| covers(&sentence.words)).collect();
    let best = (0..all.len()).rev().max_by(|a, b| each[*a].total_cmp(&each[*b]))?;
    if each[best] <= 0.0 {
        return None;
    }
    let mut words = all[best].words.clone();
    for next in &all[best + 1..] {
        if words.chars().count() + next.words.chars().count() > LENGTH {
            break;
        }
        next.join(&mut words);
    }
    let said: BTreeSet<String> = headline.iter().cloned().chain(keys(&words)).collect();
    let (clearness, told) = reading.covered_by(&said);
    is_clear(clearness, told, reading).then(|| (words, clearness, reading.told_in(&said)))
}

struct Sentence {
    words: String,
    /// Whether a new line begins with it.
    on_a_line: bool,
}

impl Sentence {
    fn join(&self, words: &mut String) {
        if !words.is_empty() {
            words.push(if self.on_a_line { '\n' } else { ' ' });
        }
        words.push_str(&self.words);
    }
}

/// The sentences of a passage; each item of a list is one.
fn sentences(text: &str) -> Vec<Sentence> {
    let mut found = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (mut start, mut on_a_line) = (0, true);
        let mut before = ' ';
        for (at, c) in line.char_indices() {
            // A point ends a sentence before a space and not inside "Sh. 200" or "a.m.".
            let ends = matches!(before, '.' | '!' | '?') && c == ' ';
            let next = line[at..].trim_start().chars().next();
            let abbreviated = line[start..at].split_whitespace().next_back().is_some_and(|word| word.len() <= 3);
            if ends && !abbreviated && next.is_some_and(|next| next.is_uppercase() || next.is_ascii_digit()) {
                found.push(Sentence { words: line[start..at].trim().to_owned(), on_a_line });
                (start, on_a_line) = (at, false);
            }
            before = c;
        }
        found.push(Sentence { words: line[start..].trim().to_owned(), on_a_line });
    }
    found
}
