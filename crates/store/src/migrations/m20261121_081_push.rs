//! Browsers that are told of news while no page is open.

use sea_orm_migration::{MigrationTrait, SchemaManager, async_trait::async_trait, sea_orm::DbErr};

use super::{index, is_postgres, run, tenant_table};

#[derive(sea_orm_migration::prelude::DeriveMigrationName)]
pub struct Migration;

#[async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // By what push services know this installation.
        let blob = if is_postgres(manager) { "bytea" } else { "blob" };
        run(manager, &format!("ALTER TABLE installation ADD COLUMN push_key_enc {blob}")).await?;
        tenant_table(
            manager,
            "push_subscriptions",
            "user_id uuid NOT NULL,
             endpoint_hash blob NOT NULL, UNIQUE (tenant_id, endpoint_hash),
             body_enc blob NOT NULL,
             created_at bigint NOT NULL,
             FOREIGN KEY (tenant_id) REFERENCES tenants (id)",
        )
        .await?;
        index(manager, "push_subscriptions_of", "push_subscriptions (tenant_id, user_id, created_at)").await?;
        // A piece of news on its way to one browser.
        tenant_table(
            manager,
            "pushes",
            "subscription_id uuid NOT NULL,
             FOREIGN KEY (tenant_id, subscription_id) REFERENCES push_subscriptions (tenant_id, id),
             news text NOT NULL,
             subject uuid NOT NULL",
        )
        .await?;
        index(manager, "pushes_to", "pushes (tenant_id, subscription_id)").await
    }
}
