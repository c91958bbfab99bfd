//! Pictures and files: in a folder or in S3-compatible storage, under the hash of their content.
//!
//! A key is `tenants/{tenant}/media/{sha256}`: it never holds anything that a customer or shop chose, and the same
//! picture sent twice is stored once.

use std::{fmt, sync::Arc};

use bytes::Bytes;
use duka_kernel::{TenantScope, Timestamp};
use object_store::{ObjectStore, ObjectStoreExt, PutPayload, aws::AmazonS3Builder, local::LocalFileSystem, path::Path};
use sea_orm::FromQueryResult;
use sha2::{Digest, Sha256};
use url::Url;
use uuid::Uuid;

use crate::{StoreError, Tx, crypto::hex};

/// Where pictures and files are.
#[derive(Clone)]
pub struct Media {
    objects: Arc<dyn ObjectStore>,
    prefix: Path,
}

impl fmt::Debug for Media {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Media({})", self.objects)
    }
}

/// A picture or file that is stored.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StoredMedia {
    /// Where it is: what messages refer to.
    pub key: String,
    /// SHA-256 of its content, in hexadecimal.
    pub hash: String,
    /// Its MIME type.
    pub content_type: String,
    /// Its length.
    pub bytes: u64,
}

#[derive(FromQueryResult)]
struct Row {
    hash: String,
    content_type: String,
    bytes: i64,
}

impl Media {
    /// Opens the storage at `file:///path/to/folder` (made if it is not there) or `s3://bucket/prefix`, whose region,
    /// endpoint and credentials are in the usual `AWS_…` variables.
    ///
    /// # Errors
    /// If the address is of another kind, or the folder cannot be made.
    pub fn open(url: &Url) -> Result<Self, StoreError> {
        let failed = |e: &dyn fmt::Display| {
            StoreError::Unavailable(format!("cannot open the media storage at {url}: {e}; check DUKA_MEDIA_URL"))
        };
        match url.scheme() {
            "file" => {
                let folder = url.to_file_path().map_err(|()| failed(&"it is not a folder's address"))?;
                std::fs::create_dir_all(&folder).map_err(|e| failed(&e))?;
                let objects = LocalFileSystem::new_with_prefix(folder).map_err(|e| failed(&e))?.with_fsync(true);
                Ok(Self { objects: Arc::new(objects), prefix: Path::default() })
            }
            "s3" => {
                let objects = AmazonS3Builder::from_env().with_url(url.as_str()).build().map_err(|e| failed(&e))?;
                let prefix = Path::from_url_path(url.path()).map_err(|e| failed(&e))?;
                Ok(Self { objects: Arc::new(objects), prefix })
            }
            _ => Err(failed(&"use file:// or s3://")),
        }
    }

    /// Stores a content, once however often it is put. Then record it with [`Tx::record_media`].
    ///
    /// # Errors
    /// If the storage refuses.
    pub async fn put(&self, scope: TenantScope, bytes: Bytes, content_type: &str) -> Result<StoredMedia, StoreError> {
        let stored = describe(scope, &bytes, content_type);
        let put = self.objects.put(&self.path(&stored.key)?, PutPayload::from_bytes(bytes)).await;
        put.map_err(|e| StoreError::Unavailable(format!("the media storage did not take a file: {e}")))?;
        Ok(stored)
    }

    /// The content of a key that belongs to the shop.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if the key is not the shop's or nothing is there.
    pub async fn get(&self, scope: TenantScope, key: &str) -> Result<Bytes, StoreError> {
        let hash = key.strip_prefix(folder(scope).as_str()).ok_or(StoreError::NotFound)?;
        if hash.len() != 64 || !hash.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(StoreError::NotFound);
        }
        let failed = |e: object_store::Error| match e {
            object_store::Error::NotFound { .. } => StoreError::NotFound,
            e => StoreError::Unavailable(format!("the media storage did not give a file: {e}")),
        };
        let found = self.objects.get(&self.path(key)?).await.map_err(failed)?;
        found.bytes().await.map_err(failed)
    }

    /// Takes a content away that nothing names any more; nothing if it is gone.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if the key is not the shop's; or if the storage refuses.
    pub async fn delete(&self, scope: TenantScope, key: &str) -> Result<(), StoreError> {
        key.strip_prefix(folder(scope).as_str()).ok_or(StoreError::NotFound)?;
        match self.objects.delete(&self.path(key)?).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(e) => Err(StoreError::Unavailable(format!("the media storage did not delete a file: {e}"))),
        }
    }

    fn path(&self, key: &str) -> Result<Path, StoreError> {
        let key = Path::parse(key).map_err(|_| StoreError::NotFound)?;
        Ok(Path::from_iter(self.prefix.parts().chain(key.parts())))
    }
}

/// The key of a shop's content with this hash.
#[must_use]
pub fn key_of(scope: TenantScope, hash: &str) -> String {
    format!("{}{hash}", folder(scope))
}

fn folder(scope: TenantScope) -> String {
    format!("tenants/{}/media/", scope.tenant())
}

fn describe(scope: TenantScope, bytes: &[u8], content_type: &str) -> StoredMedia {
    let hash = hex(&Sha256::digest(bytes));
    StoredMedia {
        key: format!("{}{hash}", folder(scope)),
        hash,
        content_type: content_type.to_owned(),
        bytes: bytes.len() as u64,
    }
}

impl Tx {
    /// Notes that the shop has a picture or file. Says whether it is new.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn record_media(&self, media: &StoredMedia, now: Timestamp) -> Result<bool, StoreError> {
        const INSERT: &str = "INSERT INTO media (tenant_id, id, hash, content_type, bytes, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";
        let values = vec![
            self.tenant_uuid().into(),
            Uuid::now_v7().into(),
            media.hash.as_str().into(),
            media.content_type.as_str().into(),
            i64::try_from(media.bytes).unwrap_or(i64::MAX).into(),
            now.0.into(),
        ];
        Ok(self.conn.run(INSERT, values).await? > 0)
    }

    /// The picture or file that the shop has under a key.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn media(&self, key: &str) -> Result<Option<StoredMedia>, StoreError> {
        const FIND: &str = "SELECT hash, content_type, bytes FROM media WHERE tenant_id = $1 AND hash = $2";
        let Some(hash) = key.strip_prefix(folder(self.scope()).as_str()) else { return Ok(None) };
        let found: Option<Row> = self.conn.row(FIND, vec![self.tenant_uuid().into(), hash.into()]).await?;
        Ok(found.map(|row| StoredMedia {
            key: key.to_owned(),
            hash: row.hash,
            content_type: row.content_type,
            bytes: u64::try_from(row.bytes).unwrap_or(0),
        }))
    }
}
