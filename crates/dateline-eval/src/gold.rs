//! Records against gold records: the figures of `gold/score.py`, computed here the same way.

use crate::corpus::Marked;
use crate::figures::Figures;
use crate::misses::{Item, Misses};
use dateline_code::Coder;
use dateline_report::{Actor, Event, EventType, Record, Report, Span};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A gold file: a report with its reference record.
#[derive(Deserialize)]
pub struct GoldReport {
    id: String,
    published: Option<dateline_report::Date>,
    title: Option<String>,
    text: String,
    sentences: BTreeMap<String, GoldSentence>,
    gold: serde_json::Value,
}

#[derive(Deserialize)]
pub(crate) struct GoldSentence {
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// An event of either side, as far as it is scored.
pub(crate) struct Scored {
    pub(crate) sentence: Option<usize>,
    pub(crate) kind: String,
    pub(crate) trigger: String,
    pub(crate) roles: [Vec<(Option<String>, Option<String>)>; 3],
    pub(crate) mode: Option<String>,
    pub(crate) place: Option<String>,
    pub(crate) place_said: bool,
    pub(crate) date: (Option<String>, Option<String>),
    pub(crate) status: String,
    pub(crate) historical: bool,
    pub(crate) source: Option<String>,
    pub(crate) counts: Vec<(usize, u64)>,
    why: String,
    /// The participants as a reader sees them: words and codes.
    pub(crate) shown: [Vec<String>; 3],
    pub(crate) place_text: String,
    pub(crate) date_text: String,
}

pub(crate) const ROLES: [&str; 3] = ["actors", "recipients", "third_parties"];

pub use crate::misses::Error;

/// The gold reports of a folder whose file name holds `only`, in the order of their names.
pub fn read(folder: &Path, only: &str) -> Result<Vec<GoldReport>, String> {
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .map_err(|e| format!("{}: {e}", folder.display()))?
        .filter_map(Result::ok)
        .map(|e| e.path())
        .filter(|p| p.file_name().is_some_and(|n| n.to_string_lossy().contains(only)))
        .collect();
    files.sort();
    let mut out = Vec::new();
    for file in files.iter().filter(|f| f.extension().is_some_and(|e| e == "json")) {
        let text = std::fs::read_to_string(file).map_err(|e| format!("{}: {e}", file.display()))?;
        out.push(serde_json::from_str(&text).map_err(|e| format!("{}: {e}", file.display()))?);
    }
    Ok(out)
}

/// Codes and scores every gold report of a folder whose file name holds `only`.
pub fn score(folder: &Path, coder: &Coder, only: &str) -> Result<(Figures, Vec<Error>), String> {
    let mut session = coder.session();
    let mut figures = Figures::default();
    let mut errors = Vec::new();
    for gold in read(folder, only)? {
        add(&gold, &session.code(&gold.report()), &mut figures, &mut errors);
    }
    Ok((figures, errors))
}

/// Scores one record.
fn add(gold: &GoldReport, record: &Record, f: &mut Figures, errors: &mut Vec<Error>) {
    let none = Vec::new();
    let list = |key: &str| gold.gold[key].as_array().unwrap_or(&none);
    let g: Vec<Scored> = list("events").iter().map(gold_event).collect();
    let s: Vec<Scored> = record.events.iter().map(|e| system_event(e, gold)).collect();
    let quad = |k: &str| k.parse::<EventType>().map_or(0, EventType::quad);
    tally(f, "event", &g, &s, |e| format!("{:?} {}", e.sentence, e.kind));
    tally(f, "quad", &g, &s, |e| format!("{:?} {}", e.sentence, quad(&e.kind)));
    let countries = |e: &Scored, role: usize| e.roles[role].iter().filter_map(|x| x.0.clone()).collect::<BTreeSet<_>>();
    tally(f, "triple", &g, &s, |e| format!("{:?} {} {:?} {:?}", e.sentence, e.kind, countries(e, 0), countries(e, 1)));
    let pairs = pair(&g, &s);
    let mut whole = 0;
    let misses = Misses::new(&gold.id, &gold.text, &gold.sentences);
    for &(a, b) in &pairs {
        matched(f, &g[a], &s[b]);
        misses.fields(&g[a], &s[b], errors);
        whole += usize::from(is_right(&g[a], &s[b], countries));
    }
    let tally = f.tally("whole event");
    tally.hit += whole;
    tally.gold += g.len();
    tally.system += s.len();
    let name = |e: &Scored| format!("{} \"{}\"", e.kind, e.trigger);
    for (_, e) in g.iter().enumerate().filter(|(i, _)| !pairs.iter().any(|p| p.0 == *i)) {
        errors.push(misses.item("events", "missed", name(e), &e.why, e.sentence));
    }
    for (_, e) in s.iter().enumerate().filter(|(i, _)| !pairs.iter().any(|p| p.1 == *i)) {
        errors.push(misses.item("events", "spurious", name(e), &e.why, e.sentence));
    }
    let sentence = |span: Span| gold.sentence(span);
    let said = |x: &serde_json::Value, key: &str| x[key].as_str().unwrap_or("").to_owned();
    let item = |sentence, key, words: &str| Item { sentence, key, words: words.to_owned() };
    let figures = (
        list("figures")
            .iter()
            .map(|x| item(number(&x["sentence"]), x["value"].to_string(), &said(x, "text")))
            .collect(),
        record.figures.iter().map(|x| item(sentence(x.span), x.value.to_string(), &x.text)).collect(),
    );
    let position = |c: Option<&str>, stance: &str, issue: &str| format!("{} {stance} {issue}", c.unwrap_or("-"));
    let positions = (
        list("positions")
            .iter()
            .map(|x| {
                let key = position(x["party"]["country"].as_str(), &said(x, "stance"), &said(x, "issue"));
                item(number(&x["sentence"]), key, &said(x, "text"))
            })
            .collect(),
        record
            .positions
            .iter()
            .map(|x| {
                let key = position(x.party.country.as_deref(), x.stance.as_str(), x.issue.as_str());
                item(sentence(x.span), key, &x.text)
            })
            .collect(),
    );
    let assessments = (
        list("assessments").iter().map(|x| item(number(&x["sentence"]), said(x, "state"), &said(x, "text"))).collect(),
        record.assessments.iter().map(|x| item(sentence(x.span), x.state.to_string(), &x.text)).collect(),
    );
    for (of, (gold, system)) in [("figures", figures), ("positions", positions), ("assessments", assessments)] {
        let (gold, system): (Vec<Item>, Vec<Item>) = (gold, system);
        f.tally(of).add(gold.iter().map(Item::scored), system.iter().map(Item::scored));
        misses.items(of, &gold, &system, errors);
    }
}

fn tally(f: &mut Figures, name: &str, g: &[Scored], s: &[Scored], key: impl Fn(&Scored) -> String) {
    f.tally(name).add(g.iter().map(&key), s.iter().map(&key));
}

fn matched(f: &mut Figures, a: &Scored, b: &Scored) {
    for (i, role) in ROLES.iter().enumerate() {
        let both = |e: &Scored| e.roles[i].iter().map(|x| format!("{x:?}")).collect::<Vec<_>>();
        let country = |e: &Scored| e.roles[i].iter().map(|x| format!("{:?}", x.0)).collect::<Vec<_>>();
        f.tally(&format!("{role} country+sector")).add(both(a), both(b));
        f.tally(&format!("{role} country")).add(country(a), country(b));
    }
    f.accuracy("mode", a.mode == b.mode);
    if a.place.is_some() && !a.place_said {
        if b.place.is_some() {
            f.accuracy("place country", a.place == b.place);
        }
    } else if a.place.is_some() || b.place.is_some() {
        f.accuracy("place country", a.place == b.place);
    }
    if a.date.0.is_some() {
        f.accuracy("date", a.date == b.date);
    }
    f.accuracy("status", a.status == b.status);
    f.accuracy("historical", a.historical == b.historical);
    f.accuracy("source", same_source(a.source.as_deref(), b.source.as_deref()));
    f.tally("counts").add(a.counts.iter().map(|c| format!("{c:?}")), b.counts.iter().map(|c| format!("{c:?}")));
}

/// Whether a matched event has all of countries of all roles, place, date, status, historical and source right.
fn is_right(a: &Scored, b: &Scored, countries: impl Fn(&Scored, usize) -> BTreeSet<String>) -> bool {
    let roles = (0..ROLES.len()).all(|i| countries(a, i) == countries(b, i));
    let place = a.place == b.place || !a.place_said && b.place.is_none();
    let date = a.date.0.is_none() || a.date == b.date;
    let reality = a.status == b.status && a.historical == b.historical;
    roles && place && date && reality && same_source(a.source.as_deref(), b.source.as_deref())
}

pub(crate) fn same_source(a: Option<&str>, b: Option<&str>) -> bool {
    let (Some(a), Some(b)) = (a, b) else { return a.is_none() && b.is_none() };
    let (a, b) = (a.to_lowercase(), b.to_lowercase());
    let words = |s: &str| s.split_whitespace().map(str::to_owned).collect::<BTreeSet<_>>();
    !a.is_empty()
        && !b.is_empty()
        && (a.contains(&b) || b.contains(&a) || words(&a).intersection(&words(&b)).next().is_some())
}

/// One-to-one pairs of events of the same sentence and type, best affinity first.
fn pair(g: &[Scored], s: &[Scored]) -> Vec<(usize, usize)> {
    let affinity = |a: &Scored, b: &Scored| {
        let (x, y) = (a.trigger.to_lowercase(), b.trigger.to_lowercase());
        let set = |e: &Scored, role: usize| e.roles[role].iter().filter_map(|x| x.0.clone()).collect::<BTreeSet<_>>();
        let near = !x.is_empty() && !y.is_empty() && (y.contains(&x) || x.contains(&y));
        2 * usize::from(near) + set(a, 0).intersection(&set(b, 0)).count() + set(a, 1).intersection(&set(b, 1)).count()
    };
    let mut ranked: Vec<(usize, std::cmp::Reverse<usize>, std::cmp::Reverse<usize>)> = Vec::new();
    for (i, a) in g.iter().enumerate() {
        for (j, b) in s.iter().enumerate().filter(|(_, b)| a.sentence == b.sentence && a.kind == b.kind) {
            ranked.push((affinity(a, b), std::cmp::Reverse(i), std::cmp::Reverse(j)));
        }
    }
    ranked.sort_by(|x, y| y.cmp(x));
    let mut out: Vec<(usize, usize)> = Vec::new();
    for (_, std::cmp::Reverse(i), std::cmp::Reverse(j)) in ranked {
        if !out.iter().any(|p| p.0 == i || p.1 == j) {
            out.push((i, j));
        }
    }
    out
}

fn number(v: &serde_json::Value) -> Option<usize> {
    v.as_u64().map(|n| n as usize)
}

fn text(v: &serde_json::Value) -> Option<String> {
    v.as_str().map(str::to_owned)
}

fn gold_event(e: &serde_json::Value) -> Scored {
    let none = Vec::new();
    let actors = |key: &str| {
        e[key].as_array().unwrap_or(&none).iter().map(|a| (text(&a["country"]), text(&a["sector"]))).collect()
    };
    Scored {
        sentence: number(&e["sentence"]),
        kind: text(&e["type"]).unwrap_or_default(),
        trigger: text(&e["trigger"]).unwrap_or_default(),
        roles: ROLES.map(actors),
        mode: text(&e["mode"]),
        place: text(&e["place"]["country"]),
        place_said: e["place"]["text"].as_str().is_some_and(|t| !t.is_empty()),
        date: (text(&e["date"]["start"]), text(&e["date"]["end"])),
        status: text(&e["status"]).unwrap_or_default(),
        historical: e["historical"].as_bool().unwrap_or(false),
        source: text(&e["source"]["text"]),
        counts: ["killed", "injured", "held"]
            .iter()
            .enumerate()
            .filter_map(|(i, k)| e[*k].as_u64().map(|n| (i, n)))
            .collect(),
        why: String::new(),
        shown: ROLES.map(|role| {
            let show = |a: &serde_json::Value| {
                let part = |key: &str| a[key].as_str().unwrap_or("-");
                format!("{} [{} {}]", part("text"), part("country"), part("sector"))
            };
            e[role].as_array().unwrap_or(&none).iter().map(show).collect()
        }),
        place_text: text(&e["place"]["text"]).unwrap_or_default(),
        date_text: text(&e["date"]["text"]).unwrap_or_default(),
    }
}

fn system_event(e: &Event, gold: &GoldReport) -> Scored {
    let codes = |list: &[Actor]| list.iter().map(|a| (a.country.clone(), a.sector.clone())).collect();
    let day = |d: Option<dateline_report::Date>| d.map(|d| d.to_string());
    Scored {
        sentence: gold.sentence(e.span),
        kind: e.kind.to_string(),
        trigger: e.trigger.clone(),
        roles: [codes(&e.actors), codes(&e.recipients), codes(&e.third_parties)],
        mode: e.mode.clone(),
        place: e.place.as_ref().and_then(|p| p.country.clone()),
        place_said: true,
        date: e.date.as_ref().map_or((None, None), |d| (day(d.start), day(d.end))),
        status: e.status.to_string(),
        historical: e.historical,
        source: e.source.as_ref().map(|s| s.text.clone()),
        counts: [e.killed, e.injured, e.held].into_iter().enumerate().filter_map(|(i, n)| n.map(|n| (i, n))).collect(),
        why: format!("{} {:.2}", e.rule.frame.as_deref().unwrap_or("model"), e.rule.confidence),
        shown: [&e.actors, &e.recipients, &e.third_parties].map(|list| list.iter().map(shown).collect()),
        place_text: e.place.as_ref().and_then(|p| p.text.clone()).unwrap_or_default(),
        date_text: e.date.as_ref().and_then(|d| d.text.clone()).unwrap_or_default(),
    }
}

fn shown(a: &Actor) -> String {
    format!("{} [{} {}]", a.text, a.country.as_deref().unwrap_or("-"), a.sector.as_deref().unwrap_or("-"))
}

impl GoldReport {
    /// The report as a reader gets it.
    pub fn report(&self) -> Report {
        Report {
            id: self.id.clone(),
            published: self.published,
            title: self.title.clone(),
            text: self.text.clone(),
            ..Report::default()
        }
    }

    /// Type, sentence and trigger of the reference's events.
    pub fn marked(&self) -> Vec<Marked> {
        let events = self.gold["events"].as_array().map_or(&[][..], Vec::as_slice);
        let marked = |e: &serde_json::Value| {
            let sentence = self.sentences.get(&number(&e["sentence"])?.to_string())?;
            Some(Marked {
                kind: e["type"].as_str()?.parse().ok()?,
                mode: text(&e["mode"]),
                sentence: Span::new(sentence.start, sentence.end),
                trigger: text(&e["trigger"])?,
            })
        };
        events.iter().filter_map(marked).collect()
    }

    /// The gold sentence that shares most bytes with a span.
    fn sentence(&self, span: Span) -> Option<usize> {
        let mut best = (0, None);
        for (n, s) in &self.sentences {
            let shared = span.end.min(s.end).saturating_sub(span.start.max(s.start));
            if shared > best.0 {
                best = (shared, n.parse().ok());
            }
        }
        best.1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_match_by_a_shared_word() {
        assert!(same_source(Some("Two U.S. officials"), Some("officials")));
        assert!(same_source(None, None));
        assert!(!same_source(Some("police"), None) && !same_source(Some("police"), Some("army")));
    }
}
