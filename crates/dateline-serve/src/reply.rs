//! Answers: JSON with chosen fields, an ETag on everything that is whole, and streams.

use crate::error::Fault;
use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use serde::Serialize;
use serde_json::Value;
use std::io::Write;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::sync::mpsc;

/// A whole body with its type; 304 where the reader has it already.
pub(crate) fn whole(asked: &HeaderMap, kind: &'static str, body: Vec<u8>) -> Response {
    // Weak: the compressed form counts as the same.
    let tag = format!("W/\"{}\"", &blake3::hash(&body).to_hex()[..24]);
    let had = asked.get_all(header::IF_NONE_MATCH).iter().filter_map(|v| v.to_str().ok());
    let known = had.flat_map(|v| v.split(',')).any(|t| t.trim() == tag || t.trim() == "*");
    let mut response = if known { StatusCode::NOT_MODIFIED.into_response() } else { Body::from(body).into_response() };
    let headers = response.headers_mut();
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    response
}

/// JSON; of a list's results or of the thing itself only the `fields` that were asked for.
pub(crate) fn json(asked: &HeaderMap, fields: Option<&str>, value: &impl Serialize) -> Result<Response, Fault> {
    let mut value = serde_json::to_value(value).map_err(|e| Fault::Internal(e.to_string()))?;
    if let Some(fields) = fields {
        choose(&mut value, fields)?;
    }
    let body = serde_json::to_vec(&value).map_err(|e| Fault::Internal(e.to_string()))?;
    Ok(whole(asked, "application/json", body))
}

fn choose(value: &mut Value, fields: &str) -> Result<(), Fault> {
    let wanted: Vec<&str> = fields.split(',').map(str::trim).filter(|f| !f.is_empty()).collect();
    let keep = |item: &mut Value| -> Result<(), Fault> {
        let Value::Object(map) = item else { return Ok(()) };
        if let Some(unknown) = wanted.iter().find(|f| !map.contains_key(**f)) {
            let known = map.keys().cloned().collect::<Vec<_>>().join(", ");
            return Err(Fault::bad(
                "fields",
                format!("some of {known}; not {}", unknown.chars().take(60).collect::<String>()),
            ));
        }
        map.retain(|k, _| wanted.contains(&k.as_str()));
        Ok(())
    };
    match value.get_mut("results") {
        Some(Value::Array(items)) => items.iter_mut().try_for_each(keep),
        _ => keep(value),
    }
}

/// Chunks that wait for the reader at most.
const WAITING: usize = 16;
/// Bytes of a chunk, about.
const CHUNK: usize = 64 << 10;
/// How long a reader may take for a chunk.
const READER: Duration = Duration::from_secs(30);

/// Where a blocking writer puts the bytes of a streamed body.
pub(crate) struct Pipe {
    to: mpsc::Sender<std::io::Result<Bytes>>,
    held: Vec<u8>,
    runtime: tokio::runtime::Handle,
    whole: bool,
}

impl Pipe {
    /// A pipe, and the response that reads from it.
    pub(crate) fn open(kind: &'static str, name: &str) -> (Pipe, Response) {
        let (to, from) = mpsc::channel(WAITING);
        let mut response = Body::from_stream(Chunks(from)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
        if let Ok(v) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
            headers.insert(header::CONTENT_DISPOSITION, v);
        }
        (
            Pipe { to, held: Vec::with_capacity(CHUNK), runtime: tokio::runtime::Handle::current(), whole: false },
            response,
        )
    }

    fn send(&mut self, chunk: std::io::Result<Bytes>) -> std::io::Result<()> {
        // Inside, for a timer needs the runtime where it is made.
        let sent = self.runtime.block_on(async { tokio::time::timeout(READER, self.to.send(chunk)).await });
        match sent {
            Ok(Ok(())) => Ok(()),
            _ => Err(std::io::ErrorKind::BrokenPipe.into()),
        }
    }

    /// Sends the rest: the body is whole.
    pub(crate) fn end(mut self) -> std::io::Result<()> {
        self.flush()?;
        self.whole = true;
        Ok(())
    }

    /// Breaks the body off, so that its reader sees that it is not whole.
    pub(crate) fn fail(mut self, why: &str) {
        tracing::warn!(why, "an export broke off");
        // The reader may be gone, which may be why.
        let _ = self.send(Err(std::io::Error::other("broken off")));
        self.whole = true;
    }
}

impl Drop for Pipe {
    /// A body that nobody wrote to its end must not look whole.
    fn drop(&mut self) {
        if !self.whole {
            // Where the reader is gone or slow, the end of the channel is all that can be told.
            let _ = self.to.try_send(Err(std::io::Error::other("broken off")));
        }
    }
}

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.held.extend_from_slice(bytes);
        if self.held.len() >= CHUNK {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        if self.held.is_empty() {
            return Ok(());
        }
        let full = std::mem::replace(&mut self.held, Vec::with_capacity(CHUNK));
        self.send(Ok(full.into()))
    }
}

/// What comes out of a channel, as a stream.
pub(crate) struct Chunks(pub(crate) mpsc::Receiver<std::io::Result<Bytes>>);

impl futures_core::Stream for Chunks {
    type Item = std::io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(cx)
    }
}
