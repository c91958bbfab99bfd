//! From a product that is wanted to a variant in the cart: size, colour, number. And advice on sizes.

use duka_kernel::{Colour, ProductId, Size, VariantId};
use duka_perception::{Slots, Wish};
use duka_shop::Product;

use super::{cart, choosing, fitting, gifts, reference, reference::Reference, search, waiting};
use crate::{
    desk::Desk,
    dialogue::{Question, Stage, Wanted},
    effect::{CustomerChange, Effect},
    say::Say,
    tools::{AddRefusal, AddToCart, RecommendSize, add_to_cart, basis_of_size, recommend_size, usual_size},
    words::has_any,
};

const INSTEAD: &[&str] =
    &["instead", "actually", "change", "badala", "badilisha", "badilishia", "make it", "iwe", "rather", "nibadilishie"];
const ALSO: &[&str] = &["also", "too", "as well", "pia", "add", "ongeza", "niongeze", "niongezee", "plus"];
const DECIDED: &[&str] = &[
    "ill go",
    "go with",
    "go for",
    "let me go",
    "ok",
    "okay",
    "then",
    "fine",
    "it is",
    "nichukue",
    "nitachukua",
    "naichukua",
    "nachukua",
    "basi",
    "bas",
    "sawa",
    "poa",
    "fiti",
];
pub(super) const WEARS: &[&str] = &[
    "i wear",
    "i am a",
    "im a",
    "im size",
    "i am size",
    "my size is",
    "navaa",
    "huvaa",
    "navaanga",
    "size yangu",
    "i always wear",
    "i usually wear",
    "i normally wear",
    "usually wear",
    "kawaida navaa",
    "huwa navaa",
    "huwa navaanga",
    "my usual size",
];

/// What keeps a wanted product from the cart.
enum Missing {
    Size,
    SizeOut(Size),
    Colour,
    ColourOut,
}

/// Puts products on the list of what is wanted, with the sizes and numbers that were said, and moves what is
/// clear into the cart.
pub(super) fn want(desk: &mut Desk<'_>, products: &[ProductId], slots: &Slots, text: &str) {
    // Whoever turns to something else before answering has let go of the earlier thing, unless they say "also".
    let earlier = if desk.wanted_now { Vec::new() } else { std::mem::take(&mut desk.dialogue.wanted) };
    let earlier = if has_any(text, ALSO) { earlier } else { Vec::new() };
    // "Two blue dresses" – "both": one of each.
    let counted = slots.quantity.len() == 1 && slots.quantity.first().map(|n| *n as usize) == Some(products.len());
    let slots = &if counted && products.len() > 1 && !has_any(text, &["each", "kila"]) {
        Slots { quantity: Vec::new(), ..slots.clone() }
    } else {
        slots.clone()
    };
    for (at, product) in products.iter().enumerate() {
        let Some(product) = desk.product(*product) else { continue };
        let again = wanted_of(product, at, products.len(), slots, text);
        desk.dialogue.wanted.extend(again);
    }
    for wanted in earlier {
        if !products.contains(&wanted.product) {
            desk.dialogue.wanted.push(wanted);
        }
    }
    desk.wanted_now = true;
    desk.dialogue.choosing = None;
    desk.answered();
    settle(desk);
}

/// One product may be wanted in several sizes; several products may be given a size each, or all the same.
fn wanted_of(product: &Product, at: usize, of: usize, slots: &Slots, text: &str) -> Vec<Wanted> {
    let colour = slots.colour.iter().copied().find(|c| product.variants.iter().any(|v| v.colour == Some(*c)));
    // With several products, a number may well be the size of another one.
    let slots = &if of == 1 { numbers_that_are_no_sizes(product, slots) } else { slots.clone() };
    let one = |size: Option<Size>, quantity: Option<&u32>| Wanted {
        product: product.id,
        size,
        colour,
        quantity: quantity.copied().unwrap_or(1).max(1),
    };
    let quantity = |at: usize| match slots.quantity.len() {
        0 => None,
        1 => slots.quantity.first(),
        _ => slots.quantity.get(at),
    };
    let offered: Vec<&Size> =
        slots.size.iter().filter(|size| product.variants.iter().any(|v| v.size == **size)).collect();
    if of == 1 && offered.len() > 1 {
        let counted = |i: usize, size: &Size| count_before(text, size).as_ref().or(quantity(i)).copied();
        let each = offered.into_iter().enumerate();
        return each.map(|(i, size)| one(Some(size.clone()), counted(i, size).as_ref())).collect();
    }
    let size = match (of, slots.size.len() == of) {
        (1, _) => offered.first().copied().or_else(|| slots.size.iter().find(|size| !size.is_one())),
        (_, true) => slots.size.get(at).filter(|size| offered.contains(size)),
        (_, false) => offered.first().copied(),
    };
    vec![one(size.cloned(), quantity(at))]
}

