//! What the server answers when it cannot do what was asked: one list of faults, one form.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use dateline_store::{StoreError, StoreErrorKind};
use serde_json::{Value, json};
use std::fmt;

/// A fault: its code is part of the interface and never changes its meaning.
#[derive(Clone, Debug)]
pub(crate) enum Fault {
    UnknownParameter(String),
    BadParameter { name: String, wants: String },
    BadQuery(String),
    BadCursor,
    BadBody(String),
    MediaType(&'static str),
    TooLarge(usize),
    TooLong,
    NotFound(String),
    NoRoute,
    Method,
    Exists(String),
    Unauthorized,
    Forbidden(&'static str),
    Foreign(&'static str),
    TooMany { seconds: u64 },
    QueueFull,
    Slow,
    Busy,
    Stopping,
    Internal(String),
}

/// Code, status and kind of every fault, with what it means: the page on errors is made of this.
pub(crate) const FAULTS: &[(&str, u16, &str, &str)] = &[
    ("unknown_parameter", 400, "invalid_request", "The address has a parameter that this endpoint does not know."),
    (
        "bad_parameter",
        400,
        "invalid_request",
        "A parameter has a value that it cannot have; the message says what it wants.",
    ),
    (
        "bad_query",
        400,
        "invalid_request",
        "The words to find cannot be read: a quote or parenthesis without its other half, say.",
    ),
    ("bad_cursor", 400, "invalid_request", "The cursor is not one that this server gave out for this list."),
    (
        "bad_body",
        400,
        "invalid_request",
        "The body is not what the endpoint takes; the message says where it goes wrong.",
    ),
    (
        "media_type",
        415,
        "invalid_request",
        "The body is of a type that the endpoint does not take; see its Content-Type.",
    ),
    ("too_large", 413, "invalid_request", "The body is larger than the server takes (--max-body)."),
    ("address_too_long", 414, "invalid_request", "The address is longer than 8,000 bytes."),
    ("not_found", 404, "not_found", "There is nothing of this id or name."),
    ("no_route", 404, "not_found", "There is nothing at this address."),
    ("method", 405, "invalid_request", "The address does not know this method."),
    ("exists", 409, "conflict", "There is something of this name already."),
    ("unauthorized", 401, "auth", "A token is needed: Authorization: Bearer TOKEN, or log in."),
    ("forbidden", 403, "auth", "The token does not have the right; read, write and admin include those before them."),
    ("foreign", 403, "auth", "The request comes from another site, or has no valid form key: it was not carried out."),
    ("too_many", 429, "limit", "Too many requests, or too many wrong tokens; wait as long as Retry-After says."),
    ("queue_full", 503, "limit", "Too many reports are waiting to be added; try again later."),
    ("slow", 503, "limit", "The request took longer than the server allows (--timeout); ask for less."),
    ("busy", 503, "limit", "All readers are at work; try again."),
    ("stopping", 503, "limit", "The server is about to stop."),
    ("internal", 500, "internal", "The server failed; its log says why."),
];

impl Fault {
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Fault::UnknownParameter(_) => "unknown_parameter",
            Fault::BadParameter { .. } => "bad_parameter",
            Fault::BadQuery(_) => "bad_query",
            Fault::BadCursor => "bad_cursor",
            Fault::BadBody(_) => "bad_body",
            Fault::MediaType(_) => "media_type",
            Fault::TooLarge(_) => "too_large",
            Fault::TooLong => "address_too_long",
            Fault::NotFound(_) => "not_found",
            Fault::NoRoute => "no_route",
            Fault::Method => "method",
            Fault::Exists(_) => "exists",
            Fault::Unauthorized => "unauthorized",
            Fault::Forbidden(_) => "forbidden",
            Fault::Foreign(_) => "foreign",
            Fault::TooMany { .. } => "too_many",
            Fault::QueueFull => "queue_full",
            Fault::Slow => "slow",
            Fault::Busy => "busy",
            Fault::Stopping => "stopping",
            Fault::Internal(_) => "internal",
        }
    }

    fn row(&self) -> (&'static str, u16, &'static str, &'static str) {
        let code = self.code();
        FAULTS.iter().find(|f| f.0 == code).copied().unwrap_or(("internal", 500, "internal", ""))
    }

    pub(crate) fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.row().1).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    pub(crate) fn json(&self) -> Value {
        let (code, _, kind, _) = self.row();
        json!({ "message": self.to_string(), "code": code, "type": kind, "link": format!("/docs/errors#{code}") })
    }

    pub(crate) fn bad(name: &str, wants: impl Into<String>) -> Fault {
        Fault::BadParameter { name: name.to_owned(), wants: wants.into() }
    }

    /// Headers that go with the fault, for pages as for the API.
    pub(crate) fn headers(&self, response: &mut Response) {
        let wait = match self {
            Fault::TooMany { seconds } => *seconds,
            Fault::QueueFull | Fault::Busy | Fault::Stopping => 5,
            Fault::Unauthorized => {
                response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
                return;
            }
            _ => return,
        };
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait));
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::UnknownParameter(name) => {
                write!(f, "there is no parameter \"{name}\" here; /docs lists those there are")
            }
            Fault::BadParameter { name, wants } => write!(f, "{name} wants {wants}"),
            Fault::BadQuery(why) => write!(f, "q cannot be read: {why}"),
            Fault::BadBody(why) => write!(f, "the body cannot be read: {why}"),
            Fault::MediaType(wants) => write!(f, "the body must be {wants}; say so in Content-Type"),
            Fault::TooLarge(limit) => write!(f, "the body is larger than {limit} bytes; send it in parts"),
            Fault::NotFound(what) => write!(f, "there is no {what}"),
            Fault::Exists(what) => write!(f, "there is {what} already; choose another name"),
            Fault::Forbidden(right) => write!(f, "this needs a token with the right \"{right}\""),
            Fault::Foreign(why) => write!(f, "the request was not carried out: {why}"),
            Fault::TooMany { seconds } => write!(f, "too many requests; wait {seconds} seconds"),
            // What failed inside is for the log.
            _ => f.write_str(self.row().3),
        }
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        if let Fault::Internal(why) = &self {
            tracing::error!(why, "internal");
        }
        let mut response = (self.status(), Json(self.json())).into_response();
        self.headers(&mut response);
        response
    }
}

impl From<StoreError> for Fault {
    fn from(e: StoreError) -> Fault {
        match e.kind() {
            StoreErrorKind::Busy => Fault::Busy,
            _ if e.is_interrupted() => Fault::Slow,
            _ => Fault::Internal(e.to_string()),
        }
    }
}
