//! Reviews of events: kept with author and time, listed, and exported as gold.

use super::lists::Page;
use super::{Named, body};
use crate::app::App;
use crate::auth::Visitor;
use crate::error::Fault;
use crate::params::Params;
use crate::reply::{self, Pipe};
use crate::writer::now;
use axum::Extension;
use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use dateline_report::Event;
use dateline_store::{Doubt, Judgement, Review, StoreError, StoreErrorKind, Verdict};
use serde::Deserialize;
use serde_json::json;
use std::io::Write;
use std::sync::Arc;
use std::time::Duration;

/// Events of the queue that are worked out at a time.
const QUEUE: usize = 500;

pub(crate) async fn list(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let params = Params::read(query.as_deref(), &[&["limit", "cursor", "fields"]])?;
    let limit = params.limit(50, 500)?;
    let before: Option<i64> = params.one("cursor")?.map(super::read_cursor).transpose()?;
    let results: Vec<Review> = app.pool.read(move |store| Ok(store.reviews(None, limit, before)?)).await?;
    let next = results.last().filter(|_| results.len() == limit).map(|r| super::cursor(&r.n));
    reply::json(&headers, params.one("fields")?, &Page { results, next, limit })
}

pub(crate) async fn of_event(State(app): State<Arc<App>>, id: Named, headers: HeaderMap) -> Result<Response, Fault> {
    let results: Vec<Review> = app.pool.read(move |store| Ok(store.reviews(Some(&id), 500, None)?)).await?;
    reply::json(&headers, None, &Page { results, next: None, limit: 500 })
}

/// What is to be looked at, in its order; those judged since it was worked out are left out.
pub(crate) async fn to_review(app: &Arc<App>, limit: usize) -> Result<Vec<(String, Doubt)>, Fault> {
    let of = Arc::clone(app);
    let work = async move || of.pool.read(|store| Ok(store.to_review(QUEUE)?)).await;
    let all = app.cache.get::<Vec<(String, Doubt)>, _>("queue".to_owned(), work).await?;
    app.pool
        .read(move |store| {
            let mut open = Vec::new();
            for (id, doubt) in all.iter() {
                if open.len() == limit {
                    break;
                }
                if !store.is_settled(id)? {
                    open.push((id.clone(), *doubt));
                }
            }
            Ok(open)
        })
        .await
}

pub(crate) async fn queue(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let params = Params::read(query.as_deref(), &[&["limit", "fields"]])?;
    let limit = params.limit(20, 500)?;
    let open = to_review(&app, limit).await?;
    let results: Vec<_> = open.iter().map(|(event, doubt)| json!({ "event": event, "doubt": doubt })).collect();
    reply::json(&headers, params.one("fields")?, &Page { results, next: None, limit })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReviewBody {
    verdict: Verdict,
    #[serde(default)]
    corrected: Option<Event>,
    #[serde(default)]
    note: Option<String>,
    /// Who says so, where no token tells it.
    #[serde(default)]
    author: Option<String>,
}

pub(crate) async fn add(
    State(app): State<Arc<App>>,
    Extension(visitor): Extension<Visitor>,
    id: Named,
    headers: HeaderMap,
    bytes: Bytes,
) -> Result<Response, Fault> {
    let asked: ReviewBody = body(&headers, &bytes)?;
    let author = author(&app, &visitor, asked.author.as_deref())?;
    let note = asked.note.filter(|n| !n.trim().is_empty());
    if note.as_ref().is_some_and(|n| n.chars().count() > 2000 || n.contains('\0')) {
        return Err(Fault::BadBody("note wants at most 2,000 characters, none of them the character 0".to_owned()));
    }
    let j = Judgement { event: id.0, verdict: asked.verdict, corrected: asked.corrected, note, author, at: now() };
    let review = keep(&app, j).await?;
    Ok((StatusCode::CREATED, axum::Json(review)).into_response())
}

/// Under whose name a review is kept: that of the token, else the one that is given.
pub(crate) fn author(app: &App, visitor: &Visitor, given: Option<&str>) -> Result<String, Fault> {
    let given = given.map(str::trim).filter(|g| !g.is_empty() && !app.auth.is_on());
    let name = given.unwrap_or(&visitor.name);
    let fits = name.chars().count() <= 60 && !name.chars().any(char::is_control);
    if fits { Ok(name.to_owned()) } else { Err(Fault::BadBody("author wants at most 60 characters".to_owned())) }
}

/// Keeps a judgement, if it points at the text of its report.
pub(crate) async fn keep(app: &App, j: Judgement) -> Result<Review, Fault> {
    let review = app
        .writer
        .write(move |store| {
            let Some((record, i)) = store.coded(&j.event)? else {
                return Err(Fault::NotFound(format!("event \"{}\"", j.event)));
            };
            if let Some(c) = &j.corrected {
                evidenced(c, &record.events[i], &record.report.text)?;
            }
            let event = j.event.clone();
            store.review(&j).map_err(|e: StoreError| match e.kind() {
                StoreErrorKind::Other => {
                    Fault::BadBody("corrected goes with \"correct\", and with nothing else".to_owned())
                }
                _ => e.into(),
            })?;
            let last = store.reviews(Some(&event), 1, None)?.pop();
            last.ok_or_else(|| Fault::Internal("a review that was kept is not there".to_owned()))
        })
        .await?;
    app.cache.changed();
    Ok(review)
}

/// A corrected event keeps its evidence: its words stand where it says.
fn evidenced(c: &Event, coded: &Event, text: &str) -> Result<(), Fault> {
    let actors = c.actors.iter().chain(&c.recipients).chain(&c.third_parties);
    let spans = actors.map(|a| a.span).chain([c.span, c.sentence.span]);
    if c.id != coded.id || spans.into_iter().any(|s| s.text(text).is_none()) {
        return Err(Fault::BadBody(
            "corrected must keep the event's id, and its spans must lie in the text".to_owned(),
        ));
    }
    Ok(())
}

/// The reviewed records, one a line: events as people say they are.
pub(crate) async fn gold(State(app): State<Arc<App>>) -> Result<Response, Fault> {
    let (mut pipe, response) = Pipe::open("application/x-ndjson", "gold.jsonl");
    tokio::spawn(async move {
        let work = move |store: &dateline_store::Store| {
            let written = store.each_reviewed(&mut |record, whole, reviews| {
                let by: std::collections::BTreeSet<&str> = reviews.iter().map(|r| r.author.as_str()).collect();
                let at = reviews.iter().map(|r| r.at.as_str()).max();
                let r = &record.report;
                let line = json!({
                    "id": r.id, "published": r.published, "outlet": r.outlet, "title": r.title, "url": r.url, "text": r.text,
                    "events": record.events, "whole": whole, "reviewed_by": by, "reviewed_at": at,
                });
                // A reader that is gone ends the writing below.
                let _ = writeln!(pipe, "{line}");
                Ok(())
            });
            match written {
                Ok(()) => pipe.end().map_err(|e| Fault::Internal(e.to_string())),
                Err(e) => {
                    pipe.fail(&e.to_string());
                    Err(e.into())
                }
            }
        };
        app.exports.read_for(Duration::from_secs(600), work).await
    });
    Ok(response)
}
