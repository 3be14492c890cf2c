//! The pages on the API and its errors, made of the same lists as the API itself.

use super::{Frame, Viewer, html};
use crate::api::{ENDPOINTS, lists, parameter};
use crate::error::FAULTS;
use askama::Template;
use axum::response::Response;

struct Shown {
    id: String,
    method: String,
    path: &'static str,
    summary: &'static str,
    right: &'static str,
    status: &'static str,
    body: Option<&'static str>,
    params: Vec<(&'static str, &'static str)>,
}

#[derive(Template)]
#[template(path = "docs.html")]
struct Api {
    frame: Frame,
    endpoints: Vec<Shown>,
    lists: Vec<&'static str>,
}

pub(super) async fn api(viewer: Viewer) -> Response {
    let shown = ENDPOINTS.iter().map(|e| Shown {
        id: format!("{}{}", e.method, e.path.replace(['/', '{', '}', '.'], "-")),
        method: e.method.to_uppercase(),
        path: e.path,
        summary: e.summary,
        right: e.right,
        status: e.status,
        body: e.body,
        params: e.params.iter().flat_map(|p| p.iter()).map(|p| (*p, parameter(p).0)).collect(),
    });
    let lists = lists::ALL.iter().map(|l| l.name).collect();
    html(&Api { frame: viewer.frame("API", ""), endpoints: shown.collect(), lists })
}

#[derive(Template)]
#[template(path = "errors.html")]
struct Errors {
    frame: Frame,
    faults: &'static [(&'static str, u16, &'static str, &'static str)],
}

pub(super) async fn errors(viewer: Viewer) -> Response {
    html(&Errors { frame: viewer.frame("Errors", ""), faults: FAULTS })
}
