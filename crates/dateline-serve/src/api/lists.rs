//! Lists: paged as JSON, whole as files.

use super::{cursor, read_cursor};
use crate::app::App;
use crate::error::Fault;
use crate::params::{FILTER, Params, filter_query};
use crate::reply::{self, Pipe};
use crate::table::{Column, Kind, Table, media};
use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;
use dateline_code::Coder;
use dateline_report::EventType;
use dateline_store::{By, ExportFormat, Found, Order, Period, Search, Store};
use dateline_story::Stories;
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Duration;

/// Parameters of every paged list.
pub(crate) const PAGED: &[&str] = &["limit", "cursor", "fields"];
/// The longest export.
const EXPORT: Duration = Duration::from_secs(3600);
/// Reports that are put together to stories at most.
const CLUSTERED: usize = 1000;
/// Hits that a file of a search holds at most.
const HITS: usize = 10_000;

/// A page of a list.
#[derive(Debug, Serialize)]
pub(crate) struct Page<T> {
    pub(crate) results: Vec<T>,
    /// Where the next page begins.
    pub(crate) next: Option<String>,
    pub(crate) limit: usize,
}

/// A list: its name, its columns, its own parameters beside those of a filter, and whether a filter holds for it.
pub(crate) struct List {
    pub(crate) name: &'static str,
    pub(crate) columns: &'static [Column],
    pub(crate) params: &'static [&'static str],
    pub(crate) filtered: bool,
}

macro_rules! columns {
    ($($name:ident: $kind:ident),+ $(,)?) => { &[$((stringify!($name), Kind::$kind)),+] };
}

/// Every list that is to be had as a file too.
pub(crate) static ALL: &[List] = &[
    List {
        name: "reports",
        columns: columns! { id: Text, title: Text, url: Text, outlet: Text, outlets: Text, language: Text, published: Text, words: Whole,
        state: Text, copies: Whole, events: Whole, coder: Text },
        params: &["q"],
        filtered: true,
    },
    List { name: "events", columns: &[], params: &["mentions"], filtered: true },
    List {
        name: "search",
        columns: columns! { id: Text, title: Text, published: Text, outlets: Text, url: Text, copies: Whole, excerpt: Text },
        params: &["q", "order"],
        filtered: true,
    },
    List {
        name: "actors",
        columns: columns! { name: Text, id: Text, country: Text, sector: Text, person: Truth, events: Whole },
        params: &["prefix"],
        filtered: false,
    },
    List {
        name: "places",
        columns: columns! { name: Text, country: Text, admin1: Text, lat: Decimal, lon: Decimal, geonames: Whole, precision: Text,
        cooperation: Whole, conflict: Whole },
        params: &[],
        filtered: true,
    },
    List {
        name: "stories",
        columns: columns! { story: Whole, title: Text, first: Text, last: Text, reports: Whole, report_ids: Text },
        params: &["q"],
        filtered: true,
    },
    List {
        name: "counts",
        columns: columns! { period: Text, type: Text, key: Text, events: Whole, intensity: Decimal, goldstein: Decimal, share: Decimal },
        params: &["period", "by", "mentions"],
        filtered: true,
    },
    List {
        name: "watches",
        columns: columns! { name: Text, query: Text, filter: Text, made: Text, reports: Whole },
        params: &[],
        filtered: false,
    },
];

/// The list of this name.
pub(crate) fn list(name: &str) -> &'static List {
    ALL.iter().find(|l| l.name == name).unwrap_or(&ALL[0])
}

impl List {
    fn params(&self, query: Option<&str>, more: &[&str]) -> Result<Params, Fault> {
        let filter = if self.filtered { FILTER } else { &[] };
        Params::read(query, &[filter, self.params, more])
    }
}

/// A page of a list that is worked out as a whole.
pub(crate) async fn page(
    list: &'static List,
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let params = list.params(query.as_deref(), PAGED)?;
    let limit = params.limit(100, 500)?;
    let skip: usize = params.one("cursor")?.map(read_cursor).transpose()?.unwrap_or(0);
    let all = rows(&app, list, &params).await?;
    let end = skip.saturating_add(limit).min(all.len());
    let results = all.get(skip..end).unwrap_or_default();
    let next = (end < all.len() && skip < all.len()).then(|| cursor(&end));
    reply::json(&headers, params.one("fields")?, &json!({ "results": results, "next": next, "limit": limit }))
}

