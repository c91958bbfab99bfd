//! What happened: events, the trace of each turn, and what the owner was told.

use sea_orm_migration::{MigrationTrait, SchemaManager, async_trait::async_trait, sea_orm::DbErr};

use super::{index, tenant_table};

#[derive(sea_orm_migration::prelude::DeriveMigrationName)]
pub struct Migration;

#[async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        tenant_table(
            manager,
            "events",
            "kind text NOT NULL, payload text NOT NULL, actor text NOT NULL, at bigint NOT NULL",
        )
        .await?;

        tenant_table(
            manager,
            "turns",
            "conversation_id uuid NOT NULL,
             trace_enc blob NOT NULL,
             model_calls bigint NOT NULL,
             micros bigint NOT NULL,
             at bigint NOT NULL",
        )
        .await?;
        index(manager, "turns_of", "turns (tenant_id, conversation_id, id)").await?;

        tenant_table(
            manager,
            "owner_notices",
            "customer_id uuid, FOREIGN KEY (tenant_id, customer_id) REFERENCES customers (tenant_id, id),
             kind text NOT NULL,
             text_enc blob NOT NULL,
             at bigint NOT NULL",
        )
        .await?;
        index(manager, "owner_notices_of", "owner_notices (tenant_id, customer_id)").await
    }
}
