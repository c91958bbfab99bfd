//! Senses of words: what carries over from one language to the others.

use std::{collections::HashMap, sync::LazyLock};

use crate::{
    lexicon::{self, Phrases},
    normalise::Message,
};

struct Glosses {
    phrases: Phrases,
    stems: HashMap<&'static str, Vec<&'static str>>,
}

static GLOSSES: LazyLock<Glosses> = LazyLock::new(|| {
    let text = include_str!("../data/glosses.tsv");
    let mut stems: HashMap<&'static str, Vec<&'static str>> = HashMap::new();
    for (gloss, words) in lexicon::pairs(text) {
        for stem in words.split('|').filter_map(|w| w.strip_prefix('~')) {
            stems.entry(stem.trim_end_matches(is_vowel)).or_default().push(gloss);
        }
    }
    Glosses { phrases: Phrases::parse(text), stems }
});

fn is_vowel(c: char) -> bool {
    "aeiou".contains(c)
}

/// The senses of the word at `i`: those of the word or a phrase that starts there, or else of the stem of the verb.
pub(crate) fn of(message: &Message<'_>, i: usize) -> Vec<&'static str> {
    let mut found: Vec<&'static str> = GLOSSES.phrases.all_at(message, i).collect();
    if !found.is_empty() {
        return found;
    }
    each_stem(message.word(i), |stem| {
        // for, to, by: the endings that turn a verb towards somebody
        let root = ["", "i", "e", "w", "sh", "iw", "ish", "an"]
            .iter()
            .find_map(|ending| GLOSSES.stems.get(stem.strip_suffix(ending)?));
        for gloss in root.into_iter().flatten() {
            if !found.contains(gloss) {
                found.push(gloss);
            }
        }
    });
    found
}

/// What may be left of a Swahili verb without subject, tense and object: "nimelipa", "kulipa" and "utalipa" leave
/// "lip".
pub(crate) fn each_stem(word: &str, mut with: impl FnMut(&str)) {
    const SUBJECTS: [&str; 25] = [
        "hatu", "ham", "hawa", "hai", "hazi", "hau", "tu", "ni", "wa", "zi", "ki", "vi", "li", "ya", "si", "hu", "ku",
        "mu", "ha", "u", "a", "m", "i", "n", "",
    ];
    const TENSES: [&str; 15] =
        ["mesha", "nge", "sha", "na", "ta", "li", "me", "ki", "ka", "ja", "ku", "ke", "si", "po", ""];
    const OBJECTS: [&str; 10] = ["ni", "ku", "tu", "wa", "zi", "ki", "li", "m", "i", ""];
    /// Readings of one word that are looked at.
    const MOST: usize = 8;
    if word.len() < 5 || word.len() > 20 || !word.is_ascii() {
        return;
    }
    let mut seen: Vec<&str> = Vec::with_capacity(MOST);
    for rest in SUBJECTS.iter().filter_map(|s| word.strip_prefix(s)) {
        for rest in TENSES.iter().filter_map(|t| rest.strip_prefix(t)) {
            for rest in OBJECTS.iter().filter_map(|o| rest.strip_prefix(o)) {
                let stem = rest.trim_end_matches("ni").trim_end_matches(is_vowel);
                if stem.len() >= 2 && !seen.contains(&stem) && seen.len() < MOST {
                    seen.push(stem);
                    with(stem);
                }
            }
        }
    }
}
