//! The pictures of a product, in order. The first is the one that lists and customers see.

use std::collections::HashSet;

use duka_kernel::{ProductId, Timestamp};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{Guard, StoreError, Tx};

/// The most pictures of one product.
pub const MOST_IMAGES: usize = 12;

/// A picture of a product.
#[derive(Clone, PartialEq, Eq, Debug, FromQueryResult)]
pub struct ProductImage {
    /// Its identity.
    pub id: Uuid,
    /// Where it is in the media storage.
    pub media_key: String,
    /// What it shows, for those who do not see it.
    pub alt: Option<String>,
}

#[derive(FromQueryResult)]
struct Key {
    product_id: Uuid,
    media_key: String,
}

#[derive(FromQueryResult)]
struct There {
    #[allow(dead_code, reason = "a row has a column")]
    id: Uuid,
}

impl Tx {
    /// The pictures of a product, in order.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn product_images(&self, product: ProductId) -> Result<Vec<ProductImage>, StoreError> {
        const FIND: &str = "SELECT id, media_key, alt FROM product_images \
             WHERE tenant_id = $1 AND product_id = $2 ORDER BY position, id";
        self.conn.rows(FIND, vec![self.tenant_uuid().into(), product.0.into()]).await
    }

    /// Whether something in the media storage is a picture of a product, whether or not it is offered.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn is_product_image(&self, key: &str) -> Result<bool, StoreError> {
        const FIND: &str = "SELECT id FROM product_images WHERE tenant_id = $1 AND media_key = $2 LIMIT 1";
        let found: Option<There> = self.conn.row(FIND, vec![self.tenant_uuid().into(), key.into()]).await?;
        Ok(found.is_some())
    }

    /// Adds a stored picture behind the others; nothing if the product has it. `key` is that of [`Tx::record_media`].
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if the shop has no such product; [`Guard::Full`] if it has [`MOST_IMAGES`].
    pub async fn add_product_image(&self, product: ProductId, key: &str, now: Timestamp) -> Result<(), StoreError> {
        const ADD: &str = "INSERT INTO product_images (tenant_id, id, product_id, media_key, position, created_at) \
             SELECT $1, $2, $3, $4, coalesce(max(position), -1) + 1, $5 FROM product_images \
             WHERE tenant_id = $1 AND product_id = $3";
        self.touch_product(product, now).await?;
        let images = self.product_images(product).await?;
        if images.iter().any(|image| image.media_key == key) {
            return Ok(());
        }
        if images.len() >= MOST_IMAGES {
            return Err(Guard::Full("pictures of this product").into());
        }
        let values = vec![self.tenant_uuid().into(), Uuid::now_v7().into(), product.0.into(), key.into(), now.0.into()];
        self.conn.run(ADD, values).await?;
        self.show_first_image(product).await
    }

    /// Puts the pictures of a product into another order.
    ///
    /// # Errors
    /// [`Guard::Stale`] if these are not all of its pictures.
    pub async fn order_product_images(
        &self,
        product: ProductId,
        order: &[Uuid],
        now: Timestamp,
    ) -> Result<(), StoreError> {
        const PLACE: &str = "UPDATE product_images SET position = $4 \
             WHERE tenant_id = $1 AND product_id = $2 AND id = $3";
        self.touch_product(product, now).await?;
        let known: HashSet<Uuid> = self.product_images(product).await?.iter().map(|image| image.id).collect();
        if known.len() != order.len() || order.iter().copied().collect::<HashSet<_>>() != known {
            return Err(Guard::Stale("the list of pictures").into());
        }
        for (position, image) in (0_i64..).zip(order) {
            let values = vec![self.tenant_uuid().into(), product.0.into(), (*image).into(), position.into()];
            self.conn.run(PLACE, values).await?;
        }
        self.show_first_image(product).await
    }

    /// Says what a picture of a product shows.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if the product has no such picture.
    pub async fn set_image_alt(
        &self,
        product: ProductId,
        image: Uuid,
        alt: Option<&str>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        const SET: &str = "UPDATE product_images SET alt = $4 WHERE tenant_id = $1 AND product_id = $2 AND id = $3";
        self.touch_product(product, now).await?;
        let values = vec![self.tenant_uuid().into(), product.0.into(), image.into(), alt.into()];
        if self.conn.run(SET, values).await? == 0 { Err(StoreError::NotFound) } else { Ok(()) }
    }

    /// Takes a picture off a product. The file stays: an order or a message may show it.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if the product has no such picture.
    pub async fn delete_product_image(
        &self,
        product: ProductId,
        image: Uuid,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        const DELETE: &str = "DELETE FROM product_images WHERE tenant_id = $1 AND product_id = $2 AND id = $3";
        self.touch_product(product, now).await?;
        let values = vec![self.tenant_uuid().into(), product.0.into(), image.into()];
        if self.conn.run(DELETE, values).await? == 0 {
            return Err(StoreError::NotFound);
        }
        self.show_first_image(product).await
    }

    /// Puts a picture before the others.
    pub(super) async fn put_image_first(
        &self,
        product: ProductId,
        key: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        const PUT: &str = "INSERT INTO product_images (tenant_id, id, product_id, media_key, position, created_at) \
             SELECT $1, $2, $3, $4, coalesce(min(position), 1) - 1, $5 FROM product_images \
             WHERE tenant_id = $1 AND product_id = $3";
        let values = vec![self.tenant_uuid().into(), Uuid::now_v7().into(), product.0.into(), key.into(), now.0.into()];
        self.conn.run(PUT, values).await.map(drop)
    }

    /// Every product that has a picture, with each of its pictures.
    pub(super) async fn image_keys(&self) -> Result<HashSet<(Uuid, String)>, StoreError> {
        const FIND: &str = "SELECT product_id, media_key FROM product_images WHERE tenant_id = $1";
        let rows: Vec<Key> = self.conn.rows(FIND, vec![self.tenant_uuid().into()]).await?;
        Ok(rows.into_iter().map(|row| (row.product_id, row.media_key)).collect())
    }

    async fn show_first_image(&self, product: ProductId) -> Result<(), StoreError> {
        const SHOW: &str = "UPDATE products SET image = (SELECT i.media_key FROM product_images i \
               WHERE i.tenant_id = $1 AND i.product_id = $2 ORDER BY i.position, i.id LIMIT 1) \
             WHERE tenant_id = $1 AND id = $2";
        self.conn.run(SHOW, vec![self.tenant_uuid().into(), product.0.into()]).await.map(drop)
    }
}
