//! Sentences composed from a dossier. Each stands on the sentences of reports; what is uncertain says so.

use crate::dossier::{Dossier, Statement, Subject};
use crate::{
    Evidence, FigurePoint, FigureThroughTime, Part, Party, Phase, PositionStep, PositionThroughTime, Round, RoundKind,
    StateChange,
};
use dateline_report::{Approx, Date, Issue, Stance, TalksState};
use std::fmt::Write;

/// Names in a list at most; the others are counted.
const NAMED: usize = 5;
/// Kinds of people whose numbers the summary tells.
const FIGURES: usize = 3;

/// What there is to say first.
pub(crate) fn summary(d: &Dossier) -> Vec<Statement> {
    let n = &d.negotiation;
    let mut out = Vec::new();
    out.extend(n.states.last().map(|s| state(d, s)));
    out.extend(parties(d));
    out.extend(n.rounds.last().map(|r| round(d, r, "The last round known: ")));
    out.extend(n.next_round.as_ref().map(|r| next_round(d, r)));
    let chief: Vec<&Party> = n.parties.iter().filter(|p| p.part == Part::Principal).collect();
    for p in n.positions.iter().filter(|p| p.issue != Issue::Other && chief.iter().any(|c| c.side == p.side)) {
        out.extend(p.steps.last().map(|s| position(p, s)));
    }
    // What a single report counts is no figure that the story turns on.
    out.extend(n.figures.iter().filter(|f| f.on_matter > 1).take(FIGURES).filter_map(latest_figure));
    out
}

/// What reports from this day on changed.
pub(crate) fn news(d: &Dossier, since: Date) -> Vec<Statement> {
    let n = &d.negotiation;
    let mut out: Vec<Statement> = n.states.iter().filter(|s| s.date >= since).map(|s| state(d, s)).collect();
    out.extend(n.rounds.iter().filter(|r| r.end >= since).map(|r| round(d, r, "Met: ")));
    out.extend(n.next_round.as_ref().map(|r| next_round(d, r)));
    for p in n.positions.iter().filter(|p| p.issue != Issue::Other) {
        let new = p.steps.iter().rfind(|s| s.date.is_some_and(|x| x >= since));
        let before = p.steps.iter().rfind(|s| s.date.is_some_and(|x| x < since));
        out.extend(new.filter(|s| before.is_none_or(|b| b.stance != s.stance)).map(|s| position(p, s)));
    }
    for f in &n.figures {
        let new = f.points.iter().rfind(|x| x.evidence.published.is_some_and(|p| p >= since));
        let before = f.points.iter().rfind(|x| x.evidence.published.is_some_and(|p| p < since));
        out.extend(new.filter(|x| before.is_none_or(|b| b.value != x.value)).map(|x| figure(f, x)));
    }
    for i in n.individuals.iter().filter(|i| i.first_seen.is_some_and(|x| x >= since)) {
        let role = i.role.as_ref().map_or(String::new(), |r| format!(", {r}"));
        out.push(Statement {
            topic: Subject::Person,
            text: format!("{}{role} ({}), is at the table for the first time.", i.name, i.side_name),
            evidence: vec![i.evidence.clone()],
        });
    }
    out
}

fn state(d: &Dossier, s: &StateChange) -> Statement {
    let chief: Vec<&str> =
        d.negotiation.parties.iter().filter(|p| p.part == Part::Principal).map(|p| p.name.as_str()).collect();
    let between = if chief.len() > 1 { format!(" between {}", list(&chief)) } else { String::new() };
    let told = if s.reports == 1 { "one report".to_owned() } else { format!("{} reports", s.reports) };
    Statement {
        topic: Subject::State,
        text: match s.phase {
            Phase::Agreed => format!("The talks{between} came to an agreement by {}, according to {told}.", s.date),
            Phase::Collapsed => format!("The talks{between} had broken down by {}, according to {told}.", s.date),
            phase => format!("Since {} the talks{between} are {}, according to {told}.", s.date, phase.as_str()),
        },
        evidence: s.evidence.clone(),
    }
}

fn parties(d: &Dossier) -> Option<Statement> {
    let n = &d.negotiation;
    let of = |part: Part| {
        let all = n.parties.iter().chain(&n.third_parties);
        all.filter(|p| p.part == part).map(|p| p.name.as_str()).collect::<Vec<_>>()
    };
    let chief = of(Part::Principal);
    if chief.is_empty() {
        return None;
    }
    let mut text = format!("{} {}", list(&chief), if chief.len() == 1 { "negotiates" } else { "negotiate" });
    for (part, words) in
        [(Part::Participant, "also at the table"), (Part::Mediator, "between them"), (Part::Host, "hosts of rounds")]
    {
        let names = of(part);
        if !names.is_empty() {
            let _ = write!(text, "; {words}: {}", list(&names));
        }
    }
    let evidence = n.parties.iter().chain(&n.third_parties).take(NAMED).map(|p| p.evidence.clone()).collect();
    Some(Statement { topic: Subject::Parties, text: text + ".", evidence })
}

