//! Pages: rendered here, whole without a script; scripts make them quicker.

mod actors;
mod assets;
mod chart;
mod coding;
mod docs;
mod events;
mod forms;
mod login;
mod map;
mod overview;
mod review;
mod rows;
mod search;
mod watches;

use crate::app::App;
use crate::auth::Visitor;
use crate::error::Fault;
use askama::Template;
use axum::Router;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use std::convert::Infallible;
use std::sync::Arc;

/// The routes.
pub(crate) fn router() -> Router<Arc<App>> {
    Router::new()
        .route("/", get(overview::show))
        .route("/search", get(search::show))
        .route("/events", get(events::list))
        .route("/events/{id}", get(events::one))
        .route("/reports/{id}", get(search::report))
        .route("/actors", get(actors::list))
        .route("/actors/{name}", get(actors::one))
        .route("/dyads/{first}/{second}", get(actors::dyad))
        .route("/map", get(map::show))
        .route("/watches", get(watches::list).post(watches::make))
        .route("/watches/{name}", get(watches::dossier))
        .route("/watches/{name}/remove", post(watches::remove))
        .route("/code", get(coding::show).post(coding::code))
        .route("/code/add", post(coding::add))
        .route("/jobs/{number}", get(coding::job))
        .route("/review", get(review::show).post(review::judge))
        .route("/login", get(login::show).post(login::log_in))
        .route("/logout", post(login::log_out))
        .route("/docs", get(docs::api))
        .route("/docs/errors", get(docs::errors))
        .route("/assets/{name}", get(assets::show))
        .fallback(async || PageFault(Fault::NoRoute))
        .method_not_allowed_fallback(async || PageFault(Fault::Method))
}

/// What stands around every page.
pub(crate) struct Frame {
    title: String,
    here: &'static str,
    class: &'static str,
    key: String,
    who: String,
    logged_in: bool,
    links: &'static [(&'static str, &'static str)],
}

const LINKS: &[(&str, &str)] = &[
    ("/search", "Search"),
    ("/events", "Events"),
    ("/actors", "Actors"),
    ("/map", "Map"),
    ("/watches", "Watches"),
    ("/code", "Paste"),
    ("/review", "Review"),
];

/// Who looks at a page.
#[derive(Clone, Debug, Default)]
pub(crate) struct Viewer(Option<Visitor>);

impl<S: Sync> FromRequestParts<S> for Viewer {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Viewer(parts.extensions.get::<Visitor>().cloned()))
    }
}

impl Viewer {
    fn frame(&self, title: impl Into<String>, here: &'static str) -> Frame {
        let v = self.0.as_ref();
        Frame {
            title: title.into(),
            here,
            class: "",
            key: v.map_or(String::new(), |v| v.form_key.clone()),
            who: v.map_or(String::new(), |v| v.name.clone()),
            logged_in: v.is_some_and(|v| v.name != "local"),
            links: LINKS,
        }
    }
}

impl Frame {
    fn class(self, class: &'static str) -> Frame {
        Frame { class, ..self }
    }
}

/// A fault as a page.
pub(crate) struct PageFault(Fault);

impl<E: Into<Fault>> From<E> for PageFault {
    fn from(e: E) -> Self {
        PageFault(e.into())
    }
}

impl IntoResponse for PageFault {
    fn into_response(self) -> Response {
        fault(&self.0)
    }
}

#[derive(Template)]
#[template(path = "fault.html")]
struct FaultPage {
    frame: Frame,
    status: String,
    message: String,
    code: &'static str,
    link: String,
}

/// The page of a fault.
pub(crate) fn fault(f: &Fault) -> Response {
    if let Fault::Internal(why) = f {
        tracing::error!(why, "internal");
    }
    let status = f.status();
    let page = FaultPage {
        frame: Viewer::default().frame("Error", ""),
        status: status.canonical_reason().unwrap_or("Error").to_owned(),
        message: f.to_string(),
        code: f.code(),
        link: format!("/docs/errors#{}", f.code()),
    };
    let mut response = (status, html(&page)).into_response();
    f.headers(&mut response);
    response
}

/// A page as it is sent. Pages hold the visitor's form key and are kept by nobody.
fn html(page: &impl Template) -> Response {
    match page.render() {
        Ok(text) => {
            let mut response = text.into_response();
            let h = response.headers_mut();
            h.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
            h.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
            response
        }
        Err(e) => {
            tracing::error!(why = %e, "a page");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// Goes on to another page.
fn go(to: &str) -> Response {
    axum::response::Redirect::to(to).into_response()
}

/// Whether a script asks for a part of a page.
fn by_script(headers: &HeaderMap) -> bool {
    headers.contains_key("hx-request")
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
