//! What pictures look like: computed once for a content and a version of the computation.

use duka_kernel::{ProductId, Timestamp};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{StoreError, Tx};

/// A picture of a product.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ProductPicture {
    /// Whose it is.
    pub product: ProductId,
    /// Where it is in the media storage.
    pub key: String,
    /// What it looks like, if that was computed by this version.
    pub features: Option<Vec<u8>>,
}

#[derive(FromQueryResult)]
struct PictureRow {
    id: Uuid,
    image: String,
    features: Option<Vec<u8>>,
}

#[derive(FromQueryResult)]
struct Features {
    features: Vec<u8>,
}

/// The hash in the key of a stored picture.
#[must_use]
pub fn hash_of(key: &str) -> &str {
    key.rsplit('/').next().unwrap_or(key)
}

impl Tx {
    /// Keeps what the picture with this hash looks like.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn keep_looks(
        &self,
        hash: &str,
        version: u16,
        features: &[u8],
        now: Timestamp,
    ) -> Result<(), StoreError> {
        const KEEP: &str = "INSERT INTO looks (tenant_id, id, hash, version, features, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (tenant_id, hash) DO UPDATE SET \
             version = excluded.version, features = excluded.features, created_at = excluded.created_at \
             WHERE looks.version <> excluded.version";
        let values = vec![
            self.tenant_uuid().into(),
            Uuid::now_v7().into(),
            hash.into(),
            i64::from(version).into(),
            features.into(),
            now.0.into(),
        ];
        self.conn.run(KEEP, values).await.map(drop)
    }

    /// What the picture with this hash looks like, if this version computed it.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn looks(&self, hash: &str, version: u16) -> Result<Option<Vec<u8>>, StoreError> {
        const FIND: &str = "SELECT features FROM looks WHERE tenant_id = $1 AND hash = $2 AND version = $3";
        let values = vec![self.tenant_uuid().into(), hash.into(), i64::from(version).into()];
        let found: Option<Features> = self.conn.row(FIND, values).await?;
        Ok(found.map(|row| row.features))
    }

    /// The pictures of everything that is offered, in the order of the shop's list.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn product_pictures(&self, version: u16) -> Result<Vec<ProductPicture>, StoreError> {
        const FIND: &str = "SELECT p.id, i.media_key AS image, l.features FROM products p \
             JOIN product_images i ON i.tenant_id = p.tenant_id AND i.product_id = p.id \
             LEFT JOIN looks l ON l.tenant_id = p.tenant_id AND l.version = $2 \
               AND l.hash = substr(i.media_key, length(i.media_key) - 63) \
             WHERE p.tenant_id = $1 AND p.active ORDER BY p.position, p.id, i.position, i.id";
        let values = vec![self.tenant_uuid().into(), i64::from(version).into()];
        let rows: Vec<PictureRow> = self.conn.rows(FIND, values).await?;
        let picture =
            |row: PictureRow| ProductPicture { product: ProductId(row.id), key: row.image, features: row.features };
        Ok(rows.into_iter().map(picture).collect())
    }
}
