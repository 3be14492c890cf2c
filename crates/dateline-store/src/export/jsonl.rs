//! JSON Lines: scalar columns as in tables, parties as lists of objects.

use super::{COLUMNS, Sink, Value};
use crate::{ListedActor, ListedEvent, StoreError};
use serde_json::{Map, Value as Json, json};
use std::io::Write;

pub(super) struct Jsonl<W: Write> {
    to: W,
}

impl<W: Write> Jsonl<W> {
    pub(super) fn new(to: W) -> Self {
        Jsonl { to }
    }
}

impl<W: Write> Sink for Jsonl<W> {
    fn event(&mut self, e: &ListedEvent) -> Result<(), StoreError> {
        let mut line = serde_json::to_vec(&object(e)).map_err(StoreError::output)?;
        line.push(b'\n');
        self.to.write_all(&line).map_err(StoreError::output)
    }

    fn end(&mut self) -> Result<(), StoreError> {
        self.to.flush().map_err(StoreError::output)
    }
}

/// The event as an object. Unknown is null; columns that split lists of parties are left out in favour of the lists.
pub(crate) fn object(e: &ListedEvent) -> Map<String, Json> {
    let mut out = Map::with_capacity(COLUMNS.len());
    for column in COLUMNS {
        let split = ["actor", "recipient", "third_part"].iter().any(|p| column.name.starts_with(p));
        if !split {
            out.insert(column.name.to_owned(), json(&(column.value)(e)));
        }
    }
    out.insert("outlets".to_owned(), json!(e.report.outlets));
    out.insert("contexts".to_owned(), json!(e.contexts.iter().flat_map(|c| c.split(';')).collect::<Vec<_>>()));
    for (part, list) in [("actors", &e.actors), ("recipients", &e.recipients), ("third_parties", &e.third_parties)] {
        out.insert(part.to_owned(), list.iter().map(party).collect());
    }
    out
}

fn party(a: &ListedActor) -> Json {
    json!({
        "text": a.text, "name": a.name, "id": a.id, "country": a.country, "sector": a.sector, "role": a.role, "person": a.person,
    })
}

fn json(value: &Value) -> Json {
    match value {
        Value::None => Json::Null,
        Value::Text(s) => json!(s),
        Value::Whole(n) => json!(n),
        Value::Decimal(x) => json!(x),
        Value::Truth(t) => json!(t),
    }
}
