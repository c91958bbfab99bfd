//! What products cost, how they compare, whether they are there.

use duka_kernel::{Colour, ProductId, Size};
use duka_perception::{Slots, Wish};
use duka_shop::{CartLine, Product, search::Dropped};

use super::{
    cart,
    choosing::{self, ask_which, keep_size, names_nothing, under_discussion},
    comparing, fitting, items, others, reference,
    reference::Reference,
    search, shop_info, standing, waiting, wanting,
};
use crate::{
    desk::{Desk, LIST_LENGTH},
    dialogue::{Choosing, Purpose, Question},
    say::{Because, Card, Say},
    tools::{SearchProducts, search_products},
    words::has_any,
};

const TOGETHER: &[&str] = &["together", "altogether", "in total", "all of it", "jumla", "zote pamoja", "vyote pamoja"];
const IT: &[&str] = &["it", "this", "that", "hii", "hiyo", "hio", "hilo", "hicho"];

pub(super) fn say_price(desk: &mut Desk<'_>, products: &[ProductId], slots: &Slots) {
    let cards = desk.cards(products);
    let said = if slots.size.is_empty() { super::choosing::size_spoken_of(desk, products) } else { slots.size.clone() };
    if let ([card], [size]) = (&cards[..], &said[..]) {
        // The size was said: it is not asked for again.
        if card.sizes.contains(size) && !size.is_one() {
            keep_size(desk, products[0], size);
            desk.say(Say::PriceOfSize { card: card.clone(), size: size.clone() });
            return under_discussion(desk, products);
        }
    }
    desk.say(if cards.len() > 1 { side_by_side(cards) } else { Say::Price { cards } });
    under_discussion(desk, products);
}

fn side_by_side(cards: Vec<Card>) -> Say {
    let numbers = (1..).take(cards.len()).collect();
    Say::Compare { cards, descriptions: Vec::new(), numbers }
}

/// What something costs: a product at hand, a product named, or from the cheapest to the dearest of a kind.
pub(super) fn price(desk: &mut Desk<'_>, wish: &Wish, quoted: Option<ProductId>) {
    if comparing::asks_to_compare(wish) && comparing::compare(desk, wish, quoted) {
        return;
    }
    if quoted.is_none() && speaks_of_a_kind(wish) {
        return price_of_kind(desk, wish);
    }
    if shop_info::price_per_piece(desk, wish) {
        return;
    }
    let together =
        reference::means_all(&wish.text) && desk.pending == Question::CartNext || has_any(&wish.text, TOGETHER);
    let named = !wish.slots.product.is_empty() || !wish.slots.ordinal.is_empty();
    if together && !named && desk.dialogue.cart.lines.len() > 1 {
        return cart::view(desk);
    }
    match reference::resolve(desk, wish, quoted) {
        Reference::These(products) => say_price(desk, &products, &wish.slots),
        Reference::OneOf(products) => price_of_each(desk, products, &wish.slots),
        Reference::Nothing => price_of_kind(desk, wish),
    }
}

/// "Dresses", not "the dress" or "the red one": the whole kind is meant, also when some of it were just shown.
fn speaks_of_a_kind(wish: &Wish) -> bool {
    const ONE_OF_THEM: &[&str] = &[
        "the", "this", "that", "it", "these", "those", "hii", "hiyo", "hio", "hizo", "hizi", "ile", "zile", "hicho",
        "huo",
    ];
    let slots = &wish.slots;
    !slots.product.is_empty()
        && slots.colour.is_empty()
        && slots.ordinal.is_empty()
        && !has_any(&wish.text, ONE_OF_THEM)
}

/// The price of everything that may be meant, numbered like any list; beside another list, the question which.
fn price_of_each(desk: &mut Desk<'_>, mut products: Vec<ProductId>, slots: &Slots) {
    products.truncate(LIST_LENGTH);
    let listed = desk.asking.is_some() || desk.says.iter().any(|say| matches!(say, Say::Products { .. }));
    if listed {
        return ask_which(desk, &products, slots, Purpose::Price);
    }
    let cards = desk.cards(&products);
    desk.dialogue.shown = products;
    // A choice that an earlier message of the burst left open has other numbers.
    desk.held = None;
    desk.dialogue.focus = None;
    desk.dialogue.question = Question::ProductChoice;
    desk.say(Say::Price { cards });
}

fn price_of_kind(desk: &mut Desk<'_>, wish: &Wish) {
    let named = reference::by_name(desk, wish);
    if let ([one], true) =
        (&named[..], crate::words::telling_words(&wish.text).len() > 1 || wish.slots.product.is_empty())
    {
        return say_price(desk, &[*one], &wish.slots);
    }
    let slots = &wish.slots;
    let named_nothing = slots.product.is_empty() && slots.colour.is_empty() && slots.occasion.is_empty();
    if names_nothing(wish) || (named_nothing && super::naming::as_written(desk, wish).is_empty()) {
        return desk.ask(Question::None, Say::AskWhichProduct);
    }
    let args = search::arguments(desk, wish);
    let range = desk.recall.catalogue.price_range(&args.query(desk));
    if let Some(range) = range.filter(|range| range.count > 1 && !named_nothing) {
        let what = super::naming::as_written(desk, wish);
        desk.say(Say::PriceRange { what, from: range.min, to: range.max, count: range.count });
    }
    search::search(desk, wish);
}

