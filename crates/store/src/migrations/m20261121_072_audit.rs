//! Who changed what. The database itself refuses to change or delete a row of it.

use sea_orm_migration::{MigrationTrait, SchemaManager, async_trait::async_trait, sea_orm::DbErr};

use super::{index, is_postgres, run, tenant_table};

#[derive(sea_orm_migration::prelude::DeriveMigrationName)]
pub struct Migration;

#[async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        tenant_table(
            manager,
            "audit",
            "actor text NOT NULL,
             actor_id uuid,
             what text NOT NULL,
             subject text,
             before text,
             after text,
             at bigint NOT NULL",
        )
        .await?;
        index(manager, "audit_by_time", "audit (tenant_id, at, id)").await?;
        index(manager, "audit_by_actor", "audit (tenant_id, actor_id, at, id)").await?;
        index(manager, "audit_by_kind", "audit (tenant_id, what, at, id)").await?;
        if is_postgres(manager) {
            run(
                manager,
                "CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS \
                 $$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$",
            )
            .await?;
            return run(
                manager,
                "CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit \
                 FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only()",
            )
            .await;
        }
        for change in ["UPDATE", "DELETE"] {
            let trigger = format!(
                "CREATE TRIGGER audit_no_{change} BEFORE {change} ON audit \
                 BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END"
            );
            run(manager, &trigger).await?;
        }
        Ok(())
    }
}
