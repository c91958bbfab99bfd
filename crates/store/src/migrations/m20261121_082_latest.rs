//! The last attempt to be paid of an order, and the orders that a customer paid, each by an index of its own: without
//! them the lists of orders by total and by name, and who comes back, go through most of a table.

use sea_orm_migration::{MigrationTrait, SchemaManager, async_trait::async_trait, sea_orm::DbErr};

use super::{index, run};

#[derive(sea_orm_migration::prelude::DeriveMigrationName)]
pub struct Migration;

#[async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, "DROP INDEX payments_of").await?;
        index(manager, "payments_of", "payments (tenant_id, order_id, requested_at, id, state)").await?;
        index(manager, "orders_bought", "orders (tenant_id, customer_id, paid_at, state) WHERE paid_at IS NOT NULL")
            .await
    }
}
