//! What the pages of the dashboard are read by: columns to sort and filter by, and an index for each order.

use sea_orm_migration::{MigrationTrait, SchemaManager, async_trait::async_trait, sea_orm::DbErr};

use super::{index, is_postgres, protect, run, table, tenant_table};

#[derive(sea_orm_migration::prelude::DeriveMigrationName)]
pub struct Migration;

/// `version` moves with every change that a person may make. `order_id` is the order an event is about.
/// `active_at` is when a conversation was last answered or written to; `read_up_to` the last message people have seen,
/// `unread` whether a customer wrote since.
/// `spent` and `bought` are the orders that are sold. `heard` is how many messages a turn answered.
const COLUMNS: [&str; 15] = [
    "orders ADD COLUMN version bigint NOT NULL DEFAULT 1",
    "products ADD COLUMN version bigint NOT NULL DEFAULT 1",
    "services ADD COLUMN version bigint NOT NULL DEFAULT 1",
    "variants ADD COLUMN threshold bigint",
    "conversations ADD COLUMN active_at bigint NOT NULL DEFAULT 0",
    "conversations ADD COLUMN read_up_to uuid",
    "conversations ADD COLUMN unread boolean NOT NULL DEFAULT FALSE",
    "customers ADD COLUMN notes_enc blob",
    "customers ADD COLUMN spent bigint NOT NULL DEFAULT 0",
    "customers ADD COLUMN bought bigint NOT NULL DEFAULT 0",
    "customers ADD COLUMN last_order_at bigint NOT NULL DEFAULT 0",
    "customers ADD COLUMN searchable boolean NOT NULL DEFAULT FALSE",
    "events ADD COLUMN order_id uuid",
    "turns ADD COLUMN stage text NOT NULL DEFAULT ''",
    "turns ADD COLUMN heard bigint NOT NULL DEFAULT 0",
];

const SOLD: &str = "('paid', 'processing', 'shipped', 'delivered')";

const INDEXES: [(&str, &str); 27] = [
    ("orders_newest", "orders (tenant_id, placed_at, id, total, state)"),
    ("orders_by_state", "orders (tenant_id, state, placed_at, id, total)"),
    ("orders_by_total", "orders (tenant_id, total, id, placed_at, state)"),
    ("orders_in", "orders (tenant_id, conversation_id, placed_at) WHERE conversation_id IS NOT NULL"),
    ("orders_paid", "orders (tenant_id, paid_at, state, total, customer_id) WHERE paid_at IS NOT NULL"),
    ("payments_newest", "payments (tenant_id, requested_at, id, state, amount)"),
    ("payments_by_state", "payments (tenant_id, state, requested_at, id)"),
    ("payments_by_receipt", "payments (tenant_id, receipt) WHERE receipt IS NOT NULL"),
    ("products_in_order", "products (tenant_id, position, id)"),
    ("stock_movements_by_time", "stock_movements (tenant_id, at)"),
    ("conversations_active", "conversations (tenant_id, active_at, id)"),
    ("conversations_with_people", "conversations (tenant_id, active_at, id) WHERE handed_off"),
    ("conversations_unread", "conversations (tenant_id, active_at, id) WHERE unread"),
    ("messages_heard", "messages (tenant_id, created_at, answered_at) WHERE direction = 'in'"),
    ("messages_said", "messages (tenant_id, created_at) WHERE direction = 'out'"),
    ("customers_newest", "customers (tenant_id, created_at, id)"),
    ("customers_by_spent", "customers (tenant_id, spent, id)"),
    ("customers_by_last_order", "customers (tenant_id, last_order_at, id)"),
    ("customers_unsearchable", "customers (id) WHERE NOT searchable"),
    ("appointments_at", "appointments (tenant_id, start_at, id)"),
    ("events_of_order", "events (tenant_id, order_id, id) WHERE order_id IS NOT NULL"),
    ("events_by_kind", "events (tenant_id, kind, at)"),
    ("turns_by_time", "turns (tenant_id, at, heard, stage, conversation_id)"),
    ("hand_overs_by_time", "hand_overs (tenant_id, opened_at)"),
    ("order_notes_of", "order_notes (tenant_id, order_id, id)"),
    ("customer_tags_by_tag", "customer_tags (tenant_id, tag_hash, customer_id)"),
    ("customer_terms_of", "customer_terms (tenant_id, customer_id)"),
];

