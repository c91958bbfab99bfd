//! The words of passages and questions, as they are compared.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::LazyLock,
};

use super::Passage;
use crate::search::{Dictionary, words};

/// How much a word counts that stands in the heading or question of a passage.
const HEADLINE: f32 = 2.0;
/// How much a word counts after correcting a slip.
const CORRECTED: f32 = 0.7;

/// Words of asking, of politeness and of grammar, which say nothing about the subject.
const FILLER: &str = "a an as into onto out up down off over than then ever else own the and or but of for to in on at by from with is are was were be been am do does did can could \
    will would should shall may might have has had get got give want need like please pls plz kindly hi hello hey sasa niaje bei \
    mambo habari thanks thank asante you your yours u ur i me my mine we us our it its this that these those there here they \
    them their he she his her if so just also too only really very what which who whom whose when where how why much many any best way good \
    some something anything thing one about know tell ask question wonder wondering possible offer provide allow accept make \
    let s t m re ll ve d im ill id not no yes ok okay shop store boutique duka dukani team guys \
    na ya wa za la cha vya kwa ni si je ama au kama lakini basi sawa tu pia bado sana hapa hapo huko kuhusu hii hiyo hizo hizi \
    ile zile hilo hili gani nini nani lini wapi vipi aje ngapi mbona kwanini kuna mna una iko ziko mko uko tuko huwa mnaweza \
    naweza naeza mnaeza inaweza inawezekana nataka ninataka nahitaji naomba nipe mimi wewe yangu yako yenu zenu lenu wenu zangu zako wangu wako kwenu \
    ninaweza unaweza mnatoa mnauza mnafanya tafadhali aki bana msee buda boss sis dear manze sahii sai sasa ndio ndiyo hapana";

/// Beginnings of Swahili verbs: who does it, when, to whom.
const PREFIXES: [&str; 30] = [
    "mnanifu", "mnani", "mtani", "utani", "unani", "mnaku", "hamna", "mna", "una", "nina", "tuna", "wana", "ina",
    "zina", "mta", "uta", "nita", "tuta", "wata", "ita", "zita", "niku", "mni", "ni", "ku", "hu", "na", "ime", "zime",
    "m",
];

static FILLERS: LazyLock<BTreeSet<String>> = LazyLock::new(|| FILLER.split_whitespace().flat_map(words).collect());

/// What a word is known by: the first of its group.
static TOPICS: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let rows = include_str!("../../data/topics.tsv").lines().filter(|row| !row.starts_with('#'));
    let words = rows.flat_map(|row| {
        let first = row.split('\t').next().unwrap_or_default();
        row.split('\t').map(move |word| (word, first))
    });
    words.flat_map(|(word, first)| [(word.to_owned(), first), (words_of(word), first)]).collect()
});

fn words_of(text: &str) -> String {
    words(text).join(" ")
}

/// The words of a text that are about something, each as it is known.
pub(super) fn keys(text: &str) -> Vec<String> {
    let telling = words(text).into_iter().filter(|word| word.len() > 1 && !FILLERS.contains(word));
    telling.map(|word| known_as(&word)).collect()
}

fn known_as(word: &str) -> String {
    if let Some(topic) = TOPICS.get(word) {
        return (*topic).to_owned();
    }
    let root = PREFIXES.iter().filter_map(|prefix| word.strip_prefix(prefix)).find_map(|root| TOPICS.get(root));
    root.map_or_else(|| word.to_owned(), |topic| (*topic).to_owned())
}

/// Which words stand in which passages.
#[derive(Debug)]
pub(super) struct Words {
    postings: BTreeMap<String, Vec<(u32, f32)>>,
    dictionary: Dictionary,
    passages: usize,
}

impl Default for Words {
    fn default() -> Self {
        Self::of(&[])
    }
}

impl Words {
    pub(super) fn of(passages: &[Passage]) -> Self {
        let mut postings: BTreeMap<String, Vec<(u32, f32)>> = BTreeMap::new();
        for (at, passage) in (0_u32..).zip(passages) {
            let mut found: BTreeMap<String, f32> = BTreeMap::new();
            let headline = [passage.heading.as_str(), passage.question.as_deref().unwrap_or_default()];
            for key in headline.into_iter().flat_map(keys) {
                found.insert(key, HEADLINE);
            }
            for key in keys(&passage.text) {
                found.entry(key).or_insert(1.0);
            }
            for (key, weight) in found {
                postings.entry(key).or_default().push((at, weight));
            }
        }
        let dictionary = Dictionary::new(&postings.keys().cloned().collect());
        Self { postings, dictionary, passages: passages.len() }
    }

    /// How much a word tells: the rarer, the more. One that stands nowhere tells as much as one that stands once.
    fn rarity(&self, key: &str) -> f32 {
        let (all, holding) = (self.passages as f32, self.postings.get(key).map_or(1, Vec::len) as f32);
        (1.0 + (all - holding + 0.5) / (holding + 0.5)).ln().max(0.1)
    }

    /// The score of every passage.
    pub(super) fn score(&self, reading: &Reading) -> Vec<f32> {
        let mut scores = vec![0.0; self.passages];
        for asked in &reading.asked {
            for (passage, weight) in asked.found.iter().filter_map(|key| self.postings.get(key)).flatten() {
                scores[*passage as usize] += asked.rarity * asked.sureness * weight;
            }
        }
        scores
    }
}

/// A word of a question.
#[derive(Debug)]
pub(super) struct Asked {
    /// As it stands in passages; none if it stands in none.
    pub(super) found: Option<String>,
    /// How much it tells.
    pub(super) rarity: f32,
    sureness: f32,
}

/// What a question is about.
#[derive(Debug)]
pub(super) struct Reading {
    pub(super) asked: Vec<Asked>,
}

impl Reading {
    pub(super) fn of(text: &str, known: &Words) -> Self {
        let mut all = keys(text);
        all.sort();
        all.dedup();
        let asked = all.into_iter().map(|key| {
            if known.postings.contains_key(&key) {
                return Asked { rarity: known.rarity(&key), found: Some(key), sureness: 1.0 };
            }
            let near = known.dictionary.near(&key).words;
            match near[..] {
                [one] => {
                    let found = known.dictionary.word(one).to_owned();
                    Asked { rarity: known.rarity(&found), found: Some(found), sureness: CORRECTED }
                }
                _ => Asked { found: None, rarity: known.rarity(&key), sureness: 1.0 },
            }
        });
        Self { asked: asked.collect() }
    }

    /// The words of what is asked that stand among some words.
    pub(super) fn told_in(&self, words: &BTreeSet<String>) -> Vec<String> {
        self.asked.iter().filter_map(|asked| asked.found.clone()).filter(|key| words.contains(key)).collect()
    }

    /// How much of what is asked stands among some words, from 0 to 1, and how many of its words do.
    pub(super) fn covered_by(&self, words: &BTreeSet<String>) -> (f32, usize) {
        let all: f32 = self.asked.iter().map(|asked| asked.rarity).sum();
        let holds = |asked: &&Asked| asked.found.as_ref().is_some_and(|key| words.contains(key));
        let told: Vec<f32> = self.asked.iter().filter(holds).map(|a| a.rarity * a.sureness).collect();
        (if all > 0.0 { told.iter().sum::<f32>() / all } else { 0.0 }, told.len())
    }
}
