//! Work to be done at a later time.

use sea_orm_migration::{MigrationTrait, SchemaManager, async_trait::async_trait, sea_orm::DbErr};

use super::{index, tenant_table};

#[derive(sea_orm_migration::prelude::DeriveMigrationName)]
pub struct Migration;

#[async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // `run_at` is the moment it was set for and never changes; `due_at` is the next try, none once it is over.
        tenant_table(
            manager,
            "jobs",
            "kind text NOT NULL,
             subject uuid NOT NULL,
             run_at bigint NOT NULL, UNIQUE (tenant_id, kind, subject, run_at),
             due_at bigint,
             attempts bigint NOT NULL,
             outcome text CHECK (outcome IN ('done', 'cancelled', 'parked')),
             error text,
             FOREIGN KEY (tenant_id) REFERENCES tenants (id)",
        )
        .await?;
        index(manager, "jobs_due", "jobs (due_at) WHERE due_at IS NOT NULL").await?;
        index(manager, "jobs_parked", "jobs (tenant_id, run_at) WHERE outcome = 'parked'").await
    }
}
