//! The pictures of a product.

use bytes::Bytes;
use duka_assistant::pictures::{self, NotTaken, Taken};
use duka_kernel::ProductId;
use duka_store::{
    audit::Change,
    catalogue::{MOST_IMAGES, ProductImage},
    looks::hash_of,
};
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        RefOr, Schema,
        schema::{ArrayBuilder, ObjectBuilder},
    },
};
use uuid::Uuid;

use super::{ProductOut, one::read};
use crate::{
    answer::{Done, Versioned, binary},
    describe::Route,
    extract::{Json, Path},
    principal::AtShop,
    problem::{Check, NOT_FOUND, Problem, Reply, STALE},
    route,
    staff::{Staff, right::CatalogEdit},
    upload::Form,
};

/// The largest form with pictures.
pub(super) const PICTURES_LIMIT: usize = 48 * 1024 * 1024;

pub fn routes() -> Vec<Route> {
    vec![route!(add_images).up_to(PICTURES_LIMIT), route!(update_images), route!(update_image), route!(delete_image)]
}

/// Pictures to add: JPEG, PNG, WebP or GIF.
struct PicturesIn;

impl PartialSchema for PicturesIn {
    fn schema() -> RefOr<Schema> {
        let files = ArrayBuilder::new().items(binary()).min_items(Some(1)).max_items(Some(MOST_IMAGES));
        ObjectBuilder::new().property("file", files).required("file").into()
    }
}

impl ToSchema for PicturesIn {}

/// Stores a picture that somebody sent.
pub(super) async fn taken(staff: &AtShop, at: usize, bytes: Bytes) -> Reply<Taken> {
    pictures::take(&staff.api.app, staff.scope, bytes).await.map_err(|why| match why {
        NotTaken::Refused(why) => Problem::field(format!("/file/{at}"), why.to_string()),
        NotTaken::Failed(error) => error.into(),
    })
}

fn told(images: &[ProductImage]) -> Value {
    json!({"images": images.iter().map(|image| hash_of(&image.media_key)).collect::<Vec<_>>()})
}

/// Add pictures to a product, behind those it has. Customers find it by each of them at once.
///
/// They are made smaller and encoded afresh, so that nothing is left in them but what is seen. All of them are added or
/// none; one that the product has already is not added again.
#[utoipa::path(post, path = "/products/{id}/images", tag = "products")]
async fn add_images(
    staff: Staff<CatalogEdit>,
    Path(id): Path<Uuid>,
    form: Form<PicturesIn>,
) -> Reply<Versioned<ProductOut>> {
    let id = ProductId(id);
    let (before, _) = read(&staff.read().await?, id).await?;
    let form = form.read(&staff.api, MOST_IMAGES).await?;
    let mut pictures = Vec::with_capacity(form.files.len());
    for (at, bytes) in form.files.into_iter().enumerate() {
        pictures.push(taken(&staff, at, bytes).await?);
    }
    let now = staff.now();
    let added = staff.change((pictures, before.images), move |tx, (pictures, before)| {
        Box::pin(async move {
            for picture in pictures {
                picture.note(tx, now).await?;
                tx.add_product_image(id, &picture.stored.key, now).await?;
            }
            let read = read(tx, id).await?;
            let change = Change::new("product.pictures_changed").of("product", id);
            Ok((read.clone(), vec![change.from(told(before)).to(told(&read.0.images))]))
        })
    });
    let (page, low) = added.await?;
    Ok(Versioned { version: page.row.version, row: ProductOut::new(page, low) })
}

/// The order of the pictures.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ImagesIn {
    /// Every picture of the product; customers see the first.
    #[schema(max_items = 12)]
    order: Vec<Uuid>,
}

/// Put the pictures of a product in another order.
#[utoipa::path(patch, path = "/products/{id}/images", tag = "products")]
async fn update_images(staff: Staff<CatalogEdit>, Path(id): Path<Uuid>, Json(input): Json<ImagesIn>) -> Reply<Done> {
    let (id, now) = (ProductId(id), staff.now());
    let ordered = staff.change(input.order, move |tx, order| {
        Box::pin(async move {
            let before = tx.product_images(id).await?;
            tx.order_product_images(id, order, now).await?;
            let after = tx.product_images(id).await?;
            let change = Change::new("product.pictures_changed").of("product", id);
            Ok(((), vec![change.from(told(&before)).to(told(&after))]))
        })
    });
    // Not all of its pictures: the list was wrong, or somebody added one meanwhile.
    ordered.await.map_err(|problem| match problem.code == STALE {
        true => Problem::field("/order", "has to name every picture of the product once"),
        false => problem,
    })?;
    Ok(Done)
}

/// What is said of a picture.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ImageIn {
    /// What it shows, for those who do not see it.
    #[schema(max_length = 300)]
    alt: Option<String>,
}

/// Say what a picture of a product shows.
#[utoipa::path(patch, path = "/products/{id}/images/{image}", tag = "products")]
async fn update_image(
    staff: Staff<CatalogEdit>,
    Path((id, image)): Path<(Uuid, Uuid)>,
    Json(input): Json<ImageIn>,
) -> Reply<Done> {
    let (id, now) = (ProductId(id), staff.now());
    if !staff.read().await?.product_images(id).await?.iter().any(|known| known.id == image) {
        return Err(NOT_FOUND.problem());
    }
    let alt = input.alt.map(|alt| alt.trim().to_owned()).filter(|alt| !alt.is_empty());
    let short = alt.as_ref().is_none_or(|alt| alt.chars().count() <= 300);
    Check::new().that(short, "/alt", "has at most 300 characters").done()?;
    let said = staff.change(alt, move |tx, alt| {
        Box::pin(async move {
            tx.set_image_alt(id, image, alt.as_deref(), now).await?;
            let change = Change::new("product.picture_described").of("product", id).to(json!({"alt": alt}));
            Ok(((), vec![change]))
        })
    });
    said.await?;
    Ok(Done)
}

/// Take a picture off a product.
#[utoipa::path(delete, path = "/products/{id}/images/{image}", tag = "products")]
async fn delete_image(staff: Staff<CatalogEdit>, Path((id, image)): Path<(Uuid, Uuid)>) -> Reply<Done> {
    let (id, now) = (ProductId(id), staff.now());
    let gone = staff.change((), move |tx, ()| {
        Box::pin(async move {
            let before = tx.product_images(id).await?;
            tx.delete_product_image(id, image, now).await?;
            let after = tx.product_images(id).await?;
            let change = Change::new("product.pictures_changed").of("product", id);
            Ok(((), vec![change.from(told(&before)).to(told(&after))]))
        })
    });
    gone.await?;
    Ok(Done)
}
