//! Finding products: asking, asking for more, asking more closely.

use duka_kernel::{Money, ProductId};
use duka_perception::{Slots, Wish};
use duka_shop::{
    Product,
    search::{Dropped, Fit, Hit},
};

use super::{
    choosing, comparing, finding, fitting, gifts, naming,
    others::{SIMILAR, cheaper, like_what_is_meant, more, no_more},
    people, reference, refining,
};
use crate::{
    desk::{Desk, LIST_LENGTH},
    dialogue::LastSearch,
    say::{Because, Say},
    tools::{SearchProducts, search_products},
    words::{has_any, telling_words},
};

const KIDS: &str = "kids";
const MORE: &[&str] = &[
    "more",
    "others",
    "other ones",
    "another one",
    "next",
    "see more",
    "show more",
    "anything else",
    "nyingine",
    "zingine",
    "ingine",
    "zaidi",
    "endelea",
    "other options",
    "different ones",
    "not that",
    "not that one",
    "si hiyo",
    "sio hiyo",
    "more options",
    "ziko zingine",
    "kuna zingine",
];
const CHEAPER: &[&str] = &[
    "cheaper",
    "less expensive",
    "more affordable",
    "cheap",
    "bei ya chini",
    "bei rahisi",
    "rahisi",
    "bei nafuu",
    "nafuu",
    "lower price",
    "not so expensive",
    "not too expensive",
    "not very expensive",
    "not that expensive",
    "less pricey",
    "isiwe ghali",
    "zisiwe ghali",
    "zisizo ghali",
    "isiyo ghali",
    "sio ghali",
    "si ghali",
    "haiko ghali",
    "haziko ghali",
    "bei poa",
    "bei iko poa",
    "bei ya kawaida",
    "isiwe bei",
    "isiwe expensive",
];
const ANYTHING: &[&str] =
    &["anything", "chochote", "stuff", "what do you have", "what do you sell", "mnauza nini", "mko na nini"];

/// Whether a few words after a list ask for others, or cheaper ones, whatever else they look like.
pub(super) fn asks_for_others(desk: &Desk<'_>, wish: &Wish) -> bool {
    use duka_perception::Intent::{AddToCart, Bargain, Deny, RemoveFromCart, UpdateQuantity};
    let changes = matches!(wish.intent, AddToCart | Bargain | Deny | RemoveFromCart | UpdateQuantity);
    let few = crate::words::words(&wish.text).len() <= 6;
    let plain = wish.slots.product.is_empty() && wish.slots.ordinal.is_empty() && wish.slots.quantity.is_empty();
    let asks = has_any(&wish.text, &["kuna", "mko", "uko", "je", "any", "is there", "do you"]);
    let one = has_any(&wish.text, &["one", "ile", "ya bei"]) && !asks;
    let others = has_any(&wish.text, MORE) || (has_any(&wish.text, CHEAPER) && !one);
    desk.dialogue.search.is_some() && !changes && few && plain && others
}

/// Looks for what is asked, or continues the last search.
pub(super) fn search(desk: &mut Desk<'_>, wish: &Wish) {
    leave_checkout(desk);
    if has_any(&wish.text, SIMILAR) && like_what_is_meant(desk, wish, None) {
        return;
    }
    if comparing::asks_to_compare(wish) && comparing::compare(desk, wish, None) {
        return;
    }
    let names_something = has_wishes(&wish.slots);
    if let Some(last) = finding::subject(desk) {
        if has_any(&wish.text, CHEAPER) && wish.slots.product.is_empty() {
            return cheaper(desk, &last);
        }
        if has_any(&wish.text, MORE) && !names_something {
            return more(desk);
        }
        if refines(desk, wish) {
            let refined = refine(desk, &last, wish);
            return run(desk, refined, &naming::as_written(desk, wish));
        }
    }
    let fresh = from_wish(desk, wish);
    if !names_something && telling_words(&wish.text).is_empty() {
        return browse(desk);
    }
    if finding::each_kind(desk, &fresh) {
        return;
    }
    let asked = naming::as_written(desk, wish);
    run(desk, fresh, &asked);
}

