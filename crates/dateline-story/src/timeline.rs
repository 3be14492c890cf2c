//! The days that matter in a long story, and the sentences that say what happened.

use crate::cutting::in_order;
use crate::text::sentences;
use crate::told::days_between;
use crate::words::Words;
use crate::{Cutting, Evidence};
use dateline_report::{Date, Span, Status};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A day of the timeline.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TimelineDay {
    /// The day.
    pub date: Date,
    /// Reports that tell something of this day.
    pub reports: usize,
    /// Those of them that look back at it.
    pub later_reports: usize,
    /// The sentences that say it best.
    pub sentences: Vec<Evidence>,
}

/// How long a timeline may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimelineLimits {
    /// Days at most.
    pub days: usize,
    /// Sentences a day at most.
    pub sentences: usize,
    /// No day before this one.
    pub from: Option<Date>,
    /// No day behind this one.
    pub to: Option<Date>,
}

impl TimelineLimits {
    /// A length that suits a story of so many reports: a day for every ten, not under 5 or over 20, one sentence each.
    pub fn of_reports(reports: usize) -> TimelineLimits {
        TimelineLimits { days: (reports / 10).clamp(5, 20), sentences: 1, from: None, to: None }
    }
}

/// A report that looks back at a day counts so often: what is still told later mattered.
const LATER: usize = 3;
/// A report looks back if it appears more than this many days behind the day.
const BACK: i32 = 1;
/// A sentence without a day of its own may tell of the day of its report or of the one before.
const LAG: i32 = 1;
/// Weights of a sentence: how central it is among those of its day, how early in its report, whether it names the day; what each day of lag takes.
const CENTRAL: f32 = 1.0;
const EARLY: f32 = 0.3;
const DATED: f32 = 0.3;
const LATE: f32 = 0.02;
/// Sentences more alike than this say the same.
const SAME: f32 = 0.5;
/// Words of a sentence, least and most.
const WORDS: std::ops::RangeInclusive<usize> = 6..=60;

/// A sentence that may stand in the timeline.
struct Candidate<'c> {
    cutting: &'c Cutting,
    span: Span,
    /// Place in its report, from 0.
    place: usize,
    /// Days of the events in it.
    days: BTreeSet<Date>,
}

/// The days that most reports tell of, with those that later reports come back to before the others; in the order of time. The order of the
/// cuttings does not matter.
pub fn timeline(cuttings: &[Cutting], limits: &TimelineLimits) -> Vec<TimelineDay> {
    days_that_mattered(&in_order(cuttings), limits)
}

/// [`timeline`] of cuttings already in the order of publication.
pub(crate) fn days_that_mattered(cuttings: &[&Cutting], limits: &TimelineLimits) -> Vec<TimelineDay> {
    let mut told: BTreeMap<Date, BTreeSet<&str>> = BTreeMap::new();
    let mut later: BTreeMap<Date, BTreeSet<&str>> = BTreeMap::new();
    for c in cuttings {
        for day in c.record.events.iter().filter_map(day_of) {
            told.entry(day).or_default().insert(c.id());
            if c.published().is_some_and(|p| days_between(day, p) > BACK) {
                later.entry(day).or_default().insert(c.id());
            }
        }
    }
    let backs = |d: &Date| later.get(d).map_or(0, BTreeSet::len);
    let inside = |d: &Date| limits.from.is_none_or(|a| *d >= a) && limits.to.is_none_or(|b| *d <= b);
    let mut ranked: Vec<(Date, usize)> =
        told.iter().filter(|(d, _)| inside(d)).map(|(d, r)| (*d, r.len() + (LATER - 1) * backs(d))).collect();
    ranked.sort_by_key(|&(d, weight)| (std::cmp::Reverse(weight), d));
    ranked.truncate(limits.days);
    ranked.sort();
    let candidates = candidates(cuttings);
    let words = Words::of(candidates.iter().map(|c| c.span.text(&c.cutting.record.report.text).unwrap_or_default()));
    ranked
        .into_iter()
        .map(|(date, _)| TimelineDay {
            date,
            reports: told.get(&date).map_or(0, BTreeSet::len),
            later_reports: backs(&date),
            sentences: say(date, &candidates, &words, limits.sentences),
        })
        .collect()
}

/// The day of an event that happened, if it is known to the day.
fn day_of(e: &dateline_report::Event) -> Option<Date> {
    let date = e.date.as_ref().filter(|_| e.status == Status::Actual)?;
    date.start.filter(|_| date.start == date.end)
}

fn candidates<'c>(cuttings: &[&'c Cutting]) -> Vec<Candidate<'c>> {
    let mut out = Vec::new();
    for cutting in cuttings {
        for (place, span) in sentences(&cutting.record.report.text).into_iter().enumerate() {
            let here = cutting.record.events.iter().filter(|e| span.contains(e.span));
            out.push(Candidate { cutting, span, place, days: here.filter_map(day_of).collect() });
        }
    }
    out
}

/// The sentences that say best what happened on a day.
fn say(date: Date, candidates: &[Candidate], words: &Words, limit: usize) -> Vec<Evidence> {
    let lag = |c: &Candidate| c.cutting.published().map(|p| days_between(date, p));
    let near = |c: &Candidate| c.days.is_empty() && lag(c).is_some_and(|l| (0..=LAG).contains(&l));
    let of_day: Vec<usize> = (0..candidates.len())
        .filter(|&i| WORDS.contains(&words.count(i)) && (candidates[i].days.contains(&date) || near(&candidates[i])))
        .collect();
    let named = |i: usize| candidates[i].days.contains(&date);
    let middle = words.middle(of_day.iter().map(|&i| (i, if named(i) { 2.0 } else { 1.0 })));
    let weight = |i: usize| {
        let c = &candidates[i];
        let late = lag(c).unwrap_or(0).max(0) as f32;
        CENTRAL * words.likeness_to(i, &middle) + EARLY / (1.0 + c.place as f32) + if named(i) { DATED } else { 0.0 }
            - LATE * late
    };
    let mut ranked: Vec<(usize, f32)> = of_day.into_iter().map(|i| (i, weight(i))).collect();
    // Candidates stand in the order of publication and text: of equals the first.
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let mut said: Vec<usize> = Vec::new();
    for (i, _) in ranked {
        if said.len() == limit {
            break;
        }
        if said.iter().all(|&s| words.likeness(s, i) <= SAME) {
            said.push(i);
        }
    }
    said.into_iter().map(|i| Evidence::of(candidates[i].cutting, candidates[i].span)).collect()
}
