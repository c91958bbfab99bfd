//! The schema, one set of migrations for both databases.
//!
//! Migrations name tables and columns as text, never through code that may change later. The types `uuid`, `text`,
//! `bigint` (numbers, money in minor units, times in milliseconds since the epoch), `boolean` and `blob` mean the same
//! on both; everything a person says or is, is a `blob` with a name that ends in `_enc`.

mod m20260105_001_shops;
mod m20260105_002_catalogue;
mod m20260105_003_conversations;
mod m20260105_004_sales;
mod m20260105_005_log;
mod m20261121_001_jobs;
mod m20261121_010_bookings;
mod m20261121_020_looks;
mod m20261121_030_hand_overs;
mod m20261121_031_consents;
mod m20261121_032_tasks;
mod m20261121_040_interests;
mod m20261121_050_compare_at;
mod m20261121_051_ratings;
mod m20261121_060_model_calls;
mod m20261121_062_descriptions;
mod m20261121_063_picture_vectors;
mod m20261121_064_documents;
mod m20261121_065_learning;
mod m20261121_070_people;
mod m20261121_071_team;
mod m20261121_072_audit;
mod m20261121_073_once;
mod m20261121_074_content_access;
mod m20261121_076_pages;
mod m20261121_080_live;
mod m20261121_084_pictures_of_products;
mod m20261121_085_imports;
mod m20261121_088_staff;

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DbBackend, SqliteTransactionMode, TransactionOptions, TransactionTrait,
};
use sea_orm_migration::{
    MigrationTrait, MigratorTrait, SchemaManager, async_trait::async_trait, sea_orm::DbErr, seaql_migrations,
};

use crate::{StoreError, postgres::APP_ROLE};

struct Migrator;

#[async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20260105_001_shops::Migration),
            Box::new(m20260105_002_catalogue::Migration),
            Box::new(m20260105_003_conversations::Migration),
            Box::new(m20260105_004_sales::Migration),
            Box::new(m20260105_005_log::Migration),
            Box::new(m20261121_001_jobs::Migration),
            Box::new(m20261121_010_bookings::Migration),
            Box::new(m20261121_020_looks::Migration),
            Box::new(m20261121_030_hand_overs::Migration),
            Box::new(m20261121_031_consents::Migration),
            Box::new(m20261121_032_tasks::Migration),
            Box::new(m20261121_040_interests::Migration),
            Box::new(m20261121_050_compare_at::Migration),
            Box::new(m20261121_051_ratings::Migration),
            Box::new(m20261121_060_model_calls::Migration),
            Box::new(m20261121_062_descriptions::Migration),
            Box::new(m20261121_063_picture_vectors::Migration),
            Box::new(m20261121_064_documents::Migration),
            Box::new(m20261121_065_learning::Migration),
            Box::new(m20261121_070_people::Migration),
            Box::new(m20261121_071_team::Migration),
            Box::new(m20261121_072_audit::Migration),
            Box::new(m20261121_073_once::Migration),
            Box::new(m20261121_074_content_access::Migration),
            Box::new(m20261121_076_pages::Migration),
            Box::new(m20261121_080_live::Migration),
            Box::new(m20261121_084_pictures_of_products::Migration),
            Box::new(m20261121_085_imports::Migration),
            Box::new(m20261121_088_staff::Migration),
        ]
    }
}

/// Makes a tenant table: `tenant_id` and `id` come first and are its primary key; row-level security is on.
async fn tenant_table(manager: &SchemaManager<'_>, name: &str, columns: &str) -> Result<(), DbErr> {
    let columns = format!("tenant_id uuid NOT NULL, id uuid NOT NULL, PRIMARY KEY (tenant_id, id), {columns}");
    table(manager, name, &columns).await?;
    protect(manager, name, "tenant_id").await
}

/// Makes a table.
async fn table(manager: &SchemaManager<'_>, name: &str, columns: &str) -> Result<(), DbErr> {
    // SQLite wants constraints after all columns; written here they follow the column they speak of.
    let (constraints, columns): (Vec<_>, Vec<_>) = top_level_items(columns)
        .into_iter()
        .partition(|item| ["PRIMARY KEY", "FOREIGN KEY", "UNIQUE", "CHECK"].iter().any(|word| item.starts_with(word)));
    let items = [columns, constraints].concat().join(", ");
    let items = if is_postgres(manager) { items.replace(" blob", " bytea") } else { items };
    run(manager, &format!("CREATE TABLE {name} ({items})")).await
}

/// On PostgreSQL, shows and takes only rows of the shop that the transaction is for, also to the table's owner.
/// Without a shop there are no rows. Nothing on SQLite.
async fn protect(manager: &SchemaManager<'_>, table: &str, tenant_column: &str) -> Result<(), DbErr> {
    if !is_postgres(manager) {
        return Ok(());
    }
    let allowed = format!(
        "{tenant_column} = nullif(current_setting('duka.tenant', true), '')::uuid \
         OR current_setting('duka.system', true) = 'on'"
    );
    run(manager, &format!("ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")).await?;
    run(manager, &format!("ALTER TABLE {table} FORCE ROW LEVEL SECURITY")).await?;
    run(manager, &format!("CREATE POLICY tenant_isolation ON {table} USING ({allowed}) WITH CHECK ({allowed})")).await
}

