//! Calls of language models and what they cost.

use sea_orm_migration::{MigrationTrait, SchemaManager, async_trait::async_trait, sea_orm::DbErr};

use super::{index, tenant_table};

#[derive(sea_orm_migration::prelude::DeriveMigrationName)]
pub struct Migration;

#[async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Rows are never changed. `outcome` is `answered` or the kind of failure; the cost is frozen, in millionths of a US
        // dollar; `cached` and `cache_write` are part of `input`, `reasoning` is part of `output`.
        tenant_table(
            manager,
            "model_calls",
            "conversation_id uuid,
             FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversations (tenant_id, id),
             purpose text NOT NULL,
             provider text NOT NULL,
             model text NOT NULL,
             input bigint NOT NULL,
             cached bigint NOT NULL,
             cache_write bigint NOT NULL,
             output bigint NOT NULL,
             reasoning bigint NOT NULL,
             audio_millis bigint NOT NULL,
             estimated boolean NOT NULL,
             cost_micro_usd bigint NOT NULL,
             own_key boolean NOT NULL,
             outcome text NOT NULL,
             millis bigint NOT NULL,
             at bigint NOT NULL",
        )
        .await?;
        index(manager, "model_calls_at", "model_calls (tenant_id, at)").await?;
        index(manager, "model_calls_of", "model_calls (tenant_id, conversation_id, at)").await
    }
}
