//! What a photo says of a product that is not there yet.

use std::collections::BTreeMap;

use duka_assistant::pictures;
use duka_shop::additions::Additions;
use serde::Serialize;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{RefOr, Schema, schema::ObjectBuilder},
};

use super::images::{PICTURES_LIMIT, taken};
use crate::{
    answer::binary,
    describe::Route,
    extract::Json,
    problem::Reply,
    route,
    staff::{Staff, right::CatalogEdit},
    upload::Form,
};

pub fn routes() -> Vec<Route> {
    vec![route!(describe_product).up_to(PICTURES_LIMIT)]
}

/// One picture: JPEG, PNG, WebP or GIF.
struct PictureIn;

impl PartialSchema for PictureIn {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new().property("file", binary()).required("file").into()
    }
}

impl ToSchema for PictureIn {}

/// What a photo says, to be looked over. What cannot be told is left out.
#[derive(Serialize, ToSchema)]
struct DescribeOut {
    name: Option<String>,
    category: Option<String>,
    colours: Vec<&'static str>,
    /// Words to find it by.
    tags: Vec<String>,
    /// What else is seen, such as `style` and `pattern`.
    attributes: BTreeMap<String, String>,
    description: Option<String>,
}

impl From<Additions> for DescribeOut {
    fn from(said: Additions) -> Self {
        let colours: Vec<&'static str> = said.colours.iter().map(|colour| colour.name()).collect();
        let style = said.attributes.get("style").map(String::as_str);
        let words = [colours.first().copied(), style, said.category.as_deref()];
        Self {
            name: said.category.as_ref().map(|_| title(&words.into_iter().flatten().collect::<Vec<_>>().join(" "))),
            category: said.category,
            colours,
            tags: said.tags,
            attributes: said.attributes,
            description: said.description,
        }
    }
}

fn title(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Propose what to say of a product, from a photo of it.
///
/// What the photo looks like is told by this program alone; where the shop lets a language model look at pictures, that says
/// more. Nothing is saved.
#[utoipa::path(post, path = "/products/describe", tag = "products")]
async fn describe_product(staff: Staff<CatalogEdit>, form: Form<PictureIn>) -> Reply<Json<DescribeOut>> {
    let form = form.read(&staff.api, 1).await?;
    let taken = taken(&staff, 0, form.files.into_iter().next().unwrap_or_default()).await?;
    Ok(Json(pictures::describe(&staff.api.app, staff.scope, &taken).await?.into()))
}
