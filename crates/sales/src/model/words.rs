//! Whether a model's words can be sent at all, before it is asked whether they are true.

use duka_kernel::Language;
use duka_perception::{Context, perceive};
use serde::Serialize;

/// Longer than this nobody reads on a phone.
const LONGEST: usize = 700;
/// Fewer words than this may be in any language.
const TELLING: usize = 4;

/// Why words cannot be sent.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unfit {
    /// There are none.
    Empty,
    /// There are too many.
    TooLong,
    /// They are in another language than the customer's.
    Language,
    /// They are written for a program, not for a person.
    NoProse,
}

/// Whether words can be sent to who is answered in this language.
///
/// # Errors
/// Why not.
pub fn check(words: &str, language: Language) -> Result<(), Unfit> {
    let words = words.trim();
    if words.chars().filter(|c| c.is_alphabetic()).count() < 2 {
        return Err(Unfit::Empty);
    }
    if words.chars().count() > LONGEST {
        return Err(Unfit::TooLong);
    }
    let signs = words.chars().filter(|c| matches!(c, '{' | '}' | '<' | '>' | '\\' | '`' | '|')).count();
    if signs >= 3 || words.contains("reply_text") {
        return Err(Unfit::NoProse);
    }
    if !is_in(words, language) {
        return Err(Unfit::Language);
    }
    Ok(())
}

/// Swahili and Sheng share most words; English is told from both.
fn is_in(words: &str, language: Language) -> bool {
    let letters = words.chars().filter(|c| c.is_alphabetic());
    let (latin, other): (Vec<char>, Vec<char>) =
        letters.partition(|c| c.is_ascii() || ('\u{c0}'..'\u{250}').contains(c));
    if other.len() > latin.len() || is_foreign(words) {
        return false;
    }
    if crate::words::words(words).len() < TELLING {
        return true;
    }
    let read = perceive(words, &Context::default());
    if !read.language_is_clear {
        return true;
    }
    match language {
        // "Pole! Maybe …": a word of comfort that every shop says makes no sentence Swahili.
        Language::En => {
            let other = read.evidence.swahili + read.evidence.sheng;
            read.langs.first() == Some(&Language::En) || read.evidence.english >= TELLING.max(2 * other)
        }
        Language::Sw | Language::Sheng => read.langs.first() != Some(&Language::En),
    }
}

/// Small words of languages that are written with the same letters, and are no words of these three.
const FOREIGN: [&str; 44] = [
    "vous", "nous", "les", "des", "est", "pour", "avec", "dans", "votre", "cette", "très", "pas", // French
    "und", "der", "das", "ist", "nicht", "sie", "wir", "für", "eine", "auch", // German
    "los", "las", "para", "por", "usted", "nuestro", "pero", "muy", "este", "con", // Spanish
    "você", "não", "uma", "são", "muito", "nossa", // Portuguese
    "che", "sono", "della", "gli", "molto", "questo", // Italian
];

/// Whether several of them are among the words.
fn is_foreign(words: &str) -> bool {
    const SEVERAL: usize = 3;
    const PART: usize = 8;
    let words: Vec<String> = words.split(|c: char| !c.is_alphabetic()).map(str::to_lowercase).collect();
    let foreign = words.iter().filter(|word| FOREIGN.contains(&word.as_str())).count();
    foreign >= SEVERAL && foreign * PART >= words.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_in_the_language_of_the_customer() {
        let english = "The Amani dress would look lovely at a wedding, and it is light enough for the sun.";
        let swahili = "Gauni la Amani litakupendeza sana kwenye harusi, na ni jepesi kwa jua.";
        let sheng = "Hiyo dress ya Amani itakubamba vibaya hiyo wedding, na si nzito buda.";
        assert_eq!(check(english, Language::En), Ok(()));
        let comforts = "Pole! Maybe the Blue Floral at KES 2,500 would make you smile.";
        assert_eq!(check(comforts, Language::En), Ok(()));
        assert_eq!(check(english, Language::Sw), Err(Unfit::Language));
        assert_eq!(check(english, Language::Sheng), Err(Unfit::Language));
        assert_eq!(check(swahili, Language::Sw), Ok(()));
        assert_eq!(check(swahili, Language::En), Err(Unfit::Language));
        assert_eq!(check(sheng, Language::Sheng), Ok(()));
        assert_eq!(check(sheng, Language::En), Err(Unfit::Language));
        for foreign in [
            "Cette robe est très belle pour un mariage, et elle va avec les chaussures.",
            "Das Kleid ist sehr schön für eine Hochzeit und nicht zu warm.",
            "Este vestido es muy bonito para una boda y va con los zapatos.",
            "Este vestido é muito bonito para uma festa, você não acha?",
            "Questo vestito è molto bello, e le scarpe sono della stessa tinta, che ne dici?",
        ] {
            assert!(Language::ALL.iter().all(|own| check(foreign, *own) == Err(Unfit::Language)), "{foreign}");
        }
        assert_eq!(check("Это платье прекрасно подойдёт для свадьбы", Language::En), Err(Unfit::Language));
    }

    #[test]
    fn words_are_for_a_person() {
        assert_eq!(check("  \n", Language::En), Err(Unfit::Empty));
        assert_eq!(check("👍", Language::En), Err(Unfit::Empty));
        assert_eq!(check(&"very nice ".repeat(100), Language::En), Err(Unfit::TooLong));
        assert_eq!(check(r#"{"reply_text": "hello there"}"#, Language::En), Err(Unfit::NoProse));
        assert_eq!(check("<data name=\"products\">D1 | Red | 2800</data>", Language::En), Err(Unfit::NoProse));
    }
}
