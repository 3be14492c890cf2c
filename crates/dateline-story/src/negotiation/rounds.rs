//! Rounds of talks: meetings of the parties by day and town, each told by many reports in pieces.

use super::Material;
use super::parties::Cast;
use crate::told::{Told, days_between};
use crate::{Evidence, Side};
use dateline_report::{Date, EventType, Place, Status, TalksState};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A meeting whose day is known no better than this many days is no round that could be told from others.
const LOOSE: i32 = 31;
/// Days between two meetings in one town that may belong to one round.
const PAUSE: i32 = 2;
/// A round is longer than this only if reports say so.
const LONGEST: i32 = 21;

/// How the parties met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RoundKind {
    /// Around a table.
    Talks,
    /// One was the other's guest.
    Visit,
    /// By telephone or video.
    Call,
}

/// One round of talks.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Round {
    /// First day.
    pub start: Date,
    /// Last day.
    pub end: Date,
    /// Where, as it is known best.
    pub place: Option<Place>,
    /// How they met.
    pub kind: RoundKind,
    /// Sides at the table, those that most reports name first.
    pub parties: Vec<Side>,
    /// Mediators there.
    pub third_parties: Vec<Side>,
    /// Named persons there.
    pub individuals: Vec<String>,
    /// What came of it, when somebody says so.
    pub outcome: Option<TalksState>,
    /// Reports that tell it.
    pub reports: usize,
    /// The sentences, those of the first report first.
    pub evidence: Vec<Evidence>,
}

/// A meeting that may be part of a round.
struct Meeting<'m, 'c> {
    told: &'m Told<'c>,
    days: (Date, Date),
}

/// What was held, and what is announced.
pub(crate) struct Rounds {
    /// Rounds until the last report, by day.
    pub(crate) held: Vec<Round>,
    /// Meetings of the same sides on other matters.
    pub(crate) others: Vec<Round>,
    /// The nearest round announced for after the last report.
    pub(crate) next: Option<Round>,
}

/// Reads the rounds off all meetings told.
pub(crate) fn rounds(m: &Material, cast: &Cast) -> Rounds {
    let mut meetings: Vec<Meeting> = m.told.iter().filter_map(|t| meeting(m, t, cast)).collect();
    // Those whose day and town are known best come first, so that the vaguer ones find their round.
    meetings.sort_by(|a, b| {
        let key = |x: &Meeting| (days_between(x.days.0, x.days.1), x.told.town().is_none(), x.days.0, x.told.id());
        key(a).cmp(&key(b))
    });
    let (held, announced): (Vec<_>, Vec<_>) = meetings.into_iter().partition(|x| x.told.event.status == Status::Actual);
    let later: Vec<Meeting> = announced.into_iter().filter(|x| m.until.is_some_and(|u| x.days.1 >= u)).collect();
    let (mut held, mut others): (Vec<_>, Vec<_>) = cluster(held)
        .iter()
        .map(|g| (round(m, cast, g), g.iter().any(|x| m.topic.is_named(x.told))))
        .filter(|(r, _)| is_round(r, cast))
        .partition(|(_, named)| *named);
    let by_day = |list: &mut Vec<(Round, bool)>| {
        list.sort_by(|(a, _), (b, _)| (a.start, a.end, &a.evidence).cmp(&(b.start, b.end, &b.evidence)));
        std::mem::take(list).into_iter().map(|x| x.0).collect::<Vec<_>>()
    };
    let mut next: Vec<(Round, bool)> = cluster(later)
        .iter()
        .filter(|g| g.iter().any(|x| m.topic.is_named(x.told)))
        .map(|g| (round(m, cast, g), true))
        .collect();
    Rounds { held: by_day(&mut held), others: by_day(&mut others), next: by_day(&mut next).into_iter().next() }
}

/// Whether what is told may be part of a round: a meeting on known days, or the accord of one, with a party at the table and somebody else of
/// the cast; or talks of whomever that the sentence itself says are about the matter.
fn meeting<'m, 'c>(m: &Material, told: &'m Told<'c>, cast: &Cast) -> Option<Meeting<'m, 'c>> {
    let days = told.days.filter(|(a, b)| days_between(*a, *b) <= LOOSE)?;
    let parties = told.parties();
    let ours = parties.iter().any(|s| cast.is_party(s));
    let known = parties.iter().copied().chain(&told.third_parties).filter(|s| cast.has(s)).count() + told.unnamed;
    let strangers = parties.iter().filter(|s| !cast.has(s)).count();
    let abroad = told.country().is_some_and(|c| parties.iter().all(|s| s.country() != c));
    let mode = told.event.mode.as_deref();
    let stated = m.topic.is_stated();
    // In a report on the negotiation the matter need not be named in every sentence.
    let about = told.cutting.record.talks.is_some() && m.topic.is_named(told);
    let matter = stated && (about || m.topic.is_named_there(told));
    let two = ours && known >= 2;
    let fits = match told.event.kind {
        EventType::Consult => {
            two || matter && strangers == 0 && (parties.is_empty() || abroad) && mode != Some("visit")
        }
        EventType::Agree => {
            told.event.status == Status::Actual
                && (two || ours && strangers == 0 && m.topic.is_named_there(told) && stated)
        }
        _ => false,
    };
    // A stretch that begins with its report and goes on was not over yet, whatever its tense.
    let ahead = |p: Date| days.0 >= p && days_between(p, days.1) > PAUSE;
    let held = told.event.status != Status::Actual || told.cutting.published().is_none_or(|p| !ahead(p));
    (told.is_real() && fits && held).then_some(Meeting { told, days })
}

