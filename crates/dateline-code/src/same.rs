//! Which mentions of a report tell the same happening.

use dateline_report::{Actor, Event, EventDate, EventType, Status};
use std::collections::BTreeSet;

/// Sets `same_as` on every later mention of a happening. Of several that it may be the last with the very same parties is meant, else the
/// last.
pub fn link(events: &mut [Event]) {
    for i in 1..events.len() {
        let (before, rest) = events.split_at_mut(i);
        let later = &mut rest[0];
        let told = || before.iter().rev().filter(|e| same(e, later));
        let alike =
            |e: &&Event| keys(&e.actors) == keys(&later.actors) && keys(&e.recipients) == keys(&later.recipients);
        if let Some(first) = told().find(alike).or_else(|| told().next()) {
            later.same_as = Some(first.same_as.clone().unwrap_or_else(|| first.id.clone()));
        }
    }
}

/// Whether two mentions can be one happening: type and mode agree, parties do not contradict and at least one is shared, and so do
/// place and days.
fn same(x: &Event, y: &Event) -> bool {
    x.kind == y.kind
        && compatible(x.mode.as_ref(), y.mode.as_ref())
        && (x.status == Status::Negated) == (y.status == Status::Negated)
        && (x.status == Status::Future) == (y.status == Status::Future)
        && x.historical == y.historical
        && parties_agree(x, y)
        && compatible(
            x.place.as_ref().and_then(|p| p.country.as_ref()),
            y.place.as_ref().and_then(|p| p.country.as_ref()),
        )
        && days_agree(x.date.as_ref(), y.date.as_ref())
}

fn compatible<T: PartialEq>(x: Option<&T>, y: Option<&T>) -> bool {
    x.is_none() || y.is_none() || x == y
}

fn keys(list: &[Actor]) -> BTreeSet<(String, String)> {
    list.iter().map(|a| (a.country.clone().unwrap_or_default(), a.sector.clone().unwrap_or_default())).collect()
}

fn parties_agree(x: &Event, y: &Event) -> bool {
    let agree = |a: &[Actor], b: &[Actor]| {
        let (a, b) = (keys(a), keys(b));
        a.is_empty() || b.is_empty() || a.is_subset(&b) || b.is_subset(&a)
    };
    // What is planned is told of again and again without its parties; two plans of one kind in one report are rare.
    let silent = |e: &Event| e.actors.is_empty() && e.recipients.is_empty();
    let plan = x.status == Status::Future && x.kind == EventType::Consult && (silent(x) || silent(y));
    let shared = |a: &[Actor], b: &[Actor]| keys(a).intersection(&keys(b)).next().is_some();
    agree(&x.actors, &y.actors)
        && agree(&x.recipients, &y.recipients)
        && (plan || shared(&x.actors, &y.actors) || shared(&x.recipients, &y.recipients))
}

fn days_agree(x: Option<&EventDate>, y: Option<&EventDate>) -> bool {
    let range = |d: Option<&EventDate>| d.and_then(|d| d.start.zip(d.end));
    match (range(x), range(y)) {
        (Some((a, b)), Some((c, d))) => a <= d && c <= b,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_report::{Certainty, CertaintyGrade, Rule, SentenceRef, Span};

    /// A meeting of people of some states.
    fn meeting(id: &str, states: &[&str]) -> Event {
        let of = |c: &&str| Actor { country: Some((*c).to_owned()), ..Actor::default() };
        Event {
            id: id.to_owned(),
            kind: EventType::Consult,
            mode: None,
            contexts: Vec::new(),
            quad: EventType::Consult.quad(),
            intensity: None,
            goldstein: None,
            cameo: None,
            actors: states.iter().map(of).collect(),
            recipients: Vec::new(),
            third_parties: Vec::new(),
            place: None,
            date: None,
            status: Status::Actual,
            status_cue: None,
            historical: false,
            source: None,
            certainty: Certainty { grade: CertaintyGrade::Stated, cue: None },
            killed: None,
            injured: None,
            held: None,
            trigger: "met".to_owned(),
            span: Span::new(0, 3),
            sentence: SentenceRef { index: 0, span: Span::new(0, 3) },
            rule: Rule::default(),
            same_as: None,
        }
    }

    #[test]
    fn the_same_parties_are_meant_before_the_nearest() {
        let visit = Event { mode: Some("visit".to_owned()), ..meeting("1", &["TCD", "PER"]) };
        let call = Event { mode: Some("phone".to_owned()), ..meeting("2", &["TCD"]) };
        let linked = |mut events: Vec<Event>| {
            link(&mut events);
            events.pop().and_then(|e| e.same_as)
        };
        let later = meeting("3", &["TCD", "PER"]);
        assert_eq!(linked(vec![visit, call.clone(), later.clone()]).as_deref(), Some("1"));
        assert_eq!(linked(vec![call, later]).as_deref(), Some("2"));
    }
}
