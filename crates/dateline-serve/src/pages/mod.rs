//! Pages.

use crate::app::App;
use crate::error::Fault;
use axum::Router;
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

pub(crate) fn router() -> Router<Arc<App>> {
    Router::new().fallback(async || Fault::NoRoute)
}

pub(crate) fn fault(f: &Fault) -> Response {
    f.clone().into_response()
}

/// Text as a segment of an address.
pub(crate) fn segment(text: &str) -> String {
    use std::fmt::Write;
    text.bytes().fold(String::new(), |mut o, b| {
        if b.is_ascii_alphanumeric() || b"-._~".contains(&b) {
            o.push(char::from(b));
        } else {
            let _ = write!(o, "%{b:02X}");
        }
        o
    })
}
