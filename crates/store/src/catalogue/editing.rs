//! One product at a time, as people edit it: made, changed as a whole, taken away and had back; one size and colour of it
//! changed quickly.

use std::collections::{BTreeMap, HashSet};

use duka_kernel::{Colour, Money, ProductId, Size, Timestamp, VariantId};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, FromQueryResult, IntoActiveModel, QueryFilter, Value};
use uuid::Uuid;

use super::{product, variant};
use crate::{Guard, StoreError, Tx, stock::Movement};

/// A product as somebody edits it: everything but its pictures.
#[derive(Clone, PartialEq, Debug)]
pub struct Draft {
    /// Stock-keeping unit, unique in the shop.
    pub sku: String,
    /// Its name.
    pub name: String,
    /// What is said of it.
    pub description: String,
    /// Its category.
    pub category: String,
    /// What it costs where a variant says nothing else.
    pub price: Money,
    /// What it cost before.
    pub compare_at: Option<Money>,
    /// Words it is found by.
    pub tags: Vec<String>,
    /// What else is known of it.
    pub attributes: BTreeMap<String, String>,
    /// The colours it comes in.
    pub colours: Vec<Colour>,
    /// Whether it is offered.
    pub active: bool,
    /// Every size and colour it comes in, each once. What it had besides is not offered any more.
    pub variants: Vec<DraftVariant>,
}

/// A size and colour of a product as somebody edits it.
#[derive(Clone, PartialEq, Debug)]
pub struct DraftVariant {
    /// Which one it was, if it was there. One that has this size and colour already goes before.
    pub id: Option<VariantId>,
    /// Its size.
    pub size: Size,
    /// Its colour, where the product's variants differ in it.
    pub colour: Option<Colour>,
    /// What it costs.
    pub price: Money,
    /// How many pieces there are.
    pub stock: Counted,
    /// So many or fewer are little; nothing is what the shop says.
    pub threshold: Option<u32>,
}

/// How many pieces there are, as somebody says it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Counted {
    /// As they were counted.
    To(u32),
    /// So many more, or fewer.
    By(i64),
}

/// A quick change of one size and colour.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct VariantChange {
    /// What it costs now.
    pub price: Option<i64>,
    /// How many there are now.
    pub stock: Option<Counted>,
    /// What is little now; inside nothing is what the shop says.
    pub threshold: Option<Option<u32>>,
    /// Why the pieces changed, in somebody's words.
    pub reference: Option<String>,
}

#[derive(FromQueryResult)]
struct Last {
    position: i64,
}

#[derive(FromQueryResult)]
struct Prices {
    least: i64,
    most: i64,
}

const PRODUCT: &str = "product";

impl Tx {
    /// Makes a product. It comes last in the shop's list.
    ///
    /// # Errors
    /// [`Guard::Duplicate`] if another product has the stock-keeping unit.
    pub async fn create_product(&self, draft: &Draft, now: Timestamp) -> Result<ProductId, StoreError> {
        let id = ProductId::new();
        let blank = product::Model {
            tenant_id: self.tenant_uuid(),
            id: id.0,
            sku: String::new(),
            name: String::new(),
            description: String::new(),
            category: String::new(),
            price: 0,
            compare_at: None,
            currency: draft.price.currency.code().to_owned(),
            tags: String::new(),
            attributes: String::new(),
            colours: String::new(),
            image: None,
            active: true,
            position: self.last_position().await? + 1,
            updated_at: now.0,
            version: 1,
            deleted_at: None,
            was_active: false,
        };
        let row = filled(blank, draft)?.into_active_model();
        let insert = product::Entity::insert(row).exec_without_returning(&*self.conn).await;
        insert.map_err(|e| StoreError::from(e).or_duplicate(PRODUCT))?;
        self.save_variants(id, &draft.variants, now).await?;
        self.catalogue_moved().await?;
        Ok(id)
    }

