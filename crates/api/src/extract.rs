//! What handlers are given: bodies, queries and identities, checked, with complaints that name the field.

use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, OptionalFromRequest, RawPathParams, Request, rejection::BytesRejection},
    http::{StatusCode, header, request::Parts},
};
use duka_store::pages::Cursor;
use serde::{Deserialize, de::DeserializeOwned};
use utoipa::{
    IntoParams, PartialSchema, ToSchema,
    openapi::{
        Content, RefOr, Required, Schema,
        path::{ParameterBuilder, ParameterIn},
        request_body::RequestBodyBuilder,
        schema::{KnownFormat, ObjectBuilder, SchemaFormat, Type},
    },
};
use uuid::Uuid;

use crate::{
    Api,
    describe::{Describing, Input},
    problem::{BAD_BODY, BAD_JSON, INVALID, NOT_FOUND, Problem, Reply, TOO_LARGE, WRONG_TYPE},
};

/// A body of JSON, taken or given.
#[derive(Clone, Copy, Debug)]
pub struct Json<T>(pub T);

impl<T: DeserializeOwned> FromRequest<Api> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, api: &Api) -> Reply<Self> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim();
        if kind != "application/json" {
            return Err(WRONG_TYPE.because("Content-Type has to be application/json"));
        }
        let body = Bytes::from_request(request, api).await.map_err(unread)?;
        read_json(&body).map(Self)
    }
}

impl<T: ToSchema> Input for Json<T> {
    fn describe(at: &mut Describing<'_>) {
        let schema = at.schema::<T>();
        let body = RequestBodyBuilder::new().content("application/json", Content::new(Some(schema)));
        at.operation.request_body = Some(RefOr::T(body.required(Some(Required::True)).build()));
    }
}

/// A body that may be left out.
impl<T: DeserializeOwned> OptionalFromRequest<Api> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, api: &Api) -> Result<Option<Self>, Problem> {
        if !request.headers().contains_key(header::CONTENT_TYPE) {
            return Ok(None);
        }
        <Self as FromRequest<Api>>::from_request(request, api).await.map(Some)
    }
}

impl<T: ToSchema> Input for Option<Json<T>> {
    fn describe(at: &mut Describing<'_>) {
        Json::<T>::describe(at);
        if let Some(RefOr::T(body)) = &mut at.operation.request_body {
            body.required = Some(Required::False);
        }
    }
}

pub(crate) fn unread(rejection: BytesRejection) -> Problem {
    match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => TOO_LARGE.problem(),
        _ => BAD_BODY.problem(),
    }
}

fn read_json<T: DeserializeOwned>(body: &[u8]) -> Reply<T> {
    // PostgreSQL stores no text with it, and nobody types it.
    if body.windows(6).any(|part| part == b"\\u0000") {
        return Err(INVALID.because("The character U+0000 is not taken"));
    }
    // Serde would also take the fields of an object in a row, without their names.
    if body.trim_ascii_start().first().is_some_and(|first| b"[\"-0123456789tfn".contains(first)) {
        return Err(Problem::field("", "has to be an object"));
    }
    let mut reader = serde_json::Deserializer::from_slice(body);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let pointer = pointer(error.path());
        let cause = error.into_inner();
        if cause.is_data() { Problem::field(pointer, plain(&cause)) } else { BAD_JSON.because(cause) }
    })?;
    reader.end().map_err(|cause| BAD_JSON.because(cause))?;
    Ok(value)
}

/// What serde says, without the place in the text, which the pointer says better.
fn plain(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split(" at line ").next().unwrap_or_default().to_owned()
}

fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    let part = |segment: &Segment| match segment {
        Segment::Seq { index } => format!("/{index}"),
        Segment::Map { key } => format!("/{}", key.replace('~', "~0").replace('/', "~1")),
        Segment::Enum { variant } => format!("/{variant}"),
        Segment::Unknown => String::new(),
    };
    path.iter().map(part).collect()
}

/// Filters and options behind the question mark.
#[derive(Clone, Copy, Debug)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<Api> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &Api) -> Reply<Self> {
        let text = parts.uri.query().unwrap_or_default();
        if text.contains("%00") {
            return Err(INVALID.because("The character U+0000 is not taken"));
        }
        let pairs = serde_urlencoded::Deserializer::new(url::form_urlencoded::parse(text.as_bytes()));
        let value = serde_path_to_error::deserialize(pairs);
        value.map(Self).map_err(|error| Problem::field(pointer(error.path()), error.inner().to_string()))
    }
}

