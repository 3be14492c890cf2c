//! One happening from what many reports tell.

use crate::cutting::in_order;
use crate::told::{self, Told, days_between};
use crate::words::{Words, stem};
use crate::{Cutting, Evidence, Side, Sides};
use dateline_report::{CertaintyGrade, Date, EventType, Place, PlacePrecision, Status};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Least likeness of two tellings of one happening: of words, with what day, town and parties add.
const ALIKE: f32 = 0.4;
/// Reports tell a happening without its day within so many days of each other.
const LATER: i32 = 3;

/// Something that happened or is to happen, as all reports tell it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Happening {
    /// Report and event that told it first.
    pub id: String,
    /// PLOVER type.
    #[serde(rename = "type")]
    pub kind: EventType,
    /// PLOVER mode, that of most tellings.
    pub mode: Option<String>,
    /// What the latest report says of it.
    pub status: Status,
    /// Days; those of most tellings.
    pub start: Option<Date>,
    /// Last day.
    pub end: Option<Date>,
    /// Where, as it is known best.
    pub place: Option<Place>,
    /// Who acted.
    pub actors: Vec<Side>,
    /// Upon whom.
    pub recipients: Vec<Side>,
    /// Who stood between.
    pub third_parties: Vec<Side>,
    /// PLOVER intensity, the strongest told.
    pub intensity: Option<f32>,
    /// Each report's telling, by day of publication.
    pub mentions: Vec<Mention>,
    /// Every outlet that carried one of them.
    pub outlets: Vec<String>,
    /// Whether reports give different numbers of killed, injured or held.
    pub disputed: bool,
}

/// How one report tells a happening.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Mention {
    /// Id of the event in its record.
    pub event: String,
    /// As what it is told.
    pub status: Status,
    /// How sure.
    pub certainty: CertaintyGrade,
    /// According to whom, in the report's words.
    pub source: Option<String>,
    /// People killed.
    pub killed: Option<u64>,
    /// People injured.
    pub injured: Option<u64>,
    /// People held.
    pub held: Option<u64>,
    /// The sentence.
    pub evidence: Evidence,
}

/// The happenings that the cuttings tell, by day and then by who told them first. The order of the cuttings does not matter.
pub fn happenings(cuttings: &[Cutting]) -> Vec<Happening> {
    let cuttings = in_order(cuttings);
    let sides = Sides::of(told::actors(&cuttings));
    merge(&told::told(&cuttings, &sides))
}

/// Puts tellings together, given in the order of publication.
pub(crate) fn merge(told: &[Told]) -> Vec<Happening> {
    let mut out: Vec<Happening> = groups(told).iter().map(|g| happening(told, g)).collect();
    out.sort_by(|a, b| (a.start, &a.id).cmp(&(b.start, &b.id)));
    out
}

/// Each telling joins the happening it is most like, or opens one.
fn groups(told: &[Told]) -> Vec<Vec<usize>> {
    let words = Words::of(told.iter().map(|t| {
        let span = t.event.sentence.span;
        span.text(&t.cutting.record.report.text).unwrap_or_default()
    }));
    let mut groups: Vec<Vec<usize>> = Vec::new();
    // Only tellings of one type about the same days can be one; the days name the drawer.
    let mut drawers: BTreeMap<(EventType, Option<Date>), BTreeSet<usize>> = BTreeMap::new();
    for (i, t) in told.iter().enumerate() {
        let days = search_days(t);
        let near: BTreeSet<usize> =
            days.iter().filter_map(|d| drawers.get(&(t.event.kind, *d))).flatten().copied().collect();
        let best = near
            .into_iter()
            .filter(|&g| groups[g].iter().all(|&m| told[m].cutting.id() != t.cutting.id()))
            .filter_map(|g| {
                let alike = groups[g].iter().map(|&m| likeness(told, &words, m, i)).try_fold(0.0f32, |best, x| {
                    // One telling that contradicts is enough.
                    x.map(|x| best.max(x))
                });
                alike.filter(|x| *x >= ALIKE).map(|x| (g, x))
            })
            .max_by(|a, b| a.1.total_cmp(&b.1).then_with(|| b.0.cmp(&a.0)));
        let group = best.map_or(groups.len(), |(g, _)| g);
        if group == groups.len() {
            groups.push(Vec::new());
        }
        groups[group].push(i);
        for d in own_days(t) {
            drawers.entry((t.event.kind, d)).or_default().insert(group);
        }
    }
    groups
}

fn stretch(from: Date, to: Date) -> Vec<Option<Date>> {
    from.series(jiff::Span::new().days(1)).take_while(|d| *d <= to).take(32).map(Some).collect()
}

/// The days under which a telling is kept: its own, else that of publication, else none.
fn own_days(t: &Told) -> Vec<Option<Date>> {
    match (t.short(), t.cutting.published()) {
        (Some((a, b)), _) => stretch(a, b),
        (None, p) => vec![p],
    }
}

/// The days under which others may be kept that tell the same.
fn search_days(t: &Told) -> Vec<Option<Date>> {
    let wide = |a: Date, b: Date, n: i32| {
        let by = jiff::Span::new().days(n);
        match (a.checked_sub(by), b.checked_add(by)) {
            (Ok(a), Ok(b)) => stretch(a, b),
            _ => Vec::new(),
        }
    };
    match (t.short(), t.cutting.published()) {
        (Some((a, b)), _) => wide(a, b, 1),
        (None, Some(p)) => wide(p, p, LATER),
        (None, None) => vec![None],
    }
}

