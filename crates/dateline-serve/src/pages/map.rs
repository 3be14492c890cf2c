//! Where events took place, by months, with how finely that is known.

use super::forms::downloads;
use super::{Frame, PageFault, Viewer, chart, html, segment};
use crate::app::App;
use crate::error::Fault;
use crate::params::{FILTER, Params};
use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use dateline_report::Date;
use dateline_store::{Filter, PlaceRow};
use dateline_view::escape;
use dateline_view::map::{LAND, outline};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

/// Places drawn, and rows of the table.
const DRAWN: usize = 1500;
const ROWS: usize = 200;

struct Row {
    href: String,
    name: String,
    country: String,
    precision: String,
    cooperation: u64,
    conflict: u64,
}

#[derive(Template)]
#[template(path = "map.html")]
struct Page {
    frame: Frame,
    months: Vec<String>,
    first: usize,
    last: usize,
    last_step: usize,
    first_month: String,
    last_month: String,
    kind: String,
    actor: String,
    error: Option<String>,
    told: String,
    drawing: String,
    downloads: Vec<(String, String)>,
    places: Vec<Row>,
}

/// Months from the first to the last in which something happened.
fn months(known: &[String]) -> Vec<String> {
    let number = |m: &String| -> Option<i64> {
        let (y, m) = m.split_once('-')?;
        Some(y.parse::<i64>().ok()? * 12 + m.parse::<i64>().ok()? - 1)
    };
    let (Some(first), Some(last)) = (known.first().and_then(number), known.last().and_then(number)) else {
        return Vec::new();
    };
    // What lies centuries back would press the slider together.
    (first.max(last - 600)..=last).map(chart::name).collect()
}

fn bound(month: Option<&String>, last_day: bool) -> Option<Date> {
    let first: Date = format!("{}-01", month?).parse().ok()?;
    Some(if last_day { first.last_of_month() } else { first })
}

pub(super) async fn show(
    State(app): State<Arc<App>>,
    viewer: Viewer,
    RawQuery(query): RawQuery,
) -> Result<Response, PageFault> {
    let params = Params::read(query.as_deref(), &[FILTER, &["first", "last"]])?;
    let of = Arc::clone(&app);
    let all = async move || {
        of.pool
            .read(|store| {
                let rows = store.months(&Filter::default())?;
                Ok(months(&rows.into_iter().map(|r| r.month).collect::<Vec<_>>()))
            })
            .await
    };
    let all = app.cache.get::<Vec<String>, _>("map months".to_owned(), all).await?;
    let last_step = all.len().saturating_sub(1);
    let step = |name: &str| params.read_one::<usize>(name, "a number of months");
    let last = step("last")?.unwrap_or(last_step).min(last_step);
    // At first the last year.
    let first = step("first")?.unwrap_or(last.saturating_sub(11)).min(last);
    let (filter, error) = match params.filter() {
        Ok(f) => (f, None),
        Err(e @ Fault::BadParameter { .. }) => (Filter::default(), Some(e.to_string())),
        Err(e) => return Err(e.into()),
    };
    let filter = Filter {
        from: filter.from.or_else(|| bound(all.get(first), false)),
        to: filter.to.or_else(|| bound(all.get(last), true)),
        ..filter
    };
    let query = crate::params::filter_query(&filter);
    let of = Arc::clone(&app);
    let work = async move || of.pool.read(move |store| Ok(store.places(&filter)?)).await;
    let places = app.cache.get::<Vec<PlaceRow>, _>(format!("map {query}"), work).await?;
    let month = |i: usize| all.get(i).cloned().unwrap_or_default();
    let total: u64 = places.iter().map(|p| p.cooperation + p.conflict).sum();
    Ok(html(&Page {
        frame: viewer.frame("Map", "/map").class("map-page"),
        first,
        last,
        last_step,
        first_month: month(first),
        last_month: month(last),
        kind: params.shown("type"),
        actor: params.shown("actor"),
        error,
        told: format!("{total} events at {} places, {} to {}", places.len(), month(first), month(last)),
        drawing: draw(&places),
        downloads: downloads("places", &query),
        places: places.iter().take(ROWS).map(row).collect(),
        months: all.to_vec(),
    }))
}

fn row(p: &PlaceRow) -> Row {
    let country = p.country.clone().unwrap_or_default();
    let name = p.name.clone().unwrap_or_else(|| country.clone());
    let href = match (&p.name, p.precision.as_deref()) {
        (Some(n), Some("city" | "site" | "admin1")) => format!("/events?place={}", segment(n)),
        _ => format!("/events?country={country}"),
    };
    let precision = p.precision.clone().unwrap_or_default();
    Row { href, name, country, precision, cooperation: p.cooperation, conflict: p.conflict }
}

fn class(cooperation: u64, conflict: u64) -> &'static str {
    if conflict > cooperation { "conf" } else { "coop" }
}

/// The world: countries shaded where no more than the country is known, rings for provinces, dots for towns and sites.
fn draw(places: &[PlaceRow]) -> String {
    let mut countries: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    let mut fine = Vec::new();
    for p in places {
        let fine_enough = matches!(p.precision.as_deref(), Some("city" | "site" | "admin1"));
        if let (true, Some(lat), Some(lon)) = (fine_enough, p.lat, p.lon) {
            fine.push((p, lon * 2.0, -lat * 2.0));
        } else {
            let sum = countries.entry(p.country.as_deref().unwrap_or_default()).or_default();
            sum.0 += p.cooperation;
            sum.1 += p.conflict;
        }
    }
    let most = countries.values().map(|(a, b)| a + b).max().unwrap_or(1).max(1) as f64;
    let mut o = format!(
        "<figure class=\"world\" tabindex=\"0\"><svg viewBox=\"-360 -170 720 300\" role=\"img\" aria-label=\"Map of events; the table below has the same\"><path class=\"land\" d=\"{LAND}\"/>"
    );
    for (code, (coop, conf)) in &countries {
        let Some(path) = outline(code) else { continue };
        let opacity = 0.15 + 0.55 * ((coop + conf) as f64 / most).sqrt();
        let _ = write!(
            o,
            "<path class=\"area {}\" fill-opacity=\"{opacity:.2}\" d=\"{path}\"><title>{code}, known only to the country: {coop} of cooperation, {conf} of conflict</title></path>",
            class(*coop, *conf)
        );
    }
    // The larger ones first, so that the smaller stay on top.
    for (p, x, y) in fine.iter().take(DRAWN) {
        let n = (p.cooperation + p.conflict) as f64;
        let ring = if p.precision.as_deref() == Some("admin1") { "ring" } else { "point" };
        let r = 1.2 + n.sqrt().min(12.0) * 0.5 + if ring == "ring" { 2.5 } else { 0.0 };
        let known = if ring == "ring" { ", known to the province" } else { "" };
        let _ = write!(
            o,
            "<circle class=\"{ring} {}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{r:.1}\"><title>{}{known}: {} of cooperation, {} of conflict</title></circle>",
            class(p.cooperation, p.conflict),
            escape(p.name.as_deref().unwrap_or("?")),
            p.cooperation,
            p.conflict
        );
    }
    o.push_str("</svg></figure>");
    o
}
