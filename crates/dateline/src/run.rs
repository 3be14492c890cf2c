//! What the commands do.

use crate::args::{CodeArgs, CodebookArgs, Format, InputArgs};
use crate::{html, input, text, work};
use anstream::AutoStream;
use dateline_code::{Codebook, CodebookError, Coder, CoderError, Options, Session};
use dateline_report::{Record, Report};
use dateline_store::{QueryError, StoreError};
use std::fmt;
use std::io::{IsTerminal, Write};
use std::path::PathBuf;

/// Why a command could not be carried out.
#[derive(Debug)]
pub(crate) enum RunError {
    Coder(CoderError),
    Codebook(CodebookError),
    Store(StoreError),
    Query(QueryError),
    Output(PathBuf, std::io::Error),
    Write(std::io::Error),
}

impl RunError {
    pub(crate) fn is_broken_pipe(&self) -> bool {
        match self {
            RunError::Write(e) | RunError::Output(_, e) => e.kind() == std::io::ErrorKind::BrokenPipe,
            RunError::Store(e) => e.is_broken_pipe(),
            _ => false,
        }
    }
}

impl fmt::Display for RunError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RunError::Coder(e) => write!(f, "{e}"),
            RunError::Codebook(e) => write!(f, "{e}"),
            RunError::Store(e) => write!(f, "{e}"),
            RunError::Query(e) => write!(f, "{e}"),
            RunError::Output(path, e) => {
                write!(f, "{}: cannot be written ({e}); choose another --output", path.display())
            }
            RunError::Write(e) => write!(f, "standard output: {e}"),
        }
    }
}

impl From<StoreError> for RunError {
    fn from(e: StoreError) -> Self {
        RunError::Store(e)
    }
}

impl From<std::io::Error> for RunError {
    fn from(e: std::io::Error) -> Self {
        RunError::Write(e)
    }
}

/// Reports that go to the threads in one portion.
const PORTION: usize = 64;

/// Codes the inputs; returns how many failed.
pub(crate) fn code(a: &CodeArgs) -> Result<usize, RunError> {
    let coder = Coder::with_options(Options { min_confidence: a.min_confidence, ..Options::default() })
        .map_err(RunError::Coder)?;
    let mut out = Output::open(a.input.output.as_ref())?;
    let format = a.format.unwrap_or(if out.is_terminal() { Format::Text } else { Format::Json });
    let threads = work::threads(a.threads);
    let show = |session: &mut Session, report: &Report| {
        let record = record(session, report);
        match format {
            Format::Text => text::render(&record, a.explain) + "\n",
            Format::Html => html::render(&record, a.explain),
            Format::Json => serde_json::to_string(&record).unwrap_or_default() + "\n",
        }
    };
    each(&a.input, &coder, threads, &mut out, &show)
}

/// The record of a report; one in another language than English is marked, not coded.
pub(crate) fn record(session: &mut Session, report: &Report) -> Record {
    match report
        .language
        .as_deref()
        .filter(|l| *l != "en")
        .map(str::to_owned)
        .or_else(|| input::foreign(&report.text).map(str::to_owned))
    {
        Some(language) => {
            let note = format!("The text is in another language than English ({language}): it was not coded.");
            Record {
                report: Report { language: Some(language), ..report.clone() },
                notes: vec![note],
                ..Record::default()
            }
        }
        None => session.code(report),
    }
}

/// Annotates the inputs; returns how many failed.
pub(crate) fn annotate(a: &InputArgs) -> Result<usize, RunError> {
    let coder = Coder::embedded().map_err(RunError::Coder)?;
    let mut out = Output::open(a.output.as_ref())?;
    let show = |session: &mut Session, report: &Report| {
        let (annotation, _) = session.annotate(report);
        dateline_annotate::conllu::write(&annotation, &report.text, &report.id)
    };
    each(a, &coder, 1, &mut out, &show)
}

/// Runs every report of every input through `show`, in order, on several threads; errors go to standard error, the rest goes on.
fn each(
    a: &InputArgs,
    coder: &Coder,
    threads: usize,
    out: &mut Output,
    show: &(dyn Fn(&mut Session, &Report) -> String + Sync),
) -> Result<usize, RunError> {
    let paths = input::paths(&a.files);
    let bar = progress(paths.len());
    let mut failed = 0;
    let mut portion: Vec<Report> = Vec::new();
    for path in &paths {
        for report in input::read(path) {
            match report {
                Ok(r) => portion.push(with_options(r, a)),
                Err(e) => {
                    failed += 1;
                    bar.suspend(|| anstream::eprintln!("dateline: {e}"));
                }
            }
            if portion.len() >= PORTION {
                flush(&mut portion, coder, threads, out, show)?;
            }
        }
        bar.inc(1);
    }
    flush(&mut portion, coder, threads, out, show)?;
    bar.finish_and_clear();
    out.close()?;
    Ok(failed)
}

