//! How the customer sounds.

use crate::{Mood, lexicon::MOODS, normalise::Message};

/// The mood from words, capitals, repeated punctuation and pictograms.
pub(crate) fn mood(message: &Message<'_>) -> Mood {
    let hits = |kind: &str| {
        (0..message.tokens.len()).filter(|&i| MOODS.at(message, i).is_some_and(|f| f.value == kind)).count()
    };
    let (angry, playful) = (hits("angry"), hits("playful"));
    let words = message.tokens.iter().filter(|t| t.text.len() > 3 && t.text.starts_with(char::is_alphabetic));
    let (long, shouted) = words.fold((0, 0), |(all, caps), t| (all + 1, caps + usize::from(t.shouted)));
    let shouting = long >= 3 && shouted * 4 >= long * 3;
    let pressing = ["!!", "??", "?!", "!?"].iter().any(|marks| message.raw.contains(marks));
    if playful > angry {
        return Mood::Playful;
    }
    // pressing marks alone are eagerness; with capitals they are anger
    if angry > 0 || shouting && pressing { Mood::Angry } else { Mood::Neutral }
}
