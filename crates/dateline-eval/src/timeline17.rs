//! Timelines of long stories against journalists' timelines (Timeline17), by the published measures.
//!
//! A system is told how many days the journalists chose, how many sentences they wrote a day on average, and their first and last day.
//! Date-F1 compares the chosen days. AR-F is alignment-based ROUGE (Martschat and Markert, EACL 2017 and CoNLL 2018, "align+ m:1"): each day
//! is aligned with that day of the other timeline for which (1 - t)(1 - ROUGE-1 F) is least, t being 1 / (days apart + 1); common n-grams of
//! aligned days count t; recall goes over the journalists' days, precision over the system's. Words are lower case, not stemmed.

use crate::figures::Figures;
use crate::speed::corpus;
use dateline_code::Coder;
use dateline_report::{Date, Record, Report};
use dateline_story::{Cutting, TimelineLimits, timeline};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

/// Topics with their journalists' timelines.
const TOPICS: [(&str, &[&str]); 4] = [
    ("egypt", &["tl17-egypt/tl8.txt"]),
    ("haiti", &["tl17-haiti/bbc.txt"]),
    ("iraq", &["tl17-iraq/tl7.txt"]),
    ("libya", &["tl17-libya/tl5.txt", "tl17-libya/tl6.txt"]),
];

type Days = BTreeMap<Date, Vec<String>>;

/// Date-F1, AR1-F and AR2-F of a timeline.
type Scores = [f64; 3];

/// Scores all topics of a folder, the mean over timelines as figures; also a table of each beside the date-count baseline: the days on which
/// most reports appeared, with the first sentences of their first reports.
pub fn score(folder: &Path, coder: &Coder) -> Result<(Figures, String), String> {
    let mut list = String::from("timeline\tsystem\tDate-F1\tAR1-F\tAR2-F\n");
    let (mut ours, mut counted) = (Vec::new(), Vec::new());
    for (topic, files) in TOPICS {
        let reports = corpus(&folder.join(format!("{topic}.csv.gz")), usize::MAX)?;
        let reports: Vec<Report> = reports.into_iter().filter(|r| r.published.is_some()).collect();
        let cuttings: Vec<Cutting> = code(&reports, coder).into_iter().map(Cutting::of).collect();
        for file in files {
            let path = folder.join(file);
            let text = std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
            let reference = reference(&text);
            let (Some(from), Some(to)) = (reference.keys().next().copied(), reference.keys().last().copied()) else {
                return Err(format!("{}: no day in it", path.display()));
            };
            let all: usize = reference.values().map(Vec::len).sum();
            let sentences = ((all as f64 / reference.len() as f64).round() as usize).max(1);
            let limits = TimelineLimits { days: reference.len(), sentences, from: Some(from), to: Some(to) };
            let told = timeline(&cuttings, &limits).into_iter();
            let told: Days = told.map(|d| (d.date, d.sentences.into_iter().map(|s| s.text).collect())).collect();
            for (name, days, scores) in
                [("dateline", told, &mut ours), ("date count", baseline(&reports, &limits), &mut counted)]
            {
                let s = compare(&reference, &days);
                let _ = writeln!(list, "{file}\t{name}\t{:.3}\t{:.3}\t{:.3}", s[0], s[1], s[2]);
                scores.push(s);
            }
        }
    }
    let mean = |of: &[Scores], i: usize| of.iter().map(|s| s[i]).sum::<f64>() / of.len().max(1) as f64;
    let mut figures = Figures::default();
    for (i, name) in ["Date-F1", "AR1-F", "AR2-F"].into_iter().enumerate() {
        let detail = format!("date count {:.3}; mean of {} timelines", mean(&counted, i), ours.len());
        figures.measure(name, mean(&ours, i), detail);
    }
    Ok((figures, list))
}

/// Codes on two threads.
fn code(reports: &[Report], coder: &Coder) -> Vec<Record> {
    let (a, b) = reports.split_at(reports.len() / 2);
    let run = |part: &[Report]| {
        let mut session = coder.session();
        part.iter().map(|r| session.code(r)).collect::<Vec<_>>()
    };
    std::thread::scope(|s| {
        let other = s.spawn(|| run(b));
        let mut out = run(a);
        // A panic in the other thread goes on in this one.
        out.extend(other.join().unwrap_or_else(|e| std::panic::resume_unwind(e)));
        out
    })
}

