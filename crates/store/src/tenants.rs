//! Shops: their profile, settings, credentials and keys.

use std::collections::BTreeMap;

use duka_kernel::{TenantId, Timestamp};
use duka_shop::ShopProfile;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, FromQueryResult, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
    sea_query::OnConflict,
};
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

use crate::{StoreError, SystemTx, Tx};

pub(crate) mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "tenants")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub slug: String,
        pub name: String,
        pub profile: String,
        pub settings: String,
        pub settings_version: i64,
        pub catalogue_version: i64,
        pub stock_version: i64,
        pub knowledge_version: i64,
        pub created_at: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

mod credential {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "credentials")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub name: String,
        pub value_enc: Vec<u8>,
        pub updated_at: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

const CREDENTIAL: &str = "credentials.value_enc";

/// Numbers that move when something of a shop changes, so that caches know what to read again.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Versions {
    /// Profile, settings, credentials.
    pub settings: i64,
    /// Products, variants, services.
    pub catalogue: i64,
    /// Pieces on hand or reserved.
    pub stock: i64,
    /// Documents, and what was learnt and approved.
    pub knowledge: i64,
}

/// A shop in a list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TenantSummary {
    /// Its identity.
    pub id: TenantId,
    /// Its short name.
    pub slug: String,
    /// As customers know it.
    pub name: String,
    /// When it was created.
    pub created_at: Timestamp,
}

/// A shop with everything that is configured about it, credentials aside.
#[derive(Clone, PartialEq, Debug)]
pub struct Tenant {
    /// Its identity.
    pub id: TenantId,
    /// Its profile.
    pub profile: ShopProfile,
    /// Free settings, as `duka tenant set` gives them.
    pub settings: BTreeMap<String, String>,
    /// What to compare a cache with.
    pub versions: Versions,
}

impl SystemTx {
    /// Creates a shop.
    ///
    /// # Errors
    /// If a shop with this slug exists.
    pub async fn create_tenant(&self, profile: &ShopProfile, now: Timestamp) -> Result<TenantId, StoreError> {
        let id = TenantId::new();
        self.create_tenant_as(id, profile, now).await?;
        Ok(id)
    }

    /// Creates a shop under an identity that was chosen before, for what is stored outside of the database first.
    ///
    /// # Errors
    /// If a shop with this slug exists.
    pub async fn create_tenant_as(
        &self,
        id: TenantId,
        profile: &ShopProfile,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let tenant = row::Model {
            id: id.0,
            slug: profile.slug.clone(),
            name: profile.name.clone(),
            profile: serde_json::to_string(profile)?,
            settings: "{}".to_owned(),
            settings_version: 1,
            catalogue_version: 1,
            stock_version: 1,
            knowledge_version: 1,
            created_at: now.0,
        };
        let insert = row::Entity::insert(tenant.into_active_model());
        insert.exec_without_returning(&*self.conn).await.map_err(|e| StoreError::from(e).or_duplicate("shop"))?;
        Ok(())
    }

    /// The shop with a short name.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn tenant_by_slug(&self, slug: &str) -> Result<Option<TenantId>, StoreError> {
        let found = row::Entity::find().filter(row::Column::Slug.eq(slug)).one(&*self.conn).await?;
        Ok(found.map(|tenant| TenantId(tenant.id)))
    }

    /// Every shop, by short name.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn tenants(&self) -> Result<Vec<TenantSummary>, StoreError> {
        let rows = row::Entity::find().order_by_asc(row::Column::Slug).all(&*self.conn).await?;
        Ok(rows
            .into_iter()
            .map(|row| TenantSummary {
                id: TenantId(row.id),
                slug: row.slug,
                name: row.name,
                created_at: Timestamp(row.created_at),
            })
            .collect())
    }
}

impl Tx {
    async fn tenant_row(&self) -> Result<row::Model, StoreError> {
        row::Entity::find_by_id(self.tenant_uuid()).one(&*self.conn).await?.ok_or(StoreError::NotFound)
    }

