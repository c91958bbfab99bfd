//! Finding by what the customer named: kind, colour, size in stock, price, occasion, for whom.

use duka_kernel::{Colour, Money, Size, VariantId};

use super::{
    Dropped, SearchQuery,
    facets::Facets,
    lexicon::{KindId, Lexicon, Term, audience, key_of},
    text::TextIndex,
    words::words,
};
use crate::{Product, Variant};

/// What a product misses, as bits in the order in which things are given up.
pub(super) type Misses = u8;
const OCCASION: Misses = 1;
const AUDIENCE: Misses = 2;
pub(super) const PRICE: Misses = 4;
const COLOUR: Misses = 8;
const SIZE: Misses = 16;
const MATERIAL: Misses = 32;
/// Names of the bits.
const DROPS: [(Misses, Dropped); 6] = [
    (OCCASION, Dropped::Occasion),
    (AUDIENCE, Dropped::Audience),
    (PRICE, Dropped::Price),
    (COLOUR, Dropped::Colour),
    (SIZE, Dropped::Size),
    (MATERIAL, Dropped::Type),
];
/// How far from its bounds a price may be when nothing is within them, as a part of the bound: a quarter.
const PRICE_SLACK: i64 = 4;

/// The bits of `misses` by name.
pub(super) fn dropped(misses: Misses) -> Vec<Dropped> {
    DROPS.iter().filter(|(bit, _)| misses & bit != 0).map(|(_, drop)| *drop).collect()
}

/// The order in which misses are put up with: fewer first, then as things are given up.
pub(super) fn severity(misses: Misses) -> (u32, Misses) {
    (misses.count_ones(), misses)
}

/// How a product meets a query, by the best of its variants.
#[derive(Clone, Copy, Debug)]
pub(super) struct Match {
    pub(super) misses: Misses,
    /// How near it comes in what it misses, 0 to 1; 1 if it misses nothing.
    pub(super) nearness: f32,
    /// How squarely it meets the rest: its own size and not one for all, this colour and no other.
    pub(super) square: f32,
    /// What the variant costs.
    pub(super) price: Money,
}

/// What a query names, ready to compare.
#[derive(Debug)]
pub(super) struct Wanted<'q> {
    query: &'q SearchQuery,
    things: Vec<KindId>,
    materials: Vec<KindId>,
    /// Products that have a word in their name which the lexicon does not know as a kind; sorted.
    named: Vec<usize>,
    /// Whether a kind of thing was named at all.
    pub(super) names_kind: bool,
    audience: u8,
    /// Occasions meant, which are not all that were heard.
    meant: Vec<&'q str>,
    occasions: u32,
    /// Products that have an occasion's word where the lexicon does not know the occasion; sorted.
    occasion_named: Vec<usize>,
}

/// The occasions that a query's words mean by themselves: in "garden party" the party is no night out, and what
/// suits is for the meaning of the words to find.
fn meant_occasions(query: &SearchQuery) -> Vec<&str> {
    let lexicon = Lexicon::get();
    let said = words(&query.text);
    let terms = lexicon.terms(&said);
    let is_meant = |occasion: &&str| {
        let bit = lexicon.occasion(occasion);
        let word = key_of(occasion);
        let stands_alone = terms.iter().any(|term| term.meaning.is_some_and(|m| m.occasions & bit != 0));
        stands_alone || !said.contains(&word)
    };
    query.occasions.iter().map(String::as_str).filter(is_meant).collect()
}

impl<'q> Wanted<'q> {
    /// Reads the named parts of a query.
    pub(super) fn new(query: &'q SearchQuery, text: &TextIndex) -> Self {
        let lexicon = Lexicon::get();
        let meant = meant_occasions(query);
        let mut wanted = Self {
            query,
            things: Vec::new(),
            materials: Vec::new(),
            named: Vec::new(),
            names_kind: false,
            audience: query.audience.as_deref().map_or(0, |a| lexicon.meaning(&key_of(a)).map_or(0, |m| m.audience)),
            occasions: meant.iter().fold(0, |bits, occasion| bits | lexicon.occasion(occasion)),
            occasion_named: Vec::new(),
            meant,
        };
        for occasion in wanted.meant.clone() {
            wanted.occasion_named.extend(text.holding(&key_of(occasion), false));
        }
        query.product.iter().for_each(|name| wanted.add_kind(name, text));
        // "shoes" beside "heels" says nothing more.
        let all = wanted.things.clone();
        wanted.things.retain(|kind| !all.iter().any(|other| other != kind && lexicon.is_a(*other, *kind)));
        if wanted.things.is_empty() && wanted.named.is_empty() && !wanted.materials.is_empty() {
            wanted.things.append(&mut wanted.materials);
        }
        wanted.named.sort_unstable();
        wanted.occasion_named.sort_unstable();
        wanted
    }

