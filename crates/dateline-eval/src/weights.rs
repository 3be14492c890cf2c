//! Frames' weights: how often a frame that fires is right, on the training records and on our own reports.

use crate::corpus::{self, Marked};
use crate::gold;
use dateline_code::{Coder, Firing, Session};
use dateline_report::{EventType, Report};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// How often a frame fired, and how often an event of its type stood there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Firings where the records have an event of the frame's type.
    pub right: usize,
    /// All firings.
    pub all: usize,
}

/// Firings from which a weight is measured; below, the codebook's author knows better.
const ENOUGH: usize = 3;

/// What a frame is taken for before anything is known of it, the mean of all frames, and how many firings that is worth.
const PRIOR: (f64, f64) = (0.5, 2.0);

impl Count {
    /// The smoothed share of right firings, two decimals; none where there are too few.
    pub fn weight(self) -> Option<f64> {
        let share = (self.right as f64 + PRIOR.0 * PRIOR.1) / (self.all as f64 + PRIOR.1);
        (self.all >= ENOUGH).then(|| (share * 100.0).round() / 100.0)
    }
}

/// Counts every frame's firings in the gold reports of one folder and the corpus files of another; `corpus/quiet.txt` stays apart.
pub fn count(gold: &Path, own: &Path, coder: &Coder) -> Result<BTreeMap<String, Count>, String> {
    let mut session = coder.session();
    let mut counts = BTreeMap::new();
    for g in gold::read(gold, "")? {
        add(&mut session, &g.report(), &g.marked(), &mut counts);
    }
    let failed = |p: &Path, e: &dyn std::fmt::Display| format!("{}: {e}", p.display());
    let entries = std::fs::read_dir(own).map_err(|e| failed(own, &e))?;
    let mut files: Vec<PathBuf> = entries.filter_map(|e| e.ok().map(|e| e.path())).collect();
    files.retain(|p| p.extension().is_some_and(|x| x == "txt") && p.file_name().is_none_or(|n| n != "quiet.txt"));
    files.sort();
    for file in files {
        let text = std::fs::read_to_string(&file).map_err(|e| failed(&file, &e))?;
        for (report, marked) in corpus::reports(&text).map_err(|e| failed(&file, &e))? {
            add(&mut session, &report, &marked, &mut counts);
        }
    }
    Ok(counts)
}

fn add(session: &mut Session, report: &Report, marked: &[Marked], counts: &mut BTreeMap<String, Count>) {
    for f in session.firings(report) {
        let right = marked.iter().any(|m| stands_at(m, &f, &report.text));
        if !right && marked.iter().any(|m| may_hold(m, &f, &report.text)) {
            continue;
        }
        let c = counts.entry(f.frame).or_default();
        c.all += 1;
        c.right += usize::from(right);
    }
}

/// Whether a firing is at the words of an event of its type.
fn stands_at(m: &Marked, f: &Firing, text: &str) -> bool {
    let sentence = m.sentence.text(text).unwrap_or_default();
    m.kind == f.kind
        && sentence.match_indices(&m.trigger).any(|(at, words)| {
            let (start, end) = (m.sentence.start + at, m.sentence.start + at + words.len());
            [f.trigger, f.predicate].iter().any(|s| s.start < end && start < s.end)
        })
}

/// Whether a firing may be the mere content of an event before it ("vowed to RELEASE them"), which another rule leaves out.
fn may_hold(m: &Marked, f: &Firing, text: &str) -> bool {
    let speaks = matches!(
        m.kind,
        EventType::Request | EventType::Threaten | EventType::Agree | EventType::Concede | EventType::Reject
    );
    let before = m
        .sentence
        .text(text)
        .and_then(|s| s.find(&m.trigger))
        .is_some_and(|at| m.sentence.start + at < f.trigger.start);
    speaks && before && m.sentence.contains(f.trigger)
}

/// A codebook file with the weights that were measured.
pub fn renewed(kind: &str, text: &str, counts: &BTreeMap<String, Count>) -> String {
    let mut out = String::new();
    for (i, block) in text.split("[[frame]]").enumerate() {
        if i > 0 {
            out.push_str("[[frame]]");
        }
        let id = block.lines().find_map(|l| l.strip_prefix("id = \"")?.strip_suffix('"'));
        let weight = id.filter(|_| i > 0).and_then(|id| counts.get(&format!("{kind}/{id}"))?.weight());
        match weight {
            Some(w) => reweigh(block, w, &mut out),
            None => out.push_str(block),
        }
    }
    out
}

/// The block with this weight, before its example where it had none.
fn reweigh(block: &str, weight: f64, out: &mut String) {
    let had = block.lines().any(|l| l.starts_with("weight = "));
    for line in block.split_inclusive('\n') {
        if line.starts_with("weight = ") || !had && line.starts_with("example = ") {
            let _ = writeln!(out, "weight = {weight}");
        }
        if !line.starts_with("weight = ") {
            out.push_str(line);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measured_weights_replace_and_join_the_lines() {
        let text = "type = \"AID\"\n[[frame]]\nid = \"give\"\nweight = 0.1\nexample = \"x\"\n\n[[frame]]\nid = \"send\"\nexample = \"y\"\n\n[[frame]]\nid = \"rare\"\nweight = 0.9\nexample = \"z\"\n";
        let counts = BTreeMap::from([
            ("aid/give".to_owned(), Count { right: 3, all: 3 }),
            ("aid/send".to_owned(), Count { right: 0, all: 8 }),
        ]);
        let got = renewed("aid", text, &counts);
        assert_eq!(
            got,
            text.replace("weight = 0.1", "weight = 0.8").replace("example = \"y\"", "weight = 0.1\nexample = \"y\"")
        );
        assert_eq!(renewed("aid", &got, &counts), got);
    }
}