/// All rows of such a list.
pub(crate) async fn rows(
    app: &Arc<App>,
    list: &'static List,
    params: &Params,
) -> Result<Arc<Vec<Map<String, Value>>>, Fault> {
    let asked = params.clone();
    let key = format!("{} {}", list.name, params.without(PAGED));
    let of = Arc::clone(app);
    app.cache
        .get(key, move || async move {
            let coder = Arc::clone(&of.coder);
            of.pool.read(move |store| make(store, &coder, list.name, &asked)).await
        })
        .await
}

fn make(store: &Store, coder: &Coder, list: &str, params: &Params) -> Result<Vec<Map<String, Value>>, Fault> {
    Ok(match list {
        "actors" => objects(store.actors(params.one("prefix")?.unwrap_or_default(), usize::MAX >> 1, 0)?),
        "places" => objects(store.places(&params.filter()?)?),
        "stories" => stories(store, params)?,
        "counts" => counts(store, coder, params)?,
        "watches" => {
            let row = |w: dateline_store::Watch| json!({ "name": w.name, "query": w.query, "filter": filter_query(&w.filter), "made": w.made, "reports": w.reports });
            objects(store.watches()?.into_iter().map(row))
        }
        _ => Vec::new(),
    })
}

fn objects<T: Serialize>(rows: impl IntoIterator<Item = T>) -> Vec<Map<String, Value>> {
    let object = |row: T| match serde_json::to_value(row) {
        Ok(Value::Object(map)) => Some(map),
        _ => None,
    };
    rows.into_iter().filter_map(object).collect()
}

fn counts(store: &Store, coder: &Coder, params: &Params) -> Result<Vec<Map<String, Value>>, Fault> {
    let period = match params.one("period")? {
        None | Some("month") => Period::Month,
        Some("day") => Period::Day,
        Some("week") => Period::Week,
        Some("year") => Period::Year,
        Some(_) => return Err(Fault::bad("period", "day, week, month or year")),
    };
    let by = match params.one("by")? {
        None => By::Nothing,
        Some("country") => By::Country,
        Some("dyad") => By::Dyad,
        Some(_) => return Err(Fault::bad("by", "country or dyad")),
    };
    let goldstein = |kind: &str, mode: Option<&str>| {
        let kind: EventType = kind.parse().ok()?;
        coder.ontology().code(kind, mode).and_then(|c| c.goldstein)
    };
    let row = |c: dateline_store::Count| {
        json!({ "period": c.period, "type": c.kind, "key": c.key, "events": c.events, "intensity": c.intensity,
            "goldstein": c.goldstein, "share": c.share })
    };
    Ok(objects(store.counts(params.list()?, &params.filter()?, period, by, &goldstein)?.into_iter().map(row)))
}

/// The newest reports that pass, put together by what they are about; the story with the newest report first.
fn stories(store: &Store, params: &Params) -> Result<Vec<Map<String, Value>>, Fault> {
    let (filter, query) = (params.filter()?, params.query()?);
    let mut ids = Vec::new();
    store.each_report(query.as_ref(), &filter, None, &mut |r| {
        ids.push(r.id);
        Ok(if ids.len() < CLUSTERED { ControlFlow::Continue(()) } else { ControlFlow::Break(()) })
    })?;
    let mut stories = Stories::default();
    let mut of: BTreeMap<usize, Vec<dateline_report::Report>> = BTreeMap::new();
    // In the order in which they came out.
    for id in ids.iter().rev() {
        if let Some(report) = store.report(id)? {
            let story = stories.add(&report.text, report.published);
            of.entry(story).or_default().push(dateline_report::Report { text: String::new(), ..report });
        }
    }
    let mut list: Vec<_> = of.into_iter().collect();
    list.sort_by_key(|(n, reports)| (std::cmp::Reverse(reports.iter().filter_map(|r| r.published).max()), *n));
    let row = |(n, reports): (usize, Vec<dateline_report::Report>)| {
        let days = || reports.iter().filter_map(|r| r.published);
        json!({ "story": n, "title": reports.last().and_then(|r| r.title.clone()), "first": days().min(), "last": days().max(),
            "reports": reports.len(), "report_ids": reports.iter().map(|r| &r.id).collect::<Vec<_>>() })
    };
    Ok(objects(list.into_iter().map(row)))
}

