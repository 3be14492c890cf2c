//! Rounds of talks that a dossier lists, against a list read off the same reports by hand.

use crate::figures::{Figures, Tally};
use crate::speed::corpus;
use dateline_code::Coder;
use dateline_report::{Date, Record};
use dateline_story::{Cutting, Dossier, Question, Round, RoundKind};
use std::fmt::Write;
use std::path::Path;

/// Facts about the rounds; see its head.
const REFERENCE: &str = include_str!("../data/iran-nuclear-rounds.tsv");
/// The words by which the story is followed.
const WATCH: [&str; 2] = ["nuclear", "talks"];
/// Days by which a round may miss.
const SLACK: i32 = 1;

/// A round as it was read.
struct Known {
    start: Date,
    end: Date,
    city: String,
    country: String,
    parties: Vec<String>,
    kind: String,
    line: String,
}

/// Scores the dossier of the reports of a corpus that hold the words; also a list of what was found, missed and spurious.
pub fn score(file: &Path, records: Option<&Path>, coder: &Coder) -> Result<(Figures, String), String> {
    let cuttings: Vec<Cutting> = records_of(file, records, coder)?.into_iter().map(Cutting::of).collect();
    let question = Question { words: WATCH.map(str::to_owned).to_vec(), since: None };
    let dossier = Dossier::of(&cuttings, &question);
    let known = known()?;
    let mut matched = vec![false; known.len()];
    let (mut right, mut list) = (0, String::new());
    // Those whose days are known best find their round first.
    let mut rounds: Vec<&Round> = dossier.negotiation.rounds.iter().collect();
    rounds.sort_by_key(|r| ((r.end - r.start).get_days(), r.start));
    for r in &rounds {
        let hit = (0..known.len())
            .filter(|&i| !matched[i] && same(&known[i], r))
            .min_by_key(|&i| (known[i].kind != kind(r), (known[i].start - r.start).get_days().abs()));
        let place = r.place.as_ref().and_then(|p| p.name.as_deref()).unwrap_or("-");
        let sides: Vec<&str> = r.parties.iter().map(dateline_story::Side::as_str).collect();
        let mark = if hit.is_some() { "found" } else { "spurious" };
        let sentence = r.evidence.first().map_or("", |e| &e.text);
        let _ = writeln!(list, "{mark}\t{} {}\t{place}\t{}\t{sentence}", r.start, r.end, sides.join(";"));
        if let Some(i) = hit {
            matched[i] = true;
            right += 1;
        }
    }
    for (k, _) in known.iter().zip(&matched).filter(|(_, m)| !**m) {
        let _ = writeln!(list, "missed\t{}", k.line);
    }
    let mut figures = Figures::default();
    *figures.tally("rounds") = Tally { hit: right, system: rounds.len(), gold: known.len() };
    Ok((figures, list))
}

fn records_of(file: &Path, records: Option<&Path>, coder: &Coder) -> Result<Vec<Record>, String> {
    let wanted = |text: &str| {
        let text = text.to_lowercase();
        WATCH.iter().all(|w| text.contains(w))
    };
    let Some(path) = records else {
        let reports = corpus(file, usize::MAX)?;
        let mut session = coder.session();
        return Ok(reports.iter().filter(|r| wanted(&r.text)).map(|r| session.code(r)).collect());
    };
    let text = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let all = text.lines().map(|l| serde_json::from_str(l).map_err(|e| format!("{}: {e}", path.display())));
    let all: Vec<Record> = all.collect::<Result<_, _>>()?;
    Ok(all.into_iter().filter(|r| wanted(&r.report.text)).collect())
}

fn known() -> Result<Vec<Known>, String> {
    let rows = REFERENCE.lines().filter(|l| !l.starts_with('#')).skip(1);
    let row = |line: &str| -> Option<Known> {
        let f: Vec<&str> = line.split('\t').collect();
        Some(Known {
            start: f.first()?.parse().ok()?,
            end: f.get(1)?.parse().ok()?,
            city: (*f.get(2)?).to_owned(),
            country: (*f.get(3)?).to_owned(),
            parties: f.get(4)?.split(';').map(str::to_owned).collect(),
            kind: (*f.get(5)?).to_owned(),
            line: line.to_owned(),
        })
    };
    rows.map(|l| row(l).ok_or_else(|| format!("iran-nuclear-rounds.tsv: {l}"))).collect()
}

/// The same days but for [`SLACK`], a party in common, and no other town or country.
fn same(k: &Known, r: &Round) -> bool {
    // A month does not become the next one by a day.
    let slack = if (r.end - r.start).get_days() > 2 { 0 } else { SLACK };
    let near = (k.start - r.end).get_days() <= slack && (r.start - k.end).get_days() <= slack;
    // Talks of nobody named may be anybody's.
    let party = r.parties.is_empty() || r.parties.iter().any(|s| k.parties.iter().any(|p| p == s.country()));
    let town = r.place.as_ref().and_then(|p| p.name.as_deref());
    let country = r.place.as_ref().and_then(|p| p.country.as_deref());
    let differs = |a: &str, b: Option<&str>| !a.is_empty() && b.is_some_and(|b| fold(a) != fold(b));
    let elsewhere = differs(&k.country, country)
        || !k.city.is_empty() && country.is_some_and(|c| c == k.country) && is_town(r) && differs(&k.city, town);
    near && party && !elsewhere
}

fn kind(r: &Round) -> &'static str {
    match r.kind {
        RoundKind::Talks => "talks",
        RoundKind::Visit => "visit",
        RoundKind::Call => "call",
    }
}

fn is_town(r: &Round) -> bool {
    use dateline_report::PlacePrecision::City;
    r.place.as_ref().is_some_and(|p| p.precision == Some(City))
}

/// Letters without what the gazetteer puts on them ("Tehr\u{101}n").
fn fold(name: &str) -> String {
    name.to_lowercase().chars().map(|c| if c == '\u{101}' { 'a' } else { c }).collect()
}
