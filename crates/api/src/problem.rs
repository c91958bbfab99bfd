//! Errors as clients get them: RFC 9457 problems. What went wrong inside is logged and never sent.

use std::fmt;

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use duka_store::{Guard, StoreError};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// What a handler gives.
pub type Reply<T> = Result<T, Problem>;

/// One kind of problem: its name in `type`, its status and its title.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Code {
    /// The last part of `type`.
    pub name: &'static str,
    /// The HTTP status.
    pub status: u16,
    /// In the words of the person it happens to.
    pub title: &'static str,
}

macro_rules! codes {
    ($($name:ident = $status:literal $text:literal: $title:literal;)+) => {
        $(#[doc = $title] pub const $name: Code = Code { name: $text, status: $status, title: $title };)+

        /// Every kind of problem.
        pub const CODES: &[Code] = &[$($name,)+];
    };
}

codes! {
    BAD_JSON = 400 "bad_json": "The body is not JSON";
    BAD_BODY = 400 "bad_body": "The body cannot be read";
    NO_SHOP = 400 "no_shop": "Say which shop: X-TENANT-ID";
    NOT_LOGGED_IN = 401 "not_logged_in": "Log in first";
    WRONG_LOGIN = 401 "wrong_login": "E-mail, password or code is wrong";
    CODE_NEEDED = 401 "code_needed": "Also send the code of the second factor";
    NO_RIGHT = 403 "no_right": "Your role does not allow this";
    NO_CSRF = 403 "no_csrf": "X-CSRF-Token is missing or of another session";
    NOT_A_PERSON = 403 "not_a_person": "A key cannot do this; log in";
    NOT_FOUND = 404 "not_found": "There is no such thing";
    WRONG_METHOD = 405 "wrong_method": "This address does not take that method";
    CONFLICT = 409 "conflict": "It is not possible as things are now";
    DUPLICATE = 409 "duplicate": "There is one already";
    IN_USE = 409 "in_use": "It is in use";
    LAST_OWNER = 409 "last_owner": "A shop needs an owner";
    OUT_OF_STOCK = 409 "out_of_stock": "There is not enough in stock";
    SLOT_TAKEN = 409 "slot_taken": "The time is taken";
    IN_PROGRESS = 409 "in_progress": "This request was begun before; see what came of it";
    STALE = 412 "stale": "It was changed by somebody else meanwhile";
    TOO_LARGE = 413 "too_large": "That is too large";
    WRONG_TYPE = 415 "wrong_type": "The body has another type than is taken here";
    INVALID = 422 "invalid": "Something in the request is not right";
    OTHER_REQUEST = 422 "other_request": "This Idempotency-Key was used for another request";
    VERSION_NEEDED = 428 "version_needed": "Say which version you change: If-Match";
    SLOW_DOWN = 429 "slow_down": "Too many requests; try again later";
    LOCKED = 429 "locked": "Too many tries; try again later";
    INTERNAL = 500 "internal": "Something went wrong here";
    UNAVAILABLE = 503 "unavailable": "Not possible at the moment; try again";
}

/// What is wrong with one field.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct FieldError {
    /// Which field: a JSON pointer into the body, or `/name` of a parameter.
    pub pointer: String,
    /// What is wrong with it.
    pub message: String,
}

/// An error, as it is sent.
#[derive(Serialize, ToSchema)]
pub struct ProblemOut {
    /// Which kind: an address that explains it.
    #[serde(rename = "type")]
    kind: String,
    /// The kind in words.
    title: &'static str,
    /// The HTTP status.
    status: u16,
    /// What happened this time.
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    /// By what name it is found in the log.
    #[serde(skip_serializing_if = "Option::is_none")]
    instance: Option<String>,
    /// What is wrong with which field.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    errors: Vec<FieldError>,
}

/// An error on its way to the client.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    /// Which kind.
    pub code: Code,
    detail: Option<Box<str>>,
    errors: Vec<FieldError>,
    retry_after: Option<i64>,
    instance: Option<Uuid>,
}

impl Code {
    /// A problem of this kind.
    #[must_use]
    pub const fn problem(self) -> Problem {
        Problem { code: self, detail: None, errors: Vec::new(), retry_after: None, instance: None }
    }

