//! What a product is, read from its text once: kinds, for whom, for what.

use duka_kernel::Colour;

use super::{
    lexicon::{KindId, Lexicon, Term, audience, key_of},
    text::Field,
    words::words,
};
use crate::Product;

/// What filters ask about a product.
#[derive(Debug)]
pub(super) struct Facets {
    /// Its kinds and all they are kinds of, sorted.
    pub(super) kinds: Box<[KindId]>,
    /// Bits of [`audience`]; 0 if nothing tells.
    pub(super) audience: u8,
    /// Bits of the lexicon's occasions.
    pub(super) occasions: u32,
    /// The colours it comes in; if none are kept with it, those its name says.
    pub(super) colours: Box<[Colour]>,
}

/// A product's text, term by term.
pub(super) struct ProductTerms {
    pub(super) category: Vec<Term>,
    pub(super) name: Vec<Term>,
    pub(super) tags: Vec<Term>,
    pub(super) attributes: Vec<Term>,
    pub(super) description: Vec<Term>,
    pub(super) colours: Vec<Term>,
}

impl ProductTerms {
    /// Reads a product.
    pub(super) fn read(product: &Product) -> Self {
        let lexicon = Lexicon::get();
        let terms = |text: &str| lexicon.terms(&words(text));
        // Each tag and level is read alone, so that no phrase runs across two of them.
        let separate = |text: &str| text.split(['/', '>', '|', ',', '&', ';']).flat_map(terms).collect();
        Self {
            category: separate(&product.category),
            name: terms(&product.name),
            tags: product.tags.iter().flat_map(|tag| terms(tag)).collect(),
            attributes: product.attributes.values().flat_map(|value| terms(value)).collect(),
            description: terms(&product.description),
            colours: product.colours.iter().flat_map(|colour| terms(colour.name())).collect(),
        }
    }

    /// The parts to search in, the name counting most.
    pub(super) fn into_fields(self, sku: &str) -> Vec<Field> {
        let sku = vec![Term { key: key_of(sku), meaning: None }];
        vec![
            Field { terms: self.name, weight: 3.0, headline: true },
            Field { terms: self.tags, weight: 2.5, headline: true },
            Field { terms: self.category, weight: 2.0, headline: true },
            Field { terms: sku, weight: 3.0, headline: true },
            Field { terms: self.attributes, weight: 1.5, headline: false },
            Field { terms: self.colours, weight: 1.0, headline: false },
            Field { terms: self.description, weight: 1.0, headline: false },
        ]
    }

    /// Words the product is known by: its brand, else the first word of its name that is no common word.
    pub(super) fn brand_words(&self, product: &Product) -> Vec<String> {
        const BRAND_KEYS: [&str; 5] = ["brand", "make", "label", "manufacturer", "designer"];
        let is_brand = |(key, _): &(&String, &String)| BRAND_KEYS.contains(&key.to_lowercase().as_str());
        let mut found: Vec<String> =
            product.attributes.iter().filter(is_brand).flat_map(|(_, brand)| words(brand)).collect();
        found.extend(self.name.iter().find(|term| term.meaning.is_none()).map(|term| term.key.clone()));
        found.retain(|word| word.chars().count() > 2 && !word.starts_with(|c: char| c.is_ascii_digit()));
        found
    }

    fn all(&self) -> impl Iterator<Item = &Term> {
        [&self.name, &self.tags, &self.category, &self.attributes, &self.description].into_iter().flatten()
    }
}

impl Facets {
    /// Reads them from a product and its terms.
    pub(super) fn read(product: &Product, terms: &ProductTerms) -> Self {
        let mut kinds: Vec<KindId> = Vec::new();
        let lexicon = Lexicon::get();
        let own = own_kinds(terms);
        kinds.extend(own.iter().flat_map(|kind| lexicon.lineage(*kind)));
        kinds.extend(terms.all().filter_map(kind_of).filter(|kind| lexicon.kind(*kind).material));
        kinds.sort_unstable();
        kinds.dedup();
        let occasions = terms.all().filter_map(|t| t.meaning).fold(0, |bits, meaning| bits | meaning.occasions);
        let mut colours = product.colours.clone();
        if colours.is_empty() {
            colours.extend(terms.name.iter().filter_map(|term| term.meaning?.colour));
        }
        let mut facets = Self { kinds: kinds.into(), audience: 0, occasions, colours: colours.into() };
        facets.audience = facets.read_audience(terms);
        facets
    }

