//! What a shop sells: products and their variants, matched by stock-keeping unit.

use std::collections::{BTreeMap, HashMap, HashSet};

use duka_kernel::{Colour, Currency, Money, ProductId, Size, Timestamp, VariantId};
use duka_shop::{Product, Variant};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, sea_query::Expr};
use uuid::Uuid;

use crate::{StoreError, Tx, stock::Movement};

mod editing;
mod images;

pub use self::{
    editing::{Counted, Draft, DraftVariant, VariantChange},
    images::{MOST_IMAGES, ProductImage},
};

mod product {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "products")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub sku: String,
        pub name: String,
        pub description: String,
        pub category: String,
        pub price: i64,
        pub compare_at: Option<i64>,
        pub currency: String,
        pub tags: String,
        pub attributes: String,
        pub colours: String,
        pub image: Option<String>,
        pub active: bool,
        pub position: i64,
        pub updated_at: i64,
        pub version: i64,
        pub deleted_at: Option<i64>,
        pub was_active: bool,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod variant {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "variants")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub product_id: Uuid,
        pub size: String,
        pub colour: Option<String>,
        pub price: i64,
        pub on_hand: i64,
        pub reserved: i64,
        pub listed: Option<i64>,
        pub active: bool,
        pub position: i64,
        pub threshold: Option<i64>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// Rows of one insert; both databases bound the parameters of a statement.
const ROWS: usize = 500;

/// What taking over a list of products did.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Upserted {
    /// Stock-keeping units (or codes of services) that were not there.
    pub created: Vec<String>,
    /// Those that are different now.
    pub updated: Vec<String>,
    /// How many were the same already.
    pub unchanged: usize,
}

/// A change of one product's variants: the rows to write, and what that does to stock.
#[derive(Default)]
struct Changes {
    insert: Vec<variant::Model>,
    update: Vec<variant::Model>,
    movements: Vec<Movement>,
}

