//! The shop's pictures and recordings.

use axum::{
    http::{HeaderName, HeaderValue, header},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use duka_shop::team::Right;
use duka_store::media::key_of;

use crate::{
    answer::binary,
    describe::{Describing, Output, Route},
    extract::Path,
    problem::{NO_RIGHT, NOT_FOUND, Reply},
    route,
    staff::Insider,
};

pub fn routes() -> Vec<Route> {
    vec![route!(get_media)]
}

/// A picture or a recording, as it is.
#[derive(Debug)]
struct Media {
    kind: HeaderValue,
    bytes: Bytes,
}

impl IntoResponse for Media {
    fn into_response(self) -> Response {
        // What a hash stands for never changes, but it is this shop's alone.
        let headers: [(HeaderName, HeaderValue); 3] = [
            (header::CONTENT_TYPE, self.kind),
            (header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=31536000, immutable")),
            (header::CONTENT_DISPOSITION, HeaderValue::from_static("inline")),
        ];
        (headers, self.bytes).into_response()
    }
}

impl Output for Media {
    fn describe(at: &mut Describing<'_>) {
        let file = binary();
        at.answers("200", "The file", Some(("*/*", file.into())));
    }
}

/// Read a picture or a recording of the shop by the hash of its content.
///
/// Pictures of products are for everybody in the shop; what customers sent needs the right `conversations:view`.
#[utoipa::path(get, path = "/media/{hash}", tag = "media")]
async fn get_media(caller: Insider, Path(hash): Path<String>) -> Reply<Media> {
    if hash.len() != 64 || !hash.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b)) {
        return Err(NOT_FOUND.problem());
    }
    let key = key_of(caller.scope, &hash);
    let tx = caller.read().await?;
    let stored = tx.media(&key).await?.ok_or_else(|| NOT_FOUND.problem())?;
    let (kind, _) = stored.content_type.split_once('/').unwrap_or_default();
    // Lists and documents are not shown by their address.
    if !matches!(kind, "image" | "audio") {
        return Err(NOT_FOUND.problem());
    }
    if !tx.is_product_image(&key).await? && !caller.rights.has(Right::ConversationsView) {
        return Err(NO_RIGHT.because(format!("This needs the right {}", Right::ConversationsView)));
    }
    drop(tx);
    let bytes = caller.api.app.media.get(caller.scope, &key).await?;
    let kind = HeaderValue::from_str(&stored.content_type).map_err(|_| NOT_FOUND.problem())?;
    Ok(Media { kind, bytes })
}