/// "Zimebaki ngapi?", "is it the last one?" of what is talked of, in the size that is. Says whether that was asked and could
/// be answered.
pub(super) fn how_many_left(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    const LEFT: &[&str] = &[
        "how many left",
        "how many are left",
        "how many remain",
        "how many do you have",
        "how many pieces do you have",
        "is it the last",
        "is this the last",
        "is that the last",
        "last one left",
        "only one left",
        "zimebaki ngapi",
        "imebaki ngapi",
        "zimebakia ngapi",
        "ziko ngapi",
        "mko na ngapi",
        "ndio ya mwisho",
        "ni ya mwisho",
    ];
    if !has_any(&wish.text, LEFT) || !wish.slots.product.is_empty() && desk.dialogue.focus.is_none() {
        return false;
    }
    let Some(product) = desk.dialogue.focus.and_then(|id| desk.product(id)) else { return false };
    if reference::is_another_kind(desk, product.id, &wish.slots) {
        return false;
    }
    let in_cart =
        desk.dialogue.cart.lines.iter().rfind(|line| line.product == product.id).map(|line| line.size.clone());
    let spoken_of = || super::choosing::size_spoken_of(desk, &[product.id]).first().cloned();
    let size = wish.slots.size.first().cloned().or(in_cart.clone()).or_else(spoken_of);
    let of_size: Vec<_> =
        product.variants.iter().filter(|v| size.as_ref().is_none_or(|size| v.size == *size)).collect();
    let [variant] = of_size[..] else { return false };
    let available = desk.available(variant.id);
    if available == 0 {
        return false;
    }
    desk.say(Say::Left { name: product.name.clone(), size: variant.size.clone(), available });
    if in_cart.is_some() {
        desk.added = true;
    } else {
        keep_size(desk, product.id, &variant.size);
        under_discussion(desk, &[product.id]);
    }
    true
}

/// Whether something is there.
pub(super) fn availability(desk: &mut Desk<'_>, wish: &Wish, quoted: Option<ProductId>) {
    let waits = waiting::asks_for_it_back(wish);
    if let (false, None, Some(each)) = (waits, quoted, items::each_named(desk, wish)) {
        return stock_of_each(desk, &each);
    }
    if !waits && quoted.is_none() && others::another_like_it(desk, wish) {
        return;
    }
    let it = wish.slots.product.is_empty() && wish.slots.ordinal.is_empty() && has_any(&wish.text, IT);
    if let Some(focus) = desk.dialogue.focus.filter(|id| it && !waits && in_another_colour(desk, *id, &wish.slots)) {
        return other_colour(desk, focus, wish);
    }
    let named = match reference::resolve(desk, wish, quoted) {
        _ if quoted.is_none() && !waits && speaks_of_a_kind(wish) => reference::by_name(desk, wish),
        Reference::These(products) => products,
        Reference::OneOf(_) if !wish.slots.product.is_empty() => return search::search(desk, wish),
        Reference::OneOf(products) => return ask_which(desk, &products, &wish.slots, Purpose::Stock),
        Reference::Nothing => reference::by_name(desk, wish),
    };
    if waits {
        return waiting::tell_when_back(desk, wish, &named);
    }
    match &named[..] {
        [one] if reference::is_another_kind(desk, *one, &wish.slots) => {
            desk.show(Because::Near(vec![Dropped::Type]), &[*one], None);
        }
        [one] if in_another_colour(desk, *one, &wish.slots) => other_colour(desk, *one, wish),
        [one] => say_stock(desk, *one, &wish.slots),
        [] if names_nothing(wish) && desk.dialogue.search.is_none() => desk.ask(Question::None, Say::AskWhichProduct),
        [] if names_nothing(wish) && wish.slots.size.is_empty() => desk.ask(Question::None, Say::AskWhichProduct),
        _ => search::search(desk, wish),
    }
}

/// Whether each of several things is there. "Both" takes them, in the sizes asked about.
fn stock_of_each(desk: &mut Desk<'_>, each: &[(ProductId, Slots)]) {
    for (product, slots) in each {
        say_stock(desk, *product, slots);
    }
    let sizes: Vec<Size> = each.iter().filter_map(|(_, slots)| slots.size.first().cloned()).collect();
    let sizes = if sizes.len() == each.len() { sizes } else { Vec::new() };
    desk.dialogue.choosing = Some(Choosing { purpose: Purpose::Buy, sizes, ..Choosing::default() });
    desk.dialogue.shown = each.iter().map(|(product, _)| *product).collect();
    desk.held = None;
    desk.dialogue.focus = None;
    desk.dialogue.question = Question::ProductChoice;
}

