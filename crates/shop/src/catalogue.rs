//! Products, their variants, their stock; services.

use std::collections::{BTreeMap, HashMap};

use duka_kernel::{Colour, Money, ProductId, ServiceId, Size, VariantId};
use jiff::civil::Time;
use serde::{Deserialize, Serialize};

use crate::booking::Terms;

/// Something a shop sells, in one or more variants.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Product {
    /// Its identity.
    pub id: ProductId,
    /// Stock-keeping unit, unique in the shop.
    pub sku: String,
    /// As shown to customers.
    pub name: String,
    /// One or two sentences.
    pub description: String,
    /// `dress`, `shoes`, …; may be nested as `shoes/heels`.
    pub category: String,
    /// List price; variants may differ.
    pub price: Money,
    /// What it cost before, as the shop says; counts where it is more than the price.
    #[serde(default)]
    pub compare_at: Option<Money>,
    /// Words it is found by.
    pub tags: Vec<String>,
    /// Other columns of the shop's file.
    pub attributes: BTreeMap<String, String>,
    /// Colours it comes in.
    pub colours: Vec<Colour>,
    /// The picture's file name or storage key.
    pub image: Option<String>,
    /// Sizes and colours it is stocked in; never empty.
    pub variants: Vec<Variant>,
}

/// A size (and colour) of a product, as the catalogue lists it. What is in stock is in [`Stock`].
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Variant {
    /// Its identity.
    pub id: VariantId,
    /// Its size, `ONE` for one size.
    pub size: Size,
    /// Its colour where the product's variants differ in colour.
    pub colour: Option<Colour>,
    /// What it costs.
    pub price: Money,
}

/// How many pieces of a variant there are. `0 ≤ reserved ≤ on_hand`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct StockLevel {
    /// In the shop.
    pub on_hand: u32,
    /// Of these, held for unpaid orders.
    pub reserved: u32,
}

impl StockLevel {
    /// What can still be sold.
    #[must_use]
    pub const fn available(self) -> u32 {
        self.on_hand.saturating_sub(self.reserved)
    }
}

/// Stock of every variant of a shop at one moment.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Stock(pub HashMap<VariantId, StockLevel>);

impl Stock {
    /// How many pieces of a variant can still be sold.
    #[must_use]
    pub fn available(&self, variant: VariantId) -> u32 {
        self.0.get(&variant).map_or(0, |level| level.available())
    }

    /// The sizes of a product that can be bought now, in the order of the rack.
    #[must_use]
    pub fn sizes_of(&self, product: &Product) -> Vec<Size> {
        let mut sizes: Vec<Size> =
            product.variants.iter().filter(|v| self.available(v.id) > 0).map(|v| v.size.clone()).collect();
        sizes.sort_by_key(Size::rank);
        sizes.dedup();
        sizes
    }

    /// Whether any variant of a product can be bought now.
    #[must_use]
    pub fn has(&self, product: &Product) -> bool {
        product.variants.iter().any(|v| self.available(v.id) > 0)
    }
}

/// Something a shop does at an agreed time.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Service {
    /// Its identity.
    pub id: ServiceId,
    /// Short code, unique in the shop.
    pub code: String,
    /// As shown to customers.
    pub name: String,
    /// One or two sentences.
    pub description: String,
    /// How long it takes.
    pub duration_min: u32,
    /// What it costs.
    pub price: Money,
    /// Weekdays it is offered, Monday first.
    pub days: [bool; 7],
    /// From when.
    pub open: Time,
    /// Until when it has to be finished.
    pub close: Time,
    /// What else there is to say about its appointments.
    pub terms: Terms,
}

impl Service {
    /// Its name with what tells it from others of the same name: `Braids (long)`.
    #[must_use]
    pub fn title(&self) -> String {
        match &self.terms.variant {
            Some(variant) => format!("{} ({variant})", self.name),
            None => self.name.clone(),
        }
    }

    /// Whether both are variants of one service.
    #[must_use]
    pub fn is_variant_of(&self, other: &Self) -> bool {
        self.id == other.id
            || self.terms.variant.is_some()
                && other.terms.variant.is_some()
                && self.name.trim().eq_ignore_ascii_case(other.name.trim())
    }
}
