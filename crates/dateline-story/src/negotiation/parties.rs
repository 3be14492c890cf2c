//! Who negotiates, who stands between, and the persons who do it.

use super::{Material, Round};
use crate::{Evidence, Side};
use dateline_report::{Date, EventType};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A side is a party if at least this share of the reports has it at the table that has the foremost one there; a chief party with [`CHIEF`].
const PARTY: f32 = 0.12;
const CHIEF: f32 = 0.5;
/// A third party needs this share of the reports of the foremost third party.
const THIRD: f32 = 0.2;

/// What a side does in a negotiation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Its own cause is negotiated.
    Principal,
    /// Sits at the table beside the principals.
    Participant,
    /// Stands between the sides.
    Mediator,
    /// Rounds are held in its country.
    Host,
}

/// A side of the negotiation, or one between the sides.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Party {
    /// Who.
    pub side: Side,
    /// What reports call it most often.
    pub name: String,
    /// What it does.
    pub part: Part,
    /// Reports that have it at the table.
    pub reports: usize,
    /// Named persons who act for it, those seen most often first.
    pub delegates: Vec<String>,
    /// The first sentence that has it at the table.
    pub evidence: Evidence,
}

/// A person who takes part.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Individual {
    /// The fullest name.
    pub name: String,
    /// Who the person acts for.
    pub side: Side,
    /// Name of that side.
    pub side_name: String,
    /// Office or role that most reports give.
    pub role: Option<String>,
    /// Day of the first report that has the person at the table.
    pub first_seen: Option<Date>,
    /// Day of the last.
    pub last_seen: Option<Date>,
    /// How many reports have.
    pub reports: usize,
    /// The last sentence that has.
    pub evidence: Evidence,
}

/// Parties and third parties.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cast {
    pub(crate) parties: Vec<Party>,
    pub(crate) third_parties: Vec<Party>,
}

impl Cast {
    pub(crate) fn is_party(&self, side: &Side) -> bool {
        self.parties.iter().any(|p| p.side == *side)
    }

    pub(crate) fn is_principal(&self, side: &Side) -> bool {
        self.parties.iter().any(|p| p.side == *side && p.part == Part::Principal)
    }

    pub(crate) fn is_third(&self, side: &Side) -> bool {
        self.third_parties.iter().any(|p| p.side == *side)
    }

    pub(crate) fn has(&self, side: &Side) -> bool {
        self.is_party(side) || self.is_third(side)
    }
}

/// Reports that have a side as a party and as a third party.
#[derive(Default)]
struct Weight {
    party: BTreeSet<String>,
    third: BTreeSet<String>,
    evidence: Option<Evidence>,
}

impl Weight {
    fn add(&mut self, report: &str, third: bool) {
        if third { &mut self.third } else { &mut self.party }.insert(report.to_owned());
    }
}

