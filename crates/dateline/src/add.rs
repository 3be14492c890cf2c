//! `dateline add`: reports into a store.

use crate::meter::{Done, Meter, grouped};
use crate::run::{self, RunError};
use crate::source::{self, Item};
use crate::store_args::AddArgs;
use crate::{input, work};
use dateline_code::Coder;
use dateline_report::{Record, Report};
use dateline_store::{Admission, Coding, Failure, Progress, Stamp, Store};
use std::path::Path;

/// Text of a batch at most, in bytes, so that memory stays flat with reports of any length.
const BATCH_BYTES: usize = 16 << 20;

/// What codes: name and version.
pub(crate) const CODER: &str = concat!("dateline ", env!("CARGO_PKG_VERSION"));

/// Adds the sources; returns how many of their items failed, in this run or one before that it goes on with.
pub(crate) fn add(a: &AddArgs) -> Result<usize, RunError> {
    let mut run = Run {
        a,
        store: Store::create(&a.store)?,
        coder: Coder::embedded().map_err(RunError::Coder)?,
        threads: work::threads(a.threads),
        batch: Batch::default(),
        sum: Sum::default(),
        bytes: 0,
    };
    let mut sources = Vec::new();
    for path in &a.sources {
        let source = Source::find(path, &run.store)?;
        // A source that is named twice is read once.
        if !sources.iter().any(|s: &Source| s.name == source.name) {
            sources.push(source);
        }
    }
    let sizes: Vec<u64> = sources.iter().map(|s| std::fs::metadata(s.path).map_or(0, |m| m.len())).collect();
    let mut meter = Meter::new(sizes.iter().sum(), 0);
    for (source, size) in sources.iter().zip(&sizes) {
        run.source(source, &mut meter)?;
        run.bytes += size;
    }
    run.write(&mut meter)?;
    let time = meter.end();
    let mut failures = Vec::new();
    for s in &sources {
        failures.extend(run.store.failures(Some(&s.name))?);
    }
    anstream::println!("{}", run.sum.told(failures.len(), &time));
    for f in &failures {
        anstream::eprintln!("dateline: {}", f.message);
    }
    Ok(failures.len())
}

/// A source and how far an earlier run came with it.
struct Source<'a> {
    path: &'a Path,
    /// The same whatever folder the program runs in.
    name: String,
    stamp: Option<String>,
    before: Option<Progress>,
}

impl<'a> Source<'a> {
    fn find(path: &'a Path, store: &Store) -> Result<Self, RunError> {
        let whole = if path == Path::new("-") { None } else { path.canonicalize().ok() };
        let name = whole.as_deref().map_or_else(|| input::name(path), |p| p.display().to_string());
        let stamp = source::stamp(path);
        let before = store.progress(&name)?.filter(|p| Some(&p.stamp) == stamp.as_ref());
        Ok(Source { path, name, stamp, before })
    }

    fn progress(&self, items: u64, position: String, done: bool) -> Option<Progress> {
        Some(Progress { source: self.name.clone(), stamp: self.stamp.clone()?, items, position, done })
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
    batch: Batch,
    sum: Sum,
    /// Bytes of the sources that are done.
    bytes: u64,
}

impl Run<'_> {
    fn source(&mut self, s: &Source, meter: &mut Meter) -> Result<(), RunError> {
        let before = s.before.clone().unwrap_or_default();
        if before.done {
            self.sum.finished += 1;
            return Ok(());
        }
        if s.before.is_none() {
            self.batch.anew.push(s.name.clone());
        }
        let (mut items, mut position) = (before.items, before.position.clone());
        for item in source::items(s.path, s.before.as_ref().map(|p| p.position.as_str())) {
            items += 1;
            position.clone_from(&item.position);
            let bytes = item.bytes;
            self.take(s, item, meter);
            if self.batch.reports.len() >= self.a.batch.get() || self.batch.bytes >= BATCH_BYTES {
                self.batch.progress.extend(s.progress(items, position.clone(), false));
                self.write(meter)?;
                meter.tell(self.sum.done, self.bytes + bytes);
            }
        }
        // What cannot be opened has no stamp, and is tried again.
        self.batch.progress.extend(s.progress(items, position, true));
        Ok(())
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
            Err(message) => {
                meter.say(&message);
                self.batch.failures.push(Failure { source: s.name.clone(), locator: item.locator, message });
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
            &|session, (_, r)| run::record(session, r),
            &mut |i, record| {
                let coding = coding(&record);
                sum.coded(&record, coding);
                meter.tell(sum.done, self.bytes);
                writer.put(new[i].0, &record, coding).map_err(RunError::Store)
            },
        )?;
        for f in &batch.failures {
            writer.fail(f)?;
        }
        for p in &batch.progress {
            writer.note(p)?;
        }
        Ok(writer.commit()?)
    }
}

/// Marks what is written with the coder and the time.
pub(crate) fn stamp() -> Stamp {
    let now = jiff::Timestamp::now();
    Stamp { coder: CODER.to_owned(), at: format!("{now:.0}") }
}

/// Whether a record was coded: what is in another language says so and nothing else.
pub(crate) fn coding(record: &Record) -> Coding {
    match record.report.language.as_deref() {
        Some(language) if language != "en" => Coding::Foreign,
        _ => Coding::Coded,
    }
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
