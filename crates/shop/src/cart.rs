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

#[cfg(test)]
mod tests {
    use duka_kernel::Currency;
    use proptest::prelude::*;

    use super::*;

    fn line(variant: VariantId, quantity: u32, price: i64) -> CartLine {
        CartLine {
            variant,
            product: ProductId::new(),
            sku: "A".into(),
            name: "A".into(),
            size: Size::one(),
            colour: None,
            quantity,
            unit_price: Money::from_major(price, Currency::Kes),
        }
    }

    #[test]
    fn adding_the_same_variant_again_makes_one_line_at_the_newer_price() {
        let variant = VariantId::new();
        let mut cart = Cart::default();
        cart.add(line(variant, 2, 100));
        cart.add(line(variant, 3, 120));
        assert_eq!((cart.lines.len(), cart.pieces()), (1, 5));
        assert_eq!(cart.lines[0].unit_price, Money::from_major(120, Currency::Kes));
    }

    #[test]
    fn what_is_not_in_the_cart_cannot_be_changed() {
        let mut cart = Cart::default();
        assert!(!cart.set_quantity(VariantId::new(), 2) && !cart.remove(VariantId::new()));
        assert!(cart.is_empty());
    }

    #[derive(Clone, Debug)]
    enum Step {
        Add(usize, u32),
        Set(usize, u32),
        Remove(usize),
    }

    fn step() -> impl Strategy<Value = Step> {
        prop_oneof![
            (0usize..4, 0u32..700).prop_map(|(i, n)| Step::Add(i, n)),
            (0usize..4, 0u32..700).prop_map(|(i, n)| Step::Set(i, n)),
            (0usize..4).prop_map(Step::Remove),
        ]
    }

    proptest! {
        /// The cart is compared with a plain table of pieces by variant.
        #[test]
        fn pieces_are_those_put_in_and_not_taken_out(steps in proptest::collection::vec(step(), 0..40)) {
            let variants = [(); 4].map(|()| VariantId::new());
            let mut pieces = [0u32; 4];
            let mut cart = Cart::default();
            for step in steps {
                match step {
                    Step::Add(i, n) => {
                        cart.add(line(variants[i], n, 100));
                        let put = if pieces[i] == 0 { n.max(1) } else { n };
                        pieces[i] = (pieces[i] + put).min(MAX_QUANTITY);
                    }
                    Step::Set(i, n) => {
                        prop_assert_eq!(cart.set_quantity(variants[i], n), pieces[i] > 0);
                        if pieces[i] > 0 {
                            pieces[i] = n.min(MAX_QUANTITY);
                        }
                    }
                    Step::Remove(i) => {
                        prop_assert_eq!(cart.remove(variants[i]), pieces[i] > 0);
                        pieces[i] = 0;
                    }
                }
                prop_assert_eq!(cart.pieces(), pieces.iter().sum::<u32>());
                prop_assert_eq!(cart.lines.len(), pieces.iter().filter(|n| **n > 0).count());
                prop_assert!(cart.lines.iter().all(|l| (1..=MAX_QUANTITY).contains(&l.quantity)));
            }
        }
    }
}
