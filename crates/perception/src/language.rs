//! Which languages a message is written in.
//!
//! The labelling rules: a Sheng word or Sheng grammar makes the message Sheng, whatever Swahili it stands on;
//! words that every Kenyan shop uses show nothing; English words beside Swahili or Sheng add English when they
//! form a phrase of their own.

use duka_kernel::Language;
use serde::{Deserialize, Serialize};

use crate::{lexicon::WORDS, normalise::Message};

/// What one word shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Shows {
    En,
    Sw,
    Sheng,
    /// Sheng by origin, and by now in everybody's Swahili: *sahii*, *mnadeliver*.
    Street,
    /// Used in every language, or a number.
    Nothing,
    /// On no list.
    Unknown,
}

/// Prefixes of a Swahili verb that Sheng puts before English verbs: *nimesend*, *kupick*, *ilifail*.
const VERB_PREFIXES: [&str; 44] = [
    "nime", "nita", "nili", "nina", "nika", "niki", "ume", "uta", "uli", "una", "ame", "ata", "ali", "ana", "tume",
    "tuta", "tuli", "tuna", "mme", "mta", "mli", "mna", "wame", "wata", "wana", "ime", "ita", "ili", "ina", "zime",
    "zita", "zili", "zina", "ku", "na", "ni", "hu", "si", "ha", "i", "a", "tu", "u", "m",
];

/// What each word of the message shows.
pub(crate) fn shown(message: &Message<'_>, kinds: &[Option<&'static str>]) -> Vec<Shows> {
    let mut shows = Vec::with_capacity(message.tokens.len());
    let mut i = 0;
    while i < message.tokens.len() {
        let (what, len) = word(message, i, kinds.get(i).copied().flatten());
        for _ in 0..len.min(message.tokens.len() - i) {
            shows.push(what);
        }
        i += len;
    }
    shows
}

fn word(message: &Message<'_>, i: usize, kind: Option<&'static str>) -> (Shows, usize) {
    let token = &message.tokens[i];
    let text = token.text.as_str();
    if !text.starts_with(char::is_alphabetic)
        || matches!(kind, Some("PHONE" | "RECEIPT" | "ORDERREF" | "COUPON" | "PLACE" | "SIZE"))
    {
        return (Shows::Nothing, 1);
    }
    if let Some(found) = WORDS.at(message, i) {
        let what = match found.value {
            "en" => Shows::En,
            "sw" => Shows::Sw,
            "sheng" => Shows::Sheng,
            "street" => Shows::Street,
            _ => Shows::Nothing,
        };
        // "soo", "thao" show Sheng even as money; English goods and colours show nothing
        let named = matches!(kind, Some("PRODUCT" | "COLOUR"));
        return (if named && what == Shows::En { Shows::Nothing } else { what }, found.len);
    }
    if text.len() == 1 {
        return (Shows::Nothing, 1);
    }
    if habitual(text) {
        return (Shows::Sheng, 1);
    }
    if clipped(text) {
        return (Shows::Street, 1);
    }
    if matches!(kind, Some("PRODUCT" | "COLOUR")) {
        return (Shows::Nothing, 1);
    }
    if swahili_verb(text) {
        return (Shows::Sw, 1);
    }
    (Shows::Unknown, 1)
}

/// The habitual *-anga*: *mnauzanga*, *hufunganga*.
fn habitual(word: &str) -> bool {
    word.len() >= 7
        && word.ends_with("anga")
        && VERB_PREFIXES.iter().any(|p| word.starts_with(p))
        && !matches!(
            word,
            "anapanga"
                | "mnapanga"
                | "kupanga"
                | "unapanga"
                | "tunapanga"
                | "ninapanga"
                | "nitapanga"
                | "kujipanga"
                | "mchanga"
                | "nimepanga"
                | "kuchanga"
                | "mnachanga"
        )
}

