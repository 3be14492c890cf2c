//! `dateline recode`: all reports of a store coded anew.

use crate::add::stamp;
use crate::meter::{Done, Meter, grouped};
use crate::run::RunError;
use crate::store_args::RecodeArgs;
use crate::watch::keep_up;
use crate::{codebook, work};
use dateline_code::{CODER, Options};
use dateline_serve::coding;
use dateline_store::{Coding, Look, Store};

/// The remark under which a store keeps how far recoding came: the coder and the next report's number.
const REMARK: &str = "recode";

pub(crate) fn recode(a: &RecodeArgs) -> Result<usize, RunError> {
    let mut store = Store::open(&a.store)?;
    let coder = codebook::coder(&a.own, Options::default())?;
    let threads = work::threads(a.threads);
    let total: u64 = store.stats()?.reports.iter().filter(|(state, _)| state != "copy").map(|(_, n)| n).sum();
    // A run that was broken off goes on, unless another version began it.
    let mut next = store.remark(REMARK)?.and_then(|r| r.strip_prefix(CODER)?.trim().parse().ok()).unwrap_or(0);
    let mut done = Done::default();
    let mut changes = 0;
    let mut meter = Meter::new(total, 0);
    loop {
        let mut writer = store.writer(stamp())?;
        let reports = writer.originals(next, a.batch.get())?;
        let Some((last, _)) = reports.last() else {
            writer.set_remark(REMARK, None)?;
            writer.commit()?;
            break;
        };
        next = last + 1;
        work::in_order(&reports, &coder, threads, &|session, (_, r)| coding::record(session, r), &mut |i, record| {
            done.reports += 1;
            done.events += record.events.len() as u64;
            done.words += record.report.text.split_whitespace().count() as u64;
            meter.tell(done, done.reports);
            changes += writer.replace(reports[i].0, &record, Coding::of(&record)).map_err(RunError::Store)?;
            Ok::<(), RunError>(())
        })?;
        writer.set_remark(REMARK, Some(&format!("{CODER} {next}")))?;
        writer.commit()?;
    }
    let time = meter.end();
    anstream::println!(
        "{} reports coded anew, {} events; {} events added, changed or withdrawn; {time}",
        grouped(done.reports),
        grouped(done.events),
        grouped(changes as u64)
    );
    keep_up(&mut store, Look::All)?;
    Ok(0)
}
