//! Size advice from measurements, from a garment that fits, and between two sizes; and what did not fit.

use duka_kernel::{ProductId, Size};
use duka_perception::{Intent, Perception, Wish};
use duka_shop::{
    Product,
    fit::{self, Body, Numbers},
    sizing::family,
};

use super::{choosing, questions, reference, reference::Reference, returns, search};
use crate::{
    desk::Desk,
    dialogue::Question,
    effect::{CustomerChange, Effect},
    say::{ChartBasis, Say},
    words::{has_any, words},
};

const BUST: &[&str] = &["bust", "chest", "kifua", "burst", "boobs"];
const WAIST: &[&str] = &["waist", "kiuno"];
const HIPS: &[&str] = &["hips", "hip", "makalio", "hipsi", "nyonga"];
const WEIGHT: &[&str] = &["kg", "kgs", "kilo", "kilos", "kilograms", "weigh", "weight", "uzito"];
const HEIGHT: &[&str] = &["tall", "height", "urefu", "cm"];
const BETWEEN: &[&str] = &["between", "in between", "kati ya", "katikati ya"];
const WEARS: &[&str] = &[
    "i wear",
    "i am",
    "im",
    "i take",
    "i buy",
    "i fit",
    "my size",
    "my dress",
    "my dresses",
    "navaa",
    "huvaa",
    "navaanga",
    "nachukua",
    "huchukua",
    "mimi ni",
    "size yangu",
    "nanunuanga",
    "usually",
    "kawaida",
];
const TOO_SMALL: &[&str] = &[
    "too small",
    "too tight",
    "very tight",
    "was small",
    "is small",
    "ndogo sana",
    "ni ndogo",
    "ilikuwa ndogo",
    "imenibana",
    "inanibana",
    "ilinibana",
    "inabana",
    "haikutoshei",
    "hainitoshi",
    "haikunitosha",
];
const TOO_LARGE: &[&str] = &[
    "too big",
    "too large",
    "too loose",
    "was big",
    "is big",
    "kubwa sana",
    "ni kubwa",
    "ilikuwa kubwa",
    "imenizidi",
    "inanizidi",
    "ilinizidi",
    "inanipwaya",
];
/// What gives, or is cut wide: the smaller of two sizes is enough.
const GIVES: &[&str] = &["stretch", "stretchy", "loose", "oversized", "elastic", "flowing", "ribbed", "knit"];

/// Serves a message that says what one measures or wears elsewhere. Says whether it was one.
pub(super) fn serve(desk: &mut Desk<'_>, wish: &Wish, quoted: Option<ProductId>) -> bool {
    let did_not_fit = note_what_did_not_fit(desk, wish);
    if matches!(wish.intent, Intent::ReturnRefund | Intent::Exchange | Intent::Complaint | Intent::RemoveFromCart) {
        return false;
    }
    if did_not_fit && wish.slots.size.is_empty() {
        // What was bought does not fit: that is what exchanging is for.
        returns::exchange(desk, wish);
        return true;
    }
    if shows_chart(desk, wish, quoted) {
        return true;
    }
    if let Some((small, large)) = between(wish) {
        return between_sizes(desk, wish, quoted, small, large);
    }
    if continental_shoe(desk, wish) {
        return true;
    }
    let Some((body, basis)) = body_said(wish) else { return false };
    if matches!(desk.asking, Some(Say::AskUsualSize { .. })) {
        // Asked for an earlier part of the message, and answered by this one.
        desk.asking = None;
        desk.dialogue.question = Question::None;
    }
    keep(desk, &body, &basis);
    advise_by(desk, wish, quoted, &body, basis);
    true
}

/// "Size chart please", "size chart ya wrap dress": every size with its measurements. Says whether that was asked and
/// there is one.
fn shows_chart(desk: &mut Desk<'_>, wish: &Wish, quoted: Option<ProductId>) -> bool {
    const CHART: &[&str] = &[
        "size chart",
        "sizes chart",
        "sizing chart",
        "size guide",
        "sizing guide",
        "chart ya size",
        "chart ya saizi",
        "chati ya saizi",
        "chati ya size",
        "measurement chart",
        "measurements chart",
        "vipimo vya saizi",
        "vipimo vya size",
        "jedwali la saizi",
    ];
    if !has_any(&wish.text, CHART) {
        return false;
    }
    let product = about(desk, wish, quoted);
    let chart = match product {
        Some(product) => fit::chart_of(product, desk.recall.shop),
        None => Some(fit::usual_chart()),
    };
    let Some(chart) = chart else { return false };
    let name = product.map(|product| product.name.clone());
    if let Some(product) = product.filter(|_| desk.dialogue.wanted.is_empty()) {
        choosing::under_discussion(desk, &[product.id]);
    }
    desk.say(Say::SizeChart { name, rows: chart.rows, own: chart.own });
    true
}

