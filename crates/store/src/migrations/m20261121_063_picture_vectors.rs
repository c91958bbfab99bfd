//! Where providers place pictures among their likes.

use sea_orm_migration::{MigrationTrait, SchemaManager, async_trait::async_trait, sea_orm::DbErr};

use super::tenant_table;

#[derive(sea_orm_migration::prelude::DeriveMigrationName)]
pub struct Migration;

#[async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // `hash` is that of the picture in `media`; vectors of different models are never compared. An empty one is of a
        // picture that could not be read.
        tenant_table(
            manager,
            "picture_vectors",
            "hash text NOT NULL,
             model text NOT NULL, UNIQUE (tenant_id, hash, model),
             vector blob NOT NULL,
             created_at bigint NOT NULL,
             FOREIGN KEY (tenant_id) REFERENCES tenants (id)",
        )
        .await
    }
}
