//! What pictures look like, so that one is found by another.

use sea_orm_migration::{MigrationTrait, SchemaManager, async_trait::async_trait, sea_orm::DbErr};

use super::tenant_table;

#[derive(sea_orm_migration::prelude::DeriveMigrationName)]
pub struct Migration;

#[async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // `hash` is that of the picture in `media`; what another version computed is computed again.
        tenant_table(
            manager,
            "looks",
            "hash text NOT NULL, UNIQUE (tenant_id, hash),
             version bigint NOT NULL,
             features blob NOT NULL,
             created_at bigint NOT NULL,
             FOREIGN KEY (tenant_id) REFERENCES tenants (id)",
        )
        .await
    }
}
