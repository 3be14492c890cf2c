//! From the mentions of a report to its list of events: stable ids, and mentions of one happening merged.

use dateline_report::{Event, content_id, happenings};
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
    let mut out: Vec<(usize, Row)> = Vec::with_capacity(events.len());
    for group in happenings(events) {
        let told: Vec<&Event> = group.iter().map(|&m| &events[m]).collect();
        if let Some(merged) = Event::merged(&told).filter(|_| group.len() > 1) {
            let id = ids[group[0]].clone();
            out.push((group[0], Row { level: Level::Merged, event: merged, id, same_as: None, mentions: group.len() }));
        }
        for &i in &group {
            let level = if group.len() > 1 { Level::Mention } else { Level::Sole };
            let same_as = (i != group[0]).then(|| ids[group[0]].clone());
            out.push((i, Row { level, event: events[i].clone(), id: ids[i].clone(), same_as, mentions: 1 }));
        }
    }
    // Stable: the merged one stays before its first mention.
    out.sort_by_key(|(i, _)| *i);
    out.into_iter().map(|(_, row)| row).collect()
}
