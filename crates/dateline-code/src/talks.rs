//! The negotiation a report is about.

use crate::coder::Reading;
use crate::mentions::Reference;
use crate::talk::TalkWords;
use crate::tree;
use dateline_report::{
    Actor, Assessment, Event, EventType, Issue, IssueMention, PlacePrecision, Position, Round, Status, Talks,
    TalksState,
};
use std::collections::BTreeMap;

/// Sentences that must speak of a negotiation, and their least share of all, before a report is about one; fewer are enough in a brief.
const SPEAKS: (usize, f32) = (3, 0.12);
const SPEAKS_BRIEFLY: (usize, f32) = (2, 0.3);
/// Meetings that must be told, and their least share of all events, before a report is about them.
const MEETS: (usize, f32) = (3, 0.4);

/// Whether a report is about a negotiation: it comes back to one again and again, or tells of little else than meetings.
pub(crate) fn is_about(r: &Reading, words: &TalkWords, events: &[Event]) -> bool {
    let negotiates = |s: &dateline_annotate::Sentence| words.speaks_of_negotiation(r.a, r.text, s.tokens.clone());
    let spoken = r.a.sentences.iter().filter(|s| negotiates(s)).count();
    let meetings = events.iter().filter(|e| e.kind == EventType::Consult).count();
    let often = |n: usize, of: usize, least: (usize, f32)| n >= least.0 && n as f32 >= least.1 * of as f32;
    let headline = r.a.sentences.first().is_some_and(|s| s.headline && negotiates(s));
    let speaks = [SPEAKS, SPEAKS_BRIEFLY].iter().any(|&least| often(spoken, r.a.sentences.len(), least));
    speaks || often(meetings, events.len(), MEETS) || headline && spoken >= 2
}

/// The block on the talks; none unless the report is about a negotiation.
pub(crate) fn find(
    r: &Reading,
    words: &TalkWords,
    events: &[Event],
    heads: &[usize],
    positions: &[Position],
    assessments: &[Assessment],
    about: bool,
) -> Option<Talks> {
    if !about {
        return None;
    }
    let consults: Vec<(&Event, usize)> =
        events.iter().zip(heads.iter().copied()).filter(|(e, _)| e.kind == EventType::Consult).collect();
    let third_parties = distinct(consults.iter().flat_map(|(e, _)| &e.third_parties));
    let mut talks = Talks { third_parties, ..Talks::default() };
    talks.parties = parties(r, words, &consults, positions, &talks.third_parties);
    talks.individuals = individuals(r, &consults);
    talks.issues = issues(r, words, positions);
    talks.venues = venues(&consults);
    let round = |e: &Event| Round {
        event: e.id.clone(),
        date: e.date.clone(),
        place: e.place.clone(),
        outcome: assessments
            .iter()
            .find(|x| {
                e.sentence.span.contains(x.span)
                    && !matches!(x.state, TalksState::Planned | TalksState::Optimism | TalksState::Pessimism)
            })
            .map(|x| x.state),
    };
    let start = |e: &Event| e.date.as_ref().and_then(|d| d.start.or(d.end));
    talks.next_round = consults.iter().map(|x| x.0).find(|e| e.status == Status::Future).map(round);
    // What starts after publication is no round that was held, whatever its tense.
    let held = |e: &Event| start(e).is_some_and(|d| r.published.is_none_or(|p| d <= p));
    talks.last_round = consults
        .iter()
        .map(|x| x.0)
        .filter(|e| e.status == Status::Actual && !e.historical && held(e) && e.mode.as_deref() != Some("visit"))
        .max_by_key(|e| (start(e), std::cmp::Reverse(e.span.start)))
        .map(round);
    talks.state =
        assessments.iter().map(|x| x.state).find(|s| !matches!(s, TalksState::Optimism | TalksState::Pessimism));
    Some(talks)
}

fn key(a: &Actor) -> (Option<String>, Option<String>) {
    (a.country.clone(), a.sector.clone())
}

fn distinct<'a>(actors: impl Iterator<Item = &'a Actor>) -> Vec<Actor> {
    let mut out: Vec<Actor> = Vec::new();
    for a in actors {
        if !out.iter().any(|b| key(b) == key(a)) {
            out.push(a.clone());
        }
    }
    out
}

