//! Who a shop is, in its own words, and the answers it has written itself.

use std::collections::BTreeMap;

use duka_kernel::PhoneNumber;
use serde::{Deserialize, Serialize};

/// What a shop says about itself.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct About {
    /// Who it is, in two or three sentences.
    pub brief: Option<String>,
    /// What it is there for.
    pub mission: Option<String>,
    /// What it holds to.
    pub values: Vec<String>,
    /// Why people buy there.
    pub selling_points: Vec<String>,
}

impl About {
    /// Whether nothing is said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// How a shop can be reached, told exactly as it is written.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Contacts {
    /// To call or text; the number customers write to if there is none.
    pub phone: Option<PhoneNumber>,
    /// E-mail address.
    pub email: Option<String>,
    /// Address on the web.
    pub website: Option<String>,
    /// By network: `instagram` → `@malkia`.
    pub socials: BTreeMap<String, String>,
}

/// What customers say, and the shop's answer to it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Phrase {
    /// Ways to say it.
    pub says: Vec<String>,
    /// The answer, used as it is.
    pub response: String,
}

/// Shorter than this, a phrase has to be said exactly.
const CLOSE_FROM: usize = 6;
/// Of a phrase's letters, one in so many may be another.
const LETTERS_A_SLIP: usize = 8;

/// The response to the phrase that a message is, but for capitals, punctuation and small slips; of several the closest.
#[must_use]
pub fn response<'a>(phrases: &'a [Phrase], message: &str) -> Option<&'a str> {
    let message = plain(message);
    if message.is_empty() {
        return None;
    }
    let known = phrases.iter().flat_map(|phrase| phrase.says.iter().map(move |says| (says, phrase)));
    let near = known.filter_map(|(says, phrase)| Some((slips(&plain(says), &message)?, phrase)));
    near.min_by_key(|(slips, _)| *slips).map(|(_, phrase)| phrase.response.as_str())
}

/// How many letters differ, if few enough.
fn slips(known: &str, said: &str) -> Option<usize> {
    if known == said {
        return Some(0);
    }
    let length = known.chars().count();
    let most = if length < CLOSE_FROM { 0 } else { (length / LETTERS_A_SLIP).max(1) };
    Some(strsim::damerau_levenshtein(known, said)).filter(|slips| !known.is_empty() && *slips <= most)
}

/// Lower-case words with a space between them.
fn plain(text: &str) -> String {
    let letters: String = text
        .chars()
        .filter(|c| !matches!(c, '\'' | '’'))
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .flat_map(char::to_lowercase)
        .collect();
    letters.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a shop may leave out, by the name of the intent. What a customer has a right to (a person, an end to
/// advertising, their orders and money) cannot be switched off.
pub const OPTIONAL_INTENTS: [&str; 15] = [
    "image_search_caption",
    "size_advice",
    "delivery_question",
    "business_hours",
    "location",
    "payment_methods",
    "discount_coupon",
    "bargain",
    "book_appointment",
    "reschedule_appointment",
    "service_inquiry",
    "smalltalk_offtopic",
    "opt_in",
    "wholesale_inquiry",
    "feedback_rating",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn library() -> Vec<Phrase> {
        let phrase = |says: &[&str], response: &str| Phrase {
            says: says.iter().map(|s| (*s).to_owned()).collect(),
            response: response.to_owned(),
        };
        vec![
            phrase(&["Do you have a catalogue?", "catalogue"], "It is at tembo.example/catalogue."),
            phrase(&["tembo oyee"], "Oyee! 🐘"),
            phrase(&["hey"], "Hey you."),
        ]
    }

    #[test]
    fn a_phrase_is_known_whatever_its_capitals_punctuation_and_small_slips() {
        let library = library();
        for said in ["do you have a catalogue", "Do you have a CATALOGUE??", "do you hav a catalogue", "Catalogue"] {
            assert_eq!(response(&library, said), Some("It is at tembo.example/catalogue."), "{said}");
        }
        assert_eq!(response(&library, "TEMBO oyee!!"), Some("Oyee! 🐘"));
    }

    #[test]
    fn what_only_contains_a_phrase_or_is_short_and_near_it_is_something_else() {
        let library = library();
        for said in ["do you have a catalogue of dresses?", "hay", "they", "", "?!", "do you have a dress"] {
            assert_eq!(response(&library, said), None, "{said}");
        }
    }
}
