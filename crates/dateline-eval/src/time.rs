//! Time expressions of TimeBank and AQUAINT, by the measures of TempEval-3's task A (`tools/te3score.py` gives the same figures).
//!
//! Extents are compared in characters without white space: strict where they are equal, relaxed where they overlap. Value and type are
//! those of the first expression of ours that overlaps. Each file counts from the day it was made.

use crate::archive;
use crate::figures::{Figures, Miss};
use crate::timeml::{self, Document, Marked};
use crate::ud::positions;
use dateline_annotate::timeml::write;
use dateline_code::Coder;
use dateline_report::{Report, Span};
use std::path::Path;

/// Scores every file of the packed corpora; with a folder, writes ours there as TimeML for another scorer. Misses tell file, expression
/// and value of the reference, of ours, and the words around.
pub fn score(archive: &Path, coder: &Coder, folder: Option<&Path>) -> Result<(Figures, Vec<Miss>), String> {
    let mut session = coder.session();
    let mut counts = Counts::default();
    let mut errors = Vec::new();
    let corpora =
        |path: &str| archive::has_extension(path, "tml") && (path.contains("/TimeBank/") || path.contains("/AQUAINT/"));
    for (path, tml) in archive::texts(archive, corpora)? {
        let name = archive::file_name(&path);
        let document = timeml::read(&tml).map_err(|e| format!("{}: {path}: {e}", archive.display()))?;
        let report = Report { published: document.made, ..Report::from_text(document.text.clone()) };
        let (annotation, _) = session.annotate(&report);
        if let Some(folder) = folder {
            let file = folder.join(name);
            std::fs::write(&file, write(&report.text, &annotation.times, name, document.made))
                .map_err(|e| format!("{}: {e}; choose another --write", file.display()))?;
        }
        let ours = annotation.times.into_iter();
        let ours: Vec<Marked> =
            ours.map(|t| Marked { span: t.span, kind: t.kind.as_str().to_owned(), value: t.value }).collect();
        counts.add(&document, &ours);
        errors.extend(wrong(name, &document, &ours));
    }
    Ok((counts.figures(), errors))
}

/// What the figures rest on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Counts {
    gold: usize,
    system: usize,
    /// Extents of both sides.
    strict: usize,
    /// Gold expressions that one of ours overlaps, and ours that one of gold overlaps.
    relaxed: (usize, usize),
    value: usize,
    kind: usize,
}

impl Counts {
    fn add(&mut self, document: &Document, ours: &[Marked]) {
        let at = positions(&document.text);
        let place = |s: Span| (at[s.start], at[s.end]);
        let overlap = |x: &Marked, y: &Marked| {
            let (x, y) = (place(x.span), place(y.span));
            x.0 < y.1 && y.0 < x.1
        };
        let gold = &document.times;
        self.gold += gold.len();
        self.system += ours.len();
        let extents = |list: &[Marked]| list.iter().map(|m| place(m.span)).collect::<std::collections::BTreeSet<_>>();
        self.strict += extents(gold).intersection(&extents(ours)).count();
        for g in gold {
            if let Some(o) = ours.iter().find(|o| overlap(g, o)) {
                self.relaxed.0 += 1;
                self.value += usize::from(o.value == g.value);
                self.kind += usize::from(o.kind == g.kind);
            }
        }
        self.relaxed.1 += ours.iter().filter(|o| gold.iter().any(|g| overlap(g, o))).count();
    }

    fn figures(&self) -> Figures {
        let mut out = Figures::default();
        let of = |hit: usize, all: usize| if all == 0 { 0.0 } else { hit as f64 / all as f64 };
        let mut row = |name: &str, found: usize, right: usize| {
            let (p, r) = (of(right, self.system), of(found, self.gold));
            let f1 = if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 };
            out.measure(name, f1, format!("p {p:.3} r {r:.3}, {} gold, {} system", self.gold, self.system));
        };
        row("strict", self.strict, self.strict);
        row("relaxed", self.relaxed.0, self.relaxed.1);
        row("value", self.value, self.value);
        row("type", self.kind, self.kind);
        out
    }
}

