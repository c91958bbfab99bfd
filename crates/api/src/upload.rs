//! Forms with files.

use std::{collections::BTreeMap, marker::PhantomData};

use axum::extract::{FromRequest, Multipart, Request, multipart::MultipartError};
use bytes::Bytes;
use utoipa::{
    ToSchema,
    openapi::{Content, RefOr, Required, request_body::RequestBodyBuilder},
};

use crate::{
    Api,
    describe::{Describing, Input},
    problem::{BAD_BODY, INVALID, Problem, Reply, TOO_LARGE, WRONG_TYPE},
};

/// The longest text beside the files.
const LONGEST_TEXT: usize = 10_000;
/// The field of a form that holds files.
const FILE: &str = "file";

/// A form with files, described by `T`. It is read when the handler asks for it, which is after it has found what the files
/// are for.
#[derive(Debug)]
pub struct Form<T> {
    request: Request,
    described: PhantomData<fn() -> T>,
}

/// What a form held.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Uploaded {
    /// What was in the field `file`, in order.
    pub files: Vec<Bytes>,
    /// The other fields.
    pub texts: BTreeMap<String, String>,
}

impl<T> FromRequest<Api> for Form<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &Api) -> Reply<Self> {
        Ok(Self { request, described: PhantomData })
    }
}

impl<T: ToSchema> Input for Form<T> {
    fn describe(at: &mut Describing<'_>) {
        let schema = at.schema::<T>();
        let body = RequestBodyBuilder::new().content("multipart/form-data", Content::new(Some(schema)));
        at.operation.request_body = Some(RefOr::T(body.required(Some(Required::True)).build()));
    }
}

impl<T> Form<T> {
    /// Reads the form: from one file to so many.
    ///
    /// # Errors
    /// If it is none, too large, or has other files.
    pub async fn read(self, api: &Api, most_files: usize) -> Reply<Uploaded> {
        let form = Multipart::from_request(self.request, api).await;
        let mut form = form.map_err(|_| WRONG_TYPE.because("Content-Type has to be multipart/form-data"))?;
        let mut read = Uploaded::default();
        while let Some(field) = form.next_field().await.map_err(|error| unread(&error))? {
            let name = field.name().unwrap_or_default().to_owned();
            let bytes = field.bytes().await.map_err(|error| unread(&error))?;
            if name == FILE {
                read.files.push(bytes);
            } else {
                read.texts.insert(name, text(&bytes)?);
            }
            if read.files.len() > most_files {
                return Err(Problem::field("/file", format!("at most {most_files} at once")));
            }
        }
        if read.files.iter().all(Bytes::is_empty) {
            return Err(Problem::field("/file", "is missing"));
        }
        Ok(read)
    }
}

fn text(bytes: &Bytes) -> Reply<String> {
    let text = std::str::from_utf8(bytes).ok().filter(|text| text.len() <= LONGEST_TEXT && !text.contains('\0'));
    text.map(str::to_owned).ok_or_else(|| INVALID.because("A field of the form is no text, or too long"))
}

fn unread(error: &MultipartError) -> Problem {
    if error.status().as_u16() == TOO_LARGE.status { TOO_LARGE.problem() } else { BAD_BODY.problem() }
}
