//! The sales policy: what a message makes happen. Pure.
//!
//! A turn has two halves. First every wish of every message is served, in order: state changes, facts are said.
//! Then, from the state alone, the one question is chosen that ends the reply ([`finish`]): a size that is
//! missing, the next step of the checkout, or what was asked before and not answered.

mod answers;
mod cart;
mod checkout;
mod choosing;
mod gap;
mod orders;
mod payment;
mod people;
mod reference;
mod search;
mod shop_info;
mod sizing;
#[cfg(test)]
mod tests;

use duka_kernel::{Language, ProductId};
use duka_perception::{Intent, Mood, Perception, Wish};

use duka_shop::delivery;

use crate::{
    desk::Desk,
    dialogue::{Dialogue, Question, Stage},
    effect::{CustomerChange, Effect},
    recall::Recall,
    say::Say,
    words::{self, has_any},
};

/// Below this a reading is a guess.
const GUESS: f32 = 0.35;
/// Below this the shop's own answers are looked at first.
const UNSURE: f32 = 0.6;

const LAST_TIME: &[&str] = &[
    "same as last time",
    "same as before",
    "last order",
    "previous order",
    "same order",
    "order again",
    "reorder",
    "the usual",
    "kama ya last time",
    "kama last time",
    "kama kawaida",
    "kama ya mwisho",
    "kama ile ya mwisho",
    "what i bought last",
    "repeat my order",
    "repeat order",
    "ile order ya mwisho",
    "same thing again",
];
const ALSO: &[&str] = &["also", "too", "as well", "and", "na", "pia", "add", "ongeza", "plus"];

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
    /// A picture, kept, with or without words.
    Picture {
        /// What the words say.
        caption: Option<Perception>,
    },
    /// A place on the map, with what the customer called it.
    Location {
        /// Name or address, if the message carried one.
        place: Option<String>,
    },
    /// A kind that cannot be read: `voice`, `sticker`, `video`, `document`, `contacts`, `empty`.
    Unsupported(String),
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
}

/// Decides on the messages of one burst, oldest first.
#[must_use]
pub fn decide(dialogue: &Dialogue, heard: &[Heard], recall: &Recall<'_>) -> Decision {
    let mut desk = Desk::open(dialogue, recall);
    gap::notice(&mut desk);
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
    introduce(&mut desk);
    desk.dialogue.turns = desk.dialogue.turns.saturating_add(1);
    desk.dialogue.last_heard = Some(recall.now);
    desk.close()
}

fn hear(desk: &mut Desk<'_>, item: &Heard, alone: bool) {
    desk.next_message();
    match item {
        Heard::Text { perception, quoted } => {
            let quoted = quoted.as_deref().and_then(|sku| desk.recall.catalogue.by_sku(sku)).map(|p| p.id);
            text(desk, perception, quoted);
        }
        Heard::Picture { caption } => match caption.as_ref().filter(|c| describes(c)) {
            Some(caption) => text(desk, caption, None),
            None => {
                desk.say(Say::PictureKept);
                desk.quiet = true;
            }
        },
        Heard::Location { place } => located(desk, place.as_deref()),
        Heard::Unsupported(kind) if alone || kind != "sticker" => desk.say(Say::Unsupported { kind: kind.clone() }),
        Heard::Unsupported(_) => {}
    }
}

/// Whether the words under a picture say what it shows, or want something else altogether.
fn describes(caption: &Perception) -> bool {
    let slots = &caption.slots;
    caption.intent != Intent::ImageSearchCaption && caption.confidence >= GUESS
        || !slots.product.is_empty()
        || !slots.colour.is_empty()
        || !slots.occasion.is_empty()
}

/// A place on the map is an address if one is awaited or there is something to send; otherwise what it would cost.
fn located(desk: &mut Desk<'_>, place: Option<&str>) {
    match place {
        Some(place) => checkout::place_given(desk, place),
        None => desk.ask(Question::Address, Say::AddressUnclear),
    }
}