/// "Add 20 t-shirts in M": what comes in no numbered size is wanted 20 times.
fn numbers_that_are_no_sizes(product: &Product, slots: &Slots) -> Slots {
    let number = |size: &Size| size.as_str().parse::<u32>().ok();
    let mut read = slots.clone();
    if !product.variants.iter().any(|v| number(&v.size).is_some()) {
        let numbers: Vec<u32> = slots.size.iter().filter_map(number).filter(|n| *n > 0).collect();
        read.size.retain(|size| number(size).is_none());
        if read.quantity.is_empty() {
            read.quantity = numbers;
        }
    }
    read
}

/// The number said right before a size: "one S and two M".
fn count_before(text: &str, size: &Size) -> Option<u32> {
    const COUNTS: [&[&str]; 5] = [
        &["one", "1", "moja"],
        &["two", "2", "mbili"],
        &["three", "3", "tatu"],
        &["four", "4", "nne"],
        &["five", "5", "tano"],
    ];
    let words = crate::words::words(text);
    let at = words.iter().position(|word| Size::parse(word) == *size)?;
    let before = words.get(at.checked_sub(1)?)?;
    (1u32..).zip(COUNTS).find(|(_, names)| names.contains(&before.as_str())).map(|(count, _)| count)
}

/// Moves every wanted product of which nothing is left to ask into the cart, in order. What is sold out is said
/// and dropped.
pub(super) fn settle(desk: &mut Desk<'_>) {
    let mut waiting = Vec::new();
    for wanted in std::mem::take(&mut desk.dialogue.wanted) {
        let Some(product) = desk.product(wanted.product) else { continue };
        if !desk.recall.stock.has(product) {
            sold_out(desk, product);
            continue;
        }
        match variant_of(desk, product, &wanted) {
            Ok(variant) => put_in_cart(desk, product, variant, wanted.quantity),
            Err(_) => waiting.push(wanted),
        }
    }
    desk.dialogue.wanted = waiting;
}

/// Says that a product is gone, with what is like it if there is anything.
pub(super) fn sold_out(desk: &mut Desk<'_>, product: &Product) {
    waiting::missed(desk, product.id, None);
    if !search::show_similar(desk, product) {
        desk.say(Say::SoldOut { name: product.name.clone() });
    }
}

fn put_in_cart(desk: &mut Desk<'_>, product: &Product, variant: VariantId, quantity: u32) {
    match add_to_cart(desk, &AddToCart { variant, quantity }) {
        Ok(added) => {
            let (name, size) = (added.line.name.clone(), added.line.size.clone());
            desk.say_added(added.line);
            if let Some(available) = added.only {
                desk.say(Say::OnlySoMany { name, size, available });
            }
        }
        Err(AddRefusal::AllInCart(available)) => {
            let size = product.variants.iter().find(|v| v.id == variant).map_or_else(Size::one, |v| v.size.clone());
            desk.say(Say::OnlySoMany { name: product.name.clone(), size, available });
            desk.added = true;
        }
        Err(AddRefusal::Unknown | AddRefusal::SoldOut) => desk.say(Say::SoldOut { name: product.name.clone() }),
    }
}

