//! Orders, payments, coupons and bookings.

use sea_orm_migration::{MigrationTrait, SchemaManager, async_trait::async_trait, sea_orm::DbErr};

use super::{index, tenant_table};

#[derive(sea_orm_migration::prelude::DeriveMigrationName)]
pub struct Migration;

#[async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // `stock`: whether pieces are held for it, sold with it, or neither (`none`).
        tenant_table(
            manager,
            "orders",
            "number text NOT NULL, UNIQUE (tenant_id, number),
             customer_id uuid NOT NULL, FOREIGN KEY (tenant_id, customer_id) REFERENCES customers (tenant_id, id),
             conversation_id uuid,
             FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversations (tenant_id, id),
             state text NOT NULL,
             stock text NOT NULL CHECK (stock IN ('none', 'held', 'sold')),
             currency text NOT NULL,
             subtotal bigint NOT NULL,
             discount bigint NOT NULL,
             coupon text,
             wholesale boolean NOT NULL,
             delivery_fee bigint NOT NULL,
             total bigint NOT NULL CHECK (total >= 0),
             address_enc blob,
             zone text,
             pickup boolean NOT NULL,
             placed_at bigint NOT NULL,
             expires_at bigint,
             paid_at bigint,
             updated_at bigint NOT NULL",
        )
        .await?;
        index(manager, "orders_of", "orders (tenant_id, customer_id, placed_at)").await?;
        index(manager, "orders_expiring", "orders (expires_at) WHERE expires_at IS NOT NULL").await?;

        tenant_table(
            manager,
            "order_lines",
            "order_id uuid NOT NULL, FOREIGN KEY (tenant_id, order_id) REFERENCES orders (tenant_id, id),
             variant_id uuid, FOREIGN KEY (tenant_id, variant_id) REFERENCES variants (tenant_id, id),
             product_id uuid,
             position bigint NOT NULL,
             sku text NOT NULL,
             name text NOT NULL,
             size text NOT NULL,
             colour text,
             quantity bigint NOT NULL CHECK (quantity > 0),
             unit_price bigint NOT NULL",
        )
        .await?;
        index(manager, "order_lines_of", "order_lines (tenant_id, order_id, position)").await?;

        // `next_check_at` is set while the outcome is unknown.
        tenant_table(
            manager,
            "payments",
            "order_id uuid NOT NULL, FOREIGN KEY (tenant_id, order_id) REFERENCES orders (tenant_id, id),
             provider text NOT NULL,
             amount bigint NOT NULL CHECK (amount > 0),
             currency text NOT NULL,
             phone_enc blob,
             reference text NOT NULL,
             provider_reference text, UNIQUE (provider, provider_reference),
             state text NOT NULL,
             failure text,
             receipt text, UNIQUE (tenant_id, provider, receipt),
             requested_at bigint NOT NULL,
             next_check_at bigint,
             checks bigint NOT NULL,
             settled_at bigint",
        )
        .await?;
        index(manager, "payments_of", "payments (tenant_id, order_id, requested_at)").await?;
        index(manager, "payments_open", "payments (next_check_at) WHERE next_check_at IS NOT NULL").await?;
        index(manager, "payments_by_reference", "payments (provider, reference)").await?;

        // What a provider called back with, stored before it is understood: `tenant_id` is the nil id until it is known.
        tenant_table(
            manager,
            "payment_notices",
            "provider text NOT NULL,
             fingerprint blob NOT NULL, UNIQUE (provider, fingerprint),
             body_enc blob NOT NULL,
             received_at bigint NOT NULL,
             processed_at bigint,
             outcome text",
        )
        .await?;
        index(manager, "payment_notices_open", "payment_notices (received_at) WHERE processed_at IS NULL").await?;

        tenant_table(
            manager,
            "coupon_uses",
            "code text NOT NULL,
             order_id uuid NOT NULL, FOREIGN KEY (tenant_id, order_id) REFERENCES orders (tenant_id, id),
             UNIQUE (tenant_id, order_id, code),
             customer_id uuid NOT NULL, FOREIGN KEY (tenant_id, customer_id) REFERENCES customers (tenant_id, id)",
        )
        .await?;
        index(manager, "coupon_uses_by", "coupon_uses (tenant_id, customer_id, code)").await?;

        // Counted here, so that neither reading nor the guard has to count rows that grow with the shop.
        tenant_table(
            manager,
            "coupon_totals",
            "code text NOT NULL, UNIQUE (tenant_id, code),
             uses bigint NOT NULL CHECK (uses >= 0),
             FOREIGN KEY (tenant_id) REFERENCES tenants (id)",
        )
        .await?;

        tenant_table(
            manager,
            "appointments",
            "customer_id uuid NOT NULL, FOREIGN KEY (tenant_id, customer_id) REFERENCES customers (tenant_id, id),
             service_id uuid NOT NULL, FOREIGN KEY (tenant_id, service_id) REFERENCES services (tenant_id, id),
             start_at bigint NOT NULL,
             status text NOT NULL CHECK (status IN ('booked', 'cancelled')),
             created_at bigint NOT NULL",
        )
        .await?;
        index(manager, "appointments_of", "appointments (tenant_id, customer_id, start_at)").await?;
        index(manager, "appointments_at", "appointments (tenant_id, start_at) WHERE status = 'booked'").await
    }
}
