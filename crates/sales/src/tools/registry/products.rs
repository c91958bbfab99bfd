//! Products by name: looking for them, what there is of one.

use duka_kernel::{Colour, Money, Size};
use duka_perception::{Context, Intent, Slots, perceive};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Call, Effects, Proposal, Refusal, Said, colour_of, product};
use crate::{desk::Desk, say::Card, tools};

/// A product, as it is told.
#[derive(Serialize)]
pub(super) struct Told {
    sku: String,
    name: String,
    price: Money,
    sizes: Vec<Size>,
    colours: Vec<Colour>,
}

impl From<Card> for Told {
    fn from(card: Card) -> Self {
        Self { sku: card.sku, name: card.name, price: card.price, sizes: card.sizes, colours: card.colours }
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct GetInventory {
    /// The product's sku.
    sku: String,
    /// One size, if one is asked about.
    size: Option<String>,
}

/// What there is of a variant.
#[derive(Serialize)]
pub(super) struct InStock {
    size: Size,
    colour: Option<Colour>,
    price: Money,
    available: u32,
}

impl Call for GetInventory {
    type Output = Vec<InStock>;
    const NAME: &'static str = "get_inventory";
    const DESCRIPTION: &'static str = "Says how many pieces of a product can be bought now, by size and colour.";
    const EFFECTS: Effects = Effects::Reads;

    fn run(self, desk: &mut Desk<'_>) -> Result<Self::Output, Refusal> {
        let product = product(desk, &self.sku)?;
        let size = self.size.as_deref().map(Size::parse);
        let asked = product.variants.iter().filter(|v| size.as_ref().is_none_or(|size| v.size == *size));
        Ok(asked
            .map(|v| InStock {
                size: v.size.clone(),
                colour: v.colour,
                price: desk.offers.price(product, v.price),
                available: desk.available(v.id),
            })
            .collect())
    }

    fn propose(self, desk: &Desk<'_>, _: Said<'_>) -> Result<Proposal, Refusal> {
        let size = self.size.as_deref().map(Size::parse).into_iter().collect();
        let slots = Slots { size, ..Slots::default() };
        Ok(Proposal::of(Intent::Availability, "", slots).about(product(desk, &self.sku)?))
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SearchProducts {
    /// What is looked for, in plain words: "red dress for a wedding in size M".
    text: String,
}

impl Call for SearchProducts {
    type Output = Vec<Told>;
    const NAME: &'static str = "search_products";
    const DESCRIPTION: &'static str = "Finds products of the shop that are in stock and fit a description.";
    const EFFECTS: Effects = Effects::Reads;

    fn run(self, desk: &mut Desk<'_>) -> Result<Self::Output, Refusal> {
        let read = perceive(&self.text, &Context::default()).slots;
        let money = |amount: i64| Money::from_major(amount, desk.recall.shop.currency);
        let hits = tools::search_products(
            desk,
            &tools::SearchProducts {
                text: self.text,
                product: read.product,
                colours: read.colour,
                sizes: read.size,
                price_max: read.price_max.map(money),
                price_min: read.price_min.map(money),
                occasions: read.occasion,
                audience: read.audience,
                ..tools::SearchProducts::default()
            },
        );
        let found: Vec<_> = hits.iter().map(|hit| hit.product).collect();
        Ok(desk.cards(&found).into_iter().map(Told::from).collect())
    }

    fn propose(self, _: &Desk<'_>, said: Said<'_>) -> Result<Proposal, Refusal> {
        let mut slots = perceive(&self.text, &Context::default()).slots;
        // What the customer can spend is for them to say.
        let own = &said.perception.slots;
        (slots.price_max, slots.price_min) = (own.price_max, own.price_min);
        Ok(Proposal::of(Intent::ProductSearch, &self.text, slots))
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SearchSimilarProducts {
    /// The sku of the product that the others are to be like.
    sku: String,
}

impl Call for SearchSimilarProducts {
    type Output = Vec<Told>;
    const NAME: &'static str = "search_similar_products";
    const DESCRIPTION: &'static str = "Finds products that are like one of the shop's products.";
    const EFFECTS: Effects = Effects::Reads;

    fn run(self, desk: &mut Desk<'_>) -> Result<Self::Output, Refusal> {
        let like = product(desk, &self.sku)?.id;
        let args = tools::SearchProducts { like: Some(like), exclude: vec![like], ..tools::SearchProducts::default() };
        let found: Vec<_> = tools::search_products(desk, &args).iter().map(|hit| hit.product).collect();
        Ok(desk.cards(&found).into_iter().map(Told::from).collect())
    }

    fn propose(self, desk: &Desk<'_>, _: Said<'_>) -> Result<Proposal, Refusal> {
        Ok(Proposal::of(Intent::ProductSearch, "", Slots::default()).about(product(desk, &self.sku)?))
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct GetProductDetails {
    /// The product's sku.
    sku: String,
}

/// A product in full.
#[derive(Serialize)]
pub(super) struct Details {
    #[serde(flatten)]
    product: Told,
    description: String,
}

impl Call for GetProductDetails {
    type Output = Details;
    const NAME: &'static str = "get_product_details";
    const DESCRIPTION: &'static str = "Shows one product in full: price, sizes, colours, description, picture.";
    const EFFECTS: Effects = Effects::Reads;

    fn run(self, desk: &mut Desk<'_>) -> Result<Self::Output, Refusal> {
        let product = product(desk, &self.sku)?;
        Ok(Details { product: desk.card(product).into(), description: product.description.clone() })
    }

    fn propose(self, desk: &Desk<'_>, _: Said<'_>) -> Result<Proposal, Refusal> {
        Ok(Proposal::of(Intent::SelectOption, "details", Slots::default()).about(product(desk, &self.sku)?))
    }
}

/// The sizes and colours that the customer's message names, as far as they are proposed too.
pub(super) fn as_said(size: Option<&str>, colour: Option<&str>, said: Said<'_>) -> Result<Slots, Refusal> {
    let own = &said.perception.slots;
    let size = size.map(Size::parse).filter(|size| own.size.contains(size));
    let colour = colour_of(colour)?.filter(|colour| own.colour.contains(colour));
    Ok(Slots { size: size.into_iter().collect(), colour: colour.into_iter().collect(), ..Slots::default() })
}
