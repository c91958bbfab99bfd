//! The sales policy: what a message makes happen. Pure.
//!
//! A turn has two halves. First every wish of every message is served, in order: state changes, facts are said.
//! Then, from the state alone, the one question is chosen that ends the reply ([`finish`]): a size that is
//! missing, the next step of the checkout, or what was asked before and not answered.

mod alongside;
mod answers;
mod attending;
mod beyond;
mod booking;
mod cart;
mod case_words;
mod changing;
mod checkout;
mod choosing;
mod comparing;
mod consent;
mod cues;
mod documents;
mod failing;
mod finding;
mod fitting;
mod gap;
mod gifts;
mod guarding;
mod inquiries;
mod items;
mod knowledge;
mod leaving;
mod meant;
mod memory;
mod naming;
mod numbers;
mod open;
mod orders;
mod others;
mod overruled;
mod payment;
pub(crate) mod people;
mod pictures;
mod pieces;
mod questions;
mod read_back;
mod reading;
mod receiving;
mod reference;
mod refining;
mod restoring;
mod returns;
mod said;
mod search;
mod sense;
mod serving;
mod shop_info;
mod sizing;
mod speaking;
mod standing;
mod swapping;
mod taking_off;
#[cfg(test)]
pub(crate) mod tests;
mod waiting;
mod wanting;

use std::sync::Arc;

pub use self::{failing::set_aside, open::Open};

use duka_kernel::{Language, ProductId};
use duka_perception::{Intent, Mood, Perception};
use duka_shop::{delivery, knowledge::Embedding, places};
use duka_vision::ImageFeatures;
use serde::Serialize;

use crate::{
    desk::Desk,
    dialogue::{Dialogue, Question, Stage},
    effect::{Effect, OwnerNews},
    model::Description,
    recall::Recall,
    say::Say,
    tools::{Sight, get_cart},
    words::{self, has_any},
};

pub(crate) use self::{comparing::by_name as products_named, reference::kind as products_of};

/// What arrived.
#[derive(Clone, PartialEq, Debug)]
pub enum Heard {
    /// Words; `quoted` is the product of the message replied to, if it showed one.
    Text {
        /// What they say.
        perception: Perception,
        /// Stock-keeping unit of the product in the quoted message.
        quoted: Option<String>,
    },
    /// Words that were heard in a voice note. What they would buy or change is read back before it is done.
    Spoken {
        /// The words, as they were heard.
        words: String,
        /// What they say.
        perception: Perception,
        /// Stock-keeping unit of the product in the quoted message.
        quoted: Option<String>,
    },
    /// A picture, kept, with or without words.
    Picture {
        /// What the words say.
        caption: Option<Perception>,
        /// What it looks like, if it could be looked at.
        seen: Option<Arc<ImageFeatures>>,
        /// What a model says that it shows, if one was asked and answered.
        described: Option<Arc<Description>>,
        /// Where a provider places it among its likes.
        placed: Option<Arc<Embedding>>,
    },
    /// A place on the map, with what the customer called it.
    Location {
        /// Name or address, if the message carried one.
        place: Option<String>,
        /// Degrees north and east.
        at: Option<(f64, f64)>,
    },
    /// A kind that cannot be read: `sticker`, `video`, `document`, `contacts`, `empty`.
    Unsupported(String),
    /// A voice note in which nothing was heard. People can listen to it.
    Unheard(Unheard),
    /// What words that were not understood are taken to mean by somebody else than the customer (see [`crate::model`]). It is
    /// served like words, but it is never a yes.
    Proposed {
        /// What the customer is taken to want.
        perception: Perception,
        /// Stock-keeping unit of the product it is about.
        product: Option<String>,
    },
}

/// Why nothing was heard in a voice note.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unheard {
    /// Nothing here can listen.
    Deaf,
    /// What can listen does not just now: it is down, too slow, or has cost what it may.
    NotNow,
    /// It is too long.
    TooLong,
    /// Nothing is said in it, or nothing that can be made out.
    Silent,
    /// It did not arrive, or is no recording.
    Broken,
}

