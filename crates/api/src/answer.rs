//! What handlers give: JSON, parts of lists, nothing, rows with their version.

use std::borrow::Cow;

use axum::{
    extract::{FromRequestParts, OptionalFromRequestParts},
    http::{HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use duka_store::pages::Page;
use serde::Serialize;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        HeaderBuilder, RefOr, Schema,
        schema::{ArrayBuilder, KnownFormat, ObjectBuilder, Ref, SchemaFormat, SchemaType, Type},
    },
};

use crate::{
    Api,
    describe::{Describing, Input, Output},
    extract::Json,
    problem::{INVALID, Problem, Reply, STALE, VERSION_NEEDED},
};

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        match serde_json::to_vec(&self.0) {
            Ok(body) => ([(header::CONTENT_TYPE, "application/json")], body).into_response(),
            Err(error) => Problem::internal(error).into_response(),
        }
    }
}

impl<T: ToSchema> Output for Json<T> {
    fn describe(at: &mut Describing<'_>) {
        let schema = at.schema::<T>();
        at.answers("200", "OK", Some(("application/json", schema)));
    }
}

/// The schema of a file.
pub(crate) fn binary() -> ObjectBuilder {
    let format = SchemaFormat::KnownFormat(KnownFormat::Binary);
    ObjectBuilder::new().schema_type(Type::String).format(Some(format))
}

/// Something was made.
#[derive(Debug)]
pub struct Created<T>(pub T);

impl<T: Serialize> IntoResponse for Created<T> {
    fn into_response(self) -> Response {
        (StatusCode::CREATED, Json(self.0)).into_response()
    }
}

impl<T: ToSchema> Output for Created<T> {
    fn describe(at: &mut Describing<'_>) {
        let schema = at.schema::<T>();
        at.answers("201", "Made", Some(("application/json", schema)));
    }
}

/// Something was begun and goes on by itself.
#[derive(Debug)]
pub struct Accepted<T>(pub T);

impl<T: Serialize> IntoResponse for Accepted<T> {
    fn into_response(self) -> Response {
        (StatusCode::ACCEPTED, Json(self.0)).into_response()
    }
}

impl<T: ToSchema> Output for Accepted<T> {
    fn describe(at: &mut Describing<'_>) {
        let schema = at.schema::<T>();
        at.answers("202", "Begun", Some(("application/json", schema)));
    }
}

/// Done, with nothing to say.
#[derive(Debug)]
pub struct Done;

impl IntoResponse for Done {
    fn into_response(self) -> Response {
        StatusCode::NO_CONTENT.into_response()
    }
}

impl Output for Done {
    fn describe(at: &mut Describing<'_>) {
        at.answers("204", "Done", None);
    }
}

/// A part of a list.
#[derive(Debug, Serialize)]
pub struct List<T> {
    /// The rows.
    pub items: Vec<T>,
    /// `cursor` of the next part; null at the end.
    pub next: Option<String>,
}

impl<T> List<T> {
    /// A list that has one part only.
    pub const fn whole(items: Vec<T>) -> Self {
        Self { items, next: None }
    }

    /// The part of a list that a page of the database is.
    pub fn of<R>(page: Page<R>, row: impl FnMut(R) -> T) -> Self {
        Self { next: page.next.map(|next| next.to_string()), items: page.items.into_iter().map(row).collect() }
    }
}

impl<T: ToSchema> PartialSchema for List<T> {
    fn schema() -> RefOr<Schema> {
        let next = ObjectBuilder::new()
            .schema_type(SchemaType::from_iter([Type::String, Type::Null]))
            .description(Some("`cursor` of the next part; null at the end"));
        ObjectBuilder::new()
            .property("items", ArrayBuilder::new().items(Ref::from_schema_name(T::name())))
            .property("next", next)
            .required("items")
            .required("next")
            .into()
    }
}

impl<T: ToSchema> ToSchema for List<T> {
    fn name() -> Cow<'static, str> {
        format!("{}List", T::name()).into()
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        T::schemas(schemas);
        schemas.push((T::name().into_owned(), T::schema()));
    }
}

/// A row that several people may edit: its version goes with it as `ETag`, and comes back as `If-Match`.
#[derive(Debug)]
pub struct Versioned<T> {
    /// The version of the row.
    pub version: i64,
    /// The row.
    pub row: T,
}

impl<T: Serialize> IntoResponse for Versioned<T> {
    fn into_response(self) -> Response {
        let mut response = Json(self.row).into_response();
        if let Ok(tag) = HeaderValue::from_str(&format!("\"{}\"", self.version)) {
            response.headers_mut().insert(header::ETAG, tag);
        }
        response
    }
}

impl<T: ToSchema> Output for Versioned<T> {
    fn describe(at: &mut Describing<'_>) {
        let schema = at.schema::<T>();
        let text = <String as PartialSchema>::schema();
        let tag = HeaderBuilder::new().schema(Some(text)).description(Some("The version, for If-Match")).build();
        let response = at.answers("200", "OK", Some(("application/json", schema)));
        response.headers.insert("ETag".to_owned(), tag.into());
    }
}

/// Which version of a row is changed. Without it nothing is: somebody else may have changed the row meanwhile.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct IfMatch(pub i64);

impl IfMatch {
    /// Goes on if this is the version of the row now. The `UPDATE` has to say so too.
    ///
    /// # Errors
    /// [`STALE`] if it is another.
    pub fn is(self, version: i64) -> Reply<()> {
        if self.0 == version { Ok(()) } else { Err(STALE.problem()) }
    }
}

fn if_match(parts: &Parts) -> Reply<Option<i64>> {
    let Some(tag) = parts.headers.get(header::IF_MATCH) else { return Ok(None) };
    let text = tag.to_str().unwrap_or_default().trim().trim_start_matches("W/").trim_matches('"');
    text.parse().map(Some).map_err(|_| INVALID.because("If-Match has to be the ETag that came with what is changed"))
}

impl FromRequestParts<Api> for IfMatch {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, _: &Api) -> Reply<Self> {
        if_match(parts)?.map(Self).ok_or_else(|| VERSION_NEEDED.problem())
    }
}

impl OptionalFromRequestParts<Api> for IfMatch {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, _: &Api) -> Result<Option<Self>, Problem> {
        Ok(if_match(parts)?.map(Self))
    }
}

impl Input for IfMatch {
    fn describe(at: &mut Describing<'_>) {
        at.header("If-Match", true, "The version that is changed: the ETag that came with it");
    }
}