fn text(desk: &mut Desk<'_>, perception: &Perception, quoted: Option<ProductId>) {
    note_language(desk, perception);
    if perception.mood == Mood::Angry || desk.mood == Mood::Neutral {
        desk.mood = perception.mood;
    }
    let wishes = to_serve(desk, perception);
    let closing = wishes.iter().any(|w| matches!(w.intent, Intent::Checkout | Intent::Pay | Intent::GiveAddress));
    for wish in wishes {
        let mut wish = if about_goods(wish.intent) { reference::with_own_kinds(desk, wish) } else { wish.clone() };
        wish.intent = in_company(&wish, closing);
        let wish = &wish;
        if !answers_what_was_asked(desk, wish) {
            serve(desk, wish, quoted);
        }
        take_along(desk, wish);
    }
}

fn about_goods(intent: Intent) -> bool {
    use Intent::{AddToCart, Availability, PriceInquiry, ProductSearch, WholesaleInquiry};
    matches!(intent, AddToCart | Availability | PriceInquiry | ProductSearch | WholesaleInquiry)
}

/// What a wish means beside the checkout, the address or the payment: who says where it goes and who pays has made
/// up their mind, so "the red dress" is a choice and "deliver Westlands" an address.
fn in_company(wish: &Wish, closing: bool) -> Intent {
    const ASKS: &[&str] =
        &["how", "how much", "do you", "can you", "ngapi", "mna", "je", "fee", "cost", "bei", "charges", "pesa"];
    match wish.intent {
        Intent::ProductSearch if closing && !wish.slots.product.is_empty() => Intent::AddToCart,
        Intent::DeliveryQuestion
            if closing && wish.slots.address.is_some() && !has_any(&wish.text, ASKS) && !wish.text.contains('?') =>
        {
            Intent::GiveAddress
        }
        intent => intent,
    }
}

/// Answers in the language the customer writes, unless they asked for one.
fn note_language(desk: &mut Desk<'_>, perception: &Perception) {
    let customer = desk.recall.customer;
    let pinned = customer.language_pinned && customer.language.is_some();
    if customer.language.is_some() && is_bare_answer(perception) {
        return;
    }
    let Some(language) = perception.langs.first().filter(|_| perception.language_is_clear && !pinned) else { return };
    desk.language = *language;
    desk.effects.retain(|effect| !matches!(effect, Effect::Customer(CustomerChange::Language(_))));
    if customer.language != Some(*language) {
        desk.effect(Effect::Customer(CustomerChange::Language(*language)));
    }
}

/// "Yes", "no, thanks", "M please": said in any language, so it changes none.
fn is_bare_answer(perception: &Perception) -> bool {
    use Intent::{Affirm, ChooseSize, Deny, SelectOption};
    let answers =
        |w: &Wish| matches!(w.intent, Affirm | Deny | ChooseSize | SelectOption) && words::words(&w.text).len() <= 2;
    perception.wishes.iter().all(answers)
}

/// How much a wish counts beside others in one message.
fn weight(wish: &Wish) -> u8 {
    match wish.intent {
        _ if wish.confidence < GUESS => 0,
        Intent::Greeting | Intent::Thanks | Intent::Goodbye | Intent::SmalltalkOfftopic | Intent::RepeatUnclear => 1,
        Intent::Affirm | Intent::Deny => 2,
        _ => 3,
    }
}

/// The wishes that count, in the order they are served. Beside something that is wanted, a hello, a thank-you, a
/// guess and a bare "no" add nothing; a "yes" does where it confirms something, and then it comes last, so that it
/// confirms what stands after every change.
fn to_serve<'w>(desk: &Desk<'_>, perception: &'w Perception) -> Vec<&'w Wish> {
    let most = perception.wishes.iter().map(weight).max().unwrap_or(0);
    let confirms = matches!(desk.pending, Question::Summary { .. } | Question::ClearCart | Question::CancelOrder(_));
    let counts = |wish: &&Wish| weight(wish) == most || (confirms && wish.intent == Intent::Affirm);
    let last = |wish: &&Wish| confirms && wish.intent == Intent::Affirm;
    // "Do you deliver to Nyali? How much?" asks one thing.
    let priced =
        |w: &Wish| matches!(w.intent, Intent::DeliveryQuestion | Intent::ServiceInquiry | Intent::WholesaleInquiry);
    let of_another = perception.wishes.iter().any(priced);
    let own = |wish: &&Wish| {
        !(of_another
            && wish.intent == Intent::PriceInquiry
            && wish.slots.product.is_empty()
            && wish.slots.ordinal.is_empty())
    };
    let (yes, mut wishes): (Vec<&Wish>, Vec<&Wish>) =
        perception.wishes.iter().filter(counts).filter(own).partition(last);
    wishes.extend(yes);
    wishes
}

