//! The words of plain talk, read from `plain.tsv`.

use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

/// The lists of `plain.tsv`.
#[derive(Debug, Default)]
pub(super) struct Lists {
    plain: HashSet<&'static str>,
    stems: HashMap<char, Vec<&'static str>>,
    pub(super) asked: HashSet<&'static str>,
    pub(super) style: HashSet<&'static str>,
}

impl Lists {
    pub(super) fn get() -> &'static Self {
        static LISTS: LazyLock<Lists> = LazyLock::new(|| Lists::parse(include_str!("plain.tsv")));
        &LISTS
    }

    fn parse(file: &'static str) -> Self {
        let mut lists = Self::default();
        for (kind, words) in file.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'))
        {
            let words = words.split(' ');
            match kind {
                "stem" => words
                    .filter_map(|stem| Some((stem.chars().next()?, stem)))
                    .for_each(|(first, stem)| lists.stems.entry(first).or_default().push(stem)),
                "asked" => lists.asked.extend(words),
                "style" => lists.style.extend(words),
                _ => lists.plain.extend(words),
            }
        }
        lists
    }

    pub(super) fn is_plain(&self, word: &str) -> bool {
        self.plain.contains(word) || self.is_verb(word)
    }

    /// A Swahili verb of a plain stem: who, when, whom, the stem and its ending.
    fn is_verb(&self, word: &str) -> bool {
        const SUBJECTS: [&str; 20] = [
            "si", "hu", "ha", "hatu", "hawa", "ni", "u", "a", "tu", "m", "wa", "i", "zi", "li", "ya", "ki", "ku",
            "una", "na", "nina",
        ];
        const TENSES: [&str; 12] = ["na", "li", "ta", "me", "ki", "nge", "ka", "mesha", "taka", "nayo", "takayo", ""];
        const OBJECTS: [&str; 9] = ["ku", "ni", "tu", "wa", "m", "ki", "i", "ji", ""];
        if word.len() < 4 || !word.is_ascii() {
            return false;
        }
        let begun = |rest: &str| {
            let first = rest.chars().next();
            first.and_then(|first| self.stems.get(&first)).is_some_and(|stems| {
                stems.iter().any(|stem| rest.strip_prefix(stem).is_some_and(|ending| ending.len() <= 4))
            })
        };
        let with_object = |rest: &str| OBJECTS.iter().any(|object| rest.strip_prefix(object).is_some_and(begun));
        with_object(word)
            || SUBJECTS
                .iter()
                .filter_map(|subject| word.strip_prefix(subject))
                .any(|rest| TENSES.iter().any(|tense| rest.strip_prefix(tense).is_some_and(with_object)))
    }
}
