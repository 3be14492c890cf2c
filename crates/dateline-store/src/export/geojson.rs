//! GeoJSON (RFC 7946): one feature an event, at its place.

use super::{Sink, jsonl};
use crate::{ListedEvent, StoreError};
use serde_json::{Value as Json, json};
use std::io::Write;

pub(super) struct Geojson<W: Write> {
    to: W,
    between: &'static [u8],
}

impl<W: Write> Geojson<W> {
    pub(super) fn new(mut to: W) -> Result<Self, StoreError> {
        to.write_all(b"{\"type\":\"FeatureCollection\",\"features\":[").map_err(StoreError::output)?;
        Ok(Geojson { to, between: b"\n" })
    }
}

impl<W: Write> Sink for Geojson<W> {
    fn event(&mut self, e: &ListedEvent) -> Result<(), StoreError> {
        // Longitude first: the format has x before y.
        let geometry = match (e.lon, e.lat) {
            (Some(x), Some(y)) => json!({ "type": "Point", "coordinates": [x, y] }),
            _ => Json::Null,
        };
        let feature = json!({ "type": "Feature", "id": e.id, "geometry": geometry, "properties": jsonl::object(e) });
        let line = serde_json::to_vec(&feature).map_err(StoreError::output)?;
        let between = std::mem::replace(&mut self.between, b",\n");
        self.to.write_all(between).and_then(|()| self.to.write_all(&line)).map_err(StoreError::output)
    }

    fn end(&mut self) -> Result<(), StoreError> {
        self.to.write_all(b"\n]}\n").and_then(|()| self.to.flush()).map_err(StoreError::output)
    }
}
