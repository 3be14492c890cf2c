//! A dossier as headings and entries, for views that are read from top to bottom.

use dateline_report::{Approx, Date, Issue};
use dateline_story::{
    Dossier, Evidence, FigurePoint, Happening, Part, Round, RoundKind, Side, Statement, issue_words, outcome_words,
};
use std::fmt::Write;

/// A part of the dossier.
pub struct Section<'d> {
    /// Its heading.
    pub title: String,
    /// What is said in it.
    pub entries: Vec<Entry<'d>>,
}

/// One thing that is said.
pub struct Entry<'d> {
    /// A day, a name: what the entry is found by.
    pub head: String,
    /// The words.
    pub text: String,
    /// What it stands on.
    pub evidence: Vec<&'d Evidence>,
}

/// How much is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// What fits a reader's patience: of each position and number the latest.
    Brief,
    /// Everything.
    Full,
}

/// Latest stances and numbers told in brief, entries of longer lists, and kinds of people whose numbers are told.
const LATEST: usize = 3;
const LONG: usize = 10;
const KINDS: usize = 8;

/// The parts that have something in them.
pub fn sections(d: &Dossier, detail: Detail) -> Vec<Section<'_>> {
    let latest = if detail == Detail::Brief { LATEST } else { usize::MAX };
    let n = &d.negotiation;
    let mut out =
        vec![Section { title: "Where it stands".to_owned(), entries: d.summary.iter().map(statement).collect() }];
    if let Some(news) = &d.news {
        let title = format!("New since {} ({} reports)", news.since, news.reports);
        out.push(Section { title, entries: news.statements.iter().map(statement).collect() });
    }
    let states = n.states.iter().map(|s| Entry {
        head: s.date.to_string(),
        text: format!("{}, {}", s.phase.as_str(), reports(s.reports)),
        evidence: s.evidence.iter().collect(),
    });
    out.push(Section { title: "State of the talks".to_owned(), entries: states.collect() });
    out.push(Section { title: "Rounds".to_owned(), entries: n.rounds.iter().map(|r| round(d, r)).collect() });
    let others = n.other_meetings.iter().map(|r| round(d, r)).collect();
    out.push(Section { title: "Other meetings".to_owned(), entries: others });
    out.push(Section { title: "Next round".to_owned(), entries: n.next_round.iter().map(|r| round(d, r)).collect() });
    let part = |p: Part| match p {
        Part::Principal => "principal",
        Part::Participant => "at the table",
        Part::Mediator => "mediator",
        Part::Host => "host",
    };
    let parties = n.parties.iter().chain(&n.third_parties).map(|p| {
        let people = if p.delegates.is_empty() { String::new() } else { format!(": {}", some(&p.delegates)) };
        Entry {
            head: p.name.clone(),
            text: format!("{}, {}{people}", part(p.part), reports(p.reports)),
            evidence: vec![&p.evidence],
        }
    });
    out.push(Section { title: "Parties".to_owned(), entries: parties.collect() });
    let people = n.individuals.iter().map(|i| {
        let role = i.role.as_ref().map_or(String::new(), |r| format!(", {r}"));
        let seen = match (i.first_seen, i.last_seen) {
            (Some(a), Some(b)) if a != b => format!(", {a} to {b}"),
            (Some(a), _) => format!(", {a}"),
            _ => String::new(),
        };
        Entry {
            head: i.name.clone(),
            text: format!("{}{role}, {}{seen}", i.side_name, reports(i.reports)),
            evidence: vec![&i.evidence],
        }
    });
    out.push(Section { title: "Persons".to_owned(), entries: people.collect() });
    let issues = n.issues.iter().map(|i| Entry {
        head: issue_words(i.issue).to_owned(),
        text: reports(i.reports),
        evidence: vec![&i.evidence],
    });
    out.push(Section { title: "Issues".to_owned(), entries: issues.collect() });
    for p in n.positions.iter().filter(|p| detail == Detail::Full || p.issue != Issue::Other) {
        let moved = if p.moved { " (it moved)" } else { "" };
        let earlier = left_out(p.steps.len(), latest);
        let entries = p.steps[earlier.0..].iter().map(|s| Entry {
            head: s.date.map_or("undated".to_owned(), |d| d.to_string()),
            text: format!("{}: {}{}", s.stance, s.text, by(s.source.as_deref())),
            evidence: vec![&s.evidence],
        });
        let title = format!("{} on {}{moved}{}", p.name, issue_words(p.issue), earlier.1);
        out.push(Section { title, entries: entries.collect() });
    }
    for f in n.figures.iter().take(if detail == Detail::Brief { LATEST } else { KINDS }) {
        let earlier = left_out(f.points.len(), latest);
        let entries = f.points[earlier.0..].iter().map(|x| Entry {
            head: x.date.map_or("undated".to_owned(), |d| d.to_string()),
            text: format!("{}{}", number(x), by(x.source.as_deref())),
            evidence: vec![&x.evidence],
        });
        let differ = if f.disputed { "; reports of one week differ" } else { "" };
        out.push(Section { title: format!("Numbers of {}{differ}{}", f.unit, earlier.1), entries: entries.collect() });
    }
    let days = d.timeline.iter().filter(|t| !t.sentences.is_empty()).map(|t| Entry {
        head: t.date.to_string(),
        text: match t.later_reports {
            0 => reports(t.reports),
            k => format!("{}, {k} of them later", reports(t.reports)),
        },
        evidence: t.sentences.iter().collect(),
    });
    out.push(Section { title: "Days that mattered".to_owned(), entries: days.collect() });
    out.push(Section {
        title: "What happened".to_owned(),
        entries: d.happenings.iter().map(|h| happening(d, h)).collect(),
    });
    if detail == Detail::Brief {
        for s in &mut out {
            shorten(s);
        }
    }
    out.retain(|s| !s.entries.is_empty());
    out
}

