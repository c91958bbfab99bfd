//! Placing pictures among their likes by a provider's embeddings, where one is configured that takes pictures: those of the
//! catalogue in the background, a customer's when it comes. Otherwise the looks alone say what is alike.

use std::time::Duration;

use bytes::Bytes;
use duka_kernel::{ProductId, TenantScope, Timestamp};
use duka_models::{Embeddable, Picture};
use duka_shop::{knowledge::Embedding, models::ModelUse};
use duka_store::{
    StoreError,
    jobs::{Job, JobKind},
    looks::hash_of,
    media::StoredMedia,
    picture_vectors::Unplaced,
};
use tokio::time::Instant;

use crate::{
    app::App,
    describing::Looker,
    models::{self, NoModel},
    shops::Shop,
    thinking::LEAST,
};

/// Pictures of products that one job has placed; the rest is a new job.
const AT_ONCE: u32 = 24;

/// How long a provider may take for them.
const PATIENCE: Duration = Duration::from_secs(60);

/// Missing vectors are asked for at most this often.
const HOUR_MILLIS: i64 = 3_600_000;

/// The model that places pictures for this shop, if one may.
pub(crate) fn model(app: &App, shop: &Shop) -> Option<String> {
    models::embeds_pictures_as(app, shop).filter(|_| shop.profile.models.talk != ModelUse::Off)
}

/// The pictures of the catalogue as the provider places them that is asked now.
///
/// # Errors
/// If the database fails.
pub(crate) async fn of_catalogue(
    app: &App,
    scope: TenantScope,
    shop: &Shop,
) -> Result<Vec<(ProductId, Embedding)>, StoreError> {
    match model(app, shop) {
        Some(model) => app.store.read(scope).await?.product_vectors(&model).await,
        None => Ok(Vec::new()),
    }
}

/// Where a provider places a customer's picture, as kept with the shop or by asking; nothing if there is nothing to compare
/// it with, or none answers in time.
///
/// # Errors
/// If the database or the storage of pictures fails.
pub(crate) async fn picture(looker: &Looker<'_>, stored: &StoredMedia) -> Result<Option<Embedding>, StoreError> {
    let Looker { app, scope, shop, about, until } = *looker;
    let Some(model) = model(app, shop) else { return Ok(None) };
    let Some(looks) = shop.catalogue.looks().filter(|looks| !looks.is_empty()) else { return Ok(None) };
    if !looks.is_placed_by(&model) {
        // A key was set, or another model chosen, since the pictures came.
        let hour = Timestamp(app.clock.now().0 / HOUR_MILLIS * HOUR_MILLIS);
        let set = app.store.write(scope, move |tx| Box::pin(tx.schedule(JobKind::EmbedPictures, tx.tenant().0, hour)));
        set.await?;
        return Ok(None);
    }
    if let Some(kept) = app.store.read(scope).await?.picture_vector(&stored.hash, &model).await? {
        return Ok(Some(kept));
    }
    let budget = until.saturating_duration_since(Instant::now());
    if budget < LEAST {
        return Ok(None);
    }
    let bytes = app.media.get(scope, &stored.key).await?;
    let items = [Embeddable::Picture(Picture { mime: stored.content_type.clone(), bytes })];
    let Ok(embedded) = models::embed(app, scope, shop, about, &items, budget).await else { return Ok(None) };
    let Some(embedding) = embedded.into_iter().next().map(own) else { return Ok(None) };
    let (now, keep) = (app.clock.now(), (stored.hash.clone(), embedding.clone()));
    let kept = app
        .store
        .write_with(scope, keep, move |tx, (hash, embedding)| Box::pin(tx.keep_picture_vector(hash, embedding, now)));
    kept.await?;
    Ok(Some(embedding))
}

/// Has a provider place pictures of products that it has not placed. What is left is a job of its own.
pub(crate) async fn run(app: &App, scope: TenantScope, job: &Job) -> Result<(), StoreError> {
    let shop = app.shops.now(&app.store, scope).await?;
    let Some(model) = model(app, &shop) else {
        let id = job.id;
        return app.store.write(scope, move |tx| Box::pin(tx.finish_job(id))).await;
    };
    let waiting = app.store.read(scope).await?.unplaced_pictures(&model, AT_ONCE).await?;
    let placed = place(app, scope, &shop, &model, &waiting).await?;
    let more = waiting.len() == AT_ONCE as usize && !placed.is_empty();
    let (now, work) = (app.clock.now(), (placed, job.clone()));
    let kept = app.store.write_with(scope, work, move |tx, (placed, job)| {
        Box::pin(async move {
            for (hash, embedding) in placed {
                tx.keep_picture_vector(hash, embedding, now).await?;
            }
            tx.finish_job(job.id).await?;
            tx.catalogue_moved().await?;
            if more {
                tx.schedule(JobKind::EmbedPictures, job.subject, job.run_at.max(now).plus_millis(1)).await?;
            }
            Ok(())
        })
    });
    kept.await
}

/// By the hash of the picture. A picture that is gone has an empty place, so that it is not tried again.
async fn place(
    app: &App,
    scope: TenantScope,
    shop: &Shop,
    model: &str,
    waiting: &[Unplaced],
) -> Result<Vec<(String, Embedding)>, StoreError> {
    let (mut hashes, mut items, mut gone) = (Vec::new(), Vec::new(), Vec::new());
    for Unplaced { key, name } in waiting {
        let hash = hash_of(key).to_owned();
        let bytes = match app.media.get(scope, key).await {
            Ok(bytes) => bytes,
            Err(StoreError::NotFound) => Bytes::new(),
            Err(error) => return Err(error),
        };
        let Some(mime) = crate::media::sniff(&bytes).filter(|mime| mime.starts_with("image/")) else {
            gone.push(hash);
            continue;
        };
        let picture = Picture { mime: mime.to_owned(), bytes };
        items.push(Embeddable::PictureWith { picture, text: name.clone() });
        hashes.push(hash);
    }
    let nowhere = |hash| (hash, Embedding { model: model.to_owned(), values: Vec::new() });
    let mut placed: Vec<(String, Embedding)> = gone.into_iter().map(nowhere).collect();
    if !items.is_empty() {
        match models::embed(app, scope, shop, None, &items, PATIENCE).await {
            Ok(embedded) => placed.extend(hashes.into_iter().zip(embedded.into_iter().map(own))),
            Err(NoModel::AllDown | NoModel::NoAnswer) => {
                return Err(StoreError::Unavailable("no provider placed the pictures".into()));
            }
            Err(NoModel::NotConfigured | NoModel::OverBudget) => {}
        }
    }
    Ok(placed)
}

fn own(embedding: duka_models::Embedding) -> Embedding {
    Embedding { model: embedding.model, values: embedding.values }
}
