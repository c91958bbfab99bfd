//! Where providers place pictures among their likes: computed once for a picture and a model.

use duka_kernel::{ProductId, Timestamp};
use duka_shop::knowledge::Embedding;
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{StoreError, Tx};

/// The picture of a product that a model has not placed.
#[derive(Clone, PartialEq, Eq, Debug, FromQueryResult)]
pub struct Unplaced {
    /// Where it is in the media storage.
    pub key: String,
    /// What the product is called.
    pub name: String,
}

#[derive(FromQueryResult)]
struct Vector {
    vector: Vec<u8>,
}

#[derive(FromQueryResult)]
struct ProductVector {
    id: Uuid,
    vector: Vec<u8>,
}

impl Tx {
    /// Keeps where a model places the picture with this hash; of a picture that cannot be read, an empty vector.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn keep_picture_vector(
        &self,
        hash: &str,
        embedding: &Embedding,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        const KEEP: &str = "INSERT INTO picture_vectors (tenant_id, id, hash, model, vector, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (tenant_id, hash, model) DO UPDATE SET \
             vector = excluded.vector, created_at = excluded.created_at";
        let values = vec![
            self.tenant_uuid().into(),
            Uuid::now_v7().into(),
            hash.into(),
            embedding.model.as_str().into(),
            embedding.to_bytes().into(),
            now.0.into(),
        ];
        self.conn.run(KEEP, values).await.map(drop)
    }

    /// Where a model places the picture with this hash, if that is known.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn picture_vector(&self, hash: &str, model: &str) -> Result<Option<Embedding>, StoreError> {
        const FIND: &str = "SELECT vector FROM picture_vectors WHERE tenant_id = $1 AND hash = $2 AND model = $3";
        let values = vec![self.tenant_uuid().into(), hash.into(), model.into()];
        let found: Option<Vector> = self.conn.row(FIND, values).await?;
        Ok(found.and_then(|row| Embedding::from_bytes(model, &row.vector)))
    }

    /// Pictures of what is offered that a model has not placed, at most so many.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn unplaced_pictures(&self, model: &str, most: u32) -> Result<Vec<Unplaced>, StoreError> {
        const FIND: &str = "SELECT i.media_key AS key, p.name FROM products p \
             JOIN product_images i ON i.tenant_id = p.tenant_id AND i.product_id = p.id \
             LEFT JOIN picture_vectors v ON v.tenant_id = p.tenant_id AND v.model = $2 \
               AND v.hash = substr(i.media_key, length(i.media_key) - 63) \
             WHERE p.tenant_id = $1 AND p.active AND v.id IS NULL \
             ORDER BY p.position, p.id, i.position, i.id LIMIT $3";
        let values = vec![self.tenant_uuid().into(), model.into(), i64::from(most).into()];
        self.conn.rows(FIND, values).await
    }

    /// Where a model places the pictures of what is offered, in the order of the shop's list.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn product_vectors(&self, model: &str) -> Result<Vec<(ProductId, Embedding)>, StoreError> {
        const FIND: &str = "SELECT p.id, v.vector FROM products p \
             JOIN product_images i ON i.tenant_id = p.tenant_id AND i.product_id = p.id \
             JOIN picture_vectors v ON v.tenant_id = p.tenant_id AND v.model = $2 \
               AND v.hash = substr(i.media_key, length(i.media_key) - 63) \
             WHERE p.tenant_id = $1 AND p.active ORDER BY p.position, p.id, i.position, i.id";
        let rows: Vec<ProductVector> = self.conn.rows(FIND, vec![self.tenant_uuid().into(), model.into()]).await?;
        // An empty vector is none.
        let placed = |row: ProductVector| Some((ProductId(row.id), Embedding::from_bytes(model, &row.vector)?));
        Ok(rows.into_iter().filter_map(placed).collect())
    }
}
