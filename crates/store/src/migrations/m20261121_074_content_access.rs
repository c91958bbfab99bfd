//! Why and for how long whoever runs the installation may read a shop's conversations.

use sea_orm_migration::{MigrationTrait, SchemaManager, async_trait::async_trait, sea_orm::DbErr};

use super::{index, tenant_table};

#[derive(sea_orm_migration::prelude::DeriveMigrationName)]
pub struct Migration;

#[async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        tenant_table(
            manager,
            "content_access",
            "user_id uuid NOT NULL, FOREIGN KEY (user_id) REFERENCES users (id),
             ends_at bigint NOT NULL,
             created_at bigint NOT NULL,
             FOREIGN KEY (tenant_id) REFERENCES tenants (id)",
        )
        .await?;
        index(manager, "content_access_of", "content_access (tenant_id, user_id, ends_at)").await
    }
}
