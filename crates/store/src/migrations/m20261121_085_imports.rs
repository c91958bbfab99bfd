//! Lists of products and services that are taken over from files.

use sea_orm_migration::{MigrationTrait, SchemaManager, async_trait::async_trait, sea_orm::DbErr};

use super::tenant_table;

#[derive(sea_orm_migration::prelude::DeriveMigrationName)]
pub struct Migration;

#[async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // The file is in the media storage; `mapping` and `report` are JSON.
        tenant_table(
            manager,
            "imports",
            "kind text NOT NULL,
             state text NOT NULL,
             media_key text NOT NULL,
             mapping text NOT NULL,
             report text NOT NULL,
             total bigint NOT NULL,
             done bigint NOT NULL,
             created bigint NOT NULL,
             updated bigint NOT NULL,
             failed bigint NOT NULL,
             created_at bigint NOT NULL,
             FOREIGN KEY (tenant_id) REFERENCES tenants (id)",
        )
        .await
    }
}
