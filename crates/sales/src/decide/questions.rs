//! Questions that nothing the shop has said answers: the team is asked, nothing is invented.

use duka_perception::{Intent, Wish};

use super::reading::{GUESS, UNSURE};
use crate::{
    desk::Desk,
    effect::{Effect, OwnerNews, TaskDetail, TaskKind},
    say::Say,
    words::{has_any, same_word, telling_words, words},
};

/// So many questions of one conversation wait for the team at a time; more are not passed on before those are answered.
const WAITING: u8 = 3;

const ASKING: &[&str] = &[
    "what", "which", "how", "is", "are", "do", "does", "did", "can", "could", "will", "would", "where", "when", "why",
    "who", "whose", "je", "gani", "nini", "vipi", "ngapi", "lini", "wapi", "kwanini", "mbona", "mna", "mnauza",
    "mnafanya", "mnatoa", "naweza", "inaweza", "zinaweza", "huwa", "aje", "mko", "iko", "ziko", "mnaezana", "naeza",
    "inaeza", "mnaweza", "inafaa",
];
/// What goods are like, as opposed to which there are.
pub(super) const MAKE: &[&str] = &[
    "fabric",
    "material",
    "kitambaa",
    "stretch",
    "stretchy",
    "stretches",
    "lined",
    "lining",
    "wash",
    "washed",
    "machine",
    "washable",
    "fade",
    "inafua",
    "inapauka",
    "shrink",
    "original",
    "genuine",
    "fake",
    "made",
    "imetengenezwa",
    "zinatoka",
    "inatoka",
    "warranty",
    "guarantee",
    "waterproof",
    "thick",
    "heavy",
    "transparent",
    "itchy",
    "iron",
    "leather",
];
/// Said to a shop about itself.
const TO_THE_SHOP: &[&str] = &[
    "do you",
    "can you",
    "could you",
    "are you",
    "can i",
    "je mna",
    "mna",
    "mnauza",
    "mnafanya",
    "mnatoa",
    "mnaweza",
    "mko",
    "naweza",
    "naeza",
    "mnaeza",
    "inawezekana",
    "huwa mna",
];

/// Passes a question on to the team. Says whether it was one: words of asking, and something it is about.
pub(super) fn ask_team(desk: &mut Desk<'_>, text: &str) -> bool {
    let all = words(text);
    let asks = text.trim_end().ends_with('?') || all.first().is_some_and(|word| ASKING.contains(&word.as_str()));
    let about = telling_words(text).iter().any(|word| word.len() > 3 && !ASKING.contains(&word.as_str()));
    if !asks || !(has_any(text, ASKING) || has_any(text, MAKE)) || !about || all.len() < 3 {
        return false;
    }
    pass_on(desk, text)
}

/// Passes what is asked on to the team, if there is something it is about. Says whether there was.
pub(super) fn pass_on(desk: &mut Desk<'_>, text: &str) -> bool {
    if telling_words(text).is_empty() {
        return false;
    }
    desk.say(Say::AskTeam);
    if desk.dialogue.questions < WAITING {
        desk.dialogue.questions += 1;
        let about = desk.dialogue.focus.and_then(|id| desk.product(id)).map(|product| product.name.clone());
        let (items, said) = (about.iter().cloned().collect(), text.trim().to_owned());
        let detail = TaskDetail { items, said: said.clone(), ..TaskDetail::default() };
        desk.effect(Effect::OpenTask { kind: TaskKind::Question, order: None, detail });
        desk.effect(Effect::TellOwner(OwnerNews::Question { said, about }));
    }
    true
}

/// "Is the fabric stretchy?": the description if it says so, else the team.
pub(super) fn about_make(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    use Intent::{Availability, ImageSearchCaption, ProductSearch, RepeatUnclear, SizeAdvice, WholesaleInquiry};
    let taken_for = matches!(
        wish.intent,
        Availability | ImageSearchCaption | ProductSearch | RepeatUnclear | SizeAdvice | WholesaleInquiry
    );
    let taken_for = taken_for || wish.confidence < GUESS;
    let sure = wish.intent == ProductSearch && wish.confidence >= UNSURE && !wish.text.contains('?');
    if !taken_for || sure || !has_any(&wish.text, MAKE) || !wish.slots.size.is_empty() {
        return false;
    }
    let asked: Vec<String> = telling_words(&wish.text).into_iter().filter(|w| MAKE.contains(&w.as_str())).collect();
    let described = desk.dialogue.focus.and_then(|id| desk.product(id)).filter(|product| {
        let known = telling_words(&product.description);
        asked.iter().any(|word| known.iter().any(|known| same_word(known, word)))
    });
    match described {
        Some(product) => {
            let (card, description) = (desk.card(product), product.description.clone());
            desk.say(Say::Details { card, description });
            true
        }
        None => super::knowledge::faq(desk, &wish.text) || ask_team(desk, &wish.text),
    }
}

/// Something asked of the shop that only looked like small talk.
pub(super) fn about_the_shop(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    wish.confidence < UNSURE && has_any(&wish.text, TO_THE_SHOP) && ask_team(desk, &wish.text)
}
