//! Which of the shop's services a message names.

use duka_kernel::ServiceId;
use duka_perception::Wish;
use duka_shop::Service;

use crate::{
    desk::Desk,
    words::{has_any, same_word, words},
};

/// Words in the names of services that do not tell one from another.
const COMMON: &[&str] = &[
    "session",
    "service",
    "services",
    "appointment",
    "booking",
    "custom",
    "personal",
    "event",
    "consultation",
    "visit",
    "full",
    "and",
    "with",
    "the",
    "for",
    "huduma",
];
/// What a word that tells services apart counts against one that does not.
const TELLING: usize = 3;

/// The services a message may mean.
pub(super) struct Named {
    /// None, one, or several that fit equally well.
    pub services: Vec<ServiceId>,
    /// Whether one of them is named in full, or by another name the shop gave it.
    pub is_strong: bool,
}

/// The services named in a message; where some were listed, those count first, and a word of a variant is enough.
pub(super) fn named(desk: &Desk<'_>, wish: &Wish) -> Named {
    let all = desk.recall.services;
    let arranged = desk.dialogue.booking.as_ref();
    let listed = arranged.map(|booking| booking.services.as_slice()).unwrap_or_default();
    let listed: Vec<&Service> = all.iter().filter(|service| listed.contains(&service.id)).collect();
    let chosen = arranged.and_then(|booking| booking.service).and_then(|id| all.iter().find(|s| s.id == id));
    if let Some(only) = by_variant(&listed, wish) {
        return Named { services: vec![only], is_strong: true };
    }
    if let Some(chosen) = chosen {
        // "Make it the long one": another variant of what is being arranged.
        let others: Vec<&Service> = all.iter().filter(|s| s.is_variant_of(chosen)).collect();
        if let Some(only) = by_variant(&others, wish) {
            return Named { services: vec![only], is_strong: true };
        }
    }
    best(all, wish)
}

/// The one of these whose variant is named, or that is called by a word which none of the others is called by.
fn by_variant(of: &[&Service], wish: &Wish) -> Option<ServiceId> {
    let said = words(&wish.text);
    let has_variant = |service: &&&Service| {
        let variant = service.terms.variant.as_deref().map(words).unwrap_or_default();
        let is_own = |word: &&String| of.iter().all(|s| s.id == service.id || !s.terms.also.contains(word));
        let by_name = !variant.is_empty() && variant.iter().all(|w| said.iter().any(|s| same_word(s, w)));
        let mut own = service.terms.also.iter().filter(is_own);
        by_name || of.len() > 1 && own.any(|also| has_any(&wish.text, &[&words(also).join(" ")]))
    };
    let mut fitting = of.iter().filter(has_variant);
    fitting.next().filter(|_| fitting.next().is_none()).map(|service| service.id)
}

fn best(services: &[Service], wish: &Wish) -> Named {
    // "Makeup ya harusi" names one in its own words; what else it may be for counts less.
    let text = words(&wish.text);
    let heard: Vec<Vec<String>> = wish.slots.service.iter().map(|s| words(&s.replace('_', " "))).collect();
    let in_its_words = |name: &&Vec<String>| name.iter().any(|word| text.contains(word));
    let literal: Vec<&Vec<String>> = heard.iter().filter(in_its_words).collect();
    let heard: Vec<&Vec<String>> = if literal.is_empty() { heard.iter().collect() } else { literal };
    let said: Vec<String> = heard.into_iter().flatten().cloned().chain(text.iter().cloned()).collect();
    let scored: Vec<(Score, &Service)> =
        services.iter().map(|service| (score(service, &said, &wish.text), service)).collect();
    let Some(best) = scored.iter().map(|(score, _)| *score).max().filter(|best| best.points > 0) else {
        return Named { services: Vec::new(), is_strong: false };
    };
    let fitting: Vec<&Service> =
        scored.iter().filter(|(score, _)| *score == best).map(|(_, service)| *service).collect();
    let services = match by_variant(&fitting, wish) {
        Some(only) => vec![only],
        None => fitting.iter().map(|service| service.id).collect(),
    };
    Named { services, is_strong: best.in_full }
}

/// How well a service fits what was said; of equal points the shorter name is meant.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Score {
    points: usize,
    in_full: bool,
    unsaid: std::cmp::Reverse<usize>,
}

fn score(service: &Service, said: &[String], text: &str) -> Score {
    let mut name = words(&service.name);
    name.sort_unstable();
    name.dedup();
    let is_said = |word: &String| said.iter().any(|s| same_word(s, word));
    let is_common = |word: &String| COMMON.contains(&word.as_str()) || word.len() < 3;
    let (common, telling): (Vec<String>, Vec<String>) = name.into_iter().partition(is_common);
    let told = telling.iter().filter(|word| is_said(word)).count();
    let shared = common.iter().filter(|word| word.len() > 3 && is_said(word)).count();
    let also = service.terms.also.iter().filter(|also| has_any(text, &[&words(also).join(" ")]));
    let also = also.map(|also| words(also).len()).max().unwrap_or(0);
    let code = has_any(text, &[&words(&service.code).join(" ")]);
    let points = (told.max(also) * TELLING + shared).max(if code { 10 * TELLING } else { 0 });
    let in_full = code || also > 0 || told > 0 && told == telling.len();
    Score { points, in_full, unsaid: std::cmp::Reverse(telling.len() - told) }
}
