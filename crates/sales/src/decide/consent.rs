//! What counts as a yes where money, an order, a booking or calling one off hangs on it: a confirming word and nothing
//! else of weight. A question, a "later", a hedge or another wish is none; it is served, and the yes is asked for again.

use duka_perception::{Context, Intent, Perception, Wish, perceive};

use super::{answers, booking, cart, orders};
use crate::{
    desk::Desk,
    dialogue::Question,
    say::Say,
    words::{self, has_any},
};

/// What confirms.
const YES: &str = "\
    yes, yeah, yea, yep, yap, yup, yah, ya, y, yas, aye, ok, okay, oky, okey, oki, k, kk, sure, correct, perfect, \
    fine, good, great, right, confirm, confirmed, confirming, proceed, agreed, agree, accept, deal, done, cool, \
    alright, true, absolutely, definitely, exactly, go, continue, sawa, sawasawa, sawia, sawaa, ndio, ndiyo, ndo, \
    naam, eeh, ee, eh, eheh, ehe, ewaa, eeeh, haya, poa, poapoa, fiti, form, freshi, safi, thibitisha, nathibitisha, \
    endelea, tuendelee, twende, nakubali, nimekubali, nakubaliana, kubali, sahihi, kabisa, bas, basi, kweli, buy, \
    order, checkout, complete, place, pay, send, prompt, stk, tuma, nitumie, tumeni, lipa, nalipa, nitalipa, nilipe, \
    ntalipa, weka, niwekee, iwe, ifanye, fanya, mbele, imeweza, inaweza, leta, nipe, chukua, nachukua, nitachukua, \
    naichukua, take, iweke, iwekeni, wekeni";

/// What may stand beside it and weighs nothing.
const BESIDE: &str = "\
    please, pls, plz, kindly, thanks, thank, you, thankyou, thx, tx, asante, asanteni, ahsante, shukran, sana, \
    tafadhali, tafathali, naomba, hi, hey, hello, dear, boss, madam, maam, sir, bro, sis, buda, bana, manze, msee, \
    mzee, aki, my, brother, sister, mum, mama, dada, kaka, love, hun, i, im, ill, id, am, will, do, it, its, is, \
    that, thats, this, the, a, an, all, everything, looks, look, very, so, then, now, just, ahead, lets, let, us, \
    we, me, to, for, with, on, in, at, and, na, ni, ya, yangu, yako, kwa, hiyo, hio, hii, hizo, hapo, iko, ipo, \
    ziko, tu, sasa, saa, hivi, hivyo, vile, pia, wacha, tufanye, tumalize, malizia, maliza, oda, agizo, pesa, mpesa, \
    m, payment, malipo, request, total, amount, number, namba, nambari, details, summary, kila, kitu, vyote, zote, \
    yote, push, through, finish, forward, by, works, nataka, want, need, like, of, course, much, well, from, using, \
    use, tumia, bila, shaka, shida, wasiwasi, no, problem, worries, doubt, hakuna, matata, mimi, tena, again, yes, \
    kes, ksh, bob, shillings, phone, simu, same, here, there, can, could, may, make, get, hakika, jameni, pole, \
    haraka, asap, quickly, haha, lol, ai, set, ntumie, nitumie, nitumieni";

/// What may stand beside the yes to what it is about.
const OF_CANCELLING: &str = "\
    cancel, icancel, nicancel, ghairi, naghairi, nighairie, futa, ifute, nifutie, simamisha, stop, remove, order, \
    oda, booking, appointment, miadi, clear, empty, wipe, toa, ondoa, itoe, zitoe, cart, kikapu, delete, drop, kila, \
    everything, safisha, toeni, iwacheni, iache, iacheni, iwache, wacheni, acheni, niko, nina, uhakika, sure, it, tu, \
    kabisa, nighairie, ighairi, ighairiwe, ifutwe, ifuteni, iondoe, iondoeni";
