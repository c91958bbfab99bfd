//! What the shop itself has written down: set phrases, answers to questions, who it is, what it leaves out.

use duka_perception::{Intent, Perception, Wish};
use duka_shop::{Product, about, profile::Faq};

use super::reading::{GUESS, UNSURE};
use crate::{
    desk::Desk,
    dialogue::Question,
    say::{AboutPart, Say},
    words::{has_any, same_word, telling_words},
};

/// Of the words of a question, the part (in per cent) that has to be in an answer's question.
const FAQ_OVERLAP: usize = 60;
/// Of the words of an answer's question, the part (in per cent) that has to be asked, for it to go before what the
/// message looks like otherwise.
const FAQ_COVERED: usize = 60;

const MISSION: &[&str] = &["mission", "lengo lenu", "lengo la duka", "purpose", "malengo yenu"];
const VALUES: &[&str] = &["values", "maadili yenu", "mnasimamia nini", "stand for", "what do you believe in"];
const WHY: &[&str] = &[
    "why you",
    "why should i buy",
    "why buy from you",
    "why shop with you",
    "what makes you different",
    "what makes you special",
    "kwa nini ninunue kwenu",
    "kwa nini ninunue hapa",
    "mbona ninunue kwenu",
    "mbona nibuy kwenu",
    "mbona nibuy hapa",
    "kwanini ninunue kwenu",
    "kwanini ninunue hapa",
    "mnatofautiana aje",
    "mko different aje",
];
const ABOUT: &[&str] = &[
    "about your shop",
    "about your store",
    "about your business",
    "about your company",
    "about your boutique",
    "about your brand",
    "about the shop",
    "about the business",
    "about the company",
    "about you guys",
    "about yourself",
    "about yourselves",
    "your story",
    "who are you guys",
    "who is behind",
    "what is this shop",
    "which shop is this",
    "nyinyi ni nani",
    "nyinyi ni akina nani",
    "ninyi ni akina nani",
    "nyinyi ni kina nani",
    "nyi ni kina nani",
    "nyinyi ni wakina nani",
    "ninyi ni nani",
    "nyie ni nani",
    "kuhusu duka",
    "kuhusu biashara",
    "kuhusu kampuni",
    "kuhusu nyinyi",
    "kuhusu shop",
    "kuhusu boutique",
    "hii ni shop gani",
    "hili ni duka gani",
    "hii ni duka gani",
    "nyi ni wasee gani",
    "nyinyi ni wasee gani",
    "story ya shop",
    "story ya hii shop",
    "story yenu",
    "historia yenu",
];

const NETWORKS: &[&str] = &[
    "email",
    "e mail",
    "barua pepe",
    "website",
    "tovuti",
    "instagram",
    "insta",
    "ig yenu",
    "tiktok",
    "facebook",
    "fb page",
    "social media",
    "socials",
];
const CONTACTS: &[&str] = &[
    "contact",
    "contacts",
    "your number",
    "your phone number",
    "call you on",
    "reach you on",
    "how can i reach you",
    "namba yenu",
    "namba ya simu",
    "nambari yenu",
    "nambari ya simu",
    "phone number",
    "whatsapp number",
    "your whatsapp",
    "namba ya whatsapp",
    "number ya whatsapp",
    "number yenu",
    "simu yenu",
    "mawasiliano",
    "naweza wapata aje",
    "nawapataje kwa simu",
];

/// A set phrase of the shop: its answer, and nothing else. What buys, pays, or answers what was asked goes before it.
pub(super) fn phrase(desk: &mut Desk<'_>, perception: &Perception) -> bool {
    let shop = desk.recall.shop;
    let said: Vec<&str> = perception.wishes.iter().map(|wish| wish.text.trim()).collect();
    let Some(response) = about::response(&shop.phrases, &said.join(" ")) else { return false };
    if perception.wishes.iter().any(|wish| goes_before_a_phrase(desk, wish)) {
        return false;
    }
    desk.say(Say::Faq { answer: response.to_owned(), then: false });
    desk.quiet = true;
    true
}

fn goes_before_a_phrase(desk: &Desk<'_>, wish: &Wish) -> bool {
    use Intent::{
        AddToCart, Affirm, CancelAppointment, CancelOrder, Checkout, ChooseSize, ClearCart, Complaint, Deny, Exchange,
        GiveAddress, HumanHandoff, OptOut, Pay, PaymentClaim, PaymentProblem, RemoveFromCart, RescheduleAppointment,
        ReturnRefund, SelectOption, UpdateQuantity,
    };
    let asked = desk.pending != Question::None;
    match wish.intent {
        Affirm | Deny | ChooseSize | SelectOption | GiveAddress => asked && wish.confidence >= GUESS,
        AddToCart
        | RemoveFromCart
        | UpdateQuantity
        | ClearCart
        | Checkout
        | Pay
        | PaymentClaim
        | PaymentProblem
        | CancelOrder
        | ReturnRefund
        | Exchange
        | RescheduleAppointment
        | CancelAppointment
        | OptOut
        | HumanHandoff
        | Complaint => wish.confidence >= UNSURE,
        _ => false,
    }
}

/// Something this shop has switched off: said kindly, unless it has an answer of its own. Says whether that was it.
pub(super) fn switched_off(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    // What could only be booked is not listed where nothing can be.
    let of_booking = wish.intent == Intent::ServiceInquiry && super::booking::is_off(desk);
    if !of_booking && !desk.recall.shop.disabled_intents.iter().any(|name| name == wish.intent.name()) {
        return false;
    }
    if !faq(desk, &wish.text) {
        desk.say(Say::NotOffered);
        desk.quiet = true;
    }
    true
}

