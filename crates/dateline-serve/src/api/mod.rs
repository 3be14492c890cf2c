//! The API: what is at which address. The list of endpoints makes the router, the OpenAPI file and the page that shows it.

mod bodies;
pub(crate) mod events;
pub(crate) mod feeds;
pub(crate) mod lists;
mod openapi;
pub(crate) mod reports;
pub(crate) mod reviews;
pub(crate) mod watches;

pub(crate) use bodies::ReportBody;
pub(crate) use openapi::{ENDPOINTS, parameter};

use crate::app::App;
use crate::error::Fault;
use crate::table::FORMS;
use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, header};
use axum::routing::{delete, get, post};
use serde::de::DeserializeOwned;
use std::sync::Arc;

/// The routes, without their prefix.
pub(crate) fn router() -> Router<Arc<App>> {
    let mut router = Router::new()
        .route("/reports", get(reports::page).post(reports::add))
        .route("/reports/{id}", get(reports::one))
        .route("/reports/{id}/record", get(reports::record))
        .route("/events", get(events::page))
        .route("/events/{id}", get(events::one))
        .route("/events/{id}/reviews", get(reviews::of_event).post(reviews::add))
        .route("/reviews", get(reviews::list))
        .route("/reviews/queue", get(reviews::queue))
        .route("/reviews/gold.jsonl", get(reviews::gold))
        .route("/search", get(lists::search))
        .route("/watches", get(watches::list).post(watches::add))
        .route("/watches/{name}", get(watches::one).merge(delete(watches::remove)))
        .route("/watches/{name}/reports", get(watches::reports))
        .route("/watches/{name}/feed.atom", get(feeds::atom))
        .route("/watches/{name}/news", get(feeds::stream))
        .route("/watches/{name}/webhooks", get(watches::hooks).post(watches::add_hook))
        .route("/watches/{name}/webhooks/{number}", delete(watches::remove_hook))
        .route("/dossiers/{name}", get(watches::dossier))
        .route("/code", post(reports::code))
        .route("/jobs", get(reports::jobs))
        .route("/jobs/{number}", get(reports::job))
        .route("/openapi.json", get(openapi::show));
    for list in lists::ALL {
        if !["reports", "events", "search", "watches"].contains(&list.name) {
            router = router.route(&format!("/{}", list.name), get(move |s, q, h| lists::page(list, s, q, h)));
        }
        for (form, suffix, _) in FORMS {
            let path = format!("/{}.{suffix}", list.name);
            router = router.route(&path, get(move |s, q| lists::file(list, *form, s, q)));
        }
    }
    router.fallback(async || Fault::NoRoute).method_not_allowed_fallback(async || Fault::Method)
}

/// The JSON of a body.
pub(crate) fn body<T: DeserializeOwned>(headers: &HeaderMap, bytes: &Bytes) -> Result<T, Fault> {
    if !is(headers, "application/json") {
        return Err(Fault::MediaType("application/json"));
    }
    serde_json::from_slice(bytes).map_err(|e| Fault::BadBody(e.to_string()))
}

/// Whether a body says it is of this type.
fn is(headers: &HeaderMap, kind: &str) -> bool {
    let told = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    told.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case(kind)
}

/// The segment of a path, which must be UTF-8 and without the character 0.
pub(crate) type Named = axum::extract::Path<String>;

/// Cursors are opaque: what is in them may change.
pub(crate) fn cursor(of: &impl serde::Serialize) -> String {
    let bytes = serde_json::to_vec(of).unwrap_or_default();
    bytes.iter().fold(String::new(), |mut o, b| {
        let _ = std::fmt::Write::write_fmt(&mut o, format_args!("{b:02x}"));
        o
    })
}

/// Reads a cursor.
pub(crate) fn read_cursor<T: DeserializeOwned>(text: &str) -> Result<T, Fault> {
    let digit = |b: u8| char::from(b).to_digit(16);
    let bytes: Option<Vec<u8>> = text
        .as_bytes()
        .chunks(2)
        .map(|pair| match pair {
            [a, b] => Some((digit(*a)? * 16 + digit(*b)?) as u8),
            _ => None,
        })
        .collect();
    bytes.and_then(|b| serde_json::from_slice(&b).ok()).ok_or(Fault::BadCursor)
}
