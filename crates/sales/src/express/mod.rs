//! Putting facts into words: templates per language, in the shop's voice.

use duka_kernel::Language;
use duka_perception::Mood;
use duka_shop::ShopProfile;

use crate::{reply::Reply, say::Say};

/// How to say it.
#[derive(Clone, Copy, Debug)]
pub struct Voice<'a> {
    /// Whose voice.
    pub shop: &'a ShopProfile,
    /// In which language.
    pub language: Language,
    /// To someone in which mood: no emoji and no jokes to the angry.
    pub mood: Mood,
    /// Varies the wording; the same seed gives the same words.
    pub seed: u64,
    /// The shop's time zone, for dates and times.
    pub zone: &'a jiff::tz::TimeZone,
    /// Now, for "today" and "tomorrow".
    pub now: duka_kernel::Timestamp,
}

/// Puts what is to be said into words and parts.
#[must_use]
pub fn express(says: &[Say], voice: &Voice<'_>) -> Reply {
    let _ = (says, voice);
    Reply::default()
}