/// A Swahili prefix on an English verb.
fn clipped(word: &str) -> bool {
    VERB_PREFIXES.iter().any(|prefix| {
        let Some(stem) = word.strip_prefix(prefix) else { return false };
        // "uniconfirmie", "nitextie": an object and the applicative ending around the English verb
        if let Some(inner) = stem.strip_prefix("ni").unwrap_or(stem).strip_suffix("ie")
            && inner.len() >= 4
            && is_english_stem(inner)
        {
            return true;
        }
        let long = stem.len() >= if prefix.len() >= 3 { 3 } else { 4 };
        long && !stem.ends_with(['a', 'e', 'i', 'u'])
            | matches!(
                stem,
                "make"
                    | "change"
                    | "exchange"
                    | "close"
                    | "cancel"
                    | "like"
                    | "confirm"
                    | "charge"
                    | "reduce"
                    | "use"
                    | "replace"
                    | "update"
                    | "complete"
                    | "postpone"
                    | "receive"
                    | "dispatch"
                    | "negotiate"
                    | "reschedule"
                    | "come"
                    | "leave"
                    | "share"
                    | "give"
            )
            && is_english_stem(stem)
    })
}

fn is_english_stem(stem: &str) -> bool {
    let message = Message::read(stem);
    WORDS.at(&message, 0).is_some_and(|f| f.value == "en" || f.value == "neutral" && stem.len() >= 4)
        || [
            "checkout", "deliver", "cancel", "confirm", "order", "refund", "feel", "fit", "drop", "pick", "send",
            "pay", "book", "log", "test", "chat", "text", "push", "click", "bounce", "load", "hang", "fail", "land",
            "vibe", "adapt", "download", "prompt", "order",
        ]
        .contains(&stem)
}

/// Whom a wish is about, and for whom: *unitumie*, *uniletee*, *zifungeni*.
fn swahili_wish(word: &str) -> bool {
    let stem = ["uni", "mni", "utu", "mtu", "ni", "tu"].iter().find_map(|p| word.strip_prefix(p));
    stem.is_some_and(|stem| {
        stem.len() >= 4 && ["ie", "ee", "ishe", "eshe", "ieni", "eeni", "ikie", "lie"].iter().any(|e| stem.ends_with(e))
    })
}

/// Subject, tense, stem, vowel: a Swahili verb not on the list.
fn swahili_verb(word: &str) -> bool {
    if swahili_wish(word) {
        return true;
    }
    let vowel = word.ends_with(['a', 'e', 'i', 'u', 'o']);
    let subject = ["ni", "u", "a", "tu", "m", "wa", "i", "zi", "ki", "vi", "li", "ya", "si", "hatu", "ham", "ha"];
    let tense = ["na", "ta", "li", "me", "ki", "nge", "ka", "ja", "mesha", "si"];
    vowel
        && word.len() >= 6
        && (subject.iter().any(|s| {
            word.strip_prefix(s)
                .is_some_and(|rest| tense.iter().any(|t| rest.strip_prefix(t).is_some_and(|stem| stem.len() >= 2)))
        }) || word.starts_with("ku") && word.ends_with('a'))
}

/// A guess as sure as this is as good as a word that is known.
const SURE: f32 = 0.9;

