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
/// What a garment has or is, asked of the one that is talked of.
const TRAITS: &[&str] = &[
    "pocket",
    "pockets",
    "mifuko",
    "mfuko",
    "sleeve",
    "sleeves",
    "mikono",
    "length",
    "urefu",
    "zip",
    "zipu",
    "buttons",
    "vifungo",
    "belt",
    "collar",
    "kola",
    "heel",
    "kisigino",
    "material",
    "fabric",
    "kitambaa",
    "cotton",
    "pamba",
    "silk",
    "leather",
    "ngozi",
    "lined",
    "lining",
    "stretch",
    "inavutika",
    "laptop",
    "hood",
    "chain",
    "strap",
    "straps",
    "slit",
];
/// Words for the cloth itself, which a description names without them.
const CLOTH: &[&str] = &["material", "fabric", "kitambaa", "made", "imetengenezwa"];
const CLOTHS: &[&str] = &[
    "cotton",
    "crepe",
    "fabric",
    "leather",
    "chiffon",
    "satin",
    "silk",
    "denim",
    "knit",
    "fleece",
    "velvet",
    "lace",
    "tulle",
    "linen",
    "wool",
    "polyester",
    "sisal",
    "stretch",
    "ribbed",
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
    const ANNOUNCES: &[&str] = &[
        "nina swali",
        "niko na swali",
        "nko na swali",
        "i have a question",
        "a quick question",
        "swali kuhusu",
        "kuuliza kuhusu",
    ];
    let all = words(text);
    if has_any(text, ANNOUNCES) && all.len() <= 8 {
        // The question is still to come.
        desk.say(Say::WhatNext { cart_waiting: false });
        desk.quiet = true;
        return true;
    }
    let asks = is_question(text);
    let about = telling_words(text).iter().any(|word| word.len() > 3 && !ASKING.contains(&word.as_str()));
    if !asks || !(has_any(text, ASKING) || has_any(text, MAKE)) || !about || all.len() < 3 {
        return false;
    }
    pass_on(desk, text)
}

/// Passes what is asked on to the team, if there is something it is about. Says whether there was.
pub(super) fn pass_on(desk: &mut Desk<'_>, text: &str) -> bool {
    if super::documents::own_answer(desk, text) {
        return true;
    }
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

/// Whether words ask: by their mark, or by how they begin.
pub(super) fn is_question(text: &str) -> bool {
    let begins = || words(text).first().is_some_and(|word| ASKING.contains(&word.as_str()));
    text.trim_end().ends_with('?') || begins()
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
        None => super::documents::own_answer(desk, &wish.text) || ask_team(desk, &wish.text),
    }
}

/// "Does it have pockets?", "ina mikono mirefu", "ina urefu gani" of what is talked of: its description, if it tells; else
/// the team. Says whether it was such a question.
pub(super) fn about_trait(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    const OF_IT: &[&str] = &[
        "it", "they", "that", "this", "the", "is", "does", "ina", "zina", "ni", "hiyo", "hii", "iko", "kina", "lina",
        "have",
    ];
    const MOST: usize = 9;
    let slots = &wish.slots;
    let acts =
        matches!(wish.intent, Intent::AddToCart | Intent::RemoveFromCart | Intent::Checkout | Intent::GiveAddress);
    let several = desk.dialogue.focus.is_none() && desk.dialogue.wanted.is_empty();
    let other =
        !slots.ordinal.is_empty() || !slots.size.is_empty() || !slots.colour.is_empty() || slots.price_max.is_some();
    let said = words(&wish.text);
    let asks = has_any(&wish.text, TRAITS) || has_any(&wish.text, CLOTH);
    if acts || several || other || said.len() > MOST || !asks || !has_any(&wish.text, OF_IT) {
        return false;
    }
    let at_hand = desk.dialogue.focus.or(desk.dialogue.wanted.first().map(|wanted| wanted.product));
    let Some(product) = at_hand.and_then(|id| desk.product(id)) else { return false };
    if !slots.product.is_empty()
        && super::reference::is_another_kind(desk, product.id, slots)
        && !has_any(&wish.text, &["it", "hiyo", "hii"])
    {
        return false;
    }
    let known = telling_words(&product.description);
    let tells = !desk.recall.catalogue.called_among(&wish.text, &[product.id]).is_empty()
        || (has_any(&wish.text, &["length", "urefu"])
            && has_any(&product.description, &["length", "knee", "floor", "maxi", "midi", "mini"]))
        || (has_any(&wish.text, CLOTH) && known.iter().any(|word| CLOTHS.contains(&word.as_str())));
    if tells {
        let (card, description) = (desk.card(product), product.description.clone());
        desk.say(Say::Details { card, description });
        super::choosing::under_discussion(desk, &[product.id]);
        return true;
    }
    super::knowledge::faq(desk, &wish.text) || ask_team(desk, &wish.text)
}

/// Something asked of the shop that only looked like small talk.
pub(super) fn about_the_shop(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    wish.confidence < UNSURE && has_any(&wish.text, TO_THE_SHOP) && ask_team(desk, &wish.text)
}
