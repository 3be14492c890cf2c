//! News of a watch as an Atom feed and as server-sent events.

use super::Named;
use crate::app::App;
use crate::error::Fault;
use crate::news::Item;
use crate::reply;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use dateline_view::escape;
use std::fmt::Write;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::mpsc;

/// Entries of a feed.
const ENTRIES: usize = 50;
/// Readers of streams at once.
const STREAMS: i64 = 256;
/// A line that says nothing, so that a broken connection, or the end of the server, is noticed.
const BEAT: Duration = Duration::from_secs(2);

pub(crate) async fn atom(State(app): State<Arc<App>>, name: Named, headers: HeaderMap) -> Result<Response, Fault> {
    let name = name.0;
    let (of, public) = (name.clone(), app.config.public_url.clone());
    let (watch, items) = app
        .pool
        .read(move |store| {
            let watch = store.watches()?.into_iter().find(|w| w.name == of);
            let watch = watch.ok_or_else(|| Fault::NotFound(format!("watch \"{of}\"")))?;
            let noticed = store.noticed_last(&of, ENTRIES)?.into_iter();
            Ok((watch, noticed.map(|n| Item::of(&of, n, &public)).collect::<Vec<_>>()))
        })
        .await?;
    let (title, public) = (escape(&name), escape(&app.config.public_url));
    let at = crate::pages::segment(&name);
    let updated = items.first().map_or(&watch.made, |i| &i.noticed);
    let mut o = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>{title}</title>\
         <id>{public}/watches/{at}</id><updated>{}</updated><author><name>Dateline</name></author>\
         <link rel=\"self\" href=\"{public}/api/v1/watches/{at}/feed.atom\"/><link href=\"{public}/watches/{at}\"/>",
        escape(updated)
    );
    for i in &items {
        let _ = write!(
            o,
            "<entry><title>{}</title><id>{}</id><link href=\"{}\"/><updated>{}</updated><summary>{}</summary></entry>",
            escape(i.title.as_deref().unwrap_or("(no headline)")),
            escape(&i.link),
            escape(&i.link),
            escape(&i.noticed),
            escape(
                &[i.outlet.as_deref(), i.published.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" · ")
            )
        );
    }
    o.push_str("</feed>\n");
    Ok(reply::whole(&headers, "application/atom+xml; charset=utf-8", legal(&o).into()))
}

/// XML knows no control characters.
fn legal(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}

fn message(i: &Item) -> String {
    let data = serde_json::to_string(i).unwrap_or_default();
    format!("id: {}|{}\nevent: report\ndata: {data}\n\n", i.noticed, i.report.replace(['\n', '\r'], " "))
}

pub(crate) async fn stream(State(app): State<Arc<App>>, name: Named, headers: HeaderMap) -> Result<Response, Fault> {
    let name = name.0;
    if app.metrics.streams.load(Ordering::Relaxed) >= STREAMS {
        return Err(Fault::Busy);
    }
    // Listening begins before the past is read, so that nothing falls between.
    let mut news = app.news.0.subscribe();
    let last = headers.get("last-event-id").and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
    let (of, public) = (name.clone(), app.config.public_url.clone());
    let missed = app
        .pool
        .read(move |store| {
            if !store.watches()?.iter().any(|w| w.name == of) {
                return Err(Fault::NotFound(format!("watch \"{of}\"")));
            }
            let Some((noticed, report)) = last.split_once('|') else { return Ok(Vec::new()) };
            let since = store.noticed_since(&of, noticed, 1000)?;
            let behind = since.iter().position(|n| n.report == report).map_or(0, |i| i + 1);
            Ok(since.into_iter().skip(behind).map(|n| Item::of(&of, n, &public)).collect())
        })
        .await?;
    let (send, receive) = mpsc::channel(64);
    app.metrics.streams.fetch_add(1, Ordering::Relaxed);
    tokio::spawn(async move {
        let mut told = std::collections::BTreeSet::new();
        let mut next = std::iter::once(": news of a watch\n\n".to_owned()).collect::<Vec<_>>();
        for i in &missed {
            told.insert(i.report.clone());
            next.push(message(i));
        }
        'open: loop {
            for text in next.drain(..) {
                if send.send(Ok(text.into())).await.is_err() {
                    break 'open;
                }
            }
            if app.stopping.load(Ordering::Relaxed) {
                break;
            }
            match tokio::time::timeout(BEAT, news.recv()).await {
                Ok(Ok(i)) if i.watch == name && told.insert(i.report.clone()) => next.push(message(&i)),
                Ok(Ok(_)) => {}
                // Who is too slow misses news; the client asks again from the last it has.
                Ok(Err(RecvError::Lagged(_) | RecvError::Closed)) => break,
                Err(_) => next.push(": \n\n".to_owned()),
            }
        }
        app.metrics.streams.fetch_sub(1, Ordering::Relaxed);
    });
    let mut response = Body::from_stream(reply::Chunks(receive)).into_response();
    let h = response.headers_mut();
    h.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    h.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}
