//! Words that the team writes often.

use duka_store::{audit::Change, saved_replies::SavedReply};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    answer::{Created, Done, List},
    describe::Route,
    extract::{Json, Path},
    problem::{Check, Reply},
    route,
    staff::{
        Staff,
        right::{ConversationsView, HandoffPerform},
    },
};

pub fn routes() -> Vec<Route> {
    vec![route!(list_saved_replies), route!(create_saved_reply), route!(update_saved_reply), route!(delete_saved_reply)]
}

/// Words under a short name.
#[derive(Serialize, ToSchema)]
struct SavedReplyOut {
    id: Uuid,
    /// What is typed for it after "/".
    shortcut: String,
    text: String,
}

impl From<SavedReply> for SavedReplyOut {
    fn from(reply: SavedReply) -> Self {
        Self { id: reply.id, shortcut: reply.shortcut, text: reply.text }
    }
}

/// List the saved replies, by short name.
#[utoipa::path(get, path = "/saved-replies", tag = "inbox")]
async fn list_saved_replies(staff: Staff<ConversationsView>) -> Reply<Json<List<SavedReplyOut>>> {
    let replies = staff.read().await?.saved_replies().await?;
    Ok(Json(List::whole(replies.into_iter().map(SavedReplyOut::from).collect())))
}

/// Words to save.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SavedReplyIn {
    /// What is typed for it after "/": letters, digits, "-" and "_".
    #[schema(min_length = 1, max_length = 30)]
    shortcut: String,
    #[schema(min_length = 1, max_length = 2000)]
    text: String,
}

impl SavedReplyIn {
    fn check(&self) -> Reply<(String, String)> {
        let shortcut = self.shortcut.trim().trim_start_matches('/').to_lowercase();
        let plain = shortcut.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_');
        Check::new()
            .text(&shortcut, 30, "/shortcut")
            .that(plain, "/shortcut", "has to be letters, digits, - and _ only")
            .text(&self.text, 2000, "/text")
            .done()?;
        Ok((shortcut, self.text.trim().to_owned()))
    }
}

/// Save words under a short name.
#[utoipa::path(post, path = "/saved-replies", tag = "inbox")]
async fn create_saved_reply(
    staff: Staff<HandoffPerform>,
    Json(input): Json<SavedReplyIn>,
) -> Reply<Created<SavedReplyOut>> {
    let made = staff.change(input.check()?, |tx, (shortcut, text)| {
        Box::pin(async move {
            let reply = tx.create_saved_reply(shortcut, text).await?;
            let told = json!({"shortcut": reply.shortcut});
            let change = Change::new("saved_reply.created").of("saved_reply", reply.id).to(told);
            Ok((reply, vec![change]))
        })
    });
    Ok(Created(made.await?.into()))
}

/// Change a saved reply.
#[utoipa::path(patch, path = "/saved-replies/{id}", tag = "inbox")]
async fn update_saved_reply(
    staff: Staff<HandoffPerform>,
    Path(id): Path<Uuid>,
    Json(input): Json<SavedReplyIn>,
) -> Reply<Json<SavedReplyOut>> {
    let (shortcut, text) = input.check()?;
    let changed = staff.change(SavedReply { id, shortcut, text }, |tx, reply| {
        Box::pin(async move {
            tx.update_saved_reply(reply).await?;
            let told = json!({"shortcut": reply.shortcut});
            let change = Change::new("saved_reply.changed").of("saved_reply", reply.id).to(told);
            Ok((reply.clone(), vec![change]))
        })
    });
    Ok(Json(changed.await?.into()))
}

/// Take a saved reply away.
#[utoipa::path(delete, path = "/saved-replies/{id}", tag = "inbox")]
async fn delete_saved_reply(staff: Staff<HandoffPerform>, Path(id): Path<Uuid>) -> Reply<Done> {
    staff
        .change((), move |tx, ()| {
            Box::pin(async move {
                tx.delete_saved_reply(id).await?;
                Ok(((), vec![Change::new("saved_reply.deleted").of("saved_reply", id)]))
            })
        })
        .await?;
    Ok(Done)
}
