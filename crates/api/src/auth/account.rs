//! One's own password.

use serde::Deserialize;
use utoipa::ToSchema;

use super::{login::count_on, passwords};
use crate::{
    answer::Done,
    describe::Route,
    extract::Json,
    problem::{Check, NOT_LOGGED_IN, Problem, Reply},
    route,
    staff::Person,
};

pub fn routes() -> Vec<Route> {
    vec![route!(change_password)]
}

/// Another password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PasswordIn {
    #[schema(max_length = 200)]
    current: String,
    #[schema(min_length = 10, max_length = 200)]
    new: String,
}

/// Change your password. All your other sessions end.
#[utoipa::path(post, path = "/auth/password", tag = "auth")]
async fn change_password(caller: Person, Json(input): Json<PasswordIn>) -> Reply<Done> {
    passwords::check(Check::new(), &input.new, "/new").done()?;
    let (api, user, session) = (&caller.api, caller.user, caller.session);
    count_on(api, user).await?;
    let proof = api.app.store.system_read().await?.proof(user).await?.ok_or_else(|| NOT_LOGGED_IN.problem())?;
    if !api.passwords.verify(input.current, Some(proof.password)).await? {
        return Err(Problem::field("/current", "is not your password"));
    }
    let hash = api.passwords.hash(input.new).await?;
    let change = api.app.store.system_write_with(hash, move |tx, hash| {
        Box::pin(async move {
            tx.set_password(user, hash).await?;
            tx.forget_tries(&format!("user:{user}")).await?;
            tx.end_sessions(user, Some(session)).await
        })
    });
    change.await?;
    Ok(Done)
}
