//! The one writer of the store: a thread that does what is to be done at once between the batches of the jobs that wait.

use crate::coding;
use crate::error::Fault;
use crate::jobs::{Jobs, State};
use dateline_code::Coder;
use dateline_report::Report;
use dateline_store::{Admission, Look, Stamp, Store};
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};

/// Reports of a batch: what waits behind it waits about a second.
const BATCH: usize = 16;

/// What codes: name and version, as `dateline add` has it.
const CODER: &str = concat!("dateline ", env!("CARGO_PKG_VERSION"));

type Deed = Box<dyn FnOnce(&mut Store) + Send>;

enum Order {
    Do(Deed),
    Add(u64, Vec<Report>),
    Stop,
}

/// Hands orders to the writer.
#[derive(Clone)]
pub(crate) struct Writer {
    orders: Sender<Order>,
}

/// The present time as the store keeps it.
pub(crate) fn now() -> String {
    format!("{:.0}", jiff::Timestamp::now())
}

impl Writer {
    /// Starts the thread; it ends with [`Writer::stop`].
    pub(crate) fn start(store: Store, coder: Arc<Coder>, jobs: Arc<Jobs>) -> (Writer, std::thread::JoinHandle<()>) {
        let (orders, receive) = mpsc::channel();
        let thread = std::thread::spawn(move || Thread { store, coder, jobs, waiting: VecDeque::new() }.run(&receive));
        (Writer { orders }, thread)
    }

    /// Does something with the store, before the next batch.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Store) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let (tell, told) = tokio::sync::oneshot::channel();
        let deed: Deed = Box::new(move |store| {
            // Nobody may be waiting any more.
            let _ = tell.send(work(store));
        });
        self.orders.send(Order::Do(deed)).map_err(|_| Fault::Stopping)?;
        told.await.map_err(|_| Fault::Stopping)?
    }

    /// Queues reports of a job.
    pub(crate) fn add(&self, job: u64, reports: Vec<Report>) -> Result<(), Fault> {
        self.orders.send(Order::Add(job, reports)).map_err(|_| Fault::Stopping)
    }

    /// Ends the thread behind the batch at hand; jobs that are not done are cancelled.
    pub(crate) fn stop(&self) {
        // It may have ended already.
        let _ = self.orders.send(Order::Stop);
    }
}

struct Thread {
    store: Store,
    coder: Arc<Coder>,
    jobs: Arc<Jobs>,
    waiting: VecDeque<(u64, VecDeque<Report>)>,
}

impl Thread {
    fn run(mut self, orders: &Receiver<Order>) {
        loop {
            let order = if self.waiting.is_empty() { orders.recv().ok() } else { orders.try_recv().ok() };
            match order {
                Some(Order::Do(deed)) => {
                    if catch_unwind(AssertUnwindSafe(|| deed(&mut self.store))).is_err() {
                        tracing::error!("a write broke off");
                    }
                }
                Some(Order::Add(job, reports)) => self.waiting.push_back((job, reports.into())),
                Some(Order::Stop) => break,
                None if self.waiting.is_empty() => break,
                None => self.batch(),
            }
        }
        for (job, _) in self.waiting {
            self.jobs.end(job, State::Cancelled, Some("the server stopped; what was committed is in the store".into()));
        }
    }

    /// Writes the next reports of the first job, whole or not at all.
    fn batch(&mut self) {
        let Some((job, reports)) = self.waiting.front_mut() else { return };
        let job = *job;
        let n = reports.len().min(BATCH);
        let batch: Vec<Report> = reports.drain(..n).collect();
        self.jobs.begin(job);
        let result = catch_unwind(AssertUnwindSafe(|| self.write(job, batch)));
        let failed = match result {
            Ok(Ok(())) => None,
            Ok(Err(e)) => Some(e.to_string()),
            Err(_) => {
                Some("the coder broke off on a report of this batch; nothing of the batch was written".to_owned())
            }
        };
        let left = self.waiting.front().map_or(0, |(_, r)| r.len());
        if failed.is_some() || left == 0 {
            self.waiting.pop_front();
            if let Err(e) = self.store.update_watches(Look::New, &now()) {
                tracing::error!(why = %e, "watches");
            }
            let state = if failed.is_some() { State::Failed } else { State::Done };
            self.jobs.end(job, state, failed);
        }
    }

    fn write(&mut self, job: u64, batch: Vec<Report>) -> Result<(), dateline_store::StoreError> {
        let mut writer = self.store.writer(Stamp { coder: CODER.to_owned(), at: now() })?;
        let mut session = self.coder.session();
        let mut sum = crate::jobs::Sum::default();
        for report in batch {
            match writer.admit(&report)? {
                Admission::New { number, id } => {
                    let record = coding::record(&mut session, &Report { id: id.clone(), ..report });
                    let coding = coding::of(&record);
                    sum.fresh(&id, record.events.len(), coding);
                    writer.put(number, &record, coding)?;
                }
                Admission::Copy { id, .. } => sum.copy(&id),
                Admission::Known { id } => sum.known(&id),
                _ => {}
            }
        }
        writer.commit()?;
        self.jobs.add(job, sum);
        Ok(())
    }
}
