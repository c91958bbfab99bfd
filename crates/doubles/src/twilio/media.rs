//! Files that customers sent.

use std::sync::{Arc, atomic::Ordering};

use axum::{
    body::Body,
    extract::Path,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use bytes::Bytes;

use super::{State, api::refusal, lock};

/// What is found at the address of a medium.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum HostedMedia {
    /// A file.
    File {
        /// What it is announced as, truly or not.
        content_type: String,
        /// Its bytes.
        bytes: Bytes,
    },
    /// A file whose length is not told beforehand, sent piece by piece.
    Stream {
        /// What it is announced as.
        content_type: String,
        /// A piece.
        piece: Bytes,
        /// How often it comes.
        pieces: usize,
    },
    /// It is elsewhere.
    Redirect(String),
    /// It was deleted.
    Gone,
}

pub(super) async fn download(
    axum::extract::State(state): axum::extract::State<Arc<State>>,
    Path((account, _, medium)): Path<(String, String, String)>,
    headers: HeaderMap,
) -> Response {
    state.downloads.fetch_add(1, Ordering::Relaxed);
    if let Err(refused) = state.authenticate(&account, &headers) {
        return *refused;
    }
    let hosted = lock(&state.media).get(&medium).cloned();
    match hosted {
        Some(HostedMedia::File { content_type, bytes }) => {
            ([(header::CONTENT_TYPE, content_type)], bytes).into_response()
        }
        Some(HostedMedia::Stream { content_type, piece, pieces }) => {
            let stream =
                futures::stream::iter((0..pieces).map(move |_| Ok::<_, std::convert::Infallible>(piece.clone())));
            ([(header::CONTENT_TYPE, content_type)], Body::from_stream(stream)).into_response()
        }
        Some(HostedMedia::Redirect(location)) => {
            (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, location)]).into_response()
        }
        Some(HostedMedia::Gone) | None => refusal(404, 20_404, "The requested resource was not found"),
    }
}
