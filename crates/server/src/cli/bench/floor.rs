//! The floor: what any service of this kind has to do for a message and no more. It checks the signature, makes one
//! row durable (with the same group commit), acknowledges, and posts one message to the channel.

use std::{process::ExitCode, sync::Arc, time::Duration};

use anyhow::Result;
use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
    routing::{get, post},
};
use duka_assistant::App;
use duka_doubles::{
    TwilioDouble,
    twilio::{ACCOUNT_SID, AUTH_TOKEN},
};
use duka_kernel::TenantScope;
use duka_providers::channels::twilio::{
    OutgoingMessage, Payload, Sender, SignedRequest, SigningKeys, TwilioAccount, parse_form, verify,
};
use duka_store::events::NewEvent;
use serde_json::json;
use tokio::net::TcpListener;

use super::{Closed, Report, load::Load, scene, server::Server};
use crate::{config::Config, installation};

/// Measures it with the closed loop.
pub async fn measure(config: &Config, seconds: Duration, conversations: usize, report: &mut Report) -> Result<Closed> {
    let folder = tempfile::tempdir()?;
    scene::shops(config, folder.path(), 1, 1).await?;
    let double = TwilioDouble::start().await?;
    let server = Server::start(folder.path(), &double, &["bench", "floor"]).await?;
    let load = Load::new(&double, server.address);
    load.closed(conversations, seconds / 4).await?;
    let before = server.cpu();
    let done = load.closed(conversations, seconds).await?;
    let closed = Closed::of(&done, server.cpu().saturating_sub(before));
    report.heading("Floor, same loop: signature, one durable row, one message to the channel");
    closed.report(report);
    server.stop().await?;
    Ok(closed)
}

struct Floor {
    app: App,
    scope: TenantScope,
    keys: SigningKeys,
    account: TwilioAccount,
}

/// `duka bench floor`: serves it, until it is killed.
pub async fn serve(config: Config) -> Result<ExitCode> {
    let store = installation::open_current(&config).await?;
    let (app, _left) = installation::assemble(&config, store)?;
    let scope = installation::shop(&app.store, "bench-0").await?;
    let floor = Floor {
        app,
        scope,
        keys: SigningKeys::auth_token(AUTH_TOKEN.into()),
        account: TwilioAccount { account_sid: ACCOUNT_SID.into(), auth_token: AUTH_TOKEN.into() },
    };
    let router = Router::new()
        .route("/webhook/whatsapp", post(message))
        .route("/health/ready", get(|| async { StatusCode::OK }))
        .with_state(Arc::new(floor));
    let listener = TcpListener::bind(config.bind).await?;
    axum::serve(listener, router).await?;
    Ok(ExitCode::SUCCESS)
}

async fn message(State(floor): State<Arc<Floor>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let fields = parse_form(&body);
    let request = SignedRequest {
        url: &format!("{}/webhook/whatsapp", scene::PUBLIC_URL),
        payload: Payload::Form(&fields),
        signature: headers.get("x-twilio-signature").and_then(|value| value.to_str().ok()),
        settings: None,
    };
    if verify(&floor.keys, &request).is_err() {
        return StatusCode::FORBIDDEN;
    }
    let at = floor.app.clock.now();
    let value = |name: &str| fields.iter().find(|(n, _)| n == name).map(|(_, v)| v.clone()).unwrap_or_default();
    let (from, to, text) = (value("From"), value("To"), value("Body"));
    let event = NewEvent { kind: "floor".into(), payload: json!({"text": text}), actor: "customer".into(), at };
    let stored = floor.app.store.write_with(floor.scope, [event], |tx, row| Box::pin(tx.append_events(row))).await;
    if stored.is_err() {
        return StatusCode::SERVICE_UNAVAILABLE;
    }
    tokio::spawn(async move {
        let message = OutgoingMessage {
            to: &from,
            from: Sender::Address(&to),
            body: &text,
            media_urls: &[],
            status_callback: None,
        };
        if let Err(error) = floor.app.outside.twilio().send(&floor.account, &message).await {
            tracing::error!(%error, "the floor's message was not sent");
        }
    });
    StatusCode::OK
}