#[async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in COLUMNS {
            let column = if is_postgres(manager) { column.replace(" blob", " bytea") } else { column.to_owned() };
            run(manager, &format!("ALTER TABLE {column}")).await?;
        }
        tables(manager).await?;
        fill(manager).await?;
        run(manager, "DROP INDEX orders_by_time").await?;
        for (name, on) in INDEXES {
            index(manager, name, on).await?;
        }
        Ok(())
    }
}

async fn tables(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    tenant_table(
        manager,
        "order_notes",
        "order_id uuid NOT NULL, FOREIGN KEY (tenant_id, order_id) REFERENCES orders (tenant_id, id),
         text_enc blob NOT NULL,
         actor text NOT NULL,
         at bigint NOT NULL",
    )
    .await?;
    // A tag says something of a person: it is found by its hash and shown from its ciphertext.
    tenant_table(
        manager,
        "customer_tags",
        "customer_id uuid NOT NULL, FOREIGN KEY (tenant_id, customer_id) REFERENCES customers (tenant_id, id),
         tag_hash blob NOT NULL, UNIQUE (tenant_id, customer_id, tag_hash),
         tag_enc blob NOT NULL",
    )
    .await?;
    tenant_table(
        manager,
        "segments",
        "name text NOT NULL, UNIQUE (tenant_id, name),
         rule text NOT NULL,
         version bigint NOT NULL,
         created_at bigint NOT NULL,
         FOREIGN KEY (tenant_id) REFERENCES tenants (id)",
    )
    .await?;
    // Keyed hashes of the beginnings of names and numbers, by which customers are searched.
    table(
        manager,
        "customer_terms",
        "tenant_id uuid NOT NULL,
         term blob NOT NULL,
         customer_id uuid NOT NULL,
         PRIMARY KEY (tenant_id, term, customer_id),
         FOREIGN KEY (tenant_id, customer_id) REFERENCES customers (tenant_id, id)",
    )
    .await?;
    protect(manager, "customer_terms", "tenant_id").await
}

/// What the new columns say of the rows that are there.
async fn fill(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let postgres = is_postgres(manager);
    if postgres {
        run(manager, "SELECT set_config('duka.system', 'on', true)").await?;
    }
    run(
        manager,
        "UPDATE conversations SET active_at = CASE \
           WHEN coalesce(last_outbound_at, 0) > coalesce(last_inbound_at, 0) THEN last_outbound_at \
           ELSE coalesce(last_inbound_at, created_at) END",
    )
    .await?;
    let of = "FROM orders o WHERE o.tenant_id = customers.tenant_id AND o.customer_id = customers.id";
    run(
        manager,
        &format!(
            "UPDATE customers SET spent = (SELECT coalesce(sum(o.total), 0) {of} AND o.state IN {SOLD}), \
               bought = (SELECT count(*) {of} AND o.state IN {SOLD}), \
               last_order_at = (SELECT coalesce(max(o.placed_at), 0) {of})"
        ),
    )
    .await?;
    let order = if postgres {
        "(payload::json ->> 'order')::uuid"
    } else {
        "unhex(replace(json_extract(payload, '$.order'), '-', ''))"
    };
    run(manager, &format!("UPDATE events SET order_id = {order} WHERE kind LIKE 'order.%' OR kind LIKE 'payment.%'"))
        .await?;
    run(manager, "UPDATE turns SET heard = 1 WHERE micros > 0").await?;
    if postgres {
        run(manager, "SELECT set_config('duka.system', '', true)").await?;
    }
    Ok(())
}
