//! What was answered to requests that are to be done once, for when they are sent again.

use sea_orm_migration::{MigrationTrait, SchemaManager, async_trait::async_trait, sea_orm::DbErr};

use super::{index, tenant_table};

#[derive(sea_orm_migration::prelude::DeriveMigrationName)]
pub struct Migration;

#[async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Without a `status` it was begun and not yet answered.
        tenant_table(
            manager,
            "requests_once",
            "key_hash blob NOT NULL, UNIQUE (tenant_id, key_hash),
             request_hash blob NOT NULL,
             status bigint,
             head text,
             body_enc blob,
             created_at bigint NOT NULL,
             FOREIGN KEY (tenant_id) REFERENCES tenants (id)",
        )
        .await?;
        index(manager, "requests_once_by_time", "requests_once (tenant_id, created_at)").await
    }
}
