//! What the parties want, offer, accept and refuse, through time.

use super::Material;
use super::parties::Cast;
use crate::{Evidence, Side};
use dateline_report::{Date, Issue, Stance};
use serde::Serialize;
use std::collections::BTreeMap;

/// A party's stand on an issue through time.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PositionThroughTime {
    /// Whose.
    pub side: Side,
    /// Its name.
    pub name: String,
    /// On what.
    pub issue: Issue,
    /// By day of publication.
    pub steps: Vec<PositionStep>,
    /// Whether it gave way or hardened: its last stance says yes where the first said no, or the other way round.
    pub moved: bool,
}

/// A stance as one report tells it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PositionStep {
    /// Day of publication.
    pub date: Option<Date>,
    /// The stance.
    pub stance: Stance,
    /// The words.
    pub text: String,
    /// According to whom, in the report's words.
    pub source: Option<String>,
    /// The sentence.
    pub evidence: Evidence,
}

/// Positions of everybody in the cast, by side in the cast's order and by issue.
pub(crate) fn positions(m: &Material, cast: &Cast) -> Vec<PositionThroughTime> {
    let mut found: BTreeMap<(Side, Issue), Vec<PositionStep>> = BTreeMap::new();
    for c in m.cuttings {
        for p in &c.record.positions {
            let Some(side) = m.sides.side(&p.party).filter(|s| cast.has(s)) else { continue };
            found.entry((side, p.issue)).or_default().push(PositionStep {
                date: c.published(),
                stance: p.stance,
                text: p.text.split_whitespace().collect::<Vec<_>>().join(" "),
                source: p.source.as_ref().map(|s| s.text.clone()),
                evidence: Evidence::around(c, p.span),
            });
        }
    }
    let rank = |side: &Side| cast.parties.iter().chain(&cast.third_parties).position(|p| p.side == *side);
    let mut out: Vec<PositionThroughTime> = found
        .into_iter()
        .map(|((side, issue), steps)| {
            // Demands and offers are terms; yes and no are answers. Only answers can turn.
            let answers = || steps.iter().map(|s| s.stance).filter(|s| matches!(s, Stance::Accept | Stance::Refuse));
            let moved = answers().next() != answers().next_back();
            PositionThroughTime { name: m.sides.name(&side), side, issue, steps, moved }
        })
        .collect();
    out.sort_by_key(|p| (rank(&p.side), p.issue == Issue::Other, p.issue));
    out
}
