//! How many pieces of each size: "3 t-shirts, 2 in M and 1 in L", "M kumi L kumi", "a pair in 38 and one in 39".

use duka_kernel::Size;
use duka_perception::{Intent, Perception, Wish};

use crate::{
    desk::Desk,
    dialogue::Question,
    words::{has_any, words},
};

const NUMBERS: &[(&[&str], u32)] = &[
    (&["one", "moja", "mmoja", "kimoja", "limoja", "a"], 1),
    (&["two", "mbili", "wawili", "viwili", "mawili"], 2),
    (&["three", "tatu", "watatu", "vitatu", "matatu"], 3),
    (&["four", "nne", "wanne", "vinne", "manne"], 4),
    (&["five", "tano", "watano", "vitano", "matano"], 5),
    (&["six", "sita"], 6),
    (&["seven", "saba"], 7),
    (&["eight", "nane"], 8),
    (&["nine", "tisa"], 9),
    (&["ten", "kumi"], 10),
    (&["twelve"], 12),
    (&["fifteen"], 15),
    (&["twenty", "ishirini"], 20),
    (&["thirty", "thelathini"], 30),
    (&["forty", "arobaini"], 40),
    (&["fifty", "hamsini"], 50),
    (&["hundred", "mia"], 100),
];
const DOZENS: &[&str] = &["dozen", "dozens", "dazeni", "dozeni"];
const LETTERS: &[(&str, &str)] = &[("small", "S"), ("medium", "M"), ("large", "L"), ("big", "L")];
const EACH: &[&str] = &["each", "kila", "moja moja", "mbili mbili"];

/// What a text names that counts pieces.
#[derive(Clone, PartialEq, Debug)]
enum Term {
    Number(u32),
    Size(Size),
}

/// The sizes a text names, with how many pieces of each, in order. A number before them all is how many there are
/// together. Empty if it names none; sizes beyond those that `is_size` knows are numbers or nothing.
pub(super) fn by_size(text: &str, is_size: impl Fn(&Size) -> bool) -> Vec<(Size, u32)> {
    let terms = terms(text, is_size);
    // "M kumi L kumi", also after the number of all: the counts follow.
    let sizes_first = matches!(terms.last(), Some(Term::Number(_))) || matches!(terms.first(), Some(Term::Size(_)));
    let mut each: Vec<(Size, Option<u32>)> = Vec::new();
    let mut pending: Vec<u32> = Vec::new();
    let mut total = None;
    for term in terms {
        match term {
            Term::Number(n) => match each.last_mut() {
                Some((_, count @ None)) if sizes_first => *count = Some(n),
                _ => pending.push(n),
            },
            Term::Size(size) => {
                let count = if sizes_first { None } else { pending.pop() };
                total = pending.pop().or(total);
                pending.clear();
                match each.iter_mut().find(|(known, _)| *known == size) {
                    Some((_, known)) => *known = count.or(*known),
                    None => each.push((size, count)),
                }
            }
        }
    }
    shared_out(each, total, has_any(text, EACH))
}

/// A number said of the first alone, of several sizes, is that of all together where it comes out even.
fn shared_out(each: Vec<(Size, Option<u32>)>, total: Option<u32>, of_each: bool) -> Vec<(Size, u32)> {
    let many = u32::try_from(each.len()).unwrap_or(u32::MAX);
    let counted = each.iter().filter(|(_, count)| count.is_some()).count();
    let first = each.first().and_then(|(_, count)| *count);
    let share = match (total, first) {
        _ if counted > 1 || many < 2 => None,
        (Some(total), None) | (None, Some(total)) if of_each => Some(total),
        (Some(total), None) | (None, Some(total)) if total >= many && total % many == 0 => Some(total / many),
        _ => None,
    };
    each.into_iter().map(|(size, count)| (size, share.or(count).unwrap_or(1))).collect()
}

fn terms(text: &str, is_size: impl Fn(&Size) -> bool) -> Vec<Term> {
    let said = words(text);
    let mut terms: Vec<Term> = Vec::new();
    let mut at = 0;
    while at < said.len() {
        let word = said[at].as_str();
        let next = said.get(at + 1).map(String::as_str);
        let (term, length) = match (word, next) {
            ("extra", Some("large")) | ("x", Some("l")) => (Some(Term::Size(Size::parse("XL"))), 2),
            _ => (one(word).filter(|term| !matches!(term, Term::Size(size) if !is_size(size))), 1),
        };
        let numbered = Size::parse(word);
        match term {
            _ if word.bytes().all(|b| b.is_ascii_digit()) && is_size(&numbered) => terms.push(Term::Size(numbered)),
            None if DOZENS.contains(&word) => match (terms.last_mut(), next.and_then(number)) {
                (Some(Term::Number(n)), _) => *n = n.saturating_mul(12),
                (_, Some(n)) => {
                    terms.push(Term::Number(n.saturating_mul(12)));
                    at += 1;
                }
                _ => terms.push(Term::Number(12)),
            },
            Some(term) => terms.push(term),
            None => {}
        }
        at += length;
    }
    terms
}

