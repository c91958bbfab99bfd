//! Keys with which programs call the API of one shop.

use duka_kernel::{ApiKeyId, TenantId, Timestamp};
use duka_shop::team::Rights;
use sea_orm::FromQueryResult;
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

use crate::{
    StoreError, SystemTx, Tx, crypto,
    team::{read_rights, write_rights},
};

const HASH: &str = "api_keys.hash";
/// How exactly it is known when a key was last used: more would write with every request.
const USED_EVERY: i64 = 60 * 1000;

/// A key to make.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewKey {
    /// What it is for.
    pub label: String,
    /// What it may do; everything, also what is added to Duka later, if nothing is said.
    pub rights: Option<Rights>,
    /// When it ends, if it does.
    pub expires_at: Option<Timestamp>,
}

/// A key in a list. The key itself cannot be seen again.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Key {
    /// Its identity.
    pub id: ApiKeyId,
    /// What it is for.
    pub label: String,
    /// Its last characters, to tell it by; not of keys that were made before those were kept.
    pub ending: Option<String>,
    /// What it may do.
    pub rights: Rights,
    /// When it ends, if it does.
    pub expires_at: Option<Timestamp>,
    /// When it was last used, to the minute.
    pub used_at: Option<Timestamp>,
    /// Since when.
    pub created_at: Timestamp,
}

/// What a key opens.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KeyStanding {
    /// The key.
    pub key: ApiKeyId,
    /// The shop.
    pub tenant: TenantId,
    /// What it may do.
    pub rights: Rights,
    /// Whether it is time to write down that it is used.
    pub touch: bool,
}

fn rights(stored: Option<&str>) -> Result<Rights, StoreError> {
    stored.map_or_else(|| Ok(Rights::all()), read_rights)
}

impl SystemTx {
    /// What a key opens, if there is such a key and it has not ended.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn api_key(&self, key: &SecretString, now: Timestamp) -> Result<Option<KeyStanding>, StoreError> {
        #[derive(FromQueryResult)]
        struct Row {
            tenant_id: Uuid,
            id: Uuid,
            rights: Option<String>,
            used_at: Option<i64>,
        }
        const FIND: &str = "SELECT tenant_id, id, rights, used_at FROM api_keys \
             WHERE hash = $1 AND (expires_at IS NULL OR expires_at > $2)";
        let hash = self.hash_own(HASH, key.expose_secret())?;
        let Some(row) = self.conn.row::<Row>(FIND, vec![hash.into(), now.0.into()]).await? else { return Ok(None) };
        Ok(Some(KeyStanding {
            key: ApiKeyId(row.id),
            tenant: TenantId(row.tenant_id),
            rights: rights(row.rights.as_deref())?,
            touch: row.used_at.is_none_or(|used| used < now.0 - USED_EVERY),
        }))
    }
}

impl Tx {
    /// Makes a key that may do everything, for whoever sets a shop up.
    ///
    /// # Errors
    /// If the shop does not exist.
    pub async fn create_api_key(&self, label: &str, now: Timestamp) -> Result<(ApiKeyId, SecretString), StoreError> {
        self.make_api_key(&NewKey { label: label.to_owned(), rights: None, expires_at: None }, now).await
    }

    /// Makes a key. This is the only time it can be seen: a hash is stored.
    ///
    /// # Errors
    /// If the shop does not exist.
    pub async fn make_api_key(&self, new: &NewKey, now: Timestamp) -> Result<(ApiKeyId, SecretString), StoreError> {
        const INSERT: &str = "INSERT INTO api_keys (tenant_id, id, label, hash, ending, rights, expires_at, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
        let id = ApiKeyId::new();
        let (key, hash, ending) = self.fresh_key()?;
        let values = vec![
            self.tenant_uuid().into(),
            id.0.into(),
            new.label.as_str().into(),
            hash.into(),
            ending.into(),
            new.rights.map(write_rights).transpose()?.into(),
            new.expires_at.map(|at| at.0).into(),
            now.0.into(),
        ];
        self.conn.run(INSERT, values).await?;
        Ok((id, key))
    }

    /// A key, its hash, and its last characters.
    fn fresh_key(&self) -> Result<(SecretString, Vec<u8>, String), StoreError> {
        let key = format!("duka_{}", crypto::hex(&crypto::random::<24>()?));
        // Not of a shop: a key is what the shop is found by.
        let hash = self.conn.secrets.hash(Uuid::nil(), HASH, &key)?;
        let ending = key[key.len() - 4..].to_owned();
        Ok((key.into(), hash, ending))
    }

    /// The shop's keys, newest first.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn api_keys(&self) -> Result<Vec<Key>, StoreError> {
        #[derive(FromQueryResult)]
        struct Row {
            id: Uuid,
            label: String,
            ending: Option<String>,
            rights: Option<String>,
            expires_at: Option<i64>,
            used_at: Option<i64>,
            created_at: i64,
        }
        const FIND: &str = "SELECT id, label, ending, rights, expires_at, used_at, created_at FROM api_keys \
             WHERE tenant_id = $1 ORDER BY created_at DESC, id DESC";
        let rows: Vec<Row> = self.conn.rows(FIND, vec![self.tenant_uuid().into()]).await?;
        rows.into_iter()
            .map(|row| {
                Ok(Key {
                    id: ApiKeyId(row.id),
                    label: row.label,
                    ending: row.ending,
                    rights: rights(row.rights.as_deref())?,
                    expires_at: row.expires_at.map(Timestamp),
                    used_at: row.used_at.map(Timestamp),
                    created_at: Timestamp(row.created_at),
                })
            })
            .collect()
    }

    /// Puts another key in the place of one, which ends at once.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if the shop has no such key.
    pub async fn rotate_api_key(&self, id: ApiKeyId) -> Result<SecretString, StoreError> {
        const UPDATE: &str = "UPDATE api_keys SET hash = $3, ending = $4 WHERE tenant_id = $1 AND id = $2";
        let (key, hash, ending) = self.fresh_key()?;
        match self.conn.run(UPDATE, vec![self.tenant_uuid().into(), id.0.into(), hash.into(), ending.into()]).await? {
            0 => Err(StoreError::NotFound),
            _ => Ok(key),
        }
    }

    /// Ends a key.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if the shop has no such key.
    pub async fn delete_api_key(&self, id: ApiKeyId) -> Result<(), StoreError> {
        const DELETE: &str = "DELETE FROM api_keys WHERE tenant_id = $1 AND id = $2";
        match self.conn.run(DELETE, vec![self.tenant_uuid().into(), id.0.into()]).await? {
            0 => Err(StoreError::NotFound),
            _ => Ok(()),
        }
    }

    /// Writes down that a key is used.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn touch_api_key(&self, id: ApiKeyId, now: Timestamp) -> Result<(), StoreError> {
        const UPDATE: &str = "UPDATE api_keys SET used_at = $3 WHERE tenant_id = $1 AND id = $2";
        self.conn.run(UPDATE, vec![self.tenant_uuid().into(), id.0.into(), now.0.into()]).await.map(drop)
    }
}
