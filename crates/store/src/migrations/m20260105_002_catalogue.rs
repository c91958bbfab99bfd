//! What a shop sells, what is in stock and why, and what can be booked.

use sea_orm_migration::{MigrationTrait, SchemaManager, async_trait::async_trait, sea_orm::DbErr};

use super::{index, tenant_table};

#[derive(sea_orm_migration::prelude::DeriveMigrationName)]
pub struct Migration;

#[async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        tenant_table(
            manager,
            "products",
            "sku text NOT NULL, UNIQUE (tenant_id, sku),
             name text NOT NULL,
             description text NOT NULL,
             category text NOT NULL,
             price bigint NOT NULL CHECK (price >= 0),
             currency text NOT NULL,
             tags text NOT NULL,
             attributes text NOT NULL,
             colours text NOT NULL,
             image text,
             active boolean NOT NULL,
             position bigint NOT NULL,
             updated_at bigint NOT NULL,
             FOREIGN KEY (tenant_id) REFERENCES tenants (id)",
        )
        .await?;

        // `listed` is the number of pieces the shop's file gave last: the same file again is no new count.
        tenant_table(
            manager,
            "variants",
            "product_id uuid NOT NULL, FOREIGN KEY (tenant_id, product_id) REFERENCES products (tenant_id, id),
             size text NOT NULL,
             colour text,
             price bigint NOT NULL CHECK (price >= 0),
             on_hand bigint NOT NULL,
             reserved bigint NOT NULL, CHECK (0 <= reserved AND reserved <= on_hand),
             listed bigint,
             active boolean NOT NULL,
             position bigint NOT NULL",
        )
        .await?;
        super::run(
            manager,
            "CREATE UNIQUE INDEX variants_once ON variants (tenant_id, product_id, size, coalesce(colour, ''))",
        )
        .await?;

        tenant_table(
            manager,
            "stock_movements",
            "variant_id uuid NOT NULL, FOREIGN KEY (tenant_id, variant_id) REFERENCES variants (tenant_id, id),
             on_hand_delta bigint NOT NULL,
             reserved_delta bigint NOT NULL,
             reason text NOT NULL,
             reference text,
             at bigint NOT NULL",
        )
        .await?;
        index(manager, "stock_movements_of", "stock_movements (tenant_id, variant_id, id)").await?;

        tenant_table(
            manager,
            "services",
            "code text NOT NULL, UNIQUE (tenant_id, code),
             name text NOT NULL,
             description text NOT NULL,
             duration_min bigint NOT NULL CHECK (duration_min > 0),
             price bigint NOT NULL CHECK (price >= 0),
             currency text NOT NULL,
             days text NOT NULL,
             opens text NOT NULL,
             closes text NOT NULL,
             active boolean NOT NULL,
             position bigint NOT NULL,
             FOREIGN KEY (tenant_id) REFERENCES tenants (id)",
        )
        .await
    }
}
