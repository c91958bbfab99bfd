//! Products: what is shown, what it costs, whether it is there.

use duka_kernel::{Colour, Money, Size};
use duka_shop::search::Dropped;

use super::{
    format::{LINE, NAME, TEXT, capitalised, clean, clean_text, either},
    speaker::Speaker,
};
use crate::say::{Because, Card};

/// A list of products in a reply has at most this many.
const SHOWN: usize = 5;

pub(super) fn products(s: &mut Speaker<'_>, because: &Because, cards: &[Card], budget: Option<Money>) {
    let cards = &cards[..cards.len().min(SHOWN)];
    let heading = match because {
        _ if cards.is_empty() => return s.put_open("nothing_found_plain", &[]),
        Because::Asked => match budget {
            Some(budget) => s.text("products_budget", &[("budget", &budget.to_string())]),
            None if cards.len() == 1 => s.text("products_asked_one", &[]),
            None => s.text("products_asked", &[]),
        },
        Because::Near(dropped) => near(s, dropped, cards.len() == 1),
        Because::More => s.text("products_more", &[]),
        Because::InsteadOf(name) => s.text("products_instead", &[("name", &clean(name, NAME))]),
        Because::Browse => s.text("products_browse", &[]),
        Because::Similar => s.text("products_similar", &[]),
        Because::OnOffer => s.text("products_on_offer", &[]),
        Because::Picture => s.text("products_picture", &[]),
        Because::Fabric => s.text("products_fabric", &[]),
        Because::Gift => match budget {
            Some(budget) => s.text("products_gift_budget", &[("budget", &budget.to_string())]),
            None => s.text("products_gift", &[]),
        },
    };
    let lines = s.product_cards(cards);
    s.listing(heading, lines);
    match cards {
        [one] if one.sizes.is_empty() => s.next("sold_out_ask", &[]),
        [_, _, ..] if *because == Because::Gift => s.ask("products_ask_gift", &[]),
        [one] if one.sizes.len() == 1 => s.ask("products_ask_one_size", &[]),
        [_] => s.ask("products_ask_one", &[]),
        _ => s.ask("products_ask", &[]),
    }
}

/// What comes near, and what it misses; for whom it is shows in the names.
fn near(s: &mut Speaker<'_>, dropped: &[Dropped], one: bool) -> String {
    let missing: Vec<&str> = dropped
        .iter()
        .filter_map(|what| match what {
            Dropped::Colour => Some("missing_colour"),
            Dropped::Size => Some("missing_size"),
            Dropped::Price => Some("missing_price"),
            Dropped::Audience => None,
            Dropped::Occasion => Some("missing_occasion"),
            Dropped::Type => Some("missing_type"),
        })
        .map(|key| s.voice.word(key))
        .collect();
    match (dropped, one) {
        ([Dropped::Price], false) => s.text("products_near_price", &[]),
        ([Dropped::Price], true) => s.text("products_near_price_one", &[]),
        ([Dropped::Occasion], _) => s.text("products_near_occasion", &[]),
        _ if missing.is_empty() => s.text(if one { "products_near_plain_one" } else { "products_near_plain" }, &[]),
        _ => {
            let key = if one { "products_near_one" } else { "products_near" };
            s.text(key, &[("missing", &missing.join(", "))])
        }
    }
}

pub(super) fn nothing_found(s: &mut Speaker<'_>, asked: &str) {
    let asked = clean(&s.voice.goods(asked), NAME);
    if asked.is_empty() {
        return s.put_open("nothing_found_plain", &[]);
    }
    s.put_open("nothing_found", &[("asked", &asked)]);
}

pub(super) fn details(s: &mut Speaker<'_>, card: &Card, description: &str) {
    let voice = s.voice;
    let mut lines =
        vec![format!("{} – {}", clean(&card.name, NAME), voice.price(card)), clean_text(description, TEXT / 2)];
    let sizes = if card.sizes.is_empty() { voice.word("sold_out").to_owned() } else { voice.sizes(&card.sizes) };
    lines.push(format!("{}: {sizes}", voice.word("sizes")));
    if !card.colours.is_empty() {
        lines.push(format!("{}: {}", voice.word("colours"), voice.colours(&card.colours)));
    }
    s.lines(lines);
    s.picture(card, None);
    size_or_cart(s, card);
}

