//! The first page: what is in the store and what came last.

use super::rows::{Bar, ReportLine, bars};
use super::{Frame, PageFault, Viewer, chart, html, segment};
use crate::app::App;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use dateline_store::{Filter, ReportRow, Stats};
use std::ops::ControlFlow;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "overview.html")]
struct Page {
    frame: Frame,
    numbers: Vec<(&'static str, String)>,
    empty: bool,
    chart: String,
    watches: Vec<(String, String, u64)>,
    types: Vec<Bar>,
    reports: Vec<ReportLine>,
}

struct Read {
    stats: Stats,
    chart: String,
    newest: Vec<ReportRow>,
}

pub(super) async fn show(State(app): State<Arc<App>>, viewer: Viewer) -> Result<Response, PageFault> {
    let of = Arc::clone(&app);
    let work = async move || {
        of.pool
            .read(|store| {
                let mut newest = Vec::new();
                store.each_report(None, &Filter::default(), None, &mut |r| {
                    newest.push(r);
                    Ok(if newest.len() < 12 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) })
                })?;
                let chart = chart::months(&store.months(&Filter::default())?);
                Ok(Read { stats: store.stats()?, chart, newest })
            })
            .await
    };
    let read = app.cache.get::<Read, _>("overview".to_owned(), work).await?;
    let watches = app.pool.read(|store| Ok(store.watches()?)).await?;
    let s = &read.stats;
    let state = |name: &str| s.reports.iter().filter(|(n, _)| n == name).map(|(_, k)| *k).sum::<u64>();
    let mut numbers = vec![
        ("reports", (state("coded") + state("foreign")).to_string()),
        ("copies of them", state("copy").to_string()),
        ("events", s.happenings.to_string()),
        ("mentions", s.mentions.to_string()),
        ("positions", s.positions.to_string()),
    ];
    if let Some((first, last)) = &s.days {
        numbers.push(("from", first.clone()));
        numbers.push(("to", last.clone()));
    }
    Ok(html(&Page {
        frame: viewer.frame("Overview", "/"),
        numbers,
        empty: s.reports.is_empty(),
        chart: read.chart.clone(),
        watches: watches.into_iter().map(|w| (format!("/watches/{}", segment(&w.name)), w.name, w.reports)).collect(),
        types: bars(&s.types, 16, |t| format!("/events?type={}", segment(t))),
        reports: read.newest.iter().map(ReportLine::of_row).collect(),
    }))
}