/// "I am EU 40 in shoes": that is the number shoes are sold by here. Says whether it was that.
fn continental_shoe(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    const SHOES: &[&str] = &["shoes", "heels", "sneakers", "sandals", "flats", "boots", "oxfords", "loafers"];
    let of_shoes = wish.slots.product.iter().any(|kind| SHOES.contains(&kind.as_str()))
        || has_any(&wish.text, &["shoe", "shoes", "viatu", "kiatu", "njumu", "ndula", "raba", "heels", "sneakers"]);
    let said = words(&wish.text);
    let continental =
        said.iter().any(|word| matches!(word.trim_end_matches(|c: char| c.is_ascii_digit()), "eu" | "eur"));
    let number = |word: &String| word.trim_start_matches(|c: char| c.is_ascii_alphabetic()).parse::<u32>().ok();
    let number = said.iter().filter_map(number).find(|n| (30..=50).contains(n));
    let (true, true, Some(number)) = (of_shoes, continental, number) else { return false };
    let size = Size::parse(&number.to_string());
    if desk.dialogue.gift.is_none() {
        let name = format!("said.{}", family("shoes"));
        desk.effect(Effect::Customer(CustomerChange::Fact { name, value: size.to_string() }));
    }
    desk.say(Say::UsualSizeKept { size: size.clone() });
    if questions::is_question(&wish.text) && has_any(&wish.text, &["run", "true", "small", "big", "large", "fit"]) {
        // How they turn out is not in the list.
        questions::pass_on(desk, &wish.text);
    }
    let mut read = wish.clone();
    read.slots.product.retain(|kind| kind != "shoes" || wish.slots.product.len() == 1);
    read.slots.size = vec![size];
    read.text = read.slots.product.join(" ");
    search::search(desk, &read);
    true
}

/// "I wear 12 at Mr Price, which size of the red wrap dress should I take?": one question, though its parts were heard
/// apart.
pub(super) fn together(perception: &Perception) -> Option<Wish> {
    let [first, second] = &perception.wishes[..] else { return None };
    let wears = body_said(first).filter(|(_, basis)| matches!(basis, ChartBasis::Garment(_)))?;
    let asks = second.intent == Intent::SizeAdvice || has_any(&second.text, &["which size", "what size", "size gani"]);
    let whole = format!("{}, {}", first.text.trim_end_matches(['.', ',']), second.text);
    let read = Wish { intent: Intent::SizeAdvice, text: whole, ..second.clone() };
    (asks && body_said(&read) == Some(wears)).then_some(read)
}

/// Advises by a body where nothing better is known. Says whether there is anything to go by.
pub(super) fn by_what_was_said(desk: &mut Desk<'_>, product: &Product) -> bool {
    let facts = &desk.recall.customer.facts;
    let measure = |name: &str| facts.get(name).and_then(|value| value.parse().ok());
    let body = Body { bust: measure("measure.bust"), waist: measure("measure.waist"), hips: measure("measure.hips") };
    if body.is_unknown() || desk.dialogue.gift.is_some() {
        return false;
    }
    let basis = facts.get("measure.garment").map_or(ChartBasis::Body, |garment| ChartBasis::Garment(garment.clone()));
    by_chart(desk, product, &body, basis)
}

/// "Does it come in 16?", of what is sized by letters: the letter that is cut for British 16. Says whether there is one.
pub(super) fn by_number(desk: &mut Desk<'_>, product: &Product, size: &Size) -> bool {
    let letters = product.variants.iter().all(|variant| variant.size.as_str().parse::<u32>().is_err());
    let number = size.as_str().parse().ok().filter(|number| letters && (6..=24).contains(number));
    let Some(body) = number.and_then(|number| fit::body_of(number, Numbers::Uk)) else { return false };
    by_chart(desk, product, &body, ChartBasis::Garment(format!("UK {size}")))
}

