//! What a text calls things: the kinds it names, and the products whose names it uses.

use duka_kernel::ProductId;

use super::{
    CatalogueIndex,
    lexicon::{KindId, Lexicon, Term},
    words::{raw_words, stem},
};

/// A kind of thing that a text names.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NamedKind {
    /// The canonical word for it.
    pub kind: String,
    /// As the customer wrote it, in lower case.
    pub written: String,
    /// Whether the shop has anything of the kind, in stock or not.
    pub sold: bool,
    /// Whether it only holds kinds together: "clothes".
    pub wide: bool,
}

/// Misspelt words of fewer letters are not guessed at: too many words are near them.
const LEAST_LETTERS: usize = 5;

impl CatalogueIndex {
    /// The kinds of thing that a text names, in its order, none twice. "A skirt of denim" names a skirt: what a thing is
    /// made of is no second thing.
    #[must_use]
    pub fn kinds_named(&self, text: &str) -> Vec<NamedKind> {
        const OF: [&str; 8] = ["ya", "za", "la", "cha", "vya", "wa", "of", "in"];
        let lexicon = Lexicon::get();
        let read = Words::of(self, text);
        let mut named: Vec<(KindId, NamedKind)> = Vec::new();
        for (at, term) in &read.terms {
            let end = at + term.key.split(' ').count();
            let Some(kind) = term.meaning.and_then(|meaning| meaning.kind) else { continue };
            let entry = lexicon.kind(kind);
            if entry.material {
                continue;
            }
            // "Skirt fupi ya jeans", "jeans skirt": the cloth of the thing beside it.
            let said_of = *at > 0 && OF.contains(&read.written[at - 1].as_str());
            if let (true, true, Some((_, thing))) = (is_cloth(&entry.key), said_of, named.last_mut()) {
                thing.kind = format!("{CLOTH} {}", thing.kind);
                continue;
            }
            let cloth = named.pop_if(|(_, last)| is_cloth(&last.kind) && read.ends_at(&last.written, *at)).is_some();
            if named.iter().all(|(known, _)| *known != kind) {
                let sold = self.facets.iter().any(|facets| facets.is_a(kind));
                let written = read.written[*at..end].join(" ");
                let kind_name = if cloth { format!("{CLOTH} {}", entry.key) } else { entry.key.to_string() };
                named.push((kind, NamedKind { kind: kind_name, written, sold, wide: entry.group }));
            }
        }
        // "Shoes" beside "heels" says nothing more.
        let kinds: Vec<KindId> = named.iter().map(|(kind, _)| *kind).collect();
        named.retain(|(kind, _)| !kinds.iter().any(|other| other != kind && lexicon.is_a(*other, *kind)));
        named.into_iter().map(|(_, named)| named).collect()
    }

    /// Of these products those that the text calls by most words of their own, if it does so with some and not others:
    /// words of their names, or, of a short text, of their descriptions. What filters look at (kinds, colours, for whom, and
    /// occasions unless they are in a name) is no name.
    #[must_use]
    pub fn called_among(&self, text: &str, among: &[ProductId]) -> Vec<ProductId> {
        const SHORT: usize = 7;
        let read = Words::of(self, text);
        let by = |own: &dyn Fn(&Term) -> bool, texts: &dyn Fn(&crate::Product) -> String| -> Vec<ProductId> {
            let own: Vec<&Term> = read.terms.iter().map(|(_, term)| term).filter(|term| own(term)).collect();
            let count = |id: &ProductId| {
                let known = self.by_id(*id).map(|p| Words::of(self, &texts(p))).unwrap_or_default();
                own.iter().filter(|term| known.hold(term)).count()
            };
            let counts: Vec<usize> = among.iter().map(count).collect();
            let best = counts.iter().copied().max().unwrap_or(0);
            let called = among.iter().zip(&counts).filter(|(_, count)| **count == best).map(|(id, _)| *id);
            if best == 0 { Vec::new() } else { called.collect() }
        };
        let named = by(&|term| self.is_own(term), &|product| product.name.clone());
        if !named.is_empty() || read.written.len() > SHORT {
            return named;
        }
        let own = |term: &Term| self.is_own(term) && term.meaning.is_none_or(|meaning| meaning.occasions == 0);
        by(&own, &|product| format!("{} {}", product.tags.join(" "), product.description))
    }

    /// Whether a word may be one that only some products of a kind are called by.
    fn is_own(&self, term: &Term) -> bool {
        let lexicon = Lexicon::get();
        let Some(meaning) = term.meaning else {
            return term.key.chars().count() > 2 && !term.key.starts_with(|c: char| c.is_ascii_digit());
        };
        match meaning.kind {
            Some(kind) if lexicon.kind(kind).material => true,
            // "Wrap dress", "midi dress": not every dress is called so.
            Some(_) if term.key.contains(' ') => true,
            // "Fits a laptop", where no laptops are sold.
            Some(kind) => !lexicon.kind(kind).group && !self.facets.iter().any(|facets| facets.is_a(kind)),
            None => !meaning.stop && meaning.colour.is_none() && meaning.audience == 0,
        }
    }
}

/// What jeans are made of.
const CLOTH: &str = "denim";

/// Words that are trousers by themselves and cloth beside another thing.
fn is_cloth(kind: &str) -> bool {
    kind == "jean"
}