/// Reads the cast off the meetings that took place or are planned, and off what each report takes for the sides of its talks.
pub(crate) fn cast(m: &Material) -> Cast {
    let mut weights: BTreeMap<Side, Weight> = BTreeMap::new();
    for t in m.told.iter().filter(|t| t.event.kind == EventType::Consult && t.is_real()) {
        let parties = t.parties();
        if parties.len() + t.third_parties.len() < 2 {
            continue;
        }
        let sides = parties.iter().map(|s| (*s, false)).chain(t.third_parties.iter().map(|s| (s, true)));
        for (side, third) in sides {
            let w = weights.entry(side.clone()).or_default();
            w.add(t.cutting.id(), third);
            w.evidence.get_or_insert_with(|| t.evidence());
        }
    }
    for c in m.cuttings {
        let Some(talks) = &c.record.talks else { continue };
        let told = talks.parties.iter().map(|a| (a, false)).chain(talks.third_parties.iter().map(|a| (a, true)));
        for (actor, third) in told {
            let Some(side) = m.sides.side(actor) else { continue };
            let w = weights.entry(side).or_default();
            w.add(c.id(), third);
            w.evidence.get_or_insert_with(|| Evidence::around(c, actor.span));
        }
    }
    let most =
        |of: fn(&Weight) -> &BTreeSet<String>| weights.values().map(|w| of(w).len()).max().unwrap_or(0).max(1) as f32;
    let (party_most, third_most) = (most(|w| &w.party), most(|w| &w.third));
    let mut cast = Cast::default();
    let mut ranked: Vec<(Side, Weight)> = weights.into_iter().collect();
    let all = |w: &Weight| w.party.union(&w.third).count();
    ranked.sort_by(|a, b| all(&b.1).cmp(&all(&a.1)).then_with(|| a.0.cmp(&b.0)));
    for (side, w) in ranked {
        let (party, third) = (w.party.len() as f32, w.third.len() as f32);
        let reports = all(&w);
        let Some(evidence) = w.evidence else { continue };
        // Who mediates also meets each side alone, and is then told of as a party to that meeting.
        let between = third * 2.0 >= party && third > 0.0 && third >= third_most * THIRD;
        let part = match party / party_most {
            _ if between => Part::Mediator,
            share if share >= CHIEF => Part::Principal,
            share if share >= PARTY => Part::Participant,
            _ => continue,
        };
        let name = m.sides.name(&side);
        let party = Party { side, name, part, reports, delegates: Vec::new(), evidence };
        if between { cast.third_parties.push(party) } else { cast.parties.push(party) }
    }
    let people = individuals(m, &cast);
    for party in cast.parties.iter_mut().chain(&mut cast.third_parties) {
        party.delegates = people.iter().filter(|i| i.side == party.side).map(|i| i.name.clone()).collect();
    }
    cast
}

/// Adds the countries where rounds were held that have no part yet.
pub(crate) fn hosts(m: &Material, third_parties: &mut Vec<Party>, cast: &Cast, rounds: &[Round]) {
    for r in rounds {
        let country = r.place.as_ref().and_then(|p| p.country.as_deref());
        let Some(side) = country.map(Side::of_country).filter(|s| !cast.has(s)) else { continue };
        let Some(evidence) = r.evidence.first().cloned() else { continue };
        if let Some(host) = third_parties.iter_mut().find(|p| p.side == side) {
            host.reports += r.reports;
        } else {
            let name = m.sides.name(&side);
            let part = Part::Host;
            third_parties.push(Party { side, name, part, reports: r.reports, delegates: Vec::new(), evidence });
        }
    }
}

/// The persons at the table of real meetings who act for somebody in the cast.
pub(crate) fn individuals(m: &Material, cast: &Cast) -> Vec<Individual> {
    #[derive(Default)]
    struct Seen {
        roles: BTreeMap<String, usize>,
        reports: BTreeSet<String>,
        days: BTreeSet<Date>,
        evidence: Option<Evidence>,
    }
    let mut seen: BTreeMap<usize, Seen> = BTreeMap::new();
    for t in m.told.iter().filter(|t| t.event.kind == EventType::Consult && t.is_real()) {
        if t.parties().len() + t.third_parties.len() < 2 {
            continue;
        }
        for a in t.event.actors.iter().chain(&t.event.recipients).chain(&t.event.third_parties) {
            let Some(person) = m.sides.people().index(a) else { continue };
            if m.sides.of_person(person).is_some_and(|s| cast.has(s)) {
                let s = seen.entry(person).or_default();
                if let Some(role) = &a.role {
                    *s.roles.entry(role.clone()).or_default() += 1;
                }
                s.reports.insert(t.cutting.id().to_owned());
                s.days.extend(t.cutting.published());
                s.evidence = Some(t.evidence());
            }
        }
    }
    let mut out: Vec<Individual> = Vec::new();
    for (person, s) in seen {
        let (Some(side), Some(evidence)) = (m.sides.of_person(person), s.evidence) else { continue };
        let role = s.roles.iter().max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0))).map(|(r, _)| r.clone());
        out.push(Individual {
            name: m.sides.people().name(person).to_owned(),
            side_name: m.sides.name(side),
            side: side.clone(),
            role,
            first_seen: s.days.first().copied(),
            last_seen: s.days.last().copied(),
            reports: s.reports.len(),
            evidence,
        });
    }
    out.sort_by(|a, b| b.reports.cmp(&a.reports).then_with(|| a.name.cmp(&b.name)));
    out
}