fn one(word: &str) -> Option<Term> {
    if let Some(n) = number(word).filter(|_| word != "a") {
        return Some(Term::Number(n));
    }
    if let Some((_, letter)) = LETTERS.iter().find(|(name, _)| *name == word) {
        return Some(Term::Size(Size::parse(letter)));
    }
    matches!(word, "xs" | "s" | "m" | "l" | "xl" | "xxl" | "xxxl" | "2xl" | "3xl")
        .then(|| Term::Size(Size::parse(word)))
}

fn number(word: &str) -> Option<u32> {
    let named = NUMBERS.iter().find(|(names, _)| names.contains(&word)).map(|(_, n)| *n);
    named.or_else(|| word.parse().ok().filter(|n| (1..=9_999).contains(n)))
}

/// "Dazeni mbili": how many pieces, where a text counts them in dozens.
pub(super) fn dozens(text: &str) -> Option<u32> {
    let counted = has_any(text, DOZENS).then(|| terms(text, |_| false))?;
    match counted[..] {
        [Term::Number(n)] => Some(n),
        _ => None,
    }
}

/// "3 black hoodies: 2 L and 1 M" is one wish, though it was heard as several: one kind of thing, shared out by size.
pub(super) fn together(desk: &Desk<'_>, perception: &Perception) -> Option<Wish> {
    use Intent::{AddToCart, ChooseSize, ProductSearch, SelectOption, UpdateQuantity};
    let [first, rest @ ..] = &perception.wishes[..] else { return None };
    let buys = |w: &Wish| {
        matches!(w.intent, AddToCart | ChooseSize | ProductSearch | SelectOption | UpdateQuantity)
            && w.slots.ordinal.is_empty()
    };
    let same = |w: &Wish| {
        (w.slots.product.is_empty() || w.slots.product == first.slots.product)
            && (w.slots.colour.is_empty() || w.slots.colour == first.slots.colour)
    };
    if rest.is_empty() || !buys(first) || !rest.iter().all(|w| buys(w) && same(w)) {
        return None;
    }
    let text = perception.wishes.iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(" ");
    let letters = |size: &Size| size.rank().0 != 1 && !size.is_one();
    let each = by_size(&text, letters);
    let asked = desk.pending == Question::Variant;
    if each.len() < 2 || (first.slots.product.is_empty() && !asked) {
        return None;
    }
    let slots = duka_perception::Slots {
        size: each.iter().map(|(size, _)| size.clone()).collect(),
        quantity: each.iter().map(|(_, pieces)| *pieces).collect(),
        ..first.slots.clone()
    };
    let confidence = perception.wishes.iter().map(|w| w.confidence).fold(0.0, f32::max);
    let intent = if first.slots.product.is_empty() { ChooseSize } else { AddToCart };
    Some(Wish { intent, confidence, slots, text })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters(text: &str) -> String {
        shown(&by_size(text, |size| ["S", "M", "L", "XL"].contains(&size.as_str())))
    }

    fn numbers(text: &str) -> String {
        shown(&by_size(text, |size| ["37", "38", "39", "40"].contains(&size.as_str())))
    }

    fn shown(each: &[(Size, u32)]) -> String {
        each.iter().map(|(size, pieces)| format!("{pieces} {size}")).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn the_number_of_all_is_not_the_number_of_the_first() {
        for (text, each) in [
            ("need 3 white t shirts 2 in M 1 in L", "2 M, 1 L"),
            ("I would like two black t-shirts, one medium and one extra large.", "1 M, 1 XL"),
            ("3 hoodies black: 2 L and 1 M", "2 L, 1 M"),
            ("2 black tshirts, one in M one in L", "1 M, 1 L"),
            ("5 in S 5 in M 5 in L 5 in XL", "5 S, 5 M, 5 L, 5 XL"),
            ("M kumi L kumi", "10 M, 10 L"),
            ("dazeni mbili, moja M moja L", "1 M, 1 L"),
            ("mbili: moja L moja M", "1 L, 1 M"),
            ("2 t-shirts M and L", "1 M, 1 L"),
            ("two each in M and L", "2 M, 2 L"),
            ("M and L", "1 M, 1 L"),
            ("3 in M", "3 M"),
            ("black tshirt tatu, S moja M moja L moja", "1 S, 1 M, 1 L"),
            ("tshirt 60 size M 20 L 20 XL 20", "20 M, 20 L, 20 XL"),
        ] {
            assert_eq!(letters(text), each, "{text}");
        }
        assert_eq!(numbers("sawa pea mbili 38 na 39"), "1 38, 1 39");
        assert_eq!(numbers("2 in 38 and 1 in 39"), "2 38, 1 39");
    }
}
