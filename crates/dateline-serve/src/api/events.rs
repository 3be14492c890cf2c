//! Events: listed, and one with all that is known of it.

use super::lists::{self, Page};
use super::{Named, cursor, read_cursor};
use crate::app::App;
use crate::error::Fault;
use crate::params::{FILTER, Params};
use crate::reply;
use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;
use dateline_store::{ListedEvent, Place, Store};
use dateline_story::{Cutting, Happening, happenings};
use serde_json::{Map, Value, json};
use std::ops::ControlFlow;
use std::sync::Arc;

/// Other reports that are read for mentions of one event.
const OTHERS: usize = 40;

pub(crate) async fn page(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let params = Params::read(query.as_deref(), &[FILTER, lists::PAGED, &["mentions"]])?;
    let page = rows(&app, &params).await?;
    let results: Vec<Map<String, Value>> = page.results.iter().map(ListedEvent::json).collect();
    reply::json(&headers, params.one("fields")?, &Page { results, next: page.next, limit: page.limit })
}

/// A page of events.
pub(crate) async fn rows(app: &App, params: &Params) -> Result<Page<ListedEvent>, Fault> {
    let (filter, query, list, limit) = (params.filter()?, params.query()?, params.list()?, params.limit(50, 500)?);
    let after: Option<Place> = params.one("cursor")?.map(read_cursor).transpose()?;
    app.pool
        .read(move |store| {
            let (mut results, mut last, mut next) = (Vec::new(), None, None);
            store.each_event_behind(list, query.as_ref(), &filter, after.as_ref(), &mut |place, e| {
                if results.len() == limit {
                    next = last.as_ref().map(cursor);
                    return Ok(ControlFlow::Break(()));
                }
                results.push(e);
                last = Some(place);
                Ok(ControlFlow::Continue(()))
            })?;
            Ok(Page { results, next, limit })
        })
        .await
}

/// An event, its mentions in its report, and the happening that other reports tell too.
pub(crate) struct Whole {
    pub(crate) event: ListedEvent,
    pub(crate) mentions: Vec<ListedEvent>,
    pub(crate) happening: Option<Happening>,
    pub(crate) revisions: Vec<dateline_store::Revision>,
    pub(crate) reviews: Vec<dateline_store::Review>,
}

/// Reads all of an event.
pub(crate) fn whole(store: &Store, id: &str) -> Result<Whole, Fault> {
    let Some(event) = store.event(id)? else { return Err(Fault::NotFound(format!("event \"{id}\""))) };
    let mentions = store.mentions(&event)?;
    let happening = told_elsewhere(store, &event)?;
    let (revisions, reviews) = (store.revisions(&event.id)?, store.reviews(Some(&event.id), 200, None)?);
    Ok(Whole { event, mentions, happening, revisions, reviews })
}

/// The happening, as all reports tell it that may.
fn told_elsewhere(store: &Store, e: &ListedEvent) -> Result<Option<Happening>, Fault> {
    let mut cuttings = Vec::new();
    for id in std::iter::once(e.report.id.to_string()).chain(store.reports_like(e, OTHERS)?) {
        if let Some(record) = store.record(&id)? {
            cuttings.push(Cutting { record, outlets: store.outlets(&id)? });
        }
    }
    let (start, end) = (e.sentence_start as usize, e.sentence_end as usize);
    let here = |h: &Happening| {
        let this = |m: &dateline_story::Mention| {
            m.evidence.report == e.report.id.as_str() && (m.evidence.span.start, m.evidence.span.end) == (start, end)
        };
        h.kind.as_str() == e.kind.as_str() && h.mentions.iter().any(this)
    };
    Ok(happenings(&cuttings).into_iter().find(here))
}

pub(crate) async fn one(State(app): State<Arc<App>>, id: Named, headers: HeaderMap) -> Result<Response, Fault> {
    let w = app.pool.read(move |store| whole(store, &id.0)).await?;
    let mut value = Value::Object(w.event.json());
    value["mention_list"] = w.mentions.iter().map(|m| Value::Object(m.json())).collect();
    value["happening"] = json!(w.happening);
    value["revisions"] = json!(w.revisions);
    value["reviews"] = json!(w.reviews);
    reply::json(&headers, None, &value)
}
