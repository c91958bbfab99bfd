//! What customers ask shops about that no setting says: gift cards, points, washing, trying on, who sews the clothes. The
//! shop's own answer is given, or what a description tells; else the team is asked. No list of goods or services answers.

use std::sync::LazyLock;

use duka_kernel::ProductId;
use duka_perception::{Intent, Perception, Wish};
use duka_shop::Service;

use super::{booking, choosing, documents, pictures, questions, reading::UNSURE, reference};
use crate::{
    desk::Desk,
    say::{PaymentAsked, Say},
    words::{has_any, same_word, telling_words, words},
};

/// A kind of question and the words it is known by.
struct Topic {
    name: &'static str,
    phrases: Vec<&'static str>,
}

static TOPICS: LazyLock<Vec<Topic>> = LazyLock::new(|| {
    let rows = include_str!("beyond.tsv").lines().filter(|row| !row.starts_with('#'));
    let read = |row: &'static str| {
        let (name, phrases) = row.split_once('\t')?;
        Some(Topic { name, phrases: phrases.split('|').collect() })
    };
    rows.filter_map(read).collect()
});

/// How one speaks to a shop about what it does, besides words of asking.
const OF_THE_SHOP: &[&str] = &[
    "you",
    "your",
    "can i",
    "je",
    "mna",
    "mko",
    "uko",
    "kuna",
    "naweza",
    "naeza",
    "mnaweza",
    "mnaeza",
    "zenu",
    "yenu",
    "possible",
    "inawezekana",
    "niambie",
    "tell me",
    "how",
    "aje",
    "vipi",
    "ama",
    "eti",
    "wanna know",
    "nataka kujua",
];
/// What has happened to something: that is no question about what may.
const HAPPENED: &[&str] = &[
    "after",
    "shrank",
    "shrunk",
    "faded",
    "it has",
    "they have",
    "already",
    "nilipofua",
    "nilifua",
    "nilivyofua",
    "baada ya",
    "imefade",
    "zimefade",
    "imepauka",
    "zimepauka",
    "imeshrink",
    "imeharibika",
    "ilifade",
    "imerarua",
    "imeraruka",
    "you sent",
    "mlinitumia",
    "you sold",
    "mliniuzia",
    "came",
];
/// More words than these ask about something else too.
const MOST: usize = 16;

fn topic(text: &str) -> Option<&'static Topic> {
    TOPICS.iter().find(|topic| has_any(text, &topic.phrases))
}

/// Whether words ask, of the shop or of what it sells.
fn asks(text: &str) -> bool {
    let said = words(text);
    let to_you = said.iter().any(|word| word.len() > 4 && (word.starts_with("mna") || word.starts_with("mko")));
    questions::is_question(text) || to_you || has_any(text, OF_THE_SHOP)
}

/// Serves such a question. Says whether it was one.
pub(super) fn serve(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    let text = &wish.text;
    let Some(topic) = topic(text).filter(|topic| may_be(desk, wish, topic)) else { return false };
    // How gifts are wrapped says nothing of gift cards.
    const CARDS: &[&str] = &["card", "cards", "voucher", "vouchers", "certificate", "vocha"];
    let of_cards = topic.name == "gift_card" && !desk.recall.shop.faqs.iter().any(|faq| has_any(&faq.q, CARDS));
    if !of_cards && documents::own_answer(desk, text) {
        return true;
    }
    match topic.name {
        "instalments" => desk.say(Say::PaymentAnswer { asked: PaymentAsked::InParts }),
        "try_first" if !desk.recall.shop.cash_on_delivery => {
            desk.say(Say::PaymentAnswer { asked: PaymentAsked::TryFirst });
            if desk.recall.shop.exchange.is_some() {
                desk.say(Say::ExchangePolicy { exchange: desk.recall.shop.exchange.clone() });
            }
        }
        "sewing" | "custom" if !has_any(text, &["uniform", "uniforms", "logo", "print", "mnaprint"]) => {
            return offers(desk, pictures::makes) || questions::pass_on(desk, text);
        }
        "home" => return offers(desk, comes_home) || questions::pass_on(desk, text),
        "gift_wrap" | "gift_card" | "loyalty" | "jobs" | "owner" | "rider" | "hire" => {
            return questions::pass_on(desk, text);
        }
        _ => match told_by_its_description(desk, wish, topic) {
            Some(product) => {
                let Some(known) = desk.product(product) else { return false };
                let (card, description) = (desk.card(known), known.description.clone());
                desk.say(Say::Details { card, description });
                choosing::under_discussion(desk, &[product]);
            }
            None => return questions::pass_on(desk, text),
        },
    }
    true
}

