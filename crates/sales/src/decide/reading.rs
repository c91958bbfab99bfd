//! How a message is taken here and now: which of its wishes count, what they mean beside each other, and which can only
//! be the answer to what was asked.

use duka_kernel::Size;
use duka_perception::{Intent, Perception, Wish};
use duka_shop::delivery;

use super::{alongside, answers, cart, checkout, payment, receiving, returns, search, sizing, standing};
use crate::{
    desk::Desk,
    dialogue::{CaseAsk, Question},
    say::Say,
    words::{self, has_any},
};

/// Below this a reading is a guess.
pub(super) const GUESS: f32 = 0.35;

/// Below this it is not even that.
const WILD_GUESS: f32 = 0.15;

/// Below this the shop's own answers are looked at first.
pub(super) const UNSURE: f32 = 0.6;

const ALSO: &[&str] = &["also", "too", "as well", "and", "na", "pia", "add", "ongeza", "plus"];

/// Words that ask for a lower price.
const LOWERS: &[&str] = &[
    "punguza",
    "nipunguzie",
    "punguzo",
    "discount",
    "less",
    "last price",
    "lower",
    "shusha",
    "nishushie",
    "nifanyie",
    "mwisho",
    "final",
    "reduce",
];

pub(super) fn about_goods(intent: Intent) -> bool {
    use Intent::{AddToCart, Availability, PriceInquiry, ProductSearch, WholesaleInquiry};
    matches!(intent, AddToCart | Availability | PriceInquiry | ProductSearch | WholesaleInquiry)
}

/// So sure a reading has to be before it changes what is in the cart.
const SURE_TO_CHANGE: f32 = 0.4;

/// What a wish means beside the checkout, the address or the payment: who says where it goes and who pays has made
/// up their mind, so "the red dress" is a choice and "deliver Westlands" an address. What would change the cart and is
/// hardly more than a guess is a question about the goods it names.
pub(super) fn in_company(wish: &Wish, closing: bool, adds: bool, pending: &Question) -> Intent {
    let closing_or_sent = closing || adds;
    const ASKS: &[&str] =
        &["how", "how much", "do you", "can you", "ngapi", "mna", "je", "fee", "cost", "bei", "charges", "pesa"];
    match wish.intent {
        Intent::ProductSearch if closing && !wish.slots.product.is_empty() => Intent::AddToCart,
        Intent::RemoveFromCart | Intent::UpdateQuantity | Intent::ClearCart
            if wish.confidence < SURE_TO_CHANGE && !wish.slots.product.is_empty() =>
        {
            Intent::ProductSearch
        }
        Intent::DeliveryQuestion if closing_or_sent && wish.slots.address.is_some() && begins_to_send(&wish.text) => {
            Intent::GiveAddress
        }
        Intent::DeliveryQuestion
            if (closing || matches!(pending, Question::Summary { .. }))
                && wish.slots.address.is_some()
                && !has_any(&wish.text, ASKS)
                && !wish.text.contains('?') =>
        {
            Intent::GiveAddress
        }
        intent => intent,
    }
}

/// "Deliver to Umoja and how much is delivery": it is to be sent there.
fn begins_to_send(text: &str) -> bool {
    const SENDS: &[&str] =
        &["deliver", "bring", "send", "peleka", "nipelekee", "leta", "niletee", "leteni", "nileteeni"];
    let said = words::words(text);
    let first = said.iter().find(|word| !matches!(word.as_str(), "and" | "na" | "then" | "please" | "pia" | "also"));
    first.is_some_and(|word| SENDS.contains(&word.as_str())) && !has_any(text, &["do you", "can you", "mna"])
}

/// How much a wish counts beside others in one message.
fn weight(wish: &Wish) -> u8 {
    match wish.intent {
        // What names goods is never passed over in silence.
        Intent::AddToCart | Intent::ProductSearch | Intent::SelectOption if !wish.slots.product.is_empty() => 3,
        _ if wish.confidence < GUESS => 0,
        Intent::Greeting | Intent::Thanks | Intent::Goodbye | Intent::SmalltalkOfftopic | Intent::RepeatUnclear => 1,
        Intent::Affirm | Intent::Deny => 2,
        _ => 3,
    }
}

