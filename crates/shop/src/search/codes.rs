//! Finding by code (SKU), also with a letter mistyped.

use std::collections::BTreeSet;

use duka_kernel::Money;

use super::{dictionary::Dictionary, words::code_key};
use crate::Product;

/// The codes of a catalogue.
#[derive(Debug)]
pub(super) struct Codes {
    /// In the form of [`code_key`], sorted, with the product.
    keys: Vec<(Box<str>, u32)>,
    /// As they look, sorted, with the product.
    looks: Vec<(Box<str>, u32)>,
    /// The same, to correct typos to.
    dictionary: Dictionary,
}

impl Codes {
    /// Takes in the products' SKUs. Of two with one SKU the first counts.
    pub(super) fn build(products: &[Product]) -> Self {
        let mut keys: Vec<(Box<str>, u32)> =
            (0u32..).zip(products).map(|(at, product)| (code_key(&product.sku).into(), at)).collect();
        keys.retain(|(key, _)| !key.is_empty());
        keys.sort();
        keys.dedup_by(|later, first| later.0 == first.0);
        let words: BTreeSet<String> = keys.iter().map(|(key, _)| padded(key)).collect();
        let mut looks: Vec<_> = keys.iter().map(|(key, at)| (look(key), *at)).collect();
        looks.sort();
        Self { keys, looks, dictionary: Dictionary::new(&words) }
    }

    /// The product with a code, punctuation and case aside.
    pub(super) fn find(&self, code: &str) -> Option<usize> {
        self.of_key(&code_key(code))
    }

    /// The products a text names by code, in the order it names them.
    pub(super) fn named_in(&self, text: &str, bounds: [Option<Money>; 2]) -> Vec<usize> {
        let chunks: Vec<String> = text.split_whitespace().take(200).map(code_key).collect();
        let mut found = Vec::new();
        for (at, chunk) in chunks.iter().enumerate() {
            let is_amount = |money: &Money| chunk.parse() == Ok(money.minor / money.currency.minor_per_major());
            let digits = chunk.bytes().all(|b| b.is_ascii_digit());
            // A short number is a size or a count, and a bound is money, even if some SKU looks alike.
            if chunk.is_empty() || digits && (chunk.len() < 4 || bounds.iter().flatten().any(is_amount)) {
                continue;
            }
            let with_next = || {
                let next = chunks.get(at + 1).filter(|next| next.bytes().all(|b| b.is_ascii_digit()))?;
                (!digits).then(|| self.of_key(&code_key(&format!("{chunk}{next}"))))?
            };
            let product = self.of_key(chunk).or_else(with_next).or_else(|| self.mistyped(chunk));
            found.extend(product.filter(|product| !found.contains(product)));
        }
        found
    }

    /// The one code with a letter of it mistyped. A wrong digit is another number, and is not guessed at.
    fn mistyped(&self, chunk: &str) -> Option<usize> {
        let mixed = chunk.bytes().any(|b| b.is_ascii_digit()) && chunk.bytes().any(|b| b.is_ascii_alphabetic());
        if !mixed || !chunk.is_ascii() {
            return None;
        }
        let looks = look(chunk);
        let from = self.looks.partition_point(|(known, _)| *known < looks);
        let mut alike = self.looks[from..].iter().take_while(|(known, _)| *known == looks);
        if let (Some((_, product)), None) = (alike.next(), alike.next()) {
            return Some(*product as usize);
        }
        let written = padded(chunk);
        let near = self.dictionary.near(&written);
        let same_number = |code: &&str| {
            let number = |s: &str| -> String { s.chars().filter(char::is_ascii_digit).collect() };
            number(code) == number(&written)
        };
        let candidates = near.words.iter().map(|at| self.dictionary.word(*at));
        let mut candidates = candidates.filter(same_number).filter(|_| near.distance == 1);
        match (candidates.next(), candidates.next()) {
            (Some(code), None) => self.find(code),
            _ => None,
        }
    }

    fn of_key(&self, key: &str) -> Option<usize> {
        let at = self.keys.binary_search_by(|(known, _)| (**known).cmp(key)).ok()?;
        Some(self.keys[at].1 as usize)
    }
}

/// A key with its numbers filled up to three digits, so that short codes are long enough to correct.
fn padded(key: &str) -> String {
    let number = key.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = &key[number.len()..];
    format!("{number}{digits:0>3}")
}

/// A key with letters as the digits they are mistaken for.
fn look(key: &str) -> Box<str> {
    code_key(&key.replace('o', "0").replace(['l', 'i'], "1")).into()
}
