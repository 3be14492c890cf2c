//! From the mentions of a report to its list of events: stable ids, and mentions of one happening merged.

use dateline_report::{Actor, Event, content_id};
use std::collections::BTreeMap;

/// Ids that stay the same when the report is coded again and the event is the same: the report's id and eight digits of the hash of type and
/// trigger. Two events of one type on the same words are told apart by their order.
pub fn event_ids(report: &str, events: &[Event]) -> Vec<String> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let ids = events.iter().map(|e| {
        let key = format!("{} {}..{}", e.kind, e.span.start, e.span.end);
        let n = seen.entry(key.clone()).and_modify(|n| *n += 1).or_insert(0);
        let key = if *n == 0 { key } else { format!("{key} {n}") };
        format!("{report}.{}", &content_id(&key)[..8])
    });
    ids.collect()
}

/// What a row of the event list stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Level {
    /// A happening told once.
    Sole = 0,
    /// A happening merged from its mentions.
    Merged = 1,
    /// A mention of a merged one.
    Mention = 2,
}

/// A row of the event list before it is stored.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) level: Level,
    pub(crate) event: Event,
    /// Stable id.
    pub(crate) id: String,
    /// Stable id of the first mention.
    pub(crate) same_as: Option<String>,
    pub(crate) mentions: usize,
}

/// The rows of a report in text order, each merged one before its first mention.
pub(crate) fn rows(report: &str, events: &[Event]) -> Vec<Row> {
    let ids = event_ids(report, events);
    let place: BTreeMap<&str, usize> = events.iter().enumerate().map(|(i, e)| (e.id.as_str(), i)).collect();
    let first = |i: usize| events[i].same_as.as_deref().and_then(|id| place.get(id).copied()).unwrap_or(i);
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for i in 0..events.len() {
        groups.entry(first(i)).or_default().push(i);
    }
    let mut out = Vec::with_capacity(events.len());
    for i in 0..events.len() {
        let group = groups.get(&i).filter(|g| g.len() > 1);
        if let Some(group) = group {
            let told: Vec<&Event> = group.iter().map(|&m| &events[m]).collect();
            out.push(Row {
                level: Level::Merged,
                event: merge(&told),
                id: ids[i].clone(),
                same_as: None,
                mentions: group.len(),
            });
        }
        let sole = group.is_none() && first(i) == i;
        out.push(Row {
            level: if sole { Level::Sole } else { Level::Mention },
            event: events[i].clone(),
            id: ids[i].clone(),
            same_as: (first(i) != i).then(|| ids[first(i)].clone()),
            mentions: 1,
        });
    }
    out
}

/// One happening of several mentions in text order: the first mention's words, and each other field from the first that has it. The place is
/// taken from the mention that knows it best, so that its parts belong together; confidence is that of the surest.
fn merge(told: &[&Event]) -> Event {
    let mut one = told[0].clone();
    let list =
        |of: fn(&Event) -> &Vec<Actor>| told.iter().map(|e| of(e)).find(|l| !l.is_empty()).cloned().unwrap_or_default();
    (one.actors, one.recipients, one.third_parties) =
        (list(|e| &e.actors), list(|e| &e.recipients), list(|e| &e.third_parties));
    for e in told {
        if one.mode.is_none() && e.mode.is_some() {
            (one.mode, one.intensity, one.cameo) = (e.mode.clone(), e.intensity, e.cameo.clone());
        }
        one.contexts.extend(e.contexts.iter().cloned());
        one.source = one.source.or_else(|| e.source.clone());
        one.killed = one.killed.or(e.killed);
        one.injured = one.injured.or(e.injured);
        one.held = one.held.or(e.held);
        one.rule.confidence = one.rule.confidence.max(e.rule.confidence);
    }
    one.contexts.sort();
    one.contexts.dedup();
    let places = told.iter().filter_map(|e| e.place.as_ref());
    one.place = places.clone().find(|p| p.lat.is_some()).or_else(|| places.clone().next()).cloned();
    let dates = told.iter().filter_map(|e| e.date.as_ref());
    one.date = dates.clone().find(|d| d.start.is_some()).or_else(|| dates.clone().next()).cloned();
    one
}
