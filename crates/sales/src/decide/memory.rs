//! What customers say of themselves and what they bought: kept, used, and forgotten on request.

use duka_kernel::{Colour, Money, Size};
use duka_perception::{Intent, Perception, Slots, Wish};
use duka_shop::{CartLine, delivery, search::colour_named};

use super::{reference, sizing, wanting};
use crate::{
    desk::Desk,
    dialogue::Question,
    effect::{CustomerChange, Effect},
    say::Say,
    tools::{AddToCart, add_to_cart},
    words::{has_any, words},
};

const LIVES: &[&str] = &[
    "i live in",
    "i live at",
    "i live around",
    "i stay in",
    "i stay at",
    "i reside in",
    "i moved to",
    "ive moved to",
    "naishi",
    "naishi huko",
    "nakaa",
    "nakaanga",
    "naishianga",
    "kwangu ni",
    "home ni",
    "nimehamia",
    "mtaa yangu ni",
    "mtaa wangu ni",
];
const LIKES: &[&str] = &[
    "favourite colour",
    "favorite color",
    "favourite color",
    "favorite colour",
    "fav colour",
    "fav color",
    "i love the colour",
    "i love the color",
    "i like the colour",
    "rangi yangu",
    "rangi ninayopenda",
    "rangi nayopenda",
    "napenda rangi",
    "ninapenda rangi",
    "color napenda",
    "colour napenda",
    "color yangu",
    "napenda color",
    "napendanga",
    "rangi ninaipenda",
];
/// Said of living somewhere beside something that is to be done.
const UNSAID: &[&str] =
    &["deliver", "bring", "send", "leta", "nipelekee", "nitumie", "niletee", "checkout", "order", "oda"];
const FORGET: &[&str] = &[
    "forget",
    "delete",
    "remove",
    "erase",
    "dont keep",
    "dont remember",
    "dont save",
    "futa",
    "sahau",
    "usiweke",
    "usikumbuke",
    "usihifadhi",
    "ondoa",
    "toa",
];
const ADDRESS: &[&str] = &[
    "my address",
    "my location",
    "address yangu",
    "anwani yangu",
    "location yangu",
    "where i live",
    "ninapoishi",
    "naishi wapi",
    "my place",
];
const SIZES: &[&str] =
    &["my size", "my sizes", "my measurements", "size yangu", "sizes zangu", "vipimo vyangu", "saizi yangu"];
const EVERYTHING: &[&str] = &[
    "everything about me",
    "what you know about me",
    "everything you know",
    "my details",
    "my information",
    "my data",
    "kila kitu kunihusu",
    "habari zangu",
    "details zangu",
    "data yangu",
];

pub(super) const LAST_TIME: &[&str] = &[
    "same as last time",
    "same as before",
    "last time",
    "last order",
    "previous order",
    "same order",
    "order again",
    "reorder",
    "the usual",
    "my usual",
    "kama kawaida",
    "kama ya mwisho",
    "kama ile ya mwisho",
    "ya mara ya mwisho",
    "mara ya mwisho",
    "mara iliyopita",
    "ya mara iliyopita",
    "what i bought last",
    "what i bought before",
    "i bought before",
    "as before",
    "kama zamani",
    "kama za last time",
    "kama last time",
    "vile vile",
    "zile zile",
    "the one i bought",
    "repeat my order",
    "repeat order",
    "ile order ya mwisho",
    "ile oda ya mwisho",
    "oda ya mwisho",
    "same thing again",
    "kama ile nilinunua",
    "kama ile nilibuy",
    "ile nilinunua",
    "ile nilibuy",
];

/// The letter that somebody says they wear: "navaa L", "I always wear size M".
fn letter_worn(text: &str) -> Option<Size> {
    const NEAR: usize = 3;
    let said = words(text);
    let phrase = |at: usize, phrase: &str| {
        let own: Vec<&str> = phrase.split(' ').collect();
        said.len() >= at + own.len() && own.iter().zip(&said[at..]).all(|(a, b)| a == b)
    };
    let ends = (0..said.len()).filter_map(|at| {
        let longest =
            sizing::WEARS.iter().filter(|wears| phrase(at, wears)).map(|wears| wears.split(' ').count()).max();
        longest.map(|length| at + length)
    });
    let letter = |word: &String| {
        let size = Size::parse(word);
        (size.rank().0 == 0 && !size.is_one()).then_some(size)
    };
    ends.flat_map(|end| said[end..].iter().take(NEAR)).find_map(letter)
}

