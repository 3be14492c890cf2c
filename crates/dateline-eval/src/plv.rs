//! The type of a given pair's interaction: sentences with marked source and target and one PLOVER root (PLV).

use crate::figures::Figures;
use dateline_code::{Coder, Options};
use dateline_report::{Actor, Event, Report};
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
pub const LEAST: f32 = 0.02;

/// Accuracy of root and five-way class with the F1 of every root, and the confusion of roots (rows are the reference's).
pub fn score(path: &Path) -> Result<(Figures, String), String> {
    let fail = |e: &dyn std::fmt::Display| format!("{}: {e}", path.display());
    let coder = Coder::with_options(Options { min_confidence: LEAST, ..Options::default() }).map_err(|e| fail(&e))?;
    let mut reader = csv::ReaderBuilder::new().delimiter(b'\t').from_path(path).map_err(|e| fail(&e))?;
    let rows: Vec<Row> = reader.deserialize().collect::<Result<_, _>>().map_err(|e| fail(&e))?;
    let classes: BTreeMap<&str, &str> = rows.iter().map(|r| (r.gold_root.as_str(), r.gold_penta.as_str())).collect();
    let mut session = coder.session();
    let mut figures = Figures::default();
    let mut confusion: BTreeMap<(String, String), usize> = BTreeMap::new();
    for row in &rows {
        let record = session.code(&Report::from_text(row.sentence.clone()));
        let tie = |e: &Event| {
            let who = |list: &[Actor], name: &str| list.iter().any(|a| shares_word(&a.text, name));
            let target = who(&e.recipients, &row.target) || who(&e.actors, &row.target);
            e.rule.confidence + 0.3 * f32::from(who(&e.actors, &row.source)) + 0.2 * f32::from(target)
        };
        let best = record.events.iter().max_by(|x, y| tie(x).total_cmp(&tie(y)));
        let root = best.map_or("none", |e| root(e.kind.as_str())).to_owned();
        figures.accuracy("root", root == row.gold_root);
        figures.accuracy("class", classes.get(root.as_str()) == Some(&row.gold_penta.as_str()));
        figures.tally(&row.gold_root).add([row.gold_root.clone()], (root == row.gold_root).then(|| root.clone()));
        if root != row.gold_root && root != "none" {
            figures.tally(&root).add([], [root.clone()]);
        }
        *confusion.entry((row.gold_root.clone(), root)).or_default() += 1;
    }
    Ok((figures, matrix(&confusion)))
}

/// PLV joins promised and done concessions.
fn root(kind: &str) -> &str {
    if matches!(kind, "CONCEDE" | "RETREAT") { "YIELD" } else { kind }
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
