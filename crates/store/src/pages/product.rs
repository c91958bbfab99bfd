//! One product with everything of it, as people edit it.

use std::collections::BTreeMap;

use duka_kernel::{Colour, Money, ProductId, Size, VariantId};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use super::{List, products};
use crate::{
    StoreError, Tx,
    catalogue::{self, ProductImage, currency},
};

/// A product.
#[derive(Clone, PartialEq, Debug)]
pub struct ProductPage {
    /// As the list shows it.
    pub row: products::ProductRow,
    /// What is said of it.
    pub description: String,
    /// Words it is found by.
    pub tags: Vec<String>,
    /// What else is known of it.
    pub attributes: BTreeMap<String, String>,
    /// The colours it comes in.
    pub colours: Vec<Colour>,
    /// Every size and colour that is offered, in order.
    pub variants: Vec<VariantRow>,
    /// Its pictures, in order.
    pub images: Vec<ProductImage>,
}

/// A size and colour of a product.
#[derive(Clone, PartialEq, Debug)]
pub struct VariantRow {
    /// Its identity.
    pub id: VariantId,
    /// Its product.
    pub product: ProductId,
    /// Its size.
    pub size: Size,
    /// Its colour, where the product's variants differ in it.
    pub colour: Option<Colour>,
    /// What it costs.
    pub price: Money,
    /// Pieces in the shop.
    pub on_hand: i64,
    /// Of these, held for orders.
    pub reserved: i64,
    /// So many or fewer are little; nothing is what the shop says.
    pub threshold: Option<u32>,
}

#[derive(FromQueryResult)]
struct Words {
    description: String,
    tags: String,
    attributes: String,
    colours: String,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    product_id: Uuid,
    size: String,
    colour: Option<String>,
    price: i64,
    currency: String,
    on_hand: i64,
    reserved: i64,
    threshold: Option<i64>,
}

const VARIANT: &str = "SELECT v.id, v.product_id, v.size, v.colour, v.price, p.currency, v.on_hand, v.reserved, \
     v.threshold FROM variants v JOIN products p ON p.tenant_id = v.tenant_id AND p.id = v.product_id \
     WHERE v.tenant_id = $1 AND v.active AND p.deleted_at IS NULL";

impl Row {
    fn read(self) -> Result<VariantRow, StoreError> {
        Ok(VariantRow {
            id: VariantId(self.id),
            product: ProductId(self.product_id),
            size: Size::parse(&self.size),
            colour: catalogue::colour(self.colour.as_deref())?,
            price: Money::from_minor(self.price, currency(&self.currency)?),
            on_hand: self.on_hand,
            reserved: self.reserved,
            threshold: self.threshold.and_then(|n| u32::try_from(n).ok()),
        })
    }
}

/// A product that was not taken away. `threshold` is the shop's, as for [`products::list`].
///
/// # Errors
/// [`StoreError::NotFound`] if there is none.
pub async fn product(tx: &Tx, id: ProductId, threshold: u32) -> Result<ProductPage, StoreError> {
    const WORDS: &str = "SELECT p.description, p.tags, p.attributes, p.colours FROM products p WHERE p.tenant_id = $1";
    let row = products::one(tx, id, threshold).await?.ok_or(StoreError::NotFound)?;
    let mut words = List::new(tx, WORDS);
    words.and("p.id = ?", [id.0.into()]);
    let words: Vec<Words> = words.all(tx, "").await?;
    let words = words.into_iter().next().ok_or(StoreError::NotFound)?;
    let mut variants = List::new(tx, VARIANT);
    variants.and("v.product_id = ?", [id.0.into()]);
    let variants: Vec<Row> = variants.all(tx, " ORDER BY v.position, v.id").await?;
    Ok(ProductPage {
        row,
        description: words.description,
        tags: serde_json::from_str(&words.tags)?,
        attributes: serde_json::from_str(&words.attributes)?,
        colours: serde_json::from_str(&words.colours)?,
        variants: variants.into_iter().map(Row::read).collect::<Result<_, _>>()?,
        images: tx.product_images(id).await?,
    })
}

/// A size and colour that is offered, of a product that was not taken away.
///
/// # Errors
/// [`StoreError::NotFound`] if there is none.
pub async fn variant(tx: &Tx, id: VariantId) -> Result<VariantRow, StoreError> {
    let mut list = List::new(tx, VARIANT);
    list.and("v.id = ?", [id.0.into()]);
    let rows: Vec<Row> = list.all(tx, "").await?;
    rows.into_iter().next().ok_or(StoreError::NotFound)?.read()
}