impl Tx {
    /// Takes over products with their variants and number of pieces. What is there already is matched by `sku`, then by
    /// size and colour, and keeps its identity; a variant that is no longer listed is not offered any more. Products not
    /// in `products` stay as they are.
    ///
    /// A number of pieces counts when it is another than the last one listed for the variant: the same list again changes
    /// nothing, whatever was sold in between. Pieces that are reserved stay. So do pictures: one that a product does not
    /// have yet becomes its first. What was taken away is back if it is listed.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn upsert_products(
        &self,
        products: &[Product],
        stock: &HashMap<VariantId, u32>,
        now: Timestamp,
    ) -> Result<Upserted, StoreError> {
        self.take_over(products, stock, 0, now).await
    }

    /// Takes over some more of what the shop sells, as [`Tx::upsert_products`] does; what is new comes last in its list.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn add_products(
        &self,
        products: &[Product],
        stock: &HashMap<VariantId, u32>,
        now: Timestamp,
    ) -> Result<Upserted, StoreError> {
        let last = self.last_position().await?;
        self.take_over(products, stock, usize::try_from(last + 1).unwrap_or(0), now).await
    }

    /// With places in the list from `first` on; what has a place before that keeps it.
    async fn take_over(
        &self,
        products: &[Product],
        stock: &HashMap<VariantId, u32>,
        first: usize,
        now: Timestamp,
    ) -> Result<Upserted, StoreError> {
        let known = self.product_rows(None).await?;
        let pictures = self.image_keys().await?;
        let mut known: HashMap<String, product::Model> = known.into_iter().map(|row| (row.sku.clone(), row)).collect();
        let mut known_variants: HashMap<Uuid, Vec<variant::Model>> = HashMap::new();
        for row in self.variant_rows(None).await? {
            known_variants.entry(row.product_id).or_default().push(row);
        }

        let (mut done, mut insert, mut changes) = (Upserted::default(), Vec::new(), Changes::default());
        let mut new_pictures: Vec<(Uuid, &str)> = Vec::new();
        for (position, product) in products.iter().enumerate() {
            let before = known.remove(&product.sku);
            let id = before.as_ref().map_or(product.id.0, |row| row.id);
            let moved = before.as_ref().map_or((now.0, 1), |row| (row.updated_at, row.version));
            let kept = before.as_ref().map(|row| row.position).filter(|_| first > 0);
            let position = kept.unwrap_or_else(|| i64::try_from(first + position).unwrap_or(i64::MAX));
            let mut row = self.product_row(id, product, position, moved)?;
            match &product.image {
                Some(key) if !pictures.contains(&(id, key.clone())) => new_pictures.push((id, key)),
                _ => row.image = before.as_ref().and_then(|row| row.image.clone()),
            }
            let count = (changes.insert.len(), changes.update.len());
            let variants = known_variants.remove(&id).unwrap_or_default();
            self.match_variants(id, product, variants, stock, &mut changes);
            match before {
                None => {
                    done.created.push(product.sku.clone());
                    insert.push(row);
                }
                Some(before) if before != row || count != (changes.insert.len(), changes.update.len()) => {
                    done.updated.push(product.sku.clone());
                    let changed = product::Model { updated_at: now.0, version: before.version + 1, ..row };
                    let changed = changed.into_active_model().reset_all();
                    product::Entity::update(changed).exec(&*self.conn).await?;
                }
                Some(_) => done.unchanged += 1,
            }
        }
        for rows in insert.chunks(ROWS) {
            let rows = rows.iter().cloned().map(IntoActiveModel::into_active_model);
            product::Entity::insert_many(rows).exec_without_returning(&*self.conn).await?;
        }
        for (product, key) in new_pictures {
            self.put_image_first(ProductId(product), key, now).await?;
        }
        self.write_variants(changes, now).await?;
        if !done.created.is_empty() || !done.updated.is_empty() {
            self.catalogue_moved().await?;
        }
        Ok(done)
    }

    async fn write_variants(&self, changes: Changes, now: Timestamp) -> Result<(), StoreError> {
        for rows in changes.insert.chunks(ROWS) {
            let rows = rows.iter().cloned().map(IntoActiveModel::into_active_model);
            variant::Entity::insert_many(rows).exec_without_returning(&*self.conn).await?;
        }
        for row in changes.update {
            variant::Entity::update(row.into_active_model().reset_all()).exec(&*self.conn).await?;
        }
        self.note_movements(&changes.movements, "listed", None, now).await
    }

    fn product_row(
        &self,
        id: Uuid,
        product: &Product,
        position: i64,
        (updated_at, version): (i64, i64),
    ) -> Result<product::Model, StoreError> {
        Ok(product::Model {
            tenant_id: self.tenant_uuid(),
            id,
            sku: product.sku.clone(),
            name: product.name.clone(),
            description: product.description.clone(),
            category: product.category.clone(),
            price: product.price.minor,
            compare_at: product.compare_at.map(|was| was.minor),
            currency: product.price.currency.code().to_owned(),
            tags: serde_json::to_string(&product.tags)?,
            attributes: serde_json::to_string(&product.attributes)?,
            colours: serde_json::to_string(&product.colours)?,
            image: product.image.clone(),
            active: true,
            position,
            updated_at,
            version,
            deleted_at: None,
            was_active: false,
        })
    }

    fn match_variants(
        &self,
        product_id: Uuid,
        product: &Product,
        known: Vec<variant::Model>,
        stock: &HashMap<VariantId, u32>,
        changes: &mut Changes,
    ) {
        let key = |size: &str, colour: Option<&str>| (size.to_owned(), colour.map(str::to_owned));
        let mut known: HashMap<_, _> =
            known.into_iter().map(|row| (key(&row.size, row.colour.as_deref()), row)).collect();
        for (position, listed) in product.variants.iter().enumerate() {
            let pieces = stock.get(&listed.id).copied().map(i64::from);
            let colour = listed.colour.map(Colour::name);
            let before = known.remove(&key(listed.size.as_str(), colour));
            let is_new = before.is_none();
            let before = before.unwrap_or_else(|| variant::Model {
                tenant_id: self.tenant_uuid(),
                id: listed.id.0,
                product_id,
                size: listed.size.as_str().to_owned(),
                colour: colour.map(str::to_owned),
                price: listed.price.minor,
                on_hand: 0,
                reserved: 0,
                listed: None,
                active: true,
                position: 0,
                threshold: None,
            });
            let mut after = variant::Model {
                price: listed.price.minor,
                active: true,
                position: i64::try_from(position).unwrap_or(i64::MAX),
                ..before.clone()
            };
            if let Some(pieces) = pieces
                && before.listed != Some(pieces)
            {
                after.listed = Some(pieces);
                after.on_hand = pieces.max(before.reserved);
            }
            changes.note(is_new, before, after);
        }
        for (_, before) in known {
            let after = variant::Model { active: false, ..before.clone() };
            changes.note(false, before, after);
        }
    }

    /// Takes every product out of the catalogue whose stock-keeping unit is not in a list. Gives how many.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn retire_products_except(&self, skus: &[String], now: Timestamp) -> Result<u64, StoreError> {
        let kept: HashSet<&str> = skus.iter().map(String::as_str).collect();
        let active = self.product_rows(Some(true)).await?;
        let gone: Vec<Uuid> = active.iter().filter(|row| !kept.contains(row.sku.as_str())).map(|row| row.id).collect();
        if gone.is_empty() {
            return Ok(0);
        }
        for ids in gone.chunks(ROWS) {
            let next = sea_orm::sea_query::ExprTrait::add(Expr::col(product::Column::Version), 1);
            product::Entity::update_many()
                .col_expr(product::Column::Active, Expr::value(false))
                .col_expr(product::Column::UpdatedAt, Expr::value(now.0))
                .col_expr(product::Column::Version, next)
                .filter(product::Column::TenantId.eq(self.tenant_uuid()))
                .filter(product::Column::Id.is_in(ids.iter().copied()))
                .exec(&*self.conn)
                .await?;
        }
        self.catalogue_moved().await?;
        Ok(gone.len() as u64)
    }

    /// Everything that is offered, with its variants, in the order of the shop's list.
    ///
    /// # Errors
    /// If a row was written by a version that this one cannot read.
    pub async fn products(&self) -> Result<Vec<Product>, StoreError> {
        let mut variants: HashMap<Uuid, Vec<variant::Model>> = HashMap::new();
        for row in self.variant_rows(Some(true)).await? {
            variants.entry(row.product_id).or_default().push(row);
        }
        let rows = self.product_rows(Some(true)).await?;
        rows.into_iter()
            .filter_map(|row| {
                let variants = variants.remove(&row.id)?;
                Some(read_product(row, variants))
            })
            .collect()
    }

    async fn product_rows(&self, active: Option<bool>) -> Result<Vec<product::Model>, StoreError> {
        let mut find = product::Entity::find().filter(product::Column::TenantId.eq(self.tenant_uuid()));
        if let Some(active) = active {
            find = find.filter(product::Column::Active.eq(active));
        }
        Ok(find.order_by_asc(product::Column::Position).order_by_asc(product::Column::Id).all(&*self.conn).await?)
    }

    pub(crate) async fn variant_rows(&self, active: Option<bool>) -> Result<Vec<variant::Model>, StoreError> {
        let mut find = variant::Entity::find().filter(variant::Column::TenantId.eq(self.tenant_uuid()));
        if let Some(active) = active {
            find = find.filter(variant::Column::Active.eq(active));
        }
        Ok(find.order_by_asc(variant::Column::Position).order_by_asc(variant::Column::Id).all(&*self.conn).await?)
    }
}