const OF_BOOKING: &str = "\
    book, booked, booking, nibook, nibuku, appointment, miadi, slot, time, session, am, pm, oclock, asubuhi, mchana, \
    jioni, usiku, morning, afternoon, evening, noon, today, tomorrow, leo, kesho, kutwa, monday, tuesday, wednesday, \
    thursday, friday, saturday, sunday, mon, tue, wed, thu, fri, sat, sun, jumatatu, jumanne, jumatano, alhamisi, \
    ijumaa, jumamosi, jumapili, reserve, hold, see, saa, moja, mbili, tatu, nne, tano, sita, saba, nane, tisa, kumi, \
    one, two, three, four, five, six, seven, eight, nine, ten, eleven, twelve, move, isogeze, badilisha, change, \
    deposit, nusu, half, past, next, ijayo, schedule, tuonane, nitakuja, ntakuja, nitafika, nakuja, coming, nikam, \
    ntakam, set, iko, iwekeni, niwekeeni";

/// Where a word of thanks after a mere "ok" is no wish that something be stopped.
const THANKS: &[&str] = &["thanks", "thank you", "thx", "asante", "asanteni", "ahsante", "shukran"];
const FIRM: &str = "\
    yes, yeah, yep, yap, yup, y, sure, correct, confirm, ndio, ndiyo, naam, eeh, ee, cancel, ghairi, futa, clear, \
    empty, toa, ondoa";

/// How a question begins that has no mark.
const ASKS_FIRST: &[&str] =
    &["is", "are", "am", "do", "does", "did", "je", "mko", "uko", "mna", "kuna", "why", "what", "how"];

/// Phrases of somebody who decides later.
const DECIDES_LATER: &str = "\
    nitafikiria, ntafikiria, nafikiria, nifikirie, nifikiri, nikifikiria, nitafikiri, nitathink, nithink, think \
    about, let me think, ill think, i will think, need to think, thinking, let me see, ill see, ngoja, ngojea, \
    nigoje, ningoje, ngojeni, subiri, nisubiri, niangalie, nitaangalia, nicheki, nichekishe, ntacheki, nitacheki, \
    get back, let you know, tell you, nitakuambia, ntakuambia, nitakwambia, ntakwambia, nitawaambia, ntawaambia, \
    nitawajulisha, nitakujulisha, ntakushow, nitakushow, ntawashow, nitaconfirm, ntaconfirm, nitadecide, ntadecide, \
    nidecide, niamue, nitaamua, tutaona, nitaona, ntaona, not sure, sina uhakika, niulize, nimuulize, nitauliza, let \
    me ask, let me check, let me confirm, i will confirm, ill confirm, give me time, give me a minute, nipe muda, \
    nipe time, nijipange, nitajipange, ntajipanga, nitajipanga";
/// Words that may say only that.
const LATER: &str = "\
    later, laters, baadaye, badaye, baadae, badae, bado, wait, dakika, maybe, labda, pengine, not yet, not now, si \
    sasa, hold on";
/// Phrases that think it over whatever was asked.
const THINKS: &[&str] = &[
    "nitafikiria",
    "ntafikiria",
    "nafikiria",
    "nifikirie",
    "nifikiri",
    "let me think",
    "ill think",
    "i will think",
    "think about it",
    "need to think",
    "nithink",
    "nitathink",
];
/// What somebody who decides later may still speak of: then it is about that.
const SPEAKS_OF: &str = "\
    deliver, delivery, leta, mlete, letea, pay, lipa, nilipe, nitalipa, ntalipa, kulipa, paid, change, badilisha, \
    cancel, futa, add, ongeza, remove, toa, ondoa, prompt, stk, top up, pin, rider, msg, message, remind, \
    nikumbushe, notify, stop";

fn binds(question: &Question) -> bool {
    matches!(
        question,
        Question::Summary { .. }
            | Question::ClearCart
            | Question::CancelOrder(_)
            | Question::BookingConfirm
            | Question::CancelBooking(_)
    )
}

fn stops(question: &Question) -> bool {
    matches!(question, Question::ClearCart | Question::CancelOrder(_) | Question::CancelBooking(_))
}

