//! Shops, the numbers they are written to, their credentials and keys.

use sea_orm_migration::{MigrationTrait, SchemaManager, async_trait::async_trait, sea_orm::DbErr};

use super::{protect, table, tenant_table};

#[derive(sea_orm_migration::prelude::DeriveMigrationName)]
pub struct Migration;

#[async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table(
            manager,
            "installation",
            "id bigint NOT NULL PRIMARY KEY, lookup_key_enc blob NOT NULL, created_at bigint NOT NULL",
        )
        .await?;

        // The three versions tell caches what to read again.
        table(
            manager,
            "tenants",
            "id uuid NOT NULL PRIMARY KEY,
             slug text NOT NULL, UNIQUE (slug),
             name text NOT NULL,
             profile text NOT NULL,
             settings text NOT NULL,
             settings_version bigint NOT NULL,
             catalogue_version bigint NOT NULL,
             stock_version bigint NOT NULL,
             created_at bigint NOT NULL",
        )
        .await?;
        protect(manager, "tenants", "id").await?;

        // A number reaches one shop only: an inbound message finds its shop by it.
        tenant_table(
            manager,
            "channels",
            "kind text NOT NULL,
             address text NOT NULL, UNIQUE (kind, address),
             account_sid text,
             active boolean NOT NULL,
             created_at bigint NOT NULL,
             FOREIGN KEY (tenant_id) REFERENCES tenants (id)",
        )
        .await?;

        tenant_table(
            manager,
            "credentials",
            "name text NOT NULL, UNIQUE (tenant_id, name),
             value_enc blob NOT NULL,
             updated_at bigint NOT NULL,
             FOREIGN KEY (tenant_id) REFERENCES tenants (id)",
        )
        .await?;

        tenant_table(
            manager,
            "api_keys",
            "label text NOT NULL,
             hash blob NOT NULL, UNIQUE (hash),
             created_at bigint NOT NULL,
             FOREIGN KEY (tenant_id) REFERENCES tenants (id)",
        )
        .await
    }
}
