//! How customers rate what they bought, with the order.

use sea_orm_migration::{MigrationTrait, SchemaManager, async_trait::async_trait, sea_orm::DbErr};

use super::{index, run};

#[derive(sea_orm_migration::prelude::DeriveMigrationName)]
pub struct Migration;

#[async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, "ALTER TABLE orders ADD COLUMN rating bigint CHECK (rating BETWEEN 1 AND 5)").await?;
        index(manager, "orders_by_time", "orders (tenant_id, placed_at)").await
    }
}
