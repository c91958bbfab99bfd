//! Pictures of products, for the channels that fetch them from us by address.

use axum::{
    extract::{Path, Query, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use duka_assistant::media::sniff;
use duka_kernel::{TenantId, TenantScope};
use duka_store::StoreError;
use serde::Deserialize;

use super::{Web, empty};

/// What the address carries besides the path.
#[derive(Deserialize)]
pub struct Signature {
    /// Shows that we gave the address away.
    s: String,
}

/// `GET /media/{tenant}/{picture}?s=…`: only with the signature that the message carried, because a customer's
/// own photo is stored beside the products' and is nobody else's to see.
pub async fn picture(
    State(web): State<Web>,
    Path((tenant, picture)): Path<(TenantId, String)>,
    Query(signature): Query<Signature>,
) -> Response {
    let scope = TenantScope::of(tenant);
    let Some(key) = web.app.picture_at(scope, &picture, &signature.s) else { return empty(StatusCode::NOT_FOUND) };
    match web.app.media.get(scope, &key).await {
        Ok(bytes) => {
            let kind = sniff(&bytes).unwrap_or("application/octet-stream");
            let headers = [
                (header::CONTENT_TYPE, kind),
                (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
                (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            ];
            (headers, bytes).into_response()
        }
        Err(StoreError::NotFound) => empty(StatusCode::NOT_FOUND),
        Err(error) => {
            tracing::error!(%error, "a picture could not be read");
            empty(StatusCode::SERVICE_UNAVAILABLE)
        }
    }
}