/// Someone who looks for something else is not checking out, and does not answer the size question.
fn leave_checkout(desk: &mut Desk<'_>) {
    desk.dialogue.then_checkout = false;
    desk.dialogue.choosing = None;
    if !desk.wanted_now {
        desk.dialogue.wanted.clear();
    }
}

fn has_wishes(slots: &Slots) -> bool {
    !(slots.product.is_empty()
        && slots.colour.is_empty()
        && slots.size.is_empty()
        && slots.occasion.is_empty()
        && slots.audience.is_none()
        && slots.price_max.is_none()
        && slots.price_min.is_none())
}

/// "In red", "size L", "under 3000": no kind of its own, so it is about the last search.
pub(super) fn refines(desk: &Desk<'_>, wish: &Wish) -> bool {
    let slots = &wish.slots;
    // "Something below 5,000" of dresses is a dress; "something for church" is whatever is worn there.
    let anew = has_any(&wish.text, ANYTHING)
        || (has_any(&wish.text, &["something", "kitu"]) && (!slots.occasion.is_empty() || slots.audience.is_some()));
    slots.product.is_empty()
        && !anew
        && (has_wishes(slots) || finding::says_what_like(desk, wish))
        && finding::subject(desk).is_some()
}

fn refine(desk: &Desk<'_>, last: &LastSearch, wish: &Wish) -> LastSearch {
    const OTHERS: &[&str] = &["other", "others", "another", "else", "zingine", "nyingine", "ingine", "lingine"];
    let slots = &wish.slots;
    let (max, min) = prices(desk, slots);
    let text = if finding::says_what_like(desk, wish) {
        wish.text.clone()
    } else if slots.colour.is_empty() {
        last.text.clone()
    } else {
        last.product.join(" ")
    };
    let shown = last.seen.iter().copied().chain(desk.dialogue.focus);
    let seen = if has_any(&wish.text, OTHERS) { shown.collect() } else { Vec::new() };
    LastSearch {
        text,
        product: last.product.clone(),
        colours: or_last(&slots.colour, &last.colours),
        sizes: or_last(&slots.size, &last.sizes),
        price_max: max.or(last.price_max),
        price_min: min.or(last.price_min),
        occasions: or_last(&slots.occasion, &last.occasions),
        audience: slots.audience.clone().or_else(|| last.audience.clone()),
        not_colours: last.not_colours.iter().copied().filter(|c| !slots.colour.contains(c)).collect(),
        not_kinds: last.not_kinds.clone(),
        cheapest_first: last.cheapest_first,
        seen,
    }
}

fn or_last<T: Clone>(now: &[T], last: &[T]) -> Vec<T> {
    if now.is_empty() { last.to_vec() } else { now.to_vec() }
}

fn prices(desk: &Desk<'_>, slots: &Slots) -> (Option<Money>, Option<Money>) {
    let currency = desk.recall.shop.currency;
    let money = |amount: i64| Money::from_major(amount, currency);
    (slots.price_max.map(money), slots.price_min.map(money))
}

pub(super) fn from_wish(desk: &Desk<'_>, wish: &Wish) -> LastSearch {
    let slots = &wish.slots;
    let (price_max, price_min) = prices(desk, slots);
    let for_kids = slots.audience.as_deref() == Some(KIDS);
    let age = fitting::age_said(&wish.text).filter(|_| for_kids);
    let sizes = match age {
        _ if !slots.size.is_empty() => slots.size.clone(),
        Some(years) => fitting::sizes_of_age(desk, years),
        None => refining::big_sizes(&wish.text),
    };
    let gift = desk.dialogue.gift.as_ref().and_then(|gift| gift.audience.clone());
    let mut search = LastSearch {
        text: wish.text.clone(),
        product: slots.product.clone(),
        colours: slots.colour.clone(),
        sizes,
        price_max,
        price_min,
        occasions: slots.occasion.clone(),
        audience: slots.audience.clone().or(gift).or_else(|| audience_talked_of(desk, wish)),
        ..LastSearch::default()
    };
    refining::around(&mut search);
    search
}

/// "Shoes that go with it": for whoever the rest is for.
fn audience_talked_of(desk: &Desk<'_>, wish: &Wish) -> Option<String> {
    const GOES_WITH: &[&str] =
        &["go with", "goes with", "match", "matching", "kumatch", "zinamatch", "inamatch", "zitamatch", "zinaenda na"];
    let last = desk.dialogue.search.as_ref()?;
    last.audience.clone().filter(|_| has_any(&wish.text, GOES_WITH))
}

