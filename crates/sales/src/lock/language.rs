//! Whether a text is in the language the customer is answered in.

use duka_kernel::Language;
use duka_perception::{Context, perceive};

/// Fewer words than this say little about a language.
const FEW: usize = 6;

/// Whether a text is spoken in a language. A short text and one of names and numbers alone is in any; Sheng stands on
/// Swahili, so the two are let pass for each other.
#[must_use]
pub fn spoken_in(text: &str, language: Language) -> bool {
    let words = text.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic));
    if words.count() < FEW {
        return true;
    }
    let heard = perceive(text, &Context::default());
    let is_english = |language: &Language| *language == Language::En;
    match language {
        _ if !heard.language_is_clear => true,
        Language::En => heard.langs.first().is_some_and(is_english),
        Language::Sw | Language::Sheng => !heard.langs.iter().all(is_english),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_of_the_customer_is_told_from_another() {
        let english = "Here are three dresses you will love, which one shall I pack for you?";
        let swahili = "Hizi hapa nguo tatu utakazozipenda, nikuwekee ipi kati ya hizo?";
        let sheng = "Cheki hizi tatu zimeiva, gani imekubamba nikuwekee kwa cart?";
        for (text, fits) in
            [(english, [true, false, false]), (swahili, [false, true, true]), (sheng, [false, true, true])]
        {
            assert_eq!(Language::ALL.map(|language| spoken_in(text, language)), fits, "{text}");
        }
        for text in ["Sawa", "OK", "Zawadi Red Wrap Dress – KES 2,800"] {
            assert!(Language::ALL.iter().all(|language| spoken_in(text, *language)), "{text}");
        }
    }
}