/// What a message makes happen.
#[derive(Clone, PartialEq, Debug)]
pub struct Decision {
    /// The conversation afterwards.
    pub dialogue: Dialogue,
    /// What happens outside.
    pub effects: Vec<Effect>,
    /// What is said, in order. Empty only if nothing is to be said.
    pub says: Vec<Say>,
    /// The stages entered, in order; the last is the dialogue's.
    pub passed: Vec<Stage>,
    /// The language to answer in.
    pub language: Language,
    /// How the customer sounds.
    pub mood: Mood,
    /// Whether it rests on appointments that were not read: it is to be made again with [`Recall::diary`].
    pub needs_diary: bool,
    /// What it leaves open: nothing, if it is the whole answer.
    pub open: Option<Open>,
}

/// Decides on the messages of one burst, oldest first.
#[must_use]
pub fn decide(dialogue: &Dialogue, heard: &[Heard], recall: &Recall<'_>) -> Decision {
    match &dialogue.question {
        Question::Heard(asked) => read_back::decide(dialogue, asked, heard, recall),
        _ => decide_now(dialogue, heard, recall),
    }
}

fn decide_now(dialogue: &Dialogue, heard: &[Heard], recall: &Recall<'_>) -> Decision {
    let mut desk = Desk::open(dialogue, recall);
    gap::let_go_of_old_questions(&mut desk);
    gap::notice(&mut desk);
    if !matches!(desk.pending, Question::ProductChoice | Question::Variant) {
        desk.dialogue.later.clear();
    }
    waiting::say_what_came_back(&mut desk);
    let misunderstood = desk.dialogue.misunderstood;
    let alone = heard.len() == 1;
    for item in heard {
        hear(&mut desk, item, alone);
    }
    if desk.dialogue.misunderstood == misunderstood && !heard.is_empty() {
        desk.dialogue.misunderstood = 0;
    }
    finish(&mut desk);
    if desk.says.is_empty() && desk.asking.is_none() && !heard.is_empty() {
        desk.say(Say::WhatNext { cart_waiting: !desk.dialogue.cart.is_empty() });
    }
    let open = open::of(&desk, heard);
    introduce(&mut desk);
    desk.dialogue.turns = desk.dialogue.turns.saturating_add(1);
    desk.dialogue.last_heard = Some(recall.now);
    Decision { open, ..desk.close() }
}

fn hear(desk: &mut Desk<'_>, item: &Heard, alone: bool) {
    desk.next_message();
    match item {
        Heard::Text { perception, quoted } => {
            let quoted = quoted.as_deref().and_then(|sku| desk.recall.catalogue.by_sku(sku)).map(|p| p.id);
            text(desk, perception, quoted);
        }
        Heard::Spoken { words, perception, quoted } => read_back::spoken(desk, words, perception, quoted.as_deref()),
        Heard::Unheard(why) => unheard(desk, *why),
        Heard::Proposed { perception, product } => {
            let product = product.as_deref().and_then(|sku| desk.recall.catalogue.by_sku(sku)).map(|p| p.id);
            guarding::take_no_yes(desk);
            text(desk, perception, product);
        }
        Heard::Picture { caption, seen, described, placed } => {
            let sight =
                seen.as_deref().map(|seen| Sight { seen, described: described.as_deref(), placed: placed.as_deref() });
            pictures::picture(desk, caption.as_ref(), sight);
        }
        Heard::Location { place, at } => located(desk, place.as_deref(), *at),
        Heard::Unsupported(kind) if alone || kind != "sticker" => desk.say(Say::Unsupported { kind: kind.clone() }),
        Heard::Unsupported(_) => {}
    }
}

/// The customer is asked to type it, and the owner hears once a day that there is something to listen to.
fn unheard(desk: &mut Desk<'_>, why: Unheard) {
    const TOLD_HOURS: i64 = 24;
    desk.say(Say::Unheard { why });
    let now = desk.recall.now;
    if desk.dialogue.unheard_at.is_none_or(|told| now.millis_since(told) >= TOLD_HOURS * 3_600_000) {
        desk.dialogue.unheard_at = Some(now);
        desk.effect(Effect::TellOwner(OwnerNews::Unheard));
    }
}