/// Serves a wish that can only be the answer to the open question, whatever else it looks like.
fn answers_what_was_asked(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    let slots = &wish.slots;
    match desk.pending.clone() {
        Question::CartLine { .. } => cart::answer_line(desk, wish),
        Question::UsualSize if !slots.size.is_empty() => {
            sizing::choose(desk, wish, None);
            true
        }
        Question::Phone if slots.phone.is_some() && desk.dialogue.then_checkout => {
            if let Some(phone) = &slots.phone {
                checkout::payer_given(desk, phone);
            }
            true
        }
        Question::Address if names_an_area(desk, wish) => {
            checkout::place_given(desk, wish.text.trim());
            true
        }
        Question::Summary { .. } | Question::Payment(_) if gives_number_alone(wish) => {
            payment::pay(desk, wish);
            true
        }
        Question::Variant if matches!(wish.intent, Intent::SelectOption) && changes_mind(desk, wish) => {
            desk.dialogue.wanted.clear();
            false
        }
        Question::ProductChoice | Question::None if search::asks_for_others(desk, wish) => {
            search::search(desk, wish);
            true
        }
        Question::Variant if is_variant_answer(desk, wish) => {
            sizing::choose(desk, wish, None);
            true
        }
        _ => false,
    }
}

/// "Use 0722… instead": nothing else in it, so it is the number that pays.
fn gives_number_alone(wish: &Wish) -> bool {
    use Intent::{
        AddToCart, ChooseSize, ProductSearch, RepeatUnclear, SelectOption, SmalltalkOfftopic, UpdateQuantity,
    };
    let unsure = matches!(
        wish.intent,
        AddToCart | ChooseSize | ProductSearch | RepeatUnclear | SelectOption | SmalltalkOfftopic | UpdateQuantity
    );
    let goods = !wish.slots.product.is_empty() || !wish.slots.ordinal.is_empty() || !wish.slots.size.is_empty();
    wish.slots.phone.is_some() && unsure && !goods && wish.slots.quantity.is_empty()
}

/// A place that is known by name is an address while one is awaited, even if the sentence around it reads as
/// something else.
fn names_an_area(desk: &Desk<'_>, wish: &Wish) -> bool {
    use Intent::{Availability, Location, ProductSearch, RepeatUnclear, SelectOption, SmalltalkOfftopic};
    let unsure = matches!(
        wish.intent,
        ProductSearch | Availability | SmalltalkOfftopic | RepeatUnclear | SelectOption | Location
    );
    let goods = !wish.slots.product.is_empty() || !wish.slots.ordinal.is_empty();
    let areas = delivery::areas_known(desk.recall.shop);
    unsure && !goods && areas.iter().any(|area| has_any(&wish.text, &[&words::words(area).join(" ")]))
}

/// Another product is pointed at instead of a size.
fn changes_mind(desk: &Desk<'_>, wish: &Wish) -> bool {
    !wish.slots.ordinal.is_empty() && !desk.wanted_now && !has_any(&wish.text, ALSO)
}

fn is_variant_answer(desk: &Desk<'_>, wish: &Wish) -> bool {
    let product = desk.dialogue.wanted.first().and_then(|wanted| desk.product(wanted.product));
    let in_colours = product.is_some_and(|p| p.variants.iter().any(|v| v.colour.is_some()));
    let said = !wish.slots.size.is_empty() || (in_colours && !wish.slots.colour.is_empty());
    let other = !wish.slots.product.is_empty() || !wish.slots.ordinal.is_empty();
    said && !other
        && matches!(wish.intent, Intent::ChooseSize | Intent::SelectOption | Intent::AddToCart | Intent::UpdateQuantity)
}

