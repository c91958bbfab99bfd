//! Two or more side by side: "which is better, 1 or 3?", "the difference between Amani and Maua".

use duka_kernel::ProductId;
use duka_perception::{Context, Intent, Perception, Wish, perceive};
use duka_shop::search::Fit;

use super::{items, reference, reference::Reference};
use crate::{
    desk::{Desk, LIST_LENGTH},
    dialogue::Question,
    say::{Because, Say},
    tools::{SearchProducts, get_product_details, search_products},
    words::{has_any, same_word, telling_words, words},
};

const COMPARE: &[&str] = &[
    "compare",
    "comparison",
    "difference",
    "differences",
    "different",
    "vs",
    "versus",
    "linganisha",
    "zilinganishe",
    "tofauti",
    "which better",
    "which one better",
    "which is best",
    "which one is best",
    "which one for",
    "which is good for",
    "which one is good for",
    "gani nzuri ya",
    "ipi inafaa",
    "gani inafaa",
    "ipi nzuri ya",
    "which is better",
    "which one is better",
    "which is nicer",
    "which one is nicer",
    "better one",
    "gani ni poa",
    "gani iko poa",
    "gani poa",
    "gani ni fiti",
    "gani iko fiti",
    "gani bora",
    "gani ni bora",
    "gani nzuri",
    "gani ni nzuri",
    "ipi bora",
    "ipi ni bora",
    "ipi nzuri",
    "ipi ni nzuri",
];

/// Whether a message asks to compare.
pub(super) fn asks_to_compare(wish: &Wish) -> bool {
    has_any(&wish.text, COMPARE)
}

/// "What's the difference between 1 and 2?", whatever else it looks like. Says whether that was it.
pub(super) fn compares(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    use Intent::{
        Availability, PriceInquiry, ProductSearch, RepeatUnclear, SelectOption, SizeAdvice, SmalltalkOfftopic,
    };
    let unsure = matches!(
        wish.intent,
        Availability | PriceInquiry | ProductSearch | RepeatUnclear | SelectOption | SizeAdvice | SmalltalkOfftopic
    );
    (unsure || wish.confidence < super::reading::UNSURE)
        && asks_to_compare(wish)
        && (suits(desk, wish) || compare(desk, wish, None))
}

/// "Which is better, the blue dress or the red one?" is one question, however many parts it was read in.
pub(super) fn together(desk: &Desk<'_>, perception: &Perception) -> Option<Wish> {
    use Intent::{
        Availability, PriceInquiry, ProductSearch, RepeatUnclear, SelectOption, SizeAdvice, SmalltalkOfftopic,
    };
    let asks = |wish: &Wish| {
        matches!(
            wish.intent,
            Availability | PriceInquiry | ProductSearch | RepeatUnclear | SelectOption | SizeAdvice | SmalltalkOfftopic
        )
    };
    let [first, _, ..] = &perception.wishes[..] else { return None };
    let text = perception.wishes.iter().map(|wish| wish.text.as_str()).collect::<Vec<_>>().join(" ");
    if !has_any(&text, COMPARE) || !perception.wishes.iter().all(asks) || called_so(desk, &text).len() < 2 {
        return None;
    }
    let product = perception.wishes.iter().find(|wish| !wish.slots.product.is_empty()).unwrap_or(first);
    Some(Wish { text, ..product.clone() })
}

/// Two or more side by side, if at least two are meant: by their places, by their names, or all that were shown.
pub(super) fn compare(desk: &mut Desk<'_>, wish: &Wish, quoted: Option<ProductId>) -> bool {
    let products = meant(desk, wish, quoted);
    if products.len() < 2 {
        return false;
    }
    let place = |id: &ProductId| desk.dialogue.shown.iter().position(|shown| shown == id);
    let listed: Option<Vec<usize>> = products.iter().map(place).collect();
    let is_list = |say: &Say| matches!(say, Say::Products { .. } | Say::AskWhich { .. });
    if listed.is_none() && desk.says.iter().chain(&desk.asking).any(is_list) {
        // Another list in the same reply: a number means one thing.
        return false;
    }
    let numbers = listed.unwrap_or_else(|| {
        desk.dialogue.shown.clone_from(&products);
        (0..products.len()).collect()
    });
    let numbers = numbers.into_iter().zip(1u32..).map(|(at, n)| u32::try_from(at + 1).unwrap_or(n)).collect();
    let descriptions = products.iter().filter_map(|id| get_product_details(desk, *id)).map(|(_, text)| text).collect();
    let cards = desk.cards(&products);
    desk.dialogue.focus = None;
    desk.dialogue.compared.clone_from(&products);
    if matches!(
        desk.dialogue.question,
        Question::None | Question::ProductChoice | Question::Take { .. } | Question::CartNext
    ) {
        desk.dialogue.question = Question::ProductChoice;
    }
    desk.say(Say::Compare { cards, descriptions, numbers });
    true
}