fn advise_by(desk: &mut Desk<'_>, wish: &Wish, quoted: Option<ProductId>, body: &Body, basis: ChartBasis) {
    let product = about(desk, wish, quoted);
    if let Some(product) = product {
        if !by_chart(desk, product, body, basis) {
            let (name, sizes) = (Some(product.name.clone()), desk.recall.stock.sizes_of(product));
            desk.say(Say::NoSizeByChart { name, sizes });
        }
        return;
    }
    // Of nothing in particular: by what is usual.
    let chart = fit::usual_chart();
    match chart.fit(body) {
        Some(fitting) => desk.say(Say::SizeByChart { fitting, basis, in_stock: None, name: None }),
        None => desk.say(Say::NoSizeByChart { name: None, sizes: Vec::new() }),
    }
}

fn by_chart(desk: &mut Desk<'_>, product: &Product, body: &Body, basis: ChartBasis) -> bool {
    let chart = fit::chart_of(product, desk.recall.shop);
    let Some(fitting) = chart.and_then(|chart| chart.fit(body)) else { return false };
    let size = fitting.size.clone();
    let in_stock = desk.recall.stock.sizes_of(product).contains(&size);
    choose_this(desk, product, &size, in_stock);
    desk.say(Say::SizeByChart { fitting, basis, in_stock: Some(in_stock), name: Some(product.name.clone()) });
    true
}

/// A yes takes the size advised; if the product waits for its size, that is asked on.
fn choose_this(desk: &mut Desk<'_>, product: &Product, size: &Size, in_stock: bool) {
    desk.dialogue.focus = Some(product.id);
    if let Some(wanted) = desk.dialogue.wanted.iter_mut().find(|wanted| wanted.product == product.id) {
        // Advice is an answer of the shop, not of the customer: they say yes to it.
        wanted.size = None;
        desk.quiet = true;
        desk.dialogue.advised = in_stock.then(|| size.clone());
        return;
    }
    if in_stock {
        choosing::keep_size(desk, product.id, size);
        choosing::under_discussion(desk, &[product.id]);
    }
}

/// The product that the advice is for.
fn about<'a>(desk: &Desk<'a>, wish: &Wish, quoted: Option<ProductId>) -> Option<&'a Product> {
    if let Some(wanted) = desk.dialogue.wanted.first() {
        return desk.product(wanted.product);
    }
    let named = !wish.slots.product.is_empty() || !reference::known_as(desk, &wish.text).is_empty();
    match reference::by_name(desk, wish)[..] {
        [one] if named && quoted.is_none() => desk.product(one),
        _ => match reference::resolve(desk, wish, quoted) {
            Reference::These(products) if products.len() == 1 => desk.product(products[0]),
            _ => desk.dialogue.focus.and_then(|id| desk.product(id)),
        },
    }
}

/// What the words say of the body, and how.
fn body_said(wish: &Wish) -> Option<(Body, ChartBasis)> {
    let said = words(&wish.text);
    let body = Body { bust: measured(&said, BUST), waist: measured(&said, WAIST), hips: measured(&said, HIPS) };
    if !body.is_unknown() {
        return Some((body, ChartBasis::Body));
    }
    garment(&said).or_else(|| build(&said))
}

/// A garment from elsewhere: "12 at Mr Price", "UK 12", "EU 40".
fn garment(said: &[String]) -> Option<(Body, ChartBasis)> {
    let text = said.join(" ");
    let source = fit::source_named(&text);
    let system = said.iter().find_map(|word| match word.trim_end_matches(|c: char| c.is_ascii_digit()) {
        "uk" => Some(Numbers::Uk),
        "eu" | "eur" => Some(Numbers::Eu),
        "us" => Some(Numbers::Us),
        _ => None,
    });
    let wears = has_any(&text, WEARS);
    // "The next one in 12" names no shop.
    let there = wears || has_any(&text, &["at", "from", "kwa", "pale"]);
    if !(source.is_some() && there || system.is_some() && wears) {
        return None;
    }
    let digits = |word: &String| word.trim_start_matches(|c: char| c.is_ascii_alphabetic()).parse::<u32>().ok();
    let number = said.iter().filter_map(digits).find(|n| (2..=60).contains(n) && *n != 21);
    let letter = said.iter().map(|word| Size::parse(word)).find(|size| fit::body_of_letter(size).is_some());
    let place = source.map_or_else(|| system.map_or("", label), |(name, _)| name);
    match (number, letter) {
        (Some(number), _) => {
            let numbers = system.or(source.and_then(|(_, numbers)| numbers))?;
            let garment = match source {
                Some(_) => format!("{number} ({place})"),
                None => format!("{place} {number}"),
            };
            Some((fit::body_of(number, numbers)?, ChartBasis::Garment(garment)))
        }
        (None, Some(letter)) => {
            Some((fit::body_of_letter(&letter)?, ChartBasis::Garment(format!("{letter} ({place})"))))
        }
        (None, None) => None,
    }
}

