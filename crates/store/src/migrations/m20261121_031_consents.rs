//! What customers have agreed to or refused, and where they said so.

use sea_orm_migration::{MigrationTrait, SchemaManager, async_trait::async_trait, sea_orm::DbErr};

use super::{index, tenant_table};

#[derive(sea_orm_migration::prelude::DeriveMigrationName)]
pub struct Migration;

#[async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Rows are never changed: the last one of a purpose counts. `message_id` is the message it was said in.
        tenant_table(
            manager,
            "consents",
            "customer_id uuid NOT NULL, FOREIGN KEY (tenant_id, customer_id) REFERENCES customers (tenant_id, id),
             purpose text NOT NULL,
             granted boolean NOT NULL,
             source text NOT NULL,
             message_id uuid,
             at bigint NOT NULL",
        )
        .await?;
        index(manager, "consents_of", "consents (tenant_id, customer_id, id)").await
    }
}