/// The place that somebody says they live in, by the words after it: "naishi Kilimani, navaa M".
fn place_lived_in(text: &str) -> Option<String> {
    let said: Vec<&str> = text.split_whitespace().collect();
    let plain: Vec<String> = said.iter().map(|word| words(word).concat()).collect();
    let after = |phrase: &&str| {
        let own: Vec<&str> = phrase.split(' ').collect();
        let at = plain.windows(own.len()).position(|window| window.iter().zip(&own).all(|(a, b)| a == b))?;
        Some(at + own.len())
    };
    let from = LIVES.iter().filter_map(after).max()?;
    let rest = said.get(from..)?.join(" ");
    let place = place_alone(rest.trim_start_matches("huko ").trim_start_matches("hapa "));
    let place = place.trim_end_matches(|c: char| !c.is_alphanumeric()).to_owned();
    (!place.is_empty() && words(&place).len() <= 6).then_some(place)
}

/// Keeps what a message says of the customer beside what it asks for.
pub(super) fn note(desk: &mut Desk<'_>, perception: &Perception) {
    let text = perception.wishes.iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(" ");
    let letter = perception.slots.size.iter().find(|size| size.rank().0 == 0).cloned();
    let letter = letter.filter(|_| has_any(&text, sizing::WEARS)).or_else(|| letter_worn(&text));
    if let (Some(size), true) = (letter, desk.dialogue.gift.is_none()) {
        let (name, value) = ("usual_size".to_owned(), size.to_string());
        desk.effect(Effect::Customer(CustomerChange::Fact { name, value }));
    }
    let liked = liked(&text);
    if !liked.is_empty() && desk.dialogue.gift.is_none() {
        let value = liked.iter().map(|c| c.name()).collect::<Vec<_>>().join(",");
        desk.effect(Effect::Customer(CustomerChange::Fact { name: "colour".into(), value }));
    }
}

fn liked(text: &str) -> Vec<Colour> {
    let said = words(text);
    let mut colours: Vec<Colour> = if has_any(text, LIKES) {
        said.iter().filter_map(|word| colour_named(word)).collect()
    } else {
        // "I love blue": the colour itself stands after the verb.
        let loves = |pair: &[String]| matches!(pair[0].as_str(), "love" | "like" | "adore" | "napenda" | "ninapenda");
        let mut pairs = said.windows(2).filter(|pair| loves(pair));
        pairs.find_map(|pair| colour_named(&pair[1])).into_iter().collect()
    };
    colours.dedup();
    colours
}

/// Serves a whole message that tells of the customer and asks for nothing. Says whether it was that.
pub(super) fn introduces(desk: &mut Desk<'_>, perception: &Perception) -> bool {
    let text = perception.wishes.iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(", ");
    let slots = Slots { product: perception.slots.product.clone(), ..Slots::default() };
    let whole = Wish { intent: perception.intent, confidence: perception.confidence, slots, text };
    let tells = [has_any(&whole.text, LIVES), !liked(&whole.text).is_empty(), letter_worn(&whole.text).is_some()];
    if tells.iter().filter(|tells| **tells).count() < 2 {
        return false;
    }
    note(desk, perception);
    tells_of_themselves(desk, &whole)
}

/// Serves what is said of the customer and asks for nothing, or asks to forget it. Says whether it was that.
pub(super) fn serve(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    forgets(desk, wish) || tells_of_themselves(desk, wish)
}

