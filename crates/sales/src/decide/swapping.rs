//! One thing instead of another: "swap the jeans for the denim skirt", "make one black", "badilisha sketi iwe L",
//! "remove the bag, add the tote". What is in the cart gives way to what is named, in its number and, where that comes in
//! it, its size.

use duka_kernel::{ProductId, VariantId};
use duka_perception::{Context, Intent, Wish, perceive};
use duka_shop::{CartLine, Product};

use super::{cart, choosing, reference, waiting, wanting};
use crate::{
    desk::Desk,
    dialogue::{Purpose, Wanted},
    say::Say,
    tools::{AddToCart, RemoveFromCart, UpdateQuantity, add_to_cart, remove_from_cart, update_quantity},
    words::{same_word, telling_words, words},
};

const CHANGE: &[&str] = &[
    "swap",
    "change",
    "replace",
    "exchange",
    "switch",
    "badilisha",
    "badilishia",
    "ibadilishe",
    "zibadilishe",
    "nibadilishie",
    "nibadilishe",
    "ubadilishe",
    "geuza",
];
const INTO: &[&str] = &["to", "for", "with", "into", "iwe", "ziwe", "kiwe", "liwe", "kuwa", "kwa", "na", "ikuwe"];
const MAKE: &[&str] = &["make", "ifanye", "zifanye", "fanya", "turn"];
const TAKE_OUT: &[&str] = &["remove", "toa", "ondoa", "drop", "delete", "itoe", "uitoe", "chomoa"];
const PUT_IN: &[&str] =
    &["add", "put", "weka", "uweke", "niwekee", "uniwekee", "ongeza", "niongezee", "uongeze", "nipe", "unipe"];
const NOT: &[&str] = &["not", "si", "sio", "siyo", "sitaki"];
const WANT: &[&str] = &["nataka", "want", "but", "bali", "nipe", "ni"];
/// Words that stand for what was just talked about, or for how much of it.
const IT: &[&str] = &[
    "it", "one", "them", "that", "this", "the", "hiyo", "hio", "hii", "ile", "hizo", "moja", "my", "size", "saizi",
    "colour", "color", "rangi", "yangu", "both", "zote", "a", "please", "ya", "za", "la", "two", "mbili", "kwenye",
    "cart", "kikapu", "from", "cha", "ni", "hapana", "no",
];
const JOINERS: &[&str] = &["and", "na", "then", "kisha", "halafu", "alafu", "please", "instead", "badala", "tafadhali"];

/// Puts what is named in the place of a line of the cart. Says whether a change was asked for and could be made.
pub(super) fn swaps(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    use Intent::{
        Availability, CancelAppointment, Complaint, DeliveryQuestion, Pay, RescheduleAppointment, ReturnRefund,
    };
    let elsewhere = matches!(
        wish.intent,
        Availability | CancelAppointment | Complaint | DeliveryQuestion | Pay | RescheduleAppointment | ReturnRefund
    );
    if desk.dialogue.cart.is_empty() || elsewhere || wish.slots.phone.is_some() || wish.slots.address.is_some() {
        return false;
    }
    let Some(change) = parts(&wish.text) else { return false };
    let old = heard(&change.old);
    let mut new = heard(&change.new);
    if new.slots.product.len() > 1 {
        return false;
    }
    super::numbers::letter_as_size(&mut new);
    let Some(line) = line_meant(desk, &change, &old, &new) else { return false };
    becomes(desk, &line, &old, &new)
}

/// What is to go and what is to come, as words.
#[derive(PartialEq, Debug)]
struct Change {
    old: String,
    new: String,
}

/// The two sides of a change, if the words ask for one.
fn parts(text: &str) -> Option<Change> {
    let said = words(&text.to_lowercase().replace("take out", "remove").replace("take off", "remove"));
    let find = |from: usize, list: &[&str]| (from..said.len()).find(|i| list.contains(&said[*i].as_str()));
    let join = |from: usize, to: usize| {
        let mut part: Vec<&str> = said.get(from..to).unwrap_or_default().iter().map(String::as_str).collect();
        while part.first().is_some_and(|w| JOINERS.contains(w)) {
            part.remove(0);
        }
        while part.last().is_some_and(|w| JOINERS.contains(w)) {
            part.pop();
        }
        part.join(" ")
    };
    let change = |old: (usize, usize), new: (usize, usize)| {
        let change = Change { old: join(old.0, old.1), new: join(new.0, new.1) };
        (!change.new.is_empty()).then_some(change)
    };
    if let (Some(out), Some(put)) = (find(0, TAKE_OUT), find(0, PUT_IN)) {
        return if out < put {
            change((out + 1, put), (put + 1, said.len()))
        } else {
            change((out + 1, said.len()), (put + 1, out))
        };
    }
    if let Some(at) = (1..said.len()).find(|i| {
        let pair = (said[*i].as_str(), said.get(i + 1).map(String::as_str));
        matches!(pair, ("instead", Some("of")) | ("badala", Some("ya" | "za" | "la" | "cha")))
    }) {
        return change((at + 2, said.len()), (0, at));
    }
    if let Some(verb) = find(0, CHANGE) {
        let into = find(verb + 1, INTO)?;
        return change((verb + 1, into), (into + 1, said.len()));
    }
    if let Some(verb) = find(0, MAKE) {
        let new = (verb + 1..said.len()).find(|i| !IT.contains(&said[*i].as_str()))?;
        // "Make the dress black": the last word is what it becomes.
        let new = if new > verb + 1 && said.len() - new > 1 && said[verb + 1] == "the" { said.len() - 1 } else { new };
        return change((verb + 1, new), (new, said.len()));
    }
    let not = find(0, NOT)?;
    let want = find(not + 1, WANT)?;
    change((not + 1, want), (want + 1, said.len()))
}

