//! Choosing among products: buying them, looking at them, what they cost, whether they are there.

use duka_kernel::{ProductId, Size};
use duka_perception::{Slots, Wish};

use super::{comparing, finding, inquiries, items, reference, reference::Reference, search, wanting};
use crate::{
    desk::{Desk, LIST_LENGTH},
    dialogue::{Choosing, Later, Purpose, Question, Stage},
    say::{Because, Say},
    tools::get_product_details,
    words::has_any,
};

const LOOK: &[&str] = &[
    "details",
    "detail",
    "describe",
    "tell me about",
    "tell me more",
    "more about",
    "more info",
    "info",
    "see",
    "picture",
    "pictures",
    "photo",
    "photos",
    "picha",
    "elezea",
    "nielezee",
    "eleza",
    "nione",
    "nionyeshe",
    "onyesha",
    "maelezo",
];
const BUY: &[&str] = &[
    "add",
    "buy",
    "take",
    "i want",
    "cart",
    "weka",
    "niwekee",
    "nipe",
    "nipee",
    "nipatie",
    "chukua",
    "nachukua",
    "nitachukua",
    "ongeza",
];

/// Something shown, quoted or named is chosen.
pub(super) fn choose(desk: &mut Desk<'_>, wish: &Wish, quoted: Option<ProductId>) {
    if comparing::asks_to_compare(wish) && comparing::compare(desk, wish, quoted) {
        return;
    }
    let plain = wish.slots.colour.is_empty() && wish.slots.size.is_empty() && wish.slots.quantity.is_empty();
    if plain
        && quoted.is_none()
        && !asks_to_buy(wish)
        && desk.dialogue.search.is_some()
        && finding::says_what_like(desk, wish)
        && matches!(reference::resolve(desk, wish, None), Reference::OneOf(_))
    {
        return search::search(desk, wish);
    }
    let purpose = match desk.dialogue.choosing.as_ref() {
        _ if has_any(&wish.text, BUY) => Purpose::Buy,
        Some(choosing) if choosing.product.is_none() => choosing.purpose,
        // "Photo 2, this one in M" chooses it.
        _ if has_any(&wish.text, LOOK) && (wish.slots.size.is_empty() || wish.slots.ordinal.is_empty()) => {
            Purpose::Look
        }
        _ => Purpose::Buy,
    };
    decide_on(desk, wish, quoted, purpose);
}

/// Whether the words ask for something, not only about it.
pub(super) fn asks_to_buy(wish: &Wish) -> bool {
    has_any(&wish.text, BUY)
}

/// Something is to be put in the cart.
pub(super) fn buy(desk: &mut Desk<'_>, wish: &Wish, quoted: Option<ProductId>) {
    decide_on(desk, wish, quoted, Purpose::Buy);
}

fn decide_on(desk: &mut Desk<'_>, wish: &Wish, quoted: Option<ProductId>, purpose: Purpose) {
    let wish = &reference::numbers_in_place(desk, wish);
    // "Which is the cheapest?" takes nothing.
    let asks =
        reference::names_extreme(&wish.text) && has_any(&wish.text, &["which", "what", "whats", "ipi", "gani", "zipi"]);
    let purpose = if asks && !asks_to_buy(wish) { Purpose::Price } else { purpose };
    if purpose == Purpose::Buy && quoted.is_none() && items::buy_several(desk, wish) {
        return;
    }
    match reference::resolve(desk, wish, quoted) {
        Reference::These(products) => {
            let slots = with_size_spoken_of(desk, &products, wish);
            act(desk, &products, &slots, &wish.text, purpose);
        }
        Reference::OneOf(products) => ask_which(desk, &products, &wish.slots, purpose),
        Reference::Nothing => choose_by_name(desk, wish, purpose),
    }
}

/// "Do you have it in L?" – "I'll take it": in L. So is what was chosen from a search for L.
fn with_size_spoken_of(desk: &Desk<'_>, products: &[ProductId], wish: &Wish) -> Slots {
    let mut slots = wish.slots.clone();
    if slots.size.is_empty() {
        // A place in the list points at the product anew; only what was searched for still holds for it.
        let pointed = !slots.ordinal.is_empty();
        slots.size = if pointed { size_searched(desk, products) } else { size_spoken_of(desk, products) };
    }
    slots
}

pub(super) fn size_spoken_of(desk: &Desk<'_>, products: &[ProductId]) -> Vec<Size> {
    let kept = desk.dialogue.choosing.as_ref().filter(|kept| kept.product.is_some_and(|id| products == [id]));
    let kept = kept.filter(|kept| !kept.sizes.is_empty());
    kept.map_or_else(|| size_searched(desk, products), |kept| kept.sizes.clone())
}

