//! The open database: reading and writing for one shop, or across shops.

use std::{
    fmt,
    sync::{
        Arc, Mutex, OnceLock,
        atomic::{AtomicU64, Ordering},
    },
};

use duka_kernel::TenantScope;
use futures::future::BoxFuture;
use sea_orm::{AccessMode, ConnectionTrait, DatabaseConnection, IsolationLevel, TransactionOptions, TransactionTrait};
use tokio::{
    sync::{broadcast, oneshot},
    task::AbortHandle,
};

use crate::{
    Keyring, StoreError,
    crypto::Secrets,
    installation, migrations, postgres,
    recaller::Recaller,
    sqlite,
    tx::{Conn, Link, SystemTx, Tx},
    wake::Wakeup,
    writer::{self, Ran, Unit, Work, Writer},
};

/// How often a unit is run again when PostgreSQL gave it up in favour of another.
const ATTEMPTS: usize = 4;
/// Wake-ups a slow listener may be behind.
const WAKEUPS: usize = 4096;

/// What is needed to open a store.
#[derive(Clone, Debug)]
pub struct StoreOptions {
    /// `sqlite://path/to/file` or `postgres://…`.
    pub url: String,
    /// The keys that personal data and credentials are encrypted with.
    pub master_keys: Keyring,
    /// Connections that read (SQLite) or read and write (PostgreSQL) at the same time.
    pub max_connections: u32,
}

/// An open database. Cheap to clone; all clones share its connections.
#[derive(Clone)]
pub struct Store {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    url: String,
    pub backend: Backend,
    pub secrets: Arc<Secrets>,
    statements: Arc<AtomicU64>,
    pub wakeups: broadcast::Sender<Wakeup>,
    pub listening: OnceLock<AbortHandle>,
}

pub(crate) enum Backend {
    Sqlite { pools: sqlite::Pools, writer: Writer, recaller: Recaller },
    Postgres { pool: postgres::Pool },
}

impl Drop for Inner {
    fn drop(&mut self) {
        if let Some(listening) = self.listening.get() {
            listening.abort();
        }
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Not the address: it may hold a password.
        f.debug_struct("Store").field("keys", &self.inner.secrets.keyring).finish_non_exhaustive()
    }
}

