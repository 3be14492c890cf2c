//! Watches, and the page of one: its dossier.

use super::forms::{FilterForm, Sent};
use super::{Frame, PageFault, Viewer, go, html, segment};
use crate::api::watches as api;
use crate::app::App;
use crate::error::Fault;
use crate::params::{FILTER, Params, filter_query};
use askama::Template;
use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use dateline_store::StoreErrorKind;
use std::sync::Arc;

struct Line {
    href: String,
    name: String,
    reports: u64,
    looks_for: String,
    made: String,
    feed: String,
    remove: String,
}

#[derive(Template)]
#[template(path = "watches.html")]
struct Page {
    frame: Frame,
    watches: Vec<Line>,
    form: FilterForm,
    name: String,
    error: Option<String>,
}

async fn page(
    app: &App,
    viewer: &Viewer,
    form: FilterForm,
    name: String,
    error: Option<String>,
) -> Result<Response, PageFault> {
    let watches = app.pool.read(|store| Ok(store.watches()?)).await?;
    let line = |w: dateline_store::Watch| {
        let filter = filter_query(&w.filter);
        let parts = [w.query, filter].into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" · ");
        let at = segment(&w.name);
        Line {
            href: format!("/watches/{at}"),
            feed: format!("/api/v1/watches/{at}/feed.atom"),
            remove: format!("/watches/{at}/remove"),
            name: w.name,
            reports: w.reports,
            looks_for: if parts.is_empty() { "all reports".to_owned() } else { parts },
            made: w.made,
        }
    };
    let watches = watches.into_iter().map(line).collect();
    Ok(html(&Page { frame: viewer.frame("Watches", "/watches"), watches, form, name, error }))
}

pub(super) async fn list(
    State(app): State<Arc<App>>,
    viewer: Viewer,
    RawQuery(query): RawQuery,
) -> Result<Response, PageFault> {
    let params = Params::read(query.as_deref(), &[FILTER, &["q"]])?;
    page(&app, &viewer, FilterForm::of(&params), String::new(), None).await
}

pub(super) async fn make(State(app): State<Arc<App>>, viewer: Viewer, bytes: Bytes) -> Result<Response, PageFault> {
    let sent = Sent::read(&bytes);
    let params = sent.params(&[FILTER, &["q"]])?;
    let name = sent.get("name").unwrap_or_default().to_owned();
    let made = match params.filter() {
        Ok(filter) => api::make(&app, name.clone(), params.shown("q"), filter).await,
        Err(e) => Err(e),
    };
    match made {
        Ok(watch) => Ok(go(&format!("/watches/{}", segment(&watch.name)))),
        Err(e) if e.status().is_client_error() => {
            page(&app, &viewer, FilterForm::of(&params), name, Some(e.to_string())).await
        }
        Err(e) => Err(e.into()),
    }
}

pub(super) async fn remove(State(app): State<Arc<App>>, Path(name): Path<String>) -> Result<Response, PageFault> {
    let gone = app.writer.write(move |store| match store.remove_watch(&name) {
        // Twice pressed is gone all the same.
        Err(e) if e.kind() == StoreErrorKind::NotFound => Ok(()),
        other => Ok(other?),
    });
    gone.await?;
    app.cache.changed();
    Ok(go("/watches"))
}

#[derive(Template)]
#[template(path = "dossier.html")]
struct DossierPage {
    frame: Frame,
    body: String,
    news: String,
    downloads: Vec<(&'static str, String)>,
    feed: String,
    search: String,
}

pub(super) async fn dossier(
    State(app): State<Arc<App>>,
    viewer: Viewer,
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, PageFault> {
    let params = Params::read(query.as_deref(), &[&["since"]])?;
    let d = api::dossier_of(&app, &name, params.day("since")?).await?;
    let of = name.clone();
    let watches = app.pool.read(|store| Ok(store.watches()?)).await?;
    let w = watches.into_iter().find(|w| w.name == of).ok_or_else(|| Fault::NotFound("such watch".to_owned()))?;
    let at = segment(&name);
    let report = |id: &str| Some(format!("/reports/{}", segment(id)));
    let form = |f: &str| format!("/api/v1/dossiers/{at}?format={f}");
    Ok(html(&DossierPage {
        body: dateline_view::dossier::body(&name, &d, &report),
        news: format!("/api/v1/watches/{at}/news"),
        downloads: vec![
            ("html", form("html")),
            ("md", form("md")),
            ("csv (rounds)", form("csv")),
            ("json", form("json")),
        ],
        feed: format!("/api/v1/watches/{at}/feed.atom"),
        search: format!("/search?q={}&{}", segment(&w.query), filter_query(&w.filter)),
        frame: viewer.frame(name, "/watches").class("dossier"),
    }))
}