/// The one size of the search that showed all of these.
fn size_searched(desk: &Desk<'_>, products: &[ProductId]) -> Vec<Size> {
    let search = desk.dialogue.search.as_ref().filter(|last| products.iter().all(|id| last.seen.contains(id)));
    let Some([size]) = search.map(|last| &last.sizes[..]) else { return Vec::new() };
    let offered = |id: &ProductId| desk.product(*id).is_some_and(|p| desk.recall.stock.sizes_of(p).contains(size));
    if products.iter().all(offered) { vec![size.clone()] } else { Vec::new() }
}

/// What was not shown is looked for in the whole shop.
fn choose_by_name(desk: &mut Desk<'_>, wish: &Wish, purpose: Purpose) {
    let named = reference::by_name(desk, wish);
    let other = !named.is_empty() && !named.iter().any(|id| finding::is_of_subject(desk, *id));
    if other
        && wish.slots.product.is_empty()
        && reference::known_as(desk, &wish.text).is_empty()
        && search::refines(desk, wish)
    {
        return search::search(desk, wish);
    }
    match &named[..] {
        [one] => act(desk, &[*one], &wish.slots, &wish.text, purpose),
        [] if names_nothing(wish) => {
            desk.dialogue.choosing = Some(choosing(&wish.slots, purpose));
            desk.ask(Question::None, Say::AskWhichProduct);
        }
        [] => search::search(desk, wish),
        // "In red", where nothing shown is red: the same search again, in red.
        [_, _, ..] if wish.slots.product.is_empty() && search::refines(desk, wish) => search::search(desk, wish),
        several => {
            let in_stock: Vec<ProductId> = several
                .iter()
                .copied()
                .filter(|id| desk.product(*id).is_some_and(|p| desk.recall.stock.has(p)))
                .collect();
            match &in_stock[..] {
                [one] => act(desk, &[*one], &wish.slots, &wish.text, purpose),
                [] => act(desk, &several[..1], &wish.slots, &wish.text, purpose),
                _ => ask_which(desk, &in_stock, &wish.slots, purpose),
            }
        }
    }
}

pub(super) fn names_nothing(wish: &Wish) -> bool {
    wish.slots.product.is_empty() && wish.slots.colour.is_empty() && crate::words::telling_words(&wish.text).len() < 2
}

fn choosing(slots: &Slots, purpose: Purpose) -> Choosing {
    Choosing { purpose, product: None, sizes: slots.size.clone(), quantities: slots.quantity.clone() }
}

/// So often the same list is asked about again; after that its name, or something else, is asked for.
const OFTEN: u8 = 2;

/// Names every candidate and asks which. Nothing else happens.
pub(super) fn ask_which(desk: &mut Desk<'_>, products: &[ProductId], slots: &Slots, purpose: Purpose) {
    let in_size = |id: &&ProductId| {
        let sizes = desk.product(**id).map(|p| desk.recall.stock.sizes_of(p)).unwrap_or_default();
        slots.size.iter().any(|size| sizes.contains(size))
    };
    let fitting: Vec<ProductId> = products.iter().filter(in_size).copied().collect();
    let products = if fitting.is_empty() { products } else { &fitting };
    let products: Vec<ProductId> = products.iter().copied().take(LIST_LENGTH).collect();
    if matches!(desk.asking, Some(Say::AskWhich { .. })) && products.len() > 1 {
        // One choice at a time; the other is asked about when this one is made.
        desk.dialogue.later.push(Later { products, choosing: choosing(slots, purpose) });
        return;
    }
    let kept = desk
        .dialogue
        .choosing
        .take()
        .filter(|kept| kept.purpose == purpose && kept.product.is_none())
        .unwrap_or_default();
    let now = choosing(slots, purpose);
    desk.dialogue.choosing = Some(Choosing {
        purpose,
        product: None,
        sizes: if now.sizes.is_empty() { kept.sizes } else { now.sizes },
        quantities: if now.quantities.is_empty() { kept.quantities } else { now.quantities },
    });
    if products.len() == 1 {
        return desk.show(Because::Asked, &products, None);
    }
    let same = desk.pending == Question::ProductChoice && desk.dialogue.shown == products;
    desk.dialogue.same_choice = if same { desk.dialogue.same_choice.saturating_add(1) } else { 0 };
    if desk.dialogue.same_choice >= OFTEN {
        // Another look at the same list helps nobody.
        return desk.ask(Question::ProductChoice, Say::AskWhichProduct);
    }
    let cards = desk.cards(&products);
    desk.says.retain(|say| !matches!(say, Say::Products { .. }));
    desk.dialogue.shown = products;
    desk.dialogue.focus = None;
    desk.ask(Question::ProductChoice, Say::AskWhich { cards });
    desk.enter(Stage::Choosing);
}