/// The search arguments of a wish taken by itself.
pub(super) fn arguments(desk: &Desk<'_>, wish: &Wish) -> SearchProducts {
    SearchProducts::from(&from_wish(desk, wish))
}

/// Searches and shows what there is. What does not meet everything is said to be near; nothing sold out is shown.
pub(super) fn run(desk: &mut Desk<'_>, search: LastSearch, asked: &str) {
    if gifts::is_open(desk, &search) {
        return gifts::show(desk, search);
    }
    let hits = search_products(desk, &SearchProducts::from(&search));
    if let Some(gone) = sold_out_by_name(desk, &search, &hits) {
        return super::wanting::sold_out(desk, gone);
    }
    let (mut products, because) = fitting(&hits);
    // "Something for the office" is no piece that has "office" in its name, but all that is for it.
    let by_occasion = !search.occasions.is_empty() && search.product.is_empty();
    if because == Because::Asked && !by_occasion {
        products = finding::as_called(desk, &search.text, products);
    }
    if let Some(one) = the_one_named(desk, &search, &products) {
        products = vec![one];
    }
    let out_of_reach = products.is_empty() && (search.price_max.is_some() || search.price_min.is_some());
    if out_of_reach && nearest_in_price(desk, &search) {
        return;
    }
    let for_nobody_small =
        |dropped: &[Dropped]| search.audience.as_deref() == Some(KIDS) && dropped.contains(&Dropped::Audience);
    if matches!(&because, Because::Near(dropped) if for_nobody_small(dropped)) {
        // Grown-ups' clothes are nothing for a child.
        desk.answered();
        return desk.say(Say::NothingFound { asked: String::new() });
    }
    if products.is_empty() || matches!(&because, Because::Near(dropped) if dropped.contains(&Dropped::Type)) {
        desk.say(Say::NothingFound { asked: asked.to_owned() });
        // Somebody who asks for sunglasses is not served with chinos.
        return if search.product.is_empty() && desk.dialogue.search.is_none() {
            browse(desk)
        } else {
            desk.answered()
        };
    }
    // A range or "around" is no limit to name.
    let budget = search.price_max.filter(|_| search.price_min.is_none());
    let search_size = search.sizes.clone();
    if let (Because::Asked, [only], [size]) = (&because, &products[..], &search_size[..]) {
        let there = desk.product(*only).is_some_and(|p| desk.recall.stock.sizes_of(p).contains(size));
        if there && !size.is_one() && desk.says.iter().all(|say| !matches!(say, Say::Products { .. })) {
            // The size was said: it is not asked for again.
            let (only, slots) = (*only, Slots { size: vec![size.clone()], ..Slots::default() });
            desk.dialogue.search = Some(LastSearch { seen: products.clone(), ..search });
            desk.dialogue.shown = products;
            return super::inquiries::say_stock(desk, only, &slots);
        }
    }
    desk.dialogue.search = Some(LastSearch { seen: products.clone(), ..search });
    let (only, size) = (products.first().copied(), search_size.first().cloned());
    desk.show(because, &products, budget);
    if let (Some(only), Some(size), 1) = (only, size, products.len()) {
        // A yes to the one thing there is takes it in the size that was asked for.
        choosing::keep_size(desk, only, &size);
    }
}

/// Nothing costs near what was named: what does cost least beyond it. Says whether there is anything of the kind at all.
fn nearest_in_price(desk: &mut Desk<'_>, search: &LastSearch) -> bool {
    let everything = desk.recall.catalogue.products().len();
    let free = LastSearch { price_max: None, price_min: None, ..search.clone() };
    let args = SearchProducts { limit: everything, cheapest_first: true, ..SearchProducts::from(&free) };
    let (mut products, because) = fitting_of(&search_products(desk, &args), everything);
    let mut dropped = vec![Dropped::Price];
    if let Because::Near(others) = because {
        dropped.splice(0..0, others);
    }
    if products.is_empty() || dropped.contains(&Dropped::Type) {
        return false;
    }
    let bound = search.price_max.or(search.price_min).map_or(0, |price| price.minor);
    products.sort_by_key(|id| desk.product(*id).map_or(u64::MAX, |p| desk.price(p).minor.abs_diff(bound)));
    products.truncate(LIST_LENGTH);
    desk.dialogue.search = Some(LastSearch { seen: products.clone(), ..free });
    desk.show(Because::Near(dropped), &products, None);
    true
}