    fn add_kind(&mut self, name: &str, text: &TextIndex) {
        let lexicon = Lexicon::get();
        let terms = lexicon.terms(&words(name));
        let mut thing = None;
        for kind in terms.iter().filter_map(|term| term.meaning?.kind) {
            if lexicon.kind(kind).material {
                self.materials.push(kind);
            } else {
                thing = Some(kind);
            }
        }
        let is_material = thing.is_none() && terms.iter().any(|term| term.meaning.is_some_and(|m| m.kind.is_some()));
        self.names_kind |= !terms.is_empty();
        if let Some(kind) = thing {
            self.things.push(kind);
        } else if let (Some(term), false) = (terms.last(), is_material) {
            self.named.extend(text.holding(&term.key, true));
            if let Some(meaning) = term.meaning {
                self.named.extend(text.holding(&meaning.canonical, true));
            }
        }
    }

    /// Takes kinds that the text speaks of as named.
    pub(super) fn name_kinds(&mut self, kinds: Vec<KindId>) {
        self.names_kind = true;
        self.things = kinds;
    }

    /// Whether colour or person are named, so that something can be offered whatever else was meant.
    pub(super) fn names_look(&self) -> bool {
        self.query.audience.is_some() || !self.query.colours.is_empty()
    }

    /// The kinds of thing named.
    pub(super) fn kinds(&self) -> &[KindId] {
        &self.things
    }

    /// Whether anything but a kind is named.
    pub(super) fn names_more(&self) -> bool {
        let q = self.query;
        let bounded = q.price_max.is_some() || q.price_min.is_some();
        bounded || self.wants_occasion() || q.audience.is_some() || !q.colours.is_empty() || !q.sizes.is_empty()
    }

    /// The occasions meant.
    pub(super) fn meant(&self) -> &[&'q str] {
        &self.meant
    }

    /// Whether an occasion is meant.
    pub(super) fn wants_occasion(&self) -> bool {
        !self.meant.is_empty()
    }

    /// Whether a word says what a filter looks at already, so that it does not rank what passes.
    /// A finer word that products are called by ("stiletto" for heels) still ranks.
    pub(super) fn filters_on(&self, term: &Term, text: &TextIndex) -> bool {
        let Some(meaning) = term.meaning else { return false };
        let is_finer = || {
            self.things.len() == 1 && *meaning.canonical != *term.key && text.holding(&term.key, true).next().is_some()
        };
        meaning.kind.is_some_and(|kind| self.things.contains(&kind)) && !is_finer()
            || meaning.colour.is_some_and(|colour| self.query.colours.contains(&colour))
            || self.audience != 0 && meaning.audience != 0
    }

    /// Whether a product is of a named kind.
    pub(super) fn is_kind(&self, at: usize, facets: &Facets) -> bool {
        self.things.iter().any(|kind| facets.is_a(*kind)) || self.named.binary_search(&at).is_ok()
    }

    /// How a product meets the query with the variants that can be had; `None` if it has none, or none
    /// near the price bounds. Kinds are looked at by [`Self::is_kind`].
    pub(super) fn matches(
        &self,
        at: usize,
        product: &Product,
        facets: &Facets,
        available: impl Fn(VariantId) -> bool,
    ) -> Option<Match> {
        let mut misses = 0;
        let suits = facets.occasions & self.occasions != 0 || self.occasion_named.binary_search(&at).is_ok();
        if self.wants_occasion() && !suits {
            misses |= OCCASION;
        }
        if !self.suits_audience(facets) {
            // Clothes for grown-ups are nothing for a child.
            if self.audience == audience::KIDS && facets.audience != 0 {
                return None;
            }
            misses |= AUDIENCE;
        }
        if !self.materials.is_empty() && !self.materials.iter().any(|material| facets.is_a(*material)) {
            misses |= MATERIAL;
        }
        let variants = product.variants.iter().filter_map(|variant| self.variant(product, facets, variant));
        let best = variants
            .filter(|(variant, _)| available(variant.id))
            .map(|(_, found)| found)
            .min_by(|a, b| rank(a).cmp(&rank(b)).then(b.nearness.total_cmp(&a.nearness)))?;
        let told = self.audience != 0 && facets.audience == self.audience;
        let square = best.square + if told { 0.5 } else { 0.0 };
        Some(Match { misses: best.misses | misses, square, ..best })
    }

    /// The prices of a product's variants that meet everything, in stock or not.
    pub(super) fn prices(&self, at: usize, product: &Product, facets: &Facets) -> Option<[Money; 2]> {
        let whole = self.matches(at, product, facets, |_| true).filter(|found| found.misses == 0)?;
        let meeting = product.variants.iter().filter_map(|variant| self.variant(product, facets, variant));
        let prices = || meeting.clone().filter(|(_, found)| found.misses == 0).map(|(_, found)| found.price);
        let max = prices().max_by_key(|price| price.minor).unwrap_or(whole.price);
        Some([whole.price, max])
    }

