//! A product as it is sent, and what has to be so of it.

use std::collections::{BTreeMap, BTreeSet};

use duka_kernel::{Colour, Currency, Money, Size, VariantId};
use duka_shop::csv_file;
use duka_store::catalogue::{Counted, Draft, DraftVariant};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::problem::{Check, Reply};

/// The most that anything costs, in minor units.
pub const MOST_PRICE: i64 = 100_000_000_000;
/// The most pieces of one size and colour.
pub const MOST_STOCK: i64 = 1_000_000;
/// More pieces than these are never little.
pub const MOST_THRESHOLD: i64 = 10_000;

/// A product to make, or everything of one to change.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProductIn {
    /// Stock-keeping unit: the shop's own code for it, which no other product has.
    #[schema(min_length = 1, max_length = 60)]
    sku: String,
    #[schema(min_length = 1, max_length = 200)]
    name: String,
    /// May be nested: `shoes/heels`.
    #[schema(max_length = 100)]
    category: String,
    /// In minor units.
    #[schema(minimum = 1, maximum = 100_000_000_000_i64)]
    price: i64,
    /// What it cost before, in minor units.
    #[schema(minimum = 1, maximum = 100_000_000_000_i64)]
    compare_at: Option<i64>,
    #[schema(max_length = 5000)]
    description: String,
    /// Words it is found by.
    #[schema(max_items = 50)]
    tags: Vec<String>,
    /// What else is known of it, such as `style`.
    attributes: BTreeMap<String, String>,
    /// The colours it comes in. If nothing is said, those of its variants, or else those it had.
    #[schema(max_items = 20)]
    colours: Option<Vec<String>>,
    /// Whether it is offered.
    active: bool,
    /// Every size and colour it comes in, each once. What is left out is not offered any more.
    #[schema(min_items = 1, max_items = 200)]
    variants: Vec<VariantIn>,
}

/// A size and colour of a product.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VariantIn {
    /// Which one it was, if it was there.
    id: Option<Uuid>,
    /// Null where there is one size for all.
    #[schema(max_length = 30)]
    size: Option<String>,
    /// Null where nobody has to choose.
    #[schema(max_length = 40)]
    colour: Option<String>,
    /// In minor units; the product's if nothing is said.
    #[schema(minimum = 1, maximum = 100_000_000_000_i64)]
    price: Option<i64>,
    /// Pieces in the shop.
    #[schema(minimum = 0, maximum = 1_000_000)]
    on_hand: i64,
    /// How many pieces there were when they were read: then the difference to `on_hand` counts, and nothing that was sold
    /// meanwhile is counted again.
    #[schema(minimum = 0, maximum = 1_000_000)]
    on_hand_before: Option<i64>,
    /// So many or fewer are little; what the shop says for all if nothing is said.
    #[schema(minimum = 0, maximum = 10_000)]
    threshold: Option<i64>,
}

/// What a product is sent for.
#[derive(Clone, Debug)]
pub struct Place {
    /// What the shop sells in.
    pub currency: Currency,
    /// What is little in the shop.
    pub low_stock: u32,
    /// The colours that the product has now.
    pub colours: Vec<Colour>,
}

impl ProductIn {
    /// The product as the database takes it.
    pub fn draft(self, place: &Place) -> Reply<Draft> {
        self.check()?;
        let mut wrong = Check::new();
        let mut variants = Vec::with_capacity(self.variants.len());
        let mut there = BTreeSet::new();
        for (at, variant) in self.variants.iter().enumerate() {
            let (colour, problem) = colour(variant.colour.as_deref());
            wrong = wrong.that(!problem, &format!("/variants/{at}/colour"), "is no colour that Duka knows");
            let size = Size::parse(variant.size.as_deref().unwrap_or_default());
            let is_new = there.insert((size.clone(), colour));
            wrong = wrong.that(is_new, &format!("/variants/{at}"), "has the size and colour of another one");
            variants.push(variant.draft(size, colour, self.price, place));
        }
        let mut named = Vec::new();
        for (at, name) in self.colours.iter().flatten().enumerate() {
            let (colour, problem) = colour(Some(name));
            wrong = wrong.that(!problem, &format!("/colours/{at}"), "is no colour that Duka knows");
            named.extend(colour);
        }
        wrong.done()?;
        let colours = colours(&mut variants, self.colours.is_some().then_some(named), &place.colours);
        let trimmed = |text: &str| text.trim().to_owned();
        Ok(Draft {
            sku: trimmed(&self.sku),
            name: trimmed(&self.name),
            description: trimmed(&self.description),
            category: csv_file::category(&self.category),
            price: Money::from_minor(self.price, place.currency),
            compare_at: self.compare_at.map(|was| Money::from_minor(was, place.currency)),
            tags: self.tags.iter().map(|tag| trimmed(tag)).filter(|tag| !tag.is_empty()).collect(),
            attributes: self.attributes.iter().map(|(name, value)| (trimmed(name), trimmed(value))).collect(),
            colours,
            active: self.active,
            variants,
        })
    }

