//! What the pictures of a shop's products look like, and which of them are most like another picture.

use duka_kernel::ProductId;
use duka_vision::{ImageFeatures, rank};

/// What the pictures of a catalogue look like.
#[derive(Debug, Default)]
pub struct Looks(Vec<(ProductId, ImageFeatures)>);

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
        Self(looks)
    }

    /// Every product with a picture, the most alike first.
    #[must_use]
    pub fn alike(&self, picture: &ImageFeatures) -> Vec<AlikeProduct> {
        let ranked = rank(picture, self.0.iter().map(|(_, features)| features));
        ranked.into_iter().map(|alike| AlikeProduct { product: self.0[alike.at].0, same: alike.same }).collect()
    }
}
