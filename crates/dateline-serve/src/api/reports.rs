//! Reports: listed, read, coded and added.

use super::lists::{self, Page};
use super::{Named, ReportBody, body, cursor, is, read_cursor};
use crate::app::App;
use crate::error::Fault;
use crate::params::{FILTER, Params};
use crate::reply;
use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use dateline_report::Report;
use dateline_store::{Place, ReportRow};
use serde::Deserialize;
use serde_json::json;
use std::ops::ControlFlow;
use std::sync::Arc;

/// Bytes of a text that is coded while somebody waits.
const CODED: usize = 400_000;
/// Bytes of a text that is added.
const ADDED: usize = 4 << 20;

pub(crate) async fn page(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let params = Params::read(query.as_deref(), &[FILTER, lists::PAGED, &["q"]])?;
    let page = rows(&app, &params).await?;
    reply::json(&headers, params.one("fields")?, &page)
}

/// A page of reports.
pub(crate) async fn rows(app: &App, params: &Params) -> Result<Page<ReportRow>, Fault> {
    let (filter, query, limit) = (params.filter()?, params.query()?, params.limit(50, 500)?);
    let after: Option<Place> = params.one("cursor")?.map(read_cursor).transpose()?;
    app.pool
        .read(move |store| {
            let mut results: Vec<ReportRow> = Vec::new();
            let mut more = false;
            store.each_report(query.as_ref(), &filter, after.as_ref(), &mut |row| {
                if results.len() == limit {
                    more = true;
                    return Ok(ControlFlow::Break(()));
                }
                results.push(row);
                Ok(ControlFlow::Continue(()))
            })?;
            let next = results
                .last()
                .filter(|_| more)
                .map(|r| cursor(&Place { published: r.published.clone(), report: r.id.clone(), event: 0 }));
            Ok(Page { results, next, limit })
        })
        .await
}

pub(crate) async fn one(State(app): State<Arc<App>>, id: Named, headers: HeaderMap) -> Result<Response, Fault> {
    let id = id.0;
    let found = app
        .pool
        .read(move |store| {
            let Some(report) = store.report(&id)? else { return Err(Fault::NotFound(format!("report \"{id}\""))) };
            let (outlets, copy_of) = (store.outlets(&id)?, store.original(&id)?);
            Ok((report, outlets, copy_of))
        })
        .await?;
    let (report, outlets, copy_of) = found;
    let mut value = serde_json::to_value(&report).map_err(|e| Fault::Internal(e.to_string()))?;
    value["outlets"] = json!(outlets);
    value["copy_of"] = json!(copy_of);
    reply::json(&headers, None, &value)
}

pub(crate) async fn record(State(app): State<Arc<App>>, id: Named, headers: HeaderMap) -> Result<Response, Fault> {
    let id = id.0;
    let record = app
        .pool
        .read(move |store| {
            let of = store.original(&id)?.unwrap_or_else(|| id.clone());
            store.record(&of)?.ok_or_else(|| Fault::NotFound(format!("report \"{id}\"")))
        })
        .await?;
    reply::json(&headers, None, &record)
}

pub(crate) async fn code(State(app): State<Arc<App>>, headers: HeaderMap, bytes: Bytes) -> Result<Response, Fault> {
    let report = body::<ReportBody>(&headers, &bytes)?.report()?;
    if report.text.len() > CODED {
        return Err(Fault::TooLarge(CODED));
    }
    let record = app.code(report).await?;
    let mut response = reply::json(&HeaderMap::new(), None, &record)?;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Many {
    reports: Vec<ReportBody>,
}

pub(crate) async fn add(State(app): State<Arc<App>>, headers: HeaderMap, bytes: Bytes) -> Result<Response, Fault> {
    let sent: Vec<ReportBody> = if is(&headers, "application/x-ndjson") {
        let lines = bytes.split(|b| *b == b'\n').enumerate().filter(|(_, l)| !l.trim_ascii().is_empty());
        lines
            .map(|(i, l)| serde_json::from_slice(l).map_err(|e| Fault::BadBody(format!("line {}: {e}", i + 1))))
            .collect::<Result<_, _>>()?
    } else if is(&headers, "application/json") {
        body::<Many>(&headers, &bytes)?.reports
    } else {
        return Err(Fault::MediaType("application/json or application/x-ndjson"));
    };
    let told = |i: usize, e: Fault| match e {
        Fault::BadBody(why) => Fault::BadBody(format!("report {}: {why}", i + 1)),
        other => other,
    };
    let reports = sent.into_iter().enumerate().map(|(i, r)| r.report().map_err(|e| told(i, e)));
    let job = queue(&app, reports.collect::<Result<_, _>>()?)?;
    let at = format!("/api/v1/jobs/{}", job.id);
    let mut response = (StatusCode::ACCEPTED, axum::Json(&job)).into_response();
    if let Ok(at) = HeaderValue::from_str(&at) {
        response.headers_mut().insert(header::LOCATION, at);
    }
    Ok(response)
}

/// Queues reports to be added.
pub(crate) fn queue(app: &App, reports: Vec<Report>) -> Result<crate::jobs::Job, Fault> {
    if reports.is_empty() {
        return Err(Fault::BadBody("there is no report in it".to_owned()));
    }
    if reports.iter().any(|r| r.text.len() > ADDED) {
        return Err(Fault::TooLarge(ADDED));
    }
    let job = app.jobs.open(reports.len(), reports.iter().map(|r| r.text.len()).sum())?;
    app.writer.add(job.id, reports)?;
    Ok(job)
}

pub(crate) async fn jobs(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let params = Params::read(query.as_deref(), &[&["limit", "fields"]])?;
    let limit = params.limit(50, 500)?;
    reply::json(&headers, params.one("fields")?, &Page { results: app.jobs.last(limit), next: None, limit })
}

pub(crate) async fn job(State(app): State<Arc<App>>, number: Named, headers: HeaderMap) -> Result<Response, Fault> {
    let found = number.parse().ok().and_then(|n| app.jobs.get(n));
    let job = found
        .ok_or_else(|| Fault::NotFound(format!("job \"{}\"; jobs are forgotten when the server ends", number.0)))?;
    reply::json(&headers, None, &job)
}