/// What differs in a document, in the order of the reference, then what is ours alone.
fn wrong(name: &str, document: &Document, ours: &[Marked]) -> Vec<Miss> {
    let text = document.text.as_str();
    let mut out = Vec::new();
    let told = |m: Option<&Marked>| {
        m.map_or("-".to_owned(), |m| format!("{} {}", one_line(m.span.text(text).unwrap_or_default()), m.value))
    };
    let mut note = |kind, gold: Option<&Marked>, mine: Option<&Marked>| {
        let span = gold.or(mine).map_or(Span::default(), |m| m.span);
        out.push(Miss { kind, line: [name, &told(gold), &told(mine), &around(text, span)].join("\t") });
    };
    for g in &document.times {
        match ours.iter().find(|o| o.span.overlaps(g.span)) {
            None => note("missed", Some(g), None),
            Some(o) if o.value != g.value => note("value", Some(g), Some(o)),
            Some(o) if o.span != g.span => note("extent", Some(g), Some(o)),
            Some(_) => {}
        }
    }
    for o in ours.iter().filter(|o| !document.times.iter().any(|g| g.span.overlaps(o.span))) {
        note("spurious", None, Some(o));
    }
    out
}

/// Characters of context on each side.
const CONTEXT: usize = 60;

fn around(text: &str, span: Span) -> String {
    let (before, after) = (text.get(..span.start).unwrap_or_default(), text.get(span.end..).unwrap_or_default());
    let from = before.char_indices().rev().nth(CONTEXT - 1).map_or(0, |x| x.0);
    let to = after.char_indices().nth(CONTEXT).map_or(after.len(), |x| x.0);
    one_line(&text[from..span.end + to])
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOLD: &str = r#"<TEXT>They met <TIMEX3 type="DATE" value="2026-03-13">on
Friday</TIMEX3> for <TIMEX3 type="DURATION" value="P2D">two days</TIMEX3>, not in <TIMEX3 type="DATE" value="2025">2025</TIMEX3>. Later in May.</TEXT>"#;
    const OURS: &str = r#"<TEXT>They met on <TIMEX3 type="DATE" value="2026-03-13">Friday</TIMEX3> for <TIMEX3 type="SET" value="P1D">two days</TIMEX3>,
not in 2025. Later in <TIMEX3 type="DATE" value="2026-05">May</TIMEX3>.</TEXT>"#;

    /// Both sides on the text of the first.
    fn sides() -> (Document, Vec<Marked>) {
        let (gold, ours) = (timeml::read(GOLD).unwrap(), timeml::read(OURS).unwrap());
        assert_eq!(one_line(&gold.text), one_line(&ours.text));
        (gold, ours.times)
    }

    #[test]
    fn extents_values_and_types_are_counted_as_te3score_does() {
        let (gold, ours) = sides();
        let mut counts = Counts::default();
        counts.add(&gold, &ours);
        // te3score.py: gold 3 sys 3 strictF1 33.33 relaxedF1 66.67 valueF1 33.33 typeF1 33.33
        assert_eq!(counts, Counts { gold: 3, system: 3, strict: 1, relaxed: (2, 2), value: 1, kind: 1 });
        let figures = counts.figures();
        let value = |name| (figures.value(name).unwrap_or_default() * 10_000.0).round() / 100.0;
        assert_eq!(["strict", "relaxed", "value", "type"].map(value), [33.33, 66.67, 33.33, 33.33]);
    }

    #[test]
    fn one_of_ours_over_two_of_gold_is_relaxed_twice_for_recall_and_once_for_precision() {
        let gold = timeml::read(r#"<TEXT><TIMEX3 type="DATE" value="2025">2025</TIMEX3> to <TIMEX3 type="DATE" value="2026">2026</TIMEX3></TEXT>"#).unwrap();
        let ours = [Marked { span: Span::new(0, 12), kind: "DURATION".into(), value: "P1Y".into() }];
        let mut counts = Counts::default();
        counts.add(&gold, &ours);
        assert_eq!((counts.relaxed, counts.strict), ((2, 1), 0));
        assert_eq!(counts.figures().value("relaxed"), Some(1.0));
    }

    #[test]
    fn errors_are_told_by_kind() {
        let (gold, ours) = sides();
        let errors = wrong("a.tml", &gold, &ours);
        assert_eq!(errors.iter().map(|e| e.kind).collect::<Vec<_>>(), ["extent", "value", "missed", "spurious"]);
        assert!(
            errors[1].line.starts_with("a.tml\ttwo days P2D\ttwo days P1D\tThey met on Friday for"),
            "{:?}",
            errors[1]
        );
        assert!(errors[3].line.starts_with("a.tml\t-\tMay 2026-05\t"), "{:?}", errors[3]);
    }
}