    /// Whether it is of a kind.
    pub(super) fn is_a(&self, kind: KindId) -> bool {
        self.kinds.binary_search(&kind).is_ok()
    }

    /// Whether two products are of one kind of thing, materials and groups aside.
    pub(super) fn shares_kind(&self, other: &Self) -> bool {
        let is_thing = |kind: KindId| {
            let kind = Lexicon::get().kind(kind);
            !kind.group && !kind.material
        };
        self.kinds.iter().any(|kind| is_thing(*kind) && other.is_a(*kind))
    }

    fn read_audience(&self, terms: &ProductTerms) -> u8 {
        let said = |field: &[Term]| field.iter().filter_map(|t| t.meaning).fold(0, |bits, m| bits | m.audience);
        let told = said(&terms.name) | said(&terms.tags) | said(&terms.category) | said(&terms.attributes);
        let told = if told == 0 { said(&terms.description) } else { told };
        if told & audience::KIDS != 0 {
            return audience::KIDS;
        }
        if told != 0 {
            return told;
        }
        /// Kinds that are for women, or men, unless a product says otherwise.
        const FOR_WOMEN: [&str; 13] = [
            "flats", "clutch", "dress", "blouse", "skirt", "heels", "jumpsuit", "bra", "abaya", "saree", "lipstick",
            "earrings", "handbag",
        ];
        const FOR_MEN: [&str; 2] = ["kanzu", "tie"];
        let any_of = |names: &[&str]| {
            let of = |name: &&str| Lexicon::get().meaning(&key_of(name)).and_then(|m| m.kind);
            names.iter().filter_map(of).any(|kind| self.is_a(kind))
        };
        if any_of(&FOR_WOMEN) {
            audience::WOMEN
        } else if any_of(&FOR_MEN) {
            audience::MEN
        } else {
            0
        }
    }
}

fn kind_of(term: &Term) -> Option<KindId> {
    term.meaning.and_then(|meaning| meaning.kind)
}

/// What a thing is, most of all by its category. Its name and tags make that finer (shoes: heels), but a
/// name may mention other things ("pant suit"), so what does not belong to the category is left out. Where
/// the category tells nothing ("new arrivals"), the name's last kind does: a "shirt dress" is a dress.
fn own_kinds(terms: &ProductTerms) -> Vec<KindId> {
    let lexicon = Lexicon::get();
    let things = |field: &[Term]| -> Vec<KindId> {
        field.iter().filter_map(kind_of).filter(|k| !lexicon.kind(*k).material).collect()
    };
    let category = things(&terms.category);
    let (groups, sure): (Vec<_>, Vec<_>) = category.into_iter().partition(|kind| lexicon.kind(*kind).group);
    let name: Vec<Term> = terms
        .name
        .iter()
        .take_while(|t| !matches!(t.key.as_str(), "with" | "for" | "in" | "ya" | "na" | "yenye"))
        .cloned()
        .collect();
    let mut found = if sure.is_empty() {
        things(&name).last().copied().or_else(|| things(&terms.tags).first().copied()).into_iter().collect()
    } else {
        sure
    };
    let finer_in = |field: &[Term], found: &[KindId]| -> Vec<KindId> {
        let related = |kind: &KindId| found.iter().any(|own| lexicon.is_a(*kind, *own) || lexicon.is_a(*own, *kind));
        things(field).into_iter().filter(|kind| related(kind) && !lexicon.kind(*kind).group).collect()
    };
    let known = found.len();
    for field in [&terms.name, &terms.tags, &terms.attributes] {
        found.extend(finer_in(field, &found));
    }
    if found[..known].iter().all(|own| found[known..].iter().all(|kind| kind == own)) {
        found.extend(finer_in(&terms.description, &found));
    }
    found.extend(groups);
    found
}
