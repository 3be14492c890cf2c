//! The type of a given pair's interaction: sentences with marked source and target and one PLOVER root (PLV).

use crate::figures::Figures;
use dateline_code::{Coder, Options};
use dateline_report::{Actor, Event, EventType, Report, Status};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;

/// One sentence of the set.
#[derive(Deserialize)]
struct Row {
    sentence: String,
    source: String,
    target: String,
    gold_root: String,
    gold_penta: String,
}

/// Confidence from which an event may be the pair's: that there is an interaction is given.
const LEAST: f32 = 0.02;

/// Options of the coder that this set is measured with.
pub fn options() -> Options {
    Options { min_confidence: LEAST, ..Options::default() }
}

/// What the figures rest on.
pub struct Outcome {
    /// Accuracy of root and five-way class, the F1 of every root.
    pub figures: Figures,
    /// The confusion of roots; rows are the reference's.
    pub confusion: String,
    /// The sentences with a wrong root: both roots, what decided, source, target, sentence.
    pub errors: Vec<String>,
}

/// Codes every sentence; `coder` is built with [`options`].
pub fn score(path: &Path, coder: &Coder) -> Result<Outcome, String> {
    let fail = |e: &dyn std::fmt::Display| format!("{}: {e}", path.display());
    let mut reader = csv::ReaderBuilder::new().delimiter(b'\t').from_path(path).map_err(|e| fail(&e))?;
    let rows: Vec<Row> = reader.deserialize().collect::<Result<_, _>>().map_err(|e| fail(&e))?;
    let classes: BTreeMap<&str, &str> = rows.iter().map(|r| (r.gold_root.as_str(), r.gold_penta.as_str())).collect();
    let mut session = coder.session();
    let mut figures = Figures::default();
    let mut errors = Vec::new();
    let mut confusion: BTreeMap<(String, String), usize> = BTreeMap::new();
    for row in &rows {
        let record = session.code(&Report::from_text(row.sentence.clone()));
        let text = record.report.text.as_str();
        let first =
            record.events.iter().filter(|e| acts(e, row) && e.rule.confidence >= LIKELY).map(|e| e.span.start).min();
        let worth = |e: &Event| tie(e, row, text) + FIRST * f32::from(first == Some(e.span.start));
        let best = record.events.iter().max_by(|x, y| worth(x).total_cmp(&worth(y)));
        let root = best.map_or("none", root).to_owned();
        figures.accuracy("root", root == row.gold_root);
        figures.accuracy("class", classes.get(root.as_str()) == Some(&row.gold_penta.as_str()));
        figures.tally(&row.gold_root).add([row.gold_root.clone()], (root == row.gold_root).then(|| root.clone()));
        if root != row.gold_root && root != "none" {
            figures.tally(&root).add([], [root.clone()]);
        }
        if root != row.gold_root {
            let why = best.map_or(String::new(), |e| {
                let frame = e.rule.frame.as_deref().unwrap_or("model");
                format!("\"{}\" {frame} {:.2}", e.trigger, e.rule.confidence)
            });
            errors.push(
                [&row.gold_root, &root, &why, &row.source, &row.target, &row.sentence].map(String::as_str).join("\t"),
            );
        }
        *confusion.entry((row.gold_root.clone(), root)).or_default() += 1;
    }
    Ok(Outcome { figures, confusion: matrix(&confusion), errors })
}

/// How surely an event is the pair's: how sure it is, whether the two take part, and whether its trigger stands between them.
fn tie(e: &Event, row: &Row, text: &str) -> f32 {
    let who = |list: &[Actor], name: &str| list.iter().any(|a| shares_word(&a.text, name));
    let target = who(&e.recipients, &row.target) || who(&e.actors, &row.target);
    let between = match (text.find(&row.source), text.find(&row.target)) {
        (Some(s), Some(t)) => (s.min(t)..s.max(t)).contains(&e.span.start),
        _ => false,
    };
    e.rule.confidence
        + 0.3 * f32::from(who(&e.actors, &row.source))
        + 0.2 * f32::from(target)
        + BETWEEN * f32::from(between)
}

/// What standing between the pair is worth.
const BETWEEN: f32 = 0.3;

/// What being the first act of the source is worth: what it does comes before what that is about ("lifted the blockade").
const FIRST: f32 = 0.2;

/// Confidence from which an act of the source may be its first.
const LIKELY: f32 = 0.3;

/// Whether the source is who acts in an event.
fn acts(e: &Event, row: &Row) -> bool {
    e.actors.iter().any(|a| shares_word(&a.text, &row.source))
}

/// An event's root as PLV has it: done concessions and retreats are one, what is agreed to is AGREE whatever it is, cooperation still
/// to come is AGREE and conflict still to come THREATEN, where our records keep the type and say "future", and a conviction is a
/// court's accusation, where the guide has it a sanction.
fn root(e: &Event) -> &'static str {
    let agreed = e.kind == EventType::Concede && e.trigger.to_lowercase().starts_with("agree");
    match (e.kind, e.status, e.kind.quad()) {
        _ if agreed => "AGREE",
        (EventType::Sanction, ..) if e.mode.as_deref() == Some("convict") => "ACCUSE",
        (_, Status::Future, 1 | 2) => "AGREE",
        (_, Status::Future, 4) => "THREATEN",
        (EventType::Concede | EventType::Retreat, ..) => "YIELD",
        (kind, ..) => kind.as_str(),
    }
}

/// Whether two phrases have a word of weight in common.
fn shares_word(x: &str, y: &str) -> bool {
    let words = |t: &str| -> BTreeSet<String> {
        let heavy = |w: &&str| w.len() > 3 || w.chars().all(char::is_uppercase);
        t.split(|c: char| !c.is_alphanumeric()).filter(heavy).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
    };
    !words(x).is_disjoint(&words(y))
}

fn matrix(confusion: &BTreeMap<(String, String), usize>) -> String {
    let names: BTreeSet<&String> = confusion.keys().flat_map(|(a, b)| [a, b]).collect();
    let mut out = format!("{:10}", "");
    for n in &names {
        let _ = write!(out, " {:>4.4}", n.as_str());
    }
    for a in &names {
        let _ = write!(out, "\n{a:10}");
        for b in &names {
            let n = confusion.get(&((*a).clone(), (*b).clone())).copied().unwrap_or_default();
            let _ = if n == 0 { write!(out, "    .") } else { write!(out, " {n:4}") };
        }
    }
    out.push('\n');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_weight() {
        assert!(shares_word("the US government", "US officials"));
        assert!(!shares_word("the men", "the women"));
    }

    #[test]
    fn confusions_stand_in_the_row_of_the_reference() {
        let rows = matrix(&BTreeMap::from([(("A".into(), "B".into()), 3)]));
        let rows: Vec<Vec<&str>> = rows.lines().map(|l| l.split_whitespace().collect()).collect();
        assert_eq!(rows, [vec!["A", "B"], vec!["A", ".", "3"], vec!["B", ".", "."]]);
    }
}
