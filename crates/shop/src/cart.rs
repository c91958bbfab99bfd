//! What a customer has chosen so far.

use duka_kernel::{Colour, Money, ProductId, Size, VariantId};
use serde::{Deserialize, Serialize};

/// The most pieces of one line; more is a matter for a person.
pub const MAX_QUANTITY: u32 = 500;

/// Products chosen and the code to be used on them. Lines are in the order they were added; no two are of one variant.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Cart {
    /// The lines.
    pub lines: Vec<CartLine>,
    /// A coupon code the customer gave and the shop accepted, in capitals.
    pub coupon: Option<String>,
}

/// Some pieces of one variant.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct CartLine {
    /// What is bought.
    pub variant: VariantId,
    /// Of which product.
    pub product: ProductId,
    /// The product's stock-keeping unit.
    pub sku: String,
    /// The product's name.
    pub name: String,
    /// The size chosen.
    pub size: Size,
    /// The colour chosen.
    pub colour: Option<Colour>,
    /// How many; at least 1.
    pub quantity: u32,
    /// List price of one when it was added or last checked.
    pub unit_price: Money,
}

impl Cart {
    /// Pieces in all lines together.
    #[must_use]
    pub fn pieces(&self) -> u32 {
        self.lines.iter().fold(0, |sum, line| sum.saturating_add(line.quantity))
    }

    /// Whether nothing is in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Puts pieces in, onto the line of the same variant if there is one. At most [`MAX_QUANTITY`] a line.
    pub fn add(&mut self, line: CartLine) {
        match self.lines.iter_mut().find(|l| l.variant == line.variant) {
            Some(same) => {
                same.quantity = same.quantity.saturating_add(line.quantity).min(MAX_QUANTITY);
                same.unit_price = line.unit_price;
            }
            None => self.lines.push(CartLine { quantity: line.quantity.clamp(1, MAX_QUANTITY), ..line }),
        }
    }

    /// Sets how many pieces of a variant are wanted; 0 takes the line out. Says whether there was such a line.
    pub fn set_quantity(&mut self, variant: VariantId, quantity: u32) -> bool {
        let Some(at) = self.lines.iter().position(|l| l.variant == variant) else { return false };
        if quantity == 0 {
            self.lines.remove(at);
        } else {
            self.lines[at].quantity = quantity.min(MAX_QUANTITY);
        }
        true
    }

    /// Takes a line out. Says whether there was one.
    pub fn remove(&mut self, variant: VariantId) -> bool {
        self.set_quantity(variant, 0)
    }
}
