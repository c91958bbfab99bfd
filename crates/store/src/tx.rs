//! A unit of work: what may be reached, and the statements that reach it.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicBool, AtomicU64, Ordering},
};

use async_trait::async_trait;
use duka_kernel::{TenantId, TenantScope};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, ExecResult, FromQueryResult,
    QueryResult, Statement, Value,
};
use uuid::Uuid;

use crate::{StoreError, crypto::Secrets};

/// An open transaction (or only a connection), counting its statements. Private to the crate: rows are reached through [`Tx`] alone.
pub(crate) struct Conn {
    pub link: Link,
    pub secrets: Arc<Secrets>,
    pub statements: Arc<AtomicU64>,
    /// Whether a row was changed since this was last set to false.
    pub wrote: AtomicBool,
    /// How the database goes about each statement, if that is to be noted.
    pub plans: Option<Mutex<Vec<Plan>>>,
}

/// How the database goes about a statement.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The statement.
    pub statement: String,
    /// What the database says of it, line by line.
    pub steps: String,
}

/// What a statement goes to.
pub(crate) enum Link {
    Transaction(DatabaseTransaction),
    /// Each statement by itself, on any connection. Only for reading.
    Pool(DatabaseConnection),
}

/// Calls the same method on either.
macro_rules! on_link {
    ($conn:expr, $method:ident($($argument:expr),*)) => {
        match &$conn.link {
            Link::Transaction(transaction) => transaction.$method($($argument),*),
            Link::Pool(pool) => pool.$method($($argument),*),
        }
    };
}

impl Conn {
    fn count(&self) {
        self.statements.fetch_add(1, Ordering::Relaxed);
    }

    /// Runs a statement and gives the number of rows it changed. Parameters are `$1`, `$2`, … on both databases.
    pub async fn run(&self, sql: impl Into<String>, values: Vec<Value>) -> Result<u64, StoreError> {
        let statement = Statement::from_sql_and_values(self.get_database_backend(), sql, values);
        Ok(self.execute_raw(statement).await?.rows_affected())
    }

    /// The rows of a statement.
    pub async fn rows<T: FromQueryResult>(
        &self,
        sql: impl Into<String>,
        values: Vec<Value>,
    ) -> Result<Vec<T>, StoreError> {
        let sql = sql.into();
        if let Some(plans) = &self.plans {
            let steps = self.explain(&sql, values.clone()).await?;
            plans.lock().unwrap_or_else(PoisonError::into_inner).push(Plan { statement: sql.clone(), steps });
        }
        let statement = Statement::from_sql_and_values(self.get_database_backend(), sql, values);
        let rows = self.query_all_raw(statement).await?;
        Ok(rows.iter().map(|row| T::from_query_result(row, "")).collect::<Result<_, _>>()?)
    }

    async fn explain(&self, sql: &str, values: Vec<Value>) -> Result<String, StoreError> {
        let (explain, column) =
            if self.is_postgres() { ("EXPLAIN", "QUERY PLAN") } else { ("EXPLAIN QUERY PLAN", "detail") };
        let explain = format!("{explain} {sql}");
        let statement = Statement::from_sql_and_values(self.get_database_backend(), explain, values);
        let rows = self.query_all_raw(statement).await?;
        let lines = rows.iter().map(|row| row.try_get::<String>("", column)).collect::<Result<Vec<_>, _>>()?;
        Ok(lines.join("\n"))
    }

    /// The first row of a statement.
    pub async fn row<T: FromQueryResult>(
        &self,
        sql: impl Into<String>,
        values: Vec<Value>,
    ) -> Result<Option<T>, StoreError> {
        Ok(self.rows(sql, values).await?.into_iter().next())
    }

    /// Runs a guard (`UPDATE … RETURNING`) and what depends on it. False if the guard changed no row: the unit has to
    /// fail then, because on SQLite all of them go to the connection's thread in one trip and the rest has run as well.
    pub async fn run_guarded(&self, guard: Sql, rest: Vec<Sql>) -> Result<bool, StoreError> {
        let backend = self.get_database_backend();
        if self.is_postgres() {
            let statement = Statement::from_sql_and_values(backend, guard.text, guard.values);
            if self.query_all_raw(statement).await?.is_empty() {
                return Ok(false);
            }
            for Sql { text, values } in rest {
                self.run(text, values).await?;
            }
            return Ok(true);
        }
        self.statements.fetch_add(rest.len() as u64, Ordering::Relaxed);
        let Sql { mut text, mut values } = guard;
        for next in rest {
            text.push_str("; ");
            push_shifted(&mut text, &next.text, values.len());
            values.extend(next.values);
        }
        let statement = Statement::from_sql_and_values(backend, text, values);
        Ok(!self.query_all_raw(statement).await?.is_empty())
    }

    pub fn is_postgres(&self) -> bool {
        self.get_database_backend() == DbBackend::Postgres
    }
}

/// A statement and its parameters `$1`, `$2`, …
pub(crate) struct Sql {
    pub text: String,
    pub values: Vec<Value>,
}

/// Appends a statement with its parameters numbered from `by + 1`.
fn push_shifted(text: &mut String, sql: &str, by: usize) {
    let mut parts = sql.split('$');
    text.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let end = part.find(|c: char| !c.is_ascii_digit()).unwrap_or(part.len());
        let number: usize = part[..end].parse().unwrap_or(0);
        text.push_str(&format!("${}{}", number + by, &part[end..]));
    }
}

