//! `dateline add`: reports into a store.

use crate::meter::{Done, Meter, grouped};
use crate::run::RunError;
use crate::source::Source;
use crate::store_args::AddArgs;
use crate::watch::keep_up;
use crate::{codebook, input, work};
use dateline_code::{CODER, Coder, Options};
use dateline_ingest::{Folders, Item};
use dateline_report::{Record, Report};
use dateline_serve::coding;
use dateline_store::{Admission, Coding, Failure, Look, Progress, Stamp, Store};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Text of a batch at most, in bytes, so that memory stays flat with reports of any length.
const BATCH_BYTES: usize = 16 << 20;

/// The remark under which a store keeps what servers said of feeds.
const FEEDS: &str = "feeds";

/// Adds the sources; returns how many of their items failed, in this run or one before that it goes on with.
pub(crate) fn add(a: &AddArgs) -> Result<usize, RunError> {
    let store = Store::create(&a.store)?;
    let folders = if a.reading.recursive { Folders::Recursive } else { Folders::Refuse };
    let mut sources = Vec::new();
    for argument in &a.sources {
        let source = Source::find(argument.as_os_str(), folders, &store)?;
        // A source that is named twice is read once.
        if !sources.iter().any(|s: &Source| s.name == source.name) {
            sources.push(source);
        }
    }
    let feeds = store.remark(FEEDS)?.and_then(|r| serde_json::from_str(&r).ok()).unwrap_or_default();
    let named: Vec<_> = sources.iter().map(|s| s.ingest().clone()).collect();
    let read = Arc::new(AtomicU64::new(0));
    let mut run = Run {
        a,
        store,
        coder: codebook::coder(&a.own, Options::default())?,
        threads: work::threads(a.threads),
        options: dateline_ingest::Options {
            progress: Some(Arc::clone(&read)),
            ..input::options(&a.reading, &named, feeds)
        },
        read,
        batch: Batch::default(),
        sum: Sum::default(),
    };
    let mut meter = Meter::new(sources.iter().map(|s| s.bytes).sum(), 0);
    for source in &sources {
        if run.source(source, &mut meter)?.is_break() {
            break;
        }
    }
    run.write(&mut meter)?;
    let time = meter.end();
    let mut failures = Vec::new();
    for s in &sources {
        failures.extend(run.store.failures(Some(&s.name))?);
    }
    anstream::println!("{}", run.sum.told(failures.len(), &time));
    keep_up(&mut run.store, Look::New)?;
    list(&failures, &a.store);
    Ok(failures.len())
}

/// Failures that are listed at the end at most.
const LISTED: usize = 20;

fn list(failures: &[Failure], store: &Path) {
    if failures.is_empty() {
        return;
    }
    anstream::eprintln!("dateline: could not be read:");
    for f in failures.iter().take(LISTED) {
        anstream::eprintln!("  {}", f.message);
    }
    if let more @ 1.. = failures.len().saturating_sub(LISTED) {
        anstream::eprintln!("  and {} more: dateline stats {} --failures", grouped(more as u64), store.display());
    }
}

/// What is written together.
#[derive(Default)]
struct Batch {
    reports: Vec<Report>,
    bytes: usize,
    failures: Vec<Failure>,
    /// Sources that are read from their beginning: failures of an earlier reading no longer hold.
    anew: Vec<String>,
    progress: Vec<Progress>,
}

struct Run<'a> {
    a: &'a AddArgs,
    store: Store,
    coder: Coder,
    threads: usize,
    options: dateline_ingest::Options,
    /// Bytes of files read so far.
    read: Arc<AtomicU64>,
    batch: Batch,
    sum: Sum,
}

