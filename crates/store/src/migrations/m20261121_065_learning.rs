//! Summaries of conversations, what was not understood, and what was learnt from it, waiting for a person's word.

use sea_orm_migration::{MigrationTrait, SchemaManager, async_trait::async_trait, sea_orm::DbErr};

use super::{index, run, tenant_table};

#[derive(sea_orm_migration::prelude::DeriveMigrationName)]
pub struct Migration;

#[async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Vectors of different models are never compared; those before this are the local embedder's.
        run(manager, "ALTER TABLE memories ADD COLUMN embedding_model text").await?;
        run(manager, "UPDATE memories SET embedding_model = 'local/1' WHERE embedding IS NOT NULL").await?;
        tenant_table(
            manager,
            "summaries",
            "conversation_id uuid NOT NULL, UNIQUE (tenant_id, conversation_id),
             FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversations (tenant_id, id),
             text_enc blob NOT NULL,
             version bigint NOT NULL,
             at bigint NOT NULL",
        )
        .await?;
        tenant_table(
            manager,
            "misses",
            "conversation_id uuid NOT NULL,
             FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversations (tenant_id, id),
             said_enc blob NOT NULL,
             intent text NOT NULL,
             at bigint NOT NULL",
        )
        .await?;
        index(manager, "misses_by_time", "misses (tenant_id, at)").await?;
        // `key` is a keyed hash of what is asked: the same thing is proposed once, also after it was refused.
        tenant_table(
            manager,
            "lessons",
            "kind text NOT NULL,
             key blob NOT NULL, UNIQUE (tenant_id, kind, key),
             body_enc blob NOT NULL,
             state text NOT NULL,
             created_at bigint NOT NULL,
             decided_at bigint,
             decided_by text,
             FOREIGN KEY (tenant_id) REFERENCES tenants (id)",
        )
        .await?;
        index(manager, "lessons_by_state", "lessons (tenant_id, state, id)").await
    }
}