    fn check(&self) -> Reply<()> {
        let within = |amount: Option<i64>| amount.is_none_or(|amount| (1..=MOST_PRICE).contains(&amount));
        let short = |text: &str, most: usize| text.chars().count() <= most;
        let mut check = Check::new()
            .text(&self.sku, 60, "/sku")
            .text(&self.name, 200, "/name")
            .that(short(&self.category, 100), "/category", "has at most 100 characters")
            .that(within(Some(self.price)), "/price", "has to be more than 0 and less than a billion")
            .that(within(self.compare_at), "/compare_at", "has to be more than 0 and less than a billion")
            .that(short(&self.description, 5000), "/description", "has at most 5000 characters")
            .that(self.tags.len() <= 50, "/tags", "are at most 50")
            .that(self.tags.iter().all(|tag| short(tag, 60)), "/tags", "have at most 60 characters each")
            .that(self.attributes.len() <= 50, "/attributes", "are at most 50")
            .that(
                self.attributes
                    .iter()
                    .all(|(name, value)| !name.trim().is_empty() && short(name, 60) && short(value, 500)),
                "/attributes",
                "have names of 1 to 60 characters and values of at most 500",
            )
            .that(self.colours.as_ref().is_none_or(|colours| colours.len() <= 20), "/colours", "are at most 20")
            .that((1..=200).contains(&self.variants.len()), "/variants", "have to be 1 to 200");
        for (at, variant) in self.variants.iter().take(200).enumerate() {
            let field = |name: &str| format!("/variants/{at}/{name}");
            let pieces = |count: Option<i64>| count.is_none_or(|count| (0..=MOST_STOCK).contains(&count));
            let little = variant.threshold.is_none_or(|count| (0..=MOST_THRESHOLD).contains(&count));
            let size = variant.size.as_deref().unwrap_or_default();
            check = check
                .that(short(size, 30), &field("size"), "has at most 30 characters")
                .that(within(variant.price), &field("price"), "has to be more than 0 and less than a billion")
                .that(pieces(Some(variant.on_hand)), &field("on_hand"), "has to be 0 to 1,000,000")
                .that(pieces(variant.on_hand_before), &field("on_hand_before"), "has to be 0 to 1,000,000")
                .that(little, &field("threshold"), "has to be 0 to 10,000");
        }
        check.done()
    }
}

impl VariantIn {
    fn draft(&self, size: Size, colour: Option<Colour>, price: i64, place: &Place) -> DraftVariant {
        let stock = match self.on_hand_before {
            Some(before) => Counted::By(self.on_hand - before),
            None => Counted::To(u32::try_from(self.on_hand).unwrap_or(0)),
        };
        DraftVariant {
            id: self.id.map(VariantId),
            size,
            colour,
            price: Money::from_minor(self.price.unwrap_or(price), place.currency),
            stock,
            // What the shop says for all is no number of its own.
            threshold: self.threshold.and_then(|n| u32::try_from(n).ok()).filter(|n| *n != place.low_stock),
        }
    }
}

/// The colour that is named, and whether it is none.
fn colour(name: Option<&str>) -> (Option<Colour>, bool) {
    let name = name.map(str::trim).filter(|name| !name.is_empty());
    let colour = name.and_then(csv_file::colour);
    (colour, name.is_some() && colour.is_none())
}

/// The colours of the product. One that all variants share distinguishes none of them, so it is the product's alone.
fn colours(variants: &mut [DraftVariant], named: Option<Vec<Colour>>, before: &[Colour]) -> Vec<Colour> {
    let mut of_variants: Vec<Colour> = Vec::new();
    for colour in variants.iter().filter_map(|variant| variant.colour) {
        if !of_variants.contains(&colour) {
            of_variants.push(colour);
        }
    }
    let first = variants.first().and_then(|variant| variant.colour);
    if variants.iter().all(|variant| variant.colour == first) {
        variants.iter_mut().for_each(|variant| variant.colour = None);
    }
    let mut colours = match named {
        Some(named) => named,
        // One colour was shown as that of each variant; several were not.
        None if of_variants.is_empty() && before.len() > 1 => before.to_vec(),
        None => Vec::new(),
    };
    colours.extend(of_variants);
    let mut there = BTreeSet::new();
    colours.retain(|colour| there.insert(*colour));
    colours
}