/// "Tell me about your shop": in its own words. Says whether that was asked.
pub(super) fn about_the_shop(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    use Intent::{
        Abuse, Availability, FeedbackRating, Greeting, HumanHandoff, Location, ProductSearch, RepeatUnclear,
        ServiceInquiry, SizeAdvice, SmalltalkOfftopic, WholesaleInquiry,
    };
    let may_ask = matches!(
        wish.intent,
        Abuse
            | Availability
            | FeedbackRating
            | Greeting
            | HumanHandoff
            | Location
            | ProductSearch
            | RepeatUnclear
            | ServiceInquiry
            | SizeAdvice
            | SmalltalkOfftopic
            | WholesaleInquiry
    );
    let unsure = wish.confidence < GUESS;
    if !(may_ask || unsure) || !wish.slots.product.is_empty() {
        return false;
    }
    let about = &desk.recall.shop.about;
    let asks = |phrases: &[&str]| has_any(&wish.text, phrases);
    let part = match () {
        () if asks(MISSION) && about.mission.is_some() => Some(AboutPart::Mission),
        () if asks(VALUES) && !about.values.is_empty() => Some(AboutPart::Values),
        () if asks(WHY) && !about.selling_points.is_empty() => Some(AboutPart::SellingPoints),
        () if asks(ABOUT) || asks(WHY) => None,
        () => return false,
    };
    desk.say(Say::AboutShop { about: about.clone(), part });
    true
}

/// Answers with the shop's answer to the question that shares most words with this one, if they are many.
pub(super) fn faq(desk: &mut Desk<'_>, text: &str) -> bool {
    let asked = telling_words(text);
    match nearest(desk, &asked) {
        Some((count, answer)) if count * 100 >= asked.len() * FAQ_OVERLAP && (count > 1 || asked.len() == 1) => {
            let answer = answer.a.clone();
            desk.say(Say::Faq { answer, then: true });
            true
        }
        _ => false,
    }
}

/// A question that is one of the shop's own, word by word: its answer goes before what goods it names.
pub(super) fn is_a_known_question(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    use Intent::{
        Availability, BusinessHours, DeliveryQuestion, Location, PaymentMethods, PriceInquiry, ProductSearch,
        RepeatUnclear, ReturnRefund, ServiceInquiry, SizeAdvice, SmalltalkOfftopic, WholesaleInquiry,
    };
    let asks = matches!(
        wish.intent,
        Availability
            | BusinessHours
            | DeliveryQuestion
            | Location
            | PaymentMethods
            | PriceInquiry
            | ProductSearch
            | RepeatUnclear
            | ReturnRefund
            | ServiceInquiry
            | SizeAdvice
            | SmalltalkOfftopic
            | WholesaleInquiry
    );
    let asked = telling_words(&wish.text);
    let known = nearest(desk, &asked).filter(|(count, faq)| {
        let own = telling_words(&faq.q);
        let says_more = || asked.iter().any(|w| own.iter().any(|k| same_word(k, w)) && !names_goods(desk, w));
        *count > 1 && count * 100 >= asked.len() * FAQ_OVERLAP && count * 100 >= own.len() * FAQ_COVERED && says_more()
    });
    match known.filter(|_| asks) {
        Some((_, faq)) => {
            let answer = faq.a.clone();
            desk.say(Say::Faq { answer, then: true });
            true
        }
        None => false,
    }
}

/// Whether a word is of a name or kind of goods.
pub(super) fn names_goods(desk: &Desk<'_>, word: &str) -> bool {
    let of = |product: &Product| {
        let names = telling_words(&product.name).into_iter().chain(telling_words(&product.category));
        names.into_iter().any(|name| same_word(&name, word))
    };
    desk.recall.catalogue.products().iter().any(of)
}

/// How to reach the shop, asked in words that are about nothing else. Says whether that was asked.
pub(super) fn contacts(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    use Intent::{
        Availability, Greeting, HumanHandoff, Location, ProductSearch, RepeatUnclear, ServiceInquiry, SmalltalkOfftopic,
    };
    let may_ask = matches!(
        wish.intent,
        Availability
            | Greeting
            | Location
            | ProductSearch
            | RepeatUnclear
            | ServiceInquiry
            | Intent::SizeAdvice
            | SmalltalkOfftopic
    );
    let calls = wish.intent == HumanHandoff && has_any(&wish.text, NETWORKS);
    let asks = has_any(&wish.text, CONTACTS) || has_any(&wish.text, NETWORKS);
    let own = has_any(&wish.text, &["my number", "my phone", "yangu", "mine"]);
    let about_it = asks && !own && wish.slots.product.is_empty() && wish.slots.phone.is_none();
    let priced = wish.intent == Intent::PriceInquiry && wish.confidence < UNSURE;
    let asked = about_it && (may_ask || calls || priced || wish.confidence < GUESS);
    if asked {
        super::shop_info::contact(desk);
    }
    asked
}

/// The shop's answer whose question shares most words with these, and how many.
fn nearest<'a>(desk: &Desk<'a>, asked: &[String]) -> Option<(usize, &'a Faq)> {
    let shared = |question: &str| {
        let known = telling_words(question);
        asked.iter().filter(|w| known.iter().any(|k| same_word(k, w))).count()
    };
    let shop = desk.recall.shop;
    let active = shop.faqs.iter().filter(|faq| faq.active).rev();
    active.map(|faq| (shared(&faq.q), faq)).max_by_key(|(count, _)| *count).filter(|(count, _)| *count > 0)
}
