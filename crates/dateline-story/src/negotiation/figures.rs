//! Stated numbers of people, through time and side by side.

use super::Material;
use crate::Evidence;
use dateline_report::{Approx, Date};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Reports whose numbers differ within so many days contradict each other; later ones are news.
const SAME_TIME: i32 = 7;

/// Numbers of one kind of people.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FigureThroughTime {
    /// Kind of people: "hostages", "dead".
    pub unit: String,
    /// Numbers by day.
    pub points: Vec<FigurePoint>,
    /// Whether reports of one week give numbers that cannot all be right.
    pub disputed: bool,
    /// Reports that give one where they speak of the matter that the story is followed by.
    pub on_matter: usize,
}

/// A number as one report gives it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FigurePoint {
    /// As of when; else the day of publication.
    pub date: Option<Date>,
    /// The number.
    pub value: u64,
    /// Lower bound.
    pub low: Option<u64>,
    /// Upper bound.
    pub high: Option<u64>,
    /// How exactly it is meant.
    pub approx: Approx,
    /// The people as the text has them.
    pub of: Option<String>,
    /// According to whom, in the report's words.
    pub source: Option<String>,
    /// The sentence.
    pub evidence: Evidence,
}

impl FigurePoint {
    fn range(&self) -> (u64, u64) {
        match self.approx {
            Approx::AtLeast => (self.value, u64::MAX),
            Approx::AtMost => (0, self.value),
            // "About 120" is not contradicted by 124.
            Approx::About => (self.value - self.value / 10, self.value + self.value / 10),
            Approx::Exact => (self.low.unwrap_or(self.value), self.high.unwrap_or(self.value)),
        }
    }
}

/// Kinds of people that at least two reports count; those that most reports count where they speak of the matter come first.
pub(crate) fn figures(m: &Material) -> Vec<FigureThroughTime> {
    let mut found: BTreeMap<String, Vec<FigurePoint>> = BTreeMap::new();
    let mut on_matter: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for c in m.cuttings {
        for f in &c.record.figures {
            if m.topic.is_near(c, f.span) {
                on_matter.entry(f.unit.to_lowercase()).or_default().insert(c.id());
            }
            let as_of = f.as_of.as_ref().and_then(|d| d.end.or(d.start));
            found.entry(f.unit.to_lowercase()).or_default().push(FigurePoint {
                date: as_of.or(c.published()),
                value: f.value,
                low: f.low,
                high: f.high,
                approx: f.approx,
                of: f.of.clone(),
                source: f.source.as_ref().map(|s| s.text.clone()),
                evidence: Evidence::around(c, f.span),
            });
        }
    }
    let mut out = Vec::new();
    for (unit, mut points) in found {
        points.sort_by(|a, b| (a.date, &a.evidence, a.value).cmp(&(b.date, &b.evidence, b.value)));
        points.dedup();
        let reports = |p: &FigurePoint| p.evidence.report.clone();
        if points.iter().any(|p| reports(p) != reports(&points[0])) {
            let (disputed, on_matter) = (disputed(&points), on_matter.get(&unit).map_or(0, BTreeSet::len));
            out.push(FigureThroughTime { unit, points, disputed, on_matter });
        }
    }
    out.sort_by(|a, b| {
        (b.on_matter, b.points.len()).cmp(&(a.on_matter, a.points.len())).then_with(|| a.unit.cmp(&b.unit))
    });
    out
}

fn disputed(points: &[FigurePoint]) -> bool {
    points.iter().enumerate().any(|(i, p)| {
        points[i + 1..].iter().any(|q| {
            let near = p.date.zip(q.date).is_some_and(|(a, b)| crate::told::days_between(a, b) <= SAME_TIME);
            let ((a, b), (c, d)) = (p.range(), q.range());
            near && p.of == q.of && p.evidence.report != q.evidence.report && (a > d || c > b)
        })
    })
}
