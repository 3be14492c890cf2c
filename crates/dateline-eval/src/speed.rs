//! Words a second of the whole job over a corpus, beside another pipeline in the same run.

use crate::EvalError;
use dateline_code::Coder;
use dateline_report::{Date, Report};
use std::io::{Read, Write};
use std::path::Path;
use std::time::Instant;

/// What a run over a corpus took.
pub struct Speed {
    /// Reports coded.
    pub reports: usize,
    /// Words, parted by white space.
    pub words: usize,
    /// Events coded.
    pub events: usize,
    /// Seconds for coding, loading not counted.
    pub seconds: f64,
    /// Seconds to load model, codebook and knowledge.
    pub load: f64,
    /// Seconds of them for names and offices, and for places: finding and resolving actors, finding and resolving toponyms.
    pub resolving: f64,
    /// Seconds of them for annotation.
    pub annotating: f64,
    /// Peak resident memory in MB, where the system tells.
    pub memory: Option<f64>,
}

/// The reports of a gzipped CSV of dates and texts, without a header; `limit` of them.
pub fn corpus(path: &Path, limit: usize) -> Result<Vec<Report>, String> {
    let mut raw = String::new();
    let file = std::fs::File::open(path).map_err(|e| format!("{}: {e}", path.display()))?;
    flate2::read::GzDecoder::new(file).read_to_string(&mut raw).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(raw.as_bytes());
    let mut out = Vec::new();
    for row in reader.records().take(limit) {
        let row = row.map_err(|e| format!("{}: {e}", path.display()))?;
        // The text is the longest field, the date the one that reads as one.
        let text = row.iter().max_by_key(|f| f.len()).unwrap_or_default();
        let mut report = Report::from_text(text);
        report.published = row.iter().find_map(|f| f.get(..10).and_then(|d| d.parse::<Date>().ok()));
        out.push(report);
    }
    Ok(out)
}

/// Codes reports on one thread.
pub fn measure(reports: &[Report]) -> Result<Speed, String> {
    let start = Instant::now();
    let coder = Coder::embedded().map_err(|e| e.to_string())?;
    let load = start.elapsed().as_secs_f64();
    let mut session = coder.session();
    let start = Instant::now();
    let events = reports.iter().map(|r| session.code(r).events.len()).sum();
    let seconds = start.elapsed().as_secs_f64();
    let (mut annotating, mut resolving) = (0.0, 0.0);
    for r in reports {
        let (annotate, resolve) = session.times(r);
        annotating += annotate.as_secs_f64();
        resolving += resolve.as_secs_f64();
    }
    Ok(Speed {
        annotating,
        resolving,
        reports: reports.len(),
        words: reports.iter().map(|r| r.text.split_whitespace().count()).sum(),
        events,
        seconds,
        load,
        memory: memory(),
    })
}

fn memory() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|l| l.starts_with("VmHWM"))?;
    line.split_whitespace().nth(1)?.parse::<f64>().ok().map(|kb| kb / 1024.0)
}

/// Words a second of spaCy's small English pipeline over the same texts on one core; none where Python or the package is absent.
pub fn spacy(python: &str, reports: &[Report]) -> Option<f64> {
    let texts: Vec<&str> = reports.iter().map(|r| r.text.as_str()).collect();
    let script = include_str!("../python/spacy_speed.py");
    let mut child = std::process::Command::new(python)
        .args(["-c", script])
        .env("OMP_NUM_THREADS", "1")
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::null())
        .spawn()
        .ok()?;
    let mut input = child.stdin.take()?;
    serde_json::to_writer(&mut input, &texts).ok()?;
    drop(input);
    let out = child.wait_with_output().ok()?;
    String::from_utf8(out.stdout).ok()?.trim().parse().ok()
}

/// Measures a corpus and prints its words a second, beside spaCy.
pub fn print(out: &mut dyn Write, corpus: &Path, limit: usize, python: &str) -> Result<(), EvalError> {
    let reports = self::corpus(corpus, limit)?;
    let s = measure(&reports)?;
    let rate = s.words as f64 / s.seconds;
    writeln!(out, "{} reports, {} words, {} events; loaded in {:.2} s", s.reports, s.words, s.events, s.load)?;
    writeln!(out, "dateline  {rate:8.0} words/s on one core, peak memory {:.0} MB", s.memory.unwrap_or_default())?;
    let share = |seconds: f64| 100.0 * seconds / s.seconds;
    writeln!(
        out,
        "of the whole time: annotation {:.1} %, resolving actors and places {:.1} %, the rest {:.1} %",
        share(s.annotating),
        share(s.resolving),
        share(s.seconds - s.annotating - s.resolving)
    )?;
    match spacy(python, &reports) {
        Some(other) => writeln!(out, "spaCy     {other:8.0} words/s on one core; ratio {:.2}", rate / other)?,
        None => writeln!(out, "spaCy     skipped: {python} has no spaCy with a small English pipeline")?,
    }
    Ok(())
}
