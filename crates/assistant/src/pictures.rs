//! Pictures that people add to products: stored afresh, looked at, described.

use std::{collections::BTreeMap, sync::Arc};

use bytes::Bytes;
use duka_kernel::{TenantScope, Timestamp};
use duka_shop::additions::Additions;
use duka_store::{StoreError, Tx, jobs::JobKind, media::StoredMedia};
use duka_vision::{ImageFeatures, Refused, VERSION};

use crate::{App, describing::is_worth_asking, learning::pictures::additions, looks};

/// How sure the looks have to be of something that is proposed by them alone.
const SURE: f32 = 0.5;

/// A picture that is stored and looked at, and not yet written down.
#[derive(Clone, Debug)]
pub struct Taken {
    /// As it is stored: encoded afresh, so that nothing is in it but pixels.
    pub stored: StoredMedia,
    seen: Option<Arc<ImageFeatures>>,
}

/// Why a picture was not taken.
#[derive(Debug)]
pub enum NotTaken {
    /// It is no picture, damaged or too large.
    Refused(Refused),
    /// The storage or the database failed.
    Failed(StoreError),
}

impl From<Refused> for NotTaken {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}

impl From<StoreError> for NotTaken {
    fn from(error: StoreError) -> Self {
        Self::Failed(error)
    }
}

/// Stores a picture and looks at it. A product that it is added to is then found by it at once.
///
/// # Errors
/// Why it was not taken.
pub async fn take(app: &App, scope: TenantScope, bytes: Bytes) -> Result<Taken, NotTaken> {
    let (picture, rendition) = looks::render(app, bytes).await?;
    let stored = app.media.put(scope, rendition.jpeg.into(), "image/jpeg").await?;
    let seen = looks::look(app, scope, &stored.hash, picture).await?;
    Ok(Taken { stored, seen })
}

impl Taken {
    /// Writes down that the shop has the picture and what it looks like; a provider that places pictures will.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn note(&self, tx: &Tx, now: Timestamp) -> Result<(), StoreError> {
        tx.record_media(&self.stored, now).await?;
        let next = match &self.seen {
            Some(seen) => {
                tx.keep_looks(&self.stored.hash, VERSION, &seen.to_bytes(), now).await?;
                JobKind::EmbedPictures
            }
            None => JobKind::LookAtPictures,
        };
        tx.schedule(next, tx.tenant().0, now).await
    }
}

/// What a picture shows, for a person to look over: by a model where one may be asked, and otherwise by the looks.
///
/// # Errors
/// If the database or the storage fails.
pub async fn describe(app: &App, scope: TenantScope, taken: &Taken) -> Result<Additions, StoreError> {
    let shop = app.shops.now(&app.store, scope).await?;
    let told = match is_worth_asking(app, &shop) {
        true => additions(app, scope, &shop, &taken.stored).await?,
        false => None,
    };
    let by_looks = taken.seen.as_ref().map(|seen| seen_in(seen)).unwrap_or_default();
    let told = told.unwrap_or_default();
    Ok(Additions {
        category: told.category.or(by_looks.category),
        colours: if told.colours.is_empty() { by_looks.colours } else { told.colours },
        ..told
    })
}

fn seen_in(seen: &ImageFeatures) -> Additions {
    let ((category, sure_of_category), (colour, sure_of_colour)) = (seen.category(), seen.colour());
    Additions {
        category: (sure_of_category >= SURE).then(|| category.to_owned()),
        colours: if sure_of_colour >= SURE { vec![colour] } else { Vec::new() },
        tags: Vec::new(),
        attributes: BTreeMap::new(),
        description: None,
    }
}