/// "Mnafunga na gift wrap?": one question, though its parts were heard apart.
pub(super) fn whole(perception: &Perception) -> Option<Wish> {
    use Intent::{
        Availability, BusinessHours, PriceInquiry, ProductSearch, RepeatUnclear, ServiceInquiry, SmalltalkOfftopic,
    };
    const MOST: usize = 8;
    let asks = |wish: &Wish| {
        matches!(
            wish.intent,
            Availability
                | BusinessHours
                | PriceInquiry
                | ProductSearch
                | RepeatUnclear
                | ServiceInquiry
                | SmalltalkOfftopic
        ) && wish.slots.product.is_empty()
    };
    let text = perception.wishes.iter().map(|wish| wish.text.trim()).collect::<Vec<_>>().join(" na ");
    let is_one = perception.wishes.len() > 1 && perception.wishes.iter().all(asks) && words(&text).len() <= MOST;
    let first = perception.wishes.first().filter(|_| is_one && topic(&text).is_some())?;
    Some(Wish { intent: Intent::ServiceInquiry, text, ..first.clone() })
}

/// Whether the wish can be that question, and nothing that is to be done.
fn may_be(desk: &Desk<'_>, wish: &Wish, topic: &Topic) -> bool {
    use Intent::{
        AddToCart, CancelOrder, Checkout, Complaint, Exchange, GiveAddress, HumanHandoff, PaymentClaim, RemoveFromCart,
        ReturnRefund,
    };
    let text = &wish.text;
    let happened = has_any(text, HAPPENED) || wish.slots.order_ref.is_some();
    let brings_back = matches!(wish.intent, Exchange | ReturnRefund) && wish.confidence >= UNSURE;
    let acts = matches!(wish.intent, AddToCart | Checkout | GiveAddress | RemoveFromCart | CancelOrder | PaymentClaim);
    let grave = wish.intent == Complaint && !questions::is_question(text);
    // Somebody of the team is asked for beside it.
    let for_people = wish.intent == HumanHandoff && topic.name != "owner" && topic.name != "rider";
    // "Wrap dress" is the name of one, and "wash" of none.
    let named = topic.name == "gift_wrap" && reference::called(desk, text).is_some();
    // "I am EU 40, do they run small?" says a size too.
    let sized = topic.name == "fit" && !wish.slots.size.is_empty();
    let named = named || sized;
    let clearly_acts = acts && !questions::is_question(text) && wish.confidence >= UNSURE;
    words(text).len() <= MOST
        && !happened
        && !brings_back
        && !grave
        && !for_people
        && !named
        && (asks(text) || matches!(topic.name, "rider" | "owner" | "jobs" | "try_first") && !acts)
        && (!clearly_acts || has_any(text, OF_THE_SHOP))
}

/// Offers the services of a sort. Says whether there are any.
fn offers(desk: &mut Desk<'_>, is_so: impl Fn(&Service) -> bool) -> bool {
    let those: Vec<_> = desk.recall.services.iter().filter(|service| is_so(service)).map(|s| s.id).collect();
    if those.is_empty() || booking::is_off(desk) {
        return false;
    }
    booking::describe(desk, &those);
    true
}

fn comes_home(service: &Service) -> bool {
    const HOME: &[&str] = &["home", "house", "your place", "nyumbani", "mobile"];
    has_any(&service.name, HOME) || has_any(&service.description, HOME)
}

/// The one product that is asked about, if its description has a word of what is asked.
fn told_by_its_description(desk: &Desk<'_>, wish: &Wish, topic: &Topic) -> Option<ProductId> {
    let named = reference::by_name(desk, wish);
    let one = match named[..] {
        [one] if !wish.slots.product.is_empty() => Some(one),
        _ => desk.dialogue.focus.filter(|_| wish.slots.product.is_empty()),
    }?;
    let asked = telling_words(&wish.text);
    let of_topic = |word: &String| topic.phrases.iter().any(|phrase| words(phrase).contains(word));
    let known = telling_words(&desk.product(one)?.description);
    let tells = asked.iter().filter(|word| of_topic(word)).any(|word| known.iter().any(|k| same_word(k, word)));
    tells.then_some(one)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_setting_says_is_known_by_its_words_in_every_language() {
        for (text, name) in [
            ("do you offer gift cards?", "gift_card"),
            ("can you gift wrap", "gift_wrap"),
            ("mnawrap gift?", "gift_wrap"),
            ("mnafunga zawadi?", "gift_wrap"),
            ("do you have a loyalty program?", "loyalty"),
            ("naweza lipa kwa awamu?", "instalments"),
            ("do you accept lipa mdogo mdogo", "instalments"),
            ("can i try before i pay", "try_first"),
            ("naeza try kabla ya kulipa?", "try_first"),
            ("naosha aje ankara?", "care"),
            ("does it shrink?", "care"),
            ("is the red dress see-through?", "see_through"),
            ("do the sneakers run true to size?", "fit"),
            ("mnashona uniform za shule?", "sewing"),
            ("who makes your clothes?", "maker"),
            ("nitumie namba ya rider", "rider"),
            ("iko na ya kukodisha", "hire"),
            ("can a stylist come to my house thursday morning", "home"),
        ] {
            assert_eq!(topic(text).map(|topic| topic.name), Some(name), "{text}");
            assert!(asks(text) || name == "rider" || name == "hire", "{text}");
        }
        for text in ["show me dresses", "nataka gauni", "checkout", "niko Westlands", "add the wrap dress in M"] {
            assert!(topic(text).is_none(), "{text}");
        }
    }
}