/// An address, a number to pay from or a code named together with something else.
fn take_along(desk: &mut Desk<'_>, wish: &Wish) {
    use Intent::{AddToCart, Affirm, Checkout, ChooseSize, SelectOption, UpdateQuantity};
    if !matches!(wish.intent, AddToCart | SelectOption | ChooseSize | UpdateQuantity | Checkout | Affirm) {
        return;
    }
    if let Some(code) = &wish.slots.coupon {
        shop_info::use_code(desk, code);
    }
    if let Some(place) = wish.slots.address.as_deref().filter(|_| desk.placed.is_none()) {
        checkout::place_given(desk, place);
    }
    if let Some(phone) = wish.slots.phone.as_ref().filter(|_| desk.placed.is_none()) {
        checkout::payer_given(desk, phone);
    }
}

/// Serves one wish.
fn serve(desk: &mut Desk<'_>, wish: &Wish, quoted: Option<ProductId>) {
    if wish.confidence < GUESS && wish.intent != Intent::SmalltalkOfftopic {
        return people::repeat_or_unclear(desk, wish);
    }
    if prefers_faq(wish) && people::faq(desk, &wish.text) {
        return;
    }
    match wish.intent {
        Intent::Affirm if desk.placed.is_some() => {}
        Intent::Affirm => answers::yes(desk, wish),
        Intent::Deny => answers::no(desk, wish),
        Intent::AddToCart | Intent::SelectOption | Intent::ProductSearch | Intent::Checkout
            if has_any(&wish.text, LAST_TIME) && wish.slots.product.is_empty() && cart::same_again(desk) => {}
        Intent::ProductSearch | Intent::ImageSearchCaption
            if quoted.is_some() && wish.slots.product.is_empty() && search::like_what_is_meant(desk, wish, quoted) => {}
        Intent::ProductSearch | Intent::ImageSearchCaption => search::search(desk, wish),
        Intent::PriceInquiry => choosing::price(desk, wish, quoted),
        Intent::Availability => choosing::availability(desk, wish, quoted),
        Intent::SelectOption => choosing::choose(desk, wish, quoted),
        Intent::AddToCart => choosing::buy(desk, wish, quoted),
        Intent::ChooseSize => sizing::choose(desk, wish, quoted),
        Intent::SizeAdvice => sizing::advise(desk, wish, quoted),
        Intent::RemoveFromCart => cart::remove(desk, wish),
        Intent::UpdateQuantity => cart::quantity(desk, wish, quoted),
        Intent::ViewCart => cart::view(desk),
        Intent::ClearCart => cart::ask_clear(desk),
        _ => serve_order(desk, wish, quoted),
    }
}

/// Wishes about checking out, money and orders.
fn serve_order(desk: &mut Desk<'_>, wish: &Wish, quoted: Option<ProductId>) {
    match wish.intent {
        Intent::Checkout => check_out(desk, wish, quoted),
        Intent::GiveAddress => {
            choose_on_the_way(desk, wish, quoted);
            checkout::address(desk, wish);
        }
        Intent::Pay => {
            choose_on_the_way(desk, wish, quoted);
            payment::pay(desk, wish);
        }
        Intent::PaymentClaim => payment::claim(desk, wish),
        Intent::PaymentProblem => payment::problem(desk, wish),
        Intent::OrderStatus => orders::status(desk, wish),
        Intent::CancelOrder => orders::cancel(desk, wish),
        Intent::ReturnRefund => orders::give_back(desk, wish),
        Intent::Exchange => orders::exchange(desk, wish),
        _ => serve_question(desk, wish, quoted),
    }
}

/// What is chosen in the same breath as the checkout, the address or the payment: "number 2 and checkout".
fn choose_on_the_way(desk: &mut Desk<'_>, wish: &Wish, quoted: Option<ProductId>) {
    let nothing_chosen = desk.dialogue.cart.is_empty() && desk.dialogue.wanted.is_empty() && desk.asking.is_none();
    let shown = !desk.dialogue.shown.is_empty();
    let points = shown && (!wish.slots.ordinal.is_empty() || (nothing_chosen && reference::means_all(&wish.text)));
    let names = nothing_chosen && !wish.slots.product.is_empty() && desk.dialogue.open_order.is_none();
    if desk.placed.is_none() && (points || names) {
        choosing::buy(desk, wish, quoted);
    }
}