const fn label(numbers: Numbers) -> &'static str {
    match numbers {
        Numbers::Uk => "UK",
        Numbers::Eu => "EU",
        Numbers::Us => "US",
        Numbers::Waist => "",
    }
}

/// Height and weight say a little: about the body that somebody so built has.
fn build(said: &[String]) -> Option<(Body, ChartBasis)> {
    let weight = measured_raw(said, WEIGHT).filter(|kilos| (35..=160).contains(kilos))?;
    let height = measured_raw(said, HEIGHT).filter(|cm| (130..=210).contains(cm)).unwrap_or(163);
    let bust = 62 + weight / 2 + 163u32.saturating_sub(height) / 3;
    let bust = bust.saturating_sub(height.saturating_sub(163) / 3);
    Some((Body { bust: Some(bust), ..Body::default() }, ChartBasis::Build))
}

/// The number said right before or after a word, in centimetres: what is below 60 is in inches.
fn measured(said: &[String], names: &[&str]) -> Option<u32> {
    let number = measured_raw(said, names).filter(|n| (18..=200).contains(n))?;
    let cm = said.iter().any(|word| word == "cm" || word.ends_with("cm"));
    Some(if number < 60 && !cm { fit::from_inches(number) } else { number })
}

fn measured_raw(said: &[String], names: &[&str]) -> Option<u32> {
    let number = |word: &String| word.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse::<u32>().ok();
    // "70kg" says both in one.
    let joined = |word: &String| {
        let unit = word.trim_start_matches(|c: char| c.is_ascii_digit());
        (unit.len() < word.len() && names.contains(&unit)).then(|| number(word)).flatten()
    };
    if let Some(number) = said.iter().find_map(joined) {
        return Some(number);
    }
    let at = said.iter().position(|word| names.contains(&word.as_str()))?;
    let after = said[at + 1..].iter().take(3).find_map(number);
    after.or_else(|| said[..at].iter().rev().take(2).find_map(number))
}

/// What is measured is kept for the next time, unless it is somebody else's.
fn keep(desk: &mut Desk<'_>, body: &Body, basis: &ChartBasis) {
    if desk.dialogue.gift.is_some() || *basis == ChartBasis::Build {
        return;
    }
    let garment = if let ChartBasis::Garment(garment) = basis { garment.clone() } else { String::new() };
    desk.effect(Effect::Customer(CustomerChange::Fact { name: "measure.garment".into(), value: garment }));
    for (name, value) in [("bust", body.bust), ("waist", body.waist), ("hips", body.hips)] {
        if let Some(value) = value {
            let (name, value) = (format!("measure.{name}"), value.to_string());
            desk.effect(Effect::Customer(CustomerChange::Fact { name, value }));
        }
    }
}

/// Two sizes that the words say one is between.
fn between(wish: &Wish) -> Option<(Size, Size)> {
    let [one, other] = &wish.slots.size[..] else { return None };
    let is_it = has_any(&wish.text, BETWEEN)
        || (wish.intent == Intent::SizeAdvice && has_any(&wish.text, &["or", "ama", "au"]));
    let (small, large) = if one.rank() <= other.rank() { (one, other) } else { (other, one) };
    is_it.then(|| (small.clone(), large.clone()))
}

