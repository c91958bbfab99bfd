//! Pictures and files: those that customers send, and those of products.
//!
//! They are stored by their content under their shop. What a customer sends is fetched once, from the channel's
//! own hosts only, and believed to be what its bytes say, not what it is announced as.

use bytes::Bytes;
use duka_kernel::{MessageId, TenantScope, Timestamp};
use duka_providers::channels::twilio::{DEFAULT_MEDIA_LIMIT, MediaError};
use duka_store::{StoreError, Tx, inbox::Inbound, media::StoredMedia};

use crate::{app::App, shops::Shop};

/// A file of a message, stored.
#[derive(Clone, Debug)]
pub struct Kept {
    message: MessageId,
    stored: StoredMedia,
}

impl Kept {
    /// Writes down that the message has the file.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn note(&self, tx: &Tx, now: Timestamp) -> Result<(), StoreError> {
        tx.record_media(&self.stored, now).await?;
        tx.set_media_key(self.message, &self.stored.key).await
    }
}

/// Why a file of a message was not kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Lost {
    /// More than WhatsApp passes on.
    TooLarge,
    /// Not a picture, or not a sound.
    WrongType,
    /// Not to be had.
    Gone,
}

impl Lost {
    /// The word by which the policy knows it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::TooLarge => "too_large",
            Self::WrongType => "wrong_type",
            Self::Gone => "picture",
        }
    }
}

/// What a file is, by its first bytes, and whether it is a picture or a sound that is kept.
#[must_use]
pub fn sniff(bytes: &[u8]) -> Option<&'static str> {
    const KEPT: [&str; 9] = [
        "image/jpeg",
        "image/png",
        "image/webp",
        "image/gif",
        "audio/ogg",
        "audio/mpeg",
        "audio/amr",
        "audio/m4a",
        "audio/aac",
    ];
    let found = infer::get(bytes)?.mime_type();
    KEPT.into_iter().find(|kept| *kept == found)
}

/// Fetches and stores the file of a message, unless the channel stored it already.
///
/// # Errors
/// Why it was not kept.
pub async fn keep(
    app: &App,
    scope: TenantScope,
    shop: &Shop,
    message: &Inbound,
    url: Option<&str>,
) -> Result<Kept, Lost> {
    let bytes = match (&message.media_key, url) {
        (Some(key), _) => app.media.get(scope, key).await.map_err(|_| Lost::Gone)?,
        (None, Some(url)) => fetch(app, shop, url).await?,
        (None, None) => return Err(Lost::Gone),
    };
    let content_type = sniff(&bytes).ok_or(Lost::WrongType)?;
    let stored = app.media.put(scope, bytes, content_type).await.map_err(|error| {
        tracing::error!(%error, message = %message.id, "a customer's file could not be stored");
        Lost::Gone
    })?;
    Ok(Kept { message: message.id, stored })
}

async fn fetch(app: &App, shop: &Shop, url: &str) -> Result<Bytes, Lost> {
    let account = shop.twilio.as_ref().ok_or(Lost::Gone)?;
    let media = app.outside.twilio().download(account, url, &["image/", "audio/"], DEFAULT_MEDIA_LIMIT).await;
    media.map(|media| media.bytes).map_err(|error| {
        tracing::warn!(%error, "a customer's file was not fetched");
        match error {
            MediaError::TooLarge { .. } => Lost::TooLarge,
            MediaError::WrongType(_) => Lost::WrongType,
            _ => Lost::Gone,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::sniff;

    #[test]
    fn a_file_is_what_its_bytes_say() {
        assert_eq!(sniff(&[0xFF, 0xD8, 0xFF, 0xE0, 0, 0]), Some("image/jpeg"));
        assert_eq!(sniff(b"OggS\0\x02\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"), Some("audio/ogg"));
        assert_eq!(sniff(b"MZ\x90\0"), None);
        assert_eq!(sniff(b"<script>alert(1)</script>"), None);
        assert_eq!(sniff(b""), None);
    }
}