/// The variant that is meant, or what is missing to know it.
fn variant_of(desk: &Desk<'_>, product: &Product, wanted: &Wanted) -> Result<VariantId, Missing> {
    if let [only] = &product.variants[..] {
        let other_size = wanted.size.as_ref().filter(|size| !only.size.is_one() && **size != only.size);
        return other_size.map_or(Ok(only.id), |size| Err(Missing::SizeOut(size.clone())));
    }
    let in_stock: Vec<_> = product.variants.iter().filter(|v| desk.recall.stock.available(v.id) > 0).collect();
    let one_size = product.variants.iter().all(|v| v.size.is_one());
    let of_size: Vec<_> = match &wanted.size {
        _ if one_size => in_stock,
        None => return Err(Missing::Size),
        Some(size) => in_stock.into_iter().filter(|v| v.size == *size).collect(),
    };
    if let (true, Some(size)) = (of_size.is_empty(), &wanted.size) {
        return Err(Missing::SizeOut(size.clone()));
    }
    match (&of_size[..], wanted.colour) {
        ([only], None) => Ok(only.id),
        (some, Some(colour)) => some.iter().find(|v| v.colour == Some(colour)).map(|v| v.id).ok_or(Missing::ColourOut),
        (_, None) => Err(Missing::Colour),
    }
}

/// Asks for what is missing of the first wanted product. Says whether there was anything to ask.
pub(super) fn ask_next(desk: &mut Desk<'_>) -> bool {
    let Some(wanted) = desk.dialogue.wanted.first().cloned() else { return false };
    let Some(product) = desk.product(wanted.product) else { return false };
    let card = desk.card(product);
    let say = match variant_of(desk, product, &wanted) {
        Ok(_) | Err(Missing::Size) => Say::AskSize { card, first: false },
        Err(Missing::SizeOut(size)) => {
            waiting::missed(desk, product.id, Some(&size));
            super::inquiries::no_such_size(product, card, &size)
        }
        Err(Missing::Colour) => Say::AskColour { card, colours: desk.colours_of(product, wanted.size.as_ref()) },
        Err(Missing::ColourOut) => {
            let others = desk.colours_of(product, wanted.size.as_ref());
            match wanted.colour {
                Some(colour) => Say::ColourOut { name: product.name.clone(), colour, others },
                None => Say::AskColour { card, colours: others },
            }
        }
    };
    // A size or colour that is not there is not asked about again.
    if let Some(first) = desk.dialogue.wanted.first_mut() {
        match &say {
            Say::SizeOut { .. } | Say::SizeNever { .. } => first.size = None,
            Say::ColourOut { .. } => first.colour = None,
            _ => {}
        }
    }
    desk.dialogue.focus = Some(product.id);
    desk.ask(Question::Variant, say);
    desk.enter(Stage::Sizing);
    true
}

/// A size was said: for what is wanted, for the product under discussion, or of the customer themselves.
pub(super) fn choose(desk: &mut Desk<'_>, wish: &Wish, quoted: Option<ProductId>) {
    if gifts::narrows(desk, &wish.slots) {
        return;
    }
    let decided = choosing::asks_to_buy(wish) || has_any(&wish.text, DECIDED);
    let asks_for_it = decided && desk.dialogue.focus.is_some();
    if has_any(&wish.text, WEARS) || (desk.pending == Question::UsualSize && !asks_for_it) {
        return wears(desk, wish);
    }
    if !desk.dialogue.wanted.is_empty() {
        gifts::keep_size(desk, &wish.slots);
        return answer(desk, wish);
    }
    if has_any(&wish.text, INSTEAD) && change_size(desk, wish) {
        return;
    }
    match reference::resolve(desk, wish, quoted) {
        Reference::Nothing if wish.slots.size.is_empty() => search::not_understood(desk, wish),
        // "Add shoes, size 38", of none that was shown.
        Reference::Nothing if choosing::asks_to_buy(wish) && !wish.slots.product.is_empty() => {
            choosing::buy(desk, wish, quoted);
        }
        Reference::Nothing => search::search(desk, wish),
        _ => choosing::choose(desk, wish, quoted),
    }
}

