//! Who changed what.

use std::collections::BTreeMap;

use duka_kernel::Timestamp;
use duka_store::audit::{Actor, AuditFilter, Entry};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::{
    answer::List,
    describe::Route,
    extract::{Json, Paging, Query},
    problem::Reply,
    route,
    staff::{Staff, right::AuditView},
};

pub fn routes() -> Vec<Route> {
    vec![route!(list_audit)]
}

/// Which changes.
#[derive(Deserialize, IntoParams)]
struct AuditIn {
    /// By this user or key.
    who: Option<Uuid>,
    /// Of this kind, such as `member.removed`.
    what: Option<String>,
    /// From then on.
    from: Option<jiff::Timestamp>,
    /// Before then.
    to: Option<jiff::Timestamp>,
}

/// A change.
#[derive(Serialize, ToSchema)]
struct AuditOut {
    id: Uuid,
    at: jiff::Timestamp,
    actor: ActorOut,
    /// What was done, such as `member.removed`.
    what: String,
    /// To what, such as `user:0199…`.
    subject: Option<String>,
    /// What it was, if it was something.
    before: Option<serde_json::Value>,
    /// What it is now, if it is something.
    after: Option<serde_json::Value>,
}

/// Who did something.
#[derive(Serialize, ToSchema)]
struct ActorOut {
    /// `user`, `key`, `operator` or `system`.
    kind: &'static str,
    id: Option<Uuid>,
    /// What they are called now.
    name: Option<String>,
}

/// List who changed what, newest first. Nothing in this log can be changed.
#[utoipa::path(get, path = "/audit", tag = "audit")]
async fn list_audit(
    staff: Staff<AuditView>,
    Query(filter): Query<AuditIn>,
    paging: Paging,
) -> Reply<Json<List<AuditOut>>> {
    let filter = AuditFilter {
        who: filter.who,
        what: filter.what,
        from: filter.from.map(Timestamp::from),
        to: filter.to.map(Timestamp::from),
    };
    let tx = staff.read().await?;
    let page = tx.audit_page(&filter, paging.after.as_ref(), paging.limit).await?;
    let mut names: BTreeMap<Uuid, String> = tx.api_keys().await?.into_iter().map(|key| (key.id.0, key.label)).collect();
    drop(tx);
    let users = page.items.iter().filter_map(|entry| match entry.actor {
        Actor::User(id) | Actor::Operator(id) => Some(id),
        Actor::Key(_) | Actor::System => None,
    });
    let mut users: Vec<_> = users.collect();
    users.sort_unstable();
    users.dedup();
    let known = staff.api.app.store.system_read().await?.users(&users).await?;
    names.extend(known.into_iter().map(|user| (user.id.0, user.name)));
    Ok(Json(List::of(page, |entry| AuditOut::new(entry, &names))))
}

impl AuditOut {
    fn new(entry: Entry, names: &BTreeMap<Uuid, String>) -> Self {
        let (kind, id) = match entry.actor {
            Actor::User(id) => ("user", Some(id.0)),
            Actor::Key(id) => ("key", Some(id.0)),
            Actor::Operator(id) => ("operator", Some(id.0)),
            Actor::System => ("system", None),
        };
        let name = id.and_then(|id| names.get(&id).cloned());
        let change = entry.change;
        Self {
            id: entry.id,
            at: entry.at.to_jiff(),
            actor: ActorOut { kind, id, name },
            what: change.what,
            subject: change.subject,
            before: change.before,
            after: change.after,
        }
    }
}
