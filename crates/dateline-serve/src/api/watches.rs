//! Watches, their dossiers and webhooks.

use super::lists::Page;
use super::{Named, body, cursor, lists, read_cursor};
use crate::app::App;
use crate::auth::random;
use crate::error::Fault;
use crate::params::{FILTER, Params, filter_query};
use crate::reply;
use crate::writer::now;
use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use dateline_store::{Filter, Query, Store, StoreError, StoreErrorKind, Watch};
use dateline_story::{Cutting, Dossier, Question};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::sync::Arc;

/// Reports that a dossier is made of at most, the newest.
const DOSSIER: usize = 2000;

fn shown(w: &Watch) -> Value {
    json!({ "name": w.name, "query": w.query, "filter": filter_query(&w.filter), "made": w.made, "reports": w.reports })
}

/// Something that is not there is told so, by its name.
fn named(name: &str) -> impl Fn(StoreError) -> Fault + use<'_> {
    move |e| match e.kind() {
        StoreErrorKind::NotFound => Fault::NotFound(format!("watch \"{name}\"")),
        _ => e.into(),
    }
}

pub(crate) async fn list(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let params = Params::read(query.as_deref(), &[lists::PAGED])?;
    let limit = params.limit(100, 500)?;
    let skip: usize = params.one("cursor")?.map(read_cursor).transpose()?.unwrap_or(0);
    let all = app.pool.read(|store| Ok(store.watches()?)).await?;
    let results: Vec<Value> = all.iter().skip(skip).take(limit).map(shown).collect();
    let end = skip.saturating_add(limit);
    let next = (end < all.len()).then(|| cursor(&end));
    reply::json(&headers, params.one("fields")?, &Page { results, next, limit })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WatchBody {
    name: String,
    #[serde(default)]
    query: String,
    /// As in an address.
    #[serde(default)]
    filter: String,
}

pub(crate) async fn add(State(app): State<Arc<App>>, headers: HeaderMap, bytes: Bytes) -> Result<Response, Fault> {
    let asked: WatchBody = body(&headers, &bytes)?;
    let filter = Params::read(Some(&asked.filter), &[FILTER])?.filter()?;
    let watch = make(&app, asked.name, asked.query, filter).await?;
    Ok((StatusCode::CREATED, axum::Json(shown(&watch))).into_response())
}

/// Makes a watch.
pub(crate) async fn make(app: &App, name: String, query: String, filter: Filter) -> Result<Watch, Fault> {
    let name = name.trim().to_owned();
    if name.is_empty() || name.chars().count() > 100 || name.chars().any(char::is_control) {
        return Err(Fault::BadBody("name wants 1 to 100 characters".to_owned()));
    }
    if query.len() > 1000 {
        return Err(Fault::BadBody("query wants at most 1,000 bytes".to_owned()));
    }
    if !query.trim().is_empty() {
        query.parse::<Query>().map_err(|e| Fault::BadQuery(e.to_string()))?;
    }
    let watch = app
        .writer
        .write(move |store| {
            if store.watch(&name).is_ok() {
                return Err(Fault::Exists(format!("a watch \"{name}\"")));
            }
            store.add_watch(&name, &query, &filter, &now())?;
            Ok(store.watch(&name)?)
        })
        .await?;
    app.cache.changed();
    Ok(watch)
}

pub(crate) async fn one(State(app): State<Arc<App>>, name: Named, headers: HeaderMap) -> Result<Response, Fault> {
    let watch = app.pool.read(move |store| store.watch(&name).map_err(named(&name))).await?;
    reply::json(&headers, None, &shown(&watch))
}

pub(crate) async fn remove(State(app): State<Arc<App>>, name: Named) -> Result<StatusCode, Fault> {
    app.writer.write(move |store| store.remove_watch(&name).map_err(named(&name))).await?;
    app.cache.changed();
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) async fn reports(
    State(app): State<Arc<App>>,
    name: Named,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let params = Params::read(query.as_deref(), &[&["limit", "fields"]])?;
    let limit = params.limit(50, 500)?;
    let public = app.config.public_url.clone();
    let results = app
        .pool
        .read(move |store| {
            store.watch(&name).map_err(named(&name))?;
            let noticed = store.noticed_last(&name, limit)?;
            Ok(noticed.into_iter().map(|n| crate::news::Item::of(&name, n, &public)).collect::<Vec<_>>())
        })
        .await?;
    reply::json(&headers, params.one("fields")?, &Page { results, next: None, limit })
}

/// The dossier of a watch, kept until the store changes.
pub(crate) async fn dossier_of(
    app: &Arc<App>,
    name: &str,
    since: Option<dateline_report::Date>,
) -> Result<Arc<Dossier>, Fault> {
    let key = format!("dossier {since:?} {name}");
    let (of, name) = (Arc::clone(app), name.to_owned());
    let work = async move || of.pool.read(move |store| read_dossier(store, &name, since)).await;
    app.cache.get(key, work).await
}

fn read_dossier(store: &Store, name: &str, since: Option<dateline_report::Date>) -> Result<Dossier, Fault> {
    let query = store.watch(name).map_err(named(name))?.query;
    let words = query.parse::<Query>().map(|q| q.words()).unwrap_or_default();
    let mut cuttings = VecDeque::new();
    store.each_watched(name, &mut |w| {
        if cuttings.len() == DOSSIER {
            cuttings.pop_front();
        }
        cuttings.push_back(Cutting { record: w.record, outlets: w.outlets });
        Ok(())
    })?;
    Ok(Dossier::of(cuttings.make_contiguous(), &Question { words, since }))
}

pub(crate) async fn dossier(
    State(app): State<Arc<App>>,
    name: Named,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let params = Params::read(query.as_deref(), &[&["since", "format"]])?;
    let (since, format) = (params.day("since")?, params.one("format")?.unwrap_or("json"));
    if !["json", "md", "html", "csv"].contains(&format) {
        return Err(Fault::bad("format", "json, md, html or csv"));
    }
    let d = dossier_of(&app, &name, since).await?;
    Ok(match format {
        "md" => {
            reply::whole(&headers, "text/markdown; charset=utf-8", dateline_view::dossier::markdown(&name, &d).into())
        }
        "html" => {
            let page = dateline_view::dossier::page(&name, &d);
            let mut response = reply::whole(&headers, "text/html; charset=utf-8", page.into());
            // A file to keep: its own style sheet would not pass the policy of this site.
            let disposition = axum::http::HeaderValue::from_static("attachment; filename=\"dossier.html\"");
            response.headers_mut().insert(axum::http::header::CONTENT_DISPOSITION, disposition);
            response
        }
        "csv" => {
            let mut table = Vec::new();
            dateline_view::dossier::rounds(&name, &d, &mut table).map_err(|e| Fault::Internal(e.to_string()))?;
            reply::whole(&headers, "text/csv; charset=utf-8", table)
        }
        _ => reply::json(&headers, None, &*d)?,
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HookBody {
    url: String,
    #[serde(default)]
    secret: Option<String>,
}

pub(crate) async fn add_hook(
    State(app): State<Arc<App>>,
    name: Named,
    headers: HeaderMap,
    bytes: Bytes,
) -> Result<Response, Fault> {
    let asked: HookBody = body(&headers, &bytes)?;
    let fits = asked.url.len() <= 1000
        && url::Url::parse(&asked.url).is_ok_and(|u| ["http", "https"].contains(&u.scheme()) && u.has_host());
    if !fits {
        return Err(Fault::BadBody("url is an address that begins with http:// or https://".to_owned()));
    }
    let secret = match asked.secret {
        Some(s) if (16..=200).contains(&s.len()) => s,
        Some(_) => return Err(Fault::BadBody("secret wants 16 to 200 bytes; leave it out to be given one".to_owned())),
        None => random().map_err(|e| Fault::Internal(e.to_string()))?,
    };
    let told = json!({ "watch": *name, "url": asked.url, "secret": secret });
    let number =
        app.writer.write(move |store| store.add_hook(&name, &asked.url, &secret, &now()).map_err(named(&name))).await?;
    let mut told = told;
    told["number"] = json!(number);
    Ok((StatusCode::CREATED, axum::Json(told)).into_response())
}

pub(crate) async fn hooks(State(app): State<Arc<App>>, name: Named, headers: HeaderMap) -> Result<Response, Fault> {
    let results = app
        .pool
        .read(move |store| {
            store.watch(&name).map_err(named(&name))?;
            let row =
                |h: dateline_store::Hook| json!({ "number": h.n, "watch": h.watch, "url": h.url, "made": h.made });
            Ok(store.hooks(Some(&name))?.into_iter().map(row).collect::<Vec<_>>())
        })
        .await?;
    let limit = results.len();
    reply::json(&headers, None, &Page { results, next: None, limit })
}

pub(crate) async fn remove_hook(
    State(app): State<Arc<App>>,
    Path((name, number)): Path<(String, String)>,
) -> Result<StatusCode, Fault> {
    let none = || Fault::NotFound(format!("webhook \"{number}\""));
    let n: i64 = number.parse().map_err(|_| none())?;
    let gone = app.writer.write(move |store| match store.remove_hook(&name, n) {
        Err(e) if e.kind() == StoreErrorKind::NotFound => Ok(false),
        other => Ok(other.map(|()| true)?),
    });
    if gone.await? { Ok(StatusCode::NO_CONTENT) } else { Err(none()) }
}
