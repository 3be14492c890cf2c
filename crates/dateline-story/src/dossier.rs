//! The dossier of a story: the negotiation, what happened around it, and sentences that say so.

use crate::cutting::in_order;
use crate::happening::merge;
use crate::negotiation::Material;
use crate::sentences;
use crate::timeline::days_that_mattered;
use crate::told;
use crate::topic::Topic;
use crate::{Cutting, Evidence, Happening, Negotiation, Side, Sides, TimelineDay, TimelineLimits};
use dateline_report::Date;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Happenings that a dossier tells at most: the weightiest.
const WEIGHTY: usize = 60;

/// All that the reports of a story tell together.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Dossier {
    /// Reports read.
    pub reports: usize,
    /// Outlets that carried them.
    pub outlets: Vec<String>,
    /// Day of the first report.
    pub first: Option<Date>,
    /// Day of the last.
    pub last: Option<Date>,
    /// Names of all sides that the dossier speaks of.
    pub names: BTreeMap<Side, String>,
    /// What there is to say first, each statement with its sentences.
    pub summary: Vec<Statement>,
    /// What is new since the day that was asked for.
    pub news: Option<News>,
    /// The negotiation.
    pub negotiation: Negotiation,
    /// The days that mattered.
    pub timeline: Vec<TimelineDay>,
    /// What happened, the weightiest of it, by day.
    pub happenings: Vec<Happening>,
}

/// A sentence composed from records, and the sentences of reports that it stands on. Without evidence there is no statement.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Statement {
    /// What it is about.
    pub topic: Subject,
    /// The sentence.
    pub text: String,
    /// What it stands on; never empty.
    pub evidence: Vec<Evidence>,
}

/// What a statement is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// How the talks stand.
    State,
    /// Who takes part.
    Parties,
    /// A round that was held.
    LastRound,
    /// A round to come.
    NextRound,
    /// What a party wants, offers, accepts or refuses.
    Position,
    /// A number of people.
    Figure,
    /// A person at the table.
    Person,
}

/// What changed from a day on.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct News {
    /// The day.
    pub since: Date,
    /// Reports published from that day on.
    pub reports: usize,
    /// What they changed.
    pub statements: Vec<Statement>,
}

/// What a dossier is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Question {
    /// The words by which the story is followed. Those that name a matter ("hostage") tell its rounds from other meetings of the parties.
    pub words: Vec<String>,
    /// Tell apart what is new from this day on.
    pub since: Option<Date>,
}

impl Dossier {
    /// The dossier of these reports, whose order does not matter.
    pub fn of(cuttings: &[Cutting], question: &Question) -> Dossier {
        let topic = Topic::of(&question.words);
        let cuttings = in_order(cuttings);
        let sides = Sides::of(told::actors(&cuttings));
        let told = told::told(&cuttings, &sides);
        let negotiation = Negotiation::read(&Material::of(&cuttings, &sides, &told, &topic));
        let days = || cuttings.iter().filter_map(|c| c.published());
        let mut dossier = Dossier {
            reports: cuttings.len(),
            outlets: cuttings.iter().flat_map(|c| &c.outlets).collect::<BTreeSet<_>>().into_iter().cloned().collect(),
            first: days().min(),
            last: days().max(),
            timeline: days_that_mattered(&cuttings, &TimelineLimits::of_reports(cuttings.len())),
            happenings: weighty(merge(&told)),
            negotiation,
            ..Dossier::default()
        };
        dossier.names = dossier.sides().into_iter().map(|s| (s.clone(), sides.name(&s))).collect();
        dossier.summary = sentences::summary(&dossier);
        dossier.news = question.since.map(|since| News {
            since,
            reports: days().filter(|d| *d >= since).count(),
            statements: sentences::news(&dossier, since),
        });
        dossier
    }

    /// The name of a side.
    pub fn name<'d>(&'d self, side: &'d Side) -> &'d str {
        self.names.get(side).map_or(side.as_str(), String::as_str)
    }

    fn sides(&self) -> BTreeSet<Side> {
        let n = &self.negotiation;
        let cast = n.parties.iter().chain(&n.third_parties).map(|p| &p.side);
        let rounds = n
            .rounds
            .iter()
            .chain(&n.other_meetings)
            .chain(&n.next_round)
            .flat_map(|r| r.parties.iter().chain(&r.third_parties));
        let happened =
            self.happenings.iter().flat_map(|h| h.actors.iter().chain(&h.recipients).chain(&h.third_parties));
        cast.chain(rounds).chain(happened).cloned().collect()
    }
}

/// The happenings that most reports tell, of equals the most intense, in the order of their days.
fn weighty(mut all: Vec<Happening>) -> Vec<Happening> {
    let tellers = |h: &Happening| h.mentions.len() + h.outlets.len();
    let intensity = |h: &Happening| (h.intensity.unwrap_or(0.0).abs() * 10.0) as i32;
    all.retain(|h| h.start.is_some());
    all.sort_by(|a, b| (tellers(b), intensity(b)).cmp(&(tellers(a), intensity(a))).then_with(|| a.id.cmp(&b.id)));
    all.truncate(WEIGHTY);
    all.sort_by(|a, b| (a.start, &a.id).cmp(&(b.start, &b.id)));
    all
}
