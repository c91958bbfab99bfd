//! What the pictures of products show and the shop has not said: described by a model, proposed, used once a person approves it.

use std::{collections::BTreeMap, time::Duration};

use duka_kernel::TenantScope;
use duka_sales::model::{Description, Shows};
use duka_shop::{Product, additions::Additions};
use duka_store::{
    StoreError,
    lessons::{LessonBody, LessonKind},
    media::StoredMedia,
};
use tokio::time::Instant;

use crate::{
    App,
    describing::{Looker, is_worth_asking},
    shops::Shop,
};

/// How long a model may look at one picture.
const PATIENCE: Duration = Duration::from_secs(30);

/// After so many pictures in a row that no model described, the others are not tried.
const IN_VAIN: usize = 3;

/// What came of looking at the pictures of products, by stock-keeping unit.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Looked {
    /// Something is proposed.
    pub proposed: Vec<String>,
    /// Nothing is missing, or it was proposed before.
    pub nothing_new: Vec<String>,
    /// No model described it.
    pub failed: Vec<String>,
}

/// Has a model describe the pictures of these products, of all if none are named, and proposes what they lack. Nothing if
/// no model may look at pictures.
///
/// # Errors
/// If the database or the storage of pictures fails.
pub async fn propose_from_pictures(
    app: &App,
    scope: TenantScope,
    skus: &[String],
) -> Result<Option<Looked>, StoreError> {
    let shop = app.shops.now(&app.store, scope).await?;
    if !is_worth_asking(app, &shop) {
        return Ok(None);
    }
    let (mut looked, mut in_vain) = (Looked::default(), 0);
    let meant = |product: &&Product| skus.is_empty() || skus.contains(&product.sku);
    for product in shop.catalogue.products().iter().filter(meant) {
        let Some(stored) = picture(app, scope, product).await? else { continue };
        if in_vain == IN_VAIN {
            looked.failed.push(product.sku.clone());
            continue;
        }
        match additions(app, scope, &shop, &stored).await? {
            None => {
                in_vain += 1;
                looked.failed.push(product.sku.clone());
            }
            Some(additions) => {
                in_vain = 0;
                let is_new = propose(app, scope, product, &stored, additions.missing_from(product)).await?;
                let list = if is_new { &mut looked.proposed } else { &mut looked.nothing_new };
                list.push(product.sku.clone());
            }
        }
    }
    Ok(Some(looked))
}

async fn picture(app: &App, scope: TenantScope, product: &Product) -> Result<Option<StoredMedia>, StoreError> {
    let Some(key) = &product.image else { return Ok(None) };
    app.store.read(scope).await?.media(key).await
}

/// What a picture says of a product; nothing if no model says anything that can be read.
pub(crate) async fn additions(
    app: &App,
    scope: TenantScope,
    shop: &Shop,
    stored: &StoredMedia,
) -> Result<Option<Additions>, StoreError> {
    let looker = Looker { app, scope, shop, about: None, until: Instant::now() + PATIENCE };
    let (description, _) = Box::pin(looker.describe(stored)).await?;
    Ok(description.map(|description| of(&description)))
}

fn of(description: &Description) -> Additions {
    if description.kind != Shows::Product {
        return Additions::default();
    }
    let named = [("style", &description.style), ("pattern", &description.pattern), ("occasion", &description.occasion)];
    let said = named.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value.clone()?)));
    Additions {
        category: description.garment.clone(),
        colours: description.colours.clone(),
        tags: description.tags.clone(),
        attributes: said.collect::<BTreeMap<_, _>>(),
        description: description.sentence.clone(),
    }
}

/// Says whether it is new.
async fn propose(
    app: &App,
    scope: TenantScope,
    product: &Product,
    stored: &StoredMedia,
    additions: Additions,
) -> Result<bool, StoreError> {
    if additions.is_empty() {
        return Ok(false);
    }
    let body = LessonBody {
        says: product.sku.clone(),
        source: "picture".into(),
        times: 1,
        additions: Some(additions),
        ..LessonBody::default()
    };
    // Another picture may be proposed from again.
    let (key, now) = (format!("{}\n{}", product.sku, stored.hash), app.clock.now());
    let proposed = app.store.write_with(scope, (key, body), move |tx, (key, body)| {
        Box::pin(tx.propose(LessonKind::Product, key, body, now))
    });
    proposed.await
}