/// "I live in Kasarani, I wear M and I love blue": all of it is kept and said back, with what delivery there costs. While a
/// place is awaited it is the place.
fn tells_of_themselves(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    let asks =
        has_any(&wish.text, &["show", "have", "want", "need", "nataka", "nionyeshe", "natafuta", "uko", "mko", "una"]);
    if asks || !wish.slots.product.is_empty() || wish.text.contains('?') || has_any(&wish.text, UNSAID) {
        return false;
    }
    let place = lives(desk, wish);
    let colours = liked(&wish.text);
    // One size alone is an answer to what is asked, or waits for it.
    let worn = letter_worn(&wish.text).filter(|_| desk.dialogue.gift.is_none());
    let several = usize::from(place.is_some()) + usize::from(!colours.is_empty()) + usize::from(worn.is_some()) > 1;
    if place.is_none() && colours.is_empty() {
        return false;
    }
    if let Some(size) = worn.filter(|_| several && desk.dialogue.wanted.is_empty()) {
        desk.say(Say::UsualSizeKept { size });
    }
    if !colours.is_empty() {
        desk.say(Say::ColoursKept { colours });
    }
    if let Some(choice) = place {
        desk.say(Say::AreaKept { choice });
    }
    true
}

/// Where somebody says they live: kept, with what delivery there costs.
fn lives(desk: &mut Desk<'_>, wish: &Wish) -> Option<delivery::Choice> {
    let awaited = matches!(desk.pending, Question::Address | Question::Summary { .. } | Question::Payment(_));
    if awaited || desk.dialogue.then_checkout || !has_any(&wish.text, LIVES) {
        return None;
    }
    let heard = wish.slots.address.clone().filter(|place| place != delivery::PICKUP);
    let place = place_lived_in(&wish.text).or(heard)?;
    let choice = delivery::choose(desk.recall.shop, &place_alone(&place)).ok()?;
    let value = choice.address.clone();
    desk.effect(Effect::Customer(CustomerChange::Fact { name: "area".into(), value }));
    Some(choice)
}

/// The place without what else is said: "Kasarani and I always wear M".
fn place_alone(place: &str) -> String {
    const ENDS: [&str; 16] = [
        " and ",
        " na mimi",
        " na ni",
        " na na",
        " na hu",
        " na size",
        " navaa",
        " huvaa",
        " napenda",
        ", ",
        ". ",
        " but ",
        " by the way",
        " btw",
        " these days",
        " siku hizi",
    ];
    const LAST: [&str; 8] = ["now", "nowadays", "though", "please", "sasa", "sahii", "tafadhali", "currently"];
    let lower = place.to_lowercase();
    let end = ENDS.iter().filter_map(|end| lower.find(end)).min().filter(|end| place.is_char_boundary(*end));
    let mut place = end.map_or(place, |end| &place[..end]).trim();
    while let Some((before, last)) = place.rsplit_once(' ')
        && LAST.contains(&last.to_lowercase().as_str())
    {
        place = before.trim_end();
    }
    place.to_owned()
}

fn forgets(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    let all = has_any(&wish.text, EVERYTHING);
    let (address, sizes) = (all || has_any(&wish.text, ADDRESS), all || has_any(&wish.text, SIZES));
    if !has_any(&wish.text, FORGET) || !(address || sizes) {
        return false;
    }
    if address {
        desk.effect(Effect::Customer(CustomerChange::ForgetAddress));
        desk.dialogue.delivery = None;
        desk.dialogue.fresh_address = true;
    }
    let known = desk.recall.customer.facts.keys();
    // What was too small of an order is not said of oneself, and a gift stays somebody else's.
    let is_size = |name: &&String| {
        *name == "usual_size"
            || name.starts_with("measure.")
            || name.starts_with("said.")
            || name.starts_with("size_of.")
    };
    let own = |name: &&String| !name.starts_with("gift.") && *name != crate::effect::ADDRESS_FORGOTTEN;
    let gone: Vec<String> = known.filter(|name| (sizes && is_size(name)) || (all && own(name))).cloned().collect();
    for name in gone {
        desk.effect(Effect::Customer(CustomerChange::Fact { name, value: String::new() }));
    }
    desk.say(Say::Forgotten);
    true
}

