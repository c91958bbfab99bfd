//! What models say that pictures show.

use sea_orm_migration::{MigrationTrait, SchemaManager, async_trait::async_trait, sea_orm::DbErr};

use super::tenant_table;

#[derive(sea_orm_migration::prelude::DeriveMigrationName)]
pub struct Migration;

#[async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // `hash` is that of the picture in `media`; another model, or another purpose, says something else of it.
        tenant_table(
            manager,
            "descriptions",
            "hash text NOT NULL,
             model text NOT NULL,
             purpose text NOT NULL, UNIQUE (tenant_id, hash, model, purpose),
             body_enc blob NOT NULL,
             created_at bigint NOT NULL,
             FOREIGN KEY (tenant_id) REFERENCES tenants (id)",
        )
        .await
    }
}