/// How like two tellings are; none if they contradict each other.
fn likeness(told: &[Told], words: &Words, a: usize, b: usize) -> Option<f32> {
    let (x, y) = (&told[a], &told[b]);
    let real = x.is_real() && y.is_real() || x.event.status == y.event.status;
    let apart = |p: Option<&str>, q: Option<&str>| p.zip(q).is_some_and(|(p, q)| p != q);
    let meet = |p: &BTreeSet<Side>, q: &BTreeSet<Side>| !p.is_disjoint(q);
    let strangers = |p: &BTreeSet<Side>, q: &BTreeSet<Side>| !p.is_empty() && !q.is_empty() && !meet(p, q);
    let (actors, recipients) = (meet(&x.actors, &y.actors), meet(&x.recipients, &y.recipients));
    let mutual = matches!(x.event.kind, EventType::Consult | EventType::Agree | EventType::Cooperate);
    let others = if mutual {
        x.parties().is_disjoint(&y.parties()) && !x.parties().is_empty() && !y.parties().is_empty()
    } else {
        strangers(&x.actors, &y.actors) || strangers(&x.recipients, &y.recipients)
    };
    let (p, q) = (x.short(), y.short());
    let far = p.zip(q).is_some_and(|(p, q)| days_between(p.1, q.0) > 1 || days_between(q.1, p.0) > 1);
    if !real || others || far || apart(x.country(), y.country()) || apart(x.town(), y.town()) {
        return None;
    }
    let same_day = p.is_some() && p == q;
    let same_town = x.town().is_some() && x.town() == y.town();
    let same_word = stem(&x.event.trigger) == stem(&y.event.trigger);
    let bonus = [(same_day, 0.2), (same_town, 0.15), (actors, 0.1), (recipients, 0.1), (same_word, 0.2)];
    let malus = if apart(x.event.mode.as_deref(), y.event.mode.as_deref()) { 0.15 } else { 0.0 };
    Some(words.likeness(a, b) + bonus.iter().filter(|b| b.0).map(|b| b.1).sum::<f32>() - malus)
}

/// The value that most tellings have, of equals the first told.
fn usual<T: PartialEq + Clone>(values: impl Iterator<Item = T>) -> Option<T> {
    let mut counts: Vec<(T, usize)> = Vec::new();
    for v in values {
        match counts.iter_mut().find(|c| c.0 == v) {
            Some(c) => c.1 += 1,
            None => counts.push((v, 1)),
        }
    }
    let most = counts.iter().map(|c| c.1).max()?;
    counts.into_iter().find(|c| c.1 == most).map(|c| c.0)
}

fn happening(told: &[Told], group: &[usize]) -> Happening {
    let tellings = || group.iter().map(|&i| &told[i]);
    let first = &told[group[0]];
    let days = usual(tellings().filter_map(Told::short)).or(first.days);
    let union = |of: for<'t> fn(&'t Told) -> &'t BTreeSet<Side>| {
        tellings().flat_map(of).collect::<BTreeSet<_>>().into_iter().cloned().collect::<Vec<_>>()
    };
    let fine = |p: &Place| match p.precision {
        Some(PlacePrecision::Site) => 3,
        Some(PlacePrecision::City) => 4,
        Some(PlacePrecision::Admin) => 2,
        _ => 1,
    };
    let mentions: Vec<Mention> = tellings()
        .map(|t| Mention {
            event: t.event.id.clone(),
            status: t.event.status,
            certainty: t.event.certainty.grade,
            source: t.event.source.as_ref().map(|s| s.text.clone()),
            killed: t.event.killed,
            injured: t.event.injured,
            held: t.event.held,
            evidence: t.evidence(),
        })
        .collect();
    let differ = |of: fn(&Mention) -> Option<u64>| mentions.iter().filter_map(of).collect::<BTreeSet<_>>().len() > 1;
    Happening {
        id: first.id(),
        kind: first.event.kind,
        mode: usual(tellings().filter_map(|t| t.event.mode.clone())),
        // What happened does not become a plan again because a later report looks back at the plan.
        status: tellings()
            .map(|t| t.event.status)
            .find(|s| *s == Status::Actual)
            .unwrap_or(told[*group.last().unwrap_or(&group[0])].event.status),
        start: days.map(|d| d.0),
        end: days.map(|d| d.1),
        place: tellings().filter_map(|t| t.event.place.as_ref()).rev().max_by_key(|p| fine(p)).cloned(),
        actors: union(|t| &t.actors),
        recipients: union(|t| &t.recipients),
        third_parties: union(|t| &t.third_parties),
        intensity: tellings().filter_map(|t| t.event.intensity).max_by(|a, b| a.abs().total_cmp(&b.abs())),
        outlets: tellings().flat_map(|t| &t.cutting.outlets).collect::<BTreeSet<_>>().into_iter().cloned().collect(),
        disputed: differ(|m| m.killed) || differ(|m| m.injured) || differ(|m| m.held),
        mentions,
    }
}
