//! Pictures and files: those that customers send, and those of products.
//!
//! They are stored by their content under their shop. What a customer sends is fetched once, from the channel's
//! own hosts only, and believed to be what its bytes say, not what it is announced as.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

use bytes::Bytes;
use duka_kernel::{ConversationId, MessageId, TenantScope, Timestamp};
use duka_providers::channels::twilio::{DEFAULT_MEDIA_LIMIT, MediaError};
use duka_sales::Unheard;
use duka_store::{StoreError, Tx, inbox::Inbound, media::StoredMedia};
use duka_vision::{ImageFeatures, MAX_RENDITION_BYTES, MAX_SIDE, Refused, VERSION};

use crate::{app::App, looks, shops::Shop};

/// A file of a message, stored.
#[derive(Clone, Debug)]
pub struct Kept {
    message: MessageId,
    stored: StoredMedia,
    /// What it looks like, if it is a picture that was looked at.
    pub(crate) seen: Option<Arc<ImageFeatures>>,
    /// What is said in it, if it is a recording that was listened to, or why nothing was heard.
    pub(crate) said: Option<Result<String, Unheard>>,
}

impl Kept {
    /// Whose file it is.
    pub(crate) const fn message(&self) -> MessageId {
        self.message
    }

    /// The file as it is stored.
    pub(crate) const fn stored(&self) -> &StoredMedia {
        &self.stored
    }

    /// Writes down that the message has the file, and what was heard in it.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn note(&self, tx: &Tx, now: Timestamp) -> Result<(), StoreError> {
        tx.record_media(&self.stored, now).await?;
        if let Some(seen) = &self.seen {
            tx.keep_looks(&self.stored.hash, VERSION, &seen.to_bytes(), now).await?;
        }
        if let Some(Ok(said)) = &self.said {
            tx.set_transcript(self.message, said).await?;
        }
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

/// A recording in a container that usually holds a film: believed of what was sent as a voice note.
fn sound_in_mp4(message: &Inbound, bytes: &[u8]) -> Option<&'static str> {
    let is_mp4 = infer::get(bytes).is_some_and(|found| matches!(found.mime_type(), "video/mp4" | "video/x-m4v"));
    (message.kind == "voice" && is_mp4).then_some("audio/mp4")
}

/// Fetches and stores the file of a message: a sound as it is, a picture encoded afresh and looked at. A turn that is
/// decided again fetches nothing again.
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
    if let Some(kept) = app.fetched.get(scope, message.id) {
        return Ok(kept);
    }
    let bytes = bytes_of(app, scope, shop, message, url).await?;
    let kind = sniff(&bytes).or_else(|| sound_in_mp4(message, &bytes)).ok_or(Lost::WrongType)?;
    let failed = |error: StoreError| {
        tracing::error!(%error, message = %message.id, "a customer's file could not be stored");
        Lost::Gone
    };
    let kept = if kind.starts_with("image/") {
        let (picture, rendition) = looks::render(app, bytes).await?;
        let stored = app.media.put(scope, rendition.jpeg.into(), "image/jpeg").await.map_err(failed)?;
        let seen = looks::look(app, scope, &stored.hash, picture).await.map_err(failed)?;
        Kept { message: message.id, stored, seen, said: None }
    } else {
        let stored = app.media.put(scope, bytes, kind).await.map_err(failed)?;
        Kept { message: message.id, stored, seen: None, said: None }
    };
    app.fetched.keep(scope, &kept);
    Ok(kept)
}

async fn bytes_of(
    app: &App,
    scope: TenantScope,
    shop: &Shop,
    message: &Inbound,
    url: Option<&str>,
) -> Result<Bytes, Lost> {
    match (&message.media_key, url) {
        (Some(key), _) => app.media.get(scope, key).await.map_err(|_| Lost::Gone),
        (None, Some(url)) => fetch(app, shop, url).await,
        (None, None) => Err(Lost::Gone),
    }
}

/// Files of messages whose turn is not committed yet.
#[derive(Debug, Default)]
pub(crate) struct Fetched(Mutex<VecDeque<(TenantScope, Kept)>>);

impl Fetched {
    const REMEMBERED: usize = 256;

