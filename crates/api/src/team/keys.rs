//! Keys with which programs work in the shop.

use duka_kernel::{ApiKeyId, Timestamp};
use duka_shop::team::Right;
use duka_store::{
    api_keys::{Key, NewKey},
    audit::Change,
};
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{may_give, read_rights};
use crate::{
    answer::{Created, Done, List},
    describe::Route,
    extract::{Json, Path},
    problem::{Check, NOT_FOUND, Reply},
    route,
    staff::{Staff, right::IntegrationsManage},
};

pub fn routes() -> Vec<Route> {
    vec![route!(list_api_keys), route!(create_api_key), route!(rotate_api_key), route!(delete_api_key)]
}

/// A key, which cannot be seen again itself.
#[derive(Serialize, ToSchema)]
struct ApiKeyOut {
    id: Uuid,
    label: String,
    /// Its last characters, to tell it by.
    ending: Option<String>,
    /// What it may do, such as `orders:view`.
    rights: Vec<&'static str>,
    expires_at: Option<jiff::Timestamp>,
    /// To the minute.
    used_at: Option<jiff::Timestamp>,
    created_at: jiff::Timestamp,
}

impl From<Key> for ApiKeyOut {
    fn from(key: Key) -> Self {
        Self {
            id: key.id.0,
            label: key.label,
            ending: key.ending,
            rights: key.rights.iter().map(Right::name).collect(),
            expires_at: key.expires_at.map(Timestamp::to_jiff),
            used_at: key.used_at.map(Timestamp::to_jiff),
            created_at: key.created_at.to_jiff(),
        }
    }
}

/// List the shop's keys, newest first.
#[utoipa::path(get, path = "/api-keys", tag = "keys")]
async fn list_api_keys(staff: Staff<IntegrationsManage>) -> Reply<Json<List<ApiKeyOut>>> {
    let keys = staff.read().await?.api_keys().await?;
    Ok(Json(List::whole(keys.into_iter().map(ApiKeyOut::from).collect())))
}

/// A key to make.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ApiKeyIn {
    /// What it is for.
    #[schema(min_length = 1, max_length = 60)]
    label: String,
    /// What it may do, such as `orders:view`; no more than you may.
    rights: Vec<String>,
    /// When it ends; never if nothing is said.
    expires_at: Option<jiff::Timestamp>,
}

/// A key, this once.
#[derive(Serialize, ToSchema)]
struct NewApiKeyOut {
    id: Uuid,
    /// Sent as `X-TENANT-API-KEY`. It is not shown again.
    key: String,
}

/// Make a key. It is shown once.
#[utoipa::path(post, path = "/api-keys", tag = "keys")]
async fn create_api_key(staff: Staff<IntegrationsManage>, Json(input): Json<ApiKeyIn>) -> Reply<Created<NewApiKeyOut>> {
    let now = staff.now();
    let expires_at = input.expires_at.map(Timestamp::from);
    Check::new()
        .text(&input.label, 60, "/label")
        .that(!input.rights.is_empty(), "/rights", "has to name a right")
        .that(expires_at.is_none_or(|at| at > now), "/expires_at", "is over")
        .done()?;
    let rights = read_rights(&input.rights)?;
    may_give(staff.rights, rights)?;
    let new = NewKey { label: input.label.trim().to_owned(), rights: Some(rights), expires_at };
    let made = staff.change(new, move |tx, new| {
        Box::pin(async move {
            let (id, key) = tx.make_api_key(new, now).await?;
            let rights: Vec<&str> = rights.iter().map(Right::name).collect();
            let told =
                json!({"label": new.label, "rights": rights, "expires_at": new.expires_at.map(Timestamp::to_jiff)});
            Ok(((id, key), vec![Change::new("api_key.created").of("api_key", id).to(told)]))
        })
    });
    let (id, key) = made.await?;
    Ok(Created(NewApiKeyOut { id: id.0, key: key.expose_secret().to_owned() }))
}

/// Put another key in the place of one, which ends at once.
#[utoipa::path(post, path = "/api-keys/{key}/rotate", tag = "keys")]
async fn rotate_api_key(staff: Staff<IntegrationsManage>, Path(key): Path<Uuid>) -> Reply<Json<NewApiKeyOut>> {
    let id = ApiKeyId(key);
    may_give(staff.rights, find(&staff, id).await?.rights)?;
    let made = staff.change((), move |tx, ()| {
        Box::pin(
            async move { Ok((tx.rotate_api_key(id).await?, vec![Change::new("api_key.rotated").of("api_key", id)])) },
        )
    });
    Ok(Json(NewApiKeyOut { id: key, key: made.await?.expose_secret().to_owned() }))
}

/// End a key.
#[utoipa::path(delete, path = "/api-keys/{key}", tag = "keys")]
async fn delete_api_key(staff: Staff<IntegrationsManage>, Path(key): Path<Uuid>) -> Reply<Done> {
    let key = find(&staff, ApiKeyId(key)).await?;
    may_give(staff.rights, key.rights)?;
    staff
        .change(key, |tx, key| {
            Box::pin(async move {
                tx.delete_api_key(key.id).await?;
                let told = json!({"label": key.label});
                Ok(((), vec![Change::new("api_key.deleted").of("api_key", key.id).from(told)]))
            })
        })
        .await?;
    Ok(Done)
}

async fn find(staff: &Staff<IntegrationsManage>, id: ApiKeyId) -> Reply<Key> {
    let keys = staff.read().await?.api_keys().await?;
    keys.into_iter().find(|key| key.id == id).ok_or_else(|| NOT_FOUND.problem())
}
