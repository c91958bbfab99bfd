//! The texts: one book per language, read from `templates/*.toml` once.

use std::{collections::BTreeMap, sync::LazyLock};

use duka_kernel::Language;
use serde::Deserialize;

/// A piece of a text.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Piece {
    /// Words as they are.
    Words(String),
    /// `{name}`: a fact goes here.
    Fact(String),
    /// `{e:name}`: an emoji the voice keeps or drops.
    Emoji(&'static str),
}

/// A text with places for facts.
pub(super) type Template = Vec<Piece>;

/// All texts of one language.
pub(super) struct Book {
    /// By key, with `.playful`, `.formal` or `.angry` where a voice has its own; each has its variants.
    pub(super) say: BTreeMap<String, Vec<Template>>,
    /// Single words and names.
    pub(super) word: BTreeMap<String, String>,
    /// What shops write in their settings, in lower case with `#` for numbers, in this language.
    pub(super) phrase: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct File {
    say: BTreeMap<String, Vec<String>>,
    word: BTreeMap<String, String>,
    phrase: BTreeMap<String, String>,
}

/// The book of a language.
pub(super) fn book(language: Language) -> &'static Book {
    static BOOKS: LazyLock<[Book; 3]> = LazyLock::new(|| {
        [
            include_str!("../../templates/en.toml"),
            include_str!("../../templates/sw.toml"),
            include_str!("../../templates/sheng.toml"),
        ]
        .map(|text| read(text).expect("the texts built in are well-formed"))
    });
    match language {
        Language::En => &BOOKS[0],
        Language::Sw => &BOOKS[1],
        Language::Sheng => &BOOKS[2],
    }
}

fn read(text: &str) -> Result<Book, String> {
    let file: File = toml::from_str(text).map_err(|e| e.to_string())?;
    let mut say = BTreeMap::new();
    for (key, variants) in file.say {
        let variants =
            variants.iter().map(|v| parse(v).map_err(|e| format!("{key}: {e}"))).collect::<Result<_, _>>()?;
        say.insert(key, variants);
    }
    Ok(Book { say, word: file.word, phrase: file.phrase })
}

fn parse(text: &str) -> Result<Template, String> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((words, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').ok_or_else(|| format!("{text:?} has a brace that is not closed"))?;
        if !words.is_empty() {
            pieces.push(Piece::Words(words.to_owned()));
        }
        pieces.push(match name.strip_prefix("e:") {
            Some(name) => Piece::Emoji(emoji(name).ok_or_else(|| format!("{name:?} is not an emoji"))?),
            None => Piece::Fact(name.to_owned()),
        });
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Words(rest.to_owned()));
    }
    Ok(pieces)
}

fn emoji(name: &str) -> Option<&'static str> {
    Some(match name {
        "wave" => "👋",
        "gift" => "🎁",
        "smile" => "😊",
        "laugh" => "😄",
        "pray" => "🙏",
        "eyes" => "👀",
        "bag" => "🛍️",
        "fire" => "🔥",
        "star" => "⭐",
        "check" => "✅",
        "party" => "🎉",
        "van" => "🚚",
        "pin" => "📍",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn facts(template: &Template) -> BTreeSet<&str> {
        template.iter().filter_map(|p| if let Piece::Fact(name) = p { Some(name.as_str()) } else { None }).collect()
    }

    #[test]
    fn every_text_exists_in_every_language_with_the_same_facts() {
        let english = book(Language::En);
        for language in Language::ALL {
            let book = book(language);
            assert_eq!(book.say.keys().collect::<Vec<_>>(), english.say.keys().collect::<Vec<_>>(), "{language}");
            assert_eq!(book.word.keys().collect::<Vec<_>>(), english.word.keys().collect::<Vec<_>>(), "{language}");
            for (key, variants) in &book.say {
                let base = key.split('.').next().unwrap_or_default();
                let wanted = facts(&english.say[base][0]);
                for variant in variants {
                    assert_eq!(facts(variant), wanted, "{language} {key}");
                }
            }
        }
    }

    #[test]
    fn every_text_has_two_to_four_variants_and_at_most_one_exclamation_mark_and_emoji_each() {
        for language in Language::ALL {
            for (key, variants) in &book(language).say {
                assert!((2..=4).contains(&variants.len()), "{language} {key}");
                for variant in variants {
                    let words: String =
                        variant.iter().map(|p| if let Piece::Words(w) = p { w.as_str() } else { "x" }).collect();
                    assert!(words.matches('!').count() <= 1, "{language} {key}");
                    assert!(variant.iter().filter(|p| matches!(p, Piece::Emoji(_))).count() <= 1, "{language} {key}");
                    assert!(!words.contains("  ") && words.trim() == words, "{language} {key}");
                }
            }
        }
    }

    #[test]
    fn own_texts_of_a_voice_belong_to_a_key() {
        for language in Language::ALL {
            let book = book(language);
            for key in book.say.keys() {
                if let Some((base, voice)) = key.split_once('.') {
                    assert!(
                        book.say.contains_key(base) && ["playful", "formal", "angry"].contains(&voice),
                        "{language} {key}"
                    );
                }
            }
        }
    }

    #[test]
    fn formal_and_angry_texts_have_no_emoji() {
        for language in Language::ALL {
            for (key, variants) in &book(language).say {
                let sober = key.ends_with(".formal") || key.ends_with(".angry");
                assert!(!sober || !variants.iter().flatten().any(|p| matches!(p, Piece::Emoji(_))), "{language} {key}");
            }
        }
    }
}
