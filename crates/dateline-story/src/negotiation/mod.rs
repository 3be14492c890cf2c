//! The negotiation that a story is about: who talks, through whom, about what, in which rounds, and how it stands.

mod figures;
mod parties;
mod positions;
mod pressure;
mod rounds;
mod state;

pub use figures::{FigurePoint, FigureThroughTime};
pub use parties::{Individual, Part, Party};
pub use positions::{PositionStep, PositionThroughTime};
pub use pressure::Week;
pub use rounds::{Round, RoundKind};
pub use state::{Phase, StateChange};

use crate::told::Told;
use crate::topic::Topic;
use crate::{Cutting, Evidence, Sides};
use dateline_report::{Date, Issue};
use rounds::Rounds;
use serde::Serialize;
use std::collections::BTreeMap;

/// A negotiation through time. Dates that a report does not give are those of its publication where the field says so.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Negotiation {
    /// The sides, the chief ones first.
    pub parties: Vec<Party>,
    /// Mediators and hosts.
    pub third_parties: Vec<Party>,
    /// Named persons who take part, those seen most often first.
    pub individuals: Vec<Individual>,
    /// What is negotiated, what most reports name first.
    pub issues: Vec<IssueOnTable>,
    /// What each party wants, offers, accepts or refuses on each issue through time.
    pub positions: Vec<PositionThroughTime>,
    /// Rounds that were held, by day.
    pub rounds: Vec<Round>,
    /// Meetings of the same parties on other matters, by day.
    pub other_meetings: Vec<Round>,
    /// The round that is announced for after the last report, the nearest.
    pub next_round: Option<Round>,
    /// How the talks stood from when on.
    pub states: Vec<StateChange>,
    /// Stated numbers of people through time.
    pub figures: Vec<FigureThroughTime>,
    /// Cooperation and conflict between parties by week.
    pub weeks: Vec<Week>,
}

/// An issue of the negotiation.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct IssueOnTable {
    /// The issue.
    pub issue: Issue,
    /// Reports on the talks that name it.
    pub reports: usize,
    /// Where it was named first.
    pub evidence: Evidence,
}

/// What the parts of a negotiation are read from.
pub(crate) struct Material<'c> {
    pub(crate) cuttings: &'c [&'c Cutting],
    pub(crate) sides: &'c Sides,
    pub(crate) told: &'c [Told<'c>],
    /// Day of the last report.
    pub(crate) until: Option<Date>,
    pub(crate) topic: &'c Topic,
}

impl Negotiation {
    pub(crate) fn read(m: &Material) -> Negotiation {
        let cast = parties::cast(m);
        let Rounds { held, others, next } = rounds::rounds(m, &cast);
        let mut third_parties = cast.third_parties.clone();
        parties::hosts(m, &mut third_parties, &cast, &held);
        Negotiation {
            individuals: parties::individuals(m, &cast),
            issues: issues(m),
            positions: positions::positions(m, &cast),
            states: state::states(m, &cast),
            figures: figures::figures(m),
            weeks: pressure::weeks(m, &cast),
            parties: cast.parties,
            third_parties,
            rounds: held,
            other_meetings: others,
            next_round: next,
        }
    }
}

impl<'c> Material<'c> {
    pub(crate) fn of(
        cuttings: &'c [&'c Cutting],
        sides: &'c Sides,
        told: &'c [Told<'c>],
        topic: &'c Topic,
    ) -> Material<'c> {
        Material { cuttings, sides, told, until: cuttings.iter().filter_map(|c| c.published()).max(), topic }
    }
}

fn issues(m: &Material) -> Vec<IssueOnTable> {
    let mut found: BTreeMap<Issue, IssueOnTable> = BTreeMap::new();
    for c in m.cuttings {
        for i in c.record.talks.iter().flat_map(|t| &t.issues) {
            let one = || IssueOnTable { issue: i.issue, reports: 0, evidence: Evidence::around(c, i.span) };
            found.entry(i.issue).or_insert_with(one).reports += 1;
        }
    }
    let mut list: Vec<IssueOnTable> = found.into_values().collect();
    list.sort_by_key(|i| (std::cmp::Reverse(i.reports), i.issue));
    list
}