impl Changes {
    fn note(&mut self, is_new: bool, before: variant::Model, after: variant::Model) {
        if before.on_hand != after.on_hand {
            self.movements.push(Movement {
                variant: VariantId(after.id),
                on_hand: after.on_hand - before.on_hand,
                reserved: 0,
            });
        }
        if is_new {
            self.insert.push(after);
        } else if before != after {
            self.update.push(after);
        }
    }
}

fn read_product(row: product::Model, variants: Vec<variant::Model>) -> Result<Product, StoreError> {
    let currency = currency(&row.currency)?;
    let attributes: BTreeMap<String, String> = serde_json::from_str(&row.attributes)?;
    let variants = variants.into_iter().map(|row| {
        Ok(Variant {
            id: VariantId(row.id),
            size: Size::parse(&row.size),
            colour: colour(row.colour.as_deref())?,
            price: Money::from_minor(row.price, currency),
        })
    });
    Ok(Product {
        id: ProductId(row.id),
        price: Money::from_minor(row.price, currency),
        compare_at: row.compare_at.map(|was| Money::from_minor(was, currency)),
        tags: serde_json::from_str(&row.tags)?,
        attributes,
        colours: serde_json::from_str(&row.colours)?,
        variants: variants.collect::<Result<_, StoreError>>()?,
        sku: row.sku,
        name: row.name,
        description: row.description,
        category: row.category,
        image: row.image,
    })
}

pub(crate) fn currency(code: &str) -> Result<Currency, StoreError> {
    Currency::from_code(code).ok_or_else(|| StoreError::Corrupt(format!("{code:?} is not a currency Duka knows")))
}

pub(crate) fn colour(name: Option<&str>) -> Result<Option<Colour>, StoreError> {
    name.map(|name| name.parse().map_err(StoreError::Corrupt)).transpose()
}