/// The products of which a text has two words or more of the name in a row, where no other has as many.
pub(crate) fn by_name(desk: &Desk<'_>, text: &str) -> Vec<ProductId> {
    let said = words(text);
    let (mut called, mut at) = (Vec::new(), 0);
    while at < said.len() {
        let run =
            |name: &[String]| said[at..].iter().take_while(|word| name.iter().any(|own| same_word(own, word))).count();
        let products = desk.recall.catalogue.products().iter();
        let runs: Vec<(usize, ProductId)> = products.map(|product| (run(&words(&product.name)), product.id)).collect();
        let longest = runs.iter().map(|(length, _)| *length).max().unwrap_or(0);
        let mut longest_ones = runs.iter().filter(|(length, _)| *length == longest);
        if let (2.., Some((_, product)), None) = (longest, longest_ones.next(), longest_ones.next())
            && !called.contains(product)
        {
            called.push(*product);
        }
        at += longest.max(1);
    }
    called
}

/// The products that begin with a word said, where only one does: "Amani and Maua".
fn called_so(desk: &Desk<'_>, text: &str) -> Vec<ProductId> {
    let begins = |word: &String| {
        let mut products = desk.recall.catalogue.products().iter();
        let mut of_word =
            || products.by_ref().find(|p| telling_words(&p.name).first().is_some_and(|n| same_word(n, word)));
        let first = of_word();
        first.filter(|_| of_word().is_none()).map(|p| p.id)
    };
    let mut called = by_name(desk, text);
    for product in reference::known_as(desk, text).into_iter().chain(telling_words(text).iter().filter_map(begins)) {
        if !called.contains(&product) {
            called.push(product);
        }
    }
    called
}

const TWO: &[&str] = &["two", "both", "mbili", "hizo mbili", "hizi mbili", "the first two"];

/// The products in the places that a text names in digits: "the 1 and 3".
fn numbers_said(desk: &Desk<'_>, text: &str) -> Vec<ProductId> {
    let shown = &desk.dialogue.shown;
    let places = words(text).into_iter().filter_map(|word| word.parse::<usize>().ok());
    let mut these: Vec<ProductId> = Vec::new();
    for product in places.filter_map(|n| n.checked_sub(1)).filter_map(|at| shown.get(at)) {
        if !these.contains(product) {
            these.push(*product);
        }
    }
    these
}

/// "The black one and the nude one": of what is shown, the first of each colour.
fn one_of_each_colour(desk: &Desk<'_>, wish: &Wish) -> Vec<ProductId> {
    let mut these: Vec<ProductId> = Vec::new();
    for colour in &wish.slots.colour {
        let products = desk.dialogue.shown.iter().filter_map(|id| desk.product(*id));
        let of_colour = products.filter(|p| p.colours.contains(colour)).map(|p| p.id).find(|id| !these.contains(id));
        these.extend(of_colour);
    }
    these
}

/// "Which is better for church?" of what is shown: those that are said to be for that.
fn suits(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    let heard = perceive(&format!("something for {}", wish.text), &Context::default());
    let occasions = if wish.slots.occasion.is_empty() { heard.slots.occasion } else { wish.slots.occasion.clone() };
    let shown = desk.dialogue.shown.clone();
    if occasions.is_empty() || shown.len() < 2 || !wish.slots.product.is_empty() || !wish.slots.ordinal.is_empty() {
        return false;
    }
    let args = SearchProducts { occasions, limit: 60, ..SearchProducts::default() };
    let hits = search_products(desk, &args);
    let fits = |id: &ProductId| hits.iter().any(|hit| hit.product == *id && hit.fit == Fit::Exact);
    let fitting: Vec<ProductId> = shown.into_iter().filter(fits).collect();
    if fitting.is_empty() {
        return false;
    }
    desk.show(Because::Asked, &fitting, None);
    true
}

fn meant(desk: &Desk<'_>, wish: &Wish, quoted: Option<ProductId>) -> Vec<ProductId> {
    if wish.slots.ordinal.len() > 1
        && let Reference::These(products) = reference::resolve(desk, wish, quoted)
    {
        return products;
    }
    let shown = &desk.dialogue.shown;
    if wish.slots.product.is_empty() {
        let placed = numbers_said(desk, &wish.text);
        let coloured = one_of_each_colour(desk, wish);
        if let Some(these) = [placed, coloured].into_iter().find(|these| these.len() > 1) {
            return these;
        }
        if shown.len() > 2 && has_any(&wish.text, TWO) {
            return shown[..2].to_vec();
        }
    }
    let named = called_so(desk, &wish.text);
    if named.len() > 1 {
        return named;
    }
    if let Some(each) = items::each_named(desk, wish).filter(|each| each.len() > 1) {
        return each.into_iter().map(|(product, _)| product).collect();
    }
    match reference::resolve(desk, wish, quoted) {
        Reference::These(products) | Reference::OneOf(products) if products.len() > 1 => products,
        _ if desk.dialogue.shown.len() > 1 && wish.slots.product.is_empty() => desk.dialogue.shown.clone(),
        _ => Vec::new(),
    }
    .into_iter()
    .take(LIST_LENGTH)
    .collect()
}
