//! Searching, and the page of a report.

use super::forms::{FilterForm, downloads};
use super::rows::{Bar, ReportLine, bars};
use super::{Frame, PageFault, Viewer, html, segment};
use crate::api::{cursor, lists, read_cursor};
use crate::app::App;
use crate::error::Fault;
use crate::params::{FILTER, Params};
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use dateline_store::event_ids;
use dateline_view::record::{Shown, body};
use std::sync::Arc;

/// Hits of a page, and values of a facet.
const HITS: usize = 20;
const VALUES: usize = 8;

#[derive(Template)]
#[template(path = "search.html")]
struct Page {
    frame: Frame,
    form: FilterForm,
    error: Option<String>,
    total: u64,
    downloads: Vec<(String, String)>,
    events: String,
    reports: Vec<ReportLine>,
    next: Option<String>,
    facets: Vec<(&'static str, Vec<Bar>)>,
}

pub(super) async fn show(
    State(app): State<Arc<App>>,
    viewer: Viewer,
    RawQuery(query): RawQuery,
) -> Result<Response, PageFault> {
    let params = Params::read(query.as_deref(), &[FILTER, &["q", "order", "cursor"]])?;
    let mut page = Page {
        frame: viewer.frame("Search", "/search"),
        form: FilterForm::of(&params),
        error: None,
        total: 0,
        downloads: Vec::new(),
        events: format!("/events?{}", params.without(&["q", "order", "cursor"])),
        reports: Vec::new(),
        next: None,
        facets: Vec::new(),
    };
    let found = async {
        let skip: usize = params.one("cursor")?.map(read_cursor).transpose()?.unwrap_or(0).min(10_000);
        Ok::<_, Fault>((skip, lists::found(&app, &params, HITS, skip).await?))
    };
    match found.await {
        // What is wrong with the words is told beside them.
        Err(e @ (Fault::BadQuery(_) | Fault::BadParameter { .. })) => page.error = Some(e.to_string()),
        Err(e) => return Err(e.into()),
        Ok((skip, found)) => {
            let with = |name: &'static str| {
                let rest = params.without(&[name, "cursor"]);
                move |value: &str| {
                    let mark = if rest.is_empty() { "" } else { "&" };
                    format!("/search?{rest}{mark}{name}={}", segment(value))
                }
            };
            let year = |value: &str| {
                let rest = params.without(&["from", "to", "cursor"]);
                format!("/search?{rest}&from={value}-01-01&to={value}-12-31")
            };
            let f = &found.facets;
            page.total = found.total;
            page.reports = found.hits.iter().map(ReportLine::of_hit).collect();
            page.facets = vec![
                ("Types", bars(&f.types, VALUES, with("type"))),
                ("Status", bars(&f.statuses, VALUES, with("status"))),
                ("Countries", bars(&f.countries, VALUES, with("country"))),
                ("Outlets", bars(&f.outlets, VALUES, with("outlet"))),
                ("Years", bars(&f.years, VALUES, year)),
            ];
            page.facets.retain(|f| !f.1.is_empty());
            let end = skip + found.hits.len();
            if end < found.total as usize && !found.hits.is_empty() {
                page.next = Some(format!("/search?{}&cursor={}", params.without(&["cursor"]), cursor(&end)));
            }
            page.downloads = downloads("search", &params.without(&["cursor"]));
        }
    }
    Ok(html(&page))
}

#[derive(Template)]
#[template(path = "report.html")]
struct ReportPage {
    frame: Frame,
    body: String,
    copy_of: Option<String>,
    url: Option<String>,
    json: String,
    outlets: String,
}

pub(super) async fn report(
    State(app): State<Arc<App>>,
    viewer: Viewer,
    Path(id): Path<String>,
) -> Result<Response, PageFault> {
    let (record, copy_of, outlets) = app
        .pool
        .read(move |store| {
            let copy_of = store.original(&id)?;
            let of = copy_of.clone().unwrap_or_else(|| id.clone());
            let record = store.record(&of)?.ok_or_else(|| Fault::NotFound(format!("report \"{id}\"")))?;
            Ok((record, copy_of, store.outlets(&of)?))
        })
        .await?;
    let r = &record.report;
    let ids = event_ids(&r.id, &record.events);
    let event = |i: usize| ids.get(i).map(|id| format!("/events/{}", segment(id)));
    let safe = |u: &String| u.starts_with("http://") || u.starts_with("https://");
    Ok(html(&ReportPage {
        frame: viewer.frame(r.title.as_deref().unwrap_or("Report"), "").class("report"),
        body: body(&record, &Shown { explain: true, event: &event }),
        copy_of: copy_of.map(|of| format!("/reports/{}", segment(&of))),
        url: r.url.clone().filter(safe),
        json: format!("/api/v1/reports/{}/record", segment(&r.id)),
        outlets: outlets.join(", "),
    }))
}
