//! What customers wait for.

use sea_orm_migration::{MigrationTrait, SchemaManager, async_trait::async_trait, sea_orm::DbErr};

use super::{index, tenant_table};

#[derive(sea_orm_migration::prelude::DeriveMigrationName)]
pub struct Migration;

#[async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // `any_size`: whichever size comes back first ends the waiting for the others of its product.
        tenant_table(
            manager,
            "interests",
            "customer_id uuid NOT NULL, FOREIGN KEY (tenant_id, customer_id) REFERENCES customers (tenant_id, id),
             conversation_id uuid NOT NULL,
             FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversations (tenant_id, id),
             variant_id uuid NOT NULL, FOREIGN KEY (tenant_id, variant_id) REFERENCES variants (tenant_id, id),
             UNIQUE (tenant_id, customer_id, variant_id),
             any_size boolean NOT NULL,
             state text NOT NULL CHECK (state IN ('waiting', 'told', 'dropped')),
             created_at bigint NOT NULL,
             ended_at bigint",
        )
        .await?;
        index(manager, "interests_waiting", "interests (tenant_id, variant_id) WHERE state = 'waiting'").await
    }
}
