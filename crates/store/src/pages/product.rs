//! One product with everything of it, as people edit it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

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
struct NamedWords {
    id: Uuid,
    description: String,
    tags: String,
    attributes: String,
    colours: String,
}

#[derive(FromQueryResult)]
struct Attributes {
    attributes: String,
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

/// A product as a table lists it: without its pictures.
#[derive(Clone, PartialEq, Debug)]
pub struct Listing {
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
}

/// Some products of a list with everything that a table has of them.
///
/// # Errors
/// If the database fails.
pub async fn listings(tx: &Tx, rows: Vec<products::ProductRow>) -> Result<Vec<Listing>, StoreError> {
    const WORDS: &str = "SELECT p.id, p.description, p.tags, p.attributes, p.colours FROM products p \
         WHERE p.tenant_id = $1";
    let mut words = List::new(tx, WORDS);
    words.one_of("p.id", rows.iter().map(|row| row.id.0));
    let words: Vec<NamedWords> = words.all(tx, "").await?;
    let mut words: HashMap<Uuid, NamedWords> = words.into_iter().map(|words| (words.id, words)).collect();
    let mut variants = List::new(tx, VARIANT);
    variants.one_of("v.product_id", rows.iter().map(|row| row.id.0));
    let found: Vec<Row> = variants.all(tx, " ORDER BY v.position, v.id").await?;
    let mut variants: HashMap<Uuid, Vec<VariantRow>> = HashMap::new();
    for row in found {
        variants.entry(row.product_id).or_default().push(row.read()?);
    }
    let listing = |row: products::ProductRow| {
        let words = words.remove(&row.id.0).ok_or(StoreError::NotFound)?;
        Ok(Listing {
            description: words.description,
            tags: serde_json::from_str(&words.tags)?,
            attributes: serde_json::from_str(&words.attributes)?,
            colours: serde_json::from_str(&words.colours)?,
            variants: variants.remove(&row.id.0).unwrap_or_default(),
            row,
        })
    };
    rows.into_iter().map(listing).collect()
}

/// The names of everything else that is known of the shop's products.
///
/// # Errors
/// If the database fails.
pub async fn attribute_names(tx: &Tx) -> Result<BTreeSet<String>, StoreError> {
    const FIND: &str = "SELECT DISTINCT p.attributes FROM products p \
         WHERE p.tenant_id = $1 AND p.deleted_at IS NULL AND p.attributes <> '{}'";
    let rows: Vec<Attributes> = List::new(tx, FIND).all(tx, "").await?;
    let mut names = BTreeSet::new();
    for row in rows {
        let known: BTreeMap<String, String> = serde_json::from_str(&row.attributes)?;
        names.extend(known.into_keys());
    }
    Ok(names)
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