/// The wishes that count, in the order they are served. Beside something that is wanted, a hello, a thank-you, a
/// guess and a bare "no" add nothing; a "yes" does where it confirms something, and then it comes last, so that it
/// confirms what stands after every change.
pub(super) fn to_serve<'w>(desk: &Desk<'_>, perception: &'w Perception) -> Vec<&'w Wish> {
    let most = perception.wishes.iter().map(weight).max().unwrap_or(0);
    let confirms = matches!(
        desk.pending,
        Question::Summary { .. }
            | Question::ClearCart
            | Question::CancelOrder(_)
            | Question::BookingConfirm
            | Question::CancelBooking(_)
    );
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
    // "How long does it take to Kisumu and how much", "how much is makeup and how long" ask one thing too.
    let has_place = perception.wishes.iter().any(|w| w.intent == Intent::DeliveryQuestion && w.slots.address.is_some());
    let names_it = |w: &Wish| {
        w.intent == Intent::DeliveryQuestion
            && (w.slots.address.is_some()
                || has_any(&w.text, &["deliver", "delivery", "shipping", "kupeleka", "kutuma"]))
    };
    let delivers = perception.wishes.iter().any(names_it);
    let of_service = perception.wishes.iter().any(|w| !w.slots.service.is_empty());
    let only_how_long = |w: &Wish| {
        w.intent == Intent::DeliveryQuestion
            && w.slots.address.is_none()
            && (has_place || of_service && !has_any(&w.text, &["deliver", "delivery", "mnadeliver", "mnaleta"]))
    };
    let only_how_much =
        |w: &Wish| delivers && w.intent == Intent::ViewCart && has_any(&w.text, &["how much", "ngapi", "bei"]);
    let own = |wish: &&Wish| own(wish) && !only_how_long(wish) && !only_how_much(wish);
    // "Cancel and refund me" stops the order; what is not there yet is not sent back.
    let stops = perception.wishes.iter().any(|w| w.intent == Intent::CancelOrder);
    let own = |wish: &&Wish| own(wish) && !(stops && wish.intent == Intent::ReturnRefund);
    // "It failed, send it again" asks for the prompt; what failed is known.
    let pays = perception.wishes.iter().any(|w| w.intent == Intent::Pay);
    // "Change the number, use 0722…" changes who pays.
    let another_payer = perception.wishes.iter().any(|w| w.intent == Intent::Pay && w.slots.phone.is_some());
    let own = |wish: &&Wish| {
        own(wish)
            && !(pays && wish.intent == Intent::PaymentProblem)
            && !(another_payer && wish.intent == Intent::Exchange && wish.slots.product.is_empty())
    };
    // A person reads the rest of a complaint.
    const APOLOGY: &[&str] = &["my bad", "sorry", "apologies", "samahani", "pole", "nisamehe"];
    let apologises = |w: &Wish| words::words(&w.text).len() <= 4 && has_any(&w.text, APOLOGY);
    let for_people =
        |w: &&Wish| matches!(w.intent, Intent::Complaint | Intent::HumanHandoff) && weight(w) == most && !apologises(w);
    // "Deliver to Kilimani, call Njeri on 0722…": the rider calls her.
    let goes_somewhere = perception.wishes.iter().any(|w| w.slots.address.is_some());
    let receiver = |w: &Wish| receiving::names_a_receiver(w) && w.slots.address.is_none();
    let for_people = |w: &&Wish| for_people(w) && !receiver(w);
    let own = |wish: &&Wish| own(wish) && !(goes_somewhere && receiver(wish));
    let asked_why = matches!(desk.pending, Question::Case { ask: CaseAsk::Reason(_), .. });
    if let Some(grave) =
        perception.wishes.iter().find(for_people).filter(|w| !asked_why || w.intent != Intent::Complaint)
    {
        return vec![grave];
    }
    // "I have 2,000, do you have hoodies?" names a budget, not an offer.
    let looks = perception.wishes.iter().any(|w| matches!(w.intent, Intent::Availability | Intent::ProductSearch));
    let sorry = |w: &Wish| w.intent == Intent::Complaint && apologises(w) && perception.wishes.len() > 1;
    let budget = |w: &Wish| w.intent == Intent::Bargain && looks && !has_any(&w.text, LOWERS);
    let own = |wish: &&Wish| own(wish) && !budget(wish) && !sorry(wish);
    // "I can't make that appointment, cancel it" gives up the booking; no order is meant.
    let gives_up = perception.wishes.iter().any(|w| w.intent == Intent::CancelAppointment);
    let same = |w: &Wish| gives_up && w.intent == Intent::CancelOrder && w.slots.order_ref.is_none();
    let own = |wish: &&Wish| own(wish) && !same(wish);
    let (yes, mut wishes): (Vec<&Wish>, Vec<&Wish>) =
        perception.wishes.iter().filter(counts).filter(own).partition(last);
    wishes.extend(yes);
    wishes.dedup();
    wishes
}

