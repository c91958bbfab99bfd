//! What a model wrote down of a recording, and what of it was never said: models make sentences of silence and noise.

use crate::inbox::clean;

/// The most characters that are read of what was said.
const MOST: usize = 1_000;

/// Nobody says more characters than these, and so many more a second.
const AT_ONCE: u64 = 60;
const A_SECOND: u64 = 40;

/// So many words in which so few different ones come are a loop.
const LOOP: (usize, usize) = (10, 5);

/// What is written down where nothing is said: of films that models have learnt from.
const OF_FILMS: &[&str] = &[
    "thanks for watching",
    "thank you for watching",
    "thank you so much for watching",
    "thank you very much for watching",
    "thanks for listening",
    "thank you for listening",
    "see you in the next video",
    "please subscribe",
    "dont forget to subscribe",
    "subscribe to my channel",
    "subscribe to our channel",
    "like and subscribe",
    "like comment and subscribe",
    "amara org",
    "subtitles by",
    "captions by",
    "transcribed by",
    "translated by",
    "asante kwa kutazama",
    "asanteni kwa kutazama",
    "asante kwa kuangalia video",
    "asante kwa kusikiliza",
];

/// A text of a film in at most so many words was never said.
const OF_FILMS_WORDS: usize = 14;

/// Whole texts that say that nothing is said, or are what noise is taken for.
const NOTHING: &[&str] = &[
    "you",
    "the",
    "so",
    "uh",
    "um",
    "hm",
    "hmm",
    "mm",
    "mhm",
    "ah",
    "oh",
    "silence",
    "music",
    "applause",
    "noise",
    "background noise",
    "inaudible",
    "blank audio",
    "no speech",
    "no speech detected",
    "no audio",
    "nothing is said",
    "nothing",
    "there is no speech in this recording",
    "the recording is silent",
    "the audio is silent",
    "unintelligible",
];

/// What was said in a recording of so many milliseconds, if anything was. `keywords` are the names that the model was told.
pub(crate) fn spoken(written: &str, millis: u64, keywords: &[String]) -> Option<String> {
    let text = clean(written.trim(), MOST);
    let text = text.trim();
    let words = words(&without_notes(text));
    let joined = words.join(" ");
    let longest = AT_ONCE + A_SECOND * millis / 1_000;
    let made_up = words.is_empty()
        || NOTHING.contains(&joined.as_str())
        || (words.len() <= OF_FILMS_WORDS && OF_FILMS.iter().any(|of| holds(&joined, of)))
        || is_loop(&words)
        || written.trim().chars().count() as u64 > longest
        || is_told(&joined, keywords);
    (!made_up).then(|| text.to_owned())
}

fn holds(text: &str, phrase: &str) -> bool {
    format!(" {text} ").contains(&format!(" {phrase} "))
}

/// `[Music]`, `(coughs)`, `*laughs*`: about the recording, not in it.
fn without_notes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut closing = None;
    for c in text.chars() {
        match (closing, c) {
            (Some(end), c) if c == end => closing = None,
            (Some(_), _) => {}
            (None, '[') => closing = Some(']'),
            (None, '(') => closing = Some(')'),
            (None, '*') => closing = Some('*'),
            (None, c) => out.push(c),
        }
    }
    // What is opened and never closed is no note.
    if closing.is_some() { text.to_owned() } else { out }
}

fn words(text: &str) -> Vec<String> {
    let plain: String = text.to_lowercase().replace(['\'', '\u{2019}'], "");
    plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// "no no no no …": the same few words over and over.
fn is_loop(words: &[String]) -> bool {
    let mut different: Vec<&String> = words.iter().collect();
    different.sort();
    different.dedup();
    words.len() >= LOOP.0 && different.len() <= words.len() / LOOP.1
}

/// The names that the model was told, told back in their order.
fn is_told(joined: &str, keywords: &[String]) -> bool {
    const AT_LEAST: usize = 3;
    if keywords.len() < AT_LEAST {
        return false;
    }
    let told: Vec<String> = keywords.iter().map(|name| words(name).join(" ")).collect();
    let told = told.join(" ");
    let first = keywords.iter().take(AT_LEAST).map(|name| words(name).join(" ")).collect::<Vec<_>>().join(" ");
    joined.starts_with(&first) && told.starts_with(joined.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(text: &str) -> Option<String> {
        let keywords = ["Red Wrap Dress", "Blue Dera", "Brown Tote"].map(str::to_owned);
        spoken(text, 4_000, &keywords)
    }

    #[test]
    fn what_people_say_is_heard() {
        for text in [
            "Nataka ile dress red size M, mnatuma Westlands?",
            "Do you have the red wrap dress in medium?",
            "Yes.",
            "Ndio",
            "No, no, no, the black one please",
            "Thank you.",
            "Mbili",
            "Thank you for the dress I bought, now I want to subscribe to nothing, just show me shoes under two thousand",
            "Red wrap dress na blue dera",
        ] {
            assert_eq!(heard(text).as_deref(), Some(text));
        }
    }

    #[test]
    fn what_models_make_of_silence_is_not() {
        for text in [
            "",
            "   ",
            "...",
            "♪♪♪",
            "[Music]",
            "(silence)",
            "*coughs* [BLANK_AUDIO]",
            "Thanks for watching!",
            "Thank you so much for watching, see you in the next video. Bye!",
            "Don't forget to like and subscribe.",
            "Subtitles by the Amara.org community",
            "Asante kwa kutazama",
            "you",
            "Hmm.",
            "no no no no no no no no no no no no",
            "Red Wrap Dress, Blue Dera, Brown Tote",
            "There is no speech in this recording.",
        ] {
            assert_eq!(heard(text), None, "{text}");
        }
        assert_eq!(
            heard(&"I would like to buy the red dress and also this and that. ".repeat(20)),
            None,
            "in four seconds"
        );
    }

    #[test]
    fn what_is_heard_is_bounded_and_plain() {
        let long = spoken(&"nataka viatu vyekundu vya mtoto wangu ".repeat(100), 180_000, &[]);
        assert!(long.is_none(), "a loop");
        let varied: String = (0..900).map(|n| format!("neno{n} ")).collect();
        assert_eq!(spoken(&varied, 180_000, &[]).map(|text| text.chars().count() <= MOST), Some(true));
        assert_eq!(heard("ni\u{202e}taka").as_deref(), Some("nitaka"));
        assert_eq!(heard("the dress (the red one").as_deref(), Some("the dress (the red one"));
    }
}