fn heard(text: &str) -> Wish {
    let heard = perceive(text, &Context::default());
    Wish { intent: heard.intent, confidence: heard.confidence, slots: heard.slots, text: text.to_owned() }
}

/// The line that is to give way: the one described, else the one under discussion, else the only one.
fn line_meant(desk: &Desk<'_>, change: &Change, old: &Wish, new: &Wish) -> Option<CartLine> {
    let lines = &desk.dialogue.cart.lines;
    let points = words(&change.old).iter().all(|word| IT.contains(&word.as_str()) || word.parse::<u32>().is_ok());
    if !points {
        let described = cart::described(desk, lines, old);
        let last = |line: &&&CartLine| Some(line.product) == desk.dialogue.focus;
        return match &described[..] {
            [] => None,
            [line] => Some((*line).clone()),
            several => {
                // "The skirt in L, not M": what it is to be says which.
                let named = cart::described(desk, lines, new);
                let of_both = several.iter().filter(|line| named.contains(line)).collect::<Vec<_>>();
                match of_both[..] {
                    [only] => Some((**only).clone()),
                    _ => several.iter().find(last).map(|line| (**line).clone()),
                }
            }
        };
    }
    let in_focus = lines.iter().rfind(|line| desk.dialogue.focus == Some(line.product));
    match &lines[..] {
        [only] => Some(only.clone()),
        _ => in_focus.cloned(),
    }
}

/// Makes a line what is named. Says whether something was.
fn becomes(desk: &mut Desk<'_>, line: &CartLine, old: &Wish, new: &Wish) -> bool {
    let slots = &new.slots;
    let Some(now) = desk.product(line.product) else { return false };
    let pieces = pieces_moved(line, old, new);
    let in_cart = |id: &ProductId| desk.dialogue.cart.lines.iter().any(|other| other.product == *id);
    let candidates = candidates(desk, now, new);
    let product = match candidates[..] {
        [] if slots.product.is_empty() && slots.colour.is_empty() && !slots.size.is_empty() => now,
        [] => return false,
        // "Make that 10 dera and 3 kiondo", of both: the cart is said again.
        [one] if one != line.product && !slots.quantity.is_empty() && in_cart(&one) => return false,
        [one] => match desk.product(one) {
            Some(product) => product,
            None => return false,
        },
        ref several => {
            desk.dialogue.replaces = Some(line.variant);
            choosing::ask_which(desk, several, slots, Purpose::Buy);
            return true;
        }
    };
    let offers = |size: &duka_kernel::Size| product.variants.iter().any(|v| v.size == *size);
    let alike = |size: &&duka_kernel::Size| size.rank().0 != 1 || product.category == now.category;
    let kept = Some(&line.size).filter(alike).filter(|size| offers(size)).cloned();
    let wanted = Wanted {
        product: product.id,
        size: slots.size.iter().find(|size| offers(size)).or(slots.size.first()).cloned().or(kept),
        colour: slots.colour.iter().copied().find(|c| product.variants.iter().any(|v| v.colour == Some(*c))),
        quantity: pieces,
        replaces: Some(line.variant),
    };
    match wanting::variant_of(desk, product, &wanted) {
        Ok(variant) if variant == line.variant => return false,
        Ok(variant) => swap(desk, line, variant, pieces),
        Err(wanting::Missing::SizeOut(size)) if product.id == line.product => {
            waiting::missed(desk, product.id, Some(&size));
            desk.dialogue.focus = Some(product.id);
            desk.say(desk.size_out(product, size));
        }
        Err(_) => {
            desk.dialogue.wanted = vec![wanted];
            desk.wanted_now = true;
        }
    }
    desk.answered();
    true
}

/// "Make one black" of two leaves the other as it is.
fn pieces_moved(line: &CartLine, old: &Wish, new: &Wish) -> u32 {
    const ONE: &[&str] = &["one", "moja", "1"];
    let counted = new.slots.quantity.first().or(old.slots.quantity.first()).copied();
    let one = || words(&old.text).first().filter(|word| ONE.contains(&word.as_str())).map(|_| 1);
    counted.or_else(one).filter(|n| *n > 0).unwrap_or(line.quantity)
}

