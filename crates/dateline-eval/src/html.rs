//! Main text of pages against the article extraction benchmark, by the benchmark's own measure.
//!
//! Texts are compared as multisets of runs of four words; precision and recall are those of every page, averaged over pages,
//! and F1 is that of the two averages.

use crate::figures::Figures;
use dateline_ingest::{Options, Source, read};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

/// What a run over the pages came to.
pub struct Pages {
    /// Pages read.
    pub pages: usize,
    /// Pages without any text found.
    pub failed: usize,
    /// Mean share of a page's found runs that are right.
    pub precision: f64,
    /// Mean share of a page's true runs that were found.
    pub recall: f64,
    /// Seconds of one core for unpacking, metadata and extraction; by the clock where the system does not tell.
    pub seconds: f64,
}

impl Pages {
    /// The figure that the table shows; speed is the machine's, not the table's.
    pub fn figures(&self) -> Figures {
        let mut out = Figures::default();
        let (p, r) = (self.precision, self.recall);
        let detail = format!("p {p:.3} r {r:.3}, {} pages, {} without text", self.pages, self.failed);
        out.measure("main text", self.f1(), detail);
        out
    }

    /// Harmonic mean of the averages.
    pub fn f1(&self) -> f64 {
        let sum = self.precision + self.recall;
        if sum > 0.0 { 2.0 * self.precision * self.recall / sum } else { 0.0 }
    }
}

#[derive(Deserialize)]
struct Truth {
    #[serde(rename = "articleBody", default)]
    body: String,
}

/// The main texts of the pages of a folder as the reference has them.
pub fn truths(folder: &Path) -> Result<Vec<String>, String> {
    Ok(reference(folder)?.into_values().map(|t| t.body).collect())
}

fn reference(folder: &Path) -> Result<BTreeMap<String, Truth>, String> {
    let file = folder.join("ground-truth.json");
    let fail = |e: &dyn std::fmt::Display| format!("{}: {e}", file.display());
    let text = std::fs::read_to_string(&file).map_err(|e| fail(&e))?;
    serde_json::from_str(&text).map_err(|e| fail(&e))
}

/// Reads and scores the pages of a folder with `ground-truth.json` and `html/*.html.gz`.
pub fn score(folder: &Path) -> Result<Pages, String> {
    let truths = reference(folder)?;
    let mut sources = Vec::new();
    for name in truths.keys() {
        let path = folder.join("html").join(format!("{name}.html.gz"));
        let bytes = std::fs::read(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        sources.push(Source::Bytes { name: path.display().to_string(), bytes: bytes.into() });
    }
    let options = Options::default();
    let (start, busy) = (Instant::now(), processor_seconds());
    let found: Vec<Option<String>> = sources.iter().map(|s| main_text(s, &options)).collect();
    let elapsed = start.elapsed().as_secs_f64();
    let seconds = processor_seconds().zip(busy).map_or(elapsed, |(now, then)| now - then);
    let failed = found.iter().filter(|f| f.is_none()).count();
    let (mut precisions, mut recalls) = (Vec::new(), Vec::new());
    for (truth, found) in truths.values().zip(&found) {
        let (right, system, gold) = overlap(&truth.body, found.as_deref().unwrap_or_default());
        // As in the benchmark, a page without found runs counts for recall only.
        if system > 0 {
            precisions.push(right as f64 / system as f64);
        }
        if gold > 0 {
            recalls.push(right as f64 / gold as f64);
        }
    }
    let mean = |x: &[f64]| x.iter().sum::<f64>() / x.len().max(1) as f64;
    Ok(Pages { pages: truths.len(), failed, precision: mean(&precisions), recall: mean(&recalls), seconds })
}

/// Seconds that this thread has had a processor: other work on the machine does not count.
fn processor_seconds() -> Option<f64> {
    let line = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    line.split_whitespace().next()?.parse::<f64>().ok().map(|ns| ns / 1e9)
}

/// The body of a page's report, without its headline: the benchmark's texts are bodies.
fn main_text(source: &Source, options: &Options) -> Option<String> {
    let report = read(source, options).next()?.report.ok()?;
    let headline = report.title.map(|t| t + "\n\n").unwrap_or_default();
    Some(report.text.strip_prefix(&headline).unwrap_or(&report.text).to_owned())
}

/// Runs of four words on both sides, found, and true.
fn overlap(truth: &str, found: &str) -> (usize, usize, usize) {
    let (gold, system) = (runs(truth), runs(found));
    let right = gold.iter().map(|(run, n)| system.get(run).map_or(0, |m| *n.min(m))).sum();
    (right, system.values().sum(), gold.values().sum())
}

/// The runs of four words of a text with their number; a shorter text is one run. Words are letters, digits and underscores.
fn runs(text: &str) -> BTreeMap<Vec<&str>, usize> {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|w| !w.is_empty()).collect();
    let mut out = BTreeMap::new();
    for i in 0..words.len().saturating_sub(3).max(usize::from(!words.is_empty())) {
        *out.entry(words[i..words.len().min(i + 4)].to_vec()).or_default() += 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_counted_as_the_benchmark_does() {
        assert_eq!(overlap("a b c d e", "x a b c d"), (1, 2, 2));
        assert_eq!(overlap("a b", "A b"), (0, 1, 1));
        assert_eq!(overlap("a, b!", "a b"), (1, 1, 1));
        assert_eq!(overlap("", "a a a a a"), (0, 2, 0));
        assert_eq!(overlap("a a a a a", "a a a a"), (1, 1, 2));
    }
}