impl Store {
    /// Opens the database at an address, making the SQLite file if there is none. Then call [`Store::migrate`] or
    /// [`Store::check_version`].
    ///
    /// # Errors
    /// If the address is wrong, the database cannot be reached, or row-level security would not bind this program.
    pub async fn open(options: &StoreOptions) -> Result<Self, StoreError> {
        let secrets = Arc::new(Secrets { keyring: options.master_keys.clone(), lookup: OnceLock::new() });
        let statements = Arc::new(AtomicU64::new(0));
        let backend = match options.url.split(':').next() {
            Some("sqlite") => {
                let pools = sqlite::open(&options.url, options.max_connections).await?;
                let writer = Writer::start(pools.writer.clone(), Arc::clone(&secrets), Arc::clone(&statements));
                let recaller = Recaller::start(pools.readers.clone(), Arc::clone(&statements));
                Backend::Sqlite { pools, writer, recaller }
            }
            Some("postgres" | "postgresql") => {
                Backend::Postgres { pool: postgres::open(&options.url, options.max_connections).await? }
            }
            _ => {
                return Err(StoreError::Unavailable(
                    "DUKA_DATABASE_URL has to begin with sqlite:// or postgres://".into(),
                ));
            }
        };
        let (wakeups, _) = broadcast::channel(WAKEUPS);
        let url = options.url.clone();
        let inner = Inner { url, backend, secrets, statements, wakeups, listening: OnceLock::new() };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Brings the database to this program's version. Running it again changes nothing; several nodes may run it at once.
    ///
    /// # Errors
    /// If the database is newer than this program, or refuses.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        match &self.inner.backend {
            Backend::Sqlite { pools, .. } => migrations::up(&pools.writer).await?,
            Backend::Postgres { .. } => {
                let login = postgres::open_as_login(&self.inner.url).await?;
                let done = migrations::up(&login.database).await;
                login.pool.close().await;
                done?;
            }
        }
        installation::load(self).await?;
        self.index_customers().await
    }

    /// Makes sure that the database has exactly this program's version, without changing it.
    ///
    /// # Errors
    /// If it has not, saying what to do, or if the master key is not the one it was encrypted with.
    pub async fn check_version(&self) -> Result<(), StoreError> {
        migrations::check(self.readers()).await?;
        installation::load(self).await
    }

    /// Statements sent to the database so far, begin and commit included.
    #[must_use]
    pub fn statements(&self) -> u64 {
        self.inner.statements.load(Ordering::Relaxed)
    }

    /// A consistent read-only view of one shop. Ends when it is dropped.
    ///
    /// # Errors
    /// If no connection is to be had.
    pub async fn read(&self, scope: TenantScope) -> Result<Tx, StoreError> {
        Ok(writer::shop_view(&Arc::new(self.begin_reading(Some(scope)).await?), Some(scope)))
    }

    /// A view as [`Store::read`] gives that notes how the database goes about each statement ([`Tx::plans`]). On PostgreSQL
    /// a table is read from end to end only where nothing else is possible, so that small tables tell of large ones.
    ///
    /// # Errors
    /// If no connection is to be had.
    pub async fn explain(&self, scope: TenantScope) -> Result<Tx, StoreError> {
        let conn = self.begin_reading(Some(scope)).await?;
        if conn.is_postgres() {
            conn.execute_unprepared("SET LOCAL enable_seqscan = off").await?;
        }
        let conn = Conn { plans: Some(Mutex::default()), ..conn };
        Ok(writer::shop_view(&Arc::new(conn), Some(scope)))
    }

    /// A read-only view of one shop that, on SQLite, shows with each statement what is true at that moment, and so costs
    /// two statements less than [`Store::read`]. For a single query, and for what a guard at commit catches if it changes
    /// in between. On PostgreSQL the same as [`Store::read`]: row-level security needs the transaction.
    ///
    /// # Errors
    /// If no connection is to be had.
    pub async fn peek(&self, scope: TenantScope) -> Result<Tx, StoreError> {
        match &self.inner.backend {
            Backend::Sqlite { pools, .. } => {
                let conn = self.conn(Link::Pool(pools.readers.clone()));
                Ok(writer::shop_view(&Arc::new(conn), Some(scope)))
            }
            Backend::Postgres { .. } => self.read(scope).await,
        }
    }

    /// A consistent read-only view across shops. Ends when it is dropped.
    ///
    /// # Errors
    /// If no connection is to be had.
    pub async fn system_read(&self) -> Result<SystemTx, StoreError> {
        tracing::debug!("reading across shops");
        Ok(writer::system_view(&Arc::new(self.begin_reading(None).await?), None))
    }

    /// Runs a unit of work for one shop and commits it: all of it or nothing.
    ///
    /// A unit that gets an error gives it back; it goes on only where a function says that it may. PostgreSQL takes no
    /// more statements after one that it refused.
    ///
    /// The unit may run more than once (never committed more than once), so it must do nothing but change rows. It
    /// must not wait for anything else: on SQLite, all other writing waits for it.
    ///
    /// # Errors
    /// What the unit gave, in which case nothing has changed; or that the commit failed.
    pub async fn write<T, F>(&self, scope: TenantScope, unit: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: for<'a> Fn(&'a Tx) -> BoxFuture<'a, Result<T, StoreError>> + Send + Sync + 'static,
    {
        self.submit(writer::shop_view, Some(scope), unit, |tx, unit: &F| unit(tx)).await
    }

    /// [`Store::write`] with an input that the unit borrows each time it runs.
    ///
    /// # Errors
    /// As [`Store::write`].
    pub async fn write_with<I, T, F>(&self, scope: TenantScope, input: I, unit: F) -> Result<T, StoreError>
    where
        I: Send + Sync + 'static,
        T: Send + 'static,
        F: for<'a> Fn(&'a Tx, &'a I) -> BoxFuture<'a, Result<T, StoreError>> + Send + Sync + 'static,
    {
        self.submit(writer::shop_view, Some(scope), input, unit).await
    }

    /// Runs a unit of work across shops and commits it, as [`Store::write`] does for one.
    ///
    /// # Errors
    /// As [`Store::write`].
    pub async fn system_write<T, F>(&self, unit: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: for<'a> Fn(&'a SystemTx) -> BoxFuture<'a, Result<T, StoreError>> + Send + Sync + 'static,
    {
        self.system_write_with(unit, |tx, unit: &F| unit(tx)).await
    }

    /// [`Store::system_write`] with an input that the unit borrows each time it runs.
    ///
    /// # Errors
    /// As [`Store::write`].
    pub async fn system_write_with<I, T, F>(&self, input: I, unit: F) -> Result<T, StoreError>
    where
        I: Send + Sync + 'static,
        T: Send + 'static,
        F: for<'a> Fn(&'a SystemTx, &'a I) -> BoxFuture<'a, Result<T, StoreError>> + Send + Sync + 'static,
    {
        tracing::debug!("writing across shops");
        self.submit(writer::system_view, None, input, unit).await
    }

    /// Finishes what is being written and closes every connection. Later calls fail with [`StoreError::Unavailable`].
    pub async fn close(&self) {
        match &self.inner.backend {
            Backend::Sqlite { pools, .. } => {
                for database in [&pools.readers, &pools.writer] {
                    database.get_sqlite_connection_pool().close().await;
                }
            }
            Backend::Postgres { pool } => pool.pool.close().await,
        }
    }

    pub(crate) fn readers(&self) -> &DatabaseConnection {
        match &self.inner.backend {
            Backend::Sqlite { pools, .. } => &pools.readers,
            Backend::Postgres { pool } => &pool.database,
        }
    }

    async fn begin_reading(&self, scope: Option<TenantScope>) -> Result<Conn, StoreError> {
        let transaction = match &self.inner.backend {
            Backend::Sqlite { pools, .. } => pools.readers.begin().await?,
            Backend::Postgres { pool } => {
                // One snapshot for all statements, as SQLite gives.
                let options = TransactionOptions {
                    isolation_level: Some(IsolationLevel::RepeatableRead),
                    access_mode: Some(AccessMode::ReadOnly),
                    ..TransactionOptions::default()
                };
                let transaction = pool.database.begin_with_options(options).await?;
                transaction.execute_unprepared(&set_scope(scope)).await?;
                transaction
            }
        };
        Ok(self.conn(Link::Transaction(transaction)))
    }

    async fn submit<View, I, T, F>(
        &self,
        view: fn(&Arc<Conn>, Option<TenantScope>) -> View,
        scope: Option<TenantScope>,
        input: I,
        body: F,
    ) -> Result<T, StoreError>
    where
        View: Send + Sync + 'static,
        I: Send + Sync + 'static,
        T: Send + 'static,
        F: for<'a> Fn(&'a View, &'a I) -> BoxFuture<'a, Result<T, StoreError>> + Send + Sync + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let mut work = Work { view, scope, input, body, outcome: None, reply };
        match &self.inner.backend {
            Backend::Sqlite { writer, .. } => {
                writer.submit(Box::new(work)).await?;
                answer.await.map_err(|_| writer::closed())?
            }
            Backend::Postgres { pool } => {
                for attempt in 1.. {
                    let committed = self.run_on_postgres(&pool.database, scope, &mut work).await;
                    let again = |e: &StoreError| attempt < ATTEMPTS && e.is_transient();
                    match (committed, &work.outcome) {
                        (Err(e), _) if again(&e) => {}
                        (Ok(()), Some(Err(e))) if again(e) => {}
                        (Err(e), _) => return Err(e),
                        (Ok(()), _) => break,
                    }
                }
                work.outcome.unwrap_or_else(|| Err(writer::closed()))
            }
        }
    }

    async fn run_on_postgres(
        &self,
        database: &DatabaseConnection,
        scope: Option<TenantScope>,
        unit: &mut dyn Unit,
    ) -> Result<(), StoreError> {
        let transaction = database.begin().await?;
        transaction.execute_unprepared(&set_scope(scope)).await?;
        let conn = Arc::new(self.conn(Link::Transaction(transaction)));
        if unit.run(&conn).await == Ran::Well { writer::commit(conn).await } else { writer::roll_back(conn).await }
    }

    fn conn(&self, link: Link) -> Conn {
        let opening = match (&link, &self.inner.backend) {
            (Link::Pool(_), _) => 0,
            (_, Backend::Sqlite { .. }) => 2,
            (_, Backend::Postgres { .. }) => 3,
        };
        self.inner.statements.fetch_add(opening, Ordering::Relaxed);
        Conn {
            link,
            secrets: Arc::clone(&self.inner.secrets),
            statements: Arc::clone(&self.inner.statements),
            wrote: false.into(),
            plans: None,
        }
    }
}

/// Tells PostgreSQL's row-level policies whose rows this transaction may see. The id is a UUID, so nothing has to be
/// escaped, and an unprepared statement saves a round trip.
fn set_scope(scope: Option<TenantScope>) -> String {
    match scope {
        Some(scope) => format!("SELECT set_config('duka.tenant', '{}', true)", scope.tenant()),
        None => "SELECT set_config('duka.system', 'on', true)".to_owned(),
    }
}