#[async_trait]
impl ConnectionTrait for Conn {
    fn get_database_backend(&self) -> DbBackend {
        on_link!(self, get_database_backend())
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.count();
        let done = on_link!(self, execute_raw(statement)).await?;
        if done.rows_affected() > 0 {
            self.wrote.store(true, Ordering::Relaxed);
        }
        Ok(done)
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.count();
        self.wrote.store(true, Ordering::Relaxed);
        on_link!(self, execute_unprepared(sql)).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.count();
        self.note_if_writing(&statement);
        on_link!(self, query_one_raw(statement)).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.count();
        self.note_if_writing(&statement);
        on_link!(self, query_all_raw(statement)).await
    }
}

impl Conn {
    /// `INSERT … RETURNING` and the like change rows although they are read like a query.
    fn note_if_writing(&self, statement: &Statement) {
        if !statement.sql.starts_with("SELECT") {
            self.wrote.store(true, Ordering::Relaxed);
        }
    }
}

/// A transaction that sees one shop. Every function of this crate that reads or writes a shop's rows takes one.
pub struct Tx {
    pub(crate) conn: Arc<Conn>,
    scope: TenantScope,
    stock_moved: AtomicBool,
}

impl Tx {
    pub(crate) fn new(conn: Arc<Conn>, scope: TenantScope) -> Self {
        Self { conn, scope, stock_moved: AtomicBool::new(false) }
    }

    /// Whose rows it sees.
    #[must_use]
    pub const fn scope(&self) -> TenantScope {
        self.scope
    }

    /// The shop whose rows it sees.
    #[must_use]
    pub const fn tenant(&self) -> TenantId {
        self.scope.tenant()
    }

    pub(crate) const fn tenant_uuid(&self) -> Uuid {
        self.scope.tenant().0
    }

    /// How the database went about the statements so far, if this is of [`crate::Store::explain`].
    #[must_use]
    pub fn plans(&self) -> Vec<Plan> {
        let plans = self.conn.plans.as_ref();
        plans.map_or_else(Vec::new, |plans| plans.lock().unwrap_or_else(PoisonError::into_inner).clone())
    }

    /// True the first time it is asked: the shop's stock version moves once in a transaction.
    pub(crate) fn first_stock_move(&self) -> bool {
        !self.stock_moved.swap(true, Ordering::Relaxed)
    }

    pub(crate) fn seal(&self, column: &str, plain: &str) -> Result<Vec<u8>, StoreError> {
        self.conn.secrets.keyring.seal(self.tenant_uuid(), column, plain.as_bytes())
    }

    pub(crate) fn seal_optional(&self, column: &str, plain: Option<&str>) -> Result<Option<Vec<u8>>, StoreError> {
        plain.map(|plain| self.seal(column, plain)).transpose()
    }

    pub(crate) fn opener(&self) -> Opener<'_> {
        Opener { secrets: &self.conn.secrets, tenant: self.tenant_uuid() }
    }

    pub(crate) fn open(&self, column: &str, stored: &[u8]) -> Result<String, StoreError> {
        self.opener().open(column, stored)
    }

    pub(crate) fn open_optional(&self, column: &str, stored: Option<&[u8]>) -> Result<Option<String>, StoreError> {
        self.opener().open_optional(column, stored)
    }

    pub(crate) fn hash(&self, column: &str, value: &str) -> Result<Vec<u8>, StoreError> {
        self.conn.secrets.hash(self.tenant_uuid(), column, value)
    }
}

/// A transaction across shops, for finding the shop of a message and for sweeps. Never made on behalf of a customer.
pub struct SystemTx {
    pub(crate) conn: Arc<Conn>,
}

impl SystemTx {
    /// The same transaction, seeing one shop.
    #[must_use]
    pub fn within(&self, scope: TenantScope) -> Tx {
        Tx::new(Arc::clone(&self.conn), scope)
    }
}

/// Decrypts what belongs to one shop.
#[derive(Clone, Copy)]
pub(crate) struct Opener<'a> {
    pub secrets: &'a Secrets,
    pub tenant: Uuid,
}

impl Opener<'_> {
    pub fn open(&self, column: &str, stored: &[u8]) -> Result<String, StoreError> {
        open_text(self.secrets, self.tenant, column, stored)
    }

    pub fn open_optional(&self, column: &str, stored: Option<&[u8]>) -> Result<Option<String>, StoreError> {
        stored.map(|stored| self.open(column, stored)).transpose()
    }
}

/// Decrypts a value that is text.
pub(crate) fn open_text(secrets: &Secrets, tenant: Uuid, column: &str, stored: &[u8]) -> Result<String, StoreError> {
    String::from_utf8(secrets.keyring.open(tenant, column, stored)?)
        .map_err(|_| StoreError::Corrupt(format!("a value of {column} is not text")))
}

/// `$4, $5, $6` for three parameters after the first three.
pub(crate) fn parameters(from: usize, count: usize) -> String {
    let names: Vec<String> = (from..from + count).map(|n| format!("${n}")).collect();
    names.join(", ")
}

#[cfg(test)]
mod tests {
    #[test]
    fn parameters_are_numbered_after_those_before_them() {
        let mut text = "A $1".to_owned();
        super::push_shifted(&mut text, "; UPDATE m SET a = $2 WHERE id IN ($1, $10)", 3);
        assert_eq!(text, "A $1; UPDATE m SET a = $5 WHERE id IN ($4, $13)");
    }
}
