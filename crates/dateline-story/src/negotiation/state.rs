//! How the talks stood through time.

use super::Material;
use super::parties::Cast;
use crate::Evidence;
use crate::told::days_between;
use dateline_report::{Date, EventType, Status, TalksState};
use serde::Serialize;
use std::collections::BTreeMap;

/// How talks stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Ended without result.
    Collapsed,
    /// Put off.
    Suspended,
    /// Stuck or thrown back.
    Stalled,
    /// Set for a coming time.
    Planned,
    /// Going on.
    UnderWay,
    /// Moving forward.
    Progress,
    /// Ended with a deal.
    Agreed,
}

impl Phase {
    /// Every phase, the worst first.
    pub const ALL: [Phase; 7] = [
        Phase::Collapsed,
        Phase::Suspended,
        Phase::Stalled,
        Phase::Planned,
        Phase::UnderWay,
        Phase::Progress,
        Phase::Agreed,
    ];

    /// The phase that somebody's words tell; none of mere hopes and fears.
    pub fn of(state: TalksState) -> Option<Phase> {
        Some(match state {
            TalksState::Planned => Phase::Planned,
            TalksState::UnderWay => Phase::UnderWay,
            TalksState::Progress => Phase::Progress,
            TalksState::LittleProgress | TalksState::Setback | TalksState::Stalled => Phase::Stalled,
            TalksState::Suspended => Phase::Suspended,
            TalksState::Collapsed => Phase::Collapsed,
            TalksState::Agreed => Phase::Agreed,
            TalksState::Optimism | TalksState::Pessimism => return None,
        })
    }

    /// The phase in words.
    pub fn as_str(self) -> &'static str {
        match self {
            Phase::Collapsed => "collapsed",
            Phase::Suspended => "suspended",
            Phase::Stalled => "stalled",
            Phase::Planned => "planned",
            Phase::UnderWay => "under way",
            Phase::Progress => "making progress",
            Phase::Agreed => "agreed",
        }
    }
}

/// The talks entered a phase.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StateChange {
    /// Day of publication of the reports that say so.
    pub date: Date,
    /// The phase.
    pub phase: Phase,
    /// Reports that say so until the next change.
    pub reports: usize,
    /// Their sentences of the first day.
    pub evidence: Vec<Evidence>,
}

/// What one sentence says about the state.
struct Sign {
    phase: Phase,
    weight: f32,
    evidence: Evidence,
}

/// Weight of somebody's words on the state; of a meeting as such, held or announced; and of an accord.
const SAID: f32 = 1.0;
const MET: f32 = 0.4;
const SIGNED: f32 = 0.8;
/// Weight that a change needs.
const ENOUGH: f32 = 0.8;
/// A meeting tells how talks stand if it is no more days away from publication.
const RECENT: i32 = 7;

/// The changes of state, by day.
pub(crate) fn states(m: &Material, cast: &Cast) -> Vec<StateChange> {
    let mut days: BTreeMap<Date, Vec<Sign>> = BTreeMap::new();
    for c in m.cuttings.iter().filter(|c| c.record.talks.is_some()) {
        let Some(day) = c.published() else { continue };
        for a in &c.record.assessments {
            let evidence = Evidence::around(c, a.span);
            // What is told as background tells how talks stood once.
            let past = c.record.events.iter().any(|e| e.sentence.span.contains(a.span) && e.historical);
            if let Some(phase) = Phase::of(a.state).filter(|_| !past) {
                days.entry(day).or_default().push(Sign { phase, weight: SAID, evidence });
            }
        }
    }
    for t in m.told {
        let Some(day) = t.cutting.published().filter(|_| !t.event.historical) else { continue };
        let ours = t.parties().iter().filter(|s| cast.is_party(s)).count();
        let recent = t.days.is_some_and(|(a, b)| days_between(b, day).max(days_between(day, a)) <= RECENT);
        let sign = match (t.event.kind, t.event.status) {
            (EventType::Consult, Status::Future) if ours >= 2 => Some((Phase::Planned, MET)),
            (EventType::Consult, Status::Actual) if ours >= 2 && recent => Some((Phase::UnderWay, MET)),
            (EventType::Agree, Status::Actual) if ours >= 2 && recent => Some((Phase::Agreed, SIGNED)),
            _ => None,
        };
        if let Some((phase, weight)) = sign {
            days.entry(day).or_default().push(Sign { phase, weight, evidence: t.evidence() });
        }
    }
    let mut out: Vec<StateChange> = Vec::new();
    for (date, signs) in days {
        let mut weights: BTreeMap<Phase, f32> = BTreeMap::new();
        for s in &signs {
            *weights.entry(s.phase).or_default() += s.weight;
        }
        // Of equals the one farthest from the middle: it is the news.
        let far = |p: Phase| (p as i32 - Phase::Planned as i32).abs();
        let best = weights.iter().max_by(|a, b| a.1.total_cmp(b.1).then_with(|| far(*a.0).cmp(&far(*b.0))));
        let Some((&phase, &weight)) = best else { continue };
        let mut evidence: Vec<Evidence> = signs.into_iter().filter(|s| s.phase == phase).map(|s| s.evidence).collect();
        evidence.sort();
        evidence.dedup();
        let reports = evidence.iter().map(|e| &e.report).collect::<std::collections::BTreeSet<_>>().len();
        match out.last_mut() {
            Some(last) if last.phase == phase => last.reports += reports,
            _ if weight >= ENOUGH => out.push(StateChange { date, phase, reports, evidence }),
            _ => {}
        }
    }
    out
}