pub(super) fn prices(s: &mut Speaker<'_>, cards: &[Card]) {
    let [card] = cards else {
        let heading = s.text("price_many", &[]);
        let lines = s.product_options(&cards[..cards.len().min(SHOWN)]);
        s.listing(heading, lines);
        for (card, n) in cards.iter().take(SHOWN).zip(1u32..) {
            s.picture(card, Some(n));
        }
        return s.next("price_ask_many", &[]);
    };
    s.picture(card, None);
    let price = s.voice.price(card);
    let text = s.text("price", &[("name", &clean(&card.name, NAME)), ("price", &price)]);
    if card.sizes.is_empty() {
        let sold_out = s.voice.word("sold_out");
        s.paragraph(format!("{} ({sold_out}).", text.trim_end_matches('.')));
        return s.next("sold_out_ask", &[]);
    }
    s.paragraph(text);
    s.next(if is_one_size(card) { "details_ask_one" } else { "price_ask" }, &[]);
}

pub(super) fn price_range(s: &mut Speaker<'_>, what: &str, from: Money, to: Money, count: usize) {
    let what = clean(&s.voice.goods(what), NAME);
    let what = if what.is_empty() { s.voice.word("these").to_owned() } else { what };
    let (from, to, count) = (from.to_string(), to.to_string(), count.to_string());
    let text = if from == to {
        s.text("price_same", &[("what", &what), ("from", &from), ("count", &count)])
    } else {
        s.text("price_range", &[("what", &what), ("from", &from), ("to", &to), ("count", &count)])
    };
    s.paragraph(capitalised(&text));
    s.next("price_range_ask", &[]);
}

pub(super) fn compare(s: &mut Speaker<'_>, cards: &[Card], descriptions: &[String], numbers: &[u32]) {
    let voice = s.voice;
    let heading = s.text("compare", &[]);
    let line = |(card, n): (&Card, &u32)| {
        let mut facts =
            vec![if card.sizes.is_empty() { voice.word("sold_out").into() } else { voice.sizes(&card.sizes) }];
        facts.extend((!card.colours.is_empty()).then(|| voice.colours(&card.colours)));
        format!("{n}. {} – {} ({})", clean(&card.name, NAME), voice.price(card), facts.join("; "))
    };
    let mut lines: Vec<String> = cards.iter().zip(numbers).map(line).collect();
    for (line, description) in lines.iter_mut().zip(descriptions) {
        let description = clean_text(description, LINE);
        if !description.is_empty() {
            *line = format!("{line}\n{description}");
        }
    }
    s.listing(heading, lines);
    if !descriptions.is_empty() {
        contrast(s, cards);
    }
    cards.iter().for_each(|card| s.picture(card, None));
    s.next("compare_ask", &[]);
}

/// What it is that differs: the price, and the sizes that only one of two comes in.
fn contrast(s: &mut Speaker<'_>, cards: &[Card]) {
    let Some(cheapest) = cards.iter().min_by_key(|card| card.price.minor) else { return };
    let others = || cards.iter().filter(|card| !std::ptr::eq(*card, cheapest));
    let Some(next) = others().min_by_key(|card| card.price.minor) else { return };
    let less = next.price.checked_sub(cheapest.price).ok().filter(|less| less.minor > 0);
    let price = less.map(|less| {
        let (name, less) = (clean(&cheapest.name, NAME), less.to_string());
        s.text(
            if cards.len() == 2 { "compare_cheaper" } else { "compare_cheapest" },
            &[("name", &name), ("less", &less)],
        )
    });
    let mut lines: Vec<String> = price.into_iter().collect();
    if let [one, other] = cards {
        for (card, beside) in [(one, other), (other, one)] {
            let only: Vec<Size> = card.sizes.iter().filter(|size| !beside.sizes.contains(size)).cloned().collect();
            let alike = card.sizes.iter().any(|size| beside.sizes.contains(size));
            if alike && !only.is_empty() {
                let (name, sizes) = (clean(&card.name, NAME), s.voice.sizes(&only));
                lines.push(s.text("compare_only", &[("name", &name), ("sizes", &sizes)]));
            }
        }
    }
    s.lines(lines);
}

