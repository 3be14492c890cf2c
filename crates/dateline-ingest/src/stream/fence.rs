//! A bound on what may be read for one record of a table.

use crate::error::{ErrorKind, Fault};
use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Fails when more than `most` bytes are read between two calls of [`Gate::open`]: an unclosed quote makes one record of a
/// whole file, which must not end up in memory.
pub(crate) struct Fence<R> {
    inner: R,
    since: Arc<AtomicU64>,
    most: u64,
}

/// The side of a [`Fence`] that the reader of records holds.
pub(crate) struct Gate(Arc<AtomicU64>);

impl Gate {
    /// A record is complete.
    pub(crate) fn open(&self) {
        self.0.store(0, Ordering::Relaxed);
    }
}

impl<R: Read> Fence<R> {
    pub(crate) fn new(inner: R, most: u64) -> (Self, Gate) {
        let since = Arc::new(AtomicU64::new(0));
        (Self { inner, since: Arc::clone(&since), most }, Gate(since))
    }
}

impl<R: Read> Read for Fence<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        if self.since.load(Ordering::Relaxed) > self.most {
            let what = format!("a record is longer than {} MB", self.most >> 20);
            return Err(Fault::new(ErrorKind::TooLarge, what, "look for a quotation mark that is not closed").into());
        }
        let n = self.inner.read(buf)?;
        self.since.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}