/// "The ankara dress": of the dresses, the one that is called so.
fn the_one_named(desk: &Desk<'_>, search: &LastSearch, found: &[ProductId]) -> Option<ProductId> {
    const ONE: &[&str] = &["the", "that", "ile", "hiyo", "hio", "lile"];
    if found.len() < 2 || !has_any(&search.text, ONE) {
        return None;
    }
    let words = telling_words(&search.text);
    let named = |id: &ProductId| {
        let name = desk.product(*id).map(|p| telling_words(&p.name)).unwrap_or_default();
        words.iter().filter(|word| name.iter().any(|n| crate::words::same_word(n, word))).count()
    };
    let best = found.iter().map(named).max().filter(|best| *best > 1)?;
    let mut called_so = found.iter().filter(|id| named(id) == best);
    called_so.next().copied().filter(|_| called_so.next().is_none())
}

/// What meets everything; if nothing does, what comes nearest.
pub(super) fn fitting(hits: &[Hit]) -> (Vec<ProductId>, Because) {
    fitting_of(hits, LIST_LENGTH)
}

fn fitting_of(hits: &[Hit], limit: usize) -> (Vec<ProductId>, Because) {
    let exact: Vec<ProductId> = hits.iter().filter(|h| h.fit == Fit::Exact).map(|h| h.product).take(limit).collect();
    if !exact.is_empty() {
        return (exact, Because::Asked);
    }
    let dropped: Vec<Dropped> = match hits.first().map(|h| &h.fit) {
        Some(Fit::Relaxed(dropped)) => dropped.clone(),
        _ => Vec::new(),
    };
    let same = Fit::Relaxed(dropped.clone());
    let near = hits.iter().filter(|h| h.fit == same).map(|h| h.product).take(limit).collect();
    (near, Because::Near(dropped))
}

/// The one product the words name, if it is sold out and nothing found bears that name as well.
fn sold_out_by_name<'a>(desk: &Desk<'a>, search: &LastSearch, hits: &[Hit]) -> Option<&'a Product> {
    let slots = Slots { product: search.product.clone(), colour: search.colours.clone(), ..Slots::default() };
    let wish =
        Wish { intent: duka_perception::Intent::ProductSearch, confidence: 1.0, slots, text: search.text.clone() };
    let [named] = reference::by_name(desk, &wish)[..] else { return None };
    let product = desk.product(named)?;
    let name = telling_words(&product.name);
    let words = telling_words(&search.text);
    let shared = name.iter().filter(|n| words.iter().any(|w| crate::words::same_word(n, w))).count();
    (shared >= 2 && !desk.recall.stock.has(product) && !hits.iter().any(|h| h.product == named)).then_some(product)
}

/// A good start: one of each kind, the first that can be bought.
pub(super) fn browse(desk: &mut Desk<'_>) {
    let seen: Vec<ProductId> = desk.dialogue.search.as_ref().map(|last| last.seen.clone()).unwrap_or_default();
    let mut kinds: Vec<&str> = Vec::new();
    let mut products = Vec::new();
    for product in desk.recall.catalogue.products() {
        let new_kind = !kinds.contains(&product.category.as_str());
        if new_kind && desk.recall.stock.has(product) && !seen.contains(&product.id) && products.len() < LIST_LENGTH {
            kinds.push(&product.category);
            products.push(product.id);
        }
    }
    if products.is_empty() {
        return no_more(desk);
    }
    let seen = seen.into_iter().chain(products.iter().copied()).collect();
    desk.dialogue.search = Some(LastSearch { seen, ..LastSearch::default() });
    desk.show(Because::Browse, &products, None);
}

/// A message that says nothing this shop can act on.
pub(super) fn not_understood(desk: &mut Desk<'_>, wish: &Wish) {
    people::not_understood(desk, &wish.text);
}
