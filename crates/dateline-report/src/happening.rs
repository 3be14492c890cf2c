//! From the mentions of a report to what it tells: mentions of one happening put together.

use crate::{Actor, Event, Record};
use std::collections::BTreeMap;

impl Record {
    /// The events grouped by happening: mentions that point at the same first mention, in text order, as positions in [`Record::events`].
    pub fn happenings(&self) -> Vec<Vec<usize>> {
        happenings(&self.events)
    }
}

/// See [`Record::happenings`].
pub fn happenings(events: &[Event]) -> Vec<Vec<usize>> {
    let place: BTreeMap<&str, usize> = events.iter().enumerate().map(|(i, e)| (e.id.as_str(), i)).collect();
    let first = |i: usize| events[i].same_as.as_deref().and_then(|id| place.get(id).copied()).unwrap_or(i);
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for i in 0..events.len() {
        groups.entry(first(i)).or_default().push(i);
    }
    groups.into_values().collect()
}

impl Event {
    /// One happening of its mentions in text order: the first mention's words, and each other field from the first that has it. The place is
    /// taken from the mention that knows it best, so that its parts belong together; confidence is that of the surest. None of no mentions.
    pub fn merged(told: &[&Event]) -> Option<Event> {
        let mut one = (*told.first()?).clone();
        let list = |of: fn(&Event) -> &Vec<Actor>| {
            told.iter().map(|e| of(e)).find(|l| !l.is_empty()).cloned().unwrap_or_default()
        };
        (one.actors, one.recipients, one.third_parties) =
            (list(|e| &e.actors), list(|e| &e.recipients), list(|e| &e.third_parties));
        for e in told {
            if one.mode.is_none() && e.mode.is_some() {
                (one.mode, one.intensity, one.cameo) = (e.mode.clone(), e.intensity, e.cameo.clone());
                one.goldstein = e.goldstein;
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
        Some(one)
    }
}
