//! What unpacking may cost: a small file must not become an endless one.

use crate::error::{ErrorKind, Fault};
use crate::options::Limits;
use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Unpacked bytes from which the ratio counts; short runs of one byte pack to almost nothing.
const FROM: u64 = 16 << 20;

/// What one file may unpack to, over all its layers.
#[derive(Debug)]
pub(crate) struct Budget {
    limits: Limits,
    unpacked: AtomicU64,
}

impl Budget {
    pub(crate) fn new(limits: Limits) -> Arc<Self> {
        Arc::new(Self { limits, unpacked: AtomicU64::new(0) })
    }

    /// `stream` unpacked by `unpack`, watched on both sides.
    pub(crate) fn watch<R: Read + Send + 'static, U: Read + Send + 'static>(
        self: &Arc<Self>,
        stream: R,
        unpack: impl FnOnce(Counted<R>) -> io::Result<U>,
    ) -> io::Result<Metered<U>> {
        let packed = Arc::new(AtomicU64::new(0));
        let inner = unpack(Counted { inner: stream, count: Arc::clone(&packed) })?;
        Ok(Metered { inner, packed, unpacked: 0, budget: Arc::clone(self) })
    }
}

/// Counts what is read from the packed side.
pub(crate) struct Counted<R> {
    inner: R,
    count: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buf)?;
        self.count.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

/// Fails once the unpacked side is out of proportion.
pub(crate) struct Metered<U> {
    inner: U,
    packed: Arc<AtomicU64>,
    unpacked: u64,
    budget: Arc<Budget>,
}

impl<U: Read> Read for Metered<U> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buf)? as u64;
        self.unpacked += n;
        let limits = &self.budget.limits;
        let total = self.budget.unpacked.fetch_add(n, Ordering::Relaxed) + n;
        let packed = self.packed.load(Ordering::Relaxed).max(1);
        let fault = |what: String| Fault::new(ErrorKind::Bomb, what, "unpack it by hand if you trust it");
        if self.unpacked > FROM && self.unpacked / packed > limits.unpacked_ratio {
            let what = format!("unpacks to more than {} times its size", limits.unpacked_ratio);
            return Err(fault(what).into());
        }
        if total > limits.unpacked_total {
            return Err(fault(format!("unpacks to more than {} MB", limits.unpacked_total >> 20)).into());
        }
        Ok(n as usize)
    }
}