    /// The product with a stock-keeping unit, also one that was taken away.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn product_by_sku(&self, sku: &str) -> Result<Option<ProductId>, StoreError> {
        let found = product::Entity::find()
            .filter(product::Column::TenantId.eq(self.tenant_uuid()))
            .filter(product::Column::Sku.eq(sku))
            .one(&*self.conn)
            .await?;
        Ok(found.map(|row| ProductId(row.id)))
    }

    /// Changes a product as a whole, if it has this version.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`Guard::Stale`] if it has another version; [`Guard::Duplicate`]; [`Guard::OutOfStock`] if
    /// fewer pieces are counted than are held for orders.
    pub async fn save_product(
        &self,
        id: ProductId,
        version: i64,
        draft: &Draft,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.claim_product(id, version, now).await?;
        let row = self.product_row_of(id).await?;
        let changed = filled(row, draft)?.into_active_model().reset_all();
        let update = product::Entity::update(changed).exec(&*self.conn).await;
        update.map_err(|e| StoreError::from(e).or_duplicate(PRODUCT))?;
        self.save_variants(id, &draft.variants, now).await?;
        self.catalogue_moved().await
    }

    /// Takes a product away: it is neither sold nor shown, but orders of it stay as they are.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`Guard::Stale`] if it has another version.
    pub async fn remove_product(&self, id: ProductId, version: i64, now: Timestamp) -> Result<(), StoreError> {
        const REMOVE: &str = "UPDATE products SET deleted_at = $3, was_active = active, active = FALSE \
             WHERE tenant_id = $1 AND id = $2";
        self.claim_product(id, version, now).await?;
        self.conn.run(REMOVE, vec![self.tenant_uuid().into(), id.0.into(), now.0.into()]).await?;
        self.catalogue_moved().await
    }

    /// Has a product back as it was. Says whether it was away.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if the shop never had it.
    pub async fn restore_product(&self, id: ProductId, now: Timestamp) -> Result<bool, StoreError> {
        const RESTORE: &str = "UPDATE products SET deleted_at = NULL, active = was_active, was_active = FALSE, \
               updated_at = $3, version = version + 1 \
             WHERE tenant_id = $1 AND id = $2 AND deleted_at IS NOT NULL";
        let restored = self.conn.run(RESTORE, vec![self.tenant_uuid().into(), id.0.into(), now.0.into()]).await? > 0;
        if restored {
            self.catalogue_moved().await?;
        } else {
            self.product_row_of(id).await?;
        }
        Ok(restored)
    }

    /// Changes the price, the pieces or the threshold of a variant that is offered.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`Guard::OutOfStock`] if fewer pieces were left than are held for orders.
    pub async fn change_variant(
        &self,
        id: VariantId,
        change: &VariantChange,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        const PRICE: &str = "UPDATE variants SET price = $3 WHERE tenant_id = $1 AND id = $2";
        let row = variant::Entity::find_by_id((self.tenant_uuid(), id.0)).one(&*self.conn).await?;
        let row = row.filter(|row| row.active).ok_or(StoreError::NotFound)?;
        if let Some(threshold) = change.threshold {
            self.set_threshold(id, threshold).await?;
        }
        let has_other_price = change.price.filter(|price| *price != row.price);
        if let Some(price) = has_other_price {
            self.conn.run(PRICE, vec![self.tenant_uuid().into(), id.0.into(), price.into()]).await?;
        }
        if has_other_price.is_some() || change.threshold.is_some() {
            self.touch_product(ProductId(row.product_id), now).await?;
            self.follow_price(row.product_id).await?;
        } else {
            self.expect_product(ProductId(row.product_id)).await?;
        }
        if let Some(stock) = change.stock {
            self.count_stock(id, stock, change.reference.as_deref(), now).await?;
        }
        Ok(())
    }

    /// Sets how many pieces there are, or changes it by some.
    ///
    /// # Errors
    /// As [`Tx::set_stock`].
    pub async fn count_stock(
        &self,
        variant: VariantId,
        stock: Counted,
        reference: Option<&str>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        const MOVE: &str = "UPDATE variants SET on_hand = on_hand + $3 \
             WHERE tenant_id = $1 AND id = $2 AND on_hand + $3 >= reserved";
        match stock {
            Counted::To(on_hand) => self.set_stock(variant, on_hand, reference, now).await,
            Counted::By(0) => Ok(()),
            Counted::By(delta) => {
                let values = vec![self.tenant_uuid().into(), variant.0.into(), delta.into()];
                if self.conn.run(MOVE, values).await? == 0 {
                    return Err(Guard::OutOfStock(variant).into());
                }
                let movement = Movement { variant, on_hand: delta, reserved: 0 };
                self.note_movements(&[movement], "counted", reference, now).await
            }
        }
    }

    /// Moves the version of a product that is there.
    pub(super) async fn touch_product(&self, id: ProductId, now: Timestamp) -> Result<(), StoreError> {
        const TOUCH: &str = "UPDATE products SET updated_at = $3, version = version + 1 \
             WHERE tenant_id = $1 AND id = $2 AND deleted_at IS NULL";
        let values = vec![self.tenant_uuid().into(), id.0.into(), now.0.into()];
        if self.conn.run(TOUCH, values).await? == 0 {
            return Err(StoreError::NotFound);
        }
        self.catalogue_moved().await
    }

    /// The last place in the shop's list; -1 if it is empty.
    pub(super) async fn last_position(&self) -> Result<i64, StoreError> {
        const FIND: &str = "SELECT coalesce(max(position), -1) AS position FROM products WHERE tenant_id = $1";
        let last: Option<Last> = self.conn.row(FIND, vec![self.tenant_uuid().into()]).await?;
        Ok(last.map_or(-1, |row| row.position))
    }

    /// Moves the version of a product that is there and has this one.
    async fn claim_product(&self, id: ProductId, version: i64, now: Timestamp) -> Result<(), StoreError> {
        const CLAIM: &str = "UPDATE products SET updated_at = $4, version = version + 1 \
             WHERE tenant_id = $1 AND id = $2 AND version = $3 AND deleted_at IS NULL";
        let values = vec![self.tenant_uuid().into(), id.0.into(), version.into(), now.0.into()];
        if self.conn.run(CLAIM, values).await? == 0 {
            self.expect_product(id).await?;
            return Err(Guard::Stale("the product").into());
        }
        Ok(())
    }

    async fn expect_product(&self, id: ProductId) -> Result<(), StoreError> {
        let row = self.product_row_of(id).await?;
        if row.deleted_at.is_some() { Err(StoreError::NotFound) } else { Ok(()) }
    }

    async fn product_row_of(&self, id: ProductId) -> Result<product::Model, StoreError> {
        let found = product::Entity::find_by_id((self.tenant_uuid(), id.0)).one(&*self.conn).await?;
        found.ok_or(StoreError::NotFound)
    }

    /// What is said of the product as a whole is what all of its variants cost, where they cost the same.
    async fn follow_price(&self, product: Uuid) -> Result<(), StoreError> {
        const FIND: &str = "SELECT coalesce(min(price), 0) AS least, coalesce(max(price), 0) AS most FROM variants \
             WHERE tenant_id = $1 AND product_id = $2 AND active";
        const FOLLOW: &str = "UPDATE products SET price = $3 WHERE tenant_id = $1 AND id = $2";
        let ids = || vec![Value::from(self.tenant_uuid()), product.into()];
        let prices: Option<Prices> = self.conn.row(FIND, ids()).await?;
        if let Some(Prices { least, most }) = prices
            && least == most
            && least > 0
        {
            self.conn.run(FOLLOW, [ids(), vec![least.into()]].concat()).await?;
        }
        Ok(())
    }

    /// Brings the variants of a product to a draft: what has a size and colour already keeps its identity, then what is
    /// named by it; what is not in the draft is not offered any more.
    async fn save_variants(
        &self,
        product: ProductId,
        drafts: &[DraftVariant],
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let known = variant::Entity::find()
            .filter(variant::Column::TenantId.eq(self.tenant_uuid()))
            .filter(variant::Column::ProductId.eq(product.0))
            .all(&*self.conn)
            .await?;
        let mut free: Vec<variant::Model> = known.clone();
        let mut take =
            |found: &dyn Fn(&variant::Model) -> bool| free.iter().position(found).map(|at| free.swap_remove(at));
        // All that have their size and colour already are found before any is renamed.
        let mut rows: Vec<Option<variant::Model>> =
            drafts.iter().map(|draft| take(&|row| (row.size.as_str(), row.colour.as_deref()) == key(draft))).collect();
        for (row, draft) in rows.iter_mut().zip(drafts) {
            let id = draft.id.filter(|_| row.is_none());
            *row = row.take().or_else(|| id.and_then(|id| take(&|row| row.id == id.0)));
        }
        let (mut inserts, mut counted) = (Vec::new(), Vec::new());
        for ((position, draft), before) in (0_i64..).zip(drafts).zip(rows) {
            let is_same = before.as_ref().is_some_and(|row| draft.id.is_none_or(|id| id.0 == row.id));
            let is_new = before.is_none();
            let before = before.unwrap_or_else(|| self.new_variant(product, draft));
            // A difference is one from what its own variant had.
            counted.push((
                VariantId(before.id),
                match draft.stock {
                    Counted::By(delta) if !is_same => Counted::To(u32::try_from(delta.max(0)).unwrap_or(0)),
                    stock => stock,
                },
            ));
            let (size, colour) = key(draft);
            let after = variant::Model {
                size: size.to_owned(),
                colour: colour.map(str::to_owned),
                price: draft.price.minor,
                active: true,
                position,
                threshold: draft.threshold.map(i64::from),
                ..before.clone()
            };
            if is_new {
                inserts.push(after);
            } else if after != before {
                variant::Entity::update(after.into_active_model().reset_all()).exec(&*self.conn).await?;
            }
        }
        let gone: HashSet<Uuid> = free.iter().filter(|row| row.active).map(|row| row.id).collect();
        for row in known.into_iter().filter(|row| gone.contains(&row.id)) {
            let after = variant::Model { active: false, ..row };
            variant::Entity::update(after.into_active_model().reset_all()).exec(&*self.conn).await?;
        }
        if !inserts.is_empty() {
            let rows = inserts.into_iter().map(IntoActiveModel::into_active_model);
            variant::Entity::insert_many(rows).exec_without_returning(&*self.conn).await?;
        }
        for (id, stock) in counted {
            self.count_stock(id, stock, None, now).await?;
        }
        Ok(())
    }

    fn new_variant(&self, product: ProductId, draft: &DraftVariant) -> variant::Model {
        let (size, colour) = key(draft);
        variant::Model {
            tenant_id: self.tenant_uuid(),
            id: Uuid::now_v7(),
            product_id: product.0,
            size: size.to_owned(),
            colour: colour.map(str::to_owned),
            price: draft.price.minor,
            on_hand: 0,
            reserved: 0,
            listed: None,
            active: true,
            position: 0,
            threshold: None,
        }
    }
}

fn key(draft: &DraftVariant) -> (&str, Option<&str>) {
    (draft.size.as_str(), draft.colour.map(Colour::name))
}

/// A row with everything that a draft says.
fn filled(row: product::Model, draft: &Draft) -> Result<product::Model, StoreError> {
    Ok(product::Model {
        sku: draft.sku.clone(),
        name: draft.name.clone(),
        description: draft.description.clone(),
        category: draft.category.clone(),
        price: draft.price.minor,
        compare_at: draft.compare_at.map(|was| was.minor),
        tags: serde_json::to_string(&draft.tags)?,
        attributes: serde_json::to_string(&draft.attributes)?,
        colours: serde_json::to_string(&draft.colours)?,
        active: draft.active,
        ..row
    })
}