/// Asks about the choice that had to wait. Says whether there was one.
pub(super) fn ask_later(desk: &mut Desk<'_>) -> bool {
    if desk.dialogue.later.is_empty() || desk.dialogue.question != Question::None {
        return false;
    }
    let later = desk.dialogue.later.remove(0);
    let slots = Slots { size: later.choosing.sizes, quantity: later.choosing.quantities, ..Slots::default() };
    ask_which(desk, &later.products, &slots, later.choosing.purpose);
    true
}

/// A size was spoken of with a product: a yes takes the product in this size.
pub(super) fn keep_size(desk: &mut Desk<'_>, product: ProductId, size: &Size) {
    let sizes = vec![size.clone()];
    desk.dialogue.choosing = Some(Choosing { product: Some(product), sizes, ..Choosing::default() });
}

/// So many pieces were spoken of with a product: a yes takes so many.
pub(super) fn keep_number(desk: &mut Desk<'_>, product: ProductId, pieces: &[u32]) {
    let [pieces] = pieces else { return };
    let kept = desk.dialogue.choosing.take().filter(|kept| kept.product == Some(product)).unwrap_or_default();
    desk.dialogue.choosing = Some(Choosing { product: Some(product), quantities: vec![*pieces], ..kept });
}

/// The number of pieces that was spoken of with a product.
pub(super) fn number_spoken_of(desk: &Desk<'_>, product: ProductId) -> Option<u32> {
    let kept = desk.dialogue.choosing.as_ref().filter(|kept| kept.product == Some(product))?;
    kept.quantities.first().copied()
}

/// Takes one product with a yes, in the size and number spoken of if there were any.
pub(super) fn take(desk: &mut Desk<'_>, product: ProductId) {
    let size = size_spoken_of(desk, &[product]);
    let quantity = number_spoken_of(desk, product).into_iter().collect();
    act(desk, &[product], &Slots { size, quantity, ..Slots::default() }, "", Purpose::Buy);
}

/// Does with the products what was asked, with what was said when the choice was not clear yet.
fn act(desk: &mut Desk<'_>, products: &[ProductId], slots: &Slots, text: &str, purpose: Purpose) {
    let mut slots = slots.clone();
    let kept = desk.dialogue.choosing.take();
    let of_these = |kept: &Choosing| kept.product.is_none_or(|id| products == [id]);
    if let Some(kept) = kept.filter(|kept| kept.purpose == purpose && of_these(kept)) {
        if slots.size.is_empty() && kept.product.is_none() {
            slots.size = kept.sizes;
        }
        if slots.quantity.is_empty() {
            slots.quantity = kept.quantities;
        }
    }
    match purpose {
        Purpose::Buy => wanting::want(desk, products, &slots, text),
        Purpose::Look => look(desk, products),
        Purpose::Price => inquiries::say_price(desk, products, &slots),
        Purpose::Stock => products.iter().for_each(|id| inquiries::say_stock(desk, *id, &slots)),
    }
}

/// Shows products in full.
fn look(desk: &mut Desk<'_>, products: &[ProductId]) {
    for product in products {
        if let Some((card, description)) = get_product_details(desk, *product) {
            desk.say(Say::Details { card, description });
        }
    }
    under_discussion(desk, products);
}

/// What was just answered is what "it" and "yes" mean now.
pub(super) fn under_discussion(desk: &mut Desk<'_>, products: &[ProductId]) {
    let [only] = products else { return };
    desk.dialogue.focus = Some(*only);
    if desk.dialogue.cart.lines.iter().any(|line| line.product == *only) {
        return;
    }
    let other = desk.dialogue.wanted.len() == 1 && !desk.wanted_now && desk.dialogue.wanted[0].product != *only;
    if other && desk.pending == Question::Variant {
        // Whoever asks about another product instead of saying a size has turned to that one.
        desk.dialogue.wanted.clear();
        desk.answered();
    }
    let free = matches!(
        desk.dialogue.question,
        Question::None | Question::ProductChoice | Question::Take { .. } | Question::CartNext
    );
    if let (Some(product), true) = (desk.product(*only), free) {
        let kept = desk.dialogue.choosing.as_ref().filter(|kept| kept.product == Some(*only));
        let spoken_of = kept.is_some_and(|kept| !kept.sizes.is_empty());
        let sized = !spoken_of && desk.recall.stock.sizes_of(product).len() > 1;
        desk.dialogue.question = Question::Take { product: *only, sized };
    }
    if desk.dialogue.stage < Stage::Choosing {
        desk.enter(Stage::Searching);
        desk.enter(Stage::Choosing);
    }
}
