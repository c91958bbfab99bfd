//! What the shop sells.

mod describing;
mod export;
mod images;
mod input;
mod list;
mod one;
mod variants;

use std::collections::BTreeMap;

use duka_store::{
    catalogue::ProductImage,
    pages::{
        product::{ProductPage, VariantRow},
        products::{ProductRow, StockStatus},
    },
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{describe::Route, shapes::media_url};

pub fn routes() -> Vec<Route> {
    [list::routes(), one::routes(), variants::routes(), images::routes(), describing::routes(), export::routes()]
        .into_iter()
        .flatten()
        .collect()
}

/// How much there is of something: `low` if some size and colour is at its threshold.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StockState {
    In,
    Low,
    Out,
}

impl From<StockStatus> for StockState {
    fn from(status: StockStatus) -> Self {
        match status {
            StockStatus::In => Self::In,
            StockStatus::Low => Self::Low,
            StockStatus::Out => Self::Out,
        }
    }
}

impl From<StockState> for StockStatus {
    fn from(state: StockState) -> Self {
        match state {
            StockState::In => Self::In,
            StockState::Low => Self::Low,
            StockState::Out => Self::Out,
        }
    }
}

/// Pieces of a product.
#[derive(Clone, Debug, Serialize, ToSchema)]
struct StockOut {
    /// In the shop.
    on_hand: i64,
    /// Of these, held for orders that are not paid.
    reserved: i64,
    status: StockState,
}

/// A product in a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ProductRow)]
struct ProductRowOut {
    id: Uuid,
    sku: String,
    name: String,
    category: String,
    /// In minor units.
    price: i64,
    /// What it cost before, in minor units.
    compare_at: Option<i64>,
    /// Where its first picture is.
    image: Option<String>,
    images_count: i64,
    stock: StockOut,
    /// Sizes and colours that are offered.
    variants_count: i64,
    /// Whether it is offered.
    active: bool,
    version: i64,
}

fn stock(row: &ProductRow) -> StockOut {
    StockOut { on_hand: row.on_hand, reserved: row.reserved, status: row.status.into() }
}

impl From<ProductRow> for ProductRowOut {
    fn from(row: ProductRow) -> Self {
        Self {
            id: row.id.0,
            stock: stock(&row),
            sku: row.sku,
            name: row.name,
            category: row.category,
            price: row.price.minor,
            compare_at: row.compare_at.map(|was| was.minor),
            image: row.image.as_deref().map(media_url),
            images_count: row.images,
            variants_count: row.variants,
            active: row.active,
            version: row.version,
        }
    }
}

/// A product.
#[derive(Clone, Debug, Serialize, ToSchema)]
struct ProductOut {
    id: Uuid,
    sku: String,
    name: String,
    category: String,
    /// In minor units; a size or colour may have a price of its own.
    price: i64,
    /// What it cost before, in minor units.
    compare_at: Option<i64>,
    description: String,
    /// Words it is found by.
    tags: Vec<String>,
    /// What else is known of it, such as `style`.
    attributes: BTreeMap<String, String>,
    /// The colours it comes in.
    colours: Vec<&'static str>,
    /// Every size and colour that is offered.
    variants: Vec<VariantOut>,
    /// Its pictures, the one first that customers see.
    images: Vec<ImageOut>,
    stock: StockOut,
    /// Whether it is offered.
    active: bool,
    version: i64,
}

/// A size and colour of a product.
#[derive(Clone, Debug, Serialize, ToSchema)]
struct VariantOut {
    id: Uuid,
    /// Null where there is one size for all.
    size: Option<String>,
    /// Null where nobody has to choose.
    colour: Option<&'static str>,
    /// In minor units.
    price: i64,
    on_hand: i64,
    /// Of these, held for orders that are not paid.
    reserved: i64,
    /// So many or fewer are little.
    threshold: i64,
}

/// A picture of a product.
#[derive(Clone, Debug, Serialize, ToSchema)]
struct ImageOut {
    id: Uuid,
    url: String,
    /// From 0.
    position: i64,
    /// What it shows, for those who do not see it.
    alt: Option<String>,
}

impl VariantOut {
    /// `low` is what is little in the shop, `only` the one colour that the whole product has.
    fn new(row: VariantRow, low: u32, only: Option<&'static str>) -> Self {
        Self {
            id: row.id.0,
            size: Some(row.size).filter(|size| !size.is_one()).map(String::from),
            colour: row.colour.map(duka_kernel::Colour::name).or(only),
            price: row.price.minor,
            on_hand: row.on_hand,
            reserved: row.reserved,
            threshold: row.threshold.unwrap_or(low).into(),
        }
    }
}

impl ImageOut {
    fn new(position: i64, image: ProductImage) -> Self {
        Self { id: image.id, url: media_url(&image.media_key), position, alt: image.alt }
    }
}

impl ProductOut {
    fn new(page: ProductPage, low: u32) -> Self {
        let colours: Vec<&'static str> = page.colours.iter().map(|colour| colour.name()).collect();
        let only = if let [only] = colours.as_slice() { Some(*only) } else { None };
        Self {
            id: page.row.id.0,
            stock: stock(&page.row),
            sku: page.row.sku,
            name: page.row.name,
            category: page.row.category,
            price: page.row.price.minor,
            compare_at: page.row.compare_at.map(|was| was.minor),
            description: page.description,
            tags: page.tags,
            attributes: page.attributes,
            variants: page.variants.into_iter().map(|row| VariantOut::new(row, low, only)).collect(),
            images: (0..).zip(page.images).map(|(position, image)| ImageOut::new(position, image)).collect(),
            colours,
            active: page.row.active,
            version: page.row.version,
        }
    }
}
