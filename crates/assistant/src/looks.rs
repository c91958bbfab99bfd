//! Looking at pictures: off the threads that answer, a few at a time, once for a content.

use std::{
    collections::{HashMap, VecDeque},
    sync::{
        Arc, LazyLock, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use bytes::Bytes;
use duka_kernel::{TenantScope, Timestamp};
use duka_shop::search::Looks;
use duka_store::{
    StoreError,
    jobs::{Job, JobKind},
    looks::{ProductPicture, hash_of},
};
use duka_vision::{ImageFeatures, Picture, Refused, Rendition, VERSION, analyse};
use futures::{StreamExt, stream};
use tokio::{sync::Semaphore, task::spawn_blocking};

use crate::{app::App, placing, shops::Shop};

/// Pictures that are decoded or looked at together; each may take a hundred megabytes for a moment.
const AT_ONCE: usize = 2;

/// Contents that are remembered, at three kilobytes each.
const REMEMBERED: usize = 512;

/// Pictures of products that one job looks at, so that nothing else that is due waits long; the rest is a new job.
const PRODUCTS_AT_ONCE: usize = 16;

/// Pictures of products that a turn looks at where no job did so yet.
const PRODUCTS_IN_A_TURN: usize = 64;

/// The looking of a process.
#[derive(Debug)]
pub struct Looking {
    permits: Semaphore,
    analysed: AtomicU64,
}

/// What a content looks like is the same for every shop.
static SEEN: LazyLock<Mutex<Seen>> = LazyLock::new(Mutex::default);

#[derive(Debug, Default)]
struct Seen {
    by_hash: HashMap<String, Arc<ImageFeatures>>,
    order: VecDeque<String>,
}

impl Default for Looking {
    fn default() -> Self {
        Self { permits: Semaphore::new(AT_ONCE), analysed: AtomicU64::new(0) }
    }
}

impl Looking {
    /// How many pictures this process has looked at.
    #[must_use]
    pub fn analysed(&self) -> u64 {
        self.analysed.load(Ordering::Relaxed)
    }

    fn known(hash: &str) -> Option<Arc<ImageFeatures>> {
        SEEN.lock().unwrap_or_else(PoisonError::into_inner).by_hash.get(hash).cloned()
    }

    fn remember(hash: &str, features: &Arc<ImageFeatures>) {
        let mut seen = SEEN.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.by_hash.insert(hash.to_owned(), Arc::clone(features)).is_none() {
            seen.order.push_back(hash.to_owned());
        }
        if seen.order.len() > REMEMBERED
            && let Some(oldest) = seen.order.pop_front()
        {
            seen.by_hash.remove(&oldest);
        }
    }

    async fn blocking<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
        let _permit = self.permits.acquire().await.ok()?;
        spawn_blocking(work).await.ok()
    }
}

/// Decodes a picture and makes what is stored of it.
///
/// # Errors
/// If it is no picture, damaged or too large.
pub(crate) async fn render(app: &App, bytes: Bytes) -> Result<(Picture, Rendition), Refused> {
    let rendered = app.looking.blocking(move || {
        let picture = Picture::decode(&bytes)?;
        let rendition = picture.rendition();
        Ok((picture, rendition))
    });
    rendered.await.unwrap_or(Err(Refused::Damaged))
}

/// What a stored picture looks like: as remembered, as kept with the shop, or by looking.
pub(crate) async fn look(
    app: &App,
    scope: TenantScope,
    hash: &str,
    picture: Picture,
) -> Result<Option<Arc<ImageFeatures>>, StoreError> {
    if let Some(known) = Looking::known(hash) {
        return Ok(Some(known));
    }
    let kept = app.store.read(scope).await?.looks(hash, VERSION).await?;
    let features = match kept.as_deref().and_then(ImageFeatures::from_bytes) {
        Some(features) => Some(features),
        None => {
            app.looking.analysed.fetch_add(1, Ordering::Relaxed);
            app.looking.blocking(move || analyse(&picture)).await
        }
    };
    let features = features.map(Arc::new);
    if let Some(features) = &features {
        Looking::remember(hash, features);
    }
    Ok(features)
}

/// Makes sure that it is known what the pictures of a shop's products look like.
pub(crate) async fn of_catalogue(app: &App, scope: TenantScope, shop: &Shop) -> Result<(), StoreError> {
    if shop.catalogue.looks().is_some() {
        return Ok(());
    }
    let pictures = app.store.read(scope).await?.product_pictures(VERSION).await?;
    let missing: Vec<&ProductPicture> =
        pictures.iter().filter(|picture| picture.features.is_none()).take(PRODUCTS_IN_A_TURN).collect();
    let found = look_at(app, scope, &missing).await?;
    keep(app, scope, &found, None).await?;
    let known = pictures.iter().filter_map(|picture| {
        let bytes = picture.features.as_ref().or_else(|| found.get(hash_of(&picture.key)))?;
        Some((picture.product, ImageFeatures::from_bytes(bytes)?))
    });
    let placed = placing::of_catalogue(app, scope, shop).await?;
    shop.catalogue.keep_looks(Looks::new(known.collect()).placed(placed));
    Ok(())
}

/// Looks at pictures of products that nobody has looked at; what is left is a job of its own.
pub(crate) async fn run(app: &App, scope: TenantScope, job: &Job) -> Result<(), StoreError> {
    let pictures = app.store.read(scope).await?.product_pictures(VERSION).await?;
    let missing: Vec<&ProductPicture> = pictures.iter().filter(|picture| picture.features.is_none()).collect();
    let now = &missing[..missing.len().min(PRODUCTS_AT_ONCE)];
    let found = look_at(app, scope, now).await?;
    keep(app, scope, &found, Some((job.clone(), missing.len() > now.len()))).await
}

/// Looks at every picture of a shop's products that nobody has looked at.
///
/// # Errors
/// If the database or the storage of pictures fails.
pub async fn at_products(app: &App, scope: TenantScope) -> Result<(), StoreError> {
    let pictures = app.store.read(scope).await?.product_pictures(VERSION).await?;
    let missing: Vec<&ProductPicture> = pictures.iter().filter(|picture| picture.features.is_none()).collect();
    for some in missing.chunks(PRODUCTS_AT_ONCE) {
        let found = look_at(app, scope, some).await?;
        keep(app, scope, &found, None).await?;
    }
    Ok(())
}

/// By the hash of the picture; a picture that cannot be read looks like nothing, and is not tried again.
type Found = HashMap<String, Vec<u8>>;

async fn look_at(app: &App, scope: TenantScope, pictures: &[&ProductPicture]) -> Result<Found, StoreError> {
    let look_at_one = |key: String| async move {
        let hash = hash_of(&key).to_owned();
        if let Some(known) = Looking::known(&hash) {
            return Ok(Some((hash, known.to_bytes())));
        }
        let bytes = match app.media.get(scope, &key).await {
            Ok(bytes) => bytes,
            Err(StoreError::NotFound) => Bytes::new(),
            Err(error) => return Err(error),
        };
        let decoded = app.looking.blocking(move || Picture::decode(&bytes)).await;
        Ok(match decoded {
            Some(Ok(picture)) => look(app, scope, &hash, picture).await?.map(|features| (hash, features.to_bytes())),
            Some(Err(_)) => Some((hash, Vec::new())),
            None => None,
        })
    };
    let keys: Vec<String> = pictures.iter().map(|picture| picture.key.clone()).collect();
    let looked: Vec<Result<_, StoreError>> =
        stream::iter(keys).map(look_at_one).buffer_unordered(AT_ONCE).collect().await;
    looked.into_iter().filter_map(Result::transpose).collect()
}

/// Writes what was found. With a job that is its end, and caches read the catalogue again.
async fn keep(app: &App, scope: TenantScope, found: &Found, job: Option<(Job, bool)>) -> Result<(), StoreError> {
    if found.is_empty() && job.is_none() {
        return Ok(());
    }
    let now: Timestamp = app.clock.now();
    let kept = app.store.write_with(scope, (found.clone(), job), move |tx, (found, job)| {
        Box::pin(async move {
            for (hash, features) in found {
                tx.keep_looks(hash, VERSION, features, now).await?;
            }
            if let Some((job, more)) = job {
                tx.finish_job(job.id).await?;
                tx.catalogue_moved().await?;
                // A provider may place what was looked at; nothing is done where none does.
                let (kind, next) = match more {
                    true => (JobKind::LookAtPictures, job.run_at.max(now).plus_millis(1)),
                    false => (JobKind::EmbedPictures, now),
                };
                tx.schedule(kind, job.subject, next).await?;
            }
            Ok(())
        })
    });
    kept.await
}