fn round_words(d: &Dossier, r: &Round) -> String {
    let names: Vec<&str> = r.parties.iter().map(|s| d.name(s)).collect();
    let place = r.place.as_ref().and_then(|p| p.name.as_deref().or(p.text.as_deref()));
    let place = place.map_or(String::new(), |p| format!(" in {p}"));
    let kind = match r.kind {
        RoundKind::Talks => "talks",
        RoundKind::Visit => "a visit",
        RoundKind::Call => "a call",
    };
    let between = if names.len() > 1 { format!(" between {}", list(&names)) } else { format!(" of {}", list(&names)) };
    format!("{kind}{between}{place}")
}

/// A day, or the stretch within which it lies.
fn days(start: Date, end: Date) -> String {
    if start == end { format!("on {start}") } else { format!("between {start} and {end}") }
}

fn round(d: &Dossier, r: &Round, how: &str) -> Statement {
    let outcome = r.outcome.map_or(String::new(), |o| format!("; outcome: {}", outcome_words(o)));
    let once = if r.reports == 1 { " (told by one report)" } else { "" };
    let text = format!("{how}{} {}{outcome}{once}.", round_words(d, r), days(r.start, r.end));
    Statement { topic: Subject::LastRound, text, evidence: r.evidence.clone() }
}

fn next_round(d: &Dossier, r: &Round) -> Statement {
    let text = format!("Announced: {} {}.", round_words(d, r), days(r.start, r.end));
    Statement { topic: Subject::NextRound, text, evidence: r.evidence.clone() }
}

/// The state of talks as an outcome.
pub fn outcome_words(o: TalksState) -> &'static str {
    match o {
        TalksState::Planned => "more to come",
        TalksState::UnderWay => "still going on",
        TalksState::Progress => "progress",
        TalksState::LittleProgress => "little progress",
        TalksState::Setback => "a setback",
        TalksState::Stalled => "stalemate",
        TalksState::Suspended => "suspended",
        TalksState::Collapsed => "no result",
        TalksState::Agreed => "agreement",
        TalksState::Optimism => "hope",
        TalksState::Pessimism => "doubt",
    }
}

/// An issue in words.
pub fn issue_words(i: Issue) -> &'static str {
    match i {
        Issue::Ceasefire => "a ceasefire",
        Issue::Release => "the release of people held",
        Issue::Withdrawal => "withdrawal",
        Issue::AidAccess => "access for aid",
        Issue::Sanctions => "sanctions",
        Issue::Talks => "whether and how to talk",
        Issue::Recognition => "recognition",
        Issue::Disarmament => "arms and their limits",
        Issue::Elections => "elections and power",
        Issue::Territory => "territory",
        Issue::Other => "other matters",
    }
}

fn position(p: &PositionThroughTime, s: &PositionStep) -> Statement {
    let does = match s.stance {
        Stance::Demand => "makes demands",
        Stance::Offer => "makes offers",
        Stance::Accept => "says yes",
        Stance::Refuse => "says no",
    };
    let when = s.date.map_or(String::new(), |x| format!(" ({x})"));
    let source = s.source.as_ref().map_or(String::new(), |x| format!(", according to {x}"));
    let text = format!("On {} {} {does}: “{}”{source}{when}.", issue_words(p.issue), p.name, s.text);
    Statement { topic: Subject::Position, text, evidence: vec![s.evidence.clone()] }
}

fn latest_figure(f: &FigureThroughTime) -> Option<Statement> {
    f.points.last().map(|x| figure(f, x))
}

fn figure(f: &FigureThroughTime, x: &FigurePoint) -> Statement {
    let grade = match x.approx {
        Approx::Exact => "",
        Approx::About => "about ",
        Approx::AtLeast => "at least ",
        Approx::AtMost => "at most ",
    };
    let of = x.of.as_ref().filter(|o| o.to_lowercase() != f.unit).map_or(String::new(), |o| format!(" ({o})"));
    let source = x.source.as_ref().map_or(String::new(), |s| format!(", according to {s}"));
    let when = x.date.map_or(String::new(), |d| format!(", {d}"));
    let others = if f.disputed { "; reports of one week differ" } else { "" };
    Statement {
        topic: Subject::Figure,
        text: format!("{}: {grade}{}{of}{source}{when}{others}.", capital(&f.unit), x.value),
        evidence: vec![x.evidence.clone()],
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or(String::new(), |c| c.to_uppercase().chain(letters).collect())
}

/// "A", "A and B", "A, B and C", "A, B, C, D, E and 3 more".
fn list(names: &[&str]) -> String {
    let more = names.len().saturating_sub(NAMED);
    let mut shown: Vec<String> = names.iter().take(NAMED).map(|n| (*n).to_owned()).collect();
    if more > 0 {
        shown.push(format!("{more} more"));
    }
    match shown.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}

/// The sentence of a piece of evidence with where it stands: “…” (Outlet, 2026-03-14).
pub fn cited(e: &Evidence) -> String {
    let place: Vec<String> =
        [e.outlet.clone(), e.published.map(|d| d.to_string()), Some(format!("report {}", e.report))]
            .into_iter()
            .flatten()
            .collect();
    format!("“{}” ({})", e.text, place.join(", "))
}

#[cfg(test)]
mod tests {
    use super::list;

    #[test]
    fn lists_name_a_few_and_count_the_rest() {
        assert_eq!(list(&["A"]), "A");
        assert_eq!(list(&["A", "B", "C"]), "A, B and C");
        assert_eq!(list(&["A", "B", "C", "D", "E", "F", "G"]), "A, B, C, D, E and 2 more");
    }
}
