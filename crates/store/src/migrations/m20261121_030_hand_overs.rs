//! Conversations that people of the shop have to answer, or have.

use sea_orm_migration::{MigrationTrait, SchemaManager, async_trait::async_trait, sea_orm::DbErr};

use super::{index, run, tenant_table};

#[derive(sea_orm_migration::prelude::DeriveMigrationName)]
pub struct Migration;

#[async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // `unanswered_since` is the first message that no person has answered; `told_at` is when the owner was last told
        // what the customer wrote, `untold` whether there is more since. `version` guards every change.
        tenant_table(
            manager,
            "hand_overs",
            "conversation_id uuid NOT NULL,
             FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversations (tenant_id, id),
             customer_id uuid NOT NULL, FOREIGN KEY (tenant_id, customer_id) REFERENCES customers (tenant_id, id),
             order_id uuid, FOREIGN KEY (tenant_id, order_id) REFERENCES orders (tenant_id, id),
             reason text NOT NULL,
             state text NOT NULL,
             assigned_enc blob,
             opened_at bigint NOT NULL,
             unanswered_since bigint,
             last_staff_at bigint,
             reminders bigint NOT NULL,
             last_reminder_at bigint,
             told_at bigint NOT NULL,
             told_up_to uuid,
             untold boolean NOT NULL,
             released_at bigint,
             released_by text,
             version bigint NOT NULL",
        )
        .await?;
        run(
            manager,
            "CREATE UNIQUE INDEX hand_overs_open ON hand_overs (tenant_id, conversation_id) WHERE released_at IS NULL",
        )
        .await?;
        index(manager, "hand_overs_waiting", "hand_overs (tenant_id, unanswered_since) WHERE released_at IS NULL").await
    }
}
