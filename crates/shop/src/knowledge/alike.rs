//! Questions that ask the same.

use std::collections::BTreeSet;

use super::reading::keys;

/// So much of their telling words two questions share that ask the same.
const ALIKE: f32 = 0.6;

/// What a question is known by: its telling words in order; empty if it has none.
#[must_use]
pub fn key(question: &str) -> String {
    keys(question).into_iter().collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>().join(" ")
}

/// Groups questions that ask the same, the places of each group's in order. Those without telling words are left out.
#[must_use]
pub fn groups(questions: &[&str]) -> Vec<Vec<usize>> {
    let mut groups: Vec<(BTreeSet<String>, Vec<usize>)> = Vec::new();
    for (at, question) in questions.iter().enumerate() {
        let words: BTreeSet<String> = keys(question).into_iter().collect();
        if words.is_empty() {
            continue;
        }
        match groups.iter_mut().find(|(first, _)| likeness(first, &words) >= ALIKE) {
            Some((_, group)) => group.push(at),
            None => groups.push((words, vec![at])),
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

/// The part of their words together that both have.
fn likeness(a: &BTreeSet<String>, b: &BTreeSet<String>) -> f32 {
    let shared = a.intersection(b).count() as f32;
    shared / (a.union(b).count() as f32).max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_that_ask_the_same_are_one_group_in_any_language() {
        let asked = [
            "Do you do gift wrapping?",
            "mnafunga zawadi?",
            "hello",
            "can you wrap a gift",
            "una kite?",
            "gift wrap iko?",
        ];
        assert_eq!(groups(&asked), [vec![0, 1, 3, 5], vec![4]]);
    }
}
