//! Products by a picture.

use duka_kernel::{Money, ProductId};
use duka_perception::Slots;
use duka_shop::search::Fit;
use duka_vision::ImageFeatures;

use super::{SearchProducts, search_products};
use crate::desk::{Desk, LIST_LENGTH};

/// Looks for products like a picture.
#[derive(Clone, Debug)]
pub struct SearchSimilarProducts<'p> {
    /// What the picture looks like.
    pub picture: &'p ImageFeatures,
    /// What the words with it narrow it to: kind, colour, size, price.
    pub slots: &'p Slots,
    /// At most so many; 5 if 0.
    pub limit: usize,
}

/// What a picture finds.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SimilarProducts {
    /// The product whose own picture it is, whether in stock or not and whatever the words say.
    pub same: Option<ProductId>,
    /// Others in stock that meet the words, the most alike first.
    pub similar: Vec<ProductId>,
}

/// The products that look most like a picture, of this shop alone. Where none meets the words, they are ranked first
/// by how little they miss.
#[must_use]
pub fn search_similar_products(desk: &Desk<'_>, args: &SearchSimilarProducts<'_>) -> SimilarProducts {
    let Some(looks) = desk.recall.catalogue.looks() else { return SimilarProducts::default() };
    let alike = looks.alike(args.picture);
    let same = alike.first().filter(|first| first.same).map(|first| first.product);
    let limit = if args.limit == 0 { LIST_LENGTH } else { args.limit };
    let meeting = meeting(desk, args.slots);
    let fits = |id: &ProductId| meeting.as_ref().is_none_or(|meeting| meeting.contains(id));
    let in_stock = |id: &ProductId| desk.product(*id).is_some_and(|product| desk.recall.stock.has(product));
    let others = alike.iter().map(|alike| alike.product).filter(|id| Some(*id) != same);
    let similar = others.filter(|id| fits(id) && in_stock(id)).take(limit).collect();
    SimilarProducts { same, similar }
}

/// What meets the words, or misses least; `None` if they name nothing.
fn meeting(desk: &Desk<'_>, slots: &Slots) -> Option<Vec<ProductId>> {
    let money = |amount: i64| Money::from_major(amount, desk.recall.shop.currency);
    let args = SearchProducts {
        product: slots.product.clone(),
        colours: slots.colour.clone(),
        sizes: slots.size.clone(),
        price_max: slots.price_max.map(money),
        price_min: slots.price_min.map(money),
        limit: desk.recall.catalogue.products().len(),
        ..SearchProducts::default()
    };
    let names_nothing = args.product.is_empty()
        && args.colours.is_empty()
        && args.sizes.is_empty()
        && args.price_max.is_none()
        && args.price_min.is_none();
    if names_nothing {
        return None;
    }
    let hits = search_products(desk, &args);
    let exact: Vec<ProductId> = hits.iter().filter(|hit| hit.fit == Fit::Exact).map(|hit| hit.product).collect();
    let nearest = || hits.iter().map(|hit| hit.product).collect();
    Some(if exact.is_empty() { nearest() } else { exact })
}