/// What the new side may be: what it names; a colour alone is the same thing in that colour.
fn candidates(desk: &Desk<'_>, now: &Product, new: &Wish) -> Vec<ProductId> {
    let slots = &new.slots;
    let named = !slots.product.is_empty() || reference::called(desk, &new.text).is_some();
    let own =
        !slots.colour.is_empty() && now.variants.iter().any(|v| v.colour.is_some_and(|c| slots.colour.contains(&c)));
    if own && !named {
        return vec![now.id];
    }
    if !named && slots.colour.is_empty() && telling_words(&new.text).len() < 2 {
        return Vec::new();
    }
    let mut found = if named || slots.colour.is_empty() {
        reference::by_name(desk, new)
    } else {
        let of_kind = desk.recall.catalogue.products().iter().filter(|p| p.category == now.category);
        of_kind.filter(|p| p.colours.iter().any(|c| slots.colour.contains(c))).map(|p| p.id).collect()
    };
    let in_stock = |id: &ProductId| desk.product(*id).is_some_and(|p| desk.recall.stock.has(p));
    if found.iter().any(in_stock) {
        found.retain(in_stock);
    }
    if found.len() > 1 {
        let said = telling_words(&new.text);
        let like = |id: &ProductId| {
            let name = desk.product(*id).map(|p| telling_words(&p.name)).unwrap_or_default();
            let of = |list: &[String]| list.iter().filter(|w| name.iter().any(|n| same_word(n, w))).count();
            (of(&said), of(&telling_words(&now.name)))
        };
        let best = found.iter().map(like).max();
        found.retain(|id| Some(like(id)) == best);
    }
    found
}

/// Puts pieces of a variant in the place of a line, or of some of its pieces, and says so.
pub(super) fn swap(desk: &mut Desk<'_>, line: &CartLine, variant: VariantId, pieces: u32) {
    let pieces = pieces.min(line.quantity).max(1);
    let stood = desk.dialogue.cart.lines.iter().position(|other| other.variant == line.variant);
    let Ok(added) = add_to_cart(desk, &AddToCart { variant, quantity: pieces }) else {
        if let Some((product, _)) = desk.recall.catalogue.variant(variant) {
            desk.say(Say::SoldOut { name: product.name.clone() });
        }
        return;
    };
    let focus = desk.dialogue.focus;
    if pieces < line.quantity {
        let args = UpdateQuantity { variant: line.variant, quantity: line.quantity - pieces };
        let _ = update_quantity(desk, &args);
    } else {
        remove_from_cart(desk, &RemoveFromCart { variant: line.variant });
    }
    desk.dialogue.focus = focus;
    desk.added = true;
    // It stands where the other one stood.
    let lines = &mut desk.dialogue.cart.lines;
    if let (Some(stood), true) =
        (stood.filter(|_| pieces == line.quantity), lines.last().is_some_and(|last| last.variant == variant))
    {
        let moved = lines.len() - 1;
        lines[stood.min(moved)..].rotate_right(1);
    }
    desk.say(Say::Swapped { out: CartLine { quantity: pieces, ..line.clone() }, line: added.line.clone() });
    if let Some(available) = added.only {
        desk.say(Say::OnlySoMany { name: added.line.name, size: added.line.size, available });
    }
}

/// Another size of a line of the cart. Says whether that could be said or done.
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
    if line.size == *size {
        return false;
    }
    let Some(product) = desk.product(line.product) else { return false };
    let wanted = Wanted {
        product: product.id,
        size: Some(size.clone()),
        colour: None,
        quantity: line.quantity,
        replaces: Some(line.variant),
    };
    match wanting::variant_of(desk, product, &wanted) {
        Ok(variant) => swap(desk, &line, variant, line.quantity),
        Err(_) => {
            waiting::missed(desk, product.id, Some(size));
            desk.say(desk.size_out(product, size.clone()));
        }
    }
    desk.answered();
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sides_of_a_change_are_found() {
        for (text, old, new) in [
            ("swap the mom jeans for the denim skirt M", "the mom jeans", "the denim skirt m"),
            ("remove the bag add the tote", "the bag", "the tote"),
            ("add the tote and remove the bag", "the bag", "the tote"),
            ("toa hoodie uweke denim jacket", "hoodie", "denim jacket"),
            ("badilisha sketi iwe L", "sketi", "l"),
            ("badilisha nyeupe L iwe nyeusi L", "nyeupe l", "nyeusi l"),
            ("make one black", "one", "black"),
            ("make it M", "it", "m"),
            ("take out the skirt add the tote", "the skirt", "the tote"),
            ("make the dress black", "the dress", "black"),
            ("change it to M", "it", "m"),
            ("the red one instead of the black", "the black", "the red one"),
            ("hapana si hiyo nyeusi nataka nyekundu", "hiyo nyeusi", "nyekundu"),
            ("nataka L badala ya XL", "xl", "nataka l"),
        ] {
            assert_eq!(parts(text), Some(Change { old: old.into(), new: new.into() }), "{text}");
        }
        for text in ["add the tote", "remove the bag", "change my mind", "I want it", "badilisha"] {
            assert_eq!(parts(text), None, "{text}");
        }
    }
}