/// The answer to the question for a size, a colour or both, and perhaps a number.
fn answer(desk: &mut Desk<'_>, wish: &Wish) {
    let slots = &wish.slots;
    let for_all = reference::means_all(&wish.text) || slots.size.len() > 1;
    let first = desk.dialogue.wanted.first().cloned();
    if let (Some(first), true, true) = (first, slots.size.len() > 1, desk.dialogue.wanted.len() == 1) {
        desk.dialogue.wanted.clear();
        return want(desk, &[first.product], slots, &wish.text);
    }
    if let Some(at) = whose_size(desk, slots.size.first()) {
        let wanted = desk.dialogue.wanted.remove(at);
        desk.dialogue.wanted.insert(0, wanted);
    }
    let catalogue = desk.recall.catalogue;
    for (at, wanted) in desk.dialogue.wanted.iter_mut().enumerate() {
        if at > 0 && !for_all {
            break;
        }
        // "Grey is fine, XL" of a hoodie that is grey in every variant says only the size.
        let has = |c: &Colour| {
            let product = catalogue.by_id(wanted.product);
            product.is_some_and(|p| p.colours.contains(c) && p.variants.iter().all(|v| v.colour.is_none()))
        };
        let colour = slots.colour.first().copied().filter(|c| !has(c));
        let size = if slots.size.len() > 1 { slots.size.get(at) } else { slots.size.first() };
        wanted.size = size.cloned().or(wanted.size.take());
        wanted.colour = colour.or(wanted.colour);
        wanted.quantity = slots.quantity.first().copied().unwrap_or(wanted.quantity).max(1);
    }
    desk.answered();
    settle(desk);
}

/// Of several wanted, the one that comes in this size, if the first does not.
fn whose_size(desk: &Desk<'_>, size: Option<&Size>) -> Option<usize> {
    let offers = |wanted: &Wanted| {
        let product = desk.product(wanted.product);
        product.is_some_and(|p| p.variants.iter().any(|v| Some(&v.size) == size))
    };
    size?;
    desk.dialogue.wanted.iter().position(offers).filter(|at| *at > 0)
}

/// A yes to the question for a size: the one there is, or the one the customer usually wears, if that was offered.
/// To the question for a colour it is the one there is.
pub(super) fn take_usual(desk: &mut Desk<'_>) {
    let Some(wanted) = desk.dialogue.wanted.first().cloned() else { return };
    let Some(product) = desk.product(wanted.product) else { return };
    let sizes = desk.recall.stock.sizes_of(product);
    let usual = usual_size(desk, product).filter(|size| sizes.contains(size));
    let only = if let [only] = &sizes[..] { Some(only.clone()) } else { None };
    let advised = desk.dialogue.advised.take().filter(|size| sizes.contains(size));
    let Some(size) = wanted.size.or(advised).or(usual).or(only) else { return };
    if let Some(first) = desk.dialogue.wanted.first_mut() {
        first.size = Some(size);
    }
    desk.answered();
    settle(desk);
}

/// "Actually change it to L": another size of what is in the cart, however it reads. Says whether it was that.
pub(super) fn changes_its_size(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    use duka_perception::Intent::{AddToCart, ChooseSize, SelectOption, UpdateQuantity};
    let slots = &wish.slots;
    let placed = cart::line_in_place(desk, wish);
    if let Some(line) = placed.as_ref().filter(|_| !slots.size.is_empty() && has_any(&wish.text, INSTEAD)) {
        desk.dialogue.focus = Some(line.product);
        return change_size(desk, wish);
    }
    matches!(wish.intent, AddToCart | ChooseSize | SelectOption | UpdateQuantity)
        && !slots.size.is_empty()
        && slots.product.is_empty()
        && slots.quantity.is_empty()
        && slots.ordinal.is_empty()
        && desk.dialogue.wanted.is_empty()
        && has_any(&wish.text, INSTEAD)
        && change_size(desk, wish)
}

/// Puts another size of the line added last in the place of that line. Says whether there was one to change.
pub(super) fn change_size(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    // "Change the M to L": what is there, then what it is to be.
    let lines = &desk.dialogue.cart.lines;
    let (there, size) = match &wish.slots.size[..] {
        [] => return false,
        [size] => (None, size),
        [there, .., size] => (Some(there), size),
    };
    let in_focus = desk.dialogue.focus.and_then(|focus| lines.iter().rfind(|l| l.product == focus));
    let named = there.and_then(|there| lines.iter().rfind(|l| l.size == *there));
    let only = if let [only] = &lines[..] { Some(only) } else { None };
    let Some(line) = named.or(in_focus).or(only).cloned() else { return false };
    let focus = line.product;
    if line.size == *size {
        return false;
    }
    let Some(product) = desk.product(focus) else { return false };
    let wanted = Wanted { product: focus, size: Some(size.clone()), colour: None, quantity: line.quantity };
    match variant_of(desk, product, &wanted) {
        Ok(variant) => {
            crate::tools::remove_from_cart(desk, &crate::tools::RemoveFromCart { variant: line.variant });
            put_in_cart(desk, product, variant, line.quantity);
        }
        Err(_) => {
            waiting::missed(desk, product.id, Some(size));
            desk.say(super::inquiries::no_such_size(product, desk.card(product), size));
        }
    }
    desk.answered();
    true
}