/// A place on the map is an address if one is awaited or there is something to send; otherwise what it would cost.
fn located(desk: &mut Desk<'_>, place: Option<&str>, at: Option<(f64, f64)>) {
    let area = at.and_then(|(latitude, longitude)| places::area_at(latitude, longitude));
    let known = |place: &str| {
        let areas = delivery::areas_known(desk.recall.shop);
        areas.iter().any(|area| has_any(place, &[&words::words(area).join(" ")]))
    };
    let pin = at.map_or_else(String::new, |(latitude, longitude)| format!(" ({latitude:.5}, {longitude:.5})"));
    match (place, area) {
        (Some(place), Some(area)) if !known(place) => checkout::place_given(desk, &format!("{place}, {area}")),
        (Some(place), _) => checkout::place_given(desk, place),
        // The rider finds the point; the customer sees the area in the summary and can correct it.
        (None, Some(area)) => checkout::place_given(desk, &format!("{area}{pin}")),
        (None, None) => desk.ask(Question::Address, Say::AddressUnclear),
    }
}

fn text(desk: &mut Desk<'_>, perception: &Perception, quoted: Option<ProductId>) {
    speaking::note_language(desk, perception);
    if perception.mood == Mood::Angry || desk.mood == Mood::Neutral {
        desk.mood = perception.mood;
    }
    desk.plain_yes = guarding::is_plain_yes(&desk.pending, perception) && consent::is_plain_yes(desk, perception);
    if guarding::refuses(desk, perception)
        || knowledge::phrase(desk, perception)
        || leaving::stops(desk, perception)
        || consent::lets_it_rest(desk, perception)
        || memory::introduces(desk, perception)
    {
        return;
    }
    let beside = consent::beside_a_yes(desk, perception);
    let perception = beside.as_ref().unwrap_or(perception);
    let together = pieces::together(desk, perception)
        .or_else(|| comparing::together(desk, perception))
        .or_else(|| documents::together(desk, perception))
        .or_else(|| booking::moved_at_once(desk, perception))
        .or_else(|| booking::first_of_two(desk, perception))
        .or_else(|| fitting::together(perception))
        .or_else(|| beyond::whole(perception));
    let wishes = together.as_ref().map_or_else(|| reading::to_serve(desk, perception), |wish| vec![wish]);
    gifts::note(desk, perception);
    memory::note(desk, perception);
    let closing = wishes.iter().any(|w| matches!(w.intent, Intent::Checkout | Intent::Pay | Intent::GiveAddress));
    let adds = wishes.len() > 1 && wishes.iter().any(|w| w.intent == Intent::AddToCart);
    alongside::takes_the_offered(desk, perception, &wishes);
    let apart = if let [only] = wishes[..] { alongside::apart(desk, only) } else { None };
    let wishes = apart.as_ref().map_or(wishes, |apart| apart.iter().collect());
    for wish in wishes {
        if sense::is_an_echo(desk, perception, wish) {
            continue;
        }
        let mut wish = naming::in_own_terms(desk, wish);
        wish = refining::without_unwanted(wish);
        reading::within_budget(desk, &mut wish, perception);
        wish = sense::plausible(desk, perception, overruled::overruled(desk, wish));
        wish.intent = reading::in_company(&wish, closing, adds, &desk.pending);
        if let Some(wanted) = sense::wanted_beside(perception, &wish) {
            serving::serve(desk, &wanted, quoted);
        }
        let wish = &wish;
        said::note(desk, wish);
        serving::hold_to_the_price(desk, wish);
        let served = orders::number_for_the_team(desk, wish)
            || changing::of_paid(desk, wish)
            || beyond::serve(desk, wish)
            || questions::about_property(desk, wish)
            || booking::takes(desk, wish)
            || receiving::noted(desk, wish)
            || taking_off::wants_a_word(desk, wish)
            || taking_off::uses_code(desk, wish)
            || taking_off::serve(desk, wish)
            || restoring::puts_back(desk, wish)
            || swapping::swaps(desk, wish)
            || cart::keeps_only(desk, wish)
            || sense::changes_a_size(desk, wish)
            || reading::answers_what_was_asked(desk, wish);
        if !served {
            serving::serve(desk, wish, quoted);
        }
        serving::take_along(desk, wish);
    }
    if beside.is_some() {
        consent::ask_again(desk);
    }
}

