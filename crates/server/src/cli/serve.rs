//! `duka serve` and `duka migrate`.

use std::{process::ExitCode, time::Duration};

use anyhow::{Context, Result};
use duka_assistant::{
    App,
    app::Left,
    work::{Roles, Work},
};
use tokio::{
    net::TcpListener,
    sync::{mpsc, oneshot},
};

use super::{Role, ServeArgs};
use crate::{
    config::Config,
    http::{Web, router},
    installation,
};

/// For how long a request that was begun may go on after the process was told to end. A client that never finishes
/// one must not keep accepted messages from being answered before the platform loses its patience.
const CLOSING: Duration = Duration::from_secs(5);

/// `duka migrate`
pub async fn migrate(config: &Config) -> Result<ExitCode> {
    installation::open(config).await?.migrate().await?;
    println!("the database has this program's version");
    Ok(ExitCode::SUCCESS)
}

/// `duka serve`
pub async fn serve(config: Config, args: &ServeArgs) -> Result<ExitCode> {
    let store = installation::open_current(&config).await?;
    let (app, left) = installation::assemble(&config, store)?;
    run(&config, args, app, left, |address| tracing::info!(%address, "serving")).await
}

/// Serves until the process is told to end; then finishes what was begun.
pub async fn run(
    config: &Config,
    args: &ServeArgs,
    app: App,
    left: mpsc::UnboundedReceiver<Left>,
    ready: impl FnOnce(std::net::SocketAddr),
) -> Result<ExitCode> {
    let roles = Roles { worker: args.role.contains(&Role::Worker), shared: app.store.is_shared() };
    let stop = stop_signal()?;
    let work = Work::start(&app, left, roles);
    if args.role.contains(&Role::Web) {
        let listener = TcpListener::bind(config.bind).await.with_context(|| {
            format!("cannot listen on {}; is another duka running there? Set DUKA_BIND", config.bind)
        })?;
        let web = Web::new(app.clone(), config.api());
        ready(listener.local_addr()?);
        let draining = web.clone();
        let (told, closing) = oneshot::channel();
        let stopped = async move {
            stop.await;
            draining.drain();
            tracing::info!("finishing what was begun");
            // The receiver is below, for as long as this is polled.
            let _ = told.send(());
        };
        let service = router(web).into_make_service_with_connect_info::<std::net::SocketAddr>();
        let serving = axum::serve(listener, service).with_graceful_shutdown(stopped).into_future();
        let overdue = async {
            if closing.await.is_ok() {
                tokio::time::sleep(CLOSING).await;
            }
        };
        tokio::select! {
            served = serving => served?,
            () = overdue => tracing::warn!("connections that did not come to an end were cut"),
        }
    } else {
        tracing::info!("working");
        stop.await;
        tracing::info!("finishing what was begun");
    }
    work.finish().await;
    app.store.close().await;
    Ok(ExitCode::SUCCESS)
}

/// Ends with SIGTERM (a platform stops the process) or SIGINT (a person does).
fn stop_signal() -> Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate()).context("cannot listen for SIGTERM")?;
    let mut interrupt = signal(SignalKind::interrupt()).context("cannot listen for SIGINT")?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}
