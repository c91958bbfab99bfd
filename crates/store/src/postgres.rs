//! Opening PostgreSQL so that row-level security binds every statement.
//!
//! A superuser, or a role with `BYPASSRLS`, is not bound by any policy. Where the login role is one, every pooled
//! connection steps down to [`APP_ROLE`]; where that is not possible, the store does not open.

use std::{str::FromStr, time::Duration};

use duka_kernel::{ConversationId, TenantId};

use sea_orm::{
    DatabaseConnection, SqlxPostgresConnector,
    sqlx::{
        self, AssertSqlSafe, ConnectOptions as _, Executor, PgPool, Row,
        postgres::{PgConnectOptions, PgConnection, PgPoolOptions},
    },
};
use tokio::{sync::broadcast, task::AbortHandle};
use uuid::Uuid;

use crate::{StoreError, wake::Wakeup};

/// The role statements run as where the login role is not bound by row-level security.
pub(crate) const APP_ROLE: &str = "duka_app";
/// The channel on which nodes tell each other about conversations to look at.
pub(crate) const WAKE_CHANNEL: &str = "duka_wake";

pub(crate) struct Pool {
    pub database: DatabaseConnection,
    pub pool: PgPool,
}

fn unreachable(e: &sqlx::Error) -> StoreError {
    // sqlx's connection errors name host, role and database, never the password.
    StoreError::Unavailable(format!("cannot open the PostgreSQL database: {e}; check DUKA_DATABASE_URL"))
}

fn options(url: &str) -> Result<PgConnectOptions, StoreError> {
    let options = PgConnectOptions::from_str(url).map_err(|_| {
        StoreError::Unavailable(
            "DUKA_DATABASE_URL is not an address like postgres://user:password@host/database".into(),
        )
    })?;
    Ok(options.application_name("duka").statement_cache_capacity(512).disable_statement_logging())
}

pub(crate) async fn open(url: &str, connections: u32) -> Result<Pool, StoreError> {
    let options = options(url)?;
    let mut login = options.connect().await.map_err(|e| unreachable(&e))?;
    let step_down = !is_bound(&mut login).await.map_err(|e| unreachable(&e))?;
    if step_down && let Err(e) = prepare_role(&mut login).await {
        return Err(StoreError::Unavailable(format!(
            "the PostgreSQL login role is not bound by row-level security and cannot become {APP_ROLE}, which is: {e}; \
             use a login role that is neither superuser nor BYPASSRLS, or let a superuser create role {APP_ROLE}"
        )));
    }
    let pool = PgPoolOptions::new()
        .max_connections(connections.max(2))
        .test_before_acquire(false)
        .after_connect(move |connection, _| {
            Box::pin(async move {
                if step_down {
                    connection.execute(AssertSqlSafe(format!("SET ROLE {APP_ROLE}"))).await?;
                }
                Ok(())
            })
        })
        .connect_with(options)
        .await
        .map_err(|e| unreachable(&e))?;
    Ok(Pool { database: SqlxPostgresConnector::from_sqlx_postgres_pool(pool.clone()), pool })
}

/// A pool of one connection as the login role, for migrations.
pub(crate) async fn open_as_login(url: &str) -> Result<Pool, StoreError> {
    let pool =
        PgPoolOptions::new().max_connections(1).connect_with(options(url)?).await.map_err(|e| unreachable(&e))?;
    Ok(Pool { database: SqlxPostgresConnector::from_sqlx_postgres_pool(pool.clone()), pool })
}

async fn is_bound(login: &mut PgConnection) -> Result<bool, sqlx::Error> {
    let row = login.fetch_one("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user").await?;
    Ok(!row.try_get::<bool, _>(0)?)
}

/// Makes the role if it is not there (roles belong to the whole server, so another database may have made it) and
/// tries it on.
async fn prepare_role(login: &mut PgConnection) -> Result<(), sqlx::Error> {
    let create = format!(
        "DO $$ BEGIN
           IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{APP_ROLE}') THEN
             CREATE ROLE {APP_ROLE} NOLOGIN NOSUPERUSER NOBYPASSRLS;
           END IF;
         EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
         END $$"
    );
    login.execute(AssertSqlSafe(create)).await?;
    login.execute(AssertSqlSafe(format!("SET ROLE {APP_ROLE}"))).await?;
    let bound = is_bound(login).await?;
    login.execute("RESET ROLE").await?;
    if bound { Ok(()) } else { Err(sqlx::Error::Configuration(format!("role {APP_ROLE} is not bound either").into())) }
}

/// Passes the wake-ups of every node to this process, until the pool is closed or the task aborted.
pub(crate) fn listen(pool: PgPool, wakeups: broadcast::Sender<Wakeup>) -> AbortHandle {
    let task = tokio::spawn(async move {
        while !pool.is_closed() {
            if let Err(e) = pass_on(&pool, &wakeups).await
                && !pool.is_closed()
            {
                // The sweep finds what is missed meanwhile.
                tracing::warn!(error = %e, "listening for wake-ups was interrupted");
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        }
    });
    task.abort_handle()
}

async fn pass_on(pool: &PgPool, wakeups: &broadcast::Sender<Wakeup>) -> Result<(), sqlx::Error> {
    let mut listener = sqlx::postgres::PgListener::connect_with(pool).await?;
    listener.listen(WAKE_CHANNEL).await?;
    loop {
        let notification = listener.recv().await?;
        let ids = notification.payload().split_once(' ');
        let ids = ids.and_then(|(tenant, id)| Some((Uuid::parse_str(tenant).ok()?, Uuid::parse_str(id).ok()?)));
        if let Some((tenant, conversation)) = ids {
            // Nobody listening now is no failure.
            let _ = wakeups.send(Wakeup { tenant: TenantId(tenant), conversation: ConversationId(conversation) });
        }
    }
}