/// What a search of these parameters finds.
pub(crate) async fn found(app: &Arc<App>, params: &Params, limit: usize, skip: usize) -> Result<Arc<Found>, Fault> {
    let query = params.query()?;
    let order = match params.one("order")? {
        None if query.is_none() => Order::Newest,
        None | Some("relevance") => Order::Relevance,
        Some("newest") => Order::Newest,
        Some(_) => return Err(Fault::bad("order", "relevance or newest")),
    };
    let search = Search { query, filter: params.filter()?, order, limit, skip };
    let key = format!("search {limit} {skip} {}", params.without(PAGED));
    let of = Arc::clone(app);
    app.cache.get(key, move || async move { of.pool.read(move |store| Ok(store.search(&search)?)).await }).await
}

fn hit(h: &dateline_store::Hit) -> Value {
    json!({ "id": h.id, "title": h.title, "published": h.published, "outlets": h.outlets, "url": h.url, "copies": h.copies,
        "excerpt": h.excerpt })
}

pub(crate) async fn search(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let params = list("search").params(query.as_deref(), PAGED)?;
    let limit = params.limit(20, 500)?;
    let skip: usize = params.one("cursor")?.map(read_cursor).transpose()?.unwrap_or(0);
    if skip > HITS {
        return Err(Fault::BadCursor);
    }
    let found = found(&app, &params, limit, skip).await?;
    let pairs = |list: &[(String, u64)]| -> Value {
        list.iter().take(200).map(|(value, reports)| json!({ "value": value, "reports": reports })).collect()
    };
    let end = skip + found.hits.len();
    let next = (found.hits.len() == limit && end < found.total as usize && end <= HITS).then(|| cursor(&end));
    let f = &found.facets;
    let answer = json!({
        "results": found.hits.iter().map(hit).collect::<Vec<_>>(), "next": next, "limit": limit, "total": found.total,
        "facets": { "types": pairs(&f.types), "statuses": pairs(&f.statuses), "countries": pairs(&f.countries),
            "outlets": pairs(&f.outlets), "years": pairs(&f.years) },
    });
    reply::json(&headers, params.one("fields")?, &answer)
}

/// A list as a file.
pub(crate) async fn file(
    list: &'static List,
    form: ExportFormat,
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    let params = list.params(query.as_deref(), &[])?;
    // What is wrong with the parameters is told before the file begins.
    let (filter, of, words) = (params.filter()?, params.list()?, params.query()?);
    let ready = match list.name {
        "reports" | "events" => None,
        "search" => {
            let found = found(&app, &params, HITS, 0).await?;
            Some(Arc::new(objects(found.hits.iter().map(hit))))
        }
        _ => Some(rows(&app, list, &params).await?),
    };
    let (mut pipe, response) = Pipe::open(media(form), &format!("{}.{form}", list.name));
    let task = async move {
        app.exports
            .read_for(EXPORT, move |store| {
                let written = match (list.name, ready) {
                    ("events", _) => {
                        store.export(form, of, &filter, &mut pipe).map(drop).map_err(|e| Fault::Internal(e.to_string()))
                    }
                    (_, Some(rows)) => table(form, list, &mut pipe, &mut |row| rows.iter().try_for_each(row)),
                    _ => table(form, list, &mut pipe, &mut |row| {
                        let mut failed = None;
                        store.each_report(words.as_ref(), &filter, None, &mut |r| {
                            let wrote = objects([r]).iter().try_for_each(&mut *row);
                            failed = wrote.err();
                            Ok(if failed.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
                        })?;
                        failed.map_or(Ok(()), Err)
                    }),
                };
                match written {
                    Ok(()) => pipe.end().map_err(|e| Fault::Internal(e.to_string())),
                    Err(e) => {
                        pipe.fail(&format!("{e:?}"));
                        Err(e)
                    }
                }
            })
            .await
    };
    // The body ends when this does, whole or broken off.
    tokio::spawn(task);
    Ok(response)
}

/// Takes one row.
type Take<'t> = dyn FnMut(&Map<String, Value>) -> Result<(), Fault> + 't;

fn table(
    form: ExportFormat,
    list: &'static List,
    pipe: &mut Pipe,
    each: &mut dyn FnMut(&mut Take) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let mut table = Table::open(form, list.columns, pipe)?;
    each(&mut |row| table.row(row))?;
    table.end()
}
