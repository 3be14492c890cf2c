//! The event list of one record, without a store.

use crate::happening::{self, Level, Row};
use crate::rows::{decimal, whole, words_of};
use crate::{List, ListedActor, ListedEvent, ListedReport, Text};
use dateline_report::{Actor, DatePrecision, PlacePrecision, Record, Report};
use std::sync::Arc;

impl ListedEvent {
    /// The rows that a record has in the event list of a store that holds it alone; `coder` is what coded it.
    pub fn of(record: &Record, list: List, coder: &str) -> Vec<ListedEvent> {
        let report = Arc::new(report(&record.report, coder));
        let day = record.report.published.map(|d| d.to_string());
        let rows = happening::rows(&record.report.id, &record.events).into_iter();
        let wanted = |r: &Row| match list {
            List::Happenings => r.level != Level::Mention,
            List::Mentions => r.level != Level::Merged,
        };
        rows.filter(wanted).map(|row| event(&report, row, day.as_deref())).collect()
    }
}

fn report(r: &Report, coder: &str) -> ListedReport {
    let outlet = known(r.outlet.as_ref());
    ListedReport {
        id: Text::new(&r.id),
        title: known(r.title.as_ref()),
        url: known(r.url.as_ref()),
        language: known(r.language.as_ref()),
        published: r.published.map(|d| Text::new(d.to_string())),
        coder: Some(Text::new(coder)),
        outlets: outlet.iter().filter(|o| !o.is_empty()).cloned().collect(),
        copies: 0,
        outlet,
    }
}

fn known(s: Option<impl AsRef<str>>) -> Option<Text> {
    s.map(|s| Text::new(s))
}

fn event(report: &Arc<ListedReport>, row: Row, published: Option<&str>) -> ListedEvent {
    let e = row.event;
    let (p, d) = (e.place.unwrap_or_default(), e.date.unwrap_or_default());
    let source = e.source.as_ref();
    let start = d.start.map(|d| Text::new(d.to_string()));
    ListedEvent {
        report: Arc::clone(report),
        id: Text::new(row.id),
        same_as: known(row.same_as),
        mentions: u32::try_from(row.mentions).unwrap_or(u32::MAX),
        kind: Text::new(e.kind.as_str()),
        mode: known(e.mode),
        contexts: (!e.contexts.is_empty()).then(|| Text::new(e.contexts.join(";"))),
        quad: e.quad,
        intensity: e.intensity.map(decimal),
        cameo: known(e.cameo),
        status: Text::new(e.status.as_str()),
        historical: e.historical,
        certainty: Text::new(e.certainty.grade.as_str()),
        confidence: decimal(e.rule.confidence),
        frame: known(e.rule.frame),
        day: start.clone().or_else(|| known(published)),
        date_start: start,
        date_end: d.end.map(|d| Text::new(d.to_string())),
        date_precision: known(d.precision.map(DatePrecision::as_str)),
        date_text: known(d.text),
        place: known(p.name),
        place_text: known(p.text),
        geonames: p.geonames.map(i64::from),
        lat: p.lat,
        lon: p.lon,
        country: known(p.country),
        admin1: known(p.admin1),
        place_precision: known(p.precision.map(PlacePrecision::as_str)),
        killed: e.killed.map(whole),
        injured: e.injured.map(whole),
        held: e.held.map(whole),
        source: known(words_of(source)),
        source_name: known(source.and_then(|s| s.actor.as_ref()).and_then(|a| a.name.as_deref())),
        source_anonymous: source.map(|s| s.anonymous),
        trigger: Text::new(e.trigger),
        span_start: whole(e.span.start as u64),
        span_end: whole(e.span.end as u64),
        sentence: whole(e.sentence.index as u64),
        sentence_start: whole(e.sentence.span.start as u64),
        sentence_end: whole(e.sentence.span.end as u64),
        actors: e.actors.into_iter().map(actor).collect(),
        recipients: e.recipients.into_iter().map(actor).collect(),
        third_parties: e.third_parties.into_iter().map(actor).collect(),
    }
}

fn actor(a: Actor) -> ListedActor {
    ListedActor {
        text: Text::new(a.text),
        name: known(a.name),
        id: known(a.id),
        country: known(a.country),
        sector: known(a.sector),
        role: known(a.role),
        person: a.person,
    }
}
