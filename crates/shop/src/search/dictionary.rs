//! A sorted list of words that finds a word, its continuations and its misspellings without a scan.

use std::{collections::BTreeSet, ops::Range};

/// Pairs of letters are hashed into so many lists. More lists are shorter, but cost memory in each shop.
const PAIR_LISTS: usize = 512;

/// Words all equally near to a misspelt one.
#[derive(Default, Debug)]
pub(crate) struct Near {
    /// In edits; says nothing if there are no words.
    pub(super) distance: usize,
    pub(crate) words: Vec<u32>,
}

/// Words in order, in one string, with lists of which words contain which pairs of letters.
#[derive(Debug)]
pub(crate) struct Dictionary {
    text: String,
    /// Where each word ends in `text`.
    ends: Vec<u32>,
    /// Where each pair's list starts in `pairs`; one more than there are lists.
    starts: Vec<u32>,
    pairs: Vec<u32>,
}

impl Dictionary {
    /// Takes in words and phrases. Phrases can be found, but are not corrected to.
    pub(crate) fn new(words: &BTreeSet<String>) -> Self {
        let mut text = String::with_capacity(words.iter().map(String::len).sum());
        let mut ends = Vec::with_capacity(words.len());
        let mut pairs_of: Vec<(u32, u32)> = Vec::new();
        for (at, word) in (0u32..).zip(words) {
            text.push_str(word);
            ends.push(position(text.len()));
            if !word.contains(' ') {
                pairs_of.extend(pairs(word).into_iter().map(|pair| (pair, at)));
            }
        }
        pairs_of.sort_unstable();
        pairs_of.dedup();
        let starts =
            (0..=position(PAIR_LISTS)).map(|list| position(pairs_of.partition_point(|(pair, _)| *pair < list)));
        Self { text, ends, starts: starts.collect(), pairs: pairs_of.iter().map(|(_, word)| *word).collect() }
    }

    /// How many words there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The word at a place; empty beyond the end.
    pub(crate) fn word(&self, at: u32) -> &str {
        let at = at as usize;
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |end| *end as usize);
        self.ends.get(at).map_or("", |end| &self.text[start..*end as usize])
    }

    /// Where a word stands.
    pub(super) fn find(&self, word: &str) -> Option<u32> {
        let at = self.first_not_before(word);
        (at < position(self.len()) && self.word(at) == word).then_some(at)
    }

    /// The words that begin with `prefix`, itself included.
    pub(super) fn starting_with(&self, prefix: &str) -> Range<u32> {
        let first = self.first_not_before(prefix);
        let count = (first..position(self.len())).take_while(|at| self.word(*at).starts_with(prefix)).count();
        first..first + position(count)
    }

    /// The words nearest to a misspelt one, all at one distance: one edit for 4 to 7 letters, two for
    /// more. Exchanged neighbours count as one edit. Shorter words are never guessed at.
    pub(crate) fn near(&self, word: &str) -> Near {
        let letters = word.chars().count();
        let most = match letters {
            0..4 => return Near::default(),
            4..8 => 1,
            8..25 => 2,
            _ => return Near::default(),
        };
        let mut seen: Vec<u32> = Vec::new();
        for pair in pairs(word) {
            let list = self.starts[pair as usize] as usize..self.starts[pair as usize + 1] as usize;
            seen.extend(&self.pairs[list]);
        }
        seen.sort_unstable();
        // A word of n letters has n + 1 pairs, and an edit changes at most three of them.
        let shared_at_least = (letters + 1).saturating_sub(3 * most).max(1);
        let mut nearest = Near { distance: most + 1, words: Vec::new() };
        for same in seen.chunk_by(|a, b| a == b).filter(|same| same.len() >= shared_at_least) {
            let candidate = self.word(same[0]);
            if candidate.chars().count().abs_diff(letters) > most {
                continue;
            }
            let distance = strsim::osa_distance(word, candidate);
            if distance < nearest.distance {
                nearest = Near { distance, words: vec![same[0]] };
            } else if distance == nearest.distance && distance <= most {
                nearest.words.push(same[0]);
            }
        }
        nearest
    }

    fn first_not_before(&self, word: &str) -> u32 {
        let (mut low, mut high) = (0, position(self.len()));
        while low < high {
            let middle = low.midpoint(high);
            if self.word(middle) < word {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }
}

/// A place in a catalogue or lexicon, which are far below four thousand million long.
pub(super) fn position(at: usize) -> u32 {
    u32::try_from(at).expect("a catalogue's words fit 32 bits")
}

/// The distinct neighbouring letters of a word, its edges included, as numbers of lists.
fn pairs(word: &str) -> Vec<u32> {
    let mut before = '^';
    let mut found: Vec<u32> = word
        .chars()
        .chain(['$'])
        .map(|c| {
            let both = (u32::from(before).wrapping_mul(0x9E37_79B1)) ^ u32::from(c).wrapping_mul(0x85EB_CA77);
            before = c;
            (both >> 13) % position(PAIR_LISTS)
        })
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dictionary(words: &[&str]) -> Dictionary {
        Dictionary::new(&words.iter().map(|w| (*w).to_owned()).collect())
    }

    fn near<'a>(dictionary: &'a Dictionary, word: &str) -> Vec<&'a str> {
        dictionary.near(word).words.into_iter().map(|at| dictionary.word(at)).collect()
    }

    #[test]
    fn a_word_is_found_and_so_are_its_continuations() {
        let words = dictionary(&["dress", "jumper", "jumpsuit", "shoe"]);
        assert_eq!(words.find("shoe").map(|at| words.word(at)), Some("shoe"));
        assert_eq!(words.find("shoes"), None);
        assert_eq!(words.starting_with("jump").map(|at| words.word(at)).collect::<Vec<_>>(), ["jumper", "jumpsuit"]);
        assert!(dictionary(&[]).find("x").is_none() && dictionary(&[]).near("dress").words.is_empty());
    }

    #[test]
    fn short_words_forgive_one_edit_and_long_words_two() {
        let words = dictionary(&["dress", "sneaker", "turtleneck", "hat", "t shirt"]);
        assert_eq!(near(&words, "drses"), ["dress"]);
        assert_eq!(near(&words, "sneker"), ["sneaker"]);
        assert_eq!(near(&words, "snekr"), [""; 0]);
        assert_eq!(near(&words, "turtelnck"), ["turtleneck"]);
        assert_eq!(near(&words, "hot"), [""; 0]);
    }

    #[test]
    fn every_single_edit_of_a_word_leads_back_to_it() {
        let words = dictionary(&["bodycon", "sandal", "floral", "aabbaa"]);
        for word in ["bodycon", "sandal", "floral", "aabbaa"] {
            for at in 0..word.len() {
                let dropped = format!("{}{}", &word[..at], &word[at + 1..]);
                let replaced = format!("{}q{}", &word[..at], &word[at + 1..]);
                let added = format!("{}q{}", &word[..at], &word[at..]);
                for typo in [dropped, replaced, added] {
                    assert_eq!(near(&words, &typo), [word], "{typo}");
                }
            }
        }
    }
}
