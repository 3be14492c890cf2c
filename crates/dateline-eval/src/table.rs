//! The committed table of all figures, and the least values that they must keep.

use crate::sets::{self, Bench};
use crate::{EvalError, figures::Figures, sets::Set};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write;

/// All figures as a document.
pub fn document(bench: &Bench) -> Result<String, String> {
    let mut o = String::from(
        "# Accuracy\n\nWritten by `cargo run --release -- eval table`; every figure is F1 or accuracy, 0 to 1. The sets are not part of the repository.\n",
    );
    for set in sets::ALL {
        o.push_str(&section(set, &(set.figures)(bench)?));
    }
    Ok(o)
}

fn section(set: &Set, figures: &Figures) -> String {
    let mut o = format!("\n## {}\n\n{}\n\n| figure | value | detail |\n|---|---|---|\n", set.title, set.anchor);
    for (name, value, detail) in figures.rows() {
        let _ = writeln!(o, "| {name} | {value:.3} | {detail} |");
    }
    o
}

/// Measures the sets that `floor.toml` names and compares; false when a figure is below its least value.
pub fn floor(bench: &Bench, out: &mut dyn Write) -> Result<bool, EvalError> {
    let mut fine = true;
    for (key, rows) in &least()? {
        let set = sets::named(key).ok_or_else(|| format!("floor.toml: no set {key}"))?;
        let figures = (set.figures)(bench)?;
        for (name, low) in rows {
            let value = figures.value(name).ok_or_else(|| format!("floor.toml: {key} has no figure {name}"))?;
            let ok = value >= *low;
            fine &= ok;
            writeln!(out, "{} {key} {name}: {value:.3} (least {low:.3})", if ok { "ok  " } else { "LOW " })?;
        }
    }
    Ok(fine)
}

/// The least value of each figure by set.
fn least() -> Result<BTreeMap<String, BTreeMap<String, f64>>, String> {
    toml::from_str(include_str!("../floor.toml")).map_err(|e| format!("floor.toml: {e}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_floor_names_measured_sets_only() {
        for key in least().unwrap().keys() {
            assert!(sets::named(key).is_some(), "{key}");
        }
    }

    #[test]
    fn the_committed_table_has_the_sections_of_the_registry() {
        let table = include_str!("../../../docs/accuracy.md");
        let sections: Vec<(&str, &str)> = table.split("\n## ").skip(1).filter_map(|s| s.split_once("\n\n")).collect();
        assert_eq!(sections.len(), sets::ALL.len());
        for (set, (title, rest)) in sets::ALL.iter().zip(sections) {
            assert_eq!(
                (title, rest.lines().next()),
                (set.title, Some(set.anchor)),
                "renew docs/accuracy.md: eval table"
            );
        }
    }

    #[test]
    fn a_section_holds_title_anchor_and_rows() {
        let mut f = Figures::default();
        f.accuracy("root", true);
        let set = Set {
            key: "x",
            title: "A set (`dateline eval x`)",
            anchor: "For scale: 1.",
            figures: |_| Ok(Figures::default()),
        };
        let text = section(&set, &f);
        assert!(text.starts_with("\n## A set (`dateline eval x`)\n\nFor scale: 1.\n\n| figure |"), "{text}");
        assert!(text.ends_with("| root | 1.000 | 1 of 1 |\n"), "{text}");
    }
}