fn between_sizes(desk: &mut Desk<'_>, wish: &Wish, quoted: Option<ProductId>, small: Size, large: Size) -> bool {
    let product = about(desk, wish, quoted);
    let text = product.map(|p| format!("{} {} {}", p.name, p.description, p.tags.join(" "))).unwrap_or_default();
    let gives = has_any(&text.to_lowercase(), GIVES);
    if let Some(product) = product {
        let size = if gives { &small } else { &large };
        let in_stock = desk.recall.stock.sizes_of(product).contains(size);
        choose_this(desk, product, size, in_stock);
    }
    desk.say(Say::BetweenSizes { small, large, gives, name: product.map(|p| p.name.clone()) });
    true
}

/// "The M was too small": the next time it is one size up, in garments that are sized alike. Says whether something
/// bought did not fit.
fn note_what_did_not_fit(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    let too_small = has_any(&wish.text, TOO_SMALL);
    if (!too_small && !has_any(&wish.text, TOO_LARGE)) || desk.dialogue.gift.is_some() {
        return false;
    }
    let bought = desk.recall.orders.iter().filter(|order| order.state.is_sold()).flat_map(|order| &order.lines);
    let of_kind = reference::kind(desk, &wish.slots.product);
    let line = bought
        .filter(|line| wish.slots.product.is_empty() || of_kind.contains(&line.product))
        .find(|line| !line.size.is_one());
    let Some(product) = line.and_then(|line| desk.product(line.product)) else { return false };
    let Some(line) = line else { return false };
    let (fits, other) = if too_small { ("too_small", "too_large") } else { ("too_large", "too_small") };
    let kind = family(&product.category);
    let fact =
        |name: &str, value: String| Effect::Customer(CustomerChange::Fact { name: format!("{name}.{kind}"), value });
    let (learnt, undone) = (fact(fits, line.size.to_string()), fact(other, String::new()));
    desk.effect(learnt);
    desk.effect(undone);
    true
}

/// The years of a child that the words name.
pub(super) fn age_said(text: &str) -> Option<u32> {
    const AGE: &[&str] = &["years", "year", "yrs", "yr", "miaka", "mwaka", "age", "aged", "umri"];
    let said = words(text);
    measured_raw(&said, AGE).filter(|years| (1..=16).contains(years))
}

/// The sizes that a child of this age wears, of all the shop has.
pub(super) fn sizes_of_age(desk: &Desk<'_>, years: u32) -> Vec<Size> {
    let variants = desk.recall.catalogue.products().iter().flat_map(|p| &p.variants);
    let mut sizes: Vec<Size> = variants.map(|v| &v.size).filter(|s| fit::is_for_age(s, years)).cloned().collect();
    sizes.sort();
    sizes.dedup();
    sizes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Option<(Body, ChartBasis)> {
        let slots = duka_perception::Slots::default();
        body_said(&Wish { intent: Intent::SizeAdvice, confidence: 1.0, slots, text: text.into() })
    }

    #[test]
    fn measurements_are_read_in_inches_and_centimetres_in_all_languages() {
        let body = |text: &str| said(text).map(|(body, _)| (body.bust, body.waist, body.hips));
        let inches = (Some(97), Some(79), Some(104));
        assert_eq!(body("my bust is 38 inches waist 31 and hips 41"), Some(inches));
        assert_eq!(body("kifua 38, kiuno 31, hips 41"), Some(inches));
        assert_eq!(body("waist 79cm"), Some((None, Some(79), None)));
        assert_eq!(body("bust 97 cm"), Some((Some(97), None, None)));
        assert_eq!(body("show me the red dress in 38"), None);
    }

    #[test]
    fn a_garment_from_elsewhere_is_read() {
        let garment = |text: &str| said(text).map(|(_, basis)| basis);
        assert_eq!(garment("I wear 12 at Mr Price"), Some(ChartBasis::Garment("12 (Mr Price)".into())));
        assert_eq!(garment("navaa UK 14"), Some(ChartBasis::Garment("UK 14".into())));
        assert_eq!(garment("I'm usually EU 40"), Some(ChartBasis::Garment("EU 40".into())));
        assert_eq!(garment("I'm an M at Zara"), Some(ChartBasis::Garment("M (Zara)".into())));
        assert_eq!(garment("the next one in 12"), None);
        assert_eq!(garment("nina kilo 70 na urefu 165cm"), Some(ChartBasis::Build));
    }
}
