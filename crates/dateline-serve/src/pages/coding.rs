//! Pasting a report: coded as it is typed, added on demand, followed while it is.

use super::forms::Sent;
use super::{Frame, PageFault, Viewer, go, html, segment};
use crate::api::{ReportBody, reports};
use crate::app::App;
use crate::error::Fault;
use crate::jobs::State as JobState;
use askama::Template;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use dateline_report::Report;
use dateline_view::record::{Shown, body};
use std::sync::Arc;

/// Bytes of a text that is coded as it is typed.
const TYPED: usize = 100_000;

#[derive(Template, Default)]
#[template(path = "code.html")]
struct Page {
    frame: Frame,
    text: String,
    published: String,
    outlet: String,
    url: String,
    error: Option<String>,
    coded: String,
}

impl Default for Frame {
    fn default() -> Self {
        Viewer::default().frame("", "")
    }
}

fn report(sent: &Sent) -> Result<Report, Fault> {
    ReportBody {
        text: sent.raw("text").replace("\r\n", "\n"),
        id: None,
        title: None,
        url: sent.get("url").map(str::to_owned),
        outlet: sent.get("outlet").map(str::to_owned),
        byline: None,
        language: None,
        published: sent.get("published").map(str::to_owned),
    }
    .report()
}

pub(super) async fn show(viewer: Viewer) -> Response {
    html(&Page { frame: viewer.frame("Paste a report", "/code"), ..Page::default() })
}

/// What is typed, coded: a part of the page.
pub(super) async fn code(State(app): State<Arc<App>>, bytes: Bytes) -> Response {
    let coded = async {
        let report = report(&Sent::read(&bytes))?;
        if report.text.len() > TYPED {
            return Err(Fault::TooLarge(TYPED));
        }
        let record = app.code(report).await?;
        Ok(body(&record, &Shown { explain: true, event: &|_| None }))
    };
    let part = match coded.await {
        Ok(part) => part,
        Err(Fault::BadBody(_)) => String::new(),
        Err(e) => format!("<p class=\"note\" role=\"alert\">{}</p>", dateline_view::escape(&e.to_string())),
    };
    ([(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"))], part).into_response()
}

pub(super) async fn add(
    State(app): State<Arc<App>>,
    viewer: Viewer,
    headers: HeaderMap,
    bytes: Bytes,
) -> Result<Response, PageFault> {
    if super::by_script(&headers) {
        return Ok(code(State(app), bytes).await);
    }
    let sent = Sent::read(&bytes);
    match report(&sent).and_then(|r| reports::queue(&app, vec![r])) {
        Ok(job) => Ok(go(&format!("/jobs/{}", job.id))),
        Err(e @ (Fault::BadBody(_) | Fault::QueueFull | Fault::TooLarge(_))) => Ok(html(&Page {
            frame: viewer.frame("Paste a report", "/code"),
            text: sent.raw("text"),
            published: sent.raw("published"),
            outlet: sent.raw("outlet"),
            url: sent.raw("url"),
            error: Some(e.to_string()),
            coded: String::new(),
        })),
        Err(e) => Err(e.into()),
    }
}

#[derive(Template)]
#[template(path = "job.html")]
struct JobPage {
    frame: Frame,
    id: u64,
    open: bool,
    state: &'static str,
    told: String,
    total: usize,
    done: usize,
    error: Option<String>,
    reports: Vec<(String, String)>,
}

pub(super) async fn job(
    State(app): State<Arc<App>>,
    viewer: Viewer,
    Path(number): Path<String>,
) -> Result<Response, PageFault> {
    let found = number.parse().ok().and_then(|n| app.jobs.get(n));
    let j = found.ok_or_else(|| Fault::NotFound("such job; jobs are forgotten when the server ends".to_owned()))?;
    let s = &j.sum;
    let more = [(s.foreign, "in another language"), (s.copies, "copies"), (s.known, "there already")];
    let more: Vec<String> = more.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!(", {n} {what}")).collect();
    let more = more.concat();
    Ok(html(&JobPage {
        frame: viewer.frame(format!("Job {}", j.id), ""),
        id: j.id,
        open: matches!(j.state, JobState::Queued | JobState::Running),
        state: match j.state {
            JobState::Queued => "Waiting",
            JobState::Running => "Running",
            JobState::Done => "Done",
            JobState::Failed => "Failed",
            JobState::Cancelled => "Cancelled",
        },
        told: format!("{} of {} reports; {} coded, {} events{more}", s.done, j.total, s.coded, s.events),
        total: j.total,
        done: s.done,
        error: j.error.clone(),
        reports: s.reports.iter().take(50).map(|id| (id.clone(), format!("/reports/{}", segment(id)))).collect(),
    }))
}
