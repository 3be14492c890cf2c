//! What the commands do.

use crate::args::{AnnotateArgs, AnnotationFormat, CodeArgs, Format, InputArgs};
use crate::output::Target;
use crate::{codebook, input, text, work};
use dateline_code::{CodebookError, Coder, CoderError, Options, Session};
use dateline_ingest::FeedState;
use dateline_report::Report;
use dateline_serve::coding::record;
use dateline_store::{QueryError, StoreError};
use std::fmt;
use std::io::IsTerminal;
use std::path::PathBuf;

/// Why a command could not be carried out.
#[derive(Debug)]
pub(crate) enum RunError {
    Coder(CoderError),
    Codebook(CodebookError),
    Store(StoreError),
    Query(QueryError),
    /// A table of own entities: where and what.
    Entities(String),
    Config(dateline_serve::ConfigError),
    Serve(dateline_serve::ServeError),
    Token(dateline_serve::TokenError),
    /// A set that cannot be read; says which and why.
    Set(String),
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
            RunError::Entities(message) => f.write_str(message),
            RunError::Config(e) => write!(f, "{e}"),
            RunError::Serve(e) => write!(f, "{e}"),
            RunError::Token(e) => write!(f, "{e}"),
            RunError::Set(e) => f.write_str(e),
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
    let options = Options { min_confidence: a.min_confidence, ..Options::default() };
    let coder = crate::actors::with_entities(codebook::coder(&a.own, options)?, a.entities.as_deref())?;
    let mut out = Target::open(a.input.output.as_deref())?;
    let format = a.format.unwrap_or(if out.is_terminal() { Format::Text } else { Format::Json });
    let threads = work::threads(a.threads);
    let show = |session: &mut Session, report: &Report| {
        let record = record(session, report);
        match format {
            Format::Text => text::render(&record, a.explain) + "\n",
            Format::Html => dateline_view::record::page(&record, a.explain),
            Format::Json => serde_json::to_string(&record).unwrap_or_default() + "\n",
        }
    };
    let failed = each(&a.input, &coder, threads, &mut out, &show)?;
    out.finish()?;
    Ok(failed)
}

/// Annotates the inputs; returns how many failed.
pub(crate) fn annotate(a: &AnnotateArgs) -> Result<usize, RunError> {
    let coder = Coder::embedded().map_err(RunError::Coder)?;
    let mut out = Target::open(a.input.output.as_deref())?;
    let show = |session: &mut Session, report: &Report| {
        let (annotation, layout) = session.annotate(report);
        let (text, id) = (&report.text, &report.id);
        let anchor = report.published.or(layout.published.map(|p| p.0));
        match a.format {
            AnnotationFormat::Conllu => dateline_annotate::conllu::write(&annotation, text, id),
            AnnotationFormat::Timeml => dateline_annotate::timeml::write(text, &annotation.times, id, anchor),
        }
    };
    let failed = each(&a.input, &coder, 1, &mut out, &show)?;
    out.finish()?;
    Ok(failed)
}

/// Runs every report of every input through `show`, in order, on several threads; errors go to standard error, the rest goes on.
fn each(
    a: &InputArgs,
    coder: &Coder,
    threads: usize,
    out: &mut Target,
    show: &(dyn Fn(&mut Session, &Report) -> String + Sync),
) -> Result<usize, RunError> {
    let sources = input::sources(a);
    let options = input::options(&a.reading, &sources, FeedState::default());
    let bar = progress(sources.len());
    let mut failed = 0;
    let mut portion: Vec<Report> = Vec::new();
    for source in &sources {
        let mut reports = dateline_ingest::read(source, &options);
        let mut shown = false;
        while let Some(item) = reports.next() {
            if let Some(columns) = reports.mapping().filter(|_| !shown && std::io::stderr().is_terminal()) {
                shown = true;
                bar.suspend(|| anstream::eprintln!("dateline: {}: columns {columns}", source.name()));
            }
            match item.report {
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
    out: &mut Target,
    show: &(dyn Fn(&mut Session, &Report) -> String + Sync),
) -> Result<(), RunError> {
    work::in_order(&std::mem::take(portion), coder, threads, show, &mut |_, text| out.text(&text))
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