/// "Same as last time": a phrase that outweighs a reading that is unsure or wants to buy.
pub(super) fn asks_for_last_time(wish: &Wish) -> bool {
    use Intent::{AddToCart, Checkout, ImageSearchCaption, ProductSearch, RepeatUnclear, SelectOption};
    let buys =
        matches!(wish.intent, AddToCart | SelectOption | ProductSearch | Checkout | ImageSearchCaption | RepeatUnclear);
    // "The same shoes as last time", whatever that reads like.
    const PLAIN: &[&str] =
        &["same", "vile vile", "zile zile", "ile ile", "hivyo hivyo", "reorder", "order again", "what i bought before"];
    let bad = ["not", "bad", "broken", "torn", "mbaya", "problem", "shida", "tatizo", "late"];
    let plain = has_any(&wish.text, PLAIN) && !has_any(&wish.text, &bad);
    let complains = !plain && matches!(wish.intent, Intent::Complaint | Intent::ReturnRefund | Intent::Exchange);
    has_any(&wish.text, LAST_TIME) && !complains && (plain || buys || wish.confidence < super::reading::UNSURE)
}

/// Nothing of the kind was ever bought here: that is said, and what is named is looked for. Says whether it was asked for
/// plainly.
fn nothing_earlier(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    if !has_any(&wish.text, &["same", "last time", "last order", "before", "mwisho", "iliyopita", "reorder", "again"]) {
        return false;
    }
    desk.say(Say::NoEarlierOrder);
    if wish.slots.product.is_empty() {
        desk.quiet = true;
    } else {
        let read = Wish { intent: Intent::ProductSearch, text: wish.slots.product.join(" "), ..wish.clone() };
        super::search::search(desk, &read);
    }
    true
}

/// What was bought last, once more, at today's price and as far as it is there; of one kind, if one is named. What is
/// gone is said, and what is like it shown. Says whether there ever was such a thing.
pub(super) fn same_again(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    let of_kind = reference::kind(desk, &wish.slots.product);
    let meant = |line: &&CartLine| of_kind.is_empty() || of_kind.contains(&line.product);
    let mut sold = desk.recall.orders.iter().filter(|o| o.state.is_sold());
    let Some(order) = sold.find(|order| order.lines.iter().any(|line| meant(&line))) else {
        return nothing_earlier(desk, wish);
    };
    let lines: Vec<CartLine> = order.lines.iter().filter(meant).cloned().collect();
    let (mut gone, mut repriced): (Vec<CartLine>, Vec<(CartLine, Money)>) = (Vec::new(), Vec::new());
    let mut added_any = false;
    for line in &lines {
        let size = wish.slots.size.first().filter(|_| lines.len() == 1);
        let variant = size.and_then(|size| {
            let product = desk.product(line.product)?;
            product.variants.iter().find(|v| v.size == *size && v.colour.is_none_or(|c| Some(c) == line.colour))
        });
        let variant = variant.map_or(line.variant, |v| v.id);
        match add_to_cart(desk, &AddToCart { variant, quantity: line.quantity }) {
            Ok(added) => {
                added_any = true;
                let (name, size) = (added.line.name.clone(), added.line.size.clone());
                if added.line.unit_price != line.unit_price {
                    repriced.push((line.clone(), added.line.unit_price));
                }
                desk.say_added(added.line);
                if let Some(available) = added.only {
                    desk.say(Say::OnlySoMany { name, size, available });
                }
            }
            Err(_) => gone.push(line.clone()),
        }
    }
    let first_gone = gone.first().cloned();
    // The one thing there was, and it is gone in every size: what is like it says so.
    let replaced =
        !added_any && gone.len() == 1 && desk.product(gone[0].product).is_some_and(|p| !desk.recall.stock.has(p));
    if (!gone.is_empty() && !replaced) || !repriced.is_empty() {
        desk.say(Say::LastTime { repriced, gone });
    }
    desk.answered();
    if let (Some(line), false) = (first_gone, added_any)
        && let Some(product) = desk.product(line.product)
    {
        super::waiting::missed(desk, product.id, Some(&line.size));
        if desk.recall.stock.has(product) {
            // The same in another size is nearest to it.
            desk.dialogue.focus = Some(product.id);
            super::inquiries::say_stock(desk, product.id, &Slots::default());
        } else {
            wanting::sold_out(desk, product);
        }
    }
    true
}
