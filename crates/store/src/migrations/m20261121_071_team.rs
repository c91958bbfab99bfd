//! Who is in a shop's team with which role, who is invited, and what keys for programs may do.

use sea_orm_migration::{MigrationTrait, SchemaManager, async_trait::async_trait, sea_orm::DbErr};

use super::{index, run, tenant_table};

#[derive(sea_orm_migration::prelude::DeriveMigrationName)]
pub struct Migration;

#[async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        tenant_table(
            manager,
            "roles",
            "name text NOT NULL, UNIQUE (tenant_id, name),
             rights text NOT NULL,
             created_at bigint NOT NULL,
             FOREIGN KEY (tenant_id) REFERENCES tenants (id)",
        )
        .await?;
        // Either a role that every shop has, or one of the shop's own.
        let role = "role text, role_id uuid, FOREIGN KEY (tenant_id, role_id) REFERENCES roles (tenant_id, id)";
        tenant_table(
            manager,
            "memberships",
            &format!(
                "user_id uuid NOT NULL, UNIQUE (tenant_id, user_id), FOREIGN KEY (user_id) REFERENCES users (id),
                 {role},
                 created_at bigint NOT NULL,
                 FOREIGN KEY (tenant_id) REFERENCES tenants (id)"
            ),
        )
        .await?;
        index(manager, "memberships_of", "memberships (user_id)").await?;
        tenant_table(
            manager,
            "invitations",
            &format!(
                "email_enc blob NOT NULL,
                 email_hash blob NOT NULL, UNIQUE (tenant_id, email_hash),
                 token_hash blob NOT NULL, UNIQUE (token_hash),
                 {role},
                 expires_at bigint NOT NULL,
                 created_at bigint NOT NULL,
                 FOREIGN KEY (tenant_id) REFERENCES tenants (id)"
            ),
        )
        .await?;
        // Keys made before have every right, which is what NULL says, and never end.
        for column in ["rights text", "ending text", "expires_at bigint", "used_at bigint"] {
            run(manager, &format!("ALTER TABLE api_keys ADD COLUMN {column}")).await?;
        }
        Ok(())
    }
}