/// Puts meetings together that are one round.
fn cluster<'m, 'c>(meetings: Vec<Meeting<'m, 'c>>) -> Vec<Vec<Meeting<'m, 'c>>> {
    let mut rounds: Vec<Vec<Meeting>> = Vec::new();
    for x in meetings {
        let fits: Vec<(i32, usize)> =
            rounds.iter().enumerate().filter_map(|(i, r)| gap(r, &x).map(|g| (g, i))).collect();
        match fits.iter().min() {
            Some(&(_, i)) => rounds[i].push(x),
            None => rounds.push(vec![x]),
        }
    }
    rounds
}

fn span(round: &[Meeting]) -> Option<(Date, Date)> {
    // A vague telling does not make a round longer.
    let best = round.iter().map(|x| days_between(x.days.0, x.days.1)).min()?.max(1);
    let sure = || round.iter().filter(move |x| days_between(x.days.0, x.days.1) <= best).map(|x| x.days);
    Some((sure().map(|d| d.0).min()?, sure().map(|d| d.1).max()?))
}

/// How well a meeting fits a round, less being better; none if it does not.
fn gap(round: &[Meeting], x: &Meeting) -> Option<i32> {
    let (a, b) = span(round)?;
    let apart = days_between(b, x.days.0).max(days_between(x.days.1, a));
    let towns: BTreeSet<&str> = round.iter().filter_map(|y| y.told.town()).collect();
    let same_town = x.told.town().is_some_and(|t| towns.contains(t));
    let other_town = x.told.town().is_some() && !towns.is_empty() && !same_town;
    let long = days_between(a.min(x.days.0), b.max(x.days.1)) > LONGEST;
    let sides: BTreeSet<&Side> = round.iter().flat_map(|y| y.told.parties()).collect();
    // Talks of nobody named are those of the days and town.
    let met = x.told.parties().iter().any(|s| sides.contains(s)) || x.told.parties().is_empty() || sides.is_empty();
    let call = |t: &Told| t.event.mode.as_deref() == Some("phone");
    let near = if same_town { PAUSE } else { 0 };
    let fits = apart <= near && !other_town && !long && met && round.iter().any(|y| call(y.told) == call(x.told));
    fits.then(|| apart.max(0) * 2 + i32::from(!same_town))
}

fn round(m: &Material, cast: &Cast, meetings: &[Meeting]) -> Round {
    let (start, end) = span(meetings).unwrap_or(meetings[0].days);
    let mut order: Vec<&Meeting> = meetings.iter().collect();
    order.sort_by_key(|x| (x.told.cutting.published(), x.told.id()));
    let count = |of: &dyn Fn(&Told) -> Vec<Side>| {
        let mut counts: BTreeMap<Side, usize> = BTreeMap::new();
        for side in order.iter().flat_map(|x| of(x.told)) {
            *counts.entry(side).or_default() += 1;
        }
        let mut list: Vec<(Side, usize)> = counts.into_iter().collect();
        list.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        // One slip among many tellings has nobody at the table.
        let most = list.first().map_or(0, |x| x.1);
        list.into_iter().filter(|x| x.1 * 5 >= most).map(|x| x.0).collect::<Vec<_>>()
    };
    let parties = count(&|t| t.parties().into_iter().filter(|s| cast.has(s)).cloned().collect());
    let mut third_parties = count(&|t| t.third_parties.iter().filter(|s| cast.has(s)).cloned().collect());
    third_parties.retain(|s| !parties.contains(s));
    let people = m.sides.people();
    let mut individuals: Vec<String> = Vec::new();
    for a in order
        .iter()
        .flat_map(|x| x.told.event.actors.iter().chain(&x.told.event.recipients).chain(&x.told.event.third_parties))
    {
        let Some(p) = people.index(a).filter(|p| m.sides.of_person(*p).is_some_and(|s| cast.has(s))) else { continue };
        if !individuals.iter().any(|n| n == people.name(p)) {
            individuals.push(people.name(p).to_owned());
        }
    }
    let mode =
        |name: &str| order.iter().filter(|x| x.told.event.mode.as_deref() == Some(name)).count() * 2 > order.len();
    let kind = match () {
        () if mode("phone") => RoundKind::Call,
        () if mode("visit") => RoundKind::Visit,
        () => RoundKind::Talks,
    };
    let town =
        order.iter().find(|x| x.told.town().is_some()).or_else(|| order.iter().find(|x| x.told.event.place.is_some()));
    let reports: BTreeSet<&str> = order.iter().map(|x| x.told.cutting.id()).collect();
    let mut evidence: Vec<Evidence> = order.iter().map(|x| x.told.evidence()).collect();
    evidence.dedup();
    Round {
        start,
        end,
        place: town.and_then(|x| x.told.event.place.clone()),
        kind,
        parties,
        third_parties,
        individuals,
        outcome: order.iter().filter_map(|x| outcome(x.told)).next_back(),
        reports: reports.len(),
        evidence,
    }
}

/// What came of a meeting: an accord, or the assessment in its own sentence.
fn outcome(told: &Told) -> Option<TalksState> {
    if told.event.kind == EventType::Agree {
        return Some(TalksState::Agreed);
    }
    let outlook = |s: TalksState| matches!(s, TalksState::Planned | TalksState::Optimism | TalksState::Pessimism);
    let sentence = told.event.sentence.span;
    let said = told.cutting.record.assessments.iter().find(|a| sentence.contains(a.span) && !outlook(a.state));
    said.map(|a| a.state)
}

/// Whether meetings told make a round of this negotiation: a chief party sat there, or nobody is named.
fn is_round(r: &Round, cast: &Cast) -> bool {
    r.parties.is_empty() || r.parties.iter().any(|s| cast.is_principal(s))
}