pub(super) fn in_stock(s: &mut Speaker<'_>, card: &Card, size: Option<&Size>) {
    if card.sizes.is_empty() {
        return sold_out(s, &card.name);
    }
    let (name, price, mut sizes) = (clean(&card.name, NAME), s.voice.price(card), s.voice.sizes(&card.sizes));
    if let Some(usual) = card.usual_size.as_ref().filter(|usual| card.sizes.len() > 1 && card.sizes.contains(usual)) {
        sizes = format!("{sizes} ({})", s.text("your_usual", &[("size", usual.as_str())]));
    }
    s.picture(card, None);
    match size.filter(|size| !size.is_one()) {
        _ if is_one_size(card) => s.put("in_stock_one", &[("name", &name), ("price", &price)]),
        Some(size) => {
            s.put("in_stock_size", &[("name", &name), ("size", size.as_str()), ("price", &price)]);
            return s.next("in_stock_ask", &[]);
        }
        None => s.put("in_stock_sizes", &[("name", &name), ("sizes", &sizes), ("price", &price)]),
    }
    match card.usual_size.as_ref().filter(|usual| card.sizes.len() > 1 && card.sizes.contains(usual)) {
        Some(usual) => s.next("advice_ask", &[("size", usual.as_str())]),
        None => size_or_cart(s, card),
    }
}

pub(super) fn price_of_size(s: &mut Speaker<'_>, card: &Card, size: &Size) {
    s.picture(card, None);
    let (name, price) = (clean(&card.name, NAME), s.voice.price(card));
    s.put("price_of_size", &[("name", &name), ("size", size.as_str()), ("price", &price)]);
    s.next("in_stock_ask", &[]);
}

pub(super) fn colours_there(s: &mut Speaker<'_>, name: Option<&str>, colours: &[Colour]) {
    let named = s.voice.colours(colours);
    match name.map(|name| clean(name, NAME)) {
        Some(name) if colours.len() == 1 => {
            s.put("colour_only", &[("name", &name), ("colour", &named)]);
            s.next("in_stock_ask", &[]);
        }
        Some(name) => {
            s.put("colours_of", &[("name", &name), ("colours", &named)]);
            s.next("colours_ask", &[]);
        }
        None => {
            s.put("colours_there", &[("colours", &named)]);
            s.next("colours_ask", &[]);
        }
    }
}

pub(super) fn size_out(s: &mut Speaker<'_>, card: &Card, size: &Size, made: bool) {
    let others: Vec<Size> = card.sizes.iter().filter(|other| *other != size).cloned().collect();
    let (name, sizes) = (clean(&card.name, NAME), s.voice.sizes(&others));
    if others.is_empty() {
        s.put("size_out_none", &[("name", &name), ("size", size.as_str())]);
        return s.next("sold_out_ask", &[]);
    }
    let key = if made { "size_out" } else { "size_never" };
    s.put(key, &[("name", &name), ("size", size.as_str()), ("sizes", &sizes)]);
    s.next("size_out_ask", &[]);
}

pub(super) fn colour_out(s: &mut Speaker<'_>, name: &str, colour: Colour, others: &[Colour]) {
    let others: Vec<Colour> = others.iter().copied().filter(|other| *other != colour).collect();
    let (name, others_named, colour) = (clean(name, NAME), s.voice.colours(&others), s.voice.word(colour.name()));
    if others.is_empty() {
        s.put("colour_out_none", &[("name", &name), ("colour", colour)]);
        return s.next("sold_out_ask", &[]);
    }
    s.put("colour_out", &[("name", &name), ("colour", colour), ("others", &others_named)]);
    s.next("colour_out_ask", &[]);
}

pub(super) fn sold_out(s: &mut Speaker<'_>, name: &str) {
    s.put("sold_out", &[("name", &clean(name, NAME))]);
    s.next("sold_out_ask", &[]);
}