fn in_another_colour(desk: &Desk<'_>, product: ProductId, slots: &Slots) -> bool {
    let Some(product) = desk.product(product) else { return false };
    // Of some things no colour is kept: they may well come in it.
    let told = !product.colours.is_empty() || product.variants.iter().any(|v| v.colour.is_some());
    told && !slots.colour.is_empty() && !slots.colour.iter().any(|c| comes_in(product, *c))
}

fn comes_in(product: &Product, colour: Colour) -> bool {
    product.colours.contains(&colour) || product.variants.iter().any(|v| v.colour == Some(colour))
}

/// It does not come in that colour; what else does?
fn other_colour(desk: &mut Desk<'_>, product: ProductId, wish: &Wish) {
    let (Some(product), Some(colour)) = (desk.product(product), wish.slots.colour.first()) else { return };
    desk.say(Say::ColourOut { name: product.name.clone(), colour: *colour, others: product.colours.clone() });
    let args = SearchProducts {
        product: vec![product.category.clone()],
        colours: wish.slots.colour.clone(),
        sizes: wish.slots.size.clone(),
        exclude: vec![product.id],
        ..SearchProducts::default()
    };
    let hits = search_products(desk, &args);
    let exact: Vec<ProductId> =
        hits.iter().filter(|h| h.fit == duka_shop::search::Fit::Exact).map(|h| h.product).collect();
    if exact.is_empty() {
        under_discussion(desk, &[product.id]);
    } else {
        if desk.dialogue.wanted.iter().all(|wanted| wanted.product == product.id) && !desk.wanted_now {
            desk.dialogue.wanted.clear();
            desk.answered();
        }
        desk.show(Because::Similar, &exact, None);
    }
}

/// The line that another size of the same thing could stand in for.
fn change_offered(desk: &Desk<'_>, product: ProductId, slots: &Slots) -> Option<CartLine> {
    let size = slots.size.first()?;
    let there = desk.product(product).is_some_and(|p| desk.recall.stock.sizes_of(p).contains(size));
    let mut held = desk.dialogue.cart.lines.iter().filter(|line| line.product == product);
    let line = held.next().filter(|_| held.next().is_none())?;
    (there && slots.product.is_empty() && slots.quantity.is_empty()).then(|| line.clone())
}

pub(super) fn say_stock(desk: &mut Desk<'_>, product: ProductId, slots: &Slots) {
    let Some(product) = desk.product(product) else { return };
    if !desk.recall.stock.has(product) {
        return wanting::sold_out(desk, product);
    }
    let card = desk.card(product);
    if let Some(line) = slots.size.first().and_then(|size| standing::line_of(desk, product.id, size)) {
        desk.dialogue.focus = Some(product.id);
        desk.say(Say::InCartAlready { line, second: false });
        desk.added = true;
        return;
    }
    if let Some(line) = change_offered(desk, product.id, slots) {
        // "How about XL?" of what is in the cart in L: a yes changes it.
        if let Some(size) = slots.size.first() {
            keep_size(desk, product.id, size);
            desk.dialogue.focus = Some(product.id);
            desk.dialogue.replaces = Some(line.variant);
            let question = Question::Take { product: product.id, sized: false };
            return desk.ask(question, Say::AskSwap { card, size: size.clone(), old: line });
        }
    }
    let asked = slots.size.first().filter(|size| card.sizes.contains(size));
    if asked.is_some() && desk.pending == Question::Variant && !desk.wanted_now {
        // "Do you have it in 38?", instead of a size: in 38 it is, if they say yes.
        desk.dialogue.wanted.retain(|wanted| wanted.product != product.id);
        desk.answered();
    }
    match slots.size.first() {
        Some(size) if !card.sizes.contains(size) && fitting::by_number(desk, product, size) => return,
        Some(size) if !card.sizes.contains(size) && !card.sizes.iter().all(Size::is_one) => {
            waiting::missed(desk, product.id, Some(size));
            desk.say(desk.size_out(product, size.clone()));
        }
        Some(size) => {
            keep_size(desk, product.id, size);
            desk.say(Say::InStock { card, size: Some(size.clone()) });
        }
        None => {
            // The reply offers the size they usually take, so a yes takes it.
            if let Some(usual) = card.usual_size.clone() {
                keep_size(desk, product.id, &usual);
            }
            desk.say(Say::InStock { card, size: None });
        }
    }
    if slots.quantity.iter().any(|pieces| *pieces > 1) {
        choosing::keep_number(desk, product.id, &slots.quantity);
    }
    under_discussion(desk, &[product.id]);
}
