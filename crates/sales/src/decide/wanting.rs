//! From a product that is wanted to a line of the cart: which variants, how many of each, and what is in the way.

use duka_kernel::{ProductId, Size, VariantId};
use duka_perception::Slots;
use duka_shop::{CartLine, Product};

use super::{others, pieces, standing, swapping, waiting};
use crate::{
    desk::Desk,
    dialogue::{Question, Wanted},
    say::Say,
    tools::{AddRefusal, AddToCart, add_to_cart},
    words::{has_any, words},
};

const ALSO: &[&str] = &["also", "too", "as well", "pia", "add", "ongeza", "niongeze", "niongezee", "plus"];

/// What keeps a wanted product from the cart.
pub(super) enum Missing {
    Size,
    SizeOut(Size),
    Colour,
    ColourOut,
}

/// Puts products on the list of what is wanted, with the sizes and numbers that were said, and moves what is
/// clear into the cart. What the cart holds already is not put in again.
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
    let replaces = desk.replaces.take();
    for (at, product) in products.iter().enumerate() {
        let Some(product) = desk.product(*product) else { continue };
        if standing::holds(desk, product, &of_this(slots, at, products.len()), text) {
            continue;
        }
        let wanted = wanted_of(desk, product, at, products.len(), slots, text);
        desk.dialogue.wanted.extend(wanted.into_iter().map(|wanted| Wanted { replaces, ..wanted }));
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

/// What was said of one of several products: the number in its place.
fn of_this(slots: &Slots, at: usize, of: usize) -> Slots {
    let own = |numbers: &[u32]| if numbers.len() == of { vec![numbers[at]] } else { numbers.to_vec() };
    Slots { quantity: own(&slots.quantity), ..slots.clone() }
}

/// One product may be wanted in several sizes; several products may be given a size each, or all the same.
fn wanted_of(desk: &Desk<'_>, product: &Product, at: usize, of: usize, slots: &Slots, text: &str) -> Vec<Wanted> {
    let colour = slots.colour.iter().copied().find(|c| product.variants.iter().any(|v| v.colour == Some(*c)));
    // With several products, a number may well be the size of another one.
    let slots = &if of == 1 { numbers_that_are_no_sizes(product, slots, text) } else { slots.clone() };
    let one = |size: Option<Size>, quantity: u32| Wanted {
        product: product.id,
        size,
        colour,
        quantity: quantity.max(1),
        replaces: None,
    };
    let is_offered = |size: &Size| product.variants.iter().any(|v| v.size == *size);
    let quantity = match slots.quantity.len() {
        0 => 1,
        1 => slots.quantity[0],
        _ => slots.quantity.get(at).copied().unwrap_or(1),
    };
    if of == 1 {
        let each = pieces::by_size(text, is_offered);
        if each.len() > 1 {
            return each.into_iter().map(|(size, pieces)| one(Some(size), pieces)).collect();
        }
    }
    let offered: Vec<&Size> = slots.size.iter().filter(|size| is_offered(size)).collect();
    if of == 1 && offered.len() > 1 {
        let counted = |i: usize| match slots.quantity.len() {
            1 => slots.quantity[0],
            _ => slots.quantity.get(i).copied().unwrap_or(1),
        };
        return offered.into_iter().enumerate().map(|(i, size)| one(Some(size.clone()), counted(i))).collect();
    }
    let size = match (of, slots.size.len() == of) {
        (1, _) => offered.first().copied().or_else(|| slots.size.iter().find(|size| !size.is_one())),
        (_, true) => slots.size.get(at).filter(|size| offered.contains(size)),
        (_, false) => offered.first().copied(),
    };
    let size = size.cloned().or_else(|| standing::size_of_another(desk, product, text));
    vec![one(size.or_else(|| super::said::size_for(desk, product)), quantity)]
}

/// "Add 20 t-shirts in M": what comes in no numbered size is wanted 20 times.
fn numbers_that_are_no_sizes(product: &Product, slots: &Slots, text: &str) -> Slots {
    let number = |size: &Size| size.as_str().parse::<u32>().ok();
    let mut read = slots.clone();
    if !product.variants.iter().any(|v| number(&v.size).is_some()) {
        let said = words(text);
        let counts = |n: &u32| *n > 0 && said.contains(&n.to_string());
        let numbers: Vec<u32> = slots.size.iter().filter_map(number).filter(counts).collect();
        read.size.retain(|size| number(size).is_none());
        if read.quantity.is_empty() {
            read.quantity = numbers;
        }
    }
    read
}

/// Moves every wanted product of which nothing is left to ask into the cart, in order. What is sold out is said
/// and dropped.
pub(super) fn settle(desk: &mut Desk<'_>) {
    let mut waiting: Vec<Wanted> = Vec::new();
    let asked = desk.dialogue.wanted.first().map(|wanted| wanted.product);
    for wanted in std::mem::take(&mut desk.dialogue.wanted) {
        let Some(product) = desk.product(wanted.product) else { continue };
        if !desk.recall.stock.has(product) {
            sold_out(desk, product);
            continue;
        }
        match variant_of(desk, product, &wanted) {
            Ok(variant) => match replaced(desk, &wanted) {
                Some(out) => swapping::swap(desk, &out, variant, wanted.quantity),
                None => put_in_cart(desk, product, variant, wanted.quantity),
            },
            Err(_) => waiting.push(wanted),
        }
    }
    if waiting.first().map(|wanted| wanted.product) != asked {
        desk.dialogue.size_asked = 0;
    }
    desk.dialogue.wanted = waiting;
}

fn replaced(desk: &Desk<'_>, wanted: &Wanted) -> Option<CartLine> {
    let variant = wanted.replaces?;
    desk.dialogue.cart.lines.iter().find(|line| line.variant == variant).cloned()
}

/// Says that a product is gone, with what is like it if there is anything.
pub(super) fn sold_out(desk: &mut Desk<'_>, product: &Product) {
    waiting::missed(desk, product.id, None);
    if !others::show_similar(desk, product) {
        desk.say(Say::SoldOut { name: product.name.clone() });
    }
}

/// So many pieces beyond what there is are no slip: it is asked whether what there is will do.
pub(super) fn far_beyond(asked: u32, there_is: u32) -> bool {
    asked > there_is.saturating_mul(2).max(there_is.saturating_add(1))
}

/// Puts pieces of a variant in the cart and says so.
pub(super) fn put_in_cart(desk: &mut Desk<'_>, product: &Product, variant: VariantId, quantity: u32) {
    let size = product.variants.iter().find(|v| v.id == variant).map_or_else(Size::one, |v| v.size.clone());
    let held = desk.dialogue.cart.lines.iter().find(|l| l.variant == variant).map_or(0, |l| l.quantity);
    let room = desk.available(variant).saturating_sub(held);
    if room > 0 && far_beyond(quantity, room) {
        desk.dialogue.focus = Some(product.id);
        let say = Say::AskPieces { name: product.name.clone(), size, available: room };
        return desk.ask(Question::Pieces { variant, quantity: room }, say);
    }
    match add_to_cart(desk, &AddToCart { variant, quantity }) {
        Ok(added) => {
            let (name, size) = (added.line.name.clone(), added.line.size.clone());
            desk.say_added(added.line);
            if let Some(available) = added.only {
                desk.say(Say::OnlySoMany { name, size, available });
            }
        }
        Err(AddRefusal::AllInCart(available)) => {
            desk.say(Say::OnlySoMany { name: product.name.clone(), size, available });
            desk.added = true;
        }
        Err(AddRefusal::Unknown | AddRefusal::SoldOut) => desk.say(Say::SoldOut { name: product.name.clone() }),
    }
}

/// The yes to so many pieces.
pub(super) fn put_pieces(desk: &mut Desk<'_>, variant: VariantId, quantity: u32) {
    desk.answered();
    if let Some((product, _)) = desk.recall.catalogue.variant(variant) {
        put_in_cart(desk, product, variant, quantity);
    }
}

/// The variant that is meant, or what is missing to know it.
pub(super) fn variant_of(desk: &Desk<'_>, product: &Product, wanted: &Wanted) -> Result<VariantId, Missing> {
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