/// Softly: nothing is asked.
pub(super) fn suggest(s: &mut Speaker<'_>, card: &Card) {
    if s.is_sober() || card.sizes.is_empty() {
        return;
    }
    let price = s.voice.price(card);
    s.put("suggest", &[("name", &clean(&card.name, NAME)), ("price", &price)]);
    s.picture(card, None);
}

pub(super) fn waiting_stopped(s: &mut Speaker<'_>) {
    s.put("waiting_stopped", &[]);
    s.next("what_next", &[]);
}

pub(super) fn back(s: &mut Speaker<'_>, card: &Card, sizes: &[Size]) {
    let (name, price) = (clean(&card.name, NAME), s.voice.price(card));
    s.picture(card, None);
    if sizes.iter().all(Size::is_one) {
        s.put("back", &[("name", &name), ("price", &price)]);
        return s.next("in_stock_ask", &[]);
    }
    let said = s.voice.sizes(sizes);
    s.put("back_size", &[("name", &name), ("sizes", &said), ("price", &price)]);
    s.next(if sizes.len() == 1 { "in_stock_ask" } else { "details_ask" }, &[]);
}

pub(super) fn will_tell(s: &mut Speaker<'_>, name: &str, here: bool) {
    s.put(if here { "will_tell_here" } else { "will_tell" }, &[("name", &clean(name, NAME))]);
    s.next("anything_else", &[]);
}

pub(super) fn ask_which(s: &mut Speaker<'_>, cards: &[Card]) {
    let heading = s.text("ask_which", &[]);
    let lines = s.product_options(cards);
    let mut block = vec![heading];
    block.extend(s.shortened(lines));
    s.lines(block);
    for (card, n) in cards.iter().zip(1u32..) {
        s.picture(card, Some(n));
    }
}

pub(super) fn ask_size(s: &mut Speaker<'_>, card: &Card, first: bool) {
    if card.sizes.is_empty() {
        return sold_out(s, &card.name);
    }
    let (name, sizes) = (clean(&card.name, NAME), s.voice.sizes(&card.sizes));
    let usual = card.usual_size.as_ref().filter(|usual| card.sizes.contains(usual) && card.sizes.len() > 1);
    if first && usual.is_some() {
        let price = s.voice.price(card);
        s.put("price", &[("name", &name), ("price", &price)]);
    }
    match usual {
        Some(usual) => s.put("ask_size_usual", &[("name", &name), ("sizes", &sizes), ("usual", usual.as_str())]),
        None if first => {
            let price = s.voice.price(card);
            s.put("ask_size_price", &[("name", &name), ("price", &price), ("sizes", &sizes)]);
        }
        None => s.put("ask_size", &[("name", &name), ("sizes", &sizes)]),
    }
    s.size_options(&card.sizes);
    s.picture(card, None);
}

/// Once more, with the way out.
pub(super) fn ask_size_again(s: &mut Speaker<'_>, card: &Card) {
    let (name, sizes) = (clean(&card.name, NAME), s.voice.sizes(&card.sizes));
    s.put("ask_size_again", &[("name", &name), ("sizes", &sizes)]);
    s.size_options(&card.sizes);
}

pub(super) fn ask_colour(s: &mut Speaker<'_>, card: &Card, colours: &[Colour]) {
    let names: Vec<String> = colours.iter().map(|c| s.voice.word(c.name()).to_owned()).collect();
    let listed = either(&names, s.voice.word("or"));
    s.put("ask_colour", &[("name", &clean(&card.name, NAME)), ("colours", &listed)]);
    for name in names {
        s.option(&name, None, None);
    }
}

/// Asks for the size, or to put it in the cart where there is only one.
fn size_or_cart(s: &mut Speaker<'_>, card: &Card) {
    match card.sizes.len() {
        0 => s.next("sold_out_ask", &[]),
        1 => s.next("details_ask_one", &[]),
        _ => s.next("details_ask", &[]),
    }
}

fn is_one_size(card: &Card) -> bool {
    matches!(&card.sizes[..], [only] if only.is_one())
}