/// A day on a line of its own, its sentences, a line of hyphens.
fn reference(text: &str) -> Days {
    let mut days = Days::new();
    let mut day = None;
    for line in text.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with("---")) {
        match (line.parse::<Date>(), day) {
            (Ok(d), _) => {
                day = Some(d);
                days.entry(d).or_default();
            }
            (Err(_), Some(d)) => days.entry(d).or_default().push(line.to_owned()),
            _ => {}
        }
    }
    days
}

fn baseline(reports: &[Report], limits: &TimelineLimits) -> Days {
    let mut days: BTreeMap<Date, Vec<&Report>> = BTreeMap::new();
    for r in reports {
        let inside = |d: &Date| limits.from.is_none_or(|a| *d >= a) && limits.to.is_none_or(|b| *d <= b);
        if let Some(day) = r.published.filter(inside) {
            days.entry(day).or_default().push(r);
        }
    }
    let mut ranked: Vec<(Date, Vec<&Report>)> = days.into_iter().collect();
    ranked.sort_by_key(|(d, r)| (std::cmp::Reverse(r.len()), *d));
    ranked.truncate(limits.days);
    let first = |r: &&Report| r.text.lines().find(|l| l.split_whitespace().count() > 5).map(str::to_owned);
    ranked.into_iter().map(|(d, r)| (d, r.iter().filter_map(first).take(limits.sentences).collect())).collect()
}

fn compare(reference: &Days, system: &Days) -> Scores {
    let hits = reference.keys().filter(|d| system.contains_key(d)).count();
    [
        2.0 * hits as f64 / (reference.len() + system.len()).max(1) as f64,
        aligned(reference, system, 1),
        aligned(reference, system, 2),
    ]
}

type Grams = BTreeMap<Vec<String>, usize>;

fn grams(sentences: &[String], n: usize) -> Grams {
    let mut out = Grams::new();
    for s in sentences {
        let lower = s.to_lowercase();
        let words: Vec<&str> = lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()).collect();
        for gram in words.windows(n) {
            *out.entry(gram.iter().map(|w| (*w).to_owned()).collect()).or_default() += 1;
        }
    }
    out
}

fn common(a: &Grams, b: &Grams) -> usize {
    a.iter().map(|(g, n)| *n.min(b.get(g).unwrap_or(&0))).sum()
}

fn size(a: &Grams) -> usize {
    a.values().sum()
}

/// Alignment-based ROUGE-n F.
fn aligned(reference: &Days, system: &Days, n: usize) -> f64 {
    let side = |a: &Days, b: &Days| {
        let (mut hit, mut all) = (0.0, 0);
        let other: Vec<(Date, Grams, Grams)> = b.iter().map(|(d, s)| (*d, grams(s, 1), grams(s, n))).collect();
        for (day, sentences) in a {
            let (one, own) = (grams(sentences, 1), grams(sentences, n));
            all += size(&own);
            let cost = |(d, g, _): &(Date, Grams, Grams)| {
                let f = 2.0 * common(&one, g) as f64 / (size(&one) + size(g)).max(1) as f64;
                (1.0 - near(*day, *d)) * (1.0 - f)
            };
            if let Some((d, _, g)) = other.iter().min_by(|x, y| cost(x).total_cmp(&cost(y))) {
                hit += near(*day, *d) * common(&own, g) as f64;
            }
        }
        if all > 0 { hit / f64::from(all as u32) } else { 0.0 }
    };
    let (recall, precision) = (side(reference, system), side(system, reference));
    if recall + precision > 0.0 { 2.0 * recall * precision / (recall + precision) } else { 0.0 }
}

fn near(a: Date, b: Date) -> f64 {
    1.0 / (f64::from((a - b).get_days().abs()) + 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timeline_equals_itself_and_a_day_off_halves_it() {
        let a = reference("2026-03-01\nThe sides met in Cairo .\n-----\n2026-03-09\nA truce began at noon .\n");
        assert_eq!(a.len(), 2);
        let same = compare(&a, &a);
        assert!(same.iter().all(|x| (x - 1.0).abs() < 1e-9), "{same:?}");
        let later: Days = a.iter().map(|(d, s)| (d.tomorrow().unwrap(), s.clone())).collect();
        let off = compare(&a, &later);
        assert_eq!(off[0], 0.0);
        assert!((off[1] - 0.5).abs() < 1e-9, "{off:?}");
    }
}