/// "I have 3,000, which dress can I get?": the budget is said in one wish and the search is another.
pub(super) fn within_budget(desk: &Desk<'_>, wish: &mut Wish, perception: &Perception) {
    // "Nna 3000 tu" of what is shown: what they can spend, and no offer.
    const HAS: &[&str] = &["nina", "nna", "niko na", "nikona", "i have", "i only have", "ive got", "budget", "bajeti"];
    let has = wish.intent == Intent::Bargain && has_any(&wish.text, HAS) && !has_any(&wish.text, LOWERS);
    if let (true, Some(most), Some(_)) = (has, wish.slots.offer_price.or(wish.slots.price_max), &desk.dialogue.search) {
        wish.intent = Intent::ProductSearch;
        wish.confidence = wish.confidence.max(UNSURE);
        wish.slots.price_max = Some(most);
        wish.slots.offer_price = None;
        return;
    }
    if wish.intent != Intent::ProductSearch || wish.slots.price_max.is_some() {
        return;
    }
    let named = perception.wishes.iter().filter(|w| w.intent == Intent::Bargain);
    wish.slots.price_max = named.filter_map(|w| w.slots.offer_price).next();
}

/// Serves a wish that can only be the answer to the open question, whatever else it looks like.
pub(super) fn answers_what_was_asked(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    let slots = &wish.slots;
    match desk.pending.clone() {
        Question::CartLine { .. } => cart::answer_line(desk, wish),
        Question::Case { .. } if returns::asks_how_soon(wish) => false,
        Question::Case { exchange, ask } => returns::answer(desk, wish, exchange, &ask),
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
        Question::Address | Question::CartNext
            if checkout::means_saved_place(wish) && checkout::saved_place(desk).is_some() =>
        {
            checkout::take_saved(desk);
            true
        }
        Question::CartNext if alongside::only_takes_it(wish) || repeats_the_size(desk, wish) => {
            standing::says_it_again(desk)
        }
        Question::Address | Question::CartNext | Question::None | Question::Take { .. }
            if checkout::agrees_to_the_place(desk, wish) =>
        {
            true
        }
        Question::Address | Question::Phone if is_enough_said(wish) => {
            desk.dialogue.then_checkout = true;
            true
        }
        Question::Summary { .. } if asks_to_edit(wish) => {
            checkout::decline(desk);
            true
        }
        Question::Address if names_an_area(desk, wish) => {
            checkout::place_given(desk, wish.text.trim());
            true
        }
        Question::Payment(_) if payment::asks_for_another_prompt(desk, wish) => {
            payment::ask_again(desk, wish.slots.phone.clone());
            true
        }
        Question::Summary { .. } if wish.intent == Intent::Deny && area_named(desk, wish).is_some() => {
            // "No, take it to Ngara": only the place is not right.
            let place = area_named(desk, wish).unwrap_or_default();
            checkout::place_given(desk, &place);
            true
        }
        Question::Summary { .. } | Question::Payment(_) if gives_number_alone(wish) => {
            payment::pay(desk, wish);
            true
        }
        Question::Address | Question::Phone | Question::Summary { .. } if is_bare_number(wish) => {
            desk.dialogue.then_checkout = true;
            true
        }
        Question::None if is_bare_number(wish) && points_at_nothing(desk, wish) => {
            desk.say(Say::WhatNext { cart_waiting: false });
            desk.quiet = true;
            true
        }
        Question::Payment(_) if is_bare_number(wish) && payment::current(desk).is_some() => {
            payment::remind(desk);
            true
        }
        Question::Variant if gives_up(wish) => {
            answers::no(desk, wish);
            true
        }
        Question::Variant if matches!(wish.intent, Intent::SelectOption) && changes_mind(desk, wish) => {
            desk.dialogue.wanted.clear();
            false
        }
        Question::ProductChoice | Question::Take { .. } | Question::None if search::asks_for_others(desk, wish) => {
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

/// "Poa, L", of what was just put in the cart in L.
fn repeats_the_size(desk: &Desk<'_>, wish: &Wish) -> bool {
    use Intent::{AddToCart, Affirm, ChooseSize, RepeatUnclear, SelectOption};
    let slots = &wish.slots;
    let letter = || words::words(&wish.text).iter().map(|word| Size::parse(word)).find(|size| size.rank().0 == 0);
    let Some(size) = &slots.size.first().cloned().or_else(letter).filter(|size| !size.is_one()) else { return false };
    let bare = slots.product.is_empty() && slots.colour.is_empty() && slots.quantity.is_empty();
    let last = desk.dialogue.cart.lines.iter().rfind(|line| Some(line.product) == desk.dialogue.focus);
    matches!(wish.intent, AddToCart | Affirm | ChooseSize | RepeatUnclear | SelectOption)
        && bare
        && !wish.text.contains('?')
        && words::words(&wish.text).len() <= 4
        && last.is_some_and(|line| line.size == *size)
}

/// "Basi", "that's all": nothing more is wanted, so what was asked is asked again.
fn is_enough_said(wish: &Wish) -> bool {
    const ENOUGH: &[&str] = &[
        "basi", "bas", "tu", "done", "thats", "that", "is", "all", "ni", "hayo", "hiyo", "hizo", "enough", "sawa",
        "poa",
    ];
    let said = words::words(&wish.text);
    let says_it = has_any(&wish.text, &["basi", "bas", "done", "all", "hayo tu", "hiyo tu", "hizo tu", "enough"]);
    says_it && said.iter().all(|word| ENOUGH.contains(&word.as_str()))
}

/// "Edit", at the summary: what is to be changed is asked.
fn asks_to_edit(wish: &Wish) -> bool {
    const EDIT: &[&str] = &[
        "edit",
        "edit order",
        "change",
        "change order",
        "change it",
        "change something",
        "badilisha",
        "nibadilishe",
        "badilisha oda",
    ];
    EDIT.contains(&words::words(&wish.text).join(" ").as_str())
}

/// "2", where nothing was numbered: no answer, so what was asked is asked again.
fn is_bare_number(wish: &Wish) -> bool {
    let text = wish.text.trim();
    text.len() <= 2 && !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
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

/// The words from the first known area on.
pub(super) fn area_named(desk: &Desk<'_>, wish: &Wish) -> Option<String> {
    let areas = delivery::areas_known(desk.recall.shop);
    let area = areas.iter().find(|area| has_any(&wish.text, &[&words::words(area).join(" ")]))?;
    let at = wish.text.to_lowercase().find(&area.to_lowercase());
    Some(at.and_then(|at| wish.text.get(at..)).map_or_else(|| (*area).to_string(), str::to_owned))
}

/// "Skip it", instead of a size.
fn gives_up(wish: &Wish) -> bool {
    const SKIP: &[&str] = &[
        "skip",
        "leave it",
        "leave it out",
        "forget it",
        "acha",
        "iache",
        "wacha",
        "niache",
        "achana nayo",
        "wachana nayo",
    ];
    words::words(&wish.text).len() <= 4 && has_any(&wish.text, SKIP) && wish.slots.size.is_empty()
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

/// A guess counts where it is what one would answer, and where being wrong costs nothing: never for the yes that
/// orders, empties or cancels.
pub(super) fn is_a_likely_answer(asked: &Question, wish: &Wish) -> bool {
    use Intent::{
        AddToCart, Affirm, Checkout, ChooseSize, Deny, GiveAddress, Pay, PaymentClaim, PaymentProblem, ProductSearch,
        SelectOption, SmalltalkOfftopic, UpdateQuantity,
    };
    let shops =
        matches!(asked, Question::CartNext | Question::ProductChoice | Question::Take { .. } | Question::Variant);
    if wish.intent == SmalltalkOfftopic || (shops && wish.intent == Intent::Availability && !wish.slots.size.is_empty())
    {
        return true;
    }
    let likely: &[Intent] = match asked {
        Question::Payment(_) => &[Affirm, Pay, PaymentClaim, PaymentProblem],
        Question::Address => &[Affirm, GiveAddress],
        Question::Variant | Question::UsualSize => &[ChooseSize],
        Question::ProductChoice => &[Affirm, Deny, SelectOption, ProductSearch],
        Question::Take { .. } => &[Affirm, Deny, AddToCart, ChooseSize, SelectOption, UpdateQuantity],
        Question::CartNext => &[Affirm, Deny, Checkout, AddToCart],
        _ => &[],
    };
    wish.confidence >= WILD_GUESS && likely.contains(&wish.intent)
}

/// A number beyond what was listed, with nothing chosen that could be wanted so often.
fn points_at_nothing(desk: &Desk<'_>, wish: &Wish) -> bool {
    let chosen = !desk.dialogue.cart.is_empty() || !desk.dialogue.wanted.is_empty() || desk.dialogue.focus.is_some();
    let listed = wish.text.trim().parse::<usize>().is_ok_and(|n| (1..=desk.dialogue.shown.len()).contains(&n));
    !chosen && !listed
}

/// Whether the shop's own answers come before the rule: the reading is unsure, or it is a question about goods that
/// names none.
pub(super) fn prefers_faq(wish: &Wish) -> bool {
    let about_goods = matches!(wish.intent, Intent::ProductSearch | Intent::Availability);
    let question =
        !matches!(wish.intent, Intent::Affirm | Intent::Deny | Intent::ChooseSize | Intent::SelectOption | Intent::Pay);
    let names_goods = !wish.slots.product.is_empty() || !wish.slots.ordinal.is_empty();
    !names_goods && question && (wish.confidence < UNSURE || about_goods)
}

/// Whether the words under a picture say what it shows, or want something else altogether.
pub(super) fn describes(caption: &Perception) -> bool {
    let slots = &caption.slots;
    caption.intent != Intent::ImageSearchCaption && caption.confidence >= GUESS
        || !slots.product.is_empty()
        || !slots.colour.is_empty()
        || !slots.occasion.is_empty()
}
