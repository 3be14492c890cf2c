//! What becomes of reports that were sent: jobs, their progress and end. They are forgotten when the process ends; what they committed is not.

use crate::error::Fault;
use crate::writer::now;
use dateline_store::Coding;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Jobs that wait or run at most.
const WAITING: usize = 64;
/// Bytes of text that wait at most.
const BYTES: usize = 256 << 20;
/// Jobs remembered.
const REMEMBERED: usize = 1000;
/// Ids of reports told of a job at most.
const TOLD: usize = 1000;

/// How a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum State {
    Queued,
    Running,
    Done,
    Failed,
    Cancelled,
}

/// What a batch did.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Sum {
    /// Reports taken up so far.
    pub(crate) done: usize,
    pub(crate) coded: usize,
    pub(crate) foreign: usize,
    pub(crate) copies: usize,
    pub(crate) known: usize,
    pub(crate) events: usize,
    /// Ids of the reports, the first thousand.
    pub(crate) reports: Vec<String>,
}

impl Sum {
    fn one(&mut self, id: &str) {
        self.done += 1;
        if self.reports.len() < TOLD {
            self.reports.push(id.to_owned());
        }
    }

    pub(crate) fn fresh(&mut self, id: &str, events: usize, coding: Coding) {
        self.one(id);
        self.events += events;
        match coding {
            Coding::Coded => self.coded += 1,
            Coding::Foreign => self.foreign += 1,
        }
    }

    pub(crate) fn copy(&mut self, id: &str) {
        self.one(id);
        self.copies += 1;
    }

    pub(crate) fn known(&mut self, id: &str) {
        self.one(id);
        self.known += 1;
    }

    fn add(&mut self, other: Sum) {
        self.done += other.done;
        self.coded += other.coded;
        self.foreign += other.foreign;
        self.copies += other.copies;
        self.known += other.known;
        self.events += other.events;
        let room = TOLD.saturating_sub(self.reports.len());
        self.reports.extend(other.reports.into_iter().take(room));
    }
}

/// A job.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Job {
    pub(crate) id: u64,
    pub(crate) state: State,
    pub(crate) made: String,
    pub(crate) ended: Option<String>,
    pub(crate) error: Option<String>,
    /// Reports sent.
    pub(crate) total: usize,
    #[serde(flatten)]
    pub(crate) sum: Sum,
    #[serde(skip)]
    bytes: usize,
}

impl Job {
    fn open(&self) -> bool {
        matches!(self.state, State::Queued | State::Running)
    }
}

/// All jobs that are remembered.
#[derive(Default)]
pub(crate) struct Jobs(Mutex<BTreeMap<u64, Job>>);

impl Jobs {
    fn all(&self) -> MutexGuard<'_, BTreeMap<u64, Job>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A new job, if there is room.
    pub(crate) fn open(&self, total: usize, bytes: usize) -> Result<Job, Fault> {
        let mut all = self.all();
        let waiting = all.values().filter(|j| j.open());
        let (jobs, held) = waiting.fold((0, 0), |(n, b), j| (n + 1, b + j.bytes));
        if jobs >= WAITING || (jobs > 0 && held + bytes > BYTES) {
            return Err(Fault::QueueFull);
        }
        let id = all.keys().next_back().map_or(1, |last| last + 1);
        let job =
            Job { id, state: State::Queued, made: now(), ended: None, error: None, total, sum: Sum::default(), bytes };
        all.insert(id, job.clone());
        while all.len() > REMEMBERED {
            let Some(oldest) = all.values().find(|j| !j.open()).map(|j| j.id) else { break };
            all.remove(&oldest);
        }
        Ok(job)
    }

    pub(crate) fn begin(&self, id: u64) {
        if let Some(j) = self.all().get_mut(&id) {
            j.state = State::Running;
        }
    }

    pub(crate) fn add(&self, id: u64, sum: Sum) {
        if let Some(j) = self.all().get_mut(&id) {
            j.sum.add(sum);
        }
    }

    pub(crate) fn end(&self, id: u64, state: State, error: Option<String>) {
        if let Some(j) = self.all().get_mut(&id) {
            (j.state, j.error, j.ended, j.bytes) = (state, error, Some(now()), 0);
        }
    }

    pub(crate) fn get(&self, id: u64) -> Option<Job> {
        self.all().get(&id).cloned()
    }

    /// The last jobs, the newest first.
    pub(crate) fn last(&self, limit: usize) -> Vec<Job> {
        self.all().values().rev().take(limit).cloned().collect()
    }

    /// Jobs that wait or run.
    pub(crate) fn waiting(&self) -> usize {
        self.all().values().filter(|j| j.open()).count()
    }
}