    /// A problem of this kind, and what happened.
    #[must_use]
    pub fn because(self, detail: impl fmt::Display) -> Problem {
        Problem { detail: Some(detail.to_string().into()), ..self.problem() }
    }
}

impl Problem {
    /// Something is wrong with a field.
    #[must_use]
    pub fn field(pointer: impl Into<String>, message: impl Into<String>) -> Self {
        INVALID.problem().and_field(pointer, message)
    }

    /// Something is also wrong with another field.
    #[must_use]
    pub fn and_field(mut self, pointer: impl Into<String>, message: impl Into<String>) -> Self {
        self.errors.push(FieldError { pointer: pointer.into(), message: message.into() });
        self
    }

    /// After how many seconds it may be tried again.
    #[must_use]
    pub const fn after(mut self, seconds: i64) -> Self {
        self.retry_after = Some(if seconds < 1 { 1 } else { seconds });
        self
    }

    /// Something that should not have happened. The cause is logged, under a name that the client gets.
    #[must_use]
    pub fn internal(cause: impl fmt::Display) -> Self {
        let instance = Uuid::now_v7();
        tracing::error!(%instance, %cause, "a request failed");
        Self { instance: Some(instance), ..INTERNAL.problem() }
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound => NOT_FOUND.problem(),
            StoreError::Cursor => Self::field("/cursor", "is not one of this list"),
            StoreError::Conflict(guard) => refused(&guard),
            StoreError::Unavailable(cause) => {
                let instance = Uuid::now_v7();
                tracing::error!(%instance, %cause, "the database could not be used for a request");
                Self { instance: Some(instance), ..UNAVAILABLE.problem().after(1) }
            }
            other => Self::internal(other),
        }
    }
}

fn refused(guard: &Guard) -> Problem {
    let code = match guard {
        Guard::Stale(_) => STALE,
        Guard::OutOfStock(_) => OUT_OF_STOCK,
        Guard::SlotTaken => SLOT_TAKEN,
        Guard::Duplicate(_) => DUPLICATE,
        Guard::InUse(_) => IN_USE,
        Guard::LastOwner => LAST_OWNER,
        Guard::Version | Guard::State(_) | Guard::CouponUsedUp(_) | Guard::Full(_) | Guard::Lease => CONFLICT,
    };
    code.because(guard)
}

impl From<anyhow::Error> for Problem {
    fn from(error: anyhow::Error) -> Self {
        match error.downcast::<StoreError>() {
            Ok(error) => error.into(),
            Err(other) => Self::internal(format!("{other:#}")),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body = ProblemOut {
            kind: format!("/docs/errors/{}", self.code.name),
            title: self.code.title,
            status: self.code.status,
            detail: self.detail.map(String::from),
            instance: self.instance.map(|id| format!("urn:uuid:{id}")),
            errors: self.errors,
        };
        let status = StatusCode::from_u16(self.code.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, serde_json::to_vec(&body).unwrap_or_default()).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}

/// Looks at several rules and gives everything that is wrong at once.
#[derive(Debug, Default)]
pub struct Check(Vec<FieldError>);

impl Check {
    /// Nothing looked at yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A rule that holds, or what is wrong with which field.
    #[must_use]
    pub fn that(mut self, holds: bool, pointer: &str, message: &str) -> Self {
        if !holds {
            self.0.push(FieldError { pointer: pointer.to_owned(), message: message.to_owned() });
        }
        self
    }

    /// A text that is neither empty nor longer than so many characters.
    #[must_use]
    pub fn text(self, text: &str, longest: usize, pointer: &str) -> Self {
        let length = text.trim().chars().count();
        self.that(
            length > 0 && text.chars().count() <= longest,
            pointer,
            &format!("has to have 1 to {longest} characters"),
        )
    }

    /// Goes on if every rule held.
    ///
    /// # Errors
    /// With each field that is wrong.
    pub fn done(self) -> Reply<()> {
        if self.0.is_empty() { Ok(()) } else { Err(Problem { errors: self.0, ..INVALID.problem() }) }
    }
}