/// Makes a table of the installation, whose rows are people's rather than a shop's. On PostgreSQL no unit for one shop
/// sees any of it.
async fn installation_table(manager: &SchemaManager<'_>, name: &str, columns: &str) -> Result<(), DbErr> {
    table(manager, name, columns).await?;
    if is_postgres(manager) {
        let allowed = "current_setting('duka.system', true) = 'on'";
        run(manager, &format!("ALTER TABLE {name} ENABLE ROW LEVEL SECURITY")).await?;
        run(manager, &format!("ALTER TABLE {name} FORCE ROW LEVEL SECURITY")).await?;
        run(manager, &format!("CREATE POLICY across_shops ON {name} USING ({allowed}) WITH CHECK ({allowed})")).await?;
    }
    Ok(())
}

/// Makes an index, `ON table (columns)` with an optional `WHERE`.
async fn index(manager: &SchemaManager<'_>, name: &str, on: &str) -> Result<(), DbErr> {
    run(manager, &format!("CREATE INDEX {name} ON {on}")).await
}

async fn run(manager: &SchemaManager<'_>, sql: &str) -> Result<(), DbErr> {
    manager.get_connection().execute_unprepared(sql).await.map(drop)
}

fn is_postgres(manager: &SchemaManager<'_>) -> bool {
    manager.get_database_backend() == DbBackend::Postgres
}

/// Splits at commas outside parentheses.
fn top_level_items(columns: &str) -> Vec<&str> {
    let (mut items, mut depth, mut start) = (Vec::new(), 0, 0);
    for (at, c) in columns.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            ',' if depth == 0 => {
                items.push(columns[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    items.push(columns[start..].trim());
    items
}

/// Applies what is missing, in one transaction.
pub(crate) async fn up(database: &DatabaseConnection) -> Result<(), StoreError> {
    let sqlite = database.get_database_backend() == DbBackend::Sqlite;
    if sqlite && check(database).await.is_ok() {
        return Ok(());
    }
    // Immediate: of two processes that start together on SQLite, the second waits here.
    let options = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    let transaction = database.begin_with_options(options).await?;
    if transaction.get_database_backend() == DbBackend::Postgres {
        // Two nodes that start together take turns. The number is arbitrary and Duka's own.
        transaction.execute_unprepared("SELECT pg_advisory_xact_lock(4715823)").await?;
    }
    refuse_newer(&transaction).await?;
    Migrator::up(&transaction, None).await?;
    if transaction.get_database_backend() == DbBackend::Postgres {
        let grant = format!(
            "DO $$ BEGIN
               IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{APP_ROLE}') THEN
                 EXECUTE format('GRANT USAGE ON SCHEMA %I TO {APP_ROLE}', current_schema());
                 EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %I TO {APP_ROLE}',
                                current_schema());
               END IF;
             END $$"
        );
        transaction.execute_unprepared(&grant).await?;
    }
    Ok(transaction.commit().await?)
}

/// Makes sure that exactly this program's migrations have been applied.
pub(crate) async fn check(database: &DatabaseConnection) -> Result<(), StoreError> {
    let applied = applied(database).await?;
    refuse_newer_than(&applied)?;
    if applied.len() < Migrator::migrations().len() {
        return Err(StoreError::Unavailable(
            "the database is not prepared for this version of Duka: run `duka migrate`".into(),
        ));
    }
    Ok(())
}

async fn refuse_newer(database: &impl ConnectionTrait) -> Result<(), StoreError> {
    refuse_newer_than(&applied(database).await?)
}

fn refuse_newer_than(applied: &[String]) -> Result<(), StoreError> {
    let known = Migrator::migrations();
    match applied.iter().find(|name| !known.iter().any(|migration| migration.name() == *name)) {
        Some(name) => Err(StoreError::Unavailable(format!(
            "the database was made by a newer version of Duka (it has {name}): use that version"
        ))),
        None => Ok(()),
    }
}

async fn applied(database: &impl ConnectionTrait) -> Result<Vec<String>, StoreError> {
    use sea_orm::EntityTrait;
    let table = match database.get_database_backend() {
        DbBackend::Postgres => {
            "SELECT 1 FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'seaql_migrations'"
        }
        _ => "SELECT 1 FROM sqlite_master WHERE name = 'seaql_migrations'",
    };
    let statement = sea_orm::Statement::from_string(database.get_database_backend(), table);
    if database.query_one_raw(statement).await?.is_none() {
        return Ok(Vec::new());
    }
    Ok(seaql_migrations::Entity::find().all(database).await?.into_iter().map(|row| row.version).collect())
}
