//! How the talks stood through time.

use super::Material;
use super::parties::Cast;
use crate::Evidence;
use crate::told::{Told, days_between};
use dateline_report::{Date, EventType, Status, TalksState};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

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
    /// Day of the reports that say so first, or of the accord.
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

/// Weight of somebody's words on talks that they name, and on what the report as a whole makes clear; of a meeting as such, held or announced;
/// of an accord of the principals, and of one with fewer of them named.
const NAMED: f32 = 1.0;
const SAID: f32 = 0.6;
const MET: f32 = 0.4;
const SIGNED: f32 = 1.2;
const MENTIONED: f32 = 0.4;
/// Days in which what was said loses half its weight.
const HALF: f32 = 5.0;
/// Weight that a change needs, and how much it must outweigh what holds.
const ENOUGH: f32 = 0.8;
const MORE: f32 = 1.2;
/// A meeting tells how talks stand if it is no more days away from publication.
const RECENT: i32 = 7;

/// The changes of state, by day.
pub(crate) fn states(m: &Material, cast: &Cast) -> Vec<StateChange> {
    let mut days: BTreeMap<Date, Vec<Sign>> = BTreeMap::new();
    for (day, sign) in said(m, cast).into_iter().chain(m.told.iter().filter_map(|t| done(m, t, cast))) {
        days.entry(day).or_default().push(sign);
    }
    let mut out: Vec<StateChange> = Vec::new();
    let mut weights: BTreeMap<Phase, f32> = BTreeMap::new();
    let mut before: Option<Date> = None;
    for (date, mut signs) in days {
        let age = before.map_or(0, |b| days_between(b, date)) as f32;
        before = Some(date);
        for weight in weights.values_mut() {
            *weight *= (-age / HALF).exp2();
        }
        // A report is one voice however often it says so.
        let mut voices: BTreeMap<(Phase, &str), f32> = BTreeMap::new();
        for s in &signs {
            let voice = voices.entry((s.phase, &s.evidence.report)).or_default();
            *voice = voice.max(s.weight);
        }
        for ((phase, _), weight) in voices {
            *weights.entry(phase).or_default() += weight;
        }
        let now = out.last().map(|s| s.phase);
        // What was planned gives way to what happens.
        let holds = now.filter(|p| *p != Phase::Planned).and_then(|p| weights.get(&p)).copied().unwrap_or(0.0);
        // Of equals the one farthest from the middle: it is the news. Only what this day says can change anything.
        let far = |p: Phase| (p as i32 - Phase::Planned as i32).abs();
        let told = weights.iter().filter(|(p, _)| signs.iter().any(|s| s.phase == **p));
        let best = told.max_by(|a, b| a.1.total_cmp(b.1).then_with(|| far(*a.0).cmp(&far(*b.0))));
        let Some((&phase, &weight)) = best else { continue };
        signs.retain(|s| s.phase == phase);
        let reports = signs.iter().map(|s| s.evidence.report.as_str()).collect::<BTreeSet<_>>().len();
        match out.last_mut() {
            Some(last) if last.phase == phase => last.reports += reports,
            _ if weight >= ENOUGH && weight >= holds * MORE => {
                // The weightiest words first.
                signs.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.evidence.cmp(&b.evidence)));
                let mut evidence: Vec<Evidence> = signs.into_iter().map(|s| s.evidence).collect();
                evidence.dedup();
                out.push(StateChange { date, phase, reports, evidence });
            }
            _ => {}
        }
    }
    out
}

/// What reports on the negotiation say of its state, by day of publication.
fn said(m: &Material, cast: &Cast) -> Vec<(Date, Sign)> {
    let mut out = Vec::new();
    // Words near the matter are about these talks also in a report on other things.
    for c in m.cuttings.iter().filter(|c| c.record.talks.is_some() || m.topic.is_stated()) {
        let Some(day) = c.published() else { continue };
        let told: Vec<&Told> = m.told.iter().filter(|t| t.cutting.id() == c.id()).collect();
        for a in &c.record.assessments {
            let Some(phase) = Phase::of(a.state) else { continue };
            let here = || told.iter().filter(|t| t.event.sentence.span.contains(a.span));
            // What is told as background tells how talks stood once; what others do among themselves are other talks.
            if !here().any(|t| t.event.historical || is_of_others(t, cast)) && m.topic.is_near(c, a.span) {
                // A deal that some of them strike on the side.
                let part = |t: &&Told| t.event.kind == EventType::Agree && !is_whole(t, cast);
                let weight = match () {
                    () if phase == Phase::Agreed && here().any(part) => MENTIONED,
                    () if a.about.is_some() => NAMED,
                    () => SAID,
                };
                out.push((day, Sign { phase, weight, evidence: Evidence::around(c, a.span) }));
            }
        }
    }
    out
}

/// What a meeting or an accord says of the state. A meeting counts for the day of its report, an accord for its own day. The same parties
/// meet and agree on much else, so the matter has to be named nearby, and an accord of this negotiation is one of several of its chief parties.
fn done(m: &Material, t: &Told, cast: &Cast) -> Option<(Date, Sign)> {
    let published = t.cutting.published().filter(|_| m.topic.is_named(t))?;
    let chief = t.parties().iter().any(|s| cast.is_principal(s));
    let party = t.parties().iter().any(|s| cast.is_party(s));
    let two = party && t.parties().iter().filter(|s| cast.has(s)).count() + t.unnamed >= 2;
    let recent = t.days.is_some_and(|(a, b)| days_between(b, published).max(days_between(published, a)) <= RECENT);
    let (day, phase, weight) = match (t.event.kind, t.event.status) {
        (EventType::Consult, Status::Future) if two && !t.event.historical => (published, Phase::Planned, MET),
        (EventType::Consult, Status::Actual) if two && recent => (published, Phase::UnderWay, MET),
        (EventType::Agree, Status::Actual) if chief && !is_of_others(t, cast) => {
            let (_, last) = t.short()?;
            (last.min(published), Phase::Agreed, if is_whole(t, cast) { SIGNED } else { MENTIONED })
        }
        _ => return None,
    };
    Some((day, Sign { phase, weight, evidence: t.evidence() }))
}

/// Whether the negotiation itself may be the one that two or more agree in: chief parties on both sides, or one with many others.
fn is_whole(t: &Told, cast: &Cast) -> bool {
    let ours = t.parties().iter().filter(|s| cast.is_party(s)).count();
    let chiefs = t.parties().iter().filter(|s| cast.is_principal(s)).count();
    chiefs >= 2 || chiefs == 1 && (ours > 2 || t.unnamed > 0)
}

/// Whether somebody meets or agrees who is not in the cast, or one of the cast with strangers.
fn is_of_others(t: &Told, cast: &Cast) -> bool {
    let ours = t.parties().iter().filter(|s| cast.has(s)).count() + t.unnamed;
    let all = t.event.actors.len() + t.event.recipients.len();
    matches!(t.event.kind, EventType::Consult | EventType::Agree) && all >= 2 && ours < 2
}
