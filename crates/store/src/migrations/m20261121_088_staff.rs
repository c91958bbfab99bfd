//! What people of the shop do by hand: saved replies, bookings and services that several people edit, notes of customers,
//! and customers whom they play themselves to try the shop.

use sea_orm_migration::{MigrationTrait, SchemaManager, async_trait::async_trait, sea_orm::DbErr};

use super::{index, is_postgres, run, tenant_table};

#[derive(sea_orm_migration::prelude::DeriveMigrationName)]
pub struct Migration;

/// `version` moves with every change that a person makes. `test` is a customer whom somebody of the team plays. `removed`
/// is a service that is not offered any more but was booked.
const COLUMNS: [&str; 5] = [
    "customers ADD COLUMN version bigint NOT NULL DEFAULT 1",
    "customers ADD COLUMN test boolean NOT NULL DEFAULT FALSE",
    "appointments ADD COLUMN version bigint NOT NULL DEFAULT 1",
    "appointments ADD COLUMN notes_enc blob",
    "services ADD COLUMN removed boolean NOT NULL DEFAULT FALSE",
];

/// Figures leave out whom the team plays, so their indexes say whose a row is.
const AGAIN: [(&str, &str); 3] = [
    ("orders_newest", "orders (tenant_id, placed_at, id, total, state, customer_id)"),
    ("messages_heard", "messages (tenant_id, created_at, answered_at, conversation_id) WHERE direction = 'in'"),
    ("messages_said", "messages (tenant_id, created_at, conversation_id) WHERE direction = 'out'"),
];

#[async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in COLUMNS {
            let column = if is_postgres(manager) { column.replace(" blob", " bytea") } else { column.to_owned() };
            run(manager, &format!("ALTER TABLE {column}")).await?;
        }
        for (name, on) in AGAIN {
            run(manager, &format!("DROP INDEX {name}")).await?;
            index(manager, name, on).await?;
        }
        index(manager, "customers_tests", "customers (tenant_id, id) WHERE test").await?;
        tenant_table(
            manager,
            "saved_replies",
            "shortcut text NOT NULL, UNIQUE (tenant_id, shortcut),
             text text NOT NULL,
             FOREIGN KEY (tenant_id) REFERENCES tenants (id)",
        )
        .await
    }
}
