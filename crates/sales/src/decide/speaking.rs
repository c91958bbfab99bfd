//! In which language the answer is: that of the customer's sentences, kept until a sentence is clearly in another.

use duka_kernel::Language::{self, En, Sheng, Sw};
use duka_perception::{Context, Evidence, Intent, Perception, Slots, Wish, perceive};

use super::{choosing, cues::PUTS_IN, inquiries, people};
use crate::{
    desk::Desk,
    dialogue::Question,
    effect::{CustomerChange, Effect},
    say::{Because, Say},
    words::words,
};

/// From so many words of Swahili on, with none of Sheng among them, a Sheng conversation has become a Swahili one.
const LONG: usize = 9;

/// Answers in the language the customer writes, unless they asked for one.
pub(super) fn note_language(desk: &mut Desk<'_>, perception: &Perception) {
    let customer = desk.recall.customer;
    if customer.language_pinned && customer.language.is_some() || !perception.language_is_clear {
        return;
    }
    if customer.language.is_some() && is_bare_answer(perception) {
        return;
    }
    let Some(language) = spoken(customer.language, perception) else { return };
    desk.language = language;
    desk.effects.retain(|effect| !matches!(effect, Effect::Customer(CustomerChange::Language(_))));
    if customer.language != Some(language) {
        desk.effect(Effect::Customer(CustomerChange::Language(language)));
    }
}

/// "Yes", "no, thanks", "M please", the name of a place: said in any language, so it changes none.
fn is_bare_answer(perception: &Perception) -> bool {
    use Intent::{Affirm, ChooseSize, Deny, DiscountCoupon, GiveAddress, RepeatUnclear, SelectOption};
    let answers = |w: &Wish| match w.intent {
        Affirm | Deny | ChooseSize | DiscountCoupon | SelectOption => words(&w.text).len() <= 2,
        GiveAddress => w.slots.address.as_deref().is_some_and(|place| place.trim() == w.text.trim()),
        // Letters without a meaning are in no language.
        RepeatUnclear => !people::asks_to_repeat(&w.text),
        _ => false,
    };
    perception.wishes.iter().all(answers)
}

/// The language of a message from somebody who spoke `before`; none if the message shows none.
fn spoken(before: Option<Language>, perception: &Perception) -> Option<Language> {
    let heard = *perception.langs.first()?;
    let Evidence { english, swahili, sheng, street, polite, unknown } = perception.evidence;
    let local = swahili + sheng + street;
    if english + local == 0 {
        // Only a hello.
        return before.is_none().then_some(heard);
    }
    let stays = |changes: bool, to: Language| if changes { Some(to) } else { before };
    match (before, heard) {
        // A hello of one language before a sentence of another.
        (None, Sw | Sheng) if local == 0 => Some(En),
        (None, En) if english == 0 || local > english => Some(Sw),
        (None, Sheng) => {
            // "Nataka kubook ijumaa saa sita mchana": one word of the street among many makes no Sheng.
            // Nor does one loan word, nor plain Swahili that somehow sounds like it.
            let loans = street + english.saturating_sub(usize::from(street == 0));
            let mixed = loans > 0 && (3 * loans >= swahili || swahili < 3);
            Some(if sheng > 0 || polite == 0 && (mixed || swahili < 3 && unknown > 0) { Sheng } else { Sw })
        }
        (None, Sw) if sheng > 0 && polite == 0 => Some(Sheng),
        (None, heard) => Some(heard),
        // What is everybody's word in Nairobi makes no Sheng of a Swahili sentence.
        (Some(Sw), Sw) => stays(sheng > 0 && polite == 0, Sheng),
        (Some(Sw), Sheng) => {
            stays((sheng > 0 || english > 1 && english >= swahili || street > 0 && english > 0) && polite == 0, Sheng)
        }
        // A Sheng sentence is built on Swahili: without a word of Sheng it is still one, unless it goes on for long.
        (Some(Sheng), Sw) => stays(polite > 0 && swahili > 1 || swahili >= LONG && street == 0, Sw),
        // "Finish", "view cart" and "show me total" are words of the shop, in every language.
        (Some(Sw | Sheng), En) => stays(local == 0 && english > 2, En),
        // "Ok nipe one", "lipa later": a word among English ones.
        (Some(En), Sw) => stays(swahili > 1 && swahili >= english || polite > 0, Sw),
        (Some(En), Sheng) => stays(local > 1 && local > english, if sheng > 0 { Sheng } else { Sw }),
        (Some(_), heard) => Some(heard),
    }
}

/// "Kiswahili tena tafadhali, weka brown tote": what is to be put in the cart beside it.
fn wanted_beside_language(wish: &Wish) -> Option<Wish> {
    let at = PUTS_IN.iter().filter_map(|word| find_word(&wish.text, word)).min()?;
    let heard = perceive(wish.text.get(at..)?, &Context::default());
    let wants = heard.intent == Intent::AddToCart && !heard.slots.product.is_empty();
    wants.then(|| Wish {
        intent: Intent::AddToCart,
        confidence: heard.confidence,
        slots: heard.slots,
        text: wish.text.get(at..).unwrap_or_default().to_owned(),
    })
}

/// Where a word begins in a text.
fn find_word(text: &str, word: &str) -> Option<usize> {
    let lower = text.to_ascii_lowercase();
    let bounded = |at: &usize| {
        let before = lower.get(..*at).and_then(|before| before.chars().next_back());
        let after = lower.get(at + word.len()..).and_then(|after| after.chars().next());
        before.is_none_or(|c| !c.is_alphanumeric()) && after.is_none_or(|c| !c.is_alphanumeric())
    };
    lower.match_indices(word).map(|(at, _)| at).find(bounded)
}

/// Answers in the language asked for from now on.
pub(super) fn change_language(desk: &mut Desk<'_>, wish: &Wish) {
    let Some(to) = wish.slots.language else { return people::not_understood(desk, &wish.text) };
    desk.language = to;
    desk.effects.retain(|effect| !matches!(effect, Effect::Customer(CustomerChange::Language(_))));
    desk.effect(Effect::Customer(CustomerChange::PinLanguage(to)));
    desk.say(Say::LanguageChanged { to });
    if let Some(wanted) = wanted_beside_language(wish) {
        return choosing::buy(desk, &wanted, None);
    }
    // What they could not read, in their language now.
    let shown = desk.dialogue.shown.clone();
    let looking = matches!(desk.pending, Question::ProductChoice | Question::Take { .. });
    if looking && !shown.is_empty() && desk.dialogue.cart.is_empty() {
        desk.show(Because::Asked, &shown, None);
    } else if let (true, Some(product)) = (looking, desk.dialogue.focus) {
        inquiries::say_stock(desk, product, &Slots::default());
    }
}
