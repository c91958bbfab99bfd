//! Products.

use duka_kernel::{Colour, Money, ProductId, Size};
use duka_shop::search::{Hit, SearchQuery};
use serde::{Deserialize, Serialize};

use crate::{desk::Desk, dialogue::LastSearch, say::Card};

/// Looks for products.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SearchProducts {
    /// What the customer wrote.
    pub text: String,
    /// Kinds of product.
    pub product: Vec<String>,
    /// Any of these colours.
    pub colours: Vec<Colour>,
    /// None of these colours.
    pub not_colours: Vec<Colour>,
    /// Nothing of these kinds.
    pub not_kinds: Vec<String>,
    /// Any of these sizes.
    pub sizes: Vec<Size>,
    /// At most.
    pub price_max: Option<Money>,
    /// At least.
    pub price_min: Option<Money>,
    /// Any of these occasions.
    pub occasions: Vec<String>,
    /// For whom.
    pub audience: Option<String>,
    /// Not these.
    pub exclude: Vec<ProductId>,
    /// Similar to this one.
    pub like: Option<ProductId>,
    /// The cheapest first.
    pub cheapest_first: bool,
    /// Also what is sold out.
    pub include_sold_out: bool,
    /// At most so many; 5 if 0.
    pub limit: usize,
}

impl From<&LastSearch> for SearchProducts {
    /// Continues a search: the same again, without what was shown.
    fn from(last: &LastSearch) -> Self {
        Self {
            text: last.text.clone(),
            product: last.product.clone(),
            colours: last.colours.clone(),
            not_colours: last.not_colours.clone(),
            not_kinds: last.not_kinds.clone(),
            cheapest_first: last.cheapest_first,
            sizes: last.sizes.clone(),
            price_max: last.price_max,
            price_min: last.price_min,
            occasions: last.occasions.clone(),
            audience: last.audience.clone(),
            exclude: last.seen.clone(),
            ..Self::default()
        }
    }
}

impl SearchProducts {
    pub(crate) fn query(&self, desk: &Desk<'_>) -> SearchQuery {
        let mut exclude = self.exclude.clone();
        if !self.not_kinds.is_empty() {
            exclude.extend(crate::decide::products_of(desk, &self.not_kinds));
        }
        SearchQuery {
            text: self.text.clone(),
            product: self.product.clone(),
            colours: self.colours.clone(),
            not_colours: self.not_colours.clone(),
            cheapest_first: self.cheapest_first,
            sizes: self.sizes.clone(),
            price_max: self.price_max,
            price_min: self.price_min,
            occasions: self.occasions.clone(),
            audience: self.audience.clone(),
            exclude,
            like: self.like,
            preferred: if desk.dialogue.gift.is_some() { Vec::new() } else { preferred(desk) },
            liked_colours: super::liked_colours(desk),
            own_sizes: super::own_sizes(desk),
            offers: desk.offers.clone(),
            include_sold_out: self.include_sold_out,
            limit: if self.limit == 0 { crate::desk::LIST_LENGTH } else { self.limit },
        }
    }
}

/// What the customer bought, as far as it is still sold.
fn preferred(desk: &Desk<'_>) -> Vec<ProductId> {
    let lines = desk.recall.orders.iter().filter(|o| o.state.is_sold()).flat_map(|o| &o.lines);
    let mut products: Vec<ProductId> = lines.map(|l| l.product).collect();
    products.dedup();
    products
}

/// The products found, best first.
#[must_use]
pub fn search_products(desk: &Desk<'_>, args: &SearchProducts) -> Vec<Hit> {
    desk.recall.catalogue.search(&args.query(desk), desk.recall.stock)
}

/// A product in full: how it is shown and its description; `None` if the shop has no such product.
#[must_use]
pub fn get_product_details(desk: &Desk<'_>, product: ProductId) -> Option<(Card, String)> {
    desk.product(product).map(|p| (desk.card(p), p.description.clone()))
}
