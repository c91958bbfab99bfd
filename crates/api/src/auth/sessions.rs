//! Where one is logged in.

use duka_kernel::SessionId;
use duka_store::sessions::SessionSummary;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    answer::{Done, List},
    describe::Route,
    extract::{Json, Path},
    problem::{NOT_FOUND, Reply},
    route,
    staff::Person,
};

pub fn routes() -> Vec<Route> {
    vec![route!(list_sessions), route!(end_session)]
}

/// One log-in, on one device.
#[derive(Serialize, ToSchema)]
struct SessionOut {
    id: Uuid,
    /// What the browser or program calls itself.
    agent: String,
    /// Its network address when it logged in.
    address: String,
    created_at: jiff::Timestamp,
    /// To the minute.
    used_at: jiff::Timestamp,
    /// When it ends in any case.
    ends_at: jiff::Timestamp,
    /// Whether it is the one that asks.
    current: bool,
}

impl SessionOut {
    fn new(summary: SessionSummary, own: SessionId) -> Self {
        Self {
            id: summary.id.0,
            agent: summary.seen.agent,
            address: summary.seen.address,
            created_at: summary.created_at.to_jiff(),
            used_at: summary.used_at.to_jiff(),
            ends_at: summary.ends_at.to_jiff(),
            current: summary.id == own,
        }
    }
}

/// List where you are logged in, last used first.
#[utoipa::path(get, path = "/auth/sessions", tag = "auth")]
async fn list_sessions(caller: Person) -> Reply<Json<List<SessionOut>>> {
    let tx = caller.api.app.store.system_read().await?;
    let sessions = tx.sessions_of(caller.user, caller.api.app.clock.now()).await?;
    Ok(Json(List::whole(sessions.into_iter().map(|one| SessionOut::new(one, caller.session)).collect())))
}

/// End one of your sessions.
#[utoipa::path(delete, path = "/auth/sessions/{session}", tag = "auth")]
async fn end_session(caller: Person, Path(session): Path<Uuid>) -> Reply<Done> {
    let user = caller.user;
    let end = caller.api.app.store.system_write(move |tx| Box::pin(tx.end_session(user, SessionId(session))));
    if end.await? { Ok(Done) } else { Err(NOT_FOUND.problem()) }
}
