//! What a shop has in documents, cut into passages, and the version that tells caches to read them again.

use sea_orm_migration::{MigrationTrait, SchemaManager, async_trait::async_trait, sea_orm::DbErr};

use super::{index, run, tenant_table};

#[derive(sea_orm_migration::prelude::DeriveMigrationName)]
pub struct Migration;

#[async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, "ALTER TABLE tenants ADD COLUMN knowledge_version bigint NOT NULL DEFAULT 1").await?;
        // `hash` is that of the original in `media`.
        tenant_table(
            manager,
            "documents",
            "name text NOT NULL, UNIQUE (tenant_id, name),
             hash text NOT NULL,
             kind text NOT NULL,
             reader bigint NOT NULL,
             updated_at bigint NOT NULL,
             FOREIGN KEY (tenant_id) REFERENCES tenants (id)",
        )
        .await?;
        // An embedding goes with the model that made it; those of another are made anew.
        tenant_table(
            manager,
            "passages",
            "document_id uuid NOT NULL, FOREIGN KEY (tenant_id, document_id) REFERENCES documents (tenant_id, id),
             position bigint NOT NULL, UNIQUE (tenant_id, document_id, position),
             place text NOT NULL,
             heading text NOT NULL,
             question text,
             text text NOT NULL,
             embedding blob,
             embedding_model text",
        )
        .await?;
        index(manager, "passages_in_order", "passages (tenant_id, document_id, position)").await
    }
}
