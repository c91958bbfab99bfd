//! What the team has to do for a customer.

use sea_orm_migration::{MigrationTrait, SchemaManager, async_trait::async_trait, sea_orm::DbErr};

use super::{index, tenant_table};

#[derive(sea_orm_migration::prelude::DeriveMigrationName)]
pub struct Migration;

#[async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        tenant_table(
            manager,
            "tasks",
            "customer_id uuid NOT NULL, FOREIGN KEY (tenant_id, customer_id) REFERENCES customers (tenant_id, id),
             conversation_id uuid NOT NULL,
             FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversations (tenant_id, id),
             order_id uuid, FOREIGN KEY (tenant_id, order_id) REFERENCES orders (tenant_id, id),
             kind text NOT NULL,
             detail_enc blob NOT NULL,
             opened_at bigint NOT NULL,
             closed_at bigint,
             closed_by text,
             outcome text",
        )
        .await?;
        index(manager, "tasks_open", "tasks (tenant_id, id) WHERE closed_at IS NULL").await?;
        index(manager, "tasks_of", "tasks (tenant_id, customer_id, id)").await
    }
}