fn whole(perception: &Perception) -> String {
    perception.wishes.iter().map(|wish| wish.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// A word without the letters it is drawn out by: "yeees", "sawaaa".
fn short(word: &str) -> String {
    let mut short = String::new();
    for c in word.chars() {
        if !short.ends_with(c) {
            short.push(c);
        }
    }
    short
}

/// The words and phrases of a list, which commas part.
fn listed(list: &str) -> impl Iterator<Item = &str> {
    list.split(',').map(str::trim)
}

fn is_one_of(word: &str, list: &str) -> bool {
    listed(list).any(|known| word == known || word.len() > known.len() && short(known) == short(word))
}

fn says(text: &str, list: &str) -> bool {
    has_any(text, &listed(list).collect::<Vec<_>>())
}

/// Whether what is heard confirms what is asked and says nothing else of weight.
pub(super) fn is_plain_yes(desk: &Desk<'_>, perception: &Perception) -> bool {
    if !binds(&desk.pending) {
        return true;
    }
    let text = whole(perception);
    let own: Vec<String> = own_words(desk);
    says_only_yes(&text, &desk.pending, &own)
}

/// Words that are nobody's wish here: the shop's name and the customer's, and of the service that is proposed.
fn own_words(desk: &Desk<'_>) -> Vec<String> {
    let mut own = words::words(&desk.recall.shop.name);
    own.extend(desk.recall.customer.name.iter().flat_map(|name| words::words(name)));
    let proposed = desk.dialogue.booking.as_ref().and_then(|booking| booking.service);
    if let Some(service) = proposed.and_then(|id| desk.recall.services.iter().find(|service| service.id == id)) {
        own.extend(words::words(&service.title()));
    }
    own
}

fn says_only_yes(text: &str, question: &Question, own: &[String]) -> bool {
    if text.contains('?') {
        return false;
    }
    let said = words::words(text);
    let more = match question {
        Question::BookingConfirm => OF_BOOKING,
        question if stops(question) => OF_CANCELLING,
        _ => "",
    };
    let first = said.first().map(String::as_str).unwrap_or_default();
    let books = matches!(question, Question::BookingConfirm);
    let confirms = |word: &String| {
        is_one_of(word, YES)
            || stops(question) && is_one_of(word, OF_CANCELLING)
            || books && matches!(word.as_str(), "book" | "nibook" | "nibuku" | "reserve" | "nitakuja" | "ntakuja")
    };
    let weightless = |word: &String| {
        confirms(word)
            || is_one_of(word, BESIDE)
            || is_one_of(word, more)
            || word.starts_with(|c: char| c.is_ascii_digit())
            || own.contains(word)
    };
    let thumbs = ['👍', '👌', '✅', '🆗', '💯'].iter().any(|sign| text.contains(*sign));
    let only_polite = stops(question) && has_any(text, THANKS) && !said.iter().any(|word| is_one_of(word, FIRM));
    said.iter().all(weightless) && (said.iter().any(confirms) || thumbs) && !ASKS_FIRST.contains(&first) && !only_polite
}

/// Whether words speak of later.
pub(super) fn puts_off_by_its_words(text: &str) -> bool {
    says(text, LATER) || says(text, DECIDES_LATER)
}

/// Whether a message puts off what is asked and says nothing else.
fn puts_off(desk: &Desk<'_>, perception: &Perception) -> bool {
    use Intent::{
        Affirm, BookAppointment, ChangeLanguage, Checkout, ChooseSize, DeliveryQuestion, Deny, GiveAddress, Goodbye,
        OptIn, Pay, ProductSearch, RepeatUnclear, SelectOption, SmalltalkOfftopic, Thanks,
    };
    let text = whole(perception);
    let asked =
        !matches!(desk.pending, Question::None | Question::Payment(_) | Question::Rating | Question::Case { .. });
    let slots = &perception.slots;
    let names = !slots.product.is_empty()
        || !slots.size.is_empty()
        || !slots.colour.is_empty()
        || !slots.ordinal.is_empty()
        || !slots.quantity.is_empty()
        || slots.phone.is_some()
        || slots.coupon.is_some()
        || slots.date.is_some()
        || slots.time.is_some();
    let decides_later = says(&text, DECIDES_LATER);
    let vague = |wish: &Wish| match wish.intent {
        Affirm | ChangeLanguage | Checkout | Goodbye | OptIn | Pay | RepeatUnclear | SmalltalkOfftopic | Thanks => true,
        BookAppointment | ChooseSize | DeliveryQuestion | GiveAddress | ProductSearch | SelectOption => decides_later,
        Deny => has_any(&text, THINKS) || decides_later && !binds(&desk.pending),
        _ => false,
    };
    let wanted = ["nataka", "want", "need", "show", "nionyeshe"];
    asked
        && puts_off_by_its_words(&text)
        && !says(&text, SPEAKS_OF)
        && !has_any(&text, &["check out", "checkout", "order"])
        && !has_any(&text, &wanted)
        && !text.contains('?')
        && !names
        && words::words(&text).len() <= 9
        && perception.wishes.iter().all(vague)
}

/// "Ok, I'll think about it": nothing is done, and nobody is pressed. Says whether it was that.
pub(super) fn lets_it_rest(desk: &mut Desk<'_>, perception: &Perception) -> bool {
    if !puts_off(desk, perception) {
        return false;
    }
    if stops(&desk.pending) {
        let no = Wish { intent: Intent::Deny, ..perception.wishes[0].clone() };
        answers::no(desk, &no);
    } else {
        desk.say(Say::NoRush);
    }
    desk.quiet = true;
    true
}

/// What else is said beside a yes that is not one by itself, heard for itself: "yes? is it original?", "ndio na scarf pia".
pub(super) fn beside_a_yes(desk: &Desk<'_>, perception: &Perception) -> Option<Perception> {
    let agrees = |wish: &Wish| wish.intent == Intent::Affirm;
    if !binds(&desk.pending) || desk.plain_yes || !perception.wishes.iter().any(agrees) {
        return None;
    }
    if perception.wishes.len() > 1 {
        let wishes: Vec<Wish> = perception.wishes.iter().filter(|wish| !agrees(wish)).cloned().collect();
        let main = wishes.first()?;
        return Some(Perception {
            intent: main.intent,
            confidence: main.confidence,
            wishes: wishes.clone(),
            ..perception.clone()
        });
    }
    let text = whole(perception);
    let rest = without_the_yes(&text);
    let said = words::words(rest);
    let own = own_words(desk);
    let known = |word: &String| is_one_of(word, YES) || is_one_of(word, BESIDE) || ASKS_FIRST.contains(&word.as_str());
    if said.iter().all(|word| known(word) || own.contains(word)) {
        return None;
    }
    let context = Context { now: Some(desk.recall.now), ..Context::default() };
    let mut heard = perceive(rest, &context);
    let asks = text.contains('?') || said.first().is_some_and(|word| ASKS_FIRST.contains(&word.as_str()));
    let joins = has_any(&text, &["pia", "also", "too", "as well", "na", "and", "plus"]) && !asks;
    for wish in heard.wishes.iter_mut().filter(|wish| joins && !wish.slots.product.is_empty()) {
        // "Na scarf pia": that is wanted, not looked for.
        if matches!(wish.intent, Intent::ProductSearch | Intent::Availability | Intent::SelectOption) {
            (wish.intent, wish.confidence) = (Intent::AddToCart, wish.confidence.max(super::reading::UNSURE));
        }
    }
    let agrees_only = heard.wishes.iter().all(agrees);
    let says_more = !agrees_only && (asks || !heard.wishes.iter().all(is_unclear));
    says_more.then(|| Perception { langs: perception.langs.clone(), evidence: perception.evidence, ..heard })
}

fn is_unclear(wish: &Wish) -> bool {
    matches!(wish.intent, Intent::RepeatUnclear | Intent::SmalltalkOfftopic) || wish.confidence < super::reading::GUESS
}

/// A text without the words of agreeing that it begins with.
fn without_the_yes(text: &str) -> &str {
    const LEADS: &str = "yes, yeah, yep, yap, yup, ok, okay, sure, sawa, ndio, ndiyo, ndo, naam, eeh, ee, poa, fiti, haya, \
        basi, but, lakini, and, na, also, hmm, alright, fine, cool, well, so, then, please";
    let mut rest = text.trim();
    loop {
        let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        if word.is_empty() || !is_one_of(&word.to_lowercase(), LEADS) {
            return rest;
        }
        rest = after.trim_start_matches(|c: char| !c.is_alphanumeric());
    }
}

/// Asks for the yes once more, after what was no plain one.
pub(super) fn ask_again(desk: &mut Desk<'_>) {
    if desk.asking.is_some() || desk.plain_yes || desk.dialogue.question != desk.pending {
        return;
    }
    match desk.pending.clone() {
        Question::Summary { .. } => {
            desk.dialogue.then_checkout = !desk.dialogue.cart.is_empty();
            desk.quiet = false;
        }
        Question::BookingConfirm => {
            booking::ask_again(desk);
            desk.quiet = false;
        }
        Question::ClearCart if !desk.dialogue.cart.is_empty() => cart::ask_clear(desk),
        Question::CancelOrder(id) => {
            if let Some(order) = desk.recall.orders.iter().find(|order| order.id == id) {
                orders::ask_cancel(desk, order);
            }
        }
        Question::CancelBooking(id) => booking::ask_to_cancel_again(desk, id),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use duka_kernel::{Currency, Money, OrderId};

    use super::*;

    fn at_summary(text: &str) -> bool {
        says_only_yes(
            text,
            &Question::Summary { total: Money::from_major(2_250, Currency::Kes) },
            &["Amina".to_lowercase()],
        )
    }

    #[test]
    fn a_yes_is_a_confirming_word_and_nothing_of_weight() {
        for text in [
            "yes",
            "Yeees please!",
            "ndio",
            "sawa asante",
            "ok thanks 🙏",
            "poa tuma prompt",
            "go ahead",
            "👍",
            "form, tuma stk",
            "yes Amina",
            "sure, let's do it",
            "eeh sawa lipa na 0722 333 444",
            "yes 2,250 is fine",
            "sawa kabisa, endelea",
            "Everything looks good, please proceed",
            "hakuna shida, tuma",
        ] {
            assert!(at_summary(text), "{text}");
        }
        for text in [
            "is this correct?",
            "is this correct",
            "okay is it original",
            "yes? is it original?",
            "sawa nitafikiria",
            "uko sawa?",
            "hmm ok",
            "ndio na scarf pia",
            "ndio na uongeze scarf",
            "yes but in size L",
            "I'll confirm later",
            "ok nitakuambia",
            "sawa ngoja niangalie",
            "sawa lakini bei iko juu",
            "yes when will it come",
            "",
        ] {
            assert!(!at_summary(text), "{text}");
        }
    }

    #[test]
    fn what_stops_something_needs_more_than_a_polite_word() {
        let cancel = Question::CancelOrder(OrderId::new());
        for text in ["yes", "yes cancel", "ndio futa", "sawa, ghairi", "eeh cancel hiyo order", "ok", "sawa"] {
            assert!(says_only_yes(text, &cancel, &[]), "{text}");
        }
        for text in ["are you sure?", "are you sure", "ok thanks", "sawa asante", "sawa nitafikiria", "why cancel"] {
            assert!(!says_only_yes(text, &cancel, &[]), "{text}");
        }
    }

    #[test]
    fn the_words_of_agreeing_are_left_away() {
        assert_eq!(without_the_yes("yes? is it original?"), "is it original?");
        assert_eq!(without_the_yes("Ndio, na scarf pia"), "scarf pia");
        assert_eq!(without_the_yes("yes but in size L"), "in size L");
    }
}
