//! The list of events, and the page of one with all its mentions.

use super::forms::{FilterForm, downloads};
use super::rows::{self, EventLine};
use super::{Frame, PageFault, Viewer, html, segment};
use crate::api::events as api;
use crate::app::App;
use crate::params::{FILTER, Params};
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use dateline_store::{ListedEvent, Store};
use std::sync::Arc;

#[derive(Template)]
#[template(path = "events.html")]
struct Page {
    frame: Frame,
    heading: &'static str,
    form: FilterForm,
    downloads: Vec<(String, String)>,
    events: Vec<EventLine>,
    next: Option<String>,
}

pub(super) async fn list(
    State(app): State<Arc<App>>,
    viewer: Viewer,
    RawQuery(query): RawQuery,
) -> Result<Response, PageFault> {
    let params = Params::read(query.as_deref(), &[FILTER, &["cursor"]])?;
    let page = api::rows(&app, &params).await?;
    let rest = params.without(&["cursor"]);
    Ok(html(&Page {
        frame: viewer.frame("Events", "/events"),
        heading: "Events",
        form: FilterForm::of(&params),
        downloads: downloads("events", &rest),
        events: page.results.iter().map(EventLine::of).collect(),
        next: page.next.map(|c| format!("/events?{rest}&cursor={c}")),
    }))
}

/// A telling of an event.
struct Telling {
    href: String,
    quad: u8,
    head: String,
    sentence: String,
    why: String,
}

#[derive(Template)]
#[template(path = "event.html")]
struct EventPage {
    frame: Frame,
    quad: u8,
    kind: String,
    when: String,
    summary: String,
    facts: String,
    mentions: Vec<Telling>,
    others: Vec<Telling>,
    disputed: bool,
    report: String,
    title: String,
    review: String,
    reviews: Vec<String>,
    revisions: Vec<String>,
}

/// The sentence of an event in its report.
fn sentence(store: &Store, e: &ListedEvent) -> String {
    let report = store.report(&e.report.id).ok().flatten();
    let (start, end) = (e.sentence_start as usize, e.sentence_end as usize);
    report.and_then(|r| r.text.get(start..end).map(dateline_view::words::squeeze)).unwrap_or_default()
}

pub(super) async fn one(
    State(app): State<Arc<App>>,
    viewer: Viewer,
    Path(id): Path<String>,
) -> Result<Response, PageFault> {
    let (w, sentences) = app
        .pool
        .read(move |store| {
            let w = api::whole(store, &id)?;
            let sentences: Vec<String> = w.mentions.iter().map(|m| sentence(store, m)).collect();
            Ok((w, sentences))
        })
        .await?;
    let e = &w.event;
    let by = |m: &ListedEvent| m.source.as_ref().map_or(String::new(), |s| format!(", according to {s}"));
    let mentions = w.mentions.iter().zip(sentences).map(|(m, sentence)| Telling {
        href: String::new(),
        quad: m.quad,
        head: format!("{} · {}{}", rows::when(m), rows::kind(m), by(m)),
        sentence,
        why: format!("{} on “{}”, confidence {:.2}", m.frame.as_deref().unwrap_or("model"), m.trigger, m.confidence),
    });
    let elsewhere = w.happening.iter().flat_map(|h| &h.mentions).filter(|m| m.evidence.report != e.report.id.as_str());
    let others = elsewhere.map(|m| {
        let told = [m.evidence.outlet.clone(), m.evidence.published.map(|d| d.to_string())];
        let counts = [("killed", m.killed), ("injured", m.injured), ("held", m.held)];
        let counts = counts.iter().filter_map(|(k, n)| n.map(|n| format!("{n} {k}")));
        let why: Vec<String> = [m.status.to_string()]
            .into_iter()
            .chain(counts)
            .chain(m.source.iter().map(|s| format!("according to {s}")))
            .collect();
        Telling {
            href: format!("/reports/{}#{}", segment(&m.evidence.report), segment(&m.event)),
            quad: e.quad,
            head: told.into_iter().flatten().chain(["report".to_owned()]).collect::<Vec<_>>().join(" · "),
            sentence: m.evidence.text.clone(),
            why: why.join("; "),
        }
    });
    let counts = [("killed", e.killed), ("injured", e.injured), ("held", e.held)];
    let mut facts = vec![e.status.to_string(), format!("certainty: {}", e.certainty)];
    facts.extend(e.intensity.map(|x| format!("intensity {x}")));
    facts.extend(e.cameo.as_ref().map(|c| format!("CAMEO {c}")));
    facts.extend(counts.iter().filter_map(|(k, n)| n.map(|n| format!("{n} {k}"))));
    facts.extend(e.contexts.as_ref().map(|c| c.replace(';', ", ")));
    let place = rows::place(e);
    let summary = [rows::who(e), place].into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join("; ");
    let said = |r: &dateline_store::Review| {
        let note = r.note.as_ref().map_or(String::new(), |n| format!(": {n}"));
        format!("{} by {}, {}{note}", r.verdict, r.author, r.at)
    };
    Ok(html(&EventPage {
        frame: viewer.frame(format!("{} {}", rows::kind(e), rows::when(e)), ""),
        quad: e.quad,
        kind: rows::kind(e),
        when: rows::when(e),
        summary,
        facts: facts.join(" · "),
        mentions: mentions.collect(),
        others: others.collect(),
        disputed: w.happening.as_ref().is_some_and(|h| h.disputed),
        report: format!("/reports/{}", segment(&e.report.id)),
        title: e.report.title.as_ref().map_or("The report".to_owned(), ToString::to_string),
        review: format!("/review?event={}", segment(&e.id)),
        reviews: w.reviews.iter().map(said).collect(),
        revisions: w.revisions.iter().map(|r| format!("{} {} by {}", r.at, r.change, r.coder)).collect(),
    }))
}
