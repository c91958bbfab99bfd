//! Small helpers over the words of a message, for what slots do not say: "both", "cheaper", "again".

/// The words of a text in lower case: runs of letters and digits; an apostrophe inside a word is dropped.
pub(crate) fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    for c in text.chars() {
        if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        } else if !matches!(c, '\'' | '’') && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// Whether a text holds one of these words or phrases (given in lower case, without punctuation).
pub(crate) fn has_any(text: &str, phrases: &[&str]) -> bool {
    let padded = format!(" {} ", words(text).join(" "));
    phrases.iter().any(|phrase| padded.contains(&format!(" {phrase} ")))
}

/// The name somebody gives as theirs: "my name is Amina", "naitwa Otieno", "jina langu ni Njeri".
pub(crate) fn name_given(text: &str) -> Option<String> {
    const LEADS: [&str; 6] =
        ["my name is ", "my names are ", "naitwa ", "jina langu ni ", "jina yangu ni ", "mi naitwa "];
    const NO_NAMES: [&str; 8] = ["na", "and", "ya", "from", "wa", "kutoka", "nataka", "natafuta"];
    let lower = text.to_lowercase();
    let (at, lead) = LEADS.iter().filter_map(|lead| Some((lower.find(lead)?, lead))).min()?;
    let name: Vec<&str> = text
        .get(at + lead.len()..)?
        .split([',', '.', '!', '?', '\n'])
        .next()?
        .split_whitespace()
        .take(2)
        .take_while(|word| !NO_NAMES.contains(&word.to_lowercase().as_str()))
        .collect();
    let is_name = |word: &&&str| word.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-'));
    let name: Vec<&str> = name.iter().take_while(is_name).copied().collect();
    let length = name.iter().map(|word| word.chars().count()).sum::<usize>();
    let capital = |word: &&str| {
        word.chars().next().into_iter().flat_map(char::to_uppercase).chain(word.chars().skip(1)).collect()
    };
    (2..=40).contains(&length).then(|| name.iter().map(capital).collect::<Vec<String>>().join(" "))
}

/// Words that say nothing about a product or a question, in English, Swahili and Sheng.
const EMPTY_WORDS: &[&str] = &[
    "a",
    "an",
    "the",
    "this",
    "that",
    "these",
    "those",
    "one",
    "ones",
    "it",
    "i",
    "me",
    "my",
    "you",
    "your",
    "we",
    "is",
    "are",
    "am",
    "be",
    "do",
    "does",
    "did",
    "can",
    "could",
    "will",
    "would",
    "have",
    "has",
    "get",
    "give",
    "want",
    "need",
    "like",
    "take",
    "buy",
    "add",
    "show",
    "see",
    "please",
    "pls",
    "to",
    "for",
    "of",
    "in",
    "on",
    "at",
    "with",
    "and",
    "or",
    "some",
    "any",
    "what",
    "which",
    "how",
    "there",
    "hi",
    "hello",
    "ill",
    "id",
    "im",
    "lets",
    "let",
    "go",
    "cart",
    "size",
    "colour",
    "color",
    "number",
    "na",
    "ya",
    "wa",
    "za",
    "la",
    "cha",
    "kwa",
    "ni",
    "hii",
    "hiyo",
    "hizo",
    "ile",
    "zile",
    "ingine",
    "nataka",
    "nipe",
    "niwekee",
    "naomba",
    "weka",
    "ongeza",
    "niongeze",
    "nionyeshe",
    "kwenye",
    "tafadhali",
    "sasa",
    "iko",
    "mko",
    "uko",
    "kuna",
    "moja",
    "tu",
    "pia",
    "je",
    "si",
    "mimi",
    "nitachukua",
    "chukua",
    "basi",
    "sawa",
    "ok",
    "okay",
    "yes",
    "ndio",
    "nikam",
    "buda",
    "msee",
    "aki",
    "from",
    "also",
    "too",
    "just",
    "now",
    "price",
    "bei",
];

/// The words of a text that may describe something.
pub(crate) fn telling_words(text: &str) -> Vec<String> {
    let mut telling: Vec<String> =
        words(text).into_iter().filter(|w| w.len() > 1 && !EMPTY_WORDS.contains(&w.as_str())).collect();
    telling.dedup();
    telling
}

/// Whether two words are one but for a plural ending.
pub(crate) fn same_word(a: &str, b: &str) -> bool {
    fn stem(word: &str) -> &str {
        match word.strip_suffix("es") {
            Some(stem) if word.ends_with("sses") || word.ends_with("shes") || word.ends_with("ches") => stem,
            _ if word.len() > 3 && !word.ends_with("ss") => word.strip_suffix('s').unwrap_or(word),
            _ => word,
        }
    }
    a == b || stem(a) == stem(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_found_as_whole_words_only() {
        assert!(has_any("Same as last time, please!", &["same as last time"]));
        assert!(has_any("that's all", &["thats all"]));
        assert!(!has_any("I called", &["all"]));
    }

    #[test]
    fn a_name_is_what_somebody_calls_themselves() {
        assert_eq!(name_given("Hi, my name is amina").as_deref(), Some("Amina"));
        assert_eq!(name_given("naitwa Otieno Ouma, natafuta dress").as_deref(), Some("Otieno Ouma"));
        assert_eq!(name_given("jina langu ni Wanjiku na nataka viatu").as_deref(), Some("Wanjiku"));
        assert_eq!(name_given("my name is 4"), None);
        assert_eq!(name_given("what is your name"), None);
    }

    #[test]
    fn plurals_are_the_same_word() {
        assert!(same_word("dresses", "dress") && same_word("shoes", "shoe") && same_word("dress", "dress"));
        assert!(!same_word("dress", "press"));
    }
}