/// Keeps the latest entries of lists by day, and the first of the others.
fn shorten(s: &mut Section) {
    let n = s.entries.len();
    if n > LONG && matches!(s.title.as_str(), "Rounds" | "Other meetings" | "State of the talks" | "What happened") {
        let (earlier, told) = left_out(n, LONG);
        s.entries.drain(..earlier);
        s.title += &told;
    } else if n > LONG && matches!(s.title.as_str(), "Persons" | "Parties") {
        s.entries.truncate(LONG);
        let _ = write!(s.title, "; {} more", n - LONG);
    }
}

/// How many of a list are left out at its beginning when so many of its end are told, and what says so.
fn left_out(all: usize, told: usize) -> (usize, String) {
    match all.saturating_sub(told) {
        0 => (0, String::new()),
        n => (n, format!("; {n} earlier")),
    }
}

fn statement(s: &Statement) -> Entry<'_> {
    Entry { head: String::new(), text: s.text.clone(), evidence: s.evidence.iter().collect() }
}

/// "1 report", "2 reports".
pub fn reports(n: usize) -> String {
    if n == 1 { "1 report".to_owned() } else { format!("{n} reports") }
}

fn by(source: Option<&str>) -> String {
    source.map_or(String::new(), |s| format!(" — according to {s}"))
}

/// The first names of a list; the rest counted.
fn some(names: &[String]) -> String {
    let more = names.len().saturating_sub(6);
    let shown = names.iter().take(6).cloned().collect::<Vec<_>>().join(", ");
    if more > 0 { format!("{shown} and {more} more") } else { shown }
}

pub(crate) fn days(start: Date, end: Date) -> String {
    if start == end { start.to_string() } else { format!("{start} to {end}") }
}

pub(crate) fn names(d: &Dossier, sides: &[Side]) -> String {
    sides.iter().map(|s| d.name(s)).collect::<Vec<_>>().join(", ")
}

/// What is said of a round besides its days.
pub(crate) fn round_line(d: &Dossier, r: &Round) -> String {
    let kind = match r.kind {
        RoundKind::Talks => "talks",
        RoundKind::Visit => "visit",
        RoundKind::Call => "call",
    };
    let place = r.place.as_ref().and_then(|p| p.name.as_deref().or(p.text.as_deref()));
    let mut parts = vec![place.map_or(kind.to_owned(), |p| format!("{p}, {kind}")), names(d, &r.parties)];
    if !r.third_parties.is_empty() {
        parts.push(format!("between them {}", names(d, &r.third_parties)));
    }
    if !r.individuals.is_empty() {
        parts.push(some(&r.individuals));
    }
    parts.extend(r.outcome.map(|o| format!("outcome: {}", outcome_words(o))));
    parts.push(reports(r.reports));
    parts.join("; ")
}

fn round<'d>(d: &'d Dossier, r: &'d Round) -> Entry<'d> {
    Entry { head: days(r.start, r.end), text: round_line(d, r), evidence: r.evidence.iter().collect() }
}

pub(crate) fn number(x: &FigurePoint) -> String {
    let grade = match x.approx {
        Approx::Exact => "",
        Approx::About => "about ",
        Approx::AtLeast => "at least ",
        Approx::AtMost => "at most ",
    };
    let of = x.of.as_ref().map_or(String::new(), |o| format!(" {o}"));
    format!("{grade}{}{of}", x.value)
}

/// What is said of a happening besides its day.
pub(crate) fn happening_line(d: &Dossier, h: &Happening) -> String {
    let mode = h.mode.as_ref().map_or(String::new(), |m| format!(" ({m})"));
    let mut parts = vec![format!("{}{mode}", h.kind)];
    let to = if h.recipients.is_empty() { String::new() } else { format!(" → {}", names(d, &h.recipients)) };
    if !h.actors.is_empty() || !to.is_empty() {
        parts.push(format!("{}{to}", names(d, &h.actors)));
    }
    parts.extend(h.place.as_ref().and_then(|p| p.name.clone().or_else(|| p.text.clone())));
    if h.disputed {
        let told: Vec<String> = h
            .mentions
            .iter()
            .filter_map(|m| {
                m.killed
                    .or(m.injured)
                    .or(m.held)
                    .map(|n| format!("{n}{}", m.source.as_ref().map_or(String::new(), |s| format!(" ({s})"))))
            })
            .collect();
        parts.push(format!("reports differ: {}", told.join(" against ")));
    }
    parts.push(h.status.to_string());
    parts.push(reports(h.mentions.len()));
    parts.join("; ")
}

fn happening<'d>(d: &'d Dossier, h: &'d Happening) -> Entry<'d> {
    let head = h.start.zip(h.end).map_or("undated".to_owned(), |(a, b)| days(a, b));
    Entry { head, text: happening_line(d, h), evidence: h.mentions.iter().map(|m| &m.evidence).collect() }
}