/// Chooses the question that ends the reply, from what is open now.
fn finish(desk: &mut Desk<'_>) {
    if desk.effects.iter().any(|effect| matches!(effect, Effect::HandOff { .. })) {
        (desk.asking, desk.held) = (None, None);
        desk.dialogue.question = Question::None;
        return;
    }
    if desk.quiet {
        let_go_unasked(desk);
    }
    standing::let_go_of_second(desk);
    if desk.pending == Question::ClearCart
        && desk.dialogue.question != Question::ClearCart
        && !desk.dialogue.cart.is_empty()
    {
        // Something else was said: the cart stays, and that is said.
        desk.says.insert(0, Say::Kept);
    }
    desk.asking = desk.asking.take().or_else(|| desk.held.take());
    if desk.asking.is_some() || desk.quiet || sizing::ask_next(desk) || choosing::ask_later(desk) {
        return;
    }
    if desk.dialogue.then_checkout && !desk.dialogue.cart.is_empty() {
        return checkout::advance(desk);
    }
    let waiting = !desk.dialogue.cart.is_empty();
    match desk.dialogue.question {
        Question::None if desk.added && waiting => ask_next_step(desk),
        Question::CartNext if waiting => ask_next_step(desk),
        Question::BookingConfirm => booking::ask_again(desk),
        Question::ClearCart | Question::CartLine { .. } | Question::Pieces { .. } | Question::Quantity(_)
            if waiting =>
        {
            ask_next_step(desk)
        }
        // Where to, with nothing to send any more: not waited for.
        Question::Address if !waiting && desk.dialogue.wanted.is_empty() && desk.pending == Question::Address => {
            desk.dialogue.question = Question::None;
        }
        Question::CancelOrder(order) => desk.dialogue.question = Question::Payment(order),
        Question::ClearCart | Question::CartNext | Question::Summary { .. } | Question::CancelBooking(_) => {
            desk.dialogue.question = Question::None;
        }
        _ => {}
    }
}

/// A reply that ends without the question that was open: a yes to come must not order, empty or cancel anything.
fn let_go_unasked(desk: &mut Desk<'_>) {
    if desk.asking.is_some() || desk.says.iter().any(|say| matches!(say, Say::Again { .. })) {
        return;
    }
    desk.dialogue.question = match desk.dialogue.question.clone() {
        Question::CancelOrder(order) => Question::Payment(order),
        Question::BookingConfirm => Question::Appointment,
        Question::CancelBooking(_) => Question::None,
        Question::Summary { .. } | Question::ClearCart if !desk.dialogue.cart.is_empty() => {
            desk.dialogue.then_checkout = false;
            desk.enter(Stage::Cart);
            Question::CartNext
        }
        question => question,
    };
}

fn ask_next_step(desk: &mut Desk<'_>) {
    let quote = get_cart(desk).map(|(_, quote)| quote);
    let subtotal = quote.and_then(|q| q.subtotal.checked_sub(q.discount).ok()).unwrap_or_else(|| desk.subtotal());
    desk.ask(Question::CartNext, Say::AskNext { subtotal });
    if desk.dialogue.stage < Stage::Cart || desk.dialogue.stage > Stage::Payment {
        desk.enter(Stage::Cart);
    }
}

/// The first reply says that this is the shop's assistant.
fn introduce(desk: &mut Desk<'_>) {
    if desk.dialogue.introduced || (desk.says.is_empty() && desk.asking.is_none()) {
        return;
    }
    desk.dialogue.introduced = true;
    // Who is passed on to a person at once has no use for it.
    if !desk.effects.iter().any(|effect| matches!(effect, Effect::HandOff { .. })) {
        desk.says.insert(0, Say::Introduction);
    }
}