    /// The shop.
    ///
    /// # Errors
    /// If it does not exist, or was written by a version that this one cannot read.
    pub async fn shop(&self) -> Result<Tenant, StoreError> {
        let row = self.tenant_row().await?;
        Ok(Tenant {
            id: self.tenant(),
            profile: serde_json::from_str(&row.profile)?,
            settings: serde_json::from_str(&row.settings)?,
            versions: Versions {
                settings: row.settings_version,
                catalogue: row.catalogue_version,
                stock: row.stock_version,
                knowledge: row.knowledge_version,
            },
        })
    }

    /// The shop's profile.
    ///
    /// # Errors
    /// As [`Tx::shop`].
    pub async fn profile(&self) -> Result<ShopProfile, StoreError> {
        Ok(self.shop().await?.profile)
    }

    /// The shop's versions.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn versions(&self) -> Result<Versions, StoreError> {
        const FIND: &str = "SELECT settings_version, catalogue_version, stock_version, knowledge_version \
             FROM tenants WHERE id = $1";
        let found: Option<VersionColumns> = self.conn.row(FIND, vec![self.tenant_uuid().into()]).await?;
        Ok(found.ok_or(StoreError::NotFound)?.into())
    }

    /// Replaces the shop's profile. Says whether anything changed; only then the version moves.
    ///
    /// # Errors
    /// If the shop does not exist, or another shop has the slug.
    pub async fn save_profile(&self, profile: &ShopProfile) -> Result<bool, StoreError> {
        let row = self.tenant_row().await?;
        let text = serde_json::to_string(profile)?;
        if row.profile == text {
            return Ok(false);
        }
        let mut changed = row.clone().into_active_model();
        changed.name = Set(profile.name.clone());
        changed.slug = Set(profile.slug.clone());
        changed.profile = Set(text);
        changed.settings_version = Set(row.settings_version + 1);
        let update = row::Entity::update(changed);
        update.exec(&*self.conn).await.map_err(|e| StoreError::from(e).or_duplicate("shop"))?;
        Ok(true)
    }

    /// The shop's free settings.
    ///
    /// # Errors
    /// If the shop does not exist.
    pub async fn settings(&self) -> Result<BTreeMap<String, String>, StoreError> {
        Ok(serde_json::from_str(&self.tenant_row().await?.settings)?)
    }

    /// Sets free settings; `None` removes one. Says whether anything changed.
    ///
    /// # Errors
    /// If the shop does not exist.
    pub async fn set_settings(&self, changes: &[(String, Option<String>)]) -> Result<bool, StoreError> {
        let row = self.tenant_row().await?;
        let before: BTreeMap<String, String> = serde_json::from_str(&row.settings)?;
        let mut after = before.clone();
        for (key, value) in changes {
            match value {
                Some(value) => after.insert(key.clone(), value.clone()),
                None => after.remove(key),
            };
        }
        if before == after {
            return Ok(false);
        }
        let mut changed = row.clone().into_active_model();
        changed.settings = Set(serde_json::to_string(&after)?);
        changed.settings_version = Set(row.settings_version + 1);
        row::Entity::update(changed).exec(&*self.conn).await?;
        Ok(true)
    }

    /// Keeps a credential such as `twilio.auth_token`, encrypted. Says whether it is new or another than before.
    ///
    /// # Errors
    /// If the shop does not exist.
    pub async fn set_credential(&self, name: &str, value: &SecretString, now: Timestamp) -> Result<bool, StoreError> {
        if self.credential(name).await?.is_some_and(|before| before.expose_secret() == value.expose_secret()) {
            return Ok(false);
        }
        let row = credential::Model {
            tenant_id: self.tenant_uuid(),
            id: Uuid::now_v7(),
            name: name.to_owned(),
            value_enc: self.seal(CREDENTIAL, value.expose_secret())?,
            updated_at: now.0,
        };
        let replace = OnConflict::columns([credential::Column::TenantId, credential::Column::Name])
            .update_columns([credential::Column::ValueEnc, credential::Column::UpdatedAt])
            .to_owned();
        credential::Entity::insert(row.into_active_model())
            .on_conflict(replace)
            .exec_without_returning(&*self.conn)
            .await?;
        const MOVED: &str = "UPDATE tenants SET settings_version = settings_version + 1 WHERE id = $1";
        self.conn.run(MOVED, vec![self.tenant_uuid().into()]).await?;
        Ok(true)
    }

    /// Forgets a credential, if there is such a one.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn forget_credential(&self, name: &str) -> Result<(), StoreError> {
        const FORGET: &str = "DELETE FROM credentials WHERE tenant_id = $1 AND name = $2";
        const MOVED: &str = "UPDATE tenants SET settings_version = settings_version + 1 WHERE id = $1";
        if self.conn.run(FORGET, vec![self.tenant_uuid().into(), name.into()]).await? > 0 {
            self.conn.run(MOVED, vec![self.tenant_uuid().into()]).await?;
        }
        Ok(())
    }

    /// Has others who want to change the shop's settings wait until this unit of work is over.
    ///
    /// # Errors
    /// If the shop does not exist.
    pub async fn lock_shop(&self) -> Result<(), StoreError> {
        // On SQLite units of work follow each other anyway.
        if self.conn.is_postgres() {
            const LOCK: &str = "SELECT settings_version, catalogue_version, stock_version, knowledge_version \
                 FROM tenants WHERE id = $1 FOR UPDATE";
            let found: Option<VersionColumns> = self.conn.row(LOCK, vec![self.tenant_uuid().into()]).await?;
            found.ok_or(StoreError::NotFound)?;
        }
        Ok(())
    }

    /// A credential, decrypted.
    ///
    /// # Errors
    /// If it was encrypted with a key that is not given.
    pub async fn credential(&self, name: &str) -> Result<Option<SecretString>, StoreError> {
        let found = credential::Entity::find()
            .filter(credential::Column::TenantId.eq(self.tenant_uuid()))
            .filter(credential::Column::Name.eq(name))
            .one(&*self.conn)
            .await?;
        found.map(|row| self.open(CREDENTIAL, &row.value_enc).map(SecretString::from)).transpose()
    }

    /// The names of the credentials that are set.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn credential_names(&self) -> Result<Vec<String>, StoreError> {
        Ok(credential::Entity::find()
            .select_only()
            .column(credential::Column::Name)
            .filter(credential::Column::TenantId.eq(self.tenant_uuid()))
            .order_by_asc(credential::Column::Name)
            .into_tuple()
            .all(&*self.conn)
            .await?)
    }

    /// Tells caches to read the catalogue again.
    pub async fn catalogue_moved(&self) -> Result<(), StoreError> {
        const MOVED: &str = "UPDATE tenants SET catalogue_version = catalogue_version + 1 WHERE id = $1";
        self.conn.run(MOVED, vec![self.tenant_uuid().into()]).await.map(drop)
    }

    /// Tells caches to read documents and what was learnt again.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn knowledge_moved(&self) -> Result<(), StoreError> {
        const MOVED: &str = "UPDATE tenants SET knowledge_version = knowledge_version + 1 WHERE id = $1";
        self.conn.run(MOVED, vec![self.tenant_uuid().into()]).await.map(drop)
    }

    /// Tells caches to read the stock again, once in a transaction.
    pub(crate) async fn stock_moved(&self) -> Result<(), StoreError> {
        const MOVED: &str = "UPDATE tenants SET stock_version = stock_version + 1 WHERE id = $1";
        if self.first_stock_move() {
            self.conn.run(MOVED, vec![self.tenant_uuid().into()]).await?;
        }
        Ok(())
    }
}

/// The versions as part of a wider select.
#[derive(FromQueryResult)]
pub(crate) struct VersionColumns {
    pub settings_version: i64,
    pub catalogue_version: i64,
    pub stock_version: i64,
    pub knowledge_version: i64,
}

impl From<VersionColumns> for Versions {
    fn from(row: VersionColumns) -> Self {
        Self {
            settings: row.settings_version,
            catalogue: row.catalogue_version,
            stock: row.stock_version,
            knowledge: row.knowledge_version,
        }
    }
}
