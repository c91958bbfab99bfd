//! What the pictures of a shop's products look like, and which of them are most like another picture.

use std::collections::{HashMap, HashSet};

use duka_kernel::ProductId;
use duka_vision::{ImageFeatures, rank};

use crate::knowledge::Embedding;

/// How much less a further place counts where two orders are made one.
const DAMPED: f32 = 8.0;

/// What the pictures of a catalogue look like.
#[derive(Debug, Default)]
pub struct Looks {
    seen: Vec<(ProductId, ImageFeatures)>,
    /// Where one model places them among their likes.
    placed: Vec<(ProductId, Embedding)>,
}

/// A product whose picture is like another.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct AlikeProduct {
    /// Which one.
    pub product: ProductId,
    /// Whether it is the same picture, changed a little.
    pub same: bool,
}

impl Looks {
    /// The looks of these products, in the order of the catalogue, which breaks ties.
    #[must_use]
    pub const fn new(looks: Vec<(ProductId, ImageFeatures)>) -> Self {
        Self { seen: looks, placed: Vec::new() }
    }

    /// With where a model places their pictures.
    #[must_use]
    pub fn placed(self, placed: Vec<(ProductId, Embedding)>) -> Self {
        Self { placed, ..self }
    }

    /// Whether there are no pictures.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.seen.is_empty()
    }

    /// Whether this model has placed some of the pictures.
    #[must_use]
    pub fn is_placed_by(&self, model: &str) -> bool {
        self.placed.iter().any(|(_, placed)| placed.model == model)
    }

    /// Every product with a picture, the most alike first; of several pictures the one that is most alike counts.
    #[must_use]
    pub fn alike(&self, picture: &ImageFeatures) -> Vec<AlikeProduct> {
        let ranked = rank(picture, self.seen.iter().map(|(_, features)| features));
        let alike = ranked.into_iter().map(|alike| AlikeProduct { product: self.seen[alike.at].0, same: alike.same });
        let mut there = HashSet::new();
        alike.filter(|alike| there.insert(alike.product)).collect()
    }

    /// The same, where a model has placed the picture too: what both orders have far in front comes first. Which is the
    /// same picture, the looks alone say.
    #[must_use]
    pub fn alike_and_near(&self, picture: &ImageFeatures, placed: &Embedding) -> Vec<AlikeProduct> {
        let mut alike = self.alike(picture);
        let near = self.near(placed);
        let from = usize::from(alike.first().is_some_and(|first| first.same));
        together(&mut alike[from..], &near);
        alike
    }

    /// The products whose pictures a model places near, the nearest first.
    fn near(&self, placed: &Embedding) -> Vec<ProductId> {
        let nearness = |(id, other): &(ProductId, Embedding)| {
            let comparable = other.model == placed.model && other.values.len() == placed.values.len();
            comparable.then(|| (*id, other.values.iter().zip(&placed.values).map(|(a, b)| a * b).sum::<f32>()))
        };
        let mut near: Vec<(ProductId, f32)> = self.placed.iter().filter_map(nearness).collect();
        near.sort_by(|a, b| b.1.total_cmp(&a.1));
        let mut there = HashSet::new();
        near.into_iter().map(|(id, _)| id).filter(|id| there.insert(*id)).collect()
    }
}

/// Puts products in the order that two orders come to together. What one of them does not have is where the other has it.
fn together(alike: &mut [AlikeProduct], near: &[ProductId]) {
    let place = |at: usize| {
        #[allow(clippy::cast_precision_loss, reason = "catalogues are small")]
        let at = at as f32;
        1.0 / (DAMPED + at)
    };
    let near: HashMap<ProductId, usize> = near.iter().enumerate().map(|(at, id)| (*id, at)).collect();
    let scores: HashMap<ProductId, f32> = alike
        .iter()
        .enumerate()
        .map(|(at, it)| (it.product, place(at) + place(near.get(&it.product).copied().unwrap_or(at))))
        .collect();
    alike.sort_by(|a, b| scores[&b.product].total_cmp(&scores[&a.product]));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(alike: &[ProductId], near: &[ProductId]) -> Vec<ProductId> {
        let mut alike: Vec<AlikeProduct> =
            alike.iter().map(|product| AlikeProduct { product: *product, same: false }).collect();
        together(&mut alike, near);
        alike.into_iter().map(|alike| alike.product).collect()
    }

    #[test]
    fn what_both_have_in_front_comes_first() {
        let ids: Vec<ProductId> = (0..5).map(|_| ProductId::new()).collect();
        assert_eq!(order(&ids, &[]), ids, "without the other order nothing moves");
        assert_eq!(order(&ids, &ids), ids);
        let near = [ids[2], ids[0], ids[1], ids[4], ids[3]];
        assert_eq!(order(&ids, &near)[0], ids[0], "first and second before third and first");
        let far = [ids[4], ids[3], ids[2], ids[1], ids[0]];
        assert_eq!(order(&ids, &far).len(), 5);
        assert_eq!(order(&ids[..2], &[ids[1], ids[0]]), ids[..2], "of equals the looks count");
    }

    #[test]
    fn vectors_of_another_model_or_length_are_not_compared() {
        let (one, two) = (ProductId::new(), ProductId::new());
        let embedding = |model: &str, values: &[f32]| Embedding { model: model.into(), values: values.to_vec() };
        let looks =
            Looks::new(Vec::new()).placed(vec![(one, embedding("a", &[0.6, 0.8])), (two, embedding("a", &[1.0, 0.0]))]);
        assert_eq!(looks.near(&embedding("a", &[1.0, 0.0])), [two, one]);
        assert!(looks.near(&embedding("b", &[1.0, 0.0])).is_empty());
        assert!(looks.near(&embedding("a", &[1.0])).is_empty());
        assert!(looks.is_placed_by("a") && !looks.is_placed_by("b"));
    }
}