/// "Checkout" at the summary is its yes.
fn check_out(desk: &mut Desk<'_>, wish: &Wish, quoted: Option<ProductId>) {
    choose_on_the_way(desk, wish, quoted);
    match desk.pending {
        _ if desk.placed.is_some() => {}
        Question::Summary { total } if wish.slots.address.is_none() && wish.slots.phone.is_none() => {
            checkout::confirm(desk, total);
        }
        _ => checkout::begin(desk),
    }
}

/// Questions about the shop, and everything between people.
fn serve_question(desk: &mut Desk<'_>, wish: &Wish, quoted: Option<ProductId>) {
    match wish.intent {
        Intent::DeliveryQuestion => shop_info::delivery(desk, wish),
        Intent::BusinessHours => shop_info::opening_hours(desk),
        Intent::Location => shop_info::location(desk, wish),
        Intent::PaymentMethods => shop_info::payment_methods(desk),
        Intent::DiscountCoupon => shop_info::coupon(desk, wish),
        Intent::Bargain => shop_info::bargain(desk, wish, quoted),
        Intent::WholesaleInquiry => shop_info::wholesale(desk, wish, quoted),
        Intent::ServiceInquiry => shop_info::services(desk, wish),
        Intent::BookAppointment | Intent::RescheduleAppointment | Intent::CancelAppointment => {
            shop_info::booking(desk, wish);
        }
        Intent::Complaint => people::complaint(desk, wish),
        Intent::HumanHandoff => people::person(desk, wish),
        Intent::OptOut => people::marketing(desk, true),
        Intent::OptIn => people::marketing(desk, false),
        Intent::FeedbackRating => people::feedback(desk, wish),
        Intent::ChangeLanguage => people::change_language(desk, wish),
        _ => serve_talk(desk, wish),
    }
}

/// Words that want nothing done.
fn serve_talk(desk: &mut Desk<'_>, wish: &Wish) {
    match wish.intent {
        Intent::Greeting => return people::greet(desk),
        Intent::SmalltalkOfftopic => return people::off_topic(desk, wish),
        Intent::PromptInjection => return desk.say(Say::Injection),
        Intent::Thanks => desk.say(Say::Thanks),
        Intent::Goodbye => desk.say(Say::Goodbye { cart_waiting: !desk.dialogue.cart.is_empty() }),
        Intent::Abuse => desk.say(Say::Abuse),
        _ => return people::repeat_or_unclear(desk, wish),
    }
    desk.quiet = true;
}

/// Whether the shop's own answers come before the rule: the reading is unsure, or it is a question about goods that
/// names none.
fn prefers_faq(wish: &Wish) -> bool {
    let about_goods = matches!(wish.intent, Intent::ProductSearch | Intent::Availability);
    let question =
        !matches!(wish.intent, Intent::Affirm | Intent::Deny | Intent::ChooseSize | Intent::SelectOption | Intent::Pay);
    let names_goods = !wish.slots.product.is_empty() || !wish.slots.ordinal.is_empty();
    !names_goods && question && (wish.confidence < UNSURE || about_goods)
}

/// Chooses the question that ends the reply, from what is open now.
fn finish(desk: &mut Desk<'_>) {
    if desk.effects.iter().any(|effect| matches!(effect, Effect::HandOff { .. })) {
        (desk.asking, desk.held) = (None, None);
        desk.dialogue.question = Question::None;
        return;
    }
    desk.asking = desk.asking.take().or_else(|| desk.held.take());
    if desk.asking.is_some() || desk.quiet || sizing::ask_next(desk) {
        return;
    }
    if desk.dialogue.then_checkout && !desk.dialogue.cart.is_empty() {
        return checkout::advance(desk);
    }
    let waiting = !desk.dialogue.cart.is_empty();
    match desk.dialogue.question {
        Question::None if desk.added && waiting => ask_next_step(desk),
        Question::CartNext if waiting => ask_next_step(desk),
        Question::ClearCart | Question::CartLine { .. } | Question::Quantity(_) if waiting => ask_next_step(desk),
        Question::CancelOrder(order) => desk.dialogue.question = Question::Payment(order),
        Question::ClearCart | Question::CartNext | Question::Summary { .. } => desk.dialogue.question = Question::None,
        _ => {}
    }
}

fn ask_next_step(desk: &mut Desk<'_>) {
    let subtotal = desk.subtotal();
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
    desk.says.insert(0, Say::Introduction);
}