/// The customer says which size they wear: it is kept, and used if something waits for it.
fn wears(desk: &mut Desk<'_>, wish: &Wish) {
    // "12 at Mr Price" is a size of theirs, not of ours.
    let asked = std::mem::take(&mut desk.dialogue.question);
    if fitting::serve(desk, wish, None) {
        return;
    }
    desk.dialogue.question = asked;
    let Some(size) = wish.slots.size.first().cloned() else { return advise(desk, wish, None) };
    if desk.dialogue.gift.is_some() {
        // Somebody else wears it.
        gifts::keep_size(desk, &wish.slots);
    } else {
        let name = told_of(desk, wish, &size);
        desk.effect(Effect::Customer(CustomerChange::Fact { name, value: size.to_string() }));
    }
    desk.say(Say::UsualSizeKept { size: size.clone() });
    desk.answered();
    if !desk.dialogue.wanted.is_empty() {
        return answer(desk, wish);
    }
    let Some(product) = desk.dialogue.focus.and_then(|id| desk.product(id)) else { return };
    let card = desk.card(product);
    if card.sizes.contains(&size) {
        choosing::keep_size(desk, product.id, &size);
        desk.say(Say::InStock { card, size: Some(size) });
        desk.dialogue.question = Question::Take { product: product.id, sized: false };
    }
}

/// Under which name a size is kept: a number is of the garment that it was said of, a letter of any.
fn told_of(desk: &Desk<'_>, wish: &Wish, size: &Size) -> String {
    let named = wish.slots.product.first().cloned();
    let at_hand = || {
        let at_hand = desk.dialogue.focus.or(desk.dialogue.wanted.first().map(|wanted| wanted.product));
        let shown = desk.dialogue.shown.first().copied();
        at_hand.or(shown).and_then(|id| desk.product(id)).map(|p| p.category.clone())
    };
    match named.or_else(at_hand).filter(|_| size.rank().0 == 1) {
        Some(kind) => format!("said.{}", duka_shop::sizing::family(&kind)),
        None => "usual_size".to_owned(),
    }
}

/// "Which size should I take?"
pub(super) fn advise(desk: &mut Desk<'_>, wish: &Wish, quoted: Option<ProductId>) {
    if !wish.slots.size.is_empty() && has_any(&wish.text, WEARS) {
        return wears(desk, wish);
    }
    let product = match desk.dialogue.wanted.first() {
        Some(wanted) => desk.product(wanted.product),
        None => match reference::resolve(desk, wish, quoted) {
            Reference::These(products) => products.first().and_then(|id| desk.product(*id)),
            Reference::Nothing if !wish.slots.product.is_empty() => match reference::by_name(desk, wish)[..] {
                [one] => desk.product(one),
                _ => None,
            },
            _ => None,
        },
    };
    desk.dialogue.focus = product.map_or(desk.dialogue.focus, |p| Some(p.id));
    let args = match product {
        Some(product) => RecommendSize::of(product),
        None => {
            RecommendSize { category: wish.slots.product.first().cloned().unwrap_or_default(), offered: Vec::new() }
        }
    };
    let advice = recommend_size(desk, &args);
    let Some(size) = advice.size else {
        if let Some(product) = product
            && fitting::by_what_was_said(desk, product)
        {
            return;
        }
        let card = product.map(|p| desk.card(p));
        return desk.ask(Question::UsualSize, Say::AskUsualSize { card });
    };
    let (confidence, count, basis) = (advice.confidence, advice.count, basis_of_size(desk, &args));
    let in_stock = product.map(|p| desk.recall.stock.sizes_of(p).contains(&size));
    if let (Some(product), Some(true), true) = (product, in_stock, desk.dialogue.wanted.is_empty()) {
        choosing::keep_size(desk, product.id, &size);
        choosing::under_discussion(desk, &[product.id]);
    }
    desk.say(Say::SizeAdvice { size, confidence, count, basis, in_stock, name: product.map(|p| p.name.clone()) });
}