fn canonical(term: &Term) -> &str {
    term.meaning.map_or(&term.key, |meaning| &meaning.canonical)
}

/// A text's words as written and what they mean, with the place of each meaning's first word.
#[derive(Default)]
struct Words {
    written: Vec<String>,
    terms: Vec<(usize, Term)>,
}

impl Words {
    fn of(index: &CatalogueIndex, text: &str) -> Self {
        let lexicon = Lexicon::get();
        let written = raw_words(text);
        let known = |word: &str| lexicon.meaning(word).is_some() || index.text.words().find(word).is_some();
        let read = |word: &String| {
            let stem = stem(word);
            if known(&stem) || stem.chars().count() < LEAST_LETTERS {
                return stem;
            }
            // A slip of the finger spares the first letter.
            let near = lexicon.vocabulary.near(&stem);
            let mut alike = near.words.iter().map(|at| lexicon.vocabulary.word(*at));
            let of_kind = |word: &str| lexicon.meaning(word).is_some_and(|m| m.kind.is_some() || m.colour.is_some());
            alike.find(|word| word.chars().next() == stem.chars().next() && of_kind(word)).map_or(stem, str::to_owned)
        };
        let stems: Vec<String> = written.iter().map(read).collect();
        let mut at = 0;
        let mut terms = Vec::new();
        for term in lexicon.terms(&stems) {
            let length = term.key.split(' ').count();
            terms.push((at, term));
            at += length;
        }
        Self { written, terms }
    }

    /// Whether a word stands here, or one with its meaning.
    fn hold(&self, term: &Term) -> bool {
        self.terms
            .iter()
            .any(|(_, own)| canonical(own) == canonical(term) || own.key.split(' ').any(|word| word == term.key))
    }

    /// Whether these words stand right before a place.
    fn ends_at(&self, words: &str, place: usize) -> bool {
        let length = words.split(' ').count();
        place >= length && self.written[place - length..place].join(" ") == words
    }
}

#[cfg(test)]
mod tests {
    use duka_kernel::{Colour, Currency, Money};

    use super::*;
    use crate::Product;

    fn product(sku: &str, name: &str, description: &str, category: &str) -> Product {
        Product {
            id: ProductId::new(),
            sku: sku.into(),
            name: name.into(),
            description: description.into(),
            category: category.into(),
            price: Money::from_major(1_000, Currency::Kes),
            compare_at: None,
            tags: Vec::new(),
            attributes: std::collections::BTreeMap::new(),
            colours: vec![Colour::Blue],
            image: None,
            variants: Vec::new(),
        }
    }

    fn shop() -> CatalogueIndex {
        CatalogueIndex::build(vec![
            product("A", "Denim Mini Skirt", "Frayed hem.", "skirt"),
            product("B", "Kitenge Wrap Skirt", "Ties at the side.", "skirt"),
            product("C", "Slim Blue Jeans", "A little stretch.", "jeans"),
            product("D", "Baraka White Kanzu", "Embroidered collar.", "kanzu"),
            product("E", "Boda Rider Gloves", "Leather gloves.", "accessory"),
            product("F", "Maua Floral Maxi Dress", "Floor-length, long sleeves.", "dress"),
            product("G", "Pwani Sundress", "Thin straps.", "dress"),
        ])
    }

    #[test]
    fn a_thing_is_named_as_its_finest_kind_in_any_language_and_misspelt() {
        let shop = shop();
        for (text, kinds) in [
            ("do you have kanzu in XL", vec![("kanzu", "kanzu", true)]),
            ("2 gloves L", vec![("glove", "gloves", true)]),
            ("na glavu za boda", vec![("glove", "glavu", true)]),
            ("na miwani", vec![("sunglass", "miwani", false)]),
            ("simu mnauza?", vec![("phone", "simu", false)]),
            ("a blak skrit", vec![("skirt", "skrit", true)]),
            ("skirt fupi ya jeans", vec![("denim skirt", "skirt", true)]),
            ("jeans skirt", vec![("denim skirt", "skirt", true)]),
            ("skirt na jeans", vec![("skirt", "skirt", true), ("jean", "jeans", true)]),
            ("mnauza nini hapo", vec![]),
        ] {
            let named = shop.kinds_named(text);
            let named: Vec<_> = named.iter().map(|n| (n.kind.as_str(), n.written.as_str(), n.sold)).collect();
            let kinds: Vec<_> = kinds.into_iter().collect();
            assert_eq!(named, kinds, "{text}");
        }
    }

    #[test]
    fn a_product_is_called_by_words_of_its_own() {
        let shop = shop();
        let among = |skus: &[&str]| -> Vec<ProductId> {
            skus.iter().filter_map(|sku| shop.by_sku(sku)).map(|p| p.id).collect()
        };
        for (text, of, called) in [
            ("the wrap skirt", vec!["A", "B"], vec!["B"]),
            ("the floral one", vec!["F", "G"], vec!["F"]),
            ("with sleeves", vec!["F", "G"], vec!["F"]),
            ("blue dress", vec!["F", "G"], vec![]),
            ("a skirt please", vec!["A", "B"], vec![]),
        ] {
            assert_eq!(shop.called_among(text, &among(&of)), among(&called), "{text}");
        }
    }
}