    fn suits_audience(&self, facets: &Facets) -> bool {
        match self.audience {
            0 => true,
            audience::KIDS => facets.audience == audience::KIDS,
            asked => facets.audience == 0 || facets.audience & asked != 0,
        }
    }

    fn variant<'p>(&self, product: &Product, facets: &Facets, variant: &'p Variant) -> Option<(&'p Variant, Match)> {
        let own = variant.colour.map(|colour| [colour]);
        let colours = own.as_ref().map_or(&facets.colours[..], |colour| &colour[..]);
        let q = self.query;
        if colours.iter().any(|colour| q.not_colours.contains(colour)) {
            return None;
        }
        let price = q.offers.price(product, variant.price);
        let mut found = Match { misses: 0, nearness: 1.0, square: 0.0, price };
        if !q.sizes.is_empty() {
            if q.sizes.contains(&variant.size) {
                found.square += 1.0;
            } else if !(variant.size.is_one() && wears_letters(facets) && q.sizes.iter().any(is_letter)) {
                found.misses |= SIZE;
                found.nearness *= q.sizes.iter().map(|asked| size_nearness(asked, &variant.size)).fold(0.0, f32::max);
            }
        }
        if !q.colours.is_empty() {
            if colours.iter().any(|colour| q.colours.contains(colour)) {
                found.square += if colours.len() == 1 { 0.5 } else { 0.0 };
            } else {
                found.misses |= COLOUR;
                let pairs = q.colours.iter().flat_map(|asked| colours.iter().map(|own| colour_nearness(*asked, *own)));
                found.nearness *= pairs.fold(0.1, f32::max);
            }
        }
        let distance = price_distance(price, q.price_min, q.price_max)?;
        if distance > 0.0 {
            found.misses |= PRICE;
            found.nearness *= 1.0 - distance;
        }
        Some((variant, found))
    }
}

/// The best variant misses least; of equals it is the cheapest.
fn rank(found: &Match) -> (u32, Misses, i64) {
    let (count, misses) = severity(found.misses);
    (count, misses, found.price.minor)
}

/// How far a price is outside its bounds, 0 within them, 1 at the end of what is put up with; `None`
/// beyond, and in another currency.
fn price_distance(price: Money, min: Option<Money>, max: Option<Money>) -> Option<f32> {
    let mut distance = 0.0f32;
    for (bound, above) in [(min, false), (max, true)] {
        let Some(bound) = bound else { continue };
        if bound.currency != price.currency {
            return None;
        }
        let (price, bound) = (i128::from(price.minor), i128::from(bound.minor));
        let outside = if above { price - bound } else { bound - price };
        if outside <= 0 {
            continue;
        }
        if outside * i128::from(PRICE_SLACK) > bound {
            return None;
        }
        distance = distance.max(outside as f32 * PRICE_SLACK as f32 / bound as f32);
    }
    Some(distance)
}

fn is_letter(size: &Size) -> bool {
    size.rank().0 == 0
}

/// Whether one size for all means every letter size: clothes do, bags and scarves have no size.
fn wears_letters(facets: &Facets) -> bool {
    Lexicon::get().meaning("clothing").and_then(|m| m.kind).is_some_and(|clothing| facets.is_a(clothing))
}

fn size_nearness(asked: &Size, own: &Size) -> f32 {
    let ((kind, asked), (own_kind, own)) = (asked.rank(), own.rank());
    if kind != own_kind || kind > 1 {
        return 0.1;
    }
    1.0 / (1.0 + asked.abs_diff(own).min(20) as f32)
}

/// How well one colour stands in for another.
fn colour_nearness(asked: Colour, own: Colour) -> f32 {
    use Colour::*;
    /// Families of colours that pass for each other.
    const FAMILIES: [&[Colour]; 7] = [
        &[Blue, Navy, Teal],
        &[Red, Maroon, Pink],
        &[Pink, Purple, Maroon],
        &[Beige, Cream, White, Brown],
        &[Yellow, Gold, Orange],
        &[Silver, Grey, Black],
        &[Green, Teal],
    ];
    let family = FAMILIES.iter().find(|family| family.contains(&asked) && family.contains(&own));
    let steps = |family: &&[Colour]| {
        let place = |colour| family.iter().position(|c| *c == colour).unwrap_or_default();
        place(asked).abs_diff(place(own)) as f32
    };
    match (family, own) {
        (Some(family), _) => 0.9 / steps(family).max(1.0),
        (None, Multicolour) => 0.25,
        (None, Black) => 0.2,
        (None, _) => 0.1,
    }
}
