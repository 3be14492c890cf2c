//! Actors, and pairs of them, through time.

use super::forms::downloads;
use super::rows::{Bar, EventLine, bars};
use super::{Frame, PageFault, Viewer, chart, html, segment};
use crate::api::{cursor, lists, read_cursor};
use crate::app::App;
use crate::error::Fault;
use crate::params::{Params, filter_query};
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use dateline_store::{Dyad, Filter, List, ListedEvent, MonthRow, PartnerRow, Who};
use serde_json::Value;
use std::ops::ControlFlow;
use std::sync::Arc;

/// Actors of a page, and events shown of one.
const SHOWN: usize = 100;
const EVENTS: usize = 20;

struct Line {
    href: String,
    name: String,
    country: Option<String>,
    sector: String,
    n: u64,
}

#[derive(Template)]
#[template(path = "actors.html")]
struct Page {
    frame: Frame,
    prefix: String,
    downloads: Vec<(String, String)>,
    actors: Vec<Line>,
    next: Option<String>,
}

pub(super) async fn list(
    State(app): State<Arc<App>>,
    viewer: Viewer,
    RawQuery(query): RawQuery,
) -> Result<Response, PageFault> {
    let params = Params::read(query.as_deref(), &[&["prefix", "cursor"]])?;
    let skip: usize = params.one("cursor")?.map(read_cursor).transpose()?.unwrap_or(0);
    let all = lists::rows(&app, lists::list("actors"), &params).await?;
    let text = |v: Option<&Value>| v.and_then(Value::as_str).map(str::to_owned);
    let line = |a: &serde_json::Map<String, Value>| {
        let name = text(a.get("name")).unwrap_or_default();
        Line {
            href: format!("/actors/{}", segment(&name)),
            name,
            country: text(a.get("country")),
            sector: text(a.get("sector")).unwrap_or_default(),
            n: a.get("events").and_then(Value::as_u64).unwrap_or(0),
        }
    };
    let rest = params.without(&["cursor"]);
    let end = skip.saturating_add(SHOWN);
    Ok(html(&Page {
        frame: viewer.frame("Actors", "/actors"),
        prefix: params.shown("prefix"),
        downloads: downloads("actors", &rest),
        actors: all.iter().skip(skip).take(SHOWN).map(line).collect(),
        next: (end < all.len()).then(|| format!("/actors?{rest}&cursor={}", cursor(&end))),
    }))
}

struct Partner {
    href: String,
    name: String,
    cooperation: u64,
    conflict: u64,
}

#[derive(Template)]
#[template(path = "actor.html")]
struct ActorPage {
    frame: Frame,
    name: String,
    total: u64,
    chart: String,
    types: Vec<Bar>,
    partners: Vec<Partner>,
    downloads: Vec<(String, String)>,
    events: Vec<EventLine>,
    all: String,
}

struct Read {
    months: Vec<MonthRow>,
    types: Vec<(String, u64)>,
    partners: Vec<PartnerRow>,
    latest: Vec<ListedEvent>,
}

pub(super) async fn one(
    State(app): State<Arc<App>>,
    viewer: Viewer,
    Path(name): Path<String>,
) -> Result<Response, PageFault> {
    let who: Who = name.parse().map_err(|_| Fault::NotFound("such actor".to_owned()))?;
    let filter = Filter { actors: vec![who], ..Filter::default() };
    let code = name.get(..3).filter(|c| c.bytes().all(|b| b.is_ascii_uppercase())).unwrap_or_default().to_owned();
    show(&app, &viewer, name, code, filter, true).await
}

pub(super) async fn dyad(
    State(app): State<Arc<App>>,
    viewer: Viewer,
    Path((first, second)): Path<(String, String)>,
) -> Result<Response, PageFault> {
    let dyad: Dyad = format!("{first} - {second}").parse().map_err(|_| Fault::NotFound("such pair".to_owned()))?;
    let filter = Filter { dyads: vec![dyad], ..Filter::default() };
    show(&app, &viewer, format!("{first} and {second}"), String::new(), filter, false).await
}

async fn show(
    app: &Arc<App>,
    viewer: &Viewer,
    name: String,
    code: String,
    filter: Filter,
    with_partners: bool,
) -> Result<Response, PageFault> {
    let query = filter_query(&filter);
    let (of, but) = (Arc::clone(app), code.clone());
    let work = async move || {
        of.pool
            .read(move |store| {
                let mut latest = Vec::new();
                store.each_event_behind(List::Happenings, None, &filter, None, &mut |_, e| {
                    latest.push(e);
                    Ok(if latest.len() < EVENTS { ControlFlow::Continue(()) } else { ControlFlow::Break(()) })
                })?;
                let partners = if with_partners { store.partners(&filter, &but, 25)? } else { Vec::new() };
                Ok(Read { months: store.months(&filter)?, types: store.types(&filter)?, partners, latest })
            })
            .await
    };
    let read = app.cache.get::<Read, _>(format!("actor {query}"), work).await?;
    let one = if code.is_empty() { name.clone() } else { code };
    let partner = |p: &PartnerRow| Partner {
        href: format!("/dyads/{}/{}", segment(&one), segment(&p.country)),
        name: p.country.clone(),
        cooperation: p.cooperation,
        conflict: p.conflict,
    };
    Ok(html(&ActorPage {
        frame: viewer.frame(name.clone(), "/actors"),
        name,
        total: read.types.iter().map(|t| t.1).sum(),
        chart: chart::months(&read.months),
        types: bars(&read.types, 16, |t| format!("/events?{query}&type={}", segment(t))),
        partners: read.partners.iter().map(partner).collect(),
        downloads: downloads("events", &query),
        events: read.latest.iter().map(EventLine::of).collect(),
        all: format!("/events?{query}"),
    }))
}