fn with_options(mut r: Report, a: &InputArgs) -> Report {
    r.published = a.published.or(r.published);
    r.outlet = a.outlet.clone().or(r.outlet);
    r.title = a.title.clone().or(r.title);
    r
}

/// Works a portion off; results are written in the order of the input.
fn flush(
    portion: &mut Vec<Report>,
    coder: &Coder,
    threads: usize,
    out: &mut Output,
    show: &(dyn Fn(&mut Session, &Report) -> String + Sync),
) -> Result<(), RunError> {
    work::in_order(&std::mem::take(portion), coder, threads, show, &mut |_, text| out.write(&text))
}

/// A bar on standard error, for many files at a terminal only.
fn progress(files: usize) -> indicatif::ProgressBar {
    if files < 8 || !std::io::stderr().is_terminal() {
        return indicatif::ProgressBar::hidden();
    }
    let style = indicatif::ProgressStyle::with_template("{bar:30} {pos}/{len} files, {per_sec}, {eta} left");
    let bar = indicatif::ProgressBar::new(files as u64);
    match style {
        Ok(s) => bar.with_style(s),
        Err(_) => bar,
    }
}

/// Codes the example of every frame and compares; returns how many differ.
pub(crate) fn codebook(a: &CodebookArgs) -> Result<usize, RunError> {
    let coder = match &a.dir {
        None => Coder::embedded(),
        Some(dir) => {
            let book = Codebook::from_folder(dir).map_err(RunError::Codebook)?;
            Coder::with_codebook(Options::default(), book)
        }
    };
    let coder = coder.map_err(RunError::Coder)?;
    let mut out = Output::open(None)?;
    let asked = |name: &str| a.frames.is_empty() || a.frames.iter().any(|f| name.starts_with(&f.to_lowercase()));
    let results = coder.check_examples(asked);
    for r in results.iter().filter(|r| r.difference.is_some()) {
        out.write(&format!("{}: {}\n    {}\n", r.frame, r.difference.as_deref().unwrap_or_default(), r.example))?;
    }
    let wrong = results.iter().filter(|r| r.difference.is_some()).count();
    out.write(&format!("{} frames, {} examples as expected, {wrong} not\n", results.len(), results.len() - wrong))?;
    out.close()?;
    Ok(wrong)
}

/// Standard output or a file; a file appears only when it is whole.
enum Output {
    Standard(AutoStream<std::io::Stdout>),
    File { path: PathBuf, part: PathBuf, file: std::io::BufWriter<std::fs::File> },
}

impl Output {
    fn open(path: Option<&PathBuf>) -> Result<Self, RunError> {
        let Some(path) = path else { return Ok(Output::Standard(AutoStream::auto(std::io::stdout()))) };
        let mut part = path.clone().into_os_string();
        part.push(".part");
        let part = PathBuf::from(part);
        let file = std::fs::File::create(&part).map_err(|e| RunError::Output(path.clone(), e))?;
        Ok(Output::File { path: path.clone(), part, file: std::io::BufWriter::new(file) })
    }

    fn is_terminal(&self) -> bool {
        matches!(self, Output::Standard(_)) && std::io::stdout().is_terminal()
    }

    fn write(&mut self, text: &str) -> Result<(), RunError> {
        match self {
            Output::Standard(s) => Ok(s.write_all(text.as_bytes())?),
            Output::File { path, file, .. } => {
                let plain = anstream::adapter::strip_str(text).to_string();
                file.write_all(plain.as_bytes()).map_err(|e| RunError::Output(path.clone(), e))
            }
        }
    }

    fn close(&mut self) -> Result<(), RunError> {
        match self {
            Output::Standard(s) => Ok(s.flush()?),
            Output::File { path, part, file } => file
                .flush()
                .and_then(|()| std::fs::rename(&*part, &*path))
                .map_err(|e| RunError::Output(path.clone(), e)),
        }
    }
}
