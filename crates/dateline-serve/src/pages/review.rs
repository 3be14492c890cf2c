//! The review queue: one event after the other, by keys.

use super::forms::Sent;
use super::{Frame, PageFault, Viewer, go, html, segment};
use crate::api::reviews as api;
use crate::app::App;
use crate::error::Fault;
use crate::params::Params;
use crate::writer::now;
use askama::Template;
use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use dateline_report::{Event, EventType, Record, Status};
use dateline_store::{Doubt, Judgement, Review, Store, Verdict};
use dateline_view::{record, words};
use std::sync::Arc;

/// Events looked ahead, so that some may be skipped.
const AHEAD: usize = 50;
/// Characters shown around a sentence.
const AROUND: usize = 240;

struct Item {
    id: String,
    why_here: &'static str,
    quad: u8,
    head: String,
    summary: String,
    before: String,
    sentence: String,
    after: String,
    why: String,
    differ: Vec<String>,
    report: String,
    title: String,
    page: String,
    skip: String,
    kind: &'static str,
    mode: String,
    status: &'static str,
    start: String,
    end: String,
    killed: String,
    injured: String,
    held: String,
}

#[derive(Template)]
#[template(path = "review.html")]
struct Page {
    frame: Frame,
    item: Option<Item>,
    error: Option<String>,
    author: String,
    types: Vec<&'static str>,
    statuses: Vec<&'static str>,
    last: Vec<(String, String, &'static str)>,
}

/// The event under review as it is shown. What differs between its mentions and its reviewers is told.
fn item(store: &Store, id: &str, doubt: Option<Doubt>, skip: String) -> Result<Option<Item>, Fault> {
    let Some((r, i)) = store.coded(id)? else { return Ok(None) };
    let e = &r.events[i];
    let text = &r.report.text;
    let s = e.sentence.span;
    let number = |n: Option<u64>| n.map_or(String::new(), |n| n.to_string());
    let day = |d: Option<dateline_report::Date>| d.map_or(String::new(), |d| d.to_string());
    let mode = e.mode.clone().unwrap_or_default();
    let head = format!("{} · {} {mode} · {}", words::date(e.date.as_ref()), e.kind, e.status);
    let tail = |t: &str| t.chars().rev().take(AROUND).collect::<Vec<_>>().into_iter().rev().collect::<String>();
    Ok(Some(Item {
        id: id.to_owned(),
        why_here: match doubt {
            Some(Doubt::ReviewersDiffer) => "Reviewers differ on this event.",
            Some(Doubt::MentionsDiffer) => "Mentions of this event differ.",
            Some(Doubt::Unsure) => "Of those that nobody has reviewed, the coder is least sure of this.",
            None => "",
        },
        quad: e.quad,
        head,
        summary: record::summary(e),
        before: tail(text.get(..s.start).unwrap_or_default()),
        sentence: s.text(text).unwrap_or_default().to_owned(),
        after: text.get(s.end..).unwrap_or_default().chars().take(AROUND).collect(),
        why: record::why(e),
        differ: differ(store, &r, i, id)?,
        report: format!("/reports/{}", segment(&r.report.id)),
        title: r.report.title.clone().unwrap_or_else(|| "The report".to_owned()),
        page: format!("/events/{}", segment(id)),
        skip,
        kind: e.kind.as_str(),
        mode,
        status: e.status.as_str(),
        start: day(e.date.as_ref().and_then(|d| d.start)),
        end: day(e.date.as_ref().and_then(|d| d.end)),
        killed: number(e.killed),
        injured: number(e.injured),
        held: number(e.held),
    }))
}

fn differ(store: &Store, r: &Record, i: usize, id: &str) -> Result<Vec<String>, Fault> {
    let first = &r.events[i].id;
    let mut out = Vec::new();
    for m in r.events.iter().filter(|m| m.same_as.as_ref() == Some(first)) {
        let counts = [("killed", m.killed), ("injured", m.injured), ("held", m.held)];
        let counts = counts.iter().filter_map(|(k, n)| n.map(|n| format!("; {n} {k}"))).collect::<String>();
        let sentence = m.sentence.span.text(&r.report.text).map(words::squeeze).unwrap_or_default();
        out.push(format!(
            "Also told as {} {}, {}{counts}: “{sentence}”",
            m.kind,
            m.status,
            words::date(m.date.as_ref())
        ));
    }
    for said in store.reviews(Some(id), 20, None)? {
        let note = said.note.map_or(String::new(), |n| format!(": {n}"));
        out.push(format!("{} says {}{note}", said.author, said.verdict));
    }
    Ok(out)
}

pub(super) async fn show(
    State(app): State<Arc<App>>,
    viewer: Viewer,
    RawQuery(query): RawQuery,
) -> Result<Response, PageFault> {
    let params = Params::read(query.as_deref(), &[&["event", "skip", "author"]])?;
    page(&app, &viewer, &params, None).await
}

async fn page(app: &Arc<App>, viewer: &Viewer, params: &Params, error: Option<String>) -> Result<Response, PageFault> {
    let skip: usize = params.read_one("skip", "a whole number")?.unwrap_or(0).min(AHEAD - 1);
    let (asked, author) = (params.one("event")?.map(str::to_owned), params.shown("author"));
    let queue = api::to_review(app, AHEAD).await?;
    let further = format!("/review?skip={}&author={}", (skip + 1) % queue.len().max(1), segment(&author));
    let (item, last) = app
        .pool
        .read(move |store| {
            let item = match asked {
                Some(id) => item(store, &id, None, further)?,
                None => match queue.get(skip).or(queue.first()) {
                    Some((id, doubt)) => item(store, id, Some(*doubt), further)?,
                    None => None,
                },
            };
            Ok((item, store.reviews(None, 8, None)?))
        })
        .await?;
    let told = |r: &Review| {
        (
            format!("{} · {} · {}", r.at, r.author, r.verdict),
            format!("/events/{}", segment(&r.event)),
            r.coded.kind.as_str(),
        )
    };
    Ok(html(&Page {
        frame: viewer.frame("Review", "/review"),
        item,
        error,
        author,
        types: EventType::ALL.iter().map(|t| t.as_str()).collect(),
        statuses: Status::ALL.iter().map(|s| s.as_str()).collect(),
        last: last.iter().map(told).collect(),
    }))
}

pub(super) async fn judge(State(app): State<Arc<App>>, viewer: Viewer, bytes: Bytes) -> Result<Response, PageFault> {
    let sent = Sent::read(&bytes);
    let author = sent.get("author").unwrap_or_default().to_owned();
    match kept(&app, &viewer, &sent, &author).await {
        Ok(()) => Ok(go(&format!("/review?author={}", segment(&author)))),
        Err(e) if e.status().is_client_error() => {
            let asked = sent.params(&[&["event", "author"]])?;
            page(&app, &viewer, &asked, Some(e.to_string())).await
        }
        Err(e) => Err(e.into()),
    }
}

async fn kept(app: &Arc<App>, viewer: &Viewer, sent: &Sent, author: &str) -> Result<(), Fault> {
    let visitor = viewer.0.as_ref().ok_or(Fault::Unauthorized)?;
    let author = api::author(app, visitor, Some(author))?;
    let verdict = sent.get("verdict").unwrap_or_default();
    let verdict: Verdict = verdict.parse().map_err(|_| Fault::bad("verdict", "accept, correct or reject"))?;
    let event = sent.get("event").unwrap_or_default().to_owned();
    let corrected = if verdict == Verdict::Correct {
        let id = event.clone();
        let coded = app.pool.read(move |store| Ok(store.coded(&id)?)).await?;
        let (record, i) = coded.ok_or_else(|| Fault::NotFound("such event".to_owned()))?;
        Some(corrected(app, sent, record.events[i].clone())?)
    } else {
        None
    };
    let note = sent.get("note").map(str::to_owned);
    let at = now();
    api::keep(app, Judgement { event, verdict, corrected, note, author, at }).await.map(drop)
}

/// The event with the fields of the form in the place of what was coded.
fn corrected(app: &App, sent: &Sent, mut e: Event) -> Result<Event, Fault> {
    let field = |name: &str| sent.get(name).unwrap_or_default();
    let (kind, mode) = (field("type"), sent.get("mode").map(str::to_lowercase));
    let kind: EventType = kind.parse().map_err(|_| Fault::bad("type", "a PLOVER type"))?;
    if kind != e.kind || mode != e.mode {
        let ontology = app.coder.ontology();
        if mode.as_deref().is_some_and(|m| !ontology.has_mode(kind, m)) {
            return Err(Fault::bad("mode", format!("a mode of {kind}, or nothing")));
        }
        let code = ontology.code(kind, mode.as_deref());
        e.intensity = code.as_ref().and_then(|c| c.intensity);
        e.goldstein = code.as_ref().and_then(|c| c.goldstein);
        e.cameo = code.and_then(|c| c.cameo);
        (e.kind, e.quad, e.mode) = (kind, kind.quad(), mode);
    }
    e.status = field("status").parse().map_err(|_| Fault::bad("status", "a status"))?;
    let day = |name: &str| {
        sent.get(name).map(|d| d.parse::<dateline_report::Date>().map_err(|_| Fault::bad(name, "a day"))).transpose()
    };
    let (start, end) = (day("start")?, day("end")?);
    let end = end.or(start);
    if start > end {
        return Err(Fault::bad("end", "a day that is not before the first"));
    }
    if start.is_some() || e.date.is_some() {
        let date = e.date.get_or_insert_default();
        if (date.start, date.end) != (start, end) {
            (date.start, date.end, date.precision) = (start, end, None);
        }
    }
    let count = |name: &str| {
        sent.get(name).map(|n| n.parse::<u64>().map_err(|_| Fault::bad(name, "a whole number"))).transpose()
    };
    (e.killed, e.injured, e.held) = (count("killed")?, count("injured")?, count("held")?);
    Ok(e)
}