    fn get(&self, scope: TenantScope, message: MessageId) -> Option<Kept> {
        let fetched = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = fetched.iter().find(|(of, kept)| *of == scope && kept.message == message);
        found.map(|(_, kept)| kept.clone())
    }

    /// Remembers a file, in place of what was known of it.
    pub fn keep(&self, scope: TenantScope, kept: &Kept) {
        let mut fetched = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        fetched.retain(|(of, known)| *of != scope || known.message != kept.message);
        fetched.push_back((scope, kept.clone()));
        if fetched.len() > Self::REMEMBERED {
            fetched.pop_front();
        }
    }
}

/// A file of a message, as people look at it or listen to it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct File {
    /// Its MIME type.
    pub content_type: String,
    /// Its content.
    pub bytes: Bytes,
}

impl App {
    /// The picture or recording that came with a message; nothing if none did, or it could not be kept.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if the shop has no such message; or if the storage or the database fails.
    pub async fn file_of(&self, scope: TenantScope, message: MessageId) -> Result<Option<File>, StoreError> {
        let tx = self.store.read(scope).await?;
        let Some(key) = tx.media_key_of(message).await? else { return Ok(None) };
        let Some(stored) = tx.media(&key).await? else { return Ok(None) };
        drop(tx);
        let bytes = self.media.get(scope, &key).await?;
        Ok(Some(File { content_type: stored.content_type, bytes }))
    }
}

/// Stores a picture that somebody of the shop sends: encoded afresh, so that it is nothing but a picture. Inside: why it
/// was not taken.
///
/// # Errors
/// If the storage or the database fails.
pub async fn keep_picture(
    app: &App,
    scope: TenantScope,
    bytes: Bytes,
) -> Result<Result<StoredMedia, Lost>, StoreError> {
    let rendition = match looks::render(app, bytes).await {
        Ok((_, rendition)) => rendition,
        Err(refused) => return Ok(Err(refused.into())),
    };
    let stored = app.media.put(scope, rendition.jpeg.into(), "image/jpeg").await?;
    record(app, scope, stored).await.map(Ok)
}

/// Stores a recording that somebody of the shop sends. Inside: why it was not taken.
///
/// # Errors
/// If the storage or the database fails.
pub async fn keep_sound(app: &App, scope: TenantScope, bytes: Bytes) -> Result<Result<StoredMedia, Lost>, StoreError> {
    let Some(kind) = sniff(&bytes).filter(|kind| kind.starts_with("audio/")) else { return Ok(Err(Lost::WrongType)) };
    let stored = app.media.put(scope, bytes, kind).await?;
    record(app, scope, stored).await.map(Ok)
}

async fn record(app: &App, scope: TenantScope, stored: StoredMedia) -> Result<StoredMedia, StoreError> {
    let now = app.clock.now();
    let kept = stored.clone();
    app.store.write_with(scope, stored, move |tx, stored| Box::pin(tx.record_media(stored, now))).await?;
    Ok(kept)
}

impl App {
    /// Takes away what an erased customer leaves outside of the database: their files, and the memory of this process where
    /// they write.
    pub async fn forget(&self, scope: TenantScope, conversations: &[ConversationId], files: &[String]) {
        for conversation in conversations {
            self.correspondents.forget(*conversation);
        }
        for key in files {
            if let Err(error) = self.media.delete(scope, key).await {
                tracing::error!(%error, tenant = %scope.tenant(), "a file of an erased customer is still there");
            }
        }
    }
}

/// A picture of a product as it is stored: what is small already as it is, everything else encoded afresh.
///
/// # Errors
/// If it is no picture, damaged or too large.
pub async fn fit(app: &App, bytes: Bytes) -> Result<Bytes, Refused> {
    let small = bytes.len() <= MAX_RENDITION_BYTES && sniff(&bytes) == Some("image/jpeg");
    let (picture, rendition) = looks::render(app, bytes.clone()).await?;
    let (width, height) = picture.dimensions();
    let bare = !bytes.windows(6).any(|window| window == b"Exif\0\0");
    Ok(if small && bare && width.max(height) <= MAX_SIDE { bytes } else { rendition.jpeg.into() })
}

impl From<Refused> for Lost {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::NotAPicture => Self::WrongType,
            Refused::TooLarge => Self::TooLarge,
            Refused::Damaged => Self::Gone,
        }
    }
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
