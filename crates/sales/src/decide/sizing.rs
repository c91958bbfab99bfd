//! From a product that is wanted to a variant in the cart: size, colour, number. And advice on sizes.

use duka_kernel::{Colour, ProductId, Size};
use duka_perception::Wish;

use super::{
    cart, choosing, fitting, gifts, reference, reference::Reference, search, standing, swapping, waiting, wanting,
};
use crate::{
    desk::Desk,
    dialogue::{Question, Stage, Wanted},
    effect::{CustomerChange, Effect},
    say::Say,
    tools::{RecommendSize, basis_of_size, recommend_size, usual_size},
    words::has_any,
};

const INSTEAD: &[&str] =
    &["instead", "actually", "change", "badala", "badilisha", "badilishia", "make it", "iwe", "rather", "nibadilishie"];
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

/// Asked so often for one size, the way out is offered too.
const PATIENCE: u8 = 2;

/// Whoever goes on to check out without saying the size goes on without what it is the size of, and is told so.
pub(super) fn leave_out(desk: &mut Desk<'_>) {
    let asked = desk.pending == Question::Variant && !desk.wanted_now;
    if !asked || desk.dialogue.cart.is_empty() || desk.dialogue.wanted.is_empty() {
        return;
    }
    let wanted = std::mem::take(&mut desk.dialogue.wanted);
    let names = wanted.iter().filter_map(|wanted| desk.product(wanted.product)).map(|p| p.name.clone()).collect();
    desk.answered();
    desk.say(Say::LeftOut { names });
    desk.added = true;
}

/// Asks for what is missing of the first wanted product. Says whether there was anything to ask.
pub(super) fn ask_next(desk: &mut Desk<'_>) -> bool {
    let Some(wanted) = desk.dialogue.wanted.first().cloned() else { return false };
    let Some(product) = desk.product(wanted.product) else { return false };
    let card = desk.card(product);
    let say = match wanting::variant_of(desk, product, &wanted) {
        Ok(_) | Err(wanting::Missing::Size) if desk.dialogue.size_asked < PATIENCE || card.usual_size.is_some() => {
            Say::AskSize { card, first: false }
        }
        Ok(_) | Err(wanting::Missing::Size) => Say::AskSizeAgain { card },
        Err(wanting::Missing::SizeOut(size)) => {
            waiting::missed(desk, product.id, Some(&size));
            desk.size_out(product, size)
        }
        Err(wanting::Missing::Colour) => {
            Say::AskColour { card, colours: desk.colours_of(product, wanted.size.as_ref()) }
        }
        Err(wanting::Missing::ColourOut) => {
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
            Say::SizeOut { .. } => first.size = None,
            Say::ColourOut { .. } => first.colour = None,
            _ => {}
        }
    }
    desk.dialogue.focus = Some(product.id);
    desk.dialogue.size_asked = desk.dialogue.size_asked.saturating_add(1);
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
        if is_of_another(desk, wish) {
            return choosing::buy(desk, wish, quoted);
        }
        gifts::keep_size(desk, &wish.slots);
        return answer(desk, wish);
    }
    if has_any(&wish.text, INSTEAD) && swapping::change_size(desk, wish) {
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

/// "And the black hoodie, L" while the size of jeans is asked: another thing is named.
fn is_of_another(desk: &Desk<'_>, wish: &Wish) -> bool {
    let Some(asked) = desk.dialogue.wanted.first().and_then(|wanted| desk.product(wanted.product)) else {
        return false;
    };
    if reference::is_another_kind(desk, asked.id, &wish.slots) {
        return true;
    }
    let in_colour = |c: &Colour| asked.colours.contains(c) || asked.variants.iter().any(|v| v.colour == Some(*c));
    let another_colour = !wish.slots.colour.is_empty() && !wish.slots.colour.iter().any(in_colour);
    let named = reference::by_name(desk, wish);
    another_colour && crate::words::telling_words(&wish.text).len() > 2 && matches!(named[..], [one] if one != asked.id)
}

/// The answer to the question for a size, a colour or both, and perhaps a number.
fn answer(desk: &mut Desk<'_>, wish: &Wish) {
    let slots = &wish.slots;
    let for_all = reference::means_all(&wish.text) || slots.size.len() > 1;
    let first = desk.dialogue.wanted.first().cloned();
    if let (Some(first), true, true) = (first, slots.size.len() > 1, desk.dialogue.wanted.len() == 1) {
        desk.dialogue.wanted.clear();
        return wanting::want(desk, &[first.product], slots, &wish.text);
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
    wanting::settle(desk);
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
    let Some(size) = wanted.size.or(advised).or(usual).or(only) else {
        if desk.dialogue.size_asked >= PATIENCE {
            leave_out(desk);
        }
        return;
    };
    if let Some(first) = desk.dialogue.wanted.first_mut() {
        first.size = Some(size);
    }
    desk.answered();
    wanting::settle(desk);
}

/// "Actually change it to L": another size of what is in the cart, however it reads. Says whether it was that.
pub(super) fn changes_its_size(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    use duka_perception::Intent::{AddToCart, ChooseSize, SelectOption, UpdateQuantity};
    let slots = &wish.slots;
    let placed = cart::line_in_place(desk, wish);
    if let Some(line) = placed.as_ref().filter(|_| !slots.size.is_empty() && has_any(&wish.text, INSTEAD)) {
        desk.dialogue.focus = Some(line.product);
        return swapping::change_size(desk, wish);
    }
    matches!(wish.intent, AddToCart | ChooseSize | SelectOption | UpdateQuantity)
        && !slots.size.is_empty()
        && slots.product.is_empty()
        && slots.quantity.is_empty()
        && slots.ordinal.is_empty()
        && desk.dialogue.wanted.is_empty()
        && has_any(&wish.text, INSTEAD)
        && swapping::change_size(desk, wish)
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
    if let Some(line) = standing::line_of(desk, product.id, &size) {
        desk.say(Say::InCartAlready { line, second: false });
        desk.added = true;
    } else if card.sizes.contains(&size) {
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