impl Run<'_> {
    /// Reads a source to its end, or to its first failure where that is the end of all.
    fn source(&mut self, s: &Source, meter: &mut Meter) -> Result<ControlFlow<()>, RunError> {
        let before = s.before.clone().unwrap_or_default();
        if before.done {
            self.sum.finished += 1;
            self.read.fetch_add(s.bytes, Ordering::Relaxed);
            return Ok(ControlFlow::Continue(()));
        }
        if s.before.is_none() {
            self.batch.anew.push(s.name.clone());
        }
        let (mut items, mut at, mut shown) = (before.items, None, false);
        let mut reports = s.reports(&self.options);
        while let Some(item) = reports.next() {
            if let Some(columns) = reports.mapping().filter(|_| !shown) {
                shown = true;
                meter.note(&format!("{}: columns {columns}", s.ingest().name()));
            }
            items += 1;
            let before_it = at.replace(item.locator.clone());
            let failed = item.report.is_err();
            self.take(s, item, meter);
            if failed && self.a.stop_at_failure {
                // The next run begins at what failed.
                self.batch.progress.extend(before_it.as_ref().and_then(|at| s.progress(items - 1, Some(at), false)));
                return Ok(ControlFlow::Break(()));
            }
            if self.batch.reports.len() >= self.a.batch.get() || self.batch.bytes >= BATCH_BYTES {
                self.batch.progress.extend(s.progress(items, at.as_ref(), false));
                self.write(meter)?;
            }
        }
        // What cannot be opened has no stamp, and is tried again.
        self.batch.progress.extend(s.progress(items, at.as_ref(), true));
        Ok(ControlFlow::Continue(()))
    }

    fn take(&mut self, s: &Source, item: Item, meter: &Meter) {
        match item.report {
            Ok(r) => {
                self.batch.bytes += r.text.len();
                self.batch.reports.push(Report {
                    published: r.published.or(self.a.published),
                    outlet: r.outlet.or_else(|| self.a.outlet.clone()),
                    ..r
                });
            }
            Err(e) => {
                let (locator, message) = (item.locator.to_string(), e.to_string());
                meter.note(&message);
                self.batch.failures.push(Failure { source: s.name.clone(), locator, message });
            }
        }
    }

    /// Writes the batch: what is new is coded, and all of it becomes part of the store at once.
    fn write(&mut self, meter: &mut Meter) -> Result<(), RunError> {
        let batch = std::mem::take(&mut self.batch);
        let mut writer = self.store.writer(stamp())?;
        for source in &batch.anew {
            writer.forget_failures(source)?;
        }
        let mut new: Vec<(i64, Report)> = Vec::new();
        for report in batch.reports {
            match writer.admit(&report)? {
                Admission::New { number, id } => new.push((number, Report { id, ..report })),
                Admission::Copy { .. } => self.sum.copies += 1,
                _ => self.sum.known += 1,
            }
        }
        self.sum.done.reports = self.sum.copies + self.sum.known + self.sum.coded + self.sum.foreign;
        let sum = &mut self.sum;
        work::in_order(
            &new,
            &self.coder,
            self.threads,
            &|session, (_, r)| coding::record(session, r),
            &mut |i, record| {
                let coding = Coding::of(&record);
                sum.coded(&record, coding);
                meter.tell(sum.done, self.read.load(Ordering::Relaxed));
                writer.put(new[i].0, &record, coding).map_err(RunError::Store)
            },
        )?;
        for f in &batch.failures {
            writer.fail(f)?;
        }
        for p in &batch.progress {
            writer.note(p)?;
        }
        // A feed counts as read when its last report was taken, and that is in this batch or was in an earlier one.
        if let Some(state) = self.options.web.as_ref().and_then(|w| serde_json::to_string(&w.state()).ok()) {
            writer.set_remark(FEEDS, Some(&state))?;
        }
        Ok(writer.commit()?)
    }
}

/// Marks what is written with the coder and the time.
pub(crate) fn stamp() -> Stamp {
    let now = jiff::Timestamp::now();
    Stamp { coder: CODER.to_owned(), at: format!("{now:.0}") }
}

/// What a run did.
#[derive(Default)]
struct Sum {
    done: Done,
    coded: u64,
    foreign: u64,
    copies: u64,
    known: u64,
    /// Sources that an earlier run had finished.
    finished: u64,
}

impl Sum {
    fn coded(&mut self, record: &Record, coding: Coding) {
        match coding {
            Coding::Coded => self.coded += 1,
            Coding::Foreign => self.foreign += 1,
        }
        self.done.reports += 1;
        self.done.events += record.events.len() as u64;
        self.done.words += record.report.text.split_whitespace().count() as u64;
    }

    fn told(&self, failed: usize, time: &str) -> String {
        let mut parts = vec![format!("{} reports coded, {} events", grouped(self.coded), grouped(self.done.events))];
        let more = [
            (self.foreign, "in another language, kept but not coded"),
            (self.copies, "copies of others, marked"),
            (self.known, "there already"),
            (failed as u64, "failed"),
            (self.finished, "sources read by an earlier run"),
        ];
        parts.extend(more.into_iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{} {what}", grouped(n))));
        parts.push(time.to_owned());
        parts.join("; ")
    }
}