impl<T: IntoParams> Input for Query<T> {
    fn describe(at: &mut Describing<'_>) {
        for parameter in T::into_params(|| Some(ParameterIn::Query)) {
            at.parameter(parameter);
        }
    }
}

/// Which part of a list: `cursor` as the last part gave it in `next`, and how many at most.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Paging {
    /// After which row it goes on.
    pub after: Option<Cursor>,
    /// How many rows at most.
    pub limit: u32,
}

#[derive(Deserialize, IntoParams)]
struct PagingIn {
    /// Where the list goes on: `next` of the part before. The first part without it.
    cursor: Option<String>,
    /// How many at most: 25 if nothing is said, up to 100.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
}

impl FromRequestParts<Api> for Paging {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Reply<Self> {
        let Query(PagingIn { cursor, limit }) = Query::from_request_parts(parts, api).await?;
        let limit = limit.unwrap_or(25);
        if !(1..=100).contains(&limit) {
            return Err(Problem::field("/limit", "has to be 1 to 100"));
        }
        let after = cursor.filter(|cursor| !cursor.is_empty()).map(|cursor| cursor.parse::<Cursor>()).transpose()?;
        Ok(Self { after, limit })
    }
}

impl Input for Paging {
    fn describe(at: &mut Describing<'_>) {
        Query::<PagingIn>::describe(at);
    }
}

/// What stands in braces in the address: a [`Uuid`], a [`String`], or two of them.
#[derive(Clone, Copy, Debug)]
pub struct Path<T>(pub T);

/// Something that can stand in an address.
pub trait Segment: Sized {
    /// Reads it; nothing if it is none.
    fn read(text: &str) -> Option<Self>;
    /// How it is written.
    fn schema() -> RefOr<Schema>;
}

impl Segment for Uuid {
    fn read(text: &str) -> Option<Self> {
        Self::parse_str(text).ok()
    }
    fn schema() -> RefOr<Schema> {
        let uuid = SchemaFormat::KnownFormat(KnownFormat::Uuid);
        ObjectBuilder::new().schema_type(Type::String).format(Some(uuid)).into()
    }
}

impl Segment for String {
    fn read(text: &str) -> Option<Self> {
        (!text.contains('\0')).then(|| text.to_owned())
    }
    fn schema() -> RefOr<Schema> {
        <Self as PartialSchema>::schema()
    }
}

/// What an address holds in all.
pub trait Segments: Sized {
    /// Reads them in order; nothing if one is wrong.
    fn read(texts: &[&str]) -> Option<Self>;
    /// How each is written.
    fn schemas() -> Vec<RefOr<Schema>>;
}

impl<A: Segment> Segments for A {
    fn read(texts: &[&str]) -> Option<Self> {
        A::read(texts.first()?)
    }
    fn schemas() -> Vec<RefOr<Schema>> {
        vec![A::schema()]
    }
}

impl<A: Segment, B: Segment> Segments for (A, B) {
    fn read(texts: &[&str]) -> Option<Self> {
        Some((A::read(texts.first()?)?, B::read(texts.get(1)?)?))
    }
    fn schemas() -> Vec<RefOr<Schema>> {
        vec![A::schema(), B::schema()]
    }
}

impl<T: Segments> FromRequestParts<Api> for Path<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Reply<Self> {
        // Whatever is no identity is nobody's identity.
        let found = RawPathParams::from_request_parts(parts, api).await.map_err(|_| NOT_FOUND.problem())?;
        let texts: Vec<&str> = found.iter().map(|(_, text)| text).collect();
        T::read(&texts).map(Self).ok_or_else(|| NOT_FOUND.problem())
    }
}

impl<T: Segments> Input for Path<T> {
    fn describe(at: &mut Describing<'_>) {
        let names = at.path.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name);
        let names: Vec<String> = names.map(str::to_owned).collect();
        assert_eq!(names.len(), T::schemas().len(), "{} has another number of names than its handler reads", at.path);
        for (name, schema) in names.into_iter().zip(T::schemas()) {
            let parameter = ParameterBuilder::new().name(name).parameter_in(ParameterIn::Path).schema(Some(schema));
            at.parameter(parameter.required(Required::True).build());
        }
    }
}
