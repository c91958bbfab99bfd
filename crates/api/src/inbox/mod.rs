//! Conversations: who writes, what was said, and answering by hand.

mod conversations;
mod messages;
mod replies;
mod turns;

pub use self::messages::{MessageOut, picture, refused};

use crate::{describe::Route, principal::AtShop, problem::Reply};

pub fn routes() -> Vec<Route> {
    [conversations::routes(), messages::routes(), turns::routes(), replies::routes()].into_iter().flatten().collect()
}

/// What the team calls whoever works here.
pub async fn own_name(at: &AtShop) -> Reply<String> {
    Ok(match at.user {
        Some(user) => at.api.app.store.system_read().await?.user(user).await?.name,
        None => "API".to_owned(),
    })
}
