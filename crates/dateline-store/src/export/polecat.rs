//! POLECAT's columns, for scripts that were written for its files. What Dateline does not know stays empty.

use super::Sink;
use super::columns::single;
use super::delimited::error;
use crate::{ListedActor, ListedEvent, StoreError, Text};
use std::collections::BTreeSet;
use std::io::Write;

const HEADER: [&str; 44] = [
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Actor Country",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Title Raw",
    "Wikipedia Actor Category",
    "Recipient Name",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Title Raw",
    "Wikipedia Recipient Category",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
];

pub(super) struct Polecat<W: Write> {
    writer: csv::Writer<W>,
}

impl<W: Write> Polecat<W> {
    pub(super) fn new(to: W) -> Result<Self, StoreError> {
        let mut writer = csv::WriterBuilder::new().delimiter(b'\t').from_writer(to);
        writer.write_record(HEADER).map_err(error)?;
        Ok(Polecat { writer })
    }
}

impl<W: Write> Sink for Polecat<W> {
    fn event(&mut self, e: &ListedEvent) -> Result<(), StoreError> {
        for (a, r) in pairs(e) {
            let row = row(e, a, r).map(flat);
            self.writer.write_record(row).map_err(error)?;
        }
        Ok(())
    }

    fn end(&mut self) -> Result<(), StoreError> {
        self.writer.flush().map_err(StoreError::output)
    }
}

/// Pairs of actor and recipient. Without recipients the actors of a meeting or accord are paired with each other, once; an event with one
/// party or none is one row.
fn pairs(e: &ListedEvent) -> Vec<(Option<&ListedActor>, Option<&ListedActor>)> {
    match (e.actors.as_slice(), e.recipients.as_slice()) {
        ([], []) => vec![(None, None)],
        ([], recipients) => recipients.iter().map(|r| (None, Some(r))).collect(),
        ([one], []) => vec![(Some(one), None)],
        (actors, []) => {
            let others = |i: usize| actors[i + 1..].iter().map(move |r| (Some(&actors[i]), Some(r)));
            (0..actors.len()).flat_map(others).collect()
        }
        (actors, recipients) => {
            actors.iter().flat_map(|a| recipients.iter().map(move |r| (Some(a), Some(r)))).collect()
        }
    }
}

fn row(e: &ListedEvent, a: Option<&ListedActor>, r: Option<&ListedActor>) -> [String; 44] {
    let some = |s: &Option<Text>| s.as_ref().map_or_else(String::new, Text::to_string);
    let number = |x: Option<f64>| x.map(|x| x.to_string()).unwrap_or_default();
    let city = matches!(e.place_precision.as_deref(), Some("city" | "site"));
    let [a1, a2, a3, a4, a5, a6, a7, a8, a9, a10] = party(a);
    let [r1, r2, r3, r4, r5, r6, r7, r8, r9, r10] = party(r);
    [
        e.id.to_string(),
        some(&e.day),
        e.kind.to_string(),
        some(&e.mode),
        number(e.intensity),
        e.quad.to_string(),
        some(&e.contexts),
        a1,
        a2,
        a3,
        a4,
        a5,
        a6,
        a7,
        a8,
        a9,
        a10,
        r1,
        r2,
        r3,
        r4,
        r5,
        r6,
        r7,
        r8,
        r9,
        r10,
        some(&e.place),
        if city { some(&e.place) } else { String::new() },
        String::new(),
        some(&e.admin1),
        some(&e.country),
        number(e.lat),
        number(e.lon),
        e.geonames.map(|n| n.to_string()).unwrap_or_default(),
        some(&e.place_text),
        some(&e.place_precision),
        some(&e.report.outlet),
        some(&e.report.published),
        named(e, true),
        named(e, false),
        [&e.place, &e.country].into_iter().find_map(Option::as_ref).map_or_else(String::new, Text::to_string),
        some(&e.report.language),
        some(&e.report.coder),
    ]
}

/// Name, words, Wikipedia id, country, COW code, first sector, sectors, title, title as written, Wikipedia category.
fn party(a: Option<&ListedActor>) -> [String; 10] {
    let some = |s: &Option<Text>| s.as_ref().map_or_else(String::new, Text::to_string);
    a.map_or_else(<[String; 10]>::default, |a| {
        [
            some(&a.name),
            a.text.to_string(),
            String::new(),
            some(&a.country),
            String::new(),
            some(&a.sector),
            some(&a.sector),
            some(&a.role),
            String::new(),
            String::new(),
        ]
    })
}

/// Named persons, or other named parties, of the event, apart by ";".
fn named(e: &ListedEvent, person: bool) -> String {
    let all = [&e.actors, &e.recipients, &e.third_parties].into_iter().flatten();
    let names: BTreeSet<_> = all.filter(|a| a.person == person).filter_map(|a| a.name.as_deref()).map(single).collect();
    names.into_iter().collect::<Vec<_>>().join(";")
}

/// POLECAT's files have one line a row, and its readers expect no tabs in a field.
fn flat(s: String) -> String {
    if s.contains(['\t', '\n', '\r']) { s.replace(['\t', '\n', '\r'], " ") } else { s }
}