/// The sides: who negotiates with whom, the oftenest first; positions confirm. Persons count for the state or group they act for.
fn parties(
    r: &Reading,
    words: &TalkWords,
    consults: &[(&Event, usize)],
    positions: &[Position],
    third: &[Actor],
) -> Vec<Actor> {
    let mut weight: BTreeMap<(Option<String>, Option<String>), (usize, Actor)> = BTreeMap::new();
    let mut add = |a: &Actor, n: usize| {
        if a.country.is_some() && a.sector.is_some() && !third.iter().any(|t| t.country == a.country) {
            let entry = weight.entry(side(a)).or_insert_with(|| (0, a.clone()));
            entry.0 += n;
            if entry.1.person && !a.person {
                entry.1 = a.clone();
            }
        }
    };
    for (e, head) in consults {
        let noun = words.speaks_of_talks(r.a, r.text, *head..*head + 1);
        let between = e.actors.len() == 2 && e.actors.iter().all(|a| !a.person);
        for a in e.actors.iter().chain(&e.recipients) {
            add(a, if noun && between { 3 } else { 1 });
        }
    }
    for p in positions {
        add(&p.party, 1);
    }
    let mut ranked: Vec<(usize, Actor)> = weight.into_values().collect();
    ranked.sort_by(|x, y| y.0.cmp(&x.0).then(x.1.span.start.cmp(&y.1.span.start)));
    let best = ranked.first().map_or(0, |x| x.0);
    ranked.into_iter().filter(|x| x.0 * 3 >= best).take(4).map(|x| group(r, x.1)).collect()
}

/// What a party stands for: every arm of a state is its government.
fn side(a: &Actor) -> (Option<String>, Option<String>) {
    let sector = a.sector.as_deref().map(|s| if matches!(s, "GOV" | "SPY" | "MIL" | "LEG") { "GOV" } else { s });
    (a.country.clone(), sector.map(str::to_owned))
}

/// The group behind a person who stands for it: the first mention of the same side that is no person.
fn group(r: &Reading, a: Actor) -> Actor {
    if !a.person {
        return a;
    }
    let same = r
        .mentions
        .iter()
        .map(|m| &m.actor)
        .find(|x| !x.person && x.country == a.country && x.sector.as_deref() == Some("GOV") && side(&a) == side(x));
    same.cloned().unwrap_or(a)
}

/// Named persons who take part, each by the fullest name.
fn individuals(r: &Reading, consults: &[(&Event, usize)]) -> Vec<Actor> {
    let mut out: Vec<Actor> = Vec::new();
    let takes_part = |a: &Actor| {
        consults
            .iter()
            .any(|(e, _)| e.actors.iter().chain(&e.recipients).chain(&e.third_parties).any(|x| same_person(x, a)))
    };
    for m in r.mentions.iter().filter(|m| m.reference == Reference::Name && m.actor.person) {
        let a = &m.actor;
        if a.text.split_whitespace().any(|w| w.starts_with(char::is_uppercase))
            && takes_part(a)
            && !out.iter().any(|x| same_person(x, a))
        {
            out.push(a.clone());
        }
    }
    out
}

fn same_person(x: &Actor, y: &Actor) -> bool {
    let last = |a: &Actor| a.text.split_whitespace().last().unwrap_or_default().to_lowercase();
    x.person && y.person && (x.span == y.span || last(x) == last(y))
}

/// The issues that sentences on talks name, then those that parties take positions on.
fn issues(r: &Reading, words: &TalkWords, positions: &[Position]) -> Vec<IssueMention> {
    let mut out: Vec<IssueMention> = Vec::new();
    for s in r.a.sentences.iter().filter(|s| words.speaks_of_talks(r.a, r.text, s.tokens.clone())) {
        for i in s.tokens.clone() {
            if let Some((issue, range)) =
                words.issue(r.a, r.text, i..(i + 4).min(s.tokens.end)).filter(|(_, x)| x.start == i)
                && !matches!(issue, Issue::Talks | Issue::Other)
                && !out.iter().any(|x| x.issue == issue)
            {
                let phrase = tree::noun_phrase(r.a, range.end - 1);
                let span = tree::span_of(r.a, &(phrase.start.min(range.start)..phrase.end.max(range.end)));
                out.push(IssueMention { issue, text: span.text(r.text).unwrap_or_default().to_owned(), span });
            }
        }
    }
    for p in positions.iter().filter(|p| !matches!(p.issue, Issue::Talks | Issue::Other)) {
        if !out.iter().any(|x| x.issue == p.issue) {
            out.push(IssueMention { issue: p.issue, text: p.text.clone(), span: p.span });
        }
    }
    out
}

fn venues(consults: &[(&Event, usize)]) -> Vec<dateline_report::Place> {
    let mut out: Vec<dateline_report::Place> = Vec::new();
    for p in consults
        .iter()
        .filter_map(|(e, _)| e.place.clone())
        .filter(|p| p.text.is_some() && p.precision == Some(PlacePrecision::City))
    {
        if !out.iter().any(|x| x.name == p.name && x.country == p.country) {
            out.push(p);
        }
    }
    out
}