/// The languages, main one first, and whether the words themselves show it. `guess` are the classifier's
/// probabilities of English, Swahili and Sheng as the main language.
pub(crate) fn languages(shows: &[Shows], guess: [f32; 3]) -> (Vec<Language>, bool) {
    let count = |what: Shows| shows.iter().filter(|s| **s == what).count();
    let (en, sw, sheng) = (count(Shows::En), count(Shows::Sw), count(Shows::Sheng) + count(Shows::Street));
    if en + sw + sheng + count(Shows::Unknown) == 0 {
        return (vec![Language::En], false);
    }
    let [p_en, p_sw, p_sheng] = guess;
    let longest_english = shows
        .split(|s| !matches!(s, Shows::En | Shows::Nothing))
        .map(|run| run.iter().filter(|s| **s == Shows::En).count())
        .max();
    let english_phrase = longest_english.unwrap_or(0) >= 2;
    // where every word is known Swahili, only the way they stand together can be Sheng
    let plain = sw > 0 && en + count(Shows::Unknown) == 0;
    let is_sheng = if sheng > 0 { p_sheng > 0.05 || sheng >= 2 } else { p_sheng > if plain { 0.92 } else { 0.62 } };
    let langs = if is_sheng && english_phrase {
        vec![Language::Sheng, Language::En]
    } else if is_sheng {
        vec![Language::Sheng]
    } else if sw > 0 && english_phrase {
        // who changes language in the middle began in the main one
        let first = shows.iter().find(|s| matches!(s, Shows::En | Shows::Sw));
        let english_first = first == Some(&Shows::En);
        if english_first { vec![Language::En, Language::Sw] } else { vec![Language::Sw, Language::En] }
    } else if en == 0 && sw > 0 {
        vec![Language::Sw]
    } else if sw == 0 && en > 0 && p_sw < 0.9 {
        vec![Language::En]
    } else if en > 0 && sw > 0 {
        vec![if en > 3 * sw && p_en > 0.5 { Language::En } else { Language::Sw }]
    } else if p_sw >= p_en.max(p_sheng) {
        vec![Language::Sw]
    } else {
        vec![if p_en >= p_sheng { Language::En } else { Language::Sheng }]
    };
    // Words that are on no list show a language only where they can hardly be of another.
    let shown = en + sw + sheng > 0 || guess.iter().any(|p| *p >= SURE);
    (langs, shown)
}

/// How many words of a message show which language; hellos and places left out.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Evidence {
    /// English.
    pub english: usize,
    /// Swahili.
    pub swahili: usize,
    /// Sheng and nothing else.
    pub sheng: usize,
    /// Sheng by origin, and by now in everybody's Swahili.
    pub street: usize,
    /// Of the Swahili those that hardly anybody says who speaks Sheng: *tafadhali*, *ningependa*.
    pub polite: usize,
    /// Words that are on no list.
    #[serde(default)]
    pub unknown: usize,
}

/// Hellos in any language, which everybody says before going on in their own.
const HELLOS: [&str; 23] = [
    "hi",
    "hello",
    "hey",
    "hae",
    "yo",
    "good",
    "morning",
    "afternoon",
    "evening",
    "sasa",
    "mambo",
    "vp",
    "vipi",
    "habari",
    "salaam",
    "salama",
    "shikamoo",
    "jambo",
    "hujambo",
    "ok",
    "okay",
    "sorry",
    "thanks",
];

/// Said in Swahili and hardly ever in Sheng.
const POLITE: [&str; 20] = [
    "tafadhali",
    "tafadhalini",
    "naomba",
    "ningependa",
    "ningetaka",
    "nahitaji",
    "ninahitaji",
    "samahani",
    "je",
    "saizi",
    "ndiyo",
    "shukrani",
    "asanteni",
    "kwaheri",
    "ninataka",
    "gauni",
    "magauni",
    "sketi",
    "vipimo",
    "miadi",
];

/// What the words show, counted.
pub(crate) fn evidence(message: &Message<'_>, shows: &[Shows]) -> Evidence {
    let mut seen = Evidence::default();
    let mut opening = true;
    for (i, what) in shows.iter().enumerate() {
        let text = message.word(i);
        opening = opening && HELLOS.contains(&text);
        if opening {
            continue;
        }
        match what {
            Shows::En => seen.english += 1,
            Shows::Sw => seen.swahili += 1,
            Shows::Sheng => seen.sheng += 1,
            Shows::Street => seen.street += 1,
            Shows::Unknown => seen.unknown += 1,
            Shows::Nothing => {}
        }
        seen.polite += usize::from(POLITE.contains(&text));
    }
    seen
}
