//! Appointments that are held, and the lanes they occupy.

use sea_orm_migration::{MigrationTrait, SchemaManager, async_trait::async_trait, sea_orm::DbErr};

use super::{index, is_postgres, run, tenant_table};

#[derive(sea_orm_migration::prelude::DeriveMigrationName)]
pub struct Migration;

#[async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if is_postgres(manager) {
            // Rows of every shop are taken over, for this transaction only.
            run(manager, "SELECT set_config('duka.system', 'on', true)").await?;
        }
        run(manager, "ALTER TABLE services ADD COLUMN terms text").await?;

        // A table of its own instead of new columns: SQLite cannot change which states are allowed.
        // `order_id` is the order of the deposit; `expires_at` is set while it is only held.
        tenant_table(
            manager,
            "appointments_held",
            "customer_id uuid NOT NULL, FOREIGN KEY (tenant_id, customer_id) REFERENCES customers (tenant_id, id),
             conversation_id uuid,
             FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversations (tenant_id, id),
             service_id uuid NOT NULL, FOREIGN KEY (tenant_id, service_id) REFERENCES services (tenant_id, id),
             start_at bigint NOT NULL,
             status text NOT NULL CHECK (status IN ('held', 'booked', 'cancelled', 'lapsed', 'missed')),
             expires_at bigint, CHECK ((status = 'held') = (expires_at IS NOT NULL)),
             order_id uuid, FOREIGN KEY (tenant_id, order_id) REFERENCES orders (tenant_id, id),
             created_at bigint NOT NULL",
        )
        .await?;
        run(
            manager,
            "INSERT INTO appointments_held (tenant_id, id, customer_id, service_id, start_at, status, created_at) \
             SELECT tenant_id, id, customer_id, service_id, start_at, status, created_at FROM appointments",
        )
        .await?;
        run(manager, "DROP TABLE appointments").await?;
        run(manager, "ALTER TABLE appointments_held RENAME TO appointments").await?;
        index(manager, "appointments_of", "appointments (tenant_id, customer_id, start_at)").await?;
        index(manager, "appointments_of_order", "appointments (tenant_id, order_id) WHERE order_id IS NOT NULL")
            .await?;
        index(manager, "appointments_lapsing", "appointments (expires_at) WHERE expires_at IS NOT NULL").await?;

        // A row for each lane that was ever booked: who takes a time in it locks the row first.
        tenant_table(
            manager,
            "booking_lanes",
            "lane text NOT NULL, UNIQUE (tenant_id, lane),
             moves bigint NOT NULL,
             FOREIGN KEY (tenant_id) REFERENCES tenants (id)",
        )
        .await?;
        tenant_table(
            manager,
            "appointment_claims",
            "appointment_id uuid NOT NULL,
             FOREIGN KEY (tenant_id, appointment_id) REFERENCES appointments (tenant_id, id),
             lane text NOT NULL,
             from_at bigint NOT NULL,
             to_at bigint NOT NULL, CHECK (from_at < to_at)",
        )
        .await?;
        index(manager, "appointment_claims_at", "appointment_claims (tenant_id, lane, to_at)").await?;
        index(manager, "appointment_claims_from", "appointment_claims (tenant_id, to_at)").await?;
        index(manager, "appointment_claims_of", "appointment_claims (tenant_id, appointment_id)").await?;
        run(
            manager,
            "INSERT INTO appointment_claims (tenant_id, id, appointment_id, lane, from_at, to_at) \
             SELECT a.tenant_id, a.id, a.id, 'service/' || s.code || '/1', a.start_at, \
               a.start_at + s.duration_min * 60000 \
             FROM appointments a JOIN services s ON s.tenant_id = a.tenant_id AND s.id = a.service_id \
             WHERE a.status = 'booked'",
        )
        .await?;
        if is_postgres(manager) {
            run(manager, "SELECT set_config('duka.system', '', true)").await?;
        }
        Ok(())
    }
}
