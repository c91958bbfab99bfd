//! Several pictures of a product, and products that were taken away and can be had back.

use sea_orm_migration::{MigrationTrait, SchemaManager, async_trait::async_trait, sea_orm::DbErr};

use super::{index, is_postgres, run, tenant_table};

#[derive(sea_orm_migration::prelude::DeriveMigrationName)]
pub struct Migration;

#[async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // `was_active` is whether a product that was taken away was offered before.
        run(manager, "ALTER TABLE products ADD COLUMN deleted_at bigint").await?;
        run(manager, "ALTER TABLE products ADD COLUMN was_active boolean NOT NULL DEFAULT FALSE").await?;
        // `products.image` is the first of them.
        tenant_table(
            manager,
            "product_images",
            "product_id uuid NOT NULL, FOREIGN KEY (tenant_id, product_id) REFERENCES products (tenant_id, id),
             media_key text NOT NULL, UNIQUE (tenant_id, product_id, media_key),
             alt text,
             position bigint NOT NULL,
             created_at bigint NOT NULL",
        )
        .await?;
        index(manager, "product_images_by_key", "product_images (tenant_id, media_key)").await?;
        fill(manager).await
    }
}

async fn fill(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let postgres = is_postgres(manager);
    let id = if postgres { "gen_random_uuid()" } else { "randomblob(16)" };
    if postgres {
        run(manager, "SELECT set_config('duka.system', 'on', true)").await?;
    }
    run(
        manager,
        &format!(
            "INSERT INTO product_images (tenant_id, id, product_id, media_key, position, created_at) \
             SELECT tenant_id, {id}, id, image, 0, updated_at FROM products WHERE image IS NOT NULL"
        ),
    )
    .await?;
    if postgres {
        run(manager, "SELECT set_config('duka.system', '', true)").await?;
    }
    Ok(())
}
