//! Opening the embedded database.

use std::{path::PathBuf, time::Duration};

use sea_orm::{
    DatabaseConnection, SqlxSqliteConnector,
    sqlx::{
        ConnectOptions as _,
        sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
    },
};

use crate::StoreError;

/// How long a statement waits for another process that writes.
const BUSY: Duration = Duration::from_secs(5);
/// Statements kept prepared per connection. Inserts of many rows have one per number of rows.
const PREPARED: usize = 512;

/// One connection that writes, and some that only read.
pub(crate) struct Pools {
    pub writer: DatabaseConnection,
    pub readers: DatabaseConnection,
}

pub(crate) async fn open(url: &str, readers: u32) -> Result<Pools, StoreError> {
    let path = path_of(url)?;
    let failed = |e: &dyn std::fmt::Display| {
        StoreError::Unavailable(format!(
            "cannot open the database at {}: {e}; check DUKA_DATABASE_URL and the rights of that file and its folder",
            path.display()
        ))
    };
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(|e| failed(&e))?;
    }
    // `synchronous=FULL`: what was acknowledged survives a power cut, not only a crash of the program.
    let options = SqliteConnectOptions::new()
        .filename(&path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(BUSY)
        .pragma("wal_autocheckpoint", "4000")
        .pragma("temp_store", "memory")
        .statement_cache_capacity(PREPARED)
        .disable_statement_logging();
    // A ping before each use would cost as much as the statement itself, and a local file does not hang up.
    let pool = || SqlitePoolOptions::new().test_before_acquire(false).idle_timeout(None).max_lifetime(None);
    let writer = pool().max_connections(1).connect_with(options.clone()).await.map_err(|e| failed(&e))?;
    let reading = options.pragma("query_only", "on");
    let readers = pool().max_connections(readers.max(1)).connect_with(reading).await.map_err(|e| failed(&e))?;
    Ok(Pools {
        writer: SqlxSqliteConnector::from_sqlx_sqlite_pool(writer),
        readers: SqlxSqliteConnector::from_sqlx_sqlite_pool(readers),
    })
}

fn path_of(url: &str) -> Result<PathBuf, StoreError> {
    let rest = url.strip_prefix("sqlite:").unwrap_or(url);
    let path = rest.strip_prefix("//").unwrap_or(rest).split('?').next().unwrap_or_default();
    if path.is_empty() || path == ":memory:" {
        return Err(StoreError::Unavailable(
            "DUKA_DATABASE_URL has to name a file, like sqlite://data/duka.db".to_owned(),
        ));
    }
    Ok(PathBuf::from(path))
}
